"""The walk-through of an own outcome, followed command by command to the report that it promises."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from analysis import cli as commands
from analysis import tables
from analysis.files import ROOT
from analysis.methods import progress

from .conftest import blocks

GUIDES = {lang: (ROOT / "docs" / name).read_text(encoding="utf-8") for lang, name in (
    ("en", "add-an-outcome.md"), ("zh", "add-an-outcome.zh.md"))}  # fmt: skip
BLOCKS = {lang: blocks(text) for lang, text in GUIDES.items()}
CHECK, MAKE = (text.split() for kind, _, text in BLOCKS["en"] if kind == "sh")
WEIHAI = "weihai-patent-agencies-2025"


@pytest.fixture
def walk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder in which the walk-through's two files were written."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "example-outcomes").mkdir()
    for kind, name, text in BLOCKS["en"]:
        if kind == "csv":
            (tmp_path / "example-outcomes" / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.usefixtures("walk")
def test_the_walk_through_leads_to_a_verdict(capsys: pytest.CaptureFixture) -> None:
    assert commands.main(CHECK[3:]) == 0
    assert "2 tables in example-outcomes, laid over the curated ones: no fault." in capsys.readouterr().out
    # What make would run: its set-up is not repeated here.
    make = shutil.which(MAKE[0])
    planned = subprocess.run(
        [make, "--no-print-directory", "-n", *MAKE[1:]], cwd=ROOT, capture_output=True, text=True, check=True
    )
    build = shlex.split(planned.stdout.splitlines()[-1])
    assert build[:4] == [".venv/bin/python", "-m", "analysis", "build"]
    assert commands.main([*build[3:], "--languages", "en"]) == 0
    page = Path(re.search(r"Open `(example-outcomes-report/.*?)`", GUIDES["en"]).group(1)).read_text(encoding="utf-8")
    assert "5 of 52 targets can be assessed" in page
    assert "acceleration needed (0.73 times the pace needed)" in page
    assert "acceleration needed (0.62 times the pace needed)" in page
    assert "Invented for this example (a single source)" in page


def test_the_walk_through_states_the_numbers_that_come_out(walk: Path) -> None:
    row = progress.progress_table(tables.load(walk / "example-outcomes")).set_index("target_id").loc[WEIHAI]
    # From 10 in 2020 over 13 in 2023 to 18 in 2025.
    assert row["share_done"] == pytest.approx(3 / 8, rel=1e-12)
    assert row["required_rate"] == pytest.approx((18 / 13) ** (1 / 2) - 1, rel=1e-12)
    assert row["ratio_compound"] == pytest.approx(((13 / 10) ** (1 / 3) - 1) / ((18 / 10) ** (1 / 5) - 1), rel=1e-12)
    said = [f"{row['share_done']:.0%}", f"{row['share_of_time']:.0%}", f"{row['required_rate']:.2%}"]
    said += [f"{row['ratio_compound']:.2f}", f"{row['ratio_linear']:.2f}"]
    for text in GUIDES.values():
        assert [number for number in said if number not in text] == []


def test_the_invented_value_says_so_in_both_languages() -> None:
    rows = [text for kind, _, text in BLOCKS["en"] if kind == "csv"]
    assert "Invented for this example" in rows[0]
    assert "Invented for this example" in rows[1]
    assert "虚构" in rows[1]


def test_both_languages_hold_the_same_commands_and_rows() -> None:
    assert BLOCKS["en"] == BLOCKS["zh"]
    headings = [re.findall(r"^#+ \d?", text, re.M) for text in GUIDES.values()]
    assert headings[0] == headings[1]
