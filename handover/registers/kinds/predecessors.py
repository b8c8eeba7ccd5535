"""The links that lead to a row from the rows that it waits for: predecessors of tasks."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, select

from handover.errors import NotValid
from handover.i18n import N_, tr
from handover.model.base import Row
from handover.model.dialect import Expression
from handover.model.task import TaskLink
from handover.registers.kinds.kind import FieldKind, KindField, LinkTarget, NamesByKey, ProjectNames
from handover.registers.scheduling import links
from handover.store.work import UnitOfWork
from handover.values.cells import Cell, ColumnReading, as_text, normal, read_column
from handover.values.task_links import bare_list, numbered_tasks, package_number

_TABLE = "task"
_LINK = re.compile(r"^[\w.\-]{1,40}\s*[(（]?(?:(?:FS|SS|FF|SF|完成|开始).*)?$", re.IGNORECASE)


class PredecessorsKind(FieldKind):
    """The tasks before a task, each with its kind of link and its lag; they lie in a table of their own."""

    key = "links"
    width = 16
    stored = False
    looks_up = True
    copied = False
    strict = True
    prepared = False
    operators = ("contains",)

    @property
    def nothing(self) -> Any:
        return []

    def read(self, field: KindField, text: str, names: ProjectNames) -> list[tuple[str, str, float, str]]:
        typed = list(links.parse(text))
        return [(names.row(_TABLE, each.target), each.kind, each.lag, each.unit) for each in typed]

    def imported(self, field: KindField, cells: Sequence[Cell], heading: str) -> ColumnReading[Any]:
        return read_column(cells, lambda cell: cell)

    def fits(self, field: KindField, cells: Sequence[Cell], heading: str) -> float:
        return sum(map(_may_be_links, cells)) / len(cells)

    def order(
        self, field: KindField, column: ColumnElement[Any], row_id: Expression, target: LinkTarget | None
    ) -> ColumnElement[Any]:
        return exists().where(links.successor() == row_id)

    def mentions(
        self,
        field: KindField,
        column: ColumnElement[Any],
        row_id: Expression,
        word: str,
        target: LinkTarget | None,
    ) -> ColumnElement[bool]:
        return links.mention(row_id, word)

    def resolved(
        self, connection: Connection, field: KindField, ids: Sequence[str], values: Sequence[Any], names: NamesByKey
    ) -> Sequence[str]:
        texts = links.texts(connection, ids)
        return [texts.get(row_id, "") for row_id in ids]

    def write(self, work: UnitOfWork, row: Row, field: KindField, value: Any) -> None:
        """Make these the predecessors of a task; links that stay as they are keep their history."""
        wanted = {link[0]: link for link in value}
        old = work.session.scalars(select(TaskLink).where(links.successor() == row.id)).all()
        work.remove(TaskLink, [o.id for o in old if o.predecessor_id not in wanted])
        for o in old:
            if o.predecessor_id in wanted:
                _, o.kind, o.lag, o.lag_unit = wanted.pop(o.predecessor_id)
        for key, kind, lag, unit in wanted.values():
            if key == row.id:
                raise NotValid(N_("A task can't depend on itself."), field=field.field)
            work.add(
                TaskLink(
                    project_id=row.project_id,
                    predecessor_id=key,
                    successor_id=row.id,
                    kind=kind,
                    lag=lag,
                    lag_unit=unit,
                )
            )

    def meaning(self, field: KindField) -> str:
        return tr("The numbers of the tasks before it, such as 12 or 12FS+2d; several with semicolons.")


def _may_be_links(cell: Cell) -> bool:
    if isinstance(cell, (dt.date, dt.time, bool)):
        return False
    text = normal(bare_list(as_text(cell)))
    pieces = re.split(r"[;,；，、&\n]|\band\b", text)
    if package_number(text) is not None or numbered_tasks(text):
        return True
    return all(_LINK.match(p.strip()) for p in pieces if p.strip())


LINKS = PredecessorsKind()
