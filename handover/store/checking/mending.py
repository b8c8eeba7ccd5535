"""Mending what a check found, in one act that can be undone: nothing is guessed, what can't stay is emptied.

What another program wrote behind the log's back is taken into the log as it is, so that undoing the act brings back
what the log said. Then values that can't be read or that the domain forbids are emptied, outlines that lead back to
themselves are cut, and counters are set to what was given out.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from sqlalchemy import Table

from handover.errors import NotLawful
from handover.i18n import N_, tr
from handover.jobs import Progress, step, unattended
from handover.model.base import Base
from handover.store import log
from handover.store.checking import anchors, check, check_domain
from handover.store.copies import copies, copying
from handover.store.log import LogEntry
from handover.store.workspace import Workspace

#: After so many rounds what is still forbidden can't be mended by emptying.
_ROUNDS = 5


def mend(path: Path, user: str, progress: Progress = unattended) -> int:
    """Set right what can be, after a copy of the workspace; returns how many changes it took.

    Raises:
        NotLawful: the change log itself was altered; nothing would prove what was mended.
        HandoverError: the workspace can't be opened for writing, or the copy can't be made.
    """
    with Workspace.open(path) as workspace:
        workspace.refuse_reader()
        workspace.user = user
        copying.make(workspace.path, copies.BEFORE_MENDING, progress)
        with workspace.engine.execution_options(writing=True).begin() as connection:
            raw = connection.connection.driver_connection
            if check.altered_log(raw):  # type: ignore[arg-type]  # the driver's own connection
                raise NotLawful(
                    N_("The change log was altered, so that nothing can be mended by it. Restore a copy, or save what "
                       "can be read as a new file.")
                )  # fmt: skip
            mending = _Mending(raw)
            saying = tr("Mending {file}", file=path.name)
            step(progress, 0, 3, saying)
            mending.take_over()
            step(progress, 1, 3, saying)
            mending.empty_forbidden()
            mending.cut_circles()
            step(progress, 2, 3, saying)
            counters = mending.set_counters()
            if mending.entries:
                act = {
                    "project_id": None, "kind": "edit", "label": N_("Mend what the check found"), "label_values": "{}",
                    "source": "check", "who": user,
                }  # fmt: skip
                log.write(connection, act, mending.entries, log.stacks(connection), progress)
        workspace.tell(frozenset(entry.table for entry in mending.entries))
    anchors.accept(path)
    return len(mending.entries) + counters


class _Mending:
    """What is mended in one transaction."""

    def __init__(self, connection: Any) -> None:  # Any: sqlite3's connection as SQLAlchemy types it
        self._connection = connection
        self.entries: list[LogEntry] = []

    def take_over(self) -> None:
        """Tell the log what lies in the file where it differs."""
        for table in check.logged_tables():
            by_log = ((key, 0, fields) for key, fields in check.rows_by_log(self._connection, table))
            by_file = ((key, 1, fields) for key, fields in check.by_file(self._connection, table))
            for key, versions in groupby(heapq.merge(by_log, by_file, key=itemgetter(0, 1)), itemgetter(0)):
                found = {side: fields for _, side, fields in versions}
                self.entries += _differing(table, key, found.get(0), found.get(1))

    def empty_forbidden(self) -> None:
        """Empty what can't be read or be, where the column may be empty; else put in what it usually holds."""
        for model in [m.class_ for m in Base.registry.mappers if m.class_.logged]:
            for _ in range(_ROUNDS):
                faults = [f for f in check_domain.faults(self._connection, model) if f.column]
                if not sum(self._empty(fault) for fault in faults):
                    break

    def _empty(self, fault: check_domain.RowFault) -> bool:
        table = Base.metadata.tables[fault.table]
        column = table.c[fault.column]
        if column.primary_key:
            return False
        usual = check.usual(fault.table).get(fault.column)
        if usual is None and not column.nullable:
            return self._as_text(table, fault)
        return self._set(table, fault.key, fault.column, usual)

    def _as_text(self, table: Table, fault: check_domain.RowFault) -> bool:
        """Make a text of what stands in a column that must have one."""
        query = f'SELECT "{fault.column}" FROM "{table.name}" WHERE id=?'  # noqa: S608 - names are ours
        (value,) = self._connection.execute(query, (fault.key,)).fetchone()
        if not isinstance(value, bytes):
            return False
        return self._set(table, fault.key, fault.column, value.decode("utf-8", "replace").replace("\0", ""))

    def cut_circles(self) -> None:
        """Let one row of each circle stand at the top."""
        for name in check.logged_tables():
            table = Base.metadata.tables[name]
            for column in check_domain.outline_columns(table):
                for key in check_domain.circle(self._connection, table, column)[0]:
                    self._set(table, key, column, None)

    def _set(self, table: Table, key: str, column: str, value: Any) -> bool:  # Any: what a column holds
        query = f'SELECT "{column}" FROM "{table.name}" WHERE id=?'  # noqa: S608 - names are ours
        (before,) = self._connection.execute(query, (key,)).fetchone()
        if before == value:
            return False
        self._connection.execute(f'UPDATE "{table.name}" SET "{column}"=? WHERE id=?', (value, key))  # noqa: S608 - as above
        before = before.hex() if isinstance(before, bytes) else before
        self.entries.append(LogEntry(table.name, key, "update", log.as_json({column: [before, value]})))
        return True

    def set_counters(self) -> int:
        """Set the counters of references to what was given out; returns how many stood behind."""
        done = 0
        for table, prefix in check.row_tables().items():
            done += self._connection.execute(
                "INSERT INTO counter (project_id, prefix, last) "  # noqa: S608 - names are ours
                f'SELECT project_id, ?, max(CAST(substr(ref, {len(prefix) + 2}) AS INTEGER)) AS top FROM "{table}" '
                "WHERE true GROUP BY project_id HAVING top > coalesce((SELECT last FROM counter c "
                f'WHERE c.project_id = "{table}".project_id AND c.prefix = ?), 0) '
                "ON CONFLICT (project_id, prefix) DO UPDATE SET last=excluded.last",
                (prefix, prefix),
            ).rowcount
        return done


def _differing(
    table: str, key: str, by_log: dict[str, Any] | None, by_file: dict[str, Any] | None
) -> Iterator[LogEntry]:  # Any: stored values
    """What the log must be told of a row so that it says what the file holds."""
    if by_file is None:
        yield LogEntry(table, key, "delete", log.as_json(by_log or {}))
        return
    fields = {name: value.hex() if isinstance(value, bytes) else value for name, value in by_file.items()}
    if by_log is None:
        yield LogEntry(table, key, "insert", log.as_json({k: v for k, v in fields.items() if v is not None}))
        return
    usual = check.usual(table)
    diff = {
        name: [by_log.get(name), value]
        for name, value in fields.items()
        if by_log.get(name) != value and not (name not in by_log and value == usual.get(name))
    }
    if diff:
        yield LogEntry(table, key, "update", log.as_json(diff))
