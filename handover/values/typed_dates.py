"""Days and moments as people type them: ``3/5``, ``+7``, ``fri``, ``明天``."""

from __future__ import annotations

import datetime as dt
import re

from handover.clock import today
from handover.errors import NotValid
from handover.i18n import N_, tr
from handover.values.cells import folded
from handover.values.date_text import (
    EARLIEST,
    LATEST,
    Loose,
    Order,
    day_from_loose,
    loose_date,
    moment_of,
    without_year,
)
from handover.values.moments import day_of, midnight

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAYS = {c: i for i, c in enumerate("一二三四五六")} | {"日": 6, "天": 6}
_WORDS = {"today": 0, "tomorrow": 1, "yesterday": -1, "今天": 0, "明天": 1, "后天": 2, "昨天": -1, "今日": 0}
_STEP = {"d": 1, "w": 7, "天": 1, "周": 7, "日": 1}


def typed_moment(text: str) -> dt.datetime:
    """A date with or without a time of day."""
    match = re.fullmatch(r"(.{1,100}?)[\sT]{1,20}(\d{1,2}):(\d{2})", text)
    if match is None:
        return _as_moment(_date(text))
    day, hour, minute = typed_day(match[1]), int(match[2]), int(match[3])
    if hour > 23 or minute > 59:
        raise NotValid(N_("“{text}” is not a time of day."), text=text)
    return dt.datetime(day.year, day.month, day.day, hour, minute)


def _as_moment(value: dt.date) -> dt.datetime:
    return value if isinstance(value, dt.datetime) else midnight(value)


def typed_day(text: str) -> dt.date:
    """A date as a list may write it, and as people type it: ``3/5`` (month first, the nearest), ``+7``, ``fri``."""
    return day_of(_date(text))


def _date(text: str) -> dt.date:
    word = text.casefold().strip()
    for read in (_relative, _weekday, lambda _word: _written(text)):
        try:
            found = read(word)
        except (ValueError, OverflowError):
            found = None
        if found is not None and EARLIEST <= found.year <= LATEST:
            return found
    raise NotValid(
        N_("“{text}” is not a date. Write {example}, 3/5, +7, fri or today."), text=text, example=today().isoformat()
    )


def _written(text: str) -> dt.date | None:
    """A date that is written out, or the day that is meant where nothing but the typed text tells the order."""
    found = loose_date(text)
    if not isinstance(found, Loose):
        return found
    orders: tuple[Order, ...] = ("DMY", "MDY", "YMD") if found.mark == "." else ("MDY", "DMY", "YMD")
    if found.year is None and found.third is None:  # the nearest such day: in December, 1/5 is next month
        days = (without_year(found, order, today()) for order in orders)
    else:
        days = (day_from_loose(found, order, found.year or today().year) for order in orders)
    day = next(filter(None, days), None)
    return None if day is None else moment_of(day, found)


def _relative(word: str) -> dt.date | None:
    if word in _WORDS or word == folded(tr("today")):
        return today() + dt.timedelta(_WORDS.get(word, 0))
    match = re.fullmatch(r"([+-])\s*(\d{1,4})\s*([dw天周日]?)", word)
    if match is None:
        return None
    days = int(match[2]) * _STEP.get(match[3], 1)
    return today() + dt.timedelta(days if match[1] == "+" else -days)


def _weekday(word: str) -> dt.date | None:
    """The next such day, today included."""
    wanted = next((i for i, d in enumerate(_DAYS) if word[:3] == d and word.isalpha()), None)
    chinese = re.fullmatch(r"(?:下)?(?:周|星期|礼拜)([一二三四五六日天])", word)
    if chinese:
        wanted = _WEEKDAYS[chinese[1]]
    if wanted is None:
        return None
    if word.startswith("下"):  # that day of the next calendar week
        return today() + dt.timedelta(7 - today().weekday() + wanted)
    return today() + dt.timedelta((wanted - today().weekday()) % 7)
