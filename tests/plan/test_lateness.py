"""Until when tasks are due, and which are late."""

from __future__ import annotations

from datetime import date, datetime

from handover.plan.lateness import days_of, late_tasks
from tests.plan.building import a_task, at, scheduled


def test_late_tasks_are_those_that_should_be_done_then_those_that_should_have_started() -> None:
    found = scheduled(
        a_task("a", 2, actual_start=at(1, 5), percent=50),
        a_task("b", 9, deadline=at(1, 6, 17)),
        a_task("c", 9, start=at(1, 5)),
        a_task("d", 1, actual_start=at(1, 5), actual_finish=at(1, 5, 17)),
    )

    late = late_tasks(found, date(2026, 1, 9))

    assert [(each.id, each.days, each.begun) for each in late] == [("a", 3, True), ("b", 3, True), ("c", 4, False)]


def test_a_finish_that_was_entered_counts_although_the_data_date_moved_the_schedule_on() -> None:
    found = scheduled(a_task("a", 2, start=at(1, 5), finish=datetime(2026, 1, 7)), data_date=at(1, 12))

    days = days_of(found)["a"]
    assert days.finish_by == date(2026, 1, 6)  # the midnight at its end belongs to the day
    assert days.finish == date(2026, 1, 13)
    assert [each.id for each in late_tasks(found, date(2026, 1, 12))] == ["a"]


def test_a_task_without_dates_of_its_own_is_due_when_the_schedule_ends_it() -> None:
    found = scheduled(a_task("a", 2), a_task("b", 3), links="a>b")

    assert days_of(found)["b"].finish_by == date(2026, 1, 9)


def test_a_summary_is_never_late_and_a_deadline_that_the_schedule_misses_is_in_doubt() -> None:
    found = scheduled(a_task("s"), a_task("a", 5, parent="s", deadline=at(1, 7, 17)))

    days = days_of(found)
    assert days["s"].finish_by is None
    assert days["a"].in_doubt
    assert [each.id for each in late_tasks(found, date(2026, 1, 30))] == ["a"]
