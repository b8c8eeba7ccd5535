"""The entries of a run's log, stretches that it ran and stops, and how they lie to each other in time."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Generic, TypeVar

from handover.running.rule_set import Effect

Entry = TypeVar("Entry", bound="RunEntry")


@dataclass(frozen=True, slots=True)
class RunEntry:
    """An entry of the log; ``end`` is None while what it tells of goes on."""

    key: str
    start: dt.datetime
    end: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class RunStretch(RunEntry):
    """Some time in which the plant ran; ``load`` is a share from 0 to 1, None where nobody knows."""

    load: float | None = None


@dataclass(frozen=True, slots=True)
class RunStop(RunEntry):
    """An interruption; ``item`` is what failed, ``effect`` what was agreed for this one."""

    attribution: str | None = None
    item: str = ""
    effect: Effect | None = None


def overlapping(entries: Sequence[RunEntry], now: dt.datetime) -> Iterator[tuple[RunEntry, RunEntry]]:
    """The pairs of stretches, or of stops, that tell of the same time; one that goes on lasts for ever."""
    forever = max([now, *(e.start for e in entries), *(e.end for e in entries if e.end)]) + dt.timedelta(days=1)
    ordered = sorted(entries, key=lambda e: (minutes_of(e.start), e.key))
    for at, one in enumerate(ordered):
        for other in ordered[at + 1 :]:
            if minutes_of(other.start) >= minutes_of(one.end or forever):
                break
            yield one, other


class Going(Generic[Entry]):
    """The entries that go on, asked for minutes that rise: a long log is gone through once."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        spans = ((minutes_of(e.start), place, ends(e), e) for place, e in enumerate(entries))
        self._coming = deque(sorted(spans, key=lambda span: span[:2]))
        self._now: list[tuple[int, int, Entry]] = []  # place in the log, end, entry

    def at(self, minute: int) -> tuple[Entry, ...]:
        """Those that go on at a minute, in the order of the log."""
        self._now = [each for each in self._now if each[1] > minute]
        while self._coming and self._coming[0][0] <= minute:
            _, place, end, entry = self._coming.popleft()
            if end > minute:
                self._now.append((place, end, entry))
                self._now.sort(key=lambda each: each[0])
        return tuple(entry for _, _, entry in self._now)


def during(
    stretches: Sequence[RunStretch], stops: Sequence[RunStop], now: dt.datetime
) -> Iterator[tuple[RunStretch, RunStop]]:
    """The stretches under load that tell of the time of a stop, stop by stop."""
    spans = [(minutes_of(s.start), place, ends(s, now), s) for place, s in enumerate(stretches) if s.load != 0]
    spans.sort(key=lambda span: span[:2])
    starts = [span[0] for span in spans]
    latest = [*accumulate((span[2] for span in spans), max)]  # the last end among those up to each
    for stop in stops:
        begin, at = minutes_of(stop.start), bisect_left(starts, ends(stop, now)) - 1
        found = []
        while at >= 0 and latest[at] > begin:
            if spans[at][2] > begin:
                found.append(spans[at])
            at -= 1
        for _, _, _, stretch in sorted(found, key=lambda span: span[1]):
            yield stretch, stop


def until(entry: Entry, now: dt.datetime, end: dt.datetime | None) -> Entry:
    """An entry with its end: what goes on goes on until now, and nothing longer than the run."""
    closed = entry.end or max(entry.start, end or now)
    return replace(entry, end=min(closed, max(entry.start, end)) if end is not None else closed)


def ends(entry: RunEntry, otherwise: dt.datetime | None = None) -> int:
    """The minute in which an entry ends; that of another moment while it goes on, else that in which it began."""
    end = entry.end or otherwise
    return minutes_of(end) if end is not None else minutes_of(entry.start)


def minutes_of(at: dt.datetime) -> int:
    """Minutes since the epoch: what two clocks agree on."""
    return int(at.timestamp() // 60)
