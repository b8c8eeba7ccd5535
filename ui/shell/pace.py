"""How fast a job gets on, and how long it will yet take, told from what it has reported so far."""

from __future__ import annotations

import time
from collections.abc import Callable

from handover.i18n import tr, trn

#: Sooner after its beginning a part of a job says nothing of how long it takes, in seconds.
_NOT_BEFORE = 2.0
#: Totals from which on how many are done a second is told: rows and pages, no handful of steps.
_COUNTED = 500


class Pace:
    """The pace of one part of a job after another; each says what it does and how much there is of it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._part: tuple[int, str] = (0, "")
        self._from, self._began = 0, clock()

    def says(self, done: int, total: int, what: str) -> str:
        """What can be said of the pace now, empty where nothing can."""
        now = self._clock()
        if (total, what) != self._part or done < self._from:
            self._part, self._from, self._began = (total, what), done, now
        spent, got = now - self._began, done - self._from
        if spent < _NOT_BEFORE or got <= 0 or not 0 < done < total:
            return ""
        left = _left(spent / got * (total - done))
        return tr("{n} per second, {left}", n=f"{got / spent:,.0f}", left=left) if total >= _COUNTED else left


def _left(seconds: float) -> str:
    if seconds < 60:
        return trn("about {n} second left", "about {n} seconds left", max(1, round(seconds)))
    return trn("about {n} minute left", "about {n} minutes left", round(seconds / 60))
