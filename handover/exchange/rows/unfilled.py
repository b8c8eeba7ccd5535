"""Rows that a template prepared and that nobody has filled in: running numbers, a discipline, Not started."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator
from typing import Any

from handover.exchange.rows.incoming import Incoming
from handover.exchange.rows.outcome import Erase
from handover.i18n import N_
from handover.values.cells import as_text, is_nothing

_MANY = 3
"""So many of such rows in a row stand in the midst of a list as well as at its end."""
_COUNTERS = ("source_id", "wbs")


def skip_prepared(incoming: Incoming) -> None:
    """Leave out rows without what a row can't be without, in which nothing stands that other rows don't say as well."""
    fields = [f.field for f in incoming.register.entered if f.required and f.names_rows]
    needed = [incoming.values[key] for key in fields if key in incoming.values]
    empty = [p for p in range(len(incoming.rows)) if all(column[p] is None for column in needed)]
    if not needed or not empty or len(empty) == len(incoming.rows):
        return
    empty = sorted(set(empty) - incoming.skipped.keys() - _naming_phases(incoming))
    often = {key: Counter(map(_said, column)) for key, column in incoming.values.items()}
    for run in list(_runs(empty, incoming)):
        prepared = [p for p in run if _is_prepared(incoming, p, often)]
        if len(prepared) >= _MANY or run[-1] == empty[-1] == _last(incoming):
            for place in prepared:
                incoming.skipped[place] = N_("Nothing is filled in but what is the same in other rows.")
                incoming.faults.pop(place, None)


def _runs(empty: list[int], incoming: Incoming) -> Iterator[list[int]]:
    """Places that follow each other but for rows that aren't taken anyway."""
    run: list[int] = []
    for place in empty:
        if run and any(p not in incoming.skipped for p in range(run[-1] + 1, place)):
            yield run
            run = []
        run.append(place)
    if run:
        yield run


def _last(incoming: Incoming) -> int:
    return next((p for p in range(len(incoming.rows) - 1, -1, -1) if p not in incoming.skipped), -1)


def _is_prepared(incoming: Incoming, place: int, often: dict[str, Counter[Hashable]]) -> bool:
    for key, column in incoming.values.items():
        value = column[place]
        if value is None:
            continue
        if key in incoming.register and not incoming.register[key].kind.prepared:
            return False  # nobody prepares it: the row is one whose name is missing
        if often[key][_said(value)] < 2 and not (key in _COUNTERS and as_text(value).isdecimal()):
            return False
    return True


def _naming_phases(incoming: Incoming) -> set[int]:
    """The places at which a phase is named for the first time; they may be its own rows."""
    naming: set[int] = set()
    for _, _, cells in incoming.phases:
        seen: set[Hashable] = set()
        for place, cell in enumerate(cells):
            if not is_nothing(cell) and cell not in seen:
                seen.add(cell)
                naming.add(place)
    return naming


def _said(value: Any) -> Hashable:  # Any: what a field holds
    if isinstance(value, Erase):
        return "\0"
    return value if isinstance(value, Hashable) else repr(value)
