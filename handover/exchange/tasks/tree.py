"""The outline of imported tasks: whose part each row is, as the sheet shows it, by a parent column, by phases."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from handover.exchange.rows.incoming import Incoming
from handover.exchange.rows.outcome import Erase
from handover.i18n import N_, tr
from handover.values.cells import Cell, as_text, folded, is_nothing, normal
from handover.values.task_links import package_number

_BARE_NUMBER = re.compile(r"\d+")
_MOST_NAMED = 20
_IN_ITSELF = N_("A task can't be part of itself.")
_IN_A_CIRCLE = N_("The rows {rows} are parts of each other in a circle.")


@dataclass(slots=True)
class Tree:
    """The outline of the places of an import.

    Attributes:
        parents: the place of each row's parent, None at the top or where ``outside`` names it.
        outside: names of parents that aren't in the file, by place.
        depths: 0 at the top.
        told: False where the file has no outline, so that rows we have keep their place in ours.
    """

    parents: list[int | None]
    depths: list[int]
    outside: dict[int, str]
    told: bool

    def has_parts(self) -> set[int]:
        """The places of rows that have parts."""
        return {p for p in self.parents if p is not None}


def grow(incoming: Incoming) -> Tree:
    """Find the outline of a file; rows for phases that it only names in a column are put in (``incoming.made``)."""
    _insert_phases(incoming)
    parents: list[int | None] = [None] * len(incoming.rows)
    outside: dict[int, str] = {}
    told = bool(incoming.phases)
    if "parent" in incoming.values and any(v is not None for v in incoming.values["parent"]):
        _by_parent_column(incoming, parents, outside)
        told = True
    elif incoming.parents is not None:
        parents = list(incoming.parents)
        told = True
    _under_phases(incoming, parents)
    _blame_circles(incoming, parents)
    return Tree(parents, _depths(parents), outside, told)


def _by_parent_column(incoming: Incoming, parents: list[int | None], outside: dict[int, str]) -> None:
    named: dict[str, list[int]] = {}
    for key in ("ref", "source_id", "wbs", "name"):
        for place, value in enumerate(incoming.values.get(key, ())):
            if value is not None and not isinstance(value, Erase) and place not in incoming.skipped:
                named.setdefault(folded(as_text(value)), []).append(place)
    for place, value in enumerate(incoming.values["parent"]):
        if value is None or isinstance(value, Erase):
            continue
        word = folded(as_text(value))
        candidates = named.get(word) or named.get(word.removesuffix(".0"), [])  # a number that passed through a table
        if not candidates and (number := package_number(as_text(value))):
            candidates = named.get(folded(number), [])
        before = [c for c in candidates if c < place]
        above = before[-1] if before else next(iter(candidates), None)
        if above is None:
            outside[place] = value
        elif above == place:
            incoming.blame(place, "parent", _IN_ITSELF)
        else:
            parents[place] = above


def _blame_circles(incoming: Incoming, parents: list[int | None]) -> None:
    done: set[int] = set()
    for start in range(len(parents)):
        path: dict[int, int] = {}
        at: int | None = start
        while at is not None and at not in done and at not in path:
            path[at] = len(path)
            at = parents[at]
        if at is not None and at in path:
            circle = list(path)[path[at] :]
            rows = tr(", ").join(str(incoming.rows[p]) for p in sorted(circle)[:_MOST_NAMED])
            rows += ", …" if len(circle) > _MOST_NAMED else ""
            for place in circle:
                parents[place] = None
                if len(circle) == 1:
                    incoming.blame(place, "parent", _IN_ITSELF)
                else:
                    incoming.blame(place, "parent", _IN_A_CIRCLE, rows=rows)
        done.update(path)


def _insert_phases(incoming: Incoming) -> None:
    """Put a row for each phase before the first of its tasks."""
    if not incoming.phases:
        return
    names = [_phase_names(heading, cells) for heading, _, cells in incoming.phases]
    paths: list[tuple[str, ...]] = []
    for place in range(len(incoming.rows)):
        path = tuple(column[place] for column in names if column[place])
        paths.append(path)
    own_name = incoming.values.get("name", [None] * len(paths))
    known: set[tuple[str, ...]] = set()
    own_row: dict[tuple[str, ...], int] = {}
    order: list[tuple[str, int | tuple[str, ...]]] = []
    for place, path in enumerate(paths):
        if place not in incoming.skipped:
            # A row that holds a phase and no task is that phase's own row.
            names_phase = bool(path) and own_name[place] is None and path not in known
            for depth in range(1, len(path) + (0 if names_phase else 1)):
                if path[:depth] not in known:
                    known.add(path[:depth])
                    order.append(("made", path[:depth]))
            if names_phase:
                known.add(path)
                own_row[path] = place
        order.append(("row", place))
    _rearrange(incoming, order, paths, own_row)


def _rearrange(
    incoming: Incoming,
    order: Sequence[tuple[str, int | tuple[str, ...]]],
    paths: Sequence[tuple[str, ...]],
    own_row: dict[tuple[str, ...], int],
) -> None:
    new_place: dict[int, int] = {}
    sources: list[int | None] = []
    made: dict[int, tuple[str, ...]] = {}
    for place, (kind, what) in enumerate(order):
        if kind == "row" and isinstance(what, int):
            new_place[what] = place
            sources.append(what)
        elif isinstance(what, tuple):
            made[place] = what
            sources.append(None)

    def spread(column: Sequence[Any]) -> list[Any]:
        return [None if s is None else column[s] for s in sources]

    incoming.rows = [0 if s is None else incoming.rows[s] for s in sources]
    incoming.values = {key: spread(column) for key, column in incoming.values.items()}
    incoming.faults = {new_place[p]: faults for p, faults in incoming.faults.items()}
    incoming.skipped = {new_place[p]: why for p, why in incoming.skipped.items()}
    if incoming.parents is not None:
        above = [None if s is None else incoming.parents[s] for s in sources]
        incoming.parents = [None if a is None else new_place[a] for a in above]
    incoming.made = set(made)
    names = incoming.values.setdefault("name", [None] * len(sources))
    kinds = incoming.values.setdefault("kind", [None] * len(sources))
    incoming.phase_of = {p: paths[s] for p, s in enumerate(sources) if s is not None and paths[s]}
    incoming.phase_place = {path: p for p, path in made.items()}
    incoming.phase_place.update({path: new_place[s] for path, s in own_row.items()})
    rows_of_phases = set(own_row.values())
    inner = {path[:n] for s, path in enumerate(paths) if s not in rows_of_phases for n in range(1, len(path) + 1)}
    inner |= {path[:n] for path in own_row for n in range(1, len(path))}
    for path, place in incoming.phase_place.items():
        names[place] = path[-1]
        if path in inner:  # else it is a task that only the column of phases names
            kinds[place] = "summary"
        incoming.phase_of[place] = path[:-1]


def _phase_names(heading: str, cells: Sequence[Cell]) -> list[str]:
    """The phase of each row: a cell holds until the next filled one; bare numbers get the heading before them."""
    names, last = [], ""
    word = normal(heading.rsplit(" / ", maxsplit=1)[-1])
    for cell in cells:
        if not is_nothing(cell):
            text = normal(as_text(cell))
            last = f"{word} {text}" if _BARE_NUMBER.fullmatch(text) else text[:500]
        names.append(last)
    return names


def _under_phases(incoming: Incoming, parents: list[int | None]) -> None:
    for place, path in incoming.phase_of.items():
        if parents[place] is None:
            parents[place] = incoming.phase_place.get(path)


def _depths(parents: Sequence[int | None]) -> list[int]:
    """How deep each place lies; a parent that leads back to a place lies at the top."""
    depths = [-1] * len(parents)
    for place in range(len(parents)):
        path: dict[int, None] = {}
        at: int | None = place
        while at is not None and depths[at] < 0 and at not in path:
            path[at] = None
            at = parents[at]
        depth = depths[at] if at is not None else -1
        for each in reversed(path):
            depth += 1
            depths[each] = depth
    return depths
