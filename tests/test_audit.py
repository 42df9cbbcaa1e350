"""Every numeral of a document belongs to a row in that row's own place, or has a reason; what has neither is named."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from analysis import audit, tables
from analysis import cli as commands
from analysis.files import ROOT
from analysis.tables import Tables

from .conftest import edit
from .test_overlay import write

# A document in the manner of a plan, with a numeral of every kind and none left over.
TEXT = """测试市方案

测府〔2030〕1号

2030年1月2日

根据《纲要（2025—2040年）》（国发〔2025〕20号）和《条例》第十二条，进一步统一认识，制定本方案。

一、目标

表格

指标	2029年	2035年
1	每万人口专利（件）	16	20
2	商标（万件）	5	20

二、任务

（一）运用

1. 金融。专项资金 20 万元支持甲区

政府建设。每年开展一次以上培训。

2. 导航。到二〇三五年，完成 2 个以上重点产业和 2 个以上重点领域的导航，注册商标突破8万件。到 2031 年底申报试验区。

- 7 -

联系电话：0631-5201234
"""
LEFT = {"document_id": "test-plan", "printed_unit": None, "printed_baseline": None, "printed_remark": None}
LEFT |= {"baseline_year": None, "target_year": None}
TARGETS = [
    {"target_id": "patents", "locator": "table:1", "label_zh": "每万人口专利", "printed_unit": "件",
     "printed_baseline": "16", "printed_target": "20", "baseline_year": 2029, "target_year": 2035},
    {"target_id": "marks", "locator": "table:2", "label_zh": "商标", "printed_unit": "万件",
     "printed_baseline": "5", "printed_target": "20", "baseline_year": 2029, "target_year": 2035},
    {"target_id": "training", "locator": "二（一）1", "label_zh": "培训", "printed_target": "一次以上"},
    {"target_id": "industries", "locator": "二（一）2", "label_zh": "重点产业…的导航", "printed_target": "2 个以上",
     "target_year": 2035},
    {"target_id": "fields", "locator": "二（一）2", "label_zh": "重点领域的导航", "printed_target": "2 个以上",
     "target_year": 2035},
    {"target_id": "marks-prose", "locator": "二（一）2", "label_zh": "注册商标", "printed_unit": "万件",
     "printed_target": "突破8", "target_year": 2035},
]  # fmt: skip
WORDS = [("进一步", None, "word"), ("统一", None, "word")]


def numerals(words: list[tuple[str, str | None, str]]) -> pd.DataFrame:
    return pd.DataFrame(words, columns=["printed", "document_id", "reason"])


@pytest.fixture
def made(plans: Tables) -> Tables:
    """Return the tables of the document above."""
    document = {"document_id": "test-plan", "title_zh": "测试市方案", "number": "测府〔2030〕1号"}
    document |= {"issuer_zh": None, "issued": "2030-01-02", "period_start": None, "period_end": None}
    document |= {"source_file": "plan.txt", "source_sha256": hashlib.sha256(TEXT.encode()).hexdigest()}
    milestone = {"milestone_id": "zone", "document_id": "test-plan", "locator": "二（一）2", "date": "2031-12"}
    milestone |= {"label_zh": "申报试验区", "printed_date": "2031 年底"}
    money = {"funding_id": "money", "document_id": "test-plan", "locator": "二（一）1", "year": None}
    money |= {"recipient_zh": "甲区政府", "purpose_zh": "建设", "printed_amount": "20 万元"}
    measure = {"measure_id": "finance", "document_id": "test-plan", "number": "二（一）1", "title_zh": "金融"}
    return replace(
        plans,
        documents=pd.DataFrame([document]),
        targets=pd.DataFrame([LEFT | row for row in TARGETS]),
        milestones=pd.DataFrame([milestone]),
        funding=pd.DataFrame([money]),
        measures=pd.DataFrame([measure]),
        numerals=numerals(WORDS),
    )


def reasons(made: Tables, text: str, *words: tuple[str, str | None, str]) -> list[tuple[str, str]]:
    """Return the numerals of a text without rows, with the first of what explains each."""
    bare = replace(made, numerals=numerals(list(words)), targets=made.targets.iloc[:0])
    bare = replace(bare, milestones=made.milestones.iloc[:0], funding=made.funding.iloc[:0])
    bare = replace(bare, measures=made.measures.iloc[:0])
    return [(each.numeral, each.why[0] if each.why else "") for each in audit.account(bare, "test-plan", text)]


def left(made: Tables, text: str = TEXT) -> list[str]:
    """Return the numerals left over, with the words that follow each."""
    return [each.context.split("】")[0].split("【")[1] + each.context.split("】")[1][:4]
            for each in audit.account(made, "test-plan", text) if each.fault]  # fmt: skip


# A whole document


def test_every_numeral_of_a_document_is_accounted_for_once(made: Tables) -> None:
    found = audit.account(made, "test-plan", TEXT)
    assert [each for each in found if each.fault] == []
    assert [each.numeral for each in found] == [
        "2030", "1", "2030", "1", "2", "2025", "2040", "2025", "20", "十二", "一", "一", "一",
        "2029", "2035", "1", "万", "16", "20", "2", "万", "5", "20",
        "二", "一", "1", "20 万", "一", "2", "二〇三五", "2", "2", "8万", "2031", "7", "0631", "5201234",
    ]  # fmt: skip


def test_a_finding_says_where_a_numeral_stands_and_what_it_is(made: Tables) -> None:
    (money,) = [each for each in audit.account(made, "test-plan", TEXT) if each.numeral == "20 万"]
    assert (money.line, money.item, money.kind) == (21, "二（一）1", "row")
    assert money.why == ("funding.csv, money, printed_amount",)
    assert "line 21, item 二（一）1: '20 万' in" in str(money)


def test_a_summary_counts_rows_and_reasons(made: Tables) -> None:
    lines = audit.summary(audit.account(made, "test-plan", TEXT))
    assert lines[0] == (
        "test-plan: 37 numerals, 23 of rows, 14 for a reason (item-number 4, title 2, document-number 2, word 2, "
        "contact 2, law-article 1, page-number 1), 0 unexplained"
    )
    assert lines[1].endswith("0 rows of numerals.csv explain nothing.")


# What belongs to a row


@pytest.mark.parametrize(
    ("target", "numerals_left"),
    [
        ("patents", ["1 每万人", "万人口专利", "16 20 ", "20 2 商"]),
        ("marks", ["2 商标（", "万件） 5", "5 20 ", "20 二、任"]),
        ("training", ["一次以上培"]),
        ("industries", ["2 个以上"]),
        ("fields", ["2 个以上"]),
        ("marks-prose", ["8万件。到 "]),
    ],
)
def test_a_missing_target_leaves_its_own_numerals_over(made: Tables, target: str, numerals_left: list[str]) -> None:
    kept = made.targets[made.targets["target_id"] != target]
    assert left(replace(made, targets=kept)) == numerals_left


def test_the_numeral_left_over_is_the_one_that_stands_by_the_missing_label(made: Tables) -> None:
    kept = made.targets[made.targets["target_id"] != "industries"]
    (found,) = [each for each in audit.account(replace(made, targets=kept), "test-plan", TEXT) if each.fault]
    assert "【2】 个以上重点产业" in str(found)
    assert "belongs to no row and has no reason" in str(found)
    assert found.item == "二（一）2"


def test_an_equal_number_elsewhere_is_not_explained_by_a_row(made: Tables) -> None:
    assert left(made, TEXT + "\n三、保障\n\n每年开展一次以上培训，到 2035 年达到 20 件。\n") == [
        "一次以上培",
        "2035 年达到",
        "20 件。",
    ]


def test_the_same_amount_twice_in_a_sentence_needs_two_rows(made: Tables) -> None:
    text = TEXT.replace("一次以上培训", "一次以上培训、一次以上检查")
    assert left(made, text) == ["一次以上检"]


def test_words_that_a_label_leaves_out_are_not_its_own(made: Tables) -> None:
    text = TEXT.replace("2 个以上重点领域", "2 个以上重点领域、3 个园区")
    assert left(made, text.replace("重点领域、3 个园区的导航", "重点领域的导航、3 个园区的导航")) == ["3 个园区"]


def test_a_year_is_a_targets_a_milestones_or_left_over(made: Tables) -> None:
    assert left(replace(made, milestones=made.milestones.iloc[:0])) == ["2031 年底申"]
    assert left(made, TEXT.replace("到 2031 年底", "到 2032 年底")) == ["2032 年底申"]


def test_a_missing_sum_of_money_is_left_over(made: Tables) -> None:
    assert left(replace(made, funding=made.funding.iloc[:0])) == ["20 万元支持甲"]


def test_equal_sums_of_one_sentence_belong_to_rows_in_their_order(made: Tables) -> None:
    text = TEXT.replace("专项资金 20 万元", "专项资金 20 万元和配套 20 万元")
    assert left(made, text) == ["20 万元支持甲"]
    both = pd.concat([made.funding, made.funding.assign(funding_id="more")])
    found = audit.account(replace(made, funding=both), "test-plan", text)
    assert [each.why[0].split(", ")[1] for each in found if each.numeral == "20 万"] == ["money", "more"]


def test_a_period_belongs_to_its_document_where_both_ends_stand_together(made: Tables) -> None:
    dated = made.documents.assign(period_start="2030-07", period_end="2033-06")
    text = TEXT + "自2030年7月到2033年6月。另于2033年6月检查。"
    assert left(replace(made, documents=dated), text) == ["2033年6月检", "6月检查。"]


# What has a reason


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("《条例（2020—2030年）》", [("2020", "title"), ("2030", "title")]),
        ("依据国发［2021］20 号文", [("2021", "document-number"), ("20", "document-number")]),
        (
            "## 十二、保障\n\n(三)资金\n\n4．人才。",
            [("十二", "item-number"), ("三", "item-number"), ("4", "item-number")],
        ),
        ("目标：一是创造；二是运用。", [("一", "item-number"), ("二", "item-number")]),
        ("包括①创造②运用", [("①", "item-number"), ("②", "item-number")]),
        ("依照第二十三条第2款", [("二十三", "law-article"), ("2", "law-article")]),
        ("方案（2021—2025年）", [("2021", "date"), ("2025", "date")]),
        ("正文\n2021年11月9日印发\n", [("2021", "date"), ("11", "date"), ("9", "date")]),
        ("党的二十大和二十届二中、三中全会", [("二十", "name")] * 2 + [("二", "name"), ("三", "name")]),
        ("“十五五”时期", [("十五五", "name")]),
        ("— 12 —", [("12", "page-number")]),
        ("电话:133-3505-7288", [("133", "contact"), ("3505", "contact"), ("7288", "contact")]),
    ],
)
def test_a_numeral_has_a_reason_by_its_form(made: Tables, text: str, expected: list[tuple[str, str]]) -> None:
    assert reasons(made, text) == expected


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("达到１，２家和1,200件", ["１", "２", "1,200"]),
        ("由10.02升至 5000 万", ["10.02", "5000 万"]),
        ("占三分之一、百分之三点五、三成", ["三分之一", "百分之三点五", "三"]),
        ("投入伍仟万，队伍", ["伍仟", "万"]),
        ("翻番，成倍，翻两番，3倍", ["翻番", "倍", "两", "3"]),
        ("过半、双方、Ⅳ级", ["半", "双", "Ⅳ"]),
        ("2—3个；每年首批若干", ["2", "3"]),
        ("到2025年12月31日前建成", ["2025", "12", "31"]),  # a date in a sentence may be a commitment
        ("达到\n\n10.5件", ["10.5"]),  # a number that begins a line is no item's
        ("十五家", ["十五"]),
    ],
)
def test_what_counts_as_a_numeral_and_needs_a_row_or_words(made: Tables, text: str, found: list[str]) -> None:
    assert reasons(made, text) == [(numeral, "") for numeral in found]


def test_words_explain_the_numerals_that_lie_whole_in_them(made: Tables) -> None:
    batch = ("一批", None, "word")
    assert reasons(made, "引进一批企业，第十一批", batch) == [("一", "word"), ("十一", "")]
    assert reasons(made, "引进一\n\n批企业", batch) == [("一", "word")]  # over the end of a page


def test_words_of_one_document_explain_nothing_in_another(made: Tables) -> None:
    assert reasons(made, "三项清单", ("三项清单", "test-plan", "count")) == [("三", "count")]
    assert reasons(made, "三项清单", ("三项清单", "other-plan", "count")) == [("三", "")]


# Stale rows, overlays and the command


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    (tmp_path / "plan.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def test_a_row_of_numerals_that_explains_nothing_is_stale(made: Tables, sources: Path) -> None:
    rows = [*WORDS, ("三合一", None, "name"), ("五大工程", "test-plan", "count"), ("六项", "elsewhere", "count")]
    found = [str(each) for each in audit.audit(replace(made, numerals=numerals(rows)), sources) if each.fault]
    assert found == [
        "numerals.csv, '三合一': explains no numeral of any document audited. Correct or remove the row.",
        "numerals.csv, '五大工程': explains no numeral of test-plan. Correct or remove the row.",
    ]


def test_a_row_of_numerals_for_what_a_row_or_a_rule_explains_is_stale(made: Tables, sources: Path) -> None:
    rows = [*WORDS, ("一次", None, "word"), ("第十二条", None, "word")]
    found = [each.numeral for each in audit.audit(replace(made, numerals=numerals(rows)), sources) if each.fault]
    assert found == ["一次", "第十二条"]


PLAN = """测试市方案

