"""Coverage of systems by secondments: shares by week, gaps between, and nothing said outside."""

from __future__ import annotations

import datetime as dt

import pytest

from handover.registers.figures.coverage_chart import Lent, by_week, shown_weeks

MONDAY = dt.date(2026, 6, 1)
WEEKS = [MONDAY + dt.timedelta(weeks=n) for n in range(5)]


def lent(first: int, last: int, share: float = 1.0) -> Lent:
    return Lent("s", MONDAY + dt.timedelta(days=first), MONDAY + dt.timedelta(days=last), share)


def test_gap_between_two_secondments_is_nothing_and_outside_isnt_known() -> None:
    assert by_week([lent(7, 13, 0.6), lent(21, 27)], WEEKS)["s"] == [None, 0.6, 0.0, 1.0, None]


def test_shares_of_several_add_up_by_their_working_days() -> None:
    assert by_week([lent(0, 4, 0.5), lent(0, 1, 0.5)], WEEKS)["s"][0] == 0.7


def test_system_that_nobody_covers_is_a_gap_throughout() -> None:
    assert by_week([], WEEKS)["other"] == [0.0] * 5


def test_many_weeks_are_those_around_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDOVER_TODAY", "2027-01-06")
    weeks = shown_weeks([lent(0, 400)])
    assert len(weeks) == 26 and weeks[0] == dt.date(2026, 12, 7)
