"""The page of results: medians with their spread, ratios within rounds, and which targets are reached."""

import os
import platform
import statistics

TOUCHED = "22-compare-growth"
WAYS = {
    "commands": "(a) `papermill` and `jupyter nbconvert` under `make -j2`",
    "threads": "(b) papermill's and nbconvert's API in two threads",
    "ours": "(c) `python -m analysis build --jobs 2`",
    "floor": "(d) the floor: bare scripts in two warm processes",
}
TARGETS = (
    ("cold", "commands", "ours", "≥ 8", lambda ratio: ratio >= 8),
    ("cold", "threads", "ours", "≥ 2.5", lambda ratio: ratio >= 2.5),
    ("cold", "ours", "floor", "≤ 1.4", lambda ratio: ratio <= 1.4),
)


def spread(values: list[float], digits: int = 1) -> str:
    """Return a median with its smallest and largest value."""
    if len(values) == 1:
        return f"{values[0]:.{digits}f}"
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f}–{max(values):.{digits}f})"


def ratios(rounds: list[dict], state: str, slow: str, quick: str) -> list[float]:
    """Return the ratio of two ways in every round."""
    return [found[state, slow] / found[state, quick] for found in rounds]


def text(rounds: list[dict], grown: dict[int, list[dict[str, float]]], languages: list[str], reports: int) -> str:
    """Return the page of results."""
    cold = [
        f"| {name} | {_cells(rounds, 'cold', way)} | {_cells(rounds, 'touched', way)} |" for way, name in WAYS.items()
    ]
    idle = [found["nothing", "ours"] for found in rounds]
    goals = []
    for state, slow, quick, wanted, met in TARGETS:
        found = ratios(rounds, state, slow, quick)
        verdict = "reached" if met(statistics.median(found)) else "not reached"
        goals.append(
            f"| full build, ({_letter(slow)}) over ({_letter(quick)}) | {wanted} | {spread(found, 2)} | {verdict} |"
        )
    verdict = "reached" if statistics.median(idle) <= 0.3 else "not reached"
    goals.append(f"| nothing to do, seconds | ≤ 0.3 | {spread(idle, 2)} | {verdict} |")
    rows = []
    for count, runs in grown.items():
        report, peak = [run["report"] for run in runs], [run["peak"] / 2**20 for run in runs]
        rows.append(f"| {count} | {spread(report, 2)} | {spread(peak, 0)} | {spread([run['build'] for run in runs])} |")
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cores, {len(rounds)} rounds"
    load = os.getloadavg()[2]
    return TEMPLATE.format(
        machine=machine, load=load, reports=reports, languages=", ".join(languages), ways="\n".join(cold),
        goals="\n".join(goals), grown="\n".join(rows), touched=TOUCHED,
    )  # fmt: skip


def _letter(way: str) -> str:
    return WAYS[way][1]


def _cells(rounds: list[dict], state: str, way: str) -> str:
    over = ratios(rounds, state, way, "ours")
    return f"{spread([found[state, way] for found in rounds])} | {spread(over, 2)}"


TEMPLATE = """# What the engine costs

Written by `make bench`. {machine}; mean load of the machine over the last
15 minutes: {load:.1f}, which others may have shared. Every figure is the median of the rounds with the smallest and
the largest; ratios are taken within a round, in which the ways run one after another.

{reports} reports in {languages}: the same notebooks and parameters for all, and byte code compiled for all. The tables
are known to be checked for (a), (b) and (d), while (c) checks them once. (a) calls both commands as modules of the
same Python. (d) runs the cells and writes the figures, but no notebook and no page.

| | full build, s | over (c) | `{touched}` touched, s | over (c) |
|---|---|---|---|---|
{ways}

| target | wanted | measured | |
|---|---|---|---|
{goals}

## More cities

The profiles of four cities in English, where the tables hold ever more synthetic cities, each with Weihai's rows under
its own ids. Memory is what a run's process has to itself at its peak. The whole build includes laying the overlay and
checking all tables, once.

| cities | a report, s | memory of a run, MB | whole build, s |
|---|---|---|---|
{grown}
"""
