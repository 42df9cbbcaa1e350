"""The same text proposes the same rows, by rules that a plan of another style does not break, and invents nothing."""

from pathlib import Path

import pytest

from analysis import read_plan, tables
from analysis.errors import UserError
from benchmarks import read_plan as benchmark

from .conftest import begun, run

HEAD = "某府〔2021〕1号\n\n二、目标\n\n（一）指标\n\n"


def rows(plans: tables.Tables, text: str, head: str = HEAD) -> list[dict]:
    """Return the cells of the rows that a text proposes under two headings."""
    return [row.cells for row in read_plan.read(head + text, plans, "town").rows]


def only(plans: tables.Tables, text: str, head: str = HEAD) -> dict:
    found = rows(plans, text, head)
    assert len(found) == 1, [row["label_zh"] for row in found]
    return found[0]


# --- how well, on plans that no rule was written for ---


def test_invented_plans_are_found_to_95_in_100_and_their_cells_right_to_90(plans) -> None:
    measured = benchmark.held_out(plans)
    assert len(measured) >= 8
    for plan in measured:
        assert plan.recall >= 0.95, plan.missed
        assert plan.accuracy >= 0.9, plan.name
        assert len(plan.false) <= 1, plan.false


def test_the_same_text_gives_the_same_rows(plans) -> None:
    text = next(benchmark.HELD_OUT.glob("*.txt")).read_text(encoding="utf-8")
    first, second = (read_plan.read(text, plans, "town") for _ in range(2))
    assert first.targets.equals(second.targets)
    assert first.left_out == second.left_out


def test_the_measure_counts_a_missed_a_wrong_and_a_false_row() -> None:
    expected = benchmark.pd.DataFrame(
        [{"locator": "二", "label_zh": "甲", "target_value": "5", "target_year": "2025", "printed_target": "5件"}] * 2
    ).assign(indicator_id="")
    wrong = dict.fromkeys(read_plan.COLUMNS) | {"locator": "二", "label_zh": "乙", "target_value": 5.0}
    proposed = benchmark.pd.DataFrame([wrong, wrong | {"target_value": 6.0}])
    measured = benchmark.compare("plan", expected, proposed)
    assert (measured.found, len(measured.missed), len(measured.false)) == (1, 1, 1)
    assert measured.accuracy == pytest.approx(2 / 5)  # place and number; not name, year and printed number


# --- indicator tables ---

HEADS = ("指标", "2020年", "2025年", "属性")
MARKS = ("有效注册商标量（件）", "100", "200", "预期性")
AGENCIES = ("专利代理机构（家）", "8", "12", "预期性")
LOST = (
    "指标 单位 2020 基期值 2025 目标值 备注 海外发明专利授权量 100 200 累计值"
    " 质押融资金额 亿元 3 5 执业专利代理师 8 12 累计值"
)


def lines(*rows: tuple[str, ...], by: str = "\t") -> str:
    """Return a table with one row a line."""
    return "".join(by.join(row) + "\n" for row in rows)


NUMBERED = lines(
    ("序号", "指标", "单位", "2020年基期值", "2025年预期值", "属性"),
    ("1", "有效注册商标量", "件", "100", "200", "预期性"),
    ("2", "专利代理机构", "家", "8", "12", "预期性"),
    by=" ",
)
TABLES = {
    "tabs": lines(HEADS, MARKS, AGENCIES),
    "pipes": lines(HEADS, ("---",) * 4, MARKS, AGENCIES, by="|"),
    "blanks": NUMBERED,
    "one cell a line": NUMBERED.replace(" ", "\n"),
    "a head of two lines a cell": NUMBERED.replace(" ", "\n")
    .replace("年基期值", "\n基期值")
    .replace("年预期值", "\n预期值"),
    "a page's end within a name": lines(HEADS)
    + "有效注册\n\n— 3 —\n\n商标量（件）\t100\t200\t预期性\n"
    + lines(AGENCIES),
    "a page's end between rows": lines(HEADS, MARKS) + "\n" + lines(HEADS, AGENCIES),
}


@pytest.mark.parametrize("form", TABLES)
def test_a_table_gives_the_same_rows_in_whatever_form_the_text_keeps_it(plans, form: str) -> None:
    first, second = rows(plans, TABLES[form])
    cells = (
        "locator",
        "label_zh",
        "baseline_year",
        "baseline_value",
        "target_year",
        "target_value",
        "unit_id",
        "attribute",
    )
    assert [first[name] for name in cells] == ["table:1", "有效注册商标量", 2020, 100, 2025, 200, "item", "expected"]
    assert [second[name] for name in cells] == ["table:2", "专利代理机构", 2020, 8, 2025, 12, "firm", "expected"]


