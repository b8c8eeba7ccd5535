"""The paths that decide the finish, ranked by how far they are from deciding it.

Like Primavera's "multiple float paths": the first path is the chain of drivers that ends at the finish; each next one
is the chain that joins those before with the least float between. AACE International Recommended Practice 49R-06 asks
for this ("near-critical paths"), because the total float alone doesn't tell which chain a task belongs to.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from heapq import heappop, heappush

from handover.plan.floats import gap
from handover.plan.network import FS, Arrow, Network
from handover.plan.passes import NOBODY
from handover.plan.schedule import Schedule


@dataclass(frozen=True, slots=True)
class CriticalPath:
    """A chain of tasks, each the driver of the next.

    Args:
        tasks: ids, from the first to the last.
        float_minutes: how far the whole chain can slip before it moves the plan's finish; zero on the critical path.
        joins: id of the task on an earlier path that it leads to, None where it ends by itself.
        start, finish: from when to when the chain reaches.
    """

    tasks: tuple[str, ...]
    float_minutes: int
    joins: str | None
    start: datetime
    finish: datetime


def critical_paths(schedule: Schedule, most: int = 5) -> list[CriticalPath]:
    """The ``most`` paths with the least float, the critical one first."""
    return _Search(schedule).paths(most)


def driving_chain(schedule: Schedule, id: str) -> tuple[str, ...]:
    """The ids of the tasks that decide when a task starts, from the first to the task itself; raises NotFound."""
    chain = [id]
    seen = {id}
    while (by := schedule[chain[-1]].driver) is not None and by not in seen:
        chain.append(by)
        seen.add(by)
    return tuple(reversed(chain))


class _Search:
    """Takes the nearest chain off a heap, as Dijkstra takes the nearest node."""

    def __init__(self, schedule: Schedule) -> None:
        self.schedule = schedule
        self.network: Network = schedule.network
        self._taken: set[int] = set()
        self._open: list[tuple[int, int, int, int]] = []  # float, minus its finish, node, the node that it leads to
        tasks, inactive = len(schedule.plan.tasks), self.network.outline.inactive
        early, end = schedule.early, schedule.spans.last
        for node in self.network.order:
            last = not self.network.plain_after[node] and not self.network.arrows_after[node]
            if node < tasks and not inactive[node] and (last or early.set_finish[node] == end):
                heappush(self._open, (schedule.floats.total[node], -early.set_finish[node], node, NOBODY))

    def paths(self, most: int) -> list[CriticalPath]:
        found: list[CriticalPath] = []
        while self._open and len(found) < most:
            slack, _, node, joins = heappop(self._open)
            if node in self._taken:
                continue
            path = self._path(node, slack, joins)
            if path is not None:
                found.append(path)
        return found

    def _path(self, node: int, slack: int, joins: int) -> CriticalPath | None:
        early, tasks = self.schedule.early, self.schedule.plan.tasks
        chain: list[int] = []
        while node != NOBODY and node not in self._taken:
            self._taken.add(node)
            self._offer(node, slack)
            if node < len(tasks):
                chain.append(node)
            node = early.driver[node]
        if not chain:
            return None
        chain.reverse()
        joined = None if joins == NOBODY else self.network.task_of(joins).id
        dates = [self.schedule[tasks[chain[0]].id], self.schedule[tasks[chain[-1]].id]]
        return CriticalPath(tuple(tasks[one].id for one in chain), slack, joined, dates[0].start, dates[1].finish)

    def _offer(self, node: int, slack: int) -> None:
        """Put the predecessors of a node on the heap, each with the float of the way through it."""
        network, early = self.network, self.schedule.early
        arrows = [Arrow(before, FS, 0, False) for before in network.plain_before[node]]
        for arrow in [*arrows, *network.arrows_before[node]]:
            if arrow.other not in self._taken:
                between = gap(network, early, arrow.other, arrow._replace(other=node))
                heappush(self._open, (slack + max(between, 0), -early.set_finish[arrow.other], arrow.other, node))
