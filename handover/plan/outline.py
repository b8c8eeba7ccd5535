"""The tree of a plan: which task stands under which summary."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handover.i18n import N_
from handover.plan.problem import PlanProblem
from handover.plan.values import Plan


@dataclass(slots=True)
class Outline:
    """The tree, by the position of each task in the plan.

    Attributes:
        index: id -> position.
        parent: position of the summary above, or None.
        children: summary -> the tasks directly under it.
        inactive: whether the task or a summary above it is switched off.
        dropped: positions whose id another task has already; they take no part.
        bottom_up: the summaries, those below before those above.
    """

    index: dict[str, int]
    parent: list[int | None]
    children: dict[int, list[int]]
    inactive: list[bool]
    dropped: set[int]
    bottom_up: list[int]
    problems: list[PlanProblem]

    def above(self, node: int) -> Iterator[int]:
        """The summaries over a task, from the nearest to the top."""
        here = self.parent[node]
        while here is not None:
            yield here
            here = self.parent[here]


def outline_of(plan: Plan) -> Outline:
    """The tree of a plan; parents that are missing or that form a ring are left out and reported."""
    index: dict[str, int] = {}
    dropped: set[int] = set()
    problems: list[PlanProblem] = []
    for node, task in enumerate(plan.tasks):
        if index.setdefault(task.id, node) != node:
            dropped.add(node)
            problems.append(
                PlanProblem(task.id, N_("Two tasks have the id {id}; the second is left out."), {"id": task.id})
            )
    parent = _parents(plan, index, dropped, problems)
    children: dict[int, list[int]] = {}
    in_order = True
    for node, up in enumerate(parent):
        if up is not None:
            in_order = in_order and up < node
            if up in children:
                children[up].append(node)
            else:
                children[up] = [node]
    inactive = [task.inactive for task in plan.tasks]
    if in_order and not any(inactive):
        bottom_up = sorted(children, reverse=True)
    else:
        bottom_up = _walked(parent, children, dropped, inactive)
    return Outline(index, parent, children, inactive, dropped, bottom_up, problems)


def _walked(
    parent: list[int | None], children: dict[int, list[int]], dropped: set[int], inactive: list[bool]
) -> list[int]:
    """The summaries from the bottom up; what stands under an inactive one is made inactive on the way."""
    top_down = [node for node, up in enumerate(parent) if up is None and node not in dropped]
    for node in top_down:  # grows while it is walked
        for child in children.get(node, ()):
            inactive[child] = inactive[child] or inactive[node]
            top_down.append(child)
    return [node for node in reversed(top_down) if node in children]


def _parents(plan: Plan, index: dict[str, int], dropped: set[int], problems: list[PlanProblem]) -> list[int | None]:
    parent: list[int | None] = []
    for node, task in enumerate(plan.tasks):
        if task.parent is None or node in dropped:
            parent.append(None)
            continue
        up = index.get(task.parent)
        if up is None:
            problems.append(
                PlanProblem(
                    task.id,
                    N_("{task} stands under a summary task that is not there; it is taken to the top."),
                    {"task": task.name or task.id},
                )
            )
        parent.append(up)
    if all(up is None or up < node for node, up in enumerate(parent)):
        return parent  # every parent before its children: no ring can be among them
    settled: set[int] = set()
    for node, task in enumerate(plan.tasks):
        walked: list[int] = []
        here: int | None = node
        while here is not None and here not in settled and here not in walked:
            walked.append(here)
            here = parent[here]
        if here is not None and here in walked:
            parent[here] = None
            problems.append(
                PlanProblem(
                    plan.tasks[here].id,
                    N_("{task} stands under itself; it is taken to the top."),
                    {"task": plan.tasks[here].name or task.id},
                )
            )
        settled.update(walked)
    return parent
