"""What SQLite keeps beside a file while it is open, and what a killed program leaves of it under a name.

A log or journal belongs to one file. Under another one of the same name it would be taken for that one's: its pages
would be mixed into it. What may hold somebody's work is never removed, but moved aside.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

#: The log, its index and the journal of a file, by what is put behind its name.
SUFFIXES = ("-wal", "-shm", "-journal")
_ASIDE = ".left"


def beside(path: Path) -> list[Path]:
    """The files that SQLite has left, or has in use, beside a file; none beside what has no name, as ``/`` hasn't."""
    if not path.name:
        return []
    return [found for suffix in SUFFIXES if (found := path.with_name(path.name + suffix)).exists()]


def move_aside(path: Path) -> list[Path]:
    """Free a name that a new file is about to take; returns what was moved, and where. Raises OSError.

    Only for a name that nobody has open.
    """
    moved = []
    for left in beside(path):
        if left.name.endswith("-shm") or left.stat().st_size == 0:
            left.unlink()  # an index of the log, which SQLite makes anew, or nothing at all
            continue
        moved.append(left.replace(_free(left)))
    return moved


def _free(left: Path) -> Path:
    """A name that isn't taken, and that SQLite takes for nothing."""
    number = 1
    while (target := left.with_name(f"{left.name}{_ASIDE}-{number}")).exists():
        number += 1
    return target


def flush_folder(folder: Path) -> None:
    """Make new names in a folder survive a power cut; Windows has no such call, and network shares refuse it."""
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