一、目标

进一步加强，建成五大工程，引进 9 家机构。
"""


DOCUMENT = "document_id,city_id,title_zh,title_en,issued_status,horizon,source_file,source_sha256\n"
TARGET = (
    "target_id,document_id,city_id,indicator_id,locator,label_zh,target_value,unit_id,printed_target,printed_unit,"
    "unit_status,bound,aspirational,basis,basis_status,recurrence\n"
)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Return an overlay with one document, its text beside it."""
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    checksum = hashlib.sha256(PLAN.encode()).hexdigest()
    document = f"{DOCUMENT}test-plan,test,测试市方案,Plan,missing,2035,plan.txt,{checksum}\n"
    return write(tmp_path / "own", cities="city_id,kind,name_en,name_zh\ntest,city,Test,测试\n", documents=document)


def run(folder: Path, *more: str) -> int:
    return commands.main(["audit", "--data", str(folder), "--sources", str(folder.parent), *more])


def test_a_users_plan_is_audited_alone_with_the_curated_words(own: Path, capsys: pytest.CaptureFixture) -> None:
    assert run(own) == 1
    first, second, *_ = lines = capsys.readouterr().out.splitlines()
    assert first.startswith("test-plan, line 5, item 一: '五' in")
    assert second.startswith("test-plan, line 5, item 一: '9' in")
    assert len(lines) == 4  # two faults, the plan and all documents: no other document, no curated row as stale


