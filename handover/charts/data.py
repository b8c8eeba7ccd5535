"""The kinds of chart as data: what is shown, in which units, and which rows stand behind each value.

A number that isn't known is None and leaves a gap. ``unit`` follows each value; where it is "%", values are shares from
0 to 1, where it is ``CALENDAR`` they are days by their ordinal. A key is whatever the caller wants back when somebody
opens a value: a filter, a view, the ids of rows. Colours are names of tokens; without one, series get theirs in turn,
and always a pattern, a mark or dashes besides.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from handover.wording import Words

Number: TypeAlias = float | None

#: The unit of values that are days, each as its ordinal.
CALENDAR = "calendar"


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What every chart says of itself.

    Args:
        title: drawn over the chart; empty where the page says it already.
        x, y: the names of the axes.
        unit: of the values.
        empty: what is said when there is nothing to show yet, instead of the usual sentence.
    """

    title: Words = ""
    x: Words = ""
    y: Words = ""
    unit: Words = ""
    empty: Words = ""


@dataclass(frozen=True, slots=True)
class Series:
    """Values with a name, one for each category or period.

    Args:
        keys: of the rows behind each value; shorter than the values or empty where there are none.
        dashed: of a line: a forecast, a plan.
    """

    name: Words
    values: tuple[Number, ...]
    colour: str = ""
    keys: tuple[Hashable, ...] = ()
    dashed: bool = False

    def value(self, at: int) -> Number:
        """The value of a place; None beyond the last and for what isn't a number."""
        found = self.values[at] if at < len(self.values) else None
        return found if found is not None and abs(found) < 1e300 else None

    def key(self, at: int) -> Hashable:
        """The key of a place."""
        return self.keys[at] if at < len(self.keys) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnChart(Named):
    """Columns side by side for each category."""

    categories: tuple[Words, ...]
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StackChart(Named):
    """Columns on one another for each category, such as documents by state in each system; negative ones below 0."""

    categories: tuple[Words, ...]
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChart(Named):
    """Lines over periods.

    Args:
        periods: days, laid out as the calendar runs, or words, laid out evenly.
        marks: upright lines with a name, such as today; of days only.
    """

    periods: tuple[dt.date, ...] | tuple[Words, ...]
    series: tuple[Series, ...]
    marks: tuple[tuple[dt.date, Words], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BurnChart(Named):
    """How what is open goes down to nothing.

    Args:
        days: the days on which it is told.
        planned: what is to be open by plan.
        actual: what was open, until today.
        remaining: what will still be open by the forecast, from today on.
        marks: upright lines with a name, such as the planned handover.
    """

    days: tuple[dt.date, ...]
    planned: Series | None = None
    actual: Series | None = None
    remaining: Series | None = None
    marks: tuple[tuple[dt.date, Words], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatChart(Named):
    """Numbers of rows by columns as a map of shaded cells; the number stands in each.

    Args:
        cells: a row of numbers for each row.
        keys: as ``cells``; empty where there are none.
        steps: from which number on which tone is shown, lowest first; without, one colour grows stronger.
    """

    rows: tuple[Words, ...]
    columns: tuple[Words, ...]
    cells: tuple[tuple[Number, ...], ...]
    keys: tuple[tuple[Hashable, ...], ...] = ()
    steps: tuple[tuple[float, str], ...] = ()

    def value(self, row: int, column: int) -> Number:
        """The number of a cell; None where it isn't known."""
        line = self.cells[row] if row < len(self.cells) else ()
        found = line[column] if column < len(line) else None
        return found if found is not None and abs(found) < 1e300 else None

    def key(self, row: int, column: int) -> Hashable:
        """The key of a cell."""
        line = self.keys[row] if row < len(self.keys) else ()
        return line[column] if column < len(line) else None


@dataclass(frozen=True, slots=True)
class Dot:
    """A point of a scatter.

    Args:
        x, y: where it lies; on an axis of steps these count from 1.
        name: what it is.
        size: from 0 to 1, the smallest to the largest circle.
    """

    x: float
    y: float
    name: Words = ""
    key: Hashable = None
    size: float = 0.3


@dataclass(frozen=True, slots=True)
class DotSeries:
    """Points that belong together; they share a colour and the shape of their mark."""

    name: Words
    dots: tuple[Dot, ...]
    colour: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScatterChart(Named):
    """Points by two numbers; with steps on both axes a risk map.

    Args:
        x_steps, y_steps: the words of axes that count in steps, lowest first; empty for axes of numbers.
        zones: with steps: the tone of each field, a tuple for each step of y from the lowest.
        x_unit: of the numbers across; ``unit`` is of those upward.
    """

    series: tuple[DotSeries, ...]
    x_steps: tuple[Words, ...] = ()
    y_steps: tuple[Words, ...] = ()
    zones: tuple[tuple[str, ...], ...] = ()
    x_unit: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RadarChart(Named):
    """Values on spokes around a middle, such as the readiness of each discipline.

    Args:
        spokes: the names of the spokes, three at least.
        top: the value at the rim; by default the highest is rounded up.
    """

    spokes: tuple[Words, ...]
    series: tuple[Series, ...]
    top: float | None = None


@dataclass(frozen=True, slots=True)
class StripSpan:
    """A stretch of a strip: from when to when in its row, and in which of the states."""

    row: int
    start: float
    end: float
    state: int
    name: Words = ""
    key: Hashable = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StripChart(Named):
    """What went on when: a strip for each row, such as each day of a run from 0 to 24 o'clock.

    Args:
        states: the names and colours of what can go on.
        until: where every row ends; rows begin at 0.
        step: from one mark of the axis to the next.
    """

    rows: tuple[Words, ...]
    spans: tuple[StripSpan, ...]
    states: tuple[tuple[Words, str], ...]
    until: float = 24.0
    step: float = 4.0


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody on a chart of seats, with a role; a lead stands out."""

    name: Words
    role: Words = ""
    note: Words = ""
    key: Hashable = None
    lead: bool = False


@dataclass(frozen=True, slots=True)
class SeatColumn:
    """The seats of one side, the first on top."""

    name: Words
    seats: tuple[Seat, ...]
    colour: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatChart(Named):
    """Who sits where, such as the two sides of a working group.

    Args:
        above: who stands over all columns.
    """

    columns: tuple[SeatColumn, ...]
    above: tuple[Seat, ...] = ()

    @property
    def seats(self) -> tuple[tuple[Words, Seat], ...]:
        """All seats, each with the name of its column."""
        return (
            *((("", seat)) for seat in self.above),
            *((column.name, seat) for column in self.columns for seat in column.seats),
        )


AnyChart: TypeAlias = (
    ColumnChart | StackChart | LineChart | BurnChart | HeatChart | ScatterChart | RadarChart | StripChart | SeatChart
)

Mark = Literal["disc", "square", "triangle", "diamond", "ring", "wedge"]
#: What series get in turn.
COLOURS = ("accent", "warning", "info", "danger", "ok", "neutral")
MARKS: tuple[Mark, ...] = ("disc", "square", "triangle", "diamond", "ring", "wedge")


def colour_of(colour: str, at: int) -> str:
    """The colour of a series: its own, or the one of its place."""
    return colour or COLOURS[at % len(COLOURS)]
