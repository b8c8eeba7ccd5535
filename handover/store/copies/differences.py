"""What differs between a workspace and a copy of it, row by row: what restoring the copy would take and bring back."""

from __future__ import annotations

import contextlib
import heapq
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from handover.jobs import Progress, step, unattended
from handover.store import file as files
from handover.store.checking import check
from handover.store.copies import copies
from handover.store.trouble import trouble

#: How many rows of each kind are named.
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Difference:
    """How a register differs.

    Attributes:
        newer: rows that only the workspace has: restoring takes them.
        older: rows that only the copy has: restoring brings them back.
        changed: rows whose fields differ: restoring sets them back.
        names: the references of some of them.
    """

    table: str
    newer: int
    older: int
    changed: int
    names: tuple[str, ...]


def differences(path: Path, copy: Path, progress: Progress = unattended) -> list[Difference]:
    """The registers in which a workspace and a copy differ; rows in the bin count as gone.

    Raises:
        NotFound, UnusableFile, Damaged: one of the two can't be read; HandoverError, Cancelled as ``copies.whole``.
    """
    with copies.whole(copy, progress=progress) as then_file:
        files.inspect(path)
        try:
            with (
                contextlib.closing(files.glance(path)) as now,
                contextlib.closing(files.glance(then_file)) as then,
            ):
                tables = list(check.row_tables())
                found = []
                for done, table in enumerate(tables):
                    step(progress, done, len(tables), "")
                    difference = _of_table(now, then, table)
                    if difference.newer or difference.older or difference.changed:
                        found.append(difference)
                return found
        except sqlite3.DatabaseError as error:
            raise trouble(path, error) from error


def _of_table(now: sqlite3.Connection, then: sqlite3.Connection, table: str) -> Difference:
    counts = {"newer": 0, "older": 0, "changed": 0}
    names: list[str] = []
    both = heapq.merge(_rows(now, table, 0), _rows(then, table, 1), key=itemgetter(0, 1))
    for _, versions in groupby(both, itemgetter(0)):
        rows = {side: row for _, side, row in versions}
        if len(rows) == 2:
            known = rows[0].keys() & rows[1].keys()  # an upgrade adds columns and takes some away
            if all(rows[0][name] == rows[1][name] for name in known):
                continue
            counts["changed"] += 1
        else:
            counts["newer" if 0 in rows else "older"] += 1
        if len(names) < _NAMED:
            names.append(str(next(iter(rows.values())).get("ref", "")))
    return Difference(table, counts["newer"], counts["older"], counts["changed"], tuple(names))


def _rows(
    connection: sqlite3.Connection, table: str, side: int
) -> Iterator[tuple[str, int, dict[str, Any]]]:  # Any: stored values
    known = connection.execute("SELECT 1 FROM sqlite_master WHERE type='table' AND name=?", (table,)).fetchone()
    if known:
        yield from ((key, side, row) for key, row in check.by_file(connection, table) if row.get("deleted_at") is None)
