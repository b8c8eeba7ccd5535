"""Lays out a heat map: a shaded cell with its number for each pair of a row and a column."""

from __future__ import annotations

from handover.charts.axes import feet
from handover.charts.board import Board, Plot, Sample, tip_of
from handover.charts.data import HeatChart
from handover.charts.drawing import Rect, Target
from handover.charts.figures import value_text
from handover.charts.lettering import every
from handover.wording import Words

#: Of the colour that grows stronger: the share in the lowest and the highest cell; text keeps its contrast on both.
PALE, STRONG = 6, 50
TONES = ("ok", "warning", "danger", "info", "neutral")


def lay_heat(board: Board, chart: HeatChart) -> None:
    """A heat map, the names of its rows on the left and those of its columns on top."""
    em, type_ = board.em, board.type
    values = [
        v for r in range(len(chart.rows)) for c in range(len(chart.columns)) if (v := chart.value(r, c)) is not None
    ]
    low, high = min(values), max(values)
    board.legend(_legend(board, chart, low, high))
    names = [type_.say(row) for row in chart.rows]
    heads = [type_.say(column) for column in chart.columns]
    across = type_.cut(type_.say(chart.x), board.width - em)
    board.text(board.width - em * 0.5, board.top + em, across, "secondary", "end")
    upward = type_.cut(type_.say(chart.y), board.width - em * 1.5 - type_.width(across))
    board.text(em * 0.5, board.top + em, upward, "secondary")
    board.top += type_.line * 1.15 if across or upward else 0
    left = min(max(map(type_.width, names)) + em * 1.2, board.width * 0.38)
    plot = Plot(left, board.top, board.width - em * 0.5, board.height - em * 0.5)
    plot = plot._replace(top=_heads(board, plot, heads))
    if plot.height < em or plot.width < em:
        return
    wide, high_ = plot.width / len(heads), plot.height / len(names)
    skip = every([em * 1.1], high_, 0)
    for row, name in enumerate(names):
        top = plot.top + row * high_
        if row % skip == 0:
            board.text(left - em * 0.6, top + high_ / 2 + em * 0.35, type_.cut(name, left - em * 1.2), "text", "end")
        for column in range(len(heads)):
            place = Rect(plot.left + column * wide, top, wide, high_)
            _cell(board, chart, place, row, column, (low, high))


def _heads(board: Board, plot: Plot, heads: list[str]) -> float:
    """The names of the columns; returns where the cells begin."""
    em, type_ = board.em, board.type
    slot = plot.width / len(heads)
    set_ = feet(board, heads, slot)
    for at in range(0, len(heads), set_.skip):
        lines = set_.lines[at]
        x = plot.left + (at + 0.5) * slot
        if set_.turned:
            board.text(x + em * 0.35, plot.top + set_.height - em * 0.5, lines[0], "text", turned=True)
            continue
        for number, line in enumerate(lines):  # they stand on the cells
            y = plot.top + set_.height - (len(lines) - 1 - number) * type_.line - em * 0.35
            board.text(x, y, line, "text", "middle")
    return plot.top + set_.height


def _cell(board: Board, chart: HeatChart, place: Rect, row: int, column: int, span: tuple[float, float]) -> None:
    value = chart.value(row, column)
    gap = min(1.0, place.width * 0.05, place.height * 0.05)
    place = place._replace(
        x=place.x + gap, y=place.y + gap, width=place.width - 2 * gap, height=place.height - 2 * gap, radius=2 * gap
    )
    if value is None:
        board.add(place._replace(stroke="line"))
        return
    fill, ink = shade(chart, value, *span)
    text = board.type.value(value, chart.unit)
    tip = tip_of(board.type, chart.rows[row], chart.columns[column], text)
    board.add(place._replace(fill=fill, target=Target(chart.key(row, column), tip, row, column)))
    brief = board.type.value(value, chart.unit, short=True)
    if board.type.width(brief) <= place.width - 2 and place.height >= board.em:
        middle = place.x + place.width / 2, place.y + place.height / 2 + board.em * 0.35
        board.text(*middle, brief, ink, "middle")


def shade(chart: HeatChart, value: float, low: float, high: float) -> tuple[str, str]:
    """The ground of a cell and the colour of its number."""
    if not chart.steps:
        share = (value - low) / (high - low) if high > low else 0.5
        return f"accent/{round(PALE + share * (STRONG - PALE))}", "text"
    tone = step_of(chart, value)
    return (f"{tone}_soft", tone) if tone in TONES else (f"{tone}/25", "text")


def step_of(chart: HeatChart, value: float) -> str:
    """The tone of a number by the chart's steps; neutral below the lowest."""
    return next((tone for start, tone in reversed(chart.steps) if value >= start), "neutral")


def _legend(board: Board, chart: HeatChart, low: float, high: float) -> list[Sample]:
    def told(value: float) -> str:
        return value_text(value, chart.unit, board.type.language, short=True)

    if not chart.steps:
        ends: list[tuple[Words, str]] = [(told(low), f"accent/{PALE}"), (told(high), f"accent/{STRONG}")]
        return [Sample(name, colour, stroke="border") for name, colour in ends] if high > low else []
    starts = [start for start, _ in chart.steps]
    samples = []
    for at, (start, tone) in enumerate(chart.steps):
        name = f"{told(start)} –" if at + 1 < len(starts) else f"≥ {told(start)}"
        if at + 1 < len(starts):
            name = f"{told(start)} – < {told(starts[at + 1])}"
        samples.append(Sample(name, f"{tone}_soft" if tone in TONES else f"{tone}/25", stroke=tone))
    return samples
