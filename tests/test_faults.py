"""Every fault of a table is named with file, row, column, value and remedy, all of a round at once."""

import csv
import re
from pathlib import Path

import pytest

from analysis import tables
from analysis.errors import DataError, UserError

from .conftest import edit, faults, run


def test_the_curated_tables_have_no_fault(data: Path) -> None:
    assert faults(data) == []


# A cell with a wrong value, by table, row and column, and the fault that is named there.
BROKEN = [
    ("targets", 2, "target_value", "many", "'many' is not a plain decimal such as 10.02"),
    ("targets", 6, "indicator_id", "gi-markz", "'gi-markz' is no indicator_id of indicators.csv. Did you mean 'gi-mar"),
    ("cities", 5, "city_id", "haikou", "'haikou' repeats the id of row 2"),
    ("documents", 2, "issued_status", "said", "'said' is not allowed here. Did you mean 'stated'?"),
    ("units", 2, "symbol_zh", "", "'(empty)' is required. Fill in: Symbol as printed."),
    ("targets", 2, "target_year", "20250", "'20250' is above 2100"),
    ("funding", 2, "amount", "-5", "'-5' is below 0"),
    ("targets", 33, "target_year", "2020", "'2020' is not after baseline_year"),
    ("targets", 33, "target_year", "", "is empty beside a baseline"),
    ("targets", 25, "printed_target", "10.20", "'10.20' and target_value are not the same number"),
    ("targets", 8, "unit_id", "percent", "'percent' is not a unit of the indicator's kind"),
    ("targets", 27, "printed_unit", "万元", "'万元' is not the symbol of unit_id"),
    ("targets", 4, "target_value", "13", "'13' does not fit bound and basis"),
    ("targets", 9, "target_value", "850", "'850' is outside the indicator's limits"),
    ("milestones", 10, "note_zh", "", "is empty though the row is inferred"),
    ("targets", 40, "restates", "weihai-patent-agencies-2025", "'weihai-patent-agencies-2025' is not a row that this"),
    ("funding", 2, "city_id", "weihai", "'weihai' is not the document's city"),
    ("responsibilities", 3, "position", "9", "'9' is out of order"),
    ("targets", 6, "locator", "", "is empty though the document was read"),
    ("goalposts", 4, "upper", "0", "'0' is not above lower"),
    ("goalposts", 5, "indicator_id", "high-value-patents-per-10k", "'high-value-patents-per-10k' stands on this axis"),
    ("observations", 2, "unit_id", "percent", "'percent' is not a unit of the indicator's kind"),
    ("indicators", 30, "growth_measure", "compound", "'compound' does not fit the kind"),
]


def write_cell(path: Path, row: int, column: str, value: str) -> None:
    """Write another value into a cell, its row numbered as a spreadsheet shows it."""
    header, *rows = csv.reader(path.read_text(encoding="utf-8").splitlines())
    rows[row - 2][header.index(column)] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


@pytest.mark.parametrize(("table", "row", "column", "value", "fault"), BROKEN)
def test_a_fault_is_named_with_its_place_and_remedy(
    table: str, row: int, column: str, value: str, fault: str, data: Path
) -> None:
    write_cell(data / f"{table}.csv", row, column, value)
    found = faults(data)
    assert any(one.startswith(f"{table}.csv, row {row}, column {column}: {fault}") for one in found), found


@pytest.mark.parametrize(
    ("table", "row", "column", "value", "fault"),
    [
        (
            "measure_themes",
            3,
            "weight",
            "primary",
            "measures.csv, row 2, column measure_id: 'haikou-plan-task-01' has not",
        ),
        (
            "measure_themes",
            3,
            "theme_id",
            "governance-policy",
            "measure_themes.csv, row 3, column measure_id and theme_id",
        ),
        ("agencies", 3, "city_id", "weihai", "responsibilities.csv, row 3, column agency_id: 'haikou-district-gov"),
    ],
)
def test_a_fault_between_rows_stands_where_they_meet(
    table: str, row: int, column: str, value: str, fault: str, data: Path
) -> None:
    write_cell(data / f"{table}.csv", row, column, value)
    assert any(one.startswith(fault) for one in faults(data))


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
    assert fault.startswith("targets.csv, row 25: the row has more cells")


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
    assert "and so in rows 15, 16, 17" in found[1]
    assert re.search(r"and so in rows (\d+, ){11}\d+ and \d+ more", found[3])
    files = [fault.split(",")[0] for fault in found]
    assert files == [f"{table}.csv" for table in ("documents", "targets", "milestones", "measures", "observations")]


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
