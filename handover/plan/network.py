"""A plan compiled for the passes: nodes by number, links by node, calendars ready, order known."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import NamedTuple, TypeVar

from handover.plan.activity import Activity
from handover.plan.behaviour import Behaviour, behaviour_of, is_plain, usual_floor
from handover.plan.clocks import Clocks
from handover.plan.outline import Outline
from handover.plan.problem import PlanProblem
from handover.plan.values import Constraint, Plan, PlanTask
from handover.plan.worktime import LATEST, WorkTime

#: The types of links as the loops of the passes tell them apart.
FS, SS, FF, SF = range(4)
#: From the tasks of a summary to the node that stands for its start: only the earliest of them is bound.
FIRST = 4


class Arrow(NamedTuple):
    """A link other than plain finish to start, seen from one of its ends.

    Args:
        other: the node at its other end.
        lag: minutes, on the successor's calendar or, if ``elapsed``, by the clock.
    """

    other: int
    type: int
    lag: int
    elapsed: bool


_NO_NODES: list[int] = []
_NO_ARROWS: list[Arrow] = []
T = TypeVar("T")


@dataclass(slots=True)
class Network:
    """What the passes walk. The first ``len(plan.tasks)`` nodes are the plan's tasks, in their order.

    Attributes:
        times, durations: the calendar of each node and its working minutes on it.
        floors: the moment before which a node can't start.
        caps: the moment after which a node's finish is late.
        activities: what a node is if it isn't just a task between its links.
        late: whether a node is to be as late as possible.
        plain_before, plain_after: links finish to start without lag, from each node back and on. Nodes without any
            share one empty list, so none of these lists is changed in place but by ``join``.
        arrows_before, arrows_after: all other links.
        order: the nodes that are scheduled, each after those before it.
        own_problems: what is wrong with a task by itself.
        problems: what is wrong with the outline, the calendars and the links.
        stands_for: of the nodes after the tasks, the summary that each stands for.
        percent: nodes from whose duration a lag is taken.
        by_hand: the summaries that have dates of their own.
    """

    plan: Plan
    outline: Outline
    clocks: Clocks
    times: list[WorkTime] = field(default_factory=list)
    durations: list[int] = field(default_factory=list)
    floors: list[int] = field(default_factory=list)
    caps: list[int] = field(default_factory=list)
    activities: list[Activity | None] = field(default_factory=list)
    late: set[int] = field(default_factory=set)
    plain_before: list[list[int]] = field(default_factory=list)
    plain_after: list[list[int]] = field(default_factory=list)
    arrows_before: list[list[Arrow]] = field(default_factory=list)
    arrows_after: list[list[Arrow]] = field(default_factory=list)
    order: list[int] = field(default_factory=list)
    own_problems: dict[int, list[PlanProblem]] = field(default_factory=dict)
    problems: list[PlanProblem] = field(default_factory=list)
    stands_for: list[int] = field(default_factory=list)
    percent: set[int] = field(default_factory=set)
    by_hand: list[int] = field(default_factory=list)

    def task_of(self, node: int) -> PlanTask:
        """The task that a node is, or the summary that it stands for."""
        tasks = self.plan.tasks
        return tasks[node] if node < len(tasks) else tasks[self.stands_for[node - len(tasks)]]

    def summary_of(self, node: int) -> int:
        """The task that a node is, or the summary that it stands for, by number."""
        tasks = len(self.plan.tasks)
        return node if node < tasks else self.stands_for[node - tasks]

    def gathers(self, node: int, after: int) -> bool:
        """Whether an arrow only leads from a task up to the stand-in of its own summary."""
        return self.outline.parent[self.summary_of(node)] == self.summary_of(after)

    def opens(self, node: int) -> bool:
        """Whether a stand-in is the gate before the tasks of its summary."""
        summary, parent = self.summary_of(node), self.outline.parent
        return any(parent[self.summary_of(after)] == summary for after in self.plain_after[node])

    def take(self, node: int, task: PlanTask) -> None:
        """Set what a task says of itself."""
        found = behaviour_of(task, self.plan, self.clocks)
        self.times[node] = found.time
        self.durations[node] = found.duration
        self.floors[node] = found.floor
        self.caps[node] = found.cap
        self.activities[node] = found.activity
        self.own_problems.pop(node, None)
        if found.problems:
            self.own_problems[node] = found.problems
        self.late.discard(node)
        if is_late(task, self.plan):
            self.late.add(node)

    def fill(self) -> None:
        """Make a node of each task of the plan, without links yet."""
        plan, tasks = self.plan, self.plan.tasks
        self.times = [self.clocks.plan] * len(tasks)
        self.durations = [task.duration for task in tasks]
        self.floors = [usual_floor(plan)] * len(tasks)
        self.caps = [LATEST] * len(tasks)
        self.activities = [None] * len(tasks)
        self.plain_before, self.plain_after = [_NO_NODES] * len(tasks), [_NO_NODES] * len(tasks)
        self.arrows_before, self.arrows_after = [_NO_ARROWS] * len(tasks), [_NO_ARROWS] * len(tasks)
        for node, task in enumerate(tasks):
            if not is_plain(task, plan):
                self.take(node, task)

    def add(self, found: Behaviour) -> int:
        """Another node, without links yet; its number."""
        self.times.append(found.time)
        self.durations.append(found.duration)
        self.floors.append(found.floor)
        self.caps.append(found.cap)
        self.activities.append(found.activity)
        self.plain_before.append(_NO_NODES)
        self.plain_after.append(_NO_NODES)
        self.arrows_before.append(_NO_ARROWS)
        self.arrows_after.append(_NO_ARROWS)
        return len(self.times) - 1

    def join(self, before: int, after: int, type: int = FS, lag: int = 0, elapsed: bool = False) -> None:
        """Draw one link."""
        if type == FS and not lag:
            _put(self.plain_before, after, before)
            _put(self.plain_after, before, after)
        else:
            _put(self.arrows_before, after, Arrow(before, type, lag, elapsed))
            _put(self.arrows_after, before, Arrow(after, type, lag, elapsed))

    def changed(self, task: PlanTask) -> Network | None:
        """The same network with one task's own values changed, or None where its links must be compiled anew."""
        node = self.outline.index[task.id]
        before = self.plan.tasks[node]
        if (
            node in self.outline.children
            or (task.parent, task.inactive) != (before.parent, before.inactive)
            or (node in self.percent and (task.duration, task.elapsed) != (before.duration, before.elapsed))
        ):
            return None
        other = replace(
            self,
            plan=replace(self.plan, tasks=(*self.plan.tasks[:node], task, *self.plan.tasks[node + 1 :])),
            times=list(self.times),
            durations=list(self.durations),
            floors=list(self.floors),
            caps=list(self.caps),
            activities=list(self.activities),
            late=set(self.late),
            own_problems=dict(self.own_problems),
        )
        other.take(node, task)
        return other


def is_late(task: PlanTask, plan: Plan) -> bool:
    """Whether a task is to be scheduled as late as possible."""
    return (task.constraint is Constraint.ALAP or plan.from_finish) and not task.manual and task.actual_start is None


def _put(lists: list[list[T]], node: int, item: T) -> None:
    if lists[node]:
        lists[node].append(item)
    else:
        lists[node] = [item]
