"""Corrupt the curated tables in the ways of curators, spreadsheets and disks, and judge what the loader makes of it.

    python -m tests.faults.corrupt --count 1200 --seed 1

prints a line for every kind of corruption and ends with 1 if any of them was neither refused nor harmless.
"""

import argparse
import csv
import io
import random
import re
import shutil
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import tables
from analysis.tables import folders

REFUSED, HARMLESS, FAULT = "refused", "harmless", "FAULT"
RESOURCES = {resource["name"]: resource for resource in tables.schema()["resources"]}


@dataclass(frozen=True)
class Mutation:
    """One corruption: its kind, what was done in words, the new content, and how precisely it must be refused."""

    kind: str
    table: str
    what: str
    content: bytes | None
    has_row: bool = True
    has_column: bool = False

    def __str__(self) -> str:
        return f"{self.kind}: {self.table}.csv: {self.what}"


@dataclass(frozen=True)
class Table:
    """A curated table as its rows of cells, the header first."""

    name: str
    rows: list[list[str]]

    @classmethod
    def read(cls, name: str) -> "Table":
        """Return a curated table."""
        return cls(name, _cells((tables.CURATED / f"{name}.csv").read_bytes()))

    @property
    def header(self) -> list[str]:
        """Return the names of the columns."""
        return self.rows[0]

    def written(self, rows: list[list[str]]) -> bytes:
        """Return other rows as a CSV file."""
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(rows)
        return text.getvalue().encode()

    def with_cell(self, row: int, column: int, value: str) -> bytes:
        """Return the file with another value in one cell."""
        changed = [*self.rows[row][:column], value, *self.rows[row][column + 1 :]]
        return self.written([*self.rows[:row], changed, *self.rows[row + 1 :]])


def _cells(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(), newline=""), strict=True))


# What is written into a cell of each type

# Those that are written without white space stand in one text, apart from those that hold some.
WORDS = {
    "number": """many nan NaN inf -inf INF Infinity 1e999 -1e999 1e3 1E+05 1e-400 1_000 1,000 1.000,5 10,5
        １５ １.５ ٣ ² ½ ② 12% 12％ -0 -0.0 -5 +5 .5 5. 007 0x10 1/2 −5 – 十 5件 ¥5 TRUE None null NA N/A
        #N/A #REF! 1.2.3 -1.5 5.25 1'000 99999999999999999999 0.12345678901234567890123
        340282366920938463463374607431768211457""",
    "integer": """2025.0 2025.5 ２０２５ 2,025 nan inf 1e3 2e3 -1 0 -0 +2025 02025 2_025 0x7e9 20250 MMXXV
        二〇二五 2025年 ² 99999999999999999999""",
    "boolean": "yes no 1 0 1.0 TRUE True FALSE tRue t f 是 否 ｔｒｕｅ nan None",
    "date": """2022-13-01 2022-02-30 20221021 2022/10/21 21.10.2022 2022-10-21T00:00 2022-10-21Z
        ２０２２-10-21 2022-1-2 2022-W42-5 0000-01-01 99999-01-01 2022年10月21日 44855 2022""",
    "text": """NA nan null None #N/A \" , ' ， \ue000 te\u200bxt te\0xt te\axt te\x1bxt te\ufeffxt te\u202ext
        e\u0301""",
    "patterned": """table:1x xtable:1 table:１ table:0 三(四)15 三（四） 2022-13 2022-00 ２０２２ 2022-1 2022-12- 20222
        0000 12 x 三 2022.13.1 2026.１1.22""",
    "id": "nobody NA null ../../etc/passwd /etc/passwd a_b -a a- a--b a;b $(a)",
}
SPACED = {
    "number": ["", " 5", "5 ", "1 000", "5\n", "\t5", "5\u200b", "5\u00a0", "9" * 400, "0." + "3" * 60, "1" * 5000],
    "integer": ["", " 2025", "2025 ", "20 25", "2025\n", "2025\u200b", "9" * 5000],
    "boolean": ["", "true ", " false", "true\n"],
    "date": ["", " 2022-10-21", "2022-10-21\n"],
    "text": ["", " ", "\u3000", "text ", " text", "te\nxt", "te\u2028xt", '""'],
    "patterned": ["g" * 64, "A" * 64, "2022-12\n", "table:1\n", "2022-12 "],
    "id": ["", "a b", "x" * 10_000],
}
VALUES = {kind: [*words.split(), *SPACED[kind]] for kind, words in WORDS.items()}
# Refused with their row only, before any column is known: no table in UTF-8 holds them.
UNNAMED = {"\0", "\ufeff"}
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x.example","y")', "=cmd|' /C calc'!A0", "\t=1+1"]


