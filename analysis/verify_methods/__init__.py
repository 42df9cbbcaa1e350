"""Recompute published and reference results of the methods, file by file, and say how far ours are from them.

In reading order: `checks`, then a module a source: `coinr`, `oecd`, `statcan`.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

from ..errors import UserError, suggest
from . import coinr, oecd, statcan
from .checks import Check, Report, records

__all__ = ["Check", "Report", "verify"]


def verify(folder: Path) -> list[Report]:
    """Return a report for every reference file in a folder.

    Raises `UserError` for a folder that holds none, for a file without rows and for one whose input is not there.
    """
    if not folder.is_dir():
        msg = f"{str(folder)!r} is not a folder. Give the folder of reference results: make verify-methods oracles=DIR"
        raise UserError(msg)
    paths = sorted(path for path in folder.glob("*.csv"))
    unknown = [path.name for path in paths if path.name not in FILES]
    if unknown or not paths:
        msg = f"{folder} holds {unknown[0]!r}, which is" if unknown else f"{folder} holds"
        msg += f" no reference file. {suggest(unknown[0] if unknown else '', FILES)}"
        raise UserError(msg)
    for path in paths:
        if not records(path):
            msg = f"{path} holds no row. Put the file back as it was published."
            raise UserError(msg)
    return [_report(path) for path in paths]


def _report(path: Path) -> Report:
    try:
        return Report(path.name, list(FILES[path.name](path)), only_input=FILES[path.name] is _input)
    except FileNotFoundError as error:
        msg = f"{path} is computed from {error.filename}, which is not there. Put it back."
        raise UserError(msg) from error


def _input(_: Path) -> list[Check]:
    """Return no check: other files' checks read this one."""
    return []


# Every file of the reference results, and what checks it.
FILES: dict[str, Callable[[Path], Iterable[Check]]] = {
    "coinr-normalise.csv": coinr.normalise,
    "coinr-aggregate.csv": coinr.aggregate,
    "coinr-outranking.csv": coinr.outranking,
    "coinr-trend.csv": coinr.trend,
    "oecd-tai-goalposts-saisana2005-table1.csv": _input,
    "oecd-tai-table15-normalisation-schooling.csv": oecd.schooling,
    "oecd-tai-table22-weights.csv": _input,
    "oecd-tai-table23-ranks-by-weighting.csv": oecd.weighting,
    "oecd-tai-table35-five-countries.csv": _input,
    "oecd-tai-table36-outranking.csv": oecd.outranking,
    "oecd-tai-table38-ranks-by-aggregation.csv": oecd.aggregation,
    "oecd-tai-tableA2-raw.csv": _input,
    "statcan-progress.csv": statcan.progress_values,
}
