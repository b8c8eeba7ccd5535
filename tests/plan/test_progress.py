"""Slip, S-curve, milestone trend, look-ahead and late tasks."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from handover.plan.progress import LookAhead, Planned, look_ahead, milestone_trend, s_curve, slips
from handover.plan.schedule import Schedule
from tests.plan.building import a_task, at, scheduled

BASELINE = {
    "a": Planned(at(1, 5), at(1, 6, 17)),
    "b": Planned(at(1, 7), at(1, 8, 17)),
    "c": Planned(at(1, 9), at(1, 9, 17)),
    "d": Planned(at(1, 5), at(1, 5, 17)),
}


def behind() -> Schedule:
    """a took two days longer, which carries b and c along; d is on time."""
    return scheduled(
        a_task("a", 4, actual_start=at(1, 5), actual_finish=at(1, 8, 17), percent=100),
        a_task("b", 2),
        a_task("c", 1),
        a_task("d", 1, actual_start=at(1, 5), actual_finish=at(1, 5, 17), percent=100),
        links="a>b,b>c",
        data_date=at(1, 9),
    )


def test_slip_counts_working_days_and_names_the_way_it_came() -> None:
    found = {slip.id: slip for slip in slips(behind(), BASELINE)}

    assert set(found) == {"a", "b", "c"}
    assert (found["a"].start_days, found["a"].finish_days, found["a"].done) == (0, 2, True)
    assert (found["c"].start_days, found["c"].finish_days, found["c"].done) == (2, 2, False)
    assert found["c"].path == ("a", "b", "c")
    assert found["c"].finish == at(1, 13, 17)


def test_the_s_curve_starts_empty_and_ends_full() -> None:
    curve = s_curve(behind(), BASELINE, at(1, 9), step=1)

    assert curve[0].day == date(2026, 1, 5)
    assert curve[0].planned == curve[0].actual == 0
    assert curve[-1].planned == curve[-1].forecast == pytest.approx(1)
    past = [point.day for point in curve if point.actual is not None]
    assert past[-1] == date(2026, 1, 9)
    assert next(point.day for point in curve if point.forecast is not None) == date(2026, 1, 9)
    on_the_day = curve[4]
    assert on_the_day.actual == on_the_day.forecast == pytest.approx(5 / 8)
    assert on_the_day.planned == pytest.approx(7 / 8)


def test_the_s_curve_never_falls() -> None:
    curve = s_curve(behind(), BASELINE, at(1, 9), step=2)

    for name in ("planned", "actual", "forecast"):
        values = [value for point in curve if (value := getattr(point, name)) is not None]
        assert values == sorted(values)


@pytest.mark.parametrize("told", [at(1, 9), at(2, 20)])
def test_the_forecast_begins_where_what_is_done_ends(told: datetime) -> None:
    begun = a_task("a", 4, actual_start=at(1, 5), percent=25)
    curve = s_curve(scheduled(begun, a_task("b", 4), a_task("c", 8)), None, told, step=7)

    (met,) = [point for point in curve if point.actual is not None and point.forecast is not None]
    assert met.actual == pytest.approx(met.forecast)
    assert [p for p in curve if p.actual is not None][-1] is met
    assert curve[-1].forecast == pytest.approx(1)


def test_a_plan_without_work_has_no_curve() -> None:
    assert s_curve(scheduled(a_task("m", 0)), None, at(1, 9)) == []


def test_the_milestone_trend_tells_how_far_each_report_moved_it() -> None:
    reports = [
        (date(2026, 2, 1), {"m": date(2026, 6, 10)}),
        (date(2026, 1, 1), {"m": date(2026, 6, 1), "n": date(2026, 5, 1)}),
    ]
    trend = milestone_trend(reports)

    assert [(point.reported.month, point.days) for point in trend["m"]] == [(1, 0), (2, 9)]
    assert len(trend["n"]) == 1


def test_the_look_ahead_has_what_starts_and_ends_in_time() -> None:
    found = scheduled(a_task("s"), a_task("a", 5, parent="s"), a_task("b", 10), a_task("c", 1), links="a>b,b>c")

    assert look_ahead(found, date(2026, 1, 8)) == LookAhead(("b",), ("a",))
    assert look_ahead(found, date(2026, 1, 19), days=8) == LookAhead(("c",), ("b", "c"))


def test_a_task_done_on_no_certain_day_is_done_all_the_same() -> None:
    found = scheduled(a_task("a", 5, percent=100), a_task("b", 5, percent=50))

    assert look_ahead(found, date(2026, 1, 5)).finishing == ("b",)
    done = [point.actual for point in s_curve(found, None, at(1, 9), step=1) if point.actual is not None]
    assert done[-1] == pytest.approx(0.5)
