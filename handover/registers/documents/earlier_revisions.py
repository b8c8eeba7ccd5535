"""Revisions that a document had before its current one, put before it: a list that tells its history comes in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from handover.i18n import tr
from handover.jobs import Progress, unattended, watched
from handover.model.documents.revision import Revision, current_of, revisions_of
from handover.store.past_locks import renumber
from handover.store.work import UnitOfWork
from handover.values.revision_codes import CodeOrder, age

Columns = Mapping[str, Any]  # Any: what each column of a revision holds
_CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class FurtherRevisions:
    """What a list tells of a document's revisions beside the current one, as columns, the oldest first.

    Attributes:
        fresh: the document comes with the same act, many at once: its current revision is its only one.
        before: older revisions.
        after: later ones that haven't come, or were cancelled.
    """

    document_id: str
    fresh: bool
    before: Sequence[Columns] = ()
    after: Sequence[Columns] = ()


def add_further(
    work: UnitOfWork, further: Sequence[FurtherRevisions], orders: Sequence[CodeOrder], progress: Progress = unattended
) -> dict[str, str]:
    """Put older revisions before the current ones, as superseded by them; returns the references of all by key.

    The current revision of each document is stored by now, or is brought about by what the act has set so far.

    Raises:
        Cancelled: the user stopped it.
    """
    refs = _of_new_documents(work, [each for each in further if each.fresh])
    held = [each for each in further if not each.fresh]
    if held:
        work.settle()
    for each in watched(held, progress, len(held), tr("Storing older revisions")):
        refs.update(_of_held_document(work, each, orders))
    return refs


def is_newer(code: str | None, day: dt.date | None, than: Columns, orders: Sequence[CodeOrder]) -> bool:
    """Whether a revision is newer than another: by their scheme, else by their days, else by letters and figures."""
    told = age(orders, [code, than.get("code")])
    known = told.order is not None and told.order.knows(code) and told.order.knows(than.get("code"))
    other = than.get("revision_on")
    if not known and day and other and day != other:
        newer: bool = day > other
        return newer
    return told.of(code) > told.of(than.get("code"))


def _of_new_documents(work: UnitOfWork, further: Sequence[FurtherRevisions]) -> dict[str, str]:
    """Many at once: the rows are inserted as values, and what the current one is numbered gives way."""
    refs: dict[str, str] = {}
    for at in range(0, len(further), _CHUNK):
        chunk = further[at : at + _CHUNK]
        currents = _only_revisions(work.session, [each.document_id for each in chunk])
        numbers = {currents[e.document_id]: len(e.before) + 1 for e in chunk if e.document_id in currents}
        renumber(work, Revision, numbers)
        rows: list[dict[str, Any]] = []  # Any: as above
        for each in chunk:
            current = currents.get(each.document_id)
            rows += [_superseded(row, each.document_id, n, current) for n, row in enumerate(each.before, 1)]
            rows += [
                {**row, "document_id": each.document_id, "number": n}
                for n, row in enumerate(each.after, len(each.before) + 2)
            ]
        refs.update(zip((row["id"] for row in rows), work.insert_many(Revision, rows), strict=True))
    return refs


def _only_revisions(session: Session, documents: Sequence[str]) -> dict[str, str]:
    wanted = select(Revision.document_id, Revision.id).where(Revision.document_id.in_(documents))
    return {row.document_id: row.id for row in session.connection().execute(wanted)}


def _superseded(row: Columns, document_id: str, number: int, current: str | None) -> dict[str, Any]:  # Any: as above
    values = {**row, "document_id": document_id, "number": number}
    if values.get("status") != "cancelled":
        before = values.get("status")
        values |= {"status": "superseded", "superseded_by_id": current}
        if before not in (None, "superseded"):
            values["superseded_from"] = before
    return values


def _of_held_document(work: UnitOfWork, each: FurtherRevisions, orders: Sequence[CodeOrder]) -> dict[str, str]:
    """One that had revisions before: each goes before the first that is newer, at the latest before the current one."""
    held = revisions_of(work.session, each.document_id)
    current = current_of(held)
    line: list[Revision | Columns] = [*held]
    at, last = 0, held.index(current) if current is not None else len(held)
    for row in each.before:
        while at < last and not _newer_there(line[at], row, orders):
            at += 1
        line.insert(at, row)
        at, last = at + 1, last + 1
    line += each.after
    new: list[tuple[Columns, int]] = []
    moved: dict[str, int] = {}
    number = 0
    for there in line:
        if isinstance(there, Revision):
            number = max(number + 1, there.number or 0)
            moved[there.id] = number
        else:
            number += 1
            new.append((there, number))
    renumber(work, Revision, moved)
    key = current.id if current is not None else None
    return dict(_added(work, each, row, number, key) for row, number in new)


def _newer_there(there: Revision | Columns, row: Columns, orders: Sequence[CodeOrder]) -> bool:
    return isinstance(there, Revision) and is_newer(there.code, there.revision_on, row, orders)


def _added(work: UnitOfWork, each: FurtherRevisions, row: Columns, number: int, current: str | None) -> tuple[str, str]:
    older = any(row is one for one in each.before)
    values = _superseded(row, each.document_id, number, current) if older else {
        **row, "document_id": each.document_id, "number": number,
    }  # fmt: skip
    made = Revision()
    with made.shows_another:
        for attr, value in values.items():
            setattr(made, attr, value)
    work.add(made)
    return made.id, made.ref
