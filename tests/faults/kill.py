"""Kill and interrupt builds at random moments and look at what is left.

`python -m tests.faults.kill` prints a table of what was tried and lost, and ends with 1 where anything was. A killed
build may leave old reports and new ones, and none that is neither; the next one finishes what was begun, and its files
are those of a build that nobody disturbed.
"""

import argparse
import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from analysis.files import NOTEBOOKS, ROOT

PATIENCE = 60.0
# What a build leaves while it works, or says about itself: no part of its results.
PASSING = ("reports/.staging/", "reports/.lock", "reports/failed/")
TIMED = "reports/manifest.json"
TABLE = "reports/results.csv"


@dataclass(frozen=True)
class Suite:
    """What is built: a folder of notebooks, and the options of the build."""

    folder: Path
    options: tuple[str, ...] = ()

    def command(self, out: Path) -> list[str]:
        """Return the command that builds into a folder."""
        places = ("--folder", str(self.folder), "--out", str(out))
        return [sys.executable, "-m", "analysis", "build", *places, *self.options]


@dataclass
class Tally:
    """What was tried and what was lost."""

    tried: int = 0
    lost: list[str] = field(default_factory=list)


def results(out: Path) -> dict[str, bytes]:
    """Return the files of a build by name; of its record what does not depend on the clock."""
    found = {}
    for path in sorted(path for path in out.rglob("*") if path.is_file()):
        name = path.relative_to(out).as_posix()
        if not name.startswith(PASSING):
            found[name] = _without_times(path.read_bytes()) if name == TIMED else path.read_bytes()
    return found


def _without_times(manifest: bytes) -> bytes:
    try:
        content = json.loads(manifest)
    except ValueError:  # half-written: for `broken` to find
        return manifest
    for entry in content["reports"].values():
        entry.pop("seconds")
    return json.dumps(content, sort_keys=True).encode()


def build(suite: Suite, out: Path) -> dict[str, bytes]:
    """Build undisturbed and return the results. Raises `RuntimeError` where the build fails."""
    done = subprocess.run(suite.command(out), cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        msg = f"The build ended with {done.returncode}: {done.stderr}"
        raise RuntimeError(msg)
    return results(out)


def disturb(suite: Suite, out: Path, how: signal.Signals, after: float) -> tuple[bool, str]:
    """Start a build, send it a signal after so many seconds, and say whether it was still at work, and its words."""
    process = psutil.Popen(suite.command(out), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        process.wait(after)
    except psutil.TimeoutExpired:
        family = process.children(recursive=True)
        process.send_signal(how)
        _, error = process.communicate(timeout=PATIENCE)
        _, alive = psutil.wait_procs(family, timeout=PATIENCE)
        return True, error + "".join(f"process {each.pid} goes on\n" for each in alive)
    return False, process.communicate()[1]


def trial(suite: Suite, old: Path | None, reference: dict[str, bytes], how: signal.Signals, after: float) -> list[str]:
    """Disturb one build, in a new folder or over older results, finish it, and return what was lost."""
    with tempfile.TemporaryDirectory(prefix="killed-") as place:
        out = Path(place) / "out"
        earlier = results(old) if old else {}
        if old:
            shutil.copytree(old, out)
        _, error = disturb(suite, out, how, after)
        lost = [line for line in error.splitlines() if "goes on" in line or "Traceback" in line]
        left = results(out) if out.exists() else {}
        lost += [f"{name} is neither old nor new after {after:.2f} s" for name in broken(left, reference, earlier)]
        finished = build(suite, out)
        differing = sorted(
            name for name in finished.keys() | reference.keys() if finished.get(name) != reference.get(name)
        )
        lost += [f"{name} differs in the build after one disturbed at {after:.2f} s" for name in differing]
        lost += [f"{name} was left" for name in PASSING[:2] if (out / name).exists()]
        return lost


def broken(left: dict[str, bytes], *whole: dict[str, bytes]) -> list[str]:
    """Return the files of a disturbed build that are of none of the whole ones.

    The record and the table of results grow while a build goes on: each entry, and each row, is of a whole one.
    """
    growing = {TIMED: _entries, TABLE: _rows}
    found = []
    for name, content in left.items():
        there = [build[name] for build in whole if name in build]
        if name in growing:
            parts = growing[name](content)
            held = parts is not None and parts <= set().union(*(growing[name](each) or set() for each in there))
        else:
            held = content in there
        found += [] if held else [name]
    return found


def _entries(manifest: bytes) -> set[str] | None:
    """Return the entries of a record, as text; None where it is not whole. One that failed was disturbed."""
    try:
        entries = json.loads(manifest)["reports"]
    except (ValueError, LookupError):
        return None
    return {json.dumps([key, entry], sort_keys=True) for key, entry in entries.items() if entry["status"] == "made"}


def _rows(table: bytes) -> set[str] | None:
    """Return the rows of a table; None where its last one does not end."""
    return set(table.decode().splitlines()) if table.endswith(b"\n") else None


def edited(folder: Path) -> Path:
    """Return the suite's notebooks with a comment in each, so that all reports made of them are out of date."""
    shutil.copytree(NOTEBOOKS, folder, ignore=shutil.ignore_patterns(".*"))
    for path in folder.glob("*.ipynb"):
        content = json.loads(path.read_text(encoding="utf-8"))
        code = [cell for cell in content["cells"] if cell["cell_type"] == "code"]
        code[-1]["source"] = [*code[-1]["source"], "\n# as it was"]
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return folder


def main() -> int:
    """Try, print what was found, and return 1 where anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--interrupts", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--notebooks", nargs="+", default=["11-profile-city", "32-follow-money-and-dates"])
    options = parser.parse_args()
    chance = random.Random(options.seed)  # noqa: S311 (moments, no secrets)
    with tempfile.TemporaryDirectory(prefix="kill-") as place:
        chosen = ("--notebooks", *options.notebooks, "--workbook")
        suite = Suite(NOTEBOOKS, chosen)
        old = Path(place, "old")
        build(Suite(edited(Path(place, "notebooks")), chosen), old)
        began = time.monotonic()
        reference = build(suite, Path(place, "new"))
        length = time.monotonic() - began
        counts = {signal.SIGKILL: options.kills, signal.SIGINT: options.interrupts}
        tallies = {}
        for how, count in counts.items():
            moments = [(chance.choice([None, old]), chance.uniform(0.05, 0.95 * length)) for _ in range(count)]
            tallies[how.name] = _tally(trial(suite, earlier, reference, how, after) for earlier, after in moments)
    return _report(tallies, length, len(reference))


def _tally(trials: Iterable[list[str]]) -> Tally:
    tally = Tally()
    for lost in trials:
        tally.lost += lost
        tally.tried += 1
        print(".", end="", file=sys.stderr, flush=True)
    return tally


def _report(tallies: dict[str, Tally], length: float, count: int) -> int:
    print(f"\nA build of {count} files in {length:.1f} s, half of the times over older results.")
    for name, tally in tallies.items():
        print(f"{name}: tried {tally.tried}, lost {len(tally.lost)}")
        print("".join(f"  {line}\n" for line in tally.lost), end="")
    return int(any(tally.lost for tally in tallies.values()))


if __name__ == "__main__":
    sys.exit(main())
