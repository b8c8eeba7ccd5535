"""Connections to files whose pages nobody has vouched for."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any, Self


class _Cursor(sqlite3.Cursor):
    def execute(self, sql: str, parameters: Any = (), /) -> Self:
        try:
            return super().execute(sql, parameters)
        except UnicodeDecodeError as error:
            # SQLite quotes the spoiled schema in its message, and Python gives up on reading the message: the kind of
            # error that everybody expects is lost with it.
            spoiled = sqlite3.DatabaseError(error.object.decode("utf-8", "replace"))
            spoiled.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
            raise spoiled from error


class Unsound(sqlite3.Connection):
    """A connection that tells damage as ``sqlite3.DatabaseError`` also where SQLite's message shows the damage."""

    def cursor(self, factory: Any = _Cursor) -> Any:
        """A cursor on this connection, as ``sqlite3.Connection.cursor`` gives one."""
        return super().cursor(factory)

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        """As ``sqlite3.Connection.execute``, which would pass by the cursor's own."""
        return self.cursor().execute(sql, parameters)  # type: ignore[no-any-return]


def connect(path: Path, mode: str, timeout: float, **options: Any) -> Unsound:
    """Open a file that is there already, whatever is in it.

    Args:
        mode: ``ro`` or ``rw``, with what else SQLite takes behind a file's name.
        timeout: seconds to wait for others.
        options: what ``sqlite3.connect`` takes beside.
    """
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=timeout, factory=Unsound, **options
    )
