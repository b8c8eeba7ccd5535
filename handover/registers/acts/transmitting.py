"""A transmittal of documents that were chosen: their current revisions, and whom they go to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, and_, case, func, select
from sqlalchemy.orm import Session

from handover.errors import NotLawful, Reason, Refused
from handover.i18n import N_
from handover.model import account
from handover.model.documents.document import Document
from handover.model.documents.revision import Revision
from handover.model.documents.states import DOCUMENT_STATUS
from handover.model.documents.transmittal import Recipient, Transmittal, TransmittalItem
from handover.model.people import Person
from handover.registers.declare import Register
from handover.store.among import among
from handover.store.workspace import Workspace

#: The roles of receivers in the order in which they are asked for.
ROLES = ("action", "approval", "information")


def revisions_to_send(connection: Connection, register: Register, ids: Sequence[str]) -> list[str]:
    """The revisions that go out where rows are sent: those chosen, or the current ones of documents.

    Raises:
        Refused: a document has none, or only one that is cancelled.
    """
    if register.model is Revision:
        return list(ids)
    come = Revision.status != DOCUMENT_STATUS.initial
    # The newest that has come and isn't cancelled, else the first in preparation: as ``current_of`` chooses.
    rank = func.row_number().over(
        partition_by=Revision.document_id,
        order_by=(case((come, 0), else_=1), case((come, -Revision.number), else_=Revision.number)),
    )
    here = (among(Revision.document_id, list(ids)), Revision.deleted_at.is_(None), Revision.status != "cancelled")
    ranked = select(Revision.id, Revision.document_id, rank.label("rank")).where(*here).subquery()
    wanted = (
        select(Document.id, Document.ref, ranked.c.id.label("revision"))
        .outerjoin(ranked, and_(ranked.c.document_id == Document.id, ranked.c.rank == 1))
        .where(among(Document.id, list(ids)))
    )
    place = {key: at for at, key in enumerate(ids)}
    rows = sorted(connection.execute(wanted), key=lambda row: place[row.id])
    found = [row.revision for row in rows if row.revision is not None]
    without = [(row.id, row.ref) for row in rows if row.revision is None]
    if without:
        refs = ", ".join(ref for _, ref in without)
        named = tuple(("document", key) for key, _ in without)
        raise Refused([Reason(N_("Nothing has come yet of these documents: {refs}. Leave them out."), {"refs": refs},
                              rows=named)])  # fmt: skip
    return found


def subject_of(connection: Connection, register: Register, ids: Sequence[str]) -> str:
    """The title of the document where one is sent; empty where several are."""
    if len(ids) != 1:
        return ""
    key: Any = ids[0] if register.model is Document else select(Revision.document_id).where(Revision.id == ids[0])
    of_document = Document.id == key if isinstance(key, str) else Document.id.in_(key)
    return str(connection.execute(select(Document.title).where(of_document)).scalar() or "")


def superseded_among(connection: Connection, revisions: Sequence[str]) -> list[str]:
    """Which of the revisions to be sent have a newer one in their place, as people call them."""
    wanted = (
        select(Document.number, Document.title, Revision.code)
        .join(Document, Document.id == Revision.document_id)
        .where(among(Revision.id, list(revisions)), Revision.status == "superseded")
        .order_by(Document.number, Revision.id)
    )
    return [" ".join(filter(None, (row.number or row.title, row.code))) for row in connection.execute(wanted)]


def draft(
    workspace: Workspace,
    project_id: str,
    revisions: Sequence[str],
    values: Mapping[str, Any],  # Any: what each field holds
    receivers: Mapping[str, str | None],
) -> str:
    """Make the draft of a transmittal in one act; returns its key.

    Args:
        values: fields of the transmittal.
        receivers: the key of a person by role.

    Raises:
        NotValid, NotLawful: a value doesn't fit, or nothing is sent.
    """
    if not revisions:
        raise NotLawful(N_("Choose the documents that are to be sent."))
    with workspace.edit(N_("Draft a transmittal of {n} documents"), project=project_id, n=len(revisions)) as work:
        sender = account.person_of(work.session.connection(), project_id, workspace.user)
        person = work.session.get(Person, sender) if sender else None
        made = work.add(
            Transmittal(
                subject=str(values.get("subject") or ""), purpose_id=values.get("purpose"),
                response_due=values.get("response_due"), cover=values.get("cover"), sender_id=sender,
                from_org_id=person.organisation_id if person is not None else None,
                to_org_id=_company(work.session, receivers),
            )
        )  # fmt: skip
        for key in revisions:
            work.add(TransmittalItem(transmittal_id=made.id, revision_id=key))
        for role in ROLES:
            if receivers.get(role):
                work.add(Recipient(transmittal_id=made.id, person_id=receivers[role], role=role))
    return made.id


def _company(session: Session, receivers: Mapping[str, str | None]) -> str | None:
    """The company of the receivers, where they are of one."""
    people = [key for key in receivers.values() if key]
    companies = set(session.scalars(select(Person.organisation_id).where(Person.id.in_(people))))
    return companies.pop() if len(companies) == 1 else None
