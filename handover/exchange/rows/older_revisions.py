"""A list with a row for each revision: the newest stands for the document, the older ones are left out."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Sequence

from handover.exchange.rows.incoming import Incoming
from handover.i18n import N_, tr
from handover.values.cells import as_text, folded
from handover.values.revision_codes import CodeOrder, age

OLDER = N_("It is an older revision of “{number}”; row {row} has the newest.")


def older_revisions(incoming: Incoming, orders: Sequence[CodeOrder] = ()) -> dict[int, str]:
    """The rows of a number of which another row has a newer revision; all of its revisions must be different.

    Args:
        orders: the revision schemes of the project; where one knows the codes of a number, their order tells, else
            their day.
    """
    found: dict[int, str] = {}
    register, values = incoming.register, incoming.values
    key = next((k for k in ("number", "code") if k in register and k in values), "")
    if not key or "revision" not in values:
        return found
    rows: dict[str, list[int]] = defaultdict(list)
    for place, number in enumerate(values[key]):
        if isinstance(number, str) and place not in incoming.skipped:
            rows[folded(number)].append(place)
    for places in rows.values():
        revisions = {folded(as_text(values["revision"][p])) for p in places}
        if len(places) < 2 or len(revisions) < len(places) or "" in revisions:
            continue
        newest = max(places, key=_age(incoming, orders, places))
        for place in places:
            if place != newest:
                found[place] = tr(OLDER, number=values[key][place], row=incoming.rows[newest])
    return found


def _age(incoming: Incoming, orders: Sequence[CodeOrder], places: Sequence[int]) -> Callable[[int], tuple[object, ...]]:
    """By what the rows of a number follow each other: by their scheme, or by their day, then their letters or numbers;
    then their order in the file."""
    codes = [as_text(incoming.values["revision"][place]) for place in places]
    told = age(orders, codes)
    by_scheme = told.order is not None and all(map(told.order.knows, codes))

    def of(place: int) -> tuple[object, ...]:
        day = (incoming.values.get("revision_on") or {place: None})[place]
        code = told.of(as_text(incoming.values["revision"][place]))
        when = day if isinstance(day, dt.date) else dt.date.min
        return (code, when, place) if by_scheme else (when, code, place)

    return of
