"""The charts of a plan: its progress over time, and how the forecasts for its milestones moved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from handover import clock
from handover.charts.data import CALENDAR, LineChart, Series
from handover.charts.outliers import usual_range
from handover.i18n import N_
from handover.plan.progress import CurvePoint, Planned, TrendPoint, s_curve
from handover.plan.worktime import when
from handover.registers.scheduling.baselines import BaseDates
from handover.registers.scheduling.chart import Chart
from handover.wording import said

#: An S-curve has no more points than this, a week apart or more.
_POINTS = 100
_MILESTONES = 12


def planned_dates(kept: Mapping[str, BaseDates]) -> dict[str, Planned]:
    """The dates of a baseline by task, where it has both."""
    return {id: Planned(b.start, b.finish) for id, b in kept.items() if b.start is not None and b.finish is not None}


def reported_at(chart: Chart) -> dt.datetime:
    """The moment up to which progress is reported: the data date, or now."""
    return chart.data_date or clock.local(clock.now()).replace(tzinfo=None)


def progress_points(chart: Chart) -> list[CurvePoint]:
    """Planned, actual and forecast progress, a week apart or more."""
    first, last = usual_days(chart)
    weeks = (max(last, reported_at(chart)) - first).days // (7 * _POINTS) + 1
    baseline = planned_dates(chart.baseline) or None
    return s_curve(chart.schedule, baseline, reported_at(chart), 7 * weeks, (first, last))


def usual_days(chart: Chart) -> tuple[dt.datetime, dt.datetime]:
    """From when to when a plan goes, single dates years from all others apart."""
    spans = chart.schedule.spans
    found = usual_range((*spans.start, *spans.finish))
    if found is None:
        return chart.schedule.start, chart.schedule.finish
    return when(int(found[0])), when(int(found[1]))


def progress_chart(chart: Chart, points: Sequence[CurvePoint]) -> LineChart:
    """The S-curve of a plan; the key of each value is its day."""
    days = tuple(point.day for point in points)
    looks = (
        (N_("Baseline"), [p.planned for p in points], "neutral", True),
        (N_("Actual"), [p.actual for p in points], "accent", False),
        (N_("Forecast"), [p.forecast for p in points], "accent", True),
    )
    series = [
        Series(said(name), tuple(values), colour, days, dashed)
        for name, values, colour, dashed in looks
        if any(value is not None for value in values)
    ]
    mark = said(N_("Data date")) if chart.data_date else said(N_("Today"))
    return LineChart(
        x=said(N_("Time")),
        y=said(N_("Share of the work")),
        unit="%",
        periods=days,
        series=tuple(series),
        marks=((reported_at(chart).date(), mark),),
    )


def trend_chart(chart: Chart, found: Mapping[str, Sequence[TrendPoint]]) -> LineChart:
    """The milestone trend of those that moved most; the key of each value is the milestone's, in a tuple.

    Args:
        found: what each report forecast for a milestone, the milestones that matter most first.
    """
    shown = [id for id in found if id in chart.node][:_MILESTONES]
    days = tuple(sorted({point.reported for id in shown for point in found[id]}))
    series = []
    for id in shown:
        told = {point.reported: float(point.forecast.toordinal()) for point in found[id]}
        series.append(
            Series(chart.rows[chart.node[id]].name, tuple(told.get(day) for day in days), keys=((id,),) * len(days))
        )
    return LineChart(
        x=said(N_("Reported on")),
        y=said(N_("Forecast for the milestone")),
        unit=CALENDAR,
        periods=days,
        series=tuple(series),
    )
