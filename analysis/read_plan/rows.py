"""Rows of targets.csv from what was found: cells of a table's row or of a clause of the prose."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from . import basis as bases
from . import clauses, grids, lexicon, matching, quantities
from .basis import Basis
from .clauses import Clause
from .grids import Column, GridRow
from .matching import Codebook
from .numerals import NUMBER, fold
from .proposal import COLUMNS, Cell, Row
from .quantities import Quantity
from .units import GROWTHS, Units

BRACKETED = re.compile(r"^(?P<label>.*\S)\s*[（(〔\[](?P<unit>[^（）()〔〕\[\]]{1,8})[)）〕\]]\s*$", re.DOTALL)
NO_SYMBOL = "件"  # stands in where a cell's number has no unit, and is taken away again
PROMPT = "To be confirmed.", "待确认。"


@dataclass(frozen=True)
class Maker:
    """Makes rows: whose they are, the codebook that names their indicators and the units of their numbers."""

    city_id: str
    codebook: Codebook
    units: Units

    # --- a row of an indicator table ---

    def of_table(self, row: GridRow) -> list[Row]:
        """Return the rows that a row of an indicator table proposes: one a target year, and one for a stated growth."""
        label, symbol = self.label_and_unit(row)
        found = [self._level(row, column, text, label, symbol) for column, text in _targets(row)]
        grown = [
            (column, text) for column, text in row.cells if column.role == "growth" and not grids.EMPTY.fullmatch(text)
        ]
        found += [self._table_growth(row, column, text, label, bool(found)) for column, text in grown]
        return [made for made in found if made is not None]

    def label_and_unit(self, row: GridRow) -> tuple[str, str]:
        """Return the label of a row and its unit, from a column of its own or from brackets behind the label."""
        label, symbol = row.cell("label"), row.cell("unit")
        match = BRACKETED.match(label)
        inside = fold(match["unit"]) if match else ""
        if match and not symbol and (inside in self.units.ids or _measures(inside)):
            return match["label"], inside
        return label, "" if grids.EMPTY.fullmatch(symbol) else fold(symbol)

    def _level(self, row: GridRow, column: Column, text: str, label: str, symbol: str) -> Row | None:
        """Return the row of one target year."""
        number = self.number(text, symbol)
        summed = "累计值" if re.match(r"[〔\[]", text.strip()) else ""  # five-year plans put running totals in 〔 〕
        remark = row.cell("remark")
        unit = symbol or (number.unit if number and number.unit in text else "")
        worded = number is None
        base = Basis("qualitative") if worded else bases.basis(label, "", unit, remark=summed or remark)
        made = self._row(label, unit if not worded else "", base, _place(row), row.printed)
        cells = {
            "locator": f"table:{row.number}",
            "target_year": column.year or _caption_year(row),
            "printed_target": text.strip("〔〕[]"),
            "attribute": _attribute(row),
            "printed_remark": remark or None,
            "aspirational": bool(re.search(lexicon.WISH, text)),
        }
        _fill(made, cells)
        _count(made, number)
        self._start(made, row, symbol, worded=worded)
        made.rules.append("table-row")
        if worded:
            made.decide.append("target in words: translate it in target_words_en")
        if not made.cells["target_year"]:
            made.decide.append("no year in the head or above the table: fill in target_year")
        return made

    def number(self, text: str, symbol: str) -> Quantity | None:
        """Return the number of a cell in the unit of its row, None for a target in words."""
        compact = re.sub(r"\s", "", fold(text)).strip("〔〕[]()")
        if re.search(lexicon.GROWTH, compact) and not re.search(r"\d", compact):
            return None
        sign = symbol.split("/")[0] or NO_SYMBOL
        known = [*self.units.printed_symbols, sign]
        found = quantities.find(compact, known)
        if not found:
            found = quantities.find(re.sub(rf"({NUMBER})(?!.*{NUMBER})", rf"\g<1>{sign}", compact, count=1), known)
        return found[0] if found else None

    def _start(self, made: Row, row: GridRow, symbol: str, *, worded: bool) -> None:
        """Lay the baseline of a table's row; one without a year of its own is left to be decided."""
        found = [
            (column, text)
            for column, text in row.cells
            if column.role == "baseline" and not grids.EMPTY.fullmatch(text)
        ]
        if not found or worded:
            return
        column, text = found[-1]
        number = self.number(text, symbol)
        if number is None or column.year is None:
            made.decide.append(
                f"baseline {text!r} has no {'number' if column.year else 'year'}: fill in both or neither"
            )
            return
        _fill(made, {"baseline_year": column.year, "baseline_value": number.value, "printed_baseline": text})
        if number.bounded:
            made.decide.append(f"baseline {text!r} is not one exact number")

    def _table_growth(self, row: GridRow, column: Column, text: str, label: str, beside: bool) -> Row | None:  # noqa: FBT001
        """Return the row of a growth that a table states in a column of its own."""
        number = self.number(text, "%")
        if number is None:
            return None
        yearly = re.search("年均|年", column.head)
        made = self._row(label, "%", Basis("growth-rate" if yearly else "growth-over-period"), _place(row), row.printed)
        years = [c.year for c, _ in row.cells if c.role == "target" and c.year]
        year = column.year or (years[-1] if years else _caption_year(row))
        _fill(
            made,
            {
                "locator": f"table:{row.number}",
                "target_year": year,
                "printed_target": text,
                "attribute": _attribute(row),
            },
        )
        _count(made, number)
        made.rules.append("table-growth-column")
        if beside:
            made.decide.append(
                "the growth of a row that also has a target level: keep both only if the plan promises both"
            )
        return made

    # --- a clause of the prose ---

    def of_clause(self, clause: Clause) -> Row:
        """Return the row that a clause of the prose proposes."""
        quantity, scope = clause.quantity, clause.scope
        grows = clauses.grows(clause.lead, quantity)
        mean = scope.mean and not grows
        base = _clause_basis(clause, grows=grows, mean=mean)
        printed = quantity.unit if quantity.unit in fold(re.sub(r"\s", "", clause.printed_target)) else ""
        made = self._row(clause.label.text, quantity.unit, base, clause.paragraph.path, clause.printed)
        if not printed:
            _unprinted(made, quantity)
        counted = (
            scope.first if base.name in {"new-in-period", "cumulative", "growth-over-period", "period-mean"} else None
        )
        cells = {
            "locator": clause.paragraph.locator,
            "target_year": scope.year,
            "target_month": scope.month,
            "counted_from": counted,
            "printed_target": clause.printed_target,
            "aspirational": clause.wish,
            "recurrence": "yearly" if scope.yearly and not grows else None,
        }
        _fill(made, cells)
        _count(made, quantity)
        _prose_baseline(made, clause)
        made.rules.extend(clause.rules)
        made.decide.extend([*_clause_doubts(clause, made), *clause.doubts])
        return made

    # --- what both share ---

    def _row(self, label: str, symbol: str, base: Basis, place: str, printed: str) -> Row:
        """Return a row with its indicator, its unit and its basis."""
        kind = self.units.kind(symbol, label, base.name) if symbol else None
        found = self.codebook.candidates(label, kind)
        indicator = matching.likely(found)
        cells = self._cells(label, indicator, base)
        first, second = [*found, None, None][:2]
        made = Row(cells, place, printed, [f"basis-{base.name}-{base.status}"], first, second)
        if base.name != "qualitative":
            self._lay_unit(made, symbol, label, base.name, indicator)
        _note(made, base.note_en, base.note_zh)
        if base.status == "inferred":
            other = f" or {base.alternative}" if base.alternative else ""
            made.decide.append(f"basis is inferred: {base.name}{other}?")
        made.decide.extend(_indicator_doubts(made))
        return made

    def _cells(self, label: str, indicator: str, base: Basis) -> dict[str, Cell]:
        """Return the cells of a target in words; a number fills the others."""
        return dict.fromkeys(COLUMNS) | {
            "city_id": self.city_id,
            "document_id": f"{self.city_id}-plan",
            "indicator_id": indicator or None,
            "label_zh": label or None,
            "bound": "qualitative",
            "aspirational": False,
            "basis": base.name,
            "basis_status": base.status,
            "alternative_basis": base.alternative or None,
        }

    def _lay_unit(self, made: Row, symbol: str, label: str, basis: str, indicator: str) -> None:
        """Lay unit, printed unit and status, and say what is open about them."""
        unit = self.units.of_number(symbol, label, basis, indicator)
        made.cells |= {
            "unit_id": unit.unit_id or None,
            "printed_unit": unit.printed or None,
            "unit_status": unit.status,
        }
        _note(made, unit.note_en, unit.note_zh)
        if not unit.unit_id:
            made.decide.append(f"no unit of units.csv fits {symbol or 'the lost unit'!r}: take one or add it")
        elif unit.status == "inferred":
            made.decide.append(f"unit is inferred: {unit.unit_id}?")


