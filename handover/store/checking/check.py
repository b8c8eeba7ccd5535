"""The integrity check of a workspace: what is wrong, in plain words."""

from __future__ import annotations

import contextlib
import heapq
import sqlite3
from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from sqlalchemy.sql.schema import ScalarElementColumnDefault

from handover.errors import HandoverError
from handover.i18n import N_, tr, trn
from handover.jobs import Progress, step, unattended
from handover.store import file as files
from handover.store import log, undo_marks
from handover.store.checking.anchors import check_anchors
from handover.store.checking.check_domain import check_domain
from handover.store.checking.check_files import check_files
from handover.store.checking.finding import Finding
from handover.store.log import LogEntry


def check(path: Path, progress: Progress = unattended) -> list[Finding]:
    """Read the whole file and say what is wrong with it; an empty list when it is sound. Changes nothing.

    Raises:
        NotFound, UnusableFile: there is nothing to check, or it isn't ours.
    """
    try:
        files.inspect(path)
    except files.Damaged as error:
        return [Finding("damaged", str(error)), *(Finding("page", line) for line in error.detail.splitlines()[:20])]
    findings: list[Finding] = []
    with contextlib.closing(files.glance(path)) as connection:
        parts = (_pages, _links, _counters, altered_log, changed_rows, check_domain)
        for done, part in enumerate(parts):
            step(progress, done, len(parts), tr("Checking {file}", file=path.name))
            try:
                findings += part(connection)
            except sqlite3.DatabaseError as error:
                raise HandoverError(
                    N_("{file} could not be read to its end. Restore a copy, or save what can be read as a new file."),
                    file=path.name,
                    detail=str(error),
                ) from error
        findings += check_anchors(path, connection)
        findings += check_files(path, connection, progress)
    return findings


def _pages(connection: sqlite3.Connection) -> list[Finding]:
    rows = [r[0] for r in connection.execute("PRAGMA integrity_check(50)")]
    return [] if rows == ["ok"] else [Finding("page", tr("The file is damaged: {detail}", detail=r)) for r in rows]


def _links(connection: sqlite3.Connection) -> list[Finding]:
    return [
        Finding("link", tr("A row of table “{table}” names a row of “{parent}” that isn't there.", table=t, parent=p))
        for t, _, p, _ in connection.execute("PRAGMA foreign_key_check")
    ]


def _counters(connection: sqlite3.Connection) -> list[Finding]:
    findings = []
    for table, prefix in row_tables().items():
        highest = connection.execute(
            f"SELECT r.project_id, max(CAST(substr(r.ref, {len(prefix) + 2}) AS INTEGER)), c.last FROM {table} r "  # noqa: S608 - names are ours
            "LEFT JOIN counter c ON c.project_id = r.project_id AND c.prefix = ? GROUP BY r.project_id",
            (prefix,),
        )
        findings += [
            Finding("counter", tr("References {prefix} run to {highest}, but the counter stands at {last}.",
                                  prefix=prefix, highest=top, last=last or 0), mendable=True)
            for _, top, last in highest
            if (last or 0) < top
        ]  # fmt: skip
    return findings


def row_tables() -> dict[str, str]:
    """The tables of registers with the letters of their references."""
    from handover.model import Base, Row

    mappers = Base.registry.mappers
    return {str(m.class_.__tablename__): m.class_.prefix for m in mappers if issubclass(m.class_, Row)}


def altered_log(connection: sqlite3.Connection) -> list[Finding]:
    """Recompute the chain of hashes: an act that was altered or removed breaks it."""
    before, last = "", 0
    names = ("id", "project_id", "kind", "label", "label_values", "source", "who", "at", "target", "hash")
    for row in connection.execute(f"SELECT {','.join(names)} FROM act ORDER BY id"):  # noqa: S608 - names are ours
        act = dict(zip(names, row, strict=True))
        if act["id"] != last + 1:
            return [
                Finding(
                    "log", tr("The change log lacks entries between {first} and {last}.", first=last, last=act["id"])
                )
            ]
        entries = (
            LogEntry(*e)
            for e in connection.execute(
                "SELECT tbl, row_id, op, fields FROM change WHERE act_id=? ORDER BY id", (act["id"],)
            )
        )
        if log.act_hash(before, act, entries) != act["hash"]:
            return [Finding("log", tr("Entry {n} of the change log, of {at}, was altered.", n=act["id"], at=act["at"]))]
        before, last = act["hash"], act["id"]
    return _marks(connection)


