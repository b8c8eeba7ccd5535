"""The predecessors that a file names, found among its rows and those that we have."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from handover.exchange.rows.existing import Existing
from handover.exchange.rows.findings import Findings
from handover.exchange.rows.incoming import Incoming
from handover.exchange.rows.outcome import ERASE, Erase
from handover.i18n import N_, tr
from handover.jobs import Progress, step, unattended, watched
from handover.model.task import TaskLink
from handover.values.cells import Cell, as_text, folded, is_nothing, normal, shown
from handover.values.task_links import NO_SUCH_TASK, ON_ITSELF, LinksReading, LinkText, package_number, read_links


class LinkByKey(NamedTuple):
    """A link to a predecessor by its key; the lag as in ``TaskLink``."""

    predecessor: str
    kind: str
    lag: float
    lag_unit: str


class StoredLink(NamedTuple):
    """A link that we have: its own key and what it says."""

    id: str
    link: LinkByKey


@dataclass(slots=True)
class Predecessors:
    """The links of the rows of a file: ``wanted[place]`` is None where the file says nothing."""

    wanted: list[list[LinkByKey] | None]
    findings: Findings
    stored: dict[str, list[StoredLink]] = field(default_factory=dict)

    def differs(self, place: int, key: str) -> bool:
        """True when the file says other links than we have."""
        wanted = self.wanted[place]
        return wanted is not None and set(wanted) != {s.link for s in self.stored.get(key, ())}


def find_predecessors(
    connection: Connection,
    project_id: str,
    incoming: Incoming,
    existing: Existing,
    keys: Sequence[str],
    ids: Iterable[tuple[str, Sequence[Cell]]] = (),
    progress: Progress = unattended,
    parents: Sequence[int | None] = (),
) -> Predecessors:
    """Find the tasks that the predecessor column names. Raises Cancelled.

    Args:
        keys: the key that each place has or will have.
        ids: further columns of the file whose values name rows.
        parents: the place of each row's parent in the file; a number that starts over means the row beside it.
    """
    cells = incoming.values["predecessors"]
    saying = tr("Finding predecessors")
    step(progress, 0, 0, saying)
    readings = read_links([None if isinstance(c, Erase) else c for c in cells], progress=progress)
    step(progress, 0, 0, saying)
    books = _books(incoming, keys, ids)
    if not incoming.foreign:
        books.append(_ours(existing))
    beside = _Beside(incoming, keys, parents)
    order = _by_use(books, _by_rank(incoming, keys), readings, beside.words)
    result = Predecessors([None] * len(cells), incoming.nothing_found(), _stored(connection, project_id))
    findings = result.findings
    read = zip(cells, readings, strict=True)
    for place, (cell, reading) in enumerate(watched(read, progress, len(cells), saying, 2000)):
        if place in incoming.skipped or place in incoming.made:
            continue
        if cell is ERASE:
            result.wanted[place] = []
        elif not is_nothing(cell):
            said = as_text(cell)
            for problem in reading.problems:
                findings.remark(place, "predecessors", said, problem.message, **problem.values)
            seek = _Seeking(place, said, [beside.of(place), *order], keys, findings)
            links = list(seek.resolved(reading.links))
            result.wanted[place] = links if links or place not in findings.remarks else None
    step(progress, 0, 0, saying)
    _blame_circles(incoming, keys, result)
    return result


def stated_predecessors(
    connection: Connection, project_id: str, incoming: Incoming, keys: Sequence[str]
) -> Predecessors:
    """The links that a plan states outright."""
    wanted = [
        None if links is None else [LinkByKey(keys[before], kind, lag, unit) for before, kind, lag, unit in links]
        for links in incoming.links or ()
    ]
    result = Predecessors(wanted, incoming.nothing_found(), _stored(connection, project_id))
    _blame_circles(incoming, keys, result)
    return result


def _books(incoming: Incoming, keys: Sequence[str], ids: Iterable[tuple[str, Sequence[Cell]]]) -> list[dict[str, str]]:
    """For each way to name a row of the file, the keys by name; a name that several rows have is in none."""
    columns: list[Sequence[Any]] = [
        incoming.values[k] for k in ("ref", "source_id", "wbs", "name") if k in incoming.values
    ]
    # Rows put in for phases shift the places; further columns still have the order of the file.
    own = [p for p in range(len(keys)) if p not in incoming.made]
    for _, cells in ids:
        spread: list[Any] = [None] * len(keys)
        for place, cell in zip(own, cells, strict=False):
            spread[place] = cell
        columns.append(spread)
    books = []
    for column in columns:
        book: dict[str, str] = {}
        twice: set[str] = set()
        for place, value in enumerate(column):
            if value is None or isinstance(value, Erase):
                continue
            word = folded(as_text(value))
            if book.setdefault(word, keys[place]) != keys[place]:
                twice.add(word)
        books.append({w: k for w, k in book.items() if w not in twice})
    return books


def _ours(existing: Existing) -> dict[str, str]:
    return {folded(ref): key for ref, key in zip(existing.refs, existing.ids, strict=True)}


def _by_rank(incoming: Incoming, keys: Sequence[str]) -> dict[str, str]:
    """The rows by their number in the list, as Smartsheet counts them, and Project where the IDs weren't exported."""
    own = [p for p in range(len(keys)) if p not in incoming.made]
    return {str(n): keys[place] for n, place in enumerate(own, 1)}


