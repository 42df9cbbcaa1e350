"""The commands do what they say, refuse what they cannot do in one screen, and lose nothing."""

import json
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from analysis import __main__ as commands
from analysis.paths import ROOT

from .conftest import edit


def run(*arguments: object) -> int:
    return commands.main([str(argument) for argument in arguments])


def write_notebook(folder: Path, name: str, *cells: str) -> None:
    """Write a small notebook with the parameter `lang` and some code cells."""
    parameters = nbformat.v4.new_code_cell('lang = "en"', metadata={"tags": ["parameters"]})
    code = [nbformat.v4.new_code_cell(cell) for cell in cells]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# A question?"), parameters, *code])
    notebook.metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    folder.mkdir(exist_ok=True)
    nbformat.write(notebook, folder / f"{name}.ipynb")


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a good notebook and one that fails in its fourth cell."""
    folder = tmp_path_factory.mktemp("suite")
    write_notebook(folder, "10-good", "lang.upper()")
    write_notebook(folder, "20-bad", "1 + 1", "1 / 0")
    return folder


@pytest.fixture(scope="module")
def built(suite: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """Return the output folder of a build of that suite in English, and its exit status."""
    out = tmp_path_factory.mktemp("out")
    return out, run("build", "--folder", suite, "--out", out, "--languages", "en", "--jobs", 2)


def test_a_failing_notebook_leaves_no_report_while_the_others_run(built: tuple[Path, int]) -> None:
    out, status = built
    assert status == 1
    found = sorted(path for path in files(out) if path != "reports/manifest.json")
    assert found == ["reports/en/10-good.html", "reports/en/10-good.ipynb", "reports/failed/20-bad.en.ipynb"]


def test_the_summary_names_the_cell(suite: Path, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    status = run("build", "--folder", suite, "--out", tmp_path, "--languages", "zh", "--notebooks", "20-bad")
    error = capsys.readouterr().err
    assert status == 1
    assert "20-bad (zh): cell 4: ZeroDivisionError: division by zero" in error
    assert "Traceback" not in error.split("20-bad (zh)")[1]


def test_a_failure_keeps_the_report_that_was_there(tmp_path: Path) -> None:
    folder = tmp_path / "suite"
    write_notebook(folder, "10-good", "1 + 1")
    out = tmp_path / "out"
    assert run("build", "--folder", folder, "--out", out, "--languages", "en") == 0
    before = files(out)
    write_notebook(folder, "10-good", "1 / 0")
    assert run("build", "--folder", folder, "--out", out, "--languages", "en") == 1
    after = files(out)
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) == {"reports/failed/10-good.en.ipynb"}


def test_a_second_build_does_no_work_and_a_changed_file_is_made_anew(
    suite: Path, built: tuple[Path, int], capsys: pytest.CaptureFixture
) -> None:
    out, _ = built
    again = ("build", "--folder", suite, "--out", out, "--languages", "en", "--notebooks", "10-good")
    assert run(*again) == 0
    assert "no reports made, 1 already up to date" in capsys.readouterr().out
    page = out / "reports" / "en" / "10-good.html"
    whole = page.read_bytes()
    page.write_text("half", encoding="utf-8")
    assert run(*again) == 0
    assert "1 report made, 0 already up to date" in capsys.readouterr().out
    assert page.read_bytes() == whole


def test_tables_changed_between_two_builds_of_one_process_make_the_report_anew(
    suite: Path, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    request = ("build", "--folder", suite, "--data", data, "--out", tmp_path / "out", "--languages", "en")
    assert run(*request, "--notebooks", "10-good") == 0
    edit(data / "cities.csv", "Leading strong IP city", "A leading strong IP city")
    assert run(*request, "--notebooks", "10-good") == 0
    assert capsys.readouterr().out.count("1 report made, 0 already up to date") == 2


def test_executed_notebooks_hold_no_times_and_no_paths(built: tuple[Path, int]) -> None:
    text = (built[0] / "reports" / "en" / "10-good.ipynb").read_text(encoding="utf-8")
    assert "start_time" not in text
    assert "iopub" not in text
    assert str(built[0]) not in text
    assert "".join(json.loads(text)["cells"][2]["source"]) == '# Parameters\nlang = "en"\n'


def test_broken_tables_stop_a_build_before_anything_is_written(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    edit(data / "targets.csv", "table:1,专利授权量,,,2025,15000,", "table:1,专利授权量,,,2025,many,")
    out = tmp_path / "out"
    assert run("build", "--data", data, "--out", out) == 2
    error = capsys.readouterr().err
    assert "targets.csv, row 2, column target_value: 'many'" in error
    assert "Traceback" not in error
    assert not out.exists()


def test_check_lists_faults_and_exits_1(data: Path, capsys: pytest.CaptureFixture) -> None:
    assert run("check", "--data", data) == 0
    assert "15 tables" in capsys.readouterr().out
    edit(data / "targets.csv", "table:1,专利授权量,,,2025,15000,", "table:1,专利授权量,,,2025,many,")
    edit(data / "documents.csv", "2022-10-21,stated", "2022-10-21,said")
    assert run("check", "--data", data) == 1
    assert len(capsys.readouterr().out.splitlines()) == 3


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("build", "--cities", "weihei"), "'weihei' is not a city in cities.csv. Did you mean 'weihai'?"),
        (("build", "--languages", "en,cn"), "'cn' is not a language"),
        (("build", "--notebooks", "11-profile"), "Did you mean '11-profile-city'?"),
        (("build", "--set", "citty=weihai"), "'citty' is not a parameter of"),
        (("build", "--set", "city"), "'city' sets nothing. Write it as name=value"),
        (("build", "--data", "/nowhere"), "is not a folder"),
        (("check", "--data", "/nowhere"), "is not a folder"),
        (("verify", "--sources", "/nowhere"), "is missing. --sources names the folder"),
    ],
)
def test_a_wrong_request_gets_one_message(arguments: tuple, message: str, capsys: pytest.CaptureFixture) -> None:
    assert run(*arguments) == 2
    error = capsys.readouterr().err
    assert message in error
    assert len(error.splitlines()) == 1


def test_an_output_that_cannot_be_written_is_refused(
    suite: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    taken = tmp_path / "taken"
    taken.write_text("mine", encoding="utf-8")
    assert run("build", "--folder", suite, "--out", taken) == 2
    assert "cannot be written" in capsys.readouterr().err
    assert taken.read_text(encoding="utf-8") == "mine"


def test_the_command_line_itself_ends_without_a_traceback() -> None:
    command = [sys.executable, "-m", "analysis", "build", "--cities", "xiamem"]
    result = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert result.returncode == 2
    assert result.stderr == (
        "'xiamem' is not a city in cities.csv. Did you mean 'xiamen'? Known: haikou, shanwei, weihai, xiamen.\n"
    )


def test_environment_yml_has_not_drifted() -> None:
    command = [sys.executable, ROOT / "tools" / "environment.py", "--check"]
    assert subprocess.run(command, check=False).returncode == 0
