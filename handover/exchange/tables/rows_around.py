"""What the rows above and below a row say of it being the headings: values under it, its words said again."""

from __future__ import annotations

import re

from handover.exchange.reading.grid import Grid
from handover.exchange.tables.periods import PERIOD
from handover.values.cells import Cell, normal

#: So many rows on either side are looked at.
SAMPLE = 25
#: A number, a day or a time as text files hold them.
_FIGURES = re.compile(r"(?=.{0,200}\d)[\d\s.,:/\-+%$€¥£年月日]+")


def text_of(cell: Cell) -> str:
    """A text as it is compared; nothing for any other cell."""
    return normal(cell) if isinstance(cell, str) else ""


def values_below(grid: Grid, row: int, names: dict[int, str]) -> tuple[float, int, int]:
    """Of the named columns: the share with values below, how many hold other than text, how many repeat the name."""
    rows = [r for r in grid.rows[row + 1 : row + 1 + 2 * SAMPLE] if any(v is not None for v in r)][:SAMPLE]
    rows = [r for r in rows if sum(text_of(r[c]) == name for c, name in names.items()) < 0.8 * len(names)]
    filled = typed = again = 0
    for column, name in names.items():
        values = [r[column] for r in rows if r[column] is not None]
        filled += bool(values)
        typed += sum(not isinstance(v, str) or bool(_FIGURES.fullmatch(v)) for v in values) > len(values) / 2
        again += sum(text_of(v) == name for v in values[1:]) > 0
    return filled / max(len(names), 1), typed, again


def said_above(grid: Grid, row: int, names: dict[int, str]) -> int:
    """How often the rows above say in the same columns what this one says, up to three: values are said again."""
    above = [r for r in range(max(0, row - SAMPLE), row) if any(v is not None for v in grid.rows[r])]
    said = sum(
        text_of(grid.rows[r][c]) == name and (row, c) not in grid.repeats
        for c, name in names.items()
        if not PERIOD.fullmatch(name)
        for r in above
    )
    return min(said, 3)


def is_first(grid: Grid, row: int, names: dict[int, str]) -> bool:
    """True for the first row of three or more texts over the whole width, with nothing but single texts above it.

    What it says is said by no row below it in the same column: values are.
    """
    below = grid.rows[row + 1 : row + 1 + SAMPLE]
    if len(set(names.values())) < 3 or any(v is not None for r in below[:3] for v in r[: _left(grid, row)]):
        return False
    if any(text_of(r[c]) == name for r in below for c, name in names.items()):
        return False
    return all(len({v for v in grid.rows[r] if v is not None}) < 2 for r in range(max(0, row - SAMPLE), row))


def _left(grid: Grid, row: int) -> int:
    """The column left of the first text of a row: rows may be numbered under no heading."""
    return max(0, next((c for c, v in enumerate(grid.rows[row]) if v is not None), 0) - 1)


def in_the_middle(grid: Grid, row: int, names: dict[int, str]) -> bool:
    """True for a row that looks like the one above it: a row of data."""
    if row == 0:
        return False
    above = {c for c, v in enumerate(grid.rows[row - 1]) if v is not None}
    return len(above & set(names)) >= max(2, 0.6 * len(names))
