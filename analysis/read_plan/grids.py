"""Indicator tables in a plan's text: cells between tabs or pipes, cells one a line, rows cut by a page's end."""

import re
from dataclasses import dataclass, field

from .lexicon import FIVE_YEARS
from .numerals import NUMBER, fold

YEAR = re.compile(r"(?:19|20)\d\d")
# What a column holds, by the words of its head; the first that fits.
ROLES = (
    ("ignored", r"责任|牵头|部门|来源|序列"),
    ("ordinal", r"序号|编号|^号$|^No\.?$"),
    ("attribute", r"属性|指标性质|指标类型|^性质$"),
    ("remark", r"备注|说明|口径"),
    ("growth", r"年均增[长速幅]|平均增|累计增长|增长率|增速|增幅|年均$|年均[／/〔\[(]"),
    ("unit", r"单位"),
    ("target", r"目标|预期值|规划值|指标值|预期$|到20\d\d"),
    ("baseline", r"基期|基数|基准|基础值|现状|实际|完成|初值|现值"),
    ("category", r"类别|分类|领域|维度|方面|一级指标|^类型$|^指标类$"),
    ("label", r"指标|项目|名称|内容|任务"),
)
ATTRIBUTE = re.compile(r"(预期|约束)性?")
EMPTY = re.compile(r"[-—–－/／\s]*|无|空")
VALUE = re.compile(
    rf"[〔\[(]?(?:≥|≤|>|<|不少于|不低于|不高于|不超过|超过|突破|约|达到?)?{NUMBER}"
    rf"(?:[件家个人项次%％元分倍]|个百分点)?(?:[-—–－~～至]+{NUMBER}[%％]?)?(?:%|％)?(?:以上|以内|以下|左右)?(?:\(.*\))?[〕\])]?"
)
# A target that is put in words stands in a column of values: 明显提高, 达到全国平均水平.
WORDED = re.compile(r".{0,12}(提高|提升|增长|改善|下降|降低|水平|前列|领先|优秀|优化|完善|突破|翻.番|增加)$")
PAGE = re.compile(r"[-—–\s]*\d{0,3}[-—–\s]*")  # a blank line, or the number of a page
LONGEST_CELL = 60
MOST_LINES = 400  # of one table; without an end, reading would take the square of a text of heads
LONGEST_HEAD = 10
ENOUGH = 2  # rows; fewer make no table


@dataclass(frozen=True)
class Column:
    """A column of an indicator table: what it holds, its head, and the year in it."""

    role: str
    head: str
    year: int | None = None


@dataclass(frozen=True)
class GridRow:
    """A row of an indicator table, its cells by column."""

    number: int
    cells: tuple[tuple[Column, str], ...]
    caption: str

    def cell(self, role: str) -> str:
        """Return the first cell of a role, empty where there is none."""
        return next((text for column, text in self.cells if column.role == role and text), "")

    @property
    def printed(self) -> str:
        """Return the row as it stands, cells between bars."""
        return " | ".join(text for _, text in self.cells)


@dataclass
class Found:
    """The rows of all indicator tables of a text, and the lines that belong to none."""

    rows: list[GridRow] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


def find(text: str) -> Found:
    """Return the indicator tables of a text and its other lines, in order."""
    found, lines, place = Found(), text.splitlines(), 0
    while place < len(lines):
        end, rows = _at(lines, place, found)
        if len(rows) >= ENOUGH:
            found.rows.extend(rows)
            found.lines.append("")  # a table ends the paragraph before it
            place = end
        else:
            found.lines.append(lines[place])
            place += 1
    return found


def _at(lines: list[str], place: int, found: Found) -> tuple[int, list[GridRow]]:
    """Return the end and the rows of a table that begins at a line, no row where none begins there."""
    caption = next((line.strip(" *#\t") for line in reversed(found.lines) if line.strip()), "")
    first = len(found.rows) + 1
    separator = _separator(lines[place])
    if separator:
        return _delimited(lines, place, separator, caption, first)
    if _opens_stream(lines, place):
        return _stream(lines, place, caption, first)
    return place, []


