"""Several files that appear in a folder together or not at all, also when the program is killed in between.

They are written and flushed in a hidden folder. Its renaming is the one step that decides: before it nothing has been
delivered, after it everything has, and what a kill leaves to be moved into place is moved by whoever comes next.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from handover.errors import HandoverError
from handover.i18n import N_
from handover.replacing import STALE_AFTER, TargetHeld, free_name, make_folder, not_written, refuse_locked
from handover.store.files.leftovers import flush_folder

_PREFIX, _SUFFIX, _READY = ".handover-", ".part", ".ready"
#: Where the files that are replaced lie meanwhile.
_BEFORE = "before"
#: Seconds after which files that are being moved into place were left by a killed process, where that can't be told.
_MOVED_AFTER = 60.0


@contextmanager
def together(folder: Path) -> Iterator[Path]:
    """Lend an empty folder within ``folder``; when the block ends well, its files move into ``folder``.

    ``folder`` is made when it isn't there. When the block fails or is cancelled, or one of the files can't take its
    place, everything is as it was before, the folders too.

    Raises:
        TargetHeld: a file of the same name is open in another program; another folder is offered.
        HandoverError: the folder can't be made or written, or the disk is full.
    """
    made = make_folder(folder)
    try:
        with staged(folder) as stage:
            yield stage
            _move(stage, folder)
    except BaseException:
        for parent in reversed(made):
            with suppress(OSError):
                parent.rmdir()  # stays when somebody has put something into it
        raise


@contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """Lend an empty hidden folder within ``folder``, where there is room for what is made; it goes with the block.

    Raises:
        HandoverError: the folder can't be written, or the disk is full.
    """
    _sweep(folder)
    stage = _stage(folder)
    try:
        yield stage
    except OSError as fault:
        raise not_written(folder, fault) from fault
    finally:
        rmtree(stage, ignore_errors=True)


def refuse_held(folder: Path, names: Sequence[str]) -> None:
    """Say before long work that a file can't be replaced, and offer a folder of its own to all of them.

    Raises:
        TargetHeld: one of the files is open in another program, or protected.
    """
    for name in names:
        try:
            refuse_locked(folder / name)
        except TargetHeld as held:
            raise _elsewhere(folder, names, held) from held


def _elsewhere(folder: Path, names: Sequence[str], held: TargetHeld) -> TargetHeld:
    """Files that belong together keep their names, which others know: they go into a folder beside them."""
    own = free_name(folder / min((Path(name).stem for name in names), key=len))
    message = N_("“{name}” is open in another program or protected. Close it there, or write into the folder “{other}” "
                 "instead.")  # fmt: skip
    return TargetHeld(held.path, instead=own, message=message, detail=held.detail)


def finish(folder: Path) -> None:
    """Move into place what a killed program had delivered and not yet moved. Raises OSError where that can't be."""
    for ready in sorted(folder.glob(f"{_PREFIX}*{_READY}")):
        if ready.is_dir() and not ready.is_symlink() and _abandoned(ready):
            for file in _files(ready):
                file.replace(folder / file.name)
            rmtree(ready, ignore_errors=True)
            flush_folder(folder)


def _abandoned(ready: Path) -> bool:
    """Whether nobody is moving its files any more."""
    number = ready.name.removeprefix(_PREFIX).partition("-")[0]
    if os.name == "posix" and number.isdecimal():
        try:
            os.kill(int(number), 0)
        except ProcessLookupError:
            return True
        except (PermissionError, OverflowError):
            pass
    return time.time() - ready.stat().st_mtime > _MOVED_AFTER


def _stage(folder: Path) -> Path:
    try:
        return Path(mkdtemp(dir=folder, prefix=f"{_PREFIX}{os.getpid()}-", suffix=_SUFFIX))
    except OSError as fault:
        raise HandoverError(
            N_("Nothing can be written into the folder “{folder}”. Choose another folder."),
            detail=str(fault),
            folder=str(folder),
        ) from fault


def _files(stage: Path) -> list[Path]:
    return sorted(path for path in stage.iterdir() if path.is_file() and not path.is_symlink())


def _move(stage: Path, folder: Path) -> None:
    names = [file.name for file in _files(stage)]
    refuse_held(folder, names)
    for file in _files(stage):
        with file.open("rb+") as written:
            os.fsync(written.fileno())
    (stage / _BEFORE).mkdir()
    flush_folder(stage)
    ready = stage.rename(stage.with_suffix(_READY))
    flush_folder(folder)
    placed: list[Path] = []
    try:
        for file in _files(ready):
            target = folder / file.name
            if target.exists():
                target.replace(ready / _BEFORE / file.name)
            file.replace(target)
            placed.append(target)
    except OSError as fault:
        for done in placed:
            done.unlink(missing_ok=True)
        for kept in (ready / _BEFORE).iterdir():
            kept.replace(folder / kept.name)
        rmtree(ready, ignore_errors=True)
        if isinstance(fault, PermissionError):
            raise _elsewhere(folder, names, TargetHeld(target, detail=str(fault))) from fault
        raise
    flush_folder(folder)
    rmtree(ready, ignore_errors=True)


def _sweep(folder: Path) -> None:
    """Finish what a killed process had delivered, and remove what it left half-written long ago."""
    with suppress(OSError):
        finish(folder)
    for left in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        with suppress(OSError):
            if left.is_dir() and time.time() - left.stat().st_mtime > STALE_AFTER:
                rmtree(left, ignore_errors=True)
