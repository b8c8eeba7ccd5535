"""The tables of a sheet: where their header rows are, what their columns are called, which rows hold data.

Real sheets have titles above the header, two or three header rows, totals and signatures below, a Gantt chart drawn to
the right, and sometimes a second table. Nothing here knows what a column means: see
``handover.exchange.columns.headings``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from handover.errors import NotValid
from handover.exchange.reading.grid import Grid, column_letters
from handover.exchange.tables.boxes import without_boxes
from handover.exchange.tables.drawn_days import over_days
from handover.exchange.tables.header_rows import Header, header_at, rank
from handover.exchange.tables.next_headers import is_header_again, next_header
from handover.exchange.tables.other_rows import Skip, is_note, sort_rows
from handover.i18n import N_

Likeness = Callable[[str], float]

_FIRST_ROWS = 120
"""Rows from the top in which the first header is looked for."""
_MOST_TABLES = 20
#: A row that looks as much like headings as the likeliest comes first where it stands above it.
_NEARLY = 0.75
#: A row that looks no more like headings than this gives way to days alone above it.
_BARELY = 1.0


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a table. Columns that hold data and have no heading have an empty ``text``."""

    column: int
    #: The lowest words of the header, with those above in front where they alone repeat: ``Planned Start``.
    text: str
    #: All words from the top row of the header to the lowest: ``("Planned", "Start")``.
    parts: tuple[str, ...] = ()
    hidden: bool = False
    #: True for the columns of a drawn Gantt chart: days, weeks, periods.
    timeline: bool = False

    @property
    def letters(self) -> str:
        """What Excel calls the column."""
        return column_letters(self.column)


@dataclass(frozen=True, slots=True)
class Table:
    """A table on a sheet; rows and columns are those of the grid, counted from 0."""

    sheet: str
    #: The rows of the header, none where the table has none.
    header_rows: tuple[int, ...]
    headings: tuple[Heading, ...]
    first: int
    last: int
    #: What stands above the table, the title of the sheet or of the table.
    title: str = ""
    #: Rows between ``first`` and ``last`` that aren't data, and why.
    skipped: dict[int, Skip] = field(default_factory=dict)
    #: Rows that only name what follows, such as a merged 一、设计阶段: row -> text. They count as data.
    sections: dict[int, str] = field(default_factory=dict)
    certainty: float = 0.0
    #: Rows that only go on with a text of a row above: row -> that row.
    continued: dict[int, int] = field(default_factory=dict)

    def rows(self, with_hidden: frozenset[int] = frozenset()) -> Iterator[int]:
        """The rows that hold data; hidden ones only where named in ``with_hidden``."""
        for row in range(self.first, self.last + 1):
            why = self.skipped.get(row)
            if why is None or (why is Skip.HIDDEN and row in with_hidden):
                yield row

    @property
    def header_row(self) -> int | None:
        """The lowest row of the header as Excel counts it, from 1."""
        return self.header_rows[-1] + 1 if self.header_rows else None


def find_tables(grid: Grid, likeness: Likeness) -> list[Table]:
    """The tables of a sheet from top to bottom, those side by side from left to right.

    Args:
        likeness: how surely a text is a heading, from 0 to 1.

    Returns:
        No table for an empty sheet; a table without header where none was found.
    """
    if not grid.height:
        return []
    grid = without_boxes(grid)
    headers = list(_headers(grid, likeness))
    if not headers:
        return [_without_header(grid)]
    tables: list[Table] = []
    for place, header in enumerate(headers):
        below = _titles_start(grid, headers[place + 1], header) if place + 1 < len(headers) else grid.height
        for part in _side_by_side(grid, header, below, likeness):
            tables.append(_table(grid, part, below, _title_above(grid, part, tables)))
    return tables


def table_at(grid: Grid, header_row: int, likeness: Likeness) -> Table:
    """The table whose header's lowest row the user named.

    Args:
        header_row: as Excel counts it, from 1.

    Raises:
        NotValid: there is nothing in that row.
    """
    row = header_row - 1
    if not 0 <= row < grid.height or not any(v is not None for v in grid.rows[row]):
        raise NotValid(
            N_("Row {row} of sheet {sheet} is empty and can't hold the headings."),
            field="header",
            row=header_row,
            sheet=grid.sheet,
        )
    grid = without_boxes(grid)
    header = header_at(grid, row, likeness, extend_down=False)
    return _table(grid, header, _end_of(grid, header, likeness), _title_above(grid, header, []))


def _end_of(grid: Grid, header: Header, likeness: Likeness) -> int:
    """The row of the next table's titles, the grid's height where there is none or nothing stands before it."""
    start = header.bottom + 2  # right below may stand the second row of this header
    row = next_header(grid, start, header, likeness) if start < grid.height else grid.height
    if row < grid.height:
        row = _titles_start(grid, header_at(grid, row, likeness, top_limit=header.bottom + 1), header)
    own = grid.rows[header.bottom + 1 : row]
    return row if any(v is not None for cells in own for v in cells) else grid.height


def _headers(grid: Grid, likeness: Likeness) -> Iterator[Header]:
    """The headers from top to bottom, one a table."""
    first = _best_header(grid, likeness)
    if first is None:
        return
    yield first
    current, found = first, 1
    row = first.bottom + 1
    while found < _MOST_TABLES and (row := next_header(grid, row, current, likeness)) < grid.height:
        current = header_at(grid, row, likeness, top_limit=current.bottom + 1)
        yield current
        found += 1
        row = current.bottom + 1


