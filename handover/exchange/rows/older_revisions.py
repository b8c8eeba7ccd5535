"""A list with a row for each revision: the newest stands for the document, the older ones are left out."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict

from handover.exchange.rows.incoming import Incoming
from handover.i18n import N_, tr
from handover.values.cells import as_text, folded

_NUMBER = re.compile(r"\d+|\D+")
OLDER = N_("It is an older revision of “{number}”; row {row} has the newest.")


def leave_older_out(incoming: Incoming) -> None:
    """Skip the rows of a number of which another row has a newer revision; all of its revisions must be different."""
    register, values = incoming.register, incoming.values
    key = next((k for k in ("number", "code") if k in register and k in values), "")
    if not key or "revision" not in values:
        return
    rows: dict[str, list[int]] = defaultdict(list)
    for place, number in enumerate(values[key]):
        if isinstance(number, str) and place not in incoming.skipped:
            rows[folded(number)].append(place)
    for places in rows.values():
        revisions = {folded(as_text(values["revision"][p])) for p in places}
        if len(places) < 2 or len(revisions) < len(places) or "" in revisions:
            continue
        newest = max(places, key=lambda p: _age(incoming, p))
        for place in places:
            if place != newest:
                incoming.skipped[place] = tr(OLDER, number=values[key][place], row=incoming.rows[newest])


def _age(incoming: Incoming, place: int) -> tuple[dt.date, tuple[tuple[int, int, str], ...], int]:
    """By what revisions follow each other: their day, then their letters or numbers, then their order in the file."""
    day = (incoming.values.get("revision_on") or {place: None})[place]
    said = folded(as_text(incoming.values["revision"][place]))
    pieces = tuple((1, int(p), "") if p.isdecimal() else (0, len(p), p) for p in _NUMBER.findall(said))
    return day if isinstance(day, dt.date) else dt.date.min, pieces, place
