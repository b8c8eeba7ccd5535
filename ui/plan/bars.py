"""Draws the rows of the chart: bars, diamonds, brackets, baselines, float, deadlines, names and links."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from handover.plan.route import BarSpan, arrow, route
from handover.plan.schedule import Schedule
from handover.plan.timescale import Scale
from handover.plan.values import Link, TaskKind
from handover.plan.worktime import moment
from handover.registers.chart import Chart
from ui.plan.outline import Visible
from ui.theme import tokens

ROW = tokens.ROW
BAR = 12.0
TOP = 6.0
HALF = BAR / 2
_BASE_TOP, _BASE = 20.5, 4.0
#: Of the links that only pass by, so many are drawn at most: more would be a web in which nothing is seen.
_PASSING = 400


@dataclass(frozen=True, slots=True)
class ShownPlan:
    """What is drawn: a plan with the schedule in force, the rows in view, and which of them are chosen."""

    chart: Chart
    schedule: Schedule
    visible: Visible
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

    def y(self, row: int) -> float:
        """The upper edge of a row."""
        return row * ROW - self.top

    def span(self, node: int) -> tuple[float, float]:
        """Where a task's bar starts and ends; at least a pixel long, and cut far outside the view."""
        spans = self.schedule.spans
        first, last = self.scale.x(spans.start[node]), self.scale.x(spans.finish[node])
        return max(first, -2000.0), min(max(last, first + 2), self.width + 2000.0)


def mixed(one: str, other: str, share: float) -> QColor:
    """A colour between two tokens; ``share`` of the first."""
    a, b = tokens.colour(one), tokens.colour(other)
    parts = ((x * share + y * (1 - share)) for x, y in zip(a.getRgb()[:3], b.getRgb()[:3], strict=True))  # type: ignore[index]  # PySide's stub says object
    return QColor(*(round(p) for p in parts))


class Pens:
    """The colours of one painting, looked up once."""

    def __init__(self) -> None:
        self.ink = {False: tokens.colour("accent"), True: tokens.colour("danger")}
        self.fill = {False: mixed("accent", "raised", 0.45), True: mixed("danger", "raised", 0.35)}
        self.hatch = QBrush(tokens.colour("danger"), Qt.BrushStyle.BDiagPattern)
        self.text = tokens.colour("text")
        self.quiet = tokens.colour("secondary")
        self.summary = mixed("text", "raised", 0.75)
        self.link = mixed("border", "raised", 0.75)
        self.ground = tokens.colour("raised")
        self.ground.setAlphaF(0.7)
        self.base = mixed("neutral", "raised", 0.55)
        self.idle = mixed("neutral", "raised", 0.25)
        self.warning = tokens.colour("warning")
        self.danger = tokens.colour("danger")


def paint_rows(painter: QPainter, shown: ShownPlan) -> None:
    """Draw all rows in view, links under bars."""
    pens = Pens()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for row in shown.rows:
        _base_and_float(painter, shown, pens, row)
    paint_links(painter, shown, pens, shown.chart.schedule.plan.links)
    for row in shown.rows:
        _row(painter, shown, pens, row)


def _critical(shown: ShownPlan, node: int) -> bool:
    return shown.critical and shown.schedule.spans.critical[node]


def _base_and_float(painter: QPainter, shown: ShownPlan, pens: Pens, row: int) -> None:
    node = shown.visible.nodes[row]
    task, y = shown.chart.rows[node], shown.y(row)
    kept = shown.chart.baseline.get(task.id)
    if kept is not None and kept.start is not None and kept.finish is not None:
        first, last = shown.scale.x(moment(kept.start)), shown.scale.x(moment(kept.finish))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(pens.base)
        if task.kind == "milestone" or last - first < 1:
            middle = QPointF(first, y + _BASE_TOP + _BASE / 2 - 2)
            painter.drawPolygon(_diamond(middle, 5))
        else:
            painter.drawRect(QRectF(first, y + _BASE_TOP, max(last - first, 2), _BASE))
    spans = shown.schedule.spans
    if task.summary or task.actual_finish or task.inactive or spans.total[node] <= 0:
        return
    end, late = shown.scale.x(spans.finish[node]), shown.scale.x(spans.late_finish[node])
    if late - end > 3 and end < shown.width and late > 0:
        level = y + TOP + HALF
        painter.setPen(QPen(pens.quiet, 1, Qt.PenStyle.SolidLine))
        painter.drawLine(QPointF(end, level), QPointF(min(late, shown.width + 10), level))
        painter.drawLine(QPointF(late, level - 3), QPointF(late, level + 3))


def _row(painter: QPainter, shown: ShownPlan, pens: Pens, row: int) -> None:
    node = shown.visible.nodes[row]
    task, y = shown.chart.rows[node], shown.y(row)
    first, last = shown.span(node)
    plan_task = shown.schedule.plan.tasks[node]
    critical = _critical(shown, node)
    right = last
    if task.summary:
        _bracket(painter, pens, first, last, y, critical)
    elif plan_task.kind is TaskKind.MILESTONE:
        painter.setPen(QPen(pens.ink[critical], 1.5))
        painter.setBrush(pens.ink[critical] if task.actual_finish else pens.fill[critical])
        painter.drawPolygon(_diamond(QPointF(first, y + TOP + HALF), 7.5))
        if critical:
            painter.setBrush(pens.ink[critical])
            painter.drawPolygon(_diamond(QPointF(first, y + TOP + HALF), 3.5))
        right = first + 8
    else:
        share = 1.0 if task.actual_finish else task.percent
        _bar(painter, pens, QRectF(first, y + TOP, last - first, BAR), share, critical, task.inactive)
    if plan_task.deadline is not None:
        _deadline(painter, shown, pens, node, y)
    if shown.names and right + 200 >= 0 and right < shown.width:
        painter.setPen(pens.quiet if task.inactive else pens.text)
        words = task.name if len(task.name) <= 60 else f"{task.name[:59]}…"
        where = QRectF(right + 12, y, 600, TOP + BAR + 6)
        wide = painter.fontMetrics().horizontalAdvance(words)
        painter.fillRect(QRectF(right + 10, y + 4, wide + 4, BAR + 4), pens.ground)  # lines under words stay faint
        painter.drawText(where, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)


