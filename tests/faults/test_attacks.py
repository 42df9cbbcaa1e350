"""What is hostile is refused in one message, writes nothing outside the output folder and leaves what there was."""

import json
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from analysis import files, new_city, tables, verify
from analysis.errors import UserError
from analysis.reports import freshness, notebooks, publishing
from analysis.tables import datapackage

from ..conftest import edit, run, write_notebook

pytestmark = pytest.mark.thorough

LONG = "x" * 10_000
NAMES = [
    "../../outside",
    "/etc/passwd",
    "a;touch b",
    "$(touch b)",
    "a|b",
    "a&b",
    "a\nb",
    "\x1b[2J",
    "..",
    ".",
    "",
    LONG,
    "知识",
]
SECONDS = 20.0  # until a command that waits for ever is given up
linux = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")


@pytest.fixture
def sentinel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Work in a folder of its own and see that nothing beside it was written, changed or taken away."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "kept.txt").write_text("kept", encoding="utf-8")
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    before = _listing(tmp_path, work)
    yield work
    assert _listing(tmp_path, work) == before


def _listing(parent: Path, work: Path) -> dict[str, object]:
    found = (path for path in parent.rglob("*") if path != work and not path.is_relative_to(work))
    return {str(path): path.read_bytes() if path.is_file() else None for path in found if path.name != "figures"}


def status(*arguments: object) -> int | BaseException:
    """Return how a command ended; one that waits for ever fails the test and not all tests after it."""
    ended: list[int | BaseException] = []

    def command() -> None:
        try:
            ended.append(run(*arguments))
        except BaseException as error:  # what a user would see as a traceback
            ended.append(error)

    thread = threading.Thread(target=command, daemon=True)
    thread.start()
    thread.join(SECONDS)
    assert ended, "it waits for ever"
    return ended[0]


def refused(capsys: pytest.CaptureFixture, *arguments: object) -> str:
    """Run a command that must end with 2 and one message of one line, and return that."""
    assert status(*arguments) == 2
    message = capsys.readouterr().err
    assert len(message.splitlines()) == 1, message
    assert len(message) < 1_500
    return message


# Names and paths


@pytest.mark.parametrize("name", NAMES[:-2] + NAMES[-1:])
def test_no_name_leads_out_of_its_folder(name: str, sentinel: Path, capsys: pytest.CaptureFixture) -> None:
    if name:
        refused(capsys, "build", "--cities", name, "--out", sentinel / "out")
        refused(capsys, "build", "--notebooks", name, "--out", sentinel / "out")
        refused(capsys, "build", "--set", f"city={name}", "--out", sentinel / "out")
        refused(capsys, "build", "--set", f"{name}=weihai", "--out", sentinel / "out")
        refused(capsys, "build", "--languages", name, "--out", sentinel / "out")
    refused(capsys, "new-city", name)
    assert list(sentinel.iterdir()) == []


def test_a_city_id_of_any_length_is_refused_that_file_names_cannot_hold(
    sentinel: Path, capsys: pytest.CaptureFixture
) -> None:
    assert "is too long for a city id" in refused(capsys, "new-city", LONG)
    assert new_city.make("x" * tables.LONGEST_ID).is_dir()
    assert [path.name for path in sentinel.iterdir()] == [f"{'x' * tables.LONGEST_ID}-data"]


@pytest.mark.parametrize(
    "text", ["[" * 10_000, "(" * 100_000, "{[]: 1}", "9" * 100_000, "-" * 100_000, "\0", "__import__('os')"]
)
def test_a_parameter_is_read_and_never_run(text: str, tmp_path: Path) -> None:
    write_notebook(tmp_path / "suite", "10-plain")
    (notebook,) = notebooks.find(tmp_path / "suite")
    notebook.__dict__["defaults"] = {"lang": "en", "count": 1}
    with pytest.raises(UserError, match="is no value for count") as raised:
        notebooks.plan([notebook], ["weihai"], settings={"count": text})
    assert len(str(raised.value)) < 1_000


@pytest.mark.parametrize("value", [LONG, "知识", "../..", "", ";|&"])
def test_a_parameter_cannot_make_the_name_of_another_report(value: str, tmp_path: Path) -> None:
    write_notebook(tmp_path / "suite", "10-plain")
    (notebook,) = notebooks.find(tmp_path / "suite")
    notebook.__dict__["defaults"] = {"lang": "en", "theme": "all"}
    with pytest.raises(UserError, match=r"too long for a report's name|leaves no letter a-z or digit"):
        notebooks.plan([notebook], ["weihai"], settings={"theme": value})


