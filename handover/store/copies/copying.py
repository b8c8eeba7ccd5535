"""Making copies of a workspace, daily, while one works and before risky acts, and letting go of old ones."""

from __future__ import annotations

import contextlib
import datetime as dt
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

from handover import clock
from handover.errors import HandoverError
from handover.i18n import N_, tr
from handover.jobs import Progress, unattended
from handover.store import file as files
from handover.store.copies import copies, page_store
from handover.store.copies import settings as copy_settings
from handover.store.copies.page_store import PageStore
from handover.store.copies.thinning import kept
from handover.store.files import attached

#: How many copies made before an act stay, of each kind.
_OF_EACH_ACT = 10
#: How long one may work without a copy of it.
PAUSE = dt.timedelta(minutes=30)
#: More rows than these aren't deleted at once without a copy.
MANY_ROWS = 100
#: A workspace up to this size is copied whole: a program of any year opens such a copy.
WHOLE_BYTES = 8 * 1024 * 1024


def make(path: Path, reason: str, progress: Progress = unattended) -> Path:
    """Make a checked copy, also of a workspace that is open, and let old ones go; returns its path.

    The second folder gets it, too, if one was chosen; what fails there is kept to be told: see ``second_trouble``.

    Raises:
        HandoverError: the copy can't be written or doesn't check; nothing was let go.
        Cancelled: the user stopped it.
    """
    settings = copy_settings.load()
    folder = made_folder(copies.folder_of(path))
    _sweep_parts(folder)
    stamp = stamp_now()
    part = folder / f".{path.stem}.{reason}-{stamp}.part"
    try:
        files.snapshot(path, part, progress)
        if settings.second:
            _copy_to_second(path, part, reason, stamp, settings, progress)
        copy = _take_in(part, folder, f"{path.stem}.{reason}-{stamp}", progress)
    except (OSError, sqlite3.Error) as error:
        raise HandoverError(
            N_("{file} could not be copied to {target}. Check the space and the rights there."),
            file=path.name,
            target=str(folder),
            detail=str(error),
        ) from error
    finally:
        files.discard(part)
    with contextlib.suppress(OSError):  # an old copy that can't go takes space, and nothing else
        _thin(path, copy, settings.most)
    return copy


def daily(path: Path, progress: Progress = unattended) -> Path | None:
    """Make the copy of the day unless it is there; returns its path, or None where there was nothing to do.

    Raises: as ``make``.
    """
    today = clock.today()
    if any(c.reason == copies.DAILY and c.made.date() == today for c in copies.copies_of(path)):
        return None
    return make(path, copies.DAILY, progress)


def timed(path: Path, progress: Progress = unattended) -> Path | None:
    """Make a copy where the last one is half an hour old and something has changed since. Returns and raises as above.

    A copy that bears a time yet to come was made while a clock was wrong, and counts for nothing.
    """
    now = dt.datetime.combine(clock.today(), dt.datetime.now().time())
    if any(now - PAUSE < c.made <= now for c in copies.copies_of(path)):
        return None
    return ensure(path, copies.TIMED, progress)


def ensure(path: Path, reason: str, progress: Progress = unattended) -> Path | None:
    """Make a copy unless the newest one holds every act. Returns and raises as above."""
    newest = copies.newest_act(path)
    for copy in copies.copies_of(path):
        if copy.reason != copies.DAMAGED:
            with contextlib.suppress(HandoverError):  # one that can't be read holds nothing
                if copies.look_into(copy.path).newest == newest:
                    return None
            break
    return make(path, reason, progress)


def second_trouble() -> str:
    """Why the last copy into the second folder failed; empty where it worked or none is chosen."""
    settings = copy_settings.load()
    return settings.trouble if settings.second else ""


