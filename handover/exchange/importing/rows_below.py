"""What stands below a list without being told from it: notes, prices, legends under its last full row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handover.exchange.columns.contents import fit
from handover.exchange.columns.mapping import ColumnMapping
from handover.exchange.dry_run.options import Below
from handover.exchange.notice import Notice
from handover.exchange.question import Question
from handover.exchange.reading.grid import Grid
from handover.exchange.tables.finding import Table
from handover.exchange.tables.other_rows import Skip
from handover.i18n import N_, tr
from handover.registers.declare import Field, Register
from handover.values.cells import as_text, is_nothing, normal
from handover.values.date_columns import read_dates

#: A list has so many rows, and so many columns filled in nearly all of them, that the lack of them tells something.
_ROWS, _COLUMNS, _NEARLY_ALL = 4, 3, 0.75
#: Of those columns a row of the list holds more than this share; where a cell of it can't be what its column is for,
#: than the second; behind a blank row, than the third.
_HELD, _HELD_BESIDE, _HELD_APART = 0.34, 0.5, 0.67
#: So many rows at the end and at the top are looked at; what is longer than a share of all is a list of its own.
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
    columns = [h.column for h in table.headings if not (h.timeline or h.hidden)]
    upper = rows[: max(_ROWS, min(len(rows) // 2, _LOOKED_AT))]
    filled = [c for c in columns if _share(grid, upper, c) >= _NEARLY_ALL]
    if len(rows) <= _ROWS or len(filled) < _COLUMNS:
        return RowsBelow()
    looked_at = rows[-_LOOKED_AT:]
    fields = {m.column: (register[m.field], m.heading) for m in mapping.columns if m.field in register}
    odd = {c: _odd(*fields[c], grid, looked_at, c) for c in columns if c in fields}
    held = {row: _held(grid, row, columns, odd) / len(filled) for row in looked_at}
    cut = min(_first_odd(looked_at, held, odd), _first_apart(table, looked_at, held), key=looked_at.index)
    below = looked_at[looked_at.index(cut) + 1 :]
    if not below or len(below) > _MOST * len(rows) or len(below) == len(rows):
        return RowsBelow()
    if not any(_whole(register, mapping, grid, row) for row in below):
        return RowsBelow()  # they aren't taken anyway
    first = next((c for h in table.headings if not is_nothing(c := grid.rows[below[0]][h.column])), "")
    text = normal(as_text(first))
    text = text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"
    return RowsBelow(tuple(row + 1 for row in below), cut + 1, text)


def _first_odd(rows: Sequence[int], held: Mapping[int, float], odd: Mapping[int, set[int]]) -> int:
    """The last row above those at the end that have hardly anything, one of them what it can't be; else the last."""
    for place in range(len(rows) - 1, -1, -1):
        row = rows[place]
        if held[row] > (_HELD_BESIDE if any(row in places for places in odd.values()) else _HELD):
            below = rows[place + 1 :]
            return row if any(r in places for places in odd.values() for r in below) else rows[-1]
    return rows[-1]


def _first_apart(table: Table, rows: Sequence[int], held: Mapping[int, float]) -> int:
    """The last row above the blocks at the end in which no row is whole, each behind a blank row; else the last."""
    gaps = [
        place
        for place in range(1, len(rows))
        if any(table.skipped.get(r) not in (None, Skip.HIDDEN) for r in range(rows[place - 1] + 1, rows[place]))
    ]
    cut = len(rows)
    for place in reversed(gaps):
        if any(held[row] > _HELD_APART for row in rows[place:cut]):
            break
        cut = place
    whole = [row for row in rows[:cut] if held[row] > _HELD_APART]
    return rows[cut - 1] if len(whole) >= _NEARLY_ALL * cut else rows[-1]


def _held(grid: Grid, row: int, columns: Sequence[int], odd: Mapping[int, set[int]]) -> int:
    return sum(not is_nothing(grid.rows[row][c]) and row not in odd.get(c, ()) for c in columns)


def _share(grid: Grid, rows: Sequence[int], column: int) -> float:
    return sum(not is_nothing(grid.rows[r][column]) for r in rows) / max(len(rows), 1)


def _odd(field: Field, heading: str, grid: Grid, rows: Sequence[int], column: int) -> set[int]:
    """The rows with a cell that can't be what the column is for: a price among days, words among numbers."""
    cells = {r: c for r in rows if not is_nothing(c := grid.rows[r][column])}
    if field.kind.dated:
        days = read_dates(list(cells.values())).values
        odd = {r for r, day in zip(cells, days, strict=True) if day is None}
        known = sum(isinstance(c, dt.date) for c in cells.values())
        if known > 0.5 * len(cells):  # a bare number among days that the workbook knows as days is a sum or a price
            odd |= {r for r, c in cells.items() if isinstance(c, (int, float))}
    elif field.kind.strict or field.kind.printed.share:
        odd = {r for r, c in cells.items() if not fit(field, [c], heading)}
    else:
        return set()
    return odd if len(odd) < 0.5 * len(cells) else set()


def _whole(register: Register, mapping: ColumnMapping, grid: Grid, row: int) -> bool:
    """Whether a row has what it can't be without; one that lacks it isn't taken anyway."""
    needed = [mapping.by_field[f.field] for f in register.entered if f.required and f.field in mapping.by_field]
    return all(not is_nothing(grid.rows[row][column]) for column in needed)
