"""The invitation of a session for calendars, its update, and its cancellation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from handover.errors import NotLawful
from handover.file_names import safe_name
from handover.i18n import N_, tr
from handover.model.knowledge.item import KnowledgeItem
from handover.model.knowledge.session import SessionAttendance, TransferSession
from handover.model.people import Person
from handover.model.project import Project
from handover.pack.invitations import Invitation, Invited, MailDraft, calendar_of
from handover.registers.knowing.clashes import USUAL_HOURS
from handover.replacing import make_folder, replacing
from handover.store.workspace import Workspace


def invite_to_session(workspace: Workspace, project_id: str, key: str, to: Path) -> MailDraft:
    """Write the invitation of a session, or its update or cancellation, into a folder; counts it.

    Raises:
        NotLawful: nobody knows yet when it is, or it was held already.
        HandoverError: the folder can't be written.
    """
    with workspace.edit(N_("Invite to {ref}"), project=project_id, ref="") as work:
        row = work.get(TransferSession, key)
        work.told["ref"] = row.ref
        if row.planned_on is None:
            raise NotLawful(N_("{ref} has no day yet. Say when it begins before you invite to it."), ref=row.ref)
        if row.status == "held":
            raise NotLawful(N_("{ref} was held already."), ref=row.ref)
        sequence = row.invitation or 0
        asked = _asked(work.session, row)
        make_folder(to)
        path = to / safe_name(f"{asked.ref} {asked.title}.ics", "session.ics")
        with replacing(path) as part:
            part.write_bytes(calendar_of(asked, row.planned_on, sequence))
        row.invitation = sequence + 1
    return MailDraft(path, asked.without_address())


def invite_to_sessions(workspace: Workspace, project_id: str, keys: Sequence[str], to: Path) -> list[MailDraft]:
    """Write the invitations of several sessions. Raises as ``invite_to_session``; those before are written."""
    return [invite_to_session(workspace, project_id, key, to) for key in keys]


def _asked(session: Session, row: TransferSession) -> Invitation:
    here = (SessionAttendance.session_id == row.id, SessionAttendance.deleted_at.is_(None))
    people = session.scalars(
        select(Person).join(SessionAttendance, SessionAttendance.person_id == Person.id).where(*here)
        .order_by(SessionAttendance.id)
    ).all()  # fmt: skip
    giver = session.get(Person, row.giver_id) if row.giver_id else None
    by = Invited(giver.name, giver.email or "") if giver is not None else None
    item = session.get(KnowledgeItem, row.item_id) if row.item_id else None
    lines = [f"{item.ref} {item.title}"] if item is not None else []
    if row.material:
        lines.append(tr("Material used: {material}", material=row.material))
    return Invitation(
        ref=row.ref,
        key=row.id,
        title=row.title,
        lasts=round((row.hours or USUAL_HOURS) * 60),
        place=row.place or "",
        cancelled=row.status == "cancelled",
        by=by,
        invited=(*((by,) if by is not None else ()), *(Invited(person.name, person.email or "") for person in people)),
        lines=tuple(lines),
        project=session.get_one(Project, row.project_id).code,
    )
