"""The forward and backward pass over a network, in moments.

Each link is an inequality between two moments. On the way forward it bounds the successor from below, on the way back
its predecessor from above, by the exact inverse: so a float can't fall below zero by rounding at the ends of shifts.
"""

from __future__ import annotations

from dataclasses import dataclass

from handover.plan.activity import Constrained
from handover.plan.network import FF, FIRST, FS, SF, Arrow, Network
from handover.plan.worktime import LATEST, WorkTime
from handover.plan.worktime import moment as moment_of

#: In ``driver``: no predecessor decides, but the plan's start, a constraint, the data date or progress.
NOBODY = -1


@dataclass(slots=True)
class Early:
    """The result of a forward pass, by node.

    Attributes:
        start, finish: the early dates.
        set_start, set_finish: the dates to be shown, which differ for tasks as late as possible.
        driver: the predecessor that decides the start, or ``NOBODY``.
        wished: where links would have put the start of a task that its constraint holds earlier.
    """

    start: list[int]
    finish: list[int]
    set_start: list[int]
    set_finish: list[int]
    driver: list[int]
    wished: dict[int, int]


@dataclass(slots=True)
class Late:
    """The result of a backward pass, by node: the latest dates as they bind the predecessors."""

    start: list[int]
    finish: list[int]


def forward(network: Network, late: Late | None = None, known: Early | None = None, first: int = 0) -> Early:
    """Early dates.

    Args:
        late: if given, tasks as late as possible stand there, and push those that are not.
        known: an earlier result that still holds for all nodes before the ``first`` in the order; not with ``late``.
    """
    size = len(network.times)
    if known is None:
        start, finish, driver = [0] * size, [0] * size, [NOBODY] * size
        wished: dict[int, int] = {}
    else:
        start, finish, driver = known.start[:], known.finish[:], known.driver[:]
        wished = dict(known.wished)
        wished.pop(network.order[first], None)
    set_start, set_finish = (start, finish) if late is None else ([0] * size, [0] * size)
    floors, times, durations, activities = network.floors, network.times, network.durations, network.activities
    plain_before, arrows_before = network.plain_before, network.arrows_before
    postponed = network.late if late is not None else frozenset()
    given = moment_of(network.plan.start)
    for node in network.order[first:]:
        bound = floors[node]
        by, aim = NOBODY, 0
        finished = finish if node in postponed else set_finish
        for before in plain_before[node]:
            if finished[before] > bound:
                bound = finished[before]
                by = before
        if arrows_before[node]:
            started = start if node in postponed else set_start
            for arrow in arrows_before[node]:
                wanted = earliest(network, node, arrow, started, finished)
                if arrow.type == FIRST:
                    if by == NOBODY or wanted < bound:
                        bound, by = wanted, arrow.other
                elif wanted > bound:
                    bound, by = wanted, arrow.other
                if arrow.type in (FF, SF):
                    aim = max(aim, aimed(times[node], arrow, started, finished))
        if by == NOBODY and bound == given and (plain_before[node] or arrows_before[node]):
            bound = _sooner(network, node, given, set_start, set_finish)
        activity = activities[node]
        if activity is None:
            time, duration = times[node], durations[node]
            number = time.number[bound]
            if duration:
                start[node] = time.start[number]
                finish[node] = time.finish[number + duration]
            else:
                still = by == NOBODY or time.finish[number] == bound
                start[node] = finish[node] = bound if still else time.start[number]
        else:
            start[node], finish[node] = activity.place(bound)
            if isinstance(activity, Constrained):
                wished.pop(node, None)
                if activity.breaks(bound):
                    wished[node] = activity.effort.begin(bound)
        if aim > finish[node] and times[node].number[aim] == times[node].number[finish[node]]:
            finish[node] = aim  # a finish that a link sets may stand at the start of the next shift
        if by == NOBODY and plain_before[node]:
            by = _equal(times[node], plain_before[node], finished, bound)
        driver[node] = by
        if late is not None:
            chosen = node in postponed
            set_start[node] = late.start[node] if chosen else start[node]
            set_finish[node] = late.finish[node] if chosen else finish[node]
    return Early(start, finish, set_start, set_finish, driver, wished)


def _sooner(network: Network, node: int, given: int, start: list[int], finish: list[int]) -> int:
    """The plan's start, or what the predecessors ask for if one of them, by its own dates, begins before that start.

    Leads and links between finishes don't reach back before both the plan and all predecessors, as in MS Project.
    """
    arrows = network.arrows_before[node]
    first = min([start[before] for before in [*network.plain_before[node], *(arrow.other for arrow in arrows)]])
    if first >= given:
        return given
    ends = [finish[before] for before in network.plain_before[node]]
    wanted = [earliest(network, node, arrow, start, finish) for arrow in arrows if arrow.type != FIRST]
    return max([first, *ends, *wanted])


def _equal(time: WorkTime, before: list[int], finished: list[int], bound: int) -> int:
    """The predecessor that ends where a date of the task's own lets it start, if only a night lies between."""
    last = max(before, key=finished.__getitem__)
    return last if time.number[finished[last]] == time.number[bound] else NOBODY


