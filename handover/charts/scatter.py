"""Lays out points by two numbers, or by two scales of steps as a risk map."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from handover.charts.axes import draw_feet, draw_values, feet, foot_of, name_axes, plot_of, value_axis, with_unit
from handover.charts.board import Board, Plot, Sample, mark, mark_of
from handover.charts.data import Dot, DotSeries, ScatterChart, colour_of
from handover.charts.drawing import Box, Label, Line, Rect, StepField, Target, label_box
from handover.charts.figures import words_of
from handover.charts.lettering import every

_SMALLEST, _LARGEST = 0.35, 1.1
#: Names beside points; more would be a cloud of words.
_NAMED = 60


def lay_scatter(board: Board, chart: ScatterChart) -> None:
    """Points with their names where there is room for them."""
    board.legend(_legend(chart))
    steps = bool(chart.x_steps and chart.y_steps)
    places = _map(board, chart) if steps else _field(board, chart)
    for place in places:
        x, y, reach = place.x, place.y, place.reach
        board.block((x - reach, y - reach, x + reach, y + reach))
    ordered = sorted(places, key=lambda place: (place.x, place.y))
    rank = {id(place.dot): at for at, place in enumerate(ordered)}
    for number, dot, x, y, reach, _, _ in places:
        colour = colour_of(chart.series[number].colour, number)
        target = Target(dot.key, _tip(board, chart, chart.series[number], dot), 0, rank[id(dot)])
        board.add(mark(mark_of(number), x, y, reach, colour, target))
    if len(places) <= _NAMED:
        for place in ordered:
            _name(board, place)


def _legend(chart: ScatterChart) -> list[Sample]:
    found = [Sample(s.name, colour_of(s.colour, at), mark=mark_of(at)) for at, s in enumerate(chart.series)]
    return [] if len(found) == 1 and not found[0].name else found


def _tip(board: Board, chart: ScatterChart, series: DotSeries, dot: Dot) -> str:
    type_ = board.type
    words = [type_.say(dot.name) or type_.say(series.name)]
    for value, steps, unit, name in (
        (dot.x, chart.x_steps, chart.x_unit, chart.x), (dot.y, chart.y_steps, chart.unit, chart.y)
    ):  # fmt: skip
        told = words_of(steps[_step(value, len(steps))], type_.language) if steps else type_.value(value, unit)
        words.append(" ".join(part for part in (type_.say(name), told) if part))
    return " · ".join(words)


class PlacedDot(NamedTuple):
    """A point on the board; its name stands within ``field`` and is at most ``room`` wide."""

    number: int
    dot: Dot
    x: float
    y: float
    reach: float
    field: Box
    room: float


def _dots(chart: ScatterChart) -> Iterator[tuple[int, Dot]]:
    """The points that lie somewhere, with the place of their series."""
    for number, series in enumerate(chart.series):
        for dot in series.dots:
            if abs(dot.x) < 1e300 and abs(dot.y) < 1e300:
                yield number, dot


def _field(board: Board, chart: ScatterChart) -> list[PlacedDot]:
    """Axes of numbers, and where each point lies."""
    type_, em = board.type, board.em
    found = list(_dots(chart))
    upward = value_axis([d.y for _, d in found], board, share=chart.unit == "%", zero=False)
    across = value_axis([d.x for _, d in found], board, share=chart.x_unit == "%", zero=False)
    foot = type_.line + foot_of(board, chart.x) + em * 0.3
    plot = plot_of(board, upward, chart.unit, foot, names=True)
    draw_values(board, plot, upward, chart.unit)
    texts = [type_.value(v, chart.x_unit, short=True) for v in across.values]
    skip = every(list(map(type_.width, texts)), plot.width / max(len(texts) - 1, 1), em * 0.6)
    for at, (value, text) in enumerate(zip(across.values, texts, strict=True)):
        x = plot.x(across.place(value))
        board.add(Line(((x, plot.top), (x, plot.bottom)), "line", board.hair))
        if at % skip == 0:
            half = type_.width(text) / 2
            middle = min(max(x, half + 0.5), board.width - half - 0.5)
            board.text(middle, plot.bottom + em * 1.15, text, "secondary", "middle")
    name_axes(board, plot, with_unit(board, chart.x, chart.x_unit), chart.y, chart.unit)
    places: list[PlacedDot] = []
    for number, dot in found:
        reach = min(_reach(dot, em), plot.width / 4, plot.height / 4)
        x, y = plot.x(across.place(dot.x)), plot.y(upward.place(dot.y))
        x = min(max(x, plot.left + reach * 1.3), plot.right - reach * 1.3)
        y = min(max(y, plot.top + reach * 1.3), plot.bottom - reach * 1.3)
        places.append(PlacedDot(number, dot, x, y, reach, plot, em * 11))
    return places


def _reach(dot: Dot, em: float) -> float:
    """The circle's area follows the size."""
    share = math.sqrt(min(max(dot.size, 0.0), 1.0))
    return em * (_SMALLEST + share * (_LARGEST - _SMALLEST))