def _copy_to_second(
    path: Path, part: Path, reason: str, stamp: str, settings: copy_settings.CopySettings, progress: Progress
) -> None:
    """Keep a copy and the attached files in the second folder; a fault there costs the first one nothing."""
    there, told = copies.second_place(path, settings.second), ""
    folder = copies.folder_of(there)
    beside = folder / part.name
    try:
        if not Path(settings.second).is_dir():  # a disk that isn't plugged in is no folder to be made
            raise FileNotFoundError(settings.second)
        made_folder(folder)
        _sweep_parts(folder)
        with attached.carried(path, there, copies.files_in(part), progress):
            shutil.copyfile(part, beside)
            copy = _take_in(beside, folder, f"{there.stem}.{reason}-{stamp}", progress)
        _thin(there, copy, settings.most)
    except (OSError, HandoverError) as error:
        told = tr("{folder}, the second folder for copies, can't be written: {why}", folder=settings.second,
                  why=str(error))  # fmt: skip
    finally:
        files.discard(beside)
    if told != settings.trouble:
        with contextlib.suppress(HandoverError):
            copy_settings.save(replace(settings, trouble=told))


def made_folder(folder: Path) -> Path:
    """A folder for copies, made where it isn't there. Raises HandoverError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise HandoverError(
            N_("{folder}, where the copies of the workspace lie, can't be made. Check the rights there."),
            folder=str(folder),
            detail=str(error),
        ) from error
    return folder


def stamp_now() -> str:
    """The moment as the name of a copy bears it."""
    # The day is the user's, as HANDOVER_TODAY may set it; names in local time are what a person looks for.
    return dt.datetime.combine(clock.today(), dt.datetime.now().time()).strftime(copies.STAMP)[:-3]


def _take_in(part: Path, folder: Path, stem: str, progress: Progress) -> Path:
    """Keep a written state as a copy: whole, or by its pages. Raises OSError."""
    if part.stat().st_size <= WHOLE_BYTES:
        copy = folder / f"{stem}{files.SUFFIX}"
        files.put_in_place(part, copy)
        return copy
    copy = folder / f"{stem}{page_store.SUFFIX}"
    inside = copies.inside_of(part)
    last = inside.last_change.isoformat() if inside.last_change else None
    facts = {"rows": inside.rows, "last": last, "act": list(inside.newest), "files": copies.files_in(part)}
    PageStore(folder).add(part, copy, facts, progress)
    return copy


def _sweep_parts(folder: Path) -> None:
    """Remove what a killed program left half-made, and what was written out to be looked at and isn't open now."""
    halves = [*folder.glob(".*.part"), *folder.glob(".*.part-journal"), *page_store.left_by_a_kill(folder)]
    for left in [*halves, *folder.glob(f"*{copies.WRITTEN_OUT}{files.SUFFIX}")]:
        if not files.is_held(left):
            files.discard(left)


def _thin(path: Path, just_made: Path, most: int) -> None:
    """Let old copies go, never the one that was made just now, whatever a clock says."""
    there = copies.copies_of(path)
    now = dt.datetime.combine(clock.today(), dt.time.max)
    stay = {just_made, *(c.path for c in kept((c for c in there if c.reason in copies.REGULAR), now))}
    for reason in {c.reason for c in there} - copies.REGULAR:
        stay |= {c.path for c in [c for c in there if c.reason == reason][:_OF_EACH_ACT]}
    gone = [c for c in there if c.path not in stay]
    for copy in gone:
        _remove(copy)
    folder = copies.folder_of(path)
    if any(c.shared for c in gone):
        PageStore(folder).sweep()
    left = [c for c in there if c.path in stay and c.path != just_made]
    while left and _taken(folder) > most:
        # The oldest go first; of shared pages several at once, since each sweep reads all indices.
        going = [left.pop() for _ in range(max(1, len(left) // 8))]
        for copy in going:
            _remove(copy)
        if any(c.shared for c in going):
            PageStore(folder).sweep()


def _taken(folder: Path) -> int:
    sizes = 0
    for entry in folder.iterdir():
        with contextlib.suppress(OSError):
            sizes += entry.stat().st_size
    return sizes


def _remove(copy: copies.Copy) -> None:
    for suffix in ("-wal", "-journal", ""):  # a damaged file was kept with what lay beside it
        files.discard(copy.path.with_name(copy.name + suffix))
