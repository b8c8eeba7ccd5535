"""Lays out values on spokes around a middle."""

from __future__ import annotations

import math
from typing import NamedTuple

from handover.charts.board import Board, dashes_of, mark, mark_of, samples_of, tip_of
from handover.charts.data import RadarChart, colour_of
from handover.charts.drawing import Anchor, Label, Line, Point, Polygon, Target
from handover.charts.figures import Ticks, nice_ticks
from handover.wording import Words


class _Web(NamedTuple):
    """The middle, the length of the spokes and how many there are."""

    x: float
    y: float
    reach: float
    spokes: int

    def at(self, spoke: int, share: float) -> Point:
        """A place on a spoke; the first points upward, the others follow clockwise."""
        angle = 2 * math.pi * spoke / self.spokes
        return self.x + math.sin(angle) * share * self.reach, self.y - math.cos(angle) * share * self.reach


def lay_radar(board: Board, chart: RadarChart) -> None:
    """A polygon for each series over rings of the value axis."""
    em = board.em
    board.legend(samples_of(chart.series, lines=True))
    axis = _axis(chart)
    room = board.height - board.top - board.type.line * 2.4
    wide = board.width - min(board.width * 0.4, em * 16)
    reach = max(min(room, wide) / 2, 1.0)
    web = _Web(board.width / 2, board.top + board.type.line * 1.2 + room / 2, reach, len(chart.spokes))
    _area(board, web, axis, chart)
    _rings(board, web, axis)
    for spoke, words in enumerate(chart.spokes):
        board.add(Line(((web.x, web.y), web.at(spoke, 1)), "line", board.hair))
        _spoke_name(board, web, spoke, board.type.say(words))
    for number, series in enumerate(chart.series):
        colour = colour_of(series.colour, number)
        values = [series.value(at) for at in range(web.spokes)]
        known = [(at, v) for at, v in enumerate(values) if v is not None]
        points = tuple(web.at(at, axis.place(v)) for at, v in known)
        if len(points) == web.spokes:
            board.add(Line((*points, points[0]), colour, em * 0.17, dashes_of(series, number)))
        for (at, value), point in zip(known, points, strict=True):
            tip = tip_of(board.type, series.name, chart.spokes[at], board.type.value(value, chart.unit))
            target = Target(series.key(at), tip, number, at)
            board.add(mark(mark_of(number), *point, em * 0.3, colour, target))
            reach = em * 0.36
            board.block((point[0] - reach, point[1] - reach, point[0] + reach, point[1] + reach))
    _ring_values(board, web, axis, chart.unit)


def _area(board: Board, web: _Web, axis: Ticks, chart: RadarChart) -> None:
    """A tint within the first series that isn't dashed, under everything else."""
    for number, series in enumerate(chart.series):
        values = [v for at in range(web.spokes) if (v := series.value(at)) is not None]
        if not series.dashed and len(values) == web.spokes:
            corners = tuple(web.at(at, axis.place(v)) for at, v in enumerate(values))
            board.add(Polygon(corners, f"{colour_of(series.colour, number)}/14"))
            return


def _axis(chart: RadarChart) -> Ticks:
    """From 0 to the rim; values below 0 lie in the middle."""
    values = [v for s in chart.series for at in range(len(chart.spokes)) if (v := s.value(at)) is not None]
    by = 100.0 if chart.unit == "%" else 1.0
    top = chart.top if chart.top is not None else max(max(values, default=1.0), 0.0)
    axis = nice_ticks(0.0, (top or 1.0) * by, 5)
    if chart.top is not None and chart.top > 0:
        inner = tuple(v for v in axis.values if v < chart.top * by * (1 - 1e-9))
        return Ticks(tuple(v / by for v in (*inner, chart.top * by)), axis.step / by)
    return Ticks(tuple(v / by for v in axis.values), axis.step / by)


def _rings(board: Board, web: _Web, axis: Ticks) -> None:
    for value in axis.values[1:]:
        corners = tuple(web.at(spoke, axis.place(value)) for spoke in range(web.spokes))
        board.add(Polygon(corners, stroke="border" if value == axis.values[-1] else "line", line_width=board.hair))


def _ring_values(board: Board, web: _Web, axis: Ticks, unit: Words) -> None:
    """The values of the rings beside the upright spoke, but where a mark stands."""
    em = board.em
    for value in axis.values[1:]:
        text = board.type.value(value, unit, short=True)
        y = web.y - axis.place(value) * web.reach + em
        label = Label(web.x - em * 0.35, y, text, em * 0.9, "secondary", anchor="end")
        if board.type.measure(text, label.size) < web.reach:
            board.place(label)


def _spoke_name(board: Board, web: _Web, spoke: int, words: str) -> None:
    """The name of a spoke outside the rim, cut to what is left beside it."""
    em = board.em
    x, y = web.at(spoke, 1)
    lean = math.sin(2 * math.pi * spoke / web.spokes)
    anchor: Anchor = "middle" if abs(lean) < 0.15 else "start" if lean > 0 else "end"
    room = {"middle": board.width * 0.6, "start": board.width - x - em * 0.8, "end": x - em * 0.8}[anchor]
    x += {"middle": 0.0, "start": em * 0.5, "end": -em * 0.5}[anchor]
    up = math.cos(2 * math.pi * spoke / web.spokes)
    y += em * 0.35 - up * em * (0.85 if anchor == "middle" else 0.5)
    text = board.type.cut(words, room)
    label = Label(x, y, text, em, "text", anchor=anchor)
    if text:
        board.place(label)
