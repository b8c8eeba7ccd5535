"""Reading what somebody typed into a field: ``3/5``, ``+7``, ``fri``, ``5d``, ``40%``, somebody's initials."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Any

from sqlalchemy import Connection

from handover.clock import today
from handover.errors import NotValid
from handover.i18n import N_, tr
from handover.registers import find, picks
from handover.registers.block import as_moment, whole, word_of, work_minutes
from handover.registers.declare import Field, Kind
from handover.registers.links import parse as parse_links
from handover.values.cells import folded, parse_number, parse_yes
from handover.values.date_text import Loose, Order, day_from_loose, loose_date, moment_of, without_year
from handover.values.moments import day_of

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAYS = {c: i for i, c in enumerate("一二三四五六")} | {"日": 6, "天": 6}
_WORDS = {"today": 0, "tomorrow": 1, "yesterday": -1, "今天": 0, "明天": 1, "后天": 2, "昨天": -1, "今日": 0}
_STEP = {"d": 1, "w": 7, "天": 1, "周": 7, "日": 1}


def parse(connection: Connection, project_id: str, field: Field, typed: str) -> Any:  # Any: what the field holds
    """The value to store for what was typed; None for nothing. Raises NotValid, with the field, saying what fits."""
    text = unicodedata.normalize("NFKC", typed).strip() if field.kind is not Kind.LONG else typed.strip()
    if field.computed:
        raise NotValid(N_("{field} follows from other fields and can't be typed."), field=field.field)
    if not text:
        return [] if field.kind is Kind.LINKS else None
    try:
        return _parsed(connection, project_id, field, text)
    except NotValid as error:
        error.field = error.field or field.field
        raise


def _parsed(connection: Connection, project_id: str, field: Field, text: str) -> Any:  # Any: as above
    match field.kind:
        case Kind.TEXT | Kind.LONG:
            return fitting(field, text)
        case Kind.INTEGER:
            return integer(text)
        case Kind.NUMBER:
            return number(text)
        case Kind.PERCENT:
            return share(text)
        case Kind.DATE:
            return date(text)
        case Kind.MOMENT:
            return moment(text)
        case Kind.DURATION:
            return minutes(text)
        case Kind.BOOL:
            return yes_or_no(text)
        case Kind.CHOICE | Kind.STATE:
            return code(field, text)
        case Kind.LINK:
            return find.resolve(connection, project_id, field.target, text).id
        case Kind.PICK:
            return picks.resolve(connection, project_id, field.pick, text).id
        case Kind.LINKS:
            links = list(parse_links(text))
            return [(find.resolve(connection, project_id, "task", t.target).id, t.kind, t.lag, t.unit) for t in links]


def fitting(field: Field, text: str) -> str:
    """The text, when the field has room for it."""
    if field.limit and len(text) > field.limit:
        raise NotValid(
            N_("{label} takes at most {limit} characters; this text has {length}."),
            field=field.field,
            label=field.label,
            limit=field.limit,
            length=len(text),
        )
    return text


def number(text: str) -> float | None:
    """A number in any style that people write; None for what they write where there is none."""
    return parse_number(text)


def integer(text: str) -> int | None:
    """A whole number."""
    return whole(text)


def share(text: str) -> float | None:
    """A share from 0 to 1: ``40``, ``40%`` and ``0.4`` are the same; ``1`` means 1 %."""
    bare = text.rstrip("%").strip()
    value = number(bare)
    if value is None:
        return None
    fraction = not bare.isdigit() and value < 1 and not text.endswith("%")
    value = value if fraction else value / 100
    if not 0 <= value <= 1:
        raise NotValid(N_("A share lies between 0 % and 100 %."))
    return value


def yes_or_no(text: str) -> bool | None:
    """Yes or no in any language that a list may be in; None for what people write where there is neither."""
    return parse_yes(text)


def code(field: Field, text: str) -> str:
    """The code of a word of the field's vocabulary."""
    assert field.words is not None
    return word_of(field.words, text)


def minutes(text: str) -> int | None:
    """A duration in minutes of work: ``5d``, ``2 weeks``, ``4h``, ``3 个工作日``; a bare number means days."""
    read = work_minutes([text])
    if read.problems:
        raise read.problems[0]
    return read.values[0]


def moment(text: str) -> dt.datetime:
    """A date with or without a time of day."""
    match = re.fullmatch(r"(.{1,100}?)[\sT]{1,20}(\d{1,2}):(\d{2})", text)
    if match is None:
        return as_moment(_date(text))
    day, hour, minute = date(match[1]), int(match[2]), int(match[3])
    if hour > 23 or minute > 59:
        raise NotValid(N_("“{text}” is not a time of day."), text=text)
    return dt.datetime(day.year, day.month, day.day, hour, minute)


def date(text: str) -> dt.date:
    """A date as a list may write it, and as people type it: ``3/5`` (month first, the nearest), ``+7``, ``fri``."""
    return day_of(_date(text))


def _date(text: str) -> dt.date:
    word = text.casefold().strip()
    for read in (_relative, _weekday, lambda _word: _written(text)):
        try:
            found = read(word)
        except (ValueError, OverflowError):
            found = None
        if found is not None:
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
