"""The outline of a table: which row lies under which, by whatever its author showed that with.

Looked for in this order: a column of levels, codes such as 1.2.3, Excel's row grouping, indented cells, leading blanks,
names in staggered columns, rows that only name what follows, bold rows.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from handover.exchange.reading.grid import Grid
from handover.exchange.tables.finding import Table
from handover.values.cells import Cell, as_text, is_nothing, normal, number_in

_DOTTED = re.compile(r"[A-Za-z]{0,6}-?\d{1,6}(?:[.\-_]\d{1,6}){0,11}\.?")
_PREFIX = re.compile(r"\s{0,20}(\d{1,4}(?:\.\d{1,4}){0,9})(?:\.?\s|[、.．)）]\s{0,20})(?=\D)")
_STYLES = (
    re.compile(r"第?[一二三四五六七八九十]{1,3}\s*(?:[、.．章节]|部分|阶段|$)"),
    re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]"),
    re.compile(r"(?:[IVX]{1,5}|[A-Z])\s*[.、)]"),
    re.compile(r"\d{1,3}\s*(?:[、．]|\.(?!\d)|$)"),
    re.compile(r"[（(]\d{1,3}[）)]|\d{1,3}[)）]"),
    re.compile(r"[①-⑳]|[a-z]\s*[.)]"),
)
_POINTED = re.compile(r"\d{1,3}(?:\.\d{1,3}){1,6}")
_LETTER = re.compile(r"[A-Z]|[IVX]{1,5}")
_MOST_LEVELS = 20
_LEAST_SPACES = 2


class Shown(enum.Enum):
    """What shows the outline."""

    LEVEL = "level"
    CODE = "code"
    GROUPING = "grouping"
    INDENT = "indent"
    SPACES = "spaces"
    COLUMNS = "columns"
    SECTIONS = "sections"
    BOLD = "bold"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class RowOutline:
    """Depth (0 at the top) and parent row of each row of a table, and what showed it."""

    shown_by: Shown
    depths: dict[int, int] = field(default_factory=dict)
    parents: dict[int, int | None] = field(default_factory=dict)
    #: The names of rows whose name stands in one of several staggered columns.
    names: dict[int, str] = field(default_factory=dict)


def find_outline(
    grid: Grid,
    table: Table,
    name_column: int,
    level_column: int | None = None,
    code_column: int | None = None,
    rows: Sequence[int] | None = None,
    taken: frozenset[int] = frozenset(),
    number_column: int | None = None,
) -> RowOutline:
    """Find out how the rows of a table lie under each other.

    Args:
        name_column: the column of the grid that holds the names.
        level_column: the column with levels 1, 2, 3, where there is one.
        code_column: the column with codes such as 1.2.3, where there is one.
        rows: the rows to take, all data rows of the table by default.
        taken: columns that hold something else than names.
        number_column: the column that numbers the rows, where there is one: 一 above 1, 2, 3.
    """
    rows = list(table.rows()) if rows is None else list(rows)
    if not rows:
        return RowOutline(Shown.NOTHING)
    tries: list[Callable[[], RowOutline | None]] = [
        lambda: _by_levels(grid, rows, level_column),
        lambda: _by_codes(grid, rows, code_column),
        lambda: _by_numbers(grid, rows, number_column),
        lambda: _by_grouping(grid, rows),
        lambda: _by_indent(grid, rows, name_column),
        lambda: _by_spaces(grid, rows, name_column),
        lambda: _by_columns(grid, table, rows, name_column, taken),
        lambda: _by_stairs(grid, table, rows, name_column, taken),
        lambda: _by_prefix(grid, rows, name_column),
        lambda: _by_sections(table, rows),
        lambda: _by_bold(grid, rows),
    ]
    for attempt in tries:
        if found := attempt():
            return found
    return RowOutline(Shown.NOTHING, dict.fromkeys(rows, 0), dict.fromkeys(rows, None))


def read_codes(cells: Sequence[Cell]) -> list[str]:
    """A column of outline codes as text, with what a spreadsheet did to them mended.

    A cell that was meant as 1.10 is stored as the number 1.1; after 1.9 it is read as 1.10 again.
    """
    codes: list[str] = []
    seen: set[str] = set()
    last: dict[str, str] = {}  # by the code above them, the last of its parts
    for cell in cells:
        code = normal(as_text(cell)).rstrip(".") if not is_nothing(cell) else ""
        # Texts were numbers once, too, where another program wrote the file: 1.1 again, after 1.9.
        if isinstance(cell, float) or code in seen:
            mended = _next_code(last.get(code.rpartition(".")[0], ""))
            if mended and mended.rstrip("0") == code:
                code = mended
        codes.append(code)
        if code:
            seen.add(code)
            last[code.rpartition(".")[0]] = code
    return codes


def _next_code(code: str) -> str | None:
    """``1.10`` after ``1.9``; None where the next isn't a multiple of ten."""
    head, dot, last = code.rpartition(".")
    if not dot or not head.isdecimal() or not last.isdecimal() or (int(last) + 1) % 10:
        return None
    return f"{head}.{int(last) + 1}"


