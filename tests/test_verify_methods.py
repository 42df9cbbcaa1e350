"""The check against reference results finds what is right, and what is wrong."""

from pathlib import Path

import pytest

from analysis import verify_methods
from analysis.cli import main
from analysis.errors import UserError

# OECD/JRC Handbook (2008), tables 35 and 36, two countries: Finland is above the United States on two of three.
COUNTRIES = "country,patents,royalties,internet\nFinland,187,125.6,200.2\nUnited States,289,120,179.1\n"
MATRIX = "country,Finland,United States\nFinland,0,{}\nUnited States,{},0\n"


def folder_with(tmp_path: Path, first: float, second: float) -> Path:
    (tmp_path / "oecd-tai-table35-five-countries.csv").write_text(COUNTRIES, encoding="utf-8")
    (tmp_path / "oecd-tai-table36-outranking.csv").write_text(MATRIX.format(first, second), encoding="utf-8")
    return tmp_path


def test_right_values_hold_and_every_file_has_a_line(tmp_path: Path, capsys) -> None:
    assert main(["verify-methods", "--oracles", str(folder_with(tmp_path, 2 / 3, 1 / 3))]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "oecd-tai-table35-five-countries.csv: input of the others"
    assert lines[1].startswith("oecd-tai-table36-outranking.csv: 4 of 4 values; largest deviation ")


def test_a_wrong_value_is_named_with_both_numbers(tmp_path: Path, capsys) -> None:
    assert main(["verify-methods", "--oracles", str(folder_with(tmp_path, 2 / 3 + 1e-8, 1 / 3))]) == 1
    out = capsys.readouterr().out
    assert "3 of 4 values; largest deviation 1.5e-08" in out
    assert "outranking [1]: 0.666667 expected" in out


def test_missing_on_one_side_only_is_a_deviation() -> None:
    assert not verify_methods.Check("x", 1.0, float("nan")).holds
    assert not verify_methods.Check("x", float("nan"), 1.0).holds
    assert verify_methods.Check("x", float("nan"), float("nan")).holds


def test_printed_values_hold_to_their_digits() -> None:
    assert verify_methods.Check("x", 0.26, 0.2649, 0.005).holds
    assert not verify_methods.Check("x", 0.26, 0.2651, 0.005).holds


def test_small_values_hold_relative_to_themselves() -> None:
    assert not verify_methods.Check("x", 1e-6, 1.0005e-6).holds
    assert verify_methods.Check("x", 1e-6, 1e-6 * (1 + 1e-10)).holds
    assert verify_methods.Check("x", 1e6, 1e6 * (1 + 1e-10)).holds
    assert verify_methods.Check("x", 0.0, 1e-10).holds
    assert not verify_methods.Check("x", 0.0, 1e-8).holds


@pytest.mark.parametrize("name", verify_methods.FILES)
def test_a_file_without_rows_is_refused(name: str, tmp_path: Path, capsys) -> None:
    (tmp_path / name).write_text("case,func,params,x,y\n", encoding="utf-8")
    assert main(["verify-methods", "--oracles", str(tmp_path)]) == 2
    assert f"{name} holds no row." in capsys.readouterr().err


def test_a_file_of_which_nothing_is_compared_does_not_hold(tmp_path: Path, capsys) -> None:
    columns = "series,base_value,current_value,target,base_year,current_year,target_year,progress_value"
    (tmp_path / "statcan-progress.csv").write_text(f"{columns}\nx,,1,2,2010,2020,2030,0.5\n", encoding="utf-8")
    assert main(["verify-methods", "--oracles", str(tmp_path)]) == 1
    assert "statcan-progress.csv: no value in it can be compared" in capsys.readouterr().out


def test_an_input_that_is_not_there_is_named(tmp_path: Path) -> None:
    (folder_with(tmp_path, 2 / 3, 1 / 3) / "oecd-tai-table35-five-countries.csv").unlink()
    with pytest.raises(UserError, match=r"oecd-tai-table35-five-countries\.csv, which is not there"):
        verify_methods.verify(tmp_path)


def test_a_wrong_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is not a folder"):
        verify_methods.verify(tmp_path / "none")
    with pytest.raises(UserError, match="no reference file"):
        verify_methods.verify(tmp_path)
    (tmp_path / "coinr-trends.csv").touch()
    with pytest.raises(UserError, match=r"Did you mean 'coinr-trend\.csv'"):
        verify_methods.verify(tmp_path)
