"""What a person does to rows of a register; each function is one act that undo takes back."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from handover.errors import HandoverError, NotLawful, NotValid
from handover.i18n import N_
from handover.model.base import Row
from handover.model.steps import life_of
from handover.model.task import Task
from handover.registers import entry, outline
from handover.registers.declare import Register
from handover.registers.scheduling.planning import PlannedSpan, span
from handover.store.copies import copies, copying
from handover.store.work import UnitOfWork
from handover.store.workspace import Workspace

Values = Mapping[str, Any]  # Any: what each field holds
_Calendars = Callable[[], Callable[[str | None], PlannedSpan]]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A cell that can't take what was meant for it."""

    row_id: str
    field: str
    text: str
    reason: HandoverError


def change(
    workspace: Workspace,
    register: Register,
    project_id: str,
    changes: Mapping[str, Values],
    *,
    source: str = "hand",
    name: tuple[str | tuple[str, str], Values] | None = None,
) -> None:
    """Set fields of rows, keyed by row and field. Raises NotValid or NotLawful, with nothing changed.

    Args:
        name: what the act is called, and what fills that; else it is named after the cells.
    """
    cells = [(row, field) for row, values in changes.items() for field in values]
    if not cells:
        return
    label, values = name or _named(workspace, register, cells)
    with workspace.edit(label, project=project_id, source=source, **values) as work:
        calendars = _calendars(work, project_id)
        for row_id, fields in changes.items():
            _set(work, register, work.get(register.model, row_id), fields, calendars)


def add(
    workspace: Workspace,
    register: Register,
    project_id: str,
    values: Values,
    *,
    after: str | None = None,
    source: str = "hand",
) -> str:
    """Add a row; returns its key. A task lands below ``after``, at the same depth, else at the end."""
    return add_many(workspace, register, project_id, [values], after=after, source=source)[0]


def add_many(
    workspace: Workspace,
    register: Register,
    project_id: str,
    many: Sequence[Values],
    *,
    after: str | None = None,
    source: str = "hand",
) -> list[str]:
    """Add rows in one act; returns their keys."""
    _refuse_new(register)
    label = N_("Add a row to {register}"), N_("Add {n} rows to {register}")
    with workspace.edit(label, project=project_id, source=source, register=register.label, n=len(many)) as work:
        made = _append(work, register, many, after, _calendars(work, project_id))
    return [row.id for row in made]


def paste(
    workspace: Workspace, register: Register, project_id: str, changes: Mapping[str, Values], new: Sequence[Values]
) -> list[str]:
    """Set fields of rows and add rows below them in one act; returns the keys of the new ones."""
    cells = sum(len(values) for values in (*changes.values(), *new))
    if new:
        _refuse_new(register)
    label = N_("Paste a cell into {register}"), N_("Paste {n} cells into {register}")
    with workspace.edit(label, project=project_id, source="paste", n=cells, register=register.label) as work:
        calendars = _calendars(work, project_id)
        for row_id, values in changes.items():
            _set(work, register, work.get(register.model, row_id), values, calendars)
        made = _append(work, register, new, None, calendars)
    return [row.id for row in made]


def duplicate(workspace: Workspace, register: Register, project_id: str, ids: Sequence[str]) -> list[str]:
    """Copy rows; a copy starts anew in its lifecycle and takes no dates of progress with it."""
    made: list[Row] = []
    _refuse_new(register)
    label = N_("Duplicate a row of {register}"), N_("Duplicate {n} rows of {register}")
    with workspace.edit(label, project=project_id, n=len(ids), register=register.label) as work:
        by_steps = stamped(register.model)
        for row_id in ids:
            old = work.get(register.model, row_id)
            row = register.model()
            if register.outline:
                outline.place(work, row, None, row_id)
            work.add(row)
            for field in register.entered:
                if field.copied and field.field not in by_steps:
                    setattr(row, field.attr, getattr(old, field.attr))
            made.append(row)
    return [row.id for row in made]


def delete(workspace: Workspace, register: Register, project_id: str, ids: Sequence[str]) -> int:
    """Put rows, and what can't be without them, into the bin; returns how many went. Many go after a copy only."""
    if len(ids) > copying.MANY_ROWS and not workspace.read_only:
        copying.ensure(workspace.path, copies.BEFORE_DELETING)
    label = N_("Delete a row of {register}"), N_("Delete {n} rows of {register}")
    with workspace.edit(label, project=project_id, n=len(ids), register=register.label) as work:
        rows = [work.get(register.model, row_id) for row_id in ids]
        return sum(work.delete(row) for row in rows if row.deleted_at is None)