@pytest.mark.parametrize("content", ["[" * 1_000_000, '{"cells": [{"metadata": 5}]}', "{" * 10, "[]", "null"])
def test_a_notebook_that_is_none_is_refused(content: str, sentinel: Path, capsys: pytest.CaptureFixture) -> None:
    (sentinel / "suite").mkdir()
    (sentinel / "suite" / "10-bomb.ipynb").write_text(content, encoding="utf-8")
    assert "is not a notebook" in refused(capsys, "build", "--folder", "suite", "--out", "out", "--set", "lang=en")


@pytest.mark.parametrize(
    "source", ["x = " + "[" * 10_000, "x = {[]: 1}", "x = __import__('os')", "x = " + "-" * 100_000 + "1"]
)
def test_parameters_that_are_no_literals_are_refused(source: str, tmp_path: Path) -> None:
    path = tmp_path / "10-bomb.ipynb"
    cell = {"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": source}
    path.write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
    with pytest.raises(UserError, match="must hold plain assignments"):
        _ = notebooks.Notebook(path).defaults


@pytest.mark.parametrize("name", [name for name in NAMES if name != "知识"] + ["知识", "A", "a_b", "a-"])
@pytest.mark.usefixtures("sentinel")
def test_a_notebook_cannot_write_a_table_elsewhere(name: str) -> None:
    with pytest.raises(ValueError, match="is no name for a table"):
        files.save_table(pd.DataFrame({"a": [1]}), name, "en")
    with pytest.raises(UserError, match="is not a language"):
        files.save_table(pd.DataFrame({"a": [1]}), "good", f"../{name}")


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "a/b.txt", "./a.txt"])
def test_a_document_is_read_in_its_folder_only(name: str, tmp_path: Path) -> None:
    document = {"source_file": name, "source_sha256": None}
    with pytest.raises(UserError, match="is not the name of a file"):
        verify._read(tmp_path, document)


# Folders and links


@pytest.mark.parametrize("command", ["check", "workbook", "build"])
def test_a_folder_of_tables_that_cannot_be_is_refused(
    command: str, sentinel: Path, capsys: pytest.CaptureFixture
) -> None:
    (sentinel / "loop").symlink_to(sentinel / "loop")
    (sentinel / "dangling").symlink_to(sentinel / "nowhere")
    (sentinel / "file").write_text("", encoding="utf-8")
    for folder in (LONG, "loop", "dangling", "file", "nowhere\nat all"):
        refused(capsys, command, "--data", folder)


@pytest.mark.parametrize("command", ["build", "workbook", "site", "gallery"])
def test_an_output_folder_that_cannot_be_is_refused(
    command: str, sentinel: Path, capsys: pytest.CaptureFixture
) -> None:
    (sentinel / "loop").symlink_to(sentinel / "loop")
    (sentinel / "dangling").symlink_to(sentinel.parent / "outside" / "new")
    for folder in (LONG, "loop", "dangling"):
        refused(capsys, command, "--out", folder)


def test_an_output_folder_may_be_a_link_for_the_user_named_it(sentinel: Path) -> None:
    (sentinel / "disk").mkdir()
    (sentinel / "link").symlink_to("disk")
    write_notebook(sentinel / "suite", "10-good", "1 + 1")
    assert run("build", "--folder", "suite", "--out", "link", "--set", "lang=en", "--jobs", "1") == 0
    assert (sentinel / "disk" / "reports" / "en" / "10-good.html").is_file()


@pytest.mark.parametrize("place", ["reports", "figures", "reports/en", "figures/zh", "reports/failed", "reports/.lock"])
def test_a_link_in_the_output_folder_is_not_followed(place: str, sentinel: Path, capsys: pytest.CaptureFixture) -> None:
    write_notebook(sentinel / "suite", "10-good", "1 + 1")
    target = sentinel.parent / "outside" / ("kept.txt" if place.endswith(".lock") else "")
    (sentinel / "out" / place).parent.mkdir(parents=True)
    (sentinel / "out" / place).symlink_to(target)
    message = refused(capsys, "build", "--folder", "suite", "--out", "out", "--set", "lang=en")
    assert f"{place} is a link, and nothing is written outside" in message
    assert (sentinel / "out" / place).is_symlink()


