"""The unit of work: the only way to write, recorded field by field and done whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Table, inspect, select
from sqlalchemy.orm import Session

from handover import clock
from handover.errors import NotLawful, NotValid
from handover.i18n import N_
from handover.model.base import Base, Row, new_id
from handover.model.project import Project
from handover.store import log
from handover.store.log import Counter, Entry

R = TypeVar("R", bound=Base)
P = TypeVar("P", bound=Row)

#: Rows to a statement when rows are looked up by key; SQLite allows 32,766 variables.
_CHUNK = 5_000


class UnitOfWork:
    """Changes that belong together, inside ``with workspace.edit("…") as work``.

    Attributes:
        session: for queries within the act. Nothing is flushed before the end.
        project_id: the project in which references are counted.
    """

    def __init__(self, session: Session, project_id: str | None) -> None:
        self.session = session
        self.project_id = project_id
        self._bulk: list[Entry] = []
        self._touched: set[str] = {project_id} if project_id else set()
        self.tables: set[str] = set()

    def add(self, row: R) -> R:
        """Take in a new row; a row of a project gets its reference now."""
        if isinstance(row, Row):
            row.id = row.id or new_id()
            row.project_id = row.project_id or self._project()
            row.ref = row.ref or self._next_refs(row.project_id, row.prefix, 1)[0]
        self.session.add(row)
        return row

    def get(self, model: type[R], key: str) -> R:
        """The row to edit. Raises NotValid when it is gone."""
        row = self.session.get(model, key)
        if row is None:
            raise NotValid(N_("This row no longer exists."))
        return row

    def delete(self, row: Row) -> int:
        """Put a row and what can't be without it into the bin; returns how many rows went."""
        stamp = clock.now().isoformat(timespec="milliseconds")
        family = [row, *self._dependents(row)]
        for member in family:
            member.deleted_at = stamp
        return len(family)

    def restore(self, row: Row) -> int:
        """Take a row, and what went into the bin with it, out again; returns how many rows came back."""
        stamp = row.deleted_at
        family = [row, *(r for r in self._dependents(row, binned=True) if r.deleted_at == stamp)]
        for member in family:
            member.deleted_at = None
        return len(family)

    def insert_many(self, model: type[P], rows: Sequence[dict[str, Any]]) -> list[str]:  # Any: values of any column
        """Insert many rows at once, as values by column; returns their references in order.

        Much faster than ``add``: no object is made. Rules that one row's values can break are the caller's to have
        checked through ``model.problems``; the lifecycle doesn't bind a new row.
        """
        if not rows:
            return []
        project = self._project()
        refs = self._next_refs(project, model.prefix, len(rows))
        defaults = _defaults(model)
        full = [
            {**defaults, "id": new_id(), "project_id": project, "ref": ref, **row}
            for ref, row in zip(refs, rows, strict=True)
        ]
        self._insert(model.__table__, full)  # type: ignore[arg-type]  # Table behind FromClause
        return refs

    def insert_plain(self, model: type[Base], rows: Sequence[dict[str, Any]]) -> None:  # Any: values of any column
        """Insert many rows that have no reference, such as links."""
        project = self._project()
        self._insert(model.__table__, [{"id": new_id(), "project_id": project, **row} for row in rows])  # type: ignore[arg-type]  # as above

    def update_many(self, model: type[Base], changes: Mapping[str, Mapping[str, Any]]) -> int:  # Any: as above
        """Set fields of many rows by key; returns how many rows really changed."""
        table: Table = model.__table__  # type: ignore[assignment]  # Table behind FromClause
        keys, changed = list(changes), 0
        connection = self.session.connection()
        for at in range(0, len(keys), _CHUNK):
            chunk = keys[at : at + _CHUNK]
            marks = ",".join("?" * len(chunk))
            names = [c.name for c in table.columns]
            found = connection.exec_driver_sql(
                f"SELECT {','.join(map(_quoted, names))} FROM {table.name} WHERE id IN ({marks})",  # noqa: S608 - names are ours
                tuple(chunk),
            )
            statements: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
            for row in found.mappings():
                new = {k: log.stored(v) for k, v in changes[row["id"]].items()}
                diff = {k: [row[k], v] for k, v in new.items() if row[k] != v}
                if diff:
                    changed += 1
                    self._bulk.append(Entry(table.name, row["id"], "update", log.as_json(diff)))
                    statements.setdefault(tuple(diff), []).append((*(d[1] for d in diff.values()), row["id"]))
            for columns, values in statements.items():
                assignments = ",".join(f"{_quoted(c)}=?" for c in columns)
                connection.exec_driver_sql(f"UPDATE {table.name} SET {assignments} WHERE id=?", values)  # noqa: S608 - as above
        if changed:
            self.tables.add(table.name)
        return changed

    def remove(self, model: type[Base], keys: Iterable[str]) -> int:
        """Remove rows for good, such as links or what is emptied from the bin; returns how many went."""
        table: Table = model.__table__  # type: ignore[assignment]  # Table behind FromClause
        gone = 0
        connection = self.session.connection()
        for key in keys:
            row = connection.exec_driver_sql(f"SELECT * FROM {table.name} WHERE id=?", (key,)).mappings().one_or_none()  # noqa: S608 - as above
            if row is None:
                continue
            fields = {k: v for k, v in row.items() if v is not None}
            self._bulk.append(Entry(table.name, key, "delete", log.as_json(fields)))
            connection.exec_driver_sql(f"DELETE FROM {table.name} WHERE id=?", (key,))  # noqa: S608 - as above
            gone += 1
        if gone:
            self.tables.add(table.name)
        return gone

    def finish(self) -> list[Entry]:
        """Check and write all that is pending; returns the changes in the order in which they happened."""
        pending = [*self.session.new, *(r for r in self.session.dirty if self.session.is_modified(r))]
        for row in pending:
            self._settle(row)
        self._refuse_closed_projects(pending)
        entries = [e for row in pending if isinstance(row, Base) and row.logged for e in _entries(row)]
        self.session.flush()
        self.tables.update(e.table for e in entries)
        return [*entries, *self._bulk]

    def _settle(self, row: Base) -> None:
        state = inspect(row)
        if row in self.session.new:
            if row.logged and not row.id:  # type: ignore[attr-defined]  # every logged table has a key
                row.id = new_id()  # type: ignore[attr-defined]  # as above
            for column, value in _defaults(type(row)).items():
                if getattr(row, column) is None:
                    setattr(row, column, value)
        changed = {a.key for a in state.attrs if a.history.has_changes()}
        values = {a.key: getattr(row, a.key) for a in state.mapper.column_attrs}
        for key, value in row.consequences(values, changed).items():
            setattr(row, key, value)
            values[key] = value
        for problem in row.problems(values):
            raise NotValid(problem.message, field=problem.field, **problem.values)

    def _refuse_closed_projects(self, pending: list[Base]) -> None:
        projects = self._touched | {r.project_id for r in pending if isinstance(r, Row)}
        projects |= {r.id for r in pending if isinstance(r, Project) and r not in self.session.new}
        for key in projects:
            status = self.session.connection().execute(select(Project.status, Project.code).where(Project.id == key))
            row = status.one_or_none()
            if row is not None and row.status == "closed":
                raise NotLawful(N_("Project {code} is closed and can't be changed."), code=row.code)

    def _project(self) -> str:
        if self.project_id is None:
            raise NotValid(N_("Choose a project first."))
        return self.project_id

    def _next_refs(self, project: str, prefix: str, count: int) -> list[str]:
        counter = self.session.get(Counter, (project, prefix))
        if counter is None:
            counter = Counter(project_id=project, prefix=prefix, last=0)
            self.session.add(counter)
        first = counter.last + 1
        counter.last += count
        return [f"{prefix}-{n:04d}" for n in range(first, first + count)]

    def _insert(self, table: Table, rows: list[dict[str, Any]]) -> None:
        names = list(dict.fromkeys(k for row in rows for k in row))
        encoded = [[log.stored(row.get(n)) for n in names] for row in rows]
        key = names.index("id")
        for values in encoded:
            fields = {n: v for n, v in zip(names, values, strict=True) if v is not None}
            self._bulk.append(Entry(table.name, values[key], "insert", log.as_json(fields)))
        # Links may name rows that come later in the same act.
        connection = self.session.connection()
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        marks = ",".join("?" * len(names))
        connection.exec_driver_sql(
            f"INSERT INTO {table.name} ({','.join(map(_quoted, names))}) VALUES ({marks})",  # noqa: S608 - as above
            [tuple(v) for v in encoded],
        )
        self.tables.add(table.name)

    def _dependents(self, row: Row, *, binned: bool = False) -> list[Row]:
        found: list[Row] = []
        level = [row]
        while level:
            below: list[Row] = []
            for parent in level:
                for model, column in _owned(type(parent)):
                    where = model.deleted_at.is_not(None) if binned else model.deleted_at.is_(None)
                    below += self.session.scalars(select(model).where(column == parent.id, where))
            found += below
            level = below
        return found


