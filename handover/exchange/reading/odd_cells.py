"""What is odd about cells of a sheet before anything is mapped: formulas without value, errors, endless texts."""

from __future__ import annotations

from dataclasses import dataclass, field

from handover.exchange.reading.grid import Grid, address
from handover.exchange.reading.limits import MAX_TEXT
from handover.i18n import N_, tr

MOST_NOTES = 1_000


@dataclass(frozen=True, slots=True)
class CellNote:
    """A remark on a cell; row and column counted from 0, or -1 for a remark on the sheet."""

    row: int
    column: int
    message: str
    values: dict[str, object] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """The cell as Excel calls it, empty for a remark on the sheet."""
        return address(self.row, self.column) if self.row >= 0 else ""

    def __str__(self) -> str:
        return tr(self.message, **self.values)


def cell_notes(grid: Grid) -> list[CellNote]:
    """The odd cells of a sheet from top to bottom, at most a thousand; what was left out of the sheet comes first."""
    notes = []
    if grid.stray:
        notes.append(
            CellNote(
                -1,
                -1,
                N_("Sheet {sheet}: cells far away from the others were left out: {cells}."),
                {"sheet": grid.sheet, "cells": tr(", ").join(grid.stray[:5]) + (" …" if len(grid.stray) > 5 else "")},
            )
        )
    if grid.replaced:
        lines = tr(", ").join(map(str, grid.replaced))
        notes.append(
            CellNote(
                -1,
                -1,
                N_("Characters that can't be read stand in line {lines}. Correct them, or choose another encoding."),
                {"lines": lines},
            )
        )
    if grid.unclosed is not None:
        line, taken = grid.unclosed
        notes.append(
            CellNote(
                -1,
                -1,
                N_(
                    "The quote in line {line} is never closed: the {n} lines below it were read as part of one cell. "
                    "Close it, or take it away."
                ),
                {"line": line, "n": taken},
            )
        )
    found = [
        CellNote(
            r,
            c,
            N_(
                "Sheet {sheet}, cell {cell}: a formula without value. Open the file in Excel and save it, "
                "or put the value itself into the cell."
            ),
            {"sheet": grid.sheet, "cell": address(r, c)},
        )
        for r, c in grid.uncalculated
        if r < grid.height and c < grid.width
    ]
    found += [
        CellNote(
            r,
            c,
            N_("Sheet {sheet}, cell {cell}: the formula failed ({error}). Put the value itself into it."),
            {"sheet": grid.sheet, "cell": address(r, c), "error": text},
        )
        for r, c, text in grid.errors()
    ]
    found += _too_long(grid)
    return notes + sorted(found, key=lambda note: (note.row, note.column))[:MOST_NOTES]


def _too_long(grid: Grid) -> list[CellNote]:
    return [
        CellNote(
            r,
            c,
            N_("Sheet {sheet}, cell {cell}: the text has {length} characters; Excel allows {most}."),
            {"sheet": grid.sheet, "cell": address(r, c), "length": len(v), "most": MAX_TEXT},
        )
        for r, row in enumerate(grid.rows)
        for c, v in enumerate(row)
        if type(v) is str and len(v) > MAX_TEXT
    ]
