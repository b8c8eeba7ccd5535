"""Copies of a workspace: made daily and before each risky act, thinned, listed, looked into and restored.

They lie in the folder ``<file>.copies`` beside the workspace, not in the user's own data folder: a workspace on a share
or in a folder that a sync client or the company's backup watches takes its copies along, so that they outlive the
laptop; whoever finds the file finds them, on any machine and under any account; and the disk that has room for the
workspace is the one whose space they take. What this doesn't outlive is the loss of an unsynced disk: no program that
stays on one machine can. Each copy is a whole workspace, written through SQLite's backup interface and checked before
an older one is let go. It opens for reading only where it lies; moved elsewhere it is a workspace like any other.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from handover import clock
from handover.errors import HandoverError, NotFound, ReadOnly
from handover.i18n import N_, tr
from handover.jobs import Progress, unattended
from handover.store import file as files
from handover.store.lock import Lock

DAILY = "daily"
BEFORE_UPGRADE = "before-upgrade"
BEFORE_RESTORING = "before-restoring"
BEFORE_EMPTYING = "before-emptying-the-bin"
#: What a restored copy replaced, as it was: it couldn't be read.
DAMAGED = "damaged"

#: How many daily copies stay: of that many days, weeks and months in which there was one, the newest of each.
DAYS, WEEKS, MONTHS = 7, 4, 12
#: How many copies made before an act stay, of each kind.
_OF_EACH_ACT = 10
#: Up to this size a command makes the daily copy, too: it takes less than a tenth of a second.
CHEAP_BYTES = 16 * 1024 * 1024

_NAME = re.compile(r"\.([a-z][a-z-]*)-(\d{8}-\d{6}-\d{3})" + re.escape(files.SUFFIX) + "$")
_STAMP = "%Y%m%d-%H%M%S-%f"


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy as its file tells of it.

    Attributes:
        reason: why it was made, one of the constants of this module.
        made: when, in the time of the machine that made it.
        size: in bytes.
    """

    path: Path
    reason: str
    made: dt.datetime
    size: int

    @property
    def name(self) -> str:
        """What the copy is called on the command line."""
        return self.path.name


@dataclass(frozen=True, slots=True)
class Inside:
    """What lies in a workspace file.

    Attributes:
        last_change: when something was changed last, in UTC; None in a file without any act.
        rows: how many rows each table of a register has, without those in the bin.
    """

    last_change: dt.datetime | None
    rows: dict[str, int]


def reason_text(reason: str) -> str:
    """Why a copy was made, in words."""
    return {
        DAILY: tr("Daily copy"),
        BEFORE_UPGRADE: tr("Before an upgrade"),
        BEFORE_RESTORING: tr("Before restoring"),
        BEFORE_EMPTYING: tr("Before emptying the bin"),
        DAMAGED: tr("The damaged file"),
    }.get(reason, reason)


def size_text(size: int) -> str:
    """A size in bytes as people read it: ``0.2 MB``."""
    return f"{max(size / 1_000_000, 0.1):,.1f} MB"


def folder_of(path: Path) -> Path:
    """Where the copies of a workspace lie."""
    return path.with_name(path.name + files.COPIES)


# -- making -------------------------------------------------------------------------------------------------------


def make(path: Path, reason: str, progress: Progress = unattended) -> Path:
    """Make a checked copy, also of a workspace that is open, and let old ones go; returns its path.

    Raises:
        HandoverError: the copy can't be written or doesn't check; nothing was let go.
        Cancelled: the user stopped it.
    """
    copy = _next(path, reason)
    files.copy_to(path, copy, progress)
    _thin(path)
    return copy


def daily(path: Path, progress: Progress = unattended) -> Path | None:
    """Make the copy of the day unless it is there; returns its path, or None where there was nothing to do.

    Raises: as ``make``.
    """
    today = clock.today()
    if any(c.reason == DAILY and c.made.date() == today for c in copies_of(path)):
        return None
    return make(path, DAILY, progress)


def daily_if_cheap(path: Path) -> None:
    """The copy of the day for a command that is about to write: only of a small file, so that no script waits."""
    if path.stat().st_size <= CHEAP_BYTES:
        daily(path)


def _next(path: Path, reason: str) -> Path:
    folder = folder_of(path)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise HandoverError(
            N_("{folder}, where the copies of the workspace lie, can't be made. Check the rights there."),
            folder=str(folder),
            detail=str(error),
        ) from error
    # The day is the user's, as HANDOVER_TODAY may set it; names in local time are what a person looks for.
    moment = dt.datetime.combine(clock.today(), dt.datetime.now().time())
    return folder / f"{path.stem}.{reason}-{moment.strftime(_STAMP)[:-3]}{files.SUFFIX}"


