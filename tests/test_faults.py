"""Every fault of a table is named with file, row, column, value and remedy, all of a round at once."""

import shutil
from pathlib import Path

import pytest

from analysis import tables
from analysis.errors import DataError, UserError
from analysis.files import ROOT

from .conftest import edit, faults, run


def test_the_curated_tables_have_no_fault(data: Path) -> None:
    assert faults(data) == []


BROKEN = {
    "wrong type": (
        "targets.csv",
        "table:1,专利授权量,,,2025,15000,",
        "table:1,专利授权量,,,2025,many,",
        "targets.csv, row 2, column target_value: 'many' is not a plain decimal such as 10.02",
    ),
    "unknown id": (
        "targets.csv",
        "haikou,gi-marks,table:5",
        "haikou,gi-markz,table:5",
        "targets.csv, row 6, column indicator_id: 'gi-markz' is no indicator_id of indicators.csv. Did you mean 'gi",
    ),
    "duplicate key": (
        "cities.csv",
        "\nxiamen,city",
        "\nhaikou,city",
        "cities.csv, row 5, column city_id: 'haikou' repeats the id of row 2",
    ),
    "not in the list": (
        "documents.csv",
        "2022-10-21,stated",
        "2022-10-21,said",
        "documents.csv, row 2, column issued_status: 'said' is not allowed here. Did you mean 'stated'?",
    ),
    "required": (
        "units.csv",
        "\nitem,件,items",
        "\nitem,,items",
        "units.csv, row 2, column symbol_zh: '(empty)' is required. Fill in: Symbol as printed.",
    ),
    "missing column": (
        "funding.csv",
        ",payer,",
        ",",
        "funding.csv, row 1: the column 'locator' is missing",
    ),
    "year out of range": (
        "targets.csv",
        "table:1,专利授权量,,,2025,",
        "table:1,专利授权量,,,20250,",
        "targets.csv, row 2, column target_year: '20250' is above 2100",
    ),
    "target before baseline": (
        "targets.csv",
        "有效注册商标量,2020,5.5,2025",
        "有效注册商标量,2020,5.5,2020",
        "targets.csv, row 30, column target_year: '2020' is not after baseline_year",
    ),
    "baseline without a target year": (
        "targets.csv",
        "有效注册商标量,2020,5.5,2025",
        "有效注册商标量,2020,5.5,",
        "targets.csv, row 30, column target_year: is empty beside a baseline",
    ),
    "printed and stored differ": (
        "targets.csv",
        "2020,4.99,2025,10.02,,per-10k-population,4.99,10.02",
        "2020,4.99,2025,10.20,,per-10k-population,4.99,10.02",
        "targets.csv, row 22, column printed_target: '10.02' and target_value are not the same number",
    ),
    "unit of another kind": (
        "targets.csv",
        "82,,point,,82,分",
        "82,,percent,,82,分",
        "targets.csv, row 8, column unit_id: 'percent' is not a unit of the indicator's kind",
    ),
    "unit that is not the printed one": (
        "targets.csv",
        "33,2025,85,,cny-100m",
        "33,2025,85,,cny-10k",
        "targets.csv, row 24, column printed_unit: '亿元' is not the symbol of unit_id",
    ),
    "a number for a target in words": (
        "targets.csv",
        "占 GDP 比重,,,2025,,,,,明显提高",
        "占 GDP 比重,,,2025,13,,percent,,明显提高",
        "targets.csv, row 4, column target_value: '13' does not fit bound and basis",
    ),
    "above the natural limit": (
        "targets.csv",
        "服判息诉率,,,2025,85,,percent,,85,",
        "服判息诉率,,,2025,850,,percent,,850,",
        "targets.csv, row 9, column target_value: '850' is outside the indicator's limits",
    ),
    "inference without evidence": (
        "milestones.csv",
        "目标写为2025年工作期满；前一句写明工作期至2025年6月。",
        "",
        "milestones.csv, row 10, column note_zh: is empty though the row is inferred",
    ),
    "restating a row of another indicator": (
        "targets.csv",
        'weihai-trade-marks-in-force-2025,"Repeats',
        'weihai-patent-agencies-2025,"Repeats',
        "targets.csv, row 37, column restates: 'weihai-patent-agencies-2025' is not a row that this one can repeat",
    ),
    "another city's document": (
        "funding.csv",
        "haikou-longhua-central,haikou-cluster-2021,haikou,",
        "haikou-longhua-central,haikou-cluster-2021,weihai,",
        "funding.csv, row 2, column city_id: 'weihai' is not the document's city",
    ),
    "two primary themes": (
        "measure_themes.csv",
        "haikou-plan-task-01,high-value-creation,secondary",
        "haikou-plan-task-01,high-value-creation,primary",
        "measures.csv, row 2, column measure_id: 'haikou-plan-task-01' has not exactly one primary theme",
    ),
    "the same theme twice": (
        "measure_themes.csv",
        "haikou-plan-task-01,high-value-creation,secondary",
        "haikou-plan-task-01,governance-policy,secondary",
        "measure_themes.csv, row 3, column measure_id and theme_id: repeats the values of an earlier row",
    ),
    "a list out of order": (
        "responsibilities.csv",
        "haikou-plan-task-01,haikou-district-governments,2",
        "haikou-plan-task-01,haikou-district-governments,9",
        "responsibilities.csv, row 3, column position: '9' is out of order",
    ),
    "another city's agency": (
        "agencies.csv",
        "District governments of Haikou,district-government,haikou",
        "District governments of Haikou,district-government,weihai",
        "responsibilities.csv, row 3, column agency_id: 'haikou-district-governments' is another city's agency",
    ),
    "a city's target without a place": (
        "targets.csv",
        "gi-marks,table:5",
        "gi-marks,",
        "targets.csv, row 6, column locator: is empty for a city's target",
    ),
    "goalposts out of order": (
        "goalposts.csv",
        "high-value-patents-per-10k,0,2,",
        "high-value-patents-per-10k,3,2,",
        "goalposts.csv, row 4, column upper: '2' is not above lower",
    ),
    "an axis and indicator twice": (
        "goalposts.csv",
        "pace,patent-agencies,",
        "pace,high-value-patents-per-10k,",
        "goalposts.csv, row 3, column indicator_id: 'high-value-patents-per-10k' stands on this axis already",
    ),
    "an outcome in another kind of unit": (
        "observations.csv",
        "2022-12,20.8,per-10k-population",
        "2022-12,20.8,percent",
        "observations.csv, row 2, column unit_id: 'percent' is not a unit of the indicator's kind",
    ),
    "infinite factor": (
        "units.csv",
        "item,10000,count",
        "item,INF,count",
        "units.csv, row 3, column factor: 'INF' is not a plain decimal such as 10.02",
    ),
    "a score that compounds": (
        "indicators.csv",
        "score,1,0,100,points",
        "score,1,0,100,compound",
        "indicators.csv, row 27, column growth_measure: 'compound' does not fit the kind",
    ),
}


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return the faults that the check names where each case is broken, many cases at once: a check takes a second.

    One fault may hide another: what is not named among many is broken anew among fewer, and at last alone.
    """
    found: dict[str, list[str]] = {}
    waiting = list(BROKEN)
    while waiting:
        data = Path(shutil.copytree(ROOT / "data", tmp_path_factory.mktemp("broken") / "data"))
        tried = [name for name in waiting if broken(data, name)]
        listed = faults(data)
        seen = [name for name in tried if any(fault.startswith(BROKEN[name][3]) for fault in listed)]
        found |= dict.fromkeys(seen or tried[:1], listed)
        waiting = [name for name in waiting if name not in found]
    return found


def broken(data: Path, name: str) -> bool:
    """Break a case, unless another has changed its place already; say whether it was broken."""
    file, old, new, _ = BROKEN[name]
    if (data / file).read_text(encoding="utf-8").count(old) != 1:
        return False
    edit(data / file, old, new)
    return True


@pytest.mark.parametrize("name", BROKEN)
def test_a_fault_is_named_with_its_place_and_remedy(name: str, named: dict[str, list[str]]) -> None:
    assert any(fault.startswith(BROKEN[name][3]) for fault in named[name]), named[name]


def test_all_faults_of_a_round_are_listed_at_once(data: Path) -> None:
    edit(data / "targets.csv", "table:1,专利授权量,,,2025,15000,", "table:1,专利授权量,,,2025,many,")
    edit(data / "documents.csv", "2022-10-21,stated", "2022-10-21,said")
    edit(data / "funding.csv", ",2000,cny-10k", ",-5,cny-10k")
    assert {fault.split(",")[0] for fault in faults(data)} == {"targets.csv", "documents.csv", "funding.csv"}


def test_faults_come_in_rounds_of_files_schema_and_rules(data: Path) -> None:
    edit(data / "documents.csv", "2022-10-21,stated", "2022-10-21,missing")  # against a rule
    (rule,) = faults(data)
    assert rule.startswith("documents.csv, row ")
    edit(data / "funding.csv", ",2000,cny-10k", ",-5,cny-10k")  # against the schema
    (schema,) = faults(data)
    assert schema.startswith("funding.csv, row ")
    (data / "units.csv").unlink()
    assert faults(data)[0].startswith("units.csv: is missing")
    assert len(faults(data)) == 1


def test_a_row_of_too_many_cells_is_one_fault_and_hides_what_only_follows(data: Path) -> None:
    edit(data / "targets.csv", ",2020,4.99,2025,10.02,", ",2,020,4.99,2,025,10.02,")
    (fault,) = faults(data)
    assert fault.startswith("targets.csv, row 22: the row has more cells")


@pytest.mark.parametrize(("mark", "name"), [(";", "semicolons"), ("\t", "tabulators")])
def test_cells_between_other_marks_are_one_fault(mark: str, name: str, data: Path) -> None:
    path = data / "goalposts.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",", mark), encoding="utf-8")
    assert faults(data) == [
        f"goalposts.csv, row 1: separates its cells by {name}. Save it as CSV with commas, in UTF-8."
    ]


def test_a_missing_city_is_one_fault_a_table_not_one_a_row(data: Path) -> None:
    edit(data / "cities.csv", "\nshanwei,city", "\nshanwai,city")
    found = faults(data)
    assert found[0].startswith("documents.csv, row 4, column city_id: 'shanwei' is no city_id of cities.csv")
    assert "and so in rows 12, 13, 14" in found[1]
    assert [fault.split(",")[0] for fault in found] == [
        "documents.csv",
        "targets.csv",
        "milestones.csv",
        "measures.csv",
        "observations.csv",
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"\xef\xbb\xbfunit_id", "units.csv, row 1: holds a byte-order mark"),
        (b"unit_id\r\nitem\r\n", "units.csv, row 1: holds CR line ends"),
        ("unit_id\n件".encode("gb18030"), "units.csv, row 2: holds bytes that are not UTF-8"),
        (b"unit_id\n\0", "units.csv, row 2: holds a NUL byte"),
        (b"", "units.csv: is empty"),
    ],
)
def test_a_file_that_is_no_plain_utf8_says_how_to_save_it(content: bytes, expected: str, data: Path) -> None:
    (data / "units.csv").write_bytes(content)
    (found,) = faults(data)
    assert found.startswith(expected)


def test_a_missing_file_and_a_missing_folder_are_named(data: Path) -> None:
    (data / "funding.csv").unlink()
    assert faults(data)[0].startswith("funding.csv: is missing.")
    with pytest.raises(UserError, match="is not a folder"):
        tables.validate(data / "nowhere")


def test_a_table_that_may_not_be_read_is_a_fault(data: Path, monkeypatch, capsys: pytest.CaptureFixture) -> None:
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "units.csv":
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert faults(data) == ["units.csv: cannot be read (Permission denied). Look at its rights."]
    assert run("check", "--data", data) == 1
    assert run("build", "--data", data, "--out", data.parent / "out") == 2
    assert "units.csv: cannot be read (Permission denied)" in capsys.readouterr().err


def test_loading_faulty_tables_raises_one_screen(data: Path) -> None:
    text = (data / "targets.csv").read_text(encoding="utf-8")
    (data / "targets.csv").write_text(text.replace("\nweihai-", "\nWeihai-"), encoding="utf-8")
    with pytest.raises(DataError) as raised:
        tables.load(data)
    lines = str(raised.value).splitlines()
    assert lines[0].startswith("23 faults in the tables of ")
    assert len(lines) == tables.SHOWN_FAULTS + 2
    assert lines[-1].startswith("… and 11 more")
