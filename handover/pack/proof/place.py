"""Where a pack lies: a folder, or an archive whose files are read in it and never unpacked."""

from __future__ import annotations

import stat
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, Protocol
from zipfile import BadZipFile, ZipFile, ZipInfo

from handover.errors import HandoverError, UnusableFile
from handover.i18n import N_, tr
from handover.jobs import Progress, step
from handover.pack.manifest import MOST_BYTES, SUFFIX, digest_of
from handover.plain_file import is_plain, open_plain, text_of

Thing = Literal["file", "link", "twice", "odd"]
#: What systems leave in folders by themselves.
_SYSTEM = frozenset({"thumbs.db", "desktop.ini"})
#: What a workspace has beside it, by the end of its name.
_WORKSPACE = ".handover"
_BESIDE_WORKSPACE = ("-wal", "-shm", "-journal", ".lock", ".copies")
#: An archive that holds more, or unpacks to more, isn't read: no pack is so large, a bomb is.
_ENTRIES, _UNPACKED = 20_000, 64 << 30
#: From so many bytes on, so much more out than in is a bomb: what packs hold is packed already.
_LARGE, _RATIO = 64 << 20, 200

_AT_ONCE = 1 << 20
_BROKEN = (BadZipFile, NotImplementedError, zlib.error, EOFError)


class PackLocation(Protocol):
    """Where a pack lies."""

    path: Path

    def things(self) -> dict[str, Thing]:
        """What lies there, by name; what is within a folder of it with that folder's name before."""

    def manifest(self, name: str) -> str | bytes:
        """The text of a manifest. Raises OSError or ValueError where it can't be read."""

    def digest(self, name: str, progress: Progress, most: int | None) -> tuple[str, bool]:
        """The checksum of a file's first ``most`` bytes, or of all, and whether more stand behind them.

        The checksum is empty where it can't be read.
        """


class FolderPlace:
    """A pack in a folder."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def things(self) -> dict[str, Thing]:
        """As ``PackLocation``; without what systems and workspaces leave in folders."""
        found: dict[str, Thing] = {}
        beside = _of_workspaces(self.path)
        for each in sorted(self.path.iterdir()):
            if each.name.startswith(".") or each.name.casefold() in _SYSTEM or each.name in beside:
                continue
            found[each.name] = "link" if each.is_symlink() else "file" if is_plain(each) else "odd"
        return found

    def manifest(self, name: str) -> str | bytes:
        """As ``PackLocation``."""
        return text_of(self.path / name, MOST_BYTES)

    def digest(self, name: str, progress: Progress, most: int | None) -> tuple[str, bool]:
        """As ``PackLocation``."""
        try:
            with open_plain(self.path / name) as file:
                return digest_of(file, _heard(progress), most), bool(file.read(1))
        except (OSError, UnusableFile):
            return "", False


def _of_workspaces(folder: Path) -> set[str]:
    """The workspaces of a folder and what belongs to them: a pack may be written beside its workspace."""
    found: set[str] = set()
    for each in folder.glob(f"*{_WORKSPACE}"):
        found |= {each.name, f"{each.stem}.files", *(each.name + end for end in _BESIDE_WORKSPACE)}
    return found


class ArchivePlace:
    """A pack in an archive, at its top or in the one folder that it holds."""

    def __init__(self, path: Path, archive: ZipFile) -> None:
        self.path = path
        self._archive = archive
        entries = [each for each in archive.infolist() if not each.is_dir()]
        self._members: dict[str, list[ZipInfo]] = {}
        top = _top(entries)
        for each in entries:
            self._members.setdefault(each.filename.removeprefix(top), []).append(each)

    def things(self) -> dict[str, Thing]:
        """As ``PackLocation``."""
        return {name: _thing(entries) for name, entries in self._members.items() if not _is_system(name)}

    def manifest(self, name: str) -> str | bytes:
        """As ``PackLocation``."""
        try:
            with self._archive.open(self._members[name][0]) as file:
                return file.read(MOST_BYTES + 1)
        except _BROKEN as fault:
            raise ValueError(str(fault)) from fault

    def digest(self, name: str, progress: Progress, most: int | None) -> tuple[str, bool]:
        """As ``PackLocation``; what is damaged within the archive has no checksum."""
        try:
            with self._archive.open(self._members[name][0]) as file:
                return digest_of(file, _heard(progress), most), bool(file.read(1))
        except _BROKEN:
            return "", False

    def take_out(self, name: str, to: Path, progress: Progress) -> None:
        """Write a file of it as it is there; one that is damaged in the archive is left out, as it has no checksum."""
        hear = _heard(progress)
        try:
            with self._archive.open(self._members[name][0]) as file, to.open("xb") as out:
                while block := file.read(_AT_ONCE):
                    hear()
                    out.write(block)
        except _BROKEN:
            to.unlink(missing_ok=True)


def _top(entries: list[ZipInfo]) -> str:
    """The one folder in which everything of an archive lies; empty where there is none."""
    tops = {each.filename.partition("/")[0] for each in entries}
    if len(tops) == 1 and all("/" in each.filename for each in entries):
        (top,) = tops
        if top not in ("", ".", ".."):
            return f"{top}/"
    return ""


def _thing(entries: list[ZipInfo]) -> Thing:
    if len(entries) > 1:
        return "twice"
    return "link" if stat.S_ISLNK(entries[0].external_attr >> 16) else "file"


def _is_system(name: str) -> bool:
    last = name.rpartition("/")[2].casefold()
    return last in _SYSTEM or last == ".ds_store" or name.startswith("__MACOSX/")


def _heard(progress: Progress) -> Callable[[], None]:
    return lambda: step(progress, 0, 0, tr("Checking the files of the pack"))


@contextmanager
def archive_place(path: Path) -> Iterator[ArchivePlace]:
    """The place that an archive is.

    Raises:
        UnusableFile: it is damaged or encrypted, or would unpack to far more than a pack ever holds.
    """
    try:
        with open_plain(path) as file, ZipFile(file) as archive:
            entries = archive.infolist()
            if (
                len(entries) > _ENTRIES
                or sum(each.file_size for each in entries) > _UNPACKED
                or any(map(_bomb, entries))
            ):
                raise UnusableFile(
                    N_("“{name}” would unpack to far more than any pack holds. It isn't read."), name=path.name
                )
            yield ArchivePlace(path, archive)
    except HandoverError:
        raise
    except (OSError, RuntimeError, ValueError, *_BROKEN) as fault:
        raise UnusableFile(
            N_("“{name}” can't be read as a .zip archive."), detail=str(fault), name=path.name
        ) from fault


def _bomb(entry: ZipInfo) -> bool:
    return entry.file_size > _LARGE and entry.file_size > _RATIO * max(entry.compress_size, 1)


def manifests_of(things: dict[str, Thing]) -> list[str]:
    """The names of the manifests of a place; a link to one is none."""
    return sorted(n for n, thing in things.items() if "/" not in n and n.endswith(SUFFIX) and thing == "file")
