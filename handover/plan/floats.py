"""How far each task can slip: total and free float."""

from __future__ import annotations

from dataclasses import dataclass

from handover.plan.activity import Started
from handover.plan.network import FF, FIRST, FS, SF, Arrow, Network
from handover.plan.passes import Early, Late, last_start, unlagged
from handover.plan.worktime import LATEST


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
    moment = unlagged(network, node, arrow.other, arrow, aim)
    if arrow.type in (FS, FF):
        return number[moment] - number[early.set_finish[node]]
    return last_start(network, node, arrow, moment) - number[early.set_start[node]]


def _total(network: Network, early: Early, late: Late) -> list[int]:
    total = [0] * len(network.times)
    activities, times, postponed = network.activities, network.times, network.late
    for node in network.order:
        number = times[node].number
        activity = activities[node]
        by_finish = number[late.finish[node]] - number[early.finish[node]]
        if node in postponed:
            continue
        if activity is None:
            total[node] = by_finish
        elif activity.done:
            total[node] = 0
        elif isinstance(activity, Started):
            total[node] = by_finish
        else:
            by_start = number[late.start[node]] - number[early.start[node]]
            total[node] = min(by_start, by_finish)
            if node in early.wished:
                total[node] = min(total[node], number[late.start[node]] - number[early.wished[node]])
    return total


def _free(network: Network, early: Early, total: list[int]) -> list[int]:
    """Free float: what is left to the nearest successor; without successors, the total float.

    ``reach`` is the latest finish of a node that moves no successor. A stand-in of a summary hands it on.
    """
    free = [0] * len(network.times)
    tasks = len(network.plan.tasks)
    reach = [LATEST] * len(network.times)
    start, finish = early.set_start, early.set_finish
    for node in reversed(network.order):
        plain, arrows = network.plain_after[node], network.arrows_after[node]
        if not plain and not arrows:
            free[node] = max(total[node], 0)
            continue
        to_finish = LATEST
        for after in plain:
            moment = start[after] if after < tasks else reach[after]
            if moment < to_finish:
                to_finish = moment
        if node >= tasks:
            for arrow in arrows:
                to_finish = min(to_finish, unlagged(network, node, arrow.other, arrow, start[arrow.other]))
            reach[node] = to_finish
            continue
        number = network.times[node].number
        left = number[to_finish] - number[finish[node]] if to_finish < LATEST else LATEST
        activity = network.activities[node]
        for arrow in arrows:
            if arrow.type == FIRST:
                continue
            if arrow.type in (FS, FF) or not isinstance(activity, Started):
                left = min(left, gap(network, early, node, arrow))
        if activity is not None and activity.done:
            left = 0
        free[node] = max(total[node] if left >= LATEST // 2 else left, 0)
    return free
