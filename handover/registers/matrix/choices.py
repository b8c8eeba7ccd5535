"""By what the heads of a matrix can be narrowed: the values of some fields of the rows that stand down or across."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from handover.registers import show
from handover.registers.matrix.declaration import Axis, LineCount, Matrix
from handover.registers.matrix.reading import target_of
from handover.registers.query import Query
from handover.registers.values_of import values_of


@dataclass(frozen=True, slots=True)
class HeadChoice:
    """A value by which heads can be narrowed, as it is stored and as it is shown."""

    value: Any  # Any: what the field holds
    label: str


@dataclass(frozen=True, slots=True)
class BesideMatrix:
    """What is read beside the cells: the choices of each narrowing field, and the counts of lines by their heads."""

    choices: dict[tuple[Axis, str], list[HeadChoice]]
    counts: dict[Axis, dict[str, LineCount]]


def beside_matrix(connection: Connection, matrix: Matrix, project_id: str) -> BesideMatrix:
    """What a project has beside the cells of a matrix."""
    choices = {(axis, key): _choices(connection, matrix, axis, key, project_id) for axis, key in matrix.narrowed}
    sides: tuple[tuple[Axis, Any], ...] = (("across", matrix.below), ("down", matrix.beside))  # Any: counts, or None
    counts = {axis: dict(asked.read(connection, project_id)) for axis, asked in sides if asked is not None}
    return BesideMatrix(choices, counts)


def _choices(connection: Connection, matrix: Matrix, axis: Axis, key: str, project_id: str) -> list[HeadChoice]:
    target = target_of(matrix.down_field if axis == "down" else matrix.across_field)
    field = target[key]
    found = values_of(connection, target, project_id, Query(), field)
    labelled = [
        HeadChoice(each.value, f"{each.row.ref} {each.row.name}".strip() if each.row is not None
                   else show.text(field, each.value))
        for each in found
        if each.value is not None
    ]  # fmt: skip
    return sorted(labelled, key=lambda choice: choice.label)
