"""Acts of very many rows hand their changes to the log as they go; the log is the same, and all goes or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from handover.model import Document, Project
from handover.store import log
from handover.store.checking.check import check
from handover.store.undo import undo
from handover.store.workspace import Workspace

MANY = 2 * log.BATCH + 1


@pytest.fixture
def project(workspace: Workspace) -> Project:
    with workspace.edit("Start") as work:
        work.add(Project(code="P", name="P"))
    return workspace.projects()[0]


def test_changes_handed_over_on_the_way_are_chained_and_undone_as_one_act(
    workspace: Workspace, project: Project
) -> None:
    with workspace.edit("Many", project=project.id) as work:
        work.insert_many(Document, [{"title": f"Drawing {n}"} for n in range(MANY)])
        assert work.begun is not None
        work.add(Document(title="The last one"))
    with workspace.engine.connect() as connection:
        acts = connection.exec_driver_sql("SELECT label, kind FROM act ORDER BY id").all()
        held = connection.exec_driver_sql(
            "SELECT count(*) FROM change WHERE act_id=(SELECT max(id) FROM act)"
        ).scalar_one()
    assert [tuple(act) for act in acts] == [("Start", "edit"), ("Many", "edit")]
    assert held == MANY + 1
    assert not check(workspace.path)
    undo(workspace)
    with workspace.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM document").scalar_one() == 0
    assert not check(workspace.path)


def test_act_that_fails_after_some_changes_leaves_no_trace(workspace: Workspace, project: Project) -> None:
    with pytest.raises(RuntimeError), workspace.edit("Many", project=project.id) as work:
        work.insert_many(Document, [{"title": f"Drawing {n}"} for n in range(MANY)])
        raise RuntimeError
    with workspace.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM act").scalar_one() == 1
        assert connection.exec_driver_sql("SELECT count(*) FROM document").scalar_one() == 0
    assert not check(workspace.path)


def test_nothing_is_begun_for_few_rows(workspace: Workspace, project: Project, tmp_path: Path) -> None:
    with workspace.edit("Few", project=project.id) as work:
        work.insert_many(Document, [{"title": f"Drawing {n}"} for n in range(20)])
        assert work.begun is None
