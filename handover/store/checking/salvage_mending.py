"""Mending what was salvaged: rows from the change log, references cut, counts set, and a log that begins anew."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, create_engine, event

from handover.i18n import N_
from handover.store import log
from handover.store.checking import check
from handover.store.log import LogEntry

_LOG_TABLES = ("act", "change")
#: The digits of a number, as many as a series counts to.
_DIGITS = re.compile(r"\d{1,9}")


@dataclass(slots=True)
class Loss:
    """What a table came through with.

    Attributes:
        read: rows that were read.
        lost: rows that are not in the new file; at most so many, where gaps in the numbering count as rows.
        from_log: rows that were put together from the change log.
        cut: rows in the new file of which a reference to a lost row was cleared.
        whole: whether the table could be read to its end.
        recognised: nothing said where it lies; its rows were recognised by what they hold.
    """

    table: str
    read: int = 0
    lost: int = 0
    from_log: int = 0
    cut: int = 0
    whole: bool = True
    recognised: bool = False

    @property
    def clean(self) -> bool:
        """Whether everything of the table came over as it was."""
        return self.whole and not (self.lost or self.from_log or self.cut or self.recognised)


def columns_of(connection: sqlite3.Connection, table: str) -> list[str]:
    """The names of the columns of a table."""
    return [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]


def mend(target: sqlite3.Connection, losses: dict[str, Loss]) -> None:
    """Put together what is missing, cut what points nowhere, and set counts to what was given out."""
    trusted = not check.altered_log(target) and all(losses[t].whole and not losses[t].lost for t in _LOG_TABLES)
    for table in check.logged_tables():
        loss = losses.setdefault(table, Loss(table))
        if trusted or not loss.clean:
            _from_log(target, table, loss, trusted)
    _name_projects(target)
    _cut_to_elsewhere(target, losses)
    while _cut_references(target, losses):
        pass
    for table, prefix in check.row_tables().items():
        target.execute(
            "INSERT INTO counter (project_id, prefix, last) "  # noqa: S608 - names are ours
            f'SELECT project_id, ?, max(CAST(substr(ref, {len(prefix) + 2}) AS INTEGER)) FROM "{table}" '
            "WHERE true GROUP BY project_id "
            "ON CONFLICT (project_id, prefix) DO UPDATE SET last=max(last, excluded.last)",
            (prefix,),
        )
    _recount_series(target)


def _recount_series(target: sqlite3.Connection) -> None:
    """Set the counts of number series to what was issued: one too high costs numbers, one too low doubles them.

    How a series was written can't be told from here. So the last digits of a number count, both for a series that
    counts on and for one that begins anew in the year of the issue.
    """
    highest: dict[tuple[str, str, int], int] = {}
    issued = "SELECT project_id, kind, number, edition, issued_on FROM issued"
    for project, kind, number, edition, day in target.execute(issued).fetchall():
        if not all(isinstance(text, str) for text in (project, kind, number)):
            continue
        digits = _DIGITS.findall(number)
        counts = [(f"{kind}/{number}", 0, edition if isinstance(edition, int) else 1)]
        if digits:
            year = int(str(day)[:4]) if str(day)[:4].isdecimal() else 0
            counts += [(kind, 0, int(digits[-1])), (kind, year, int(digits[-1]))]
        for key, year, n in counts:
            place = (project, key, year)
            highest[place] = max(n, highest.get(place, 0))
    target.executemany(
        "INSERT INTO series_count (project_id, key, year, last) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (project_id, key, year) DO UPDATE SET last=max(last, excluded.last)",
        [(*place, n) for place, n in highest.items()],
    )


def _from_log(target: sqlite3.Connection, table: str, loss: Loss, trusted: bool) -> None:
    """Add the rows that only the log knows; a log that proves itself also wins over a row that differs."""
    columns = set(columns_of(target, table))
    for key, fields in check.rows_by_log(target, table):
        known = {k: v for k, v in fields.items() if k in columns}
        cursor = target.execute(f'SELECT * FROM "{table}" WHERE id=?', (key,))  # noqa: S608 - names are ours
        row = cursor.fetchone()
        present = dict(zip((c[0] for c in cursor.description), row, strict=True)) if row else {}
        if not known or (present and (not trusted or all(present[k] == v for k, v in known.items()))):
            continue
        whole = {**present, **known, "id": key}
        names = ",".join(f'"{c}"' for c in whole)
        marks = ",".join("?" * len(whole))
        added = target.execute(
            f'INSERT OR {"REPLACE" if present else "IGNORE"} INTO "{table}" ({names}) VALUES ({marks})',  # noqa: S608 - as above
            list(whole.values()),
        ).rowcount
        loss.from_log += added
        loss.lost = max(0, loss.lost - added)


def _name_projects(target: sqlite3.Connection) -> None:
    """A lost project would take all its rows along: one that rows name but nobody has is made anew."""
    missing: set[str] = set()
    for table in check.row_tables():
        missing |= {
            key
            for (key,) in target.execute(
                f'SELECT DISTINCT project_id FROM "{table}" WHERE project_id NOT IN (SELECT id FROM project)'  # noqa: S608 - names are ours
            )
        }
    for n, key in enumerate(sorted(missing), 1):
        target.execute(
            "INSERT INTO project (id, code, name, status) VALUES (?, ?, ?, 'active')",
            (key, f"SALVAGED-{n}", f"SALVAGED-{n}"),
        )


def _cut_references(target: sqlite3.Connection, losses: dict[str, Loss]) -> int:
    """Clear what names a row that isn't there; a row that can't be without it goes. Returns how many were touched."""
    broken = target.execute("PRAGMA foreign_key_check").fetchall()
    links = {t: {r[0]: r[3] for r in target.execute(f'PRAGMA foreign_key_list("{t}")')} for t, *_ in broken}
    for table, rowid, _, number in broken:
        column = links[table][number]
        needed = {r[1]: r[3] for r in target.execute(f'PRAGMA table_info("{table}")')}[column]
        loss = losses.setdefault(table, Loss(table))
        if needed:
            target.execute(f'DELETE FROM "{table}" WHERE rowid=?', (rowid,))  # noqa: S608 - names are ours
            loss.lost += 1
            loss.read -= 1
        else:
            target.execute(f'UPDATE "{table}" SET "{column}"=NULL WHERE rowid=?', (rowid,))  # noqa: S608 - as above
            loss.cut += 1
    return len(broken)


def _cut_to_elsewhere(target: sqlite3.Connection, losses: dict[str, Loss]) -> None:
    """Clear what names a row of another project, as where the project of one of the two was spoiled."""
    with_project = {table for table in check.logged_tables() if "project_id" in columns_of(target, table)}
    for table in sorted(with_project):
        needed = {row[1] for row in target.execute(f'PRAGMA table_info("{table}")') if row[3]}
        for link in target.execute(f'PRAGMA foreign_key_list("{table}")').fetchall():
            other, column = link[2], link[3]
            if other not in with_project:
                continue
            elsewhere = f'WHERE (SELECT o.project_id FROM "{other}" o WHERE o.id = "{table}"."{column}") <> project_id'  # noqa: S608 - names are ours
            loss = losses.setdefault(table, Loss(table))
            if column in needed:
                gone = target.execute(f'DELETE FROM "{table}" {elsewhere}').rowcount  # noqa: S608 - as above
                loss.lost, loss.read = loss.lost + gone, loss.read - gone
            else:
                loss.cut += target.execute(f'UPDATE "{table}" SET "{column}"=NULL {elsewhere}').rowcount  # noqa: S608 - as above


def begin_log(part: Path, name: str, user: str) -> None:
    """Replace the log by one act that holds every row."""
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(part, isolation_level=None))
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        with engine.begin() as connection:
            for table in reversed(_LOG_TABLES):
                connection.exec_driver_sql(f'DELETE FROM "{table}"')  # noqa: S608 - names are ours
            act = {
                "project_id": None,
                "kind": "barrier",
                "label": N_("Save what could be read of {file}"),
                "label_values": log.as_json({"file": name}),
                "source": "salvage",
                "who": user,
            }
            log.write(connection, act, list(_every_row(connection)), log.stacks(connection))
    finally:
        engine.dispose()


def _every_row(connection: Connection) -> Iterator[LogEntry]:
    for table in check.logged_tables():
        for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"').mappings():  # noqa: S608 - names are ours
            yield LogEntry(table, row["id"], "insert", log.as_json(dict(row)))
