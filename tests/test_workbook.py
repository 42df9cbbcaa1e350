"""The workbook holds every table with the right types, the same bytes each time, and no formula."""

import dataclasses
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

from analysis import cli as commands
from analysis import tables, workbook
from analysis.errors import DataError
from analysis.files import ROOT
from analysis.methods import comparability, growth

from .conftest import edit

HOSTILE = ("=HYPERLINK(1)", "+1+1", "-2+3", "@SUM(1)", "<script>alert(1)</script>", "\u202eevil", "x" * 400)


@pytest.fixture(scope="module")
def path(plans: tables.Tables, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("workbook") / workbook.NAME
    workbook.write(plans, made)
    return made


@pytest.fixture(scope="module")
def book(path: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(path)


def rows(book: openpyxl.Workbook, title: str) -> list[dict]:
    header, *cells = book[title].iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in cells]


def test_every_table_is_a_filterable_sheet_behind_the_one_to_read_first(book: openpyxl.Workbook) -> None:
    first, *others = book.worksheets
    assert first.title.startswith("Read me")
    held = {name for sheet in others for name in sheet.tables}
    assert held == {"growth", "comparability", *(table["name"] for table in tables.schema()["resources"])}
    for sheet in others:
        (table,) = sheet.tables.values()
        assert table.ref == sheet.dimensions
        assert table.autoFilter is not None
        assert sheet.freeze_panes == "B2"
        assert sheet.merged_cells.ranges == set()


def test_headings_stand_in_both_languages_and_once(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets[1:]:
        headings = [cell.value for cell in sheet[1]]
        assert len({heading.lower() for heading in headings}) == len(headings)
        assert all(re.search(r"[A-Za-z].* · .*[\u4e00-\u9fff]", heading) for heading in headings), headings


def test_the_first_sheet_names_documents_licence_version_and_every_column(
    book: openpyxl.Workbook, plans: tables.Tables
) -> None:
    texts = {cell for row in book.worksheets[0].iter_rows(values_only=True) for cell in row}
    assert {
        "CC-BY-4.0",
        tables.schema()["version"],
        *plans.documents["title_en"],
        *plans.documents["title_zh"],
    } <= texts
    assert {cell.value for sheet in book.worksheets[1:] for cell in sheet[1]} <= texts


def test_numbers_are_numbers_years_whole_dates_text_and_missing_cells_empty(
    book: openpyxl.Workbook, plans: tables.Tables
) -> None:
    found = {row["Target id · 目标编号"]: row for row in rows(book, "Targets 目标")}
    assert len(found) == len(plans.targets)
    target = found["weihai-high-value-patents-per-10k-2025"]
    assert target["Baseline · 基期值"] == 4.99
    assert (target["Target year · 目标年"], type(target["Target year · 目标年"])) == (2025, int)
    assert target["Target as printed · 目标值原文"] == "10.02"
    assert target["Aspirational · 力争"] is False
    assert target["Cities: Name in Chinese · 城市：名称"] == "威海"
    assert found["haikou-patents-granted-2025"]["Baseline · 基期值"] is None
    assert {type(row["Date · 日期"]) for row in rows(book, "Observations 观测值")} == {str}


@pytest.mark.parametrize("table", ["targets", "observations", "funding", "indicators", "units"])
def test_every_number_of_a_table_is_in_the_workbook(book: openpyxl.Workbook, plans: tables.Tables, table: str) -> None:
    (sheet,) = (each for each in workbook.sheets(plans) if each.id == table)
    found = rows(book, sheet.title)
    numbers = [column for column in sheet.columns if column.kind in ("number", "integer")]
    assert numbers
    for column in numbers:
        expected = [None if value != value else value for value in sheet.frame[column.name].astype("float64")]
        assert [row[column.heading] for row in found] == expected


def test_growth_and_comparability_are_those_of_the_library(book: openpyxl.Workbook, plans: tables.Tables) -> None:
    rates = growth.growth_table(plans, lang="zh")
    found = rows(book, "Growth 增长")
    shown = [row["Compound rate · 复合年均增长率"] for row in found]
    assert [float("nan") if rate is None else rate for rate in shown] == pytest.approx(
        rates["compound_rate"].tolist(), nan_ok=True
    )
    assert [row["Caution in Chinese · 注意"] or "" for row in found] == rates["caution"].fillna("").tolist()
    pairs = rows(book, "Comparability 可比性")
    expected = comparability.matrix(plans)
    assert [row["Growth comparable · 增长可比"] for row in pairs] == expected["growth"].tolist()
    assert [row["Reasons in Chinese · 原因"] or "" for row in pairs] == [
        "".join(reason.zh for reason in reasons) for reasons in expected["reasons"]
    ]


def test_the_same_tables_give_the_same_bytes(plans: tables.Tables, path: Path, tmp_path: Path) -> None:
    os.utime(path, (0, 0))
    workbook.write(plans, tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == path.read_bytes()
    with zipfile.ZipFile(path) as parts:
        assert {part.date_time[0] for part in parts.infolist()} == {1980}


def test_text_is_text_whatever_it_looks_like(plans: tables.Tables, tmp_path: Path) -> None:
    units = plans.units.copy()
    units.loc[: len(HOSTILE) - 1, "symbol_en"] = HOSTILE
    workbook.write(dataclasses.replace(plans, units=units), tmp_path / "hostile.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "hostile.xlsx")["Units 单位"]
    shown = {cell.value: cell.data_type for cell in sheet["C"] if cell.value in HOSTILE}
    assert shown == dict.fromkeys(HOSTILE, "s")


def test_a_workbook_is_written_again_only_where_something_changed(data: Path, tmp_path: Path) -> None:
    assert workbook.make(data, tmp_path) is True
    assert workbook.make(data, tmp_path) is False
    (tmp_path / workbook.NAME).write_bytes(b"harmed")
    assert workbook.make(data, tmp_path) is True
    edit(data / "cities.csv", "Weihai", "Wei Hai")
    assert workbook.make(data, tmp_path) is True
    (tmp_path / workbook.STATE).write_text("no JSON", encoding="utf-8")
    assert workbook.make(data, tmp_path) is True
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["targets.json", "targets.xlsx"]


def test_faulty_tables_leave_the_old_workbook(data: Path, tmp_path: Path) -> None:
    workbook.make(data, tmp_path)
    before = (tmp_path / workbook.NAME).read_bytes()
    edit(data / "units.csv", "item-10k,万件", "item-10k,")
    with pytest.raises(DataError, match="units"):
        workbook.make(data, tmp_path)
    assert (tmp_path / workbook.NAME).read_bytes() == before


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    (tmp_path / "reports").write_text("a file", encoding="utf-8")
    assert commands.main(["workbook", "--out", str(tmp_path)]) == 2
    assert "targets.xlsx cannot be written" in capsys.readouterr().err


def test_a_full_disk_is_an_error_of_the_file_system(plans: tables.Tables, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        workbook.write(plans, tmp_path / "nowhere" / workbook.NAME)


def test_nothing_to_do_imports_nothing_heavy(tmp_path: Path) -> None:
    commands.main(["workbook", "--out", str(tmp_path)])
    code = (
        f"import sys, analysis.__main__ as a; a.main(['workbook', '--out', {str(tmp_path)!r}]); "
        "print({'pandas', 'xlsxwriter'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert run.stdout.splitlines()[-1] == "set()"
    assert "is up to date" in run.stdout
