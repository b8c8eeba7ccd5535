"""Lays out strips: what went on when, a row for each day, coloured and patterned by what it was."""

from __future__ import annotations

from collections.abc import Iterator

from handover.charts.board import Board, Plot, Sample, pattern_of
from handover.charts.data import StripChart, StripSpan
from handover.charts.drawing import Line, Rect, Target
from handover.charts.lettering import every

#: No row is higher than so many times the usual text.
_HIGHEST = 3.2


def lay_strip(board: Board, chart: StripChart) -> None:
    """Strips below each other, their names on the left, the hours below."""
    em, type_ = board.em, board.type
    board.legend([Sample(name, colour, pattern_of(at)) for at, (name, colour) in enumerate(chart.states)])
    across = type_.cut(type_.say(chart.x), board.width - em)
    board.text(board.width - em * 0.5, board.top + em, across, "secondary", "end")
    upward = type_.cut(type_.say(chart.y), board.width - em * 1.5 - type_.width(across))
    board.text(em * 0.5, board.top + em, upward, "secondary")
    board.top += type_.line * 1.15 if across or upward else 0
    names = [type_.say(row) for row in chart.rows]
    left = min(max(map(type_.width, names)) + em * 1.2, board.width * 0.38)
    plot = Plot(left, board.top + em * 0.3, board.width - em * 1.2, board.height - em * 1.9)
    if plot.height < em or plot.width < em:
        return
    high = min(plot.height / len(names), em * _HIGHEST)
    bottom = plot.top + high * len(names)
    _hours(board, chart, plot, bottom)
    skip = every([em * 1.1], high, 0)
    for row, name in enumerate(names):
        if row % skip == 0:
            y = plot.top + (row + 0.5) * high + em * 0.35
            board.text(left - em * 0.6, y, type_.cut(name, left - em * 1.2), "text", "end")
    counted = [0] * len(names)
    for span in shown_spans(chart):
        _span(board, chart, span, plot, high, counted[span.row])
        counted[span.row] += 1


def shown_spans(chart: StripChart) -> Iterator[StripSpan]:
    """The spans that lie in a row and last for some time, by rows and times."""
    for span in sorted(chart.spans, key=lambda s: (s.row, s.start, s.end)):
        inside = 0 <= span.start < span.end <= chart.until
        if inside and 0 <= span.row < len(chart.rows) and 0 <= span.state < len(chart.states):
            yield span


def clock_text(hours: float) -> str:
    """Hours as a clock shows them."""
    minutes = round(hours * 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _hours(board: Board, chart: StripChart, plot: Plot, bottom: float) -> None:
    marks = int(chart.until / chart.step) if chart.step > 0 else 0
    words = [clock_text(at * chart.step) for at in range(marks + 1)]
    skip = every([board.type.width(word) for word in words], plot.width / max(marks, 1), board.em * 0.6)
    for at, word in enumerate(words):
        x = plot.x(at * chart.step / chart.until)
        board.add(Line(((x, plot.top), (x, bottom)), "line", board.hair))
        if at % skip == 0:
            board.text(x, bottom + board.em * 1.2, word, "secondary", "middle")


def _span(board: Board, chart: StripChart, span: StripSpan, plot: Plot, high: float, column: int) -> None:
    name, colour = chart.states[span.state]
    start, end = plot.x(span.start / chart.until), plot.x(span.end / chart.until)
    when = f"{clock_text(span.start)}–{clock_text(span.end)}"
    said = (chart.rows[span.row], when, name, span.name)
    tip = " · ".join(part for words in said if (part := " ".join(board.type.say(words).split())))
    gap = min(high * 0.14, 4.0)
    top = plot.top + span.row * high + gap
    place = Rect(start, top, end - start, high - 2 * gap, colour, pattern=pattern_of(span.state))
    board.add(place._replace(target=Target(span.key, tip, span.row, column)))
