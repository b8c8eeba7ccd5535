"""The one clock of the program, so that tests can set it, and papers can be made again as of a moment.

``SOURCE_DATE_EPOCH`` (seconds since 1970, https://reproducible-builds.org/specs/source-date-epoch/) says when a paper
is made. It counts within ``at_source_date`` alone: what is written into a workspace bears the moment at which it was.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from handover.errors import NotValid
from handover.i18n import N_

_SOURCE_DATE = "SOURCE_DATE_EPOCH"
_held: ContextVar[dt.datetime | None] = ContextVar("held", default=None)


def today() -> dt.date:
    """The calendar day of the user, or the one that ``HANDOVER_TODAY`` (ISO) names."""
    if fixed := os.environ.get("HANDOVER_TODAY"):
        return dt.date.fromisoformat(fixed)
    held = _held.get()
    return dt.date.today() if held is None else held.date()


def now() -> dt.datetime:
    """The moment in UTC, on the day that ``today`` gives."""
    moment = _held.get() or dt.datetime.now(dt.UTC)
    if os.environ.get("HANDOVER_TODAY"):
        return dt.datetime.combine(today(), moment.timetz())
    return moment


def minute() -> dt.datetime:
    """The minute of the site, which has no zone, on the day that ``today`` gives."""
    return dt.datetime.combine(today(), local(now()).time().replace(second=0, microsecond=0))


def local(moment: dt.datetime) -> dt.datetime:
    """A moment in the time zone of the user; in UTC where the clock is held, whose zone is nobody's."""
    return moment.astimezone(None if _held.get() is None else dt.UTC)


def zone_of(moment: dt.datetime) -> str:
    """How far the clock of a moment is from UTC, as ``UTC+08:00``; empty where it doesn't say so."""
    offset = moment.isoformat(timespec="seconds")[19:]
    return "UTC" if offset == "+00:00" else f"UTC{offset}" if offset else ""


@contextmanager
def at_source_date() -> Iterator[None]:
    """Hold the clock, within the block, at what ``SOURCE_DATE_EPOCH`` says; it goes on where that isn't set.

    Raises:
        NotValid: it is no number of seconds.
    """
    said = os.environ.get(_SOURCE_DATE)
    token = _held.set(_moment(said) if said else _held.get())
    try:
        yield
    finally:
        _held.reset(token)


@contextmanager
def going_on() -> Iterator[None]:
    """Let the clock go on within the block although it is held around it: what is stored bears its true moment."""
    token = _held.set(None)
    try:
        yield
    finally:
        _held.reset(token)


def _moment(said: str) -> dt.datetime:
    try:
        if not said.isascii() or not said.isdigit():
            raise ValueError("not a whole number")
        return dt.datetime.fromtimestamp(int(said), dt.UTC)
    except (ValueError, OverflowError, OSError) as fault:
        raise NotValid(N_("SOURCE_DATE_EPOCH is “{value}”, which is no number of seconds since 1970."),
                       value=said[:40], detail=str(fault)) from fault  # fmt: skip