def _targets(row: GridRow) -> list[tuple[Column, str]]:
    """Return the target cells of a row that are filled."""
    return [
        (column, text)
        for column, text in row.cells
        if column.role == "target" and text and not grids.EMPTY.fullmatch(text)
    ]


def _measures(word: str) -> bool:
    return bool(
        re.fullmatch(
            rf"(?:{lexicon.MEASURE_WORDS}|[万亿]?{lexicon.MONEY}|%|‰|[件个项]/[万百千]+人口?|万?[件家个人项次名])", word
        )
    )


def _place(row: GridRow) -> str:
    return f"{row.caption[:40]} row {row.number}"


def _caption_year(row: GridRow) -> int | None:
    """Return the last year that a table's caption names."""
    years = grids.YEAR.findall(fold(row.caption)) if len(row.caption) < grids.LONGEST_CELL else []
    return int(years[-1]) if years else None


def _attribute(row: GridRow) -> str | None:
    """Return whether a row binds or is expected, by its own cell or by the table's caption."""
    text = row.cell("attribute") or (row.caption if "指标" in row.caption else "")
    return "binding" if "约束" in text else "expected" if "预期" in text else None


def _fill(made: Row, cells: Mapping[str, Cell]) -> None:
    made.cells |= {name: cell for name, cell in cells.items() if cell not in (None, "")}


