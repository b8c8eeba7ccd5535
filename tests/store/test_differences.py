"""What differs between a workspace and its copy is told before the copy is restored."""

from __future__ import annotations

from pathlib import Path

import pytest

from handover.model import Document, Task
from handover.store.copies import copies, copying
from handover.store.copies.differences import Difference, differences
from tests.domain import a_project, a_row, a_workspace


@pytest.mark.parametrize("whole", [0, 10**9], ids=["shared pages", "whole"])
def test_rows_that_restoring_takes_brings_back_and_sets_back_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: int
) -> None:
    monkeypatch.setattr(copying, "WHOLE_BYTES", whole)
    with a_workspace(tmp_path) as workspace:
        project = a_project(workspace)
        kept = a_row(workspace, project, Document(title="Manual"))
        gone = a_row(workspace, project, Document(title="Drawing"))
        a_row(workspace, project, Document(title="As it is"))
        copy = copying.make(workspace.path, copies.DAILY)
        assert differences(workspace.path, copy) == []
        with workspace.edit("Edit", project=project) as work:
            work.get(Document, kept.id).title = "Handbook"
            work.delete(work.get(Document, gone.id))
        for name in ("One", "Two"):
            a_row(workspace, project, Task(name=name))

        found = {each.table: each for each in differences(workspace.path, copy)}

    assert found["document"] == Difference("document", 0, 1, 1, ("DOC-0001", "DOC-0002"))
    assert found["task"] == Difference("task", 2, 0, 0, ("TSK-0001", "TSK-0002"))
    assert found.keys() == {"document", "task"}
