"""The axes of a chart: ticks with their values upward, and words, days or values across, none over another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from handover.charts.board import Board, Plot, free
from handover.charts.drawing import Box, Label, Line, label_box
from handover.charts.figures import Ticks, nice_ticks
from handover.charts.lettering import every
from handover.i18n import in_language
from handover.plan.calendar import DAY
from handover.plan.timescale import LENGTH, Scale, Unit, ticks
from handover.plan.worktime import EARLIEST, LATEST, moment
from handover.wording import Words

_GRID, _AXIS = "line", "border"


def value_axis(values: Iterable[float], board: Board, *, share: bool, zero: bool = True) -> Ticks:
    """The axis that holds all values; of shares its ticks are round as percents."""
    found = list(values)
    by = 100 if share else 1
    low, high = min(found, default=0.0) * by, max(found, default=0.0) * by
    most = max(2, min(6, int((board.height - board.top) / (board.em * 4))))
    whole = all(abs(value) < 1e15 and value == int(value) for value in found) and not share
    axis = nice_ticks(low, high, most, whole=whole, zero=zero)
    return axis if not share else Ticks(tuple(v / by for v in axis.values), axis.step / by)


def plot_of(board: Board, axis: Ticks, unit: Words, below: float, *, names: bool) -> Plot:
    """The area that is left between the words of the axes.

    Args:
        below: the height of what stands under the plot.
        names: whether a line over the plot is kept for the axis's name and the names of marks.
    """
    em = board.em
    wide = max(board.type.width(board.type.value(v, unit, short=True)) for v in axis.values)
    top = board.top + (board.type.line if names else em * 0.5)
    return Plot(min(wide + em * 1.1, board.width / 2), top, board.width - em * 0.8, board.height - below)


def draw_values(board: Board, plot: Plot, axis: Ticks, unit: Words) -> None:
    """Lines at the ticks of an upright axis, with their values; where they stand too close, at every second."""
    apart = plot.height / max(len(axis.values) - 1, 1)
    skip = every([board.type.line], apart, 0)
    for at, value in enumerate(axis.values):
        y = plot.y(axis.place(value))
        strong = abs(value) < axis.step / 1e6
        board.add(Line(((plot.left, y), (plot.right, y)), _AXIS if strong else _GRID, 1.0))
        if at % skip == 0:
            text = board.type.value(0.0 if strong else value, unit, short=True)
            board.text(plot.left - board.em * 0.5, y + board.em * 0.34, text, "secondary", "end")


def name_axes(board: Board, plot: Plot, x: Words, y: Words, unit: Words, taken: list[Box]) -> None:
    """The name of the upright axis over it, with its unit, and that of the other at the lower right."""
    name, word = board.type.say(y), board.type.say(unit) if unit != "%" else ""
    both = f"{name} ({word})" if name and word else name or word
    text = board.type.cut(both, plot.right - board.em)
    if text and board.height > board.em * 6:
        label = Label(board.em / 2, plot.top - board.em * 0.6, text, board.em, "secondary")
        if board.type.fits(label, board.width, board.height):
            taken.append(label_box(label, board.type.width(text)))
            board.add(label)
    across = board.type.cut(board.type.say(x), plot.width)
    board.text(plot.right, board.height - board.em * 0.45, across, "secondary", "end")


def foot_of(board: Board, x: Words) -> float:
    """The height that the name of the axis across takes."""
    return board.type.line if board.type.say(x) else board.em * 0.3


class Feet(NamedTuple):
    """How the words of categories stand under the plot.

    Args:
        lines: of each word.
        turned: they are read from below to above.
        skip: 2 shows every second.
        height: of all of it.
    """

    lines: tuple[tuple[str, ...], ...]
    turned: bool
    skip: int
    height: float


def feet(board: Board, words: Sequence[str], slot: float, *, may_turn: bool = True) -> Feet:
    """Set words under places ``slot`` apart: on one line, on two, turned, or not each of them."""
    type_, em = board.type, board.em
    room = slot - em * 0.6
    widths = [type_.width(word) for word in words]
    if max(widths, default=0) <= room:
        return Feet(tuple((word,) for word in words), False, 1, type_.line)
    two = [type_.wrapped(word, room) for word in words] if room > em * 3 else []
    if two and not any("…" in "".join(lines) and "…" not in word for lines, word in zip(two, words, strict=True)):
        return Feet(tuple(two), False, 1, type_.line * 2)
    if may_turn and board.height > em * 14:
        deep = min(max(widths), board.height * 0.3)
        skip = every([em * 1.15], slot, 0)
        return Feet(tuple((type_.cut(word, deep),) for word in words), True, skip, deep + em * 0.6)
    short = [type_.cut(word, max(room, em * 6)) for word in words]
    skip = every([type_.width(word) for word in short], slot, em * 0.6)
    return Feet(tuple((word,) for word in short), False, skip, type_.line)


def draw_feet(board: Board, plot: Plot, set_: Feet) -> None:
    """Draw the words of categories."""
    slot = plot.width / max(len(set_.lines), 1)
    taken: list[Box] = []
    for at in range(0, len(set_.lines), set_.skip):
        x, y = plot.left + (at + 0.5) * slot, plot.bottom + board.em * 1.15
        for number, line in enumerate(set_.lines[at]):
            label = Label(x, y + number * board.type.line, line, board.em, "secondary", anchor="middle")
            if set_.turned:
                label = label._replace(x=x + board.em * 0.35, y=plot.bottom + board.em * 0.4, anchor="end", turned=True)
            else:
                label = _inside(board, label)
            if line and _placed(board, label, taken):
                board.add(label)


def _inside(board: Board, label: Label) -> Label:
    """A centred label, moved so that it doesn't reach beyond the board."""
    half = board.type.width(board.type.say(label.text)) / 2
    return label._replace(x=min(max(label.x, half + 0.5), board.width - half - 0.5))


