"""A workspace file before it is opened: whose it is, how old, whether it holds together and who may write it."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from handover.errors import Cancelled, HandoverError, NotFound, ReadOnly, UnusableFile
from handover.i18n import N_, tr
from handover.jobs import Progress, step, unattended
from handover.plain_file import is_plain, open_plain, refuse_odd
from handover.replacing import TargetHeld
from handover.replacing import is_held as is_held_by_another
from handover.store import schema, unsound
from handover.store.files import leftovers
from handover.store.files.medium import Medium, medium_of
from handover.store.trouble import Damaged, damaged, is_busy, trouble

__all__ = ["Damaged", "FileFacts", "Medium", "damaged", "medium_of"]

SUFFIX = ".handover"
#: What the folder of a workspace's copies is called after the workspace.
COPIES = ".copies"
#: "HAND", in the header of each file of ours.
APPLICATION_ID = 0x48414E44
#: Bytes in a page of a new file. With 8,192 storing many rows takes a tenth less, but each of some seven hundred tables
#: and indices begins with a page of its own: a new workspace would have six megabytes instead of three.
PAGE = 4096
#: The number of the newest migration; also PRAGMA user_version of a file.
SCHEMA_VERSION = 28
#: A check of every page before each opening is worth its time up to this size; of larger files it runs behind.
QUICK_CHECK_BYTES = 64 * 1024 * 1024
#: How many pages are copied between two looks at whether the user wants to stop.
_PAGES = 2_000
#: After how many instructions of SQLite a long check looks whether the user wants to stop.
_INSTRUCTIONS = 200_000
_HEADER = 100


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What the header and the folder say of a workspace file.

    Attributes:
        protected: why it can't be written; None where it can.
        checked: every page was looked at; else that is still to be done.
    """

    version: int
    protected: HandoverError | None
    medium: Medium
    checked: bool

    @property
    def writable(self) -> bool:
        """Whether it can be written where it lies."""
        return self.protected is None


def inspect(path: Path) -> FileFacts:
    """Look at a workspace without changing a byte of it.

    Raises:
        NotFound: there is no such file.
        UnusableFile: not a workspace, of a newer program, or with tables that aren't ours.
        Damaged: its pages don't hold together.
        Unreachable: the disk, its rights or another program stand in the way.
    """
    version = version_of(path)
    quick_check(path)
    if version == SCHEMA_VERSION:
        refuse_other_tables(path)
    small = path.stat().st_size <= QUICK_CHECK_BYTES
    return FileFacts(version, protection(path), medium_of(path), small)


def version_of(path: Path) -> int:
    """The version of the tables of a workspace, from its header. Raises as ``inspect``."""
    size = refuse_no_file(path)
    ours, version = (True, _version_through(path)) if is_held(path) else _header(path, size)
    if not ours:
        raise UnusableFile(
            N_("{file} is not a Handover workspace. Choose a file that ends in .handover."), file=path.name
        )
    if version > SCHEMA_VERSION:
        raise UnusableFile(
            N_("{file} was written by a newer Handover. Install the newer program to open it; nothing was changed."),
            file=path.name,
        )
    return version


def refuse_no_file(path: Path) -> int:
    """Refuse what is no plain file before it is opened: a pipe would be waited at for ever. Returns the size.

    Raises:
        NotFound: there is nothing.
        UnusableFile: a folder, a pipe, a device, or what can't be looked at, or such a thing where SQLite has its log.
    """
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise NotFound(N_("There is no file {file}."), file=str(path)) from None
    except (OSError, ValueError) as error:
        raise UnusableFile(N_("{file} can't be read."), file=str(path), detail=str(error)) from error
    for left in leftovers.beside(path):
        if not is_plain(left) and left.exists():  # gone meanwhile is well
            refuse_odd(left)
    return refuse_odd(path).st_size


def _header(path: Path, size: int) -> tuple[bool, int]:
    """Whether the header of a file is one of ours, and the version that it names."""
    try:
        with open_plain(path) as file:
            header = file.read(_HEADER)
    except OSError as error:
        raise UnusableFile(N_("{file} can't be read."), file=str(path), detail=str(error)) from error
    ours = size >= _HEADER and header.startswith(b"SQLite format 3\0") and _number(header, 68) == APPLICATION_ID
    return ours, _number(header, 60)


