"""A log that another program has spoiled or forged: undo is off, the rest works, and no name in it becomes SQL."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from handover.errors import NotLawful
from handover.model import Document
from handover.model.imports import ImportReport, pack
from handover.model.measure import Measure
from handover.model.series import SeriesCount
from handover.registers.figures import measures
from handover.store import Workspace, log, redo, redo_label, undo, undo_label
from handover.store.checking.check import check
from handover.store.history import history, recent
from handover.store.log import LogEntry
from tests.domain import a_project, a_row, a_workspace, contents


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with a_workspace(tmp_path) as workspace:
        project = a_project(workspace)
        row = a_row(workspace, project, Document(title="Manual"))
        with workspace.edit("Rename {ref}", project=project, ref=row.ref) as work:
            work.get(Document, row.id).title = "Handbook"
    return workspace.path


def behind_its_back(path: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        assert connection.execute(statement, values).rowcount > 0


def rechained(path: Path) -> None:
    """Compute the hashes anew, as anybody can."""
    names = ("id", "project_id", "kind", "label", "label_values", "source", "who", "at", "target")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        before = ""
        for row in connection.execute(f"SELECT {','.join(names)} FROM act ORDER BY id").fetchall():
            act = dict(zip(names, row, strict=True))
            query = "SELECT tbl, row_id, op, fields FROM change WHERE act_id=? ORDER BY id"
            before = log.act_hash(before, act, [LogEntry(*e) for e in connection.execute(query, (act["id"],))])
            connection.execute("UPDATE act SET hash=? WHERE id=?", (before, act["id"]))


SPOILED = [
    ("undo_top", 4711),
    ("undo_top", 1),
    ("undo_top", "x"),
    ("redo_top", 2),
    ("below", 1),
    ("label_values", "{"),
    ("label_values", "[1]"),
    ("label", "{ref.__class__.__init__.__globals__} {0} {"),
    ("at", "never"),
    ("kind", "dance"),
]


@pytest.mark.parametrize(("column", "value"), SPOILED)
def test_spoiled_act_is_told_and_everything_but_undo_works(path: Path, column: str, value: object) -> None:
    behind_its_back(path, f"UPDATE act SET {column}=? WHERE id=(SELECT max(id) FROM act)", value)

    assert "log" in {finding.kind for finding in check(path)}
    with Workspace.open(path) as workspace:
        undo_label(workspace)
        redo_label(workspace)
        (act, *_) = recent(workspace, None)
        assert "globals" not in act.label or act.label.startswith("{ref.__class__")
        project = workspace.only_project().id
        row = a_row(workspace, project, Document(title="Another"))
        assert history(workspace, [row.id])


@pytest.mark.parametrize("value", [4711, 1, "x"])
def test_altered_mark_takes_nothing_back(path: Path, value: object) -> None:
    behind_its_back(path, "UPDATE act SET undo_top=? WHERE id=(SELECT max(id) FROM act)", value)
    before = contents(path)

    with Workspace.open(path) as workspace, pytest.raises(NotLawful):
        undo(workspace)
    assert contents(path) == before


HOSTILE_TABLE = 'project" SET "name"=(SELECT count(*) FROM sqlite_master), "code"=? WHERE id<>?--'


@pytest.mark.parametrize(
    ("table", "fields"),
    [
        (HOSTILE_TABLE, {"code": ["a", "b"]}),
        ("sqlite_master", {"sql": ["a", "b"]}),
        ("counter", {"last": [1, 2]}),
        ("project", {'name"=(SELECT 1), "code': ["a", "b"]}),
        ("project", {"name": [{"b": 1}, "a"]}),
        ("project", {"name": "no pair"}),
    ],
)
def test_names_from_a_forged_log_never_become_sql(path: Path, table: str, fields: dict[str, object]) -> None:
    number = "(SELECT max(id) FROM act)"
    behind_its_back(
        path,
        f"INSERT INTO change (act_id, tbl, row_id, op, fields) VALUES ({number}, ?, 'x', 'update', ?)",
        table,
        json.dumps(fields),
    )
    rechained(path)
    before = contents(path)

    with Workspace.open(path) as workspace, pytest.raises(NotLawful, match="altered by another program"):
        undo(workspace)
    assert contents(path) == before


# -- what lies beside a project


def test_undo_goes_back_beyond_an_import_and_the_project_and_comes_again(tmp_path: Path) -> None:
    with a_workspace(tmp_path) as workspace:
        project = a_project(workspace)
        with workspace.edit("Import", project=project, source="import") as work:
            work.insert_many(Document, [{"title": "a"}])
            counts = dict.fromkeys(
                ("new", "changed", "unchanged", "skipped", "error", "conflict", "missing", "created"), 0
            )
            work.session.add(
                ImportReport(
                    project_id=project, at="2026-01-01T00:00:00+00:00", who="x", register="documents", file="a.xlsx",
                    sha256="0" * 64, origin="excel", sheet="", header_row=1, headings="", verdicts=pack([]), **counts,
                )
            )  # fmt: skip
            work.session.add(SeriesCount(project_id=project, key="pack", year=0, last=7))
        measures.keep(workspace)
        kept = beside(workspace)

        undo(workspace)
        undo(workspace)
        assert workspace.projects() == []
        assert undo_label(workspace) is None
        measures.keep(workspace)
        redo(workspace)
        assert beside(workspace) == kept, "reports and drawn numbers came back with their project"
        measures.keep(workspace)
        undo(workspace)
        redo(workspace)
        redo(workspace)
        assert beside(workspace) == kept
    assert check(workspace.path) == []


def beside(workspace: Workspace) -> list[object]:
    with workspace.read() as connection:
        return [
            row
            for model in (ImportReport, SeriesCount)
            for row in connection.exec_driver_sql(f"SELECT * FROM {model.__tablename__}").all()
        ]


def test_days_numbers_hold_no_project_back(tmp_path: Path) -> None:
    with a_workspace(tmp_path) as workspace:
        a_project(workspace)
        measures.keep(workspace)
        undo(workspace)
        with workspace.read() as connection:
            assert connection.exec_driver_sql(f"SELECT count(*) FROM {Measure.__tablename__}").scalar() == 0
