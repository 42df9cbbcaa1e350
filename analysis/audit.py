"""Account for every numeral of the documents: the row that it belongs to, or the reason why it belongs to none.

**A numeral** is, in the text of a document,

- a run of Arabic digits of either width, with its decimals and thousands separators, and with 十百千万亿 right
  after it: `10.02`, `5000 万`;
- a run of the characters 零〇一二两三四五六七八九十百千万亿双半廿卅, with 分之 or 点 inside: `二十三`, `三分之一`.
  The 一 of 统一 and the 万 of 每万人口 are numerals, too, for no rule knows beforehand which of them counts;
- two or more financial forms together, such as 伍仟 (one alone is a part of words such as 队伍);
- a number in a circle or in brackets, or a Roman one, as one character: ①, ㈠, Ⅳ;
- 倍 and 翻番, which promise a multiple without a number.

Measure words and signs (`%`, 件, 成) are no part of it; 首, 每 and 几 are no numerals.

**It belongs to a row** where it lies whole within what that row has printed, in the row's own place: the cells of a
table row for `table:N`, with the years in the table's head; for the prose one sentence of the named item, where a
printed amount is one row's alone. An equal number elsewhere is not explained by it.

**It has a reason** by the form in which it stands (`RULES`), or by a row of `numerals.csv`, for words and names.
A year alone has none: it is a target's, a milestone's or a sum's, or it is left over.

What has neither is a fault, and so is a row of `numerals.csv` that explains nothing.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from . import tables as curated
from . import verify
from .tables import Tables
from .tables.datapackage import Record

ONES = "一二三四五六七八九"
DIGITS = f"零〇{ONES}两十百千万亿双半廿卅"
FORMAL = "壹贰叁肆伍陆柒捌玖拾佰仟"
ENCLOSED = "①-⑳⑴-⒇㈠-㈩Ⅰ-Ⅻⅰ-ⅻ"
NUMERAL = re.compile(
    r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:[.．](?!\d{4}\s*年)\d+)?(?:[^\S\n]*[十百千万亿]+)?"
    rf"|(?:[{DIGITS}]+分之)?[{DIGITS}]+(?:点[{DIGITS}]+)?"
    rf"|[{FORMAL}]{{2,}}|[{ENCLOSED}]|(?<![\d{DIGITS}])倍|翻番"
)
YEAR = rf"(?:\d{{4}}|[〇零{ONES}]{{4}})"
TO = r"\s*年?\s*[-—–－~～至到]+\s*"
# Each digit's value, to compare a year in Chinese with one in the tables.
VALUES = {digit: str(value) for value, digit in enumerate(f"〇{ONES}")} | {"零": "0"}

# The number of an item at the start of its line, as `verify.item` looks for it, and lists within an item.
HEADING = re.compile(
    rf"^[#*\s]*(?:(?P<part>[{ONES}十]+)、|[（(](?P<section>[{ONES}十]+)[）)]"
    r"|(?P<number>\d{1,3})[.．](?!\d(?!\d{3}\s*年))|[（(]\d{1,2}[）)])",
    re.MULTILINE,
)
# Reasons that show in the form alone, the surest first. Their meanings stand in data/datapackage.json.
RULES = [
    (reason, re.compile(form, re.MULTILINE))
    for reason, form in (
        ("title", r"《[^《》]{1,100}》"),
        ("document-number", r"[〔\[［(（【]\s*\d{4}\s*[〕\]］)）】]\s*第?\s*\d+\s*号"),
        ("item-number", HEADING.pattern),
        ("item-number", rf"(?<=[。；;，,、:：])\s*[{ONES}十]+是"),  # 一是…；二是…
        ("item-number", "[①-⑳⑴-⒇㈠-㈩]"),
        ("law-article", rf"第\s*(?:[{DIGITS}]+|\d+)\s*[编章节条款]"),
        ("date", rf"[（(]\s*{YEAR}{TO}{YEAR}\s*年?\s*[）)]"),  # a plan's period, in brackets behind its name
        ("date", rf"^[^\S\n]*{YEAR}\s*年\s*\d+\s*月\s*\d+\s*日(?:印发)?[^\S\n]*$"),  # alone on its line
        ("name", rf"党的[{DIGITS}]+大|[{DIGITS}]+届(?:历次|(?:[{DIGITS}]+中[、和]?)+)全会"),  # congresses
        ("name", rf"十[{ONES}]五"),  # five-year plans; no number has this form
        ("contact", r"\d{3,4}-\d{3,4}-\d{4}|(?:电话|传真|邮编|邮政编码)\s*[:：]?\s*\d[\d-]+"),
        ("page-number", r"^[^\S\n]*(?:[-—–－]\s*\d+\s*[-—–－]|第\s*\d+\s*页)[^\S\n]*$"),
    )
]
REMEDY = "Add the row that it belongs to, or the words that it stands in to numerals.csv with the reason."
SHOWN = 24  # characters of the text on either side of a numeral

Span = tuple[int, int]


@dataclass(frozen=True)
class Finding:
    """A numeral with what explains it, or a row of `numerals.csv` that explains none.

    `kind` is row, reason, unexplained or stale. `why` holds what explains the numeral: rows with their columns, or
    a reason and, where it comes from `numerals.csv`, the words there. `item` is the number of the item in which it
    stands, empty before the first.
    """

    document: str
    line: int
    item: str
    numeral: str
    context: str
    kind: str
    why: tuple[str, ...] = ()

    @property
    def fault(self) -> bool:
        """Say whether this is a fault."""
        return self.kind in ("unexplained", "stale")

    def __str__(self) -> str:
        if self.kind == "stale":
            return f"numerals.csv, {self.numeral!r}: explains no numeral of {self.document}. Correct or remove the row."
        place = f"{self.document}, line {self.line}{f', item {self.item}' if self.item else ''}"
        if self.kind == "unexplained":
            return f"{place}: {self.numeral!r} in {self.context!r} belongs to no row and has no reason. {REMEDY}"
        more = f" and {len(self.why) - 1} more" if len(self.why) > 1 else ""
        why = ", ".join(self.why) if self.kind == "reason" else self.why[0] + more
        return f"{place}: {self.numeral!r} in {self.context!r}: {why}"


@dataclass(frozen=True)
class Claim:
    """A stretch of a document that something explains: a row, a rule (`entry` is None) or a row of numerals.csv."""

    start: int
    end: int
    kind: str
    why: tuple[str, ...]
    entry: int | None = None

    def holds(self, numeral: re.Match[str]) -> bool:
        """Say whether a numeral lies in it whole: 一批 does not explain the 十一 of 十一批."""
        return self.start <= numeral.start() and numeral.end() <= self.end


def audit(tables: Tables, sources: Path, documents: list[str] | None = None) -> list[Finding]:
    """Return one finding a numeral of every stored document, or of those named, and one a stale row.

    Raises `UserError` for a missing or a changed document, as `verify.verify` does.
    """
    texts = verify.read(tables, sources, documents)
    findings: list[Finding] = []
    used: set[int] = set()
    for document, text in texts.items():
        found, entries = _account(tables, document, text)
        findings += found
        used |= entries
    known = None if documents is None else Tables.of(curated.contents(curated.CURATED)).numerals
    return [*findings, *_stale(tables.numerals, texts, used, known)]


def account(tables: Tables, document: str, text: str) -> list[Finding]:
    """Return one finding a numeral of one document's text, in the order of the text."""
    return _account(tables, document, text)[0]


