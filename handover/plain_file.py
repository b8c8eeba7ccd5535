"""Opening nothing but plain files: a pipe would be waited for without end, a device read without end."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from handover.errors import UnusableFile
from handover.i18n import N_

#: Opening a pipe doesn't wait for who writes into it; Windows has neither.
_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)

#: What a file of choices, of marks or of a manifest may have at most.
_MOST = 16 << 20


def is_plain(path: str | Path) -> bool:
    """Whether a plain file is there, or a link to one."""
    try:
        return stat.S_ISREG(Path(path).stat().st_mode)
    except (OSError, ValueError):
        return False


def refuse_odd(path: str | Path) -> os.stat_result:
    """What the system knows of a file, if it is a plain one.

    Raises:
        UnusableFile: nothing is there, or a folder, a pipe, a device, a socket, or it can't be looked at.
    """
    path = Path(path)
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise UnusableFile(N_("{file} isn't there any more."), file=str(path), detail=str(error)) from error
    except (OSError, ValueError) as error:
        raise _not_opened(path, error) from error
    if stat.S_ISDIR(found.st_mode):
        raise UnusableFile(N_("{file} is a folder, not a file."), file=path.name)
    if not stat.S_ISREG(found.st_mode):
        raise _odd(path)
    return found


def text_of(path: Path, most: int = _MOST) -> str:
    """The text of a small file that a program has written, in UTF-8.

    Raises:
        OSError: nothing is there, it is no plain file, or may not be read.
        ValueError: it is larger, or no such text.
    """
    descriptor = os.open(path, os.O_RDONLY | _AT_ONCE)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "no plain file", str(path))
        data = file.read(most + 1)
    if len(data) > most:
        raise ValueError(f"more than {most} bytes")
    return data.decode("utf-8")


def open_plain(path: str | Path) -> BinaryIO:
    """Open a plain file for reading; what takes its place between look and opening isn't opened either.

    Raises:
        UnusableFile: as ``refuse_odd``, or it may not be read.
    """
    path = Path(path)
    refuse_odd(path)
    try:
        descriptor = os.open(path, os.O_RDONLY | _AT_ONCE)
    except OSError as error:
        raise _not_opened(path, error) from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise _odd(path)
    return os.fdopen(descriptor, "rb")


def _odd(path: Path) -> UnusableFile:
    return UnusableFile(N_("{file} is no file: it is a pipe, a device or a socket."), file=path.name)


def _not_opened(path: Path, error: Exception) -> UnusableFile:
    return UnusableFile(
        N_("{file} can't be opened: another program may hold it, or you may not read it."),
        file=path.name,
        detail=str(error),
    )
