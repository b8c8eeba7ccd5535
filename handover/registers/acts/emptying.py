"""Emptying the bin: the one act that undo can't take back, and so one that a copy of the file precedes."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import Column, Table, select

from handover.i18n import N_
from handover.model.attachment import Attachment
from handover.model.base import Base, Row
from handover.registers.declare import Register
from handover.store.copies import copies, copying
from handover.store.files.collecting import collect
from handover.store.past_locks import forget
from handover.store.work import UnitOfWork
from handover.store.workspace import Workspace

_CHUNK = 2_000


def empty_bin(workspace: Workspace, register: Register, project_id: str) -> int:
    """Remove the rows in the bin of a register for good, with what can't be without them; returns how many went.

    Rows that only mention one of them stay, without the mention. Files of rows that stay, removed from them before, go,
    too; contents that nothing mentions any more leave the files folder.

    Raises:
        ReadOnly, HandoverError: the workspace or the copy can't be written; the bin is as it was.
    """
    if not workspace.read_only:
        copying.make(workspace.path, copies.BEFORE_EMPTYING)
    with workspace.edit(
        N_("Empty the bin of {register}"), project=project_id, kind="barrier", register=register.label
    ) as work:
        binned = (register.model.project_id == project_id, register.model.deleted_at.is_not(None))
        ids = list(work.session.scalars(select(register.model.id).where(*binned)))
        _remove(work, register.model, ids)
        loose = select(Attachment.id).where(
            Attachment.project_id == project_id,
            Attachment.owner_table == register.table.name,
            Attachment.deleted_at.is_not(None),
        )
        work.remove(Attachment, list(work.session.scalars(loose)))
    collect(workspace.path, workspace.blobs, workspace.contents())
    return len(ids)


def _remove(work: UnitOfWork, model: type[Base], ids: list[str]) -> None:
    if not ids:
        return
    for other, column in _pointing_at(cast(Table, model.__table__)):
        key = cast(Table, other.__table__).c.id
        found: list[str] = []
        for at in range(0, len(ids), _CHUNK):
            found += work.session.scalars(select(key).where(column.in_(ids[at : at + _CHUNK])))
        if model is other:  # parts of an outline that go in the same act
            found = [row for row in found if row not in set(ids)]
        if column.nullable:
            forget(work, other, column.key, found)
        else:
            _remove(work, other, found)
    for at in range(0, len(ids), _CHUNK):
        of_them = select(Attachment.id).where(Attachment.owner_id.in_(ids[at : at + _CHUNK]))
        work.remove(Attachment, list(work.session.scalars(of_them)))
    work.remove(model, ids)


def _pointing_at(table: Table) -> list[tuple[type[Base], Column[Any]]]:
    """The models and columns that name rows of a table; links first, so that nothing is left pointing nowhere."""
    models = [m.class_ for m in Base.registry.mappers if m.class_.logged]
    models.sort(key=lambda m: issubclass(m, Row))
    return [
        (model, column)
        for model in models
        for column in cast(Table, model.__table__).columns
        if any(fk.column.table is table for fk in column.foreign_keys)
    ]