def restore(workspace: Workspace, register: Register, project_id: str, ids: Sequence[str]) -> int:
    """Take rows out of the bin; returns how many came back."""
    label = N_("Restore a row of {register}"), N_("Restore {n} rows of {register}")
    with workspace.edit(label, project=project_id, n=len(ids), register=register.label) as work:
        rows = [work.get(register.model, row_id) for row_id in ids]
        return sum(work.restore(row) for row in rows if row.deleted_at is not None)


def check(
    connection: Connection, register: Register, project_id: str, typed: Mapping[str, Mapping[str, str]]
) -> tuple[dict[str, dict[str, Any]], list[Refusal]]:
    """What typed texts mean, by row and field, and the cells that can't take theirs. Changes nothing."""
    good: dict[str, dict[str, Any]] = {}
    bad: list[Refusal] = []
    for row_id, texts in typed.items():
        states = _states(connection, register, row_id)
        for key, text in texts.items():
            field = register[key]
            try:
                value = entry.parse(connection, project_id, field, text)
                if value is None and field.required:
                    raise NotValid(N_("This field must be filled in."), field=key)
                if field.lifecycle is not None and value is not None and states.get(key) not in (None, value):
                    field.lifecycle.require(states[key], value)
            except (NotValid, NotLawful) as error:
                bad.append(Refusal(row_id, key, text, error))
            else:
                good.setdefault(row_id, {})[key] = value
    return good, bad


def _refuse_new(register: Register) -> None:
    if not register.by_hand:
        raise NotLawful(N_("Rows of {register} are made by the program alone."), register=register.label)


def stamped(model: type[Row]) -> frozenset[str]:
    """The fields that the steps of a lifecycle fill in; they tell what happened to a row."""
    found = life_of(model)
    return frozenset(field for step in found[1].steps for field in step.touches) if found else frozenset()


def _calendars(work: UnitOfWork, project_id: str) -> _Calendars:
    """The project's calendars, read once an act and only when the dates of a task ask for them."""
    return functools.cache(lambda: span(work.session.connection(), project_id))


def _append(
    work: UnitOfWork, register: Register, many: Sequence[Values], after: str | None, calendars: _Calendars
) -> list[Row]:
    """New rows one below the other; tasks below ``after`` where it is given, else at the end."""
    made: list[Row] = []
    for values in many:
        row = register.model()
        if register.outline:
            outline.place(work, row, made[-1] if made else None, after)
        work.add(row)
        _refuse_following(work, register, values)
        _set(work, register, row, values, calendars)
        made.append(row)
    return made


def _refuse_following(work: UnitOfWork, register: Register, values: Values) -> None:
    """A state that follows from other rows isn't said of a new one, but by a list of the past."""
    for key in values if not work.history else ():
        life = register[key].lifecycle
        if life is not None and life.follows and values[key] not in (None, life.initial):
            raise NotLawful(life.follows)


def _set(work: UnitOfWork, register: Register, row: Row, values: Values, calendars: _Calendars) -> None:
    for key, value in values.items():
        field = register[key]
        field.require_typed()
        if register.outline and key == "parent":
            outline.part_of(work, row, value)
            continue
        try:
            field.kind.write(work, row, field, value)
        except NotValid as error:
            error.field = key
            raise
    if register.links:
        _settle_dates(row, values.keys(), calendars)


def _settle_dates(task: Row, changed: Set[str], calendars: _Calendars) -> None:
    """Two of planned start, finish and duration give the third, as in MS Project: a finish that is typed in sets the
    duration, everything else the finish."""
    assert isinstance(task, Task)
    if task.kind == "summary" or not changed & {"start", "finish", "duration", "elapsed"} or task.start is None:
        return
    count = calendars()(task.calendar_id)
    if "finish" in changed and task.finish is not None:
        if task.kind != "milestone" and task.finish >= task.start and ("duration" not in changed or not task.duration):
            task.duration = count.duration(task.start, task.finish, bool(task.elapsed))
    elif task.duration is not None:
        task.finish = count.finish(task.start, task.duration, bool(task.elapsed))


def _states(connection: Connection, register: Register, row_id: str) -> dict[str, str]:
    fields = [f for f in register.entered if f.lifecycle is not None]
    if not fields:
        return {}
    columns = [getattr(register.model, f.attr) for f in fields]
    row = connection.execute(select(*columns).where(register.model.id == row_id)).one_or_none()
    return dict(zip((f.field for f in fields), row, strict=True)) if row is not None else {}


def _named(workspace: Workspace, register: Register, cells: list[tuple[str, str]]) -> tuple[str, dict[str, Any]]:
    """The name of an act on some cells, and what fills it."""
    if len(cells) > 1:
        return N_("Change {n} cells of {register}"), {"n": len(cells), "register": register.label}
    with workspace.read() as connection:
        ref = connection.execute(select(register.model.ref).where(register.model.id == cells[0][0])).scalar()
    return N_("Change {field} of {ref}"), {"field": register[cells[0][1]].label, "ref": ref or ""}
