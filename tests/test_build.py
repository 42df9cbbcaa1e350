"""A build makes what is stale and nothing else, publishes it whole or not at all, and loses nothing."""

import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from analysis.files import PACKAGE, ROOT, digest_code, digest_of, replace_file, save_table
from analysis.reports import build, freshness, publishing
from analysis.reports.notebooks import Notebook, Run
from analysis.reports.publishing import Collected

from .conftest import edit, files, run, write_notebook


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
    assert sorted(files(out)) == [
        "reports/en/10-good.html",
        "reports/en/10-good.ipynb",
        "reports/failed/20-bad.en.ipynb",
        "reports/manifest.json",
        "reports/results.csv",
    ]


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
    del before["reports/manifest.json"]
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) == {"reports/failed/10-good.en.ipynb", "reports/manifest.json"}


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


def test_an_output_that_cannot_be_written_is_refused(
    suite: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    taken = tmp_path / "taken"
    taken.write_text("mine", encoding="utf-8")
    assert run("build", "--folder", suite, "--out", taken) == 2
    assert "cannot be written" in capsys.readouterr().err
    assert taken.read_text(encoding="utf-8") == "mine"


def entries(out: Path) -> dict[str, dict]:
    return json.loads((out / "reports" / "manifest.json").read_text(encoding="utf-8"))["reports"]


def explained(capsys: pytest.CaptureFixture, *arguments: object) -> list[str]:
    capsys.readouterr()
    assert run(*arguments, "--explain") == 0
    return capsys.readouterr().out.splitlines()


READS_FUNDING = "from analysis import tables\nplans = tables.load()\nlen(plans.funding)"
READS_TARGETS = "from analysis import tables\nlen(tables.join(tables.load()))"


def test_only_reports_that_read_a_changed_table_are_made_anew(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    write_notebook(tmp_path / "suite", "10-funding", READS_FUNDING)
    write_notebook(tmp_path / "suite", "20-targets", READS_TARGETS)
    out = tmp_path / "out"
    request = ("build", "--folder", tmp_path / "suite", "--data", data, "--out", out, "--languages", "en")
    assert set(explained(capsys, *request)) == {
        "10-funding (en): it has not been made yet",
        "20-targets (en): it has not been made yet",
    }
    assert not out.exists()
    assert run(*request) == 0
    read = {name: sorted(entry["inputs"]["tables"]) for name, entry in entries(out).items()}
    assert read == {
        "en/10-funding": ["datapackage.json", "funding.csv"],
        "en/20-targets": [f"{name}.csv" for name in ("cities",)]
        + ["datapackage.json"]
        + [f"{name}.csv" for name in ("documents", "indicators", "targets", "units")],
    }
    edit(data / "funding.csv", "Build and run the Longhua park", "Build the Longhua park")
    assert explained(capsys, *request) == ["10-funding (en): data/funding.csv changed", "20-targets (en): current"]
    assert run(*request) == 0
    assert "1 report made, 1 already up to date, 0 failed" in capsys.readouterr().out
    assert explained(capsys, *request) == ["10-funding (en): current", "20-targets (en): current"]


def test_explain_names_every_cause(tmp_path: Path, capsys: pytest.CaptureFixture, monkeypatch) -> None:
    write_notebook(tmp_path / "suite", "10-good", "1 + 1")
    out = tmp_path / "out"
    request = ("build", "--folder", tmp_path / "suite", "--out", out, "--languages", "en")
    assert run(*request) == 0
    whole = entries(out)["en/10-good"]
    (out / "reports/en/10-good.html").unlink()
    (out / "reports/en/10-good.ipynb").write_text("half", encoding="utf-8")
    write_notebook(tmp_path / "suite", "10-good", "1 + 2")
    monkeypatch.setattr(freshness, "LOCK", tmp_path / "requirements.lock")
    monkeypatch.setattr(freshness, "digest_code", lambda: "other")
    monkeypatch.setattr(freshness.platform, "python_version", lambda: "3.99")
    (line,) = explained(capsys, *request)
    assert line == (
        "10-good (en): the notebook changed; the code in analysis/ changed; requirements.lock changed; "
        f"Python {whole['inputs']['python']} became 3.99; reports/en/10-good.html is missing or altered; "
        "reports/en/10-good.ipynb is missing or altered"
    )


def test_every_kind_of_file_in_the_library_makes_reports_stale(tmp_path: Path) -> None:
    package = Path(shutil.copytree(PACKAGE, tmp_path / "analysis", ignore=shutil.ignore_patterns("__pycache__")))
    kinds = {path.suffix: path for path in sorted(package.rglob("*")) if path.is_file()}
    assert {".py", ".j2", ".css", ".json", ".js", ".md"} <= kinds.keys()
    assert digest_of(package) == digest_code()
    for kind, path in kinds.items():
        before = digest_of(package)
        path.write_bytes(path.read_bytes() + b"\n")
        assert digest_of(package) != before, kind


def test_a_table_beside_a_report_holds_numbers_that_read_back_exactly() -> None:
    weights = [0.1 + 0.2, 1 / 3, 1e-7 / 3, 123456789012.0]
    saved = save_table(pd.DataFrame({"weight": weights}), "weights", "en")
    assert [float(line) for line in saved.path.read_text(encoding="utf-8").splitlines()[1:]] == weights


def test_a_file_is_written_whole_with_the_rights_of_any_new_one(tmp_path: Path) -> None:
    plain, replaced = tmp_path / "plain", tmp_path / "replaced"
    plain.touch()
    (tmp_path / "elsewhere").write_text("mine", encoding="utf-8")
    replaced.symlink_to(tmp_path / "elsewhere")
    replace_file(replaced, lambda draft: draft.write_text("new", encoding="utf-8"))
    assert replaced.stat().st_mode == plain.stat().st_mode
    assert replaced.read_text(encoding="utf-8") == "new"
    assert (tmp_path / "elsewhere").read_text(encoding="utf-8") == "mine"
    with pytest.raises(ZeroDivisionError):
        replace_file(replaced, lambda draft: draft.write_text(str(1 / 0), encoding="utf-8"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["elsewhere", "plain", "replaced"]


def test_a_report_never_replaces_another_of_the_same_name(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    write_notebook(tmp_path / "suite", "10-good", "1 + 1", parameters='words = []\nn = 1\nlang = "en"')
    request = ("build", "--folder", tmp_path / "suite", "--out", tmp_path / "out", "--languages", "en")
    assert run(*request, "--set", "words=a-b,c") == 0
    before = files(tmp_path / "out")
    capsys.readouterr()
    for explain in ((), ("--explain",)):
        assert run(*request, "--set", "words=a,b-c", *explain) == 2
        error = capsys.readouterr().err
        assert "10-good-a-b-c (en) in" in error
        assert "with words=['a-b', 'c'], and with words=['a', 'b-c'] another one would replace it" in error
    assert files(tmp_path / "out") == before
    assert explained(capsys, *request, "--set", "words=a-b,c", "--set", "n=1") == ["10-good-a-b-c (en): current"]
    write_notebook(tmp_path / "suite", "10-good", "1 + 1", parameters='terms = []\nlang = "en"')
    assert run(*request, "--set", "terms=a,b-c") == 0


def test_a_failed_run_stands_in_the_manifest_with_its_cause_and_is_stale(
    suite: Path, built: tuple[Path, int], capsys: pytest.CaptureFixture
) -> None:
    out, _ = built
    failed, made = entries(out)["en/20-bad"], entries(out)["en/10-good"]
    assert (failed["status"], failed["cause"]) == ("failed", "cell 4: ZeroDivisionError: division by zero")
    assert failed["outputs"] == {}
    assert (made["status"], made["notebook"], made["parameters"]) == ("made", "10-good", {"lang": "en"})
    assert made["seconds"] > 0
    assert set(made["software"]) == {"Python", "city-ip-plans", "pandas", "matplotlib", "papermill"}
    lines = explained(capsys, "build", "--folder", suite, "--out", out, "--languages", "en")
    assert lines[1] == "20-bad (en): it failed (cell 4: ZeroDivisionError: division by zero)"


def test_the_same_inputs_make_the_same_bytes(suite: Path, built: tuple[Path, int], tmp_path: Path) -> None:
    assert run("build", "--folder", suite, "--out", tmp_path, "--languages", "en", "--engine", "kernel") == 1
    first, second = files(built[0]), files(tmp_path)
    timed = ("reports/manifest.json", "reports/failed/20-bad.en.ipynb")
    assert {name: first[name] for name in first if name not in timed} == {
        name: second[name] for name in second if name not in timed
    }
    bare = [{name: entry | {"seconds": None} for name, entry in entries(out).items()} for out in (built[0], tmp_path)]
    assert bare[0] == bare[1]


def recording(values: str, quantity: str = "rate") -> str:
    return (
        "import pandas as pd\nfrom analysis.reports import results\n"
        f"frame = pd.DataFrame({{'city_id': ['haikou', 'weihai'], '{quantity}': {values}}})\n"
        f"results.record(frame, ['{quantity}'])"
    )


def test_recorded_numbers_of_both_languages_stand_once_and_read_back_exactly(tmp_path: Path) -> None:
    write_notebook(tmp_path / "suite", "10-rates", recording("[0.1 + 0.2, None]"))
    assert run("build", "--folder", tmp_path / "suite", "--out", tmp_path) == 0
    text = (tmp_path / "reports" / "results.csv").read_text(encoding="utf-8")
    (row,) = csv.DictReader(text.splitlines())
    assert float(row.pop("value")) == 0.1 + 0.2
    assert {name: value for name, value in row.items() if value} == {
        "notebook": "10-rates",
        "report": "10-rates",
        "city_id": "haikou",
        "quantity": "rate",
    }
    assert "results+json" not in (tmp_path / "reports/en/10-rates.html").read_text(encoding="utf-8")


def test_numbers_that_differ_between_languages_are_a_failure(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    write_notebook(tmp_path / "suite", "10-rates", recording("[1, 2 if lang == 'en' else 3]"))
    assert run("build", "--folder", tmp_path / "suite", "--out", tmp_path, "--jobs", 1) == 1
    error = capsys.readouterr().err
    assert "10-rates (zh): its numbers differ from those in the other language: weihai, rate, 3" in error
    assert not (tmp_path / "reports/zh/10-rates.html").exists()
    assert (tmp_path / "reports/en/10-rates.html").exists()


def test_a_lost_row_of_results_makes_its_report_anew(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    write_notebook(tmp_path / "suite", "10-rates", recording("[1, 2]"))
    request = ("build", "--folder", tmp_path / "suite", "--out", tmp_path, "--languages", "en")
    assert run(*request) == 0
    table = tmp_path / "reports" / "results.csv"
    whole = table.read_bytes()
    edit(table, "weihai,,,rate,2", "weihai,,,rate,4")
    assert explained(capsys, *request) == ["10-rates (en): its rows in reports/results.csv are missing or altered"]
    assert run(*request) == 0
    assert table.read_bytes() == whole


def test_figures_that_would_be_the_same_are_not_touched(tmp_path: Path) -> None:
    cell = "import os, pathlib\nplace = pathlib.Path(os.environ['IP_PLANS_FIGURES'], 'x.csv')\n"
    write_notebook(tmp_path / "suite", "10-draws", cell + "place.parent.mkdir()\nplace.write_text('a')")
    figure = tmp_path / "out" / "figures" / "x.csv"
    figure.parent.mkdir(parents=True)
    figure.write_text("a", encoding="utf-8")
    before = figure.stat()
    assert run("build", "--folder", tmp_path / "suite", "--out", tmp_path / "out", "--languages", "en") == 0
    assert (figure.stat().st_mtime_ns, figure.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    assert "figures/x.csv" in entries(tmp_path / "out")["en/10-draws"]["outputs"]


def test_a_notebook_that_is_none_is_refused_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    for content in ('{"cells": [', "[]", '{"cells": [1]}'):
        write_notebook(tmp_path / "suite", "10-good")
        (tmp_path / "suite" / "20-broken.ipynb").write_text(content, encoding="utf-8")
        assert run("build", "--folder", tmp_path / "suite", "--out", tmp_path / "out") == 2
        error = capsys.readouterr().err
        assert "20-broken.ipynb is not a notebook" in error
        assert len(error.splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_a_full_disk_is_one_clear_message_and_keeps_what_was_there(
    tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    write_notebook(tmp_path / "suite", "10-good", "1 + 1")
    request = ("build", "--folder", tmp_path / "suite", "--out", tmp_path / "out", "--languages", "en")
    assert run(*request) == 0
    before = files(tmp_path / "out")
    for number in (10, 20, 30):
        write_notebook(tmp_path / "suite", f"{number}-full", "open('/dev/full', 'w').write('x' * 99999)")
    write_notebook(tmp_path / "suite", "10-good", "open('/dev/full', 'w').write('x' * 99999)")
    capsys.readouterr()
    assert run(*request) == 2
    error = capsys.readouterr().err
    assert "cannot be written (No space left on device). Free its space" in error
    assert len(error.splitlines()) == 1
    after = files(tmp_path / "out")
    after.pop("reports/manifest.json"), before.pop("reports/manifest.json")
    assert after == before


def test_a_folder_that_refuses_is_one_clear_message(
    suite: Path, tmp_path: Path, capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "reports").mkdir()
    monkeypatch.setattr(publishing.os, "access", lambda *_: False)  # as for everybody but root
    assert run("build", "--folder", suite, "--out", tmp_path) == 2
    error = capsys.readouterr().err
    assert f"{tmp_path / 'reports'} cannot be written (Permission denied)" in error
    assert len(error.splitlines()) == 1
    assert files(tmp_path) == {}


def test_a_second_build_waits_for_the_first_and_says_so_once(suite: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "analysis", "build", "--folder", suite, "--notebooks", "10-good"]
    command += ["--languages", "en", "--out", tmp_path]
    with publishing.staging(tmp_path):
        second = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)
        with pytest.raises(subprocess.TimeoutExpired):
            second.communicate(timeout=3)
        assert files(tmp_path).keys() == {"reports/.lock"}
    out, error = second.communicate(timeout=60)
    assert second.returncode == 0
    assert error == f"Another build works in {tmp_path / 'reports'}; waiting for it to end.\n"
    assert "1 report made" in out


def test_a_lock_that_a_killed_build_left_does_not_block(suite: Path, tmp_path: Path) -> None:
    (tmp_path / "reports" / ".staging" / "made").mkdir(parents=True)
    (tmp_path / "reports" / ".lock").touch()
    request = ("build", "--folder", suite, "--notebooks", "10-good", "--languages", "en", "--out", tmp_path)
    assert run(*request) == 0
    assert not (tmp_path / "reports" / ".staging").exists()
    assert not (tmp_path / "reports" / ".lock").exists()


def test_files_of_others_in_reports_stay(suite: Path, tmp_path: Path) -> None:
    other = tmp_path / "reports" / "other.xlsx"
    other.parent.mkdir()
    other.write_text("mine", encoding="utf-8")
    run("build", "--folder", suite, "--out", tmp_path, "--languages", "en")
    assert other.read_text(encoding="utf-8") == "mine"


def test_a_build_with_nothing_to_do_imports_nothing_heavy(suite: Path, built: tuple[Path, int]) -> None:
    code = (
        "import sys\nfrom analysis.__main__ import main\n"
        f"main(['build', '--folder', {str(suite)!r}, '--out', {str(built[0])!r}, '--languages', 'en', "
        "'--notebooks', '10-good'])\n"
        "heavy = {'pandas', 'numpy', 'matplotlib', 'papermill', 'tqdm', 'multiprocessing', 'nbformat'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert "1 already up to date" in result.stdout
    assert result.stdout.splitlines()[-1] == "[]"


def test_the_slowest_of_the_last_build_begins_first(tmp_path: Path) -> None:
    known = {"en/10-quick": {"seconds": 1.0}, "en/20-slow": {"seconds": 9.0}}
    state = freshness.State(tmp_path, tmp_path, {}, {"checked": None, "reports": known}, Collected())
    names = ("10-quick", "20-slow", "30-new")
    for name in names:
        write_notebook(tmp_path, name, "1 + 1")
    runs = [Run(Notebook(tmp_path / f"{name}.ipynb"), {"lang": "en"}) for name in names]
    assert [run.name for run in build.slowest_first(runs, state)] == ["30-new", "20-slow", "10-quick"]
