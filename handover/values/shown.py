"""Values as people read them, the same in the table, the form, the packs and the messages."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from handover import clock
from handover.clock import today
from handover.i18n import language, tr, trn
from handover.values.durations import DAY
from handover.values.moments import day_of
from handover.values.months import SHORT


@dataclass(frozen=True, slots=True)
class ShownDay:
    """A day inside a message: written in the language in force when the message is read."""

    day: dt.date

    def __str__(self) -> str:
        return moment(self.day)


def moment(value: dt.date, lang: str = "") -> str:
    """A date in the order of the language, that in force where none is named, with its time of day if it has one."""
    day = f"{value:%Y-%m-%d}" if (lang or language()) == "zh" else f"{value.day} {SHORT[value.month - 1]} {value.year}"
    if isinstance(value, dt.datetime) and (value.hour or value.minute):
        return f"{day} {value:%H:%M}"
    return day


def told_moment(text: str) -> str:
    """A moment of the change log, which is in UTC, as the user's clock shows it; a text that is none as it stands."""
    try:
        at = dt.datetime.fromisoformat(text)
        return moment(clock.local(at).replace(tzinfo=None, second=0, microsecond=0) if at.tzinfo else at)
    except (ValueError, TypeError, OverflowError):
        return "".join(sign if sign.isprintable() else "�" for sign in str(text)[:40])


def told_time(text: str) -> str:
    """As ``told_moment``, to the second; of a moment of today the time alone."""
    try:
        at = dt.datetime.fromisoformat(text).astimezone()
    except (ValueError, TypeError, OverflowError):
        return told_moment(text)
    return f"{at:%H:%M:%S}" if at.date() == dt.datetime.now().astimezone().date() else told_moment(text)


def percent(share: float, lang: str = "") -> str:
    """A share from 0 to 1 as percent, in the language in force where none is named."""
    number = f"{round(share * 100, 1):g}"
    return f"{number} %" if (lang or language()) == "en" else f"{number}%"


def duration(minutes: float, day: int = DAY) -> str:
    """Minutes of work as days of ``day`` minutes, or as hours where they make less than a day."""
    if minutes and abs(minutes) < day and minutes % 60 == 0:
        return tr("{n} h", n=f"{minutes / 60:g}")
    if minutes and abs(minutes) < 60:
        return tr("{n} min", n=f"{minutes:g}")
    return tr("{n} d", n=f"{round(minutes / day, 2):g}")


def days_over(day: dt.date) -> int:
    """How many days ago a day was, 0 when it isn't over."""
    return max(0, (today() - day_of(day)).days)


def overdue(day: dt.date) -> str:
    """By how much a day has passed, empty when it hasn't."""
    passed = days_over(day)
    return trn("{n} day overdue", "{n} days overdue", passed) if passed else ""


def until(day: dt.date) -> str:
    """How far a day lies ahead or back."""
    ahead = (day_of(day) - today()).days
    if ahead == 0:
        return tr("today")
    if ahead > 0:
        return trn("in {n} day", "in {n} days", ahead)
    return trn("{n} day ago", "{n} days ago", -ahead)
