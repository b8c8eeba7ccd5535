"""What a file of MS Project's XML holds, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from handover.plan.calendar import Calendar
from handover.plan.values import Constraint, LagUnit, LinkType
from handover.values.cells import Unreadable
from handover.values.durations import DAY


@dataclass(frozen=True, slots=True)
class MspdiLink:
    """A link to the predecessor ``predecessor`` (a UID); ``lag`` in minutes, or in hundredths."""

    predecessor: int
    type: LinkType
    lag: float
    lag_unit: LagUnit
    cross_project: bool = False


@dataclass(frozen=True, slots=True)
class MspdiBaseline:
    """One of the eleven baselines of a task."""

    number: int
    start: datetime | None
    finish: datetime | None
    duration: int | None


@dataclass(frozen=True, slots=True)
class MspdiDates:
    """What MS Project itself had scheduled; floats in minutes."""

    start: datetime | None = None
    finish: datetime | None = None
    early_start: datetime | None = None
    early_finish: datetime | None = None
    late_start: datetime | None = None
    late_finish: datetime | None = None
    total_float: int | None = None
    free_float: int | None = None
    critical: bool | None = None


@dataclass(frozen=True, slots=True)
class MspdiTask:
    """One task.

    Args:
        uid, id: the lasting number and the row number, each its own: where the file repeats or leaves out a UID it is
            negative, and where it does so with row numbers the rows are counted.
        parent: UID of the summary above, None at the top.
        duration: minutes, of the clock if ``elapsed``.
        fixed_duration: its assignments don't decide how long it takes.
        calendar: UID of its own calendar.
        leveling_delay: minutes by which resource levelling pushed it.
        tentative: scheduled by hand, but nobody has entered a date.
        owners: names of the resources assigned to it.
        problems: what can't be read, or isn't as it has to be.
    """

    uid: int
    id: int
    name: str
    wbs: str = ""
    outline_number: str = ""
    level: int = 1
    parent: int | None = None
    summary: bool = False
    milestone: bool = False
    active: bool = True
    manual: bool = False
    tentative: bool = False
    external: bool = False
    recurring: bool = False
    fixed_duration: bool = False
    duration: int = 0
    elapsed: bool = False
    estimated: bool = False
    percent: float = 0
    constraint: Constraint = Constraint.ASAP
    constraint_date: datetime | None = None
    deadline: datetime | None = None
    actual_start: datetime | None = None
    actual_finish: datetime | None = None
    actual_duration: int | None = None
    remaining: int | None = None
    stop: datetime | None = None
    resume: datetime | None = None
    calendar: int | None = None
    ignores_resource_calendars: bool = False
    leveling_delay: int = 0
    notes: str = ""
    owners: tuple[str, ...] = ()
    links: tuple[MspdiLink, ...] = ()
    baselines: tuple[MspdiBaseline, ...] = ()
    stored: MspdiDates = field(default_factory=MspdiDates)
    problems: tuple[Unreadable, ...] = ()


@dataclass(frozen=True, slots=True)
class MspdiResource:
    """A resource; ``works`` is False for material and cost."""

    uid: int
    name: str
    works: bool = True
    calendar: int | None = None


@dataclass(frozen=True, slots=True)
class MspdiAssignment:
    """A resource's part in a task.

    Args:
        units: 1.0 is full time.
        work, remaining_work: minutes; None where the file doesn't tell.
        contour: MS Project's number of the work contour; 0 is flat.
        delay: tenths of minutes by which it begins after the task.
        start, finish: as stored.
        split: whether its stored work has a gap within it.
    """

    task: int
    resource: int
    units: float = 1.0
    work: int | None = None
    remaining_work: int | None = None
    contour: int = 0
    delay: int = 0
    leveling_delay: int = 0
    start: datetime | None = None
    finish: datetime | None = None
    split: bool = False


@dataclass(frozen=True, slots=True)
class MspdiProject:
    """A whole file.

    Args:
        calendar: id of the project's calendar, as the calendars are named in ``calendars``.
        critical_float: minutes at or below which MS Project calls a task critical.
    """

    name: str = ""
    title: str = ""
    start: datetime | None = None
    finish: datetime | None = None
    status_date: datetime | None = None
    from_finish: bool = False
    minutes_per_day: int = DAY
    minutes_per_week: int = 2400
    days_per_month: int = 20
    critical_float: int = 0
    honours_constraints: bool = True
    every_end_critical: bool = False
    calendar: str = "1"
    calendars: tuple[Calendar, ...] = ()
    tasks: tuple[MspdiTask, ...] = ()
    resources: tuple[MspdiResource, ...] = ()
    assignments: tuple[MspdiAssignment, ...] = ()
