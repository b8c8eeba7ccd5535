"""The files folder beside a workspace: contents kept by their hash, each written once and never changed.

``plant.handover`` has ``plant.files``, in which a content lies under its SHA-256: ``ab/cdef…``. Equal contents are kept
once. A content is written beside its place, flushed and renamed, so that what has a name is whole. It goes only when
the bin is emptied and neither the workspace nor a copy of it mentions it any more.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import stat
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO

from handover.errors import HandoverError, UnusableFile
from handover.i18n import N_
from handover.replacing import STALE_AFTER
from handover.store import file as files
from handover.store.files import incoming_file, leftovers
from handover.store.files.hearing import HeardTogether
from handover.store.files.incoming_file import Content, Heard, not_kept

SUFFIX = ".files"
_HASH = re.compile(r"[0-9a-f]{64}")
_PART = ".part"
#: Files that get their names together, how many of them are read at a time, and how many folders are flushed so.
_TOGETHER, _AT_A_TIME, _FLUSHED_AT_A_TIME = 128, 4, 8


def folder_of(workspace: Path) -> Path:
    """Where the files of a workspace lie; a copy among the copies of a workspace shares those of that workspace."""
    if workspace.parent.name.endswith(files.COPIES):
        origin = workspace.parent.name.removesuffix(files.COPIES)
        return folder_of(workspace.parent.parent / origin)
    # Any other suffix stays in the name, so that no two workspaces of a folder share their files.
    return workspace.with_name(workspace.name.removesuffix(files.SUFFIX) + SUFFIX)


def is_hash(text: str) -> bool:
    """Whether a text is a SHA-256 as the files folder writes it."""
    return bool(_HASH.fullmatch(text))


class Blobs:
    """The files folder of one workspace.

    Attributes:
        folder: where it lies; it is made with the first file.
    """

    def __init__(self, workspace: Path) -> None:
        self.folder = folder_of(workspace)
        self._taking = threading.Lock()

    def path_of(self, sha256: str) -> Path:
        """Where a content lies, or would. Raises UnusableFile for what is no hash: it might lead out of the folder."""
        if not is_hash(sha256):
            raise UnusableFile(N_("The record of a file is damaged. Check the workspace."), detail=sha256)
        return self.folder / sha256[:2] / sha256[2:]

    def holds(self, sha256: str, size: int) -> bool:
        """Whether a content is there, by its size; ``check`` looks into it."""
        try:
            facts = self.path_of(sha256).lstat()
        except (OSError, UnusableFile):
            return False
        return stat.S_ISREG(facts.st_mode) and facts.st_size == size

    @contextlib.contextmanager
    def taking_in(self) -> Iterator[TakingIn]:
        """Lend what takes contents in; when the block fails, what it has added goes again."""
        with self._taking:
            self._clear_parts()
            taking = TakingIn(self)
            try:
                yield taking
            except BaseException:
                for path in taking.added:
                    _remove(path)
                raise

    def sweep(self, mentioned: Set[str]) -> int:
        """Let go of the contents that nobody mentions; returns how many went. Does nothing while one is taken in."""
        if not self._taking.acquire(blocking=False):
            return 0
        try:
            self._clear_parts()
            gone = [path for sha256, path in self.contents() if sha256 not in mentioned]
            for path in gone:
                _remove(path)
            return len(gone)
        finally:
            self._taking.release()

    def contents(self) -> Iterator[tuple[str, Path]]:
        """The hash and the path of each content in the folder; what else lies there is passed over."""
        for shelf in _entries(self.folder):
            for entry in _entries(shelf) if len(shelf.name) == 2 else ():
                if is_hash(shelf.name + entry.name):
                    yield shelf.name + entry.name, entry

    def _clear_parts(self) -> None:
        """Remove what a killed process left half written long ago."""
        for entry in _entries(self.folder):
            if entry.name.endswith(_PART):
                with contextlib.suppress(OSError):
                    if time.time() - entry.stat().st_mtime > STALE_AFTER:
                        entry.unlink()


class TakingIn:
    """Takes contents into a files folder.

    Attributes:
        added: the paths that are new.
    """

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs
        self.added: list[Path] = []

    def take(self, path: Path, heard: Heard, most: int = 0) -> Content:
        """Copy a file from outside into the folder; returns what it holds.

        Raises:
            UnusableFile: see ``incoming_file.read``.
            HandoverError: the disk is full, or the folder can't be written.
        """
        with self._part(incoming_file.look_at(path, most).st_size) as (part, keep):
            content = incoming_file.read(path, heard, most, keep)
            self._place(part, content)
        return content

    def take_many(self, paths: Sequence[Path], heard: Heard, most: int = 0) -> list[Content]:
        """As ``take`` for several files, of which some are read at a time and flushed together: that is far faster."""
        self._refuse_full(sum(incoming_file.look_at(path, most).st_size for path in paths))
        found: list[Content] = []
        for at in range(0, len(paths), _TOGETHER):
            hearing = HeardTogether(heard)
            with contextlib.ExitStack() as parts, ThreadPoolExecutor(_AT_A_TIME) as pool:
                taken = [pool.submit(self._write, path, parts, hearing, most) for path in paths[at : at + _TOGETHER]]
                written = hearing.results(taken)
                self._place_all(written)
            found += [content for _, content in written]
        self._flush_folders({self._blobs.path_of(content.sha256).parent for content in found})
        return found

    def _write(self, path: Path, parts: contextlib.ExitStack, heard: Heard, most: int) -> tuple[Path, Content]:
        """Write a file into a part, flushed unless its content is there; the part goes when the stack ends."""
        part, keep, file = parts.enter_context(self._open_part(0))
        content = incoming_file.read(path, heard, most, keep)
        try:
            if not self._blobs.holds(content.sha256, content.size):
                os.fsync(file.fileno())
            file.close()
        except OSError as error:
            raise not_kept(error, self._blobs.folder) from error
        return part, content

    def take_known(self, path: Path, sha256: str, size: int, heard: Heard) -> bool:
        """Copy a file into the folder if it holds a known content; whether it did. Raises as ``take``."""
        with self._part(size) as (part, keep):
            content = incoming_file.read(path, heard, keep=keep)
            if content.sha256 != sha256:
                return False
            self._place(part, content, over_damaged=True)
        return True

    @contextlib.contextmanager
    def _part(self, size: int) -> Iterator[tuple[Path, Callable[[bytes], object]]]:
        with self._open_part(size) as (part, keep, _file):
            yield part, keep

    def _refuse_full(self, size: int) -> None:
        """Raises HandoverError where the disk hasn't got so many bytes left."""
        folder = self._blobs.folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
            free = shutil.disk_usage(folder).free
        except OSError as error:
            raise not_kept(error, folder) from error
        if free < size:
            raise HandoverError(
                N_("The disk of {folder} is full. No file was added; free some space and repeat it."),
                folder=str(folder),
            )

    @contextlib.contextmanager
    def _open_part(self, size: int) -> Iterator[tuple[Path, Callable[[bytes], object], IO[bytes]]]:
        """A new file within the folder, what writes into it, and the file itself."""
        folder = self._blobs.folder
        self._refuse_full(size)
        try:
            number, name = tempfile.mkstemp(_PART, ".", folder)
        except OSError as error:
            raise not_kept(error, folder) from error
        part = Path(name)

        def keep(piece: bytes) -> None:
            try:
                file.write(piece)
            except OSError as error:
                raise not_kept(error, folder) from error

        try:
            with os.fdopen(number, "wb", buffering=0) as file:
                yield part, keep, file
        finally:
            _remove(part)

    def _place(self, part: Path, content: Content, *, over_damaged: bool = False) -> None:
        """Give a written content its name, unless it is there already."""
        target = self._blobs.path_of(content.sha256)
        if self._blobs.holds(content.sha256, content.size) and not over_damaged:
            return
        try:
            _flush(part)
            self._rename(part, target)
            self._flush_folders({target.parent})
        except OSError as error:
            raise not_kept(error, self._blobs.folder) from error

    def _place_all(self, written: Sequence[tuple[Path, Content]]) -> None:
        """Give written contents their names; equal ones are kept once."""
        wanted: dict[str, Path] = {}
        for part, content in written:
            if not self._blobs.holds(content.sha256, content.size):
                wanted.setdefault(content.sha256, part)
        try:
            for sha256, part in wanted.items():
                self._rename(part, self._blobs.path_of(sha256))
        except OSError as error:
            raise not_kept(error, self._blobs.folder) from error

    def _rename(self, part: Path, target: Path) -> None:
        new = not target.exists()
        target.parent.mkdir(exist_ok=True)
        part.chmod(0o444)
        if not new and os.name == "nt":
            target.chmod(0o644)  # Windows replaces no file that is for reading only
        part.replace(target)
        if new:
            self.added.append(target)

    def _flush_folders(self, shelves: Iterable[Path]) -> None:
        with ThreadPoolExecutor(_FLUSHED_AT_A_TIME) as pool:
            list(pool.map(leftovers.flush_folder, (*shelves, self._blobs.folder, self._blobs.folder.parent)))


def _flush(part: Path) -> None:
    with part.open("rb+") as file:
        os.fsync(file.fileno())


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:  # it isn't there, or is no folder
        return []


def _remove(path: Path) -> None:
    """Remove a file, and the folder that it leaves empty; where that fails it stays for the next time."""
    with contextlib.suppress(OSError):
        if os.name == "nt":
            path.chmod(0o644)  # as above
        path.unlink()
        if not path.name.endswith(_PART):
            path.parent.rmdir()
