"""The search index of a workspace: which rows have which words, kept up to a certain act of the change log.

Two indices of SQLite's FTS5 over one list of entries, both without the texts themselves:

- ``words`` answers a search: names, other texts, pinyin. Signs of Chinese are words of their own (``search_text``).
- ``grams`` helps the quick filter of a register, which finds parts of words as well.

An entry is never changed: what a row says now becomes a new one, and the old one, no longer named, is passed over
until the whole is filled anew. That costs less than taking words out, for which FTS5 would need the old texts.

Measured on 100,000 titles against LIKE over that one column: see ``tests/bench/bench_search.py``.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeVar

from sqlalchemy import Connection

from handover.store import unsound
from handover.store.search import likeness, tables
from handover.store.search import place as search_place
from handover.store.search.filling import Filling, TextSource
from handover.store.search.tables import Held
from handover.store.search.text import Narrowing

T = TypeVar("T")
#: Rows are counted up to this number.
MANY = 1_000


class RowMatch(NamedTuple):
    """A row that has what was asked for: in its name (rank 0), in its other texts (1), or in ``place`` (2)."""

    row_id: str
    project: str
    rank: int
    place: str


class TableMatches(NamedTuple):
    """The best rows of a table, and how many there are in all, counted up to ``MANY``."""

    rows: list[RowMatch]
    total: int


class SearchIndex:
    """The index of one workspace; may be asked from any thread. Where the cache can't be written it lies in memory."""

    def __init__(self, workspace: Path) -> None:
        self.path = search_place.index_of(workspace)
        self._workspace = workspace
        self._filling = threading.Lock()
        self._asking = threading.Lock()
        self._reader: sqlite3.Connection | None = None
        self._read_file: tuple[int, int] | None = None
        self._memory: sqlite3.Connection | None = None

    def close(self) -> None:
        """Let go of the file; asking again opens it anew."""
        with self._asking:
            self._forget_reader()
            if self._memory is not None:
                self._memory.close()
            self._memory = None

    # -- asking ---------------------------------------------------------------------------------------------------

    def held(self) -> Held | None:
        """What the index holds; None while it holds nothing, can't be read or is just being filled in memory."""
        return self._ask(tables.held)

    def narrowed(self, wanted: Narrowing, table: str, project: str, expected: Held, most: int) -> list[str] | None:
        """The keys of all rows of a table that may contain something, when the index holds just what is expected.

        Returns None when it doesn't, or when there are more than ``most``.
        """

        def ask(connection: sqlite3.Connection) -> list[str] | None:
            if tables.held(connection) != expected:
                return None
            first, last = tables.range_of(connection, table, extra=False)
            sets = [
                f"SELECT rowid AS id FROM {index} WHERE {index} MATCH :{index} AND rowid BETWEEN :first AND :last"  # noqa: S608 - names are ours
                for index, asked in zip(("words", "grams"), wanted, strict=True)
                if asked
            ]
            found = connection.execute(
                f"SELECT row_id FROM ({' INTERSECT '.join(sets)}) CROSS JOIN entry USING (id) "  # noqa: S608 - as above
                "WHERE +project = (SELECT number FROM project WHERE id = :project) LIMIT :most",
                {
                    "words": wanted.words,
                    "grams": wanted.grams,
                    "first": first,
                    "last": last,
                    "project": project,
                    "most": most + 1,
                },
            ).fetchall()
            return [key for (key,) in found] if len(found) <= most else None

        return self._ask(ask)

    def matches(self, asked: str, in_names: str, project: str | None, most: int) -> dict[str, TableMatches] | None:
        """The best rows of each table for what is asked, none of those in the bin; None when nothing can be read.

        Args:
            asked: as ``search_text.match_of`` writes it.
            in_names: as ``search_text.name_match_of`` writes it; what has it in its name comes first.
            project: the project to look in; None for all.
            most: how many of each table.
        """

        def ask(connection: sqlite3.Connection) -> dict[str, TableMatches]:
            found = {table: _matches(connection, table, asked, in_names, project, most)
                     for table in _tables_with(connection, asked)}  # fmt: skip
            return {table: matches for table, matches in found.items() if matches.rows}

        return self._ask(ask)

    def alike(self, asked: str, table: str, project: str, most: int) -> list[likeness.Alike] | None:
        """The rows of a table that say something alike, the most alike first; None when nothing can be read."""
        return self._ask(lambda connection: likeness.alike(connection, asked, table, project, most))

    def sources(self) -> set[TextSource] | None:
        """What the texts come from that are no fields of rows; None when nothing can be read."""

        def ask(connection: sqlite3.Connection) -> set[TextSource]:
            found = connection.execute(
                "SELECT tbl, row_id, source, place FROM list JOIN entry ON list = list.number WHERE extra"
            )
            return {TextSource(*row) for row in found}

        return self._ask(ask)

    def _ask(self, question: Callable[[sqlite3.Connection], T]) -> T | None:
        if not self._asking.acquire(blocking=self._memory is None):
            return None
        try:
            connection = self._memory or self._reading()
            if connection is None:
                return None
            connection.execute("BEGIN")
            try:
                return question(connection)
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
        except sqlite3.Error:
            self._forget_reader()  # whoever fills it next finds out what is wrong with it
            return None
        finally:
            self._asking.release()

    def _reading(self) -> sqlite3.Connection | None:
        try:
            facts = self.path.stat()
        except OSError:
            self._forget_reader()
            return None
        if self._read_file != (facts.st_dev, facts.st_ino):  # somebody threw it away, and it was filled anew
            self._forget_reader()
        if self._reader is None:
            self._reader = unsound.connect(self.path, "rw", timeout=1, check_same_thread=False, isolation_level=None)
            self._read_file = (facts.st_dev, facts.st_ino)
        return self._reader

    def _forget_reader(self) -> None:
        if self._reader is not None:
            with contextlib.suppress(sqlite3.Error):
                self._reader.close()
            self._reader = None

    # -- filling --------------------------------------------------------------------------------------------------

    def fill(self, step: Callable[[Filling], None]) -> bool:
        """Fill the index by a step that is done whole or not at all; whether it was done.

        Whoever fills it now in this program is waited for; where another program does, the step is left for some
        other time. What can't be read is thrown away first, and where the disk refuses, the index lies in memory.
        """
        for _attempt in range(3):
            try:
                with self._step() as filling:
                    step(filling)
                return True
            except OSError:  # no folder can be made there
                self._begin_in_memory()
            except sqlite3.Error as error:
                if not self._mended(error):
                    return False
        return False

    @contextlib.contextmanager
    def _step(self) -> Iterator[Filling]:
        with self._filling:
            connection = self._memory or self._in_file()
            held_back = self._asking if connection is self._memory else contextlib.nullcontext()
            try:
                with held_back:
                    connection.execute("BEGIN IMMEDIATE")
                    try:
                        yield Filling(connection)
                    except BaseException:
                        if connection.in_transaction:  # a full disk has ended it already
                            connection.execute("ROLLBACK")
                        raise
                    connection.execute("COMMIT")
            finally:
                if connection is not self._memory:
                    connection.close()

    def _mended(self, error: sqlite3.Error) -> bool:
        """Whether filling may be tried again after an error."""
        kind = getattr(error, "sqlite_errorname", "").split("_")[1:2]
        if kind in (["CORRUPT"], ["NOTADB"]):
            self.begin_anew()
        elif kind in (["FULL"], ["IOERR"], ["READONLY"], ["CANTOPEN"]) and self._memory is None:
            self._begin_in_memory()
        elif kind in (["BUSY"], ["LOCKED"]):
            return False
        else:
            raise error
        return True

    def begin_anew(self) -> None:
        """Throw the file away: it is damaged."""
        with self._filling, self._asking:
            self._forget_reader()
            search_place.discard(self.path)

    def _begin_in_memory(self) -> None:
        memory = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        tables.make(memory, self._workspace)
        with self._asking:
            self._forget_reader()
            self._memory = memory

    def _in_file(self) -> sqlite3.Connection:
        new = not self.path.exists()
        if new:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
        connection = unsound.connect(self.path, "rw", timeout=5, check_same_thread=False, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute("PRAGMA cache_size=-32000")
            connection.execute(f"PRAGMA journal_size_limit={2**24}")
            tables.make(connection, self._workspace)
        except BaseException:
            connection.close()
            raise
        if new:
            search_place.tidy(self.path)
        return connection


def of(connection: Connection) -> SearchIndex | None:
    """The index that a connection may ask; None within an act, whose changes no index holds."""
    options = connection.get_execution_options()
    index: SearchIndex | None = None if options.get("writing") else options.get("search")
    return index


def _tables_with(connection: sqlite3.Connection, asked: str) -> list[str]:
    """The tables any of whose entries has what is asked for; lists without any are leapt over."""
    lists = dict(connection.execute("SELECT number, tbl FROM list"))
    found: dict[str, None] = {}
    at, last = 0, max(lists, default=0)
    while at // tables.RANGE <= last and (
        row := connection.execute(
            "SELECT rowid FROM words WHERE words MATCH ? AND rowid >= ? LIMIT 1", (asked, at)
        ).fetchone()
    ):
        number = row[0] // tables.RANGE
        if number in lists:
            found[lists[number]] = None
        at = (number + 1) * tables.RANGE
    return list(found)


