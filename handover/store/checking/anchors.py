"""Anchors of the change log outside of the workspace: number and hash of an act as they once were.

The hashes within the file prove that it agrees with itself; whoever writes a whole new chain is caught by what lies
elsewhere. Each copy bears its newest act, the manifest of an issued pack the act before its issue, and this machine
remembers the newest act of each workspace that was written here.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from platformdirs import user_config_path

from handover import clock
from handover.errors import HandoverError
from handover.i18n import tr
from handover.plain_file import text_of
from handover.replacing import replacing
from handover.store.checking.finding import Finding
from handover.store.copies import copies
from handover.store.copies.copies import newest_in
from handover.store.copies.restoring import branches
from handover.store.copies.since import Newest
from handover.store.open_file import OpenFile

#: How many workspaces are remembered, and how many acts of one that its log doesn't know.
_WORKSPACES, _ACTS = 1_000, 5


class Seen(NamedTuple):
    """An act as it was when a workspace was closed here, and the day of that."""

    act: int
    hash: str
    day: str


def standing(connection: sqlite3.Connection, anchor: Newest) -> bool:
    """Whether the log has an act as it once was, or tells that a restored copy set it aside."""
    row = connection.execute("SELECT hash FROM act WHERE id=?", (anchor.act,)).fetchone()
    if anchor.act == 0 or (row is not None and row[0] == anchor.hash):
        return True
    return any(branch.explains(anchor.act) for branch in branches(connection))


def stands(workspace: OpenFile, act: int, digest: str) -> bool:
    """Whether the log of an open workspace has an act as it once was, such as when a pack was issued."""
    with workspace.read() as connection:
        raw = connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        return standing(raw, Newest(act, digest))


def check_anchors(path: Path, connection: sqlite3.Connection) -> Iterator[Finding]:
    """Compare the log with what this machine remembers of it and with what its copies bear."""
    for seen in _remembered().get(_key(path), []):
        if not standing(connection, Newest(seen.act, seen.hash)):
            yield Finding(
                "anchor",
                tr("The change log isn't the one that was seen here on {day} up to entry {n}: it was altered, or "
                   "another file took the place of this one.", day=seen.day, n=seen.act),
            )  # fmt: skip
            break
    for copy in copies.copies_of(path):
        if copy.reason == copies.DAMAGED:
            continue
        try:
            newest = copies.look_into(copy.path).newest
        except HandoverError:
            yield Finding("copy", tr("The copy {copy} can't be read any more.", copy=copy.name))
            continue
        if not standing(connection, newest):
            yield Finding(
                "anchor",
                tr("The change log isn't the one that the copy {copy} has up to entry {n}: one of the two was altered.",
                   copy=copy.name, n=newest.act),
            )  # fmt: skip


def remember(path: Path, connection: sqlite3.Connection) -> None:
    """Remember the newest act of a workspace that was written here; what it doesn't know stays remembered, too.

    Where that can't be written, only this help is missing.
    """
    with contextlib.suppress(OSError, sqlite3.Error, HandoverError):
        newest, known = newest_in(connection), _remembered()
        before = known.pop(_key(path), [])
        strange = [seen for seen in before if not standing(connection, Newest(seen.act, seen.hash))]
        known[_key(path)] = [*strange[-_ACTS:], Seen(newest.act, newest.hash, clock.today().isoformat())]
        _keep(known)


def accept(path: Path) -> None:
    """Take the log as it is now for the right one from here on, as that of a file that is new under its name."""
    known = _remembered()
    if known.pop(_key(path), None):
        with contextlib.suppress(OSError, HandoverError):  # then a check tells of what isn't there any more
            _keep(known)


def _key(path: Path) -> str:
    return str(path.resolve())


def _remembered() -> dict[str, list[Seen]]:
    try:
        found = json.loads(text_of(_place()))
        return {str(k): [Seen(int(a), str(h), str(d)) for a, h, d in acts] for k, acts in found.items()}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}


def _keep(known: dict[str, list[Seen]]) -> None:
    place = _place()
    place.parent.mkdir(parents=True, exist_ok=True)
    latest = dict(list(known.items())[-_WORKSPACES:])
    with replacing(place) as part:
        part.write_text(json.dumps(latest, ensure_ascii=False), encoding="utf-8")


def _place() -> Path:
    home = os.environ.get("HANDOVER_HOME")
    return (Path(home) if home else user_config_path("handover", appauthor=False)) / "anchors.json"
