"""Write a proposal into a folder of the user's own: rows that `check` takes, rows that are open, and what to decide."""

import csv
from pathlib import Path

from ..errors import UserError
from .proposal import Cell, Proposal, Row

OPEN = "undecided"


def write(proposal: Proposal, folder: Path) -> None:
    """Write targets.csv, the rows that lack a required cell in undecided/targets.csv, and review.md.

    Rows that are complete stand in targets.csv, so that `check` takes it at once; the others are moved there by hand
    when they are decided. Raises `UserError` for a folder that is the project's own, or whose targets.csv holds rows.
    """
    _require_own(folder)
    _require_unfilled(folder)
    (folder / OPEN).mkdir(parents=True, exist_ok=True)
    _write_rows(folder / "targets.csv", proposal, [row for row in proposal.rows if row.complete])
    _write_rows(folder / OPEN / "targets.csv", proposal, [row for row in proposal.rows if not row.complete])
    (folder / "review.md").write_text(review(proposal), encoding="utf-8", newline="\n")


def _require_own(folder: Path) -> None:
    """Raise for a folder that holds the curated tables: nothing unread may stand among them."""
    if (folder / "datapackage.json").exists() or any(
        (parent / "datapackage.json").exists() for parent in folder.resolve().parents
    ):
        msg = (
            f"{str(folder)!r} holds curated tables, among which nothing unread may stand. "
            "Make a folder of your own: python -m analysis new-city ID"
        )
        raise UserError(msg)


def _require_unfilled(folder: Path) -> None:
    """Raise where targets.csv has rows already, here or among the open ones."""
    for path in (folder / "targets.csv", folder / OPEN / "targets.csv"):
        if path.is_file() and len(path.read_text(encoding="utf-8-sig").strip().splitlines()) > 1:
            msg = f"{str(path)!r} has rows, which are not overwritten. Move it away, or choose another folder."
            raise UserError(msg)


def _write_rows(path: Path, proposal: Proposal, rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(proposal.columns)
        writer.writerows([_text(row.cells.get(name)) for name in proposal.columns] for row in rows)


def _text(cell: Cell) -> str:
    """Return a cell as the tables write it: numbers as plain decimals, truth in lower case."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    return f"{cell:.15g}" if isinstance(cell, float) else str(cell)


def review(proposal: Proposal) -> str:
    """Return what a person must read: every row with its clause, its rules and what is open, and what was left out."""
    open_rows = [row for row in proposal.rows if not row.complete]
    head = [
        f"# Proposed targets of {proposal.city_id}",
        "",
        f"{len(proposal.rows)} rows were proposed by rules and read by nobody yet: compare each with its clause.",
        f"{len(open_rows)} of them lack a required cell and stand in `{OPEN}/targets.csv`.",
        "",
    ]
    if proposal.issued is None:
        head += ["The plan's own year was not found, so past and future years were not told apart.", ""]
    body = [line for row in proposal.rows for line in _section(row)]
    rest = ["## Numbers proposed as no target", "", *(_left(proposal) or ["None."]), ""]
    return "\n".join([*head, *body, *rest])


def _section(row: Row) -> list[str]:
    """Return the lines of one row."""
    cells = row.cells
    number = f"{cells['printed_target']}" + (f" from {cells['printed_baseline']}" if cells["printed_baseline"] else "")
    when = cells["target_year"] or cells["recurrence"]
    read = (cells["label_zh"], number, cells["bound"], cells["basis"], cells["unit_id"], when)
    return [
        f"## {cells['target_id']}", "",
        f"- Place: {row.place or 'above the first heading'} (`{cells['locator'] or ''}`)",
        f"- Printed: {row.printed}",
        f"- Read as: {' | '.join(str(cell or '?') for cell in read)}",
        f"- Rules: {', '.join(row.rules)}",
        f"- Indicator: {_candidate(row.first)}; runner-up: {_candidate(row.second)}",
        *(f"- [ ] {question}" for question in row.decide or ["nothing is open; compare it with the clause"]),
        "",
    ]  # fmt: skip


def _candidate(candidate: object) -> str:
    name, score = getattr(candidate, "indicator_id", None), getattr(candidate, "score", 0.0)
    return f"`{name}` ({score:.2f})" if name else "none"


def _left(proposal: Proposal) -> list[str]:
    return [
        f"- {entry.place or 'above the first heading'}: {entry.printed} – {entry.reason}" for entry in proposal.left_out
    ]
