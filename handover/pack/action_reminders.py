"""Reminders of open actions: the draft of one e-mail for each owner, with all that he or she has to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from sqlalchemy import ColumnElement, or_, select

from handover.clock import today
from handover.errors import NotLawful
from handover.file_names import safe_name
from handover.i18n import N_, tr, trn
from handover.model.people import Person
from handover.model.project import Project
from handover.model.teams.action import Action
from handover.replacing import make_folder, replacing
from handover.store.workspace import Workspace
from handover.values.shown import ShownDay

#: So many days ahead is reminded of where nobody says which actions.
AHEAD = 7


@dataclass(frozen=True, slots=True)
class OpenAction:
    """An action of which its owner is reminded."""

    id: str
    ref: str
    text: str
    due_on: dt.date | None
    criterion: str


@dataclass(frozen=True, slots=True)
class ToRemind:
    """Somebody with the actions of which he or she is reminded, the earliest due first."""

    name: str
    address: str
    actions: tuple[OpenAction, ...]


@dataclass(frozen=True, slots=True)
class ActionsReminded:
    """The drafts that were written, how many actions they name, and the owners without an address.

    Attributes:
        left_behind: references of actions that nobody owns, or whose owner has left: of them nobody is reminded.
    """

    files: tuple[Path, ...]
    actions: int
    without_address: tuple[str, ...]
    left_behind: tuple[str, ...] = ()


def to_remind(
    workspace: Workspace, project_id: str, keys: Collection[str] | None = None, days: int = AHEAD
) -> list[ToRemind]:
    """The owners of open actions, by name; those who left are not reminded.

    Args:
        keys: the actions; all that are late or due within some days where none are said.
    """
    here = _asked(project_id, keys, days)
    still = or_(Person.leaves_on.is_(None), Person.leaves_on >= today())
    wanted = (
        select(Action.id, Action.ref, Action.text, Action.due_on, Action.criterion, Person.name, Person.email)
        .join(Person, Person.id == Action.owner_id)
        .where(*here, Person.deleted_at.is_(None), still)
    )
    found: dict[tuple[str, str], list[OpenAction]] = {}
    with workspace.read() as connection:
        for row in connection.execute(wanted.order_by(Person.name, Action.due_on.is_(None), Action.due_on, Action.id)):
            action = OpenAction(row.id, row.ref, row.text, row.due_on, row.criterion or "")
            found.setdefault((row.name, row.email or ""), []).append(action)
    return [ToRemind(name, address, tuple(actions)) for (name, address), actions in found.items()]


def _asked(project_id: str, keys: Collection[str] | None, days: int) -> tuple[ColumnElement[bool], ...]:
    """The actions that are still to be done: those named, or all that are late or due within some days."""
    which = Action.id.in_(keys) if keys is not None else Action.due_on <= today() + dt.timedelta(days=days)
    return (Action.project_id == project_id, Action.deleted_at.is_(None), Action.open(), Action.status != "done", which)


def remind_of_actions(
    workspace: Workspace, project_id: str, to: Path, keys: Collection[str] | None = None, days: int = AHEAD
) -> ActionsReminded:
    """Write the drafts into a folder in the language in force, and note today as the day of the reminder.

    Raises:
        NotLawful: nobody is to be reminded.
        HandoverError: the folder can't be written.
    """
    people = to_remind(workspace, project_id, keys, days)
    if not people:
        raise NotLawful(N_("No open action with an owner is among them, so that nobody is reminded."))
    with workspace.read() as connection:
        code = connection.execute(select(Project.code).where(Project.id == project_id)).scalar_one()
        nobody = select(Action.ref).where(*_asked(project_id, keys, days), Action.left_behind()).order_by(Action.id)
        left_behind = tuple(connection.execute(nobody).scalars())
    make_folder(to)
    files = tuple(_written(to, code, person) for person in people)
    ids = [action.id for person in people for action in person.actions]
    label = N_("Remind of an action"), N_("Remind of {n} actions")
    with workspace.edit(label, project=project_id, n=len(ids)) as work:
        work.update_many(Action, {key: {"reminded_on": today()} for key in ids})
    without = tuple(person.name for person in people if not person.address)
    return ActionsReminded(files, len(ids), without, left_behind)


def _written(to: Path, code: str, person: ToRemind) -> Path:
    message = EmailMessage(policy=SMTP)
    many = len(person.actions)
    message["Subject"] = trn("{code}: {n} open action", "{code}: {n} open actions", many, code=code)
    if person.address:
        message["To"] = person.address
    message["X-Unsent"] = "1"  # so that Outlook opens it to be sent, and not as one that came
    message.set_content(_body(person))
    path = to / safe_name(f"{code} {person.name}.eml", "reminder.eml")
    with replacing(path) as part:
        part.write_bytes(message.as_bytes())
    return path


def _body(person: ToRemind) -> str:
    said = [
        tr("Dear {name},", name=person.name),
        "",
        trn("this action is yours and still open:", "these {n} actions are yours and still open:", len(person.actions)),
        "",
        *(line for action in person.actions for line in _lines(action)),
        tr("Please report it as done, with a word on the result, or say by when it will be."),
    ]
    return "\n".join(said) + "\n"


def _lines(action: OpenAction) -> Sequence[str]:
    text = " ".join(action.text.split())
    lines = [f"{action.ref}  {text}"]
    if action.due_on is not None:
        late = (today() - action.due_on).days
        due = tr("Due on {day}.", day=ShownDay(action.due_on))
        overdue = trn("It is {n} day late.", "It is {n} days late.", late) if late > 0 else ""
        lines.append(f"    {due} {overdue}".rstrip())
    if action.criterion:
        lines.append("    " + tr("Done when: {criterion}", criterion=" ".join(action.criterion.split())))
    return [*lines, ""]