def _placed(board: Board, label: Label, taken: list[Box]) -> bool:
    if not board.type.fits(label, board.width, board.height):
        return False
    return free(taken, label_box(label, board.type.width(board.type.say(label.text))))


class DayAxis(NamedTuple):
    """Days across a plot."""

    scale: Scale
    plot: Plot

    def x(self, day: dt.date) -> float:
        """Where a day lies; one that nobody can mean lies at the edge."""
        return min(max(self.plot.left + self.scale.x(at_day(day)), self.plot.left), self.plot.right)


def at_day(day: dt.date) -> int:
    """The moment at which a day begins, within the days that a plan can reach."""
    return min(max(moment(dt.datetime(day.year, day.month, day.day)), EARLIEST), LATEST - 2 * DAY)


def day_axis(days: Sequence[dt.date], plot: Plot) -> DayAxis:
    """The axis that holds all days, with a little room beside them; two weeks at the least."""
    first, last = at_day(min(days)), at_day(max(days))
    room = max((last - first) * 0.03, (14 * DAY - (last - first)) / 2, 1.0)
    return DayAxis(Scale(first - room, (last - first + 2 * room) / max(plot.width, 1.0)), plot)


def draw_days(board: Board, axis: DayAxis) -> None:
    """Lines at the fields of the calendar, with their words in two lines."""
    scale, plot, em = axis.scale, axis.plot, board.em
    upper, lower = _tiers(scale, em)
    with in_language("en" if board.type.language == "en" else "zh"):
        fields = list(ticks(lower, scale.at(0), scale.at(plot.width)))
        over = list(ticks(upper, scale.at(0), scale.at(plot.width), upper=True)) if upper is not lower else []
    apart = plot.width / max(len(fields), 1)
    skip = every([board.type.width(tick.label) for tick in fields], apart, em * 0.4)
    taken: list[Box] = []
    for at, tick in enumerate(fields):
        x, end = plot.left + scale.x(tick.start), plot.left + scale.x(tick.end)
        if plot.left < x < plot.right and at % skip == 0:
            board.add(Line(((x, plot.top), (x, plot.bottom + em * 0.35)), _GRID, 1.0))
        middle = (max(x, plot.left) + min(end, plot.right)) / 2
        label = Label(middle, plot.bottom + em * 1.15, tick.label, em, "secondary", anchor="middle")
        if at % skip == 0 and _placed(board, label, taken):
            board.add(label)
    for tick in over:
        x = max(plot.left + scale.x(tick.start), plot.left)
        label = Label(x + em * 0.2, plot.bottom + em * 1.15 + board.type.line, tick.label, em, "secondary")
        if x + board.type.width(tick.label) <= plot.left + scale.x(tick.end) and _placed(board, label, taken):
            board.add(label)


def _tiers(scale: Scale, em: float) -> tuple[Unit, Unit]:
    """The two units of the calendar, never finer than days; texts are measured in ``em`` rather than pixels."""
    upper, lower = Scale(scale.origin, scale.per * 12 / max(em, 1.0)).tiers
    return (upper, lower) if LENGTH[lower] >= DAY else (Unit.MONTH, Unit.DAY)


def draw_marks(board: Board, axis: DayAxis, marks: Sequence[tuple[dt.date, Words]], taken: list[Box]) -> None:
    """Upright lines with their names over the plot, the name left out where another stands."""
    plot, em = axis.plot, board.em
    for at, (day, words) in enumerate(marks):
        x = axis.x(day)
        colour = ("accent", "warning", "info")[at % 3]
        dashes = ((5.0, 3.0), (1.5, 2.5), (8.0, 3.0, 1.5, 3.0))[at % 3]
        board.add(Line(((x, plot.top - em * 0.2), (x, plot.bottom)), colour, 1.3, dashes))
        text = board.type.cut(board.type.say(words), plot.width / 2)
        label = _inside(board, Label(x, plot.top - em * 0.6, text, em, colour, anchor="middle"))
        if text and _placed(board, label, taken):
            board.add(label)
