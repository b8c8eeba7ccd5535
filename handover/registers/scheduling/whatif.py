"""What would happen if: a copy of the workspace in which a plan is changed at will, then kept in one act or dropped."""

from __future__ import annotations

import json
import shutil
import tempfile
import weakref
from pathlib import Path
from typing import Any

from sqlalchemy import select

from handover.i18n import N_
from handover.model.base import Base, Row
from handover.store import log
from handover.store.log import Act, Change, LogEntry
from handover.store.workspace import Workspace


class Scratch:
    """A copy of a workspace to try things out in; it lies in a temporary folder until it is kept or dropped.

    Attributes:
        workspace: the copy; every act of the program works in it as in any workspace.
        original, project_id: what it is a copy of, and the project whose plan is tried out.
    """

    def __init__(self, original: Workspace, project_id: str) -> None:
        self.original = original
        self.project_id = project_id
        folder = Path(tempfile.mkdtemp(prefix="handover-try-"))
        try:
            original.save_copy(folder / "try.handover", with_files=False)
            self.workspace = Workspace.open(folder / "try.handover")
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        # Also where nobody drops it, as when the program ends.
        self._end = weakref.finalize(self, _remove, self.workspace, folder)
        with self.workspace.read() as connection:
            self._since = connection.execute(select(Act.id).order_by(Act.id.desc()).limit(1)).scalar() or 0

    @property
    def steps(self) -> int:
        """How many acts were tried, those that were undone not counted."""
        with self.workspace.read() as connection:
            top = log.stacks(connection).undo_top
            count = 0
            while top is not None and top > self._since:
                count += 1
                top = connection.execute(select(Act.below).where(Act.id == top)).scalar()
        return count

    def keep(self) -> int:
        """Carry out in the workspace what was tried, as one act; returns how many rows it changed.

        Only the fields that were changed here are written, so what happened meanwhile in other fields stays. Raises
        what ``Workspace.edit`` raises; then nothing was written and the copy is still there.
        """
        net = _net(self._changes())
        with self.original.edit(N_("Keep what was tried in the plan"), project=self.project_id) as work:
            for model in _models():
                mine = [change for (table, _), change in net.items() if table == model.__tablename__]
                added = [c.fields for c in mine if c.op == "insert"]
                if issubclass(model, Row):
                    work.insert_many(model, [{k: v for k, v in f.items() if k != "ref"} for f in added])
                else:
                    work.insert_plain(model, added)
            for model in _models():
                changed = {
                    key: change.fields
                    for (table, key), change in net.items()
                    if table == model.__tablename__ and change.op == "update"
                }
                work.update_many(model, changed)
                gone = [k for (table, k), c in net.items() if table == model.__tablename__ and c.op == "delete"]
                work.remove(model, gone)
        return len(net)

    def drop(self) -> None:
        """Forget what was tried; safe to call twice."""
        self._end()

    def _changes(self) -> list[LogEntry]:
        with self.workspace.read() as connection:
            query = select(Change.table, Change.row_id, Change.op, Change.fields).where(Change.act_id > self._since)
            return [LogEntry(*row) for row in connection.execute(query.order_by(Change.id))]


def _remove(workspace: Workspace, folder: Path) -> None:
    workspace.close()
    shutil.rmtree(folder, ignore_errors=True)


class _Effect:
    """What all changes of one row come to."""

    def __init__(self, op: str, fields: dict[str, Any]) -> None:  # Any: stored values
        self.op = op
        self.fields = fields
        self.before: dict[str, Any] = {}
        self.earlier: _Effect | None = None  # what a row that went had been changed to


def _net(changes: list[LogEntry]) -> dict[tuple[str, str], _Effect]:
    """The outcome of changes by table and row; what cancels out is left out."""
    net: dict[tuple[str, str], _Effect] = {}
    for change in changes:
        key, fields = (change.table, change.row_id), json.loads(change.fields)
        found = net.get(key)
        if change.op == "update":
            found = found or net.setdefault(key, _Effect("update", {}))
            for name, (before, after) in fields.items():
                found.before.setdefault(name, before)
                found.fields[name] = after
        elif change.op == "insert":
            if found is not None and found.op == "delete":  # taken away and brought back as it was
                del net[key]
                if found.earlier is not None:
                    net[key] = found.earlier
            else:
                net[key] = _Effect("insert", fields)
        elif found is not None and found.op == "insert":
            del net[key]
        else:
            net[key] = _Effect("delete", fields)
            net[key].earlier = found
    return {key: effect for key, effect in net.items() if effect.op != "update" or effect.fields != effect.before}


def _models() -> list[type[Base]]:
    """What the log follows, in the order in which rows can point at one another."""
    followed = {m.class_.__tablename__: m.class_ for m in Base.registry.mappers if m.class_.logged}
    return [followed[t.name] for t in Base.metadata.sorted_tables if t.name in followed]
