"""What belongs to what: the parts of a row, its outline, its files, and the rows without which it can't be."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from handover.model.attachment import Attachment
from handover.model.base import Base, Row

#: Keys to a statement; SQLite allows 32,766 variables.
_CHUNK = 5_000


class Belonging:
    """What belongs to rows, as the session of one act sees it."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._with_files: frozenset[str] | None = None
        self._models: dict[str, type[Row]] = {}

    def dependents(self, row: Row, *, binned: bool = False) -> list[Row]:
        """All that can't be without a row, however far below it; what lies in the bin, or what doesn't."""
        found: dict[str, Row] = {row.id: row}  # by key, since a damaged outline may lead back to itself
        level = [row]
        while level:
            below: list[Row] = []
            for parent in level:
                for model, column in owned(type(parent)):
                    where = model.deleted_at.is_not(None) if binned else model.deleted_at.is_(None)
                    found_here = self.session.scalars(select(model).where(column == parent.id, where))
                    # What the act has given to another owner belongs to this one no more.
                    below += [each for each in found_here if getattr(each, column.key) == parent.id]
            below += self._attached_to(level, binned)
            level = [child for child in {child.id: child for child in below}.values() if child.id not in found]
            found.update((child.id, child) for child in level)
        return [*found.values()][1:]

    def _attached_to(self, rows: list[Row], binned: bool) -> list[Attachment]:
        """The files of rows, in the bin or out of it."""
        if self._with_files is None:  # asked once an act: most rows have none
            self._with_files = frozenset(self.session.scalars(select(Attachment.owner_id).distinct()))
        keys = [row.id for row in rows if row.id in self._with_files]
        where = Attachment.deleted_at.is_not(None) if binned else Attachment.deleted_at.is_(None)
        found: list[Attachment] = []
        for at in range(0, len(keys), _CHUNK):
            of_them = Attachment.owner_id.in_(keys[at : at + _CHUNK])
            found += self.session.scalars(select(Attachment).where(of_them, where))
        return found

    def owner(self, row: Row) -> Row | None:
        """The row that another one belongs to, as an attached file does; None for a row of its own."""
        named = row.belongs_to()
        if named is None:
            return None
        return self.named(*named)

    def named(self, table: str | None, key: str | None) -> Row | None:
        """A row by its table and its key."""
        if table not in self._models:  # read once an act: thousands of files may name their rows
            self._models = {str(table_of(model).name): model for model in row_models()}
        model = self._models.get(table or "")
        return self.session.get(model, key) if model is not None and key else None

    def owners(self, row: Row) -> list[Row]:
        """The rows without which ``row`` can't be."""
        owners = [
            self.session.get(owner, getattr(row, column.key))
            for owner in row_models()
            for model, column in owned(owner)
            if model is type(row) and getattr(row, column.key)
        ]
        return [owner for owner in [*owners, self.owner(row)] if owner is not None]


def table_of(model: type[Base] | type[Row]) -> Table:
    """The table of a model."""
    return model.__table__  # type: ignore[return-value]  # every Row is a Base; a Table behind FromClause


def row_models() -> list[type[Row]]:
    """The models of all rows of registers."""
    return [mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Row)]


def row_model(table: Table) -> type[Row]:
    """The model of a table."""
    return next(model for model in row_models() if table_of(model) is table)


def owned(model: type[Row]) -> list[tuple[Any, Any]]:
    """Models and columns of rows that can't be without a row of ``model``: its parts and its outline."""
    found = []
    for other in row_models():
        for column in table_of(other).columns:
            points_here = any(fk.column.table is table_of(model) for fk in column.foreign_keys)
            if points_here and (not column.nullable or column.key == "parent_id"):
                found.append((other, getattr(other, column.key)))
    return found
