"""The files of rows: attaching, linking, naming, ordering, removing; each function is one act that undo takes back."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy import func, select

from handover.errors import HandoverError, NotFound, NotLawful, NotValid, ReadOnly, Refused
from handover.file_names import safe_name, shown_name
from handover.i18n import N_, tr
from handover.jobs import Progress, unattended
from handover.model import locks
from handover.model.attachment import Attachment
from handover.model.base import Row
from handover.registers.declare import Register
from handover.store.files import attached, incoming_file
from handover.store.files.attached import Carried
from handover.store.files.blobs import folder_of
from handover.store.files.incoming_file import LARGEST, BytesHeard, Content
from handover.store.work import UnitOfWork
from handover.store.workspace import Workspace

_ATTACH = N_("Attach a file to {ref}"), N_("Attach {n} files to {ref}")
_LINK = N_("Link a file to {ref}"), N_("Link {n} files to {ref}")

#: Rows that are read with one statement.
_READ_TOGETHER = 500

#: A file for a row: the key of the row and the path.
ForRow = tuple[str, Path]


class FileFor(NamedTuple):
    """A file for a row of a register."""

    register: Register
    row_id: str
    path: Path


@dataclass(frozen=True, slots=True)
class Attached:
    """What came of attaching.

    Attributes:
        ids: the keys of the new files.
        renamed: names that had to be made safe, before and after.
        renewed: how many linked files were taken as they are now.
    """

    ids: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]
    renewed: int = 0


@dataclass(frozen=True, slots=True)
class Unfit:
    """A file that can't be attached, and why."""

    path: Path
    reason: HandoverError


def sift(paths: Sequence[Path], most: int = LARGEST) -> tuple[list[Path], list[Unfit]]:
    """Part what can be attached from what can't, without opening it; ``most`` is 0 where files are to be linked."""
    good, unfit = [], []
    for path in paths:
        try:
            incoming_file.look_at(path, most)
        except HandoverError as error:
            unfit.append(Unfit(path, error))
        else:
            good.append(path)
    return good, unfit


def attach(
    workspace: Workspace,
    register: Register,
    project_id: str,
    files: Sequence[ForRow],
    progress: Progress = unattended,
    *,
    most: int = LARGEST,
    source: str = "hand",
) -> Attached:
    """Keep copies of files with rows; all of them or none.

    Args:
        most: the bytes that a file may have.

    Raises:
        UnusableFile: one of them can't be attached, or changed while it was read; the sentence names it.
        NotLawful: a row may not be changed.
        HandoverError: the disk is full, or the files folder can't be written.
        Cancelled: the user stopped it.
    """
    return attach_to(
        workspace, project_id, [FileFor(register, *each) for each in files], progress, most=most, source=source
    )


def attach_to(
    workspace: Workspace,
    project_id: str,
    files: Sequence[FileFor],
    progress: Progress = unattended,
    *,
    most: int = LARGEST,
    source: str = "hand",
) -> Attached:
    """As ``attach``, for rows of several registers in one act."""
    _refuse_reading(workspace)
    heard = _heard((each.path for each in files), most, tr("Attaching files"), progress)
    with workspace.blobs.taking_in() as taking:
        contents = taking.take_many([each.path for each in files], heard, most)
        with _act(workspace, _ATTACH, project_id, files, source) as work:
            return _add(work, files, contents, linked_at=None)


def link(
    workspace: Workspace,
    register: Register,
    project_id: str,
    files: Sequence[ForRow],
    progress: Progress = unattended,
    *,
    source: str = "hand",
) -> Attached:
    """Name files as those of rows and leave them where they lie; all of them or none. Raises as ``attach``."""
    return link_to(workspace, project_id, [FileFor(register, *each) for each in files], progress, source=source)


def link_to(
    workspace: Workspace,
    project_id: str,
    files: Sequence[FileFor],
    progress: Progress = unattended,
    *,
    renewed: Mapping[str, Path] = MappingProxyType({}),
    source: str = "hand",
) -> Attached:
    """As ``link``, for rows of several registers in one act.

    Args:
        renewed: linked files that are taken as they are now in the same act, by their keys.
    """
    _refuse_reading(workspace)
    paths = [*(each.path for each in files), *renewed.values()]
    heard = _heard(paths, 0, tr("Reading files"), progress)
    contents = [incoming_file.read(path, heard) for path in paths]
    with _act(workspace, _LINK, project_id, files, source) as work:
        for (key, path), content in zip(renewed.items(), contents[len(files) :], strict=True):
            file = work.get(Attachment, key)
            _open_owner(work, file.owner_table, file.owner_id)
            _point(workspace, file, path, content)
        return replace(_add(work, files, contents[: len(files)], linked_at=workspace.path), renewed=len(renewed))


