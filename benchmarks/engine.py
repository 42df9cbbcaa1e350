"""Measure the engine side by side with others in one run and write `benchmarks/results.md`."""

import argparse
import compileall
import json
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from analysis.files import NOTEBOOKS, ROOT
from analysis.tables import CHECKED_VARIABLE

from . import page, plan, rivals, towns, watch

RESULTS = Path(__file__).parent / "results.md"
UNCHECKED = {CHECKED_VARIABLE: ""}  # only ours checks the tables


def build(notebooks: Path, out: Path, *options: object) -> list[object]:
    """Return our command."""
    command = [sys.executable, "-m", "analysis", "build", "--folder", notebooks, "--out", out]
    return [*command, "--jobs", rivals.JOBS, *options]


def round_of(languages: list[str], folder: Path) -> page.Round:
    """Return what every way takes, cold, with one notebook touched, and with nothing to do."""
    notebooks = plan.copy_notebooks(folder / "notebooks")
    everything = plan.reports(notebooks, languages)
    listed = plan.write(everything, folder / "all.json")
    some = plan.write([report for report in everything if page.TOUCHED in report.notebook], folder / "some.json")
    make = folder / "Makefile"
    make.write_text(rivals.makefile(everything, folder / "a"), encoding="utf-8")
    rival = [sys.executable, "-m", "benchmarks.rivals"]
    ours = build(notebooks, folder / "c", "--languages", *languages)
    figures = {"IP_PLANS_FIGURES": str(folder / "a" / "figures")}
    ways: dict[str, Callable[[Path], watch.Usage]] = {
        "commands": lambda _: watch.run(["make", f"-j{rivals.JOBS}", "-f", make, "all"], variables=figures),
        "threads": lambda chosen: watch.run([*rival, "threads", chosen, folder / "b"]),
        "ours": lambda _: watch.run(ours, variables=UNCHECKED),
        "floor": lambda chosen: watch.run([*rival, "scripts", chosen, folder / "d"]),
    }
    found = {("cold", way): run(listed) for way, run in ways.items()}
    found["nothing", "ours"] = watch.run(ours, variables=UNCHECKED)
    plan.touch(notebooks / f"{page.TOUCHED}.ipynb")
    found |= {("touched", way): run(some) for way, run in ways.items()}
    return {key: page.Cost(usage.seconds, sum(usage.processor.values())) for key, usage in found.items()}


def growth(count: int, chosen: int, folder: Path) -> page.Growth:
    """Return what the reports of a few towns cost where there are so many cities."""
    extra = count - 4
    ids = towns.write(folder / "towns", extra) if extra else ["haikou", "shanwei", "weihai", "xiamen"]
    notebooks = plan.copy_notebooks(folder / "notebooks")
    out = folder / "out"
    command = build(notebooks, out, "--notebooks", "11-profile-city", "--languages", "en", "--cities", *ids[:chosen])
    command += ["--data", folder / "towns"] if extra else []
    usage = watch.run(command, memory=True, variables=UNCHECKED)
    manifest = json.loads((out / "reports" / "manifest.json").read_text(encoding="utf-8"))
    each = [entry["seconds"] for entry in manifest["reports"].values()]
    # The last ones made are the reports; the check of the tables, in a process of its own, began before them.
    largest = sorted(usage.memory, key=lambda worker: worker.create_time())[-chosen:]
    return page.Growth(
        usage.seconds,
        statistics.median(each),
        statistics.median(usage.processor[worker] for worker in largest),
        statistics.median(usage.memory[worker] for worker in largest) / 2**20,
    )


def main() -> None:
    """Measure and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one round, one language, few cities; to the terminal")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    languages = ["en"] if options.quick else ["en", "zh"]
    rounds: list[page.Round] = []
    grown: dict[int, list[page.Growth]] = {}
    for package in ("analysis", "benchmarks"):
        compileall.compile_dir(ROOT / package, quiet=1)
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        for number in range(1 if options.quick else options.rounds):
            for count in (4, 40) if options.quick else (4, 40, 300):
                with _taken_away(Path(place, f"towns-{number}-{count}")) as folder:
                    grown.setdefault(count, []).append(growth(count, 4, folder))
                print(count, grown[count][-1], file=sys.stderr)
            with _taken_away(Path(place, f"round-{number}")) as folder:
                rounds.append(round_of(languages, folder))
            print(rounds[-1], file=sys.stderr)
        reports = len(plan.reports(NOTEBOOKS, languages))
    made = page.text(rounds, grown, languages, reports)
    print(made) if options.quick else RESULTS.write_text(made, encoding="utf-8")


@contextmanager
def _taken_away(folder: Path) -> Iterator[Path]:
    """Give a folder to measure in and take it away, so that the disk does not fill."""
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
