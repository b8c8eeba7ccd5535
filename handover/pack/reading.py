"""What all parts of a pack are made from: the project, and what its registers hold."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from handover.model.project import Project
from handover.pack.matrices import matrix_block
from handover.pack.outline import Block, MatrixBlock, Party, TableBlock
from handover.pack.tables import register_table
from handover.registers.catalogue import register
from handover.registers.chapter import Chapter
from handover.registers.figures.blockers import Blocked
from handover.registers.figures.overview import Overview
from handover.registers.matrix.declaration import Matrix
from handover.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class PackReading:
    """A project as it was read for a pack: ``names`` of those who take part by their place, both ``sides``."""

    workspace: Workspace
    project: Project
    overview: Overview
    blocked: tuple[Blocked, ...]
    names: Mapping[str, str]
    sides: tuple[Party, ...]

    def register(self, key: str, *, group_by: str = "", left_out: tuple[str, ...] = ()) -> TableBlock:
        """A register of the project as a table."""
        return register_table(self.workspace, register(key), self.project.id, group_by=group_by, left_out=left_out)

    def matrix(self, matrix: Matrix) -> MatrixBlock:
        """A matrix of the project."""
        with self.workspace.read() as connection:
            return matrix_block(connection, matrix, self.project.id)


def blocks_of(chapter: Chapter, reading: PackReading) -> tuple[Block, ...]:
    """What the pack holds of a chapter: its registers, its matrices, then what ``pack.chapters`` adds for it."""
    tables = tuple(reading.register(each.register, group_by=each.group_by) for each in chapter.pack)
    matrices = tuple(reading.matrix(each) for each in chapter.matrices if each.in_pack)
    module = f"handover.pack.chapters.{chapter.key}"
    if importlib.util.find_spec(module) is None:
        return (*tables, *matrices)
    more: Callable[[PackReading], tuple[Block, ...]] | None = getattr(importlib.import_module(module), "more", None)
    return (*tables, *matrices, *(more(reading) if more is not None else ()))
