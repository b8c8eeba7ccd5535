"""The Gantt chart as shapes: bars, brackets, diamonds, baselines, float, deadlines, links, free time and the scale.

One drawing for the screen and for print. It is measured in a ``unit``: 1 where a row is 28 pixels high.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple

from handover.charts.drawing import Label, Line, Point, Polygon, Rect, Shape
from handover.plan.calendar import DAY, DayPattern
from handover.plan.route import BarSpan, Points, arrow, route
from handover.plan.timescale import Scale, Unit, ticks
from handover.plan.values import LinkType
from handover.wording import Words

#: In units: the height of a row; of a bar and of its upper edge in the row; of the baseline and its upper edge.
ROW, BAR, TOP = 28.0, 12.0, 6.0
_BASE, _BASE_TOP = 4.0, 20.5
DIAMOND = 7.5

#: Days narrower than this many units are not shaded one by one.
_SHADED = 2.5


class GanttBar(NamedTuple):
    """A task on the chart; moments are minutes as in ``handover.plan.worktime``.

    Args:
        share: of the work that is done, from 0 to 1.
        done: it has an actual finish.
        idle: it doesn't count for the plan.
        base: start and finish in the baseline.
        late: until when it may slip without moving the finish; None without float.
    """

    kind: Literal["task", "summary", "milestone"]
    start: float
    finish: float
    share: float = 0.0
    critical: bool = False
    done: bool = False
    idle: bool = False
    base: tuple[float, float] | None = None
    late: float | None = None
    deadline: float | None = None


class GanttFrame(NamedTuple):
    """Where time lies: the scale counts from ``left``, and nothing reaches beyond ``left`` and ``right``."""

    scale: Scale
    left: float
    right: float
    unit: float = 1.0

    def x(self, at: float) -> float:
        """Where a moment lies."""
        return self.left + (at - self.scale.origin) / self.scale.per

    def cut(self, x: float) -> float:
        """The nearest place in view."""
        return min(max(x, self.left), self.right)


def span_of(bar: GanttBar, y: float, view: GanttFrame) -> BarSpan:
    """Where a bar of the row at ``y`` starts and ends, and its middle; a task is two units long at least."""
    first, middle = view.x(bar.start), y + (TOP + BAR / 2) * view.unit
    if bar.kind == "milestone":
        return BarSpan(first - DIAMOND * view.unit, first + DIAMOND * view.unit, middle)
    return BarSpan(first, max(view.x(bar.finish), first + 2 * view.unit), middle)


def under_bar(bar: GanttBar, y: float, view: GanttFrame) -> Iterator[Shape]:
    """What lies under the links: the baseline, and the float behind the bar."""
    unit = view.unit
    if bar.base is not None:
        first, last = view.x(bar.base[0]), view.x(bar.base[1])
        if last >= view.left and first <= view.right:
            if bar.kind == "milestone" or last - first < unit:
                if first >= view.left:
                    yield Polygon(diamond(first, y + (_BASE_TOP + _BASE / 2 - 2) * unit, 5 * unit), "neutral/55")
            else:
                left, right = view.cut(first), view.cut(max(last, first + 2 * unit))
                yield Rect(left, y + _BASE_TOP * unit, right - left, _BASE * unit, "neutral/55")
    if bar.late is None:
        return
    end, late = view.x(bar.finish), view.x(bar.late)
    if late - end > 3 * unit and end < view.right and late > view.left:
        level = y + (TOP + BAR / 2) * unit
        yield Line(((view.cut(end), level), (view.cut(late), level)), "secondary", unit)
        if late <= view.right:
            yield Line(((late, level - 3 * unit), (late, level + 3 * unit)), "secondary", unit)


def bar_shapes(bar: GanttBar, y: float, view: GanttFrame) -> Iterator[Shape]:
    """The bar of a task, the diamond of a milestone or the bracket of a summary.

    A critical bar is hatched and a critical diamond has another in it, so that colour is never alone.
    """
    at, unit = span_of(bar, y, view), view.unit
    if at.finish >= view.left and at.start <= view.right:
        ink = "danger" if bar.critical else "accent"
        if bar.kind == "summary":
            yield _bracket(at, y, view, "danger" if bar.critical else "text/75")
        elif bar.kind == "milestone":
            middle = (at.start + at.finish) / 2
            fill = ink if bar.done else f"{ink}/35" if bar.critical else f"{ink}/45"
            yield Polygon(diamond(middle, at.y, DIAMOND * unit), fill, ink, 1.5 * unit)
            if bar.critical:
                yield Polygon(diamond(middle, at.y, 3.5 * unit), ink)
        else:
            yield from _task(bar, at, view, ink)
    if bar.deadline is not None and view.left <= (x := view.x(bar.deadline)) <= view.right:
        colour = "danger" if bar.finish > bar.deadline else "warning"
        yield Line(((x, y + 3 * unit), (x, at.y + 4 * unit)), colour, 2 * unit)
        tip = ((x - 4 * unit, at.y), (x, at.y + 5 * unit), (x + 4 * unit, at.y))
        yield Line(tip, colour, 2 * unit)


def _task(bar: GanttBar, at: BarSpan, view: GanttFrame, ink: str) -> Iterator[Shape]:
    unit = view.unit
    left, right = view.cut(at.start), view.cut(at.finish)
    top, half = at.y - BAR / 2 * unit, unit / 2
    fill = "neutral/25" if bar.idle else f"{ink}/35" if bar.critical else f"{ink}/45"
    edge = "border/75" if bar.idle else ink
    hatched = bar.critical and not bar.idle and right - left > 4 * unit
    yield Rect(
        left + half, top + half, max(right - left - unit, half), (BAR - 1) * unit, fill, edge, 2.5 * unit, unit,
        "rising" if hatched else "",
    )  # fmt: skip
    share = 1.0 if bar.done else bar.share
    if share > 0:
        first = view.cut(at.start + unit)
        end = view.cut(at.start + max((at.finish - at.start - 2 * unit) * min(share, 1.0), unit) + unit)
        if end > first:
            yield Rect(first, top + 3.5 * unit, end - first, (BAR - 7) * unit, edge)


def _bracket(at: BarSpan, y: float, view: GanttFrame, colour: str) -> Shape:
    """A flat bar with a tip at each end that is in view."""
    unit = view.unit
    top, low, tip = y + (TOP + 1) * unit, y + (TOP + 6) * unit, y + (TOP + 11) * unit
    left, right = view.cut(at.start), view.cut(at.finish)
    reach = min(5.0 * unit, max((right - left) / 2, unit))
    points: list[Point] = [(left, top), (right, top)]
    points += [(right, tip), (right - reach, low)] if right == at.finish else [(right, low)]
    points += [(left + reach, low), (left, tip)] if left == at.start else [(left, low)]
    return Polygon(tuple(points), colour)


def diamond(x: float, y: float, reach: float) -> Points:
    """The corners of a diamond around a point."""
    return ((x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y))


def link_shapes(kind: LinkType, one: BarSpan, other: BarSpan, hot: bool, unit: float = 1.0) -> tuple[Line, Polygon]:
    """The line of a link with its arrow; a ``hot`` one is of the critical path, and broader."""
    points = route(kind, one, other, BAR / 2 * unit, 7.0 * unit)
    colour = "danger" if hot else "border/75"
    head = Polygon(arrow(points, 4.0 * unit), colour, colour, unit)
    return Line(points, colour, 1.4 * unit if hot else unit), head


def free_time(days: DayPattern, view: GanttFrame) -> Iterator[tuple[float, float]]:
    """The stretches without work in view; breaks within a day where a day is broad."""
    scale, unit = view.scale, view.unit
    if DAY / scale.per < _SHADED * unit:
        return
    fine = DAY / scale.per > 300 * unit
    first, last = int(scale.at(0) // DAY), int(scale.at(view.right - view.left) // DAY)
    begun: int | None = None  # where a stretch that is still going on began
    for day in range(first, last + 1):
        shifts = days.on(day)
        at = day * DAY
        worked: Iterable[tuple[int, int]] = ()
        if fine:
            worked = [(shift[0], shift[1]) for shift in shifts]
        elif shifts:
            worked = ((0, DAY),)
        if begun is None:
            begun = at
        for start, end in worked:
            if at + start > begun:
                yield view.cut(view.x(begun)), view.cut(view.x(at + start))
            begun = at + end
    if begun is not None and (last + 1) * DAY > begun:
        yield view.cut(view.x(begun)), view.cut(view.x((last + 1) * DAY))


def ground_shapes(days: DayPattern | None, view: GanttFrame, top: float, bottom: float) -> Iterator[Shape]:
    """Free time, and a line at each field of the scale."""
    if days is not None:
        for first, last in free_time(days, view):
            if last > first:
                yield Rect(first, top, last - first, bottom - top, "sunken")
    upper, lower = view.scale.tiers
    fields = upper if lower.value == "day" else lower
    for tick in ticks(fields, view.scale.at(0), view.scale.at(view.right - view.left)):
        x = view.x(tick.start)
        if view.left <= x <= view.right:
            yield Line(((x, top), (x, bottom)), "line", view.unit)


class Upright(NamedTuple):
    """An upright line: its moment, its name, its colour and its dashes in units."""

    at: float
    name: Words
    colour: str
    dashes: tuple[float, ...]


def upright_shapes(lines: Iterable[Upright], view: GanttFrame, top: float, bottom: float) -> Iterator[Shape]:
    """The upright lines of today, the data date and the planned handover."""
    for line in lines:
        x = view.x(line.at)
        if view.left <= x <= view.right:
            dashes = tuple(part * view.unit for part in line.dashes)
            yield Line(((x, top), (x, bottom)), line.colour, 1.5 * view.unit, dashes)


#: The fields of a unit that touch a span of time: where each starts and ends, and its words.
Fields = Callable[[Unit, float, float, bool], Iterable[tuple[float, float, Words]]]


def spoken_fields(unit: Unit, first: float, last: float, upper: bool) -> Iterator[tuple[float, float, Words]]:
    """The fields of a unit in the language in force."""
    return ((tick.start, tick.end, tick.label) for tick in ticks(unit, first, last, upper=upper))


def head_shapes(
    view: GanttFrame, height: float, size: float, width: Callable[[Words, float, bool], float], fields: Fields
) -> Iterator[Shape]:
    """The two lines of the time scale; the words of a field of the upper one stay in view as long as any of it is.

    Args:
        width: of words in a size, strong or not; words wider than their field are left out.
    """
    half = height / 2
    yield Rect(view.left, 0, view.right - view.left, height, "sunken")
    yield Line(((view.left, half), (view.right, half)), "line", view.unit)
    upper, lower = view.scale.tiers
    until = view.scale.at(view.right - view.left)
    for unit, top, whole in ((upper, 0.0, True), (lower, half, False)):
        base = top + half / 2 + size * 0.36
        for start, end, words in fields(unit, view.scale.at(0), until, whole):
            first, last = view.cut(view.x(start)), view.cut(view.x(end))
            if last - first < view.unit:
                continue
            yield Line(((first, top), (first, top + half)), "line", view.unit)
            wide = width(words, size, whole)
            if whole and wide <= last - first - size:
                yield Label(first + size * 0.6, base, words, size, "text", True)
            elif not whole and wide <= last - first:
                yield Label((first + last) / 2, base, words, size, "secondary", anchor="middle")
    yield Line(((view.left, height), (view.right, height)), "line", view.unit)
