"""The number by which a row is read: eight bytes, so that a table of a hundred thousand rows knows its whole order.

SQLite numbers its rows itself. PostgreSQL doesn't; there the number is the hash of the key, which two rows of a million
share with a probability of one in ten million.
"""

from __future__ import annotations

from array import array
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, func, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import BigInteger


class _RowNumber(FunctionElement[int]):
    type = BigInteger()
    inherit_cache = True


def row_number(table: Table) -> ColumnElement[int]:
    """The number of a row of a table that has a key ``id``."""
    return _RowNumber(table.c.id)


def numbers(connection: Connection, statement: Select[Any]) -> array[int]:
    """The first column of a query, row numbers, in its order."""
    if connection.dialect.name != "sqlite":
        return array("q", connection.execute(statement).scalars())
    # All numbers in one text: SQLite finds them in one step without Python's lock, so that a window that reads in
    # a thread stays quick, and no object is made for each row. It keeps the order of a subquery for
    # group_concat (https://sqlite.org/src, select.c: an ORDER BY is left out only for count, min and max).
    found = statement.subquery()
    text = connection.execute(select(func.group_concat(found.c[0]))).scalar_one()
    return array("q", map(int, text.split(",")) if text else ())


@compiles(_RowNumber, "sqlite")
def _as_sqlite(element: _RowNumber, compiler: SQLCompiler, **kw: Any) -> str:  # Any: the compiler's own protocol
    table, _, _ = compiler.process(element.clauses, **kw).rpartition(".")
    return f"{table}.rowid"


@compiles(_RowNumber)
def _as_standard(element: _RowNumber, compiler: SQLCompiler, **kw: Any) -> str:  # Any: as above
    return f"hashtextextended({compiler.process(element.clauses, **kw)}, 0)"
