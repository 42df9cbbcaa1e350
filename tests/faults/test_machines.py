"""A few of the trials of `kill` and `starve`, on small notebooks, at every run of the tests."""

import signal
from pathlib import Path

import pytest

from tests.conftest import write_notebook

from . import kill, starve

pytestmark = pytest.mark.thorough

FIGURE = """
import pandas as pd
from analysis import style
from analysis.figures import base
figure = style.canvas(2)
style.panel(figure, 1, 0.4, 6, 1.4).plot([0, 1], [0, 1], label="知识产权")
words = {name: "知识产权 IP" for name in ("title", "subtitle", "source", "note", "alt")}
base.save_figure(figure, NAME, data=pd.DataFrame({"a": [1]}), lang=lang, **words)
"""


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> kill.Suite:
    """Return two small notebooks that each write a figure."""
    folder = tmp_path_factory.mktemp("suite")
    for number in (10, 20):
        write_notebook(folder, f"{number}-draws", FIGURE.replace("NAME", f"'drawn-{number}'"))
    return kill.Suite(folder, ("--languages", "zh", "--jobs", "2"))


@pytest.fixture(scope="module")
def reference(suite: kill.Suite, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the results of an undisturbed build."""
    found = kill.build(suite, tmp_path_factory.mktemp("whole"))
    assert len(found) == 2 * 2 + 2 * 4 + 2
    return found


def test_a_killed_build_loses_nothing(suite: kill.Suite, reference: dict[str, bytes]) -> None:
    # Most of the way through; `python -m tests.faults.kill` tries random moments, and interrupts.
    assert kill.trial(suite, None, reference, signal.SIGKILL, 3.5) == []


def test_half_written_records_and_tables_are_found(reference: dict[str, bytes]) -> None:
    assert kill.broken(reference, reference) == []
    assert kill.broken({kill.TABLE: reference[kill.TABLE].splitlines(keepends=True)[0]}, reference) == []
    for name in (kill.TIMED, kill.TABLE):
        assert kill.broken({name: reference[name][:-1]}, reference) == [name]
        assert kill.broken({name: reference[name].replace(b"e", b"f")}, reference, reference) == [name]


# Each costs a build; `python -m tests.faults.starve` tries all, one by one.
TRIED = ["many of these together", "a read-only folder", "a file in the way", "a disk of 100k"]


@pytest.mark.parametrize("name", TRIED)
def test_a_strange_machine_changes_nothing(
    name: str, suite: kill.Suite, reference: dict[str, bytes], tmp_path: Path
) -> None:
    condition = next((each for each in starve.conditions(tmp_path) if each.name == name), None)
    if condition is None:
        pytest.skip("only root can try this")
    assert starve.fault(condition, reference, ("--folder", str(suite.folder), *suite.options)) == ""
