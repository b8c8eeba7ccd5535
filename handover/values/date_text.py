"""One text as a date, as far as it tells by itself: what it leaves open stays open in ``Loose``."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias

from handover.values.cells import normal

Order: TypeAlias = Literal["DMY", "MDY", "YMD"]
EARLIEST, LATEST = 1900, 2200
_LONGEST = 60
_LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "ru", "nl", "pl", "sv", "cs", "tr", "uk")

_TIME = re.compile(
    r"(?:^|[\sT])(?P<before>上午|下午|晚上|中午|凌晨|早上)?\s{0,20}(?P<h>\d{1,2})(?::|时|時|点|h)(?P<m>\d{2})?分?(?::(?P<s>\d{2})(?:[.,]\d{1,9})?秒?)?"
    r"\s{0,20}(?P<after>[ap]\.?m\.?)?\s{0,20}(?P<zone>z|[+-]\d{2}:?\d{2})?$",
    re.IGNORECASE,
)
_HOUR_ONLY = re.compile(r"\s(?P<h>\d{1,2})\s{0,20}(?P<after>[ap]\.?m\.?)$", re.IGNORECASE)
_HAN = re.compile(r"(?:(\d{4}|\d{2})\s*[年년]\s*)?(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日号號일]?")
_HAN_YEAR = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})")
_ISO = re.compile(r"(\d{4})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{1,2})\.?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_THREE = re.compile(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{1,2})\.?")
_TWO = re.compile(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})\.?")
_NAMED = (
    re.compile(
        r"(?P<d>\d{1,2})(?:st|nd|rd|th|er|\.|º)?[\s\-/.,]*(?:de |of )?(?P<name>[^\W\d_]{3,12})\.?"
        r"[\s\-/.,']*(?:de )?(?P<y>\d{4}|\d{2})?"
    ),
    re.compile(r"(?P<name>[^\W\d_]{3,12})\.?[\s\-/.]*(?P<d>\d{1,2})(?:st|nd|rd|th)?(?:[\s\-/.,']+(?P<y>\d{4}|\d{2}))?"),
    re.compile(r"(?P<y>\d{4})[\s\-/.]*(?P<name>[^\W\d_]{3,12})\.?[\s\-/.]*(?P<d>\d{1,2})"),
)
_WEEKDAY = re.compile(
    r"^(?P<name>[^\W\d_]{2,12})\.?,?\s{1,20}(?=\d|\w)|^(?:周|星期|週|礼拜)(?P<han>[一二三四五六日天])\s{0,20},?\s{0,20}"
)
_WEEKDAY_BEHIND = re.compile(
    r"\s{0,20}[(\s]?(?:(?:周|星期|週|礼拜)([一二三四五六日天])|\(([月火水木金土日])\))\)?(?=\s|$)"
)
_P6_MARKS = re.compile(r"(?<=[\d]) ?(?:A|\*)$")
_YEAR_SUFFIX = re.compile(r"(?<=\d)\s*(?:г\.?|р\.?)(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Loose:
    """A date whose order, century or year the text leaves open.

    ``first``, ``second`` and ``third`` are its numbers as written; with ``month_known`` they are month and day.
    """

    first: int
    second: int
    third: int | None = None
    #: Digits of the number that may be the year.
    width: int = 0
    mark: str = ""
    month_known: bool = False
    year: int | None = None
    #: 0 is Monday.
    weekday: int | None = None
    time: dt.time | None = None


def loose_date(text: str) -> dt.date | Loose | None:
    """Read one text: a date (with a time of day: a ``datetime``) where it is plain, else what it leaves open.

    None when it is no date.
    """
    if len(text) > 4 * _LONGEST:
        return None
    rest = normal(text)
    if len(rest) > _LONGEST or not any(ch.isdigit() for ch in rest):
        return None
    rest = _YEAR_SUFFIX.sub("", rest).removesuffix(" Uhr")
    rest = _P6_MARKS.sub("", rest.lstrip("*※●○◎▲△☆★ "))
    rest, time = _split_time(rest)
    weekday = None
    try:
        if not (found := _understood(rest)):  # "mar" is March in English and Tuesday in Spanish: as a month first
            rest, weekday = _split_weekday(rest)
            found = _understood(rest)
    except ValueError:
        return None
    if isinstance(found, dt.date):
        return dt.datetime.combine(found, time) if time else found
    if found is None:
        return None
    return Loose(
        found.first,
        found.second,
        found.third,
        found.width,
        found.mark,
        found.month_known,
        found.year,
        weekday,
        time,
    )


def _understood(text: str) -> dt.date | Loose | None:
    text = text.strip(" ,")
    return _plain(text) or _named(text) or _numbers(text)


def _split_time(text: str) -> tuple[str, dt.time | None]:
    match = _TIME.search(text) or _HOUR_ONLY.search(text)
    if not match:
        return text, None
    parts = match.groupdict()
    hour, minute, second = int(parts["h"]), int(parts.get("m") or 0), int(parts.get("s") or 0)
    half = (parts.get("after") or "").lower()[:1] or {
        "下午": "p",
        "晚上": "p",
        "上午": "a",
        "早上": "a",
        "凌晨": "a",
    }.get(parts.get("before") or "", "")
    if half == "p" and hour < 12:
        hour += 12
    elif half == "a" and hour == 12:
        hour = 0
    try:
        time = dt.time(0 if hour == 24 and not minute else hour, minute, second)
    except ValueError:
        return text, None
    return text[: match.start()], time


def _split_weekday(text: str) -> tuple[str, int | None]:
    if match := _WEEKDAY.match(text):
        if match["han"]:
            return text[match.end() :], min("一二三四五六日天".index(match["han"]), 6)
        # Names of many languages take a while to load: only where a date stands behind what may be one.
        behind = text[match.end() :]
        if _understood(behind) and (day := _weekdays().get(match["name"].lower().rstrip("."))) is not None:
            return behind, day
    if match := _WEEKDAY_BEHIND.search(text):
        day = "月火水木金土日".index(match[2]) if match[2] else min("一二三四五六日天".index(match[1]), 6)
        return text[: match.start()] + text[match.end() :], day
    return text, None


def _plain(text: str) -> dt.date | Loose | None:
    if match := _ISO.fullmatch(text):
        return dt.date(int(match[1]), int(match[3]), int(match[4]))
    if match := _COMPACT.fullmatch(text) or _HAN_YEAR.fullmatch(text):
        return dt.date(int(match[1]), int(match[2]), int(match[3]))
    if match := _HAN.fullmatch(text):
        return _dated(match[1], int(match[2]), int(match[3]))
    return None


def _dated(year: str | None, month: int, day: int) -> dt.date | Loose | None:
    if year:
        return dt.date(full_year(int(year)) if len(year) == 2 else int(year), month, day)
    return Loose(month, day, month_known=True) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _named(text: str) -> dt.date | Loose | None:
    for pattern in _NAMED:
        if (match := pattern.fullmatch(text)) and (month := _months().get(match["name"].lower())):
            if not match["y"] and re.fullmatch(r"[^\W\d_]{1,20}[-'/]\d\d", text):
                return None  # Mar-26 is a month
            return _dated(match["y"], month, int(match["d"]))
    return None


def _numbers(text: str) -> Loose | None:
    if match := _THREE.fullmatch(text):
        if len(match[4]) == 1 and len(match[1]) == 1:
            return None  # 1.2.3 is a code
        return Loose(int(match[1]), int(match[3]), int(match[4]), len(match[4]), match[2])
    if match := _TWO.fullmatch(text):
        return Loose(int(match[1]), int(match[3]), mark=match[2]) if match[2] != "." or text.endswith(".") else None
    return None


def full_year(year: int) -> int:
    """The year that two digits mean: 70 to 99 lie in the last century."""
    return year + (1900 if year >= 70 else 2000)


def day_from_loose(text: Loose, order: Order, year: int = 2000) -> dt.date | None:
    """The day in this order, None when there is none; ``year`` stands in where the text has none."""
    if text.month_known:
        month, day = text.first, text.second
    elif order == "YMD" and text.third is not None:
        if text.width > 2:
            return None
        year, month, day = full_year(text.first), text.second, text.third
    else:
        if order == "YMD":
            month, day = text.first, text.second
        else:
            day, month = (text.first, text.second) if order == "DMY" else (text.second, text.first)
        if text.width == 1:
            return None
        if text.third is not None:
            year = full_year(text.third) if text.width == 2 else text.third
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def without_year(text: Loose, order: Order, near: dt.date) -> dt.date | None:
    """The day without a year that lies nearest to ``near``."""
    days = [day for year in (near.year - 1, near.year, near.year + 1) if (day := day_from_loose(text, order, year))]
    return min(days, key=lambda day: abs((day - near).days), default=None)


def moment_of(day: dt.date, text: Loose) -> dt.date:
    """The day with the text's time of day, where it has one other than midnight."""
    return dt.datetime.combine(day, text.time) if text.time else day


@cache
def _months() -> dict[str, int]:
    """Names of months in the languages that MS Project is sold in."""
    from babel.dates import get_month_names

    names: dict[str, int] = {"sept": 9, "мая": 5}
    for language in _LANGUAGES:
        for width in ("abbreviated", "wide"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, language).items():
                    names.setdefault(name.lower().rstrip("."), number)
    for number, short in enumerate(
        ("янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"), 1
    ):
        names.setdefault(short, number)
    return names


@cache
def _weekdays() -> dict[str, int]:
    from babel.dates import get_day_names

    names: dict[str, int] = {"tues": 1, "thur": 3, "thurs": 3, "weds": 2}
    for language in _LANGUAGES:
        for width in ("abbreviated", "wide", "short"):
            for number, name in get_day_names(width, "format", language).items():
                names.setdefault(name.lower().rstrip("."), number)
    return names
