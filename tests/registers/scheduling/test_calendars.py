"""Working calendars as a project keeps them: written in one act, given to tasks, filled with public holidays."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from handover.errors import HandoverError, NotLawful, NotValid
from handover.registers.scheduling import calendars
from handover.registers.scheduling.calendars import Day, KeptCalendar
from handover.registers.scheduling.planning import schedule_project
from handover.store import undo
from tests.registers.conftest import Site


def kept(site: Site) -> list[KeptCalendar]:
    with site.workspace.read() as connection:
        return calendars.read(connection, site.project)


def finish_of(site: Site, task: str) -> dt.date:
    with site.workspace.read() as connection:
        return schedule_project(connection, site.project)[site.ids[task]].finish.date()


def test_a_project_without_calendars_works_office_hours(site: Site) -> None:
    (standard,) = kept(site)
    assert standard.standard
    assert standard.week == (calendars.OFFICE,) * 5 + ("", "")


def test_a_day_off_moves_the_plan_and_undo_moves_it_back(site: Site) -> None:
    before = finish_of(site, "second")
    (standard,) = kept(site)
    calendars.save(site.workspace, site.project, [replace(standard, days=(Day(before, before),))])
    assert finish_of(site, "second") > before
    undo(site.workspace)
    assert finish_of(site, "second") == before
    assert not kept(site)[0].days


def test_a_task_works_round_the_clock_on_a_calendar_of_its_own(site: Site) -> None:
    before = finish_of(site, "second")
    calendars.save(site.workspace, site.project, [*kept(site), calendars.round_the_clock("Shifts")])
    shifts = next(k for k in kept(site) if k.name == "Shifts")
    calendars.assign(site.workspace, site.project, [site.ids["second"]], shifts.id)
    assert finish_of(site, "second") < before
    assert next(k for k in kept(site) if k.name == "Shifts").tasks == 1


def test_a_deleted_calendar_gives_its_tasks_back_to_the_project(site: Site) -> None:
    before = finish_of(site, "second")
    calendars.save(site.workspace, site.project, [*kept(site), calendars.round_the_clock("Shifts")])
    standard, shifts = kept(site)
    calendars.assign(site.workspace, site.project, [site.ids["second"]], shifts.id)
    calendars.save(site.workspace, site.project, [standard])
    assert finish_of(site, "second") == before
    assert kept(site) == [standard]


def test_days_that_stay_are_not_written_again(site: Site) -> None:
    days = (Day(dt.date(2026, 12, 24), dt.date(2026, 12, 26), "", "Holidays"),)
    calendars.save(site.workspace, site.project, [replace(kept(site)[0], days=days)])
    more = (*days, Day(dt.date(2026, 12, 31), dt.date(2026, 12, 31)))
    calendars.save(site.workspace, site.project, [replace(kept(site)[0], days=more)])
    assert kept(site)[0].days == more
    with site.workspace.read() as connection:
        query = "SELECT count(*) FROM change WHERE tbl = 'calendar_day' AND op = 'insert'"
        assert connection.exec_driver_sql(query).scalar() == 2


def test_a_calendar_refines_another(site: Site) -> None:
    day = dt.date(2026, 12, 24)
    calendars.save(site.workspace, site.project, [replace(kept(site)[0], days=(Day(day, day),), name="Plant")])
    standard = kept(site)[0]
    calendars.save(site.workspace, site.project, [standard, calendars.office("Saturdays too", standard.id)])
    refined = kept(site)[1]
    assert refined.base_id == standard.id
    assert refined.week == ("*",) * 7


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"name": " "}, NotValid),
        ({"week": ("8 to 5",) + ("",) * 6}, NotValid),
        ({"week": ("12:00-08:00",) + ("",) * 6}, NotValid),
        ({"week": ("",) * 7}, NotValid),
        ({"days": (Day(dt.date(2026, 12, 2), dt.date(2026, 12, 1)),)}, NotValid),
        ({"days": (Day(dt.date(2026, 12, 1), dt.date(2026, 12, 1), "morning"),)}, NotValid),
        ({"standard": False}, NotLawful),
    ],
)
def test_what_makes_no_calendar_is_refused_whole(
    site: Site, wrong: dict[str, object], error: type[HandoverError]
) -> None:
    with pytest.raises(error):
        calendars.save(site.workspace, site.project, [replace(kept(site)[0], **wrong)])  # type: ignore[arg-type]  # wrong on purpose
    assert kept(site)[0].id == ""


def test_chinas_holidays_bring_their_make_up_days() -> None:
    days = calendars.public_holidays("CN", 2026, "zh")
    worked = [day for day in days if day.hours]
    assert all(day.first.weekday() >= 5 and day.name for day in worked)
    assert worked and any(day.name == "春节" and not day.hours for day in days)


def test_days_worked_instead_that_are_not_published_yet_are_known_to_lack() -> None:
    years = range(2026, 2060)
    known = [any(day.hours for day in calendars.public_holidays("CN", year, "en")) for year in years]
    first_open = years[known.index(False)]

    assert not calendars.awaits_make_up_days("CN", 2026)
    assert calendars.awaits_make_up_days("CN", first_open)
    assert not calendars.awaits_make_up_days("DE", first_open)


def test_of_two_days_with_one_beginning_the_added_one_stays() -> None:
    first, other = dt.date(2026, 5, 1), dt.date(2026, 10, 1)
    days = calendars.merged([Day(first, first, "", "May"), Day(other, other)], [Day(first, first, "", "Labour Day")])
    assert [day.name for day in days] == ["Labour Day", ""]
