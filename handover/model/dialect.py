"""What SQLite and PostgreSQL say in different words, said once: conditions and orders that compile for both.

SQLite keeps days and moments as ISO text; PostgreSQL keeps days as days and moments as ISO text. The functions
of ours that each connection to SQLite is taught (``today``, ``this_minute``, ``sort_key``) have their like among
PostgreSQL's own.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import CreateIndex
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import OperatorExpression
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import Boolean, Date, Integer, LargeBinary, String, TypeEngine

#: A mapped attribute or an expression of any value; SQLAlchemy has no common type for the two.
Expression = Any


class InBoth(FunctionElement[Any]):
    """A piece of SQL as SQLite writes it and as the standard or PostgreSQL does, with ``{}`` for its parts."""

    sqlite: ClassVar[str]
    standard: ClassVar[str]
    inherit_cache = True


class today_(InBoth):  # noqa: N801 - reads as SQL
    """The user's day inside a query."""

    type = Date()
    inherit_cache = True
    sqlite = "(SELECT today())"  # as a subquery it is asked once a statement, not once a row
    standard = "CURRENT_DATE"


class this_minute_(InBoth):  # noqa: N801 - as above
    """The minute of the site inside a query, written as moments are."""

    type = String(16)
    inherit_cache = True
    sqlite = "(SELECT this_minute())"
    standard = "to_char(LOCALTIMESTAMP, 'YYYY-MM-DD HH24:MI')"


class _WorkedOut(InBoth):
    """PostgreSQL has no functions of ours: there the facts stand in a table that the program fills."""

    inherit_cache = True
    sqlite = "worked_out({}, {}, {}, {}, (SELECT max(id) FROM act))"  # the subquery is asked once a statement
    standard = "(SELECT fact FROM worked_out WHERE name = {} AND project_id = {} AND row_id = {} AND part = {})"

    def __init__(self, name: str, project: Expression, row: Expression, part: int, type_: TypeEngine[Any]) -> None:
        self.type = type_
        super().__init__(literal(name), project, row, literal(part))


class _CalendarDay(InBoth):
    type = Date()
    inherit_cache = True
    sqlite = "substr({}, 1, 10)"
    standard = "CAST(substr(CAST({} AS VARCHAR), 1, 10) AS DATE)"


class _DaysAfter(InBoth):
    type = Date()
    inherit_cache = True
    sqlite = "date({}, {} || ' days')"
    standard = "({} + CAST({} AS INTEGER))"


class _MonthsAfter(InBoth):
    """The same day so many months later; the last of the month where that has no such day."""

    type = Date()
    inherit_cache = True
    sqlite = "min(date({0}, {1} || ' months'), date({0}, 'start of month', ({1} + 1) || ' months', '-1 day'))"
    standard = "CAST({} + make_interval(months => CAST({} AS INTEGER)) AS DATE)"


class _DaysBetween(InBoth):
    type = Integer()
    inherit_cache = True
    sqlite = "CAST(round(julianday({1}) - julianday({0})) AS INTEGER)"
    standard = "(CAST({1} AS DATE) - CAST({0} AS DATE))"


class _Greater(InBoth):
    type = Integer()
    inherit_cache = True
    sqlite = "max({}, {})"
    standard = "greatest({}, {})"


class _RefNumber(InBoth):
    type = Integer()
    inherit_cache = True
    sqlite = "CAST(substr({0}, instr({0}, '-') + 1) AS INTEGER)"
    standard = "CAST(split_part({}, '-', 2) AS INTEGER)"


class _PinyinOrder(InBoth):
    type = LargeBinary()
    inherit_cache = True
    sqlite = "sort_key({})"
    standard = "convert_to(lower({}), 'GB18030')"


class _Holds(InBoth):
    type = Boolean()
    inherit_cache = True
    sqlite = "({} LIKE {} ESCAPE '/')"  # SQLite's LIKE takes upper and lower case alike
    standard = "({} ILIKE {} ESCAPE '/')"

    def self_group(self, against: Any = None) -> Any:  # Any: SQLAlchemy's own signature
        """It is a condition as it stands; SQLAlchemy would write ``= 1`` behind it where truth is a number."""
        return self


def day(moment: Expression) -> ColumnElement[dt.date]:
    """The calendar day of a column of days or moments."""
    return _CalendarDay(moment)


def worked_out(name: str, project: Expression, row: Expression, part: int, type_: TypeEngine[Any]) -> Any:
    """A fact of a row that the program works out for all rows of a project; see ``handover.store.worked_out``."""
    return _WorkedOut(name, project, row, part, type_)


def days_after(start: Expression, days: int) -> ColumnElement[dt.date]:
    """The day so many days after another."""
    return _DaysAfter(start, literal(days))


def months_after(start: Expression, months: Expression) -> ColumnElement[dt.date]:
    """The day so many months after another; the last of its month where that has no such day."""
    return _MonthsAfter(start, months)


def days_between(start: Expression, end: Expression) -> ColumnElement[int]:
    """How many days one day lies after another."""
    return _DaysBetween(start, end)


def greater(one: Expression, other: Expression) -> ColumnElement[int]:
    """The greater of two numbers of a row."""
    return _Greater(one, other)


def ref_number(ref: Expression) -> ColumnElement[int]:
    """The number in a reference: 42 of ``DOC-0042``."""
    return _RefNumber(ref)


def pinyin_order(text: Expression) -> ColumnElement[bytes]:
    """Orders Chinese by pinyin and Latin letters without regard to case, as ``sort_key`` of the store does."""
    return _PinyinOrder(text)


def holds(text: Expression, word: str) -> ColumnElement[bool]:
    """Whether a text contains a word, upper and lower case alike; nothing in the word is a wildcard."""
    for sign in "/%_":
        word = word.replace(sign, f"/{sign}")
    return _Holds(text, literal(f"%{word}%"))


def within(start: Expression, days: int) -> ColumnElement[bool]:
    """From today up to so many days ahead."""
    inside: ColumnElement[bool] = start.between(today_(), days_after(today_(), days))
    return inside


@compiles(InBoth, "sqlite")
def _as_sqlite(element: InBoth, compiler: SQLCompiler, **kw: Any) -> str:  # Any: the compiler's own protocol
    return element.sqlite.format(*_parts(element, compiler, kw))


@compiles(InBoth)
def _as_standard(element: InBoth, compiler: SQLCompiler, **kw: Any) -> str:  # Any: as above
    return element.standard.format(*_parts(element, compiler, kw))


@compiles(CreateIndex, "postgresql")
def _of_some_rows(create: CreateIndex, compiler: Any, **kw: Any) -> str:  # Any: as above
    """An index names the rows that it is of for SQLite alone: naming PostgreSQL would load it with every start."""
    options = create.element.dialect_options
    if options["postgresql"]["where"] is None:
        options["postgresql"]["where"] = options["sqlite"]["where"]
    said: str = compiler.visit_create_index(create, **kw)
    return said


def _parts(element: InBoth, compiler: SQLCompiler, kw: dict[str, Any]) -> list[str]:  # Any: as above
    # An operation needs brackets where it becomes part of another.
    return [
        f"({compiler.process(part, **kw)})" if isinstance(part, OperatorExpression) else compiler.process(part, **kw)
        for part in element.clauses
    ]
