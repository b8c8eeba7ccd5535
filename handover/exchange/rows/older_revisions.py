"""A list with a row for each revision: one of a number's rows stands for the document, the others are its revisions."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from handover.exchange.rows.incoming import Incoming
from handover.model.documents.revising import NO_NUMBER
from handover.model.documents.states import DOCUMENT_STATUS
from handover.values.cells import as_text, folded
from handover.values.revision_codes import CodeOrder, age


@dataclass(frozen=True, slots=True)
class RevisionRows:
    """The rows of one document, by place.

    Attributes:
        current: the row that stands for the document.
        before: those of its older revisions, the oldest first.
        after: those of later ones that haven't come, or were cancelled.
    """

    current: int
    before: tuple[int, ...]
    after: tuple[int, ...] = ()

    @property
    def others(self) -> tuple[int, ...]:
        """All rows but the one that stands for the document."""
        return self.before + self.after


def revision_rows(incoming: Incoming, orders: Sequence[CodeOrder] = ()) -> list[RevisionRows]:
    """The numbers that stand in several rows, each with a revision of its own.

    The newest that has come and isn't cancelled stands for the document, as among the revisions of a document.

    Args:
        orders: the revision schemes of the project; where one knows the codes of a number, their order tells, else
            their day.
    """
    register, values = incoming.register, incoming.values
    key = next((k for k in ("number", "code") if k in register and k in values), "")
    if not key or "revision" not in values or "revision" not in register:
        return []
    rows: dict[str, list[int]] = defaultdict(list)
    for place, number in enumerate(values[key]):
        if isinstance(number, str) and place not in incoming.skipped and number.strip().upper() not in NO_NUMBER:
            rows[folded(number)].append(place)
    found = []
    for places in rows.values():
        revisions = {folded(as_text(values["revision"][p])) for p in places}
        if len(places) < 2 or len(revisions) < len(places) or "" in revisions:
            continue
        found.append(_of_one(incoming, sorted(places, key=_age(incoming, orders, places))))
    return found


def _of_one(incoming: Incoming, places: Sequence[int]) -> RevisionRows:
    """The rows of one document out of its rows by their age."""
    states = incoming.values.get("status")
    live = [p for p in places if states is None or states[p] != "cancelled"]
    come = [p for p in live if states is None or states[p] != DOCUMENT_STATUS.initial]
    current = come[-1] if come else live[0] if live else places[-1]
    at = places.index(current)
    return RevisionRows(current, tuple(places[:at]), tuple(places[at + 1 :]))


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
