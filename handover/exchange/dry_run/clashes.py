"""Our own exports that come back: what they say of themselves, and cells that both sides changed meanwhile."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from handover.exchange.dry_run.compared import Clash, Compared
from handover.exchange.dry_run.options import ImportOptions
from handover.exchange.programs.own_export import Export
from handover.exchange.tasks.predecessors import LinkByKey
from handover.model.base import Moment
from handover.model.task import TaskLink
from handover.registers.declare import Register
from handover.store.log import Act, Change, stored

_CHUNK = 5_000
_LINK_COLUMNS = ("predecessor_id", "kind", "lag", "lag_unit")


def find_clashes(connection: Connection, found: Compared, export: Export, options: ImportOptions) -> None:
    """Take out of the changes what only we changed since the export, and set apart what both sides changed."""
    changes = found.judgement.changes
    keys = [key for p in changes if (key := found.matched[p]) is not None]
    before = _values_then(connection, found.incoming.register, keys, export)
    for place, diff in list(changes.items()):
        then = before.get(str(found.matched[place]), {})
        for attr in [a for a in diff if a in then]:
            ours, theirs = diff[attr]
            base = then[attr]
            if stored(theirs) == stored(base):
                del diff[attr]  # only we changed it
            elif not _file_wins(found, place, _field(found, attr), options):
                found.clashes.setdefault(place, {})[attr] = Clash(base, ours, theirs)
                del diff[attr]
        _settle(found, place)
    _settle_links(connection, found, export, options)


def _file_wins(found: Compared, place: int, key: str, options: ImportOptions) -> bool:
    return options.resolved.get((found.incoming.rows[place], key), options.conflicts) == "file"


def _settle_links(connection: Connection, found: Compared, export: Export, options: ImportOptions) -> None:
    """Keep links that only we changed since the export, and set apart those that both sides changed."""
    predecessors = found.predecessors
    if predecessors is None or not found.judgement.relinked:
        return
    then = _links_then(connection, found, export)
    for place in list(found.judgement.relinked):
        key = found.keys[place]
        if key not in then or found.judgement.outcomes[place] == "error":
            continue
        if _file_wins(found, place, "predecessors", options):
            continue
        ours = [s.link for s in predecessors.stored.get(key, ())]
        theirs = predecessors.wanted[place] or []
        if set(theirs) != then[key]:
            clash = Clash(sorted(then[key]), ours, theirs)
            found.clashes.setdefault(place, {})["predecessors"] = clash
        found.judgement.relinked.discard(place)
        if place not in found.clashes and place not in found.judgement.changes:
            found.judgement.outcomes[place] = "unchanged"
        elif place in found.clashes:
            found.judgement.outcomes[place] = "conflict"


def _links_then(connection: Connection, found: Compared, export: Export) -> dict[str, set[LinkByKey]]:
    """The links of the tasks whose links changed since the export, as they were then: the log read backwards."""
    assert found.predecessors is not None
    now = {s.id: (task, s.link) for task, stored_links in found.predecessors.stored.items() for s in stored_links}
    touched: set[str] = set()
    statement = (
        select(Change.row_id, Change.op, Change.fields)
        .join(Act, Act.id == Change.act_id)
        .where(Change.table == TaskLink.__tablename__, _since(export))
        .order_by(Change.id.desc())
    )
    for row_id, op, text in connection.execute(statement):
        fields = json.loads(text)
        if op == "insert":
            touched.add(fields["successor_id"])
            now.pop(row_id, None)
        elif op == "delete":
            touched.add(fields["successor_id"])
            now[row_id] = (fields["successor_id"], LinkByKey(*(fields[name] for name in _LINK_COLUMNS)))
        elif row_id in now:
            task, link = now[row_id]
            touched.add(task)
            before = {name: pair[0] for name, pair in fields.items()}
            now[row_id] = (task, LinkByKey(*(before.get(n, v) for n, v in zip(_LINK_COLUMNS, link, strict=True))))
    then: dict[str, set[LinkByKey]] = {task: set() for task in touched}
    for task, link in now.values():
        if task in then:
            then[task].add(link)
    return then


def _since(export: Export) -> ColumnElement[bool]:
    """The changes that came after the export."""
    return Change.id > export.change if export.change is not None else Act.at > export.made_at


def _field(found: Compared, attr: str) -> str:
    register = found.incoming.register
    return next((f.field for f in register.fields if f.attr == attr), attr)


def _settle(found: Compared, place: int) -> None:
    outcomes, changes = found.judgement.outcomes, found.judgement.changes
    if not changes[place]:
        del changes[place]
    if outcomes[place] == "error":
        return
    if place in found.clashes:
        outcomes[place] = "conflict"
    elif place not in changes and place not in found.judgement.relinked:
        outcomes[place] = "unchanged"


def _values_then(
    connection: Connection, register: Register, keys: list[str], export: Export
) -> dict[str, dict[str, Any]]:
    """What fields held when the file was exported, for those that were changed since: row -> column -> value."""
    found: dict[str, dict[str, Any]] = {}
    for at in range(0, len(keys), _CHUNK):
        statement = (
            select(Change.row_id, Change.fields)
            .join(Act, Act.id == Change.act_id)
            .where(Change.row_id.in_(keys[at : at + _CHUNK]), Change.op == "update", _since(export))
            .order_by(Change.id)
        )
        for row_id, text in connection.execute(statement):
            columns = found.setdefault(row_id, {})
            for attr, (value, _) in json.loads(text).items():
                columns.setdefault(attr, _loaded(register, attr, value))
    return found


def _loaded(register: Register, attr: str, value: Any) -> Any:  # Any: a stored value
    """A value of the change log as the column holds it."""
    if value is None or attr not in register.table.columns or not isinstance(value, str):
        return value
    type_ = register.table.columns[attr].type
    if isinstance(type_, Moment):
        return dt.datetime.fromisoformat(value)
    return dt.date.fromisoformat(value) if type_.python_type is dt.date else value
