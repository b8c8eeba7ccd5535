"""Undo and redo of any number of acts, across a restart: the inverse of what the change log says is one more act."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import DBAPIError

from handover.errors import NotLawful
from handover.i18n import N_, tr
from handover.jobs import Progress, unattended, watched
from handover.model.base import Base
from handover.model.project import Project
from handover.store import log
from handover.store.beside_project import bring_back, is_beside, take_out
from handover.store.log import Act, Change, LogEntry
from handover.store.row_entries import quoted
from handover.store.undo_marks import COLUMNS, SINCE, ActMarks, first_wrong
from handover.store.workspace import Workspace, not_written

#: How many changes are carried out at once.
_BATCH = 5_000
#: What a column of a row can hold in the log.
_STORED = (str, int, float, type(None))
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
    """The act of a number; None where the log has none, as one that was altered may name."""
    if number is None:
        return None
    changes = select(func.count()).where(Change.act_id == number).scalar_subquery()
    statement = select(Act.label, Act.label_values, Act.project_id, changes.label("changes")).where(Act.id == number)
    row = connection.execute(statement).one_or_none()
    return UndoStep(number, log.label_of(row.label, row.label_values), row.project_id, row.changes) if row else None


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
            _refuse_altered(connection)
            act = connection.execute(select(Act).where(Act.id == step.number)).mappings().one()
            done = [e for e in _entries(connection, step.number) if e.op == "delete" or not is_beside(e.table)]
            saying = tr(_SAYING[kind])
            inverse = (_inverse(e) for e in watched(reversed(done), progress, len(done), saying, _BATCH))
            entries = [e for each in inverse for e in _with_what_lies_beside(connection, each)]
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


def _refuse_altered(connection: Connection) -> None:
    """Undo by no mark that doesn't follow from the acts: it would take back another act than the last one."""
    rows = connection.exec_driver_sql(f"SELECT {COLUMNS} FROM act WHERE {SINCE} ORDER BY id")  # noqa: S608 - names are ours
    if first_wrong(ActMarks(*row) for row in rows) is not None:
        raise _broken()


def _broken(detail: str = "") -> NotLawful:
    return NotLawful(
        N_("The change log was altered by another program, so that nothing can be undone any more. Everything else "
           "works; check the workspace."),
        detail=detail,
    )  # fmt: skip


def _with_what_lies_beside(connection: Connection, entry: LogEntry) -> Iterator[LogEntry]:
    """A change, and before a project goes, what would hold it back."""
    if entry.op == "delete" and entry.table == Project.__tablename__:
        yield from take_out(connection, entry.row_id)
    yield entry


def _entries(connection: Connection, number: int) -> list[LogEntry]:
    rows = connection.execute(
        select(Change.table, Change.row_id, Change.op, Change.fields).where(Change.act_id == number).order_by(Change.id)
    )
    return [LogEntry(*row) for row in rows]


def _inverse(entry: LogEntry) -> LogEntry:
    if entry.op == "update":
        flipped = {k: [after, before] for k, (before, after) in log.pairs_of(entry.fields).items()}
        return LogEntry(entry.table, entry.row_id, "update", log.as_json(flipped))
    return LogEntry(entry.table, entry.row_id, "delete" if entry.op == "insert" else "insert", entry.fields)


def _play(connection: Connection, entries: Iterable[LogEntry]) -> None:
    """Carry out changes in their order, runs of the same statement together."""
    statement, values = "", list[tuple[Any, ...]]()
    for entry in entries:
        if is_beside(entry.table):
            if entry.op == "insert":
                bring_back(connection, entry)
            continue  # what was taken out is gone already
        sql, row = _statement(entry)
        if values and (sql != statement or len(values) >= _BATCH):
            connection.exec_driver_sql(statement, values)
            values = []
        statement = sql
        values.append(row)
    if values:
        connection.exec_driver_sql(statement, values)


def _statement(entry: LogEntry) -> tuple[str, tuple[Any, ...]]:
    """The SQL of a change; names come from a file, and only those of our tables and columns reach the database.

    Raises:
        NotLawful: the change names anything else, or is spoiled.
    """
    table = Base.metadata.tables.get(entry.table)
    fields = log.fields_of(entry.fields)
    if table is None or "id" not in table.c or not fields or not all(name in table.c for name in fields):
        raise _broken(f"{entry.op} {entry.table!r}")
    columns = [quoted(table.c[name].name) for name in fields]
    if entry.op == "delete":
        return f"DELETE FROM {quoted(table.name)} WHERE id=?", (entry.row_id,)  # noqa: S608 - names are ours
    values = [v[1] if entry.op == "update" and isinstance(v, list) else v for v in fields.values()]
    if entry.op not in ("insert", "update") or not all(isinstance(v, _STORED) for v in values):
        raise _broken(f"{entry.op} {entry.table!r}")
    if entry.op == "insert":
        marks = ",".join("?" * len(columns))
        return f"INSERT INTO {quoted(table.name)} ({','.join(columns)}) VALUES ({marks})", tuple(values)  # noqa: S608 - as above
    sets = ",".join(f"{c}=?" for c in columns)
    return f"UPDATE {quoted(table.name)} SET {sets} WHERE id=?", (*values, entry.row_id)  # noqa: S608 - as above
