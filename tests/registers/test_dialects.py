"""Whatever the registers ask, PostgreSQL would understand."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import ClauseElement, Connection, Select, SelectBase, event
from sqlalchemy.dialects import postgresql

from handover.registers import find
from handover.registers.catalogue import registers
from handover.registers.changed_rows import changed_rows
from handover.registers.colouring import ColourRule, first_rules
from handover.registers.declare import Field, Register
from handover.registers.figures.blockers import blocked, rows_in_the_way, standing
from handover.registers.figures.handed_over import last_handed_over
from handover.registers.figures.overview import items, late_numbers, overview
from handover.registers.grouping import groupable, row_groups
from handover.registers.kinds import Kind
from handover.registers.kinds.kind import Operator
from handover.registers.query import SINCE, Condition, Query, count, every, keys, linked, number_of, one
from handover.registers.scheduling import links
from handover.store import Workspace
from handover.store.copies.since import Since
from tests.registers.conftest import Site

#: What may stand before a bracket: functions of PostgreSQL, and words of its grammar.
KNOWN = {
    *(
        "and",
        "as",
        "between",
        "by",
        "case",
        "cast",
        "distinct",
        "else",
        "end",
        "exists",
        "from",
        "in",
        "is",
        "not",
        "on",
    ),
    *("on", "or", "over", "select", "then", "using", "values", "varchar", "when", "where"),
    *("abs", "avg", "coalesce", "convert_to", "count", "greatest", "hashtextextended", "length", "lower", "max", "min"),
    *("nullif",),
    *("make_interval",),
    *("round", "row_number", "split_part", "string_agg", "substr", "sum", "to_char", "trim", "upper"),
}
OPERATORS: tuple[Operator, ...] = ("is", "is_not", "contains", "before", "after", "empty", "filled")


@contextmanager
def overheard(workspace: Workspace) -> Iterator[list[str]]:
    """Everything that is asked, as PostgreSQL would hear it."""
    asked: list[str] = []

    def note(_conn: Connection, clause: ClauseElement, _many: Any, given: Any, _options: Any) -> None:
        # What numbers() of the store wraps around a query is SQLite's own; the query itself is asked elsewhere.
        if isinstance(clause, Select) and getattr(clause.selected_columns[0], "name", "") == "group_concat":
            (numbers,) = clause.selected_columns[0].clauses
            clause = numbers.table.element
        if given and isinstance(clause, SelectBase):
            clause = clause.params(**given)  # those that are the same for every project are told apart by it
        options = {"render_postcompile": True}
        asked.append(str(clause.compile(dialect=postgresql.dialect(), compile_kwargs=options)))

    event.listen(workspace.engine, "before_execute", note)
    yield asked
    event.remove(workspace.engine, "before_execute", note)


def strangers(sql: str) -> set[str]:
    """Functions that PostgreSQL hasn't."""
    bare = re.sub(r"'[^']*'|\"[^\"]*\"", "", sql)
    return set(re.findall(r"\b([a-z_]+)\(", bare.lower())) - KNOWN


def a_value(field: Field, site: Site) -> Any:
    if field.words is not None:
        return field.words.options[0].code
    return {
        Kind.DATE: dt.date(2026, 3, 1),
        Kind.MOMENT: dt.datetime(2026, 3, 1, 8, 30),
        Kind.BOOL: True,
        Kind.LINK: site.ids["weld"],
        Kind.INTEGER: 3,
        Kind.NUMBER: 2.5,
        Kind.PERCENT: 0.5,
        Kind.DURATION: 480,
    }.get(field.kind, "weld")


def questions(register: Register) -> Iterator[Query]:
    """What is asked in every way: for the keys of rows, for their number, for groups of them."""
    yield from (Query(view=view.key, text="manual") for view in register.views)
    yield from (Query(text=text, bin=down) for text in ("weld", "电气 2026", "DOC-0001 50%") for down in (False, True))
    every_field = tuple(f.field for f in register.fields)
    yield Query(text="weld 12", searched=every_field)
    yield Query(where=(Condition("id", "is", ("1",)), Condition("ref", "is_not", ("DOC-0001",))))
    groups = [field.field for field in register.fields if groupable(field)]
    yield from (Query(groups=(key,), sort=((key, True),)) for key in groups)
    yield Query(groups=tuple(groups[:2]), where=(Condition(SINCE, "after", ("2026-03-01T00:00:00.000+00:00", "me")),))


def orders_and_filters(register: Register, site: Site) -> Iterator[Query]:
    """By every field, with every operator: what stands around the condition was asked with another."""
    yield from (Query(sort=((key, down),)) for key in ("ref", *(f.field for f in register.fields)) for down in (0, 1))
    for field in register.fields:
        if field.kind is Kind.LINKS:
            continue
        value = a_value(field, site)
        for operator in OPERATORS:
            if field.kind is Kind.BOOL and operator in ("before", "after"):
                continue
            values = (str(value),) if operator == "contains" else (value,)
            yield Query(where=(Condition(field.field, operator, values),))
        yield Query(where=(Condition(field.field, "is", (value, None)),))


@pytest.mark.parametrize("register", registers(), ids=lambda register: register.key)
def test_every_query_of_a_register_compiles_for_postgresql(register: Register, site: Site) -> None:
    with overheard(site.workspace) as asked, site.workspace.read() as connection:
        for query in questions(register):
            count(connection, register, site.project, query)
            keys(connection, register, site.project, query, 5)
            row_groups(connection, register, site.project, query, register.fields)
        for query in orders_and_filters(register, site):
            keys(connection, register, site.project, query, 5)
        found = list(every(connection, register, site.project))
        if found:
            one(connection, register, found[0].id)
            number_of(connection, register, found[0].id)
        linked(connection, register.table.name, [row.id for row in found])
        rules = [ColourRule("ok", view=view.key) for view in register.views]
        first_rules(connection, register, [row.number for row in found], rules)
        rows_in_the_way(connection, register, [row.number for row in found])
        changed_rows(connection, register, [row.id for row in found], Since("2026-03-01"), register.fields)
        find.suggest(connection, site.project, register.table.name, "weld")
        items(connection, register, site.project, Query(), 5)
        late_numbers(connection, register, site.project)

    assert len(asked) > 40
    assert {name: sql for sql in asked for name in strangers(sql)} == {}


def test_overview_and_blockers_compile_for_postgresql(site: Site) -> None:
    with overheard(site.workspace) as asked, site.workspace.read() as connection:
        overview(connection, site.project)
        blocked(connection, site.project)
        last_handed_over(connection, site.project)
        standing(connection, site.project, None)
        standing(connection, site.project, site.ids["weld"])
        links.texts(connection, [site.ids["first"]])

    assert len(asked) > 10
    assert {name: sql for sql in asked for name in strangers(sql)} == {}
