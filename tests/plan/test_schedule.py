"""What each kind of link, constraint, calendar and progress does to the dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from handover.errors import NotFound
from handover.plan.calendar import Calendar, CalendarException, Shift, round_the_clock, standard
from handover.plan.schedule import reschedule, schedule
from handover.plan.values import Constraint, Labour
from handover.plan.worktime import moment
from tests.plan.building import DAY, START, a_plan, a_task, at, generated, scheduled


@pytest.mark.parametrize(
    ("link", "start", "finish"),
    [
        ("a>b", at(1, 7), at(1, 9, 17)),
        ("a>b FS+1d", at(1, 8), at(1, 12, 17)),
        ("a>b FS-1d", at(1, 6), at(1, 8, 17)),
        ("a>b FS+3ed", at(1, 12), at(1, 14, 17)),
        ("a>b FS+50%", at(1, 8), at(1, 12, 17)),
        ("a>b FS+100e%", at(1, 7, 9), at(1, 12, 9)),
        ("a>b SS", at(1, 5), at(1, 7, 17)),
        ("a>b SS+4h", at(1, 5, 13), at(1, 8, 12)),
        ("a>b FF", at(1, 5), at(1, 7, 17)),
        ("a>b FF+2d", at(1, 6), at(1, 8, 17)),
        ("a>b SF+4d", at(1, 6), at(1, 8, 17)),
    ],
)
def test_links_of_every_type_place_the_successor(link: str, start: datetime, finish: datetime) -> None:
    dates = scheduled(a_task("a", 2), a_task("b", 3), links=link)["b"]

    assert (dates.start, dates.finish) == (start, finish)


def test_floats_and_the_critical_path_follow_from_the_late_dates() -> None:
    found = scheduled(a_task("a", 2), a_task("b", 5), a_task("c", 1), a_task("d"), links="a>b,a>c,b>d,c>d")

    assert [found[id].total_float for id in "abcd"] == [0, 0, 4 * DAY, 0]
    assert found["c"].free_float == 4 * DAY
    assert [found[id].critical for id in "abcd"] == [True, True, False, True]
    assert (found["c"].late_start, found["c"].late_finish) == (at(1, 13), at(1, 13, 17))
    assert found["d"].driver == "b"
    assert found["a"].driver is None
    assert found.finish == at(1, 14, 17)


def test_the_critical_threshold_can_be_set() -> None:
    found = scheduled(a_task("a", 5), a_task("b", 3), critical_float=2 * DAY)

    assert found["b"].critical


def test_each_end_can_be_critical_by_itself() -> None:
    found = scheduled(a_task("a", 5), a_task("b", 3), every_end_critical=True)

    assert found["b"].critical and found["b"].total_float == 0


@pytest.mark.parametrize(
    ("kind", "when", "start", "finish"),
    [
        (Constraint.START_NO_EARLIER, at(1, 9), at(1, 9), at(1, 12, 17)),
        (Constraint.START_NO_EARLIER, at(1, 6), at(1, 7), at(1, 8, 17)),
        (Constraint.FINISH_NO_EARLIER, at(1, 12, 17), at(1, 9), at(1, 12, 17)),
        (Constraint.START_NO_LATER, at(1, 6), at(1, 6), at(1, 7, 17)),
        (Constraint.START_NO_LATER, at(1, 9), at(1, 7), at(1, 8, 17)),
        (Constraint.FINISH_NO_LATER, at(1, 7, 17), at(1, 6), at(1, 7, 17)),
        (Constraint.MUST_START_ON, at(1, 6), at(1, 6), at(1, 7, 17)),
        (Constraint.MUST_START_ON, at(1, 9), at(1, 9), at(1, 12, 17)),
        (Constraint.MUST_FINISH_ON, at(1, 9, 17), at(1, 8), at(1, 9, 17)),
        (Constraint.ALAP, None, at(1, 15), at(1, 16, 17)),
    ],
)
def test_constraints_place_the_task(kind: Constraint, when: datetime | None, start: datetime, finish: datetime) -> None:
    b = a_task("b", 2, constraint=kind, constraint_date=when)
    dates = scheduled(a_task("a", 2), b, a_task("z", 10), links="a>b")["b"]

    assert (dates.start, dates.finish) == (start, finish)


def test_a_constraint_against_the_links_is_kept_or_broken_as_chosen_and_told() -> None:
    b = a_task("b", 2, constraint=Constraint.MUST_START_ON, constraint_date=at(1, 6))
    kept = scheduled(a_task("a", 2), b, links="a>b")
    broken = scheduled(a_task("a", 2), b, links="a>b", honour_constraints=False)

    assert kept["b"].start == at(1, 6)
    assert kept["a"].total_float == kept["b"].total_float == -DAY
    assert broken["b"].start == at(1, 7)
    assert broken["b"].total_float == -DAY
    for found in (kept, broken):
        (problem,) = found.problems
        assert problem.task == "b" and "contradicts" in str(problem)


def test_a_task_as_late_as_possible_pushes_no_one() -> None:
    a = a_task("a", 2, constraint=Constraint.ALAP)
    found = scheduled(a, a_task("b", 1), a_task("z", 10), links="a>b")

    assert found["a"].finish == at(1, 15, 17)
    assert (found["b"].start, found["b"].finish) == (at(1, 16), at(1, 16, 17))
    assert found.finish == at(1, 16, 17)


def test_a_deadline_moves_nothing_but_the_float() -> None:
    found = scheduled(a_task("a", 3, deadline=at(1, 6, 17)), a_task("z", 10))

    assert found["a"].finish == at(1, 7, 17)
    assert found["a"].total_float == -DAY
    assert found["a"].critical


def test_a_plan_can_be_scheduled_from_its_finish() -> None:
    found = scheduled(a_task("a", 2), a_task("b", 3), links="a>b", from_finish=True, finish=at(1, 30, 17))

    assert (found["b"].start, found["b"].finish) == (at(1, 28), at(1, 30, 17))
    assert (found["a"].start, found.start) == (at(1, 26), at(1, 26))


def test_a_milestone_stands_at_the_end_of_a_working_day() -> None:
    found = scheduled(a_task("a", 5), a_task("m", 0), a_task("b"), links="a>m,m>b")

    assert found["m"].start == found["m"].finish == at(1, 9, 17)
    assert found["b"].start == at(1, 12)


def test_a_summary_spans_its_tasks_and_shares_their_criticality() -> None:
    found = scheduled(a_task("s"), a_task("a", 2, parent="s"), a_task("b", 5, parent="s"), a_task("c", 1))

    assert (found["s"].start, found["s"].finish) == (at(1, 5), at(1, 9, 17))
    assert found["s"].summary and found["s"].critical
    assert not found["b"].summary


def test_links_of_summaries_bind_the_tasks_below() -> None:
    tasks = [a_task("s"), a_task("a", 2, parent="s"), a_task("b", 4, parent="s"), a_task("t")]
    tasks += [a_task("c", 1, parent="t"), a_task("u", parent="t"), a_task("d", 2, parent="u")]
    found = scheduled(*tasks, links="s>t FS+1d")

    assert found["c"].start == found["d"].start == at(1, 12)
    assert found["a"].total_float == 2 * DAY
    assert found["b"].total_float == 0
    assert found["c"].driver == found["d"].driver == "b"


def test_a_link_from_the_start_of_a_summary_follows_its_first_task() -> None:
    tasks = [a_task("x", 3), a_task("s"), a_task("a", 1, parent="s"), a_task("b", 1, parent="s"), a_task("c", 1)]
    found = scheduled(*tasks, a_task("y", 2), links="x>a,y>b,s>c SS")

    assert found["c"].start == found["b"].start == at(1, 7)
    assert found["c"].driver == "b"


def test_a_constraint_on_a_summary_bounds_the_tasks_below() -> None:
    s = a_task("s", constraint=Constraint.START_NO_EARLIER, constraint_date=at(1, 8))
    t = a_task("t", constraint=Constraint.FINISH_NO_LATER, constraint_date=at(1, 6, 17))
    found = scheduled(s, a_task("a", parent="s"), t, a_task("b", parent="t"))

    assert found["a"].start == at(1, 8)
    assert found["b"].total_float == DAY


def test_inactive_tasks_move_nothing() -> None:
    found = scheduled(a_task("a", 9, inactive=True), a_task("b", 2), links="a>b")

    assert found["b"].start == START
    assert found.finish == at(1, 6, 17)
    assert not found["a"].critical


def test_a_task_under_an_inactive_summary_is_inactive() -> None:
    found = scheduled(a_task("s", inactive=True), a_task("a", 9, parent="s"), a_task("b", 2))

    assert found.finish == at(1, 6, 17)


def test_manual_tasks_stay_where_they_are_and_say_if_that_is_too_early() -> None:
    found = scheduled(a_task("a", 3), a_task("b", manual=True, start=at(1, 6), finish=at(1, 6, 17)), links="a>b")

    assert found["b"].start == at(1, 6)
    assert [problem.task for problem in found.problems] == ["b"]


def test_actual_dates_win_over_the_plan() -> None:
    a = a_task("a", 3, actual_start=at(1, 6), actual_finish=at(1, 9, 12), percent=100)
    found = scheduled(a, a_task("b", 1), links="a>b")

    assert (found["a"].start, found["a"].finish) == (at(1, 6), at(1, 9, 12))
    assert found["b"].start == at(1, 9, 13)
    assert not found["a"].critical and found["a"].total_float == 0


def test_what_is_not_done_lies_after_the_data_date() -> None:
    a = a_task("a", 4, actual_start=at(1, 5), percent=25)
    b = a_task("b", 4, actual_start=at(1, 5), remaining=1 * DAY)
    found = scheduled(a, b, a_task("c", 1), a_task("d", 1), links="a>d", data_date=at(1, 14))

    assert found["a"].finish == at(1, 16, 17)
    assert found["b"].finish == at(1, 14, 17)
    assert found["c"].start == at(1, 14)
    assert found["d"].start == at(1, 19)


def test_without_a_data_date_the_rest_follows_from_the_actual_start() -> None:
    found = scheduled(a_task("a", 4, actual_start=at(1, 6), percent=25))

    assert found["a"].finish == at(1, 9, 17)
    assert found["a"].late_start == at(1, 6)


def test_calendars_of_the_plan_and_of_a_task_count_its_time() -> None:
    holiday = standard(exceptions=[CalendarException(date(2026, 1, 6), date(2026, 1, 7), name="停工")])
    weekend = Calendar("weekend", week=((),) * 5 + ((Shift(480, 960),),) * 2)
    always = round_the_clock()
    plan = a_plan(
        a_task("a", 2),
        a_task("b", 2, calendar="weekend"),
        a_task("c", 3, calendar="24h"),
        a_task("e", 3, elapsed=True),
        calendars=(holiday, weekend, always),
    )
    found = schedule(plan)

    assert found["a"].finish == at(1, 8, 17)
    assert (found["b"].start, found["b"].finish) == (at(1, 10), at(1, 11, 16))
    assert found["c"].finish == at(1, 6, 8)
    assert found["e"].finish == at(1, 6, 8)


def test_floats_count_on_the_task_s_own_calendar() -> None:
    found = scheduled(a_task("a", 3, calendar="24h"), a_task("z", 5), calendars=(standard(), round_the_clock()))

    assert found["a"].total_float == moment(at(1, 9, 17)) - moment(at(1, 6))


def test_a_task_lasts_until_the_last_of_its_crews_is_done() -> None:
    night = Calendar("night", week=((Shift(1320, 1440),),) * 5 + ((),) * 2)
    a = a_task("a", 1, labour=(Labour("standard", 480), Labour("night", 240)))
    found = scheduled(a, calendars=(standard(), night))

    assert (found["a"].start, found["a"].finish) == (START, at(1, 7, 0))


def test_a_changed_task_is_rescheduled_as_if_from_new() -> None:
    plan = a_plan(a_task("a", 2), a_task("b", 3), a_task("c", 1), links="a>b,b>c FS+50%")
    before = schedule(plan)
    changes = [
        a_task("b", 5),
        a_task("a", 2, constraint=Constraint.START_NO_EARLIER, constraint_date=at(1, 14)),
        a_task("a", 2, actual_start=at(1, 5), actual_finish=at(1, 5, 17)),
        a_task("b", 3, inactive=True),
    ]

    for changed in changes:
        tasks = tuple(changed if task.id == changed.id else task for task in plan.tasks)
        assert list(reschedule(before, changed)) == list(schedule(replace(plan, tasks=tasks)))
    assert list(before) == list(schedule(plan))


def test_a_task_that_is_not_there_is_not_found() -> None:
    found = scheduled(a_task("a"))

    with pytest.raises(NotFound):
        found["b"]
    with pytest.raises(NotFound):
        reschedule(found, a_task("b"))


def test_a_plan_without_tasks_has_a_schedule() -> None:
    found = scheduled()

    assert list(found) == []
    assert found.start == found.finish == START


@pytest.mark.parametrize("mixed", [False, True])
def test_every_date_agrees_with_the_oracle(mixed: bool) -> None:
    plan, oracle = generated(3000, 5000, mixed)
    found = schedule(plan)
    worked = found.network.clocks.plan.number
    first = worked[moment(START)]

    for row in oracle:
        dates = found[str(row["id"])]
        ours = [
            (worked[moment(when)] - first) / DAY
            for when in (dates.early_start, dates.early_finish, dates.late_start, dates.late_finish)
        ]
        assert [*ours, dates.total_float / DAY] == [row["es"], row["ef"], row["ls"], row["lf"], row["tf"]]
        assert dates.critical == row["critical"]


def test_a_successor_of_what_began_before_the_plan_isn_t_held_back_to_its_start() -> None:
    early = a_task("a", 2, constraint=Constraint.START_NO_EARLIER, constraint_date=datetime(2025, 12, 1, 8))
    found = scheduled(early, a_task("b", 3), a_task("c", 9), links="a>b,a>c FF")

    assert found["b"].start == datetime(2025, 12, 3, 8)
    assert found["c"].start == datetime(2025, 12, 1, 8)


def test_a_summary_set_by_hand_keeps_its_dates_and_holds_its_tasks_back() -> None:
    s = a_task("s", manual=True, start=at(1, 6), finish=at(1, 20, 17))
    found = scheduled(s, a_task("a", 2, parent="s"), a_task("b"), links="s>b")

    assert (found["s"].start, found["s"].finish) == (at(1, 6), at(1, 20, 17))
    assert (found["a"].start, found["b"].start) == (at(1, 6), at(1, 21))
    assert found["a"].total_float > DAY
