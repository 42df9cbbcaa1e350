"""Measure the engine side by side with others in one run and write `benchmarks/results.md`."""

import argparse
import compileall
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from analysis.paths import ROOT
from analysis.tables import CHECKED_VARIABLE, digest

from . import page, plan, rivals, towns

RESULTS = Path(__file__).parent / "results.md"


def environment() -> dict[str, str]:
    """Return the surroundings of every way: byte code is kept, and only ours checks the tables, once."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    paths = os.pathsep.join(filter(None, [str(ROOT), kept.get("PYTHONPATH")]))
    return kept | {"PYTHONPATH": paths, CHECKED_VARIABLE: digest()}


def seconds(command: list[object], **variables: str) -> float:
    """Run a command and return how long it took. Raises `RuntimeError` where it fails."""
    began = time.perf_counter()
    done = subprocess.run(  # noqa: S603
        [str(part) for part in command],
        cwd=ROOT,
        env=environment() | variables,
        capture_output=True,
        text=True,
        check=False,
    )
    taken = time.perf_counter() - began
    if done.returncode:
        msg = f"{' '.join(map(str, command))} failed:\n{done.stderr[-2000:]}"
        raise RuntimeError(msg)
    return taken


def build(notebooks: Path, out: Path, *options: object) -> list[object]:
    """Return our command."""
    command = [sys.executable, "-m", "analysis", "build", "--folder", notebooks, "--out", out]
    return [*command, "--jobs", rivals.JOBS, *options]


def round_of(languages: list[str], folder: Path) -> dict[tuple[str, str], float]:
    """Return the seconds of every way, cold, with one notebook touched, and with nothing to do."""
    notebooks = plan.copy_notebooks(folder / "notebooks")
    everything = plan.reports(notebooks, languages)
    listed = plan.write(everything, folder / "all.json")
    some = plan.write([report for report in everything if page.TOUCHED in report.notebook], folder / "some.json")
    make = folder / "Makefile"
    make.write_text(rivals.makefile(everything, folder / "a"), encoding="utf-8")
    rival = [sys.executable, "-m", "benchmarks.rivals"]
    ours = build(notebooks, folder / "c", "--languages", *languages)
    ways: dict[str, Callable[[Path], float]] = {
        "commands": lambda _: seconds(
            ["make", f"-j{rivals.JOBS}", "-f", make, "all"], IP_PLANS_FIGURES=str(folder / "a" / "figures")
        ),
        "threads": lambda chosen: seconds([*rival, "threads", chosen, folder / "b"]),
        "ours": lambda _: seconds(ours),
        "floor": lambda chosen: seconds([*rival, "scripts", chosen, folder / "d"]),
    }
    found = {("cold", way): run(listed) for way, run in ways.items()}
    found["nothing", "ours"] = seconds(ours)
    plan.touch(notebooks / f"{page.TOUCHED}.ipynb")
    return found | {("touched", way): run(some) for way, run in ways.items()}


def growth(count: int, chosen: int, folder: Path) -> dict[str, float]:
    """Return what the reports of a few towns cost where there are so many cities."""
    extra = count - 4
    ids = towns.write(folder / "towns", extra) if extra else ["haikou", "shanwei", "weihai", "xiamen"]
    notebooks = plan.copy_notebooks(folder / "notebooks")
    out = folder / "out"
    command = build(notebooks, out, "--notebooks", "11-profile-city", "--languages", "en", "--cities", *ids[:chosen])
    command += ["--data", folder / "towns"] if extra else []
    peaks: dict[int, int] = {}
    process = subprocess.Popen([str(part) for part in command], cwd=ROOT, env=environment(), stdout=subprocess.DEVNULL)  # noqa: S603
    watcher = threading.Thread(target=_watch, args=(process, peaks))
    began = time.perf_counter()
    watcher.start()
    status = process.wait()
    taken = time.perf_counter() - began
    watcher.join()
    if status:
        msg = f"The build with {count} cities failed."
        raise RuntimeError(msg)
    manifest = json.loads((out / "reports" / "manifest.json").read_text(encoding="utf-8"))
    each = [entry["seconds"] for entry in manifest["reports"].values()]
    return {
        "build": taken,
        "report": statistics.median(each),
        "peak": statistics.median(sorted(peaks.values())[-chosen:]),
    }


def _watch(process: subprocess.Popen, peaks: dict[int, int]) -> None:
    """Note the peak memory that every process of a run has to itself; the fork server's children only."""
    while process.poll() is None:
        for worker in psutil.Process(process.pid).children(recursive=True):
            try:
                if worker.ppid() != process.pid:
                    peaks[worker.pid] = max(peaks.get(worker.pid, 0), worker.memory_full_info().uss)
            except psutil.NoSuchProcess:
                continue
        time.sleep(0.02)


def main() -> None:
    """Measure and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one round, one language, few cities; to the terminal")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    languages = ["en"] if options.quick else ["en", "zh"]
    rounds, grown = [], {}
    compileall.compile_dir(ROOT / "analysis", quiet=1)
    compileall.compile_dir(ROOT / "benchmarks", quiet=1)
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        for number in range(1 if options.quick else options.rounds):
            rounds.append(_in(Path(place, f"round-{number}"), lambda folder: round_of(languages, folder)))
            print(rounds[-1], flush=True)
            for count in (4, 40) if options.quick else (4, 40, 300):
                run = _in(Path(place, f"towns-{number}-{count}"), lambda folder, count=count: growth(count, 4, folder))
                grown.setdefault(count, []).append(run)
                print(count, run, flush=True)
        reports = len(plan.reports(plan.NOTEBOOKS, languages))
    made = page.text(rounds, grown, languages, reports)
    print(made) if options.quick else RESULTS.write_text(made, encoding="utf-8")


def _in(folder: Path, measure: Callable[[Path], dict]) -> dict:
    """Measure in a folder of its own and take it away."""
    folder.mkdir()
    try:
        return measure(folder)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
