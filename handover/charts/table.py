"""The same values as a table: what the window shows instead of a drawing, what is copied, and what Excel charts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from handover.charts.data import (
    CALENDAR,
    AnyChart,
    BurnChart,
    ColumnChart,
    HeatChart,
    LineChart,
    RadarChart,
    ScatterChart,
    SeatChart,
    Series,
    StackChart,
    StripChart,
)
from handover.charts.figures import day_text, unit_text, value_text
from handover.charts.lines import as_lines
from handover.charts.strip import clock_text, shown_spans
from handover.i18n import N_
from handover.i18n import language as language_in_force
from handover.wording import Language, Words, said, shown

Entry: TypeAlias = str | float | dt.date | None


@dataclass(frozen=True, slots=True)
class ChartTable:
    """The values of a chart.

    Args:
        heads: a heading for each column.
        rows: the values; texts, numbers and days as they are.
        keys: as ``rows``: of the rows behind each value.
        units: of the numbers of each column.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[Entry, ...], ...]
    keys: tuple[tuple[Hashable, ...], ...]
    units: tuple[Words, ...]
    language: Language

    def text(self, row: int, column: int) -> str:
        """A cell as it is read, without the unit that stands in the heading."""
        unit = self.units[column]
        return self._told(row, column, unit if unit in ("%", CALENDAR) else "")

    def told(self, row: int, column: int) -> str:
        """A cell as it is said alone, with its unit."""
        return self._told(row, column, self.units[column])

    def _told(self, row: int, column: int, unit: Words) -> str:
        entry = self.rows[row][column]
        if entry is None:
            return ""
        if isinstance(entry, str):
            return entry
        return day_text(entry, self.language) if isinstance(entry, dt.date) else value_text(entry, unit, self.language)

    def heading(self, column: int) -> str:
        """A heading with the unit of its numbers, unless it says it already."""
        name, word = self.heads[column], unit_text(self.units[column], self.language)
        return f"{name} ({word})" if word and word.casefold() not in name.casefold() else name

    def texts(self) -> list[list[str]]:
        """Headings and rows as they are read."""
        across = range(len(self.heads))
        return [[self.heading(c) for c in across], *([self.text(r, c) for c in across] for r in range(len(self.rows)))]


def as_table(chart: AnyChart, language: Language | None = None) -> ChartTable:
    """The table of a chart; ``language`` is the one in force by default."""
    spoken: Language = language or ("zh" if language_in_force() == "zh" else "en")
    match chart:
        case ColumnChart() | StackChart():
            return _series(chart.categories, chart.series, chart.x, chart, spoken)
        case LineChart():
            days = any(isinstance(period, dt.date) for period in chart.periods)
            return _series(chart.periods, chart.series, chart.x or (said(N_("Day")) if days else ""), chart, spoken)
        case BurnChart():
            return as_table(as_lines(chart), spoken)
        case RadarChart():
            return _series(chart.spokes, chart.series, chart.x, chart, spoken)
        case HeatChart():
            return _heat(chart, spoken)
        case ScatterChart():
            return _scatter(chart, spoken)
        case StripChart():
            return _strip(chart, spoken)
        case SeatChart():
            return _seats(chart, spoken)


def _say(words: Words, language: Language) -> str:
    return " ".join(shown(words, language, " ").split())


def _series(
    places: Sequence[dt.date | Words], series: Sequence[Series], x: Words, chart: AnyChart, language: Language
) -> ChartTable:
    names = [_say(s.name or chart.y or chart.title, language) for s in series]
    rows = tuple(
        (place if isinstance(place, dt.date) else _say(place, language), *(s.value(at) for s in series))
        for at, place in enumerate(places)
    )
    keys = tuple((None, *(s.key(at) for s in series)) for at in range(len(places)))
    return ChartTable((_say(x, language), *names), rows, keys, ("", *(chart.unit for _ in series)), language)


def _heat(chart: HeatChart, language: Language) -> ChartTable:
    across = range(len(chart.columns))
    heads = (_say(chart.y, language), *(_say(column, language) for column in chart.columns))
    rows = tuple(
        (_say(name, language), *(chart.value(at, column) for column in across)) for at, name in enumerate(chart.rows)
    )
    keys = tuple((None, *(chart.key(at, column) for column in across)) for at in range(len(chart.rows)))
    return ChartTable(heads, rows, keys, ("", *(chart.unit for _ in across)), language)


def _scatter(chart: ScatterChart, language: Language) -> ChartTable:
    def told(value: float, steps: tuple[Words, ...]) -> Entry:
        return _say(steps[min(max(round(value), 1), len(steps)) - 1], language) if steps else value

    heads = tuple(_say(words, language) for words in (said(N_("Item")), said(N_("Series")), chart.x, chart.y))
    rows: list[tuple[Entry, ...]] = []
    keys: list[tuple[Hashable, ...]] = []
    for series in chart.series:
        for dot in series.dots:
            if abs(dot.x) < 1e300 and abs(dot.y) < 1e300:
                names = _say(dot.name, language), _say(series.name, language)
                rows.append((*names, told(dot.x, chart.x_steps), told(dot.y, chart.y_steps)))
                keys.append((dot.key,) * 4)
    return ChartTable(heads, tuple(rows), tuple(keys), ("", "", chart.x_unit, chart.unit), language)


def _strip(chart: StripChart, language: Language) -> ChartTable:
    words = (chart.y, said(N_("From")), said(N_("To")), said(N_("State")), said(N_("Item")))
    heads = tuple(_say(word, language) for word in words)
    spans = tuple(shown_spans(chart))
    rows = tuple(
        (_say(chart.rows[s.row], language), clock_text(s.start), clock_text(s.end),
         _say(chart.states[s.state][0], language), _say(s.name, language))
        for s in spans
    )  # fmt: skip
    return ChartTable(heads, rows, tuple((s.key,) * len(heads) for s in spans), ("",) * len(heads), language)


def _seats(chart: SeatChart, language: Language) -> ChartTable:
    heads = tuple(_say(said(word), language) for word in (N_("Side"), N_("Name"), N_("Role"), N_("Notes")))
    rows = tuple(
        (_say(column, language), _say(seat.name, language), _say(seat.role, language), _say(seat.note, language))
        for column, seat in chart.seats
    )
    keys = tuple((seat.key,) * len(heads) for _, seat in chart.seats)
    return ChartTable(heads, rows, keys, ("",) * len(heads), language)
