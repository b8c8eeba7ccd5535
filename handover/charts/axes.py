"""The axes of a chart: ticks with their values upward, and words, days or values across, none over another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from handover.charts.board import Board, Plot
from handover.charts.drawing import Label, Line
from handover.charts.figures import Ticks, nice_ticks, unit_text
from handover.charts.lettering import every
from handover.i18n import in_language
from handover.plan.calendar import DAY
from handover.plan.timescale import LENGTH, Scale, Unit, ticks
from handover.plan.worktime import EARLIEST, LATEST, moment
from handover.wording import Words

_GRID, _AXIS = "line", "border"


def value_axis(
    values: Iterable[float], board: Board, *, share: bool, zero: bool = True, headroom: float = 0.0
) -> Ticks:
    """The axis that holds all values; of shares its ticks are round as percents.

    Args:
        headroom: the share of its length that is kept free beyond the values for what is written there.
    """
    found = list(values)
    by = 100 if share else 1
    low, high = min(found, default=0.0) * by, max(found, default=0.0) * by
    room = (max(high, 0.0) - min(low, 0.0)) * headroom
    low, high = (low - room if low < 0 else low), (high + room if high > 0 else high)
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
    top = board.top + (em * 1.95 if names else em * 0.5)
    return Plot(min(wide + em * 1.1, board.width / 2), top, board.width - em * 0.8, board.height - below)


def draw_values(board: Board, plot: Plot, axis: Ticks, unit: Words) -> None:
    """Lines at the ticks of an upright axis, with their values; where they stand too close, at every second."""
    apart = plot.height / max(len(axis.values) - 1, 1)
    skip = every([board.type.line], apart, 0)
    for at, value in enumerate(axis.values):
        y = plot.y(axis.place(value))
        strong = abs(value) < axis.step / 1e6
        board.add(Line(((plot.left, y), (plot.right, y)), _AXIS if strong else _GRID, board.hair))
        if at % skip == 0:
            text = board.type.value(0.0 if strong else value, unit, short=True)
            board.text(plot.left - board.em * 0.5, y + board.em * 0.34, text, "secondary", "end")


def name_axes(board: Board, plot: Plot, x: Words, y: Words, unit: Words) -> None:
    """The name of the upright axis over it, with its unit, and that of the other at the lower right."""
    text = board.type.cut(with_unit(board, y, unit), plot.right - board.em)
    if text and board.height > board.em * 6:
        board.place(Label(board.em / 2, plot.top - board.em * 0.9, text, board.em, "secondary"), board.em / 2)
    across = board.type.cut(board.type.say(x), plot.width)
    board.text(plot.right, board.height - board.em * 0.45, across, "secondary", "end")


def with_unit(board: Board, name: Words, unit: Words) -> str:
    """The name of an axis with the unit of its values, unless the name says it already."""
    told, word = board.type.say(name), unit_text(unit, board.type.language)
    if not told or not word:
        return told or word
    return told if word.casefold() in told.casefold() else f"{told} ({word})"


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
    broken: list[tuple[str, ...]] = []
    for most in (2, 3) if room > em * 3.2 else ():
        if most * type_.line > board.height * 0.25:
            break
        broken = [type_.wrapped(word, room, most) for word in words]
        if not any(map(_cut_short, broken, words)):
            return Feet(tuple(broken), False, 1, type_.line * max(map(len, broken)))
    if broken and (room > em * 5 or board.height < em * 22):  # rather cut than turned, which takes a low chart's height
        return Feet(tuple(broken), False, 1, type_.line * max(map(len, broken)))
    if may_turn and board.height > em * 14:
        deep = min(max(widths), board.height * 0.3)
        skip = every([em * 1.15], slot, 0)
        return Feet(tuple((type_.cut(word, deep),) for word in words), True, skip, deep + em * 0.6)
    short = [type_.cut(word, max(room, em * 6)) for word in words]
    skip = every([type_.width(word) for word in short], slot, em * 0.6)
    return Feet(tuple((word,) for word in short), False, skip, type_.line)


def _cut_short(lines: Sequence[str], word: str) -> bool:
    return lines[-1].endswith("…") and not word.endswith("…")


def draw_feet(board: Board, plot: Plot, set_: Feet) -> None:
    """Draw the words of categories."""
    slot = plot.width / max(len(set_.lines), 1)
    for at in range(0, len(set_.lines), set_.skip):
        x, y = plot.left + (at + 0.5) * slot, plot.bottom + board.em * 1.15
        for number, line in enumerate(set_.lines[at]):
            label = Label(x, y + number * board.type.line, line, board.em, "secondary", anchor="middle")
            if set_.turned:
                label = label._replace(x=x + board.em * 0.35, y=plot.bottom + board.em * 0.4, anchor="end", turned=True)
            else:
                label = _inside(board, label)
            if line:
                board.place(label)


def _inside(board: Board, label: Label) -> Label:
    """A centred label, moved so that it doesn't reach beyond the board."""
    half = board.type.width(board.type.say(label.text)) / 2
    return label._replace(x=min(max(label.x, half + 0.5), board.width - half - 0.5))


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
    for at, tick in enumerate(fields):
        x, end = plot.left + scale.x(tick.start), plot.left + scale.x(tick.end)
        if plot.left < x < plot.right and at % skip == 0:
            board.add(Line(((x, plot.top), (x, plot.bottom + em * 0.35)), _GRID, board.hair))
        seen = min(end, plot.right) - max(x, plot.left)
        at_start = lower in (Unit.DAY, Unit.WEEK)  # the number is that of the day at the line
        where = x if at_start else (max(x, plot.left) + min(end, plot.right)) / 2
        fits = plot.left <= x if at_start else seen >= board.type.width(tick.label)
        label = Label(where, plot.bottom + em * 1.15, tick.label, em, "secondary", anchor="middle")
        if at % skip == 0 and fits:
            board.place(label, em * 0.15)
    for tick in over:
        x = max(plot.left + scale.x(tick.start), plot.left)
        label = Label(x + em * 0.2, plot.bottom + em * 1.15 + board.type.line, tick.label, em, "secondary")
        if x + board.type.width(tick.label) <= plot.left + scale.x(tick.end):
            board.place(label)


def _tiers(scale: Scale, em: float) -> tuple[Unit, Unit]:
    """The two units of the calendar, never finer than days; texts are measured in ``em`` rather than pixels."""
    upper, lower = Scale(scale.origin, scale.per * 12 / max(em, 1.0)).tiers
    return (upper, lower) if LENGTH[lower] >= DAY else (Unit.MONTH, Unit.DAY)


def draw_marks(board: Board, axis: DayAxis, marks: Sequence[tuple[dt.date, Words]]) -> None:
    """Upright lines with their names over the plot, the name left out where another stands."""
    plot, em = axis.plot, board.em
    for at, (day, words) in enumerate(marks):
        x = axis.x(day)
        colour = ("accent", "warning", "info")[at % 3]
        dashes = ((5.0, 3.0), (1.5, 2.5), (8.0, 3.0, 1.5, 3.0))[at % 3]
        board.add(Line(((x, plot.top - em * 0.2), (x, plot.bottom)), colour, em * 0.11, dashes))
        text = board.type.cut(board.type.say(words), plot.width / 2)
        label = _inside(board, Label(x, plot.top - em * 0.9, text, em, colour, anchor="middle"))
        if text:
            board.place(label, em / 2)
