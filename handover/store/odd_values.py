"""Finding the first value of a project that its column can't hold, which only another program can have put there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, Date, Float, Integer, LargeBinary, Table, text
from sqlalchemy.types import Boolean

from handover.model.base import Base, Moment

_DAY = "[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]"


@dataclass(frozen=True, slots=True)
class OddValue:
    """A cell that can't be read: the table and the column, the reference of the row, and what stands there."""

    table: str
    column: str
    ref: str
    value: object


def odd_value(connection: Connection, project_id: str, tables: Collection[str] = ()) -> OddValue | None:
    """The first odd value of a project outside the bin, in these tables or in all of them; None where all is sound."""
    for table in Base.metadata.sorted_tables:
        if tables and table.name not in tables:
            continue
        belongs = "id" if table.name == "project" else "project_id" if "project_id" in table.c else ""
        if belongs and (found := _of_table(connection, table, belongs, project_id)):
            return found
    return None


def _of_table(connection: Connection, table: Table, belongs: str, project_id: str) -> OddValue | None:
    conditions = {column.name: condition for column in table.columns if (condition := _odd(column))}
    where = f"{belongs} = :project AND ({' OR '.join(conditions.values())})"
    if "deleted_at" in table.c:
        where = f"deleted_at IS NULL AND {where}"
    ref = "ref" if "ref" in table.c else "code" if "code" in table.c else f"'{table.name}'"
    query = text(f'SELECT rowid, {ref} FROM "{table.name}" WHERE {where} LIMIT 1')  # noqa: S608 - names are ours
    row = connection.execute(query, {"project": project_id}).first()
    if row is None:
        return None
    for name, condition in conditions.items():
        cell = text(f'SELECT "{name}" FROM "{table.name}" WHERE rowid = :row AND {condition}')  # noqa: S608 - as above
        if found := connection.execute(cell, {"row": row[0]}).first():
            return OddValue(table.name, name, str(row[1]), found[0])
    return None


def _odd(column: Column[Any]) -> str:  # Any: any column
    """The condition that a value of a column isn't one of its kind; empty where anything may stand."""
    name = f'"{column.name}"'
    match column.type:
        case LargeBinary():
            return ""
        case Moment() | Date():
            unlike = f"typeof({name}) <> 'text' OR {name} NOT GLOB '{_DAY}*' OR date({name}) IS NULL"
            return f"({name} IS NOT NULL AND ({unlike}))"
        case Boolean() | Integer():
            return f"typeof({name}) NOT IN ('integer', 'null')"
        case Float():
            return f"(typeof({name}) NOT IN ('real', 'integer', 'null') OR abs({name}) > 1e300)"
    if words := column.info.get("words"):
        known = ", ".join(f"'{option.code}'" for option in words)
        return f"{name} NOT IN ({known})"
    return f"typeof({name}) NOT IN ('text', 'null')"
