"""A user's own rows lie over the curated tables: a fifth city in an hour, and every fault in her own file."""

import csv
import hashlib
import re
from itertools import cycle
from pathlib import Path

import pytest

from analysis import cli as commands
from analysis import new_city, tables
from analysis.errors import UserError
from analysis.figures import base
from analysis.figures.growth_rates import growth_rates
from analysis.files import DATA_VARIABLE, ROOT
from analysis.methods import comparability, growth, units
from analysis.methods.plans import targets

from .cells import shown
from .conftest import blocks, faults
from .test_figures import boxes, outside, overlapping, pictures

GUIDE = (ROOT / "docs" / "add-a-city.md").read_text(encoding="utf-8")
BLOCKS = blocks(GUIDE)
COMMANDS = [
    text.strip().removeprefix(".venv/bin/python -m analysis ").split() for kind, _, text in BLOCKS if kind == "sh"
]
FILES = {file.removesuffix(".csv"): text for kind, file, text in BLOCKS if kind == "csv"}
HAIKOU = (ROOT / "data" / "cities.csv").read_text(encoding="utf-8").splitlines()[1]


def write(folder: Path, **contents: str) -> Path:
    """Write an overlay of these tables."""
    folder.mkdir(exist_ok=True)
    for table, text in contents.items():
        (folder / f"{table}.csv").write_text(text, encoding="utf-8")
    return folder


