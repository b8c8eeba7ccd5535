"""The table on a sheet of an export of ours: below the headings that it wrote, every row with a reference is data."""

from __future__ import annotations

import re
from dataclasses import replace

from handover.exchange.columns.heading_words import heading_likeness
from handover.exchange.columns.headings import REF
from handover.exchange.programs.own_columns import own_likeness
from handover.exchange.programs.own_export import ExportedSheet
from handover.exchange.reading.grid import Grid
from handover.exchange.tables.finding import Heading, Table, table_at
from handover.exchange.tables.other_rows import Skip
from handover.values.cells import as_text

_REFERENCE = re.compile(r"[A-Z]{2,5}-\d{1,9}")
#: Rows from the top in which the headings are looked for, where somebody has put rows above them.
_FIRST_ROWS = 60
#: So many of the headings tell that it is still the sheet that was exported.
_ENOUGH = 0.3


def own_table(grid: Grid, exported: ExportedSheet) -> Table | None:
    """The table of an exported sheet; None where its headings are gone."""
    row = _header(grid, exported)
    if row is None:
        return None
    known = table_at(grid, row + 1, heading_likeness)
    headings = tuple(
        Heading(column, text, (text,) if text else (), column in grid.hidden_columns)
        for column in range(grid.width)
        if (text := as_text(grid.rows[row][column])) or any(cells[column] is not None for cells in grid.rows[row + 1 :])
    )
    refs = _ref_column(exported, headings)
    given = {r for r in range(row + 1, grid.height) if refs is not None and _is_reference(grid.rows[r][refs])}
    skipped = {r: why for r, why in known.skipped.items() if r not in given or why is Skip.HIDDEN}
    blank = (r for r in range(row + 1, grid.height) if not any(cell is not None for cell in grid.rows[r]))
    skipped |= dict.fromkeys(blank, Skip.BLANK)
    last = max(given | {known.last, row})
    return replace(
        known, header_rows=(row,), headings=headings, first=row + 1, last=last, skipped=skipped, sections={},
        certainty=1.0,
    )  # fmt: skip


def _header(grid: Grid, exported: ExportedSheet) -> int | None:
    """The row with the headings: where the export wrote it, else the one most like it."""

    def likeness(row: int) -> float:
        return own_likeness(exported, [as_text(cell) for cell in grid.rows[row]])

    here = exported.header_row - 1
    if here < grid.height and likeness(here) >= _ENOUGH:
        return here
    best = max(range(min(grid.height, _FIRST_ROWS)), key=likeness, default=None)
    return best if best is not None and likeness(best) >= _ENOUGH else None


def _ref_column(exported: ExportedSheet, headings: tuple[Heading, ...]) -> int | None:
    """The column of the references, by its heading, else where the export had it."""
    words = {h.column: own_likeness(replace(exported, fields={0: REF}), [h.text]) for h in headings}
    by_heading = next((column for column, known in words.items() if known), None)
    return by_heading if by_heading is not None else next((c for c, key in exported.fields.items() if key == REF), None)


def _is_reference(cell: object) -> bool:
    return isinstance(cell, str) and _REFERENCE.fullmatch(cell.strip().upper()) is not None
