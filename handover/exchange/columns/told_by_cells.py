"""What the cells of a column tell beside its heading: codes, shares, finer groups, days in order."""

from __future__ import annotations

import re

from handover.exchange.columns.traits import Traits
from handover.values.cells import as_text, folded, is_nothing
from handover.values.date_columns import read_dates
from handover.values.moments import day_of

#: What parts several links in one cell.
_APART = re.compile(r"[,;/&+、，；\s]+")


def is_finer(column: Traits, coarse: Traits) -> bool:
    """Whether a column tells more rows apart than another one that names groups of them."""
    return column.different >= max(0.6, 1.5 * coarse.different)


def are_codes(column: Traits) -> bool:
    """True for three or more different codes or numbers of some length that count nothing."""
    if len(column.cells) < 3 or column.counters or column.dated or column.different < 1:
        return False
    texts = [as_text(c) for c in column.cells]
    short = all(3 <= len(t) <= 20 for t in texts)
    return short and (column.coded >= 0.8 or all(t.isdigit() for t in texts))


def are_shares(column: Traits) -> bool:
    """True for numbers from 0 to 1 under a heading with a per cent sign, whatever its words are."""
    told = "%" in column.heading or "％" in column.heading
    return told and len(column.cells) >= 3 and all(isinstance(c, (int, float)) and 0 <= c <= 1 for c in column.cells)


def in_order(starts: Traits, ends: Traits) -> bool:
    """True when hardly a row ends before it starts."""
    first, last = read_dates(starts.all[:400]).values, read_dates(ends.all[:400]).values
    pairs = [(day_of(a), day_of(b)) for a, b in zip(first, last, strict=True) if a is not None and b is not None]
    return sum(a <= b for a, b in pairs) >= 0.95 * len(pairs)


def resolves(links: Traits, names: Traits) -> bool:
    """True where every word of a column names a row above its own by another column, several of them in some cells."""
    if links is names or len(links.cells) < 3 or names.different < 1 or links.filled > 0.95:
        return False
    place_of = {folded(as_text(cell)): place for place, cell in enumerate(names.all) if not is_nothing(cell)}
    said = [
        (place, [folded(part) for part in _APART.split(as_text(cell)) if part.strip()])
        for place, cell in enumerate(links.all)
        if not is_nothing(cell)
    ]
    above = all(place_of.get(part, place) < place for place, parts in said for part in parts)
    return above and any(len(parts) > 1 for _, parts in said)