def _best_header(grid: Grid, likeness: Likeness) -> Header | None:
    ranked: list[tuple[float, int]] = []
    best = 0.0
    for row in range(min(grid.height, _FIRST_ROWS)):
        ranked.append((rank(grid, row, likeness, _NEARLY * best), row))
        best = max(best, ranked[-1][0])
    good = [(score, r) for score, r in ranked if score > 0]
    if max((score for score, _ in good), default=0.0) < _BARELY:
        days = over_days(grid, _FIRST_ROWS)
        if days is not None and all(days < other for _, other in good):
            return header_at(grid, days, likeness, extend_down=False)
    if not good:
        return None
    best = max(score for score, _ in good)
    # The first of several headers rather than the fullest: the others are tables of their own.
    near = {r: max((s for s, other in good if _one_header(grid, r, other)), default=0.0) for _, r in good}
    row = next(r for score, r in good if score >= _NEARLY * best and score >= near[r])
    header = header_at(grid, row, likeness)
    return replace(header, certainty=min(1.0, best / 8))


def _one_header(grid: Grid, row: int, other: int) -> bool:
    """True for two rows that may be of one header: close to each other, without rows of data and a gap between them."""
    if not row < other <= row + 3:
        return False
    blank = [not any(v is not None for v in cells) for cells in grid.rows[row + 1 : other]]
    return not any(blank) or blank[0]


def _side_by_side(grid: Grid, header: Header, below: int, likeness: Likeness) -> list[Header]:
    """A header cut where an empty column parts two tables, each with a name column of its own."""
    pieces = header.pieces(grid, below)
    if len(pieces) < 2:
        return [header]
    known = [p for p in pieces if sum(likeness(t) >= 0.5 for t in p.texts()) >= 2]
    strong = [p for n, p in enumerate(known) if p.names_things() or (n and _numbers_its_own(grid, p, below))]
    if len(strong) < 2:
        return [header]
    edges = [p.left for p in strong[1:]] + [grid.width]
    parts, left = [], 0
    for edge in edges:
        parts.append(header.between(left, edge))
        left = edge
    return parts


def _numbers_its_own(grid: Grid, piece: Header, below: int) -> bool:
    """True for a piece that begins with a column of numbers that start at 1: another list beside the first."""
    cells = [v for row in grid.rows[piece.bottom + 1 : below] if (v := row[piece.left]) is not None]
    return len(cells) >= 2 and cells[0] in (1, "1") and all(isinstance(v, float | int) for v in cells)


def _titles_start(grid: Grid, header: Header, before: Header) -> int:
    """The first row of the titles above a header, the header's own where it has none."""
    start = row = header.top
    while row - 1 > before.bottom:
        row -= 1
        filled = [v for v in grid.rows[row] if v is not None]
        if len(filled) > 1 or (filled and not isinstance(filled[0], str)):
            break
        if filled:
            start = row
        elif start < header.top:
            break
    return start


def _title_above(grid: Grid, header: Header, before: list[Table]) -> str:
    top = max((t.last + 1 for t in before if t.last < header.top), default=0)
    said: list[str] = []
    for row in grid.rows[max(top, header.top - 12) : header.top]:
        texts = [v.strip() for v in row if isinstance(v, str) and v.strip()]
        if len(texts) == 1 and texts[0] not in said and not is_note(texts[0]):
            said.append(texts[0])
    return said[0][:200] if said else ""


def _table(grid: Grid, header: Header, below: int, title: str) -> Table:
    headings = _headings(grid, header, below)
    columns = [h.column for h in headings if not h.timeline]
    sorted_ = sort_rows(
        grid,
        header.bottom + 1,
        below,
        columns,
        lambda row: is_header_again(grid, row, header),
        whole_width=header.is_whole(grid.width),
    )
    return Table(
        sheet=grid.sheet,
        header_rows=tuple(range(header.top, header.bottom + 1)),
        headings=headings,
        first=header.bottom + 1,
        last=sorted_.last,
        title=title,
        skipped=sorted_.skipped,
        sections=sorted_.sections,
        certainty=header.certainty,
        continued=sorted_.continued,
    )


def _headings(grid: Grid, header: Header, below: int) -> tuple[Heading, ...]:
    parts = header.parts()
    drawn = header.timeline_columns(grid, below)
    lowest = [p[-1] for column, p in parts.items() if p and column not in drawn]
    used = _used_columns(grid, header, below)
    headings = []
    for column in range(header.left, min(header.right, grid.width)):
        words = parts.get(column, ())
        if column not in used and (not words or not header.has_own_words(grid, column)):
            continue
        text = words[-1] if words else ""
        if len(words) > 1 and lowest.count(text) > 1:
            text = " ".join(dict.fromkeys(words))
        headings.append(Heading(column, text, words, column in grid.hidden_columns, column in drawn))
    return tuple(headings)


def _used_columns(grid: Grid, header: Header, below: int) -> set[int]:
    """Columns with a value in the first rows below the header."""
    used: set[int] = set()
    for row in grid.rows[header.bottom + 1 : min(below, header.bottom + 400)]:
        used.update(c for c, v in enumerate(row) if v is not None)
    return used


def _without_header(grid: Grid) -> Table:
    used = sorted({c for row in grid.rows[:2000] for c, v in enumerate(row) if v is not None})
    headings = tuple(Heading(c, "", (), c in grid.hidden_columns) for c in used)
    sorted_ = sort_rows(grid, 0, grid.height, used, lambda _row: False, whole_width=True)
    return Table(
        grid.sheet, (), headings, 0, sorted_.last, "", sorted_.skipped, sorted_.sections, continued=sorted_.continued
    )
