"""Rows of a single text in a list without an outline: which only name those below, and which are rows by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from handover.exchange.reading.grid import Grid
from handover.exchange.tables.finding import Table


def rows_that_name_others(grid: Grid, table: Table, named: int | None) -> Iterator[int]:
    """The rows of a single text that only name those below them.

    One that has its text where all rows have their names, in plain letters of one cell, and no full row right below,
    names nothing but itself: it is a row of which nothing else is known.

    Args:
        named: the column of what alone a row can't be without; None where there is none or where it needs more.
    """
    rows = list(table.rows())
    full_below = {row for row, below in pairwise(rows) if below not in table.sections}
    merged = {area.top for area in grid.merged if area.right > area.left}
    for row in table.sections:
        plain = row not in merged and row not in grid.bold_rows
        own = named is not None and grid.rows[row][named] is not None
        if not (own and plain and row not in full_below):
            yield row
