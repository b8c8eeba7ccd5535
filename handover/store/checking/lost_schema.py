"""Where the tables of a file lie whose own list of them is damaged.

SQLite keeps where each table begins in a table of its own, and reads nothing of a file in which a page of it is lost.
But our tables are known. What is left of the list is taken as it is; a table that it lacks is looked for among the
trees of pages that no other table claims, and recognised by what its rows hold: as many values as it has columns, each
of its column's kind, and, where several would fit, keys that the change log names for this table. Where doubt remains,
none is taken. The list is then written anew into the image, never into the damaged file.
"""

from __future__ import annotations

import contextlib
import itertools
import re
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from handover.store import file as files
from handover.store import unsound
from handover.store.checking.raw_pages import ELSEWHERE, FILE_HEADER, INNER, LEAF, MAGIC, RawPages, Value

_PAGE_SIZES: Final = frozenset(2**n for n in range(9, 17))
#: The tables of the change log: its chain tells when they were taken for what they aren't.
_PROVE_THEMSELVES: Final = frozenset({"act", "change"})
#: What SQLite asks for while it makes a table with its keys.
_MAKING: Final = frozenset(
    {sqlite3.SQLITE_CREATE_TABLE, sqlite3.SQLITE_CREATE_INDEX, sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE,
     sqlite3.SQLITE_READ, sqlite3.SQLITE_REINDEX}
)  # fmt: skip
#: So many rows of a tree are looked at.
_LOOKED_AT = 40
_KEY: Final = re.compile(r"[0-9a-f]{32}")
_DAY: Final = re.compile(r"-?\d{1,4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class _OurColumn:
    name: str
    kind: str
    needed: bool
    rowid: bool


@dataclass(frozen=True, slots=True)
class _Table:
    name: str
    sql: str
    columns: tuple[_OurColumn, ...]

    def fits(self, row: list[Value]) -> bool:
        """Whether a row can be one of this table; a column that was added later may be missing."""
        if len(row) > len(self.columns):
            return False
        lacking = self.columns[len(row) :]
        here = zip(self.columns, row, strict=False)
        return not any(c.needed for c in lacking) and all(_suits(c, value) for c, value in here)

    def key_of(self, row: list[Value]) -> Value:
        """The key of a row as the change log names it."""
        return next((value for c, value in zip(self.columns, row, strict=False) if c.name == "id"), None)


def _suits(column: _OurColumn, value: Value) -> bool:
    if value is ELSEWHERE:
        return True
    if column.rowid:  # kept as the number of the row, and as nothing in the row itself
        return value is None
    if value is None:
        return not column.needed
    if column.kind in ("INTEGER", "BIGINT", "SMALLINT"):
        return isinstance(value, int)
    if column.kind == "BOOLEAN":
        return value in (0, 1)
    if column.kind.startswith(("DOUBLE", "FLOAT", "NUMERIC", "REAL")):
        return isinstance(value, int | float)
    if not isinstance(value, str):
        return column.kind == "BLOB"
    if column.name == "id" or (column.name.endswith("_id") and column.kind == "VARCHAR(32)"):
        return bool(_KEY.fullmatch(value))
    return column.kind != "DATE" or bool(_DAY.fullmatch(value))


def write_anew(image: Path, empty_of: Callable[[int], Path]) -> frozenset[str] | None:
    """Write the list of tables of an image anew; None where nothing was found that it could hold.

    Args:
        empty_of: gives an empty workspace of a version, for what our tables were then.

    Returns:
        The tables that were recognised by their rows alone.
    """
    data = image.read_bytes()
    headed = data.startswith(MAGIC)
    size = int.from_bytes(data[16:18], "big") if headed else files.PAGE
    size = 65_536 if size == 1 else size
    version = int.from_bytes(data[60:64], "big") if headed else files.SCHEMA_VERSION
    if size not in _PAGE_SIZES or len(data) < 2 * size or not 0 < version <= files.SCHEMA_VERSION:
        return None
    pages, empty = RawPages(data, size), empty_of(version)
    ours = _tables_of(empty)
    listed = _left_of_the_list(pages, ours)
    alike = _made_alike(listed, ours)
    if not headed and not alike:
        return None  # of which version it is was lost, too
    trees = _trees(pages) - {root for root, _ in listed.values()}
    sought = ours.keys() if alike else _PROVE_THEMSELVES
    missing = {name: ours[name] for name in sought - listed.keys()}
    recognised = _recognised(pages, trees, missing, _keys_by_log(pages, listed, trees, missing))
    found = {**listed, **{name: (root, ours[name].sql) for name, root in recognised.items()}}
    if not {"project", "change"} & found.keys():
        return None
    _write(image, pages, version, empty, found)
    return frozenset(recognised)


def _tables_of(blank: Path) -> dict[str, _Table]:
    with contextlib.closing(sqlite3.connect(blank)) as connection:
        query = "SELECT name, sql FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%'"
        listed = connection.execute(query).fetchall()
        return {name: _Table(name, sql, _columns(connection, name)) for name, sql in listed}


def _columns(connection: sqlite3.Connection, table: str) -> tuple[_OurColumn, ...]:
    told = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
    alone = sum(bool(row[5]) for row in told) == 1
    return tuple(
        _OurColumn(name, kind.upper(), bool(needed), alone and bool(key) and kind.upper() == "INTEGER")
        for _, name, kind, needed, _, key in told
    )


def _left_of_the_list(pages: RawPages, ours: Mapping[str, _Table]) -> dict[str, tuple[int, str]]:
    """The tables that are still listed, with where they begin and how they were made; first what hangs together."""
    free = pages.free()
    reached = [number for number in pages.leaves(1) if number not in free]
    others = (number for number in range(2, pages.count + 1) if pages.kind(number) == LEAF and number not in free)
    found: dict[str, tuple[int, str]] = {}
    for number in itertools.chain(reached, others):
        for row in pages.rows(number):
            if len(row) != 5 or row[0] not in ("table", "index"):
                break  # a leaf of another table, as its first row tells
            match row:
                case ["table", str(name), again, int(root), str(sql)] if name == again and name in ours:
                    if root > 1 and pages.kind(root) in (LEAF, INNER):
                        found.setdefault(name, (root, sql))
    return found


def _made_alike(listed: Mapping[str, tuple[int, str]], ours: Mapping[str, _Table]) -> bool:
    """Whether the tables that are listed have our columns in our order, as in a file that was never upgraded.

    In one that was, columns may stand in another order, and two texts could be taken for each other.
    """
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        connection.set_authorizer(_makes_a_table)
        for name, (_, sql) in listed.items():
            try:
                connection.execute(sql)
            except (sqlite3.Error, sqlite3.Warning):
                return False
            connection.set_authorizer(None)
            if [c.name for c in _columns(connection, name)] != [c.name for c in ours[name].columns]:
                return False
            connection.set_authorizer(_makes_a_table)
    return bool(listed)


def _makes_a_table(action: int, *_what: object) -> int:
    """Lets a statement out of a file make a table and do nothing else: no other file, no query, no function."""
    return sqlite3.SQLITE_OK if action in _MAKING else sqlite3.SQLITE_DENY


def _trees(pages: RawPages) -> set[int]:
    """The pages with which a table may begin: no other page leads to them."""
    free = pages.free()
    roots, below = set[int](), set[int]()
    for number in range(2, pages.count + 1):
        kind = pages.kind(number)
        if number not in free and kind in (LEAF, INNER):
            roots.add(number)
            if kind == INNER:
                below.update(pages.children(number))
    return roots - below


def _looked_at(pages: RawPages, root: int) -> list[list[Value]]:
    rows = (row for leaf in pages.leaves(root) for row in pages.rows(leaf))
    return list(itertools.islice(rows, _LOOKED_AT))


def _keys_by_log(
    pages: RawPages, listed: Mapping[str, tuple[int, str]], trees: Iterable[int], missing: Mapping[str, _Table]
) -> dict[str, str]:
    """Of which table each key is, as the change log says; nothing where the log can't be told from other tables."""
    if "change" in listed:
        roots = [listed["change"][0]]
    else:
        fits = missing["change"].fits
        roots = [root for root in trees if (rows := _looked_at(pages, root)) and all(map(fits, rows))]
    if len(roots) != 1:
        return {}
    told: dict[str, str] = {}
    for leaf in pages.leaves(roots[0]):
        for row in pages.rows(leaf):
            match row:
                case [None, int(), str(table), str(key), *_]:
                    told[key] = table
    return told


def _recognised(
    pages: RawPages, trees: Iterable[int], missing: Mapping[str, _Table], told: Mapping[str, str]
) -> dict[str, int]:
    """Where each missing table begins, of those of which there is no doubt."""
    may_be: dict[int, set[str]] = {}
    for root in trees:
        rows = _looked_at(pages, root)
        fitting = {name for name, table in missing.items() if rows and all(map(table.fits, rows))}
        named = {name for name in fitting if any(told.get(str(missing[name].key_of(row))) == name for row in rows)}
        if fitting:
            may_be[root] = named or {name for name in fitting if name not in told.values()}
    found = {}
    for name in missing:
        roots = [root for root, names in may_be.items() if names == {name}]
        if len(roots) == 1:
            found[name] = roots[0]
    return found


def _write(image: Path, pages: RawPages, version: int, blank: Path, found: Mapping[str, tuple[int, str]]) -> None:
    """Give an image an empty list of tables, which SQLite reads, and fill it."""
    head = bytearray(pages.data[: pages.size] if pages.data.startswith(MAGIC) else blank.read_bytes()[: pages.size])
    head[16:18] = (1 if pages.size == 65_536 else pages.size).to_bytes(2, "big")
    head[18:20] = b"\1\1"  # no write-ahead log: it was brought in before
    head[20] = 0
    head[28:32] = pages.count.to_bytes(4, "big")
    head[32:40] = bytes(8)  # free pages stay as they are: what is new goes to the end
    head[60:64] = version.to_bytes(4, "big")
    head[92:96] = head[24:28]  # the count of pages holds
    empty = bytes([LEAF]) + bytes(4) + (pages.size % 65_536).to_bytes(2, "big") + b"\0"
    head[FILE_HEADER:] = empty + bytes(pages.size - FILE_HEADER - len(empty))
    with image.open("rb+") as file:
        file.write(head)
        file.truncate(pages.count * pages.size)
    with contextlib.closing(unsound.connect(image, "rw", timeout=5, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema=ON")
        for name, (root, sql) in found.items():
            insert = "INSERT INTO sqlite_master (type, name, tbl_name, rootpage, sql) VALUES ('table', ?, ?, ?, ?)"
            connection.execute(insert, (name, name, root, sql))
