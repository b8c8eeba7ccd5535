"""The working calendars of a project: reading them, writing them in one act, giving one to tasks, public holidays."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from handover.errors import NotLawful, NotValid
from handover.i18n import N_, tr
from handover.model.calendar import (
    AS_BASE,
    OFFICE,
    OFFICE_WEEK,
    CalendarDay,
    WorkCalendar,
    readable,
    stretches,
    written,
)
from handover.model.task import Task
from handover.plan.calendar import OFFICE_HOURS, Shift
from handover.plan.official import official_exceptions
from handover.store.work import UnitOfWork
from handover.store.workspace import Workspace

ALL_DAY = "00:00-24:00"


@dataclass(frozen=True, slots=True)
class Day:
    """Days that differ from the week: ``hours`` as ``08:00-12:00 13:00-17:00``, empty for days off.

    ``weekday`` (0 is Monday) restricts the span to one day of its weeks.
    """

    first: dt.date
    last: dt.date
    hours: str = ""
    name: str = ""
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class KeptCalendar:
    """A calendar as it is kept, or as it shall be.

    Args:
        id: empty for one that isn't stored yet.
        week: the hours of Monday to Sunday; ``*`` takes a day from the base.
        base_id: the calendar that it refines, empty for none.
        tasks: how many tasks have it as their own.
    """

    id: str
    name: str
    week: tuple[str, ...]
    standard: bool = False
    base_id: str = ""
    days: tuple[Day, ...] = ()
    tasks: int = 0


def read(connection: Connection, project_id: str) -> list[KeptCalendar]:
    """The calendars of a project, the standard one first; where none is stored, the one that holds without one."""
    days: dict[str, list[Day]] = defaultdict(list)
    columns = (CalendarDay.calendar_id, CalendarDay.first, CalendarDay.last, CalendarDay.hours, CalendarDay.name)
    found = select(*columns, CalendarDay.weekday).where(CalendarDay.project_id == project_id)
    for row in connection.execute(found.order_by(CalendarDay.first, CalendarDay.id)):
        days[row.calendar_id].append(Day(row.first, row.last, row.hours, row.name or "", row.weekday))
    used: dict[str, int] = dict(
        connection.execute(  # type: ignore[arg-type]  # rows of two are pairs
            select(Task.calendar_id, func.count())
            .where(Task.project_id == project_id, Task.deleted_at.is_(None), Task.calendar_id.is_not(None))
            .group_by(Task.calendar_id)
        ).all()
    )
    query = select(WorkCalendar.id, WorkCalendar.name, WorkCalendar.week, WorkCalendar.standard, WorkCalendar.base_id)
    alive = query.where(WorkCalendar.project_id == project_id, WorkCalendar.deleted_at.is_(None))
    kept = [
        KeptCalendar(r.id, r.name, tuple(r.week.split(";")), bool(r.standard), r.base_id or "", tuple(days[r.id]),
             used.get(r.id, 0))
        for r in connection.execute(alive.order_by(WorkCalendar.id))
    ]  # fmt: skip
    kept.sort(key=lambda calendar: not calendar.standard)
    if not kept or not kept[0].standard:
        kept.insert(0, KeptCalendar("", tr("Standard"), tuple(OFFICE_WEEK.split(";")), True))
    return kept


def office(name: str, base_id: str = "") -> KeptCalendar:
    """A new calendar: as its base where it has one, else Monday to Friday, eight hours."""
    return KeptCalendar("", name, (AS_BASE,) * 7 if base_id else tuple(OFFICE_WEEK.split(";")), base_id=base_id)


def round_the_clock(name: str) -> KeptCalendar:
    """A new calendar of three shifts, every day of the year."""
    return KeptCalendar("", name, (ALL_DAY,) * 7)


def save(workspace: Workspace, project_id: str, wanted: Sequence[KeptCalendar]) -> None:
    """Make ``wanted`` the calendars of a project, in one act; a stored one that is not among them goes to the bin.

    Raises:
        NotValid: a name is missing or twice, hours can't be read, a span ends before it begins.
        NotLawful: not exactly one of them is the standard one.
    """
    _check(wanted)
    with workspace.read() as connection:
        stored = {kept.id: kept for kept in read(connection, project_id) if kept.id}
    with workspace.edit(N_("Change the working calendars"), project=project_id) as work:
        for gone in stored.keys() - {kept.id for kept in wanted}:
            _drop(work, project_id, gone)
        for kept in wanted:
            if kept.id:
                _write(work, kept, stored[kept.id].days)
            elif not (_untouched(kept) and len(wanted) == 1):
                _begin(work, kept)


def assign(workspace: Workspace, project_id: str, task_ids: Sequence[str], calendar_id: str) -> None:
    """Give tasks a calendar of their own; the project's with an empty key."""
    label = N_("Change the calendar of a task"), N_("Change the calendar of {n} tasks")
    with workspace.edit(label, project=project_id, n=len(task_ids)) as work:
        work.update_many(Task, {id: {"calendar_id": calendar_id or None} for id in task_ids})