def summary(findings: list[Finding]) -> list[str]:
    """Return a line a document with the numerals by what explains them, and one of all."""
    counted = [finding for finding in findings if finding.kind != "stale"]
    documents = dict.fromkeys(finding.document for finding in counted)
    lines = [f"{name}: {_counts([each for each in counted if each.document == name])}" for name in documents]
    stale = len(findings) - len(counted)
    return [*lines, f"All documents: {_counts(counted)}; {stale} rows of numerals.csv explain nothing."]


def _counts(findings: list[Finding]) -> str:
    kinds = Counter(each.why[0] if each.kind == "reason" else each.kind for each in findings)
    rows, left = kinds.pop("row", 0), kinds.pop("unexplained", 0)
    reasons = ", ".join(f"{reason} {count}" for reason, count in kinds.most_common())
    return f"{len(findings)} numerals, {rows} of rows, {kinds.total()} for a reason ({reasons}), {left} unexplained"


def _account(tables: Tables, document: str, text: str) -> tuple[list[Finding], set[int]]:
    """Return the findings of a text and the rows of `numerals.csv` that explain one of them."""
    claims = [*_rows(tables, document, text), *_rules(text), *_entries(tables.numerals, document, text)]
    headings = list(HEADING.finditer(text))
    findings, used = [], set()
    for numeral in NUMERAL.finditer(text):
        holding = [claim for claim in claims if claim.holds(numeral)]
        kind = holding[0].kind if holding else "unexplained"
        same = [claim for claim in holding if claim.kind == kind][: None if kind == "row" else 1]
        used |= {claim.entry for claim in same if claim.entry is not None}
        why = tuple(dict.fromkeys(part for claim in same for part in claim.why))
        line, item = text.count("\n", 0, numeral.start()) + 1, _item(headings, numeral.start())
        findings.append(Finding(document, line, item, numeral[0], _context(text, numeral), kind, why))
    return findings, used


