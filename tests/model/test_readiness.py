"""Readiness: the score of criteria, what blocks, reviews of gates with their conditions, and passes that lapse."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from handover.errors import NotLawful, NotValid, Refused
from handover.model import Gate, System
from handover.model.learning.training import TrainingCourse, TrainingRecord
from handover.model.punch import Punch
from handover.model.readiness.condition import GateCondition
from handover.model.readiness.criterion import Criterion
from handover.model.readiness.feedback import OperatorFeedback
from handover.model.readiness.review import GateReview
from handover.registers.figures.alarms import alarms
from handover.registers.figures.blockers import blocked
from handover.registers.figures.readiness import by_area, whole
from handover.store import undo
from tests.domain import a_row, a_workspace
from tests.handing_over import issue_certificate
from tests.model.readiness_site import TODAY, ReadySite

SOON = TODAY + dt.timedelta(days=10)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDOVER_TODAY", TODAY.isoformat())


@pytest.fixture
def site(tmp_path: Path) -> Iterator[ReadySite]:
    with a_workspace(tmp_path) as opened:
        yield ReadySite(opened)


# -- the score --------------------------------------------------------------------------------------------------------


def test_weights_five_met_three_in_progress_two_not_applicable_score_62_5_percent(site: ReadySite) -> None:
    site.criterion(5, "met")
    site.criterion(3, "in_progress")
    site.criterion(2, "na")
    assert site.standing(Gate.score) == 0.625


def test_full_score_with_one_blocker_is_no_go(site: ReadySite) -> None:
    site.criterion(5, "met")
    key = site.criterion(2, blocker=True, question="Fire acceptance")
    site.change("criteria", key, weight=1)
    review = site.review()
    site.sign(review, "go")
    with pytest.raises(Refused, match="No go: 1 criterion that decides alone is not met: CRI-0002"):
        site.take("gate-reviews", review, "go")
    assert site.standing(Gate.open_blockers) == 1


def test_two_of_equal_weight_one_met_the_other_not_met_and_a_blocker_are_50_percent_and_no_go(
    site: ReadySite,
) -> None:
    site.criterion(3, "met")
    site.criterion(3, "not_met", blocker=True)
    assert site.standing(Gate.score) == 0.5
    assert site.standing(Gate.open_blockers) == 1
    review = site.review()
    site.sign(review, "conditional_go")
    for step in ("go", "go_on_conditions"):
        with pytest.raises(Refused, match="No go: 1 criterion that decides alone"):
            site.take("gate-reviews", review, step)


def test_gate_without_criteria_has_no_score(site: ReadySite) -> None:
    assert site.standing(Gate.score) is None
    site.criterion(2, "na")
    assert site.standing(Gate.score) is None


def test_readiness_by_area_counts_states_and_leaves_out_what_does_not_apply(site: ReadySite) -> None:
    site.criterion(4, "met", area="people")
    site.criterion(4, "in_progress", area="people", due_on=TODAY - dt.timedelta(days=1))
    site.criterion(5, "na", area="funds")
    with site.workspace.read() as connection:
        people, funds = by_area(connection, site.project)
        all_of = whole(connection, site.project, site.gate)
    assert (people.key, people.score, people.overdue) == ("people", 0.5, 1)
    assert (funds.key, funds.score, funds.applicable) == ("funds", None, 0)
    assert (all_of.score, all_of.met, all_of.applicable) == (0.5, 1, 2)


# -- criteria ---------------------------------------------------------------------------------------------------------


def test_criterion_is_met_only_with_evidence(site: ReadySite) -> None:
    key = site.criterion()
    with pytest.raises(Refused, match="by which evidence"):
        site.take("criteria", key, "meet", met_by=site.ops)
    site.take("criteria", key, "meet", met_by=site.ops, evidence="Certificate 17")
    assert site.stored(Criterion, key)["met_on"] == TODAY.isoformat()
    with pytest.raises(Refused, match="can't be changed"):
        site.change("criteria", key, question="Something else")


def test_not_applicable_takes_a_reason_and_the_leads_of_both_sides(site: ReadySite) -> None:
    key = site.criterion()
    with pytest.raises(Refused, match="A lead of operations says so, too: Ops"):
        site.take("criteria", key, "exempt", na_because="Not built", na_project_by=site.tech,
                  na_operations_by=site.other)  # fmt: skip
    with pytest.raises(Refused, match="needs this field"):
        site.take("criteria", key, "exempt", na_because="Not built", na_project_by=site.tech)
    site.take("criteria", key, "exempt", na_because="Not built", na_project_by=site.tech, na_operations_by=site.ops)
    assert site.stored(Criterion, key)["status"] == "na"


def test_weight_lies_between_one_and_five(site: ReadySite) -> None:
    for weight in (0, 6):
        with pytest.raises(NotValid, match="between 1 and 5"):
            site.criterion(weight)


def test_criterion_that_counts_training_is_not_met_while_somebody_lacks_it(site: ReadySite) -> None:
    course = site.row(TrainingCourse(title="High voltage", system_id=site.system))
    record = site.row(TrainingRecord(course_id=course, person_id=site.other))
    key = site.criterion(counted="training", system_id=site.system)
    assert site.asked(Criterion.still_open, Criterion, key) == 1
    with pytest.raises(Refused, match="Required training not passed: 1 is open"):
        site.take("criteria", key, "meet", met_by=site.ops, evidence="List of courses")
    for step, answers in (("plan", {"planned_on": TODAY}), ("attend", {}), ("pass", {})):
        site.take("trainings", record, step, **answers)
    site.take("criteria", key, "meet", met_by=site.ops, evidence="List of courses")
    assert site.refs("criteria", "contradicted") == []
    site.row(TrainingRecord(course_id=course, person_id=site.tech))
    assert site.refs("criteria", "contradicted") == ["CRI-0001"]


def test_open_criterion_that_decides_alone_stands_in_the_way_of_its_system(site: ReadySite) -> None:
    system = a_row(site.workspace, site.project, System(code="P20", name="Pumps", custody="commissioning")).id
    key = site.criterion(blocker=True, system_id=system)
    with pytest.raises(Refused, match="readiness criterion of P20 that decides alone"):
        issue_certificate(site.workspace, site.project, system)
    with site.workspace.read() as connection:
        found = next(each for each in blocked(connection, site.project) if each.system and each.system.id == system)
    assert found.open == {"criteria": 1}
    site.take("criteria", key, "meet", met_by=site.ops, evidence="Done")
    with site.workspace.read() as connection:
        assert all(not each.open for each in blocked(connection, site.project))


def test_danger_that_operators_tell_of_stands_in_the_way_until_it_is_done(site: ReadySite) -> None:
    key = site.row(OperatorFeedback(remark="Valve can't be reached", weight="danger", system_id=site.system))
    assert site.refs("feedback", "dangers") == ["FBK-0001"]
    site.take("feedback", key, "accept", owner=site.tech, due_on=SOON)
    site.take("feedback", key, "finish", answer="Platform built")
    assert site.refs("feedback", "dangers") == []


# -- reviews ----------------------------------------------------------------------------------------------------------


def test_review_is_opened_when_its_entrance_criteria_are_met(site: ReadySite) -> None:
    key = site.criterion(kind="entrance")
    review = site.review(opened=False)
    with pytest.raises(Refused, match="comes before the review is open: CRI-0001"):
        site.take("gate-reviews", review, "open")
    site.take("criteria", key, "meet", met_by=site.ops, evidence="Done")
    site.take("gate-reviews", review, "open")
    assert len(site.lines(review)) == 2


def test_two_gates_are_not_under_review_at_once(site: ReadySite) -> None:
    second = site.row(Gate(name="Handover"))
    site.review()
    with pytest.raises(Refused, match="two gates are not decided at once"):
        site.review(second)


def test_two_gates_are_not_opened_by_one_act(site: ReadySite) -> None:
    second = site.row(Gate(name="Handover"))
    keys = [site.review(opened=False), site.review(second, opened=False)]
    with pytest.raises(Refused, match="at once"), site.workspace.edit("Open both", project=site.project) as work:
        for key in keys:
            work.get(GateReview, key).status = "open"


def test_signatures_come_in_their_order_and_are_frozen_by_the_decision(site: ReadySite) -> None:
    site.criterion(2, "met")
    review = site.review()
    first, second = site.lines(review)
    with pytest.raises(Refused, match="come in their order"):
        site.take("gate-signatures", second, "sign", vote="go")
    site.take("gate-signatures", first, "sign", vote="go")
    with pytest.raises(Refused, match="1 signature is missing"):
        site.take("gate-reviews", review, "go")
    site.take("gate-signatures", second, "sign", vote="go")
    site.take("gate-reviews", review, "go")
    with pytest.raises(Refused, match="its signatures can't be changed"):
        site.take("gate-signatures", second, "withdraw")
    told = site.stored(GateReview, review)
    assert (told["score"], told["criteria_met"], told["criteria_of"], told["open_blockers"]) == (1.0, 1, 1, 0)
    assert site.standing(Gate.decision) == "go"


def test_go_is_refused_when_somebody_signed_for_conditions(site: ReadySite) -> None:
    review = site.review()
    first, second = site.lines(review)
    site.take("gate-signatures", first, "sign", vote="go")
    site.take("gate-signatures", second, "sign", vote="conditional_go")
    with pytest.raises(Refused, match="signed for something else"):
        site.take("gate-reviews", review, "go")


def test_gate_nobody_signs_for_is_not_decided(site: ReadySite) -> None:
    second = site.row(Gate(name="Handover"))
    review = site.review(second)
    with pytest.raises(Refused, match="Nobody is named who signs for this gate"):
        site.take("gate-reviews", review, "go")


def test_every_unmet_criterion_has_its_condition_with_owner_and_day(site: ReadySite) -> None:
    open_one = site.criterion(2)
    review = site.review()
    site.sign(review, "conditional_go")
    with pytest.raises(Refused, match="criterion that is not met has no condition"):
        site.take("gate-reviews", review, "go_on_conditions")
    for lacking in ({"owner_id": site.tech}, {"due_on": SOON}):
        with pytest.raises(NotValid):
            site.row(GateCondition(review_id=review, title="Paint it", criterion_id=open_one, **lacking))
    site.row(GateCondition(review_id=review, title="Paint it", criterion_id=open_one, owner_id=site.tech, due_on=SOON))
    site.take("gate-reviews", review, "go_on_conditions")
    assert site.standing(Gate.decision) == "conditional_go"


def conditional(site: ReadySite) -> tuple[str, str]:
    """A gate that was passed on one condition; its review and the condition."""
    key = site.criterion(2)
    review = site.review()
    site.sign(review, "conditional_go")
    condition = site.row(
        GateCondition(review_id=review, title="Paint it", criterion_id=key, owner_id=site.tech, due_on=SOON)
    )
    site.take("gate-reviews", review, "go_on_conditions")
    return review, condition


def test_pass_lapses_when_a_condition_runs_out_and_says_so_above_every_page(
    site: ReadySite, monkeypatch: pytest.MonkeyPatch
) -> None:
    conditional(site)
    monkeypatch.setenv("HANDOVER_TODAY", SOON.isoformat())
    assert site.standing(Gate.decision) == "conditional_go"
    monkeypatch.setenv("HANDOVER_TODAY", (SOON + dt.timedelta(days=1)).isoformat())
    assert site.standing(Gate.decision) == "lapsed"
    assert site.refs("gates", "lapsed") == ["GAT-0001"]
    with site.workspace.read() as connection:
        said = [str(each) for each in alarms(connection, site.project)]
    assert said == [
        "The pass of “Ready for the run” has lapsed: condition CND-0001, “Paint it”, ran out on 30 May 2026."
    ]


def test_condition_that_is_fulfilled_in_time_keeps_the_pass(site: ReadySite, monkeypatch: pytest.MonkeyPatch) -> None:
    _, condition = conditional(site)
    with pytest.raises(Refused, match="for somebody else"):
        site.take("conditions", condition, "fulfil", evidence="Photo", confirmed_by=site.tech)
    site.take("conditions", condition, "fulfil", evidence="Photo", confirmed_by=site.ops)
    monkeypatch.setenv("HANDOVER_TODAY", (SOON + dt.timedelta(days=9)).isoformat())
    assert site.standing(Gate.decision) == "conditional_go"


def test_condition_that_is_fulfilled_too_late_does_not_give_the_pass_back(
    site: ReadySite, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, condition = conditional(site)
    monkeypatch.setenv("HANDOVER_TODAY", (SOON + dt.timedelta(days=3)).isoformat())
    site.take("conditions", condition, "fulfil", evidence="Photo", confirmed_by=site.ops)
    assert site.standing(Gate.decision) == "lapsed"
    assert site.refs("conditions", "ran_out") == ["CND-0001"]


def test_decided_review_is_never_changed_and_a_new_one_is_a_new_record(
    site: ReadySite, monkeypatch: pytest.MonkeyPatch
) -> None:
    review, condition = conditional(site)
    with pytest.raises(Refused, match="A new review changes it"):
        site.change("conditions", condition, due_on=SOON + dt.timedelta(days=30))
    with pytest.raises(Refused, match="takes a new review"):
        site.row(GateCondition(review_id=review, title="One more", owner_id=site.tech, due_on=SOON))
    with pytest.raises(NotLawful, match="can't be deleted"), site.workspace.edit("x", project=site.project) as work:
        work.delete(work.get(GateCondition, condition))
    with pytest.raises(Refused, match="can't be changed"):
        site.change("gate-reviews", review, planned_on=SOON)
    monkeypatch.setenv("HANDOVER_TODAY", (SOON + dt.timedelta(days=1)).isoformat())
    again = site.review()
    assert site.stored(GateReview, again)["number"] == 2
    site.sign(again, "no_go")
    site.take("gate-reviews", again, "no_go", no_go_because="Not painted")
    assert site.standing(Gate.decision) == "no_go"
    assert site.stored(GateReview, review)["status"] == "conditional_go"
    undo(site.workspace)
    assert site.standing(Gate.decision) == "lapsed"


def test_met_criterion_of_which_something_is_open_again_stands_against_go(site: ReadySite) -> None:
    key = site.criterion(counted="punches", system_id=site.system)
    site.take("criteria", key, "meet", met_by=site.ops, evidence="None open")
    site.row(Punch(description="Leak", system_id=site.system))
    review = site.review()
    site.sign(review, "go")
    with pytest.raises(Refused, match="said to be met while what it counts is open"):
        site.take("gate-reviews", review, "go")
