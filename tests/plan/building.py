"""Plans in words, for the tests of the schedule."""

from __future__ import annotations

import importlib.util
import sys
from datetime import datetime
from pathlib import Path
from types import ModuleType

from handover.plan.schedule import Schedule, schedule
from handover.plan.values import LagUnit, Link, LinkType, Plan, PlanTask, TaskKind

DAY = 480
#: A Monday.
START = datetime(2026, 1, 5, 8)
#: Where the generator of large plans lies, beside the repository.
TOOLS = Path(__file__).resolve().parents[3] / "shared" / "tools"


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
    """A large plan of the shared generator, with the oracle's dates in working days; needs ``TOOLS``."""
    tool = _generator()
    groups, rows = tool.build(tasks, links, mixed=mixed)
    made: list[PlanTask] = []
    drawn: list[Link] = []
    for _, group, members in groups:
        made.append(PlanTask(f"g{group}", kind=TaskKind.SUMMARY))
        for row in members:
            made.append(PlanTask(str(row["id"]), row["name"], parent=f"g{group}", duration=row["dur"] * DAY))
            drawn += [
                Link(str(before), str(row["id"]), LinkType(type), lag * DAY) for before, type, lag in row["preds"]
            ]
    return Plan(START, tuple(made), tuple(drawn)), tool.cpm(rows)[1]


def _generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gen_plan", TOOLS / "gen_plan.py")
    assert spec is not None and spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    sys.modules.setdefault("gen_plan", tool)
    spec.loader.exec_module(tool)
    return tool
