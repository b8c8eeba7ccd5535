"""What stands alone in its list, and is taken all the same: a date years from all others, a row without its number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterator
from typing import NamedTuple

from handover.exchange.rows.incoming import Incoming
from handover.i18n import N_

#: Shorter lists say nothing of what is usual in them.
_ROWS = 8
#: In a list in which more than one row in so many is without a number, that is no slip.
_ONE_IN = 8
#: A date is far from the others by so many days, and by so many times what the middle half of them spans.
_DAYS, _SPANS = 5 * 365, 4


class OddOne(NamedTuple):
    """What is odd about the cell of a row: a sentence (a catalogue key) with what fills it."""

    place: int
    field: str
    message: str
    values: dict[str, object]


def odd_ones(incoming: Incoming, news: Container[int]) -> Iterator[OddOne]:
    """The cells of a file that differ from all others of their column.

    Args:
        news: the places of rows that bring something new; of others nothing is said any more.
    """
    places = [place for place in range(len(incoming.rows)) if place not in incoming.skipped]
    for key in incoming.values:
        if key in incoming.register and incoming.register[key].kind.dated:
            yield from (odd for odd in _far_dates(incoming, key, places) if odd.place in news)
    code = incoming.register.code
    if code in incoming.values:
        yield from (odd for odd in _without(incoming, code, places) if odd.place in news)


def _far_dates(incoming: Incoming, key: str, places: list[int]) -> Iterator[OddOne]:
    column = incoming.values[key]
    dated = sorted((column[place], place) for place in places if isinstance(column[place], dt.date))
    if len(dated) < _ROWS:
        return
    first, middle, last = (dated[len(dated) * n // 4][0] for n in (1, 2, 3))
    most = max(_DAYS, _SPANS * (last - first).days)
    for day, place in dated:
        if abs((day - middle).days) > most:
            yield OddOne(place, key, N_("It lies {n} years from most dates of its column."),
                         {"n": round(abs((day - middle).days) / 365.25)})  # fmt: skip


def _without(incoming: Incoming, key: str, places: list[int]) -> Iterator[OddOne]:
    bare = [place for place in places if incoming.values[key][place] is None]
    if len(places) >= _ROWS and bare and len(bare) * _ONE_IN <= len(places):
        for place in bare:
            yield OddOne(place, key, N_("It is empty here alone: the other rows have it."), {})