def change(
    workspace: Workspace, project_id: str, file_id: str, *, name: str | None = None, caption: str | None = None
) -> None:
    """Give a file another name or another caption; None leaves what is. Raises NotValid or NotLawful."""
    with _changing(workspace, project_id, file_id, N_("Change the file {name}")) as (_, file):
        if name is not None:
            file.name = name.strip()
        if caption is not None:
            file.caption = caption.strip() or None


def move(workspace: Workspace, project_id: str, file_id: str, places: int) -> None:
    """Move a file up (negative) or down among the files of its row."""
    with _changing(workspace, project_id, file_id, N_("Move the file {name}")) as (work, file):
        same_row = (Attachment.owner_id == file.owner_id, Attachment.deleted_at.is_(None))
        order = list(work.session.scalars(select(Attachment).where(*same_row).order_by(*IN_ORDER)))
        at = order.index(file)
        order.insert(max(0, min(len(order) - 1, at + places)), order.pop(at))
        for place, each in enumerate(order, 1):
            each.position = float(place)


def detach(workspace: Workspace, project_id: str, file_ids: Sequence[str]) -> int:
    """Put files into the bin; returns how many went. Raises NotLawful."""
    label = N_("Remove a file") if len(file_ids) == 1 else N_("Remove {n} files")
    with workspace.edit(label, project=project_id, n=len(file_ids)) as work:
        files = [work.get(Attachment, key) for key in file_ids]
        for file in files:
            _open_owner(work, file.owner_table, file.owner_id)
        return sum(work.delete(file) for file in files if file.deleted_at is None)


def restore(workspace: Workspace, project_id: str, file_ids: Sequence[str]) -> int:
    """Take files out of the bin; returns how many came back. Raises NotLawful where their row is in the bin."""
    label = N_("Restore a file") if len(file_ids) == 1 else N_("Restore {n} files")
    with workspace.edit(label, project=project_id, n=len(file_ids)) as work:
        files = [work.get(Attachment, key) for key in file_ids]
        return sum(work.restore(file) for file in files if file.deleted_at is not None)


def renew(
    workspace: Workspace, project_id: str, file_id: str, path: Path | None = None, progress: Progress = unattended
) -> None:
    """Take a linked file as it is now; with ``path``, from where it lies now. Raises as ``link``."""
    with workspace.read() as connection:
        row = connection.execute(select(Attachment.path).where(Attachment.id == file_id)).one_or_none()
    if row is None:
        raise NotFound(N_("This row no longer exists."))
    place = path or linked_path(workspace, str(row.path))
    content = incoming_file.read(place, _heard([place], 0, tr("Reading files"), progress))
    with _changing(workspace, project_id, file_id, N_("Take the linked file {name} as it is now")) as (_, file):
        if file.kept != "linked":
            raise NotLawful(N_("“{name}” is a stored copy, which never changes."), name=file.name)
        _point(workspace, file, place, content)


def find_again(workspace: Workspace, folder: Path, progress: Progress = unattended) -> Carried:
    """Bring contents that are missing beside the workspace back from a folder in which they may lie.

    Raises:
        ReadOnly, HandoverError: the files folder can't be written.
        Cancelled: the user stopped it.
    """
    _refuse_reading(workspace)
    return attached.find_again(workspace.blobs, workspace.contents(), folder, progress)


def linked_path(workspace: Workspace, path: str) -> Path:
    """Where a linked file lies: paths that aren't absolute count from the folder of the workspace."""
    return folder_of(workspace.path).parent / path


#: The order of the files of a row.
IN_ORDER = (Attachment.position, Attachment.id)


# -- within -------------------------------------------------------------------------------------------------------


def _refuse_reading(workspace: Workspace) -> None:
    """Before long work rather than after it."""
    if workspace.read_only:
        raise ReadOnly(N_("{file} is open for reading only."), file=workspace.path.name)


def _heard(paths: Iterable[Path], most: int, what: str, progress: Progress) -> BytesHeard:
    """Look at all files before the first is read, so that what can't be taken is told at once."""
    return BytesHeard(progress, sum(incoming_file.look_at(path, most).st_size for path in paths), what)


