"""The Gantt chart in print: vector drawings over as many pages as it needs, each with task names and time scale."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from handover.charts.drawing import Drawing, Label, Line, Polygon, Rect, Shape
from handover.charts.gantt import (
    BAR,
    ROW,
    GanttBar,
    GanttFrame,
    bar_shapes,
    diamond,
    ground_shapes,
    head_shapes,
    link_shapes,
    span_of,
    under_bar,
    upright_shapes,
)
from handover.charts.outliers import usual_range
from handover.i18n import N_, in_language
from handover.pack.drawing import LANDSCAPE_AREA, DrawingPages
from handover.pack.pdf.fonts import faces
from handover.pack.pdf.style import SMALLEST
from handover.plan.calendar import DAY
from handover.plan.timescale import Scale, Unit, fitting, ticks
from handover.plan.values import Link
from handover.plan.worktime import when
from handover.registers.scheduling.chart import Chart, read_chart
from handover.registers.scheduling.chart_bars import bar_of, uprights
from handover.wording import Text, Words, said

_WIDTH, _HEIGHT = LANDSCAPE_AREA
_NAMES, _DATES = 180.0, 50.0
_LEFT = _NAMES + 2 * _DATES
_HEAD, _FOOT = 26.0, 34.0
_UNIT = 0.43
_ROW = ROW * _UNIT
_ROWS = int((_HEIGHT - _HEAD - _FOOT) // _ROW)
#: On the first sheet, which stands under a heading.
_FIRST_ROWS = _ROWS - 6
#: Nothing is set smaller: it is read on paper.
_TYPE = SMALLEST
_END = 1 << 30
#: A month gets at least so many points; longer plans go on on further pages to the right.
_MONTH = 21.0
_MOST_ACROSS = 6


@dataclass(frozen=True, slots=True)
class _ChartPage:
    """One page: some rows and some time of a chart."""

    chart: Chart
    rows: range
    links: list[Link]  # with both ends on the page: a line into nowhere says nothing
    view: GanttFrame
    bars: list[GanttBar]
    number: int
    of: int

    def y(self, node: int) -> float:
        return _HEAD + (node - self.rows.start) * _ROW

    def bar(self, node: int) -> GanttBar:
        return self.bars[node - self.rows.start]


def gantt_pages(connection: Connection, project_id: str, baseline_id: str | None = None) -> DrawingPages:
    """The Gantt chart of a project with its newest baseline, or the one that is named; no pages without tasks."""
    return DrawingPages(pages_of(read_chart(connection, project_id, baseline_id)))


def pages_of(chart: Chart) -> tuple[Drawing, ...]:
    """The pages of a chart: from the top to the bottom, and for each from the left to the right."""
    if not chart.rows:
        return ()
    first, last = _usual(chart)
    last += 12 * DAY  # room for the last bar's name
    months = (last - first) / (30 * DAY)
    across = min(_MOST_ACROSS, max(1, -(-int(months * _MONTH) // int(_WIDTH - _LEFT))))
    whole = fitting(first, last, (_WIDTH - _LEFT) * across, 0.01)
    links: dict[int, list[Link]] = defaultdict(list)
    for link in chart.schedule.plan.links:
        one, other = _sheet_of(chart.node[link.predecessor]), _sheet_of(chart.node[link.successor])
        if one == other:
            links[one].append(link)
    drawings = []
    starts = [0, *range(_FIRST_ROWS, len(chart.rows), _ROWS)]
    blocks = [range(at, min(after, len(chart.rows))) for at, after in zip(starts, [*starts[1:], _END], strict=True)]
    for block, rows in enumerate(blocks):
        bars = [bar_of(chart, chart.schedule, node) for node in rows]
        for part in range(across):
            scale = Scale(whole.at(part * (_WIDTH - _LEFT)), whole.per)
            view = GanttFrame(scale, _LEFT, _WIDTH, _UNIT)
            number = block * across + part + 1
            sheet = _ChartPage(chart, rows, links[rows.start], view, bars, number, len(blocks) * across)
            drawings.append(_drawing(sheet))
    return tuple(drawings)


def _sheet_of(node: int) -> int:
    """The first row of the sheet on which a row stands."""
    return 0 if node < _FIRST_ROWS else _FIRST_ROWS + (node - _FIRST_ROWS) // _ROWS * _ROWS


def _usual(chart: Chart) -> tuple[int, int]:
    """From when to when the chart goes: dates years from all others are cut, and marked at its edge."""
    spans = chart.schedule.spans
    found = usual_range((*spans.start, *spans.finish))
    return (int(found[0]), int(found[1])) if found is not None else (spans.first, spans.last)


def _cut_marks(sheet: _ChartPage) -> Iterator[Shape]:
    """An arrow where a bar goes on beyond the edges of the whole chart, on the first and the last sheet across."""
    first, last = _usual(sheet.chart)
    for node in sheet.rows:
        bar = sheet.bar(node)
        y = span_of(bar, sheet.y(node), sheet.view).y
        if bar.start < first and sheet.view.x(first) >= _LEFT:
            yield Polygon(((_LEFT + 1, y), (_LEFT + 6, y - 3), (_LEFT + 6, y + 3)), "danger")
        if bar.finish > last and sheet.view.x(last) <= _WIDTH:
            yield Polygon(((_WIDTH - 1, y), (_WIDTH - 6, y - 3), (_WIDTH - 6, y + 3)), "danger")


def _drawing(sheet: _ChartPage) -> Drawing:
    bottom = _HEAD + len(sheet.rows) * _ROW
    shapes: list[Shape] = [
        *ground_shapes(sheet.chart.days, sheet.view, _HEAD, bottom),
        *_lines(sheet),
        *upright_shapes(uprights(sheet.chart), sheet.view, _HEAD, bottom),
        *(shape for node in sheet.rows for shape in under_bar(sheet.bar(node), sheet.y(node), sheet.view)),
        *_links(sheet),
        *(shape for node in sheet.rows for shape in bar_shapes(sheet.bar(node), sheet.y(node), sheet.view)),
        *_cut_marks(sheet),
        *_words(sheet),
        Rect(0, 0, _LEFT, _HEAD, "sunken"),
        *head_shapes(sheet.view, _HEAD, _TYPE, _width, _fields),
        *_names(sheet),
        *_frame(bottom),
        *_upright_names(sheet, bottom),
        *_legend(sheet, bottom + 24),
    ]
    caption = said(N_("Sheet {n} of {of}"), n=sheet.number, of=sheet.of) if sheet.of > 1 else ""
    return Drawing(_WIDTH, bottom + _FOOT, tuple(shapes), caption)


def _fields(unit: Unit, first: float, last: float, upper: bool) -> Iterator[tuple[float, float, Words]]:
    """The fields of the scale with their words in both languages."""
    spoken = []
    for code in ("en", "zh"):
        with in_language(code):
            spoken.append(list(ticks(unit, first, last, upper=upper)))
    for one, other in zip(*spoken, strict=True):
        yield one.start, one.end, Text(one.label, other.label)


def _width(words: Words, size: float, strong: bool) -> float:
    """The width of words in whichever language needs more."""
    spoken = (words.en, words.zh) if isinstance(words, Text) else (words,)
    return max(faces()[strong].width(text, size) for text in spoken)


def _lines(sheet: _ChartPage) -> Iterator[Shape]:
    """A hairline between the rows."""
    for node in range(sheet.rows.start, sheet.rows.stop + 1):
        yield Line(((0, sheet.y(node)), (_WIDTH, sheet.y(node))), "line", 0.3)


def _links(sheet: _ChartPage) -> Iterator[Shape]:
    node_of, critical = sheet.chart.node, sheet.chart.schedule.spans.critical
    for link in sheet.links:
        a, b = node_of[link.predecessor], node_of[link.successor]
        one, other = (span_of(sheet.bar(node), sheet.y(node), sheet.view) for node in (a, b))
        line, head = link_shapes(link.type, one, other, critical[a] and critical[b], _UNIT)
        if all(_LEFT <= x <= _WIDTH for x, _ in line.points):
            yield line
            yield head


def _words(sheet: _ChartPage) -> Iterator[Shape]:
    """Behind each bar whose task it is, or what it is where nobody has it."""
    for node in sheet.rows:
        bar, row = sheet.bar(node), sheet.chart.rows[node]
        at = span_of(bar, sheet.y(node), sheet.view)
        end = max(at.finish, sheet.view.cut(sheet.view.x(bar.late)) if bar.late is not None else 0)
        if at.finish >= _LEFT and at.start <= _WIDTH and _LEFT < end < _WIDTH - 16:
            room = min(_WIDTH - end - 6, 120)
            wide = min(_width(row.owner or row.name, _TYPE, False), room)
            yield Rect(end + 3, at.y - 4, wide + 2, 8, "raised")  # no line runs through the words
            yield Label(end + 4, at.y + 2.8, row.owner or row.name, _TYPE, "secondary", max_width=room)


def _upright_names(sheet: _ChartPage, bottom: float) -> Iterator[Shape]:
    """The names of the upright lines below them; one that would run into another stands a line lower."""
    ends = [0.0, 0.0]
    placed = sorted((sheet.view.x(line.at), n, line) for n, line in enumerate(uprights(sheet.chart)))
    for x, _, line in placed:
        if not _LEFT <= x <= _WIDTH:
            continue
        half = _broadest(line.name) / 2
        where = min(max(x, _LEFT + half), _WIDTH - half)
        row = 0 if where - half > ends[0] else 1
        if where - half <= ends[row]:
            continue  # more names than lines have room for: the line itself is told in the legend of the screen
        ends[row] = where + half + 6
        yield Label(where, bottom + 8 + 9.5 * row, line.name, _TYPE, line.colour, anchor="middle")


def _broadest(words: Words) -> float:
    """The width of words where both languages stand beside each other."""
    spoken = (f"{words.zh}  {words.en}",) if isinstance(words, Text) else (words,)
    return max(faces()[0].width(text, _TYPE) for text in spoken)


def _names(sheet: _ChartPage) -> Iterator[Shape]:
    spans = sheet.chart.schedule.spans
    yield Label(4, 16, said(N_("Task")), _TYPE, "text", True)
    yield Label(_NAMES + _DATES - 3, 16, said(N_("Start")), _TYPE, "text", True, "end", _DATES)
    yield Label(_LEFT - 3, 16, said(N_("Finish")), _TYPE, "text", True, "end", _DATES)
    for node in sheet.rows:
        row, base = sheet.chart.rows[node], sheet.y(node) + 8.4
        colour = "danger" if spans.critical[node] and not row.summary else "text"
        left = 4 + min(row.depth, 8) * 7
        yield Label(left, base, row.name, _TYPE, colour, row.summary, max_width=_NAMES - left - 4)
        start, finish = when(spans.start[node]), when(spans.finish[node] - 1)
        yield Label(_NAMES + _DATES - 3, base, f"{start:%Y-%m-%d}", _TYPE, "secondary", anchor="end")
        yield Label(_LEFT - 3, base, f"{max(start, finish):%Y-%m-%d}", _TYPE, "secondary", anchor="end")


def _frame(bottom: float) -> Iterator[Shape]:
    yield Line(((_LEFT, 0), (_LEFT, bottom)), "secondary", 0.5)
    yield Line(((0, _HEAD), (_WIDTH, _HEAD)), "secondary", 0.5)
    yield Line(((0, bottom), (_WIDTH, bottom)), "secondary", 0.5)


def _legend(sheet: _ChartPage, top: float) -> Iterator[Shape]:
    """What the shapes mean, drawn as they are."""
    x, row = 4.0, top - (ROW - BAR) / 2 * _UNIT + 2
    view = GanttFrame(Scale(0, 1), x, x + 600, _UNIT)
    hot = GanttBar("task", 0, 14, critical=True)
    for bar, words in ((hot._replace(critical=False), said(N_("Task"))), (hot, said(N_("Critical task")))):
        yield from bar_shapes(bar, row, view._replace(left=x))
        yield Label(x + 18, top + 5.5, words, _TYPE, "secondary")
        x += 34 + _broadest(words)
    if sheet.chart.baseline:
        words = said(N_("Baseline"))
        yield Rect(x, top + 1.6, 14, 1.8, "neutral/55")
        yield Label(x + 18, top + 5.5, words, _TYPE, "secondary")
        x += 34 + _broadest(words)
    words = said(N_("Milestone"))
    yield Polygon(diamond(x + 4, top + 2.5, 3), "accent/45", "accent", 0.6)
    yield Label(x + 11, top + 5.5, words, _TYPE, "secondary")
    x += 27 + _broadest(words)
    yield Line(((x, top + 2.5), (x + 14, top + 2.5)), "secondary", 0.5)
    yield Label(x + 18, top + 5.5, said(N_("Float")), _TYPE, "secondary")