def public_holidays(country: str, year: int, language: str, hours: str = OFFICE) -> list[Day]:
    """The public holidays of a year and the weekend days that are worked instead; raises NotFound."""
    shifts = tuple(Shift(a, b) for a, b in stretches(hours)) or OFFICE_HOURS
    return [
        Day(each.first, each.last, written([tuple(s) for s in each.shifts]), each.name or _make_up(each.shifts))  # type: ignore[misc]  # a shift is a pair
        for each in official_exceptions(country, [year], language=language, hours=shifts)
    ]


def awaits_make_up_days(country: str, year: int) -> bool:
    """Whether a country names days that are worked instead of holidays, but those of a year aren't known yet."""
    before = official_exceptions(country, range(year - 5, year), language="en", hours=OFFICE_HOURS)
    of_year = official_exceptions(country, [year], language="en", hours=OFFICE_HOURS)
    return any(each.shifts for each in before) and not any(each.shifts for each in of_year)


def merged(days: Iterable[Day], more: Iterable[Day]) -> tuple[Day, ...]:
    """Days with others added; of two that begin on one day the added one stays."""
    by_first = {(day.first, day.weekday): day for day in days}
    by_first.update({(day.first, day.weekday): day for day in more})
    return tuple(sorted(by_first.values(), key=lambda day: (day.first, day.last)))


def _make_up(shifts: Sequence[Shift]) -> str:
    return tr("Make-up working day") if shifts else ""


def _check(wanted: Sequence[KeptCalendar]) -> None:
    if sum(kept.standard for kept in wanted) != 1:
        raise NotLawful(N_("Exactly one calendar must be the project's standard one."))
    names = [kept.name.strip() for kept in wanted]
    for name in names:
        if not name:
            raise NotValid(N_("A calendar needs a name."), field="name")
        if names.count(name) > 1:
            raise NotValid(N_("Two calendars have the name {name}."), field="name", name=name)
    for kept in wanted:
        for hours in kept.week:
            if hours != AS_BASE and not _lawful(hours):
                raise NotValid(N_("“{text}” can't be read. Write hours as 08:00-12:00 13:00-17:00."), field="week",
                               text=hours)  # fmt: skip
        if not kept.base_id and not any(kept.week):
            raise NotValid(N_("The calendar {name} has no working time in its week."), field="week", name=kept.name)
        for day in kept.days:
            if day.last < day.first:
                raise NotValid(N_("It ends before it starts."), field="days")
            if not _lawful(day.hours):
                raise NotValid(N_("“{text}” can't be read. Write hours as 08:00-12:00 13:00-17:00."), field="days",
                               text=day.hours)  # fmt: skip


def _lawful(hours: str) -> bool:
    return readable(hours) and all(0 <= a < b <= 1440 for a, b in stretches(hours))


def _untouched(kept: KeptCalendar) -> bool:
    return ";".join(kept.week) == OFFICE_WEEK and not kept.days and kept.name == tr("Standard")


def _begin(work: UnitOfWork, kept: KeptCalendar) -> None:
    row = work.add(
        WorkCalendar(
            name=kept.name.strip(), week=";".join(kept.week), standard=kept.standard or None,
            base_id=kept.base_id or None,
        )
    )  # fmt: skip
    _add_days(work, row.id, kept.days)


def _write(work: UnitOfWork, kept: KeptCalendar, before: tuple[Day, ...]) -> None:
    row = work.get(WorkCalendar, kept.id)
    row.name, row.week = kept.name.strip(), ";".join(kept.week)
    row.standard, row.base_id = kept.standard or None, kept.base_id or None
    gone, new = set(before) - set(kept.days), [day for day in kept.days if day not in before]
    if gone:
        rows = work.session.query(CalendarDay).filter(CalendarDay.calendar_id == kept.id)
        stale = [r.id for r in rows if Day(r.first, r.last, r.hours, r.name or "", r.weekday) in gone]
        work.remove(CalendarDay, stale)
    _add_days(work, kept.id, new)


def _add_days(work: UnitOfWork, calendar_id: str, days: Sequence[Day]) -> None:
    rows = [
        {
            "calendar_id": calendar_id,
            "first": day.first,
            "last": day.last,
            "hours": day.hours,
            "name": day.name or None,
            "weekday": day.weekday,
        }
        for day in days
    ]
    work.insert_plain(CalendarDay, rows)


def _drop(work: UnitOfWork, project_id: str, calendar_id: str) -> None:
    """Put a calendar into the bin; its tasks take the project's, those that refine it stand alone."""
    tasks = work.session.scalars(
        select(Task.id).where(Task.project_id == project_id, Task.calendar_id == calendar_id)
    ).all()
    work.update_many(Task, {id: {"calendar_id": None} for id in tasks})
    others = work.session.scalars(select(WorkCalendar).where(WorkCalendar.base_id == calendar_id)).all()
    for other in others:
        other.base_id = None
        other.week = ";".join(OFFICE if day == AS_BASE else day for day in other.week.split(";"))
    work.delete(work.get(WorkCalendar, calendar_id))
