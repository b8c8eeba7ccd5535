"""Filling registers with the sample's rows: typed texts become values, their dates moved to the present."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import select

from handover.registers import entry, find
from handover.registers.acts import editing
from handover.registers.called import called_by_others
from handover.registers.catalogue import of_table
from handover.registers.declare import Field, Register
from handover.sample.files import texts
from handover.store import Workspace
from handover.values.cells import folded

Texts = Mapping[Field, str]
Values = dict[str, Any]  # Any: what each field holds


@dataclass(frozen=True, slots=True)
class SampleFilling:
    """What is the same for all rows of a sample.

    Attributes:
        language: of what the rows say, ``en`` or ``zh``.
        shift: by how much the dates of the files move.
    """

    workspace: Workspace
    project_id: str
    language: str
    shift: dt.timedelta

    def texts(self, register: Register) -> list[dict[Field, str]]:
        """The rows of a register's file, as typed."""
        return texts(self.language, register)

    def values(self, rows: Sequence[Texts], later: frozenset[str] = frozenset()) -> list[Values]:
        """What typed rows hold by field, without links to the tables that come later."""
        with self.workspace.read() as connection:
            known = self._called(rows, later)
            called = cache(lambda table: find.exactly_called(connection, self.project_id, table))
            row_of = cache(
                lambda table, text: (
                    called(table).get(folded(text)) or find.resolve(connection, self.project_id, table, text).id
                )
            )
            pick_of = cache(lambda field, text: entry.parse(connection, self.project_id, field, text))

            def value(field: Field, text: str) -> Any:  # Any: what the field holds
                if field.links and not field.pick:
                    place = field.target, text
                    return None if field.target in later else known.get(place) or row_of(*place)
                if field.pick:
                    return pick_of(field, text)
                return field.kind.moved(entry.parse(connection, self.project_id, field, text), self.shift)

            return [{f.field: value(f, text) for f, text in row.items()} for row in rows]

    def add(self, register: Register, rows: Sequence[Values]) -> list[str]:
        """Add rows as history; returns their keys."""
        if not rows:
            return []
        return editing.add_many(self.workspace, register, self.project_id, rows, source="import")

    def change(self, register: Register, changes: Mapping[str, Mapping[str, Any]]) -> None:  # Any: as above
        """Change rows as history, by key and field."""
        editing.change(self.workspace, register, self.project_id, changes, source="import")

    def _called(self, rows: Sequence[Texts], later: frozenset[str]) -> dict[tuple[str, str], str]:
        """The rows that are named by another one's name, by table and name: looked up together, as they are many."""
        found: dict[tuple[str, str], str] = {}
        for table in self._tables(rows) - later:
            target = of_table(table)
            if target is None:
                continue
            with self.workspace.read() as connection:
                here = select(target.model.id).where(target.model.project_id == self.project_id)
                keys = list(connection.execute(here).scalars())
                for key, called in called_by_others(connection, target, keys).items():
                    found.update({(table, name): key for name in called.shorter})
        return found

    @staticmethod
    def _tables(rows: Iterable[Texts]) -> set[str]:
        return {field.target for row in rows for field in row if field.links and not field.pick}
