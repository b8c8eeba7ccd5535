"""A file from outside on its way in: what it is, and its bytes, whatever happens to it meanwhile."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from handover.errors import HandoverError, UnusableFile
from handover.file_names import shown_name
from handover.file_types import HEAD, media_type
from handover.i18n import N_
from handover.jobs import Progress, step

#: Bytes of a file that is taken in where nobody has set another limit.
LARGEST = 2_000_000_000
_CHUNK = 1024 * 1024
#: How a file is opened: not through a link that took its place meanwhile, and without waiting at a pipe.
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)

#: Told how many more bytes were read; what it raises ends the reading.
Heard = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Content:
    """What a file held when it was read from its first byte to its last.

    Attributes:
        modified: when it was written last, in nanoseconds as its file system tells.
    """

    sha256: str
    size: int
    modified: int
    media_type: str


def look_at(path: Path, most: int = 0) -> os.stat_result:
    """What can be told of a file without opening it; ``most`` is the size that it may have, 0 without limit.

    Raises:
        UnusableFile: it isn't there, is no plain file, is empty or too large.
    """
    try:
        facts = path.lstat()
    except OSError as error:
        raise _unreadable(path, error) from error
    _refuse_unfit(path, facts, most)
    return facts


def read(path: Path, heard: Heard, most: int = 0, keep: Callable[[bytes], object] | None = None) -> Content:
    """Read a file to its end, in pieces, and pass each on to ``keep``.

    Raises:
        UnusableFile: as ``look_at``; it can't be read, or changed while it was.
    """
    digest, done, head = hashlib.sha256(), 0, b""
    with _opened(path, most) as (file, facts):
        while piece := _next(path, file):
            done += len(piece)
            if done > facts.st_size:
                raise _changed(path)  # it grows, perhaps for ever
            head = head or piece[:HEAD]
            digest.update(piece)
            if keep is not None:
                keep(piece)
            heard(len(piece))
        after = os.fstat(file.fileno())
        if done != facts.st_size or (after.st_size, after.st_mtime_ns) != (facts.st_size, facts.st_mtime_ns):
            raise _changed(path)
    return Content(digest.hexdigest(), done, facts.st_mtime_ns, media_type(head, path.name))


@contextmanager
def _opened(path: Path, most: int) -> Iterator[tuple[IO[bytes], os.stat_result]]:
    look_at(path, most)
    try:
        number = os.open(path, _FLAGS)
    except OSError as error:
        raise _unreadable(path, error) from error
    with os.fdopen(number, "rb", buffering=0) as file:
        facts = os.fstat(number)  # what was opened may be another than what was looked at
        _refuse_unfit(path, facts, most)
        yield file, facts


def _next(path: Path, file: IO[bytes]) -> bytes:
    try:
        return file.read(_CHUNK)
    except OSError as error:
        raise _unreadable(path, error) from error


def _refuse_unfit(path: Path, facts: os.stat_result, most: int) -> None:
    mode = facts.st_mode
    if stat.S_ISREG(mode) and facts.st_size and not (most and facts.st_size > most):
        return
    name = shown_name(path.name)
    if stat.S_ISLNK(mode):
        raise UnusableFile(N_("“{name}” is only a link to another file. Choose the file that it leads to."), name=name)
    if stat.S_ISDIR(mode):
        raise UnusableFile(N_("“{name}” is a folder. Choose the files in it."), name=name)
    if stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode):
        raise UnusableFile(N_("“{name}” is a pipe between programs, not a file."), name=name)
    if not stat.S_ISREG(mode):
        raise UnusableFile(N_("“{name}” is a device, not a file."), name=name)
    if facts.st_size == 0:
        raise UnusableFile(N_("“{name}” is empty. Choose it again once there is something in it."), name=name)
    if most and facts.st_size > most:
        raise UnusableFile(
            N_("“{name}” has {size}, more than the {most} that are attached. Link it, or raise the limit."),
            name=name,
            size=size_words(facts.st_size),
            most=size_words(most),
        )


def _unreadable(path: Path, error: OSError) -> UnusableFile:
    name = shown_name(path.name)
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        sentence = N_("“{name}” isn't there any more.")
    elif isinstance(error, PermissionError):
        sentence = N_("You may not read “{name}”. Ask who owns it for the right to.")
    elif error.errno == errno.ELOOP:
        sentence = N_("“{name}” is only a link to another file. Choose the file that it leads to.")
    elif error.errno == errno.ENAMETOOLONG:
        sentence = N_("The name “{name}” is too long to be opened. Shorten it.")
    else:
        sentence = N_("“{name}” can't be read to its end. Check the disk or the connection that it lies on.")
    return UnusableFile(sentence, name=name, detail=str(error))


def _changed(path: Path) -> UnusableFile:
    return UnusableFile(
        N_("“{name}” was written to while it was read. Choose it again once it is complete."),
        name=shown_name(path.name),
    )


def not_kept(error: OSError, folder: Path) -> HandoverError:
    """What to tell the user when a content could not be written into a folder; nothing of it is left."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        sentence = N_("The disk of {folder} is full. No file was added; free some space and repeat it.")
    else:
        sentence = N_("Nothing can be written into {folder}, where files are kept. Check the rights there.")
    return HandoverError(sentence, folder=str(folder), detail=str(error))


def size_words(size: int) -> str:
    """A size in bytes as people read it: ``340 kB``, ``2.1 MB``, ``5 GB``."""
    for unit, factor in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size >= factor:
            amount = size / factor
            return f"{amount:.0f} {unit}" if amount >= 10 or amount == int(amount) else f"{amount:.1f} {unit}"
    return f"{size} B"


class BytesHeard:
    """Hears of bytes and tells of them as progress; raises Cancelled when the user has asked to stop."""

    def __init__(self, progress: Progress, total: int, what: str) -> None:
        self._progress, self._total, self._what = progress, total, what
        self._done = 0

    def __call__(self, more: int) -> None:
        """Tell of so many more bytes."""
        self._done += more
        step(self._progress, min(self._done, self._total), self._total, self._what)
