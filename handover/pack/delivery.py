"""Several files that appear in a folder together or not at all."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from handover.errors import HandoverError
from handover.i18n import N_
from handover.replacing import STALE_AFTER, locked, make_folder, refuse_locked

_PREFIX, _SUFFIX = ".handover-", ".part"


@contextmanager
def together(folder: Path) -> Iterator[Path]:
    """Lend an empty folder within ``folder``; when the block ends well, its files move into ``folder``.

    ``folder`` is made when it isn't there. When the block fails or is cancelled, or one of the files can't take its
    place, everything is as it was before, the folders too.

    Raises:
        HandoverError: the folder can't be made or written, or a file of the same name is open in another program.
    """
    made = make_folder(folder)
    try:
        _sweep(folder)
        stage = _stage(folder)
        try:
            yield stage
            _move(stage, folder)
        finally:
            rmtree(stage, ignore_errors=True)
    except BaseException:
        for parent in reversed(made):
            with suppress(OSError):
                parent.rmdir()  # stays when somebody has put something into it
        raise


def _stage(folder: Path) -> Path:
    try:
        return Path(mkdtemp(dir=folder, prefix=_PREFIX, suffix=_SUFFIX))
    except OSError as fault:
        raise HandoverError(
            N_("Nothing can be written into the folder “{folder}”. Choose another folder."),
            detail=str(fault),
            folder=str(folder),
        ) from fault


def _move(stage: Path, folder: Path) -> None:
    files = sorted(path for path in stage.iterdir() if path.is_file())
    for file in files:
        refuse_locked(folder / file.name)
    aside = stage / "before"
    aside.mkdir()
    placed: list[Path] = []
    try:
        for file in files:
            target = folder / file.name
            if target.exists():
                target.replace(aside / file.name)
            file.replace(target)
            placed.append(target)
    except OSError as fault:
        for done in placed:
            done.unlink(missing_ok=True)
        for kept in aside.iterdir():
            kept.replace(folder / kept.name)
        if isinstance(fault, PermissionError):
            raise locked(target, fault) from fault
        raise


def _sweep(folder: Path) -> None:
    """Remove what a killed process left long ago."""
    for left in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        with suppress(OSError):
            if left.is_dir() and time.time() - left.stat().st_mtime > STALE_AFTER:
                rmtree(left, ignore_errors=True)
