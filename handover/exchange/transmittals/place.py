"""What came as a folder or an archive: its plain files, whatever else lies in it told and left out."""

from __future__ import annotations

import os
import re
import shutil
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from handover.errors import HandoverError, UnusableFile
from handover.exchange.notice import Notice
from handover.exchange.reading.zip_safety import BROKEN
from handover.exchange.transmittals.parcel import ParcelFile
from handover.file_names import shown_name
from handover.i18n import N_, tr
from handover.jobs import Progress, step, unattended
from handover.plain_file import open_plain, text_of
from handover.store.files.incoming_file import LARGEST, look_at, size_words

#: So many files are looked at.
MOST = 20_000
SUMS = "SHA256SUMS"
_SUM = re.compile(r"\\?([0-9a-fA-F]{64}) [ *](.+)")
_SUMS_BYTES = 16 << 20
_PIECE = 1 << 20
#: The flag of an entry whose name is UTF-8.
_UTF_8 = 0x800
#: What belongs to no document: lists of checksums, and what systems leave in folders.
_BESIDE = frozenset({"thumbs.db", "desktop.ini", ".ds_store", "sha256sums", "sha256sums.txt", "transmittal.json"})
_MANIFEST = ".manifest.json"

_FULL = N_("The disk of {folder} is full. Free some space and repeat it.")
LINK = N_("“{name}” is only a link to somewhere else. It is left out.")
ODD = N_("“{name}” is left out: {reason}")
OUTSIDE = N_("“{name}” would lie outside of the archive. It is left out.")
TOO_LARGE = N_("“{name}” has more than the {most} that are attached. It is left out; link it by hand.")
MORE = N_("It holds more than {n} files. Those after them are left out.")


def files_in(folder: Path, progress: Progress = unattended) -> tuple[list[ParcelFile], list[Notice]]:
    """The plain files of a folder and of all in it, without following a link; what is left out is told."""
    found: list[ParcelFile] = []
    notices: list[Notice] = []
    for path in _walked(folder):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            notices.append(Notice(LINK, {"name": shown_name(name)}))
            continue
        if len(found) >= MOST:
            notices.append(Notice(MORE, {"n": MOST}))
            break
        if len(found) % 100 == 0:
            step(progress, len(found), 0, tr("Looking through {folder}", folder=folder.name))
        try:
            facts = look_at(path)
        except HandoverError as error:
            notices.append(Notice(ODD, {"name": shown_name(name), "reason": error}))
            continue
        found.append(ParcelFile(path, name, facts.st_size))
    return found, notices


def unpack(archive: Path, to: Path, progress: Progress = unattended) -> tuple[list[ParcelFile], list[Notice]]:
    """Unpack an archive into a folder of ours, under names of ours; what is left out is told.

    Raises:
        UnusableFile: it is damaged or encrypted.
        HandoverError: the disk is full.
        Cancelled: the user stopped it.
    """
    found: list[ParcelFile] = []
    notices: list[Notice] = []
    try:
        with open_plain(archive) as file, zipfile.ZipFile(file) as opened:
            entries = [entry for entry in opened.infolist() if not entry.is_dir()]
            if sum(entry.file_size for entry in entries[:MOST]) > shutil.disk_usage(to).free:
                raise HandoverError(_FULL, folder=str(to))
            for at, entry in enumerate(entries):
                step(progress, at, len(entries), tr("Unpacking {file}", file=archive.name))
                if at >= MOST:
                    notices.append(Notice(MORE, {"n": MOST}))
                    break
                if (said := _unfit(entry, archive.name)) is not None:
                    notices.append(said)
                    continue
                target = to / f"{at:05d}"
                size = _written(opened, entry, target)
                if size is None:
                    target.unlink()
                    most = size_words(LARGEST)
                    notices.append(Notice(TOO_LARGE, {"name": shown_name(name_of(entry)), "most": most}))
                elif size:
                    found.append(ParcelFile(target, name_of(entry), size))
    except BROKEN as error:
        raise UnusableFile(N_("{file} is damaged: it can't be unpacked. Ask for it again."), file=archive.name,
                           detail=str(error)) from error  # fmt: skip
    return found, notices


def sums_of(files: list[ParcelFile]) -> dict[str, str]:
    """The checksums that a list beside the files names, by their names; empty without one."""
    found: dict[str, str] = {}
    for each in files:
        if PurePosixPath(each.name).name.casefold() not in ("sha256sums", "sha256sums.txt"):
            continue
        folder = PurePosixPath(each.name).parent
        for line in text_of(each.path, _SUMS_BYTES).splitlines():
            if match := _SUM.fullmatch(line.strip()):
                found[(folder / match[2].strip().removeprefix("./")).as_posix()] = match[1].lower()
    return found


def is_beside(name: str) -> bool:
    """Whether a file belongs to the parcel itself and to none of its documents."""
    last = PurePosixPath(name).name.casefold()
    return last in _BESIDE or last.endswith(_MANIFEST) or last.startswith((".", "~$"))


def _walked(folder: Path) -> Iterator[Path]:
    for where, folders, names in os.walk(folder):
        here = Path(where)
        for name in sorted(folders):
            if (here / name).is_symlink():
                yield here / name
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (here / name for name in sorted(names))


def name_of(entry: zipfile.ZipInfo) -> str:
    """What an entry is called. Windows in China writes names in GBK without saying so; zipfile takes them for cp437."""
    if entry.flag_bits & _UTF_8:
        return entry.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return entry.filename.encode("cp437").decode(encoding)
        except UnicodeError:
            continue
    return entry.filename


def _unfit(entry: zipfile.ZipInfo, archive: str) -> Notice | None:
    name = name_of(entry).replace("\\", "/")
    shown = shown_name(name)
    if entry.flag_bits & 0x1:
        raise UnusableFile(N_("{file} is encrypted. Unpack it with its password and take in the folder."), file=archive)
    if stat.S_ISLNK(entry.external_attr >> 16):
        return Notice(LINK, {"name": shown})
    if name.startswith("/") or ".." in PurePosixPath(name).parts or re.match(r"[A-Za-z]:", name):
        return Notice(OUTSIDE, {"name": shown})
    if entry.file_size > LARGEST:
        return Notice(TOO_LARGE, {"name": shown, "most": size_words(LARGEST)})
    return None


def _written(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path) -> int | None:
    """Write an entry; its size, or None where more comes out of it than is attached, whatever its directory says."""
    size = 0
    with opened.open(entry) as source, target.open("wb") as file:
        while piece := source.read(_PIECE):
            size += len(piece)
            if size > LARGEST:
                return None
            try:
                file.write(piece)
            except OSError as error:
                raise HandoverError(_FULL, folder=str(target.parent), detail=str(error)) from error
    return size
