"""Filling the search index: all rows once, then what the change log tells of.

Derived data: the index remembers the last act that it holds, by number and hash. It follows the log from there, and is
filled anew when that act isn't one of the workspace (another file lies there, a copy was restored), when the registers
are declared otherwise, or when it can't be read. Rows and what names them are read when they are taken in, so that it
doesn't matter how they came to be: by hand, import, undo, redo, emptying the bin, merge.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Table, func, select

from handover.i18n import tr
from handover.jobs import Progress, step, unattended
from handover.model.base import Base
from handover.registers.catalogue import registers
from handover.registers.declare import Register
from handover.registers.search.form import made_by
from handover.registers.search.rows import entries, names_a_row
from handover.store import log
from handover.store.among import among
from handover.store.copies.since import Changed, Newest, changes_since, knows, newest
from handover.store.search.filling import Filling
from handover.store.search.tables import Held
from handover.store.workspace import Workspace

Keys = dict[str, set[str]]
_PAGE = 2_000


def catch_up(workspace: Workspace, progress: Progress = unattended) -> bool:
    """Bring the index of a workspace up to its newest act; whether it is there now.

    It isn't where another program is filling it just now.

    Raises:
        Cancelled: the user stopped it; the index is as it was.
    """
    with workspace.read() as connection:
        now = newest(connection)
    if now.act and workspace.search.held() == Held(*now, made_by()):
        return True

    def fill(filling: Filling) -> None:
        # Read after what the index holds was written, so that its act is in what is read.
        with workspace.read() as connection:
            _fill(connection, filling, progress)

    return workspace.search.fill(fill)


def _fill(connection: Connection, filling: Filling, progress: Progress) -> None:
    wanted, held = Held(*newest(connection), made_by()), filling.held
    if held == wanted and wanted.act:
        return
    if held is not None and _leads_on(connection, held, wanted) and not filling.worn:
        _follow(connection, filling, held.act, progress)
    else:
        filling.empty()
        _everything(connection, filling, progress)
    filling.hold(wanted)


def _leads_on(connection: Connection, held: Held, wanted: Held) -> bool:
    """Whether the log of the workspace leads on from what the index holds."""
    return bool(held.act) and held.made_by == wanted.made_by and knows(connection, Newest(held.act, held.hash))


def _everything(connection: Connection, filling: Filling, progress: Progress) -> None:
    """All rows of all registers, also those in the bin."""
    sizes = [connection.execute(select(func.count()).select_from(r.model)).scalar_one() for r in registers()]
    done, total = 0, sum(sizes)
    for register in registers():
        key, last = register.model.id, ""
        while page := connection.execute(select(key).where(key > last).order_by(key).limit(_PAGE)).scalars().all():
            step(progress, done, total, tr("Preparing the search"))
            filling.put(entries(connection, register, page))
            done, last = done + len(page), page[-1]


def _follow(connection: Connection, filling: Filling, act: int, progress: Progress) -> None:
    """The rows that later acts changed, and those that name them."""
    touched = _touched(connection, act)
    done, total = 0, sum(map(len, touched.values()))
    for register in registers():
        table = register.table.name
        for page in _pages(sorted(touched[table])):
            step(progress, done, total, tr("Preparing the search"))
            found = entries(connection, register, page)
            filling.put(found)
            filling.move(table, [(e.row_id, e.project, e.binned) for e in found])
            filling.drop(table, set(page) - {e.row_id for e in found})
            done += len(page)


# -- what changed -------------------------------------------------------------------------------------------------


def _touched(connection: Connection, act: int) -> Keys:
    """By table, the keys of the rows whose texts later acts may have changed."""
    lists = {r.table.name: r for r in registers()}
    touched: Keys = {name: set() for name in lists}
    renamed: Keys = {name: set() for name in lists}
    beside: dict[str, list[Changed]] = {}
    for change in changes_since(connection, act, lists.keys()):
        if change.table not in lists:
            beside.setdefault(change.table, []).append(change)
            continue
        touched[change.table].add(change.row_id)
        if change.fields is not None and names_a_row(lists[change.table], log.fields_of(change.fields)):
            renamed[change.table].add(change.row_id)
    for name, changes in beside.items():
        for target, keys in _pointed_at(connection, Base.metadata.tables.get(name), changes, lists):
            touched[target].update(keys)
    _spread(connection, touched, renamed)
    return touched


def _pointed_at(
    connection: Connection, table: Table | None, changes: list[Changed], lists: dict[str, Register]
) -> Iterator[tuple[str, set[str]]]:
    """The rows of registers that rows of another table, such as links between tasks, point to or pointed to."""
    if table is None:
        return
    still_there = select(table).where(among(table.c.id, [c.row_id for c in changes if c.op == "update"]))
    present = connection.execute(still_there).mappings().all() if "id" in table.c else []
    said: list[dict[str, Any]] = [log.fields_of(c.fields) for c in changes if c.fields]  # Any: values, or pairs of them
    for column in table.columns:
        for target in {key.column.table.name for key in column.foreign_keys} & lists.keys():
            values = [row[column.key] for row in present]
            for fields in said:
                value = fields.get(column.name)
                values += value if isinstance(value, list) else [value]
            yield target, {value for value in values if value}


def _spread(connection: Connection, touched: Keys, renamed: Keys) -> None:
    """Take in the rows that name one that is called differently now, and those that are named after them in turn."""
    waiting = {name: set(keys) for name, keys in renamed.items() if keys}
    while waiting:
        target, keys = waiting.popitem()
        for register in registers():
            for field in register.fields:
                if not field.links or field.target != target:
                    continue
                model, link = register.model, getattr(register.model, field.attr)
                found = {
                    key
                    for page in _pages(sorted(keys))
                    for key in connection.execute(select(model.id).where(among(link, page))).scalars()
                }
                touched[register.table.name] |= found
                fresh = found - renamed[register.table.name] if field.field in register.naming else set()
                if fresh:
                    renamed[register.table.name] |= fresh
                    waiting.setdefault(register.table.name, set()).update(fresh)


def _pages(keys: list[str]) -> Iterator[list[str]]:
    return (keys[at : at + _PAGE] for at in range(0, len(keys), _PAGE))
