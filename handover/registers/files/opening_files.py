"""Opening a file of a row: a copy for reading only, in a folder for the moment, under a name that is safe."""

from __future__ import annotations

import atexit
import contextlib
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from handover.errors import UnusableFile
from handover.file_names import safe_name
from handover.file_types import HEAD, program_suffix
from handover.i18n import N_, tr
from handover.jobs import Progress, unattended
from handover.plain_file import open_plain
from handover.preview.pages import File
from handover.registers.files.attached_files import FileRow, Presence
from handover.replacing import make_folder, replacing
from handover.store.files.incoming_file import BytesHeard, read


@dataclass(frozen=True, slots=True)
class ToOpen:
    """A file that its own program may open.

    Attributes:
        path: where it lies: a copy of a stored file, a linked one itself.
        program: its true suffix where a system would run it, so that the user is asked first; else empty.
    """

    path: Path
    program: str


def program_of(file: FileRow) -> str:
    """The true suffix of a file that a system would run, by its name and its first bytes; empty for any other."""
    head = b""
    with contextlib.suppress(OSError, UnusableFile), open_plain(file.place) as opened:
        head = opened.read(HEAD)
    return program_suffix(file.name, head) or program_suffix(file.place.name if file.kept == "linked" else "")


def to_open(file: FileRow, progress: Progress = unattended) -> ToOpen:
    """Make a file ready to be opened. What is opened is a copy, so that what was attached stays as it was.

    Raises:
        UnusableFile: it isn't there.
        HandoverError: the disk is full.
        Cancelled: the user stopped it.
    """
    _refuse_missing(file)
    if file.kept == "linked":
        return ToOpen(file.place, program_of(file))
    folder = opened_folder() / file.sha256[:16]
    path = folder / safe_name(file.name, tr("File"))
    if not path.exists():
        make_folder(folder)
        _copy(file, path, progress)
        path.chmod(0o400)
    return ToOpen(path, program_of(file))


def save_as(file: FileRow, target: Path, progress: Progress = unattended) -> None:
    """Write a file of a row where the user wants it. Raises as ``to_open``."""
    _refuse_missing(file)
    _copy(file, target, progress)


def to_show(file: FileRow) -> File:
    """A file as the preview asks for it. Raises UnusableFile where it isn't there."""
    _refuse_missing(file)
    return File(file.name, file.place, file.media_type)


def _refuse_missing(file: FileRow) -> None:
    if file.presence in (Presence.MISSING, Presence.NO_FOLDER):
        raise UnusableFile("{remark}", remark=file.remark)


def _copy(file: FileRow, target: Path, progress: Progress) -> None:
    heard = BytesHeard(progress, file.size, tr("Copying {file}", file=file.name))
    with replacing(target) as part, part.open("wb") as out:
        content = read(file.place, heard, keep=out.write)
        if file.kept == "stored" and content.sha256 != file.sha256:
            raise UnusableFile(
                N_("The content of “{name}” is no longer what was attached. Check the workspace."), name=file.name
            )


@cache
def opened_folder() -> Path:
    """The folder of what was opened; it goes at the end of the program, as far as other programs let go of it."""
    folder = Path(tempfile.mkdtemp(prefix="handover-open-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
