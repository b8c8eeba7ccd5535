"""Files that appear whole or not at all: written beside their target, flushed, and renamed into place."""

from __future__ import annotations

import errno
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from tempfile import NamedTemporaryFile

from handover.errors import HandoverError
from handover.i18n import N_
from handover.plain_file import is_plain

#: Seconds after which a part file is taken for what a killed process left.
STALE_AFTER = 3600.0
#: By what a system says that another program holds a file, or that it is protected.
_HELD = (errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY, errno.EISDIR, errno.ENOTEMPTY, errno.EEXIST)


class TargetHeld(HandoverError):
    """What stands where a file is to be written can't be replaced; it is as it was.

    Args:
        path: where the file was to go.
        instead: a free name to be offered, the next one beside it by default.
        message: the sentence, with ``{name}`` and ``{other}``.

    Attributes:
        path, instead: as above.
    """

    def __init__(self, path: Path, *, instead: Path | None = None, message: str = "", detail: str = "") -> None:
        self.path, self.instead = path, instead or free_name(path)
        super().__init__(
            message
            or N_("“{name}” is open in another program or protected. Close it there, or write “{other}” instead."),
            detail=detail,
            name=path.name,
            other=self.instead.name,
        )


def free_name(path: Path) -> Path:
    """The first of ``name (1).xlsx``, ``name (2).xlsx`` … beside a path that nothing bears yet."""
    stem = path.stem or "Handover"
    numbered = (path.parent / f"{stem} ({number}){path.suffix}" for number in count(1))
    return next(free for free in numbered if not os.path.lexists(free))


def is_held(fault: OSError) -> bool:
    """Whether a fault says that another program holds a file, or that it is protected."""
    return fault.errno in _HELD


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Lend a new empty file beside ``path``; when the block ends well it is flushed to disk and takes its place.

    When the block fails or is cancelled, the new file goes and what stood at ``path`` is as it was. A link stays one:
    what it leads to is replaced.

    Raises:
        TargetHeld: another program holds the target, it is protected, or no plain file.
        HandoverError: the folder is missing or can't be written, or the disk is full.
    """
    path = Path(os.path.realpath(path)) if path.is_symlink() else path
    refuse_locked(path)
    _sweep(path)
    part = _beside(path)
    try:
        yield part
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        _rename(part, path)
    except OSError as fault:
        raise not_written(path, fault) from fault
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def not_written(path: Path, fault: OSError) -> HandoverError:
    """Why something couldn't be written, as people read it: the disk is full, or there is another fault."""
    if fault.errno in (errno.ENOSPC, errno.EDQUOT):
        full = N_("The disk is full: “{name}” was not written. Free some space or choose another folder.")
        return HandoverError(full, detail=str(fault), name=path.name)
    message = N_("“{name}” could not be written. Check the disk and the rights of its folder.")
    return HandoverError(message, detail=str(fault), name=path.name)


def _beside(path: Path) -> Path:
    try:
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=".part", delete=False) as file:
            return Path(file.name)
    except FileNotFoundError as fault:
        raise HandoverError(
            N_("The folder “{folder}” isn't there. Choose another folder."),
            detail=str(fault),
            folder=str(path.parent),
        ) from fault
    except OSError as fault:
        raise HandoverError(
            N_("Nothing can be written into the folder “{folder}”. Choose another folder."),
            detail=str(fault),
            folder=str(path.parent),
        ) from fault


def _rename(part: Path, path: Path) -> None:
    try:
        part.chmod(0o666 & ~_umask())
        part.replace(path)
    except OSError as fault:
        if is_held(fault):
            raise TargetHeld(path, detail=str(fault)) from fault
        raise
    if os.name == "posix":  # the new name itself must survive a power cut; Windows has no such call
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            with suppress(OSError):  # network shares refuse it
                os.fsync(folder)
        finally:
            os.close(folder)


def refuse_locked(path: Path) -> None:
    """Say so before long work rather than after it when what stands at ``path`` can't be replaced.

    Raises:
        TargetHeld: it is open in another program, write-protected, or no plain file.
    """
    refuse_odd_target(path)
    try:
        with path.open("rb+"):
            pass
    except (FileNotFoundError, NotADirectoryError):
        pass  # nothing to replace; whether there is a folder shows when the new file is made
    except OSError as fault:
        if is_held(fault):
            raise TargetHeld(path, detail=str(fault)) from fault
        raise


def refuse_odd_target(path: Path) -> None:
    """Replace no folder, pipe or device, of which some systems know nothing but the name. Raises TargetHeld."""
    if path.exists() and not is_plain(path):
        raise TargetHeld(path, message=N_("“{name}” is no file that can be replaced. Write “{other}” instead."))


def make_folder(folder: Path) -> list[Path]:
    """Make a folder with its parents; returns those that were not there, the outermost first.

    Raises:
        HandoverError: it can't be made.
    """
    missing = [parent for parent in (folder, *folder.parents) if not parent.exists()][::-1]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise HandoverError(
            N_("The folder “{folder}” can't be made. Choose another folder."), detail=str(fault), folder=str(folder)
        ) from fault
    return missing


def _umask() -> int:
    mask = os.umask(0)  # can only be read by setting it
    os.umask(mask)
    return mask


def _sweep(path: Path) -> None:
    """Remove what a killed process left beside ``path`` long ago."""
    with suppress(OSError):
        for left in path.parent.glob(f".{_literal(path.name[:40])}.*.part"):
            with suppress(OSError):
                if time.time() - left.stat().st_mtime > STALE_AFTER:
                    left.unlink()


def _literal(name: str) -> str:
    return re.sub(r"([\[\]*?])", r"[\1]", name)
