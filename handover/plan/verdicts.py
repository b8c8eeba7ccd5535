"""What only the finished schedule shows to be wrong: constraints against links, leads past the start."""

from __future__ import annotations

from collections.abc import Iterator

from handover.i18n import N_
from handover.plan.activity import Constrained, Fixed
from handover.plan.network import FIRST, Network
from handover.plan.passes import Early, earliest
from handover.plan.problem import PlanProblem
from handover.plan.worktime import EARLIEST, LATEST, moment, when


def broken_promises(network: Network, early: Early) -> Iterator[PlanProblem]:
    """The problems of a finished forward pass."""
    tasks = len(network.plan.tasks)
    given = moment(network.plan.start)
    for node in network.order:
        if node >= tasks:
            continue
        activity = network.activities[node]
        if isinstance(activity, Constrained):
            if node in early.wished:
                yield _contradiction(network, node, activity, early.wished[node])
        elif type(activity) is Fixed and _bound(network, node, early) > early.start[node]:
            yield _problem(
                network,
                node,
                N_("{task} is scheduled by hand before its predecessors allow it; they allow it from {date}."),
                date=when(_bound(network, node, early)),
            )
        if network.arrows_before[node]:
            yield from _leads(network, node, early, given)
        if not EARLIEST < early.start[node] <= early.finish[node] < LATEST:
            yield _problem(network, node, N_("{task} falls outside the years that a plan can span, 1900 to 2199."))


def _bound(network: Network, node: int, early: Early) -> int:
    starts = [early.set_finish[before] for before in network.plain_before[node]]
    starts += [
        earliest(network, node, arrow, early.set_start, early.set_finish)
        for arrow in network.arrows_before[node]
        if arrow.type != FIRST
    ]
    return max([network.floors[node], *starts])


def _contradiction(network: Network, node: int, activity: Constrained, wished: int) -> PlanProblem:
    values = {"date": when(activity.date), "start": when(wished)}
    if activity.honoured:
        return _problem(
            network,
            node,
            N_(
                "The constraint of {task} to {date} contradicts its predecessors, which let it start on {start} at the "
                "earliest. The constraint was kept."
            ),
            **values,
        )
    return _problem(
        network,
        node,
        N_(
            "The constraint of {task} to {date} contradicts its predecessors, which let it start on {start} at the "
            "earliest. The predecessors were kept."
        ),
        **values,
    )


def _leads(network: Network, node: int, early: Early, given: int) -> Iterator[PlanProblem]:
    """Leads that reach back before the plan's start, where nothing else moved the task later."""
    for arrow in network.arrows_before[node]:
        if arrow.lag < 0 and early.start[node] <= network.times[node].start[network.times[node].number[given]]:
            wanted = earliest(network, node, arrow, early.set_start, early.set_finish)
            if wanted < given:
                yield _problem(
                    network,
                    node,
                    N_(
                        "A negative lag would start {task} on {date}, before the plan's start; it starts with the plan."
                    ),
                    date=when(max(wanted, EARLIEST)),
                )


def _problem(network: Network, node: int, message: str, **values: object) -> PlanProblem:
    task = network.plan.tasks[node]
    return PlanProblem(task.id, message, {"task": task.name or task.id, **values})
