"""Excel's own charts of the values on a sheet: columns, stacks, lines, points and radars."""

from __future__ import annotations

from typing import Any, TypeAlias

from openpyxl.chart import BarChart, RadarChart, Reference
from openpyxl.chart import LineChart as BookLines
from openpyxl.chart import ScatterChart as BookScatter
from openpyxl.chart import Series as BookSeries
from openpyxl.chart.axis import ChartLines, DateAxis
from openpyxl.chart.marker import Marker
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.colors import ColorChoice
from openpyxl.drawing.fill import PatternFillProperties
from openpyxl.drawing.line import LineProperties

from handover.charts.board import mark_of, pattern_of
from handover.charts.data import CALENDAR, AnyChart, BurnChart, LineChart, ScatterChart, StackChart, colour_of
from handover.charts.data import RadarChart as RadarData
from handover.charts.figures import unit_text
from handover.charts.lines import as_lines
from handover.charts.table import ChartTable
from handover.pack.excel.sheet import Sheet
from handover.pack.tokens import TOKENS
from handover.wording import Words, shown

#: A chart of openpyxl or a part of one; its stubs know hardly any of the attributes.
Book: TypeAlias = Any

#: In centimetres.
_WIDTH, _HEIGHT = 22.0, 11.0
_EMU = 12_700  # of a point
_MARKS: dict[str, Book] = {
    "disc": "circle",
    "square": "square",
    "triangle": "triangle",
    "diamond": "diamond",
    "ring": "circle",
    "wedge": "dash",
}
_PATTERNS: dict[str, Book] = {"rising": "wdUpDiag", "falling": "wdDnDiag", "level": "narHorz", "crossed": "diagCross"}


def native_chart(chart: AnyChart, table: ChartTable, sheet: Sheet, head: int) -> Book:
    """The chart of a table whose headings stand in row ``head`` of a sheet, from column A on."""
    if isinstance(chart, BurnChart):
        chart = as_lines(chart)
    if isinstance(chart, ScatterChart):
        made = _scatter(chart, table, sheet, head)
    elif isinstance(chart, LineChart):
        made = _lines(chart, table, sheet, head)
    elif isinstance(chart, RadarData):
        made = _radar(chart, table, sheet, head)
    else:
        made = _columns(chart, table, sheet, head)
    _dress(made, chart, table)
    return made


def _filled(made: Book, table: ChartTable, sheet: Sheet, head: int) -> None:
    """Take each column but the first as a series, the first as the categories."""
    last = head + len(table.rows)
    made.add_data(Reference(sheet, 2, head, len(table.heads), last), titles_from_data=True)
    made.set_categories(Reference(sheet, 1, head + 1, 1, last))


def _columns(chart: AnyChart, table: ChartTable, sheet: Sheet, head: int) -> Book:
    made = BarChart()
    made.type, made.gapWidth = "col", 60
    if isinstance(chart, StackChart):
        made.grouping, made.overlap = "stacked", 100
    _filled(made, table, sheet, head)
    for at, (series, own) in enumerate(zip(made.series, chart.series, strict=True)):  # type: ignore[union-attr]  # no scatter comes here
        ink, pattern = _ink(colour_of(own.colour, at)), pattern_of(at)
        if pattern:
            hatch = PatternFillProperties(_PATTERNS[pattern], _rgb(ink), _rgb("FFFFFF"))
            series.graphicalProperties = GraphicalProperties(pattFill=hatch, ln=LineProperties(solidFill=ink))
        else:
            series.graphicalProperties = GraphicalProperties(solidFill=ink)
        series.invertIfNegative = False
    return made


def _rgb(ink: Book) -> ColorChoice:
    return ColorChoice(srgbClr=ink)


def _lines(chart: LineChart, table: ChartTable, sheet: Sheet, head: int) -> Book:
    made = BookLines()
    _filled(made, table, sheet, head)
    for at, (series, own) in enumerate(zip(made.series, chart.series, strict=True)):
        _draw_line(series, _ink(colour_of(own.colour, at)), own.dashed)
        _mark(series, at, _ink(colour_of(own.colour, at)))
        series.smooth = False
    if table.rows and not isinstance(table.rows[0][0], str):
        made.x_axis = DateAxis(crossAx=100)
        made.x_axis.number_format = "yyyy-mm-dd"
        made.y_axis.crossAx = 500
    return made


