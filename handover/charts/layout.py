"""Turns any chart into a drawing."""

from __future__ import annotations

from handover.charts.board import NOTHING_YET, TOO_SMALL, Board
from handover.charts.columns import lay_columns, lay_stack
from handover.charts.data import (
    AnyChart,
    BurnChart,
    ColumnChart,
    HeatChart,
    LineChart,
    RadarChart,
    ScatterChart,
    SeatChart,
    StackChart,
    StripChart,
)
from handover.charts.drawing import Drawing
from handover.charts.heat import lay_heat
from handover.charts.lettering import Lettering, TextMeasure
from handover.charts.lines import as_lines, lay_burn, lay_lines
from handover.charts.radar import lay_radar
from handover.charts.scatter import lay_scatter
from handover.charts.seats import lay_seats
from handover.charts.strip import lay_strip, shown_spans
from handover.i18n import language as language_in_force
from handover.wording import Language, said


def layout(
    chart: AnyChart,
    size: tuple[float, float],
    measure: TextMeasure,
    *,
    type_size: float = 12.0,
    language: Language | None = None,
) -> Drawing:
    """The drawing of a chart; nothing in it reaches beyond its size, and no text stands over another.

    Args:
        size: width and height, in the unit of ``measure``.
        measure: how wide texts are where it will be drawn.
        type_size: of the usual text; everything else follows from it.
        language: the one in force by default.
    """
    width, height = size
    type_ = Lettering(measure, type_size, language or ("zh" if language_in_force() == "zh" else "en"))
    board = Board(width, height, type_)
    board.title(chart.title)
    if is_empty(chart):
        board.say_instead(chart.empty or said(NOTHING_YET))
    elif height - board.top < 9 * type_size or width < 12 * type_size:
        board.say_instead(said(TOO_SMALL))
    else:
        _lay(board, chart)
    return Drawing(width, height, tuple(board.shapes), fields=tuple(board.fields))


def _lay(board: Board, chart: AnyChart) -> None:
    match chart:
        case ColumnChart():
            lay_columns(board, chart)
        case StackChart():
            lay_stack(board, chart)
        case LineChart():
            lay_lines(board, chart)
        case BurnChart():
            lay_burn(board, chart)
        case HeatChart():
            lay_heat(board, chart)
        case ScatterChart():
            lay_scatter(board, chart)
        case RadarChart():
            lay_radar(board, chart)
        case StripChart():
            lay_strip(board, chart)
        case SeatChart():
            lay_seats(board, chart)


def is_empty(chart: AnyChart) -> bool:
    """Whether there is no value to show."""
    match chart:
        case ColumnChart() | StackChart():
            many = len(chart.categories)
            return all(s.value(at) is None for s in chart.series for at in range(many))
        case LineChart():
            return all(s.value(at) is None for s in chart.series for at in range(len(chart.periods)))
        case BurnChart():
            return is_empty(as_lines(chart))
        case HeatChart():
            return all(chart.value(r, c) is None for r in range(len(chart.rows)) for c in range(len(chart.columns)))
        case ScatterChart():
            return not any(abs(d.x) < 1e300 and abs(d.y) < 1e300 for s in chart.series for d in s.dots)
        case RadarChart():
            return len(chart.spokes) < 3 or all(
                s.value(at) is None for s in chart.series for at in range(len(chart.spokes))
            )
        case StripChart():
            return not any(True for _ in shown_spans(chart))
        case SeatChart():
            return not chart.seats
