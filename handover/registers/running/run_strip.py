"""The clock of a run as a strip: a row for each day, what counted and what didn't."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from handover.charts.data import StripChart, StripSpan
from handover.i18n import N_
from handover.registers.running.run_words import SPELLS
from handover.running.run_clock import ClockReading, Spell
from handover.wording import Words, said

_DAY = dt.timedelta(days=1)
#: So many days are drawn at most, the last ones.
_DAYS = 16


def run_strip(reading: ClockReading, names: Mapping[str, Words], title: Words = "") -> StripChart:
    """The strip of a clock; keys are those of the log's entries.

    Args:
        names: what entries are called, by key.
    """
    zone = reading.as_of.tzinfo if reading.as_of is not None else None
    kinds = [kind for kind in SPELLS if any(spell.kind == kind for spell in reading.spells)]
    ends = max((spell.end for spell in reading.spells), default=None)
    first = ends - _DAYS * _DAY if ends is not None else None
    pieces = [piece for spell in reading.spells if first is None or spell.end > first
              for piece in _by_day(spell, zone, first)]  # fmt: skip
    days = sorted({day for day, *_ in pieces})[-_DAYS:]
    spans = tuple(
        StripSpan(days.index(day), start, end, kinds.index(spell.kind), _said_of(spell, names),
                  spell.keys[0] if spell.keys else None)
        for day, start, end, spell in pieces if day in days
    )  # fmt: skip
    return StripChart(
        title=title or said(N_("Clock strip")), x=said(N_("Time of day")), y=said(N_("Day")),
        rows=tuple(day.isoformat() for day in days), spans=spans,
        states=tuple((said(SPELLS[kind][0]), SPELLS[kind][1]) for kind in kinds),
        empty=said(N_("The run has not begun.")),
    )  # fmt: skip


def _said_of(spell: Spell, names: Mapping[str, Words]) -> Words:
    return next((names[key] for key in spell.keys if key in names), "")


def _by_day(
    spell: Spell, zone: dt.tzinfo | None, first: dt.datetime | None
) -> Iterator[tuple[dt.date, float, float, Spell]]:
    """A spell cut at midnights, from ``first`` on: the day and the hours from and to which it lasts there."""
    start, end = max(spell.start, first or spell.start).astimezone(zone), spell.end.astimezone(zone)
    while start < end:
        midnight = dt.datetime.combine(start.date(), dt.time(), start.tzinfo)
        until = min(end, midnight + _DAY)
        yield start.date(), _hours(start - midnight), _hours(until - midnight), spell
        start = until


def _hours(span: dt.timedelta) -> float:
    return span.total_seconds() / 3600
