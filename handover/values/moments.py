"""Days and moments: a date without a time of day stands for the whole day."""

from __future__ import annotations

import datetime as dt


def day_of(value: dt.date) -> dt.date:
    """The calendar day of a date or of a moment."""
    return value.date() if isinstance(value, dt.datetime) else value


def midnight(day: dt.date) -> dt.datetime:
    """The moment that stands for a whole day."""
    return dt.datetime(day.year, day.month, day.day)
