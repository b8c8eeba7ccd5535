"""The lists that were imported, remembered by their files: which of them have changed since."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from platformdirs import user_config_path

from handover import clock
from handover.errors import UnusableFile
from handover.plain_file import open_plain, text_of
from handover.replacing import make_folder, replacing

if TYPE_CHECKING:  # the overview looks after the files without loading all that imports them
    from handover.exchange.dry_run.dry_run import DryRun
    from handover.exchange.dry_run.several_sheets import SheetsDryRun

#: So many lists are remembered; the one imported longest ago goes first.
_MOST = 200
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class WatchedFile:
    """A file whose rows were imported.

    Attributes:
        registers: the keys of the registers that it fills, parted by commas.
        size, mtime: of the file when it was imported, in bytes and nanoseconds.
        sha256: of its contents then.
        at: when it was imported, UTC as ISO text.
    """

    project: str
    registers: str
    path: str
    size: int
    mtime: int
    sha256: str
    at: str

    @property
    def name(self) -> str:
        """The file's name without its folder."""
        return Path(self.path).name


class WatchList:
    """The lists that this user imported, in a file of the user's settings.

    Args:
        path: the JSON file; it comes into being with the first import.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def own(cls) -> WatchList:
        """Where this user's list lies; ``HANDOVER_HOME`` moves it."""
        home = os.environ.get("HANDOVER_HOME")
        folder = Path(home) if home else user_config_path("handover", appauthor=False)
        return cls(folder / "watched.json")

    def remember(self, run: DryRun | SheetsDryRun) -> None:
        """Remember the file of an import; one of the same registers in the project is forgotten for it."""
        from handover.exchange.dry_run.several_sheets import runs_of

        path = run.file.path.absolute()
        found = _state(path)
        if found is None:
            return
        registers = ",".join(dict.fromkeys(each.register.key for each in runs_of(run)))
        size, mtime = found
        if _digest(path) != run.file.sha256:  # it was changed while its rows were looked at
            mtime = 0
        at = clock.now().isoformat(timespec="seconds")
        new = WatchedFile(run.project_id, registers, str(path), size, mtime, run.file.sha256, at)
        kept = [w for w in self._load() if (w.project, w.registers) != (new.project, new.registers)]
        self._store([*(w for w in kept if (w.project, w.path) != (new.project, new.path)), new][-_MOST:])

    def forget(self, watched: WatchedFile) -> None:
        """No longer look after a file."""
        self._store([w for w in self._load() if w != watched])

    def changed(self, project_id: str) -> list[WatchedFile]:
        """The files of a project that hold something else than when they were imported; those that are gone don't.

        A file of the same size and time isn't read again, nor is an empty one, which is being written.
        """
        return [w for w in self._load() if w.project == project_id and _differs(w)]

    def _load(self) -> list[WatchedFile]:
        try:
            data = json.loads(text_of(self.path))
            return [WatchedFile(**each) for each in data["files"]]
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return []  # none yet, or damaged: what is remembered is a convenience and starts anew

    def _store(self, watched: list[WatchedFile]) -> None:
        make_folder(self.path.parent)
        data: dict[str, Any] = {"files": [asdict(each) for each in watched]}  # Any: JSON
        with replacing(self.path) as part:
            part.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")


def _state(path: Path) -> tuple[int, int] | None:
    """Size and time of a plain file, None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_size, found.st_mtime_ns) if stat.S_ISREG(found.st_mode) else None


def _differs(watched: WatchedFile) -> bool:
    path = Path(watched.path)
    found = _state(path)
    if found is None or not found[0] or found == (watched.size, watched.mtime):
        return False
    try:
        return _digest(path) != watched.sha256
    except (OSError, UnusableFile):  # open elsewhere just now: the next look tells
        return False


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    for piece in _pieces(path):
        digest.update(piece)
    return digest.hexdigest()


def _pieces(path: Path) -> Iterator[bytes]:
    with open_plain(path) as file:
        while piece := file.read(_BLOCK):
            yield piece