def _version_through(path: Path) -> int:
    with contextlib.closing(read_only(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def quick_check(path: Path) -> None:
    """Look at every page of a file that isn't too large for that, and for foreign code in any.

    Raises:
        Damaged: its pages don't hold together.
        UnusableFile: it holds code that isn't ours; Unreachable as ``inspect``.
    """
    small = path.stat().st_size <= QUICK_CHECK_BYTES
    try:
        with contextlib.closing(glance(path)) as connection:
            result = [row[0] for row in connection.execute("PRAGMA quick_check(20)")] if small else ["ok"]
            foreign = schema.foreign_code(connection)
    except sqlite3.DatabaseError as error:
        if is_busy(error):
            return  # another window writes just now, so it was whole a moment ago
        raise trouble(path, error) from error
    if result != ["ok"]:
        raise damaged(path, "\n".join(result))
    if foreign:
        raise UnusableFile(
            N_("{file} holds code that Handover didn't write ({name}). It was not opened."),
            file=path.name,
            name=foreign,
        )


def check_pages(path: Path, progress: Progress = unattended) -> None:
    """Look at every page of a file of any size, also of one that is open.

    Raises:
        Damaged: its pages don't hold together; Unreachable as ``inspect``.
        Cancelled: the user stopped it.
    """
    saying = tr("Checking {file}", file=path.name)
    stopped = False

    def look() -> bool:
        nonlocal stopped
        stopped = not progress(0, 0, saying)
        return stopped

    try:
        with contextlib.closing(read_only(path)) as connection:
            connection.set_progress_handler(look, _INSTRUCTIONS)
            result = [row[0] for row in connection.execute("PRAGMA quick_check(20)")]
    except sqlite3.DatabaseError as error:
        if stopped:
            raise Cancelled(N_("Stopped. Nothing was changed.")) from None
        raise trouble(path, error) from error
    if result != ["ok"]:
        raise damaged(path, "\n".join(result))


def refuse_other_tables(path: Path) -> None:
    """Refuse a file of this version whose tables aren't those of Handover. Raises UnusableFile."""
    try:
        with contextlib.closing(glance(path)) as connection:
            where = schema.difference(connection)
    except sqlite3.DatabaseError as error:
        if is_busy(error):
            return
        raise trouble(path, error) from error
    if where:
        raise UnusableFile(
            N_("{file} isn't built as Handover builds it ({name}): another program has changed its tables. It was not "
               "opened. Restore a copy of it, or save what can be read as a new file."),
            file=path.name,
            name=where,
        )  # fmt: skip


# -- files that this process has open -------------------------------------------------------------------------------

_held: Counter[tuple[int, int]] = Counter()
_holding = threading.Lock()


def hold(path: Path) -> tuple[int, int]:
    """Note that this process has a file open through SQLite; returns what ``let_go`` takes.

    Closing such a file after reading it in another way would let go of SQLite's own locks on it:
    https://www.sqlite.org/howtocorrupt.html, section 2.2.
    """
    facts = path.stat()
    with _holding:
        _held[facts.st_dev, facts.st_ino] += 1
    return facts.st_dev, facts.st_ino


def let_go(held: tuple[int, int]) -> None:
    """Undo one ``hold``."""
    with _holding:
        _held[held] -= 1


def is_held(path: Path) -> bool:
    """Whether this process has a file open through SQLite."""
    with contextlib.suppress(OSError):
        facts = path.stat()
        return _held[facts.st_dev, facts.st_ino] > 0
    return False


# -- connections ----------------------------------------------------------------------------------------------------


def glance(path: Path) -> sqlite3.Connection:
    """A connection for a short look into a file; leaves nothing beside one that nobody has open."""
    if path.with_name(path.name + "-journal").exists() and protection(path) is None:
        _take_back_half(path)
    in_use = any(path.with_name(path.name + suffix).exists() for suffix in ("-wal", "-journal", ".lock"))
    return read_only(path) if in_use else _connected(path, "&immutable=1")


def _take_back_half(path: Path) -> None:
    """Let SQLite roll an act back that a crash left half written; it only looks on while somebody is writing."""
    with contextlib.closing(unsound.connect(path, "rw", timeout=5)) as connection:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()


def read_only(path: Path) -> sqlite3.Connection:
    """A connection that can't write but sees what others write meanwhile."""
    aside = _holds_acts(path.with_name(path.name + "-wal"))
    if not aside and protection(path) is not None:
        return _connected(path, "&immutable=1")
    connection = _connected(path, "")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        if aside or is_busy(error):
            return connection
        connection.close()  # a full disk takes not even what SQLite keeps beside the file while it reads
        return _connected(path, "&immutable=1")
    return connection


def _holds_acts(log: Path) -> bool:
    """Whether a log may hold acts that its file hasn't got yet."""
    try:
        return log.stat().st_size > 0
    except OSError:
        return False


def tidy(path: Path) -> None:
    """Let SQLite remove the empty files that reading leaves beside a workspace, unless somebody else has it open."""
    aside = path.with_name(path.name + "-wal")
    with contextlib.suppress(OSError, sqlite3.Error):
        if aside.stat().st_size == 0 and protection(path) is None:
            with contextlib.closing(unsound.connect(path, "rw", timeout=0)) as rw:
                rw.execute("SELECT count(*) FROM sqlite_master").fetchone()


def _connected(path: Path, frozen: str) -> sqlite3.Connection:
    connection = unsound.connect(path, f"ro{frozen}", timeout=5, check_same_thread=False)
    for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _number(header: bytes, at: int) -> int:
    return int.from_bytes(header[at : at + 4], "big")


def protection(path: Path) -> HandoverError | None:
    """Why a file can't be written where it lies; None where it can."""
    if path.parent.name.endswith(COPIES):
        # A copy is a record: who would work in it would spoil what can be restored.
        return ReadOnly(
            N_("{file} is a copy among the copies of a workspace. It can be read; restore it to work in it."),
            file=path.name,
        )
    facts = path.stat()
    # os.access tells root that all can be written; the owner's bit tells what the user meant.
    if not (facts.st_mode & 0o200 and os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return ReadOnly(N_("{file} or its folder can't be written. Nothing can be changed."), file=path.name)
    if facts.st_nlink > 1 and os.name == "posix":
        # SQLite keeps its log by the name: through another name of the same file an act would be missed.
        return ReadOnly(
            N_("{file} has a second name (a hard link). It can be read; save a copy of it to work in that."),
            file=path.name,
        )
    return None


# -- copying --------------------------------------------------------------------------------------------------------


def copy_to(path: Path, target: Path, progress: Progress = unattended) -> None:
    """Write a whole, checked copy of a workspace, also of one that is open, beside ``target`` and rename it there.

    Nobody may have the target open.

    Raises:
        TargetHeld: what stands there can't be replaced; another name is offered.
        HandoverError: it can't be written or doesn't check; what stood there is untouched.
        Cancelled: the user stopped it; as above.
    """
    part = target.with_name(f".{target.name}.part")
    try:
        snapshot(path, part, progress)
        try:
            put_in_place(part, target)
        except OSError as error:
            if is_held_by_another(error) and target.exists():
                raise TargetHeld(target, detail=str(error)) from error
            raise
    except (OSError, sqlite3.Error) as error:
        raise HandoverError(
            N_("{file} could not be copied to {target}. Check the space and the rights there."),
            file=path.name,
            target=str(target),
            detail=str(error),
        ) from error
    finally:
        discard(part)
        for left in leftovers.beside(part):
            discard(left)


def snapshot(path: Path, part: Path, progress: Progress = unattended) -> None:
    """Write one state of a workspace as a new file, flushed and checked.

    Raises:
        OSError, sqlite3.Error: it can't be written; Damaged: it doesn't check; Cancelled.
    """
    what = tr("Copying {file}", file=path.name)
    discard(part)
    for left in leftovers.beside(part):
        discard(left)
    with contextlib.closing(read_only(path)) as source, contextlib.closing(sqlite3.connect(part)) as copy:
        # While it is read from, others may write: a transaction holds the state that is copied.
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        source.backup(copy, pages=_PAGES, progress=lambda _, rest, total: step(progress, total - rest, total, what))
        copy.execute("PRAGMA journal_mode=DELETE")
        if copy.execute("PRAGMA quick_check").fetchone()[0] != "ok":
            raise damaged(path, "quick_check of the copy")
    with part.open("rb+") as file:
        os.fsync(file.fileno())


def put_in_place(part: Path, target: Path) -> None:
    """Give a written file its name in one step; what SQLite left beside that name is no part of it. Raises OSError."""
    leftovers.move_aside(target)
    part.replace(target)
    leftovers.flush_folder(target.parent)


def discard(scratch: Path) -> None:
    """Remove a half-made file; where that fails, its folder is gone or closed and the fault is told already."""
    with contextlib.suppress(OSError):
        scratch.unlink(missing_ok=True)
