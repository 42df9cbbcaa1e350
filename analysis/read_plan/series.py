"""What rows of one plan are to each other: ids, restatements, and interim targets of one series."""

from collections import Counter, defaultdict

from .proposal import Row

LONGEST_ID = 100  # characters; an id becomes part of names of files


def settle(rows: list[Row], city_id: str) -> None:
    """Give every row its id, and say which row repeats another or is its interim target."""
    taken: Counter[str] = Counter()
    for place, row in enumerate(rows, 1):
        row.cells["target_id"] = _id(row, city_id, place, taken)
    groups: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if row.cells["indicator_id"]:
            groups[row.cells["indicator_id"], row.cells["basis"] == "growth-rate"].append(row)
    for group in groups.values():
        _restate(group)
        _interim(group)


def _id(row: Row, city_id: str, place: int, taken: Counter[str]) -> str:
    """Return the id of a row: city, indicator and year, or its number where no indicator is likely."""
    cells = row.cells
    what = cells["indicator_id"] or f"row-{place}"
    growth = "-growth" if cells["basis"] in {"growth-rate", "growth-over-period", "multiple"} else ""
    when = (
        cells["target_year"]
        if cells["target_year"]
        else "yearly"
        if cells["recurrence"] or cells["basis"] == "period-mean"
        else "undated"
    )
    stem = f"{city_id}-{what}{growth}-{when}"[:LONGEST_ID].rstrip("-")
    taken[stem] += 1
    return stem if taken[stem] == 1 else f"{stem}-{taken[stem]}"


def _restate(group: list[Row]) -> None:
    """Say that a later row with the number, unit and year of an earlier one repeats it."""
    for place, row in enumerate(group):
        for first in group[:place]:
            same = all(
                row.cells[name] == first.cells[name]
                for name in ("target_value", "target_upper", "unit_id", "target_year", "recurrence")
            )
            if same and not first.cells["restates"] and row.cells["target_value"] is not None:
                row.cells["restates"] = first.cells["target_id"]
                row.rules.append("restates-same-number-and-year")
                row.decide.append(f"repeats {first.cells['target_id']}: the same promise?")
                break
            if row.cells["target_year"] == first.cells["target_year"] and not first.cells["restates"]:
                row.decide.append(
                    f"same indicator and year as {first.cells['target_id']}, another number: which indicator is each?"
                )


def _interim(group: list[Row]) -> None:
    """Say that a level of one unit and basis with an earlier year is the interim target of the next one."""
    levels = [
        row
        for row in group
        if row.cells["target_year"] and not row.cells["restates"] and row.cells["target_value"] is not None
    ]
    for row in levels:
        alike = [
            other for other in levels
            if all(other.cells[name] == row.cells[name] for name in ("unit_id", "basis", "label_zh"))
            and int(str(other.cells["target_year"])) > int(str(row.cells["target_year"]))
        ]  # fmt: skip
        if alike:
            later = max(alike, key=lambda other: int(str(other.cells["target_year"])))
            row.cells["interim_of"] = later.cells["target_id"]
            row.rules.append("interim-of-a-later-year")