def backward(
    network: Network, end: int, early: Early | None, known: Late | None = None, last: int | None = None
) -> Late:
    """Late dates, for a plan that shall be done by ``end``.

    Args:
        early: the pass before, if there was one: it tells which task of a summary begins first, and where
            ``every_end_critical`` each task without a successor is held to its own early finish.
        known: an earlier result that still holds for all nodes after the ``last`` in the order.
    """
    size = len(network.times)
    start, finish = ([LATEST] * size, [LATEST] * size) if known is None else (known.start[:], known.finish[:])
    caps = network.caps if early is None or not network.by_hand else _within_summaries(network, early)
    times, durations, activities = network.times, network.durations, network.activities
    plain_after, arrows_after = network.plain_after, network.arrows_after
    own_end = early if network.plan.every_end_critical else None
    todo = network.order if last is None else network.order[: last + 1]
    for node in reversed(todo):
        bound = end
        if own_end is not None and not plain_after[node] and not arrows_after[node]:
            bound = own_end.finish[node]
        if caps[node] < bound:
            bound = caps[node]
        for after in plain_after[node]:
            if start[after] < bound:
                bound = start[after]
        for arrow in arrows_after[node]:
            allowed = _latest(network, node, arrow, start, finish, early)
            if allowed < bound:
                bound = allowed
        activity = activities[node]
        if activity is None:
            time, duration = times[node], durations[node]
            number = time.number[bound]
            if duration:
                finish[node] = time.finish[number]
                start[node] = time.start[number - duration]
            else:
                start[node] = finish[node] = bound if time.start[number] == bound else time.finish[number]
        else:
            start[node], finish[node] = (LATEST, LATEST) if activity.done else activity.hold(bound)
    return Late(start, finish)


def _within_summaries(network: Network, early: Early) -> list[int]:
    """The caps of all nodes, those of the tasks under a summary set by hand at its finish, as in MS Project.

    A task with a constraint date isn't held, nor any under a summary that its tasks already fill.
    """
    caps = network.caps[:]
    tasks, children = network.plan.tasks, network.outline.children
    for summary in network.by_hand:
        below = children[summary][:]
        for node in below:  # grows while it is walked
            below += children.get(node, ())
        leaves = [node for node in below if node not in children]
        given = tasks[summary].finish
        assert given is not None  # it is among those by hand because of it
        end = moment_of(given)
        if end <= max(early.finish[node] for node in leaves):
            continue
        for node in leaves:
            if not tasks[node].constraint.dated:
                caps[node] = min(caps[node], end)
    return caps


def earliest(network: Network, node: int, arrow: Arrow, start: list[int], finish: list[int]) -> int:
    """The earliest start that one link allows its successor."""
    time = network.times[node]
    moment = aimed(time, arrow, start, finish)
    if arrow.type in (FF, SF):
        activity = network.activities[node]
        if activity is not None:
            return activity.effort.start(activity.effort.settle(moment))
        duration = network.durations[node]
        return time.start[time.number[moment] - duration] if duration else moment
    return moment


def aimed(time: WorkTime, arrow: Arrow, start: list[int], finish: list[int]) -> int:
    """The moment that a link sets for that end of its successor which it holds, on the successor's calendar."""
    other, type, lag, elapsed = arrow
    moment = finish[other] if type in (FS, FF) else start[other]
    if lag:
        moment = moment + lag if elapsed else lagged(time, moment, lag)
    return moment


def lagged(time: WorkTime, moment: int, lag: int) -> int:
    """A moment and a lag in working minutes after it: a lag ends where work ends, a lead where it begins."""
    number = time.number[moment] + lag
    return time.finish[number] if lag > 0 else time.start[number]


def unlagged(network: Network, node: int, after: int, arrow: Arrow, moment: int) -> int:
    """The latest moment from which a link still reaches ``moment`` at its successor ``after``."""
    _, type, lag, elapsed = arrow
    time = network.times[after]
    if elapsed:
        return (time.start[time.number[moment]] if type in (FF, SF) else moment) - lag
    if lag or type == SF or (type == FF and time is not network.times[node]):
        return time.start[time.number[moment] - lag]
    return moment


def _latest(network: Network, node: int, arrow: Arrow, start: list[int], finish: list[int], early: Early | None) -> int:
    """The latest finish that one link allows its predecessor."""
    after, type, _, _ = arrow
    activity = network.activities[node]
    if type == FIRST and (early is None or early.driver[after] != node):
        return LATEST
    held = finish[after] if type in (FF, SF) else start[after]
    if held >= LATEST:
        return LATEST  # nothing holds the successor: no working time is counted that far ahead
    moment = unlagged(network, node, after, arrow, held)
    if type in (FS, FF):
        return moment
    if activity is not None:
        return LATEST if activity.free_start else activity.effort.finish(activity.effort.begin(moment))
    duration = network.durations[node]
    return network.times[node].finish[last_start(network, node, arrow, moment) + duration] if duration else moment


def last_start(network: Network, node: int, arrow: Arrow, moment: int) -> int:
    """The work number of the last start that isn't later than a moment set by the successor of a link.

    On one calendar the end of a shift is as good as the start of the next; to another, and to the clock, it isn't.
    """
    time = network.times[node]
    number = time.number[moment]
    alike = time is network.times[arrow.other] and not arrow.elapsed
    return number if alike or time.start[number] <= moment else number - 1