def _cell(kind: str, wanted: Callable[[dict[str, Any]], bool], value: Callable[[random.Random, str], str]) -> Callable:
    """Return a generator that writes a value into a cell of some column of those that are wanted."""

    def mutate(dice: random.Random) -> Mutation:
        places = [
            (name, place)
            for name, resource in RESOURCES.items()
            for place, field in enumerate(resource["schema"]["fields"])
            if wanted(field)
        ]
        name, column = dice.choice(places)
        table = Table.read(name)
        row = dice.randrange(1, len(table.rows))
        new = value(dice, table.rows[row][column])
        what = f"row {row + 1}, column {table.header[column]}: {_short(table.rows[row][column])} becomes {_short(new)}"
        return Mutation(kind, name, what, table.with_cell(row, column, new), has_column=not UNNAMED & {*new})

    return mutate


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:40]}… ({len(text)} characters)")


def _typed(kind: str) -> Callable:
    return _cell(f"{kind} cell", lambda field: field["type"] == kind, lambda dice, _: dice.choice(VALUES[kind]))


def _constrained(field: dict[str, Any], name: str) -> bool:
    return name in field.get("constraints", {})


def _is_id(field: dict[str, Any]) -> bool:
    return field["name"].endswith("_id") or field["name"] == "restates"


def _spoilt_id(dice: random.Random, old: str) -> str:
    """Return an id that is none, or one that looks like the old one."""
    at = dice.randint(0, len(old))
    wide = "".join(chr(ord(char) + 0xFEE0) if char.isalnum() else char for char in old)
    alike = [old.upper(), old.title(), wide, old.replace("a", "\u0430")]
    alike += [f" {old}", f"{old} ", f"{old}\n", f"{old}\u00a0"]
    alike += [f"{old[:at]}{char}{old[at:]}" for char in ("\u200b", "\u0301", "\ufeff", "\u00ad", " ", "\0", "_")]
    return dice.choice([*VALUES["id"], *alike])


def _spoilt_word(dice: random.Random, old: str) -> str:
    alike = [old.upper() or "X", old[:-1], f"{old} ", f" {old}", f"{old}\n", f"{old}\u200b"]
    return dice.choice([*alike, "unknown", "", "nan", "1.0"])


def _formula(dice: random.Random, old: str) -> str:
    return dice.choice([*FORMULAS, f"={old}"])


def _long(dice: random.Random, _: str) -> str:
    return dice.choice("x1知 ") * dice.choice([32_768, 131_073, 1_000_000])


# What is done to whole tables


Change = Callable[[random.Random, bytes], tuple[str, bytes | None]]


def _bytes(kind: str, change: Change, *, has_row: bool) -> Callable:
    """Return a generator that changes the bytes of a file."""

    def mutate(dice: random.Random) -> Mutation:
        name = dice.choice(list(RESOURCES))
        what, content = change(dice, (tables.CURATED / f"{name}.csv").read_bytes())
        return Mutation(kind, name, what, content, has_row)

    return mutate


def _encoding(dice: random.Random, content: bytes) -> tuple[str, bytes]:
    name = dice.choice(["utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gbk", "big5", "latin-1"])
    return f"saved as {name}", content.decode().encode(name, errors="replace")


def _line_ends(dice: random.Random, content: bytes) -> tuple[str, bytes]:
    lines = content.split(b"\n")
    at = dice.randrange(1, len(lines) - 1)
    one = b"\n".join(lines[:at]) + b"\r" + b"\n".join(lines[at:])
    mixed = b"\n".join(lines[:at]) + b"\r\n" + b"\n".join(lines[at:])
    ends = {"one CR": one, "one CR LF": mixed, "no last line end": content[:-1]}
    ends |= {"CR LF": content.replace(b"\n", b"\r\n"), "CR": content.replace(b"\n", b"\r")}
    ends |= {"blank lines at the end": content + b"\n\n", "a blank line first": b"\n" + content}
    name = dice.choice(list(ends))
    return f"line ends: {name}, line {at}", ends[name]


