"""The commands do what they say, refuse what they cannot do in one screen, and lose nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

from analysis.files import ROOT

from .conftest import edit, run


def test_check_lists_faults_and_exits_1(data: Path, capsys: pytest.CaptureFixture) -> None:
    assert run("check", "--data", data) == 0
    assert "16 tables" in capsys.readouterr().out
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
        (("build", "--set", "citty=weihai"), "'citty' is no parameter here"),
        (("build", "--set", "indicators=madrid-mark"), "'madrid-mark' is not an indicator in indicators.csv"),
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
