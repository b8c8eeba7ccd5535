"""Tells a job's watcher how far a writer is, often enough to feel alive and seldom enough to cost nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from time import monotonic

from handover.jobs import Progress, step
from handover.pack.outline import Row

_EVERY = 0.1


class Meter:
    """Counts rows against a total and reports at most ten times a second.

    Args:
        total: rows in all, 0 while that isn't known.
        what: the sentence that the watcher shows.
    """

    def __init__(self, progress: Progress, total: int, what: str) -> None:
        self.done = 0
        self.total = total
        self.what = what
        self._progress = progress
        self._last = -1.0

    def tick(self, rows: int = 1) -> None:
        """Count rows; raises Cancelled when the user wants to stop."""
        self.done += rows
        now = monotonic()
        if now - self._last >= _EVERY:
            self._last = now
            step(self._progress, min(self.done, self.total) if self.total else self.done, self.total, self.what)

    def tell(self, what: str) -> None:
        """Report at once that something else begins."""
        self.what = what
        self._last = -1.0
        self.tick(0)

    def passing(self, rows: Iterable[Row], each: int = 1) -> Iterator[Row]:
        """Pass rows on and count each."""
        for row in rows:
            self.tick(each)
            yield row