def _count(made: Row, number: Quantity | None) -> None:
    """Lay the value, the end of a range and the bound."""
    if number is not None:
        made.cells |= {"target_value": number.value, "target_upper": number.upper, "bound": number.bound}


def _note(made: Row, english: str, chinese: str) -> None:
    """Add evidence to both notes; what is inferred is to be confirmed."""
    if english:
        for column, text, prompt in zip(("note_en", "note_zh"), (english, chinese), PROMPT, strict=True):
            before = str(made.cells.get(column) or "").removesuffix(prompt).strip()
            made.cells[column] = (
                (f"{before} " if before and column == "note_en" else before)
                + text
                + (" " if column == "note_en" else "")
                + prompt
            )


def _unprinted(made: Row, quantity: Quantity) -> None:
    """Say of a number in words that its unit is not printed: 七成, 三分之一, 翻一番."""
    made.cells |= {"printed_unit": None, "unit_status": "inferred"}
    if quantity.doubling:
        _note(made, "翻番 doubles the start.", "翻番即增至基期的两倍。")
    else:
        _note(made, "A fraction in words, written in per cent.", "以文字表述的比例，换算为百分数。")


def _prose_baseline(made: Row, clause: Clause) -> None:
    """Lay the start of 由2020年的120家增加到200家, or say what a growth is compared with."""
    start = clause.baseline
    if start is not None and clause.baseline_year:
        printed = clause.paragraph.quote(clause.start + start.start, clause.start + start.end)
        _fill(made, {"baseline_year": clause.baseline_year, "baseline_value": start.value, "printed_baseline": printed})
    elif start is not None:
        made.decide.append(f"starts from {start.value:g} {start.unit} in a year that the clause does not name")
    if clause.scope.compared and made.cells["basis"] in GROWTHS:
        year = clause.scope.compared
        _note(made, f"Compared with {year}.", f"与{year}年相比。")


def _clause_doubts(clause: Clause, made: Row) -> list[str]:
    """Return what a person must decide about a clause."""
    scope, found = clause.scope, []
    if not clause.label.text:
        found.append("no label was found: fill in label_zh")
    if not made.cells["locator"]:
        found.append("stands above the first heading: fill in locator")
    if scope.relative and not scope.year:
        found.append(f"by when? the text says {scope.relative}")
    elif not (scope.year or scope.yearly or scope.mean):
        found.append("by when? no year stands in its item")
    if "year-of-an-earlier-sentence" in clause.rules:
        found.append(f"year {scope.year} stands in an earlier sentence")
    if re.search(lexicon.FALL, clause.lead[-4:]) and made.cells["basis"] in GROWTHS:
        found.append("a fall: the number is printed without a sign")
    if made.cells["basis"] == "multiple" and not clause.quantity.doubling:
        found.append("增长N倍 is N + 1 times the start, 达到N倍 is N times: which?")
    return found


def _indicator_doubts(made: Row) -> list[str]:
    """Return what is open about the indicator: none is likely, or two are."""
    first, second = made.first, made.second
    if not made.cells["indicator_id"]:
        near = f"; nearest {first.indicator_id} ({first.score:.2f})" if first else ""
        return [f"new indicator?{near}"]
    if first and second and first.score - second.score < matching.CLOSE:
        return [f"indicator: {first.indicator_id} ({first.score:.2f}) or {second.indicator_id} ({second.score:.2f})?"]
    return []


def _clause_basis(clause: Clause, *, grows: bool, mean: bool) -> Basis:
    """Return what the number of a clause counts, by the words before it."""
    quantity, start = clause.quantity, clause.start
    if grows:
        return bases.growth(clause.lead, quantity.unit, doubling=quantity.doubling)
    lead = clause.lead + clause.paragraph.compact[start + quantity.start : start + quantity.number_start]
    return bases.basis(clause.label.text, lead, quantity.unit, yearly=clause.scope.yearly, mean=mean)
