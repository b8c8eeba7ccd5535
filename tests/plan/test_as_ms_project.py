"""Where MS Project goes its own way: levelling delays, summaries, work under way and tasks set by hand."""

from __future__ import annotations

from handover.plan.values import Constraint, Labour
from tests.plan.building import DAY, a_task, at, scheduled


def test_a_levelling_delay_makes_a_task_wait_and_its_predecessor_be_done_before() -> None:
    found = scheduled(a_task("a"), a_task("b", delay=2 * 1440), links="a>b")

    assert found["b"].start == at(1, 8)  # Tuesday and two days of the clock
    assert (found["a"].total_float, found["b"].total_float) == (0, 0)
    assert found["b"].late_start == found["b"].start


def test_a_summary_is_critical_by_its_own_float() -> None:
    early = a_task("a", 1, parent="s", deadline=at(1, 5, 17))
    found = scheduled(a_task("s"), early, a_task("b", 1, parent="s"), a_task("c", 9))

    assert found["a"].critical
    assert found["s"].total_float == 0 and found["s"].critical
    later = scheduled(a_task("s"), a_task("a", 2, parent="s"), a_task("c", 9))
    assert not later["s"].critical


def test_a_link_from_a_summary_leaves_its_tasks_their_free_float() -> None:
    found = scheduled(a_task("s"), a_task("a", 2, parent="s"), a_task("b"), a_task("c", 9), links="s>b")

    assert found["a"].free_float == found["a"].total_float > 0
    assert found["s"].free_float == 0


def test_a_task_under_way_binds_its_predecessor_where_it_went_on() -> None:
    begun = a_task("b", 4, actual_start=at(1, 6), percent=50, remaining=2 * DAY, resume=at(1, 9))
    found = scheduled(a_task("a", 1, actual_start=at(1, 5), percent=50), begun, a_task("c", 30), links="a>b")

    assert found["b"].total_float > found["a"].total_float
    assert found["a"].late_finish == at(1, 8, 17)


def test_a_summary_set_by_hand_holds_tasks_that_end_before_it() -> None:
    summary = a_task("s", manual=True, start=at(1, 5), finish=at(1, 9, 17))
    dated = a_task("b", 1, parent="s", constraint=Constraint.START_NO_EARLIER, constraint_date=at(1, 5))
    found = scheduled(summary, a_task("a", 2, parent="s"), dated, a_task("c", 20))

    assert found["a"].late_finish == at(1, 9, 17)
    assert found["b"].late_finish == found["c"].late_finish


def test_uneven_work_under_way_takes_what_is_left_of_it() -> None:
    split = (Labour("standard", 6 * DAY, 5 * DAY),)
    begun = a_task("a", 4, labour=split, actual_start=at(1, 5), percent=25, remaining=3 * DAY, resume=at(1, 6))

    assert scheduled(begun)["a"].finish == at(1, 12, 17)
    assert scheduled(a_task("a", 4, labour=split))["a"].finish == at(1, 12, 17)
