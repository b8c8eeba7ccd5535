"""The editions of a pack: since which one changes are told, and the table of all of them."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from handover.model.issued import ISSUED_STATUS, PACK_PURPOSE, Issued
from handover.model.people import Person
from handover.pack.contents import PackContents
from handover.pack.outline import PackOutline
from handover.pack.packs.changes import former_edition
from handover.pack.packs.controlled import RevisionLine
from handover.store.work import UnitOfWork
from handover.store.workspace import Workspace
from handover.wording import Words, said


def with_former(workspace: Workspace, asked: PackContents, supersedes: str | None) -> PackContents:
    """What is asked, with the edition since which changes are told: the one that this one stands in place of."""
    if supersedes is None or asked.since is not None:
        return asked
    with workspace.read() as connection:
        query = select(Issued.number, Issued.edition).where(Issued.id == supersedes)
        row = connection.execute(query).one_or_none()
        former = former_edition(connection, supersedes, row.number, row.edition) if row is not None else None
    return replace(asked, since=former)


def with_revisions(outline: PackOutline, work: UnitOfWork, changes: str) -> PackOutline:
    """The outline of the edition at hand, with the table of all editions of its number, the newest first."""
    connection = work.session.connection()
    query = (
        select(Issued.edition, Issued.issued_on, Issued.purpose, Person.name, Issued.changes, Issued.status)
        .outerjoin(Person, Person.id == Issued.issued_by_id)
        .where(Issued.project_id == work.project_id, Issued.kind == "pack", Issued.number == outline.number)
        .where(Issued.deleted_at.is_(None), Issued.edition < outline.edition)
        .order_by(Issued.edition.desc())
    )
    by = connection.execute(select(Person.name).where(Person.id == work.taker.person)).scalar() or ""
    first = RevisionLine(outline.edition, outline.made_at.date(), outline.control.purpose, by, changes)
    former = (
        RevisionLine(edition, day, _purpose(purpose), name or "", told or "", said(ISSUED_STATUS[_now(status)].name))
        for edition, day, purpose, name, told, status in connection.execute(query)
    )
    return replace(outline, control=replace(outline.control, revisions=(first, *former)))


def _purpose(code: str | None) -> Words:
    return said(PACK_PURPOSE[code].name) if code and code in PACK_PURPOSE else ""


def _now(status: str) -> str:
    """How an edition stands once the one at hand is issued, which supersedes the one in force."""
    return "superseded" if status == "issued" else status
