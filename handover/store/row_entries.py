"""What a unit of work writes of a row: its key, its usual values, and what changed, as an entry of the log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import AttributeState, InstanceState
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from handover.model.base import Base, new_id
from handover.store import log
from handover.store.belonging import table_of
from handover.store.log import LogEntry


def quoted(name: str) -> str:
    """A name of ours as SQL takes it, also where it is a word of SQL, such as ``constraint``."""
    return f'"{name}"'


def keys_of(rows: Sequence[Mapping[str, Any]]) -> list[str]:  # Any: values of any column
    """The keys of rows; a row that names none gets its own."""
    return [row.get("id") or new_id() for row in rows]


def defaults(model: type[Base]) -> dict[str, Any]:
    """What the columns of a new row hold that nobody has filled."""
    return {c.key: c.default.arg for c in table_of(model).columns if isinstance(c.default, ScalarElementColumnDefault)}


def before_of(attr: AttributeState) -> Any:  # Any: the value of any column
    """What an attribute held when the act began."""
    return attr.history.deleted[0] if attr.history.deleted else attr.value


def entries_of(row: Base) -> list[LogEntry]:
    """What the log is told of a row that is new or was changed; nothing where nothing was."""
    state: InstanceState[Base] = inspect(row)
    columns = [a.key for a in state.mapper.column_attrs]
    key = str(state.attrs["id"].value or "")
    if state.transient or state.pending:
        fields = {c: log.stored(state.attrs[c].value) for c in columns if state.attrs[c].value is not None}
        return [LogEntry(row.__tablename__, key, "insert", log.as_json(fields))]
    diff = {}
    for column in columns:
        history = state.attrs[column].history
        if history.has_changes():
            before = log.stored(history.deleted[0]) if history.deleted else None
            after = log.stored(history.added[0]) if history.added else None
            if before != after:
                diff[column] = [before, after]
    return [LogEntry(row.__tablename__, key, "update", log.as_json(diff))] if diff else []


def is_new(row: Base) -> bool:
    """Whether a row is waiting to be inserted; the session would count all that wait to tell."""
    state: InstanceState[Base] = inspect(row)
    return state.pending
