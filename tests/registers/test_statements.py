"""The daily pages ask the file little, however much lies in it: a statement a chapter and three more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from handover.model import Document, KnowledgeItem, Person, System, Task
from handover.registers.catalogue import chapters
from handover.registers.figures.blockers import blocked, standing
from handover.registers.figures.overview import overview, progress, totals
from handover.store import Workspace
from tests.domain import a_project, a_workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with a_workspace(tmp_path) as opened:
        yield opened


def filled(workspace: Workspace, systems: int) -> str:
    project = a_project(workspace)
    with workspace.edit("Fill", project=project) as work:
        person = work.add(Person(name="Li Na"))
        for n in range(systems):
            system = work.add(System(code=f"{n:03}", name="Pumps", operations_lead_id=person.id))
            work.add(Document(title="Manual", system_id=system.id, holder_id=person.id))
            work.add(Task(name="Flush", system_id=system.id, owner_id=person.id))
            work.add(KnowledgeItem(title="Start-up", criticality="5", system_id=system.id, holder_id=person.id))
    return project


def statements(workspace: Workspace, act: Callable[..., Any], *arguments: object) -> int:
    said: list[str] = []

    def hear(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            said.append(statement)

    event.listen(workspace.engine, "before_cursor_execute", hear)
    try:
        with workspace.read() as connection:
            act(connection, *arguments)
    finally:
        event.remove(workspace.engine, "before_cursor_execute", hear)
    return len(said)


@pytest.mark.parametrize("systems", [1, 40])
@pytest.mark.parametrize("act", [overview, blocked, totals, progress], ids=lambda act: act.__name__)
def test_page_takes_a_statement_a_chapter_and_three_more(
    workspace: Workspace, act: Callable[..., Any], systems: int
) -> None:
    project = filled(workspace, systems)

    assert 0 < statements(workspace, act, project) <= len(chapters()) + 3


def test_list_of_what_stands_in_the_way_takes_one_statement(workspace: Workspace) -> None:
    project = filled(workspace, 3)

    assert statements(workspace, standing, project, None) == 1
