"""Where the headings of a table come again, and where those of the next table begin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from handover.exchange.reading.grid import Grid
from handover.exchange.tables.header_rows import LABEL, LONGEST_NAME, Header
from handover.exchange.tables.rows_around import text_of
from handover.exchange.tables.titles import begins_another
from handover.values.cells import Cell, normal


def is_header_again(grid: Grid, row: int, header: Header) -> bool:
    """True when a row repeats the header, as printed lists do on each page."""
    texts = header.cells[header.bottom]
    mine = [c for c in texts if header.left <= c < header.right]
    same = sum(text_of(grid.rows[row][c]) == texts[c] for c in mine)
    return len(mine) >= 2 and same >= max(2, 0.8 * len(mine))


def next_header(grid: Grid, start: int, current: Header, likeness: Callable[[str], float]) -> int:
    """The row of the next table's header from ``start`` on, the grid's height where there is none."""
    after_gap = False
    titled = start - 2  # the last row that held a single text, as titles do
    for row in range(start, grid.height):
        cells = grid.rows[row]
        if type(cells[0]) is float and cells.count(None) < len(cells) - 1:  # a numbered row, as most are in long lists
            after_gap = False
            continue
        filled = [v for v in cells if v is not None]
        if not filled:
            after_gap = True
            continue
        may_be = len(filled) >= 2 and isinstance(filled[0], str) and isinstance(filled[-1], str)
        below_title = titled == row - 1 and len(filled) >= 4
        if may_be and titled == row - 1 and is_header_again(grid, row, current):
            if begins_another(grid, titled, current.top):
                return row
        elif (
            may_be
            and _opens_table(grid, row, filled, after_gap, likeness, below_title)
            and not is_header_again(grid, row, current)
        ):
            return row
        if filled[0] == filled[-1] and len(set(filled)) == 1:
            titled = row
        if len(filled) > 1:
            after_gap = False
    return grid.height


def _opens_table(
    grid: Grid,
    row: int,
    filled: Sequence[Cell],
    after_gap: bool,
    likeness: Callable[[str], float],
    below_title: bool = False,
) -> bool:
    texts = [normal(v) for v in filled if isinstance(v, str)]
    if len(texts) < len(filled) or any(len(t) > LONGEST_NAME or LABEL.match(t) for t in texts):
        return False
    distinct = Counter(texts)
    if len(distinct) < 2 or any((row, c) in grid.repeats for c, v in enumerate(grid.rows[row]) if v is not None):
        return False
    if after_gap:
        return sum(likeness(t) >= 0.5 for t in distinct) >= max(2, 0.6 * len(distinct))
    if below_title:
        return sum(likeness(t) >= 0.5 for t in distinct) >= max(3, 0.6 * len(distinct))
    if any(v is not None and v == above for v, above in zip(grid.rows[row], grid.rows[row - 1], strict=True)):
        return False  # a row of a list that speaks of such words goes on with what stands above it
    return sum(likeness(t) >= 0.6 for t in distinct) >= max(3, 0.75 * len(distinct))
