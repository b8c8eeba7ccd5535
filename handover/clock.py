"""The one clock of the program, so that tests can set it."""

from __future__ import annotations

import datetime as dt
import os


def today() -> dt.date:
    """The calendar day of the user, or the one that ``HANDOVER_TODAY`` (ISO) names."""
    fixed = os.environ.get("HANDOVER_TODAY")
    return dt.date.fromisoformat(fixed) if fixed else dt.date.today()


def now() -> dt.datetime:
    """The moment in UTC, on the day that ``today`` gives."""
    moment = dt.datetime.now(dt.UTC)
    if os.environ.get("HANDOVER_TODAY"):
        return dt.datetime.combine(today(), moment.timetz())
    return moment
