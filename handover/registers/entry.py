"""Reading what somebody typed into a field: ``3/5``, ``+7``, ``fri``, ``周五``, ``5d``, ``40%``, a person's initials."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from typing import Any

from sqlalchemy import Connection

from handover.clock import today
from handover.errors import NotValid
from handover.i18n import N_, tr
from handover.registers import find, picks
from handover.registers.declare import Field, Kind
from handover.registers.links import parse as parse_links
from handover.values.cells import folded
from handover.values.durations import DAY

_YES = {"yes", "y", "true", "1", "x", "✓", "√", "是", "有", "对"}
_NO = {"no", "n", "false", "0", "否", "无", "不", "-"}
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAYS = {c: i for i, c in enumerate("一二三四五六")} | {"日": 6, "天": 6}
_WORDS = {"today": 0, "tomorrow": 1, "yesterday": -1, "今天": 0, "明天": 1, "后天": 2, "昨天": -1, "今日": 0}
_MONTHS = {
    m: i + 1 for i, m in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"])
}
_STEP = {"d": 1, "w": 7, "天": 1, "周": 7, "日": 1}
_FACTORS = {
    "": DAY, "d": DAY, "day": DAY, "days": DAY, "天": DAY, "日": DAY, "个工作日": DAY, "工作日": DAY,
    "w": 5 * DAY, "wk": 5 * DAY, "week": 5 * DAY, "weeks": 5 * DAY, "周": 5 * DAY, "星期": 5 * DAY,
    "h": 60, "hr": 60, "hour": 60, "hours": 60, "小时": 60, "时": 60, "个小时": 60,
    "m": 1, "min": 1, "minutes": 1, "分": 1, "分钟": 1,
    "mo": 20 * DAY, "month": 20 * DAY, "months": 20 * DAY, "个月": 20 * DAY, "月": 20 * DAY,
}  # fmt: skip


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


def number(text: str) -> float:
    """A number, with or without separators of thousands."""
    plain = re.sub(r"(?<=\d)[,\s](?=\d{3})", "", text)
    try:
        value = float(plain)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise NotValid(N_("“{text}” is not a number."), text=text)
    return value


def integer(text: str) -> int:
    """A whole number."""
    value = number(text)
    if value != int(value) or abs(value) > 2**53:
        raise NotValid(N_("“{text}” is not a whole number."), text=text)
    return int(value)


def share(text: str) -> float:
    """A share from 0 to 1: ``40``, ``40%`` and ``0.4`` are the same; ``1`` means 1 %."""
    bare = text.rstrip("%").strip()
    value = number(bare)
    fraction = "." in bare and value < 1 and not text.endswith("%")
    value = value if fraction else value / 100
    if not 0 <= value <= 1:
        raise NotValid(N_("A share lies between 0 % and 100 %."))
    return value


def yes_or_no(text: str) -> bool:
    """Yes or no, in either language."""
    word = folded(text)
    if word in _YES or word == folded(tr("Yes")):
        return True
    if word in _NO or word == folded(tr("No")):
        return False
    raise NotValid(N_("“{text}” is neither yes nor no."), text=text)


def code(field: Field, text: str) -> str:
    """The code of a word of the field's vocabulary."""
    words = field.words
    found = words.code_of(text) if words is not None else None
    if words is None or found is None:
        allowed = ", ".join(o.label for o in words) if words is not None else ""
        raise NotValid(N_("“{value}” is not one of: {allowed}."), value=text, allowed=allowed)
    return found


def minutes(text: str) -> int:
    """A duration in minutes of work: ``5d``, ``2 weeks``, ``4h``, ``3 个工作日``; a bare number means days."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([^\d\s?]*)\s*\??", text.casefold())
    if match is None or match[2] not in _FACTORS:
        raise NotValid(N_("“{text}” is not a duration. Write 5 d, 4 h or 2 w."), text=text)
    return round(float(match[1]) * _FACTORS[match[2]])


def moment(text: str) -> dt.datetime:
    """A date with or without a time of day."""
    match = re.fullmatch(r"(.+?)[\sT]+(\d{1,2}):(\d{2})", text)
    day = date(match[1] if match else text)
    hour, minute = (int(match[2]), int(match[3])) if match else (0, 0)
    if hour > 23 or minute > 59:
        raise NotValid(N_("“{text}” is not a time of day."), text=text)
    return dt.datetime(day.year, day.month, day.day, hour, minute)


def date(text: str) -> dt.date:
    """A date: ``2026-03-05``, ``3/5`` (month first, this year or the nearest), ``5 Mar``, ``+7``, ``fri``, ``周五``."""
    word = text.casefold().strip()
    for read in (_relative, _weekday, _numbers, _month_name):
        try:
            found = read(word)
        except (ValueError, OverflowError):
            found = None
        if found is not None:
            return found
    raise NotValid(
        N_("“{text}” is not a date. Write {example}, 3/5, +7, fri or today."), text=text, example=today().isoformat()
    )


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


def _numbers(word: str) -> dt.date | None:
    whole = re.fullmatch(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?", word)
    if whole:
        return dt.date(int(whole[1]), int(whole[2]), int(whole[3]))
    if re.fullmatch(r"\d{8}", word):
        return dt.datetime.strptime(word, "%Y%m%d").date()
    german = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{2,4})?", word)
    if german:
        return _in_year(int(german[2]), int(german[1]), german[3])
    short = re.fullmatch(r"(\d{1,2})\s*[-/月]\s*(\d{1,2})\s*日?(?:\s*/\s*(\d{2,4}))?", word)
    if short:
        month, day = int(short[1]), int(short[2])
        if month > 12:
            month, day = day, month
        return _in_year(month, day, short[3])
    return None


def _month_name(word: str) -> dt.date | None:
    match = re.fullmatch(r"(\d{1,2})[\s-]*([a-z]{3})[a-z]*\.?[\s,-]*(\d{2,4})?", word)
    if match and match[2] in _MONTHS:
        return _in_year(_MONTHS[match[2]], int(match[1]), match[3])
    match = re.fullmatch(r"([a-z]{3})[a-z]*\.?\s*(\d{1,2})(?:[\s,]+(\d{2,4}))?", word)
    if match and match[1] in _MONTHS:
        return _in_year(_MONTHS[match[1]], int(match[2]), match[3])
    return None


def _in_year(month: int, day: int, year: str | None) -> dt.date:
    if year:
        return dt.date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    # Without a year the nearest such day is meant: in December, 1/5 is next month.
    options = [dt.date(today().year + d, month, day) for d in (-1, 0, 1) if _exists(today().year + d, month, day)]
    return min(options, key=lambda d: abs((d - today()).days))


def _exists(year: int, month: int, day: int) -> bool:
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True
