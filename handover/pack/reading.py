"""What all parts of a pack are made from: the project, and what its registers hold."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from handover.model.project import Project
from handover.pack.outline import Block, Party, TableBlock
from handover.pack.tables import register_table
from handover.registers.blockers import Blocked
from handover.registers.catalogue import register
from handover.registers.chapter import Chapter
from handover.registers.overview import Overview
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


def blocks_of(chapter: Chapter, reading: PackReading) -> tuple[Block, ...]:
    """What the pack holds of a chapter: its registers, then what ``handover.pack.chapters`` adds for it."""
    tables = tuple(reading.register(each.register, group_by=each.group_by) for each in chapter.pack)
    module = f"handover.pack.chapters.{chapter.key}"
    if importlib.util.find_spec(module) is None:
        return tables
    more: Callable[[PackReading], tuple[Block, ...]] | None = getattr(importlib.import_module(module), "more", None)
    return (*tables, *(more(reading) if more is not None else ()))
