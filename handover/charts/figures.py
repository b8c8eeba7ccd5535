"""Numbers and days as a chart writes them, and the ticks of an axis: 1, 2 or 5 times a power of ten apart."""

from __future__ import annotations

import datetime as dt
import math
from typing import NamedTuple

from handover.charts.data import CALENDAR
from handover.i18n import in_language
from handover.plan.timescale import Unit, label
from handover.wording import Language, Words, shown

#: What a large number is counted in, largest first: from where on, by what it is divided, and the word.
_LARGE = {
    "en": ((1e12, 1e12, "T"), (1e9, 1e9, "bn"), (1e6, 1e6, "M")),
    "zh": ((1e12, 1e12, "万亿"), (1e8, 1e8, "亿"), (1e6, 1e4, "万")),
}
_HUGE, _TINY = 1e16, 1e-6


class Ticks(NamedTuple):
    """The ticks of an axis, from its lowest to its highest value."""

    values: tuple[float, ...]
    step: float

    @property
    def low(self) -> float:
        """The lower end of the axis."""
        return self.values[0]

    @property
    def high(self) -> float:
        """The upper end of the axis."""
        return self.values[-1]

    def place(self, value: float) -> float:
        """Where a value lies, from 0 at the lower end to 1 at the upper."""
        return min(max((value - self.low) / (self.high - self.low), 0.0), 1.0)


def nice_ticks(low: float, high: float, most: int, *, whole: bool = False, zero: bool = True) -> Ticks:
    """Ticks that enclose two values.

    Args:
        most: how many steps there may be, about.
        whole: the values are counts, so no step is smaller than 1.
        zero: the axis begins or ends at 0, as it must where lengths are compared.
    """
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    low, high = max(low, -1e300), min(high, 1e300)
    if high - low <= max(abs(low), abs(high)) * 1e-9:
        room = abs(high) * 0.5 or 1.0
        low, high = (0.0 if zero and low >= 0 else low - room), (0.0 if zero and high < 0 else high + room)
    step = nice_step((high - low) / max(most, 1))
    if whole:
        step = max(step, 1.0)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    if last <= first:
        last = first + 1
    return Ticks(tuple(n * step for n in range(first, last + 1)), step)


def nice_step(least: float) -> float:
    """The smallest of 1, 2 and 5 times a power of ten that is at least so large."""
    power = math.floor(math.log10(max(least, 1e-300)))
    for factor in (1, 2, 5, 10):
        step = factor * 10.0**power
        if step >= least * (1 - 1e-9):
            return step
    return 10.0 ** (power + 1)


def number_text(value: float, language: Language, *, short: bool = False) -> str:
    """A number with its thousands parted; a ``short`` one counts what is large in millions, in Chinese in 万 and 亿."""
    size = abs(value)
    if size >= _HUGE or 0 < size < _TINY:
        return f"{value:.3g}".replace("e+", "e")
    if short:
        for at, by, word in _LARGE["zh" if language in ("zh", "both") else "en"]:
            if size >= at:
                space = " " if word.isascii() else ""
                return f"{round(value / by, 2):,.10g}{space}{word}"
    power = math.floor(math.log10(size)) if size else 0
    digits = max(0, 2 - power) if short or power < 0 else 2
    text = f"{value:,.{min(digits, 8)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def unit_text(unit: Words, language: Language) -> str:
    """The word of a unit; empty for those that are seen in the value itself."""
    return "" if unit in ("%", CALENDAR) else " ".join(shown(unit, language, " ").split())


def value_text(value: float, unit: Words, language: Language, *, short: bool = False) -> str:
    """A value with its unit; the unit "%" shows a share, ``CALENDAR`` a day."""
    if unit == "%":
        share = number_text(round(value * 100, 2), language, short=short)
        return f"{share} %" if language == "en" else f"{share}%"
    if unit == CALENDAR:
        last = dt.date.max.toordinal()
        return day_text(dt.date.fromordinal(min(max(round(value), 1), last)), language)
    text = number_text(value, language, short=short)
    word = unit_text(unit, language)
    return f"{text} {word}" if word and not short else text


def day_text(day: dt.date, language: Language) -> str:
    """A day in the order of the language."""
    if language != "en":
        return f"{day:%Y-%m-%d}"
    with in_language("en"):
        month = label(Unit.MONTH, dt.datetime(day.year, day.month, 1), upper=True)
    return f"{day.day} {month}"


def words_of(period: dt.date | Words, language: Language) -> str:
    """The words of a category or period."""
    return day_text(period, language) if isinstance(period, dt.date) else shown(period, language, " ")
