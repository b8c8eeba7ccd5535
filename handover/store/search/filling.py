"""Taking texts into a search index, and letting them go."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from handover.store.search import tables
from handover.store.search.tables import Held
from handover.store.search.text import gram_text, parted

#: As many entries as this since the index was filled, and as many as there were then, and it is filled anew: most of
#: what it holds is dead.
_MANY_DEAD = 20_000
#: How much is read of a text that belongs to a row: a thousand pages.
_LONGEST = 2_000_000


class IndexEntry(NamedTuple):
    """The texts of a row, or of something that belongs to it.

    Attributes:
        source: empty for the row itself, else the key of what the text comes from.
        place: how people call what the text comes from, such as the name of a file.
        name: what the row is called.
        texts: everything else that is read in it.
        figures: its numbers and dates, which only the quick filter looks for.
        spoken: names that may be typed in pinyin, as initials and spelled.
    """

    table: str
    row_id: str
    project: str
    binned: bool
    name: str
    texts: str
    figures: str = ""
    spoken: tuple[str, str] = ("", "")
    source: str = ""
    place: str = ""


class TextSource(NamedTuple):
    """What a text of a row comes from where it is no field of it, such as an attached file.

    Attributes:
        key: names it within the row.
        place: how people call it.
    """

    table: str
    row_id: str
    key: str
    place: str


class Filling:
    """An index while it is being filled."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @property
    def held(self) -> Held | None:
        """What the index holds so far."""
        return tables.held(self._connection)

    @property
    def worn(self) -> bool:
        """Whether so many entries are dead that it is time to fill the index anew."""
        given, filled = self._given(), tables.fact(self._connection, "filled")
        return given - int(filled or 0) > max(int(filled or 0), _MANY_DEAD)

    def empty(self) -> None:
        """Take everything out."""
        execute = self._connection.execute
        for index in ("words", "grams"):
            execute(f"INSERT INTO {index} ({index}) VALUES ('delete-all')")  # noqa: S608 - names are ours
        for table in ("entry", "list", "project"):
            execute(f"DELETE FROM {table}")  # noqa: S608 - as above
        execute("DELETE FROM fact WHERE key IN ('held', 'filled')")

    def put(self, entries: Sequence[IndexEntry]) -> None:
        """Take texts in, in the place of what their rows said before. All are rows of one table, or none is a row."""
        if not entries:
            return
        connection = self._connection
        number, last = self._list(entries[0].table, bool(entries[0].source))
        first = number * tables.RANGE + last + 1
        projects = {project: self._project(project) for project in {e.project for e in entries}}
        numbered = list(enumerate(entries, first))
        connection.executemany(
            "INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((n, number, e.row_id, e.source, e.place, projects[e.project], e.binned) for n, e in numbered),
        )
        connection.executemany(
            "INSERT INTO words (rowid, name, texts, initials, spelled) VALUES (?, ?, ?, ?, ?)",
            ((n, parted(e.name), parted(e.texts[:_LONGEST] if e.source else e.texts), *e.spoken) for n, e in numbered),
        )
        connection.executemany(
            "INSERT INTO grams (rowid, signs) VALUES (?, ?)",
            ((n, gram_text(f"{e.name}\n{e.texts}\n{e.figures}")) for n, e in numbered if not e.source),
        )
        connection.execute("UPDATE list SET last = ? WHERE number = ?", (last + len(entries), number))

    def move(self, table: str, rows: Iterable[tuple[str, str, bool]]) -> None:
        """Tell of rows (key, project, in the bin) where they are now: what belongs to them goes along."""
        if tables.range_of(self._connection, table, extra=True) == tables.NOWHERE:
            return
        number, _ = self._list(table, True)
        self._connection.executemany(
            "UPDATE entry SET project = ?, binned = ? WHERE list = ? AND row_id = ?",
            ((self._project(project), binned, number, key) for key, project, binned in rows),
        )

    def drop(self, table: str, keys: Iterable[str], source: str | None = None) -> None:
        """Let rows go with all that belongs to them, or what they have of one source."""
        wanted = list(keys)
        for (number,) in self._connection.execute("SELECT number FROM list WHERE tbl = ?", (table,)).fetchall():
            self._connection.executemany(
                "DELETE FROM entry WHERE list = ? AND row_id = ? AND source = coalesce(?, source)",
                ((number, key, source) for key in wanted),
            )

    def _list(self, table: str, extra: bool) -> tuple[int, int]:
        """The number of a list, and the last number that one of its entries got."""
        connection = self._connection
        connection.execute("INSERT OR IGNORE INTO list (tbl, extra) VALUES (?, ?)", (table, extra))
        found = connection.execute("SELECT number, last FROM list WHERE tbl = ? AND extra = ?", (table, extra))
        number, last = found.fetchone()
        return number, last

    def _project(self, key: str) -> int:
        self._connection.execute("INSERT OR IGNORE INTO project (id) VALUES (?)", (key,))
        (number,) = self._connection.execute("SELECT number FROM project WHERE id = ?", (key,)).fetchone()
        return int(number)

    def _given(self) -> int:
        (given,) = self._connection.execute("SELECT coalesce(sum(last), 0) FROM list").fetchone()
        return int(given)

    def hold(self, held: Held) -> None:
        """Note up to which act everything is in."""
        facts = {"held": "\t".join((str(held.act), held.hash, held.made_by))}
        if tables.fact(self._connection, "filled") is None:
            facts["filled"] = str(self._given())
        self._connection.executemany("INSERT OR REPLACE INTO fact VALUES (?, ?)", facts.items())