def _radar(chart: RadarData, table: ChartTable, sheet: Sheet, head: int) -> Book:
    made = RadarChart()
    made.type = "marker"
    _filled(made, table, sheet, head)
    for at, (series, own) in enumerate(zip(made.series, chart.series, strict=True)):
        _draw_line(series, _ink(colour_of(own.colour, at)), own.dashed)
        _mark(series, at, _ink(colour_of(own.colour, at)))
    if chart.top:
        made.y_axis.scaling.max = chart.top
    made.y_axis.scaling.min = 0
    return made


def _scatter(chart: ScatterChart, table: ChartTable, sheet: Sheet, head: int) -> Book:
    made: Book = BookScatter()
    made.style, made.scatterStyle = 13, "marker"
    across = len(table.heads) - 1  # the last two columns are the numbers
    row = head + 1
    for at, own in enumerate(chart.series):
        many = sum(1 for d in own.dots if abs(d.x) < 1e300 and abs(d.y) < 1e300)
        if not many:
            continue
        end = row + many - 1
        x, y = Reference(sheet, across, row, across, end), Reference(sheet, across + 1, row, across + 1, end)
        series = BookSeries(y, x, title=shown(own.name, table.language, " ") or None)
        series.graphicalProperties.line.noFill = True
        _mark(series, at, _ink(colour_of(own.colour, at)), 9)
        made.series.append(series)
        row = end + 1
    for axis, steps in ((made.x_axis, chart.x_steps), (made.y_axis, chart.y_steps)):
        if steps:
            axis.scaling.min, axis.scaling.max, axis.majorUnit = 0, len(steps) + 1, 1
    return made


def _draw_line(series: Book, ink: str, dashed: bool) -> None:
    line = LineProperties(solidFill=ink, w=2 * _EMU)
    if dashed:
        line.prstDash = "dash"
    series.graphicalProperties = GraphicalProperties(ln=line)


def _mark(series: Book, at: int, ink: str, size: int = 6) -> None:
    kind = mark_of(at)
    series.marker = Marker(_MARKS[kind], size=size)
    fill = "FFFFFF" if kind == "ring" else ink
    series.marker.graphicalProperties = GraphicalProperties(solidFill=fill, ln=LineProperties(solidFill=ink))


def _dress(made: Book, chart: AnyChart, table: ChartTable) -> None:
    """Size, names and number formats."""
    made.width, made.height = _WIDTH, _HEIGHT
    made.display_blanks = "gap"
    made.title = _say(chart.title, table) or None
    if made.title is not None:
        made.title.overlay = False
    if made.legend is not None:
        made.legend.position = "b"
        if len(table.heads) == 2:
            made.legend = None
    made.x_axis.delete = made.y_axis.delete = False
    made.y_axis.majorGridlines = ChartLines(GraphicalProperties(ln=LineProperties(solidFill=TOKENS["line"][1:])))
    if isinstance(chart, LineChart) and chart.unit == "%":
        values = [v for s in chart.series for at in range(len(chart.periods)) if (v := s.value(at)) is not None]
        if max(values) <= 1 and min(values) >= 0:
            made.y_axis.scaling.min, made.y_axis.scaling.max = 0, 1
    if isinstance(chart, RadarData):
        made.y_axis.number_format = "0%" if chart.unit == "%" else "General"
        return
    made.x_axis.title = _say(chart.x, table) or None
    made.y_axis.title = _named(chart.y, chart.unit, table) or None
    if isinstance(chart, ScatterChart):
        made.x_axis.title = _named(chart.x, chart.x_unit, table) or None
        made.x_axis.majorGridlines = None
    for axis in (made.x_axis, made.y_axis):
        if axis.title is not None:
            axis.title.overlay = False
    made.y_axis.number_format = {"%": "0%", CALENDAR: "yyyy-mm-dd"}.get(str(chart.unit), "General")


def _named(name: Words, unit: Words, table: ChartTable) -> str:
    told, word = _say(name, table), unit_text(unit, table.language)
    return f"{told} ({word})" if told and word and word.casefold() not in told.casefold() else told or word


def _say(words: Words, table: ChartTable) -> str:
    return " ".join(shown(words, table.language, " ").split())


def _ink(colour: str) -> str:
    return TOKENS[colour][1:] if not colour.startswith("#") else colour[1:]
