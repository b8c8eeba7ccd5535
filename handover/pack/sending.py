"""A transmittal as it is sent: its note and its files in a folder or an archive, with checksums that anybody can check.

The other side compares them with this program (``verify``) or with any tool that reads SHA256SUMS.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

from sqlalchemy import select

from handover.errors import NotFound, NotLawful
from handover.file_names import safe_name
from handover.i18n import N_, tr
from handover.jobs import Progress, step, unattended
from handover.model.documents.revision import Revision
from handover.model.documents.transmittal import Transmittal, TransmittalItem
from handover.model.issued import Issued
from handover.pack.delivery import staged, together
from handover.pack.frozen import thaw
from handover.pack.item_list import write_item_list
from handover.pack.manifest import SUFFIX, checksum, write_manifest
from handover.pack.reprint import pdf_name, save_paper
from handover.registers.files.attached_files import files_of
from handover.registers.files.opening_files import save_as
from handover.replacing import make_folder, replacing
from handover.store.workspace import Workspace

#: The list of checksums, as sha256sum writes and reads it.
SUMS = "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class Sent:
    """What was written.

    Attributes:
        place: the folder, or the archive.
        files: the names of the files in it, the note first.
        without: the documents of which no file is there, as their number and revision.
    """

    place: Path
    number: str
    files: tuple[str, ...]
    without: tuple[str, ...]


def send_out(
    workspace: Workspace, project_id: str, key: str, to: Path, *, archive: bool = False, progress: Progress = unattended
) -> Sent:
    """Write a transmittal that was issued into a folder of its own within ``to``, or as an archive.

    Raises:
        NotFound: it has no note.
        NotLawful: it isn't issued.
        UnusableFile: a file of it isn't there or was changed, or the note can't be printed again.
        HandoverError: the folder can't be written. Cancelled: the user stopped it; nothing was written.
    """
    paper = _paper(workspace, project_id, key)
    name = safe_name(pdf_name(workspace, paper.id).removesuffix(".pdf"), paper.number)
    if not archive:
        with together(to / name) as stage:
            files, without = _written(workspace, key, paper, stage, progress)
        return Sent(to / name, paper.number, files, without)
    make_folder(to)
    place = to / f"{name}.zip"
    with staged(to) as folder, replacing(place) as part:
        files, without = _written(workspace, key, paper, folder, progress)
        with ZipFile(part, "w", ZIP_STORED) as packed:
            for at, path in enumerate(sorted(folder.iterdir())):
                step(progress, at, len(files), tr("Packing {file}", file=path.name))
                packed.write(path, path.name)
    return Sent(place, paper.number, files, without)


def _paper(workspace: Workspace, project_id: str, key: str) -> Issued:
    with workspace.read() as connection:
        status = connection.execute(select(Transmittal.status).where(Transmittal.id == key)).scalar()
        about = (Issued.about_table == Transmittal.__tablename__, Issued.about_id == key, Issued.deleted_at.is_(None))
        wanted = select(Issued.id, Issued.number, Issued.outline).where(Issued.project_id == project_id, *about)
        paper = connection.execute(wanted.order_by(Issued.id.desc()).limit(1)).one_or_none()
    if status in (None, "draft"):
        raise NotLawful(N_("It isn't issued yet. Issue it first, so that it has its number and its note."))
    if paper is None:
        raise NotFound(N_("It has no note of its own: it came from the other side."))
    return paper  # type: ignore[return-value]  # a row with the columns that are used


def _written(
    workspace: Workspace, key: str, paper: Issued, folder: Path, progress: Progress
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    note = folder / pdf_name(workspace, paper.id)
    save_paper(workspace, paper.id, note, progress)
    written, without, named = [note], [], []
    taken = {path.name.casefold() for path in folder.iterdir()}
    for item in _items(workspace, key):
        kept = files_of(workspace, item.revision_id, progress) if item.revision_id else []
        said = " ".join(text for text in (item.document_no, item.code) if text)
        if not kept:
            without.append(said or str(item.title))
        here = []
        for file in kept:
            target = folder / _free(f"{said} {file.name}".strip(), taken)
            save_as(file, target, progress)
            here.append(target)
        written += here
        named.append((item, [path.name for path in here]))
    listed = write_item_list(workspace, key, paper.number, note.name, named, folder)
    sums = "".join(f"{checksum(path)}  {path.name}\n" for path in (*written, listed))
    (folder / SUMS).write_text(sums, encoding="utf-8")
    write_manifest(thaw(paper.outline), folder / f"{note.stem}{SUFFIX}", [*written, listed, folder / SUMS])
    return tuple(path.name for path in written), tuple(without)


def _items(workspace: Workspace, key: str) -> list[TransmittalItem]:
    here = (TransmittalItem.transmittal_id == key, TransmittalItem.deleted_at.is_(None))
    columns = (
        TransmittalItem.revision_id,
        TransmittalItem.document_no,
        TransmittalItem.code,
        TransmittalItem.title,
        TransmittalItem.pages,
        TransmittalItem.copies,
        Revision.revision_on,
    )
    wanted = select(*columns).outerjoin(Revision, Revision.id == TransmittalItem.revision_id)
    with workspace.read() as connection:
        return list(connection.execute(wanted.where(*here).order_by(TransmittalItem.number)))  # type: ignore[arg-type]  # rows with these columns


def _free(name: str, taken: set[str]) -> str:
    """A safe name that nothing has taken yet, whatever its case; now it is taken."""
    stem, dot, suffix = safe_name(name, tr("File")).rpartition(".")
    names = _numbered(stem if dot else suffix, f".{suffix}" if dot else "")
    free = next(each for each in names if each.casefold() not in taken)
    taken.add(free.casefold())
    return free


def _numbered(stem: str, suffix: str) -> Iterator[str]:
    yield f"{stem}{suffix}"
    n = 2
    while True:
        yield f"{stem} ({n}){suffix}"
        n += 1