def _invalid(dice: random.Random, content: bytes) -> tuple[str, bytes]:
    at = dice.randrange(len(content))
    bad = dice.choice([b"\0", b"\xff", b"\xfe", b"\xc0\x80", b"\xed\xa0\x80", b"\x80", b"\xf5"])
    return f"{bad!r} put in at byte {at}", content[:at] + bad + content[at:]


def _quotes(dice: random.Random, content: bytes) -> tuple[str, bytes]:
    at, mark = dice.randrange(len(content)), dice.choice([b'"', b'""', b'"""', b"'", b'\\"'])
    return f"{mark!r} put in at byte {at}", content[:at] + mark + content[at:]


def _last_quote(_: random.Random, content: bytes) -> tuple[str, bytes]:
    start = max(content.rfind(b","), content.rfind(b"\n", 0, -1)) + 1
    return "a quote opened in the last cell and not closed", content[:start] + b'"' + content[start:]


def _truncated(dice: random.Random, content: bytes) -> tuple[str, bytes]:
    at = dice.randrange(1, len(content))
    return f"cut after byte {at} of {len(content)}", content[:at]


def _flipped(dice: random.Random, content: bytes) -> tuple[str, bytes]:
    at, bit = dice.randrange(len(content)), dice.randrange(8)
    return f"bit {bit} of byte {at} flipped", content[:at] + bytes([content[at] ^ 1 << bit]) + content[at + 1 :]


def _zeroed(dice: random.Random, content: bytes) -> tuple[str, bytes]:
    at = dice.randrange(len(content))
    size = min(dice.choice([1, 16, 512, 4096]), len(content) - at)
    return f"{size} bytes zero from byte {at}", content[:at] + bytes(size) + content[at + size :]


def _delimiter(dice: random.Random, content: bytes) -> tuple[str, bytes]:
    mark = dice.choice([b";", b"\t", b"|", "，".encode(), b", ", b",,"])
    return f"every comma becomes {mark.decode()!r}", content.replace(b",", mark)


def _gone(dice: random.Random, content: bytes) -> tuple[str, bytes | None]:
    header = content[: content.index(b"\n") + 1]
    ways = {"missing": None, "empty": b"", "white space": b" \n \n", "no header": content[len(header) :]}
    ways |= {"header twice": header + content, "commas": b"," * 20 + b"\n"}
    name = dice.choice(list(ways))
    return name, ways[name]


def _header_only(dice: random.Random, content: bytes) -> tuple[str, bytes]:
    return "header only", content[: content.index(b"\n") + dice.choice([0, 1])]


def _columns(dice: random.Random) -> Mutation:
    """Swap, drop, double, rename or add a column."""
    table = Table.read(dice.choice(list(RESOURCES)))
    one, two = dice.sample(range(len(table.header)), 2)
    rows = [list(row) for row in table.rows]
    changes: dict[str, Callable[[list[str], int], object]] = {
        "swapped": lambda row, _: row.__setitem__(slice(None), [*_swapped(row, one, two)]),
        "labels swapped": lambda row, at: at or row.__setitem__(slice(None), [*_swapped(row, one, two)]),
        "dropped": lambda row, _: row.pop(one),
        "doubled": lambda row, _: row.insert(two, row[one]),
        "renamed": lambda row, at: at or row.__setitem__(one, "other"),
        "extra": lambda row, at: row.append("x" if at else "extra"),
        "case": lambda row, at: at or row.__setitem__(one, row[one].upper()),
        "nameless": lambda row, at: at or row.__setitem__(one, ""),
        "label in zero width": lambda row, at: at or row.__setitem__(one, f"{row[one]}\u200b"),
    }
    way = dice.choice(list(changes))
    for at, row in enumerate(rows):
        changes[way](row, at)
    return Mutation("columns", table.name, f"{way}: {table.header[one]}, {table.header[two]}", table.written(rows))


def _swapped(row: list[str], one: int, two: int) -> Iterator[str]:
    for place, cell in enumerate(row):
        yield row[two] if place == one else row[one] if place == two else cell


