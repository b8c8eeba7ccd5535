"""Which row of a file is which row that we have: by reference, by code, by name under its parent."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any

from handover.exchange.columns.headings import REF
from handover.exchange.rows.existing import Existing
from handover.exchange.rows.findings import Findings
from handover.exchange.rows.incoming import Incoming
from handover.exchange.rows.outcome import Erase
from handover.exchange.rows.restarting_numbers import starts_over
from handover.i18n import N_, tr
from handover.jobs import Progress, unattended, watched
from handover.registers.declare import Register
from handover.values.cells import as_text, folded

#: Fields whose values name one row alone.
CODES = frozenset({"source_id", "wbs", "number", "code"})
#: Words in a heading that say that its numbers stay with their rows.
_LASTING = ("unique", "uid", "key", "code", "唯一", "编码", "activity id", "task id", "guid")

Key = tuple[Hashable, ...]


@dataclass(slots=True)
class Matches:
    """The rows of a file beside those that we have: ``ids[place]`` is the key of the row, None for a new one.

    ``sure`` are the places that were matched by our own reference, ``taken`` the rows that nothing here may match.
    """

    ids: list[str | None]
    taken: frozenset[str] = frozenset()
    used: dict[str, int] = field(default_factory=dict)
    sure: set[int] = field(default_factory=set)
    findings: Findings = field(kw_only=True)

    def take(self, place: int, key: str) -> None:
        """Say that the row at a place of the file is the row of a key."""
        self.ids[place] = key
        self.used[key] = place


@dataclass(frozen=True, slots=True)
class Matched:
    """The rows of a file by key: ``ids[place]`` of the row that it is, ``keys[place]`` also of one that is new."""

    ids: list[str | None]
    keys: list[str]


@dataclass(frozen=True, slots=True)
class _Pass:
    """A way to match: all ``fields`` agree, and none of ``differing`` is filled on both sides with different values."""

    fields: tuple[str, ...]
    differing: tuple[str, ...] = ()
    alone: bool = False  # only where the key occurs once on each side
    in_same_list: bool = False  # a code of a plan: it means a row only where the lists agree on names


def match(
    incoming: Incoming,
    existing: Existing,
    lasting: frozenset[str],
    parents: Sequence[int | None] | None = None,
    taken: Collection[str] = (),
    progress: Progress = unattended,
) -> Matches:
    """Match the rows of a file with those that we have. Raises Cancelled.

    Args:
        lasting: the fields among ``CODES`` whose values name one row each, as ``lasting_codes`` found out.
        parents: the place of each row's parent in the file, where it has an outline.
        taken: keys of rows that other sheets of the file stand for.
    """
    matches = Matches([None] * len(incoming.rows), frozenset(taken), findings=incoming.nothing_found())
    _by_reference(incoming, existing, matches)
    passes = _passes(incoming.register, incoming, lasting)
    saying = tr("Finding rows that you have already")
    for each in watched(passes, progress, 0, saying, 1):
        _one_pass(each, incoming, existing, matches, parents)
    if parents is not None:
        for each in watched(passes, progress, 0, saying, 1):  # once more: parents matched late let their children match
            if "parent" in each.fields:
                _one_pass(each, incoming, existing, matches, parents)
    return matches


def lasting_codes(
    incoming: Incoming, headings: dict[str, str], parents: Sequence[int | None] | None = None
) -> frozenset[str]:
    """The code fields of a file whose values stay with their rows; duplicates of these are blamed.

    A column of running numbers (1, 2, 3 …) counts rows, also where it starts over under each section, and numbers
    that repeat all over name groups: neither is a code of a row.

    Args:
        parents: the place of each row's parent in the file, where it has an outline.
    """
    found: dict[str, tuple[int, bool]] = {}
    alone = False
    rows = sum(_counts(incoming, p) for p in range(len(incoming.rows)))
    for key in CODES & set(incoming.values):
        values = [(p, as_text(v)) for p, v in enumerate(incoming.values[key]) if v is not None and _counts(incoming, p)]
        twice = len(values) - len({v for _, v in values})
        if not values or twice > max(3, len(values) // 10):
            continue
        if twice and starts_over([(parents[p] if parents is not None else None, v) for p, v in values]):
            continue
        whole = len(values) >= 0.95 * rows
        alone = alone or (whole and not twice)
        if key == "source_id" and _runs(values) and not any(w in headings.get(key, "").lower() for w in _LASTING):
            continue
        found[key] = (twice, whole)
    # Where one code names every row alone, outline codes that repeat are none: Excel made days of 4.1 and of 4.10.
    spoilt = {key for key, (twice, whole) in found.items() if alone and twice and (key == "wbs" or not whole)}
    return frozenset(found.keys() - spoilt)


def said_twice(incoming: Incoming, parents: Sequence[int | None] | None = None) -> dict[int, str]:
    """Rows with a code that say in every cell what a row above them says: the same row once more.

    Args:
        parents: the place of each row's parent in the file, where it has an outline.
    """
    codes = [incoming.values[key] for key in sorted(CODES & incoming.values.keys())]
    if any(None not in code and len(set(code)) == len(code) for code in codes):
        return {}  # one of the codes tells every row from every other
    first: set[tuple[Hashable, ...]] = set()
    found: dict[int, str] = {}
    columns = list(incoming.values.values())
    for place in range(len(incoming.rows)) if codes else ():
        if not _counts(incoming, place) or all(code[place] is None for code in codes):
            continue
        said = (parents[place] if parents is not None else None, *(_hashable(column[place]) for column in columns))
        if said in first:
            found[place] = N_("It says the same as a row above it.")
        first.add(said)
    return found


def _hashable(value: Any) -> Hashable:  # Any: what a field holds
    return value if isinstance(value, Hashable) else repr(value)


def doubled(incoming: Incoming, lasting: frozenset[str]) -> Findings:
    """Rows whose code another row of the file has already; a code that fills two fields is noted once."""
    found = incoming.nothing_found()
    told: set[tuple[int, str]] = set()
    for key in sorted(lasting):
        first: dict[str, int] = {}
        for place, value in enumerate(incoming.values[key]):
            if value is None or isinstance(value, Erase) or not _counts(incoming, place):
                continue
            word = folded(as_text(value))
            other = first.setdefault(word, place)
            if other != place and (place, word) not in told:
                told.add((place, word))
                found.blame(
                    place, key, N_("“{code}” stands in row {row} already; a code belongs to one row."),
                    code=as_text(value), row=incoming.rows[other],
                )  # fmt: skip
    return found


def _counts(incoming: Incoming, place: int) -> bool:
    return place not in incoming.skipped and place not in incoming.made


def _runs(values: Sequence[tuple[int, str]]) -> bool:
    """True for rising whole numbers about as many as there are rows."""
    try:
        numbers = [int(v) for _, v in values if v.isdecimal()]
    except ValueError:
        return False
    if len(numbers) < 0.7 * len(values) or len(numbers) < 2:
        return False
    rising = all(a < b for a, b in itertools.pairwise(numbers))
    return rising and numbers[-1] - numbers[0] <= 3 * len(values) + 5


def _passes(register: Register, incoming: Incoming, lasting: frozenset[str]) -> list[_Pass]:
    given = set(incoming.values)
    if register.outline:
        ways = [
            _Pass(("source_id",), in_same_list=True), *_by_name_and_place(lasting),
            _Pass(("name",), alone=True), _Pass(("wbs",), alone=True, in_same_list=True),
        ]  # fmt: skip
        return [w for w in ways if all(f in given or f == "parent" for f in w.fields) and _sound(w, lasting)]
    ways = []
    stronger: list[str] = []
    for fields in register.match:
        if all(f in given for f in fields):
            ways.append(_Pass(fields, tuple(f for f in stronger if f in given and f not in fields)))
        stronger += [f for f in fields if f not in stronger]
    return [w for w in ways if _sound(w, lasting)]


def _by_name_and_place(lasting: frozenset[str]) -> list[_Pass]:
    """A code and a name are as good as the code: one that starts over counts only under the same parent."""
    coded, under = _Pass(("wbs", "name")), _Pass(("parent", "name"))
    return [coded, under] if "wbs" in lasting else [_Pass(("parent", "wbs", "name")), under, coded]


def _sound(way: _Pass, lasting: frozenset[str]) -> bool:
    return len(way.fields) > 1 or way.fields[0] not in CODES or way.fields[0] in lasting


def _by_reference(incoming: Incoming, existing: Existing, matches: Matches) -> None:
    by_ref = dict(zip(existing.refs, existing.ids, strict=True))
    for place, cell in enumerate(incoming.values.get(REF, ())):
        ref = as_text(cell).strip().upper()
        if not ref or place in incoming.skipped:
            continue
        key = by_ref.get(ref)
        if key is None:
            if ref in existing.binned:
                matches.findings.skipped[place] = N_("It lies in the bin. Restore it there to import it.")
            continue
        if key in matches.used:
            matches.findings.blame(
                place, REF, N_("“{code}” stands in row {row} already; a code belongs to one row."),
                code=ref, row=incoming.rows[matches.used[key]],
            )  # fmt: skip
            continue
        matches.take(place, key)
        matches.sure.add(place)


def _one_pass(
    way: _Pass, incoming: Incoming, existing: Existing, matches: Matches, parents: Sequence[int | None] | None
) -> None:
    ours: dict[Key, list[str]] = defaultdict(list)
    mine = [_our_values(existing, f) for f in way.fields]
    for n, key in enumerate(existing.ids):
        if key not in matches.used and key not in matches.taken:
            parts = tuple(column(n) for column in mine)
            if all(p is not None for p in parts):
                ours[parts].append(key)
    if not ours or (way.in_same_list and not _same_list(way.fields[0], incoming, existing)):
        return
    theirs = [_their_values(incoming, f, matches, parents) for f in way.fields]
    often: dict[Key, int] = defaultdict(int)
    if way.alone:
        for place in _open_places(incoming, matches):
            often[tuple(column(place) for column in theirs)] += 1
    # Of rows alike the sound ones come first: one in error wasn't taken the last time either.
    faulty = incoming.faults.keys() | matches.findings.faults.keys()
    for place in sorted(_open_places(incoming, matches), key=faulty.__contains__):
        parts = tuple(column(place) for column in theirs)
        candidates = ours.get(parts)
        if not candidates or any(p is None for p in parts):
            continue
        if way.alone and (often[parts] > 1 or len(candidates) > 1):
            continue
        for key in candidates:
            if not _differs(way.differing, incoming, existing, place, key):
                matches.take(place, key)
                candidates.remove(key)
                break


def _same_list(code: str, incoming: Incoming, existing: Existing) -> bool:
    """True when at least half of the rows of the same code have the same name: 1.1 means a task in each list."""
    names = incoming.values.get("name")
    if names is None:
        return False
    ours = {
        _comparable(c): _comparable(n)
        for c, n in zip(existing.columns[existing.register[code].attr], existing.columns["name"], strict=True)
        if c is not None
    }
    shared = same = 0
    for place, value in enumerate(incoming.values[code]):
        if value is not None and not isinstance(value, Erase) and (key := _comparable(as_text(value))) in ours:
            shared += 1
            same += names[place] is not None and ours[key] == _comparable(names[place])
    return shared > 0 and same >= 0.5 * shared


def _open_places(incoming: Incoming, matches: Matches) -> list[int]:
    gone = incoming.skipped.keys() | matches.findings.skipped.keys()
    return [p for p, key in enumerate(matches.ids) if key is None and p not in gone]


def _differs(fields: Sequence[str], incoming: Incoming, existing: Existing, place: int, key: str) -> bool:
    for name in fields:
        theirs = incoming.values[name][place]
        ours = existing.value(key, incoming.register[name].attr)
        if theirs is None or ours is None or isinstance(theirs, Erase):
            continue
        if _comparable(theirs) != _comparable(ours):
            return True
    return False


def _comparable(value: Any) -> Hashable:  # Any: what a field holds
    return folded(value) if isinstance(value, str) else value


def _our_values(existing: Existing, name: str) -> Callable[[int], Hashable]:
    column = existing.columns[existing.register[name].attr]
    if name == "parent" and existing.register.outline:
        return lambda n: column[n] or ""
    return lambda n: None if column[n] is None else _comparable(column[n])


def _their_values(
    incoming: Incoming, name: str, matches: Matches, parents: Sequence[int | None] | None
) -> Callable[[int], Hashable]:
    if name == "parent" and parents is not None:

        def parent(place: int) -> Hashable:
            above = parents[place]
            return "" if above is None else matches.ids[above]

        return parent
    column = incoming.values.get(name)
    if column is None:
        return lambda _place: None
    return lambda place: (
        None if column[place] is None or isinstance(column[place], Erase) else _comparable(column[place])
    )
