"""Plans in words, for the tests of the schedule."""

from __future__ import annotations

from datetime import datetime

from handover.plan.schedule import Schedule, schedule
from handover.plan.values import LagUnit, Link, LinkType, Plan, PlanTask, TaskKind
from tests.plan.large_plan import made_up, oracle

DAY = 480
#: A Monday.
START = datetime(2026, 1, 5, 8)


def at(month: int, day: int, hour: int = 8, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute)


def a_task(id: str, days: float = 1, **values: object) -> PlanTask:
    return PlanTask(id, id.upper(), duration=round(days * DAY), **values)  # type: ignore[arg-type]  # as named


def a_link(text: str) -> Link:
    """``a>b`` is finish to start; ``a>b SS+2d``, ``a>b FF-4h``, ``a>b FS+3ed``, ``a>b SS+50%``."""
    ends, _, rest = text.partition(" ")
    before, after = ends.split(">")
    type = LinkType(rest[:2]) if rest else LinkType.FS
    lag = rest[2:]
    for ending, minutes, unit in (
        ("e%", 1, LagUnit.ELAPSED_PERCENT),
        ("%", 1, LagUnit.PERCENT),
        ("ed", 1440, LagUnit.ELAPSED),
        ("d", DAY, LagUnit.WORKING),
        ("h", 60, LagUnit.WORKING),
    ):
        if lag.endswith(ending):
            return Link(before, after, type, float(lag.removesuffix(ending)) * minutes, unit)
    return Link(before, after, type)


def a_plan(*tasks: PlanTask, links: str = "", **values: object) -> Plan:
    """A plan from a Monday on; ``links`` is a list of ``a_link`` separated by commas."""
    drawn = tuple(a_link(text.strip()) for text in links.split(",") if text.strip())
    return Plan(START, tasks, drawn, **values)  # type: ignore[arg-type]  # as named


def scheduled(*tasks: PlanTask, links: str = "", **values: object) -> Schedule:
    return schedule(a_plan(*tasks, links=links, **values))


def generated(tasks: int, links: int, mixed: bool = True) -> tuple[Plan, list[dict[str, int]]]:
    """A large plan, with the oracle's dates in working days."""
    packages = made_up(tasks, links, mixed=mixed)
    made: list[PlanTask] = []
    drawn: list[Link] = []
    for number, package in enumerate(packages):
        made.append(PlanTask(f"g{number}", kind=TaskKind.SUMMARY))
        for task in package:
            made.append(PlanTask(str(task.id), task.name, parent=f"g{number}", duration=task.days * DAY))
            drawn += [Link(str(b), str(task.id), LinkType(kind), lag * DAY) for b, kind, lag in task.before]
    return Plan(START, tuple(made), tuple(drawn)), oracle(packages)
