"""The integrity check of a workspace: what is wrong, in plain words."""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from handover.errors import HandoverError
from handover.i18n import N_, tr
from handover.jobs import Progress, step, unattended
from handover.store import file as files
from handover.store import log
from handover.store.log import Entry


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong: a kind for scripts and a sentence for people."""

    kind: str
    message: str


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
        for done, part in enumerate((_pages, _links, _orphans, _log)):
            step(progress, done, 4, tr("Checking {file}", file=path.name))
            try:
                findings += part(connection)
            except sqlite3.DatabaseError as error:
                raise HandoverError(
                    N_("{file} could not be read to its end. Open a backup from the same folder."),
                    file=path.name,
                    detail=str(error),
                ) from error
    return findings


def _pages(connection: sqlite3.Connection) -> list[Finding]:
    rows = [r[0] for r in connection.execute("PRAGMA integrity_check(50)")]
    return [] if rows == ["ok"] else [Finding("page", tr("The file is damaged: {detail}", detail=r)) for r in rows]


def _links(connection: sqlite3.Connection) -> list[Finding]:
    return [
        Finding("link", tr("A row of table “{table}” names a row of “{parent}” that isn't there.", table=t, parent=p))
        for t, _, p, _ in connection.execute("PRAGMA foreign_key_check")
    ]


def _orphans(connection: sqlite3.Connection) -> list[Finding]:
    findings = []
    for table, prefix in _row_tables().items():
        highest = connection.execute(
            f"SELECT r.project_id, max(CAST(substr(r.ref, {len(prefix) + 2}) AS INTEGER)), c.last FROM {table} r "  # noqa: S608 - names are ours
            "LEFT JOIN counter c ON c.project_id = r.project_id AND c.prefix = ? GROUP BY r.project_id",
            (prefix,),
        )
        findings += [
            Finding("counter", tr("References {prefix} run to {highest}, but the counter stands at {last}.",
                                  prefix=prefix, highest=top, last=last or 0))
            for _, top, last in highest
            if (last or 0) < top
        ]  # fmt: skip
    return findings


def _row_tables() -> dict[str, str]:
    from handover.model import Base, Row

    mappers = Base.registry.mappers
    return {str(m.class_.__tablename__): m.class_.prefix for m in mappers if issubclass(m.class_, Row)}


def _log(connection: sqlite3.Connection) -> list[Finding]:
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
            Entry(*e)
            for e in connection.execute(
                "SELECT tbl, row_id, op, fields FROM change WHERE act_id=? ORDER BY id", (act["id"],)
            )
        )
        if log.act_hash(before, act, entries) != act["hash"]:
            return [Finding("log", tr("Entry {n} of the change log, of {at}, was altered.", n=act["id"], at=act["at"]))]
        before, last = act["hash"], act["id"]
    return []