def _step(value: float, many: int) -> int:
    return min(max(round(value), 1), many) - 1


def _map(board: Board, chart: ScatterChart) -> list[PlacedDot]:
    """The fields of two scales in the tones of their zones; points of one field stand beside one another."""
    type_, em = board.type, board.em
    words = [type_.say(step) for step in chart.x_steps]
    names = [type_.say(step) for step in chart.y_steps]
    left = min(max(map(type_.width, names)) + em * 1.2, board.width * 0.34)
    top = board.top + em * 1.95
    slot = (board.width - em * 0.8 - left) / len(words)
    set_ = feet(board, words, slot, may_turn=False)
    bottom = board.height - set_.height - foot_of(board, chart.x) - em * 0.3
    plot = Plot(left, top, board.width - em * 0.8, bottom)
    high = plot.height / len(names)
    for row, name in enumerate(names):
        y = plot.bottom - (row + 1) * high
        if high >= type_.line:
            board.text(left - em * 0.6, y + high / 2 + em * 0.35, type_.cut(name, left - em * 1.2), "secondary", "end")
        for column in range(len(words)):
            tone = chart.zones[row][column] if row < len(chart.zones) and column < len(chart.zones[row]) else ""
            edge = plot.left + column * slot
            board.fields.append(StepField((edge, y, edge + slot, y + high), column + 1, row + 1))
            field = Rect(plot.left + column * slot + 1, y + 1, max(slot - 2, 0.5), max(high - 2, 0.5), radius=2)
            board.add(
                field._replace(fill=f"{tone}_soft" if tone else "sunken", stroke=tone or "line", line_width=board.hair)
            )
    draw_feet(board, plot, set_)
    name_axes(board, plot, chart.x, chart.y, "")
    fields: dict[tuple[int, int], list[tuple[int, Dot]]] = defaultdict(list)
    for number, dot in _dots(chart):
        fields[_step(dot.x, len(words)), _step(dot.y, len(names))].append((number, dot))
    places: list[PlacedDot] = []
    for (column, row), dots in sorted(fields.items()):
        cell = (plot.left + column * slot, plot.bottom - (row + 1) * high, slot, high)
        places += _spread(cell, dots, em)
    return places


def _spread(cell: tuple[float, float, float, float], dots: list[tuple[int, Dot]], em: float) -> Iterator[PlacedDot]:
    """Points in the rows of a grid that fills a field."""
    left, top, wide, high = cell
    across = max(1, min(len(dots), math.ceil(math.sqrt(len(dots) * wide / max(high, 1.0)))))
    down = -(-len(dots) // across)
    room = min(wide / across, high / down)
    for at, (number, dot) in enumerate(dots):
        x = left + (at % across + 0.5) * wide / across
        reach = max(min(_reach(dot, em) * 0.75, room * 0.36), 1.0)
        # Where a field is high enough, its points stand in the upper part and their names under them.
        share = 0.36 if high / down > em * 2.8 else 0.5
        y = top + (at // across + share) * high / down
        yield PlacedDot(number, dot, x, y, reach, (left, top, left + wide, top + high), wide / across - em * 0.2)


def _name(board: Board, place: PlacedDot) -> None:
    """The name of a point beside it, where there is room first."""
    em, type_ = board.em, board.type
    _, dot, x, y, reach, field, room = place
    size = em if room > em * 10 else em * 0.85  # within a field of a map, under its point first
    name = type_.say(dot.name)
    text = type_.cut(name, min(room, em * 11), size=size)
    if not text or len(text) < min(6, len(name)):
        return
    gap, base = reach + em * 0.35, y + em * 0.35
    beside = (Label(x + gap, base, text, size), Label(x - gap, base, text, size, anchor="end"))
    under = (Label(x, y + gap + em * 0.8, text, size, anchor="middle"),)
    over = (Label(x, y - gap, text, size, anchor="middle"),)
    for label in (*under, *beside) if size < em else (*beside, *under, *over):
        box = label_box(label, type_.measure(text, size))
        inside = box[0] >= field[0] and box[2] <= field[2] and box[1] >= field[1] and box[3] <= field[3]
        if inside and board.place(label, em * 0.1):
            return
