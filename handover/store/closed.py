"""What takes no change any more: rows that are locked or in the bin, for their parts, and closed projects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from handover.errors import NotLawful, Refused
from handover.i18n import N_
from handover.model import locks, steps
from handover.model.attachment import Attachment
from handover.model.base import Base, Row
from handover.model.project import Project
from handover.store.belonging import Belonging, row_model, table_of
from handover.store.row_entries import before_of, is_new

#: Rows to a statement when rows are looked up by key; SQLite allows 32,766 variables.
_CHUNK = 5_000


class ClosedRows:
    """What refuses a change within one act.

    Raises:
        Refused: the row that something belongs to is locked or in the bin; NotLawful: the project is closed.
    """

    def __init__(self, session: Session, belonging: Belonging) -> None:
        self._session = session
        self._belonging = belonging

    def refuse_owners(self, model: type[Base], parts: Sequence[Mapping[str, Any]]) -> None:  # Any: as above
        """Refuse to add or change parts of rows that are locked or in the bin."""
        if issubclass(model, Attachment):
            for table, key in dict.fromkeys((part.get("owner_table"), part.get("owner_id")) for part in parts):
                self.refuse_owner(self._belonging.named(table, key))
        attr = model.part_of if issubclass(model, Row) else ""
        if not attr:
            return
        owner = next(row_model(fk.column.table) for fk in table_of(model).columns[attr].foreign_keys)
        keys = [key for key in dict.fromkeys(part.get(attr) for part in parts) if key]
        if len(keys) == 1:
            self.refuse_owner(self._session.get(owner, keys[0]), model)
            return
        for at in range(0, len(keys), _CHUNK):
            for each in self._session.scalars(select(owner).where(owner.id.in_(keys[at : at + _CHUNK]))):
                self.refuse_owner(each, model)

    @staticmethod
    def refuse_owner(owner: Row | None, part: type[Base] | None = None) -> None:
        """Refuse to add or change what belongs to a row that is locked or in the bin."""
        if owner is None or _opened_by_the_act(owner):
            return
        if reason := locks.of_part(owner, part):
            raise Refused([reason])

    def refuse_projects(self, touched: Set[str], pending: Sequence[Base]) -> None:
        """Refuse changes in projects that are closed."""
        projects = touched | {r.project_id for r in pending if isinstance(r, Row)}
        projects |= {r.id for r in pending if isinstance(r, Project) and not is_new(r)}
        for key in projects:
            status = self._session.connection().execute(select(Project.status, Project.code).where(Project.id == key))
            row = status.one_or_none()
            if row is not None and row.status == "closed":
                raise NotLawful(N_("Project {code} is closed and can't be changed."), code=row.code)


def _opened_by_the_act(row: Row) -> bool:
    """Whether a row wasn't locked before this act began: what belongs to it is open in the act that locks it."""
    found = steps.life_of(type(row))
    before = before_of(inspect(row).attrs[found[0]]) if found is not None else None
    return found is not None and row.deleted_at is None and before not in found[1].locked