def test_a_table_that_lost_units_and_remarks_is_read_by_the_order_of_its_cells(plans) -> None:
    first, second, third = rows(plans, LOST.replace(" ", "\n"))
    assert (first["printed_unit"], first["unit_id"], first["unit_status"]) == (None, "item", "inferred")
    assert (second["printed_unit"], second["unit_id"], second["printed_remark"]) == ("亿元", "cny-100m", None)
    assert (third["unit_id"], third["printed_remark"]) == ("person", "累计值")
    assert first["note_en"] and first["note_zh"]


def test_a_lost_unit_that_may_have_been_a_multiple_is_left_open(plans) -> None:
    row, _ = rows(plans, "指标\t2025年\n有效注册商标量\t8\n专利代理机构\t12\n")
    assert row["indicator_id"] == "trade-marks-in-force"  # which others print in 万件: 8 may be either
    assert row["unit_id"] is None


def test_a_baseline_that_is_not_stated_stays_empty(plans) -> None:
    first, second = rows(plans, "指标\t单位\t2020年\t2025年\n专利授权量\t件\t—\t90\n地理标志证明商标\t件\t/\t5\n")
    assert first["baseline_value"] is first["baseline_year"] is second["baseline_value"] is None


def test_a_target_in_words_keeps_its_words_and_gets_no_number(plans) -> None:
    found = rows(
        plans, "指标\t2025年\t属性\n专利授权量（件）\t90\t约束性\n专利密集型产业增加值占GDP比重\t明显提高\t预期性\n"
    )
    assert [row["attribute"] for row in found] == ["binding", "expected"]
    assert (found[1]["bound"], found[1]["target_value"], found[1]["unit_id"]) == ("qualitative", None, None)


def test_earlier_years_of_a_row_are_interim_targets_of_the_last(plans) -> None:
    text = "指标\t单位\t2020年\t2023年\t2025年\n专利代理机构\t家\t8\t10\t12\n执业专利代理师\t人\t8\t10\t12\n"
    first, last, *_ = rows(plans, text)
    assert first["interim_of"] == last["target_id"]
    assert last["interim_of"] is None


def test_the_prose_that_repeats_a_table_restates_it(plans) -> None:
    text = "指标\t2025年\n有效注册商标量（件）\t200\n专利代理机构（家）\t12\n\n到2025年，有效注册商标总量超过200件。"
    first, _, third = rows(plans, text)
    assert third["restates"] == first["target_id"]


# --- bounds, numbers, years ---


@pytest.mark.parametrize(
    ("printed", "bound", "value", "upper"),
    [
        ("不少于30件", "ge", 30, None),
        ("不低于30件", "ge", 30, None),
        ("30件以上", "ge", 30, None),
        ("至少30件", "ge", 30, None),
        ("超过30件", "gt", 30, None),
        ("突破30件", "gt", 30, None),
        ("不超过30件", "le", 30, None),
        ("不高于30件", "le", 30, None),
        ("30件以内", "le", 30, None),
        ("低于30件", "lt", 30, None),
        ("少于30件", "lt", 30, None),
        ("30件左右", "approx", 30, None),
        ("约30件", "approx", 30, None),
        ("30余件", "approx", 30, None),
        ("20—30件", "eq", 20, 30),
        ("20至30件", "eq", 20, 30),
        ("1,200件", "eq", 1200, None),
        ("１２件", "eq", 12, None),
        ("十二件", "eq", 12, None),
        ("三百件", "eq", 300, None),
    ],
)
def test_a_number_is_read_with_the_word_that_binds_it(
    plans, printed: str, bound: str, value: float, upper: float
) -> None:
    row = only(plans, f"到2025年，有效注册商标量达到{printed}。")
    assert (row["bound"], row["target_value"], row["target_upper"]) == (bound, value, upper)
    assert row["printed_target"] == printed
    assert (row["label_zh"], row["unit_id"]) == ("有效注册商标量", "item")


