"""What SQLite refuses, told apart: damage of a file, trouble of the disk that it lies on, another program at it."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from handover.errors import HandoverError, UnusableFile
from handover.i18n import N_, tr


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
#: What a file that isn't read as it was written shows, whatever the reason.
UNREADABLE = N_("{file} can't be read as it should. Check the workspace: it tells what is wrong and what can be done.")
_FULL = N_("The disk is full. Make room and try again; nothing that was stored is lost.")
_NO_PLACE = N_("{file} can't be opened where it lies. Check the rights and the space of its folder.")
_DISK = N_("The disk or the connection on which {file} lies doesn't answer as it should. Nothing was changed; "
           "try again, or copy the file to another disk.")  # fmt: skip
_MEMORY = N_("There isn't enough memory to read {file}. Close other programs and try again.")
_BUSY_NOW = N_("{file} is busy in another program. Nothing was changed; try again.")
#: The error and the sentence of each kind that isn't damage.
_BY_CODE: dict[int, tuple[type[UnusableFile], str]] = {
    sqlite3.SQLITE_FULL: (DiskFull, _FULL),
    sqlite3.SQLITE_BUSY: (Unreachable, _BUSY_NOW),
    sqlite3.SQLITE_LOCKED: (Unreachable, _BUSY_NOW),
    sqlite3.SQLITE_CANTOPEN: (Unreachable, _NO_PLACE),
    sqlite3.SQLITE_READONLY: (Unreachable, _NO_PLACE),
    sqlite3.SQLITE_PERM: (Unreachable, _NO_PLACE),
    sqlite3.SQLITE_AUTH: (Unreachable, _NO_PLACE),
    sqlite3.SQLITE_IOERR: (Unreachable, _DISK),
    sqlite3.SQLITE_NOMEM: (Unreachable, _MEMORY),
}
_KNOWN = _DAMAGE | _BY_CODE.keys()


def code_of(error: BaseException) -> int:
    """The kind of an error of SQLite: its primary result code (https://www.sqlite.org/rescode.html), 0 for none."""
    return int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF


def is_damage(error: BaseException) -> bool:
    """Whether the pages of the file don't hold together."""
    return code_of(error) in _DAMAGE


def is_busy(error: BaseException) -> bool:
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


def trouble(path: Path | None, error: BaseException) -> UnusableFile:
    """What to tell the user when the database can't be read or written, by the kind of the error.

    Args:
        path: the file; None where only the error has come up to where it is told.
    """
    file = path.name if path else tr("The workspace")
    code, detail = code_of(error), str(error)
    if code in _DAMAGE and path:
        return damaged(path, detail)
    if path and (code == sqlite3.SQLITE_FULL or (code in _BY_SPACE and _no_space(path))):
        return disk_full(path, detail)
    kind, message = _BY_CODE.get(code, (UnusableFile, UNREADABLE))
    return kind(message, file=file, detail=detail)


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


def of_database(error: BaseException, path: Path | None = None) -> UnusableFile | None:
    """What to tell of an error that came out of a query; None for one that isn't of the database."""
    fault = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(fault, sqlite3.Error):
        return trouble(path, fault)
    return (
        UnusableFile(UNREADABLE, file=path.name if path else tr("The workspace"), detail=str(error))
        if isinstance(error, SQLAlchemyError)
        else None
    )


def told(path: Path, error: DBAPIError) -> HandoverError | None:
    """What to tell of an error within a query; None for one that only a fault of the program explains."""
    return trouble(path, error.orig) if error.orig is not None and code_of(error.orig) in _KNOWN else None