class _Beside:
    """Rows by numbers that several rows have and that start over under each parent."""

    def __init__(self, incoming: Incoming, keys: Sequence[str], parents: Sequence[int | None]) -> None:
        self._parents = parents
        self._books: dict[int | None, dict[str, str]] = defaultdict(dict)
        self.words: set[str] = set()
        for column in [incoming.values[k] for k in ("source_id", "wbs") if parents and k in incoming.values]:
            filled = [(p, v) for p, v in enumerate(column) if v is not None and not isinstance(v, Erase)]
            if len({v for _, v in filled}) == len(filled):
                continue
            places: dict[str, list[int]] = defaultdict(list)
            for place, value in filled:
                places[folded(as_text(value))].append(place)
            for word, several in places.items():
                if len(several) > 1 and len({parents[p] for p in several}) == len(several):
                    self.words.add(word)
                    for place in several:
                        self._books[parents[place]].setdefault(word, keys[place])

    def of(self, place: int) -> dict[str, str]:
        """The rows of the same parent by such numbers."""
        return self._books.get(self._parents[place], {}) if self.words else {}


def _by_use(
    books: Sequence[dict[str, str]], rank: dict[str, str], readings: Sequence[LinksReading], beside: set[str]
) -> list[dict[str, str]]:
    """The ways to name rows, the one first that finds most of the targets; numbers of rows only where codes fail."""
    targets = {folded(link.target).removesuffix(".0") for reading in readings for link in reading.links} - beside

    def found(book: dict[str, str]) -> int:
        return sum(t in book for t in targets)

    ordered = sorted(books, key=lambda book: -found(book))
    if targets and found(ordered[0]) <= 0.7 * len(targets) and found(rank) >= 0.95 * len(targets):
        return [rank, *ordered]
    return ordered


@dataclass(frozen=True, slots=True)
class _Seeking:
    """The tasks that the links of one cell name; ``books`` are the ways to name a task, the best first."""

    place: int
    said: str
    books: Sequence[dict[str, str]]
    keys: Sequence[str]
    findings: Findings

    def resolved(self, links: Sequence[LinkText]) -> Iterable[LinkByKey]:
        """The links by key; what names no task is noted."""
        seen = {self.keys[self.place]}
        for link in links:
            word = folded(normal(link.target))
            found = self._task(word) or self._task(word.removesuffix(".0"))
            if found is None and (number := package_number(link.target)):
                found = self._task(number)
            several = [found] if found else _eaten_commas(word, self.books)
            if not several:
                self._remark(NO_SUCH_TASK, text=shown(link.target))
            elif found == self.keys[self.place]:
                self._remark(ON_ITSELF)
            for each in several:
                if each not in seen:
                    seen.add(each)
                    yield LinkByKey(each, link.kind, link.lag, link.lag_unit)

    def _task(self, word: str) -> str | None:
        return next((book[word] for book in self.books if word in book), None)

    def _remark(self, message: str, /, **values: object) -> None:
        self.findings.remark(self.place, "predecessors", self.said, message, **values)


