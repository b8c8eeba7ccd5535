"""The critical-path method: when each task can happen, when it must, and what decides it.

Sources: J. E. Kelley and M. R. Walker, "Critical-path planning and scheduling", Proc. Eastern Joint Computer
Conference, 1959 (forward and backward pass, float); J. W. Fondahl, Stanford Technical Report 9, 1961, and
K. C. Crandall, ASCE J. Constr. Div. 99 (1973) (precedence links with lags); AACE International Recommended Practice
49R-06 "Identifying the critical path" and DCMA "14-Point Assessment" (float thresholds, negative float, leads).

Where tools differ, the plan follows MS Project, and says so here:

- A constraint that is honoured wins over the links (MS Project); ``honour_constraints=False`` lets links win and float
  turn negative, as P6 does with all but its mandatory constraints.
- A lag counts on the successor's calendar (MS Project); P6 can be set to four others.
- A task under way keeps its actual start. Without a data date its rest follows from there (MS Project until told to
  reschedule); with one, the rest waits for the data date and for the predecessors ("retained logic", P6's default).
- Total float is the smaller of start and finish float, in minutes of the task's calendar; of a task under way it is the
  finish float. What is done has none and isn't critical.
- A summary reaches from its first task to its last; it is critical by its own float. P6 has no links to summaries;
  here, as in MS Project, a link to one holds every task below, a link from one waits for the last of them.
- A milestone may stand at the end of a working day; the next task starts with the next one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from handover.errors import NotFound
from handover.i18n import N_
from handover.plan.collection import uncollected
from handover.plan.floats import Floats, floats
from handover.plan.linking import compile_plan
from handover.plan.network import Network
from handover.plan.passes import NOBODY, Early, Late, backward, forward
from handover.plan.problem import PlanProblem
from handover.plan.rollup import Spans, roll_up
from handover.plan.values import Plan, PlanTask
from handover.plan.verdicts import broken_promises
from handover.plan.worktime import moment, when


class TaskDates(NamedTuple):
    """What the schedule says of one task.

    Attributes:
        early_start, early_finish: as soon as links, constraints and progress allow.
        late_start, late_finish: as late as the plan's finish, deadlines and constraints allow.
        start, finish: when it is planned: the early dates, or the late ones of a task as late as possible.
        total_float: minutes on its calendar by which it can slip without moving the plan's finish or breaking a
            deadline or constraint; below zero if it already does.
        free_float: minutes by which it can slip without moving any other task.
        critical: whether the total float is at or below the plan's threshold, and it is not done.
        driver: id of the predecessor that decides its start; None where the plan's start, its constraint, the data
            date or its progress does.
        summary: whether the dates are those of the tasks under it.
    """

    id: str
    early_start: datetime
    early_finish: datetime
    late_start: datetime
    late_finish: datetime
    start: datetime
    finish: datetime
    total_float: int
    free_float: int
    critical: bool
    driver: str | None
    summary: bool


class Schedule:
    """A scheduled plan. Dates are made when asked for, so that a chart pays only for the rows it shows.

    Attributes:
        plan: what was scheduled.
        problems: what is wrong with the plan; the rest of it is scheduled all the same.
    """

    def __init__(self, network: Network, early: Early, late: Late) -> None:
        self.plan = network.plan
        self.network = network
        self.early = early
        self.late = late
        self._floats: Floats | None = None
        self._spans: Spans | None = None
        self._problems: tuple[PlanProblem, ...] | None = None
        self._when: dict[int, datetime] = {}

    def __len__(self) -> int:
        return len(self.network.outline.index)

    def __iter__(self) -> Iterator[TaskDates]:
        """The tasks in the plan's order."""
        dropped = self.network.outline.dropped
        return (self._dates(node) for node in range(len(self.plan.tasks)) if node not in dropped)

    def __contains__(self, id: object) -> bool:
        return id in self.network.outline.index

    def __getitem__(self, id: str) -> TaskDates:
        """The dates of a task; raises NotFound."""
        node = self.network.outline.index.get(id)
        if node is None:
            raise NotFound(N_("The plan has no task {id}."), id=id)
        return self._dates(node)

    @property
    def start(self) -> datetime:
        """When the first task starts."""
        return self._moment(self.spans.first)

    @property
    def finish(self) -> datetime:
        """When the last task finishes."""
        return self._moment(self.spans.last)

    @property
    def problems(self) -> tuple[PlanProblem, ...]:
        """What is wrong with the plan, in the order of its tasks."""
        if self._problems is None:
            network = self.network
            own = [problem for node in sorted(network.own_problems) for problem in network.own_problems[node]]
            self._problems = (*network.problems, *own, *broken_promises(network, self.early))
        return self._problems

    @property
    def floats(self) -> Floats:
        """Total and free float and criticality of every node."""
        if self._floats is None:
            self._floats = floats(self.network, self.early, self.late)
        return self._floats

    @property
    def spans(self) -> Spans:
        """The dates of all tasks with those of the summaries rolled up."""
        if self._spans is None:
            with uncollected():
                self._spans = roll_up(self.network, self.early, self.late, self.floats)
        return self._spans

    def driver_of(self, node: int) -> int | None:
        """The node of the task that drives a node, looked up through the stand-ins of summaries."""
        by = self.early.driver[node]
        while by >= len(self.plan.tasks):
            by = self.early.driver[by]
        return None if by == NOBODY else by

    def _dates(self, node: int) -> TaskDates:
        spans = self.spans
        by = self.driver_of(node)
        made = self._moment
        return TaskDates(
            self.plan.tasks[node].id,
            made(spans.early_start[node]),
            made(spans.early_finish[node]),
            made(spans.late_start[node]),
            made(spans.late_finish[node]),
            made(spans.start[node]),
            made(spans.finish[node]),
            spans.total[node],
            spans.free[node],
            spans.critical[node],
            None if by is None else self.plan.tasks[by].id,
            node in self.network.outline.children,
        )

    def _moment(self, moment: int) -> datetime:
        found = self._when.get(moment)
        if found is None:
            found = self._when[moment] = when(moment)
        return found