def split(line: str, separator: str) -> list[str]:
    """Return the cells of a line."""
    cells = line.strip().strip("|").split("|") if separator == "|" else re.split(separator, line.strip("\r\n "))
    return [re.sub(r"^\*+|\*+$", "", cell.strip(" \u3000")).strip() for cell in cells]


def _separator(line: str) -> str | None:
    for separator, count in (("\t", 2), ("|", 2)):
        if line.count(separator) >= count:
            return separator
    return None


# --- cells between tabs or pipes ----------------------------------------------------------------------------------


def _delimited(lines: list[str], place: int, separator: str, caption: str, first: int) -> tuple[int, list[GridRow]]:
    """Return a table whose cells stand between separators, its rows put together where a page's end cuts them."""
    columns = columns_of(split(lines[place], separator))
    if not _indicators(columns):
        return place, []
    rows: list[list[str]] = []
    end = place + 1
    while end < min(len(lines), place + MOST_LINES):
        line = lines[end]
        cells = split(line, separator)
        if not line.strip() or (re.fullmatch(r"[\s|:\-—–\d]*", line) and separator not in line.strip("|")):
            end += 1  # blank, or a page's number
        elif re.fullmatch(r"[\s|:\-]+", line) or columns_of(cells) == columns:
            end += 1  # the line under a head, or the head once more on the next page
        elif separator in line or (rows and len(rows[-1]) < len(columns)) or _goes_on(lines, end, separator, columns):
            _lay(rows, cells, columns)
            end += 1
        else:
            break
    return end, _rows(rows, columns, caption, first)


def _goes_on(lines: list[str], place: int, separator: str, columns: list[Column]) -> bool:
    """Say whether a line without a separator is the beginning of a label that the next line of the table ends."""
    following = next((line for line in lines[place + 1 : place + 6] if not PAGE.fullmatch(line)), "")
    text = lines[place].strip()
    return separator in following and len(text) < LONGEST_CELL and not re.search(r"[。；：]", text) and len(columns) > 1


def _lay(rows: list[list[str]], cells: list[str], columns: list[Column]) -> None:
    """Add the cells of a line to the rows: as a new row, or as the rest of one that a page's end has cut."""
    last = rows[-1] if rows else []
    if not last or len(last) >= len(columns) - _optional(columns, last):
        rows.append(cells)
    elif len(last) + len(cells) - 1 <= len(columns):  # the cut runs through a cell
        rows[-1] = [*last[:-1], last[-1] + cells[0], *cells[1:]]
    else:
        rows.append(cells)


def _optional(columns: list[Column], row: list[str]) -> int:
    """Return how many cells a row may lack: a category that is merged over rows, or a last empty cell."""
    lacking = len(columns) - len(row)
    return lacking if any(_is_value(cell) for cell in row[1:]) else 0


def _rows(rows: list[list[str]], columns: list[Column], caption: str, first: int) -> list[GridRow]:
    """Return rows by column; a category that is printed once for several rows may be lacking in the others."""
    found: list[GridRow] = []
    for cells in rows:
        named = columns
        if len(cells) < len(columns) and columns[0].role == "category":
            named = columns[1:]
        pairs = tuple(zip(named, [*cells, *[""] * len(named)][: len(named)], strict=True))
        row = GridRow(first + len(found), pairs, caption)
        if row.cell("label") and any(_is_value(text) for column, text in pairs if column.role in VALUES):
            found.append(row)
    return found


VALUES = {"target", "baseline", "growth"}


# --- heads ------------------------------------------------------------------------------------------------------