def _item(headings: list[re.Match[str]], at: int) -> str:
    """Return the path of item numbers that a place stands under, such as 三（四）15."""
    part = section = number = ""
    for heading in headings:
        if heading.start() > at:
            break
        if heading["part"]:
            part, section, number = heading["part"], "", ""
        elif heading["section"]:
            section, number = f"（{heading['section']}）", ""
        elif heading["number"]:
            number = heading["number"]
    return part + section + number


def _context(text: str, numeral: re.Match[str]) -> str:
    """Return the text around a numeral on one line, the numeral in 【】."""
    before, after = text[: numeral.start()][-SHOWN:], text[numeral.end() :][:SHOWN]
    return re.sub(r"\s+", " ", f"{before}【{numeral[0]}】{after}").strip()


def _stale(numerals: pd.DataFrame, texts: Iterable[str], used: set[int], known: pd.DataFrame | None) -> list[Finding]:
    """Return the rows that explain nothing, of those that the audited documents could need.

    These are the rows that name one of them, and the rows for any document; with `known`, the curated rows, the
    latter only where they are a user's own, for her plan does not owe the language every word.
    """
    ours = set() if known is None else set(known.loc[known["document_id"].isna(), "printed"])
    found = []
    for entry, row in enumerate(numerals.to_dict("records")):
        anywhere = pd.isna(row["document_id"])
        due = row["printed"] not in ours if anywhere else row["document_id"] in texts
        if due and entry not in used:
            where = "any document audited" if anywhere else row["document_id"]
            found.append(Finding(where, 0, "", row["printed"], "", "stale"))
    return found


# What has a reason.


def _rules(text: str) -> Iterator[Claim]:
    for reason, form in RULES:
        yield from (Claim(*match.span(), "reason", (reason,)) for match in form.finditer(text))


def _entries(numerals: pd.DataFrame, document: str, text: str) -> Iterator[Claim]:
    """Yield where the words of `numerals.csv` stand, the longest first: it tells most of what a numeral is."""
    mine = numerals["document_id"].isna() | (numerals["document_id"] == document)
    rows = [(entry, row["printed"], row["reason"]) for entry, row in enumerate(numerals.to_dict("records"))]
    chosen = [row for row, own in zip(rows, mine, strict=True) if own]
    for entry, printed, reason in sorted(chosen, key=lambda row: -len(row[1])):
        for span in _all(printed, text, (0, len(text))):
            yield Claim(*span, "reason", (reason, f"numerals.csv {printed}"), entry)


# What belongs to a row, in that row's own place.


def _rows(tables: Tables, document: str, text: str) -> Iterator[Claim]:
    """Yield what the rows of every table explain; a printed amount once, by the row that it stands nearest to."""
    taken: set[Span] = set()
    names = ("documents", "targets", "milestones", "funding", "measures")
    frames: dict[str, pd.DataFrame] = {name: getattr(tables, name) for name in names}
    mine = {name: frame[frame["document_id"] == document].to_dict("records") for name, frame in frames.items()}
    for row in mine["documents"]:
        yield from _of_document(row, text)
    yield from _of_targets(mine["targets"], text, taken)
    for row in mine["milestones"]:
        yield from _of_milestone(row, text)
    for row in mine["funding"]:
        yield from _of_funding(row, text, taken)
    listed = tables.responsibilities.groupby("measure_id")["printed_name"].agg(list)
    for row in mine["measures"]:
        yield from _of_measure(row, listed.get(row["measure_id"], []), text)


def _claiming(table: str, row: Record) -> Callable[[Iterable[Span], str], Iterator[Claim]]:
    """Return what makes claims of one row's, each for a stretch of text and a column."""
    name = row[f"{table.removesuffix('s')}_id"]
    return lambda spans, column: (Claim(*span, "row", (f"{table}.csv, {name}, {column}",)) for span in spans)


