"""Searching everything: all registers at once, by Chinese of any length, beginnings of words, or pinyin."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from handover.jobs import Progress, unattended
from handover.registers.catalogue import registers
from handover.registers.declare import Register
from handover.registers.linked import Linked
from handover.registers.query import linked
from handover.registers.search.excerpt import Excerpt, excerpts
from handover.registers.search.filling import catch_up
from handover.registers.search.marks import marks
from handover.store.search.index import MANY, TableMatches
from handover.store.search.text import match_of, name_match_of
from handover.store.workspace import Workspace
from handover.values.cells import folded


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that has what was searched for; ``excerpt`` shows where, when its name doesn't."""

    register: Register
    row: Linked
    project_id: str
    excerpt: Excerpt | None


@dataclass(frozen=True, slots=True)
class Group:
    """The best hits of a register, and how many there are in all, counted up to ``MANY``."""

    register: Register
    hits: tuple[Hit, ...]
    total: int

    @property
    def many(self) -> bool:
        """Whether there may be more than were counted."""
        return self.total >= MANY


def can_be_asked(text: str) -> bool:
    """Whether there is anything in a text that can be searched for: a letter, a digit, a Chinese sign."""
    return bool(match_of(text))


def search(
    workspace: Workspace,
    text: str,
    project_id: str | None = None,
    limit: int = 8,
    progress: Progress = unattended,
) -> list[Group]:
    """The rows of all registers that have every word of a text, those first that have it in their names.

    The index is brought up to date first; ``search_following`` has done so beside the work already.

    Args:
        project_id: the project to look in; None for all of the workspace.
        limit: how many rows of each register.

    Raises:
        Cancelled: the user stopped it while the index was being filled.
    """
    asked, in_names = match_of(text), name_match_of(text)
    if not asked:
        return []
    there = catch_up(workspace, progress)
    answer = workspace.search.matches(asked, in_names, project_id, limit)
    if answer is None and there:  # what lies there can't be read
        workspace.search.begin_anew()
        catch_up(workspace, progress)
        answer = workspace.search.matches(asked, in_names, project_id, limit)
    with workspace.read() as connection:
        groups = [
            _group(connection, register, found, text)
            for register in registers()
            if (found := (answer or {}).get(register.table.name)) is not None
        ]
    return sorted((group for group in groups if group.hits), key=lambda group: min(_fit(h, text) for h in group.hits))


def _group(connection: Connection, register: Register, found: TableMatches, text: str) -> Group:
    names = linked(connection, register.table.name, (row.row_id for row in found.rows))
    here = [row for row in found.rows if row.row_id in names]
    shown = excerpts(connection, register, [(names[row.row_id], row.place) for row in here], text)
    hits = (Hit(register, names[row.row_id], row.project, shown.get(row.row_id)) for row in here)
    return Group(register, tuple(sorted(hits, key=lambda hit: _fit(hit, text))), found.total)


def _fit(hit: Hit, text: str) -> int:
    """How well a row fits, 0 the best: its name begins so, has it, has it within, or something else of the row has."""
    if hit.excerpt is not None:
        return 3
    found = marks(hit.row.name, text) or marks(hit.row.ref, text)
    if found and found[0][0] == 0:
        return 0
    return 1 if folded(text) in folded(f"{hit.row.ref} {hit.row.name}") else 2
