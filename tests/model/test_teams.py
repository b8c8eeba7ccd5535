"""Working groups at work: leads, decisions with their authority, emergency stops, actions and meetings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from handover import clock
from handover.errors import NotValid, Refused
from handover.model import Member, Person, Project, System, Task, WorkingGroup
from handover.model.learning.lesson import LessonLearned
from handover.model.punch import Punch
from handover.model.running.log import RunInterruption, RunSegment
from handover.model.running.run import ProvingRun
from handover.model.teams.action import Action
from handover.model.teams.decision import Decision
from handover.model.teams.meeting import Attendance, Meeting
from handover.model.teams.secondment import Secondment
from handover.model.teams.stakeholder import Communication, next_after
from handover.registers.acts import editing, taking
from handover.registers.beginning import add_project
from handover.registers.catalogue import register
from handover.registers.custody.drawing_up import draw_up
from handover.registers.custody.kinds import kind_named
from handover.registers.figures.blockers import blocked
from handover.registers.query import Query, every
from handover.running.instants import stamp
from handover.store import Workspace
from tests.domain import a_row, a_workspace, stored

TODAY = dt.date(2026, 5, 20)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDOVER_TODAY", TODAY.isoformat())


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with a_workspace(tmp_path) as opened:
        yield Site(opened)


class Site:
    """A project with a group at work, its two leads, and a system with one below it."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        with workspace.edit("New project") as work:
            self.project = add_project(work, Project(code="P1", name="Plant")).id
        self.tech, self.ops, self.other, self.next = (
            self.row(Person(name=name, side=side))
            for name, side in (("Tech", "project"), ("Ops", "operations"), ("Other", "operations"), ("Next", "project"))
        )
        self.group = self.row(WorkingGroup(name="Pumps group"))
        self.tech_seat = self.row(Member(group_id=self.group, person_id=self.tech, role="tech_lead"))
        self.row(Member(group_id=self.group, person_id=self.ops, role="ops_lead"))
        self.take("groups", self.group, "start")
        self.system = self.row(System(code="10", name="Pumps"))
        self.below = self.row(System(code="10-1", name="Pump A", parent_id=self.system))

    def row(self, row: Any) -> str:
        return str(a_row(self.workspace, self.project, row).id)

    def take(self, key: str, row: str, step: str, **answers: Any) -> None:
        taken = taking.step_of(register(key), step)
        taking.take(self.workspace, register(key), self.project, [row], taken, answers)

    def commission(self, system: str) -> str:
        """Issue the certificate by which a system goes to the commissioning team."""
        with self.workspace.edit("Say who signs", project=self.project) as work:
            row = work.get(System, system)
            row.engineering_lead_id, row.operations_lead_id = self.tech, self.ops
        with self.workspace.read() as connection:
            kind = kind_named(connection, self.project, "RFCC").id
        return draw_up(self.workspace, self.project, kind, [system], issue=True)[0]

    def change(self, key: str, row: str, **values: Any) -> None:
        editing.change(self.workspace, register(key), self.project, {row: values})

    def decision(self, authority: str, **values: Any) -> str:
        return self.row(Decision(title="Flush twice", authority=authority, group_id=self.group, **values))

    def stop(self) -> str:
        key = self.decision("emergency", system_id=self.system)
        self.take("decisions", key, "decide", decided_by=self.ops)
        return key

    def refs(self, key: str, view: str) -> list[str]:
        with self.workspace.read() as connection:
            return [row.ref for row in every(connection, register(key), self.project, Query(view=view))]


# Decisions ---------------------------------------------------------------------------------------------------------


def test_technical_decision_without_the_technical_lead_is_refused(site: Site) -> None:
    key = site.decision("technical")
    with pytest.raises(Refused, match="needs the technical lead: Tech"):
        site.take("decisions", key, "decide", decided_by=site.ops)
    site.take("decisions", key, "decide", decided_by=site.tech)
    assert stored(site.workspace, Decision, key)["status"] == "in_force"


def test_joint_decision_needs_both_leads(site: Site) -> None:
    key = site.decision("joint")
    with pytest.raises(Refused, match="needs the resource lead: Ops"):
        site.take("decisions", key, "decide", decided_by=site.tech)
    site.take("decisions", key, "decide", decided_by=site.tech, countersigned_by=site.ops)


