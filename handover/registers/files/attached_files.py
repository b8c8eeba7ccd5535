"""Reading the files of rows: what they are, whether they are there, who added them, how much they take."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sqlalchemy import ColumnElement, RowMapping, func, select
from sqlalchemy.orm import Session

from handover.errors import HandoverError
from handover.file_names import shown_name
from handover.i18n import N_, tr
from handover.jobs import Progress, unattended
from handover.model import locks
from handover.model.attachment import Attachment
from handover.model.project import Project
from handover.registers.declare import Register
from handover.registers.files.attachments import IN_ORDER, linked_path
from handover.store.files.incoming_file import BytesHeard, read
from handover.store.history import added
from handover.store.workspace import Workspace


class Presence(StrEnum):
    """Whether a file is there."""

    HERE = "here"
    MISSING = "missing"  # its content isn't in the files folder, or no longer lies where it was linked
    NO_FOLDER = "no_folder"  # the files folder isn't beside the workspace
    CHANGED = "changed"  # a linked file is no longer what was linked


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of a row as it is listed.

    Attributes:
        place: where it is read from.
        added_on, added_by: the moment in UTC as ISO text and the account, of the change log.
    """

    id: str
    ref: str
    owner_id: str
    name: str
    media_type: str
    kept: str
    size: int
    sha256: str
    caption: str
    place: Path
    presence: Presence
    added_on: str
    added_by: str

    @property
    def remark(self) -> str:
        """What is wrong with it, empty where nothing is."""
        if self.presence is Presence.HERE:
            return ""
        return tr(_REMARKS[self.presence, self.kept], place=shown_name(str(self.place)), name=self.name)


#: The hashes of linked files that were read, by path, size and moment of writing.
_HASHES: dict[tuple[str, int, int], str] = {}

_REMARKS = {
    (Presence.NO_FOLDER, "stored"): N_("The file lies in a folder that isn't here. Put it beside the workspace again."),
    (Presence.MISSING, "stored"): N_("Its content is missing from the files folder. Point to where it lies."),
    (Presence.MISSING, "linked"): N_("The linked file isn't there: {place}"),
    (Presence.CHANGED, "linked"): N_("The linked file was changed since it was linked: {place}"),
}


@dataclass(frozen=True, slots=True)
class Budget:
    """What the files of a project take: how many, and how many bytes in the files folder (equal contents once)."""

    files: int
    stored: int
    linked: int


def files_of(
    workspace: Workspace, owner_id: str, progress: Progress = unattended, *, binned: bool = False
) -> list[FileRow]:
    """The files of a row, in their order, or those of it in the bin. Raises Cancelled."""
    return _files(workspace, [Attachment.owner_id == owner_id, _binned(binned)], progress)


def files_of_project(workspace: Workspace, project_id: str, progress: Progress = unattended) -> list[FileRow]:
    """The files of all rows of a project, those in the bin left out. Raises Cancelled."""
    return _files(workspace, [Attachment.project_id == project_id, _binned(False)], progress)


def file_of(workspace: Workspace, file_id: str) -> FileRow | None:
    """A file by its key; None when it is gone."""
    return next(iter(_files(workspace, [Attachment.id == file_id], unattended)), None)


def budget(workspace: Workspace, project_id: str) -> Budget:
    """What the files of a project take, those in the bin included."""
    inside = (Attachment.project_id == project_id,)
    contents = select(Attachment.sha256, Attachment.size).where(*inside, Attachment.kept == "stored").distinct()
    with workspace.read() as connection:
        stored = connection.execute(select(func.sum(contents.subquery().c.size))).scalar() or 0
        by_kind = select(Attachment.kept, func.count()).where(*inside, _binned(False)).group_by(Attachment.kept)
        counts = {kept: int(n) for kept, n in connection.execute(by_kind)}
    return Budget(sum(counts.values()), int(stored), counts.get("linked", 0))


def why_closed(workspace: Workspace, register: Register, owner_id: str) -> str:
    """Why the files of a row can't be changed, in words; empty where they can."""
    if workspace.read_only:
        return tr("This workspace is open for reading only.")
    with Session(workspace.engine) as session:
        owner = session.get(register.model, owner_id)
        if owner is None:
            return tr("This row no longer exists.")
        if reason := locks.of_part(owner):
            return str(reason)
        project = session.get_one(Project, owner.project_id)
        if project.status == "closed":
            return tr("Project {code} is closed and can't be changed.", code=project.code)
    return ""


def _binned(binned: bool) -> ColumnElement[bool]:
    return Attachment.deleted_at.is_not(None) if binned else Attachment.deleted_at.is_(None)


def _files(workspace: Workspace, where: Sequence[ColumnElement[bool]], progress: Progress) -> list[FileRow]:
    with workspace.read() as connection:
        rows = connection.execute(select(Attachment.__table__).where(*where).order_by(*IN_ORDER)).mappings().all()
    by_whom = added(workspace, [row["id"] for row in rows])
    folder_here = workspace.blobs.folder.is_dir()
    heard = BytesHeard(progress, sum(row["size"] for row in rows if row["kept"] == "linked"), tr("Comparing files"))
    found = []
    for row in rows:
        on, by = by_whom.get(row["id"], ("", ""))
        place, presence = _where(workspace, row, folder_here, heard)
        found.append(
            FileRow(row["id"], row["ref"], row["owner_id"], row["name"], row["media_type"], row["kept"], row["size"],
                    row["sha256"], row["caption"] or "", place, presence, on, by)
        )  # fmt: skip
    return found


def where_it_lies(workspace: Workspace, row: RowMapping) -> tuple[Path, Presence]:
    """Where a file, as a row of its table, is read from, and whether it is there."""
    return _where(workspace, row, workspace.blobs.folder.is_dir(), BytesHeard(unattended, 0, ""))


def _where(workspace: Workspace, row: RowMapping, folder_here: bool, heard: BytesHeard) -> tuple[Path, Presence]:
    if row["kept"] == "linked":
        place = linked_path(workspace, row["path"])
        return place, _linked(place, row["size"], row["modified"], row["sha256"], heard)
    return _stored(workspace, row["sha256"], row["size"], folder_here)


def _stored(workspace: Workspace, sha256: str, size: int, folder_here: bool) -> tuple[Path, Presence]:
    try:
        place = workspace.blobs.path_of(sha256)
    except HandoverError:
        return workspace.blobs.folder, Presence.MISSING
    if workspace.blobs.holds(sha256, size):
        return place, Presence.HERE
    return place, Presence.MISSING if folder_here else Presence.NO_FOLDER


def _linked(place: Path, size: int, modified: int | None, sha256: str, heard: BytesHeard) -> Presence:
    """By size and moment of writing where these say enough, else by content."""
    try:
        facts = os.stat(place)  # noqa: PTH116 - a path may be too long or strange for pathlib's own
    except (OSError, ValueError):
        return Presence.MISSING
    if facts.st_size != size:
        return Presence.CHANGED
    if facts.st_mtime_ns == modified:
        return Presence.HERE
    known = (str(place), facts.st_size, facts.st_mtime_ns)
    try:
        if known not in _HASHES:  # a large file that was only touched is read once, not whenever it is listed
            _HASHES[known] = read(place, heard).sha256
    except HandoverError:
        return Presence.CHANGED
    return Presence.HERE if _HASHES[known] == sha256 else Presence.CHANGED
