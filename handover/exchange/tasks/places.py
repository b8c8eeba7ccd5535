"""Where imported tasks stand in the outline: their parents, depths, kinds and the order among ours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handover.exchange.rows.existing import Existing
from handover.exchange.rows.findings import Findings
from handover.exchange.rows.incoming import Incoming
from handover.exchange.rows.judgement import Judgement, taken_places
from handover.exchange.rows.matching import Matched
from handover.exchange.rows.names import NamesOfTables, NoSuchName
from handover.exchange.rows.outcome import Erase
from handover.exchange.tasks.tree import Tree
from handover.values.durations import DAY


@dataclass(slots=True)
class Outlined:
    """What the outline says of the rows of a file.

    Attributes:
        given: for each place its parent, depth and kind; what the file leaves open isn't among them.
        values: the columns of the file that the outline has a say in.
    """

    given: dict[int, dict[str, Any]]  # Any: what the columns hold
    values: dict[str, list[Any]]
    findings: Findings


def task_columns(
    incoming: Incoming, tree: Tree, existing: Existing, found: Matched, directory: NamesOfTables
) -> Outlined:
    """Where the tasks of a file stand, and what kind of task each is."""
    matched, keys = found.ids, found.keys
    parts = tree.has_parts()
    findings = incoming.nothing_found()
    above = {place: _outside(findings, place, name, directory) for place, name in tree.outside.items()}
    same_day = _zero_is_same_day(incoming)
    result: dict[int, dict[str, Any]] = {}
    durations = list(incoming.values["duration"]) if "duration" in incoming.values else []
    for place in range(len(keys)):
        if place in incoming.skipped:
            continue
        given: dict[str, Any] = {}
        parent = tree.parents[place]
        if tree.told or matched[place] is None:
            given["parent_id"] = keys[parent] if parent is not None else above.get(place)
            given["depth"] = tree.depths[place]
            if outer := above.get(place):
                given["depth"] += existing.value(outer, "depth") + 1
        kind = _kind(incoming, place, place in parts, same_day)
        if kind == "milestone":
            kind = _milestone(incoming, place)
            if kind == "milestone" and _takes_time(incoming, place):
                durations[place] = None  # a day, as lists without 0 days give it
        if kind is not None:
            given["kind"] = kind
        if same_day and durations[place] == 0:
            durations[place] = None
        result[place] = given
    values = {"duration": durations} if durations else {}
    return Outlined(result, values | _kinds_left(incoming, result), findings)


def settle_outline(tree: Tree, judgement: Judgement, matched: Sequence[str | None], keys: Sequence[str]) -> None:
    """Hang rows whose parent isn't taken under the next row above that is."""
    taken = set(taken_places(judgement))
    above = _next_above(tree.parents, [p in taken or key is not None for p, key in enumerate(matched)])
    for place, values in judgement.fresh.items():
        if tree.parents[place] is None:
            continue
        parent, passed = above[place]
        if passed:
            values["parent_id"] = keys[parent] if parent is not None else None
            values["depth"] = max(values.get("depth", 0) - passed, 0)
    for place, diff in judgement.changes.items():
        if above[place][1]:
            diff.pop("parent_id", None)
            diff.pop("depth", None)
            if not diff and place not in judgement.relinked and judgement.outcomes[place] == "changed":
                judgement.outcomes[place] = "unchanged"


def _next_above(parents: Sequence[int | None], there: Sequence[bool]) -> list[tuple[int | None, int]]:
    """For each place the next place above that is there after the import, and how many were passed on the way."""
    found: list[tuple[int | None, int] | None] = [None] * len(parents)
    for start in range(len(parents)):
        path = []
        at = start
        while found[at] is None:
            path.append(at)
            above = parents[at]
            if above is None or there[above]:
                found[at] = (above, 0)
            else:
                at = above
        for place in reversed(path):
            if found[place] is None:
                up = parents[place]
                assert up is not None
                beyond = found[up]
                assert beyond is not None
                found[place] = beyond[0], beyond[1] + 1
    return [each for each in found if each is not None]


def place_tasks(judgement: Judgement, matched: Sequence[str | None], existing: Existing) -> dict[int, float]:
    """The position of each new row: between its neighbours of the file that we have, else at the end."""
    positions: dict[int, float] = {}
    last = max(existing.columns["position"], default=0.0)
    before: float | None = None
    waiting: list[int] = []
    for place in taken_places(judgement):
        key = matched[place]
        if key is None:
            waiting.append(place)
            continue
        here = existing.value(key, "position")
        if before is None or here > before:
            _spread(positions, waiting, before if before is not None else here - 1.0, here)
            waiting, before = [], here
    if before is None or before >= last:
        low = last
        for n, place in enumerate(waiting, 1):
            positions[place] = low + n
    else:
        following = min((p for p in existing.columns["position"] if p > before), default=before + 1.0)
        _spread(positions, waiting, before, following)
    return positions


def _spread(positions: dict[int, float], places: Sequence[int], low: float, high: float) -> None:
    for n, place in enumerate(places, 1):
        positions[place] = low + (high - low) * n / (len(places) + 1)


def _outside(findings: Findings, place: int, name: str, directory: NamesOfTables) -> str | None:
    try:
        return directory.of("task").resolve(name)
    except NoSuchName as nobody:
        findings.remark(place, "parent", name, nobody.message, **nobody.values)
        return None


def _of(incoming: Incoming, key: str, place: int) -> Any:  # Any: what the field holds
    column = incoming.values.get(key)
    return column[place] if column is not None else None


def _kind(incoming: Incoming, place: int, has_parts: bool, same_day: bool) -> str | None:
    """Rows with parts are summary tasks; rows that take no time are milestones; else what the file says."""
    if has_parts:
        return "summary"
    said = _of(incoming, "kind", place)
    if isinstance(said, Erase):
        return "task"
    if said is None and not same_day and _of(incoming, "duration", place) == 0:
        return "milestone"
    return None if said is None else str(said)


def _milestone(incoming: Incoming, place: int) -> str:
    """A milestone takes no time, or a day, as lists without 0 days give it; what takes longer is a task."""
    if _takes_time(incoming, place):
        start, finish = _of(incoming, "start", place), _of(incoming, "finish", place)
        minutes = _of(incoming, "duration", place)
        if minutes > DAY or (start and finish and hasattr(start, "day") and start.date() != finish.date()):
            return "task"
    return "milestone"


def _takes_time(incoming: Incoming, place: int) -> bool:
    minutes = _of(incoming, "duration", place)
    return isinstance(minutes, (int, float)) and minutes > 0


def _zero_is_same_day(incoming: Incoming) -> bool:
    """True when durations count the days between start and finish, so that 0 means one day and no milestone."""
    durations, starts, finishes = (incoming.values.get(k) for k in ("duration", "start", "finish"))
    if durations is None or starts is None or finishes is None:
        return False
    rows = [
        (minutes, (finish - start).days)
        for minutes, start, finish in zip(durations[:3000], starts, finishes, strict=False)
        if isinstance(minutes, int) and minutes > 0 and isinstance(start, dt.date) and isinstance(finish, dt.date)
    ]
    return len(rows) >= 3 and sum(minutes == days * DAY for minutes, days in rows) >= 0.7 * len(rows)


def _kinds_left(incoming: Incoming, given: Mapping[int, Mapping[str, Any]]) -> dict[str, list[Any]]:
    """The file's own column of kinds where the outline says nothing of them."""
    column = incoming.values.get("kind")
    if column is None:
        return {}
    return {"kind": [None if "kind" in given.get(place, ()) else kind for place, kind in enumerate(column)]}
