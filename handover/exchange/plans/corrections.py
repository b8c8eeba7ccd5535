"""Cells of a plan in XML or XER that the user corrects before it is imported, in its rows and in the plan itself.

What is typed is read as a cell of a workbook is; the plan gets it too, since its tasks are stored from there.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from handover.exchange.plans.faults import NO_SUCH_TASK, ON_ITSELF
from handover.exchange.rows.incoming import Incoming, Lines, understand
from handover.exchange.rows.lines import Corrections
from handover.exchange.rows.outcome import Erase, Fault
from handover.i18n import N_
from handover.plan.values import Constraint, LagUnit, Link, LinkType, Plan, PlanTask, TaskKind
from handover.values.cells import as_text, folded, normal, shown
from handover.values.date_text import Order
from handover.values.task_links import read_links

_LINKS = "predecessors"
#: Constraints first: whether their date is a finish is told by them.
_FIRST = ("constraint", "kind")
_AT_FINISH = (Constraint.MUST_FINISH_ON, Constraint.FINISH_NO_EARLIER, Constraint.FINISH_NO_LATER)
_SAME = ("start", "actual_start", "remaining")
_YES_OR_NO = ("elapsed", "inactive")
_AT_THE_END = ("finish", "deadline", "actual_finish")


def correct(
    incoming: Incoming,
    plan: Plan,
    ids: Sequence[str],
    called: Sequence[str],
    corrections: Corrections,
    order: Order | None = None,
) -> Plan:
    """Put corrections into the rows of a plan; returns the plan with them. What can't be read is a fault of its row.

    Args:
        ids: the id in the plan of each place.
        called: what a predecessor is called in its file, for each place.
        order: of day, month and year in what was typed, where the user chose one.
    """
    places: dict[int, int] = {}
    for place, row in enumerate(incoming.rows):
        places.setdefault(row, place)
    typed: dict[str, dict[int, str]] = defaultdict(dict)
    for (row, key), text in corrections.items():
        if row in places and key in incoming.register:
            typed[key][places[row]] = text
    tasks = {task.id: task for task in plan.tasks}
    links = typed.pop(_LINKS, {})
    for key in sorted(typed, key=lambda k: k not in _FIRST):
        for place, values in _read(incoming, key, typed[key], order):
            _forgive(incoming, place, key)
            for each, value in values.items():
                incoming.values.setdefault(each, [None] * len(incoming.rows))[place] = value
                tasks[ids[place]] = _with(tasks[ids[place]], each, value)
    for place, text in links.items():
        _relink(incoming, place, text, called)
    return replace(
        plan,
        tasks=tuple(tasks[task.id] for task in plan.tasks),
        links=_links(plan, incoming, ids, set(links)),
    )


def _read(
    incoming: Incoming, key: str, texts: dict[int, str], order: Order | None
) -> Iterator[tuple[int, dict[str, Any]]]:  # Any: what the fields hold
    """What was typed into the cells of a field, by place; a duration may say that it is elapsed or estimated, too."""
    places = list(texts)
    lines = Lines([incoming.rows[p] for p in places], {key: [texts[p].strip() or None for p in places]})
    found = understand(incoming.register, lines, order)
    doubtful = key in found.dates and found.dates[key].undecided
    for n, place in enumerate(places):
        told = {k: column[n] for k, column in found.values.items()}
        yield place, {k: v for k, v in told.items() if k == key or v is not None}
        for fault in (*found.faults.get(n, ()), *found.remarks.get(n, ())):
            incoming.faults.setdefault(place, []).append(Fault(key, "", fault.message, fault.values))
        if doubtful and told[key] is not None:
            incoming.blame(
                place, key, N_("“{text}” can be read in two ways. Right would be 2026-03-05."), text=texts[place]
            )


def _forgive(incoming: Incoming, place: int, key: str) -> None:
    """Forget what was wrong with a cell that is another now."""
    left = [fault for fault in incoming.faults.get(place, ()) if fault.field != key]
    if left:
        incoming.faults[place] = left
    else:
        incoming.faults.pop(place, None)


def _with(task: PlanTask, key: str, value: Any) -> PlanTask:  # Any: what the field holds
    """The task with one field as it is stored; the inverse of ``plan_store.task_fields``, field by field."""
    if isinstance(value, Erase):
        value = None
    if key in (*_SAME, *_YES_OR_NO, *_AT_THE_END):
        held: Any = bool(value) if key in _YES_OR_NO else _end(value) if key in _AT_THE_END else value
        return replace(task, **{key: held})
    match key:
        case "name":
            return replace(task, name=value or "")
        case "kind" if task.kind is not TaskKind.SUMMARY:
            kind = TaskKind(value or "task")
            return replace(task, kind=kind, duration=0 if kind is TaskKind.MILESTONE else task.duration)
        case "duration":
            kind = TaskKind.TASK if value and task.kind is TaskKind.MILESTONE else task.kind
            return replace(task, kind=kind, duration=value or 0)
        case "percent":
            return replace(task, percent=round((value or 0.0) * 100, 4))
        case "constraint":
            constraint = Constraint(value or Constraint.ASAP)
            return replace(
                task, constraint=constraint, constraint_date=task.constraint_date if constraint.dated else None
            )
        case "constraint_at":
            return replace(task, constraint_date=_end(value) if task.constraint in _AT_FINISH else value)
    return task  # no field of a plan: a note, a code, a person


def _end(value: dt.datetime | None) -> dt.datetime | None:
    """The end of a day that stands alone, else the moment itself."""
    return value if value is None or value.hour or value.minute else value + dt.timedelta(1)


def _relink(incoming: Incoming, place: int, text: str, called: Sequence[str]) -> None:
    """Take other predecessors for a place; what they name is looked up as the file calls its tasks."""
    (reading,) = read_links([text.strip() or None])
    _forgive(incoming, place, _LINKS)
    for problem in reading.problems:
        incoming.blame(place, _LINKS, problem.message, **problem.values)
    wanted: list[tuple[int, str, float, str]] = []
    for link in reading.links:
        before = _named(incoming, folded(normal(link.target)), called)
        if before is None:
            incoming.blame(place, _LINKS, NO_SUCH_TASK, text=shown(link.target))
        elif before == place:
            incoming.blame(place, _LINKS, ON_ITSELF)
        elif before not in [w[0] for w in wanted]:
            wanted.append((before, link.kind, link.lag, link.lag_unit))
    assert incoming.links is not None
    incoming.links[place] = wanted


def _named(incoming: Incoming, word: str, called: Sequence[str]) -> int | None:
    """The one place that is called so, by its number or code, else by another of its names."""
    columns = [called, *(incoming.values.get(key, ()) for key in ("source_id", "wbs", "name"))]
    for column in columns:
        found = [p for p, v in enumerate(column) if v is not None and folded(as_text(v)) == word]
        if len(found) == 1:
            return found[0]
    return None


def _links(plan: Plan, incoming: Incoming, ids: Sequence[str], changed: set[int]) -> tuple[Link, ...]:
    """The links of the plan, those of changed places anew."""
    if not changed or incoming.links is None:
        return plan.links
    successors = {ids[place] for place in changed}
    kept = [link for link in plan.links if link.successor not in successors]
    new = [
        Link(ids[before], ids[place], LinkType(kind), lag, LagUnit(unit))
        for place in sorted(changed)
        for before, kind, lag, unit in incoming.links[place] or ()
    ]
    return (*kept, *new)
