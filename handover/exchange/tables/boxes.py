"""Boxes of notes beside a table: a long text merged over many rows."""

from __future__ import annotations

from dataclasses import replace

from handover.exchange.reading.grid import Area, Grid

#: A text longer than this, merged over more rows, is a note.
_LONG, _TALL = 80, 5


def without_boxes(grid: Grid) -> Grid:
    """The grid without long texts that are merged over many rows and columns beside a table: notes on how to use it."""
    boxes = [
        a
        for a in grid.merged
        if a.bottom - a.top > _TALL
        and a.top < len(grid.rows)
        and a.left < grid.width
        and isinstance(text := grid.rows[a.top][a.left], str)
        and len(text) > _LONG
        and _has_its_columns_alone(grid, a)
    ]
    if not boxes:
        return grid
    rows = list(grid.rows)
    for box in boxes:
        for row in range(box.top, min(box.bottom + 1, len(rows))):
            cells = rows[row]
            rows[row] = (*cells[: box.left], *(None for _ in cells[box.left : box.right + 1]), *cells[box.right + 1 :])
    return replace(grid, rows=rows)


def _has_its_columns_alone(grid: Grid, area: Area) -> bool:
    outside = (*range(area.top), *range(area.bottom + 1, len(grid.rows)))
    return all(grid.rows[r][c] is None for r in outside for c in range(area.left, min(area.right + 1, grid.width)))