def _nested(
    shown_by: Shown, depths: Iterable[tuple[int, int]], names: dict[int, str] | None = None
) -> RowOutline | None:
    """Rows with their raw depths as an outline without jumps; None where all are alike."""
    found: dict[int, int] = {}
    parents: dict[int, int | None] = {}
    open_rows: list[tuple[int, int]] = []
    raw = list(depths)
    if len({depth for _, depth in raw}) < 2:
        return None
    for row, depth in raw:
        while open_rows and open_rows[-1][1] >= depth:
            open_rows.pop()
        parents[row] = open_rows[-1][0] if open_rows else None
        found[row] = len(open_rows)
        open_rows.append((row, depth))
    if not any(found.values()):
        return None
    return RowOutline(shown_by, found, parents, names or {})


def _by_levels(grid: Grid, rows: list[int], column: int | None) -> RowOutline | None:
    if column is None:
        return None
    levels: list[tuple[int, int]] = []
    before = 0
    for row in rows:
        cell = grid.rows[row][column]
        number = float(cell) if isinstance(cell, (int, float)) else number_in(re.sub(r"[^\d.]", "", as_text(cell)))
        before = int(number) if number is not None and 0 <= number <= _MOST_LEVELS else before
        levels.append((row, before))
    return _nested(Shown.LEVEL, levels)


def _by_codes(grid: Grid, rows: list[int], column: int | None) -> RowOutline | None:
    if column is None:
        return None
    codes = read_codes([grid.rows[r][column] for r in rows])
    filled = [c for c in codes if c]
    if len(filled) < max(2, 0.5 * len(rows)):
        return None
    if sum(bool(_DOTTED.fullmatch(c)) for c in filled) >= 0.9 * len(filled):
        return _by_dotted(rows, codes)
    return _by_styles(rows, codes)


def _by_dotted(rows: list[int], codes: list[str]) -> RowOutline | None:
    """Parents by the longest code that begins this one; rows without a code lie under the row before them."""
    if not any(re.search(r"\d[.\-_]\d", c) for c in codes):
        return None
    place: dict[str, int] = {}
    depths: dict[int, int] = {}
    parents: dict[int, int | None] = {}
    for row, code in zip(rows, codes, strict=True):
        if code:
            place.setdefault(code, row)
    last: int | None = None
    for row, code in zip(rows, codes, strict=True):
        if code:
            place[code] = row  # of rows with the same code, as where numbers start over, the one above counts
        parent = _longest_start(code, place) if code else last
        parents[row] = parent if parent != row else None
        if code:
            last = row
    if not any(p is not None for p in parents.values()):
        return None
    for row in rows:
        depths[row] = _depth_of(row, parents)
    return RowOutline(Shown.CODE, depths, parents)


def _longest_start(code: str, place: dict[str, int]) -> int | None:
    while match := re.search(r"[.\-_]\d+$", code):
        code = code[: match.start()]
        if code in place:
            return place[code]
    return place.get(f"{code}.0") if f"{code}.0" in place else None