def whole(table: str, text: str = "") -> str:
    """Return rows below the whole header of their table."""
    return f"{','.join(tables.columns(table))}\n{text}"


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder in which the walk-through was followed up to its filled tables."""
    folder = tmp_path_factory.mktemp("walk")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert commands.main(COMMANDS[0]) == 0
        (untouched,) = faults(folder / "example-data")
        assert "is the stub's" in untouched
    write(folder / "example-data", **FILES)
    return folder


@pytest.fixture
def five(example: Path) -> tables.Tables:
    return tables.load(example / "example-data")


# The walk-through


def test_the_walk_through_leads_to_a_report(
    example: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.chdir(example)
    assert [command[0] for command in COMMANDS] == ["new-city", "check", "build", "build", "verify"]
    assert commands.main(COMMANDS[1]) == 0
    assert "14 tables in example-data, laid over the curated ones: no fault." in capsys.readouterr().out
    assert commands.main(COMMANDS[2]) == 0
    page = re.search(r"Open `(example-reports/.*?)`", GUIDE).group(1)
    text = Path(page).read_text(encoding="utf-8")
    assert "Example City states 3 targets" in text
    assert "Firms certified to the IP management standard" in text
    # The whole build is the same command without a choice; it takes minutes and is not run here.
    assert COMMANDS[3] == COMMANDS[2][:5]


def test_the_walk_through_verifies_its_own_plan_only(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.chdir(tmp_path)
    verify = COMMANDS[4]
    document = next(csv.DictReader(FILES["documents"].splitlines()))
    head = [document["title_zh"], document["number"], document["issuer_zh"], "2021年11月9日"]
    printed = re.findall(r"^\| \d+ \| (\S+) \| (\S+) \| (\S+) \|", GUIDE, re.MULTILINE)
    plan = "\n".join([*head, *map("\t".join, printed)])
    (tmp_path / "example-sources").mkdir()
    (tmp_path / "example-sources" / "plan.txt").write_text(plan, encoding="utf-8")
    folder = write(tmp_path / "example-data", **FILES)
    assert commands.main(verify) == 2
    assert "No document names its source_file" in capsys.readouterr().err
    named = FILES["documents"].replace("2025,2020,,,", "2025,2020,plan.txt,,")
    write(folder, documents=named)
    assert commands.main(verify) == 2
    checksum = hashlib.sha256(plan.encode()).hexdigest()
    assert f"fill in {checksum}" in capsys.readouterr().err
    write(folder, documents=named.replace("plan.txt,", f"plan.txt,{checksum}"))
    assert commands.main(verify) == 0
    assert "16 of 16 printed cells found" in capsys.readouterr().out
    write(folder, targets=FILES["targets"].replace(",200,", ",201,"))
    assert commands.main(verify) == 1
    assert "'201' is not found in its place" in capsys.readouterr().out


def test_both_languages_of_the_walk_through_hold_the_same_commands_and_rows() -> None:
    chinese = (ROOT / "docs" / "add-a-city.zh.md").read_text(encoding="utf-8")
    assert blocks(chinese) == BLOCKS
    assert re.findall(r"^#+ \d?", chinese, re.MULTILINE) == re.findall(r"^#+ \d?", GUIDE, re.MULTILINE)


# A fifth city in the library


def test_every_table_has_the_curated_rows_first_and_then_the_users(five: tables.Tables, plans: tables.Tables) -> None:
    for name, added in {"cities": 1, "documents": 1, "indicators": 1, "targets": 3, "units": 0, "measures": 0}.items():
        frame, curated = getattr(five, name), getattr(plans, name)
        assert len(frame) == len(curated) + added
        assert frame.iloc[: len(curated)].equals(curated)
        assert frame.dtypes.equals(curated.dtypes)


def test_the_methods_take_the_fifth_city_as_they_take_the_four(five: tables.Tables) -> None:
    table = growth.growth_table(five, ["example"]).set_index("indicator_id")
    assert table["compound_rate"].round(4).to_dict() == {
        "high-value-patents-per-10k": 0.1496,
        "trade-marks-in-force": 0.0778,
        "certified-firms": 0.1076,
    }
    assert len(targets(five, "example", "zh")) == 3
    pairs = comparability.matrix(five)
    own = pairs[pairs[["target_a", "target_b"]].isin(["example-trade-marks-in-force-2025"]).any(axis=1)]
    own = own[own[["target_a", "target_b"]].isin(["weihai-trade-marks-in-force-2025"]).any(axis=1)]
    assert own[["levels", "growth"]].to_numpy().tolist() == [[True, True]]


def test_an_overlay_is_the_default_of_a_run_that_names_it(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = example / "example-data"
    before = tables.digest()
    monkeypatch.setenv(DATA_VARIABLE, str(folder))
    assert tables.city_ids() == ["haikou", "shanwei", "weihai", "xiamen", "example"]
    assert tables.city_names(None, "zh")["example"] == "示例市"
    assert "example" in set(tables.load().cities["city_id"])
    assert tables.digest() == tables.digest(folder) != before


def test_a_unit_of_the_users_converts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write(tmp_path / "own", units=whole("units", "item-100,百件,hundred items,item,100,count\n"))
    monkeypatch.setenv(DATA_VARIABLE, str(folder))
    assert units.convert(3, "item-100", "item") == 300


def test_the_digest_follows_the_content_of_both_parts(tmp_path: Path) -> None:
    folder = write(tmp_path / "own", cities=CITY)
    first = tables.digest(folder)
    assert tables.digest(write(folder, cities=CITY.replace("Qingdao", "Tsingtao"))) != first
    (folder / "README.md").write_text("note", encoding="utf-8")
    assert tables.digest(write(folder, cities=CITY)) == first


# Columns: an own table has those that it needs, in any order


CITY = "city_id,kind,name_en,name_zh\nqingdao,city,Qingdao,青岛\n"
PLAN = "document_id,city_id,title_zh,title_en,issued_status,horizon\nqingdao-plan,qingdao,方案,Plan,missing,2025\n"
TARGETS = (
    "target_id,document_id,city_id,indicator_id,locator,label_zh,target_year,target_value,unit_id,printed_target,"
    "printed_unit,unit_status,bound,aspirational,basis,basis_status\n"
)
TARGET = "{},qingdao-plan,qingdao,{},table:1,标签,2025,{},item,{},件,printed,eq,false,stock,stated\n"


def test_a_table_made_before_a_column_was_added_is_whole_without_it(tmp_path: Path, plans: tables.Tables) -> None:
    folder = write(tmp_path / "own", cities=CITY, documents=PLAN)
    assert faults(folder) == []
    held = tables.load(folder)
    assert held.cities.dtypes.equals(plans.cities.dtypes)
    assert held.documents.dtypes.equals(plans.documents.dtypes)
    added = held.documents.set_index("document_id").loc["qingdao-plan"]
    assert added[added.notna()].to_dict() == {
        "city_id": "qingdao", "title_zh": "方案", "title_en": "Plan", "issued_status": "missing", "horizon": 2025,
    }  # fmt: skip
    assert tables.city_names(folder, "zh")["qingdao"] == "青岛"
    assert tables.own_documents(folder) == ["qingdao-plan"]


def test_columns_may_have_any_order(tmp_path: Path) -> None:
    folder = write(tmp_path / "own", cities="name_zh,kind,city_id,name_en\n青岛,city,qingdao,Qingdao\n")
    other = write(tmp_path / "other", cities=CITY)
    assert tables.load(folder).cities.equals(tables.load(other).cities)
    assert tables.city_ids(folder) == tables.city_ids(other)


@pytest.mark.parametrize(
    ("header", "fault"),
    [
        ("city_id,name_en,name_zh", "the column 'kind' is missing. Add it: What kind of place it is"),
        ("city_id,kid,name_en,name_zh", "'kid' is not a column of this table. Did you mean 'kind'?"),
        ("city_id,kind,name_en,name_zh,provinze_en", "'provinze_en' is not a column of this table. Did you mean 'prov"),
        ("city_id,kind,name_en,name_zh,kind", "'kind' stands twice in the header"),
        ("city_id,kind,name_en,name_zh,", "column 5 has no name"),
    ],
)
def test_a_header_lacks_nothing_required_and_names_known_columns(header: str, fault: str, tmp_path: Path) -> None:
    assert faults(write(tmp_path / "own", cities=header + "\n"))[0].startswith(f"cities.csv, row 1: {fault}")


def test_a_full_set_may_lack_columns_and_order_them_too(data: Path, plans: tables.Tables) -> None:
    columns = ["aspirational", *plans.milestones.columns.drop(["aspirational", "note_en", "note_zh"])]
    stated = plans.milestones[plans.milestones["date_status"] == "stated"]
    stated[columns].to_csv(data / "milestones.csv", index=False)
    assert faults(data) == []
    expected = stated.assign(note_en=float("nan"), note_zh=float("nan")).reset_index(drop=True)
    held = tables.load(data).milestones
    assert held.dtypes.equals(plans.milestones.dtypes)
    assert held.equals(expected.astype(held.dtypes))


# Faults


@pytest.mark.parametrize(
    "text",
    [
        whole("cities", f"{HAIKOU}\nqingdao,city,Qingdao,青岛,,,,,\n"),
        f"{CITY}haikou,city,Haikou,海口\n",  # copied before a column was added
    ],
)
def test_a_row_identical_to_a_curated_one_is_used_once(text: str, tmp_path: Path) -> None:
    folder = write(tmp_path / "own", cities=text)
    assert faults(folder) == []
    expected = ["haikou", "shanwei", "weihai", "xiamen", "china", "shandong", "qingdao"]
    assert tables.load(folder).cities["city_id"].tolist() == expected
    assert tables.city_ids(folder) == [city for city in expected if city not in ("china", "shandong")]


def test_a_row_that_contradicts_a_curated_one_is_a_fault_and_changes_nothing(tmp_path: Path) -> None:
    curated = {path.name: path.read_bytes() for path in (ROOT / "data").iterdir()}
    text = "city_id,kind,name_en,name_zh,province_en\n"
    folder = write(tmp_path / "own", cities=f"{text}qingdao,city,Qingdao,青岛,\nhaikou,city,Haikou,海口,Guangdong\n")
    (found,) = faults(folder)
    assert found == (
        "cities.csv, row 3, column province_en: 'Guangdong' contradicts 'Hainan' of the curated row 2 "
        "of data/cities.csv. Give your row an id of its own, or make it the same; a curated row is corrected "
        "in data/ only."
    )
    with pytest.raises(UserError, match="contradicts 'Hainan'"):
        tables.load(folder)
    assert {path.name: path.read_bytes() for path in (ROOT / "data").iterdir()} == curated


BROKEN = {
    "points to nothing": ({"documents": PLAN}, "documents.csv, row 2, column city_id: 'qingdao' is no city_id"),
    "an unknown indicator": (
        {"cities": CITY, "documents": PLAN, "targets": TARGETS + TARGET.format("qingdao-a", "gi-markz", 5, 5)},
        "targets.csv, row 2, column indicator_id: 'gi-markz' is no indicator_id of indicators.csv. Did you mean",
    ),
    "a rule of the tables": (
        {"cities": CITY, "documents": PLAN, "targets": TARGETS + TARGET.format("qingdao-a", "gi-marks", 5, 6)},
        "targets.csv, row 2, column printed_target: '6' and target_value are not the same number",
    ),
    "after an identical row": (
        {"cities": whole("cities", f"{HAIKOU}\n" + "qingdao,city,Qingdao,青岛,,,,,\n" * 2)},
        "cities.csv, row 4, column city_id: 'qingdao' repeats the id of row 3",
    ),
    "a blank row": ({"cities": f"{CITY}\n"}, "cities.csv, row 3: the row is blank"),
    "too few cells": ({"cities": f"{CITY}yantai,city\n"}, "cities.csv, row 3: the row has fewer cells"),
    "as many cells as the whole table has": (
        {"cities": f"{CITY}yantai,city,Yantai,烟台,,,,\n"},
        "cities.csv, row 3: the row has more cells",
    ),
    "after a cell of two lines": (
        {"cities": CITY.replace("Qingdao", '"Qing\ndao"') + "yantai,town,Yantai,烟台\n"},
        "cities.csv, row 3, column kind: 'town'",
    ),
    "a curated measure made unclear": (
        {"measure_themes": "measure_id,theme_id,weight\nhaikou-plan-task-01,copyright,primary\n"},
        "measure_themes.csv, row 2, column measure_id: 'haikou-plan-task-01' has not exactly one primary theme",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_fault_stands_in_the_users_own_file_and_row(name: str, tmp_path: Path) -> None:
    rows, expected = BROKEN[name]
    found = faults(write(tmp_path / "own", **rows))
    assert any(fault.startswith(expected) for fault in found), found
    assert not any("data/" in fault.split(":")[0] for fault in found)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (CITY.replace(",", ";"), "cities.csv, row 1"),
        (CITY + "\ufeffyantai,city\n", "cities.csv, row 3: holds a byte-order mark"),
        (CITY.replace("\n", "\r"), "cities.csv, row 1: holds CR line ends"),
        ("", "cities.csv: is empty"),
    ],
)
def test_a_file_that_is_no_table_is_named_before_its_rows(content: str, expected: str, tmp_path: Path) -> None:
    folder = write(tmp_path / "own", units=whole("units"), cities=content)
    found = faults(folder)
    assert found[0].startswith(expected)
    assert all(fault.startswith(expected.split(":")[0]) for fault in found)
    with pytest.raises(UserError):
        tables.load(folder)


def as_excel_saves(folder: Path) -> Path:
    """Write every table of a folder as Excel does: with a byte-order mark, CR LF, and true and false in capitals."""
    for path in folder.glob("*.csv"):
        text = path.read_text(encoding="utf-8").replace(",false,", ",FALSE,").replace(",true,", ",TRUE,")
        path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    return folder


def test_an_overlay_saved_by_excel_is_read_as_if_saved_plainly(tmp_path: Path) -> None:
    plain, excel = write(tmp_path / "plain", **FILES), as_excel_saves(write(tmp_path / "excel", **FILES))
    assert (excel / "targets.csv").read_bytes().startswith(b"\xef\xbb\xbftarget_id")
    assert faults(excel) == []
    held, expected = tables.load(excel), tables.load(plain)
    assert all(getattr(held, table).equals(getattr(expected, table)) for table in FILES)
    assert tables.city_names(excel, "en") == tables.city_names(plain, "en")
    assert tables.own_documents(excel) == ["example-plan"]


def test_what_excel_adds_hides_no_fault(tmp_path: Path) -> None:
    folder = as_excel_saves(write(tmp_path / "own", cities=CITY.replace(",city,", ",town,")))
    assert faults(folder)[0].startswith("cities.csv, row 2, column kind: 'town'")


def test_a_folder_without_a_table_and_a_file_that_is_none_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    with pytest.raises(UserError, match="holds none of the tables"):
        tables.validate(folder)
    write(folder, cities=CITY, target="")
    with pytest.raises(UserError, match=r"'target\.csv' is not a table\. Did you mean 'targets\.csv'\?"):
        tables.load(folder)


# New cities


def test_a_new_city_has_a_stub_of_every_table_and_says_what_to_fill_in(tmp_path: Path) -> None:
    folder = new_city.make("qingdao", tmp_path / "q")
    written = {path.name: path.read_text(encoding="utf-8").splitlines() for path in folder.glob("*.csv")}
    stubs = {resource["path"] for resource in tables.schema()["resources"]} - {"themes.csv", "goalposts.csv"}
    assert sorted(written) == sorted(stubs)
    assert (folder / "README.md").is_file()
    assert {name for name, lines in written.items() if len(lines) > 1} == {"cities.csv", "documents.csv"}
    assert "to be filled in" in written["documents.csv"][1]
    assert "待填" in written["documents.csv"][1]
    (untouched,) = faults(folder)
    assert untouched.startswith("documents.csv, row 2, column title_zh")


@pytest.mark.parametrize(
    ("city", "to", "message"),
    [
        ("Qing Dao", "q", "Did you mean 'qing-dao'?"),
        ("青岛", "q", "in pinyin"),
        ("a--b", "q", "Did you mean 'a-b'?"),
        ("weihai", "q", "'weihai' is Weihai in data/cities.csv already"),
        ("china", "q", "'china' is China in data/cities.csv already"),
        ("qingdao", "", "exists already"),
        ("qingdao", ROOT / "data" / "qingdao", "lies in the project's data/"),
        ("qingdao", "nowhere/q", "cannot be written"),
    ],
)
def test_a_new_city_that_cannot_be_made_is_refused_and_leaves_nothing(
    city: str, to: str | Path, message: str, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    assert commands.main(["new-city", city, "--to", str(tmp_path / to)]) == 2
    error = capsys.readouterr().err
    assert message in error
    assert len(error.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []
    assert not (ROOT / "data" / "qingdao").exists()


def test_a_new_city_is_made_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(new_city.csv.DictWriter, "writerows", full)
    with pytest.raises(UserError, match="No space left on device"):
        new_city.make("qingdao", tmp_path / "q")
    assert list(tmp_path.iterdir()) == []


# Figures and captions


CROWDED_TABLES = {
    "cities": "city_id,kind,name_en,name_zh\nlongest,city,Xishuangbanna Dai Prefecture,西双版纳傣族自治州\n",
    "documents": "document_id,city_id,title_zh,title_en,issued_status,horizon,base_year\n"
    "longest-plan,longest,方案,Plan without a number,missing,2025,2020\n",
    "sources": "source_id,publisher,published\n"
    "longest-source,Xishuangbanna Bureau of Statistics and of Everything Else,2025\n",
    "targets": "target_id,document_id,city_id,indicator_id,locator,label_zh,baseline_year,baseline_value,target_year,"
    "target_value,unit_id,printed_baseline,printed_target,printed_unit,unit_status,bound,aspirational,basis,"
    "basis_status,attribute\n",
    "observations": "observation_id,city_id,indicator_id,date,value,unit_id,source_id,confidence\n",
}
CROWDED_TARGET = (
    "longest-{0},longest-plan,longest,{0},table:{1},标签,{2},{3},2025,{4},{5},{3},{4},{6},printed,eq,false,{7},stated,"
    "expected\n"
)
CROWDED = [
    ("high-value-patents-per-10k", 1, 2021, 16.5, 21, "per-10k-population", "件", "stock"),
    ("ip-protection-satisfaction", 2, 2020, 79, 84, "point", "分", "score"),
    ("patent-agencies", 3, 2020, 12, 19, "firm", "家", "stock"),
    ("overseas-patents-granted", 4, 2020, 500, 900, "item", "件", "flow"),
    ("pledge-financing", 5, 2020, 10, 20, "cny-100m", "亿元", "flow"),
    ("trade-marks-in-force", 6, 2020, 5, 9, "item-10k", "万件", "stock"),
    ("copyright-industry-share", 7, 2020, 3, 5, "percent", "%", "share"),
    ("pledge-registrations", 8, 2020, 1, 2, "entry", "项", "stock"),
]


@pytest.fixture
def crowded(tmp_path: Path) -> tables.Tables:
    """Return the tables with a city of a long name whose values lie close to the others'."""
    rows = "".join(CROWDED_TARGET.format(*row) for row in CROWDED)
    seen = [(row[0], row[5], f"20{22 + month // 12}-{month % 12 + 1:02}", row[3] + month * (row[4] - row[3]) / 60)
            for row in CROWDED for month in (0, 1, 2, 17, 30)]  # fmt: skip
    outcomes = "".join(
        f"longest-{place},longest,{indicator},{date},{value:g},{unit},longest-source,official\n"
        for place, (indicator, unit, date, value) in enumerate(seen)
    )
    parts = {**CROWDED_TABLES, "targets": CROWDED_TABLES["targets"] + rows}
    parts["observations"] += outcomes
    return tables.load(write(tmp_path / "own", **parts))


