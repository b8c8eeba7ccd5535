"""What a Primavera P6 file holds, as plain values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from handover.plan.calendar import Calendar
from handover.plan.values import Constraint, LinkType, TaskKind
from handover.values.cells import Unreadable


@dataclass(frozen=True, slots=True)
class XerWbs:
    """A node of the WBS; ``parent`` is the id of the node above, None at the top of the project."""

    id: str
    code: str
    name: str
    parent: str | None
    line: int = 0


@dataclass(frozen=True, slots=True)
class XerActivity:
    """An activity. Durations are minutes of work; ``percent`` runs from 0 to 100.

    ``start`` and ``finish`` are what P6 shows: actual, else scheduled, else planned dates.
    """

    id: str
    code: str
    name: str
    wbs: str | None
    kind: TaskKind = TaskKind.TASK
    duration: int = 0
    remaining: int | None = None
    percent: float = 0.0
    start: dt.datetime | None = None
    finish: dt.datetime | None = None
    actual_start: dt.datetime | None = None
    actual_finish: dt.datetime | None = None
    constraint: Constraint = Constraint.ASAP
    constraint_date: dt.datetime | None = None
    calendar: str | None = None
    owners: tuple[str, ...] = ()
    notes: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class XerLink:
    """A relationship; ids of activities, lag in minutes of work; ``outside`` leads to another project."""

    predecessor: str
    successor: str
    type: LinkType = LinkType.FS
    lag: int = 0
    line: int = 0
    outside: bool = False


@dataclass(slots=True)
class XerPlan:
    """One project of the file. WBS elements and activities have ids of their own, whatever the file says.

    Attributes:
        problems: what is wrong, by the line of the WBS element or activity, counted from 1; so is a ``row`` in them.
        bad_lines: lines of the file that can't be understood.
    """

    id: str
    code: str
    name: str
    start: dt.datetime | None = None
    finish: dt.datetime | None = None
    data_date: dt.datetime | None = None
    calendar: str | None = None
    wbs: list[XerWbs] = field(default_factory=list)
    activities: list[XerActivity] = field(default_factory=list)
    links: list[XerLink] = field(default_factory=list)
    calendars: tuple[Calendar, ...] = ()
    problems: dict[int, list[Unreadable]] = field(default_factory=dict)
    bad_lines: list[int] = field(default_factory=list)

    def blame(self, line: int, field: str, message: str, **values: object) -> None:
        """Note what is wrong with the WBS element or activity on a line; the same is noted once."""
        noted = self.problems.setdefault(line, [])
        if not any(n.message == message and n.values == values for n in noted):
            noted.append(Unreadable(message, field=field, detail="", **values))
