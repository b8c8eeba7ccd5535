"""What all parts of a pack are made from: the project, and what its registers hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

from sqlalchemy import select

from handover.model.group import WorkingGroup
from handover.model.project import Project
from handover.pack.blocks.matrix import MatrixBlock
from handover.pack.matrices import matrix_block
from handover.pack.outline import TableBlock
from handover.pack.packs.readers import Readers, internal_fields, kept_from, withheld_rows
from handover.pack.packs.sides import Signing
from handover.pack.tables import register_table
from handover.plan.lateness import last_day
from handover.registers.catalogue import owner_of, register
from handover.registers.declare import Register
from handover.registers.figures.blockers import Blocked
from handover.registers.figures.overview import Overview, overview
from handover.registers.matrix.declaration import Matrix
from handover.registers.query import Condition, Query, every
from handover.registers.scheduling.chart import Chart, read_chart
from handover.store.workspace import Workspace

Where: TypeAlias = tuple[Condition, ...]


@dataclass(frozen=True)
class PackReading:
    """A project as it was read for a pack: ``names`` of those who take part by their place, ``signing`` who signs.

    Args:
        as_of: the day that the pack tells of; also the data date of a plan that has none.
        about: the keys of the systems that the pack is about; empty for all of the project.
        group: the key of the working group that it is about; empty where it is about none.
        readers: who reads the pack, and so what may stand in it.
    """

    workspace: Workspace
    project: Project
    blocked: tuple[Blocked, ...]
    names: Mapping[str, str]
    signing: Signing
    as_of: dt.date
    about: tuple[str, ...] = ()
    group: str = ""
    readers: Readers = "parties"

    @property
    def scoped(self) -> bool:
        """Whether the pack is about a part of the project alone."""
        return bool(self.about or self.group)

    @cached_property
    def overview(self) -> Overview:
        """How far everything is; few parts tell of it, and it takes as long to read as most parts do."""
        with self.workspace.read() as connection:
            return overview(connection, self.project.id)

    @cached_property
    def about_group(self) -> str:
        """The name of the working group that the pack is about; empty where it is about none."""
        with self.workspace.read() as connection:
            name = connection.execute(select(WorkingGroup.name).where(WorkingGroup.id == self.group)).scalar()
        return str(name or "")

    @cached_property
    def withheld(self) -> Mapping[str, frozenset[str]]:
        """The keys of the rows that its readers may not see, by the table in which they stand."""
        with self.workspace.read() as connection:
            return withheld_rows(connection, self.project.id, self.readers)

    @cached_property
    def plan(self) -> Chart:
        """The plan with its newest baseline; what isn't done lies after the day of the pack."""
        with self.workspace.read() as connection:
            return read_chart(connection, self.project.id, as_of=None if self.project.data_date else self.as_of)

    def finish_of(self, task: str) -> dt.date | None:
        """The last day of a task, as the plan computes it; None where there is no such task."""
        return last_day(self.plan.schedule[task].finish) if task in self.plan.schedule else None

    def register(
        self, key: str, *, group_by: str = "", left_out: tuple[str, ...] = (), view: str = "", where: Where = ()
    ) -> TableBlock:
        """A register of the project as a table, in a pack of some systems what is about them.

        Args:
            view: the rows of a view alone.
            where: further conditions.
        """
        of = register(key)
        query = Query(view=view, where=(*where, *(scope_of(self, of) or ())))
        table = register_table(
            self.workspace, of, self.project.id, query, group_by=group_by, left_out=left_out,
            internal=internal_fields(of, self.readers),
        )  # fmt: skip
        # What of the register isn't in the pack is no choice of this table: the pack says which systems it is about.
        return replace(
            table,
            columns=tuple(replace(c, web="mention" if view else "row") if c.key == "ref" else c for c in table.columns),
            filter="" if not view else table.filter,
            left_out=table.left_out if view else 0,
        )

    def matrix(self, matrix: Matrix) -> MatrixBlock:
        """A matrix of the project."""
        with self.workspace.read() as connection:
            return matrix_block(connection, matrix, self.project.id)


def scope_of(reading: PackReading, of: Register) -> Where | None:
    """The conditions by which a register tells of what the pack is about, and to its readers; None where of nothing."""
    found = _about(reading, of)
    return None if found is None else (*found, *kept_from(of, reading.withheld))


def _about(reading: PackReading, of: Register) -> Where | None:
    if not reading.about and not reading.group:
        return ()
    if reading.group and (field := _link_to("working_group", of)):
        return (Condition(field, "is", (reading.group,)),)
    if field := _link_to("system", of):
        return (Condition(field, "is", reading.about or ("",)),)
    part, owner = of.part_of, owner_of(of)
    wanted = _about(reading, owner) if part is not None and owner is not None else None
    if part is None or owner is None or wanted is None:
        return None
    with reading.workspace.read() as connection:
        owners = [row.id for row in every(connection, owner, reading.project.id, Query(where=wanted), ())]
    return (Condition(part.field, "is", tuple(owners) or ("",)),)


def _link_to(table: str, of: Register) -> str:
    """The field by which the rows of a register name one of a table, ``id`` where they are its rows; else empty."""
    if of.table.name == table:
        return "id"
    found = [each.field for each in of.fields if each.kind.stored and each.links and each.target == table]
    named = [field for field in found if field in ("system", "group")]
    return next(iter(named or found), "")
