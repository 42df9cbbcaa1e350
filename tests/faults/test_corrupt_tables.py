"""A corrupt table is refused with its place and a remedy, or loaded as exactly what its text says."""

from pathlib import Path

import pytest

from analysis.tables import check, datapackage

from ..conftest import faults
from . import corrupt

pytestmark = pytest.mark.thorough

SEED = 1


@pytest.fixture(scope="module")
def trials(tmp_path_factory: pytest.TempPathFactory) -> corrupt.Trials:
    return corrupt.Trials(tmp_path_factory.mktemp("trials"))


@pytest.mark.parametrize("number", range(len(corrupt.KINDS)), ids=list(corrupt.KINDS))
def test_every_kind_of_corruption_is_refused_or_harmless(number: int, trials: corrupt.Trials) -> None:
    mutation = list(corrupt.mutations(number + 1, SEED))[-1]
    verdict, why = trials.judge(mutation)
    assert verdict in (corrupt.REFUSED, corrupt.HARMLESS), f"seed {SEED}, number {number}: {mutation}\n{why}"


def test_a_legal_edit_is_harmless_and_one_that_is_misread_is_a_fault(
    trials: corrupt.Trials, monkeypatch: pytest.MonkeyPatch
) -> None:
    parse = datapackage.parse
    held = corrupt.Table.read("goalposts")
    legal = corrupt.Mutation("number cell", "goalposts", "upper", held.with_cell(1, 4, "0.25"))
    assert trials.judge(legal) == (corrupt.HARMLESS, "")
    monkeypatch.setattr(datapackage, "parse", lambda *given: parse(*given).replace({"upper": {0.25: 0.26}}))
    assert trials.judge(legal) == (corrupt.FAULT, "row 2, column upper: '0.25' is loaded as 0.26")


# What the generators found, each once


MISREAD = {
    "an underscore in a number": ("goalposts", "lower", "1_0", "is not a plain decimal"),
    "full-width digits": ("goalposts", "lower", "１", "is not a plain decimal"),
    "nan for a missing number": ("goalposts", "lower", "nan", "is not a plain decimal"),
    "a minus before zero": ("goalposts", "lower", "-0", "is not a plain decimal"),
    "a number with an exponent": ("goalposts", "upper", "1e3", "is not a plain decimal"),
    "a line end after a number": ("goalposts", "upper", "5\n", "is not a plain decimal"),
    "more digits than a number keeps": ("goalposts", "upper", "0." + "3" * 30, "has more digits than a number keeps"),
    "a number beyond all": ("goalposts", "upper", "9" * 400, "has more digits than a number keeps"),
    "an integer beyond all": ("responsibilities", "position", "9" * 20, "is not a whole number"),
    "an underscore in a year": ("documents", "horizon", "2_025", "is not a whole number"),
    "1 for true": ("milestones", "aspirational", "1", "is not true or false"),
    "a date without hyphens": ("documents", "issued", "20221021", "is not a date"),
    "a day without its zero": ("documents", "issued", "2022-10-1", "is not a date"),
    "text after a place": ("targets", "locator", "table:1x", "is not written like"),
    "full-width digits in a month": ("milestones", "date", "２０２５", "is not written like"),
    "a line end after a month": ("milestones", "date", "2025-06\n", "begins or ends with white space"),
    "white space for a name": ("cities", "name_zh", "\u3000", "begins or ends with white space"),
    "a character that is not seen": ("cities", "name_en", "Hai\u200bkou", "holds U+200B (ZERO WIDTH SPACE)"),
    "a letter and its accent apart": ("cities", "name_en", "Haikoe\u0301", "holds U+0301 (COMBINING ACUTE ACCENT)"),
    "text that runs backwards": ("cities", "name_en", "\u202eHaikou", "holds U+202E (RIGHT-TO-LEFT OVERRIDE)"),
    "an id too long for a file's name": ("cities", "city_id", "x" * 10_000, "has 10,000 characters"),
}


@pytest.mark.parametrize("name", MISREAD)
def test_what_would_be_misread_is_refused(name: str, data: Path) -> None:
    table, column, value, problem = MISREAD[name]
    held = corrupt.Table.read(table)
    (data / f"{table}.csv").write_bytes(held.with_cell(1, held.header.index(column), value))
    place = f"{table}.csv, row 2, column {column}: "
    assert any(fault.startswith(place) and problem in fault for fault in faults(data))


def test_a_legal_number_passes_as_it_is_written() -> None:
    field = {"type": "number"}
    legal = ["0", "5", "-1.5", "10.02", "10.0200", "0.148698", "123456789012345"]
    assert [check.wrong_cell(text, field) for text in legal] == [None] * len(legal)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b'city_id,kind\nhaikou,"city', "row 2: begins a cell in quotation marks"),
        (b'city_id,kind\n"haikou"x,city\n', "row 2: begins a cell in quotation marks"),
        (b"\ncity_id,kind\n", "row 1: the header is blank"),
        (b"city_id,kind\nhaikou,city", "row 2: the last line does not end"),
        (b"city_id,kind\nhaikou," + b"x" * 40_000 + b"\n", "row 2, column kind: has 40,000 characters"),
        (b"city_id,kind\nhaikou," + b"x" * 10**7 + b"\n", "row 2, column kind: has 10,000,000 characters"),
        (b"city_id" + b"," * 1_000_000 + b"\n", "row 1: has 1,000,001 columns"),
        (b"city_id\nhaikou" + b"," * 1_000_000 + b"\n", "row 2: has 1,000,001 columns"),
    ],
)
def test_a_file_that_is_no_table_is_named_with_its_row(content: bytes, problem: str, data: Path) -> None:
    (data / "cities.csv").write_bytes(content)
    (found,) = faults(data)
    assert found.startswith(f"cities.csv, {problem}")
