"""A workspace file before it is opened: whose it is, how old, on what kind of medium."""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from handover.errors import HandoverError, NotFound, UnusableFile
from handover.i18n import N_, tr
from handover.jobs import Progress, step, unattended
from handover.plain_file import open_plain

SUFFIX = ".handover"
#: What the folder of a workspace's copies is called after the workspace.
COPIES = ".copies"
#: "HAND", in the header of each file of ours.
APPLICATION_ID = 0x48414E44
#: Bytes in a page of a new file: storing many rows takes a tenth less than with the 4,096 of SQLite's own choice.
PAGE = 8192
#: The number of the newest migration; also PRAGMA user_version of a file.
SCHEMA_VERSION = 9
#: A check of every page at each opening is worth its time up to this size; ``handover check`` reads larger ones.
_QUICK_CHECK_BYTES = 64 * 1024 * 1024
#: How many pages are copied between two looks at whether the user wants to stop.
_PAGES = 2_000

Medium = Literal["local", "network", "synced"]


class Damaged(UnusableFile):
    """The file is ours, but its pages don't hold together."""


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What the header and the folder say of a workspace file."""

    version: int
    writable: bool
    medium: Medium


def inspect(path: Path) -> FileFacts:
    """Look at a workspace without changing a byte of it.

    Raises:
        NotFound: there is no such file.
        UnusableFile: not a workspace, or of a newer program.
        Damaged: its pages don't hold together.
    """
    if not path.exists():
        raise NotFound(N_("There is no file {file}."), file=str(path))
    try:
        with open_plain(path) as file:
            header = file.read(100)
    except OSError as error:
        raise UnusableFile(N_("{file} can't be read."), file=str(path), detail=str(error)) from error
    if len(header) < 100 or not header.startswith(b"SQLite format 3\0") or _number(header, 68) != APPLICATION_ID:
        raise UnusableFile(
            N_("{file} is not a Handover workspace. Choose a file that ends in .handover."), file=path.name
        )
    version = _number(header, 60)
    if version > SCHEMA_VERSION:
        raise UnusableFile(
            N_("{file} was written by a newer Handover. Install the newer program to open it; nothing was changed."),
            file=path.name,
        )
    quick_check(path)
    return FileFacts(version, _writable(path), medium_of(path))


def quick_check(path: Path) -> None:
    """Raises Damaged when the pages of a file don't hold together, UnusableFile when foreign code is in it."""
    try:
        with contextlib.closing(glance(path)) as connection:
            small = path.stat().st_size <= _QUICK_CHECK_BYTES
            result = [row[0] for row in connection.execute("PRAGMA quick_check(20)")] if small else ["ok"]
            foreign = connection.execute(
                "SELECT name FROM sqlite_master WHERE type IN ('trigger', 'view') LIMIT 1"
            ).fetchone()
    except sqlite3.DatabaseError as error:
        if "locked" in str(error):
            return  # another window writes just now, so it was whole a moment ago
        raise damaged(path, str(error)) from error
    if result != ["ok"]:
        raise damaged(path, "\n".join(result))
    if foreign:
        raise UnusableFile(
            N_("{file} holds code that Handover didn't write ({name}). It was not opened."),
            file=path.name,
            name=foreign[0],
        )


def damaged(path: Path, detail: str) -> Damaged:
    """The error that tells of a file whose pages don't hold together."""
    return Damaged(
        N_(
            "{file} is damaged and was not opened; nothing was changed. "
            "Restore a copy of it, or save what can still be read as a new file."
        ),
        file=path.name,
        detail=detail,
    )


def glance(path: Path) -> sqlite3.Connection:
    """A connection for a short look into a file; leaves nothing beside one that nobody has open."""
    if path.with_name(path.name + "-journal").exists() and _writable(path):
        _take_back_half(path)
    in_use = any(path.with_name(path.name + suffix).exists() for suffix in ("-wal", "-journal", ".lock"))
    return read_only(path) if in_use else _connected(path, "&immutable=1")


def _take_back_half(path: Path) -> None:
    """Let SQLite roll an act back that a crash left half written; it only looks on while somebody is writing."""
    with contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=5)) as connection:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()


