"""Undo and redo: any number of steps, across a restart, exactly as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from handover.errors import NotLawful, ReadOnly
from handover.i18n import in_language
from handover.model import Document, Member, Person, Task, WorkingGroup
from handover.store import Workspace, redo, redo_label, undo, undo_label
from tests.domain import Contents, a_project, a_row, a_workspace, contents, stored


def five_acts(workspace: Workspace) -> list[Contents]:
    """What the workspace held before and after each of five acts of every kind."""
    seen = [contents(workspace.path)]

    def look() -> None:
        seen.append(contents(workspace.path))

    project = a_project(workspace)
    look()
    row = a_row(workspace, project, Document(title="Manual", copies=2))
    look()
    with workspace.edit("Import {n} rows", project=project, n=3) as work:
        work.insert_many(Document, [{"title": str(n)} for n in range(3)])
        changed = work.get(Document, row.id)
        changed.copies, changed.mandatory = 3, False
    look()
    with workspace.edit("Delete", project=project) as work:
        work.delete(work.get(Document, row.id))
    look()
    with workspace.edit("Empty the bin", project=project) as work:
        work.remove(Document, [row.id])
    look()
    return seen


def test_undo_and_redo_walk_all_the_way_back_and_forth(workspace: Workspace) -> None:
    seen = five_acts(workspace)

    for before in reversed(seen[:-1]):
        undo(workspace)
        assert contents(workspace.path) == before
    for after in seen[1:]:
        redo(workspace)
        assert contents(workspace.path) == after
    for before in reversed(seen[:-1]):
        undo(workspace)
        assert contents(workspace.path) == before


def test_undo_and_redo_go_on_after_a_restart(tmp_path: Path) -> None:
    with a_workspace(tmp_path) as workspace:
        seen = five_acts(workspace)
        undo(workspace)
        undo(workspace)

    with Workspace.open(workspace.path) as again:
        redo(again)
        assert contents(again.path) == seen[4]
    with Workspace.open(workspace.path) as again:
        for before in reversed(seen[:4]):
            undo(again)
            assert contents(again.path) == before
        assert undo_label(again) is None


def test_undo_says_what_it_undoes_in_the_language_in_force(workspace: Workspace) -> None:
    a_project(workspace, "P7")

    step = undo_label(workspace)
    assert step is not None
    assert step.label == "New project P7"
    with in_language("zh"):
        assert undo_label(workspace) is not None
    assert undo(workspace) == step
    assert redo_label(workspace) is not None


def test_nothing_to_undo_or_redo_is_told(workspace: Workspace) -> None:
    with pytest.raises(NotLawful, match="nothing to undo"):
        undo(workspace)
    with pytest.raises(NotLawful, match="nothing to redo"):
        redo(workspace)


def test_new_act_ends_what_could_be_redone(workspace: Workspace, project: str) -> None:
    a_row(workspace, project, Document(title="One"))
    undo(workspace)
    a_row(workspace, project, Document(title="Two"))

    assert redo_label(workspace) is None
    undo(workspace)
    undo(workspace)
    assert workspace.projects() == []


def test_barrier_can_not_be_undone(workspace: Workspace, project: str) -> None:
    row = a_row(workspace, project, Document(title="One"))
    with workspace.edit("Empty the bin", project=project, kind="barrier") as work:
        work.remove(Document, [row.id])

    assert undo_label(workspace) is None
    a_row(workspace, project, Document(title="Two"))
    undo(workspace)
    with pytest.raises(NotLawful, match="nothing to undo"):
        undo(workspace)


def test_undo_of_a_deleted_group_brings_its_members_back(workspace: Workspace, project: str) -> None:
    with workspace.edit("Add", project=project) as work:
        group, person = work.add(WorkingGroup(name="Pumps")), work.add(Person(name="Li Na"))
        member = work.add(Member(group_id=group.id, person_id=person.id))
    with workspace.edit("Delete", project=project) as work:
        work.delete(work.get(WorkingGroup, group.id))

    undo(workspace)

    assert stored(workspace, Member, member.id)["deleted_at"] is None


def test_row_written_at_once_and_then_edited_is_redone_as_it_was(workspace: Workspace, project: str) -> None:
    with workspace.edit("Import", project=project) as work:
        work.insert_many(Task, [{"id": "a" * 32, "name": "Imported"}])
        work.get(Task, "a" * 32).name = "Corrected"
    after = contents(workspace.path)

    undo(workspace)
    assert stored(workspace, Task, "a" * 32) == {}
    redo(workspace)

    assert contents(workspace.path) == after


def test_listeners_learn_what_undo_changed(workspace: Workspace, project: str) -> None:
    a_row(workspace, project, Document(title="One"))
    told: list[frozenset[str]] = []
    workspace.on_change(told.append)

    undo(workspace)
    redo(workspace)

    assert told == [frozenset({"document"})] * 2


def test_undo_is_refused_where_nothing_can_be_written(workspace: Workspace, project: str) -> None:
    with Workspace.open(workspace.path, "read") as reader:
        assert undo_label(reader) is not None
        with pytest.raises(ReadOnly):
            undo(reader)