def _depth_of(row: int, parents: dict[int, int | None]) -> int:
    depth, above = 0, parents.get(row)
    while above is not None and depth < _MOST_LEVELS:
        depth, above = depth + 1, parents.get(above)
    return depth


def _by_numbers(grid: Grid, rows: list[int], column: int | None) -> RowOutline | None:
    """A column of numbers that shows levels by their style: 一, 1, 2, 二, 1, 2."""
    if column is None:
        return None
    codes = [normal(as_text(cell)) if not is_nothing(cell := grid.rows[r][column]) else "" for r in rows]
    styles = {_style(code) for code in codes if code}
    return _by_styles(rows, codes) if None not in styles and styles & {0, 1, 2} else None


def _style(code: str) -> int | None:
    """Which style of numbering a code has; each more point of 1.1, 1.1.1 is a style of its own."""
    if dotted := _POINTED.fullmatch(code):
        return len(_STYLES) + dotted[0].count(".")
    if _LETTER.fullmatch(code):
        return 2
    return next((n for n, style in enumerate(_STYLES) if style.match(code)), None)


def _by_styles(rows: list[int], codes: list[str]) -> RowOutline | None:
    """Numbering such as 一、 (一) 1. (1): the style that comes first is the highest."""
    styles = [_style(c) if c else None for c in codes]
    used = [s for s in styles if s is not None]
    if len(used) < max(2, 0.5 * len(rows)):
        return None
    order = list(dict.fromkeys(used))
    return _nested(
        Shown.CODE,
        [(row, len(order) if s is None else order.index(s)) for row, s in zip(rows, styles, strict=True)],
    )


def _by_prefix(grid: Grid, rows: list[int], column: int) -> RowOutline | None:
    """Codes at the beginning of the names: ``1.2 Pump tests``, ``一、设计``."""
    texts = [normal(as_text(grid.rows[r][column])) for r in rows]
    codes = [m[1] if (m := _PREFIX.match(t)) else "" for t in texts]
    if sum(map(bool, codes)) >= 0.8 * len(rows) and (found := _by_dotted(rows, codes)):
        return found
    return _by_styles(rows, texts)


def _by_grouping(grid: Grid, rows: list[int]) -> RowOutline | None:
    levels = [(r, grid.outline_levels.get(r, 0)) for r in rows]
    used = {level for _, level in levels}
    if len(used) < 2:
        return None
    if levels[0][1] > levels[-1][1] and levels[0][1] == max(used):  # sums stand below what they sum up
        found = _nested(Shown.GROUPING, reversed(levels))
        return found and RowOutline(found.shown_by, dict(reversed(found.depths.items())), found.parents)
    return _nested(Shown.GROUPING, levels)


def _by_indent(grid: Grid, rows: list[int], column: int) -> RowOutline | None:
    indents = [(r, grid.indents.get(r, {}).get(column, 0)) for r in rows]
    deeper = sum(depth > 0 for _, depth in indents)
    if deeper == 1 < 0.1 * len(rows):
        return None  # one among many is a slip of the hand
    return _nested(Shown.INDENT, indents)


def _by_spaces(grid: Grid, rows: list[int], column: int) -> RowOutline | None:
    widths = []
    for row in rows:
        text = as_raw(grid.rows[row][column])
        lead = text[: len(text) - len(text.lstrip(" \t\u3000\xa0·•-–>└├│─"))]
        widths.append((row, sum(4 if ch == "\t" else 2 if ch == "\u3000" else 1 for ch in lead)))
    indented = sum(width > 0 for _, width in widths)
    if indented < max(2, 0.15 * len(rows)) or len({w for _, w in widths}) < 2:
        return None
    if max(w for _, w in widths) < _LEAST_SPACES:
        return None  # a single blank in front of some is a slip of the hand
    return _nested(Shown.SPACES, widths)


def as_raw(cell: Cell) -> str:
    """The text of a cell with the blanks in front of it."""
    return cell if isinstance(cell, str) else as_text(cell)


