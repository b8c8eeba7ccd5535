"""Lays out columns, side by side or on one another."""

from __future__ import annotations

from collections.abc import Sequence

from handover.charts.axes import draw_feet, draw_values, feet, foot_of, name_axes, plot_of, value_axis
from handover.charts.board import Board, Plot, pattern_of, samples_of, tip_of
from handover.charts.data import ColumnChart, Series, StackChart, colour_of
from handover.charts.drawing import Line, Rect, Target
from handover.charts.figures import Ticks
from handover.wording import Words

#: A column so many times as long as all but a few others is cut off, and says so: the others would vanish beside it.
_OUTLIER = 8.0


def lay_columns(board: Board, chart: ColumnChart) -> None:
    """Columns side by side."""
    board.legend(samples_of(chart.series, lines=False))
    values = [v for s in chart.series for at in range(len(chart.categories)) if (v := s.value(at)) is not None]
    axis = value_axis(_without_outliers(values), board, share=chart.unit == "%", headroom=0.07)
    plot = _ground(board, chart, axis)
    slot = plot.width / len(chart.categories)
    thick = min(slot * 0.76 / max(len(chart.series), 1), board.em * 4)
    texts = [board.type.value(v, chart.unit, short=True) for v in values if axis.low <= v <= axis.high]
    told = max(map(board.type.width, texts), default=0) <= slot * 0.76 / max(len(chart.series), 1) + thick * 0.1
    for number, series in enumerate(chart.series):
        for at, category in enumerate(chart.categories):
            value = series.value(at)
            if value is None:
                continue
            left = plot.left + (at + 0.5) * slot + (number - len(chart.series) / 2) * thick
            tip = tip_of(board.type, series.name, category, board.type.value(value, chart.unit))
            target = Target(series.key(at), tip, number, at)
            _column(board, plot, axis, number, series, value, left, thick, target, chart.unit if told else None)


def _without_outliers(values: Sequence[float]) -> list[float]:
    """The values but the one that would make all others vanish."""
    ordered = sorted(map(abs, values))
    if len(ordered) < 4 or ordered[-1] <= _OUTLIER * max(ordered[-2], 1e-300):
        return list(values)
    return [min(max(v, -ordered[-2] * 1.5), ordered[-2] * 1.5) for v in values]


def _column(
    board: Board, plot: Plot, axis: Ticks, number: int, series: Series, value: float, left: float, thick: float,
    target: Target, unit: Words | None,
) -> None:  # fmt: skip
    base, end = plot.y(axis.place(0.0)), plot.y(axis.place(value))
    top, bottom = min(base, end), max(base, end)
    if value and bottom - top < 1:
        top, bottom = (bottom - 1, bottom) if value > 0 else (top, top + 1)
    gap = min(1.0, thick * 0.06)
    colour = colour_of(series.colour, number)
    box = Rect(left + gap, top, thick - 2 * gap, bottom - top, colour, pattern=pattern_of(number), target=target)
    board.add(box)
    cut = not axis.low <= value <= axis.high
    if cut:
        _broken(board, box, value > 0)
    if unit is None and not cut:
        return
    text = board.type.value(value, unit or "", short=True)
    y = top - board.em * 0.35 if value >= 0 else bottom + board.em
    if cut or board.type.width(text) <= thick * 1.3:  # what is cut off is always told
        board.text(left + thick / 2, y, text, "text", "middle")


def _broken(board: Board, box: Rect, up: bool) -> None:
    """Two slanted strokes across a column that goes on beyond the axis."""
    em = board.em
    y = box.y + min(em * 2.2, box.height / 2) if up else box.y + box.height - min(em * 2.2, box.height / 2)
    for shift in (-em * 0.2, em * 0.2):
        board.add(Line(((box.x, y + shift + em * 0.2), (box.x + box.width, y + shift - em * 0.2)), "raised", em * 0.16))


def lay_stack(board: Board, chart: StackChart) -> None:
    """Columns on one another, their sum over them."""
    board.legend(samples_of(chart.series, lines=False))
    places = range(len(chart.categories))
    above = [sum(max(s.value(at) or 0.0, 0.0) for s in chart.series) for at in places]
    below = [sum(min(s.value(at) or 0.0, 0.0) for s in chart.series) for at in places]
    axis = value_axis([*above, *below], board, share=chart.unit == "%", headroom=0.07)
    plot = _ground(board, chart, axis)
    slot = plot.width / len(chart.categories)
    thick = min(slot * 0.66, board.em * 5)
    for at, category in enumerate(chart.categories):
        left = plot.left + (at + 0.5) * slot - thick / 2
        high = low = 0.0
        for number, series in enumerate(chart.series):
            value = series.value(at)
            if not value:
                continue
            start, low, high = (high, low, high + value) if value > 0 else (low, low + value, high)
            ends = sorted((plot.y(axis.place(start)), plot.y(axis.place(start + value))))
            tip = tip_of(board.type, series.name, category, board.type.value(value, chart.unit))
            target = Target(series.key(at), tip, len(chart.series) - 1 - number, at)
            colour = colour_of(series.colour, number)
            box = Rect(left, ends[0], thick, ends[1] - ends[0], colour, "raised", 0, 0.8, pattern_of(number), target)
            board.add(box)
            _within(board, box, board.type.value(value, chart.unit, short=True))
        total = board.type.value(above[at], chart.unit, short=True)
        several = sum(bool(s.value(at)) for s in chart.series) > 1
        if several and not below[at] and board.type.width(total) <= slot - board.em * 0.4:
            y = plot.y(axis.place(above[at])) - board.em * 0.35
            board.text(left + thick / 2, y, total, "text", "middle", strong=True)


def _within(board: Board, box: Rect, text: str) -> None:
    """A value in its piece of the column, where there is room."""
    em, wide = board.em, board.type.width(text)
    if box.height < em * 1.5 or wide > box.width - em * 0.5:
        return
    middle = box.y + box.height / 2
    if box.pattern:
        ground = Rect(box.x + (box.width - wide) / 2 - em * 0.25, middle - em * 0.65, wide + em * 0.5, em * 1.3)
        board.add(ground._replace(fill=box.fill))
    board.text(box.x + box.width / 2, middle + em * 0.35, text, "raised", "middle")


def _ground(board: Board, chart: ColumnChart | StackChart, axis: Ticks) -> Plot:
    """The axes with their words."""
    words = [board.type.say(c) for c in chart.categories]
    foot = foot_of(board, chart.x)
    wide = plot_of(board, axis, chart.unit, 0, names=True).width
    set_ = feet(board, words, wide / len(words))
    plot = plot_of(board, axis, chart.unit, set_.height + foot + board.em * 0.3, names=True)
    draw_values(board, plot, axis, chart.unit)
    draw_feet(board, plot, set_)
    name_axes(board, plot, chart.x, chart.y, chart.unit)
    return plot
