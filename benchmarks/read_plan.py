"""Measure the reader of plans against the curated tables, and against invented plans that no rule was written for.

`python -m benchmarks.read_plan --sources DIR` prints, for every document: the share of its targets found, the share
of their cells right, and the false proposals. A document's own rows are taken out of the tables before it is read, so
that no label or unit is recognised because this very document taught it; the names in the codebook stay.
"""

import argparse
import re
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from analysis import read_plan, tables

RESULT = Path(__file__).parent / "read_plan.md"
HELD_OUT = Path(__file__).parent.parent / "tests" / "held_out"
CELLS = [
    "indicator_id", "locator", "label_zh", "baseline_year", "baseline_value", "target_year", "target_month",
    "target_value", "target_upper", "unit_id", "printed_baseline", "printed_target", "printed_unit",
    "unit_status", "bound", "aspirational", "basis", "basis_status", "alternative_basis", "recurrence",
    "counted_from", "attribute", "printed_remark",
]  # fmt: skip


@dataclass
class Measured:
    """How the proposals for one plan stand against its rows."""

    name: str
    expected: int = 0
    found: int = 0
    cells: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=["column", "expected", "proposed", "right"])
    )
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Return the share of the rows that were found."""
        return self.found / self.expected if self.expected else 1.0

    @property
    def accuracy(self) -> float:
        """Return the share of right cells among those that the row or the proposal fills."""
        return float(self.cells["right"].mean()) if len(self.cells) else 1.0


def text(cell: object) -> str:
    """Return a cell as text in which equal cells are equal: without white space, numbers as plain decimals."""
    if cell is None or cell is pd.NA or (isinstance(cell, float) and pd.isna(cell)):
        return ""
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return f"{cell:.12g}"
    found = re.sub(r"\s", "", str(cell))
    return found.lower() if found in {"True", "False"} else found


def compare(name: str, expected: pd.DataFrame, proposed: pd.DataFrame) -> Measured:
    """Return how proposed rows stand against expected ones, each paired with the nearest that has its number."""
    measured = Measured(name, len(expected))
    left = [{str(column): text(cell) for column, cell in row.items()} for row in proposed.to_dict("records")]
    cells = []
    for row in expected.to_dict("records"):
        wanted = {str(column): text(cell) for column, cell in row.items()}
        nearest = pair(wanted, left)
        if nearest is None:
            measured.missed.append(f"{wanted['locator']} {wanted['label_zh']} {wanted['printed_target']}")
            continue
        left.remove(nearest)
        measured.found += 1
        columns = [column for column in CELLS if column in wanted and (wanted[column] or nearest[column])]
        cells += [(column, wanted[column], nearest[column], wanted[column] == nearest[column]) for column in columns]
    measured.cells = pd.DataFrame(cells, columns=["column", "expected", "proposed", "right"])
    measured.false = [f"{row['locator']} {row['label_zh']} {row['printed_target']}" for row in left]
    return measured


def pair(wanted: dict[str, str], left: list[dict[str, str]]) -> dict[str, str] | None:
    """Return the proposal for a row: of those with its number, or in its place if in words, the most alike."""
    same = [row for row in left if row["target_value"] == wanted["target_value"]]
    same = [row for row in same if row["target_value"] or row["locator"] == wanted["locator"]]
    keys = ("locator", "label_zh", "target_year", "printed_target", "indicator_id")
    likest = sorted(same, key=lambda row: [row[key] != wanted[key] for key in keys])
    near = [row for row in likest if row["locator"] == wanted["locator"] or row["label_zh"] == wanted["label_zh"]]
    return near[0] if near else None


def curated(plans: tables.Tables, sources: Path) -> list[Measured]:
    """Return the measures of the documents whose text is kept, each read with tables that lack its own rows."""
    kept = plans.documents[plans.documents["source_file"].notna()]
    found = []
    for document in kept.to_dict("records"):
        own = plans.targets["document_id"] == document["document_id"]
        others = replace(plans, targets=plans.targets[~own])
        plan = (sources / document["source_file"]).read_text(encoding="utf-8")
        proposal = read_plan.read(plan, others, "city")
        expected = plans.targets[own].reindex(columns=[c for c in CELLS if c in plans.targets.columns])
        found.append(compare(document["document_id"], expected, proposal.targets))
    return found


def held_out(plans: tables.Tables) -> list[Measured]:
    """Return the measures of the invented plans in tests/held_out; their rows were written before they were read."""
    found = []
    for path in sorted(HELD_OUT.glob("*.txt")):
        proposal = read_plan.read(path.read_text(encoding="utf-8"), plans, path.stem)
        expected = pd.read_csv(path.with_suffix(".csv"), dtype=str, keep_default_na=False)
        found.append(compare(path.stem, expected, proposal.targets))
    return found


# What the invented plans gave when they were first read, before any rule was changed for them: found, rows, share of
# cells right, false proposals. November 2026, in this order; the rules were made more general after each.
FIRST_READ = (
    ("qingyun, luohe", 39, 45, 0.955, 1),
    ("shuoyuan, lanting", 40, 44, 0.955, 1),
    ("songling, heting", 44, 47, 0.961, 2),
    ("biling, weiyang", 51, 53, 0.977, 0),
)


def first_read() -> str:
    """Return what the invented plans gave when they were first read, as a page of Markdown."""
    rows = [
        f"| {plans} | {rows} | {found} | {found / rows:.1%} | {right:.1%} | {false} |"
        for plans, found, rows, right, false in FIRST_READ
    ]
    head = "| plans | targets | found | share found | cells right | false proposals |\n|---|---:|---:|---:|---:|---:|"
    words = "Each pair was written, with its rows, before it was read; the rules were made more general after it."
    return "\n".join(["## The invented plans when first read", "", words, "", head, *rows, ""])


def page(measures: list[Measured], title: str) -> str:
    """Return the measures as a page of Markdown."""
    rows = [
        f"| {m.name} | {m.expected} | {m.found} | {m.recall:.1%} | {m.accuracy:.1%} | {len(m.false)} |"
        for m in measures
    ]
    expected, found = sum(m.expected for m in measures), sum(m.found for m in measures)
    cells, false = pd.concat([m.cells for m in measures]), sum(len(m.false) for m in measures)
    total = f"| all | {expected} | {found} | {found / expected:.1%} | {cells['right'].mean():.1%} | {false} |"
    head = [
        f"## {title}",
        "",
        "| plan | targets | found | share found | cells right | false proposals |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    columns = (
        cells.groupby("column")["right"].agg(["sum", "count"]).reindex([c for c in CELLS if c in set(cells["column"])])
    )
    by_column = [
        f"| `{name}` | {int(row['sum'])} | {int(row['count'])} | {row['sum'] / row['count']:.1%} |"
        for name, row in columns.iterrows()
    ]
    lines = [*head, *rows, total, "", "| cell | right | filled | share |", "|---|---:|---:|---:|", *by_column, ""]
    for m in measures:
        lines += [f"- {m.name}, missed: {entry}" for entry in m.missed] + [
            f"- {m.name}, false: {entry}" for entry in m.false
        ]
        wrong = m.cells[~m.cells["right"].astype(bool)]
        lines += [
            f"- {m.name}, `{w['column']}`: {w['proposed'] or 'empty'} for {w['expected'] or 'empty'}"
            for w in wrong.to_dict("records")
        ]
    return "\n".join([*lines, ""])


def main() -> None:
    """Print the measures of the curated documents and of the invented plans; with both, write them down."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--sources", type=Path, help="folder with the texts of the curated documents")
    chosen = parser.parse_args()
    plans = tables.load()
    invented = [page(held_out(plans), "The invented plans now"), first_read()]
    known = [page(curated(plans, chosen.sources), "The curated documents")] if chosen.sources else []
    text = "\n".join(["# How well plans are read", "", *known, *invented])
    print(text)
    if known:
        RESULT.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
