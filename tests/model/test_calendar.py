"""Working calendars and baselines: hours that can be read, spans that make sense."""

from __future__ import annotations

import datetime as dt

import pytest

from handover.model import Baseline, CalendarDay, WorkCalendar
from handover.model.calendar import OFFICE_WEEK, readable, stretches, written


@pytest.mark.parametrize(
    "hours", ["", "08:00-12:00 13:00-17:00", "00:00-24:00", "00:00-06:00 22:00-24:00", "08:00-12:00 12:00-16:00"]
)
def test_hours_are_read_and_written_alike(hours: str) -> None:
    assert readable(hours)
    assert written(stretches(hours)) == hours


@pytest.mark.parametrize(
    "hours",
    [
        "8-12",
        "08:00–12:00",
        "08:00-12:60",
        "25:00-26:00",
        "12:00-08:00",
        "08:00-08:00",
        "22:00-24:30",
        "13:00-17:00 08:00-12:00",
        "08:00-12:00 11:00-17:00",
        "day off",
    ],
)
def test_hours_that_can_not_be_are_refused(hours: str) -> None:
    assert not readable(hours)
    assert [p.field for p in CalendarDay.problems({"hours": hours})] == ["hours"]


@pytest.mark.parametrize(
    ("week", "sound"),
    [(OFFICE_WEEK, True), (";;;;;;", True), ("*;*;*;*;*;*;*", True), ("", False), (";;;;;", False), ("x;;;;;;", False)],
)
def test_week_has_seven_days(week: str, sound: bool) -> None:
    faults = [p.field for p in WorkCalendar.problems({"name": "Standard", "week": week})]

    assert faults == ([] if sound else ["week"])


def test_calendar_is_not_its_own_base_and_has_a_name() -> None:
    assert [p.field for p in WorkCalendar.problems({"id": "c", "base_id": "c", "week": OFFICE_WEEK})] == [
        "name",
        "base",
    ]


def test_holiday_does_not_end_before_it_begins() -> None:
    first, last = dt.date(2027, 2, 6), dt.date(2027, 2, 5)

    assert [p.field for p in CalendarDay.problems({"first": first, "last": last})] == ["last"]
    assert list(CalendarDay.problems({"first": first, "last": first})) == []


def test_baseline_has_a_name() -> None:
    assert [p.field for p in Baseline.problems({"name": " "})] == ["name"]
