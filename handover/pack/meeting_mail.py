"""What goes out about a meeting: its invitation for calendars, and the draft of the mail that brings the minutes."""

from __future__ import annotations

import tempfile
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from handover.errors import NotFound, NotLawful
from handover.file_names import safe_name
from handover.i18n import N_, tr
from handover.jobs import Progress, unattended
from handover.model.people import Person
from handover.model.project import Project
from handover.model.teams.meeting import AgendaItem, Attendance, Meeting
from handover.pack.invitations import Invitation, Invited, MailDraft, calendar_of
from handover.pack.paper_steps import in_force_of
from handover.pack.reprint import pdf_name, save_paper
from handover.replacing import make_folder, replacing
from handover.store.workspace import Workspace

#: How long a meeting is where nobody said, in minutes.
_USUAL = 60


def invite(workspace: Workspace, project_id: str, key: str, to: Path) -> MailDraft:
    """Write the invitation of a meeting, or its update or cancellation, into a folder; counts it.

    Raises:
        NotLawful: nobody knows yet when the meeting begins, or its minutes are being written already.
        HandoverError: the folder can't be written.
    """
    with workspace.edit(N_("Invite to {ref}"), project=project_id, ref="") as work:
        meeting = work.get(Meeting, key)
        work.told["ref"] = meeting.ref
        if meeting.starts_at is None:
            raise NotLawful(N_("{ref} has no day yet. Say when it begins before you invite to it."), ref=meeting.ref)
        if meeting.status not in ("planned", "cancelled"):
            raise NotLawful(N_("{ref} was held already."), ref=meeting.ref)
        sequence = meeting.invitation or 0
        called = _called(work.session, meeting)
        make_folder(to)
        path = to / safe_name(f"{called.ref} {called.title}.ics", "meeting.ics")
        with replacing(path) as part:
            part.write_bytes(calendar_of(called, meeting.starts_at, sequence))
        meeting.invitation = sequence + 1
    return MailDraft(path, called.without_address())


def mail_minutes(workspace: Workspace, key: str, to: Path, progress: Progress = unattended) -> MailDraft:
    """Write the draft of a mail with the minutes in force of a meeting, to all who were asked, into a folder.

    Raises:
        NotFound: no minutes of it are in force.
        HandoverError: the folder can't be written.
    """
    paper = in_force_of(workspace, "minutes", (Meeting.__tablename__, key))
    if paper is None:
        raise NotFound(N_("No minutes of it are in force. Issue them first."))
    with workspace.read() as connection, Session(connection, autoflush=False) as session:
        meeting = session.get_one(Meeting, key)
        recorder = session.get(Person, meeting.recorder_id) if meeting.recorder_id else None
        sender = recorder.email if recorder is not None else None
        number, title = meeting.number or meeting.ref, meeting.title
        called = _called(session, meeting)
        session.expunge_all()
    make_folder(to)
    name = pdf_name(workspace, paper)
    message = EmailMessage(policy=SMTP)
    message["Subject"] = " ".join(tr("Minutes {number}: {title}", number=number, title=title).split())
    addresses = [each.address for each in called.invited if each.address]
    if addresses:
        message["To"] = ", ".join(dict.fromkeys(addresses))
    if sender:
        message["From"] = sender
    message["X-Unsent"] = "1"  # so that Outlook opens it to be sent, and not as one that came
    message.set_content(
        tr(
            "Please find attached the minutes {number} of “{title}”. They hold what was decided and who does what until"
            " when. Objections are welcome within three working days.",
            number=number, title=title,
        ) + "\n"
    )  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="handover-mail-") as folder:
        pdf = Path(folder) / "minutes.pdf"
        save_paper(workspace, paper, pdf, progress)
        message.add_attachment(pdf.read_bytes(), maintype="application", subtype="pdf", filename=name)
    path = to / safe_name(f"{Path(name).stem}.eml", "minutes.eml")
    with replacing(path) as part:
        part.write_bytes(message.as_bytes())
    return MailDraft(path, called.without_address())


def _called(session: Session, meeting: Meeting) -> Invitation:
    here = (Attendance.meeting_id == meeting.id, Attendance.deleted_at.is_(None))
    people = session.scalars(
        select(Person).join(Attendance, Attendance.person_id == Person.id).where(*here).order_by(Attendance.id)
    ).all()
    items = session.scalars(
        select(AgendaItem.topic).where(AgendaItem.meeting_id == meeting.id, AgendaItem.deleted_at.is_(None))
        .order_by(AgendaItem.number, AgendaItem.id)
    )  # fmt: skip
    chair = session.get(Person, meeting.chair_id) if meeting.chair_id else None
    project = session.get_one(Project, meeting.project_id)
    return Invitation(
        ref=meeting.ref,
        key=meeting.id,
        title=meeting.title,
        lasts=meeting.lasts or _USUAL,
        place=meeting.place or "",
        cancelled=meeting.status == "cancelled",
        by=Invited(chair.name, chair.email or "") if chair is not None else None,
        invited=tuple(Invited(person.name, person.email or "") for person in people),
        lines=tuple(f"{n}. {topic}" for n, topic in enumerate(items, 1)),
        project=project.code,
    )
