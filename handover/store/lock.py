"""One writer at a time: a lock beside the workspace that the system itself lets go when its holder dies."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import socket
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from handover import clock
from handover.errors import HandoverError
from handover.i18n import N_

_BUSY = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)


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


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the lock."""

    host: str
    user: str
    pid: int
    since: str


class Lock:
    """The lock of a workspace file, held until ``release`` or the end of the process."""

    def __init__(self, workspace: Path, user: str) -> None:
        self.path = workspace.with_name(workspace.name + ".lock")
        self._file: IO[bytes] | None = None
        file = self._taken(workspace)
        holder = Holder(socket.gethostname(), user, os.getpid(), clock.now().isoformat(" ", "seconds"))
        file.seek(0)
        file.truncate()
        file.write(json.dumps(asdict(holder), ensure_ascii=False).encode())
        file.flush()
        self._file = file

    def _taken(self, workspace: Path) -> IO[bytes]:
        """The lock file, held; taken anew where its last holder removed it between our opening and locking it."""
        while True:
            file = self.path.open("a+b")
            try:
                _take(file)
            except OSError as error:
                if error.errno not in _BUSY:
                    return file  # a file system without locks: SQLite's own keep the file whole
                file.seek(0)
                holder = _read(file.read())
                file.close()
                raise InUse(workspace, holder) from None
            if self._in_place(file):
                return file
            file.close()

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
    try:
        return Holder(**json.loads(data))
    except (ValueError, TypeError):
        return None


if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[bytes]) -> None:
        file.seek(4096)  # beyond the text, which others must be able to read
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