def _by_columns(grid: Grid, table: Table, rows: list[int], column: int, taken: frozenset[int]) -> RowOutline | None:
    """Names that stand further right the deeper they lie, under one heading that spans the columns."""
    start = next((n for n, h in enumerate(table.headings) if h.column == column), None)
    if start is None:
        return None
    own = table.headings[start].text
    columns = [column]
    for heading in table.headings[start + 1 :]:
        if heading.column != columns[-1] + 1 or heading.column in taken or heading.timeline:
            break
        if heading.text not in ("", own):
            break
        columns.append(heading.column)
    for heading in reversed(table.headings[:start]):
        if heading.column != columns[0] - 1 or heading.column in taken or heading.timeline:
            break
        if heading.text not in ("", own):
            break
        columns.insert(0, heading.column)
    return _staggered(grid, rows, columns) if len(columns) > 1 else None


def _by_stairs(grid: Grid, table: Table, rows: list[int], column: int, taken: frozenset[int]) -> RowOutline | None:
    """Names in neighbouring columns under headings of their own, one a row: Activity, Step, Part of the step."""
    usable = {h.column for h in table.headings if not h.timeline and h.column not in taken}
    columns = [column]
    for step in (1, -1):
        at = column + step
        while at in usable and _holds_own_names(grid, rows, at, columns):
            columns.append(at)
            at += step
    return _staggered(grid, rows, sorted(columns)) if len(columns) > 1 else None


def _holds_own_names(grid: Grid, rows: list[int], column: int, others: Sequence[int]) -> bool:
    """True for a column of texts most of which stand in rows where the other columns are empty."""
    filled = [r for r in rows if grid.rows[r][column] is not None and (r, column) not in grid.repeats]
    alone = [r for r in filled if all(grid.rows[r][c] is None for c in others)]
    if len(alone) < max(3, 0.15 * len(rows), 0.8 * len(filled)):
        return False
    return all(isinstance(grid.rows[r][column], str) for r in filled)


def _staggered(grid: Grid, rows: list[int], columns: Sequence[int]) -> RowOutline | None:
    places: list[tuple[int, int]] = []
    names: dict[int, str] = {}
    for row in rows:
        filled = [n for n, c in enumerate(columns) if isinstance(grid.rows[row][c], str)]
        if filled:
            places.append((row, filled[0]))
            names[row] = normal(as_text(grid.rows[row][columns[filled[0]]]))
        else:
            places.append((row, places[-1][1] if places else 0))
    alone = sum(sum(isinstance(grid.rows[r][c], str) for c in columns) == 1 for r in rows)
    return _nested(Shown.COLUMNS, places, names) if alone >= 0.8 * len(rows) else None


def _by_sections(table: Table, rows: list[int]) -> RowOutline | None:
    """Rows that only name what follows; of two in a row the upper is the higher."""
    if not any(r in table.sections for r in rows):
        return None
    ends = _end_in_themselves([r in table.sections for r in rows])
    depths = []
    for place, row in enumerate(rows):
        if row not in table.sections or place in ends:
            depths.append((row, 2))
        else:
            above_another = place + 1 < len(rows) and rows[place + 1] in table.sections and place + 1 not in ends
            depths.append((row, 0 if above_another else 1))
    return _nested(Shown.SECTIONS, depths)


def _end_in_themselves(bands: Sequence[bool]) -> set[int]:
    """The places of bands that have no plain row under them: milestones between phases, none of which is a parent.

    Where the first band stands over another one, bands over bands are two levels of headings.
    """
    empty = {n for n, band in enumerate(bands) if band and (n + 1 == len(bands) or bands[n + 1])}
    first = next((n for n, band in enumerate(bands) if band), 0)
    return set() if first in empty and len(bands) - 1 not in empty else empty


def _by_bold(grid: Grid, rows: list[int]) -> RowOutline | None:
    bold = [r in grid.bold_rows for r in rows]
    if not bold[0] or not 0 < sum(bold) <= 0.6 * len(rows):
        return None
    ends = _end_in_themselves(bold)
    return _nested(
        Shown.BOLD, [(r, 0 if b and n not in ends else 1) for n, (r, b) in enumerate(zip(rows, bold, strict=True))]
    )
