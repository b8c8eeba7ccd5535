"""Rows that a migration writes: stored and logged as acts that can't be undone, one for each project.

A migration runs on tables as they were when it was written, so that nothing here goes through the models.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from handover import clock
from handover.model.base import new_id
from handover.store import log
from handover.store.log import LogEntry

#: Who is named in the change log.
_WHO = "Handover"


class UpgradeWork:
    """The changes of one migration to the rows of a workspace.

    Args:
        connection: that of the migration, within its transaction.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._entries: dict[str, list[LogEntry]] = defaultdict(list)

    def projects(self) -> list[str]:
        """The keys of all projects."""
        return [key for (key,) in self.connection.exec_driver_sql("SELECT id FROM project ORDER BY id")]

    def rows(self, table: str, columns: str, where: str = "1", values: tuple[Any, ...] = ()) -> list[Any]:
        """Rows of a table, in the order of their keys."""
        found = self.connection.exec_driver_sql(f"SELECT {columns} FROM {table} WHERE {where} ORDER BY id", values)  # noqa: S608 - the migration's own words
        return list(found)

    def insert(self, project: str, table: str, prefix: str, rows: Sequence[Mapping[str, Any]]) -> list[str]:
        """Add rows, with key and reference, to a project; returns their keys."""
        keys = [new_id() for _ in rows]
        for key, ref, row in zip(keys, self._refs(project, prefix, len(rows)), rows, strict=True):
            whole = {"id": key, "project_id": project, "ref": ref, **row}
            fields = {name: log.stored(value) for name, value in whole.items() if value is not None}
            names, marks = ",".join(f'"{name}"' for name in fields), ",".join("?" * len(fields))
            self.connection.exec_driver_sql(
                f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608 - as above
                tuple(fields.values()),
            )
            self.note(project, table, key, fields)
        return keys

    def note(self, project: str, table: str, key: str, fields: Mapping[str, Any]) -> None:
        """Log a row that was stored otherwise, with its filled columns."""
        self._entries[project].append(LogEntry(table, key, "insert", log.as_json(fields)))

    def update(
        self,
        project: str,
        table: str,
        key: str,
        changes: Mapping[str, tuple[Any, Any]],
        *,
        gone: Mapping[str, Any] | None = None,
    ) -> None:
        """Set columns of a row, each given with its value before and after.

        Args:
            gone: what stood in columns that the table has no more; the log tells that it went.
        """
        diff = {name: [before, after] for name, (before, after) in changes.items() if before != after}
        if diff:
            assignments = ",".join(f'"{name}"=?' for name in diff)
            self.connection.exec_driver_sql(
                f"UPDATE {table} SET {assignments} WHERE id=?",  # noqa: S608 - as above
                (*(after for _, after in diff.values()), key),
            )
        diff |= {name: [value, None] for name, value in (gone or {}).items()}
        if not diff:
            return
        self._entries[project].append(LogEntry(table, key, "update", log.as_json(diff)))

    def finish(self, label: str, told: Mapping[str, Mapping[str, Any]] | None = None) -> None:
        """Log what was done to each project as one act that can't be undone.

        Args:
            label: the name of the act, a catalogue key.
            told: for each project what fills its placeholders.
        """
        for project, entries in self._entries.items():
            values = dict((told or {}).get(project, {}))
            self._log(project, label, values, entries)
        self._entries.clear()

    def _log(self, project: str, label: str, values: Mapping[str, Any], entries: list[LogEntry]) -> None:
        last = self.connection.exec_driver_sql("SELECT hash FROM act ORDER BY id DESC LIMIT 1").scalar()
        act = {
            "project_id": project, "kind": "barrier", "label": label, "label_values": log.as_json(values),
            "source": "upgrade", "who": _WHO, "at": clock.now().isoformat(timespec="milliseconds"), "target": None,
        }  # fmt: skip
        act["hash"] = log.act_hash(last or "", act, entries)
        names, marks = ",".join(act), ",".join("?" * len(act))
        number = self.connection.exec_driver_sql(
            f"INSERT INTO act ({names}) VALUES ({marks})",  # noqa: S608 - as above
            tuple(act.values()),
        ).lastrowid
        self.connection.exec_driver_sql(
            "INSERT INTO change (act_id, tbl, row_id, op, fields) VALUES (?, ?, ?, ?, ?)",
            [(number, *entry) for entry in entries],
        )

    def _refs(self, project: str, prefix: str, count: int) -> list[str]:
        if not count:
            return []
        where = (project, prefix)
        last = self.connection.exec_driver_sql(
            "SELECT last FROM counter WHERE project_id=? AND prefix=?", where
        ).scalar()
        if last is None:
            self.connection.exec_driver_sql("INSERT INTO counter (project_id, prefix, last) VALUES (?, ?, 0)", where)
        first = (last or 0) + 1
        self.connection.exec_driver_sql(
            "UPDATE counter SET last=? WHERE project_id=? AND prefix=?", (first + count - 1, *where)
        )
        return [f"{prefix}-{n:04d}" for n in range(first, first + count)]