def test_decision_of_nobody_and_nothing_is_refused(site: Site) -> None:
    key = site.row(Decision(title="Flush", authority="technical"))
    with pytest.raises(Refused, match="Name its group or its system"):
        site.take("decisions", key, "decide", decided_by=site.tech)


def test_decision_never_supersedes_itself_by_whatever_way(site: Site) -> None:
    first, second = site.decision("technical"), site.decision("technical")
    with pytest.raises(NotValid, match="can't supersede itself"):
        site.change("decisions", first, supersedes=first)
    site.change("decisions", second, supersedes=first)
    with pytest.raises(Refused, match="is superseded by this one"):
        site.change("decisions", first, supersedes=second)


def test_decision_takes_the_place_of_the_one_before_it_when_it_is_taken(site: Site) -> None:
    first = site.decision("technical")
    site.take("decisions", first, "decide", decided_by=site.tech)
    second = site.decision("technical", supersedes_id=first)
    assert stored(site.workspace, Decision, first)["status"] == "in_force"
    site.take("decisions", second, "decide", decided_by=site.tech)
    assert stored(site.workspace, Decision, first)["status"] == "superseded"


# Emergency stops ---------------------------------------------------------------------------------------------------


def test_one_lead_alone_stops_a_system_and_all_below_it(site: Site) -> None:
    punch = site.row(Punch(description="Leak", system_id=site.below))
    task = site.row(Task(name="Run in", system_id=site.below))
    stop = site.stop()

    with pytest.raises(Refused, match="10 is stopped by DCS-0001"):
        site.take("punches", punch, "clear", cleared_by=site.other)
    with pytest.raises(Refused, match="is stopped"):
        site.commission(site.below)
    for value in ({"percent": 0.1}, {"actual_start": dt.datetime(2026, 5, 20)}):
        with pytest.raises(Refused, match="is stopped"):
            site.change("tasks", task, **value)
    site.take("punches", punch, "void", void_because="Not ours")
    site.change("tasks", task, notes="Waits")

    site.take("decisions", stop, "lift", lifted_by=site.tech, lifted_because="Leak mended")
    site.commission(site.below)
    site.change("tasks", task, percent=0.1)


def test_many_tasks_at_once_are_stopped_as_one_is(site: Site) -> None:
    tasks = [site.row(Task(name=f"Run {n}", system_id=site.system)) for n in range(3)]
    site.stop()
    with pytest.raises(Refused, match="is stopped"):
        editing.change(site.workspace, register("tasks"), site.project, {key: {"percent": 0.5} for key in tasks})


def test_stop_of_one_system_leaves_the_others_alone(site: Site) -> None:
    other = site.row(System(code="20", name="Fans"))
    site.stop()
    site.commission(other)


def test_stop_blocks_the_handover_and_names_itself(site: Site) -> None:
    site.stop()
    with site.workspace.read() as connection:
        assert any(each.open.get("decisions") for each in blocked(connection, site.project))


