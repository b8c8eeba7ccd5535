"""The charter of a working group on one page: what it is for, its goals, its systems, who sits in it and who signs."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from handover.clock import today
from handover.i18n import N_, NC_
from handover.jobs import Progress, unattended
from handover.model.group import GROUP_ROLE, LEADS, GroupSystem, Member, WorkingGroup
from handover.model.people import SIDE, Organisation, Person
from handover.model.project import Project
from handover.model.system import System
from handover.model.teams.goal import Goal
from handover.pack.contents import single_outline
from handover.pack.issuing import Paper, issue
from handover.pack.outline import (
    Block,
    Fact,
    Facts,
    PackOutline,
    Paragraph,
    Party,
    Section,
    SignatureLine,
    SignOff,
    TableBlock,
    TableColumn,
)
from handover.pack.paper_steps import PaperStep, in_force_of
from handover.registers.catalogue import paper
from handover.store.workspace import Workspace
from handover.values.print_forms import DAY, LONG, NUMBER, SHARE
from handover.wording import Language, said

_DECLARATION = N_(
    "Both leads work by this charter: the technical lead decides on technology, the resource lead on people and means,"
    " both together on what concerns both sides; either may order an emergency stop."
)
_SIDE_OF = {"tech_lead": N_("Project side"), "ops_lead": N_("Operations side")}


def charter(workspace: Workspace, project_id: str, key: str, language: Language) -> PackOutline:
    """The charter of a group as an outline, without its number."""
    with workspace.read() as connection, Session(connection, autoflush=False) as session:
        project = session.get_one(Project, project_id)
        group = session.get_one(WorkingGroup, key)
        ends = connection.execute(select(WorkingGroup.default_ends_on()).where(WorkingGroup.id == key)).scalar()
        seats = session.execute(
            select(Member, Person).join(Person, Person.id == Member.person_id)
            .where(Member.group_id == key, Member.deleted_at.is_(None), Member.present()).order_by(Member.id)
        ).all()  # fmt: skip
        sponsor = session.get(Person, group.sponsor_id) if group.sponsor_id else None
        blocks: list[Block] = [
            Facts(
                tuple(
                    fact
                    for fact in (
                        Fact(said(N_("Group")), group.name),
                        Fact(said(N_("Executive sponsor")), sponsor.name if sponsor is not None else None),
                        Fact(said(N_("Set up on")), group.started_on or today()),
                        Fact(said(N_("Ends on")), group.ends_on or ends),
                        Fact(said(N_("Purpose")), group.purpose),
                        Fact(said(N_("Scope")), group.scope),
                        Fact(said(N_("Dissolves when")), group.dissolves_when),
                        Fact(said(N_("Systems of groups")), _systems(session, key) or None),
                    )
                    if fact.value not in (None, "")
                ),
                1,
            ),
            *((Paragraph(group.charter),) if group.charter and group.charter.strip() else ()),
            *_goals(session, key),
            _members([(seat, person) for seat, person in seats]),
            SignOff(_parties(session, [(seat, person) for seat, person in seats]), said(_DECLARATION), remarks=0),
        ]
        session.expunge_all()
    section = Section("charter", said(N_("Charter of the joint working group")), tuple(blocks))
    return single_outline(workspace, project, language, section, "CH")


def issue_charter(
    workspace: Workspace, project_id: str, key: str, language: Language = "both", progress: Progress = unattended
) -> Paper:
    """Issue the charter of a group as it stands now, in place of the one in force. Errors as those of ``issuing``."""
    about = (WorkingGroup.__tablename__, key)
    return issue(
        workspace,
        project_id,
        charter(workspace, project_id, key, language),
        paper("charter"),
        about=about,
        supersedes=in_force_of(workspace, "charter", about),
        progress=progress,
    )


def _systems(session: Session, key: str) -> str:
    """The systems of a group, each with its pair of leads."""
    wanted = (
        select(System).join(GroupSystem, GroupSystem.system_id == System.id)
        .where(GroupSystem.group_id == key, GroupSystem.deleted_at.is_(None), System.deleted_at.is_(None))
        .order_by(System.code)
    )  # fmt: skip
    said_of = []
    for system in session.scalars(wanted):
        leads = (session.get(Person, lead) for lead in (system.engineering_lead_id, system.operations_lead_id) if lead)
        names = " / ".join(lead.name for lead in leads if lead is not None)
        said_of.append(f"{system.code} {system.name}" + (f" ({names})" if names else ""))
    return "; ".join(said_of)


def _goals(session: Session, key: str) -> tuple[Block, ...]:
    wanted = select(Goal.number, Goal.name, Goal.target, Goal.unit, Goal.due_on).where(
        Goal.group_id == key, Goal.deleted_at.is_(None)
    )
    rows = tuple(tuple(row) for row in session.execute(wanted.order_by(Goal.number, Goal.id)))
    if not rows:
        return ()
    columns = (
        TableColumn("number", said(N_("No.")), NUMBER, 0.3),
        TableColumn("name", said(N_("Goal")), LONG, 3.0),
        TableColumn("target", said(NC_("goal", "Target")), NUMBER, 0.7),
        TableColumn("unit", said(N_("Unit")), weight=0.8),
        TableColumn("due_on", said(N_("Due")), DAY, 0.9),
    )
    return (TableBlock("goals", said(N_("Shared goals")), columns, rows, len(rows), caption=said(N_("Shared goals"))),)


def _members(seats: list[tuple[Member, Person]]) -> TableBlock:
    columns = (
        TableColumn("person", said(N_("Person")), weight=1.2),
        TableColumn("side", said(N_("Side")), weight=1.1),
        TableColumn("role", said(N_("Role in the group")), weight=1.6),
        TableColumn("allocation", said(N_("Allocation")), SHARE, 0.7),
        TableColumn("from_on", said(N_("From")), DAY, 0.9),
        TableColumn("to_on", said(N_("Until")), DAY, 0.9),
    )
    place = {option.code: n for n, option in enumerate(GROUP_ROLE.options)}
    ordered = sorted(seats, key=lambda pair: place.get(str(pair[0].role), len(place)))
    rows = tuple(
        (person.name, said(SIDE[side].name) if (side := seat.side or person.side) else "",
         said(GROUP_ROLE[str(seat.role)].name) if seat.role else "", seat.allocation, seat.from_on, seat.to_on)
        for seat, person in ordered
    )  # fmt: skip
    return TableBlock("members", said(N_("Group members")), columns, rows, len(rows),
                      caption=said(N_("Group members")))  # fmt: skip


def _parties(session: Session, seats: list[tuple[Member, Person]]) -> tuple[Party, ...]:
    found = []
    for role in LEADS:
        lead = next((person for seat, person in seats if seat.role == role), None)
        company = session.get(Organisation, lead.organisation_id or "") if lead is not None else None
        line = SignatureLine(said(GROUP_ROLE[role].name), lead.name if lead is not None else "")
        found.append(Party(said(_SIDE_OF[role]), company.name if company is not None else "", (line,)))
    return tuple(found)


def _always(_workspace: Workspace, _key: str) -> bool:
    return True


PAPERS = (PaperStep("groups", "start", "charter", charter, _always, number="", again=True),)
