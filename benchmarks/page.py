"""The page of results: medians with their spread, ratios within rounds, and which targets are reached."""

import os
import platform
import statistics
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Cost:
    """What a way took: seconds on the clock, and seconds of all processors together."""

    seconds: float
    processor: float


@dataclass(frozen=True)
class Growth:
    """What a build of a few towns took, and one report of it: seconds, processor seconds, MB."""

    build: float
    report: float
    processor: float
    memory: float


Round = dict[tuple[str, str], Cost]
TOUCHED = "22-compare-growth"
WAYS = {
    "commands": "(a) `papermill` and `jupyter nbconvert` under `make -j2`",
    "threads": "(b) papermill's and nbconvert's API in two threads",
    "ours": "(c) `python -m analysis build --jobs 2`",
    "floor": "(d) the floor: bare scripts in two warm processes",
}
TARGETS: tuple[tuple[str, str, str, Callable[[float], bool]], ...] = (
    ("commands", "ours", "≥ 8", lambda ratio: ratio >= 8),
    ("threads", "ours", "≥ 2.5", lambda ratio: ratio >= 2.5),
    ("ours", "floor", "≤ 1.4", lambda ratio: ratio <= 1.4),
)


def text(rounds: list[Round], grown: dict[int, list[Growth]], languages: list[str], reports: int) -> str:
    """Return the page."""
    return TEMPLATE.format(
        machine=f"Python {platform.python_version()}, {os.cpu_count()} cores, rounds: {len(rounds)}",
        load=os.getloadavg()[2],
        reports=reports,
        languages=", ".join(languages),
        touched=TOUCHED,
        cold="\n".join(_way(rounds, "cold", way) for way in WAYS),
        warm="\n".join(_way(rounds, "touched", way) for way in WAYS),
        goals="\n".join(_goals(rounds)),
        grown="\n".join(_grown(count, runs) for count, runs in grown.items()),
    )


def spread(values: list[float], digits: int = 1) -> str:
    """Return a median with its smallest and largest value."""
    if len(values) == 1:
        return f"{values[0]:.{digits}f}"
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f}–{max(values):.{digits}f})"


def _ratios(rounds: list[Round], state: str, slow: str, quick: str, what: str) -> list[float]:
    """Return the ratio of two ways in every round."""
    return [getattr(found[state, slow], what) / getattr(found[state, quick], what) for found in rounds]


def _way(rounds: list[Round], state: str, way: str) -> str:
    cells = [
        cell
        for what in ("seconds", "processor")
        for cell in (
            spread([getattr(found[state, way], what) for found in rounds]),
            spread(_ratios(rounds, state, way, "ours", what), 2),
        )
    ]
    return f"| {WAYS[way]} | {' | '.join(cells)} |"


def _goals(rounds: list[Round]) -> list[str]:
    """Return the targets; one counts as reached where both the clock and the processors say so."""
    lines = []
    for slow, quick, wanted, met in TARGETS:
        clock, processor = (_ratios(rounds, "cold", slow, quick, what) for what in ("seconds", "processor"))
        verdict = _verdict(reached=met(statistics.median(clock)) and met(statistics.median(processor)))
        name = f"full build, {WAYS[slow][:3]} over {WAYS[quick][:3]}"
        lines.append(f"| {name} | {wanted} | {spread(clock, 2)} | {spread(processor, 2)} | {verdict} |")
    clock, processor = (
        [getattr(found["nothing", "ours"], what) for found in rounds] for what in ("seconds", "processor")
    )
    verdict = _verdict(reached=statistics.median(clock) <= 0.3)
    return [*lines, f"| nothing to do, s | ≤ 0.3 | {spread(clock, 2)} | {spread(processor, 2)} | {verdict} |"]


def _verdict(*, reached: bool) -> str:
    return "reached" if reached else "not reached"


def _grown(count: int, runs: list[Growth]) -> str:
    cells = [spread([getattr(run, name) for run in runs], 2) for name in ("report", "processor")]
    cells += [spread([run.memory for run in runs], 0), spread([run.build for run in runs])]
    return f"| {count} | {' | '.join(cells)} |"


TEMPLATE = """# What the engine costs

Written by `make bench`. {machine}; mean load of the machine over the last
15 minutes: {load:.1f}. Where that is above 2.5, others worked on it too: then trust seconds of processors (CPU) more
than those of the clock. Several rounds give a median with the smallest and the largest; ratios are taken within a
round, in which the ways run one after another.

{reports} reports in {languages}: the same notebooks and parameters for all, and byte code compiled for all. The tables
are known to be checked for (a), (b) and (d), while (c) checks them once. (a) calls both commands as modules of the
same Python. (d) runs the cells and writes the figures, but no notebook and no page. CPU is summed over all processes,
looked at every 0.05 s; what a process takes after the last look is not seen.

## Full build

| | s | over (c) | CPU s | over (c) |
|---|---|---|---|---|
{cold}

## `{touched}` touched

| | s | over (c) | CPU s | over (c) |
|---|---|---|---|---|
{warm}

## Targets

| | wanted | by the clock | by CPU | |
|---|---|---|---|---|
{goals}

## More cities

The profiles of four cities in English, where the tables hold ever more synthetic cities, each with Weihai's rows under
its own ids. Memory is what a run's process has to itself at its peak. The whole build includes laying the overlay and
checking all tables, once.

| cities | a report, s | its CPU, s | its memory, MB | whole build, s |
|---|---|---|---|---|
{grown}
"""
