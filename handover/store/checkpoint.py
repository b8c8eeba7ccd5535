"""Brings what the write-ahead log holds into the workspace's file beside the user's work, not within their acts.

An act is safe as soon as its commit has reached the disk in the log; copying it on into the file takes as long again
after a large import. SQLite would do that within the commit: https://www.sqlite.org/wal.html#ckpt.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from pathlib import Path

#: A log shorter than this is left as it is: 4 MiB, the length at which SQLite itself would empty it.
_LONG = 4 * 2**20


class Checkpoints:
    """Empties the log of one workspace now and then; ``close`` waits for what is under way."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._log = path.with_name(path.name + "-wal")
        self._running: threading.Thread | None = None

    def after_act(self) -> None:
        """Begin to empty the log where it has grown long and nobody is at it."""
        if self._running is not None and self._running.is_alive():
            return
        with contextlib.suppress(OSError):  # there is none where the medium forbids it
            if self._log.stat().st_size >= _LONG:
                self._running = threading.Thread(target=self._empty, name="checkpoint", daemon=True)
                self._running.start()

    def close(self) -> None:
        """Wait until the file is left alone."""
        if self._running is not None:
            self._running.join()
            self._running = None

    def _empty(self) -> None:
        # Where it fails, as on a full disk, nothing is lost: the log keeps all, and the next act tries again.
        with (
            contextlib.suppress(sqlite3.Error),
            contextlib.closing(sqlite3.connect(self._path, timeout=10)) as connection,
        ):
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