@pytest.mark.parametrize(
    ("printed", "value", "unit"),
    [
        ("1.2万件", 1.2, "item-10k"),
        ("3亿元", 3, "cny-100m"),
        ("20万元", 20, "cny-10k"),
        ("2亿美元", 2, "usd-100m"),
        ("1.5万家", 15000, "firm"),
    ],
)
def test_a_multiplier_belongs_to_the_unit_where_units_csv_has_it(plans, printed: str, value: float, unit: str) -> None:
    row = only(plans, f"到2025年，甲乙丙丁量达到{printed}。")
    assert (row["target_value"], row["unit_id"], row["printed_target"]) == (value, unit, printed)


@pytest.mark.parametrize(("printed", "value"), [("七成", 70), ("百分之五", 5), ("三分之一", 100 / 3), ("25%", 25)])
def test_a_share_in_words_is_a_share_in_per_cent(plans, printed: str, value: float) -> None:
    row = only(plans, f"到2025年，案件按时办结率达到{printed}以上。")
    assert (row["target_value"], row["unit_id"], row["bound"]) == (pytest.approx(value), "percent", "ge")


@pytest.mark.parametrize(
    ("when", "year", "month"),
    [
        ("到2025年", 2025, None),
        ("到2025年6月底", 2025, 6),
        ("2025年底前", 2025, 12),
        ("2025年9月底前", 2025, 9),
        ("“十四五”末", 2025, None),
        ("“十五五”期末", 2030, None),
        ("到 2024 年", 2024, None),
    ],
)
def test_the_date_of_a_promise_is_its_year_and_month(plans, when: str, year: int, month: int) -> None:
    row = only(plans, f"{when}，有效注册商标量达到30件。")
    assert (row["target_year"], row["target_month"]) == (year, month)


def test_a_year_holds_for_the_sentences_after_it_and_is_marked(plans) -> None:
    proposal = read_plan.read(HEAD + "到2025年，服务明显改善。有效注册商标量达到30件。", plans, "town")
    assert proposal.rows[0].cells["target_year"] == 2025
    assert any("earlier sentence" in question for question in proposal.rows[0].decide)


def test_without_a_year_none_is_invented(plans) -> None:
    proposal = read_plan.read(HEAD + "培育专利代理机构30家。", plans, "town")
    assert proposal.rows[0].cells["target_year"] is None
    assert any("by when" in question for question in proposal.rows[0].decide)


def test_every_year_is_a_recurrence_and_a_yearly_average_is_a_mean(plans) -> None:
    first, second = rows(plans, "每年举办对接活动不少于4次。年均办理质押登记达到80项。")
    assert (first["recurrence"], first["basis"], first["target_year"]) == ("yearly", "flow", None)
    assert (second["recurrence"], second["basis"]) == (None, "period-mean")


@pytest.mark.parametrize(("word", "wish"), [("力争", True), ("争取", True), ("确保", False), ("努力", False)])
def test_only_a_wish_word_makes_a_target_aspirational(plans, word: str, wish: bool) -> None:
    assert only(plans, f"到2025年，{word}有效注册商标量达到30件。")["aspirational"] is wish


def test_a_wish_ends_with_its_sentence(plans) -> None:
    first, second = rows(plans, "力争2025年有效注册商标量达到30件。专利代理机构达到5家。")
    assert (first["aspirational"], second["aspirational"]) == (True, False)


# --- what the number is ---


@pytest.mark.parametrize(
    ("clause", "basis", "value"),
    [
        ("专利申请量年均增长15%以上", "growth-rate", 15),
        ("专利申请量年均增幅达到15%", "growth-rate", 15),
        ("专利申请量每年递增15%", "growth-rate", 15),
        ("专利申请量比2020年增长50%", "growth-over-period", 50),
        ("专利申请量翻一番", "multiple", 2),
        ("专利申请量翻两番", "multiple", 4),
        ("专利产业化率提高2个百分点", "change", 2),
        ("专利产业化率提高到20%", "rate", 20),
        ("新增示范企业40家", "new-in-period", 40),
        ("累计处理纠纷40件", "cumulative", 40),
        ("发明专利拥有量达到40件", "stock", 40),
        ("专利授权量达到40件", "flow", 40),
        ("建成工作站40个", "cumulative", 40),
    ],
)
def test_a_growth_a_change_and_a_level_are_told_apart(plans, clause: str, basis: str, value: float) -> None:
    row = only(plans, f"到2025年，{clause}。")
    assert (row["basis"], row["target_value"]) == (basis, value)


