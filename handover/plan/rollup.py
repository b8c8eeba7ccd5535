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
        0,
        0,
    )
    for node in network.order:
        if node < tasks:
            activity = network.activities[node]
            if activity is not None:
                spans.late_start[node], spans.late_finish[node] = activity.shown_late(
                    late.start[node], late.finish[node]
                )
            tentative = network.plan.tasks[node].tentative
            if inactive[node] or tentative or (activity is not None and activity.done):
                spans.critical[node] = False
    for summary in network.outline.bottom_up:
        _span(network, spans, summary)
    real = [node for node in network.order if node < tasks and not inactive[node]]
    given = moment(network.plan.start)
    spans.first = min((spans.start[node] for node in real), default=given)
    spans.last = max((spans.finish[node] for node in real), default=given)
    return spans


def _span(network: Network, spans: Spans, summary: int) -> None:
    """Set what a summary shows from its tasks; inactive ones count only where all are."""
    below = network.outline.children[summary]
    counted = [child for child in below if not network.outline.inactive[child]] or below
    by_hand = [isinstance(network.activities[child], Fixed) for child in counted]
    number = network.clocks.plan.number
    spans.early_start[summary] = min(spans.start[child] for child in counted)
    spans.early_finish[summary] = max(spans.finish[child] for child in counted)
    spans.late_start[summary] = min(
        spans.early_start[child] if fixed else spans.late_start[child]
        for child, fixed in zip(counted, by_hand, strict=True)
    )
    spans.late_finish[summary] = max(
        spans.early_finish[child] if fixed else spans.late_finish[child]
        for child, fixed in zip(counted, by_hand, strict=True)
    )
    spans.start[summary] = spans.early_start[summary]
    spans.finish[summary] = spans.early_finish[summary]
    spans.total[summary] = min(
        number[spans.late_start[summary]] - number[spans.early_start[summary]],
        number[spans.late_finish[summary]] - number[spans.early_finish[summary]],
    )
    spans.free[summary] = max(spans.total[summary], 0)
    spans.critical[summary] = any(spans.critical[child] for child in counted)
