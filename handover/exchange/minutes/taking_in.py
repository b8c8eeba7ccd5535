"""Taking minutes in: a meeting that was held, who was there, and its actions, as one act that one undo takes back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from handover.errors import NotLawful, NotValid
from handover.exchange.minutes.reading import IncomingMinutes
from handover.i18n import N_, tr
from handover.model.group import WorkingGroup
from handover.model.people import Person
from handover.model.project import Project
from handover.model.teams.action import Action
from handover.model.teams.meeting import Attendance, Meeting
from handover.registers import find
from handover.store.work import UnitOfWork
from handover.store.workspace import Workspace
from handover.values.cells import folded
from handover.values.rich_text import RichBlock, Span, write_rich

_TAKE_IN = N_("Take in the minutes of {title}")


@dataclass(frozen=True, slots=True)
class TakenMinutes:
    """What came of it.

    Attributes:
        unknown: names that no person of the project has; they stand in the notes.
    """

    id: str
    ref: str
    people: int
    actions: int
    unknown: tuple[str, ...]


def group_meant(workspace: Workspace, project_id: str, text: str) -> str:
    """The key of the working group that is named, or of the only one where none is. Raises NotValid, NotFound."""
    with workspace.read() as connection:
        if text.strip():
            return find.resolve(connection, project_id, WorkingGroup.__tablename__, text).id
        open_ = select(WorkingGroup.id).where(
            WorkingGroup.project_id == project_id, WorkingGroup.deleted_at.is_(None), WorkingGroup.open()
        )
        keys = list(connection.execute(open_.limit(2)).scalars())
    if len(keys) != 1:
        raise NotValid(N_("A meeting is one of a working group: name the group."), field="group")
    return str(keys[0])


def take_minutes(
    workspace: Workspace, project: Project, came: IncomingMinutes, group_id: str, *, again: bool = False
) -> TakenMinutes:
    """Take in what was read.

    Args:
        again: also where a meeting of that group has this title and this time already.

    Raises:
        NotLawful: it was taken in before.
    """
    with workspace.read() as connection:
        before = _before(connection, project.id, came, group_id)
        people = _people(connection, project.id)
    if before and not again:
        raise NotLawful(N_("{title} was taken in already, as {ref}."), title=came.title, ref=before)
    named = [*came.there, *came.absent, *(n for n in (came.chair, came.recorder) if n),
             *(action.owner for action in came.actions if action.owner)]  # fmt: skip
    unknown = tuple(dict.fromkeys(name for name in named if _of(people, name) is None))
    with workspace.edit(_TAKE_IN, project=project.id, source="import", title=came.title) as work:
        meeting = work.add(
            Meeting(group_id=group_id, title=came.title, starts_at=came.starts_at, place=came.place or None,
                    chair_id=_of(people, came.chair), recorder_id=_of(people, came.recorder), status="held",
                    minutes=_minutes(came) or None, notes=_notes(came, unknown))
        )  # fmt: skip
        there = _attend(work, meeting.id, people, came)
        for action in came.actions:
            owner = _of(people, action.owner)
            work.add(
                Action(text=action.text, status=action.status, owner_id=owner, due_on=action.due_on,
                       criterion=action.criterion or None, group_id=group_id, meeting_id=meeting.id, source="meeting",
                       raised_on=came.starts_at.date() if came.starts_at else None,
                       notes=tr("Owner in the minutes: {name}", name=action.owner)
                       if action.owner and owner is None else None)
            )  # fmt: skip
        return TakenMinutes(meeting.id, meeting.ref, there, len(came.actions), unknown)


def _before(connection: Connection, project_id: str, came: IncomingMinutes, group_id: str) -> str:
    wanted = select(Meeting.ref).where(
        Meeting.project_id == project_id, Meeting.group_id == group_id, Meeting.deleted_at.is_(None),
        func.lower(Meeting.title) == came.title.lower(),
        Meeting.starts_at == came.starts_at if came.starts_at is not None else Meeting.starts_at.is_(None),
    )  # fmt: skip
    return str(connection.execute(wanted.limit(1)).scalar() or "")


def _people(connection: Connection, project_id: str) -> dict[str, str]:
    """The keys of people by name; a name that two have is nobody's."""
    wanted = select(Person.name, Person.id).where(Person.project_id == project_id, Person.deleted_at.is_(None))
    found: dict[str, str] = {}
    for name, key in connection.execute(wanted):
        found[folded(name)] = "" if folded(name) in found else key
    return found


def _of(people: dict[str, str], name: str) -> str | None:
    return people.get(folded(name)) or None


def _attend(work: UnitOfWork, meeting_id: str, people: dict[str, str], came: IncomingMinutes) -> int:
    """Who was there and who was excused; whoever chaired or wrote was there. Returns how many are listed."""
    listed: dict[str, str] = {}
    for presence, names in (("present", (*came.there, came.chair, came.recorder)), ("excused", came.absent)):
        for name in names:
            key = _of(people, name)
            if key is not None:
                listed.setdefault(key, presence)
    for key, presence in listed.items():
        work.add(Attendance(meeting_id=meeting_id, person_id=key, presence=presence))
    return len(listed)


def _minutes(came: IncomingMinutes) -> str:
    return write_rich([RichBlock("paragraph", (Span(line),)) for line in came.said])


def _notes(came: IncomingMinutes, unknown: Iterable[str]) -> str:
    said = [tr("Taken in from {file}.", file=came.file)]
    names = tr(", ").join(unknown)
    if names:
        said.append(tr("Not among the people of the project: {names}.", names=names))
    return " ".join(said)