def columns_of(heads: list[str]) -> list[Column]:
    """Return the columns that a head names; of two or more years without a word the first is the baseline's.

    >>> [(column.role, column.year) for column in columns_of(["指标", "单位", "2020年", "2025年", "属性"])]
    [('label', None), ('unit', None), ('baseline', 2020), ('target', 2025), ('attribute', None)]
    """
    columns = [_column(head) for head in heads]
    years = [column.year for column in columns if column.role == "year"]
    fixed = any(column.role == "baseline" for column in columns)
    for place, column in enumerate(columns):
        if column.role == "year":
            earliest = len(years) > 1 and column.year == min(year for year in years if year)
            role = "baseline" if earliest and not fixed else "target"
            columns[place] = Column(role, column.head, column.year)
    return columns


def _column(head: str) -> Column:
    """Return the column of one head."""
    text = re.sub(r"\s", "", fold(head))
    match = YEAR.search(text)
    year = int(match.group()) if match else _plan_end(text)
    for role, pattern in ROLES:
        if re.search(pattern, text) and not (role == "label" and year):
            return Column(role, head, year)
    return Column("year" if year else "other", head, year)


def _plan_end(text: str) -> int | None:
    """Return the last year of the five-year plan that a head names."""
    return next((year for name, year in FIVE_YEARS.items() if name in text), None)


def _indicators(columns: list[Column]) -> bool:
    """Say whether columns are those of an indicator table: a name and at least one column of values."""
    roles = [column.role for column in columns]
    return "label" in roles and bool({"target", "baseline"} & set(roles))


# --- cells one a line, or between blanks ----------------------------------------------------------------------------


def _opens_stream(lines: list[str], place: int) -> bool:
    """Say whether the head of a table with one cell a line, or with blanks between cells, begins at a line."""
    text = lines[place].strip(" *#\u3000")
    if not text or len(text) > LONGEST_CELL or re.search(r"[。；，：]", text):
        return False
    cells = text.split()
    if any(len(cell) > LONGEST_HEAD for cell in cells):
        return False
    roles = {_column(cell).role for cell in cells}
    return "other" not in roles and bool(roles & {"ordinal", "label", "category"})


def _stream(lines: list[str], place: int, caption: str, first: int) -> tuple[int, list[GridRow]]:
    """Return a table whose cells follow each other line by line, or between blanks on a line."""
    cells, ends = _cells(lines, place)
    heads, rest = _heads(cells)
    columns = columns_of(heads)
    if not _indicators(columns):
        return place, []
    body = cells[rest:]
    whole = _whole(body, columns)
    rows, used = (whole, len(body)) if whole else _by_grammar(body, columns)
    end = ends[rest + used - 1] + 1 if used else place
    return end, _rows(rows, columns, caption, first)


def _cells(lines: list[str], place: int) -> tuple[list[str], list[int]]:
    """Return the cells from a line on, as far as lines look like cells, and the line of each."""
    cells: list[str] = []
    ends: list[int] = []
    for number in range(place, min(len(lines), place + MOST_LINES)):
        text = lines[number].strip(" *\r\t\u3000")
        if not text or re.fullmatch(r"[-—–]\s*\d+\s*[-—–]", text):
            continue
        if _separator(lines[number]):
            break
        if len(text) > LONGEST_CELL or re.search(
            r"[。；;：]|^#|^[一二三四五六七八九十]+、|^注|^[(（][一二三四五六七八九十]+[)）]", text
        ):
            break
        parts = [part for part in re.split(r"[\s\u3000]+", text) if part]
        cells.extend(parts)
        ends.extend([number] * len(parts))
    return cells, ends


def _heads(cells: list[str]) -> tuple[list[str], int]:
    """Return the heads at the front of some cells, a year put together with the word below it, and their number."""
    heads: list[str] = []
    place = 0
    while place < len(cells) and _is_head(cells[place], heads):
        column = _column(cells[place])
        bare = column.role in {"target", "baseline"} and column.year is None
        if bare and heads and _column(heads[-1]).role == "year":
            heads[-1] += cells[place]
        else:
            heads.append(cells[place])
        place += 1
    return heads, place


def _is_head(cell: str, before: list[str]) -> bool:
    """Say whether a cell may belong to the head; a role other than that of values stands there once."""
    role = _column(cell).role
    if role == "other" or len(cell) > 12:
        return False
    if role == "year" and not re.fullmatch(r"(?:19|20)\d\d年?|[“\"]?十[一二三四五六]五[”\"]?.{0,3}", cell):
        return False
    return role in VALUES | {"year", "ignored"} or role not in {_column(head).role for head in before}


