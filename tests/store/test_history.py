"""The change log as it is read: who changed which field from what to what, and when."""

from __future__ import annotations

import datetime as dt

import pytest

from handover.model import Document
from handover.store import Workspace, redo, undo
from handover.store.history import history, recent
from tests.domain import a_project, a_row


@pytest.fixture(autouse=True)
def _on_the_second_of_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDOVER_TODAY", "2026-05-02")


def test_history_of_a_row_tells_who_what_and_when(workspace: Workspace, project: str) -> None:
    workspace.user = "li.na"
    row = a_row(workspace, project, Document(title="Manual", due_on=dt.date(2026, 6, 1)))
    workspace.user = "wang.wei"
    with workspace.edit("Postpone {ref}", project=project, source="paste", ref=row.ref) as work:
        document = work.get(Document, row.id)
        document.due_on, document.title = dt.date(2026, 6, 8), "Manual A"

    changed, created = history(workspace, [row.id])

    assert (changed.who, changed.label, changed.source, changed.op) == (
        "wang.wei", "Postpone DOC-0001", "paste", "update",
    )  # fmt: skip
    assert changed.at.startswith("2026-05-02T")
    assert changed.fields == {"due_on": ("2026-06-01", "2026-06-08"), "title": ("Manual", "Manual A")}
    assert (created.who, created.op) == ("li.na", "insert")
    assert created.fields["title"] == (None, "Manual")
    assert created.fields["status"] == (None, "placeholder")


def test_history_tells_undo_and_redo_as_acts_of_their_own(workspace: Workspace, project: str) -> None:
    row = a_row(workspace, project, Document(title="Manual"))
    with workspace.edit("Rename", project=project) as work:
        work.get(Document, row.id).title = "Handbook"
    undo(workspace)
    redo(workspace)

    events = history(workspace, [row.id])

    assert [(e.kind, e.fields.get("title")) for e in events] == [
        ("redo", ("Manual", "Handbook")),
        ("undo", ("Handbook", "Manual")),
        ("edit", ("Manual", "Handbook")),
        ("edit", (None, "Manual")),
    ]


def test_history_keeps_what_was_removed_for_good(workspace: Workspace, project: str) -> None:
    row = a_row(workspace, project, Document(title="Manual"))
    with workspace.edit("Empty the bin", project=project) as work:
        work.remove(Document, [row.id])

    gone = history(workspace, [row.id])[0]

    assert gone.op == "delete"
    assert gone.fields["title"] == ("Manual", None)


def test_rows_written_at_once_have_their_history_too(workspace: Workspace, project: str) -> None:
    with workspace.edit("Import", project=project, source="import") as work:
        work.insert_many(Document, [{"id": "a" * 32, "title": "Manual"}])
    with workspace.edit("Set", project=project) as work:
        work.update_many(Document, {"a" * 32: {"copies": 4}})

    changed, created = history(workspace, ["a" * 32])

    assert changed.fields == {"copies": (None, 4)}
    assert (created.source, created.fields["ref"]) == ("import", (None, "DOC-0001"))


def test_recent_acts_of_a_project_count_their_rows(workspace: Workspace, project: str) -> None:
    other = a_project(workspace, "P2")
    a_row(workspace, other, Document(title="Elsewhere"))
    with workspace.edit("Import {n} rows", project=project, n=2) as work:
        work.insert_many(Document, [{"title": "1"}, {"title": "2"}])

    (act,) = recent(workspace, project)

    assert (act.label, act.rows, act.kind) == ("Import 2 rows", 2, "edit")
    assert len(recent(workspace, None)) == 4
    assert recent(workspace, None, since=act.at) == []
