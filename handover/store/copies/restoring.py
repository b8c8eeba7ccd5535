"""Putting a copy in the place of a workspace; the log tells of it, so that acts that were set aside aren't missed."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, event

from handover.errors import HandoverError, ReadOnly
from handover.i18n import N_
from handover.jobs import Progress, unattended
from handover.store import file as files
from handover.store import log, unsound
from handover.store.copies import copies, page_store
from handover.store.copies.copying import made_folder, make, stamp_now
from handover.store.files import leftovers
from handover.store.lock import Lock, LockRefused
from handover.store.trouble import Damaged

#: The kind of an act that changes no row; undo passes it by.
NOTE = "note"
_SOURCE = "restore"


@dataclass(frozen=True, slots=True)
class SetAside:
    """A branch of the log that a restored copy replaced: the acts after ``fork`` up to the one of number ``last``."""

    fork: int
    last: int

    def explains(self, act: int) -> bool:
        """Whether an act of this number may have been one of those set aside."""
        return self.fork < act <= self.last


#: The last act of a file that couldn't be read, or was lost: no number is beyond it.
_UNKNOWN = 2**31


def restore(path: Path, copy: Path, user: str, progress: Progress = unattended) -> Path | None:
    """Put a copy in the place of the workspace, after a copy of the present one; returns the latter.

    A present file that is damaged is kept byte for byte; where there is none, None is returned. Nobody may have the
    workspace open, also not for reading. At every moment either the present file or its copy is there with all that was
    done; the log of what is restored tells of it, so that ``check`` knows why later acts are no more.

    Args:
        user: who is told to others that open the file meanwhile, and in the log.

    Raises:
        InUse, ReadOnly: the workspace is open elsewhere, or its folder can't be written.
        NotFound, UnusableFile, Damaged: the copy can't be used; nothing was changed.
        HandoverError: the disk is full or refuses; the workspace is as it was.
    """
    path = path.resolve()
    if copy.suffix != page_store.SUFFIX:
        files.inspect(copy)
    try:
        lock = Lock(path, user)
    except (OSError, LockRefused) as error:
        raise ReadOnly(
            N_("{file} can't be replaced where it lies. Check the rights of its folder."),
            file=path.name,
            detail=str(error),
        ) from error
    part = path.with_name(f".{path.name}.part")
    try:
        with copies.whole(copy, path.parent, progress) as source:
            files.snapshot(source, part, progress)
        if files.version_of(part) < files.SCHEMA_VERSION:
            from handover.store.migrate import upgrade  # Alembic is loaded only where it is needed

            upgrade(part)
        before = _keep_present(path, progress) if path.exists() else None
        readable = before is not None and f".{copies.DAMAGED}-" not in before.name
        _note(
            part, user, copy.name, _branch(part, path) if readable else SetAside(copies.newest_act(part).act, _UNKNOWN)
        )
        if before:
            _settle(path)
        files.put_in_place(part, path)
        return before
    except (OSError, sqlite3.Error) as error:
        raise HandoverError(
            N_("{file} could not be copied to {target}. Check the space and the rights there."),
            file=copy.name,
            target=str(path),
            detail=str(error),
        ) from error
    finally:
        for scratch in (part, *leftovers.beside(part)):
            files.discard(scratch)
        lock.release()


def _settle(path: Path) -> None:
    """Bring what the log beside a file holds into it, so that one file holds all when another takes its place."""
    with (
        contextlib.suppress(sqlite3.DatabaseError),  # a damaged one was kept with its log
        contextlib.closing(unsound.connect(path, "rw", timeout=5)) as connection,
    ):
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _keep_present(path: Path, progress: Progress) -> Path:
    try:
        files.quick_check(path)
        return make(path, copies.BEFORE_RESTORING, progress)
    except Damaged:
        return _keep_damaged(path)


def _keep_damaged(path: Path) -> Path:
    """Copy a file that SQLite can't read as bytes, with what a crash left beside it: it may yet be salvaged."""
    target = made_folder(copies.folder_of(path)) / f"{path.stem}.{copies.DAMAGED}-{stamp_now()}{files.SUFFIX}"
    try:
        for suffix in ("-wal", "-journal", ""):
            beside = path.with_name(path.name + suffix)
            if beside.exists():
                shutil.copyfile(beside, target.with_name(target.name + suffix))
    except OSError as error:
        raise HandoverError(
            N_("{file} could not be copied to {target}. Check the space and the rights there."),
            file=path.name,
            target=str(target),
            detail=str(error),
        ) from error
    return target


def _branch(part: Path, path: Path) -> SetAside:
    """What the log of a workspace has beyond the one of the copy that takes its place."""
    with contextlib.closing(files.glance(part)) as new, contextlib.closing(files.glance(path)) as old:
        last = copies.newest_in(old).act
        low, high = 0, min(last, copies.newest_in(new).act)
        while low < high:  # each hash proves all acts before it, so that the last common one can be halved down to
            middle = (low + high + 1) // 2
            query = "SELECT hash FROM act WHERE id=?"
            if old.execute(query, (middle,)).fetchone() == new.execute(query, (middle,)).fetchone():
                low = middle
            else:
                high = middle - 1
    return SetAside(low, last)


def _note(part: Path, user: str, copy: str, aside: SetAside) -> None:
    """Write into a file that nobody has open that it is a restored copy, and what was set aside for it."""
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(part, isolation_level=None))
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        with engine.begin() as connection:
            act = {
                "project_id": None,
                "kind": NOTE,
                "label": N_("Restore the copy {copy}"),
                "label_values": log.as_json({"copy": copy, "fork": aside.fork, "last": aside.last}),
                "source": _SOURCE,
                "who": user,
            }
            log.write(connection, act, [], log.stacks(connection))
    finally:
        engine.dispose()


def branches(connection: sqlite3.Connection) -> Iterator[SetAside]:
    """The branches that the log tells of."""
    query = "SELECT label_values FROM act WHERE kind=? AND source=? ORDER BY id"
    for (text,) in connection.execute(query, (NOTE, _SOURCE)):
        told = log.fields_of(text)
        with contextlib.suppress(ValueError, TypeError):  # an altered entry, which the chain tells
            yield SetAside(int(told.get("fork", 0)), int(told.get("last", 0)))
