"""The Gantt chart in print: vector drawings over as many pages as it needs, each with task names and time scale."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from handover import clock
from handover.i18n import N_, in_language
from handover.pack.drawing import LANDSCAPE_AREA, Drawing, DrawingPages, Label, Line, Polygon, Rect, Shape
from handover.pack.wording import Text, Words, said
from handover.plan.calendar import DAY
from handover.plan.route import BarSpan, arrow, route
from handover.plan.timescale import Scale, Tick, Unit, fitting, ticks
from handover.plan.values import Link, TaskKind
from handover.plan.worktime import moment, when
from handover.registers.chart import Chart, read_chart

_WIDTH, _HEIGHT = LANDSCAPE_AREA
_NAMES, _DATES = 176.0, 44.0
_LEFT = _NAMES + 2 * _DATES
_HEAD, _FOOT = 26.0, 20.0
_ROW, _BAR, _TOP = 12.0, 5.4, 2.0
_ROWS = int((_HEIGHT - _HEAD - _FOOT) // _ROW)
#: A month gets at least so many points; longer plans go on on further pages to the right.
_MONTH = 21.0
_MOST_ACROSS = 6

_INK, _QUIET, _GRID, _SHADE = "#1F2933", "#55606A", "#D5DADE", "#F1F3F5"
_TASK, _TASK_FILL, _CRITICAL, _CRITICAL_FILL = "#0B6E75", "#9CC9CC", "#B0330C", "#EBB9A6"
_SUMMARY, _BASE, _LINK, _WARN = "#3B444B", "#A9B0B6", "#868F96", "#855100"


@dataclass(frozen=True, slots=True)
class _ChartPage:
    """One page: some rows and some time of a chart."""

    chart: Chart
    rows: range
    links: list[Link]  # with both ends on the page: a line into nowhere says nothing
    scale: Scale  # lengths from the left edge of the bars
    number: int
    of: int

    @property
    def breadth(self) -> float:
        return _WIDTH - _LEFT

    def y(self, node: int) -> float:
        return _HEAD + (node - self.rows.start) * _ROW

    def x(self, at: float) -> float:
        return _LEFT + self.scale.x(at)

    def cut(self, x: float) -> float:
        return min(max(x, _LEFT), _WIDTH)


def gantt_pages(connection: Connection, project_id: str, baseline_id: str | None = None) -> DrawingPages:
    """The Gantt chart of a project with its newest baseline, or the one that is named; no pages without tasks."""
    return DrawingPages(pages_of(read_chart(connection, project_id, baseline_id)))


def pages_of(chart: Chart) -> tuple[Drawing, ...]:
    """The pages of a chart: from the top to the bottom, and for each from the left to the right."""
    if not chart.rows:
        return ()
    spans = chart.schedule.spans
    first, last = spans.first, spans.last + 12 * DAY  # room for the last bar's name
    months = (last - first) / (30 * DAY)
    across = min(_MOST_ACROSS, max(1, -(-int(months * _MONTH) // int(_WIDTH - _LEFT))))
    whole = fitting(first, last, (_WIDTH - _LEFT) * across, 0.01)
    links: dict[int, list[Link]] = defaultdict(list)
    for link in chart.schedule.plan.links:
        one, other = chart.node[link.predecessor] // _ROWS, chart.node[link.successor] // _ROWS
        if one == other:
            links[one * _ROWS].append(link)
    blocks = [range(at, min(at + _ROWS, len(chart.rows))) for at in range(0, len(chart.rows), _ROWS)]
    sheets = [(rows, Scale(whole.at(part * (_WIDTH - _LEFT)), whole.per)) for rows in blocks for part in range(across)]
    return tuple(
        _drawing(_ChartPage(chart, rows, links[rows.start], scale, number, len(sheets)))
        for number, (rows, scale) in enumerate(sheets, 1)
    )


def _drawing(sheet: _ChartPage) -> Drawing:
    bottom = _HEAD + len(sheet.rows) * _ROW
    shapes: list[Shape] = [
        *_ground(sheet, bottom),
        *_links(sheet),
        *(shape for node in sheet.rows for shape in _row(sheet, node)),
        *_marks(sheet, bottom),
        *_names(sheet),
        *_frame(bottom),
        *_legend(sheet, bottom + 12),
    ]
    caption = said(N_("Sheet {n} of {of}"), n=sheet.number, of=sheet.of) if sheet.of > 1 else ""
    return Drawing(_WIDTH, bottom + _FOOT, tuple(shapes), caption)


def _ground(sheet: _ChartPage, bottom: float) -> Iterator[Shape]:
    yield Rect(0, 0, _WIDTH, _HEAD, _SHADE)
    scale, breadth = sheet.scale, sheet.breadth
    if DAY / scale.per >= 1.6:
        for day in range(int(scale.at(0) // DAY), int(scale.at(breadth) // DAY) + 1):
            if not sheet.chart.days.on(day):
                left, right = sheet.cut(sheet.x(day * DAY)), sheet.cut(sheet.x((day + 1) * DAY))
                if right > left:
                    yield Rect(left, _HEAD, right - left, bottom - _HEAD, _SHADE)
    upper, lower = scale.tiers
    for unit, top, whole in ((upper, 0.0, True), (lower, _HEAD / 2, False)):
        for tick, words in _ticks(unit, scale, breadth, whole=whole):
            left, right = sheet.cut(sheet.x(tick.start)), sheet.cut(sheet.x(tick.end))
            if right - left < 1:
                continue
            yield Line(((left, top), (left, bottom if not whole else _HEAD)), _GRID, 0.4)
            if whole:
                yield Label(left + 3, top + 9, words, 7, _INK, True, max_width=right - left - 4)
            else:
                yield Label((left + right) / 2, top + 9, words, 6.5, _QUIET, anchor="middle", max_width=right - left)
    for node in range(sheet.rows.start, sheet.rows.stop + 1):
        yield Line(((0, sheet.y(node)), (_WIDTH, sheet.y(node))), _GRID, 0.3)


def _ticks(unit: Unit, scale: Scale, breadth: float, *, whole: bool) -> Iterator[tuple[Tick, Words]]:
    """The fields of the scale with their words in both languages."""
    spoken = []
    for code in ("en", "zh"):
        with in_language(code):
            spoken.append(list(ticks(unit, scale.at(0), scale.at(breadth), upper=whole)))
    for one, other in zip(*spoken, strict=True):
        yield one, Text(one.label, other.label)


def _span(sheet: _ChartPage, node: int) -> BarSpan:
    spans = sheet.chart.schedule.spans
    left, right = sheet.x(spans.start[node]), sheet.x(spans.finish[node])
    y = sheet.y(node) + _TOP + _BAR / 2
    if sheet.chart.schedule.plan.tasks[node].kind is TaskKind.MILESTONE:
        return BarSpan(left - 3.2, left + 3.2, y)
    return BarSpan(left, max(right, left + 0.8), y)


def _row(sheet: _ChartPage, node: int) -> Iterator[Shape]:
    chart, spans = sheet.chart, sheet.chart.schedule.spans
    row, task, at = chart.rows[node], chart.schedule.plan.tasks[node], _span(sheet, node)
    yield from _baseline(sheet, node)
    critical = spans.critical[node]
    ink, fill = (_CRITICAL, _CRITICAL_FILL) if critical else (_TASK, _TASK_FILL)
    left, right = sheet.cut(at.start), sheet.cut(at.finish)
    seen = at.finish >= _LEFT and at.start <= _WIDTH
    if seen and task.kind is TaskKind.MILESTONE:
        yield Polygon(_diamond(at.start + 3.2, at.y, 3.4), ink, ink)
    elif seen and row.summary:
        yield from _bracket(left, right, at, critical)
    elif seen:
        yield Rect(left, at.y - _BAR / 2, max(right - left, 0.8), _BAR, fill, ink, line_width=0.9 if critical else 0.5)
        share = 1.0 if row.actual_finish else row.percent
        done = sheet.cut(at.start + (at.finish - at.start) * share)
        if done > left:
            yield Rect(left, at.y - 0.9, done - left, 1.8, ink)
    end = at.finish  # of what is drawn, where the words begin
    if spans.total[node] > 0 and not (row.summary or row.actual_finish or row.inactive):
        late = sheet.cut(sheet.x(spans.late_finish[node]))
        if late > right + 1 and late > _LEFT:
            yield Line(((right, at.y), (late, at.y)), _QUIET, 0.5)
            yield Line(((late, at.y - 1.5), (late, at.y + 1.5)), _QUIET, 0.5)
            end = late
    if task.deadline is not None and _LEFT <= (x := sheet.x(moment(task.deadline))) <= _WIDTH:
        yield Line(((x, sheet.y(node) + 1), (x, at.y + 2)), _WARN, 0.8)
        yield Line(((x - 2, at.y), (x, at.y + 2.4), (x + 2, at.y)), _WARN, 0.8)
    if seen and end + 4 < _WIDTH - 12 and end > _LEFT:
        room = _WIDTH - end - 6
        yield Label(end + 4, at.y + 2.2, row.owner or row.name, 5.6, _QUIET, max_width=min(room, 120))


def _bracket(left: float, right: float, at: BarSpan, critical: bool) -> Iterator[Shape]:
    colour, top = _CRITICAL if critical else _SUMMARY, at.y - _BAR / 2
    reach = min(2.4, (right - left) / 2)
    yield Rect(left, top, max(right - left, 0.8), 2.4, colour)
    if left == at.start:
        yield Polygon(((left, top), (left + reach, top + 2.4), (left, top + 5.2)), colour)
    if right == at.finish:
        yield Polygon(((right, top), (right - reach, top + 2.4), (right, top + 5.2)), colour)


def _baseline(sheet: _ChartPage, node: int) -> Iterator[Shape]:
    kept = sheet.chart.baseline.get(sheet.chart.rows[node].id)
    if kept is None or kept.start is None or kept.finish is None:
        return
    left, right = sheet.x(moment(kept.start)), sheet.x(moment(kept.finish))
    y = sheet.y(node) + _TOP + _BAR + 1.2
    if right < _LEFT or left > _WIDTH:
        return
    if right - left < 0.8:
        yield Polygon(_diamond(left, y, 2.0), _BASE)
    else:
        yield Rect(sheet.cut(left), y, sheet.cut(right) - sheet.cut(left), 1.8, _BASE)


def _links(sheet: _ChartPage) -> Iterator[Shape]:
    node_of, critical = sheet.chart.node, sheet.chart.schedule.spans.critical
    for link in sheet.links:
        a, b = node_of[link.predecessor], node_of[link.successor]
        one, other = _span(sheet, a), _span(sheet, b)
        points = route(link.type, one, other, _BAR / 2, 3.0)
        if any(not _LEFT <= x <= _WIDTH for x, _ in points):
            continue
        colour = _CRITICAL if critical[a] and critical[b] else _LINK
        yield Line(points, colour, 0.5)
        yield Polygon(arrow(points, 2.0), colour)


def _marks(sheet: _ChartPage, bottom: float) -> Iterator[Shape]:
    chart = sheet.chart
    lines = [(clock.now().astimezone().replace(tzinfo=None), said(N_("Today")), _TASK, (3.0, 2.0))]
    if chart.data_date is not None:
        lines.append((chart.data_date, said(N_("Data date")), "#4B4FA6", (5.0, 2.0)))
    if chart.handover is not None:
        end = dt.datetime.combine(chart.handover, dt.time()) + dt.timedelta(1)
        lines.append((end, said(N_("Planned handover")), _WARN, (1.0, 2.0)))
    for at, words, colour, dashes in lines:
        x = sheet.x(moment(at))
        if _LEFT <= x <= _WIDTH:
            yield Line(((x, _HEAD), (x, bottom)), colour, 0.9, dashes)
            yield Label(min(max(x, _LEFT + 20), _WIDTH - 24), bottom + 6.5, words, 5.6, colour, anchor="middle")


def _names(sheet: _ChartPage) -> Iterator[Shape]:
    spans = sheet.chart.schedule.spans
    yield Label(4, 16, said(N_("Task")), 7, _INK, True)
    yield Label(_NAMES + _DATES - 3, 16, said(N_("Start")), 7, _INK, True, anchor="end", max_width=_DATES)
    yield Label(_LEFT - 3, 16, said(N_("Finish")), 7, _INK, True, anchor="end", max_width=_DATES)
    for node in sheet.rows:
        row, base = sheet.chart.rows[node], sheet.y(node) + 8.4
        colour = _CRITICAL if spans.critical[node] and not row.summary else _INK
        left = 4 + min(row.depth, 8) * 7
        yield Label(left, base, row.name, 6.6, colour, row.summary, max_width=_NAMES - left - 4)
        start, finish = when(spans.start[node]), when(spans.finish[node] - 1)
        yield Label(_NAMES + _DATES - 3, base, f"{start:%Y-%m-%d}", 6.2, _QUIET, anchor="end")
        yield Label(_LEFT - 3, base, f"{max(start, finish):%Y-%m-%d}", 6.2, _QUIET, anchor="end")


def _frame(bottom: float) -> Iterator[Shape]:
    yield Line(((_LEFT, 0), (_LEFT, bottom)), _QUIET, 0.5)
    yield Line(((0, _HEAD), (_WIDTH, _HEAD)), _QUIET, 0.5)
    yield Line(((0, bottom), (_WIDTH, bottom)), _QUIET, 0.5)


def _legend(sheet: _ChartPage, top: float) -> Iterator[Shape]:
    x = 4.0
    entries = [(_TASK_FILL, _TASK, said(N_("Task"))), (_CRITICAL_FILL, _CRITICAL, said(N_("Critical task")))]
    if sheet.chart.baseline:
        entries.append((_BASE, _BASE, said(N_("Baseline"))))
    for fill, stroke, words in entries:
        yield Rect(x, top, 14, 5, fill, stroke)
        yield Label(x + 18, top + 5, words, 6, _QUIET)
        x += 84
    yield Polygon(_diamond(x + 4, top + 2.5, 3), _TASK, _TASK)
    yield Label(x + 11, top + 5, said(N_("Milestone")), 6, _QUIET)
    yield Line(((x + 70, top + 2.5), (x + 84, top + 2.5)), _QUIET, 0.5)
    yield Label(x + 88, top + 5, said(N_("Float")), 6, _QUIET)


def _diamond(x: float, y: float, reach: float) -> tuple[tuple[float, float], ...]:
    return ((x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y))