#: The rows of a list that have something, in the order of their entries; it stops as soon as enough are found.
_FOUND = """
SELECT row_id, project.id, place
FROM (SELECT rowid AS id FROM words WHERE words MATCH :asked AND rowid BETWEEN :first AND :last)
CROSS JOIN entry USING (id) JOIN project ON project.number = entry.project
WHERE NOT binned AND project.id = coalesce(:project, project.id) LIMIT :most
"""


def _matches(
    connection: sqlite3.Connection, table: str, asked: str, in_names: str, project: str | None, most: int
) -> TableMatches:
    """Those with it in their names first, then those with it in their other texts, then in what belongs to them."""
    own, beside = (tables.range_of(connection, table, extra=extra) for extra in (False, True))
    asking = (("in_names", own), ("asked", own), ("asked", beside))
    given = {"asked": asked, "in_names": in_names, "project": project}
    best: dict[str, RowMatch] = {}
    for rank, (wanted, of) in enumerate(asking):
        if len(best) == most or of == tables.NOWHERE:
            continue
        limits = {"first": of[0], "last": of[1], "most": most + len(best)}  # those that are there may come again
        for row_id, owner, place in connection.execute(_FOUND, {**given, **limits, "asked": given[wanted]}):
            if len(best) < most:
                best.setdefault(row_id, RowMatch(row_id, owner, rank, place))
    return TableMatches(list(best.values()), _counted(connection, given, own, beside) if best else 0)


def _counted(
    connection: sqlite3.Connection, given: dict[str, str | None], own: tuple[int, int], beside: tuple[int, int]
) -> int:
    """How many rows have what is asked, up to ``MANY``; counted in SQL, where a row costs a fifth of one that is
    brought here."""
    limits = {"first": own[0], "last": own[1], "most": MANY}
    total = 0
    if own != tables.NOWHERE:
        total = connection.execute(f"SELECT count(*) FROM ({_FOUND})", {**given, **limits}).fetchone()[0]  # noqa: S608 - ours
    if total >= MANY or beside == tables.NOWHERE:
        return int(min(total, MANY))
    keys: set[str] = set()
    for of in (own, beside):
        limits = {"first": of[0], "last": of[1], "most": MANY}
        if of != tables.NOWHERE:
            keys |= {row[0] for row in connection.execute(_FOUND, {**given, **limits})}
    return min(len(keys), MANY)
