"""The charter of a working group on one page: what it is for, its goals, its systems, who sits in it and who signs."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from handover.charts.data import SeatChart
from handover.clock import today
from handover.i18n import N_
from handover.jobs import Progress, unattended
from handover.model.group import GROUP_ROLE, LEADS, GroupSystem, Member, WorkingGroup
from handover.model.people import SIDE, Organisation, Person
from handover.model.project import Project
from handover.model.system import System
from handover.model.teams.goal import Goal
from handover.pack.chapters.contribution import score_by_side
from handover.pack.contents import single_outline
from handover.pack.issuing import Paper, issuing
from handover.pack.outline import (
    Block,
    Fact,
    Facts,
    Figure,
    PackOutline,
    Paragraph,
    Section,
    TableBlock,
    TableColumn,
)
from handover.pack.paper_steps import PaperStep, in_force_of
from handover.pack.reading import PackReading
from handover.registers.catalogue import paper
from handover.registers.figures.coverage_chart import coverage_charts
from handover.registers.teams.org_chart import group_seats
from handover.store.workspace import Workspace
from handover.values.print_forms import LONG
from handover.wording import Language, said

_DECLARATION = N_(
    "Both leads work by this charter: the technical lead decides on technology, the resource lead on people and means,"
    " both together on what concerns both sides; either may order an emergency stop."
)


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
        sitting = [(seat, person) for seat, person in seats]
        blocks: list[Block] = [
            Facts(_filled(_short_facts(group, sponsor, ends, sitting))),
            Facts(_filled(_long_facts(session, group)), 1),
            Facts(_filled(_seat_facts(group, sitting))),  # two beside each other, so that it stays one page
            *((Paragraph(group.charter),) if group.charter and group.charter.strip() else ()),
            _signatures(session, sitting),
        ]
        session.expunge_all()
    section = Section("charter", said(N_("Charter of the joint working group")), tuple(blocks))
    return single_outline(workspace, project, language, section, "CH")


def issue_charter(
    workspace: Workspace,
    project_id: str,
    key: str,
    language: Language = "both",
    *,
    on: dt.date | None = None,
    source: str = "hand",
    progress: Progress = unattended,
) -> Paper:
    """Issue the charter of a group as it stands now, in place of the one in force.

    Args:
        on: the day on which it was issued, where that isn't today.

    Raises:
        HandoverError: as ``issuing``.
    """
    about = (WorkingGroup.__tablename__, key)
    with issuing(
        workspace,
        project_id,
        charter(workspace, project_id, key, language),
        paper("charter"),
        about=about,
        supersedes=in_force_of(workspace, "charter", about),
        on=on,
        source=source,
        progress=progress,
    ) as in_hand:
        return in_hand.paper


def more(reading: PackReading) -> tuple[Block, ...]:
    """Who sits in each group, drawn; what secondments cover; how the sides score where that is shown."""
    with reading.workspace.read() as connection:
        seats = group_seats(connection, reading.project.id)
        chart = coverage_charts(connection, reading.project.id).coverage
        score = score_by_side(connection, reading.project.id)
    drawn = [
        Figure(f"seats_{number}", group.chart, _HEAD_OF_SEATS + _ROW_OF_SEATS * _rows(group.chart))
        for number, group in enumerate(seats, 1)
        if group.chart.seats
    ]
    covered = (Figure("secondment_coverage", chart, 60 + 20 * len(chart.rows)),) if chart.rows else ()
    return (*drawn, *covered, *score)


#: How high a chart of seats is in points: what stands over the columns, and each row of boxes.
_HEAD_OF_SEATS, _ROW_OF_SEATS = 120.0, 44.0


def _rows(chart: SeatChart) -> int:
    """So many rows the longest column has at most; a longer one has two beside each other."""
    return min(max((len(column.seats) for column in chart.columns), default=0), 8)


def _filled(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    return tuple(fact for fact in facts if fact.value not in (None, ""))


def _short_facts(
    group: WorkingGroup, sponsor: Person | None, ends: dt.date | None, seats: list[tuple[Member, Person]]
) -> tuple[Fact, ...]:
    return (
        Fact(said(N_("Group")), group.name),
        Fact(said(N_("Executive sponsor")), sponsor.name if sponsor is not None else None),
        Fact(said(GROUP_ROLE["tech_lead"].name), _seated(seats, "tech_lead")),
        Fact(said(GROUP_ROLE["ops_lead"].name), _seated(seats, "ops_lead")),
        Fact(said(N_("Set up on")), group.started_on or today()),
        Fact(said(N_("Ends on")), group.ends_on or ends),
    )


def _long_facts(session: Session, group: WorkingGroup) -> tuple[Fact, ...]:
    return (
        Fact(said(N_("Purpose")), group.purpose),
        Fact(said(N_("Scope")), group.scope),
        Fact(said(N_("Systems of groups")), _systems(session, group.id)),
        Fact(said(N_("Shared goals")), _goals(session, group.id)),
    )


def _seat_facts(group: WorkingGroup, seats: list[tuple[Member, Person]]) -> tuple[Fact, ...]:
    return (
        *(Fact(said(option.name), _of_side(seats, option.code)) for option in SIDE.options),
        Fact(said(N_("Dissolves when")), group.dissolves_when),
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


def _goals(session: Session, key: str) -> str:
    """The goals of a group, each with what is to be reached and until when."""
    wanted = select(Goal).where(Goal.group_id == key, Goal.deleted_at.is_(None)).order_by(Goal.number, Goal.id)
    found = []
    for n, goal in enumerate(session.scalars(wanted), 1):
        target = f": {'≤' if goal.better == 'lower' else '≥'} {goal.target:g} {goal.unit or ''}".rstrip()
        due = f" ({goal.due_on.isoformat()})" if goal.due_on is not None else ""
        found.append(f"{n}. {goal.name}{target if goal.target is not None else ''}{due}")
    return "\n".join(found)


def _seated(seats: list[tuple[Member, Person]], role: str) -> str:
    return "; ".join(person.name for seat, person in seats if seat.role == role)


def _of_side(seats: list[tuple[Member, Person]], side: str) -> str:
    """Who sits for a side besides the leads and the sponsor, each with his share."""
    others = [(seat, person) for seat, person in seats
              if (seat.side or person.side) == side and seat.role not in (*LEADS, "sponsor")]  # fmt: skip
    return "; ".join(
        person.name + (f" {seat.allocation:.0%}" if seat.allocation is not None else "") for seat, person in others
    )


def _signatures(session: Session, seats: list[tuple[Member, Person]]) -> TableBlock:
    """A line to sign on for each lead, high enough for a pen; the whole stays on one page."""
    columns = (
        TableColumn("role", said(N_("Role in the group")), LONG, 1.4),
        TableColumn("name", said(N_("Person")), LONG, 1.0),
        TableColumn("organisation", said(N_("Organisation")), LONG, 1.6),
        TableColumn("signature", said(N_("Signature")), weight=1.4),
        TableColumn("signed_on", said(N_("Date signed")), weight=0.9),
    )
    rows = []
    for role in LEADS:
        lead = next((person for seat, person in seats if seat.role == role), None)
        company = session.get(Organisation, lead.organisation_id or "") if lead is not None else None
        name = lead.name if lead is not None else ""
        rows.append(
            (said(GROUP_ROLE[role].name), f"{name}\n\u00a0", company.name if company is not None else "", "", "")
        )
    return TableBlock("signatures", said(N_("Signatures")), columns, tuple(rows), len(rows), caption=said(_DECLARATION))


def _always(_workspace: Workspace, _key: str) -> bool:
    return True


PAPERS = (PaperStep("groups", "start", "charter", charter, _always, number="", again=True),)
