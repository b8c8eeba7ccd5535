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
    if not arrow.elapsed and network.times[arrow.other] is network.times[node]:
        own = early.set_finish[node] if arrow.type in (FS, FF) else early.set_start[node]
        return number[aim] - arrow.lag - number[own]
    moment = unlagged(network, node, arrow.other, arrow, aim)
    if arrow.type in (FS, FF):
        return number[moment] - number[early.set_finish[node]]
    return last_start(network, node, arrow, moment) - number[early.set_start[node]]


def _total(network: Network, early: Early, late: Late) -> list[int]:
    total = [0] * len(network.times)
    times, postponed = network.times, network.late
    early_finish, late_finish = early.finish, late.finish
    for node in network.order:
        number = times[node].number
        total[node] = number[late_finish[node]] - number[early_finish[node]]
    for node, activity in enumerate(network.activities):
        if activity is None or isinstance(activity, Started):
            continue
        number = times[node].number
        if activity.done:
            total[node] = 0
            continue
        total[node] = min(total[node], number[late.start[node]] - number[early.start[node]])
        if node in early.wished:
            total[node] = min(total[node], number[late.start[node]] - number[early.wished[node]])
    for node in postponed:
        total[node] = 0
    return total


def _free(network: Network, early: Early, total: list[int]) -> list[int]:
    """Free float: what is left to the nearest successor; without successors, the total float.

    ``reach`` is the latest finish of a node that moves no successor. A stand-in of a summary hands it on.
    """
    free = [0] * len(network.times)
    tasks = len(network.plan.tasks)
    plain_after, arrows_after, times = network.plain_after, network.arrows_after, network.times
    finish = early.set_finish
    reach = early.set_start[:]
    for node, activity in enumerate(network.activities):
        if activity is not None and activity.done:
            reach[node] = LATEST
    for node in reversed(network.order):
        nearest = LATEST
        for after in plain_after[node]:
            if reach[after] < nearest:
                nearest = reach[after]
        if node >= tasks:
            arrows = arrows_after[node]
            aims = (unlagged(network, node, arrow.other, arrow, reach[arrow.other]) for arrow in arrows)
            reach[node] = min(nearest, min(aims, default=LATEST))
            continue
        left = LATEST if nearest == LATEST else times[node].number[nearest] - times[node].number[finish[node]]
        if arrows_after[node]:
            left = min(left, _least_gap(network, early, node))
        if left == LATEST:
            left = total[node]
        free[node] = left if left > 0 else 0
    for node, activity in enumerate(network.activities):
        if activity is not None and activity.done:
            free[node] = 0
    return free


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