def _of_document(row: Record, text: str) -> Iterator[Claim]:
    """Yield a document's own title, number, issuer and date, and its period where both ends stand together."""
    claims, whole = _claiming("documents", row), (0, len(text))
    for column in ("title_zh", "number", "issuer_zh"):
        if pd.notna(row[column]):
            yield from claims(_all(row[column], text, whole), column)
    if pd.notna(row["issued"]):
        yield from claims(_all(_dated(row["issued"]), text, whole), "issued")
    if pd.notna(row["period_start"]) and pd.notna(row["period_end"]):
        ends = (verify.pattern(_dated(row[column])).rstrip("年") for column in ("period_start", "period_end"))
        yield from claims((match.span() for match in re.finditer(TO.join(ends), text)), "period_start, period_end")


def _dated(iso: str) -> str:
    """Return a date as it is printed.

    >>> _dated("2025-06")
    '2025年6月'
    """
    return "".join(f"{int(part)}{unit}" for part, unit in zip(iso.split("-"), "年月日", strict=False))


def _of_targets(rows: list[Record], text: str, taken: set[Span]) -> Iterator[Claim]:
    """Yield what targets explain; one without a locator has no place, which `verify` reports."""
    placed = [row for row in rows if pd.notna(row["locator"])]
    yield from _of_table([row for row in placed if row["locator"].startswith("table:")], text)
    for row in placed:
        if not row["locator"].startswith("table:"):
            yield from _of_prose(row, text, taken)


def _of_table(rows: list[Record], text: str) -> Iterator[Claim]:
    """Yield the cells of an indicator table's rows, with the numbers in front of them, and the years of its head."""
    found = [(row, match) for row in rows if (match := re.search(_cells(row), text, re.MULTILINE))]
    for row, match in found:
        for column in match.re.groupindex:
            yield from _claiming("targets", row)([match.span(column)] if match[column] else [], column)
    if not found:
        return
    first = min(match.start() for _, match in found)
    for row, _ in found:
        for column in ("baseline_year", "target_year"):
            years = _years(text, (text.rfind("。", 0, first) + 1, first), row[column], bare=True)
            yield from _claiming("targets", row)(years, column)


def _cells(row: Record) -> str:
    """Return a pattern of a table row: its number at the start of its line, if any, and its cells in order."""
    number = row["locator"].removeprefix("table:")
    parts = [rf"(?:^(?P<locator>{number})[^\S\n]+)?(?P<label_zh>{verify.pattern(row['label_zh'])})"]
    for column in ("printed_unit", "printed_baseline", "printed_target", "printed_remark"):
        if pd.notna(row[column]):
            cell = rf"(?P<{column}>{verify.pattern(row[column])})"
            parts.append(rf"[（(]?\s*{cell}\s*[）)]?" if column == "printed_unit" else cell)
    return r"\s*".join(parts)


def _of_prose(row: Record, text: str, taken: set[Span]) -> Iterator[Claim]:
    """Yield a target's label, amounts and years in the first sentence of its item that holds all its cells."""
    claims = _claiming("targets", row)
    columns = [column for column in ("printed_baseline", "printed_target") if pd.notna(row[column])]
    unit: list[str] = [] if pd.isna(row["printed_unit"]) else [row["printed_unit"]]
    for sentence in _holding([row["label_zh"], *unit, *(row[column] for column in columns)], row["locator"], text):
        label = _pieces(row["label_zh"], text, sentence)
        amounts = [(column, _nearest(row[column], text, sentence, label[0], taken)) for column in columns]
        if not all(spans for _, spans in amounts):
            continue  # other rows have taken this sentence's; the item may say the same once more
        yield from claims(label, "label_zh")
        for column, spans in amounts:
            taken |= set(spans)
            yield from claims((_with_unit(span, unit, text) for span in spans), column)
        for column in ("baseline_year", "target_year"):
            yield from claims(_years(text, sentence, row[column]), column)
        return


def _of_milestone(row: Record, text: str) -> Iterator[Claim]:
    """Yield a milestone's label, and its date in the same sentence or, failing that, in the item."""
    claims = _claiming("milestones", row)
    for sentence in _holding([row["label_zh"]], row["locator"], text):
        label = _pieces(row["label_zh"], text, sentence)
        yield from claims(label, "label_zh")
        date = _nearest(row["printed_date"], text, sentence, label[0])
        if not date:  # the sentence may name the year alone, after one that gave the date in full
            yield from claims(_years(text, sentence, int(row["date"][:4])), "date")
            date = _nearest(row["printed_date"], text, _place(row["locator"], text), label[0])
        yield from claims(date, "printed_date")
        return