def _marks(connection: sqlite3.Connection) -> list[Finding]:
    """The marks of undo follow from the acts: what they say otherwise was altered."""
    rows = connection.execute(f"SELECT {undo_marks.COLUMNS} FROM act ORDER BY id")  # noqa: S608 - names are ours
    wrong = undo_marks.first_wrong(undo_marks.ActMarks(*row) for row in rows)
    if wrong is None:
        return []
    return [Finding("log", tr("The marks of undo in entry {n} of the change log were altered; undo is off.", n=wrong))]


def changed_rows(connection: sqlite3.Connection) -> list[Finding]:
    """Compare every row with what the change log says it must be: what another program wrote isn't in the log."""
    findings = []
    for table in logged_tables():
        defaults = usual(table)
        both = heapq.merge(rows_by_log(connection, table), by_file(connection, table), key=itemgetter(0))
        differing = sum(
            not _agree(defaults, *(fields for _, fields in versions)) for _, versions in groupby(both, itemgetter(0))
        )
        if differing:
            sentence = trn(
                "{n} row of table “{table}” was changed by another program: the change log says otherwise.",
                "{n} rows of table “{table}” were changed by another program: the change log says otherwise.",
                differing,
                table=table,
            )
            findings.append(Finding("changed", sentence, mendable=True))
    return findings


def logged_tables() -> list[str]:
    """The tables that the change log follows."""
    from handover.model import Base

    return [str(m.class_.__tablename__) for m in Base.registry.mappers if m.class_.logged]


Version = tuple[str, dict[str, Any]]  # Any: stored values


def rows_by_log(connection: sqlite3.Connection, table: str) -> Iterator[Version]:
    """Every row that the log leaves in place, as its changes add up, in the order of the keys."""
    query = "SELECT row_id, op, fields FROM change WHERE tbl=? ORDER BY row_id, id"
    for key, changes in groupby(connection.execute(query, (table,)), itemgetter(0)):
        row: dict[str, Any] = {}  # Any: as above
        present = False
        for _, op, text in changes:
            present = op != "delete"
            row = {**row, **_after(op, text)} if op == "update" else _after(op, text)
        if present:
            yield key, row


def _after(op: str, text: str) -> dict[str, Any]:  # Any: as above
    """What a change leaves in its fields; nothing where its text is spoiled, which the chain of hashes tells."""
    return {k: after for k, (_, after) in log.pairs_of(text).items()} if op == "update" else log.fields_of(text)


def usual(table: str) -> dict[str, Any]:  # Any: stored values
    """What a column holds that nobody has filled; None where it stays empty."""
    from handover.model import Base

    return {
        c.name: log.stored(c.default.arg) if isinstance(c.default, ScalarElementColumnDefault) else None
        for c in Base.metadata.tables[table].columns
    }


def by_file(connection: sqlite3.Connection, table: str) -> Iterator[Version]:
    """Every row as it lies in the file, in the order of the keys."""
    cursor = connection.execute(f'SELECT * FROM "{table}" ORDER BY id')  # noqa: S608 - names are ours
    names = [column[0] for column in cursor.description]
    return ((row[names.index("id")], dict(zip(names, row, strict=True))) for row in cursor)


def _agree(defaults: Mapping[str, Any], *versions: dict[str, Any]) -> bool:  # Any: as above
    """Whether a row is both in the log and in the file, and alike in every column, also in those that were empty.

    A column that the table has no more was dropped by an upgrade; the log still tells what once stood in it.
    """
    if len(versions) != 2:
        return False
    by_log, by_file = versions
    if not all(by_file[column] == value for column, value in by_log.items() if column in by_file):
        return False
    # What the log has never told of was empty, or what an upgrade put into a new column of old rows.
    return all(v is None or v == defaults.get(c) for c, v in by_file.items() if c not in by_log)