DRAWN = [
    "compare-verdicts", "compare-levels", "ambition-axes", "ambition-score", "pathways-meetings", "growth-rates",
    "growth-shared", "profile-longest-targets", "profile-longest-wording", "progress-assessable", "progress-paths",
]  # fmt: skip


CROWDED_PICTURES: dict[str, dict[str, base.Picture]] = {}


def crowded_pictures(crowded: tables.Tables, lang: str) -> dict[str, base.Picture]:
    if lang not in CROWDED_PICTURES:
        CROWDED_PICTURES[lang] = pictures(crowded, lang, ("longest",))
    return CROWDED_PICTURES[lang]


# Every figure in one language, and its neighbour in the other.
@pytest.mark.thorough
@pytest.mark.parametrize(("name", "lang"), list(zip(DRAWN, cycle(["en", "zh"]), strict=False)))
def test_no_text_of_a_fifth_city_overlaps_or_leaves_the_canvas(name: str, lang: str, crowded: tables.Tables) -> None:
    figure = crowded_pictures(crowded, lang)[name].draw()
    assert outside(figure) == []
    assert overlapping(figure) == []


def test_a_panel_names_the_city_that_it_may_not_draw(crowded: tables.Tables) -> None:
    figure = shown(crowded, "en", "22-compare-growth")["growth-shared"].draw()
    texts = [text for text, _ in boxes(figure)]
    assert any("Weihai: CNY 3.3 billion → CNY 8.5 billion (running total †)" in text for text in texts)


def test_baselines_that_lie_close_are_written_around_their_points_and_in_their_panel(crowded: tables.Tables) -> None:
    figure = shown(crowded, "en", "22-compare-growth")["growth-shared"].draw()
    places = dict(boxes(figure))
    # Points of 0.11 inch stand between 80 and 79; so near the axis as 12 and 10 both labels stand above.
    assert places["80"].y0 - places["79"].y1 > 0.11 * figure.dpi
    assert 0 < places["12"].y0 - places["10"].y0 < 0.2 * figure.dpi
    assert places["CNY 1 billion"].x0 >= places["IP pledge financing"].x0 - 0.02 * figure.dpi


def test_a_tie_has_no_leader(five: tables.Tables) -> None:
    # Equal on patents and trade marks, of Weihai's own table; only on patent agencies is Weihai ahead.
    assert growth_rates.plan(growth.growth_table(five), five, "en").words["title"] == (
        "Where compound rates may be compared, Weihai plans the fastest growth on one of the three indicators"
    )


def test_a_document_without_a_number_is_cited_by_its_title(crowded: tables.Tables) -> None:
    promised = targets(crowded, "longest", "en")
    assert base.sources(promised, crowded, "en") == "Plan without a number, indicator table rows 1–8."