def _whole(cells: list[str], columns: list[Column]) -> list[list[str]] | None:
    """Return the rows of a table that has every one of its cells, None where one is lacking."""
    width = len(columns)
    rows = [cells[start : start + width] for start in range(0, len(cells), width)]
    complete = len(cells) % width == 0 and all(
        _fits(cell, column) for row in rows for cell, column in zip(row, columns, strict=True)
    )
    return rows if complete and rows else None


def _fits(cell: str, column: Column) -> bool:
    """Say whether a cell may stand in a column."""
    if column.role in VALUES:
        return _is_value(cell)
    if column.role == "attribute":
        return bool(ATTRIBUTE.match(cell))
    if column.role == "ordinal":
        return cell.isdigit()
    return not VALUE.fullmatch(fold(cell))


def _is_value(cell: str) -> bool:
    text = fold(re.sub(r"\s", "", cell))
    return bool(VALUE.fullmatch(text) or WORDED.fullmatch(text)) if text else False


def _by_grammar(cells: list[str], columns: list[Column]) -> tuple[list[list[str]], int]:
    """Return the rows of a table that has lost cells, and how many cells they took.

    A row is a name of one cell or more, then a unit if any, then numbers, then what the columns at the end hold.
    """
    rows: list[list[str]] = []
    place = 0
    while place < len(cells):
        row, place_after = _row(cells, place, columns)
        if row is None:
            break
        rows.append(row)
        place = place_after
    return rows, place


def _row(cells: list[str], place: int, columns: list[Column]) -> tuple[list[str] | None, int]:
    """Return the next row by column and where it ends, None where no row follows."""
    roles = [column.role for column in columns]
    found: dict[int, str] = {}
    if "ordinal" in roles and place < len(cells) and cells[place].isdigit():
        found[roles.index("ordinal")] = cells[place]
        place += 1
    names, place = _names(cells, place)
    if not names or place >= len(cells):
        return None, place
    if len(names) > 1 and "unit" in roles and _is_unit(names[-1]):
        found[roles.index("unit")] = names.pop()
    if len(names) > 1 and "category" in roles and len(names[0]) <= 8:
        found[roles.index("category")] = names.pop(0)
    found[roles.index("label")] = "".join(names)
    for column in [number for number, role in enumerate(roles) if role in VALUES]:
        if place < len(cells) and (_is_value(cells[place]) or EMPTY.fullmatch(cells[place])):
            found[column] = cells[place]
            place += 1
    place = _tail(cells, place, roles, found)
    return [found.get(number, "") for number in range(len(columns))], place


def _names(cells: list[str], place: int) -> tuple[list[str], int]:
    """Return the cells before the next value; a name that is cut into many is none."""
    names: list[str] = []
    while (
        place < len(cells)
        and not VALUE.fullmatch(fold(cells[place]))
        and not (names and WORDED.fullmatch(cells[place]))
    ):
        names.append(cells[place])
        place += 1
    return names, place


def _tail(cells: list[str], place: int, roles: list[str], found: dict[int, str]) -> int:
    """Lay attribute and remark of a row where they follow its numbers, and return the place after them."""
    if "attribute" in roles and place < len(cells) and ATTRIBUTE.fullmatch(cells[place]):
        found[roles.index("attribute")] = cells[place]
        place += 1
    if "remark" in roles and place < len(cells) and re.fullmatch(r"[^\d]{1,6}(?:值|数|性|均|计)", cells[place]):
        found[roles.index("remark")] = cells[place]
        place += 1
    return place


def _is_unit(cell: str) -> bool:
    """Say whether a cell may be a unit: short, and none of the endings that names of indicators have."""
    return len(cell) <= 6 and not re.search(r"[量率值度数额业]$", cell) and not re.search(r"[()（）]", cell)