def _rows(dice: random.Random) -> Mutation:
    """Drop, double, shorten, lengthen, blank, shuffle or swap rows."""
    table = Table.read(dice.choice(list(RESOURCES)))
    at, other = dice.randrange(1, len(table.rows)), dice.randrange(1, len(table.rows))
    rows, row = list(table.rows), table.rows[at]
    ways = {
        "dropped": [*rows[:at], *rows[at + 1 :]],
        "all but this dropped": [rows[0], row],
        "doubled": [*rows[: at + 1], row, *rows[at + 1 :]],
        "short": [*rows[:at], row[:-1], *rows[at + 1 :]],
        "long": [*rows[:at], [*row, "x"], *rows[at + 1 :]],
        "longer by an empty cell": [*rows[:at], [*row, ""], *rows[at + 1 :]],
        "blank": [*rows[:at], [], *rows[at:]],
        "empty cells": [*rows[:at], [""] * len(row), *rows[at:]],
        "shuffled": [rows[0], *dice.sample(rows[1:], len(rows) - 1)],
        "header again": [*rows[:at], rows[0], *rows[at:]],
        "two in one": [*rows[:at], row + rows[other], *rows[at + 1 :]],
    }
    way = dice.choice(list(ways))
    return Mutation("rows", table.name, f"row {at + 1} {way}", table.written(ways[way]))


def _keys(dice: random.Random) -> Mutation:
    """Give a row the key of another, or swap the keys of two."""
    table = Table.read(dice.choice(list(RESOURCES)))
    keys = [place for place, name in enumerate(table.header) if _is_id({"name": name})]
    column, way = dice.choice(keys), dice.choice(["repeats", "swaps with"])
    one, two = dice.sample(range(1, len(table.rows)), 2)
    rows = [list(row) for row in table.rows]
    first, second = rows[one][column], rows[two][column]
    rows[one][column] = second
    if way == "swaps with":
        rows[two][column] = first
    what = f"row {one + 1}, column {table.header[column]}: {way} row {two + 1}"
    return Mutation("keys", table.name, what, table.written(rows))


YEARS = [
    ("targets", "baseline_year", "target_year"),
    ("documents", "period_start", "period_end"),
    ("documents", "base_year", "horizon"),
]


def _years(dice: random.Random) -> Mutation:
    """Put a later date of a row before the earlier one."""
    name, earlier, later = dice.choice(YEARS)
    table = Table.read(name)
    one, two = table.header.index(earlier), table.header.index(later)
    at = dice.choice([at for at, row in enumerate(table.rows) if at and row[one] and row[two]])
    rows = [list(row) for row in table.rows]
    rows[at][one], rows[at][two] = rows[at][two], rows[at][one]
    what = f"row {at + 1}: {earlier} and {later} exchanged"
    return Mutation("years", name, what, table.written(rows), has_column=True)


CELLS: dict[str, tuple[Callable, Callable]] = {
    "text cell": (lambda field: field["type"] == "string", lambda dice, _: dice.choice(VALUES["text"])),
    "patterned cell": (lambda field: _constrained(field, "pattern"), lambda dice, _: dice.choice(VALUES["patterned"])),
    "listed cell": (lambda field: _constrained(field, "enum"), _spoilt_word),
    "id": (_is_id, _spoilt_id),
    "formula": (lambda _: True, _formula),
    "long cell": (lambda _: True, _long),
}
FILES: dict[str, Change] = {
    "encoding": _encoding,
    "line ends": _line_ends,
    "invalid bytes": _invalid,
    "quotes": _quotes,
    "open quote": _last_quote,
    "truncated": _truncated,
    "flipped bit": _flipped,
    "zeroed bytes": _zeroed,
    "delimiter": _delimiter,
    "gone": _gone,
    "header only": _header_only,
}
KINDS: dict[str, Callable[[random.Random], Mutation]] = {
    **{f"{kind} cell": _typed(kind) for kind in ("number", "integer", "boolean", "date")},
    **{kind: _cell(kind, *how) for kind, how in CELLS.items()},
    "keys": _keys,
    "years": _years,
    "rows": _rows,
    "columns": _columns,
    **{kind: _bytes(kind, change, has_row=kind != "gone") for kind, change in FILES.items()},
}


def mutations(count: int, seed: int) -> Iterator[Mutation]:
    """Yield so many mutations, every kind in turn; one of them depends on nothing but the seed and its number."""
    kinds = list(KINDS)
    for number in range(count):
        yield KINDS[kinds[number % len(kinds)]](random.Random(f"{seed}/{number}"))  # noqa: S311  # repeatable by its seed


# What the loader makes of it


