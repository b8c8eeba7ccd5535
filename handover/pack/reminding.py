"""Reminders of transmittals that weren't acknowledged: a draft of an e-mail for each receiver, to be sent by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from handover.clock import today
from handover.errors import NotLawful
from handover.file_names import safe_name
from handover.i18n import N_, tr, trn
from handover.model.documents.transmittal import Recipient, Transmittal, TransmittalItem
from handover.model.people import Organisation, Person
from handover.model.project import Project
from handover.replacing import make_folder, replacing
from handover.store.workspace import Workspace
from handover.values.shown import ShownDay

#: So many documents are named in a reminder; of more only the number is said.
_NAMED = 20


@dataclass(frozen=True, slots=True)
class Waiting:
    """A receiver who hasn't acknowledged a transmittal.

    Attributes:
        id: the key of the receiver's row.
        address: empty where none is known.
        days: since the transmittal was sent.
        reminded_on: when he was reminded last.
    """

    id: str
    name: str
    address: str
    days: int
    reminded_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Reminded:
    """The drafts that were written, and the receivers without an address."""

    files: tuple[Path, ...]
    without_address: tuple[str, ...]


def waiting(workspace: Workspace, key: str) -> list[Waiting]:
    """The receivers who haven't acknowledged a transmittal; nobody before it is sent and after it is recalled."""
    with workspace.read() as connection:
        sent = connection.execute(select(Transmittal.status, Transmittal.sent_on).where(Transmittal.id == key)).one()
        if sent.status not in ("issued", "partly_acknowledged"):
            return []
        here = (Recipient.transmittal_id == key, Recipient.deleted_at.is_(None), Recipient.acknowledged_on.is_(None))
        wanted = (
            select(Recipient.id, Person.name, Person.email, Organisation.name.label("company"), Recipient.chased_on)
            .outerjoin(Person, Person.id == Recipient.person_id)
            .outerjoin(Organisation, Organisation.id == Recipient.organisation_id)
            .where(*here)
            .order_by(Recipient.number, Recipient.id)
        )
        days = (today() - sent.sent_on).days if sent.sent_on else 0
        return [
            Waiting(row.id, row.name or row.company or "", row.email or "", days, row.chased_on)
            for row in connection.execute(wanted)
        ]


def remind(workspace: Workspace, project_id: str, key: str, to: Path) -> Reminded:
    """Write the drafts into a folder in the language in force, and note today as the day of the reminder.

    Raises:
        NotLawful: nobody is left to be reminded.
        HandoverError: the folder can't be written.
    """
    late = waiting(workspace, key)
    if not late:
        raise NotLawful(N_("Nobody is left to be reminded."))
    files = _written(workspace, project_id, key, late, to)
    with workspace.edit(N_("Remind {n} receivers of {ref}"), project=project_id, n=len(late), ref="") as work:
        sent = work.get(Transmittal, key)
        work.told["ref"] = sent.ref
        sent.chased_on = today()
        for each in late:
            work.get(Recipient, each.id).chased_on = today()
    return Reminded(tuple(files), tuple(each.name for each in late if not each.address))


def _written(workspace: Workspace, project_id: str, key: str, late: Sequence[Waiting], to: Path) -> list[Path]:
    make_folder(to)
    with workspace.read() as connection, Session(connection, autoflush=False) as session:
        sent = session.get_one(Transmittal, key)
        project = session.get_one(Project, project_id)
        here = (TransmittalItem.transmittal_id == key, TransmittalItem.deleted_at.is_(None))
        items = list(session.scalars(select(TransmittalItem).where(*here).order_by(TransmittalItem.number)))
        sender = session.get(Person, sent.sender_id) if sent.sender_id else None
        messages = [(each, _message(project, sent, items, sender, each)) for each in late]
        session.expunge_all()
        number = sent.number or sent.external_no or sent.ref
    files: list[Path] = []
    for n, (each, message) in enumerate(messages, 1):
        path = to / safe_name(f"{number} {each.name}.eml", "reminder.eml")
        if path in files:  # two people of one name
            path = path.with_stem(f"{path.stem} {n}")
        with replacing(path) as part:
            part.write_bytes(message.as_bytes())
        files.append(path)
    return files


def _message(
    project: Project, sent: Transmittal, items: Sequence[TransmittalItem], sender: Person | None, to: Waiting
) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    number = sent.number or sent.external_no or sent.ref
    message["Subject"] = _one_line(tr("Reminder: please acknowledge {number}, {subject}", number=number,
                                      subject=sent.subject))  # fmt: skip
    if to.address:
        message["To"] = to.address
    if sender is not None and sender.email:
        message["From"] = sender.email
    message["X-Unsent"] = "1"  # so that Outlook opens it to be sent, and not as one that came
    message.set_content(_body(project, sent, items, sender, to, number))
    return message


def _body(
    project: Project,
    sent: Transmittal,
    items: Sequence[TransmittalItem],
    sender: Person | None,
    to: Waiting,
    number: str,
) -> str:
    said = [
        tr("Dear {name},", name=to.name),
        "",
        trn(
            "transmittal {number} “{subject}” of project {project} was sent on {day}, {n} day ago, and you haven't "
            "acknowledged it yet.",
            "transmittal {number} “{subject}” of project {project} was sent on {day}, {n} days ago, and you haven't "
            "acknowledged it yet.",
            to.days,
            number=number,
            subject=sent.subject,
            project=project.code,
            day=ShownDay(sent.sent_on) if sent.sent_on else "",
        ),
    ]
    if sent.response_due is not None:
        said.append(tr("Your answer was asked for by {day}.", day=ShownDay(sent.response_due)))
    said += ["", trn("It holds {n} document:", "It holds {n} documents:", len(items))]
    said += [" ".join(text for text in (item.document_no, item.code, item.title) if text) for item in items[:_NAMED]]
    if len(items) > _NAMED:
        said.append(tr("and {n} more", n=len(items) - _NAMED))
    said += ["", tr("Please confirm that it arrived complete and readable, or tell us what is missing.")]
    if sender is not None:
        said += ["", sender.name]
    return "\n".join(said) + "\n"


def _one_line(text: str) -> str:
    """A text as a header takes it."""
    return " ".join(text.split())