def test_what_is_new_in_a_window_is_counted_from_its_first_year(plans) -> None:
    row = only(plans, "2022—2024年，新增国家知识产权示范企业40家。")
    assert (row["basis"], row["counted_from"], row["target_year"]) == ("new-in-period", 2022, 2024)


def test_from_and_to_are_a_baseline_and_a_target(plans) -> None:
    row = only(plans, "有效注册商标量由2020年的120件提高到2025年的200件。")
    assert (row["baseline_year"], row["baseline_value"], row["printed_baseline"]) == (2020, 120, "120件")
    assert (row["target_year"], row["target_value"], row["label_zh"]) == (2025, 200, "有效注册商标量")


def test_names_before_respectively_are_given_to_their_numbers(plans) -> None:
    first, second = rows(plans, "到2025年，有效注册商标量、专利授权量分别达到30件、40件。")
    assert [(row["label_zh"], row["target_value"]) for row in (first, second)] == [
        ("有效注册商标量", 30),
        ("专利授权量", 40),
    ]


def test_one_growth_of_two_indicators_is_two_rows(plans) -> None:
    first, second = rows(plans, "到2025年，质押融资金额和项目数年均增长30%以上。")
    assert (first["label_zh"], second["label_zh"]) == ("质押融资金额", "质押融资…项目数")
    assert first["basis"] == second["basis"] == "growth-rate"


# --- what is no promise ---


@pytest.mark.parametrize(
    "text",
    [
        "截至2020年底，有效注册商标量达到300件。",
        "目前已建成工作站11个，服务企业200家。",
        "“十三五”以来新增企业30家。",
        "2019年专利授权量达到300件。",
        "专利授权量300件，同比增长15%。",
        "对通过认定的企业给予20万元奖励。",
        "安排专项资金2000万元支持园区建设。",
        "依据《条例》第三条和第12号文件办理。",
        "落实“三合一”机制，推行双随机、一公开。",
        "建设一批示范园区，培育一批企业。",
        "推进“一带一路”合作，打造“一站式”平台。",
        "综合实力进入全省前3位。",
        "自受理之日起10个工作日内作出决定。",
        "拥有10件以上专利的企业优先推荐。",
        "从3个方面抓好落实。",
        "（责任单位：市甲局等3个部门）",
        "开展4.26宣传周活动，应对337、301调查。",
        "联系电话：0631-5201234",
        "由15个部门组成领导小组。",
    ],
)
def test_a_number_that_promises_nothing_is_no_target(plans, text: str) -> None:
    assert rows(plans, text) == []


def test_a_number_that_is_left_out_is_listed_with_its_reason(plans) -> None:
    proposal = read_plan.read(HEAD + "截至2020年底，有效注册商标量达到300件。", plans, "town")
    assert [(entry.reason, "300件" in entry.printed) for entry in proposal.left_out] == [("a past achievement", True)]


def test_numbers_under_a_heading_on_the_present_state_are_no_targets(plans) -> None:
    text = "某府〔2021〕1号\n\n一、发展基础\n\n有效注册商标量达到300件。\n\n二、目标\n\n有效注册商标量达到400件。"
    assert [row["target_value"] for row in rows(plans, text, "")] == [400]


# --- places ---


@pytest.mark.parametrize(
    ("headings", "place"),
    [
        ("三、任务\n\n（四）运用\n\n15.抓好运用。", "三（四）15"),
        ("三、任务\n\n(四)运用\n\n", "三（四）"),
        ("七、评价\n\n", "七"),
        ("第二章 运用\n\n第五条 ", "第五条"),
        ("第三章 任务\n\n第二节 运用\n\n", "第三章第二节"),
        ("三、任务\n\n专栏1 工程\n\n", "专栏1"),
        ("1.2.3 运用\n\n", "1.2.3"),
    ],
)
def test_the_place_is_what_the_headings_above_print(plans, headings: str, place: str) -> None:
    assert only(plans, f"{headings}到2025年，有效注册商标量达到30件。", "")["locator"] == place


def test_a_clause_cut_by_a_pages_end_is_whole(plans) -> None:
    row = only(plans, "推进品牌建设，引导企业加强商标注册，到2025年，有效注册\n\n— 7 —\n\n商标量达到 30 件以上。")
    assert (row["label_zh"], row["printed_target"]) == ("有效注册商标量", "30 件以上")


# --- indicators ---