def test_a_users_own_rows_complete_the_audit(own: Path, capsys: pytest.CaptureFixture) -> None:
    words = (
        "printed,document_id,reason,meaning_en,meaning_zh\n"
        "五大工程,test-plan,name,five projects,工程名称\n引进 9 家,,count,nine,九家\n"
    )
    write(own, numerals=words)
    assert run(own, "--list") == 0
    assert (
        "'五' in '测试市方案 一、目标 进一步加强，建成【五】大工程，引进 9 家机构。': name, numerals.csv 五大工程"
        in (capsys.readouterr().out)
    )
    write(own, numerals=words + "六大工程,,name,six projects,工程名称\n")
    assert run(own) == 1
    assert "'六大工程': explains no numeral" in capsys.readouterr().out


def test_the_command_names_the_sentence_of_a_target_that_a_copy_lacks(
    tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    # A plan of the four would need its text, which is not part of the project; a copy of the tables takes another.
    text = "一、任务\n\n每年开展一次以上培训。\n"
    (tmp_path / "plan.txt").write_text(text, encoding="utf-8")
    checksum = hashlib.sha256(text.encode()).hexdigest()
    document = f"{DOCUMENT}test-plan,haikou,培训,Plan,missing,2035,plan.txt,{checksum}\n"
    row = "test-1,test-plan,haikou,enforcement-training,一,培训,1,occasion,一次以上,次,printed,ge,false,flow,stated,"
    row += "yearly\n"
    own = write(tmp_path / "own", documents=document, targets=TARGET + row)
    assert run(own) == 0
    write(own, targets=TARGET)
    assert run(own) == 1
    assert "test-plan, line 3, item 一: '一' in '一、任务 每年开展【一】次以上培训。'" in capsys.readouterr().out


# The curated rows


def test_every_row_of_numerals_holds_a_numeral_and_its_meaning_in_both_languages(plans: Tables) -> None:
    for row in plans.numerals.to_dict("records"):
        assert audit.NUMERAL.search(row["printed"]), row["printed"]
        assert row["meaning_en"].isascii(), row["meaning_en"]
        assert not row["meaning_zh"].isascii(), row["meaning_zh"]


def test_every_reason_is_one_of_the_schemas_with_its_meaning_in_both_languages() -> None:
    (field,) = [field for field in tables.table_fields("numerals") if field["name"] == "reason"]
    known = field["constraints"]["enum"]
    assert {reason for reason, _ in audit.RULES} <= set(known)
    for language in ("description", "description_zh"):
        assert [token for token in known if token not in field[language]] == []


def test_a_curated_word_for_any_document_is_no_amount(plans: Tables) -> None:
    general = plans.numerals[plans.numerals["document_id"].isna()]
    assert set(general["reason"]) <= {"word", "name", "date", "count"}
    measure_words = ("个", "件", "家", "项", "次", "名", "元", "%")
    assert [word for word in general["printed"] if word.endswith(measure_words)] == []


def test_numerals_of_another_document_than_there_is_are_a_fault(data: Path) -> None:
    edit(data / "numerals.csv", "三项清单,weihai-measures-2021", "三项清单,weihai-plan")
    (fault,) = tables.validate(data)
    assert "numerals.csv" in str(fault)
    assert "'weihai-plan' is no document_id" in str(fault)


def test_the_command_is_part_of_make_verify() -> None:
    assert "analysis audit --sources" in (ROOT / "Makefile").read_text(encoding="utf-8")
