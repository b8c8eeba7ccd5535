"""The integrity check: sound files pass, and every way of altering the log is found."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from handover.errors import Cancelled, NotFound, UnusableFile
from handover.model import Document, System
from handover.store import Workspace, redo, undo
from handover.store.check import check
from tests.domain import a_project, a_row, a_workspace, beside


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A workspace after some acts, an undo and a redo, closed."""
    with a_workspace(tmp_path) as workspace:
        project = a_project(workspace)
        system = a_row(workspace, project, System(code="10", name="Pumps"))
        row = a_row(workspace, project, Document(title="Manual", system_id=system.id))
        with workspace.edit("Rename {ref}", project=project, ref=row.ref) as work:
            work.get(Document, row.id).title = "Handbook"
        with workspace.edit("Import", project=project) as work:
            work.insert_many(Document, [{"title": str(n)} for n in range(20)])
        undo(workspace)
        redo(workspace)
    return workspace.path


def behind_its_back(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        assert connection.execute(statement).rowcount > 0


def test_sound_workspace_has_no_findings_and_is_left_untouched(path: Path) -> None:
    before = path.read_bytes()

    assert check(path) == []

    assert path.read_bytes() == before
    assert beside(path) == {path.name}


def test_open_workspace_can_be_checked(path: Path) -> None:
    with Workspace.open(path) as workspace:
        a_project(workspace, "P2")
        assert check(path) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE change SET fields = replace(fields, 'Handbook', 'Pamphlet') WHERE op = 'update'",
        "UPDATE act SET who = 'somebody else' WHERE id = 3",
        "UPDATE act SET at = '2020-01-01T00:00:00.000+00:00' WHERE id = 3",
        "UPDATE act SET label = 'Nothing' WHERE id = 4",
        "UPDATE act SET label_values = '{}' WHERE id = 4",
        "DELETE FROM change WHERE act_id = 5 AND id = (SELECT min(id) FROM change WHERE act_id = 5)",
        "DELETE FROM act WHERE id = 3",
        "DELETE FROM act WHERE id = 1",
        "INSERT INTO change (act_id, tbl, row_id, op, fields) VALUES (2, 'document', 'x', 'insert', '{}')",
    ],
)
def test_altered_log_is_found(path: Path, statement: str) -> None:
    behind_its_back(path, statement)

    assert "log" in [finding.kind for finding in check(path)]


def test_altered_entry_is_named(path: Path) -> None:
    behind_its_back(path, "UPDATE act SET who = 'somebody else' WHERE id = 3")

    (finding,) = check(path)

    assert finding.message.startswith("Entry 3 of the change log, of 20")


def test_row_that_points_nowhere_is_found(path: Path) -> None:
    behind_its_back(path, "DELETE FROM system")

    (finding,) = [f for f in check(path) if f.kind == "link"]

    assert "“document” names a row of “system” that isn't there" in finding.message


@pytest.mark.parametrize(
    "statements",
    [
        ["UPDATE document SET title = 'Pamphlet' WHERE ref = 'DOC-0001'"],
        ["DELETE FROM document WHERE ref = 'DOC-0005'"],
        [
            "DELETE FROM change WHERE act_id = (SELECT max(id) FROM act)",
            "DELETE FROM act WHERE id = (SELECT max(id) FROM act)",
        ],
    ],
)
def test_rows_that_differ_from_the_log_are_found(path: Path, statements: list[str]) -> None:
    for statement in statements:
        behind_its_back(path, statement)

    assert [finding.kind for finding in check(path)] == ["changed"]


@pytest.mark.parametrize("text", ["{", "[1]", "1", '{"title": 1}'])
def test_spoiled_entry_is_a_finding(path: Path, text: str) -> None:
    behind_its_back(path, f"UPDATE change SET fields = '{text}' WHERE op = 'update'")

    assert [finding.kind for finding in check(path)] == ["log", "changed"]


def test_counter_behind_its_references_is_found(path: Path) -> None:
    behind_its_back(path, "UPDATE counter SET last = 3 WHERE prefix = 'DOC'")

    (finding,) = check(path)

    assert (finding.kind, "DOC run to 21" in finding.message) == ("counter", True)


def test_damaged_file_is_a_finding_not_an_error(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[8192:20480] = b"\xa5" * 12288
    path.write_bytes(data)

    findings = check(path)

    assert findings[0].kind == "damaged"


def test_what_is_no_workspace_is_refused(tmp_path: Path) -> None:
    (tmp_path / "note.handover").write_text("Dear colleague, " * 20)

    with pytest.raises(UnusableFile):
        check(tmp_path / "note.handover")
    with pytest.raises(NotFound):
        check(tmp_path / "nowhere.handover")


def test_check_can_be_stopped(path: Path) -> None:
    with pytest.raises(Cancelled):
        check(path, lambda done, total, what: done < 1)
