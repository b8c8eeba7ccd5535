"""Writing MS Project's XML, its elements in the order that the schema (mspdi_pj12.xsd) asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from html import escape
from itertools import count
from pathlib import Path

from handover.exchange.plans.mspdi.fields import CONSTRAINTS, LINK_TYPES, iso_duration
from handover.exchange.plans.mspdi.values import (
    MspdiAssignment,
    MspdiBaseline,
    MspdiLink,
    MspdiProject,
    MspdiResource,
    MspdiTask,
)
from handover.i18n import tr
from handover.jobs import Progress, unattended, watched
from handover.plan.calendar import DAY, Calendar, CalendarException, Shifts, WorkWeek
from handover.plan.values import LagUnit
from handover.replacing import replacing

_NAMESPACE = "http://schemas.microsoft.com/project"
#: What XML 1.0 can't hold at all.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LAG_FORMAT = {LagUnit.WORKING: 7, LagUnit.ELAPSED: 8, LagUnit.PERCENT: 19, LagUnit.ELAPSED_PERCENT: 20}
_DAYS, _ELAPSED_DAYS, _ESTIMATED = 7, 8, 32

Value = str | int | float | bool | date | datetime | None


def write_mspdi(project: MspdiProject, path: Path, progress: Progress = unattended) -> None:
    """Write a project as a file that MS Project opens; an old file at ``path`` is replaced only by a whole new one.

    Raises:
        HandoverError: the file can't be written there.
        Cancelled: the user stopped it; nothing was changed.
    """
    with replacing(path) as part, part.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_document(project, progress))


def _document(project: MspdiProject, progress: Progress) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    yield f'<Project xmlns="{_NAMESPACE}">\n'
    yield _element("SaveVersion", 14)
    yield from _head(project)
    yield "<Calendars>\n"
    for calendar in project.calendars:
        yield from _calendar(calendar)
    yield "</Calendars>\n<Tasks>\n"
    for task in watched(project.tasks, progress, len(project.tasks), tr("Writing the tasks")):
        yield from _task(task)
    yield "</Tasks>\n<Resources>\n"
    for row, resource in enumerate(project.resources, 1):
        yield from _resource(resource, row)
    yield "</Resources>\n<Assignments>\n"
    for uid, assignment in zip(count(1), project.assignments, strict=False):
        yield from _assignment(assignment, uid)
    yield "</Assignments>\n</Project>\n"


def _head(project: MspdiProject) -> Iterator[str]:
    yield _element("Name", project.name or None)
    yield _element("Title", project.title or None)
    yield _element("ScheduleFromStart", not project.from_finish)
    yield _element("StartDate", project.start)
    yield _element("FinishDate", project.finish)
    yield _element("CriticalSlackLimit", project.critical_float // project.minutes_per_day)
    yield _element("CalendarUID", project.calendar)
    yield _element("DefaultStartTime", "08:00:00")
    yield _element("DefaultFinishTime", "17:00:00")
    yield _element("MinutesPerDay", project.minutes_per_day)
    yield _element("MinutesPerWeek", project.minutes_per_week)
    yield _element("DaysPerMonth", project.days_per_month)
    yield _element("DurationFormat", _DAYS)
    yield _element("HonorConstraints", project.honours_constraints)
    yield _element("MultipleCriticalPaths", project.every_end_critical)
    yield _element("StatusDate", project.status_date)
    yield _element("NewTasksAreManual", False)


def _calendar(calendar: Calendar) -> Iterator[str]:
    yield "<Calendar>"
    yield _element("UID", calendar.id)
    yield _element("Name", calendar.name)
    yield _element("IsBaseCalendar", calendar.base is None)
    yield _element("BaseCalendarUID", "-1" if calendar.base is None else calendar.base)
    yield "<WeekDays>"
    yield from _week(calendar.week)
    yield "</WeekDays>"
    if calendar.exceptions:
        yield "<Exceptions>"
        for exception in calendar.exceptions:
            yield from _exception(exception)
        yield "</Exceptions>"
    if calendar.weeks:
        yield "<WorkWeeks>"
        for week in calendar.weeks:
            yield from _work_week(week)
        yield "</WorkWeeks>"
    yield "</Calendar>\n"


def _week(days: tuple[Shifts | None, ...]) -> Iterator[str]:
    for type in range(1, 8):
        shifts = days[(type - 2) % 7]
        if shifts is not None:
            yield "<WeekDay>"
            yield _element("DayType", type)
            yield from _shifts(shifts)
            yield "</WeekDay>"


def _shifts(shifts: Shifts) -> Iterator[str]:
    yield _element("DayWorking", bool(shifts))
    if shifts:
        yield "<WorkingTimes>"
        for start, end in shifts:
            yield f"<WorkingTime><FromTime>{_clock(start)}</FromTime><ToTime>{_clock(end)}</ToTime></WorkingTime>"
        yield "</WorkingTimes>"


def _exception(exception: CalendarException) -> Iterator[str]:
    days = (exception.last - exception.first).days + 1
    yield "<Exception>"
    yield _element("EnteredByOccurrences", False)
    yield _period(exception.first, exception.last)
    yield _element("Occurrences", days)
    yield _element("Name", exception.name or None)
    yield _element("Type", 1)
    yield from _shifts(exception.shifts)
    yield "</Exception>"


def _work_week(week: WorkWeek) -> Iterator[str]:
    yield "<WorkWeek>"
    yield _period(week.first, week.last)
    yield _element("Name", week.name)
    yield "<WeekDays>"
    yield from _week(week.days)
    yield "</WeekDays></WorkWeek>"


def _period(first: date, last: date) -> str:
    return f"<TimePeriod><FromDate>{first}T00:00:00</FromDate><ToDate>{last}T23:59:00</ToDate></TimePeriod>"


def _task(task: MspdiTask) -> Iterator[str]:
    stored = task.stored
    yield "<Task>"
    for name, value in (
        ("UID", task.uid),
        ("ID", task.id),
        ("Name", task.name),
        ("Active", task.active),
        ("Manual", task.manual),
        ("Type", 1 if task.fixed_duration else 0),
        ("IsNull", False),
        ("WBS", task.wbs or None),
        ("OutlineNumber", task.outline_number or None),
        ("OutlineLevel", task.level),
        ("StartText", "" if task.tentative else None),
        ("Start", stored.start),
        ("Finish", stored.finish),
        ("Duration", iso_duration(task.duration)),
        ("ManualStart", stored.start if task.manual else None),
        ("ManualFinish", stored.finish if task.manual else None),
        ("ManualDuration", iso_duration(task.duration) if task.manual else None),
        ("DurationFormat", (_ELAPSED_DAYS if task.elapsed else _DAYS) + (_ESTIMATED if task.estimated else 0)),
        ("Stop", task.stop),
        ("Resume", task.resume),
        ("Recurring", task.recurring),
        ("Estimated", task.estimated),
        ("Milestone", task.milestone),
        ("Summary", task.summary),
        ("Critical", stored.critical),
        ("ExternalTask", task.external),
        ("EarlyStart", stored.early_start),
        ("EarlyFinish", stored.early_finish),
        ("LateStart", stored.late_start),
        ("LateFinish", stored.late_finish),
        ("FreeSlack", None if stored.free_float is None else stored.free_float * 10),
        ("TotalSlack", None if stored.total_float is None else stored.total_float * 10),
        ("PercentComplete", round(task.percent)),
        ("ActualStart", task.actual_start),
        ("ActualFinish", task.actual_finish),
        ("ActualDuration", None if task.actual_duration is None else iso_duration(task.actual_duration)),
        ("RemainingDuration", None if task.remaining is None else iso_duration(task.remaining)),
        ("ConstraintType", CONSTRAINTS.index(task.constraint)),
        ("CalendarUID", -1 if task.calendar is None else task.calendar),
        ("ConstraintDate", task.constraint_date),
        ("Deadline", task.deadline),
        ("LevelingDelay", task.leveling_delay * 10),
        ("LevelingDelayFormat", _ELAPSED_DAYS),
        ("IgnoreResourceCalendar", task.ignores_resource_calendars),
        ("Notes", task.notes or None),
    ):
        yield _element(name, value)
    for link in task.links:
        yield _link(link)
    for baseline in task.baselines:
        yield _baseline(baseline)
    yield "</Task>\n"


def _link(link: MspdiLink) -> str:
    counted = link.lag_unit in (LagUnit.WORKING, LagUnit.ELAPSED)
    return (
        "<PredecessorLink>"
        + _element("PredecessorUID", link.predecessor)
        + _element("Type", LINK_TYPES.index(link.type))
        + _element("CrossProject", link.cross_project)
        + _element("LinkLag", round(link.lag * 10 if counted else link.lag))
        + _element("LagFormat", _LAG_FORMAT[link.lag_unit])
        + "</PredecessorLink>"
    )


def _baseline(baseline: MspdiBaseline) -> str:
    return (
        "<Baseline>"
        + _element("Number", baseline.number)
        + _element("Start", baseline.start)
        + _element("Finish", baseline.finish)
        + _element("Duration", None if baseline.duration is None else iso_duration(baseline.duration))
        + "</Baseline>"
    )


def _resource(resource: MspdiResource, row: int) -> Iterator[str]:
    yield "<Resource>"
    yield _element("UID", resource.uid)
    yield _element("ID", row)
    yield _element("Name", resource.name or None)
    yield _element("Type", 1 if resource.works else 0)
    yield _element("IsNull", False)
    yield _element("CalendarUID", -1 if resource.calendar is None else resource.calendar)
    yield "</Resource>\n"


def _assignment(assignment: MspdiAssignment, uid: int) -> Iterator[str]:
    yield "<Assignment>"
    for name, value in (
        ("UID", uid),
        ("TaskUID", assignment.task),
        ("ResourceUID", assignment.resource),
        ("Delay", assignment.delay),
        ("Finish", assignment.finish),
        ("LevelingDelay", assignment.leveling_delay),
        ("RemainingWork", None if assignment.remaining_work is None else iso_duration(assignment.remaining_work)),
        ("Start", assignment.start),
        ("Units", assignment.units),
        ("Work", None if assignment.work is None else iso_duration(assignment.work)),
        ("WorkContour", assignment.contour),
    ):
        yield _element(name, value)
    yield "</Assignment>\n"


def _clock(minutes: int) -> str:
    minutes %= DAY
    return f"{minutes // 60:02}:{minutes % 60:02}:00"


def _element(name: str, value: Value) -> str:
    """One element of text, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        text = "1" if value else "0"
    elif isinstance(value, datetime):
        text = value.isoformat(timespec="seconds")
    elif isinstance(value, float):
        text = f"{value:g}"
    else:
        text = escape(_FORBIDDEN.sub("", str(value)), quote=False)
    return f"<{name}>{text}</{name}>"
