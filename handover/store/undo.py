"""Undo and redo of any number of acts, across a restart: the inverse of what the change log says is one more act."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import DBAPIError

from handover.errors import NotLawful
from handover.i18n import N_, tr
from handover.jobs import Progress, unattended, watched
from handover.store import log
from handover.store.log import Act, Change, LogEntry
from handover.store.work import quoted
from handover.store.workspace import Workspace, not_written

#: How many changes are carried out at once.
_BATCH = 5_000
_SAYING = {"undo": N_("Undoing"), "redo": N_("Doing again")}


@dataclass(frozen=True, slots=True)
class UndoStep:
    """The act that undo or redo takes next: its number, its name, its project and how many rows it changed."""

    number: int
    label: str
    project_id: str | None
    changes: int


def undo_label(workspace: Workspace) -> UndoStep | None:
    """What ``undo`` would take back, None when there is nothing."""
    with workspace.read() as connection:
        return _step(connection, log.stacks(connection).undo_top)


def redo_label(workspace: Workspace) -> UndoStep | None:
    """What ``redo`` would do again, None when there is nothing."""
    with workspace.read() as connection:
        return _step(connection, log.stacks(connection).redo_top)


def undo(workspace: Workspace, progress: Progress = unattended) -> UndoStep:
    """Take back the last act.

    Raises:
        NotLawful: there is none.
        ReadOnly: the file can't be written.
        Cancelled: the user stopped it; nothing was changed.
    """
    return _apply(workspace, "undo", progress)


def redo(workspace: Workspace, progress: Progress = unattended) -> UndoStep:
    """Do again what was undone last. Raises as ``undo`` does."""
    return _apply(workspace, "redo", progress)


def _step(connection: Connection, number: int | None) -> UndoStep | None:
    if number is None:
        return None
    changes = select(func.count()).where(Change.act_id == number).scalar_subquery()
    statement = select(Act.label, Act.label_values, Act.project_id, changes.label("changes")).where(Act.id == number)
    row = connection.execute(statement).one()
    return UndoStep(number, log.label_of(row.label, row.label_values), row.project_id, row.changes)


def _apply(workspace: Workspace, kind: str, progress: Progress) -> UndoStep:
    workspace.refuse_reader()
    workspace.look_around()
    try:
        with workspace._writing, workspace.engine.execution_options(writing=True).begin() as connection:
            top = log.stacks(connection)
            number = top.undo_top if kind == "undo" else top.redo_top
            step = _step(connection, number)
            if step is None:
                raise NotLawful(N_("There is nothing to undo.") if kind == "undo" else N_("There is nothing to redo."))
            act = connection.execute(select(Act).where(Act.id == step.number)).mappings().one()
            done = _entries(connection, step.number)
            saying = tr(_SAYING[kind])
            entries = [_inverse(e) for e in watched(reversed(done), progress, len(done), saying, _BATCH)]
            _play(connection, watched(entries, progress, len(entries), saying, _BATCH))
            again = {
                "project_id": act["project_id"],
                "kind": kind,
                "label": act["label"],
                "label_values": act["label_values"],
                "source": kind,
                "who": workspace.user,
                "target": step.number,
                "below": act["below"],
                "redo_below": act["redo_below"],
            }
            log.write(connection, again, entries, top, progress)
    except DBAPIError as error:
        raise not_written(workspace.path, error) from error
    workspace.tell(frozenset(e.table for e in entries))
    return step


def _entries(connection: Connection, number: int) -> list[LogEntry]:
    rows = connection.execute(
        select(Change.table, Change.row_id, Change.op, Change.fields).where(Change.act_id == number).order_by(Change.id)
    )
    return [LogEntry(*row) for row in rows]


def _inverse(entry: LogEntry) -> LogEntry:
    if entry.op == "update":
        flipped = {k: [after, before] for k, (before, after) in json.loads(entry.fields).items()}
        return LogEntry(entry.table, entry.row_id, "update", log.as_json(flipped))
    return LogEntry(entry.table, entry.row_id, "delete" if entry.op == "insert" else "insert", entry.fields)


def _play(connection: Connection, entries: Iterable[LogEntry]) -> None:
    """Carry out changes in their order, runs of the same statement together."""
    statement, values = "", list[tuple[Any, ...]]()
    for entry in entries:
        sql, row = _statement(entry)
        if values and (sql != statement or len(values) >= _BATCH):
            connection.exec_driver_sql(statement, values)
            values = []
        statement = sql
        values.append(row)
    if values:
        connection.exec_driver_sql(statement, values)


def _statement(entry: LogEntry) -> tuple[str, tuple[Any, ...]]:
    # Table and column names come from the log, which only this program writes and whose hashes `check` proves.
    fields = json.loads(entry.fields)
    columns = [quoted(c) for c in fields]
    if entry.op == "delete":
        return f"DELETE FROM {quoted(entry.table)} WHERE id=?", (entry.row_id,)  # noqa: S608 - see above
    if entry.op == "insert":
        marks = ",".join("?" * len(columns))
        return (
            f"INSERT INTO {quoted(entry.table)} ({','.join(columns)}) VALUES ({marks})",  # noqa: S608 - see above
            tuple(fields.values()),
        )
    sets = ",".join(f"{c}=?" for c in columns)
    return (
        f"UPDATE {quoted(entry.table)} SET {sets} WHERE id=?",  # noqa: S608 - see above
        (*(after for _, after in fields.values()), entry.row_id),
    )