def test_stop_is_regularised_by_the_other_lead_within_its_time(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    stop = site.stop()
    row = stored(site.workspace, Decision, stop)
    begun = dt.datetime.fromisoformat(row["stopped_at"])
    assert dt.datetime.fromisoformat(row["regularise_by"]) - begun == dt.timedelta(hours=24)
    assert site.refs("decisions", "overdue") == []

    monkeypatch.setenv("HANDOVER_TODAY", "2026-05-22")
    assert site.refs("decisions", "overdue") == ["DCS-0001"]
    with pytest.raises(Refused, match="for somebody else"):
        site.take("decisions", stop, "regularise", regularised_by=site.ops)
    with pytest.raises(Refused, match="It takes one of the leads"):
        site.take("decisions", stop, "regularise", regularised_by=site.other)
    site.take("decisions", stop, "regularise", regularised_by=site.tech)
    assert site.refs("decisions", "overdue") == []
    assert site.refs("decisions", "stops") == ["DCS-0001"]


def test_hours_for_the_second_signature_are_those_of_the_group(site: Site) -> None:
    site.change("groups", site.group, regularise_within=8)
    row = stored(site.workspace, Decision, site.stop())
    apart = dt.datetime.fromisoformat(row["regularise_by"]) - dt.datetime.fromisoformat(row["stopped_at"])
    assert apart == dt.timedelta(hours=8)


def test_stop_in_force_is_neither_withdrawn_nor_superseded(site: Site) -> None:
    stop = site.stop()
    with pytest.raises(Refused, match="is lifted, not withdrawn"):
        site.take("decisions", stop, "void", void_because="Changed our mind")
    after = site.decision("technical", supersedes_id=stop)
    with pytest.raises(Refused, match="is lifted, not superseded"):
        site.take("decisions", after, "decide", decided_by=site.tech)


def test_only_a_stop_is_lifted(site: Site) -> None:
    key = site.decision("technical")
    site.take("decisions", key, "decide", decided_by=site.tech)
    with pytest.raises(Refused, match="Only an emergency stop"):
        site.take("decisions", key, "lift", lifted_by=site.tech, lifted_because="x")


def test_stop_without_a_system_is_refused(site: Site) -> None:
    with pytest.raises(NotValid, match="names the system"):
        site.decision("emergency")


# Groups ------------------------------------------------------------------------------------------------------------


def test_lead_leaves_only_with_a_successor_on_the_same_day(site: Site) -> None:
    with pytest.raises(Refused, match="only with a successor"):
        site.change("members", site.tech_seat, to_on=dt.date(2026, 6, 30))
    seat = {"group": site.group, "person": site.next, "role": "tech_lead", "replaces": site.tech,
            "from_on": dt.date(2026, 7, 1)}  # fmt: skip
    editing.add(site.workspace, register("members"), site.project, seat)
    assert stored(site.workspace, Member, site.tech_seat)["to_on"] == "2026-06-30"


def test_second_lead_at_the_same_time_is_refused(site: Site) -> None:
    with pytest.raises(Refused, match="Tech is “Project lead"):
        editing.add(site.workspace, register("members"), site.project,
                    {"group": site.group, "person": site.next, "role": "tech_lead"})  # fmt: skip


def test_lead_cant_be_deleted_while_the_group_works(site: Site) -> None:
    with pytest.raises(Refused, match="only with a successor"):
        editing.delete(site.workspace, register("members"), site.project, [site.tech_seat])


def test_member_on_both_sides_at_once_is_refused(site: Site) -> None:
    fans = site.row(WorkingGroup(name="Fans group"))
    with pytest.raises(Refused, match="sits on the other side"):
        editing.add(site.workspace, register("members"), site.project,
                    {"group": fans, "person": site.tech, "side": "operations", "role": "member"})  # fmt: skip


def test_group_lives_a_year_after_the_handover_where_nobody_says_otherwise(site: Site) -> None:
    with site.workspace.edit("Plan") as work:
        work.get(Project, site.project).planned_handover = dt.date(2026, 9, 1)
    with site.workspace.read() as connection:
        (row,) = every(connection, register("groups"), site.project)
    assert dt.date.fromisoformat(str(row.values[[f.field for f in register("groups").fields].index("ends_on")])[:10]
                                 ) == dt.date(2027, 9, 1)  # fmt: skip


def test_group_without_both_leads_is_flagged(site: Site) -> None:
    site.row(WorkingGroup(name="Fans group"))
    assert site.refs("groups", "leaderless") == ["JWG-0002"]


# Actions -----------------------------------------------------------------------------------------------------------


def test_action_is_done_by_its_owner_and_verified_by_another_with_evidence(site: Site) -> None:
    key = site.row(Action(text="Order seals", owner_id=site.other, due_on=dt.date(2026, 5, 1)))
    assert site.refs("actions", "overdue") == ["ACT-0001"]
    with pytest.raises(Refused, match="It is Other's to report it done"):
        site.take("actions", key, "complete", done_by=site.tech)
    site.take("actions", key, "complete", done_by=site.other)
    with pytest.raises(Refused):
        site.take("actions", key, "verify", verified_by=site.other, evidence="Seen")
    with pytest.raises(Refused, match="needs this field"):
        site.take("actions", key, "verify", verified_by=site.tech)
    site.take("actions", key, "verify", verified_by=site.tech, evidence="Delivery note 17")
    assert site.refs("actions", "overdue") == []


def test_action_is_on_the_side_of_its_owner_and_says_where_it_comes_from(site: Site) -> None:
    meeting = site.row(Meeting(group_id=site.group, title="Weekly"))
    key = site.row(Action(text="Order seals", owner_id=site.other, meeting_id=meeting))
    row = stored(site.workspace, Action, key)
    assert (row["side"], row["source"]) == ("operations", "meeting")
    lesson = site.row(LessonLearned(title="Seals leak after a cold start", meeting_id=meeting))
    key = site.row(Action(text="Change the seals", owner_id=site.other, meeting_id=meeting, lesson_id=lesson))
    assert stored(site.workspace, Action, key)["source"] == "lesson"


def test_action_whose_owner_left_is_flagged(site: Site) -> None:
    site.row(Action(text="Order seals", owner_id=site.other))
    site.row(Action(text="Order bolts", owner_id=site.tech))
    site.change("people", site.other, leaves_on=dt.date(2026, 5, 1))
    assert site.refs("actions", "left_behind") == ["ACT-0001"]


# Meetings, secondments, communication --------------------------------------------------------------------------------


def test_minutes_arent_issued_empty_or_of_nobody(site: Site) -> None:
    key = site.row(Meeting(group_id=site.group, title="Weekly", starts_at=dt.datetime(2026, 5, 19, 9)))
    with pytest.raises(Refused) as refused:
        site.take("meetings", key, "issue")
    told = " ".join(str(reason) for reason in refused.value.reasons)
    assert "Nobody was there" in told and "minutes are empty" in told


def test_nobody_is_listed_twice_for_a_meeting(site: Site) -> None:
    key = site.row(Meeting(group_id=site.group, title="Weekly"))
    site.row(Attendance(meeting_id=key, person_id=site.ops))
    with pytest.raises(Refused, match="listed for this meeting already"):
        site.row(Attendance(meeting_id=key, person_id=site.ops))


def test_meeting_without_a_group_is_refused(site: Site) -> None:
    with pytest.raises(NotValid, match="name the group"):
        site.row(Meeting(title="Weekly"))


def test_secondments_over_the_whole_are_flagged(site: Site) -> None:
    days = [(1, 10, 0.6), (5, 20, 0.6), (15, 25, 0.4)]
    for first, last, share in days:
        site.row(Secondment(person_id=site.tech, share=share, from_on=dt.date(2026, 6, first),
                            to_on=dt.date(2026, 6, last)))  # fmt: skip
    assert site.refs("secondments", "beyond_whole") == ["SCD-0001", "SCD-0002"]


def test_what_was_sent_is_due_again_a_period_later(site: Site) -> None:
    key = site.row(Communication(content="Progress", audience="Neighbours", how_often="monthly",
                                 next_on=dt.date(2026, 5, 1)))  # fmt: skip
    assert site.refs("communications", "overdue") == ["COM-0001"]
    site.change("communications", key, sent_on=dt.date(2026, 5, 20))
    assert stored(site.workspace, Communication, key)["next_on"] == "2026-06-20"


def test_communication_to_nobody_is_shown_until_somebody_gets_it(site: Site) -> None:
    key = site.row(Communication(content="Progress", audience=" "))
    assert site.refs("communications", "to_nobody") == ["COM-0001"]
    site.change("communications", key, audience="Neighbours")
    assert site.refs("communications", "to_nobody") == []


def test_month_after_its_last_day_is_the_last_of_a_shorter_one() -> None:
    assert next_after(dt.date(2026, 12, 31), "monthly") == dt.date(2027, 1, 31)
    assert next_after(dt.date(2026, 11, 30), "quarterly") == dt.date(2027, 2, 28)


def test_stop_interrupts_the_clock_of_what_runs_below_it(site: Site) -> None:
    begun = stamp(clock.now() - dt.timedelta(hours=2))
    run, other = (site.row(ProvingRun(name="72 h", system_id=system, status="running", started_at=begun))
                  for system in (site.below, site.row(System(code="20", name="Fans"))))  # fmt: skip
    for each in (run, other):
        site.row(RunSegment(run_id=each, from_at=begun, load=1.0))
    site.stop()

    with site.workspace.read() as connection:
        stops = connection.execute(select(RunInterruption.run_id, RunInterruption.cause)).all()
        ended = dict(connection.execute(select(RunSegment.run_id, RunSegment.to_at)).all())
    assert [tuple(each) for each in stops] == [(run, "DCS-0001 Flush twice")]
    assert ended[run] is not None and ended[other] is None
