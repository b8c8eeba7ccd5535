"""Whether the day or the month comes first, told format by format by all date columns of a table.

3/9/26 and 13.3.2026 are two formats: the points of one column say nothing about the slashes of another, while all
slashes of a table are read alike, because one program wrote them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from handover.values.date_text import Loose, Order, day_from_loose

K = TypeVar("K", bound=Hashable)

_NEAR = 5
"""Years that a date read with its year in front may lie from the other dates of its column."""
_EITHER: tuple[Order, Order] = ("DMY", "MDY")


@dataclass(frozen=True, slots=True)
class FormatOrder:
    """The order of one format in one column.

    Attributes:
        undecided: nothing tells it, or its cells contradict each other: ask.
        contradictory: some cells demand one order and some another.
    """

    order: Order
    undecided: bool = False
    contradictory: bool = False


@dataclass(frozen=True, slots=True)
class WrittenDates:
    """What a column's texts tell: those without a name of a month, and the years of its plain dates.

    Attributes:
        year_first: whether a text of the column has its year in front; the month comes before the day then.
    """

    texts: frozenset[Loose]
    years: frozenset[int] = frozenset()
    year_first: bool = False


def orders_of(columns: Mapping[K, WrittenDates], chosen: Order | None = None) -> dict[tuple[K, str], FormatOrder]:
    """The order of each format of each column, by column and mark (``/``, ``-`` or ``.``).

    Args:
        chosen: what the user said; it counts for the formats in question where there are any, else for all.
    """
    found: dict[tuple[K, str], FormatOrder] = {}
    shared: dict[str, list[tuple[K, frozenset[Loose]]]] = defaultdict(list)
    for key, column in columns.items():
        for mark in {t.mark for t in column.texts}:
            texts = frozenset(t for t in column.texts if t.mark == mark)
            if _begins_with_year(texts, column):
                found[key, mark] = FormatOrder("YMD")
            else:
                shared[mark].append((key, texts))
    for mark, parts in shared.items():
        said = _told(frozenset().union(*(texts for _, texts in parts)))
        for key, texts in parts:
            alone = _told(texts)
            clear = not alone.undecided and all(_demanded(t) for t in texts)
            found[key, mark] = alone if said.contradictory and clear else said
    if chosen:
        in_question = any(f.undecided for f in found.values())
        found = {
            place: replace(f, order=chosen, undecided=False) if f.undecided or not in_question else f
            for place, f in found.items()
        }
    return found


def _begins_with_year(texts: frozenset[Loose], column: WrittenDates) -> bool:
    """``26-03-05``, ``26-03-31``: the first number hardly changes and the last does, as years and days do."""
    whole = [t for t in texts if t.third is not None]
    if not whole:
        return column.year_first
    days = [day_from_loose(t, "YMD") for t in whole]
    if any(t.width > 2 or day is None for t, day in zip(whole, days, strict=True)):
        return False
    if column.year_first and column.years:
        return all(day and min(abs(day.year - year) for year in column.years) <= _NEAR for day in days)
    return min(t.first for t in whole) >= 10 and len({t.first for t in whole}) < len({t.third for t in whole})


def _told(texts: frozenset[Loose]) -> FormatOrder:
    """The order that the texts of one format tell; what is no day in any order tells nothing."""
    sound = [t for t in texts if any(day_from_loose(t, order) for order in _EITHER)]
    if not sound and texts and all(day_from_loose(t, "YMD") for t in texts):
        return FormatOrder("YMD")
    able = [order for order in _EITHER if all(day_from_loose(t, order) for t in sound)]
    named = [t for t in sound if any(weekday_fits(t, order) for order in able)]  # others name a wrong weekday
    fitting = [order for order in able if all(weekday_fits(t, order) for t in named)]
    if len(fitting or able) == 1:
        return FormatOrder((fitting or able)[0])
    if not fitting:
        demanded = {order for t in sound if (order := _demanded(t))}
        contradictory = len(demanded) > 1
        most = max(_EITHER, key=lambda order: sum(day_from_loose(t, order) is not None for t in sound))
        return FormatOrder(most, contradictory, contradictory)
    return FormatOrder("DMY", not _same_either_way(sound) and not _of_points(sound))


def _demanded(text: Loose) -> Order | None:
    able = [order for order in _EITHER if day_from_loose(text, order)]
    fitting = [order for order in able if weekday_fits(text, order)]
    only = fitting or able
    return only[0] if len(only) == 1 else None


def weekday_fits(text: Loose, order: Order) -> bool:
    """False where the text names another weekday than that of the day which it means in an order."""
    if text.weekday is None or text.third is None:
        return True
    day = day_from_loose(text, order)
    return day is None or day.weekday() == text.weekday


def _same_either_way(texts: Iterable[Loose]) -> bool:
    return all(day_from_loose(t, "DMY") == day_from_loose(t, "MDY") for t in texts)


def _of_points(texts: Iterable[Loose]) -> bool:
    """Nobody writes the month first with points."""
    return all(t.mark == "." and t.width in (0, 4) for t in texts)
