"""Whatever is wrong with a plan is told at its task, and the rest is scheduled."""

from __future__ import annotations

from datetime import datetime

import pytest

from handover.plan.calendar import Calendar, CalendarException, standard
from handover.plan.schedule import Schedule, schedule
from handover.plan.values import Constraint, Labour, Link, Plan, PlanTask
from handover.plan.worktime import FIRST_DAY
from tests.plan.building import START, a_task, at, scheduled

IDLE = Calendar("idle", "Nobody works", week=((),) * 7)


def told(found: Schedule) -> list[tuple[str | None, str]]:
    return [(problem.task, str(problem)) for problem in found.problems]


def test_a_cycle_is_the_list_of_its_tasks_and_the_rest_is_scheduled() -> None:
    tasks = [a_task(id) for id in "abcdef"]
    found = scheduled(*tasks, links="a>b,b>c,c>d,d>b,d>e")

    (problem,) = found.problems
    assert problem.tasks == ("b", "c", "d")
    assert "B → C → D → B" in str(problem)
    assert found["b"].start == at(1, 6)
    assert found["c"].start == found["d"].start == found["f"].start == START
    assert found["e"].start == at(1, 6)


def test_two_cycles_are_two_problems() -> None:
    found = scheduled(*[a_task(id) for id in "abcde"], links="a>b,b>a,c>d,d>e,e>c")

    assert [problem.tasks for problem in found.problems] == [("a", "b"), ("c", "d", "e")]


def test_a_cycle_through_a_summary_names_it() -> None:
    found = scheduled(a_task("s"), a_task("a", parent="s"), a_task("b"), links="s>b,b>a")

    (problem,) = found.problems
    assert set(problem.tasks) == {"s", "a", "b"}


def test_a_very_long_chain_with_a_cycle_at_its_end_is_no_trouble() -> None:
    count = 20_000
    tasks = tuple(PlanTask(str(n), duration=1) for n in range(count))
    links = [Link(str(n), str(n + 1)) for n in range(count - 1)]
    found = schedule(Plan(START, tasks, (*links, Link(str(count - 1), "1"))))

    (problem,) = found.problems
    assert len(problem.tasks) == count - 1


def test_a_very_deep_outline_is_no_trouble() -> None:
    count = 3_000
    tasks = tuple(PlanTask(str(n), parent=str(n - 1) if n else None, duration=480) for n in range(count))
    found = schedule(Plan(START, (*tasks, a_task("z")), (Link("0", "z"), Link("z", "1"))))

    assert found["z"].start > START or found.problems


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("a>a", "linked to itself"),
        ("s>a", "one stands under the other"),
        ("a>s", "one stands under the other"),
        ("b>s FF", "can't hold its finish"),
        ("b>s SF", "can't hold its finish"),
        ("b>x", "leads to a task that is not there"),
        ("x>b", "leads to a task that is not there"),
    ],
)
def test_a_link_that_can_t_be_honoured_is_told(link: str, said: str) -> None:
    found = scheduled(a_task("s"), a_task("a", 2, parent="s"), a_task("b", 3), links=link)

    ((task, text),) = told(found)
    assert said in text
    assert task in ("a", "b", "s")
    assert found["a"].start == found["b"].start == START


def test_a_lead_past_the_start_is_told() -> None:
    found = scheduled(a_task("a", 2), a_task("b", 1), links="a>b FS-5d")

    ((task, text),) = told(found)
    assert task == "b" and "before the plan's start" in text
    assert found["b"].start == START


@pytest.mark.parametrize(
    ("calendars", "task", "said"),
    [
        ((standard(), IDLE), a_task("a", calendar="idle"), "no working time in its week"),
        ((standard(),), a_task("a", calendar="none"), "no calendar none"),
        ((standard(), Calendar("x", base="x")), a_task("a", calendar="x"), "based on itself"),
        ((standard(), Calendar("x", base="y")), a_task("a", calendar="x"), "is based on y"),
        (
            (standard(), Calendar("w", week=((),) * 6 + (((0, 60),),))),  # type: ignore[arg-type]  # a plain pair
            a_task("a", calendar="w", labour=(Labour("standard", 480),)),
            "no working time in common",
        ),
    ],
)
def test_a_calendar_that_can_t_be_used_is_told(calendars: tuple[Calendar, ...], task: PlanTask, said: str) -> None:
    found = scheduled(task, a_task("b"), calendars=calendars)

    assert any(said in text for _, text in told(found))
    assert found["a"].finish == at(1, 5, 17)
    assert found["b"].finish == at(1, 5, 17)


def test_a_plan_on_an_idle_calendar_is_scheduled_on_a_usual_week() -> None:
    found = scheduled(a_task("a", 2), calendars=(IDLE,), calendar="idle")

    assert found["a"].finish == at(1, 6, 17)
    assert told(found)


def test_a_holiday_without_end_is_told_and_doesn_t_hang() -> None:
    forever = CalendarException(datetime(1900, 1, 1).date(), datetime(2299, 1, 1).date())
    found = scheduled(a_task("a", 2), a_task("b"), links="a>b", calendars=(standard(exceptions=[forever]),))

    assert len(list(found)) == 2
    assert found.finish.toordinal() > FIRST_DAY
    assert any("years that a plan can span" in text for _, text in told(found))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"constraint": Constraint.START_NO_EARLIER}, "without its date"),
        ({"constraint": Constraint.MUST_START_ON, "constraint_date": datetime(2126, 3, 1, 8)}, "a century away"),
        ({"deadline": datetime(1026, 3, 1, 8)}, "a century away"),
        ({"actual_finish": at(1, 6), "actual_start": at(1, 7)}, "finished before it started"),
        ({"manual": True, "start": at(1, 7), "finish": at(1, 6)}, "finish before it starts"),
        ({"duration": -5}, "below zero"),
        ({"duration": 10**9}, "more than a century"),
    ],
)
def test_a_value_that_can_t_be_meant_is_told(values: dict[str, object], said: str) -> None:
    values = {"duration": 480, **values}
    found = schedule(Plan(START, (PlanTask("a", "A", **values), a_task("b")), (Link("a", "b"),)))  # type: ignore[arg-type]

    ((task, text),) = told(found)
    assert task == "a" and said in text
    assert len(list(found)) == 2


def test_progress_without_a_start_and_starts_after_the_data_date_are_told() -> None:
    found = scheduled(a_task("a", percent=50), a_task("b", actual_start=at(1, 9)), data_date=at(1, 7))

    assert [task for task, _ in told(found)] == ["a", "b"]


@pytest.mark.parametrize(
    ("tasks", "said"),
    [
        ((a_task("a"), a_task("a")), "Two tasks"),
        ((a_task("a", parent="x"),), "not there"),
        ((a_task("a", parent="b"), a_task("b", parent="a")), "under itself"),
        (
            (a_task("s", constraint=Constraint.MUST_START_ON, constraint_date=at(1, 6)), a_task("a", parent="s")),
            "is a summary task",
        ),
    ],
)
def test_a_broken_outline_is_told(tasks: tuple[PlanTask, ...], said: str) -> None:
    found = scheduled(*tasks)

    ((_, text),) = told(found)
    assert said in text
    assert found["a"].start == START
