"""What would mend a fault of the plan in one act, where there is such an act."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any, NamedTuple

from handover.i18n import tr
from handover.plan.problem import PlanProblem
from handover.plan.values import Link
from handover.registers.scheduling.chart import Chart


class Mend(NamedTuple):
    """An act that mends a fault: its name as the user reads it, and the fields to change by the key of the task."""

    label: str
    changes: Mapping[str, Mapping[str, Any]]  # Any: what the fields of the register hold


def mend_of(chart: Chart, problem: PlanProblem) -> Mend | None:
    """What mends a fault: a link of a ring or a constraint that can't be kept goes; None where a person must decide."""
    if len(problem.tasks) > 1:
        return _open_ring(chart, problem.tasks)
    node = chart.node.get(problem.task or "")
    if node is None:
        return None
    row = chart.rows[node]
    # The sentence is the only place where a problem says what it is about.
    if row.constraint and "onstraint" in problem.message:
        changes = {row.id: {"constraint": None, "constraint_at": None}}
        return Mend(tr("Remove the constraint of {task}", task=row.name), changes)
    return None


def _open_ring(chart: Chart, ring: tuple[str, ...]) -> Mend | None:
    """Delete the link that closes a ring: of those in it the one that leads back up the plan."""
    links = {(k.predecessor, k.successor): k for k in chart.schedule.plan.links}
    found = [links[pair] for pair in pairwise((*ring, ring[0])) if pair in links]
    if not found:
        return None
    back = min(found, key=lambda k: chart.node[k.successor] - chart.node[k.predecessor])
    kept = [_typed(k) for k in links.values() if k.successor == back.successor and k is not back]
    names = {"one": chart.rows[chart.node[back.predecessor]].name, "other": chart.rows[chart.node[back.successor]].name}
    return Mend(tr("Delete the link {one} → {other}", **names), {back.successor: {"predecessors": kept}})


def _typed(link: Link) -> tuple[str, str, float, str]:
    return link.predecessor, link.type.value, link.lag, link.lag_unit.value
