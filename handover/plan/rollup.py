"""The dates to show: those of the passes for tasks, and from them those of the summaries."""

from __future__ import annotations

from dataclasses import dataclass

from handover.plan.activity import Fixed
from handover.plan.floats import Floats
from handover.plan.network import Network
from handover.plan.passes import Early, Late
from handover.plan.worktime import moment


@dataclass(slots=True)
class Spans:
    """The dates and floats to show, by position in the plan; moments and minutes.

    Attributes:
        begun, done: whether it has started, and whether it is over.
        first, last: when the plan starts and finishes.
    """

    early_start: list[int]
    early_finish: list[int]
    late_start: list[int]
    late_finish: list[int]
    start: list[int]
    finish: list[int]
    total: list[int]
    free: list[int]
    critical: list[bool]
    begun: list[bool]
    done: list[bool]
    first: int
    last: int


def roll_up(network: Network, early: Early, late: Late, floats: Floats) -> Spans:
    """Gather what is shown of each task and span each summary over the tasks under it."""
    tasks = len(network.plan.tasks)
    limit = network.plan.critical_float
    inactive = network.outline.inactive
    spans = Spans(
        early.start[:tasks],
        early.finish[:tasks],
        late.start[:tasks],
        late.finish[:tasks],
        early.set_start[:tasks],
        early.set_finish[:tasks],
        floats.total[:tasks],
        floats.free[:tasks],
        [total <= limit for total in floats.total[:tasks]],
        [task.actual_start is not None or task.actual_finish is not None for task in network.plan.tasks],
        [activity is not None and activity.done for activity in network.activities[:tasks]],
        0,
        0,
    )
    for node, activity in enumerate(network.activities[:tasks]):
        if activity is not None:
            spans.late_start[node], spans.late_finish[node] = activity.shown_late(late.start[node], late.finish[node])
            if activity.done or network.plan.tasks[node].tentative:
                spans.critical[node] = False
    for node, off in enumerate(inactive):
        if off:
            spans.critical[node] = False
    for summary in network.outline.bottom_up:
        _span(network, spans, summary)
    top = [node for node, up in enumerate(network.outline.parent) if up is None and not inactive[node]]
    real = [node for node in top if node not in network.outline.dropped]
    given = moment(network.plan.start)
    spans.first = min((spans.start[node] for node in real), default=given)
    spans.last = max((spans.finish[node] for node in real), default=given)
    return spans


def _span(network: Network, spans: Spans, summary: int) -> None:
    """Set what a summary shows from its tasks; inactive ones count only where all are.

    Of a task set by hand the early dates count as its late ones, and a summary set by hand keeps its dates; a summary
    is critical by its own float, which is that of its finish once a task under it has begun: as in MS Project.
    """
    below, inactive = network.outline.children[summary], network.outline.inactive
    counted = [child for child in below if not inactive[child]] or below
    by_hand = [child for child in counted if isinstance(network.activities[child], Fixed)]
    free = [child for child in counted if child not in set(by_hand)] if by_hand else counted
    task = network.plan.tasks[summary]
    start, finish = min(map(spans.start.__getitem__, counted)), max(map(spans.finish.__getitem__, counted))
    own = (task.start, task.finish) if task.manual else (None, None)
    if own[0] is not None and own[1] is not None:
        start, finish = moment(own[0]), moment(own[1])
    late_start = min([*map(spans.late_start.__getitem__, free), *map(spans.early_start.__getitem__, by_hand)])
    late_finish = max([*map(spans.late_finish.__getitem__, free), *map(spans.early_finish.__getitem__, by_hand)])
    if own[1] is not None:
        late_finish = max(late_finish, finish)
    spans.start[summary] = spans.early_start[summary] = start
    spans.finish[summary] = spans.early_finish[summary] = finish
    spans.late_start[summary], spans.late_finish[summary] = late_start, late_finish
    number = network.clocks.plan.number
    total = number[late_finish] - number[finish]
    if not any(map(spans.begun.__getitem__, counted)):
        total = min(total, number[late_start] - number[start])
    spans.total[summary] = total
    spans.free[summary] = max(min(total, spans.free[summary]), 0)
    spans.begun[summary] = any(map(spans.begun.__getitem__, counted))
    spans.done[summary] = all(map(spans.done.__getitem__, counted))
    spans.critical[summary] = total <= network.plan.critical_float and not spans.done[summary]
