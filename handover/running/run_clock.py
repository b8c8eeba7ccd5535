"""The clock of a proving run, computed from what its log tells: how much counts, how much is left, when it can end."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, Literal

from handover.running.log_entries import (
    Going,
    RunEntry,
    RunStop,
    RunStretch,
    during,
    ends,
    minutes_of,
    overlapping,
    until,
)
from handover.running.rule_set import Effect, RuleSet

Result = Literal["running", "passed", "failed"]
#: What a stretch of the run was: it counted, it counted although something was interrupted, its load was too low, the
#: clock stood, the run was thrown back, nobody logged anything.
SpellKind = Literal["counts", "ignored", "below", "suspended", "reset", "gap"]
FindingCode = Literal["overlap", "twice", "ahead", "gap", "unanswered", "most", "longest", "most_time", "clear_end",
                      "repeats", "most_resets"]  # fmt: skip

COUNTING: Final[frozenset[SpellKind]] = frozenset({"counts", "ignored"})
_GRAVITY: Final[dict[Effect, int]] = {"ignore": 0, "suspend": 1, "reset": 2}
_MINUTE = dt.timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Spell:
    """A stretch of one kind.

    Attributes:
        before, after: the minutes on the clock when it began and when it ended.
        keys: of the log's entries behind it.
    """

    start: dt.datetime
    end: dt.datetime
    kind: SpellKind
    before: int
    after: int
    keys: tuple[str, ...] = ()

    @property
    def minutes(self) -> int:
        """How long it was."""
        return minutes_of(self.end) - minutes_of(self.start)


@dataclass(frozen=True, slots=True)
class ClockFinding:
    """Something that is to be said of the log: what, of which entries, and the limit that is broken where one is."""

    code: FindingCode
    keys: tuple[str, ...] = ()
    limit: int = 0
    broken: bool = False


@dataclass(frozen=True, slots=True)
class ClockReading:
    """The clock at a moment; minutes throughout.

    Attributes:
        phases: what each phase asks and what of it is done.
        as_of: up to when the log tells: now while something in it goes on, else the end of its last entry.
        earliest_end: when it was through, or can be at the earliest; None once it has failed, and before it begins.
        state: what goes on at ``as_of``, a gap where no entry does; None before it begins and once it is over.
    """

    result: Result
    required: int
    accumulated: int
    phases: tuple[tuple[int, int], ...]
    resets: int
    began: dt.datetime | None
    as_of: dt.datetime | None
    earliest_end: dt.datetime | None
    state: SpellKind | None
    spells: tuple[Spell, ...]
    findings: tuple[ClockFinding, ...]

    @property
    def remaining(self) -> int:
        """What is still to be run."""
        return self.required - self.accumulated

    @property
    def ticking(self) -> bool:
        """Whether the clock runs on while one looks at it."""
        return self.result == "running" and self.state in COUNTING

    def at(self, now: dt.datetime) -> tuple[int, int]:
        """Seconds on the clock and seconds left a little later than it was read, while nothing else happens."""
        done = self.accumulated * 60
        if self.ticking and self.as_of is not None:
            done += max(0, int((now - self.as_of).total_seconds()))
        done = min(done, self.required * 60)
        return done, self.required * 60 - done


def read_clock(
    rules: RuleSet,
    stretches: Sequence[RunStretch],
    stops: Sequence[RunStop],
    now: dt.datetime,
    *,
    start: dt.datetime | None = None,
    end: dt.datetime | None = None,
) -> ClockReading:
    """The clock of a run.

    Args:
        stretches: without any, the plant is taken to run from ``start`` on whenever nothing interrupts it.
        now: what goes on goes on until then; the times of the reading have its offset.
        start: from when on it counts; the first entry where nobody said.
        end: when the run was broken off or declared over.
    """
    entries = sorted([s.start for s in stretches] + [s.start for s in stops])
    begin = start or (entries[0] if entries else None)
    if begin is None or (not entries and begin > now):
        phases = tuple((minutes, 0) for minutes in rules.phases)
        return ClockReading("running", rules.required, 0, phases, 0, None, None, None, None, (), ())
    implied = () if stretches else (RunStretch("", begin, end),)
    ran = tuple(until(s, now, end) for s in (*stretches, *implied))
    stopped = tuple(until(s, now, end) for s in stops)
    last = max([begin, *(s.end for s in (*ran, *stopped) if s.end is not None)])
    race = _Race(rules, begin)
    for piece in _pieces(rules, ran, stopped, begin, last):
        if not race.take(piece):
            break
    zone = now.tzinfo
    findings = (*_of_log(stretches, stops, race.spells, now, rules), *race.broken)
    over = race.result != "running"
    as_of = race.at if over else last
    spells = tuple(race.spells)
    result: Result = race.result
    through = {"passed": race.at, "failed": None, "running": last + (rules.required - race.total) * _MINUTE}[result]
    return ClockReading(
        result, rules.required, race.total, race.phases, race.resets, begin, as_of.astimezone(zone),
        through.astimezone(zone) if through is not None else None,
        None if over or end is not None else _state(spells, (*stretches, *stops, *implied)), spells, findings,
    )  # fmt: skip


def _state(spells: Sequence[Spell], entries: Sequence[RunEntry]) -> SpellKind | None:
    """What goes on; where no entry goes on, nobody has logged anything since."""
    if not any(entry.end is None for entry in entries):
        return "gap"
    return spells[-1].kind if spells else None


@dataclass(frozen=True, slots=True)
class _Piece:
    """Time in which nothing changes."""

    start: dt.datetime
    end: dt.datetime
    kind: SpellKind
    stops: tuple[RunStop, ...]
    begun: tuple[RunStop, ...]  # those that begin with it
    keys: tuple[str, ...]


class _Race:
    """The clock on its way through the pieces, until it is through or a limit is broken."""

    def __init__(self, rules: RuleSet, begin: dt.datetime) -> None:
        self._rules = rules
        self._done = [0] * len(rules.phases)
        self._failed: dict[str, list[str]] = {}  # the entries by what failed
        self._since_reset: list[str] = []
        self._stopped = 0
        self._lasted: dict[str, int] = {}
        self.resets = 0
        self.at = begin
        self.result: Result = "running"
        self.spells: list[Spell] = []
        self.broken: list[ClockFinding] = []

    @property
    def total(self) -> int:
        """The minutes on the clock."""
        return sum(self._done)

    @property
    def phases(self) -> tuple[tuple[int, int], ...]:
        """What each phase asks, and what of it is done."""
        return tuple(zip(self._rules.phases, self._done, strict=True))

    def take(self, piece: _Piece) -> bool:
        """Go through a piece; False once the run is over."""
        for stop in piece.begun:
            self._begin(stop)
        before = self.total
        minutes = minutes_of(piece.end) - minutes_of(piece.start)
        if self.result == "running":
            minutes = self._count(minutes) if piece.kind in COUNTING else self._stand(piece, minutes)
        else:
            minutes = 0
        self.at = piece.start + minutes * _MINUTE
        if minutes:
            self._note(replace(piece, end=self.at), before)
        if self.result == "running" and self.total == self._rules.required:
            self.result = "passed"
        return self.result == "running"

    def _count(self, minutes: int) -> int:
        taken = 0
        for place, wanted in enumerate(self._rules.phases):
            more = min(wanted - self._done[place], minutes - taken)
            self._done[place] += more
            taken += more
        return taken

    def _stand(self, piece: _Piece, minutes: int) -> int:
        """Stand still so many minutes, or fewer where a limit of time is broken before."""
        for stop in filter(self._limited, piece.stops):
            lasted = self._lasted.get(stop.key, 0)
            minutes = self._within("longest", self._rules.longest, lasted, minutes, (stop.key,))
            minutes = self._within("most_time", self._rules.most_time, self._stopped, minutes,
                                   tuple(self._since_reset))  # fmt: skip
            self._lasted[stop.key] = lasted + minutes
        if any(map(self._limited, piece.stops)):
            self._stopped += minutes
        return minutes

    def _within(self, code: FindingCode, limit: int | None, so_far: int, minutes: int, keys: tuple[str, ...]) -> int:
        if limit is None or so_far + minutes <= limit:
            return minutes
        self._break(code, keys, limit)
        return max(0, limit - so_far)

    def _begin(self, stop: RunStop) -> None:
        effect = _effect(self._rules, stop)
        rules = self._rules
        if self._limited(stop):
            near = rules.clear_end is not None and rules.required - self.total <= rules.clear_end
            if effect == "suspend" and near:
                self._break("clear_end", (stop.key,), rules.clear_end or 0)
            item = stop.item.strip().casefold()
            if item:
                same = self._failed.setdefault(item, [])
                same.append(stop.key)
                self._at_most("repeats", rules.repeats, same, allowed=1)
        if effect == "reset":
            self._reset()
            self._at_most("most_resets", rules.most_resets, [stop.key] * self.resets)
        elif self._limited(stop):
            self._since_reset.append(stop.key)
            self._at_most("most", rules.most, self._since_reset)

    def _at_most(self, code: FindingCode, limit: int | None, keys: list[str], allowed: int = 0) -> None:
        """Break a limit of numbers; something may happen ``allowed`` times before it counts."""
        if limit is not None and len(keys) > limit + allowed:
            self._break(code, tuple(dict.fromkeys(keys)), limit)

    def _reset(self) -> None:
        self.resets += 1
        self._since_reset, self._stopped = [], 0
        begun = next((n for n, (w, d) in enumerate(self.phases) if d < w), len(self._done) - 1)
        for place in range(begun if self._rules.back_to_phase else 0, len(self._done)):
            self._done[place] = 0

    def _break(self, code: FindingCode, keys: tuple[str, ...], limit: int) -> None:
        self.result = "failed"
        self.broken.append(ClockFinding(code, keys, limit, broken=True))

    def _limited(self, stop: RunStop) -> bool:
        """Whether limits count it: not what was planned, nor what changes nothing."""
        return stop.attribution != "planned" and _effect(self._rules, stop) != "ignore"

    def _note(self, piece: _Piece, before: int) -> None:
        last = self.spells[-1] if self.spells else None
        if last is not None and last.end == piece.start and (last.kind, last.keys) == (piece.kind, piece.keys):
            self.spells[-1] = replace(last, end=piece.end, after=self.total)
        else:
            self.spells.append(Spell(piece.start, piece.end, piece.kind, before, self.total, piece.keys))


def _pieces(
    rules: RuleSet, ran: Sequence[RunStretch], stopped: Sequence[RunStop], begin: dt.datetime, last: dt.datetime
) -> Iterator[_Piece]:
    """The time from the beginning to the end of the log, cut wherever something begins or ends."""
    cuts = {minutes_of(at): at for e in (*ran, *stopped) for at in (e.start, e.end) if at is not None}
    cuts |= {minutes_of(begin): begin, minutes_of(last): last}
    times = [cuts[at] for at in sorted(cuts) if minutes_of(begin) <= at <= minutes_of(last)]
    pending = deque(sorted(((minutes_of(s.start), s.key, s) for s in stopped), key=lambda told: told[:2]))
    stopping, running, first = Going(stopped), Going(ran), minutes_of(begin)
    for start, end in pairwise(times):
        here, begun = minutes_of(start), []
        while pending and pending[0][0] <= here:
            begun.append(pending.popleft()[2])
        stops, runs = stopping.at(here), running.at(here)
        keys = tuple(s.key for s in (stops or runs) if s.key)
        fresh = tuple(s for s in begun if ends(s) > first)
        yield _Piece(start, end, _kind(rules, runs, stops), stops, fresh, keys)
    left = tuple(s for at, _, s in pending if at == minutes_of(last) and s.end is not None)
    if left:  # what began this very minute
        yield _Piece(last, last, "suspended", left, left, ())


def _kind(rules: RuleSet, ran: tuple[RunStretch, ...], stops: tuple[RunStop, ...]) -> SpellKind:
    gravest = max((_effect(rules, stop) for stop in stops), key=_GRAVITY.__getitem__, default=None)
    if gravest == "reset":
        return "reset"
    if gravest == "suspend":
        return "suspended"
    if rules.least_load is not None and any(s.load is not None and s.load < rules.least_load for s in ran):
        return "below"
    if gravest == "ignore":
        return "ignored"
    return "counts" if ran else "gap"


def _of_log(
    stretches: Sequence[RunStretch], stops: Sequence[RunStop], spells: Sequence[Spell], now: dt.datetime, rules: RuleSet
) -> Iterator[ClockFinding]:
    """What is odd about the log itself."""
    both: tuple[Sequence[RunEntry], ...] = (stretches, stops)
    for entries in both:
        for one, other in overlapping(entries, now):
            yield ClockFinding("twice", (one.key, other.key))
    for stretch, stop in during(stretches, [s for s in stops if _effect(rules, s) != "ignore"], now):
        yield ClockFinding("overlap", (stretch.key, stop.key))
    for spell in spells:
        if spell.kind == "gap":
            yield ClockFinding("gap", limit=spell.minutes)
    for stop in stops:
        if stop.attribution is None and stop.effect is None:
            yield ClockFinding("unanswered", (stop.key,))
    everything: tuple[RunEntry, ...] = (*stretches, *stops)
    ahead = tuple(e.key for e in everything if max(e.start, e.end or e.start) > now)
    if ahead:
        yield ClockFinding("ahead", ahead)


def _effect(rules: RuleSet, stop: RunStop) -> Effect:
    return stop.effect or rules.effect(stop.attribution)
