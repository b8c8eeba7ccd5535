"""The contents that workspaces mention: which they are, carrying them along, finding them again, letting them go."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from handover.errors import UnusableFile
from handover.i18n import tr
from handover.jobs import Progress, step, unattended
from handover.store import file as files
from handover.store.files.blobs import Blobs, TakingIn, is_hash
from handover.store.files.incoming_file import BytesHeard, Heard
from handover.store.trouble import trouble

#: How many files of a folder are looked at for what is missing.
_MOST_LOOKED_AT = 50_000


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of the contents that a workspace mentions.

    Attributes:
        files: how many are there now, and ``size`` how many bytes they have.
        missing: how many are nowhere to be found.
    """

    files: int
    size: int
    missing: int


def mentioned(workspace: Path) -> dict[str, int]:
    """The stored contents that a workspace file mentions, those in the bin included: hashes with their sizes.

    Raises:
        NotFound, UnusableFile, Damaged: as ``file.inspect``.
    """
    files.inspect(workspace)
    try:
        with contextlib.closing(files.glance(workspace)) as connection:
            return mentioned_in(connection)
    except sqlite3.DatabaseError as error:
        raise trouble(workspace, error) from error


def mentioned_in(connection: sqlite3.Connection) -> dict[str, int]:
    """As ``mentioned``, of a file that is open; none in one of a program that knew no files."""
    known = connection.execute("SELECT 1 FROM sqlite_master WHERE type='table' AND name='attachment'").fetchone()
    if not known:
        return {}
    found = connection.execute("SELECT DISTINCT sha256, size FROM attachment WHERE kept='stored'")
    return {sha256: size for sha256, size in found if is_hash(sha256)}


@contextlib.contextmanager
def carried(
    source: Path, target: Path, wanted: Mapping[str, int], progress: Progress = unattended
) -> Iterator[Carried]:
    """Copy contents from the files folder of a workspace into that of another; if the block fails, they go again.

    Args:
        wanted: hashes with their sizes, as ``mentioned`` gives them.

    Raises:
        HandoverError: the disk is full or the folder can't be written.
        Cancelled: the user stopped it.
    """
    here, there = Blobs(source), Blobs(target)
    if not wanted or here.folder == there.folder:
        found = [size for sha256, size in wanted.items() if here.holds(sha256, size)]
        yield Carried(len(found), sum(found), len(wanted) - len(found))
        return
    heard = BytesHeard(progress, sum(wanted.values()), tr("Copying files"))
    count, bytes_there = 0, 0
    with there.taking_in() as taking:
        for sha256, size in wanted.items():
            if there.holds(sha256, size):
                heard(size)
            elif not _taken(taking, here.path_of(sha256), sha256, size, heard):
                continue
            count, bytes_there = count + 1, bytes_there + size
        yield Carried(count, bytes_there, len(wanted) - count)


def find_again(blobs: Blobs, wanted: Mapping[str, int], folder: Path, progress: Progress = unattended) -> Carried:
    """Bring missing contents back from a folder: the files folder of old, one that holds it, or plain files.

    Raises:
        HandoverError: the disk is full or the files folder can't be written.
        Cancelled: the user stopped it; what was found so far goes again.
    """
    missing = {sha256: size for sha256, size in wanted.items() if not blobs.holds(sha256, size)}
    with blobs.taking_in() as taking:
        for path, size in _of_size(folder, set(missing.values()), progress):
            heard = BytesHeard(progress, size, tr("Comparing {file}", file=path.name))
            for sha256 in [s for s, wanted_size in missing.items() if wanted_size == size]:
                if _named_otherwise(path, sha256):
                    continue
                if _taken(taking, path, sha256, size, heard):
                    del missing[sha256]
                    break
            if not missing:
                break
    there = [size for sha256, size in wanted.items() if sha256 not in missing]
    return Carried(len(there), sum(there), len(missing))


def _of_size(folder: Path, sizes: set[int], progress: Progress) -> Iterator[tuple[Path, int]]:
    """The plain files of a folder that have one of these sizes."""
    for number, path in enumerate(folder.rglob("*")):
        if number >= _MOST_LOOKED_AT:
            return
        if number % 250 == 0:
            step(progress, 0, 0, tr("Looking for files"))
        with contextlib.suppress(OSError):
            size = path.lstat().st_size
            if size in sizes and path.is_file() and not path.is_symlink():
                yield path, size


def _named_otherwise(path: Path, sha256: str) -> bool:
    """Whether a file lies in a files folder under another hash than this."""
    name = path.parent.name + path.name
    return len(name) == len(sha256) and name != sha256 and all(c in "0123456789abcdef" for c in name)


def _taken(taking: TakingIn, path: Path, sha256: str, size: int, heard: Heard) -> bool:
    try:
        return taking.take_known(path, sha256, size, heard)
    except UnusableFile:  # it is not there, or can't be read: it counts as missing
        return False
