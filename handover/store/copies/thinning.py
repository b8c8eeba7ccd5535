"""Which copies stay: all of the last days, then one a day, a week, a month, within the space that they may take."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol, TypeVar

#: Of that many days all regular copies stay; of so many days, weeks and months in which there was one, the newest.
ALL_OF_DAYS = 2
DAYS, WEEKS, MONTHS = 14, 8, 12


class Dated(Protocol):
    """A copy as it is thinned."""

    @property
    def path(self) -> Path:
        """Where it lies."""

    @property
    def made(self) -> dt.datetime:
        """When it was made, by the clock of the machine that made it."""


D = TypeVar("D", bound=Dated)


def kept(copies: Iterable[D], now: dt.datetime | None = None) -> list[D]:
    """Which regular copies stay, the newest first.

    Counted by the days that have a copy, so that a workspace that rests for a year keeps what it has. What bears a day
    that is yet to come was made while a clock was wrong, now or then: such copies are thinned among themselves, so that
    they cost the others nothing.
    """
    newest_first = sorted(copies, key=lambda c: c.made, reverse=True)
    if now is None:
        return _thinned(newest_first)
    ahead = [c for c in newest_first if c.made > now]
    return [*_thinned(ahead), *_thinned([c for c in newest_first if c.made <= now])]


def _thinned(newest_first: list[D]) -> list[D]:
    days = list(dict.fromkeys(c.made.date() for c in newest_first))
    stay = {c.path for c in newest_first if c.made.date() in days[:ALL_OF_DAYS]}
    spans: tuple[tuple[int, Callable[[dt.date], object]], ...] = (
        (DAYS, lambda day: day),
        (WEEKS, lambda day: day.isocalendar()[:2]),
        (MONTHS, lambda day: (day.year, day.month)),
    )
    for how_many, span_of in spans:
        first: dict[object, Path] = {}
        for copy in newest_first:
            first.setdefault(span_of(copy.made.date()), copy.path)
        stay.update(list(first.values())[:how_many])
    return [c for c in newest_first if c.path in stay]
