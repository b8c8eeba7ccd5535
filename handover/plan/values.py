"""What a plan is made of: tasks, links, constraints and dates, as plain frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from handover.plan.calendar import Calendar, standard


class TaskKind(StrEnum):
    """What a row of the plan is. A task that others name as ``parent`` is a summary, whatever its kind says."""

    TASK = "task"
    MILESTONE = "milestone"
    SUMMARY = "summary"


class Constraint(StrEnum):
    """When a task may happen, beyond what its links say; named and abbreviated as in MS Project and P6."""

    ASAP = "asap"
    ALAP = "alap"
    MUST_START_ON = "mso"
    MUST_FINISH_ON = "mfo"
    START_NO_EARLIER = "snet"
    START_NO_LATER = "snlt"
    FINISH_NO_EARLIER = "fnet"
    FINISH_NO_LATER = "fnlt"

    @property
    def dated(self) -> bool:
        """Whether it needs a date."""
        return self not in (Constraint.ASAP, Constraint.ALAP)


class LinkType(StrEnum):
    """Which end of the predecessor holds back which end of the successor."""

    FS = "FS"
    SS = "SS"
    FF = "FF"
    SF = "SF"


class LagUnit(StrEnum):
    """How a lag is counted.

    WORKING: minutes on the successor's calendar (as MS Project; P6 can be set to others).
    ELAPSED: minutes of the clock.
    PERCENT: hundredths of the predecessor's duration, counted as that duration is.
    ELAPSED_PERCENT: hundredths of the predecessor's duration, counted by the clock.
    """

    WORKING = "working"
    ELAPSED = "elapsed"
    PERCENT = "percent"
    ELAPSED_PERCENT = "elapsed_percent"


@dataclass(frozen=True, slots=True)
class Link:
    """One dependency. A negative ``lag`` is a lead."""

    predecessor: str
    successor: str
    type: LinkType = LinkType.FS
    lag: float = 0
    lag_unit: LagUnit = LagUnit.WORKING


@dataclass(frozen=True, slots=True)
class Labour:
    """A resource's part in a task, where it works on a calendar of its own or otherwise than the task's duration says.

    Args:
        calendar: id of the resource's calendar.
        minutes: how long it works: its work divided by its units, or what a split, a contour or a delay make of that.
        remaining: how much of that follows once the rest of a task under way goes on; None: the task's own share.
    """

    calendar: str
    minutes: int
    remaining: int | None = None


@dataclass(frozen=True, slots=True)
class PlanTask:
    """One row of the plan.

    Args:
        id: unique in the plan.
        parent: id of the summary above, or None.
        duration: minutes, working or, if ``elapsed``, by the clock. A summary's is not used.
        inactive: keeps its dates to be looked at but moves nothing.
        calendar: id of its own calendar; None is the plan's.
        constraint_date: for the constraints that have one.
        deadline: what ``late_finish`` shall not pass; it moves nothing else.
        actual_start, actual_finish: what happened; they win over links and constraints.
        remaining: minutes left of a started task; None: what ``percent`` leaves of ``duration``.
        resume: when the rest of a started task goes on, if it was interrupted.
        percent: of the duration done, 0 to 100.
        manual: pinned to ``start`` and ``finish`` by hand; links don't move it.
        start, finish: for a manual task.
        tentative: a manual task whose dates nobody has entered yet; it is never critical, as in MS Project.
        labour: of resources with calendars of their own; then the task lasts until the last of them is done.
        delay: minutes of the clock by which resource levelling lets it start later than its links.
    """

    id: str
    name: str = ""
    parent: str | None = None
    kind: TaskKind = TaskKind.TASK
    duration: int = 0
    elapsed: bool = False
    inactive: bool = False
    calendar: str | None = None
    constraint: Constraint = Constraint.ASAP
    constraint_date: datetime | None = None
    deadline: datetime | None = None
    actual_start: datetime | None = None
    actual_finish: datetime | None = None
    remaining: int | None = None
    resume: datetime | None = None
    percent: float = 0
    manual: bool = False
    start: datetime | None = None
    finish: datetime | None = None
    labour: tuple[Labour, ...] = ()
    tentative: bool = False
    delay: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole plan, ready to be scheduled.

    Args:
        start: no task begins before it, unless a date of its own says so.
        finish: only when ``from_finish``: the moment that everything is scheduled back from.
        tasks: in outline order, each parent before its children.
        calendar: id of the calendar of tasks without their own.
        data_date: up to where progress is known. What isn't done lies after it. None leaves unfinished tasks where
            their actual start puts them, which is what MS Project does until told to reschedule.
        critical_float: minutes; a task with no more total float than this is critical.
        from_finish: schedule backward from ``finish``, every task as late as possible.
        honour_constraints: a constraint wins over a link that contradicts it (MS Project's option "Tasks will always
            honor their constraint dates"); otherwise the link wins and the float turns negative.
        every_end_critical: each task without a successor is critical at its own finish (MS Project's "Calculate
            multiple critical paths", P6's "open ends"), not only at the plan's.
    """

    start: datetime
    tasks: tuple[PlanTask, ...] = ()
    links: tuple[Link, ...] = ()
    calendars: tuple[Calendar, ...] = field(default_factory=lambda: (standard(),))
    calendar: str = "standard"
    finish: datetime | None = None
    data_date: datetime | None = None
    critical_float: int = 0
    from_finish: bool = False
    honour_constraints: bool = True
    every_end_critical: bool = False
