"""How far each task can slip: total and free float."""

from __future__ import annotations

from dataclasses import dataclass

from handover.plan.activity import Started
from handover.plan.network import FF, FIRST, FS, SF, Arrow, Network
from handover.plan.passes import Early, Late, last_start, unlagged
from handover.plan.worktime import LATEST, moment


@dataclass(slots=True)
class Floats:
    """By node: total and free float in minutes of the node's calendar."""

    total: list[int]
    free: list[int]


def floats(network: Network, early: Early, late: Late) -> Floats:
    """The floats of every node that was scheduled."""
    total = _total(network, early, late)
    return Floats(total, _free(network, early, total))


def gap(network: Network, early: Early, node: int, arrow: Arrow) -> int:
    """The minutes, on its calendar, by which a node can slip before one link moves its successor."""
    number = network.times[node].number
    if arrow.type == FIRST:
        return number[early.set_start[arrow.other]] - number[early.set_start[node]]
    aim = early.set_finish[arrow.other] if arrow.type in (FF, SF) else early.set_start[arrow.other]
    if not arrow.elapsed and network.times[arrow.other] is network.times[node]:
        own = early.set_finish[node] if arrow.type in (FS, FF) else early.set_start[node]
        return number[aim] - arrow.lag - number[own]
    if arrow.type in (FF, SF) and (arrow.elapsed or not arrow.lag):
        latest = aim - arrow.lag  # a finish that a link sets stands even where its calendar doesn't work
    else:
        latest = unlagged(network, node, arrow.other, arrow, aim)
    if arrow.type in (FS, FF):
        return number[latest] - number[early.set_finish[node]]
    return last_start(network, node, arrow, latest) - number[early.set_start[node]]


def _total(network: Network, early: Early, late: Late) -> list[int]:
    total, tasks = [0] * len(network.times), len(network.plan.tasks)
    times, postponed = network.times, network.late
    early_finish, late_finish = early.finish, late.finish
    # Nothing holds a done task, or what stands for a summary of such: no working time is counted that far ahead.
    done = {node for node, activity in enumerate(network.activities) if activity is not None and activity.done}
    for node in network.order:
        if node in done:
            continue
        if node >= tasks and late_finish[node] == LATEST:
            total[node] = LATEST
            continue
        number = times[node].number
        total[node] = number[late_finish[node]] - number[early_finish[node]]
    for node, activity in enumerate(network.activities):
        if activity is None or node in done or activity.floats_by_finish:
            continue
        number = times[node].number
        total[node] = min(total[node], number[late.start[node]] - number[early.start[node]])
        if node in early.wished:
            total[node] = min(total[node], number[late.start[node]] - number[early.wished[node]])
    for node in postponed:
        total[node] = 0
    return total


def _free(network: Network, early: Early, total: list[int]) -> list[int]:
    """Free float: what is left to the nearest successor, and no more than the total float.

    ``reach`` is the latest finish of a node that moves no successor. The gate of a summary hands on that of the tasks
    below. A link from a summary counts for the free float of the summary and not of its tasks, as in MS Project.
    """
    free = [0] * len(network.times)
    tasks = len(network.plan.tasks)
    of_summary: dict[int, int] = {}
    plain_after, arrows_after, times = network.plain_after, network.arrows_after, network.times
    finish = early.set_finish
    reach = early.set_start[:]
    for node, activity in enumerate(network.activities):
        if activity is not None and activity.done:
            reach[node] = LATEST
    for node in reversed(network.order):
        nearest = LATEST
        for after in plain_after[node]:
            if reach[after] < nearest and (after < tasks or not network.gathers(node, after)):
                nearest = reach[after]
        if node >= tasks:
            _stand_in(network, early, node, nearest, reach, of_summary)
            continue
        left = LATEST if nearest == LATEST else times[node].number[nearest] - times[node].number[finish[node]]
        if arrows_after[node]:
            left = min(left, _least_gap(network, early, node))
        if left == LATEST:
            left = total[node]
        left = min(left, total[node])
        free[node] = left if left > 0 else 0
    for node, activity in enumerate(network.activities):
        if activity is not None and activity.done:
            free[node] = 0
    for node in network.outline.children:
        free[node] = of_summary.get(node, LATEST)
    return free


def _stand_in(
    network: Network, early: Early, node: int, nearest: int, reach: list[int], of_summary: dict[int, int]
) -> None:
    """What a node that stands for a summary hands on: a gate to its predecessors, an end to the summary itself."""
    summary = network.summary_of(node)
    task = network.plan.tasks[summary]
    if network.opens(node):
        by_hand = task.manual and task.start is not None
        reach[node] = moment(task.start) if by_hand and task.start is not None else nearest
        return
    number = network.times[node].number
    if nearest < LATEST:
        left = number[nearest] - number[early.set_finish[node]]
        of_summary[summary] = min(of_summary.get(summary, LATEST), left)
    for arrow in network.arrows_after[node]:
        if arrow.type in (FS, FF) and not network.gathers(node, arrow.other):
            of_summary[summary] = min(of_summary.get(summary, LATEST), gap(network, early, node, arrow))


def _least_gap(network: Network, early: Early, node: int) -> int:
    """What the links other than plain ones leave of a node's free float."""
    under_way = isinstance(network.activities[node], Started)
    left = LATEST
    for arrow in network.arrows_after[node]:
        after = network.activities[arrow.other]
        over = after is not None and after.done
        if not over and arrow.type != FIRST and (arrow.type in (FS, FF) or not under_way):
            left = min(left, gap(network, early, node, arrow))
    return left
