"""Numbers as Excel shows them: shares beside per cent, zeros before codes; and which shares stay doubtful."""

from __future__ import annotations

from collections.abc import Sequence

from handover.exchange.notice import Notice
from handover.exchange.reading.grid import Grid, address
from handover.exchange.rows.incoming import Lines
from handover.i18n import N_
from handover.registers.declare import Register
from handover.values.cells import Cell, number_in

_MOST_SHARE = 1.5
"""A plain number above it is meant in per cent."""
_MOST_CELLS = 5


def as_formatted(cells: Sequence[Cell], rows: Sequence[int], column: int, grid: Grid) -> list[Cell]:
    """The cells of a column with those that Excel shows with a per cent sign as it shows them: 0.4 is ``40%``.

    Args:
        rows: the row of each cell in the grid, counted from 0.
    """
    if not grid.percents:
        return list(cells)
    return [
        cell if (row, column) not in grid.percents else _with_sign(cell) for cell, row in zip(cells, rows, strict=True)
    ]


def as_shown(cells: Sequence[Cell], rows: Sequence[int], column: int, grid: Grid) -> list[Cell]:
    """The cells of a column of texts with the numbers that Excel shows with zeros or letters: 123 is ``00123``."""
    if not grid.padded:
        return list(cells)
    return [_padded(cell, grid.padded.get((row, column))) for cell, row in zip(cells, rows, strict=True)]


def _padded(cell: Cell, shown: tuple[str, int, str] | None) -> Cell:
    number = _number(cell)
    if shown is None or number is None or not number.is_integer() or not 0 <= number < 1e15:
        return cell
    before, least, after = shown
    return f"{before}{int(number):0{least}d}{after}"


def doubtful_shares(lines: Lines, register: Register) -> list[Notice]:
    """What to say of columns in per cent with numbers such as 0.4 in them, which may be meant as 40 %."""
    said = []
    for key, cells in lines.cells.items():
        if key not in register or not register[key].kind.printed.share:
            continue
        numbers = {place: n for place, cell in enumerate(cells) if (n := _plain(cell)) is not None}
        small = [place for place, n in numbers.items() if 0 < n < 1]
        if small and any(n > _MOST_SHARE for n in numbers.values()):
            places = [address(lines.rows[p] - 1, lines.columns[key]) for p in small if key in lines.columns]
            said.append(
                Notice(
                    N_(
                        "“{heading}” is in per cent, and {cell} is read as {share} %: compare these cells with the "
                        "original: {cells}."
                    ),
                    {
                        "heading": lines.headings.get(key, key),
                        "cell": places[0] if places else "",
                        "share": f"{numbers[small[0]]:.6g}",
                        "cells": ", ".join(places[:_MOST_CELLS]) + (" …" if len(places) > _MOST_CELLS else ""),
                    },
                )
            )
    return said


def _with_sign(cell: Cell) -> Cell:
    number = _number(cell)
    return cell if number is None or not 0 <= number <= _MOST_SHARE else f"{number * 100:.12g}%"


def _number(cell: Cell) -> float | None:
    return float(cell) if isinstance(cell, (int, float)) and not isinstance(cell, bool) else None


def _plain(cell: Cell) -> float | None:
    """A number without a per cent sign, of a text as well."""
    return number_in(cell) if isinstance(cell, str) else _number(cell)
