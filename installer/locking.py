"""A lock on a file between processes, held by the operating system.

It needs no detection of stale locks: the system lets go of it when its last holder ends, however that ends.
"""

from __future__ import annotations

import errno
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

BUSY = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
LOOK_AGAIN = 0.2  # seconds


@contextmanager
def exclusive(path: Path, when_busy: Callable[[], None]) -> Iterator[int]:
    """Hold the lock within a block; yields its descriptor.

    Args:
        when_busy: called once if another process holds it, before waiting for that one to end.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        if not try_lock(file):
            when_busy()
            while not try_lock(file):
                time.sleep(LOOK_AGAIN)
        yield file.fileno()


def try_lock(file: IO[bytes]) -> bool:
    """Take the lock if nobody has it. A file system that knows no locks lets everybody in."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as fault:
        return fault.errno not in BUSY
    return True
