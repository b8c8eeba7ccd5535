"""Lays out lines over periods, and the burn-down as lines of its own kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

from handover.charts.axes import (
    at_day,
    day_axis,
    draw_days,
    draw_feet,
    draw_marks,
    draw_values,
    feet,
    foot_of,
    name_axes,
    plot_of,
    value_axis,
)
from handover.charts.board import Board, Plot, dashes_of, mark, mark_of, samples_of, tip_of
from handover.charts.data import BurnChart, LineChart, Series, colour_of
from handover.charts.drawing import Circle, Line, Point, Polygon, Target
from handover.charts.figures import Ticks
from handover.i18n import N_
from handover.wording import Words, said

PLANNED, ACTUAL, REMAINING = N_("To be open by plan"), N_("Open"), N_("Open by forecast")


def lay_lines(board: Board, chart: LineChart, *, filled: int = -1) -> None:
    """Lines, each with a mark of its own at its points.

    Args:
        filled: the place of the series whose area is tinted.
    """
    board.legend(samples_of(chart.series, lines=True))
    share = chart.unit == "%"
    values = [v for s in chart.series for at in range(len(chart.periods)) if (v := s.value(at)) is not None]
    axis = value_axis(values, board, share=share, zero=share or filled >= 0 or _near_zero(values))
    plot, place = _ground(board, chart, axis)
    apart = plot.width / max(len(chart.periods), 1)
    for number, series in sorted(enumerate(chart.series), key=lambda pair: pair[0] != filled):
        colour = colour_of(series.colour, number)
        for run in _runs(series, len(chart.periods)):
            points = tuple((place(at), plot.y(axis.place(value))) for at, value in run)
            if number == filled and len(points) > 1:
                base = plot.y(axis.place(0.0))
                board.add(Polygon(((points[0][0], base), *points, (points[-1][0], base)), f"{colour}/14"))
            if len(points) > 1:
                board.add(Line(points, colour, board.em * 0.17, dashes_of(series, number)))
        _points(board, chart, plot, axis, place, number, apart)


def _near_zero(values: Sequence[float]) -> bool:
    """Whether an axis that begins at 0 still shows how the values differ."""
    low, high = min(values), max(values)
    return low <= 0 <= high or max(abs(low), abs(high)) < 4 * (high - low)


def _runs(series: Series, many: int) -> list[list[tuple[int, float]]]:
    """The stretches of a series between its gaps."""
    runs: list[list[tuple[int, float]]] = [[]]
    for at in range(many):
        value = series.value(at)
        if value is None:
            runs.append([])
        else:
            runs[-1].append((at, value))
    return [run for run in runs if run]


def _points(
    board: Board, chart: LineChart, plot: Plot, axis: Ticks, place: Callable[[int], float], number: int, apart: float
) -> None:
    series = chart.series[number]
    alone = {run[0][0] for run in _runs(series, len(chart.periods)) if len(run) == 1}
    for at, period in enumerate(chart.periods):
        value = series.value(at)
        if value is None:
            continue
        point: Point = (place(at), plot.y(axis.place(value)))
        tip = tip_of(board.type, series.name, period, board.type.value(value, chart.unit))
        target = Target(series.key(at), tip, number, at)
        if apart > board.em or at in alone:
            board.add(mark(mark_of(number), *point, board.em * 0.32, colour_of(series.colour, number), target))
        else:  # marks would touch: the place can still be pointed at
            board.add(Circle(*point, board.em * 0.32, target=target))


def _ground(board: Board, chart: LineChart, axis: Ticks) -> tuple[Plot, Callable[[int], float]]:
    """The axes with their words, and where each period lies."""
    foot = foot_of(board, chart.x)
    days = [period for period in chart.periods if isinstance(period, dt.date)]
    if days and len(days) == len(chart.periods):
        plot = plot_of(board, axis, chart.unit, board.type.line * 2 + foot, names=True)
        calendar = day_axis(_with_marks(days, chart.marks), plot)
        draw_values(board, plot, axis, chart.unit)
        draw_days(board, calendar)
        name_axes(board, plot, chart.x, chart.y, chart.unit)
        low, high = calendar.scale.at(0), calendar.scale.at(plot.width)
        draw_marks(board, calendar, [m for m in chart.marks if low <= at_day(m[0]) <= high])
        return plot, lambda at: calendar.x(days[at])
    words = [board.type.say(p) if not isinstance(p, dt.date) else p.isoformat() for p in chart.periods]
    wide = plot_of(board, axis, chart.unit, 0, names=True).width
    set_ = feet(board, words, wide / len(words), may_turn=False)
    plot = plot_of(board, axis, chart.unit, set_.height + foot + board.em * 0.3, names=True)
    draw_values(board, plot, axis, chart.unit)
    draw_feet(board, plot, set_)
    name_axes(board, plot, chart.x, chart.y, chart.unit)
    return plot, lambda at: plot.left + (at + 0.5) * plot.width / len(words)


def _with_marks(days: Sequence[dt.date], marks: Sequence[tuple[dt.date, Words]]) -> list[dt.date]:
    """The days that the axis holds: a mark is among them unless it would more than double its length."""
    first, last = min(days).toordinal(), max(days).toordinal()
    room = max(last - first, 14)
    return [*days, *(day for day, _ in marks if first - room <= day.toordinal() <= last + room)]


def as_lines(chart: BurnChart) -> LineChart:
    """A burn-down as lines: the plan dashed and grey, what is open as an area, the forecast dashed in its colour."""
    found = []
    kinds = ((chart.planned, PLANNED, "neutral", True), (chart.actual, ACTUAL, "accent", False),
             (chart.remaining, REMAINING, "accent", True))  # fmt: skip
    for series, name, colour, dashed in kinds:
        if series is not None:
            words: Words = series.name or said(name)
            found.append(replace(series, name=words, colour=series.colour or colour, dashed=dashed))
    return LineChart(
        title=chart.title, x=chart.x, y=chart.y, unit=chart.unit, empty=chart.empty, periods=chart.days,
        series=tuple(found), marks=chart.marks,
    )  # fmt: skip


def lay_burn(board: Board, chart: BurnChart) -> None:
    """A burn-down."""
    filled = (1 if chart.planned is not None else 0) if chart.actual is not None else -1
    lay_lines(board, as_lines(chart), filled=filled)
