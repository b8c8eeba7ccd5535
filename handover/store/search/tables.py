"""The tables of a search index, and what it says of itself."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import NamedTuple

#: Changes with the form of the index; another form is filled anew.
_FORM = "1"
#: A list is a table of rows, or what belongs to the rows of a table; each has a range of entry numbers of its own, so
#: that FTS5 looks into one list alone.
_SCHEMA = """
CREATE TABLE fact (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE list (number INTEGER PRIMARY KEY, tbl TEXT NOT NULL, extra INTEGER NOT NULL,
    last INTEGER NOT NULL DEFAULT 0, UNIQUE (tbl, extra));
CREATE TABLE project (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
CREATE TABLE entry (id INTEGER PRIMARY KEY, list INTEGER NOT NULL, row_id TEXT NOT NULL, source TEXT NOT NULL,
    place TEXT NOT NULL, project INTEGER NOT NULL, binned INTEGER NOT NULL, UNIQUE (list, row_id, source));
CREATE VIRTUAL TABLE words USING fts5(name, texts, initials, spelled, content='', tokenize='ascii');
CREATE VIRTUAL TABLE grams USING fts5(
    signs, content='', tokenize='trigram case_sensitive 1', detail=none, columnsize=0);
"""
RANGE = 2**40


class Held(NamedTuple):
    """What an index holds: everything up to an act, by its number and hash, and who made it from what."""

    act: int
    hash: str
    made_by: str


def make(connection: sqlite3.Connection, workspace: Path) -> None:
    """Make the tables where they are not there yet."""
    there = "SELECT count(*) FROM sqlite_master WHERE name = 'grams'"
    if connection.execute(there).fetchone() == (1,):
        return
    connection.execute("BEGIN IMMEDIATE")
    if connection.execute(there).fetchone() == (0,):  # nobody else has made them meanwhile
        for statement in _SCHEMA.split(";"):
            connection.execute(statement)
        connection.execute("INSERT INTO fact VALUES ('workspace', ?)", (str(workspace.absolute()),))
    connection.execute("COMMIT")


def form(made_by: str) -> str:
    """Who made an index, with the form that it has: another is filled anew."""
    return f"{_FORM}/{made_by}"


def fact(connection: sqlite3.Connection, key: str) -> str | None:
    """What the index says of itself."""
    row = connection.execute("SELECT value FROM fact WHERE key = ?", (key,)).fetchone()
    return None if row is None else str(row[0])


def held(connection: sqlite3.Connection) -> Held | None:
    """What the index holds; None while nothing is in it."""
    said = fact(connection, "held")
    if said is None:
        return None
    act, digest, made_by = said.split("\t")
    return Held(int(act), digest, made_by)


#: The range of a list that there isn't.
NOWHERE = (0, -1)


def range_of(connection: sqlite3.Connection, table: str, *, extra: bool) -> tuple[int, int]:
    """From which to which number the entries of a list go."""
    row = connection.execute("SELECT number, last FROM list WHERE tbl = ? AND extra = ?", (table, extra)).fetchone()
    return NOWHERE if row is None else (row[0] * RANGE, row[0] * RANGE + row[1])