def _quoted(name: str) -> str:
    return f'"{name}"'


def _defaults(model: type[Base]) -> dict[str, Any]:
    found = {}
    for column in model.__table__.columns:
        default = column.default
        if default is not None and default.is_scalar:
            found[column.key] = default.arg  # type: ignore[attr-defined]  # a scalar default has its value in arg
    return found


def _owned(model: type[Row]) -> list[tuple[Any, Any]]:
    """Models and columns of rows that can't be without a row of ``model``: its parts and its outline."""
    owned = []
    for mapper in Base.registry.mappers:
        other = mapper.class_
        if not issubclass(other, Row):
            continue
        for column in mapper.local_table.columns:
            points_here = any(fk.column.table is model.__table__ for fk in column.foreign_keys)
            if points_here and (not column.nullable or column.key == "parent_id"):
                owned.append((other, getattr(other, column.key)))
    return owned


def _entries(row: Base) -> list[Entry]:
    state = inspect(row)
    columns = [a.key for a in state.mapper.column_attrs]
    key = str(state.attrs["id"].value or "")
    if state.transient or state.pending:
        fields = {c: log.stored(state.attrs[c].value) for c in columns if state.attrs[c].value is not None}
        return [Entry(row.__tablename__, key, "insert", log.as_json(fields))]
    diff = {}
    for column in columns:
        history = state.attrs[column].history
        if history.has_changes():
            before = log.stored(history.deleted[0]) if history.deleted else None
            after = log.stored(history.added[0]) if history.added else None
            if before != after:
                diff[column] = [before, after]
    return [Entry(row.__tablename__, key, "update", log.as_json(diff))] if diff else []


def fields_of(entry_fields: str) -> dict[str, Any]:  # Any: stored values
    """The fields of a logged change."""
    loaded: dict[str, Any] = json.loads(entry_fields)
    return loaded
