"""What happened: the history of a row and the acts of a workspace, read from the change log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from handover.store import log
from handover.store.log import Act, Change, label_of
from handover.store.workspace import Workspace

_CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class Event:
    """One change of one row: ``fields`` maps a column to (before, after) as stored."""

    act: int
    at: str
    who: str
    label: str
    kind: str
    source: str
    table: str
    row_id: str
    op: str
    fields: dict[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class ActSummary:
    """One act with the number of rows that it touched."""

    number: int
    at: str
    who: str
    label: str
    kind: str
    source: str
    rows: int


def history(workspace: Workspace, row_ids: Sequence[str], limit: int = 500) -> list[Event]:
    """The changes of a row (or of several), newest first."""
    with workspace.read() as connection:
        return changes_of(connection, row_ids, limit)


def changes_of(connection: Connection, row_ids: Sequence[str], limit: int = 500) -> list[Event]:
    """As ``history``, within a reading."""
    query = (
        select(Act, Change)
        .join(Change, Change.act_id == Act.id)
        .where(Change.row_id.in_(row_ids))
        .order_by(Change.id.desc())
        .limit(limit)
    )
    rows = connection.execute(
        query.with_only_columns(
            Act.id, Act.at, Act.who, Act.label, Act.label_values, Act.kind, Act.source,
            Change.table, Change.row_id, Change.op, Change.fields,
        )
    ).all()  # fmt: skip
    return [
        Event(r[0], r[1], r[2], label_of(r[3], r[4]), r[5], r[6], r[7], r[8], r[9], _pairs(r[9], r[10])) for r in rows
    ]


def added(workspace: Workspace, row_ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    """When and by whom rows were first added, by key: a moment in UTC as ISO text, and an account."""
    found: dict[str, tuple[str, str]] = {}
    with workspace.read() as connection:
        for at in range(0, len(row_ids), _CHUNK):
            rows = connection.execute(
                select(Change.row_id, Act.at, Act.who)
                .join(Act, Act.id == Change.act_id)
                .where(Change.row_id.in_(row_ids[at : at + _CHUNK]), Change.op == "insert")
                .order_by(Change.id)
            )
            for key, moment, who in rows:
                found.setdefault(key, (moment, who))  # undone and done again, a row is inserted twice
    return found


def recent(workspace: Workspace, project: str | None, since: str = "", limit: int = 100) -> list[ActSummary]:
    """The acts of a project (or all) after a moment in ISO text, newest first."""
    counts = select(func.count()).where(Change.act_id == Act.id).scalar_subquery()
    query = select(Act.id, Act.at, Act.who, Act.label, Act.label_values, Act.kind, Act.source, counts)
    if project:
        query = query.where(Act.project_id == project)
    with workspace.read() as connection:
        rows = connection.execute(query.where(Act.at > since).order_by(Act.id.desc()).limit(limit)).all()
    return [ActSummary(r[0], r[1], r[2], label_of(r[3], r[4]), r[5], r[6], r[7]) for r in rows]


def deletion(workspace: Workspace, row_id: str) -> Event | None:
    """The last act that put a row into the bin; None where the log tells of none."""
    return next((e for e in history(workspace, [row_id]) if e.fields.get("deleted_at", (None, None))[1]), None)


@dataclass(frozen=True, slots=True)
class PastAct:
    """An act by its number, and whether it is undone just now."""

    number: int
    undone: bool


def act_near(workspace: Workspace, project: str, source: str, at: str) -> PastAct | None:
    """The act of a source that was done nearest to a moment (UTC as ISO text), as the one that a report tells of."""
    moment = dt.datetime.fromisoformat(at)
    mine = select(Act.id, Act.at).where(Act.project_id == project, Act.source == source, Act.kind == "edit")
    with workspace.read() as connection:
        acts = connection.execute(mine).all()
        if not acts:
            return None
        number = min(acts, key=lambda act: abs(dt.datetime.fromisoformat(act.at) - moment)).id
        turned = select(Act.kind).where(Act.target == number, Act.kind.in_(("undo", "redo")))
        last = connection.execute(turned.order_by(Act.id.desc()).limit(1)).scalar()
    return PastAct(number, last == "undo")


def last_change(workspace: Workspace) -> int:
    """The number of the latest change in the log, 0 while there is none."""
    with workspace.read() as connection:
        return connection.execute(select(func.coalesce(func.max(Change.id), 0))).scalar_one()


def last_moment(workspace: Workspace) -> str:
    """When the last act was done, in UTC as ISO text; empty while there is none."""
    with workspace.read() as connection:
        return connection.execute(select(Act.at).order_by(Act.id.desc()).limit(1)).scalar() or ""


def _pairs(op: str, text: str) -> dict[str, tuple[Any, Any]]:
    if op == "update":
        return log.pairs_of(text)
    fields = log.fields_of(text)
    if op == "insert":
        return {k: (None, v) for k, v in fields.items()}
    return {k: (v, None) for k, v in fields.items()}
