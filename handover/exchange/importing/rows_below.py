"""What stands below a list without being told from it: notes, prices, legends under its last full row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from handover.exchange.columns.contents import fit
from handover.exchange.columns.mapping import ColumnMapping, MappedColumn
from handover.exchange.dry_run.options import Below
from handover.exchange.notice import Notice
from handover.exchange.question import Question
from handover.exchange.reading.grid import Grid
from handover.exchange.tables.finding import Table
from handover.i18n import N_, tr
from handover.registers.declare import Field, Register
from handover.values.cells import Cell, as_text, is_nothing, normal

#: A list has so many rows, and so many columns filled in nearly all of them, that the lack of them tells something.
_ROWS, _COLUMNS, _NEARLY_ALL = 4, 3, 0.75
#: A row of the list holds more than this share of them; where a cell of it can't be what its column is for, than that.
_HELD, _HELD_BESIDE = 0.34, 0.5
#: So many rows at the end are looked at, as a share of all too: what is longer is a list of its own.
_LOOKED_AT, _MOST = 400, 0.6
#: So much of what stands below is quoted.
_QUOTED = 40


@dataclass(frozen=True, slots=True)
class RowsBelow:
    """What stands below a list.

    Attributes:
        rows: as Excel counts them, from the first to the last; none where the list ends with its last row.
        end: the last row of the list itself.
        text: how what stands below begins.
    """

    rows: tuple[int, ...] = ()
    end: int = 0
    text: str = ""

    def question(self) -> Question | None:
        """Whether it is part of the list, None where nothing stands below."""
        if not self.rows:
            return None
        values = {"end": self.end, "text": self.text}
        return Question(
            N_("The list seems to end in row {end}: of what stands below, beginning with “{text}”, hardly a column of "
               "the list is filled. Is it part of the list?"),
            values,
            ("leave", "take"),
            "--below",
            N_("Leave it out with --below leave, take it with --below take."),
            said=(tr("No, leave out what stands below row {end}", end=self.end), tr("Yes, take all rows")),
        )  # fmt: skip

    def notices(self, chosen: Below | None) -> list[Notice]:
        """What became of it by the user's choice."""
        if chosen != "leave" or not self.rows:
            return []
        return [Notice(N_("What stands below row {end} is left out."), {"end": self.end})]


def rows_below(
    register: Register, grid: Grid, table: Table, mapping: ColumnMapping, hidden: frozenset[int] = frozenset()
) -> RowsBelow:
    """The rows at the end of a table that have hardly anything of what the rows above them have.

    Args:
        hidden: hidden rows of the grid, counted from 0, that are wanted.
    """
    rows = list(table.rows(hidden))
    taken = [m for m in mapping.columns if m.field in register]
    upper = rows[: max(_ROWS, len(rows) // 2)]
    filled = [m for m in taken if _share(grid, upper, m) >= _NEARLY_ALL]
    if len(rows) <= _ROWS or len(filled) < _COLUMNS:
        return RowsBelow()
    dated = {m.column for m in taken if _are_days(grid, upper, m)}
    below: list[int] = []
    for row in reversed(rows[-_LOOKED_AT:]):
        cells = [(m, grid.rows[row][m.column]) for m in taken if not is_nothing(grid.rows[row][m.column])]
        held = sum(_holds(register[m.field], cell, m.heading, m.column in dated) for m, cell in cells)
        share = _HELD_BESIDE if held < len(cells) else _HELD
        if held > max(1, int(share * len(filled))):
            break
        below.insert(0, row)
    if not below or len(below) > _MOST * len(rows) or len(below) == len(rows):
        return RowsBelow()
    first = next((c for h in table.headings if not is_nothing(c := grid.rows[below[0]][h.column])), "")
    text = normal(as_text(first))
    text = text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"
    return RowsBelow(tuple(row + 1 for row in below), max(r for r in rows if r < below[0]) + 1, text)


def _share(grid: Grid, rows: Sequence[int], mapped: MappedColumn) -> float:
    return sum(not is_nothing(grid.rows[r][mapped.column]) for r in rows) / max(len(rows), 1)


def _are_days(grid: Grid, rows: Sequence[int], mapped: MappedColumn) -> bool:
    """Whether a column holds days that the workbook knows as days: a bare number among them is a sum or a price."""
    cells = [c for r in rows if not is_nothing(c := grid.rows[r][mapped.column])]
    return bool(cells) and all(isinstance(c, dt.date) for c in cells)


def _holds(field: Field, cell: Cell, heading: str, dated: bool) -> bool:
    """Whether a cell is what its column could be meant to hold."""
    if dated and isinstance(cell, (int, float)):
        return False
    return not (field.kind.strict or field.field == "percent") or fit(field, [cell], heading) > 0