def schedule(plan: Plan) -> Schedule:
    """Schedule a plan.

    Whatever is wrong with it (cycles, links that lead nowhere, constraints that contradict each other, calendars
    without working time) is told in ``Schedule.problems``, and all else is scheduled.
    """
    with uncollected():
        return scheduled(compile_plan(plan))


def reschedule(before: Schedule, task: PlanTask) -> Schedule:
    """The schedule with one task changed, as when its bar is dragged; links and the other tasks stay.

    Much faster than ``schedule``, because only the task itself is compiled again.

    Raises:
        NotFound: the plan has no task of this id.
    """
    node = before.network.outline.index.get(task.id)
    if node is None:
        raise NotFound(N_("The plan has no task {id}."), id=task.id)
    network = before.network.changed(task)
    if network is None:
        tasks = before.plan.tasks
        return schedule(replace(before.plan, tasks=(*tasks[:node], task, *tasks[node + 1 :])))
    if network.late or before.network.late or network.plan.from_finish:
        return scheduled(network)
    return _onward(before, network, node)


def _onward(before: Schedule, network: Network, node: int) -> Schedule:
    """The passes from a changed node on: nothing before it can start otherwise, nothing after it can be later."""
    at = network.order.index(node)
    early = forward(network, known=before.early, first=at)
    end = _end(network, early)
    alike = end == _end(network, before.early) and not network.stands_for and not network.plan.every_end_critical
    late = backward(network, end, early, before.late, at) if alike else backward(network, end, early)
    return Schedule(network, early, late)


def scheduled(network: Network) -> Schedule:
    """Run the passes over a compiled plan."""
    plan = network.plan
    if plan.from_finish and plan.finish is not None:
        return _back_from(network, moment(plan.finish))
    early = forward(network)
    late = backward(network, _end(network, early), early)
    if network.late:
        early = forward(network, late)
    return Schedule(network, early, late)


def _back_from(network: Network, end: int) -> Schedule:
    """Schedule a plan from its finish: everything as late as possible, its start what follows."""
    late = backward(network, end, None)
    begun = [late.start[node] for node in network.order if node < len(network.plan.tasks)]
    start = min(begun, default=end)
    given = moment(network.plan.start)
    network.floors = [start if floor == given else floor for floor in network.floors]
    early = forward(network)
    late = backward(network, end, early)
    return Schedule(network, forward(network, late), late)


def _end(network: Network, early: Early) -> int:
    inactive = network.outline.inactive
    tasks = len(inactive)
    finishes = [early.finish[node] for node in network.order if node < tasks and not inactive[node]]
    return max(finishes, default=moment(network.plan.start))
