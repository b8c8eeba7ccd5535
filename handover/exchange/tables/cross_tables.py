"""Cross tables: people or tasks down, topics or people across, a mark, a letter or a number where they meet."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handover.exchange.reading.grid import Grid
from handover.exchange.tables.finding import Likeness, Table
from handover.values.cells import Cell, as_text, normal

_TICK = re.compile(r"[√✓✔☑×✗✘xXyYnN●○◎■□△▲*/\-—]|yes|no|是|否|有|无", re.IGNORECASE)
#: Responsible, accountable, consulted, informed, and the letters that others add to these.
_ROLE = re.compile(r"[RACIESVPLQ](?:\s{0,9}[/,&+]?\s{0,9}[RACIESVPLQ]){0,3}")
_FEW = 6
_SAMPLE = 60


def is_mark(cell: Cell) -> bool:
    """True for a tick or a letter of a responsibility: no name of anything."""
    text = normal(as_text(cell))
    return bool(_TICK.fullmatch(text) or _ROLE.fullmatch(text))


def holds_marks(cells: Sequence[Cell]) -> bool:
    """True for a column of ticks, of letters of responsibilities or of a few small numbers."""
    filled = [c for c in cells if c is not None]
    if not filled:
        return False
    if all(isinstance(c, (int, float)) and 0 <= c <= 100 for c in filled):
        return len(set(filled)) <= _FEW
    return all((isinstance(c, str) and is_mark(c)) or c in (0, 1) for c in filled)


def is_cross_table(grid: Grid, table: Table, likeness: Likeness) -> bool:
    """True where most of the table, three columns or more, holds marks under headings that name things."""
    rows = [r for _, r in zip(range(_SAMPLE), table.rows(), strict=False)]
    columns = [h for h in table.headings if not h.timeline]
    marked = [h for h in columns if holds_marks([grid.rows[r][h.column] for r in rows])]
    own = [h for h in marked if likeness(h.text) < 0.9]
    return len(rows) >= 2 and len(own) >= 3 and len(marked) >= 0.5 * len(columns)