def _bar(painter: QPainter, pens: Pens, box: QRectF, share: float, critical: bool, idle: bool) -> None:
    painter.setPen(QPen(pens.link if idle else pens.ink[critical], 1))
    painter.setBrush(pens.idle if idle else pens.fill[critical])
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 2.5, 2.5)
    if critical and not idle and box.width() > 4:
        painter.fillRect(box.adjusted(1, 1, -1, -1), pens.hatch)
    if share > 0:
        done = QRectF(box.left() + 1, box.top() + 3.5, max((box.width() - 2) * min(share, 1.0), 1), BAR - 7)
        painter.fillRect(done, pens.link if idle else pens.ink[critical])


def _bracket(painter: QPainter, pens: Pens, first: float, last: float, y: float, critical: bool) -> None:
    top, bottom = y + TOP + 1, y + TOP + 6
    reach = min(5.0, max((last - first) / 2, 1.0))
    shape = [
        QPointF(first, top), QPointF(last, top), QPointF(last, bottom + 5), QPointF(last - reach, bottom),
        QPointF(first + reach, bottom), QPointF(first, bottom + 5),
    ]  # fmt: skip
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(pens.danger if critical else pens.summary)
    painter.drawPolygon(QPolygonF(shape))


def _deadline(painter: QPainter, shown: ShownPlan, pens: Pens, node: int, y: float) -> None:
    at = shown.schedule.plan.tasks[node].deadline
    if at is None:
        return
    x = shown.scale.x(moment(at))
    missed = shown.schedule.spans.finish[node] > moment(at)
    colour = pens.danger if missed else pens.warning
    painter.setPen(QPen(colour, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    middle = y + TOP + HALF
    painter.drawLine(QPointF(x, y + 3), QPointF(x, middle + 4))
    painter.drawPolyline(QPolygonF([QPointF(x - 4, middle), QPointF(x, middle + 5), QPointF(x + 4, middle)]))


def _diamond(middle: QPointF, reach: float) -> QPolygonF:
    x, y = middle.x(), middle.y()
    return QPolygonF([QPointF(x, y - reach), QPointF(x + reach, y), QPointF(x, y + reach), QPointF(x - reach, y)])


def paint_links(painter: QPainter, shown: ShownPlan, pens: Pens, links: Iterable[Link]) -> None:
    """Draw the links that are seen, those of the critical path last."""
    rows, node_of = shown.rows, shown.chart.node
    if not rows:
        return
    row_of, first, last = shown.visible.row_of, rows.start, rows.stop
    near: list[tuple[Link, int, int]] = []
    passing: list[tuple[Link, int, int]] = []
    for link in links:
        a, b = node_of[link.predecessor], node_of[link.successor]
        one, other = row_of[a], row_of[b]
        if one == other or (one < first and other < first) or (one >= last and other >= last):
            continue
        inside = first <= one < last or first <= other < last
        (near if inside else passing).append((link, a, b))
    if len(passing) <= _PASSING:
        near += passing
    critical = shown.schedule.spans.critical
    chosen = [shown.critical and critical[a] and critical[b] for _, a, b in near]
    for hot in (False, True):
        colour = pens.danger if hot else pens.link
        painter.setPen(QPen(colour, 1.4 if hot else 1.0))
        painter.setBrush(colour)
        for (link, a, b), is_hot in zip(near, chosen, strict=True):
            if is_hot is hot:
                _link(painter, shown, link, a, b)


def _link(painter: QPainter, shown: ShownPlan, link: Link, a: int, b: int) -> None:
    one, other = _bar_span(shown, a), _bar_span(shown, b)
    low, high = min(one.start, other.start), max(one.finish, other.finish)
    if high < -20 or low > shown.width + 20:
        return
    points = route(link.type, one, other, HALF)
    painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in points]))
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in arrow(points)]))


def _bar_span(shown: ShownPlan, node: int) -> BarSpan:
    first, last = shown.span(node)
    row = shown.visible.row_of[node]
    y = shown.y(row) + TOP + HALF
    if shown.schedule.plan.tasks[node].kind is TaskKind.MILESTONE:
        return BarSpan(first - 7.5, first + 7.5, y)
    return BarSpan(first, last, y)


def link_at(shown: ShownPlan, point: QPointF, reach: float = 4.0) -> Link | None:
    """The link whose line passes under a point."""
    node_of, rows = shown.chart.node, shown.rows
    for link in shown.chart.schedule.plan.links:
        a, b = node_of[link.predecessor], node_of[link.successor]
        one, other = shown.visible.row_of[a], shown.visible.row_of[b]
        if one == other or max(one, other) < rows.start or min(one, other) >= rows.stop:
            continue
        points = route(link.type, _bar_span(shown, a), _bar_span(shown, b), HALF)
        for (x0, y0), (x1, y1) in pairwise(points):
            box = QRectF(min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0))
            if box.adjusted(-reach, -reach, reach, reach).contains(point):
                return link
    return None