class Trials:
    """A copy of the curated tables in which one table at a time is corrupt."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(shutil.copytree(tables.CURATED, folder / "data"))
        self.originals = folders.read(tables.CURATED)

    def judge(self, mutation: Mutation) -> tuple[str, str]:
        """Return what came of a mutation, and why if it is a fault of the loader."""
        with self._corrupt(mutation):
            try:
                found = tables.validate(self.folder)
                if found:
                    return _judge_refusal(found, mutation)
                wrong = self._misread(mutation)
            except Exception:
                return FAULT, traceback.format_exc()
        return (FAULT, wrong) if wrong else (HARMLESS, "")

    @contextmanager
    def _corrupt(self, mutation: Mutation) -> Iterator[None]:
        path = self.folder / f"{mutation.table}.csv"
        if mutation.content is None:
            path.unlink()
        else:
            path.write_bytes(mutation.content)
        yield
        path.write_bytes((tables.CURATED / path.name).read_bytes())

    def _misread(self, mutation: Mutation) -> str:
        """Return where a loaded table is not what its file says, in which Python's own reader sees the cells."""
        loaded = folders.read(self.folder)
        for name in RESOURCES:
            frame = getattr(loaded, name)
            if name != mutation.table:
                if not frame.equals(getattr(self.originals, name)):
                    return f"{name} is loaded otherwise"
                continue
            wrong = _unlike(frame, _cells(mutation.content or b""))
            if wrong:
                return wrong
        return ""


def _judge_refusal(found: list[tables.Fault], mutation: Mutation) -> tuple[str, str]:
    """Return whether every fault says where it is and what to do."""
    for fault in found:
        known = fault.file.removesuffix(".csv") in RESOURCES
        if not (known and fault.problem.strip() and fault.remedy.strip()):
            return FAULT, f"no file, problem or remedy: {fault}"
        if len(str(fault)) > 2_000:
            return FAULT, f"no clear message: {len(str(fault))} characters"
        if mutation.has_row and fault.row is None:
            return FAULT, f"no row: {fault}"
    if mutation.has_column and not any(fault.column for fault in found):
        return FAULT, f"no column: {found[0]}"
    return REFUSED, ""


def _unlike(frame: pd.DataFrame, cells: list[list[str]]) -> str:
    """Return the first cell that is loaded as anything but its text; a column that the file lacks is empty."""
    header, *rows = cells
    if not {*header} <= {*frame.columns} or len(frame) != len(rows):
        return f"{len(frame)} rows of {list(frame.columns)} loaded, the file has {len(rows)} of {header}"
    for number, (row, values) in enumerate(zip(rows, frame.to_dict("records"), strict=True), 2):
        texts = dict(zip(header, row, strict=True))
        for name, value in values.items():
            if not _reads(texts.get(name, ""), value):
                return f"row {number}, column {name}: {_short(texts.get(name, ''))} is loaded as {value!r}"
    return ""


def _reads(text: str, value: object) -> bool:
    """Say whether a value is exactly what the text of a cell says."""
    if pd.isna(value):
        return text == ""
    value = value.item() if hasattr(value, "item") else value
    if isinstance(value, str):
        return text == value
    if isinstance(value, bool):
        return text.lower() == str(value).lower()
    plain = bool(re.fullmatch(r"-?\d+(\.\d+)?", text, re.ASCII)) and not re.fullmatch(r"-0(\.0*)?", text)
    return plain and Decimal(text) == Decimal(repr(value))


def main() -> int:
    """Try mutations, print what came of each kind, and return 1 if any was a fault of the loader."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.corrupt", description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=1200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    with tempfile.TemporaryDirectory(prefix="corrupt-") as folder:
        trials = Trials(Path(folder))
        for number, mutation in enumerate(mutations(options.count, options.seed)):
            verdict, why = trials.judge(mutation)
            counts[mutation.kind][verdict] += 1
            if verdict == FAULT:
                print(f"seed {options.seed}, number {number}: {mutation}\n  {why.strip()}", file=sys.stderr, flush=True)
    print(f"{'kind':16}{'tried':>7}{REFUSED:>9}{HARMLESS:>10}{'faults':>8}")
    for kind, count in [*counts.items(), ("all", sum(counts.values(), Counter()))]:
        print(f"{kind:16}{count.total():7}{count[REFUSED]:9}{count[HARMLESS]:10}{count[FAULT]:8}")
    return 1 if any(count[FAULT] for count in counts.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
