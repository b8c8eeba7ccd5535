"""Brings what the write-ahead log holds into the workspace's file beside the user's work, not within their acts.

While nobody works the log is emptied whole, so that a plain copy of the file and its files folder is complete.
An act is safe as soon as its commit has reached the disk in the log; copying it on into the file takes as long again
after a large import. SQLite would do that within the commit: https://www.sqlite.org/wal.html#ckpt.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from pathlib import Path

from handover.store import home, unsound

#: A log shorter than this is left as it is: 4 MiB, the length at which SQLite itself would empty it.
_LONG = 4 * 2**20


#: How long nobody must have worked before the log is emptied whole, in seconds.
_IDLE = 2.0


class Checkpoints:
    """Empties the log of one workspace now and then; ``close`` waits for what is under way.

    Args:
        identity: what the file stays by; what has taken its place at the path since isn't touched.
    """

    def __init__(self, path: Path, identity: home.Identity) -> None:
        self._path, self._identity = path, identity
        self._log = path.with_name(path.name + "-wal")
        self._running: threading.Thread | None = None
        self._waiting: threading.Thread | None = None
        self._act = threading.Event()
        self._closed = False
        self._changing = threading.Lock()

    def after_act(self) -> None:
        """Begin to empty the log where it has grown long and nobody is at it, else once nobody works."""
        self._act.set()
        with self._changing:
            if not self._closed and (self._waiting is None or not self._waiting.is_alive()):
                self._act.clear()
                self._waiting = threading.Thread(target=self._when_idle, name="checkpoint when idle", daemon=True)
                self._waiting.start()
        if self._running is not None and self._running.is_alive():
            return
        with contextlib.suppress(OSError):  # there is none where the medium forbids it
            if self._log.stat().st_size >= _LONG:
                self._running = threading.Thread(target=self._empty, args=("PASSIVE",), name="checkpoint", daemon=True)
                self._running.start()

    def close(self) -> None:
        """Wait until the file is left alone."""
        with self._changing:
            self._closed = True
        self._act.set()
        for thread in (self._running, self._waiting):
            if thread is not None and thread is not threading.current_thread():
                thread.join()
        self._running = self._waiting = None

    def _when_idle(self) -> None:
        while self._act.wait(_IDLE):
            if self._closed:
                return
            self._act.clear()
        if not self._closed and self._log.exists():
            self._empty("TRUNCATE")

    def _empty(self, how: str) -> None:
        # Where it fails, as on a full disk, nothing is lost: the log keeps all, and the next act tries again.
        with (
            contextlib.suppress(sqlite3.Error),
            contextlib.closing(unsound.connect(self._path, "rw", timeout=10 if how == "PASSIVE" else 0)) as connection,
        ):
            # Looked at once it is open: SQLite takes the log by its name, and would mix it into another file there.
            if home.still_there(self._path, self._identity, numbered=True):
                connection.execute(f"PRAGMA wal_checkpoint({how})")
