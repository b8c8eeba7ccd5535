"""Marks that mean the cell above: as above, ditto, 同上, 〃."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from handover.registers.declare import Field
from handover.values.cells import Cell, is_nothing, normal

_MARKS: Final = frozenset(
    {"as above", "ditto", "do.", "id.", "idem", "same as above", "s.a.", "s.o.", "dito", "〃", "″", '"', "''", "同上",
     "同前", "同上行", "ibid."}
)  # fmt: skip
_LONGEST = 14


def is_ditto(cell: Cell) -> bool:
    """True for a mark that means the cell above."""
    return isinstance(cell, str) and len(cell) <= _LONGEST and normal(cell).lower() in _MARKS


def filled_down(field: Field, cells: list[Cell], names: Sequence[Sequence[Cell]]) -> list[Cell]:
    """The cells of a column with what such marks mean.

    Args:
        names: the columns without which no row is taken; nobody means what stands in a row that isn't.
    """
    if not _is_marked(field) or not any(map(is_ditto, set(cells))):
        return cells
    nameless = {place for column in names for place, cell in enumerate(column) if is_nothing(cell)}
    found: list[Cell] = []
    above: Cell = None
    for place, cell in enumerate(cells):
        if not is_ditto(cell) and place not in nameless:
            above = None if is_nothing(cell) else cell
        found.append(above if is_ditto(cell) else cell)
    return found


def _is_marked(field: Field) -> bool:
    """What people say once and mark below; a name and a long text say the mark as it stands."""
    return field.links or field.kind.dated or field.words is not None or field.kind.as_words
