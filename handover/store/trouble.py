"""What SQLite refuses, told apart: damage of a file, trouble of the disk that it lies on, another program at it."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from handover.errors import HandoverError, UnusableFile
from handover.i18n import N_


class Damaged(UnusableFile):
    """The file is ours, but its pages don't hold together."""


class Unreachable(UnusableFile):
    """The file may be sound, but the disk, its rights or another program stand in the way.

    Attributes:
        readable: it can be opened for reading meanwhile.
    """

    readable = False


class DiskFull(Unreachable):
    """There is no space for what SQLite keeps beside a file that is written to."""

    readable = True


_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
#: What SQLite may say, too, where there is no space for what it keeps beside a file.
_BY_SPACE = {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN}
#: So many bytes are needed beside a file that is opened for writing.
_LEAST_SPACE = 64 * 1024
_NOT_HERE = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH}


def code_of(error: sqlite3.Error) -> int:
    """The kind of an error of SQLite: its primary result code (https://www.sqlite.org/rescode.html), 0 for none."""
    return int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF


def is_damage(error: sqlite3.Error) -> bool:
    """Whether the pages of the file don't hold together."""
    return code_of(error) in _DAMAGE


def is_busy(error: sqlite3.Error) -> bool:
    """Whether somebody else is at the file just now."""
    return code_of(error) in _BUSY


def damaged(path: Path, detail: str) -> Damaged:
    """The error that tells of a file whose pages don't hold together."""
    return Damaged(
        N_(
            "{file} is damaged and can't be worked in; nothing was changed. "
            "Restore a copy of it, or save what can still be read as a new file."
        ),
        file=path.name,
        detail=detail,
    )


def trouble(path: Path, error: sqlite3.Error) -> UnusableFile:
    """What to tell the user when SQLite can't read a file, by the kind of the error."""
    code, detail = code_of(error), str(error)
    if code in _DAMAGE:
        return damaged(path, detail)
    if code == sqlite3.SQLITE_FULL or (code in _BY_SPACE and _no_space(path)):
        return disk_full(path, detail)
    if code in _BUSY:
        return Unreachable(
            N_("{file} is busy in another program. Nothing was changed; try again."), file=path.name, detail=detail
        )
    if code in _NOT_HERE:
        return Unreachable(
            N_("{file} can't be opened where it lies. Check the rights and the space of its folder."),
            file=path.name,
            detail=detail,
        )
    if code == sqlite3.SQLITE_IOERR:
        return Unreachable(
            N_("The disk or the connection on which {file} lies doesn't answer as it should. Nothing was changed; "
               "try again, or copy the file to another disk."),
            file=path.name,
            detail=detail,
        )  # fmt: skip
    if code == sqlite3.SQLITE_NOMEM:
        return Unreachable(
            N_("There isn't enough memory to read {file}. Close other programs and try again."),
            file=path.name,
            detail=detail,
        )
    return UnusableFile(N_("{file} can't be read."), file=path.name, detail=detail)


def _no_space(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < _LEAST_SPACE
    except OSError:
        return False


def disk_full(path: Path, detail: str) -> DiskFull:
    """The error that tells of a disk without space for what is kept beside an open file."""
    return DiskFull(
        N_("The disk of {file} is full. The file can be opened for reading; free some space to change it."),
        file=path.name,
        detail=detail,
    )


def told(path: Path, error: DBAPIError) -> HandoverError | None:
    """What to tell of an error within a query; None for one that only a fault of the program explains."""
    cause = error.orig
    if not isinstance(cause, sqlite3.Error):
        return None
    known = _DAMAGE | _BUSY | _NOT_HERE | {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM}
    return trouble(path, cause) if code_of(cause) in known else None
