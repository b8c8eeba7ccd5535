"""Instants as texts with their offset from UTC, such as ``2026-10-25T02:30+01:00``: typed, read and shown.

A run of three days may well lie across the night in which the clocks change. So every time of a run is kept with the
offset that was in force when it was written down, and what lies between two of them is counted in UTC.
"""

from __future__ import annotations

import datetime as dt
import re

from handover import clock
from handover.errors import NotValid
from handover.i18n import N_, tr
from handover.values.cells import folded
from handover.values.shown import moment
from handover.values.typed_dates import typed_day

#: Characters of a stored instant.
LENGTH = 22
_OFFSET = re.compile(r"(.{1,60}?)\s{0,5}(Z|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?)", re.IGNORECASE)
_TIME = re.compile(r"(?:(.{1,40}?)[\sT]{1,5})?(\d{1,2})[:：](\d{2})(?::\d{2}(?:\.\d{1,6})?)?")
_NOW = ("now", "现在", "此刻")
#: A date in front of an offset, which the sign of an offset must not be taken from.
_LONE_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|[+-]\d{1,4}[dw]?")
_WIDEST = dt.timedelta(hours=14)


def stamp(at: dt.datetime) -> str:
    """The stored text of an aware moment, to the minute."""
    return at.replace(second=0, microsecond=0).isoformat(timespec="minutes")


def instant(text: str | None) -> dt.datetime | None:
    """The aware moment of a stored text; None for nothing, and for what is none."""
    try:
        at = dt.datetime.fromisoformat(text) if text else None
    except (ValueError, TypeError):
        return None
    return at if at is not None and at.tzinfo is not None else None


def now() -> dt.datetime:
    """The moment, with the offset of this computer, to the minute."""
    return clock.now().astimezone().replace(second=0, microsecond=0)


def at_site(at: dt.datetime, told: dt.datetime | None) -> dt.datetime:
    """A moment with the offset of the site, as the last time that was told there shows it.

    Where this computer's clock stands as the one of the site did then, it knows what the offset is now.
    """
    if told is None or told.astimezone().utcoffset() == told.utcoffset():
        return at.astimezone()
    return at.astimezone(told.tzinfo)


def now_stamp() -> str:
    """The moment as it is stored."""
    return stamp(now())


def here(wall: dt.datetime) -> dt.datetime:
    """The moment that the clock on this computer's wall shows.

    Raises:
        NotValid: the clock never shows it, since it is put forward, or shows it twice, since it is put back; or the
            day is one of the first or last that there are.
    """
    naive = wall.replace(tzinfo=None, second=0, microsecond=0, fold=0)
    try:
        first, second = naive.astimezone(), naive.replace(fold=1).astimezone()
    except (OverflowError, ValueError, OSError):
        raise NotValid(N_("“{text}” is no day of any plan."), text=f"{naive:%Y-%m-%d}") from None
    if first.utcoffset() == second.utcoffset():
        return first
    if first.replace(tzinfo=None) != naive:
        message = N_("The clocks are put forward in that night and never show {time}.")
        raise NotValid(message, time=f"{naive:%H:%M}")
    raise NotValid(
        N_("The clocks are put back in that night and show {time} twice. Write {first} or {second}."),
        time=f"{naive:%H:%M}", first=f"{naive:%H:%M} {offset_of(first)}", second=f"{naive:%H:%M} {offset_of(second)}",
    )  # fmt: skip


def typed_instant(text: str) -> str:
    """The stored text of what somebody typed: ``14:05`` of today, ``yesterday 22:10``, ``2026-10-25 02:30 +01:00``.

    Raises:
        NotValid: it can't be read, or the clock of this computer shows it never or twice.
    """
    said = text.strip()
    if folded(said) in _NOW or folded(said) == folded(tr("now")):
        return now_stamp()
    whole = instant(said.replace(" ", "T", 1))
    if whole is not None and abs(whole.utcoffset() or dt.timedelta()) <= _WIDEST:
        return stamp(whole)
    zone: dt.timezone | None = None
    apart = None if _LONE_DAY.fullmatch(said) else _OFFSET.fullmatch(said)
    if apart is not None and _TIME.fullmatch(apart[1]):
        said, zone = apart[1], _zone(apart[2], text)
    wall = _wall(said, text)
    return stamp(wall.replace(tzinfo=zone) if zone is not None else here(wall))


def shown_instant(text: str | None, lang: str = "") -> str:
    """A stored instant as people read it, with its offset; a text that is none as it stands."""
    at = instant(text)
    return f"{shown_wall(at, lang)} {offset_of(at)}" if at is not None else text or ""


def shown_wall(at: dt.datetime, lang: str = "") -> str:
    """Day and time of day of a moment as its own clock showed it, midnight included."""
    return f"{moment(at.date(), lang)} {at:%H:%M}"


def offset_of(at: dt.datetime) -> str:
    """The offset of a moment from UTC, such as ``+08:00``."""
    return at.isoformat(timespec="minutes")[16:] or "+00:00"


def _wall(said: str, whole: str) -> dt.datetime:
    match = _TIME.fullmatch(said)
    if match is None:
        return dt.datetime.combine(typed_day(said), dt.time())
    hour, minute = int(match[2]), int(match[3])
    if hour > 23 or minute > 59:
        raise NotValid(N_("“{text}” is not a time of day."), text=whole)
    day = typed_day(match[1]) if match[1] else clock.today()
    return dt.datetime.combine(day, dt.time(hour, minute))


def _zone(sign: str, whole: str) -> dt.timezone:
    if sign in "Zz":
        return dt.UTC
    digits = sign.upper().removeprefix("UTC").removeprefix("GMT")
    hours, _, minutes = digits[1:].partition(":")
    if not minutes and len(hours) > 2:
        hours, minutes = hours[:-2], hours[-2:]
    away = dt.timedelta(hours=int(hours), minutes=int(minutes or 0))
    if away > _WIDEST:
        raise NotValid(N_("“{text}” has no offset from UTC that there is."), text=whole)
    return dt.timezone(-away if digits[0] == "-" else away)