@contextmanager
def _act(
    workspace: Workspace,
    labels: tuple[str, str],
    project_id: str,
    files: Sequence[FileFor],
    source: str,
) -> Iterator[UnitOfWork]:
    owners = {(each.register.key, each.row_id): each.register for each in files}
    ref = ", ".join(dict.fromkeys(register.label for register in owners.values()))
    if len(owners) == 1:
        (((_, key), register),) = owners.items()
        with workspace.read() as connection:
            ref = connection.execute(select(register.model.ref).where(register.model.id == key)).scalar() or ref
    label = labels[0] if len(files) == 1 else labels[1]
    with workspace.edit(label, project=project_id, source=source, n=len(files), ref=ref) as work:
        owners_held = _read_together(work, files)
        yield work
    del owners_held  # only now: the end of the act has asked for them once more


@contextmanager
def _changing(
    workspace: Workspace, project_id: str, file_id: str, label: str
) -> Iterator[tuple[UnitOfWork, Attachment]]:
    with workspace.read() as connection:
        name = connection.execute(select(Attachment.name).where(Attachment.id == file_id)).scalar()
    with workspace.edit(label, project=project_id, name=name or "") as work:
        file = work.get(Attachment, file_id)
        _open_owner(work, file.owner_table, file.owner_id)
        yield work, file


def _add(
    work: UnitOfWork,
    files: Sequence[FileFor],
    contents: Sequence[Content],
    linked_at: Path | None,
) -> Attached:
    ids, renamed = [], []
    last = _last_places(work, [each.row_id for each in files])
    opened: set[str] = set()
    for (register, owner_id, path), content in zip(files, contents, strict=True):
        if owner_id not in opened:
            _open_owner(work, register.table.name, owner_id)
            opened.add(owner_id)
        last[owner_id] = last.get(owner_id, 0.0) + 1.0
        name = safe_name(path.name, tr("File"))
        if name != path.name:
            renamed.append((shown_name(path.name), name))
        file = work.add(
            Attachment(
                owner_table=register.table.name, owner_id=owner_id, name=name, media_type=content.media_type,
                kept="linked" if linked_at else "stored", size=content.size, sha256=content.sha256,
                path=_as_linked(linked_at, path) if linked_at else None,
                modified=content.modified if linked_at else None, position=last[owner_id],
            )
        )  # fmt: skip
        ids.append(file.id)
    return Attached(tuple(ids), tuple(renamed))


def _read_together(work: UnitOfWork, files: Sequence[FileFor]) -> list[Row]:
    """The rows of files, read with few statements instead of one for each."""
    of: dict[str, tuple[Register, dict[str, None]]] = {}
    for each in files:
        of.setdefault(each.register.key, (each.register, {}))[1][each.row_id] = None
    found: list[Row] = []
    for register, ids in of.values():
        keys = list(ids)
        for at in range(0, len(keys), _READ_TOGETHER):
            some = select(register.model).where(register.model.id.in_(keys[at : at + _READ_TOGETHER]))
            found += work.session.scalars(some)
    return found


def _last_places(work: UnitOfWork, ids: Sequence[str]) -> dict[str, float]:
    """The place of the last file of each row that has some."""
    found: dict[str, float] = {}
    for at in range(0, len(ids), _READ_TOGETHER):
        some = Attachment.owner_id.in_(ids[at : at + _READ_TOGETHER])
        last = select(Attachment.owner_id, func.max(Attachment.position)).where(some).group_by(Attachment.owner_id)
        found.update((owner, place or 0.0) for owner, place in work.session.execute(last))
    return found


def _point(workspace: Workspace, file: Attachment, place: Path, content: Content) -> None:
    """Have a linked file lie at a place with a content."""
    file.path = _as_linked(workspace.path, place)
    file.size, file.sha256, file.modified = content.size, content.sha256, content.modified
    file.media_type = content.media_type


def _open_owner(work: UnitOfWork, table: str, key: str) -> Row:
    """The row whose files are to change. Raises Refused where it is locked or in the bin, NotValid where it is gone."""
    owner = work.owner(Attachment(owner_table=table, owner_id=key))
    if owner is None:
        raise NotValid(N_("This row no longer exists."))
    if reason := locks.of_part(owner):
        raise Refused([reason])
    return owner


def _as_linked(workspace: Path, path: Path) -> str:
    """How the place of a linked file is kept: from the workspace's folder where it lies in it: both can move."""
    absolute = Path(os.path.abspath(path))  # noqa: PTH100 - without following links, as the user named it
    home = folder_of(workspace).parent
    return absolute.relative_to(home).as_posix() if absolute.is_relative_to(home) else str(absolute)
