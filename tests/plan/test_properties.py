"""What holds for every plan, whatever it is made of."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from handover.plan.calendar import Calendar, Shift, round_the_clock, standard
from handover.plan.paths import critical_paths, driving_chain
from handover.plan.schedule import Schedule, reschedule, schedule
from handover.plan.values import Constraint, LagUnit, Link, LinkType, Plan, PlanTask
from handover.plan.worktime import WorkTime, moment, when
from tests.plan.building import START

CALENDARS = (
    standard(),
    round_the_clock(),
    Calendar("nights", week=((Shift(0, 360), Shift(1320, 1440)),) * 4 + ((), (), (Shift(600, 660),))),
)
MANY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

durations = st.integers(0, 3000)
lags = st.integers(-900, 2000)


@st.composite
def plans(draw: st.DrawFn, constraints: bool = False, leads: bool = True) -> Plan:
    """Plans of tasks in order, each linked to some before it, on three calendars; some under summaries."""
    count = draw(st.integers(1, 9))
    tasks, links = [], []
    for n in range(count):
        kind = draw(st.sampled_from(list(Constraint))) if constraints else Constraint.ASAP
        date = draw(st.datetimes(START, START.replace(month=3))) if kind.dated else None
        tasks.append(
            PlanTask(
                str(n),
                parent=draw(st.sampled_from([None, None, "s"])),
                duration=draw(durations),
                elapsed=draw(st.sampled_from([False, False, False, True])),
                calendar=draw(st.sampled_from([None, None, *(calendar.id for calendar in CALENDARS)])),
                constraint=kind,
                constraint_date=date,
            )
        )
        for before in draw(st.sets(st.integers(0, n - 1), max_size=3)) if n else ():
            lag = draw(st.just(0) | lags)
            unit = draw(st.sampled_from([LagUnit.WORKING, LagUnit.WORKING, LagUnit.ELAPSED]))
            type = draw(st.sampled_from(list(LinkType)))
            links.append(Link(str(before), str(n), type, lag if leads else abs(lag), unit))
    return Plan(START, (*tasks, PlanTask("s"), PlanTask("under s", parent="s")), tuple(links), CALENDARS)


def time_of(found: Schedule, id: str) -> WorkTime:
    return found.network.times[found.network.outline.index[id]]


@MANY
@given(plans())
def test_no_task_starts_before_its_links_allow(plan: Plan) -> None:
    found = schedule(plan)

    for link in plan.links:
        before, after = found[link.predecessor], found[link.successor]
        time = time_of(found, link.successor)
        held = before.finish if link.type in (LinkType.FS, LinkType.FF) else before.start
        holds = after.start if link.type in (LinkType.FS, LinkType.SS) else after.finish
        bound = moment(held)
        if link.lag:
            bound = bound + round(link.lag) if link.lag_unit is LagUnit.ELAPSED else time.add(bound, round(link.lag))
        assert time.before(moment(holds)) >= time.before(bound), link


@MANY
@given(plans())
def test_each_task_takes_its_duration_and_waits_for_the_start(plan: Plan) -> None:
    found = schedule(plan)

    for task in plan.tasks[:-2]:
        dates, time = found[task.id], time_of(found, task.id)
        assert time.before(moment(dates.finish)) - time.before(moment(dates.start)) == task.duration
        assert dates.start >= START


@MANY
@given(plans())
def test_float_is_never_below_zero_without_a_constraint(plan: Plan) -> None:
    found = schedule(plan)

    assert not [problem for problem in found.problems if "lag" not in problem.message]
    for dates in found:
        assert dates.free_float >= 0
        assert dates.total_float >= 0 or dates.summary


@MANY
@given(plans())
def test_some_chain_of_drivers_gives_the_finish(plan: Plan) -> None:
    found = schedule(plan)

    last = max((dates for dates in found if not dates.summary), key=lambda dates: dates.finish)
    assert last.finish == found.finish
    assert last.critical
    chain = [found[id] for id in driving_chain(found, last.id)]
    assert chain[0].driver is None
    assert chain[-1] == last


@MANY
@given(plans(leads=False), st.data())
def test_adding_a_link_never_makes_the_finish_earlier(plan: Plan, data: st.DataObject) -> None:
    assume(len(plan.tasks) > 3)
    after = data.draw(st.integers(1, len(plan.tasks) - 3))
    before = data.draw(st.integers(0, after - 1))
    type = data.draw(st.sampled_from([LinkType.FS, LinkType.SS, LinkType.FF, LinkType.SF]))
    more = replace(plan, links=(*plan.links, Link(str(before), str(after), type)))

    assert schedule(more).finish >= schedule(plan).finish


@MANY
@given(plans(constraints=True), st.randoms(use_true_random=False))
def test_the_order_of_tasks_and_links_changes_no_date(plan: Plan, random_: random.Random) -> None:
    tasks, links = list(plan.tasks), list(plan.links)
    random_.shuffle(tasks)
    random_.shuffle(links)
    shuffled = schedule(replace(plan, tasks=tuple(tasks), links=tuple(links)))

    for dates in schedule(plan):
        assert shuffled[dates.id][:-2] == dates[:-2]


@MANY
@given(plans(), st.data())
def test_moving_a_task_by_its_free_float_moves_no_other(plan: Plan, data: st.DataObject) -> None:
    found = schedule(plan)
    task = data.draw(st.sampled_from(plan.tasks[:-2]))
    dates, time = found[task.id], time_of(found, task.id)
    assume(dates.free_float and task.duration)

    later = when(time.start_at(time.before(moment(dates.start)) + dates.free_float))
    moved = reschedule(found, replace(task, constraint=Constraint.START_NO_EARLIER, constraint_date=later))

    for other in found:
        if other.id.isdigit() and other.id != task.id:
            their = time_of(found, other.id)
            assert their.before(moment(moved[other.id].start)) <= their.before(moment(other.start)), other.id


@MANY
@given(plans(constraints=True), st.data())
def test_rescheduling_one_task_is_scheduling_the_changed_plan(plan: Plan, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(plan.tasks) - 3))
    changed = replace(plan.tasks[at], duration=data.draw(durations), constraint=Constraint.ASAP)
    tasks = (*plan.tasks[:at], changed, *plan.tasks[at + 1 :])

    again = schedule(replace(plan, tasks=tasks))
    quick = reschedule(schedule(plan), changed)

    assert list(quick) == list(again)
    assert quick.problems == again.problems


@MANY
@given(plans())
def test_paths_are_ranked_share_no_task_and_start_with_the_critical_one(plan: Plan) -> None:
    found = schedule(plan)
    paths = critical_paths(found, most=99)

    floats = [path.float_minutes for path in paths]
    tasks = [id for path in paths for id in path.tasks]
    assert floats[0] == 0
    assert len(tasks) == len(set(tasks)) == len(plan.tasks) - 1
    assert found[paths[0].tasks[-1]].finish == found.finish


@MANY
@given(st.sampled_from(CALENDARS), st.integers(-400_000, 400_000), st.integers(0, 20_000))
def test_working_time_adds_up(calendar: Calendar, ahead: int, minutes: int) -> None:
    time = time_of(schedule(Plan(START, (PlanTask("a", calendar=calendar.id),), (), CALENDARS)), "a")
    at = moment(START) + ahead

    end = time.add(at, minutes)
    assert time.before(end) - time.before(at) == minutes
    assert end >= at
    assert time.before(time.add(end, -minutes)) == time.before(at)
    assert time.previous_finish(at) <= at <= time.next_start(at)
    assert time.next_start(time.next_start(at)) == time.next_start(at)
    assert time.rests(at) == (time.previous_finish(at) < at < time.next_start(at))
