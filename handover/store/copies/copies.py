"""Copies of a workspace: where they lie, why they were made, what is in them; ``copying`` makes them.

They lie in the folder ``<file>.copies`` beside the workspace, not in the user's own data folder: a workspace on a share
or in a folder that a sync client or the company's backup watches takes its copies along, so that they outlive the
laptop; whoever finds the file finds them, on any machine and under any account; and the disk that has room for the
workspace is the one whose space they take. What this doesn't outlive is the loss of an unsynced disk: for that a second
folder can be chosen, which gets every copy and the attached files, too.

The copy of a small workspace is a whole workspace. It opens for reading only where it lies; moved elsewhere it is a
workspace like any other. The copies of a larger one share their pages; see ``page_store``. Each is written through
SQLite's backup interface and checked before an older one is let go. Attached files lie in the files folder, where they
stay as long as a copy mentions them.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from handover.errors import HandoverError, NotFound, UnusableFile
from handover.i18n import N_, tr
from handover.jobs import Progress, unattended
from handover.plain_file import is_plain
from handover.store import file as files
from handover.store.copies import page_store
from handover.store.copies.page_store import PageStore
from handover.store.copies.since import Newest
from handover.store.files import attached
from handover.store.files.blobs import is_hash
from handover.store.trouble import trouble

DAILY = "daily"
TIMED = "while-at-work"
ON_CLOSE = "on-closing"
BY_HAND = "by-hand"
BEFORE_UPGRADE = "before-upgrade"
BEFORE_RESTORING = "before-restoring"
BEFORE_EMPTYING = "before-emptying-the-bin"
BEFORE_IMPORT = "before-import"
BEFORE_DELETING = "before-deleting"
BEFORE_MENDING = "before-mending"
#: What a restored copy replaced, as it was: it couldn't be read.
DAMAGED = "damaged"

#: The copies that are thinned by their days, weeks and months.
REGULAR = frozenset({DAILY, TIMED, ON_CLOSE})
_NAME = re.compile(
    r"\.([a-z][a-z-]*)-(\d{8}-\d{6}-\d{3})(" + re.escape(files.SUFFIX) + "|" + re.escape(page_store.SUFFIX) + ")$"
)
STAMP = "%Y%m%d-%H%M%S-%f"
#: The newest act of a file without any.
NOTHING = Newest(0, "")
#: Marks a copy of shared pages that was written out to be looked at.
WRITTEN_OUT = ".as-it-was"


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy as its file tells of it.

    Attributes:
        reason: why it was made, one of the constants of this module.
        made: when, in the time of the machine that made it.
        size: of the workspace in it, in bytes.
    """

    path: Path
    reason: str
    made: dt.datetime
    size: int

    @property
    def name(self) -> str:
        """What the copy is called on the command line."""
        return self.path.name

    @property
    def shared(self) -> bool:
        """Whether it shares its pages with other copies."""
        return self.path.suffix == page_store.SUFFIX


@dataclass(frozen=True, slots=True)
class Inside:
    """What lies in a workspace file.

    Attributes:
        last_change: when something was changed last, in UTC; None in a file without any act.
        rows: how many rows each table of a register has, without those in the bin.
        newest: the act that was done last.
    """

    last_change: dt.datetime | None
    rows: dict[str, int]
    newest: Newest = NOTHING


def reason_text(reason: str) -> str:
    """Why a copy was made, in words."""
    return {
        DAILY: tr("Daily copy"),
        TIMED: tr("While at work"),
        ON_CLOSE: tr("On closing"),
        BY_HAND: tr("Restore point"),
        BEFORE_UPGRADE: tr("Before an upgrade"),
        BEFORE_RESTORING: tr("Before restoring"),
        BEFORE_EMPTYING: tr("Before emptying the bin"),
        BEFORE_IMPORT: tr("Before an import"),
        BEFORE_DELETING: tr("Before deleting many rows"),
        BEFORE_MENDING: tr("Before mending"),
        DAMAGED: tr("The damaged file"),
    }.get(reason, reason)


def size_text(size: int) -> str:
    """A size in bytes as people read it: ``0.2 MB``."""
    return f"{max(size / 1_000_000, 0.1):,.1f} MB"


def folder_of(path: Path) -> Path:
    """Where the copies of a workspace lie."""
    return path.parent / (path.name + files.COPIES)


