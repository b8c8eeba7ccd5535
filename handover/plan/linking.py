"""From the links of a plan to the arrows of its network, through gates and ends where a summary is linked.

Summary tasks do no work of their own. A link to one goes through its *gate* to the tasks below, a link from one comes
from its *end* (or, from its start, its *beginning*) above them: nodes without duration, so that a link between two
summaries of 1,000 tasks each costs 2,000 arrows, not a million.
"""

from __future__ import annotations

from collections.abc import Iterable

from handover.i18n import N_
from handover.plan.activity import Effort, Fixed, Through
from handover.plan.behaviour import Behaviour
from handover.plan.clocks import Clocks
from handover.plan.collection import uncollected
from handover.plan.cycles import cycles
from handover.plan.network import FF, FIRST, FS, SF, SS, Network
from handover.plan.outline import outline_of
from handover.plan.problem import PlanProblem
from handover.plan.values import Constraint, LagUnit, Link, LinkType, Plan
from handover.plan.worktime import LATEST, moment

_NUMBER = {LinkType.FS: FS, LinkType.SS: SS, LinkType.FF: FF, LinkType.SF: SF}


def compile_plan(plan: Plan) -> Network:
    """Make a plan ready for the passes, and find what is wrong with its links and calendars."""
    with uncollected():
        network = Network(plan, outline_of(plan), Clocks(plan))
        network.fill()
        linker = _Linker(network)
        linker.link(plan.links)
        linker.constrain_summaries()
        _sort(network)
    network.problems = [*network.outline.problems, *network.clocks.problems, *network.problems]
    return network


class _Linker:
    """Draws the arrows of a network."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.outline = network.outline
        self._gates: dict[int, int] = {}
        self._ends: dict[int, int] = {}
        self._beginnings: dict[int, int] = {}
        self._by_hand: dict[int, int] = {}

    def link(self, links: Iterable[Link]) -> None:
        """Draw the arrows of the links, or report why one can't be honoured."""
        index, summaries, inactive = self.outline.index, self.outline.children, self.outline.inactive
        network = self.network
        plain_before, plain_after = network.plain_before, network.plain_after
        for link in links:
            before, after = index.get(link.predecessor, -1), index.get(link.successor, -1)
            usual = before >= 0 <= after and before != after and not inactive[before]
            if not usual or before in summaries or after in summaries:
                self._unusual(link)
            elif link.lag or link.type is not LinkType.FS:
                network.join(before, after, _NUMBER[link.type], *self._lag(before, link))
            else:  # as ``join`` does, written out for the bulk of all links
                if plain_before[after]:
                    plain_before[after].append(before)
                else:
                    plain_before[after] = [before]
                if plain_after[before]:
                    plain_after[before].append(after)
                else:
                    plain_after[before] = [after]

    def _unusual(self, link: Link) -> None:
        """Draw a link of summaries, or report why a link can't be honoured."""
        before, after = self.outline.index.get(link.predecessor), self.outline.index.get(link.successor)
        if before is None or after is None:
            known = before if after is None else after
            if known is not None:
                self._warn(known, N_("A link of {task} leads to a task that is not there; the link is left out."))
            return
        summaries = self.outline.children
        if before == after:
            self._warn(after, N_("{task} is linked to itself; the link is left out."))
        elif (before in summaries and before in self.outline.above(after)) or (
            after in summaries and after in self.outline.above(before)
        ):
            self._warn(
                after,
                N_("{task} and {other} are linked, though one stands under the other; the link is left out."),
                other=self._name(before),
            )
        elif after in summaries and link.type in (LinkType.FF, LinkType.SF):
            self._warn(
                after,
                N_(
                    "{task} is a summary task: a link can't hold its finish, which follows from the tasks below. "
                    "The link from {other} is left out; link it to one of those tasks."
                ),
                other=self._name(before),
            )
        elif not self.outline.inactive[before]:
            self._draw(before, after, link)

    def _draw(self, before: int, after: int, link: Link) -> None:
        lag, elapsed = self._lag(before, link)
        type = _NUMBER[link.type]
        source = self._pinned(before)
        if source is None:
            source = self._end(before) if type in (FS, FF) else self._beginning(before)
        self.network.join(source, self._gate(after) if after in self.outline.children else after, type, lag, elapsed)

    def _pinned(self, node: int) -> int | None:
        """The node that a link starts from; None for a summary that follows from its tasks.

        A summary set by hand has dates of its own: links start from these, and don't hold its tasks.
        """
        task = self.network.plan.tasks[node]
        if node not in self.outline.children:
            return node
        if not task.manual or task.start is None or task.finish is None:
            return None
        if node not in self._by_hand:
            self._by_hand[node] = self._stand_in(node)
            effort = Effort(((self.network.clocks.plan, 0),))
            dates = Fixed(effort, moment(task.start), max(moment(task.start), moment(task.finish)))
            self.network.activities[self._by_hand[node]] = dates
        return self._by_hand[node]

    def _lag(self, before: int, link: Link) -> tuple[int, bool]:
        task = self.network.plan.tasks[before]
        if link.lag_unit in (LagUnit.WORKING, LagUnit.ELAPSED):
            return round(link.lag), bool(link.lag) and link.lag_unit is LagUnit.ELAPSED
        self.network.percent.add(before)
        elapsed = task.elapsed or link.lag_unit is LagUnit.ELAPSED_PERCENT
        return round(task.duration * link.lag / 100), elapsed

    def _gate(self, summary: int) -> int:
        """What holds back every task under a summary, through the gates of the summaries below."""
        for here in self._missing(summary, self._gates):
            for child in self.outline.children[here]:
                self.network.join(self._gates[here], self._gates.get(child, child), FS)
        return self._gates[summary]

    def _end(self, summary: int) -> int:
        """The finish of the last task under a summary."""
        return self._gather(summary, self._ends, FS)

    def _beginning(self, summary: int) -> int:
        """The start of the first task under a summary."""
        return self._gather(summary, self._beginnings, FIRST)

    def _gather(self, summary: int, made: dict[int, int], type: int) -> int:
        """The stand-in of a summary that follows from the tasks below, through those of the summaries below."""
        for here in self._missing(summary, made):
            for child in self.outline.children[here]:
                if not self.outline.inactive[child]:
                    self.network.join(made.get(child, child), made[here], type)
        return made[summary]

    def _missing(self, summary: int, made: dict[int, int]) -> list[int]:
        """A summary and those below it, down to where stand-ins are already made, with new ones."""
        found = [summary] if summary not in made else []
        for here in found:  # grows while it is walked
            made[here] = self._stand_in(here)
            found += [one for one in self.outline.children[here] if one in self.outline.children and one not in made]
        return found

    def _stand_in(self, summary: int) -> int:
        self.network.stands_for.append(summary)
        time, start = self.network.clocks.plan, moment(self.network.plan.start)
        return self.network.add(Behaviour(time, 0, start, activity=Through(Effort(((time, 0),)))))

    def constrain_summaries(self) -> None:
        """Honour what a constraint on a summary can mean: not before a date, not after a date; nor before its own."""
        for summary in self.outline.bottom_up:
            task = self.network.plan.tasks[summary]
            if task.manual and task.start is not None and task.finish is not None:
                self._hold_back(summary, moment(task.start))
                self.network.by_hand.append(summary)
            if not task.constraint.dated or task.constraint_date is None or task.manual:
                continue
            date = moment(task.constraint_date)
            if task.constraint is Constraint.START_NO_EARLIER:
                self._hold_back(summary, date)
            elif task.constraint is Constraint.FINISH_NO_LATER:
                end = self._end(summary)
                self.network.caps[end] = min(self.network.caps[end], date, LATEST)
            else:
                self._warn(
                    summary,
                    N_(
                        "{task} is a summary task: only no earlier start and no later finish can constrain it. "
                        "Its constraint is left out."
                    ),
                )

    def _hold_back(self, summary: int, date: int) -> None:
        gate = self._gate(summary)
        self.network.floors[gate] = max(self.network.floors[gate], date)

    def _warn(self, node: int, message: str, **values: object) -> None:
        task = self.network.plan.tasks[node]
        self.network.problems.append(PlanProblem(task.id, message, {"task": self._name(node), **values}))

    def _name(self, node: int) -> str:
        task = self.network.plan.tasks[node]
        return task.name or task.id


