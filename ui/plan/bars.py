"""Draws the rows of the chart with the shapes of ``handover.charts.gantt``, and finds the link under a point."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from handover.charts import gantt
from handover.charts.drawing import Shape
from handover.charts.gantt import GanttBar, GanttFrame, bar_shapes, link_shapes, span_of, under_bar
from handover.plan.route import BarSpan
from handover.plan.schedule import Schedule
from handover.plan.timescale import Scale
from handover.plan.values import Link, TaskKind
from handover.registers.scheduling.chart import Chart
from handover.registers.scheduling.chart_bars import bar_of
from ui.charts.painting import Lettered, paint_shapes
from ui.plan.outline import Visible
from ui.theme import tokens

ROW = tokens.ROW
BAR, TOP = gantt.BAR, gantt.TOP
HALF = BAR / 2
#: How far beyond the view shapes are drawn, so that their rounded ends aren't seen at its edge.
_BEYOND = 24
#: Of the links that only pass by, so many are drawn at most: more would be a web in which nothing is seen.
_PASSING = 400


@dataclass(frozen=True, slots=True)
class ShownPlan:
    """What is drawn: a plan with the schedule in force, the rows in view, and which of them are chosen."""

    chart: Chart
    schedule: Schedule
    visible: Visible
    links: LinkRows
    scale: Scale
    top: int  # pixels scrolled
    width: int
    height: int
    names: bool = True
    critical: bool = True

    @property
    def rows(self) -> range:
        """The rows that are seen, one more at each end."""
        first = max(0, self.top // ROW)
        return range(first, min(len(self.visible), (self.top + self.height) // ROW + 1))

    @property
    def view(self) -> GanttFrame:
        """Where time lies."""
        return GanttFrame(Scale(self.scale.at(-_BEYOND), self.scale.per), -_BEYOND, self.width + _BEYOND)

    def y(self, row: int) -> float:
        """The upper edge of a row."""
        return row * ROW - self.top

    def bar(self, node: int) -> GanttBar:
        """What is drawn of a task."""
        return bar_of(self.chart, self.schedule, node, critical=self.critical)

    def span(self, node: int) -> tuple[float, float]:
        """Where a task's bar starts and ends; at least two pixels long, and cut far outside the view."""
        spans = self.schedule.spans
        first, last = self.scale.x(spans.start[node]), self.scale.x(spans.finish[node])
        return max(first, -2000.0), min(max(last, first + 2), self.width + 2000.0)


def paint_rows(painter: QPainter, shown: ShownPlan, lettered: Lettered) -> None:
    """Draw all rows in view, links under bars."""
    view = shown.view
    bars = [(row, shown.bar(shown.visible.nodes[row])) for row in shown.rows]
    paint_shapes(painter, _shapes(shown, view, bars), lettered)
    if shown.names:
        _names(painter, shown, view, bars)


def _shapes(shown: ShownPlan, view: GanttFrame, bars: list[tuple[int, GanttBar]]) -> Iterator[Shape]:
    for row, bar in bars:
        yield from under_bar(bar, shown.y(row), view)
    yield from _links(shown)
    for row, bar in bars:
        yield from bar_shapes(bar, shown.y(row), view)


def _names(painter: QPainter, shown: ShownPlan, view: GanttFrame, bars: list[tuple[int, GanttBar]]) -> None:
    """The name of each task behind its bar, on a ground that keeps the lines under it faint."""
    ground, text, quiet = tokens.colour("raised"), tokens.colour("text"), tokens.colour("secondary")
    ground.setAlphaF(0.7)
    metrics = painter.fontMetrics()
    for row, bar in bars:
        end = span_of(bar, shown.y(row), view).finish
        if not -200 <= end < shown.width:
            continue
        name = shown.chart.rows[shown.visible.nodes[row]].name
        words, y = name if len(name) <= 60 else f"{name[:59]}…", shown.y(row)
        painter.fillRect(QRectF(end + 10, y + 4, metrics.horizontalAdvance(words) + 4, BAR + 4), ground)
        painter.setPen(quiet if bar.idle else text)
        side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(end + 12, y, 600, TOP + BAR + 6), int(side), words)


class LinkRows:
    """The links of a plan by the rows that they join, so that those in view are found without asking each.

    Links within one row, such as those under a collapsed summary, are left out.
    """

    def __init__(self, chart: Chart, visible: Visible) -> None:
        self.chart, self.visible = chart, visible
        found: list[tuple[int, int, int, Link, int, int]] = []
        for number, link in enumerate(chart.schedule.plan.links):
            a, b = chart.node[link.predecessor], chart.node[link.successor]
            one, other = visible.row_of[a], visible.row_of[b]
            if one != other:
                found.append((min(one, other), max(one, other), number, link, a, b))
        found.sort()
        self._found = found
        self._lows = [low for low, *_ in found]

    def seen(self, rows: range) -> Iterator[tuple[Link, int, int]]:
        """The links that touch or pass rows, each with the places of its two tasks."""
        first, last = rows.start, rows.stop
        until = bisect_left(self._lows, last)
        touching = [found for found in self._found[:until] if found[1] >= first]
        passing = [found for found in touching if found[0] < first and found[1] >= last]
        for low, high, _, link, a, b in touching:
            if low >= first or high < last or len(passing) <= _PASSING:
                yield link, a, b


def _links(shown: ShownPlan) -> list[Shape]:
    """The links that are seen, those of the critical path last."""
    critical = shown.schedule.spans.critical
    cool: list[Shape] = []
    hot: list[Shape] = []
    for link, a, b in shown.links.seen(shown.rows):
        one, other = _bar_span(shown, a), _bar_span(shown, b)
        if max(one.finish, other.finish) < -20 or min(one.start, other.start) > shown.width + 20:
            continue
        is_hot = shown.critical and critical[a] and critical[b]
        (hot if is_hot else cool).extend(link_shapes(link.type, one, other, is_hot))
    return cool + hot


def _bar_span(shown: ShownPlan, node: int) -> BarSpan:
    first, last = shown.span(node)
    y = shown.y(shown.visible.row_of[node]) + TOP + HALF
    if shown.schedule.plan.tasks[node].kind is TaskKind.MILESTONE:
        return BarSpan(first - gantt.DIAMOND, first + gantt.DIAMOND, y)
    return BarSpan(first, last, y)


def link_at(shown: ShownPlan, point: QPointF, reach: float = 4.0) -> Link | None:
    """The link whose line passes under a point."""
    node_of, rows = shown.chart.node, shown.rows
    for link in shown.chart.schedule.plan.links:
        a, b = node_of[link.predecessor], node_of[link.successor]
        one, other = shown.visible.row_of[a], shown.visible.row_of[b]
        if one == other or max(one, other) < rows.start or min(one, other) >= rows.stop:
            continue
        line, _ = link_shapes(link.type, _bar_span(shown, a), _bar_span(shown, b), False)
        for (x0, y0), (x1, y1) in pairwise(line.points):
            box = QRectF(min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0))
            if box.adjusted(-reach, -reach, reach, reach).contains(point):
                return link
    return None
