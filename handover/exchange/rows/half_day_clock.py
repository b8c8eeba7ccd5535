"""Times of a clock of twelve hours: finish 5:00 after start 10:00 of the same day is five in the afternoon."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from handover.exchange.notice import Notice
from handover.exchange.rows.findings import Findings
from handover.exchange.rows.incoming import Incoming
from handover.i18n import N_
from handover.values.moments import midnight

_PAIRS = (("start", "finish"), ("actual_start", "actual_finish"))
_HALF_DAY = dt.timedelta(hours=12)
_NOON = 12
#: Where nothing else tells, work begins no earlier and ends no later.
_EARLIEST, _LATEST = 7, 20
_BEFORE = N_("“{text}” lies before the start: the day is taken without the time.")


@dataclass(slots=True)
class Clocked:
    """The columns of times as they are meant, what isn't taken of them, and what is to be told."""

    values: dict[str, list[Any]]  # Any: what the fields hold
    findings: Findings
    notices: list[Notice] = field(default_factory=list)


def by_the_clock(incoming: Incoming) -> Clocked:
    """Put times of a twelve-hour clock into the half of the day that durations and the order of times show."""
    found = Clocked({}, incoming.nothing_found())
    for first, last in _PAIRS:
        starts, finishes = incoming.values.get(first), incoming.values.get(last)
        if starts is None or finishes is None:
            continue
        backward = [p for p, (a, b) in enumerate(zip(starts, finishes, strict=True)) if _is_backward(a, b)]
        if not backward:
            continue
        starts, finishes = list(starts), list(finishes)
        if _never_afternoon([*starts, *finishes]):
            minutes = (
                incoming.values.get("duration", [None] * len(starts)) if first == "start" else [None] * len(starts)
            )
            for place, (a, b) in enumerate(zip(starts, finishes, strict=True)):
                starts[place], finishes[place] = _meant(a, b, minutes[place])
            said = N_(
                "The times of {cell} and others are those of a clock of twelve hours: they are read by their order."
            )
            found.notices.append(Notice(said, {"cell": incoming.cell(backward[0], last)}))
        for place in backward:
            if _is_backward(starts[place], finishes[place]):
                found.findings.remark(
                    place, last, incoming.text(place, last), _BEFORE, text=f"{finishes[place]:%Y-%m-%d %H:%M}"
                )
                finishes[place] = midnight(finishes[place])
        found.values |= {first: starts, last: finishes}
    return found


def _is_backward(start: Any, finish: Any) -> bool:  # Any: what a field holds
    """True for two moments of one day of which the last comes first."""
    return _timed(start) and _timed(finish) and start.date() == finish.date() and finish < start


def _timed(value: Any) -> bool:  # Any: as above
    return isinstance(value, dt.datetime) and (value.hour, value.minute) != (0, 0)


def _never_afternoon(values: Sequence[Any]) -> bool:  # Any: as above
    return all(value.hour <= _NOON for value in values if _timed(value))


def _meant(start: Any, finish: Any, minutes: Any) -> tuple[Any, Any]:  # Any: as above
    """The halves of the day that suit best: in order, as long as the work takes, by daylight, the earlier one."""
    if not (_timed(start) and _timed(finish)):
        return _by_daylight(start), _by_daylight(finish)
    if start.date() != finish.date():
        return _by_daylight(start), _by_daylight(finish)
    ways = [(a, b) for a, b in product(_halves(start), _halves(finish)) if b >= a]

    def cost(way: tuple[dt.datetime, dt.datetime]) -> tuple[float, int]:
        length = (way[1] - way[0]).total_seconds() / 60
        dark = sum(not _EARLIEST <= moment.hour <= _LATEST for moment in way)
        off = abs(length - minutes) if isinstance(minutes, (int, float)) and minutes else 0.0
        return off + 600 * dark, way[0].hour

    return min(ways, key=cost, default=(start, finish))


def _by_daylight(value: Any) -> Any:  # Any: as above
    return value + _HALF_DAY if _timed(value) and value.hour < _EARLIEST else value


def _halves(moment: dt.datetime) -> list[dt.datetime]:
    if moment.hour == _NOON:
        return [moment]
    return [moment, moment + _HALF_DAY]