def read_only(path: Path) -> sqlite3.Connection:
    """A connection that can't write but sees what others write meanwhile."""
    aside = path.with_name(path.name + "-wal").exists()
    if not aside and not _writable(path):
        return _connected(path, "&immutable=1")
    connection = _connected(path, "")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        if aside or "locked" in str(error):
            return connection
        connection.close()  # a full disk takes not even what SQLite keeps beside the file while it reads
        return _connected(path, "&immutable=1")
    return connection


def tidy(path: Path) -> None:
    """Let SQLite remove the empty files that reading leaves beside a workspace, unless somebody else has it open."""
    aside = path.with_name(path.name + "-wal")
    with contextlib.suppress(OSError, sqlite3.Error):
        if aside.stat().st_size == 0 and _writable(path):
            with contextlib.closing(sqlite3.connect(path, timeout=0)) as connection:
                connection.execute("SELECT count(*) FROM sqlite_master").fetchone()


def _connected(path: Path, frozen: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro{frozen}", uri=True, timeout=5, check_same_thread=False
    )
    for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _number(header: bytes, at: int) -> int:
    return int.from_bytes(header[at : at + 4], "big")


def _writable(path: Path) -> bool:
    if path.parent.name.endswith(COPIES):
        return False  # a copy is a record: who would work in it would spoil what can be restored
    # os.access tells root that all can be written; the owner's bit tells what the user meant.
    return bool(path.stat().st_mode & 0o200) and os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def copy_to(path: Path, target: Path, progress: Progress = unattended) -> None:
    """Write a whole, checked copy of a workspace, also of one that is open, beside ``target`` and rename it there.

    Raises:
        HandoverError: it can't be written or doesn't check; what stood there is untouched.
        Cancelled: the user stopped it; as above.
    """
    what = tr("Copying {file}", file=path.name)
    part = target.with_name(f".{target.name}.part")
    try:
        part.unlink(missing_ok=True)
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
        for rest in ("-wal", "-shm", "-journal"):  # of a file that is replaced; they would spoil the new one
            target.with_name(target.name + rest).unlink(missing_ok=True)
        part.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise HandoverError(
            N_("{file} could not be copied to {target}. Check the space and the rights there."),
            file=path.name,
            target=str(target),
            detail=str(error),
        ) from error
    finally:
        discard(part)


def discard(scratch: Path) -> None:
    """Remove a half-made file; where that fails, its folder is gone or closed and the fault is told already."""
    with contextlib.suppress(OSError):
        scratch.unlink(missing_ok=True)


_SYNC_CLIENTS = (
    "onedrive",
    "dropbox",
    "nextcloud",
    "nutstore",
    "坚果云",
    "mobile documents",
    "baidusync",
    "googledrive",
)
_NETWORK_TYPES = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "fuse.sshfs", "9p", "webdav", "fuse.davfs"}

#: How the kernel writes a blank or a backslash in the name of a folder.
_OCTAL = re.compile(r"\\([0-7]{3})")


def medium_of(path: Path) -> Medium:
    """Whether the file lies on a disk of this machine, on a share, or in a folder that a sync client watches."""
    folder = path.absolute().parent
    if any(client in part.lower() for part in folder.parts for client in _SYNC_CLIENTS):
        return "synced"
    return "network" if _on_network(folder) else "local"


def _on_network(folder: Path) -> bool:
    if sys.platform == "win32":
        import ctypes

        drive_remote = 4
        kind: int = ctypes.windll.kernel32.GetDriveTypeW(folder.drive + "\\")
        return str(folder).startswith("\\\\") or kind == drive_remote
    elif sys.platform == "linux":
        try:
            lines = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return False
        mounts = [
            (_OCTAL.sub(lambda code: chr(int(code[1], 8)), at), kind) for _, at, kind, *_ in map(str.split, lines)
        ]
        best = max((m for m in mounts if folder.is_relative_to(m[0])), key=lambda m: len(m[0]), default=("", ""))
        return best[1] in _NETWORK_TYPES
    else:
        return folder.is_relative_to("/Volumes") and Path("/Volumes").stat().st_dev != folder.stat().st_dev