def _thin(path: Path) -> None:
    copies = copies_of(path)
    stay = {c.path for c in kept(c for c in copies if c.reason == DAILY)}
    for reason in {c.reason for c in copies} - {DAILY}:
        stay |= {c.path for c in [c for c in copies if c.reason == reason][:_OF_EACH_ACT]}
    for copy in copies:
        if copy.path not in stay:
            for suffix in ("-wal", "-journal", ""):  # a damaged file was kept with what lay beside it
                files.discard(copy.path.with_name(copy.name + suffix))


def kept(daily_copies: Iterable[Copy]) -> list[Copy]:
    """Which daily copies stay: the newest of each of the last days, weeks and months that have one.

    Counted by the days that have a copy, so that a workspace that rests for a year keeps what it has.
    """
    newest_first = sorted(daily_copies, key=lambda c: c.made, reverse=True)
    spans: tuple[tuple[int, Callable[[dt.date], object]], ...] = (
        (DAYS, lambda day: day),
        (WEEKS, lambda day: day.isocalendar()[:2]),
        (MONTHS, lambda day: (day.year, day.month)),
    )
    stay: set[Path] = set()
    for how_many, span_of in spans:
        first: dict[object, Path] = {}
        for copy in newest_first:
            first.setdefault(span_of(copy.made.date()), copy.path)
        stay.update(list(first.values())[:how_many])
    return [c for c in newest_first if c.path in stay]


# -- listing ------------------------------------------------------------------------------------------------------


def copies_of(path: Path) -> list[Copy]:
    """The copies of a workspace, the newest first; an empty list where there are none.

    Raises:
        HandoverError: their folder can't be read.
    """
    try:
        entries = list(folder_of(path).iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise HandoverError(N_("{file} can't be read."), file=str(folder_of(path)), detail=str(error)) from error
    found = [copy for entry in entries if (copy := _as_copy(entry)) is not None]
    return sorted(found, key=lambda c: (c.made, c.name), reverse=True)


def _as_copy(entry: Path) -> Copy | None:
    match = _NAME.search(entry.name)  # whatever stands before: the workspace may have been renamed with its folder
    if match is None:
        return None
    try:
        made = dt.datetime.strptime(match[2] + "000", _STAMP)
        return Copy(entry, match[1], made, entry.stat().st_size)
    except (ValueError, OSError):
        return None  # another's file, or one that went just now


def copy_named(path: Path, name: str) -> Copy:
    """A copy by its name. Raises NotFound, telling how many there are."""
    for copy in copies_of(path):
        if copy.name == name:
            return copy
    raise NotFound(
        N_("{file} has no copy named {name}. List its copies first: there are {n}."),
        file=path.name,
        name=name,
        n=len(copies_of(path)),
    )


def look_into(path: Path) -> Inside:
    """How much lies in a workspace file, without opening it as one.

    Raises:
        NotFound, UnusableFile, Damaged: as ``file.inspect``.
    """
    from handover.model import Base, Row

    files.inspect(path)
    names = [str(m.class_.__tablename__) for m in Base.registry.mappers if issubclass(m.class_, Row)]
    try:
        with contextlib.closing(files.glance(path)) as connection:
            here = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")}
            rows = {
                name: int(connection.execute(f'SELECT count(*) FROM "{name}" WHERE deleted_at IS NULL').fetchone()[0])  # noqa: S608 - names are ours
                for name in names
                if name in here
            }
            last = connection.execute("SELECT max(at) FROM act").fetchone()[0] if "act" in here else None
    except sqlite3.DatabaseError as error:
        raise files.damaged(path, str(error)) from error
    return Inside(dt.datetime.fromisoformat(last) if last else None, rows)


# -- restoring ----------------------------------------------------------------------------------------------------


def restore(path: Path, copy: Path, user: str, progress: Progress = unattended) -> Path | None:
    """Put a copy in the place of the workspace, after a copy of the present one; returns the latter.

    A present file that is damaged is kept byte for byte; where there is none, None is returned. Nobody may have the
    workspace open, also not for reading.

    Args:
        user: who is told to others that open the file meanwhile.

    Raises:
        InUse, ReadOnly: the workspace is open elsewhere, or its folder can't be written.
        NotFound, UnusableFile, Damaged: the copy can't be used; nothing was changed.
        HandoverError: the disk is full or refuses; the workspace is as it was.
    """
    files.inspect(copy)
    try:
        lock = Lock(path, user)
    except OSError as error:
        raise ReadOnly(
            N_("{file} can't be replaced where it lies. Check the rights of its folder."),
            file=path.name,
            detail=str(error),
        ) from error
    try:
        before = _keep_present(path, progress) if path.exists() else None
        files.copy_to(copy, path, progress)
        return before
    finally:
        lock.release()


def _keep_present(path: Path, progress: Progress) -> Path:
    try:
        files.quick_check(path)
        return make(path, BEFORE_RESTORING, progress)
    except files.Damaged:
        return _keep_damaged(path)


def _keep_damaged(path: Path) -> Path:
    """Copy a file that SQLite can't read as bytes, with what a crash left beside it: it may yet be salvaged."""
    target = _next(path, DAMAGED)
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