def second_place(path: Path, folder: str) -> Path:
    """What a workspace is called in the second folder: its name, with a mark of where it comes from."""
    mark = hashlib.sha256(str(path.absolute()).encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return Path(folder) / f"{path.stem}-{mark}{files.SUFFIX}"


def newest_act(path: Path) -> Newest:
    """The act that was done last in a workspace. Raises as ``file.inspect``."""
    try:
        with contextlib.closing(files.glance(path)) as connection:
            return newest_in(connection)
    except sqlite3.DatabaseError as error:
        raise trouble(path, error) from error


def newest_in(connection: sqlite3.Connection) -> Newest:
    """The act that was done last, in a file that is open."""
    row = connection.execute("SELECT id, hash FROM act ORDER BY id DESC LIMIT 1").fetchone()
    return Newest(*row) if row else NOTHING


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
    if match is None or not is_plain(entry):
        return None
    try:
        made = dt.datetime.strptime(match[2] + "000", STAMP)
        size = files.refuse_no_file(entry)
        if match[3] == page_store.SUFFIX:
            size = int(PageStore(entry.parent).facts_of(entry)["size"])
        return Copy(entry, match[1], made, size)
    except (ValueError, OSError, TypeError, KeyError, NotFound):
        return None  # another's file, or one that went just now
    except UnusableFile:
        return Copy(entry, match[1], made, 0) if match[3] == page_store.SUFFIX else None


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
    """How much lies in a workspace file or a copy, without opening it as one.

    Raises:
        NotFound, UnusableFile, Damaged: as ``file.inspect``; a copy whose pages are gone.
    """
    if path.suffix == page_store.SUFFIX:
        store = PageStore(path.parent)
        facts = store.facts_of(path)
        if store.lacks(path):
            raise files.damaged(path, "pages are missing")
        return _told(path, facts)
    files.inspect(path)
    return inside_of(path)


def _told(path: Path, facts: page_store.Facts) -> Inside:
    try:
        last = dt.datetime.fromisoformat(facts["last"]) if facts["last"] else None
        act, digest = facts["act"]
        return Inside(last, {str(k): int(n) for k, n in facts["rows"].items()}, Newest(int(act), str(digest)))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise files.damaged(path, str(error)) from error


def inside_of(path: Path) -> Inside:
    """How much lies in a workspace file that was looked at before. Raises as ``look_into``."""
    from handover.model import Base, Row

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
            newest = newest_in(connection) if "act" in here else NOTHING
    except sqlite3.DatabaseError as error:
        raise trouble(path, error) from error
    return Inside(_moment(last), rows, newest)


def _moment(text: str | None) -> dt.datetime | None:
    """A moment of the log; None where it is none, which the check tells."""
    try:
        return dt.datetime.fromisoformat(text) if text else None
    except (ValueError, TypeError):
        return None


def files_of(copy: Copy) -> set[str]:
    """The contents of attached files that a copy mentions. Raises UnusableFile when it can't be read."""
    if not copy.shared:
        return set(attached.mentioned(copy.path))
    told = PageStore(copy.path.parent).facts_of(copy.path).get("files")
    if not isinstance(told, dict):
        raise files.damaged(copy.path, "its files")
    return {sha256 for sha256 in told if is_hash(sha256)}


def files_in(part: Path) -> dict[str, int]:
    """The contents that a workspace file mentions, with their sizes, without looking at it first."""
    with contextlib.closing(files.glance(part)) as connection:
        return attached.mentioned_in(connection)


@contextlib.contextmanager
def whole(copy: Path, folder: Path | None = None, progress: Progress = unattended) -> Iterator[Path]:
    """Lend a copy as a workspace file: itself, or for a while one written from its pages.

    Args:
        folder: where it is written; beside the copy if not told.

    Raises:
        Damaged: a page of it isn't what it was; HandoverError: the disk is full; Cancelled.
    """
    if copy.suffix != page_store.SUFFIX:
        yield copy
        return
    part = (folder or copy.parent) / f".{copy.name}.part"
    try:
        _expand(copy, part, progress)
        yield part
    finally:
        files.discard(part)


def written_out(copy: Copy, progress: Progress = unattended) -> Path:
    """A copy as a file that can be opened for reading: itself, or one written from its pages until the next copy.

    Raises: as ``whole``.
    """
    if not copy.shared:
        return copy.path
    target = copy.path.with_name(f"{copy.path.stem}{WRITTEN_OUT}{files.SUFFIX}")
    with whole(copy.path, progress=progress) as part:
        part.replace(target)
    return target


def _expand(copy: Path, part: Path, progress: Progress) -> None:
    try:
        PageStore(copy.parent).expand(copy, part, progress)
    except OSError as error:
        raise HandoverError(
            N_("{file} could not be copied to {target}. Check the space and the rights there."),
            file=copy.name,
            target=str(part.parent),
            detail=str(error),
        ) from error
    files.quick_check(part)
