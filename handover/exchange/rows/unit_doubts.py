"""In which unit bare durations count where neither their heading nor their dates say it: told above them, or asked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from statistics import median
from typing import Final, Literal

from handover.exchange.columns.mapping import ColumnMapping
from handover.exchange.question import Question
from handover.exchange.reading.grid import Grid
from handover.exchange.tables.finding import Table
from handover.i18n import N_, tr
from handover.values.cells import Cell, normal
from handover.values.date_columns import read_dates
from handover.values.durations import unit_in_heading, unit_of
from handover.values.moments import day_of

Unit = Literal["d", "h", "min", "w", "mo"]
UNITS: Final[tuple[Unit, ...]] = ("d", "h", "min", "w", "mo")
_NAMES: Final[dict[str, str]] = {
    "d": N_("days"),
    "h": N_("hours"),
    "min": N_("minutes"),
    "w": N_("weeks"),
    "mo": N_("months"),
}
#: What speaks of a unit above a table: 单位：小时, Unit: hours, all durations in minutes.
_UNIT_IS = re.compile(r"(?:单位|units?)\s{0,5}(?:is|are|为|是)?\s{0,5}[:：]?\s{0,5}([^\W\d_]{1,10})", re.IGNORECASE)
_OF_DURATIONS = re.compile(r"durations?|工期|用时|历时|时长|times? (?:is|are|in)\b", re.IGNORECASE)
#: So many numbers tell, of which so many must differ; these count in the first so many rows.
_LEAST, _KINDS, _SAMPLE = 3, 3, 400
#: So many days of work no ordinary row of a plan takes.
_LONG = 90
_ABOVE = 12


def unit_name(unit: str) -> str:
    """What a unit is called in the language in force."""
    return tr(_NAMES[unit])


def unit_above(grid: Grid, table: Table) -> str | None:
    """The unit of durations that the rows above a table name, as a word that can stand behind a number."""
    top = table.header_rows[0] if table.header_rows else 0
    above = [v for row in reversed(grid.rows[max(0, top - _ABOVE) : top]) for v in row if isinstance(v, str)]
    for text in dict.fromkeys(normal(t) for t in above if len(t) <= 200):
        words = [m[1] for m in _UNIT_IS.finditer(text)]
        found = next((u for w in words if (u := unit_of(w))), None)
        if found is None and _OF_DURATIONS.search(text):
            found = unit_in_heading(text.rstrip(" .。;；"))
        if found is not None and not found[1] and found[0] in _BY_LETTER:
            return _BY_LETTER[found[0]]
    return None


_BY_LETTER: Final = {"m": "min", "h": "h", "d": "d", "w": "w", "mo": "mo"}


def unit_question(grid: Grid, table: Table, mapping: ColumnMapping, places: Sequence[int]) -> Question | None:
    """The question of what the numbers of a column of durations count, where they can hardly be days.

    Args:
        places: the rows of the table that count.
    """
    column = mapping.by_field.get("duration")
    if column is None or unit_in_heading(mapping.of(column).heading) or unit_above(grid, table):
        return None
    rows = places[:_SAMPLE]
    cells = [grid.rows[r][column] for r in rows]
    numbers = [float(c) for c in cells if isinstance(c, (int, float)) and not isinstance(c, bool) and c > 0]
    if len(numbers) < _LEAST or any(isinstance(c, str) and any(ch.isalpha() for ch in c) for c in cells):
        return None  # beside 5 days and 2 weeks stand days
    by = mapping.by_field
    dated = "start" in by and "finish" in by
    likely = _too_long(cells, *([grid.rows[r][by[k]] for r in rows] for k in ("start", "finish"))) if dated else None
    likely = likely or (None if dated and _told(grid, rows, by) else _unlike_days(numbers))
    if likely is None:
        return None
    heading = mapping.of(column).heading
    choices: tuple[str, ...] = tuple(dict.fromkeys((likely, *UNITS)))
    example = next(c for c in cells if isinstance(c, (int, float)) and not isinstance(c, bool) and c > 0)
    return Question(
        N_("What do the numbers in “{heading}” count, such as {number}? They are hardly days."),
        {"heading": heading, "number": f"{example:g}"},
        choices,
        "--duration-unit",
        N_("Say it with --duration-unit d, h, min, w or mo."),
        said=tuple(unit_name(u) for u in choices),
    )


def _told(grid: Grid, rows: Sequence[int], by: Mapping[str, int]) -> bool:
    """Whether enough rows have both of their dates to tell that the numbers are no longer than the days between."""
    first, last = (read_dates([grid.rows[r][by[k]] for r in rows]).values for k in ("start", "finish"))
    return sum(a is not None and b is not None for a, b in zip(first, last, strict=True)) >= _LEAST


def _too_long(durations: Sequence[Cell], starts: Sequence[Cell], finishes: Sequence[Cell]) -> str | None:
    """The likeliest unit where most rows would take longer than from their start to their finish if it were days."""
    first, last = read_dates(starts).values, read_dates(finishes).values
    rows = [
        (float(d), (day_of(b) - day_of(a)).days + 1)
        for d, a, b in zip(durations, first, last, strict=True)
        if isinstance(d, (int, float)) and not isinstance(d, bool) and d > 0 and a is not None and b is not None
    ]
    rows = [row for row in rows if row[1] > 0]
    if len(rows) < _LEAST or sum(number > days for number, days in rows) < 0.5 * len(rows):
        return None
    hours = sum(number / 24 <= days for number, days in rows)
    return "h" if hours >= 0.8 * len(rows) else "min"


def _unlike_days(numbers: Sequence[float]) -> str | None:
    """The likeliest unit of numbers that are hardly days: too large, or all of them whole shifts or quarter hours."""
    kinds = set(numbers)
    if median(numbers) > _LONG:
        return "min" if all(n % 5 == 0 for n in kinds) else "h"
    if len(kinds) < _KINDS:
        return None
    if all(n % 8 == 0 for n in kinds):
        return "h"
    if all(n % 15 == 0 for n in kinds) and any(n % 10 for n in kinds) and max(kinds) < 24 * 60:
        return "min"
    return None
