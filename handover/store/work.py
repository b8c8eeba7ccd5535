"""The unit of work: the only way to write, recorded field by field and done whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from contextlib import AbstractContextManager, nullcontext
from functools import cached_property
from itertools import repeat
from typing import Any, TypeVar

from sqlalchemy import RowMapping, Table, inspect
from sqlalchemy.orm import InstanceState, Session

from handover import clock
from handover.errors import NotLawful, NotValid, Refused
from handover.i18n import N_, tr
from handover.jobs import Progress, step, unattended
from handover.model import account, entailed, locks, steps
from handover.model.base import Base, Row, new_id
from handover.model.lifecycle import Step
from handover.store import bulk, log
from handover.store.belonging import Belonging, table_of
from handover.store.closed import ClosedRows
from handover.store.log import LogEntry
from handover.store.part_numbers import PartNumbers, numbers_parts
from handover.store.references import RowReferences
from handover.store.row_entries import before_of, defaults, entries_of, is_new, keys_of, quoted

R = TypeVar("R", bound=Base)
P = TypeVar("P", bound=Row)

#: The attribute by which parts are numbered.
_NUMBER = "number"
#: Rows to a statement when rows are looked up by key; SQLite allows 32,766 variables.
_CHUNK = 5_000


class UnitOfWork:
    """Changes that belong together, inside ``with workspace.edit("…") as work``.

    Attributes:
        session: for queries within the act. Nothing is flushed before the end.
        project_id: the project in which references are counted.
        user: the account of who does it.
        history: the act tells of what happened some time ago, as an import does; see ``steps.Taker``.
        told: what fills the placeholders of the act's name that is known only within it, such as a number drawn.
    """

    def __init__(self, session: Session, project_id: str | None, user: str = "", *, history: bool = False) -> None:
        self.session = session
        self.project_id = project_id
        self.user = user
        self.history = history
        #: The act, once some of its changes were handed to the log.
        self.begun: log.BegunAct | None = None
        self._bulk: list[LogEntry] = []
        self._many_new: list[tuple[type[Row], list[dict[str, Any]]]] = []
        self._references = RowReferences(session)
        self.part_numbers = PartNumbers(session)
        self._let_through: dict[Base, frozenset[str]] = {}
        self._touched: set[str] = {project_id} if project_id else set()
        self.tables: set[str] = set()
        self.told: dict[str, object] = {}
        self._belonging = Belonging(session)
        self._closed = ClosedRows(session, self._belonging)

    def add(self, row: R) -> R:
        """Take in a new row; it gets its key now, and its reference if it is a row of a project."""
        if row.logged:
            row.id = row.id or new_id()  # type: ignore[attr-defined]  # every logged table has a key
        if isinstance(row, Row):
            row.project_id = row.project_id or self._project()
            row.ref = row.ref or self._references.next(row.project_id, row.prefix, 1)[0]
        self.session.add(row)
        return row

    def get(self, model: type[R], key: str) -> R:
        """The row to edit. Raises NotValid when it is gone."""
        row = self.session.get(model, key)
        if row is None:
            raise NotValid(N_("This row no longer exists."))
        return row

    def take(self, row: Row, step: Step, answers: Mapping[str, Any]) -> None:  # Any: what fields hold
        """Bring a row on by a step of its lifecycle; the rules of the step are checked when the act ends.

        Raises:
            NotLawful, NotValid: see ``steps.take``.
        """
        steps.take(row, step, answers)

    @cached_property
    def taker(self) -> steps.Taker:
        """Who takes the steps of this act."""
        found = account.person_of(self.session.connection(), self.project_id, self.user)
        return steps.Taker(found, clock.today(), self.history)

    def delete(self, row: Row) -> int:
        """Put a row and what can't be without it into the bin; returns how many rows went.

        When the act ends, it is refused where one of them is locked.

        Raises:
            NotLawful: one of them can't go.
        """
        stamp = clock.now().isoformat(timespec="milliseconds")
        family = [row, *self._belonging.dependents(row)]
        for member in family:
            member.refuse_bin()
            member.deleted_at = stamp
        return len(family)

    def restore(self, row: Row) -> int:
        """Take a row, and what went into the bin with it, out again; returns how many rows came back.

        Raises:
            NotLawful: the row can't be without another one that is still in the bin.
        """
        stamp = row.deleted_at
        for owner in self._belonging.owners(row):
            if owner.deleted_at is not None:
                raise NotLawful(N_("{ref} belongs to {owner}, which is in the bin. Restore {owner} first."),
                                ref=row.ref, owner=owner.ref)  # fmt: skip
        family = [row, *(r for r in self._belonging.dependents(row, binned=True) if r.deleted_at == stamp)]
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
        refs, keys = self._insert_rows(model, rows, frozenset())
        if entailed.changing_others(model):
            self._many_new.append((model, _with_keys(rows, keys, self._project())))
        return refs

    def _insert_rows(
        self,
        model: type[P],
        rows: Sequence[dict[str, Any]],  # Any: as above
        new_owners: Set[str],
    ) -> tuple[list[str], list[Any]]:  # Any: as above
        """Insert rows and those that come along with them; returns their references and keys.

        What belongs to ``new_owners`` belongs to rows that were inserted a moment before.
        """
        project = self._project()
        refs = self._references.next(project, model.prefix, len(rows))
        self._closed.refuse_owners(model, [row for row in rows if row.get(model.part_of) not in new_owners])
        given: dict[str, list[Any]] = {
            "id": keys_of(rows),
            "project_id": [project] * len(rows),
            "ref": refs,
        }  # Any: as above
        if numbers_parts(model):
            given[_NUMBER] = self.part_numbers.numbers(model, rows, new_owners)
            self.part_numbers.write()
            rows = [{key: value for key, value in row.items() if key != _NUMBER} for row in rows]
        self._insert(table_of(model), bulk.columns_of(rows, given, defaults(model)))
        for asked in entailed.coming_along(model):
            also, of_these = asked(_with_keys(rows, given["id"], project), self.session)
            if of_these:
                self._insert_rows(also, of_these, frozenset(given["id"]))
        return refs, given["id"]

    def loading(self, model: type[Base], count: int, progress: Progress = unattended) -> AbstractContextManager[None]:
        """Around inserts of ``count`` rows in all: quicker where there are many of them, the same otherwise."""
        return bulk.without_indices(self.session.connection(), table_of(model), count, progress)

    def insert_plain(self, model: type[Base], rows: Sequence[dict[str, Any]]) -> None:  # Any: values of any column
        """Insert many rows that have no reference, such as links."""
        if not rows:
            return
        given = {"id": keys_of(rows), "project_id": [self._project()] * len(rows)}
        self._insert(table_of(model), bulk.columns_of(rows, given, {}))

    def update_many(
        self,
        model: type[Base],
        changes: Mapping[str, Mapping[str, Any]],  # Any: as above
        progress: Progress = unattended,
    ) -> int:
        """Set fields of many rows by key; returns how many rows really changed.

        A change of state is checked and settled as that of an object is, when the act ends.

        Raises:
            Refused: one of the rows is locked; NotLawful: it can't pass into its new state.
            Cancelled: the user stopped it.
        """
        table = table_of(model)
        keys, changed = list(changes), 0
        connection = self.session.connection()
        found_life = steps.life_of(model)
        life = found_life[0] if found_life else ""
        guarded = model.guarded if issubclass(model, Row) else frozenset()
        if issubclass(model, Row) and not self.history:
            guarded |= model.guarded_by_hand
        for at in range(0, len(keys), _CHUNK):
            step(progress, at, len(keys), tr("Storing changes"))
            chunk = keys[at : at + _CHUNK]
            marks = ",".join("?" * len(chunk))
            names = [c.name for c in table.columns]
            found = connection.exec_driver_sql(
                f"SELECT {','.join(map(quoted, names))} FROM {table.name} WHERE id IN ({marks})",  # noqa: S608 - names are ours
                tuple(chunk),
            )
            statements: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
            before = [dict(row) for row in found.mappings()]
            self._closed.refuse_owners(model, before)
            for row in before:
                self._touch(table, row)
                new = {k: log.stored(v) for k, v in changes[row["id"]].items()}
                diff = {k: [row[k], v] for k, v in new.items() if row[k] != v}
                if not diff:
                    continue
                changed += 1
                if life in diff or not guarded.isdisjoint(diff):
                    self._pass_on(model, changes[row["id"]], row["id"])
                else:
                    if reason := locks.refusal(model, row, {**row, **new}, diff.keys()):
                        raise Refused([reason])
                    self._bulk.append(LogEntry(table.name, row["id"], "update", log.as_json(diff)))
                    statements.setdefault(tuple(diff), []).append((*(d[1] for d in diff.values()), row["id"]))
            for columns, values in statements.items():
                assignments = ",".join(f"{quoted(c)}=?" for c in columns)
                connection.exec_driver_sql(f"UPDATE {table.name} SET {assignments} WHERE id=?", values)  # noqa: S608 - as above
        if changed:
            self.tables.add(table.name)
        return changed

    def _pass_on(self, model: type[Base], values: Mapping[str, Any], key: str) -> None:  # Any: as above
        """Set fields of a row one by one, so that the rules of its steps and of what is guarded in it are met."""
        row = self.get(model, key)
        held = {attr.key: getattr(row, attr.key) for attr in inspect(row).mapper.column_attrs}
        another: AbstractContextManager[None] = nullcontext()
        if isinstance(row, Row):
            row.said = frozenset(values)
            if self.history and row.freed(held, {**held, **values}):
                another = row.shows_another
        with another:
            for attr, value in values.items():
                setattr(row, attr, value)

    def noted(self, table: Table, key: str, project: str, diff: Mapping[str, list[Any]]) -> None:  # Any: as above
        """Note a change that is made beside objects and in rows that may be locked, as those of ``past_locks`` are."""
        self._touched.add(project)
        self._bulk.append(LogEntry(table.name, key, "update", log.as_json(diff)))
        self.tables.add(table.name)

    def remove(self, model: type[Base], keys: Iterable[str]) -> int:
        """Remove rows for good, such as links or what is emptied from the bin; returns how many went."""
        table = table_of(model)
        gone = 0
        connection = self.session.connection()
        for key in keys:
            row = connection.exec_driver_sql(f"SELECT * FROM {table.name} WHERE id=?", (key,)).mappings().one_or_none()  # noqa: S608 - as above
            if row is None:
                continue
            self._touch(table, row)
            fields = {k: v for k, v in row.items() if v is not None}
            self._bulk.append(LogEntry(table.name, key, "delete", log.as_json(fields)))
            connection.exec_driver_sql(f"DELETE FROM {table.name} WHERE id=?", (key,))  # noqa: S608 - as above
            gone += 1
        if gone:
            self.tables.add(table.name)
        return gone

    def finish(self) -> list[LogEntry]:
        """Check and write all that is pending; returns the changes in the order in which they happened.

        Those of many new rows are in the log already (``begun``): all of them together would need much memory.
        """
        for model, rows in self._many_new:
            for asked in entailed.changing_others(model):
                for also in asked(rows, self.session):
                    self.add(also)
        self._many_new.clear()
        self.settle()
        pending = self._pending()
        self._closed.refuse_projects(self._touched, pending)
        self.part_numbers.write()
        entries = [e for row in pending if isinstance(row, Base) and row.logged for e in entries_of(row)]
        self.session.flush()
        self.tables.update(e.table for e in entries)
        # In the order in which the file saw them: what was written at once, then what waited for this flush.
        return [*self._bulk, *entries]

    def settle(self) -> None:
        """Check the rows that were set so far, and do what follows from it; ``finish`` does it with later ones."""
        # Owners before their parts: what is refused is refused of the row that was meant.
        waiting = sorted(self._pending(), key=lambda row: isinstance(row, Row) and bool(row.part_of))
        while waiting:
            waiting = [also for row in waiting for also in self._settle(row)]

    def _pending(self) -> list[Base]:
        return [*self.session.new, *(r for r in self.session.dirty if self.session.is_modified(r))]

    def _settle(self, row: Base) -> list[Row]:
        """Check a row and do what follows from its changes; the rows that were changed with it."""
        state: InstanceState[Base] = inspect(row)
        if is_new(row):
            for column, value in defaults(type(row)).items():
                if getattr(row, column) is None:
                    setattr(row, column, value)
        self._number(row)
        if row.passed:  # what its steps may set stays open for the rest of the act
            self._let_through[row] = self._let_through.get(row, frozenset()) | steps.settle(row, self.taker)
        changed = {a.key for a in state.attrs if a.history.has_changes()}
        values = {a.key: getattr(row, a.key) for a in state.mapper.column_attrs}
        self._refuse_locked(row, values, changed, self._let_through.get(row, frozenset()))
        if isinstance(row, Row) and hasattr(row, "against_change"):
            before = {} if is_new(row) else {a.key: before_of(a) for a in state.attrs if a.key in values}
            if reasons := [*row.against_change(before, self.taker)]:
                raise Refused(reasons)
        for key, value in row.consequences(values, changed).items():
            setattr(row, key, value)
            values[key] = value
        for problem in row.problems(values):
            raise NotValid(problem.message, field=problem.field, detail="", **problem.values)
        return [self.add(also) for also in entailed.entailed(row, changed, self.session, self.taker)]

    def _number(self, row: Base) -> None:
        """Give a part its number within its owner: when it is new, and when it goes to another one."""
        if not isinstance(row, Row) or not numbers_parts(type(row)):
            return
        attrs = inspect(row).attrs
        moved = not is_new(row) and attrs[row.part_of].history.has_changes()
        if is_new(row) or moved:
            values = {row.part_of: getattr(row, row.part_of)}
            if not moved:
                values[_NUMBER] = inspect(row).attrs[_NUMBER].value
            setattr(row, _NUMBER, self.part_numbers.number(type(row), values))

    def _refuse_locked(
        self,
        row: Base,
        values: Mapping[str, Any],
        changed: Set[str],
        let_through: Set[str],  # Any: as above
    ) -> None:
        if not is_new(row):
            before = {a.key: before_of(a) for a in inspect(row).attrs if a.key in values}
            if self.history and isinstance(row, Row):
                let_through = let_through | row.freed(before, values)
            if reason := locks.refusal(type(row), before, values, changed, let_through):
                raise Refused([reason])
        if isinstance(row, Row) and row.part_of and changed and not changed <= {"deleted_at"}:
            self._closed.refuse_owners(type(row), [values])
        owner = self.owner(row) if isinstance(row, Row) and changed else None
        if owner is not None and not (changed <= {"deleted_at"} and owner.deleted_at is not None):
            self._closed.refuse_owner(owner)

    def _project(self) -> str:
        if self.project_id is None:
            raise NotValid(N_("Choose a project first."))
        return self.project_id

    def _touch(self, table: Table, row: RowMapping | dict[str, Any]) -> None:  # Any: the values of any column
        """Remember the project of a row, so that a closed one refuses the change."""
        project = row.get("id" if table.name == "project" else "project_id")
        if project:
            self._touched.add(project)

    def _insert(self, table: Table, columns: dict[str, list[Any]]) -> None:  # Any: values of any column
        name = str(table.name)  # SQLAlchemy's own kind of text is asked for its meaning row by row
        self._bulk += map(LogEntry, repeat(name), columns["id"], repeat("insert"), bulk.texts_of(columns))
        self._touched.update(p for p in set(columns.get("id" if name == "project" else "project_id", ())) if p)
        connection = self.session.connection()
        marks = ",".join("?" * len(columns))
        connection.exec_driver_sql(
            f"INSERT INTO {name} ({','.join(map(quoted, columns))}) VALUES ({marks})",  # noqa: S608 - as above
            list(zip(*columns.values(), strict=True)),
        )
        self.tables.add(name)
        if len(self._bulk) >= log.BATCH:
            self.begun = self.begun or log.begin(connection)
            self.begun.take(connection, self._bulk)
            self._bulk.clear()

    def owner(self, row: Row) -> Row | None:
        """The row that another one belongs to, as an attached file does; None for a row of its own."""
        return self._belonging.owner(row)


def _with_keys(
    rows: Sequence[Mapping[str, Any]],  # Any: column values
    keys: Sequence[str],
    project: str,
) -> list[dict[str, Any]]:  # Any: as above
    return [{**row, "id": key, "project_id": project} for row, key in zip(rows, keys, strict=True)]