def _of_funding(row: Record, text: str, taken: set[Span]) -> Iterator[Claim]:
    """Yield a sum of money with its recipient, purpose and year, in one sentence of its item."""
    claims = _claiming("funding", row)
    columns = ("recipient_zh", "purpose_zh", "printed_amount")
    for sentence in _holding([row[column] for column in columns], row["locator"], text):
        yield from claims(_all(row["recipient_zh"], text, sentence), "recipient_zh")
        yield from claims(_all(row["purpose_zh"], text, sentence), "purpose_zh")
        # Equal sums of one sentence are told apart by their order alone, which the table keeps.
        amount = [span for span in _all(row["printed_amount"], text, sentence) if span not in taken][:1]
        taken |= set(amount)
        yield from claims(amount, "printed_amount")
        yield from claims(_years(text, sentence, row["year"]), "year")
        return


def _of_measure(row: Record, names: list[str], text: str) -> Iterator[Claim]:
    """Yield a measure's number at the head of its item, its title and the names of its responsible units."""
    claims, place = _claiming("measures", row), _place(row["number"], text)
    heading = HEADING.match(text, *place)
    yield from claims([heading.span()] if heading else [], "number")
    yield from claims(_all(row["title_zh"], text, place)[:1], "title_zh")
    for name in names:
        if NUMERAL.search(name):
            why = (f"responsibilities.csv, {row['measure_id']}, printed_name",)
            yield from (Claim(*span, "row", why) for span in _all(name, text, place))


# Where things stand in a text.


def _place(locator: str, text: str) -> Span:
    """Return where the item of a locator stands; nowhere, at the end of the text, where there is no such item."""
    part = verify.item(text, locator)
    start = text.index(part) if part else len(text)
    return start, start + len(part)


def _holding(cells: list[str], locator: str, text: str) -> Iterator[Span]:
    """Yield the sentences of an item that hold all these cells."""
    start, end = _place(locator, text)
    while start < end:
        stop = text.find("。", start, end) + 1 or end
        if all(re.compile(verify.pattern(cell)).search(text, start, stop) for cell in cells):
            yield start, stop
        start = stop


def _all(printed: str, text: str, place: Span) -> list[Span]:
    """Return where a printed text stands within a place."""
    return [match.span() for match in re.compile(verify.pattern(printed)).finditer(text, *place)]


def _pieces(label: str, text: str, sentence: Span) -> list[Span]:
    """Return where a label first stands, piece by piece: what … leaves out is not its own."""
    whole = _all(label, text, sentence)[0]
    return [_all(piece, text, whole)[0] for piece in label.split("…") if piece]


def _nearest(printed: str, text: str, place: Span, anchor: Span, taken: Iterable[Span] = ()) -> list[Span]:
    """Return the place of a printed text that is nearest to an anchor, those left out that another row has taken."""
    free = [span for span in _all(printed, text, place) if span not in set(taken)]
    return sorted(free, key=lambda span: max(span[0] - anchor[1], anchor[0] - span[1]))[:1]


def _with_unit(span: Span, unit: list[str], text: str) -> Span:
    """Return the place of an amount, drawn out over its unit where that follows: 8 before 万件 is 8万."""
    following = re.compile(rf"\s*{verify.pattern(unit[0])}").match(text, span[1]) if unit else None
    return (span[0], following.end()) if following else span


def _years(text: str, place: Span, year: float | None, *, bare: bool = False) -> list[Span]:
    """Return where a year stands before 年 or at the start of a range of years; `bare` takes it without, too."""
    if pd.isna(year):
        return []
    follows = "" if bare else rf"(?=\s*年|{TO}{YEAR}\s*年)"
    found = re.compile(rf"(?<!\d){YEAR}(?!\d){follows}").finditer(text, *place)
    return [match.span() for match in found if _arabic(match[0]) == int(year)]


def _arabic(year: str) -> int:
    """Return a year in digits of either kind as a number.

    >>> _arabic("二〇二五")
    2025
    """
    return int("".join(VALUES.get(digit, digit) for digit in year))