@linux
def test_a_link_or_a_pipe_in_a_reports_place_is_replaced(sentinel: Path) -> None:
    write_notebook(sentinel / "suite", "10-good", "1 + 1")
    reports = sentinel / "out" / "reports"
    (reports / "en").mkdir(parents=True)
    (reports / "en" / "10-good.html").symlink_to(sentinel.parent / "outside" / "kept.txt")
    (reports / "manifest.json").symlink_to(sentinel.parent / "outside" / "kept.txt")
    os.mkfifo(reports / "en" / "10-good.ipynb")
    os.mkfifo(reports / "results.csv")
    assert run("build", "--folder", "suite", "--out", "out", "--set", "lang=en", "--jobs", "1") == 0
    made = [reports / name for name in ("en/10-good.html", "en/10-good.ipynb", "results.csv", "manifest.json")]
    assert [files.trouble(path) for path in made] == [None] * 4


@linux
def test_a_pipe_for_the_lock_of_a_folder_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    write_notebook(tmp_path / "suite", "10-good", "1 + 1")
    (tmp_path / "out" / "reports").mkdir(parents=True)
    os.mkfifo(tmp_path / "out" / "reports" / ".lock")
    assert "is no plain file in" in refused(capsys, "build", "--folder", tmp_path / "suite", "--out", tmp_path / "out")


# Tables


def _pipe(path: Path, _: Path) -> None:
    os.mkfifo(path)


def _enormous(path: Path, _: Path) -> None:
    with path.open("wb") as file:  # a row of 100 MB, of which the disk holds nothing
        file.truncate(100_000_000)


PLACED = {
    "a link out of the folder": (lambda path, outside: path.symlink_to(outside), "is a link out of its folder"),
    "a dangling link": (lambda path, _: path.symlink_to(path.parent / "nowhere"), "is a link that leads nowhere"),
    "a loop of links": (lambda path, _: path.symlink_to(path), "cannot be reached"),
    "a folder": (lambda path, _: path.mkdir(), "is not a plain file"),
    "a pipe": (_pipe, "is not a plain file"),
    "100 MB": (_enormous, "has 100,000,000 bytes, more than the 20,000,000 that are read"),
}


