"""The contribution score follows from rows, with caps, by side, group and person, and leaves upheld objections out."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from handover.errors import HandoverError, NotLawful
from handover.model import Member, Person, Project, WorkingGroup
from handover.model.teams.action import Action
from handover.model.teams.contribution import ScoreObjection, ScoreRule, Worth
from handover.model.teams.meeting import Attendance, Meeting
from handover.registers.acts import taking
from handover.registers.beginning import add_project
from handover.registers.catalogue import register
from handover.registers.teams.score_facts import ScoreFact
from handover.registers.teams.scoring import Score, formula, score_board, scored, show_scores, sides_by_month, worth_in
from handover.store import Workspace

MAY = dt.date(2026, 5, 1)


def _facts(act: str, person: str, *days: int) -> list[ScoreFact]:
    return [ScoreFact(act, person, dt.date(2026, 5, d), "action", f"{person}{d}", f"ACT-{d:04}", "") for d in days]


def test_points_of_an_act_stop_at_its_cap_for_each_person_and_month() -> None:
    facts = [*_facts("action", "anna", 1, 2, 3, 4), *_facts("action", "ben", 5)]
    (act,) = scored(facts, {"action": Worth(3, 6)})

    assert (act.earned, act.points, len(act.facts)) == (15, 9, 5)


def test_cap_holds_in_each_month_anew() -> None:
    facts = [*_facts("meeting", "anna", 1, 2), ScoreFact("meeting", "anna", dt.date(2026, 6, 1), "", "k", "", "")]

    assert scored(facts, {"meeting": Worth(1, 1)})[0].points == 2


def test_act_that_counts_nothing_is_in_no_score_and_no_formula() -> None:
    worth = {"action": Worth(0, 10), "meeting": Worth(1, float("inf"))}

    assert scored(_facts("action", "anna", 1), worth) == ()
    assert formula(worth) == ["Meeting attended: 1 for each"]


class Site:
    """Two people of two sides in a group, one action in time each, one late, and a meeting."""

    def __init__(self, path: Path) -> None:
        self.workspace = Workspace.create(path)
        with self.workspace.edit("Project") as work:
            self.project = add_project(work, Project(code="P-1", name="Plant")).id
        with self.workspace.edit("Rows", project=self.project) as work:
            anna = work.add(Person(name="Anna", side="operations"))
            ben = work.add(Person(name="Ben", side="project"))
            group = work.add(WorkingGroup(name="Pumps"))
            work.add(Member(group_id=group.id, person_id=anna.id, to_on=dt.date(2026, 5, 10)))
            meeting = work.add(Meeting(group_id=group.id, title="Weekly", starts_at=dt.datetime(2026, 5, 12, 9)))
            work.add(Attendance(meeting_id=meeting.id, person_id=ben.id, presence="present"))
            self.anna, self.ben, self.meeting = anna.id, ben.id, meeting.id
        with self.workspace.edit("Done", project=self.project, source="import") as work:
            work.get(Meeting, self.meeting).status = "held"
            for owner, other, due, done in ((self.anna, self.ben, 9, 8), (self.ben, self.anna, 9, 9),
                                            (self.ben, self.anna, 9, 20)):  # fmt: skip
                work.add(Action(text="Do", owner_id=owner, due_on=dt.date(2026, 5, due), status="verified",
                                done_on=dt.date(2026, 5, done), verified_by_id=other, evidence="seen",
                                verified_on=dt.date(2026, 5, 21)))  # fmt: skip

    def scores(self, by: str = "side", month: dt.date | None = None) -> dict[str, float]:
        with self.workspace.read() as connection:
            board = score_board(connection, self.project, by, month)  # type: ignore[arg-type]  # one of the three
        return {score.name: score.points for score in board.scores}

    def score(self, name: str, by: str) -> Score:
        with self.workspace.read() as connection:
            board = score_board(connection, self.project, by)  # type: ignore[arg-type]  # as above
        return next(score for score in board.scores if score.name == name)


@pytest.fixture
def site(tmp_path: Path):
    made = Site(tmp_path / "Plant.handover")
    yield made
    made.workspace.close()


def test_score_is_off_until_somebody_says_for_whom_it_is(site: Site) -> None:
    with pytest.raises(NotLawful):
        site.scores()
    show_scores(site.workspace, site.project, "sides")
    assert set(site.scores()) == {"Project side", "Operations side"}
    with pytest.raises(NotLawful):
        site.scores("person")


def test_only_what_was_done_in_time_counts(site: Site) -> None:
    show_scores(site.workspace, site.project, "people")

    assert site.scores("person") == {"Anna": 3 + 2, "Ben": 3 + 1 + 1}
    assert [act.act for act in site.score("Ben", "person").acts] == ["action", "action_verified", "meeting"]
    assert site.scores("person", dt.date(2026, 4, 1)) == {}


def test_group_counts_what_its_members_did_while_they_sat_in_it(site: Site) -> None:
    show_scores(site.workspace, site.project, "sides")

    assert site.scores("group") == {"Pumps": 3}


def test_sides_are_told_by_month_and_come_to_the_same(site: Site) -> None:
    with site.workspace.read() as connection:
        assert sides_by_month(connection, site.project, 6) == {}
    show_scores(site.workspace, site.project, "sides")
    with site.workspace.read() as connection:
        told = sides_by_month(connection, site.project, 6)

    assert told == {"project": {MAY: site.scores()["Project side"]}, "operations": {MAY: 5.0}}


def test_weights_of_the_project_stand_in_place_of_the_usual_ones(site: Site) -> None:
    show_scores(site.workspace, site.project, "people")
    with site.workspace.edit("Rule", project=site.project) as work:
        work.add(ScoreRule(act="action", points=10.0, most=10.0))
    with site.workspace.read() as connection:
        assert worth_in(connection, site.project)["action"] == Worth(10, 10)
    assert site.scores("person")["Anna"] == 12

    with pytest.raises(HandoverError), site.workspace.edit("Again", project=site.project) as work:
        work.add(ScoreRule(act="action", points=1.0))


def test_upheld_objection_leaves_the_row_out_and_is_answered_by_another(site: Site) -> None:
    show_scores(site.workspace, site.project, "people")
    with site.workspace.read() as connection:
        board = score_board(connection, site.project, "person")
    fact = next(f for s in board.scores if s.name == "Anna" for a in s.acts if a.act == "action" for f in a.facts)
    objections = register("score-objections")
    with site.workspace.edit("Object", project=site.project) as work:
        row = work.add(ScoreObjection(person_id=site.anna, about=fact.ref.lower(), text="It was Ben's", month_on=MAY,
                                      raised_by_id=site.ben, raised_on=dt.date(2026, 5, 22)))  # fmt: skip
    uphold = next(s for s in taking.lifecycle(objections).steps if s.key == "uphold")
    said = {"answer": "Right.", "answered_by": site.ben, "answered_on": dt.date(2026, 5, 23)}
    with pytest.raises(HandoverError):
        taking.take(site.workspace, objections, site.project, [row.id], uphold, said)
    taking.take(site.workspace, objections, site.project, [row.id], uphold, {**said, "answered_by": site.anna})

    assert site.scores("person")["Anna"] == 2
