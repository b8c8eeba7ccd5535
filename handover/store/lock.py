"""One writer at a time: a lock beside the workspace that the system itself lets go when its holder dies."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import socket
import stat
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from handover import clock
from handover.errors import HandoverError
from handover.i18n import N_

_BUSY = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
#: How a lock is opened: not through a link, which might lead to anything, and without waiting at a pipe.
_FLAGS = (
    os.O_RDWR
    | os.O_CREAT
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
#: A lock tells a host, a user and a moment; nobody reads more of what stands under its name.
_LONGEST = 4096


class InUse(HandoverError):
    """Another window or command has the workspace open for writing.

    Attributes:
        holder: who, or None where it can't be read.
    """

    def __init__(self, path: Path, holder: Holder | None) -> None:
        sentence = N_(
            "{file} is already open on {host} by {user} since {since}. It can be read here; "
            "close the other window to change it."
        )
        if holder is None:
            super().__init__(
                N_("{file} is already open elsewhere. It can be read here; close the other window to change it."),
                file=path.name,
            )
        else:
            super().__init__(sentence, file=path.name, host=holder.host, user=holder.user, since=holder.since[:16])
        self.holder = holder


class LockRefused(HandoverError):
    """The lock of a workspace can't be taken, though nobody need hold it: the workspace can be read, not changed."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the lock."""

    host: str
    user: str
    pid: int
    since: str


class Lock:
    """The lock of a workspace file, held until ``release`` or the end of the process.

    Raises:
        InUse: another process holds it.
        LockRefused: what stands under its name is no lock, or can't be written.
    """

    def __init__(self, workspace: Path, user: str) -> None:
        self.path = workspace.with_name(workspace.name + ".lock")
        self._file: IO[bytes] | None = None
        file = self._taken(workspace)
        holder = Holder(socket.gethostname(), user, os.getpid(), clock.now().isoformat(" ", "seconds"))
        with contextlib.suppress(OSError):  # on a full disk the lock holds as well without a text
            file.seek(0)
            file.truncate()
            file.write(json.dumps(asdict(holder), ensure_ascii=False).encode())
        self._file = file

    def _taken(self, workspace: Path) -> IO[bytes]:
        """The lock file, held; taken anew where its last holder removed it between our opening and locking it."""
        while True:
            file = self._opened(workspace)
            try:
                _take(file)
            except OSError as error:
                if error.errno not in _BUSY:
                    return file  # a file system without locks: SQLite's own keep the file whole
                file.seek(0)
                holder = _read(file.read(_LONGEST))
                file.close()
                raise InUse(workspace, holder) from None
            if self._in_place(file):
                return file
            file.close()

    def _opened(self, workspace: Path) -> IO[bytes]:
        try:
            number = os.open(self.path, _FLAGS, 0o666)
        except OSError as error:
            raise self._refused(workspace, error) from error
        # As it comes to the disk at once: what a full disk refuses must not wait for the closing.
        file = os.fdopen(number, "r+b", buffering=0)
        facts = os.fstat(number)
        if not stat.S_ISREG(facts.st_mode) or facts.st_nlink > 1:  # a second name: it is somebody's file
            file.close()
            raise self._no_lock(workspace)
        return file

    def _refused(self, workspace: Path, error: OSError) -> HandoverError:
        """What to tell of a lock that can't be opened: who holds it, what stands there, or why not."""
        try:
            facts = self.path.lstat()
        except OSError:
            facts = None
        if facts is not None and not stat.S_ISREG(facts.st_mode):
            return self._no_lock(workspace, str(error))
        if facts is not None and (holder := self._held_by()):
            return InUse(workspace, holder)  # of another account, as on a share
        return LockRefused(
            N_("The lock {lock} beside {file} can't be written. The file can be read here; to change it, check the "
               "rights and the space of its folder."),
            file=workspace.name,
            lock=self.path.name,
            detail=str(error),
        )  # fmt: skip

    def _no_lock(self, workspace: Path, detail: str = "") -> LockRefused:
        return LockRefused(
            N_("What is called {lock} beside {file} is no lock of Handover. The file can be read here; to change it, "
               "move {lock} away."),
            file=workspace.name,
            lock=self.path.name,
            detail=detail,
        )  # fmt: skip

    def _held_by(self) -> Holder | None:
        """Who is named in a lock that only others may write."""
        with contextlib.suppress(OSError):
            number = os.open(self.path, _FLAGS & ~os.O_CREAT & ~os.O_RDWR | os.O_RDONLY)
            with os.fdopen(number, "rb", buffering=0) as file:
                return _read(file.read(_LONGEST))
        return None

    def _in_place(self, file: IO[bytes]) -> bool:
        try:
            return os.path.samestat(os.fstat(file.fileno()), self.path.stat())
        except FileNotFoundError:
            return False

    def release(self) -> None:
        """Let go; safe to call twice."""
        if self._file is None:
            return
        # Removed while still held, so that nobody can take a file that is about to vanish.
        with contextlib.suppress(OSError):
            self.path.unlink()
        self._file.close()
        self._file = None


def _read(data: bytes) -> Holder | None:
    """The holder that a lock names; None where it names none, or what it says can't be one."""
    try:
        holder = Holder(**json.loads(data))
    except (ValueError, TypeError, RecursionError):
        return None
    words = (holder.host, holder.user, holder.since)
    return holder if all(isinstance(word, str) and word.isprintable() for word in words) else None


if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[bytes]) -> None:
        file.seek(4096)  # beyond the text, which others must be able to read
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
