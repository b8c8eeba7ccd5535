"""Start and finish in one cell: ``2027.3.1/2027.3.5``, ``15/03/2027 - 19/03/2027``, ``3月1日至3月5日``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from handover.values.cells import Cell, is_nothing
from handover.values.date_text import Loose, loose_date

_BETWEEN = re.compile(
    r"\s{0,9}(?:~|～|–|—|―|→|至|到|\bto\b|\buntil\b|\bbis\b|\bau\b|\ba\b|;|；|\n|/|-|－|\s)\s{0,9}", re.IGNORECASE
)
_MOST = 0.7
_LONGEST = 80


def both_dates(cell: Cell) -> tuple[str, str] | None:
    """The two dates of a cell as texts; None where it holds no two."""
    if not isinstance(cell, str) or len(cell) > _LONGEST or loose_date(cell) is not None:
        return None
    return next(_ways(cell), None)


def _ways(text: str) -> Iterator[tuple[str, str]]:
    """The places at which a text falls into two dates, the strongest sign first."""
    found = sorted(_BETWEEN.finditer(text), key=lambda m: (m[0].strip() in ("/", "-", "－", ""), m.start()))
    for match in found:
        first, last = text[: match.start()].strip(), text[match.end() :].strip()
        if _is_date(first) and _is_date(last):
            yield first, last


def _is_date(text: str) -> bool:
    """True for a date with more than two bare numbers: 3/5 in the midst of others is no date of its own."""
    found = loose_date(text)
    if isinstance(found, Loose):
        return found.month_known or found.third is not None
    return found is not None


def in_pairs(cells: Sequence[Cell]) -> bool:
    """True where most of the cells that hold anything hold two dates."""
    said = [c for c in cells[:3000] if not is_nothing(c)]
    return bool(said) and sum(both_dates(c) is not None for c in said) >= _MOST * len(said)


def parted(cells: Sequence[Cell]) -> tuple[list[Cell], list[Cell]]:
    """The first and the second dates of the cells; a single one is both."""
    pairs = [both_dates(c) or (c, c) for c in cells]
    return [first for first, _ in pairs], [last for _, last in pairs]
