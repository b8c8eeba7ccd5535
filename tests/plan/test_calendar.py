"""Working calendars: exceptions, bases, shifts over midnight, countries."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from handover.errors import NotFound
from handover.plan.calendar import (
    NO_WORK,
    OFFICE_HOURS,
    ROUND_THE_CLOCK,
    Calendar,
    CalendarException,
    Shift,
    WorkWeek,
    common,
    fold,
    standard,
    tidy,
)
from handover.plan.official import countries, official_exceptions
from handover.plan.worktime import EARLIEST, FIRST_DAY, LAST_DAY, LATEST, WorkTime, moment, when
from tests.plan.building import at

SPAN = (FIRST_DAY, LAST_DAY)


def time_of(*calendars: Calendar) -> WorkTime:
    return WorkTime(fold({one.id: one for one in calendars}, calendars[0].id, SPAN), moment(at(1, 5)))


def test_china_s_calendar_has_its_holidays_and_make_up_days() -> None:
    found = official_exceptions("CN", [2026], language="zh")
    free = [one for one in found if not one.shifts]
    worked = [one.first for one in found if one.shifts]

    assert CalendarException(date(2026, 10, 1), date(2026, 10, 3), NO_WORK, "国庆节") in free
    assert worked == [date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28), date(2026, 5, 9), date(2026, 9, 20),
                      date(2026, 10, 10)]  # fmt: skip
    assert list(found) == sorted(found, key=lambda one: one.first)


def test_the_days_worked_in_china_in_2026_are_those_of_the_state_council() -> None:
    time = time_of(standard(exceptions=official_exceptions("CN", [2026])))

    days = time.before(moment(at(12, 31, 23))) - time.before(moment(at(1, 1, 0)))
    assert days / 480 == 248
    assert time.next_start(moment(at(2, 14, 18))) == moment(at(2, 24))


def test_other_countries_and_their_parts_are_known() -> None:
    bavaria = official_exceptions("DE", [2026], subdivision="BY")
    germany = official_exceptions("DE", [2026])

    assert "CN" in countries() and "DE" in countries() and len(countries()) > 100
    assert len(bavaria) > len(germany)
    with pytest.raises(NotFound):
        official_exceptions("XX", [2026])


def test_an_exception_wins_over_the_week_and_the_later_over_the_earlier() -> None:
    free = CalendarException(date(2026, 1, 5), date(2026, 1, 9))
    worked = CalendarException(date(2026, 1, 7), date(2026, 1, 7), (Shift(600, 660),))
    time = time_of(standard(exceptions=[free, worked]))

    assert time.next_start(moment(at(1, 5))) == moment(at(1, 7, 10))
    assert time.add(moment(at(1, 5)), 90) == moment(at(1, 12, 8, 30))


def test_a_calendar_refines_its_base() -> None:
    base = standard("base", exceptions=[CalendarException(date(2026, 1, 6), date(2026, 1, 6))])
    own = Calendar(
        "own",
        week=(None,) * 5 + (OFFICE_HOURS, None),
        exceptions=(CalendarException(date(2026, 1, 7), date(2026, 1, 7)),),
        base="base",
    )
    time = time_of(own, base)

    assert time.add(moment(at(1, 5)), 481) == moment(at(1, 8, 8, 1))
    assert time.next_start(moment(at(1, 10, 0))) == moment(at(1, 10))


def test_a_work_week_holds_for_its_time() -> None:
    trial = WorkWeek(date(2026, 1, 5), date(2026, 1, 11), (ROUND_THE_CLOCK,) * 6 + (None,))
    time = time_of(Calendar("c", weeks=(trial,)))

    assert time.add(moment(at(1, 5, 0)), 6 * 1440) == moment(at(1, 11, 0))
    assert time.add(moment(at(1, 5, 0)), 6 * 1440 + 1) == moment(at(1, 12, 8, 1))


def test_a_shift_over_midnight_is_one_stretch() -> None:
    night = Calendar("night", week=((Shift(0, 360), Shift(1320, 1440)),) * 7)
    time = time_of(night)

    assert time.add(moment(at(1, 5, 22)), 480) == moment(at(1, 6, 6))
    assert time.next_start(moment(at(1, 6, 0))) == moment(at(1, 6, 0))
    assert not time.rests(moment(at(1, 6, 0)))
    assert time.rests(moment(at(1, 6, 12)))


def test_a_leap_day_and_the_turn_of_the_year_are_days_like_others() -> None:
    time = time_of(Calendar("c", week=(ROUND_THE_CLOCK,) * 7))

    begun = moment(at(1, 1).replace(year=2028, month=2, day=28))
    assert when(time.add(begun, 1440)).date() == date(2028, 2, 29)
    assert when(time.add(moment(at(12, 31)), 1440)).date() == date(2027, 1, 1)


def test_shifts_are_put_in_order_and_joined() -> None:
    assert tidy([Shift(780, 1020), Shift(480, 800), Shift(5, 5), Shift(-10, 60)]) == (Shift(0, 60), Shift(480, 1020))


def test_two_calendars_have_their_common_hours() -> None:
    late = Calendar("late", week=((Shift(600, 1200),),) * 7)
    both = common(fold({"s": standard("s")}, "s", SPAN), fold({"late": late}, "late", SPAN))

    assert both.on(date(2026, 1, 5).toordinal()) == (Shift(600, 720), Shift(780, 1020))
    assert both.on(date(2026, 1, 10).toordinal()) == NO_WORK


def test_arithmetic_stops_at_the_ends_of_time() -> None:
    time = time_of(standard("s"))

    assert time.add(moment(at(1, 5)), 10**9) == LATEST
    assert time.add(moment(at(1, 5)), -(10**9)) == EARLIEST
    assert time.before(LATEST + 1440) == time.before(LATEST)


def test_a_holiday_of_many_years_is_skipped() -> None:
    gone = CalendarException(date(2026, 1, 6), date(2026, 1, 6) + timedelta(days=9_000))
    time = time_of(standard("s", exceptions=[gone]))

    assert when(time.add(moment(at(1, 5)), 481)).year >= 2050
