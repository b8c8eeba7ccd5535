"""Filling cells of a matrix: what is wanted in each becomes rows of its register, in one act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from handover.errors import NotLawful
from handover.i18n import N_
from handover.model.base import Row
from handover.registers.matrix.declaration import Matrix
from handover.store.among import among
from handover.store.work import UnitOfWork
from handover.store.workspace import Workspace

#: A cell by the keys of its head down and its head across.
Place = tuple[str, str]
#: What is wanted in cells; nothing empties a cell.
Wanted = Mapping[Place, Sequence[Any]]  # Any: what the value field holds


@dataclass(slots=True)
class CellsFilled:
    """What filling cells did to the register: how many rows came, changed and went into the bin."""

    added: int = 0
    changed: int = 0
    removed: int = 0


def fill(workspace: Workspace, matrix: Matrix, project_id: str, wanted: Wanted, *, source: str = "hand") -> CellsFilled:
    """Have in cells what is wanted there, in one act that undo takes back.

    A value that was in the cell before and lies in the bin comes out of it again, with its notes.

    Raises:
        NotValid, NotLawful: with nothing changed.
        ReadOnly: the workspace can't be written.
    """
    filled = CellsFilled()
    if not wanted:
        return filled
    if not matrix.register.by_hand:
        raise NotLawful(N_("Rows of {register} are made by the program alone."), register=matrix.register.label)
    matrix.value_field.require_typed()
    label = N_("Change a cell of {matrix}") if len(wanted) == 1 else N_("Change {n} cells of {matrix}")
    with workspace.edit(label, project=project_id, source=source, n=len(wanted), matrix=matrix.label) as work:
        present = _present(work, matrix, project_id, wanted)
        for place, values in wanted.items():
            _fill_cell(work, matrix, place, list(dict.fromkeys(values)), present.get(place, []), filled)
    return filled


def _present(work: UnitOfWork, matrix: Matrix, project_id: str, wanted: Wanted) -> dict[Place, list[Row]]:
    """The rows of the cells, those in the bin too, the oldest first."""
    model = matrix.register.model
    down, across = getattr(model, matrix.down_field.attr), getattr(model, matrix.across_field.attr)
    # Asked by the heads alone, which are of one project: SQLite would look through all rows of the project for a cell.
    statement = (
        select(model)
        .where(
            among(down, list(dict.fromkeys(place[0] for place in wanted))),
            among(across, list(dict.fromkeys(place[1] for place in wanted))),
        )
        .order_by(model.id)
    )
    found: dict[Place, list[Row]] = {}
    for row in work.session.scalars(statement):
        place = getattr(row, matrix.down_field.attr), getattr(row, matrix.across_field.attr)
        if place in wanted and row.project_id == project_id:
            found.setdefault(place, []).append(row)
    return found


def _fill_cell(
    work: UnitOfWork, matrix: Matrix, place: Place, values: list[Any], rows: list[Row], filled: CellsFilled
) -> None:  # Any: as above
    attr = matrix.value_field.attr
    living = [row for row in rows if row.deleted_at is None]
    if matrix.several or not values:
        for row in living:
            if getattr(row, attr) not in values:
                work.delete(row)
                filled.removed += 1
        held = {getattr(row, attr) for row in living}
        for value in values:
            if value not in held:
                _enter(work, matrix, place, value, rows, filled)
    elif not living:
        _enter(work, matrix, place, values[0], rows, filled)
    elif getattr(living[-1], attr) != values[0]:
        setattr(living[-1], attr, values[0])
        filled.changed += 1


def _enter(
    work: UnitOfWork, matrix: Matrix, place: Place, value: Any, rows: list[Row], filled: CellsFilled
) -> None:  # Any: as above
    attr = matrix.value_field.attr
    filled.added += 1
    binned = next((row for row in reversed(rows) if row.deleted_at is not None and getattr(row, attr) == value), None)
    if binned is not None:
        work.restore(binned)
        return
    row = matrix.register.model()
    setattr(row, matrix.down_field.attr, place[0])
    setattr(row, matrix.across_field.attr, place[1])
    work.add(row)
    setattr(row, attr, value)