def _eaten_commas(word: str, books: Sequence[dict[str, str]]) -> list[str]:
    """The rows that a number means from which a spreadsheet took the commas: 108107 was 108,107."""
    digits = word.removesuffix(".0")
    if not digits.isdecimal() or not 4 <= len(digits) <= 30:
        return []
    for book in books:
        ways = sorted(_cut(digits, book), key=_spread)
        if ways and (len(ways) == 1 or 4 * _spread(ways[0]) <= _spread(ways[1])):
            return [book[piece] for piece in ways[0]]
        if ways:
            return []
    return []


def _spread(rows: Sequence[str]) -> int:
    numbers = [int(row) for row in rows]
    return max(numbers) - min(numbers)


def _cut(digits: str, book: dict[str, str], first: bool = True) -> list[list[str]]:
    """The ways to cut digits into several numbers of rows; a spreadsheet eats a comma only before three digits."""
    found: list[list[str]] = []
    for width in range(1 if first else 3, min(len(digits), 5) + 1):
        piece, rest = digits[:width], digits[width:]
        if piece in book and (len(rest) >= 3 or (not rest and not first)):
            found += [[piece, *more] for more in _cut(rest, book, False)] if rest else [[piece]]
    return found


def _stored(connection: Connection, project_id: str) -> dict[str, list[StoredLink]]:
    found: dict[str, list[StoredLink]] = defaultdict(list)
    statement = select(
        TaskLink.id, TaskLink.predecessor_id, TaskLink.successor_id, TaskLink.kind, TaskLink.lag, TaskLink.lag_unit
    ).where(TaskLink.project_id == project_id)
    for key, predecessor, successor, kind, lag, unit in connection.execute(statement):
        found[successor].append(StoredLink(key, LinkByKey(predecessor, kind, lag, unit)))
    return found


def _blame_circles(incoming: Incoming, keys: Sequence[str], found: Predecessors) -> None:
    """Note rows that wait for each other in a circle: what remains when rows that wait for nobody are taken away."""
    place_of = {key: place for place, key in enumerate(keys)}
    waits = {
        place: {place_of[link.predecessor] for link in wanted if link.predecessor in place_of}
        for place, wanted in enumerate(found.wanted)
        if wanted
    }
    followers: dict[int, list[int]] = defaultdict(list)
    for place, before in waits.items():
        for other in before:
            followers[other].append(place)
    free = [p for p in followers if not waits.get(p)]
    left = {p: len(before) for p, before in waits.items() if before}
    while free:
        for place in followers.get(free.pop(), ()):
            left[place] -= 1
            if not left[place]:
                del left[place]
                free.append(place)
    circle = _without_tails(set(left), waits)
    inside = {keys[p] for p in circle}
    said = incoming.values.get("predecessors", [None] * len(keys))
    for place in sorted(circle):
        rows = ", ".join(str(incoming.rows[p]) for p in sorted(waits[place] & circle))
        found.findings.remark(
            place, "predecessors", as_text(said[place]),
            N_("It waits, directly or not, for itself through row {rows}."), rows=rows,
        )  # fmt: skip
        found.wanted[place] = [k for k in found.wanted[place] or () if k.predecessor not in inside] or None


def _without_tails(places: set[int], waits: dict[int, set[int]]) -> set[int]:
    """The places of circles alone, without those that only wait for a circle."""
    waiting = Counter(before for place in places for before in waits[place] if before in places)
    left = set(places)
    tails = [p for p in places if not waiting[p]]
    while tails:
        place = tails.pop()
        left.discard(place)
        for before in waits[place] & left:
            waiting[before] -= 1
            if not waiting[before]:
                tails.append(before)
    return left