@pytest.mark.parametrize(
    ("label", "unit", "indicator"),
    [
        ("每万人发明专利拥有量", "件", "invention-patents-per-10k"),
        ("每万人口高价值发明专利拥有量", "件", "high-value-patents-per-10k"),
        ("每百万人发明专利申请量", "件", "invention-applications-per-million"),
        ("发明专利申请量", "件", "invention-applications"),
        ("国家知识产权优势企业", "家", "ip-advantage-firms"),
        ("国家知识产权示范企业", "家", "ip-demonstration-firms"),
        ("版权产业增加值占地区生产总值比重", "%", "copyright-industry-share"),
        ("马德里商标国际注册量", "件", "madrid-marks"),
        ("专利质押融资总额", "亿元", "pledge-financing"),
        ("有效发明专利拥有量", "件", None),
        ("专利转让次数", "次", None),
        ("PCT国际专利申请量", "件", None),
        ("实用新型专利授权量", "件", None),
        ("高价值发明专利拥有量", "件", None),
    ],
)
def test_names_that_differ_in_one_qualifying_word_are_not_confused(
    plans, label: str, unit: str, indicator: str
) -> None:
    assert only(plans, f"到2025年，{label}达到30{unit}。")["indicator_id"] == indicator


def test_an_unknown_name_is_marked_as_perhaps_new_with_the_nearest(plans) -> None:
    row = read_plan.read(HEAD + "到2025年，知识产权法官达到30人。", plans, "town").rows[0]
    assert row.cells["indicator_id"] is None
    assert not row.complete
    assert any(question.startswith("new indicator?; nearest") for question in row.decide)


# --- what is written ---

PLAN = HEAD + (
    "指标\t2020年\t2025年\t属性\n有效注册商标量（件）\t100\t200\t预期性\n专利授权量（件）\t8\t12\t预期性\n\n到2025年，知识产权法官达到30人。"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return begun("town", tmp_path / "town-data")


def test_check_takes_what_is_written_and_open_rows_stand_beside_it(plans, folder: Path) -> None:
    read_plan.write(read_plan.read(PLAN, plans, "town"), folder)
    assert tables.validate(folder) == []
    assert (folder / "targets.csv").read_text(encoding="utf-8").count("\n") == 3
    assert "知识产权法官" in (folder / "undecided" / "targets.csv").read_text(encoding="utf-8")


def test_the_review_has_every_row_with_its_rules_and_what_is_open(plans, folder: Path) -> None:
    proposal = read_plan.read(PLAN + "截至2020年底，建成工作站3个。", plans, "town")
    read_plan.write(proposal, folder)
    review = (folder / "review.md").read_text(encoding="utf-8")
    for row in proposal.rows:
        assert f"## {row.cells['target_id']}\n" in review
        assert all(question in review for question in row.decide)
    assert "runner-up" in review
    assert "工作站3个" in review


def test_proposals_never_stand_among_the_curated_tables(plans, data: Path) -> None:
    before = (data / "targets.csv").read_bytes()
    for place in (data, data / "mine"):
        with pytest.raises(UserError, match=r"holds curated tables.*new-city"):
            read_plan.write(read_plan.read(PLAN, plans, "town"), place)
    assert (data / "targets.csv").read_bytes() == before


def test_rows_that_stand_already_are_not_overwritten(plans, folder: Path) -> None:
    proposal = read_plan.read(PLAN, plans, "town")
    read_plan.write(proposal, folder)
    with pytest.raises(UserError, match=r"targets\.csv.*not overwritten.*Move it away"):
        read_plan.write(proposal, folder)


def test_a_text_without_chinese_is_refused(plans) -> None:
    with pytest.raises(UserError, match=r"'town' has no Chinese text.*UTF-8"):
        read_plan.read("By 2025, 30 patents.", plans, "town")


def test_the_command_makes_the_stubs_and_proposes_the_rows(tmp_path: Path, capsys, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("plan.txt").write_text(PLAN, encoding="utf-8")
    assert run("read", "plan.txt", "--city", "town") == 0
    assert "3 rows proposed by rules and read by nobody yet, 1 of them undecided." in capsys.readouterr().out
    assert Path("town-data", "cities.csv").is_file()
    assert Path("town-data", "review.md").is_file()
    assert run("read", "plan.txt", "--city", "town") == 2
    assert "not overwritten" in capsys.readouterr().err
    assert run("read", "nothing.txt", "--city", "town", "--to", "other") == 2
    assert "nothing.txt is missing" in capsys.readouterr().err
    assert not Path("other").exists()