def _sort(network: Network) -> None:
    """Find the order of the passes; links within a cycle are reported and cut."""
    order = _order(network)
    if len(order) < len(network.times):
        missing = set(range(len(network.times))).difference(order)
        after = {
            node: [*network.plain_after[node], *(arrow.other for arrow in network.arrows_after[node])]
            for node in missing
        }
        for group in cycles(after, missing):
            _report(network, group)
            _cut(network, set(group))
        order = _order(network)
    idle = network.outline.children.keys() | network.outline.dropped
    network.order = [node for node in order if node not in idle]


def _order(network: Network) -> list[int]:
    """The nodes, each after those that lead to it; those on or behind a cycle are left out.

    Source: A. B. Kahn, "Topological sorting of large networks", CACM 5 (1962).
    """
    if _in_order(network):
        return list(range(len(network.times)))
    plain, arrows = network.plain_after, network.arrows_after
    waiting = [len(one) + len(other) for one, other in zip(network.plain_before, network.arrows_before, strict=True)]
    order = [node for node, count in enumerate(waiting) if not count]
    for node in order:  # grows while it is walked
        for after in plain[node]:
            waiting[after] -= 1
            if not waiting[after]:
                order.append(after)
        for arrow in arrows[node]:
            waiting[arrow.other] -= 1
            if not waiting[arrow.other]:
                order.append(arrow.other)
    return order


def _in_order(network: Network) -> bool:
    """Whether the plan itself names every predecessor before its successors, as most do."""
    return all(not before or max(before) < node for node, before in enumerate(network.plain_before)) and all(
        arrow.other < node for node, arrows in enumerate(network.arrows_before) for arrow in arrows
    )


def _report(network: Network, group: list[int]) -> None:
    tasks = list(dict.fromkeys(network.task_of(node).id for node in group))
    names = {task.id: task.name or task.id for task in (network.task_of(node) for node in group)}
    shown = " → ".join(names[id] for id in [*tasks[:12], tasks[0]] if len(tasks) <= 12 or id in tasks[:12])
    network.problems.append(
        PlanProblem(
            tasks[0],
            N_("These tasks wait for each other in a ring: {tasks}. The links between them are left out."),
            {"tasks": shown},
            tuple(tasks),
        )
    )


def _cut(network: Network, group: set[int]) -> None:
    for node in group:
        network.plain_before[node] = [before for before in network.plain_before[node] if before not in group]
        network.plain_after[node] = [after for after in network.plain_after[node] if after not in group]
        network.arrows_before[node] = [arrow for arrow in network.arrows_before[node] if arrow.other not in group]
        network.arrows_after[node] = [arrow for arrow in network.arrows_after[node] if arrow.other not in group]