@linux
@pytest.mark.parametrize("name", PLACED)
@pytest.mark.parametrize("table", ["cities.csv", "targets.csv"])
def test_what_is_put_in_a_tables_place_is_not_opened(
    name: str, table: str, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    (data / table).rename(tmp_path / "outside.csv")
    place, problem = PLACED[name]
    place(data / table, tmp_path / "outside.csv")
    assert status("check", "--data", data) == 1
    assert capsys.readouterr().out.startswith(f"{table}: {problem}. ")
    assert status("build", "--data", data, "--out", tmp_path / "out", "--jobs", "1") == 2
    assert problem in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@linux
@pytest.mark.parametrize("name", PLACED)
def test_nor_is_it_among_a_users_own_rows(name: str, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (tmp_path / "outside.csv").write_bytes((tables.CURATED / "cities.csv").read_bytes())
    place, problem = PLACED[name]
    place(own / "cities.csv", tmp_path / "outside.csv")
    assert status("check", "--data", own) == 1
    assert capsys.readouterr().out.startswith(f"cities.csv: {problem}. ")
    assert problem in refused(capsys, "build", "--data", own, "--out", tmp_path / "out")


def test_a_link_within_the_folder_is_read(data: Path) -> None:
    (data / "cities.csv").rename(data / "old.txt")
    (data / "cities.csv").symlink_to("old.txt")
    assert files.trouble(data / "cities.csv") is None


def test_an_overlay_with_a_thousand_wrong_names_is_one_message(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    for number in range(1_000):
        (tmp_path / f"table-{number}.csv").touch()
    refused(capsys, "check", "--data", tmp_path)


def test_an_overlay_cannot_name_a_city_by_a_path(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    rows = "city_id,kind,name_en,name_zh\n../../outside,city,A,B\n"
    (tmp_path / "cities.csv").write_text(rows, encoding="utf-8")
    out = tmp_path / "out"
    assert status("build", "--data", tmp_path, "--cities", "../../outside", "--out", out, "--jobs", "1") == 2
    assert "cities.csv, row 2, column city_id: '../../outside' is not written like" in capsys.readouterr().err
    assert not out.exists()


# The schema and the records of earlier builds


SCHEMA = tables.SCHEMA.read_text(encoding="utf-8")
BOMBS = {
    "deep nesting": ("[" * 400_000, "too deeply nested"),
    "50 MB": (f'{{"name": "{"x" * 50_000_000}"}}', "has 50,000,012 bytes, more than the 1,000,000 that are read"),
    "a name twice": (SCHEMA.replace('"resources"', '"version": "0",\n "resources"', 1), "'version' stands twice"),
    "a path that climbs": (SCHEMA.replace('"cities.csv"', '"../cities.csv"'), "'cities', '../cities.csv'"),
    "an absolute path": (SCHEMA.replace('"cities.csv"', '"/etc/passwd"'), "'cities', '/etc/passwd'"),
    "another table": (SCHEMA.replace('"name": "cities"', '"name": "towns"', 1), "'cities', 'cities.csv'"),
    "no tables": ('{"resources": 5}', "is no description of tables"),
    "no object": ("[]", "is no description of tables"),
    "not JSON": ("{", "is no description of tables"),
    "not UTF-8": ("知".encode("gb18030").decode("latin-1"), "is no description of tables"),
}


@pytest.fixture
def fresh() -> Iterator[None]:
    """Have the schema read anew, and again after the test."""
    tables.schema.cache_clear()
    yield
    tables.schema.cache_clear()


@pytest.mark.parametrize("name", BOMBS)
@pytest.mark.usefixtures("fresh")
def test_a_schema_that_is_none_is_refused(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text, problem = BOMBS[name]
    assert text != SCHEMA
    (tmp_path / "datapackage.json").write_text(text, encoding="latin-1" if name == "not UTF-8" else "utf-8")
    monkeypatch.setattr(datapackage, "SCHEMA", tmp_path / "datapackage.json")
    with pytest.raises(UserError) as raised:
        tables.schema()
    assert problem in str(raised.value)
    assert len(str(raised.value)) < 1_000


@pytest.mark.parametrize("name", ["deep nesting", "50 MB", "a path that climbs"])
def test_a_users_schema_is_never_read(name: str, data: Path) -> None:
    # It marks a full set of tables; their description is the project's own.
    (data / "datapackage.json").write_text(BOMBS[name][0], encoding="utf-8")
    edit(data / "cities.csv", "haikou,city,Haikou", "haikou,city,Haikou City")
    assert tables.city_names(data, "en")["haikou"] == "Haikou City"
    assert tables.digests(data)["datapackage.json"] == tables.digests(tables.CURATED)["datapackage.json"]


RECORDS = [
    "[" * 400_000,
    "[]",
    "null",
    '{"reports": []}',
    '{"reports": {"en/a": 5}, "checked": null}',
    '{"reports": {}}',
    "\0",
]
ENTRY = {
    "status": "made",
    "notebook": "a",
    "report": "a",
    "parameters": {},
    "outputs": {},
    "seconds": 1.0,
    "results": None,
    "title": "A",
    "description": "",
    "inputs": {"notebook": "", "tables": {}, "code": "", "lock": "", "python": ""},
}


LACKING = [{key: value for key, value in ENTRY.items() if key != name} for name in ENTRY]
WRONG = [ENTRY | {name: []} for name in ENTRY if name != "results"]
ENTRIES = [json.dumps({"checked": None, "reports": {"en/a": entry}}) for entry in (*LACKING, *WRONG)]


@pytest.mark.parametrize("content", [*RECORDS, *ENTRIES])
def test_a_record_that_is_none_only_means_that_all_is_built_anew(content: str, tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / freshness.PATH).write_text(content, encoding="utf-8")
    (tmp_path / publishing.PATH).write_text(content, encoding="utf-8")
    assert freshness.read(tmp_path) == {"checked": None, "reports": {}}
    assert publishing.read(tmp_path).reports == {}


def test_a_record_that_is_whole_is_read(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    whole = {"checked": None, "reports": {"en/a": ENTRY}}
    (tmp_path / freshness.PATH).write_text(json.dumps(whole), encoding="utf-8")
    assert freshness.read(tmp_path) == whole
