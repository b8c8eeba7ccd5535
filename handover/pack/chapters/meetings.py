"""The minutes of a meeting: who was there, what was said, what was decided, and who does what until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from handover.i18n import N_, NC_
from handover.model.group import WorkingGroup
from handover.model.learning.lesson import LessonLearned
from handover.model.people import SIDE, Organisation, Person
from handover.model.picks.pick import Pick
from handover.model.project import Project
from handover.model.punch import Punch
from handover.model.system import System
from handover.model.teams.action import ACTION_STATUS, Action
from handover.model.teams.decision import AUTHORITY, Decision
from handover.model.teams.meeting import PRESENCE, AgendaItem, Attendance, Meeting
from handover.model.vocabulary import Option, Vocabulary
from handover.pack.contents import single_outline
from handover.pack.outline import (
    Block,
    Fact,
    Facts,
    PackOutline,
    Section,
    TableBlock,
    TableColumn,
)  # fmt: skip
from handover.pack.paper_steps import PaperStep
from handover.pack.rich_text import blocks_of_part, parts_of
from handover.pack.text_pictures import picture_block
from handover.store.workspace import Workspace
from handover.values.print_forms import DAY, LONG, NUMBER
from handover.wording import Language, Text, Words, said


def minutes(workspace: Workspace, project_id: str, key: str, language: Language) -> PackOutline:
    """The minutes of a meeting as an outline, without their number."""
    with workspace.read() as connection, Session(connection, autoflush=False) as session:
        project = session.get_one(Project, project_id)
        meeting = session.get_one(Meeting, key)
        names = _MeetingNames(session)
        agenda = _agenda(session, meeting, names)
        # A table that stands alone in its section has no title of its own.
        attendance = _attendance(session, meeting, names, "" if agenda else said(N_("Attendance")))
        head = (Facts(_facts(session, meeting, names)), attendance)
        after = (_decisions(session, meeting, names), *_actions(session, meeting, names),
                 *_punches(session, meeting, names), *_lessons(session, meeting, names),
                 _signatures(meeting, names))  # fmt: skip
        parts = parts_of(meeting.minutes or "")
        session.expunge_all()
    first = Section("minutes", said(N_("Minutes of the meeting")), (*head, *agenda))
    told = [
        Section(f"minutes-{n}", part.heading or said(N_("What was said")),
                blocks_of_part(part, lambda address, caption: picture_block(workspace, address, caption)), 2)
        for n, part in enumerate(parts, 1)
    ]  # fmt: skip
    agreed = Section("minutes-agreed", said(N_("What was agreed")), tuple(after), 2)
    outline = single_outline(workspace, project, language, first, "MIN")
    return replace(outline, sections=(first, *told, agreed))


def _facts(session: Session, meeting: Meeting, names: _MeetingNames) -> tuple[Fact, ...]:
    group = session.get(WorkingGroup, meeting.group_id)
    facts = (
        Fact(said(N_("Meeting")), meeting.title),
        Fact(said(NC_("meeting", "Kind")), names.pick(meeting.kind_id)),
        Fact(said(N_("Group")), group.name if group is not None else None),
        Fact(said(NC_("meeting", "Begins")), meeting.starts_at),
        Fact(said(NC_("meeting", "Minutes long")), meeting.lasts),
        Fact(said(NC_("meeting", "Place")), meeting.place),
        Fact(said(NC_("meeting", "Chair")), names.of(meeting.chair_id)),
        Fact(said(NC_("meeting", "Recorder")), names.of(meeting.recorder_id)),
        Fact(said(NC_("meeting", "Why it was corrected")), meeting.corrected_because),
    )  # fmt: skip
    return tuple(fact for fact in facts if fact.value not in (None, ""))


def _attendance(session: Session, meeting: Meeting, names: _MeetingNames, alone: Words) -> TableBlock:
    here = (Attendance.meeting_id == meeting.id, Attendance.deleted_at.is_(None))
    people = session.scalars(select(Attendance).where(*here).order_by(Attendance.id)).all()
    columns = (
        TableColumn("person", said(N_("Person")), weight=1.2),
        TableColumn("organisation", said(N_("Organisation")), LONG, 2.0),
        TableColumn("side", said(N_("Side")), weight=1.0),
        TableColumn("presence", said(NC_("meeting", "Presence")), weight=1.0),
        TableColumn("notes", said(N_("Notes")), LONG, 1.6),
    )
    rows = tuple(
        (names.of(each.person_id), names.company(each.person_id), _word(SIDE, each.side or names.side(each.person_id)),
         _word(PRESENCE, each.presence), each.notes)
        for each in people
    )  # fmt: skip
    return TableBlock("attendance", said(N_("Attendance")), columns, rows, len(rows), caption=alone,
                      empty=said(N_("Nobody is listed.")))  # fmt: skip


def _agenda(session: Session, meeting: Meeting, names: _MeetingNames) -> tuple[TableBlock, ...]:
    here = (AgendaItem.meeting_id == meeting.id, AgendaItem.deleted_at.is_(None))
    items = session.scalars(select(AgendaItem).where(*here).order_by(AgendaItem.number, AgendaItem.id)).all()
    if not items:
        return ()
    columns = (
        TableColumn("number", said(N_("No.")), NUMBER, 0.3),
        TableColumn("topic", said(NC_("agenda", "Topic")), LONG, 2.6),
        TableColumn("presenter", said(NC_("agenda", "Presented by")), weight=1.0),
        TableColumn("outcome", said(NC_("agenda", "Outcome")), LONG, 2.4),
    )
    rows = tuple((each.number, each.topic, names.of(each.presenter_id), each.outcome) for each in items)
    return (TableBlock("agenda", said(N_("Agenda")), columns, rows, len(rows)),)


def _decisions(session: Session, meeting: Meeting, names: _MeetingNames) -> TableBlock:
    here = (Decision.meeting_id == meeting.id, Decision.deleted_at.is_(None), Decision.status != "void")
    decisions = session.scalars(select(Decision).where(*here).order_by(Decision.id)).all()
    columns = (
        TableColumn("ref", said(N_("No.")), weight=0.8),
        TableColumn("title", said(N_("Decision")), LONG, 2.6),
        TableColumn("authority", said(N_("Authority")), weight=0.9),
        TableColumn("decided_by", said(N_("Decided by")), LONG, 1.1),
        TableColumn("reason", said(NC_("decision", "Reasons")), LONG, 1.8),
    )
    rows = tuple(
        (each.ref, f"{names.system(each.system_id)} {each.title}".strip(), _word(AUTHORITY, each.authority),
         "\n".join(name for key in (each.decided_by_id, each.countersigned_by_id) if (name := names.of(key))),
         each.reason)
        for each in decisions
    )  # fmt: skip
    return TableBlock("decisions", said(N_("Decisions")), columns, rows, len(rows),
                      empty=said(N_("Nothing was decided.")))  # fmt: skip


def _actions(session: Session, meeting: Meeting, names: _MeetingNames) -> tuple[Block, ...]:
    """The actions of this meeting, and those that were open before it."""
    carried = select(AgendaItem.action_id).where(AgendaItem.meeting_id == meeting.id, AgendaItem.deleted_at.is_(None),
                                                 AgendaItem.action_id.is_not(None))  # fmt: skip
    wanted = (
        select(Action)
        .where(or_(Action.meeting_id == meeting.id, Action.id.in_(carried)), Action.deleted_at.is_(None))
        .order_by(Action.due_on, Action.id)
    )
    found = session.scalars(wanted).all()
    new = [each for each in found if each.meeting_id == meeting.id]
    old = [each for each in found if each.meeting_id != meeting.id]
    blocks: list[Block] = [_action_table("actions", N_("New actions"), new, names)]
    if old:
        blocks.append(_action_table("carried-actions", N_("Actions carried over"), old, names))
    return tuple(blocks)


def _action_table(key: str, title: str, actions: Sequence[Action], names: _MeetingNames) -> TableBlock:
    """New actions say what shows that they are done, those carried over how far they are."""
    new = key == "actions"
    last = NC_("action", "Done when") if new else N_("Status")
    columns = (
        TableColumn("ref", said(N_("No.")), weight=0.8),
        TableColumn("text", said(NC_("action", "What is to be done")), LONG, 2.6),
        TableColumn("owner", said(N_("Owner")), weight=1.0),
        TableColumn("due_on", said(N_("Due")), DAY, 0.9),
        TableColumn("criterion" if new else "status", said(last), LONG, 1.6),
    )
    rows = tuple(
        (each.ref, each.text, names.of(each.owner_id), each.due_on,
         each.criterion if new else _word(ACTION_STATUS, each.status))
        for each in actions
    )  # fmt: skip
    return TableBlock(key, said(title), columns, rows, len(rows), empty=said(N_("Nothing new was agreed.")))


def _punches(session: Session, meeting: Meeting, names: _MeetingNames) -> tuple[TableBlock, ...]:
    """The punch items that were noted in this meeting; nothing where none were."""
    here = (Punch.meeting_id == meeting.id, Punch.deleted_at.is_(None), Punch.wanted())
    found = session.scalars(select(Punch).where(*here).order_by(Punch.id)).all()
    columns = (
        TableColumn("ref", said(N_("No.")), weight=0.8),
        TableColumn("category", said(NC_("punch", "Category")), weight=0.6),
        TableColumn("description", said(N_("What is wrong")), LONG, 3.0),
        TableColumn("action_by", said(N_("To be cleared by")), weight=1.1),
        TableColumn("due_on", said(NC_("punch", "Due")), DAY, 0.9),
    )
    rows = tuple(
        (each.ref, names.pick(each.category_id), f"{names.system(each.system_id)} {each.description}".strip(),
         names.of(each.action_by_id), each.due_on)
        for each in found
    )  # fmt: skip
    return (TableBlock("punches", said(N_("Punch items")), columns, rows, len(rows)),) if rows else ()


def _lessons(session: Session, meeting: Meeting, names: _MeetingNames) -> tuple[TableBlock, ...]:
    """The lessons that were noted in this meeting; nothing where none were."""
    here = (LessonLearned.meeting_id == meeting.id, LessonLearned.deleted_at.is_(None))
    found = session.scalars(select(LessonLearned).where(*here).order_by(LessonLearned.id)).all()
    columns = (
        TableColumn("ref", said(N_("No.")), weight=0.8),
        TableColumn("title", said(N_("Lesson")), LONG, 2.2),
        TableColumn("recommendation", said(N_("Recommendation")), LONG, 2.4),
        TableColumn("owner", said(N_("Owner")), weight=1.0),
        TableColumn("due_on", said(N_("Due")), DAY, 0.9),
    )
    rows = tuple(
        (each.ref, each.title, each.recommendation or each.event, names.of(each.owner_id), each.due_on)
        for each in found
    )
    return (TableBlock("lessons", said(N_("Lessons learned")), columns, rows, len(rows)),) if rows else ()


def _signatures(meeting: Meeting, names: _MeetingNames) -> TableBlock:
    """A line to sign on for who led the meeting and who wrote, high enough for a pen."""
    columns = (
        TableColumn("role", said(N_("Role")), weight=1.0),
        TableColumn("name", said(N_("Person")), LONG, 1.0),
        TableColumn("organisation", said(N_("Organisation")), LONG, 1.8),
        TableColumn("signature", said(N_("Signature")), weight=1.4),
        TableColumn("signed_on", said(N_("Date signed")), weight=0.9),
    )
    signing = ((NC_("meeting", "Chair"), meeting.chair_id), (NC_("meeting", "Recorder"), meeting.recorder_id))
    rows = tuple(
        (said(role), f"{names.of(key)}\n\u00a0", names.company(key) if key else "", "", "") for role, key in signing
    )
    return TableBlock("signatures", said(N_("Signatures")), columns, rows)


def _word(words: Vocabulary, code: str | None) -> Words:
    option: Option | None = next((o for o in words.options if o.code == code), None)
    return said(option.name) if option is not None else ""


class _MeetingNames:
    """What people, their companies and systems are called."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, key: str | None) -> str:
        """The name of a person."""
        person = self._session.get(Person, key) if key else None
        return person.name if person is not None else ""

    def side(self, key: str) -> str | None:
        """The side of a person."""
        person = self._session.get(Person, key)
        return person.side if person is not None else None

    def company(self, key: str) -> str:
        """The company of a person."""
        person = self._session.get(Person, key)
        company = self._session.get(Organisation, person.organisation_id or "") if person is not None else None
        return company.name if company is not None else ""

    def pick(self, key: str | None) -> Words:
        """What an entry of a pick list is called."""
        pick = self._session.get(Pick, key) if key else None
        return Text(pick.en or pick.code, pick.zh or pick.code) if pick is not None else ""

    def system(self, key: str | None) -> str:
        """The code of a system."""
        system = self._session.get(System, key) if key else None
        return system.code if system is not None else ""


def _always(_workspace: Workspace, _key: str) -> bool:
    return True


PAPERS = (PaperStep("meetings", "issue", "minutes", minutes, _always, again=True),)
