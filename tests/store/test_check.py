"""The integrity check: sound files pass, and every way of altering the log is found."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from handover.errors import Cancelled, NotFound, NotLawful, UnusableFile
from handover.model import Document, System, Task
from handover.store import Workspace, log, redo, undo
from handover.store.checking import anchors
from handover.store.checking.check import check
from handover.store.checking.mending import mend
from handover.store.copies import copies, copying, restoring
from tests.domain import a_project, a_row, a_workspace, beside, contents


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
        ["UPDATE document SET notes = 'was empty' WHERE ref = 'DOC-0001'"],
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

    kinds = [finding.kind for finding in check(path)]
    assert kinds[0] == "changed"
    assert kinds[1:] == (["anchor"] if "act" in statements[-1] else [])


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


# -- anchors outside of the file


def rechain(path: Path) -> None:
    """Forge who did what, and compute the hashes anew as anybody can."""
    names = ("id", "project_id", "kind", "label", "label_values", "source", "who", "at", "target")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE act SET who='somebody else'")
        before = ""
        for row in connection.execute(f"SELECT {','.join(names)} FROM act ORDER BY id").fetchall():
            act = dict(zip(names, row, strict=True))
            query = "SELECT tbl, row_id, op, fields FROM change WHERE act_id=? ORDER BY id"
            before = log.act_hash(before, act, [log.LogEntry(*e) for e in connection.execute(query, (act["id"],))])
            connection.execute("UPDATE act SET hash=? WHERE id=?", (before, act["id"]))


def cut(path: Path) -> None:
    """Remove the last act with all that it did, as if it had never been."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        (last,) = connection.execute("SELECT max(id) FROM act").fetchone()
        for (row,) in connection.execute("SELECT row_id FROM change WHERE act_id=?", (last,)).fetchall():
            connection.execute("DELETE FROM document WHERE id=?", (row,))
        connection.execute("DELETE FROM change WHERE act_id=?", (last,))
        connection.execute("DELETE FROM act WHERE id=?", (last,))


def forget_here(path: Path) -> None:
    """As on another machine, which has never seen the file."""
    anchors.accept(path)


@pytest.mark.parametrize("forge", [rechain, cut])
def test_log_that_was_written_anew_is_found_on_the_machine_that_saw_it(
    path: Path, forge: Callable[[Path], None]
) -> None:
    forge(path)

    assert [finding.kind for finding in check(path)] == ["anchor"]
    with Workspace.open(path) as workspace:
        a_project(workspace, "P9")
    assert [finding.kind for finding in check(path)] == ["anchor"], "further work made it look sound"


@pytest.mark.parametrize("forge", [rechain, cut])
@pytest.mark.parametrize("shared", [False, True])
def test_log_that_was_written_anew_is_found_by_a_copy(
    path: Path, forge: Callable[[Path], None], shared: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "WHOLE_BYTES", 0 if shared else 10**9)
    copying.make(path, copies.DAILY)
    forge(path)
    forget_here(path)

    assert [finding.kind for finding in check(path)] == ["anchor"]


def test_restored_copy_sets_later_acts_aside_without_a_finding(path: Path) -> None:
    copy = copying.make(path, copies.DAILY)
    for n in range(3):
        with Workspace.open(path) as workspace:
            a_project(workspace, f"Q{n}")
    before = restoring.restore(path, copy, "Li Na")
    assert check(path) == []
    with Workspace.open(path) as workspace:
        a_project(workspace, "R")
    assert check(path) == []
    assert before is not None
    restoring.restore(path, before, "Li Na")
    assert check(path) == []


# -- what the domain forbids


FORBIDDEN = [
    ("UPDATE document SET due_on='yesterday' WHERE ref='DOC-0001'", "unreadable"),
    ("UPDATE task SET percent='x' WHERE ref='TSK-0001'", "unreadable"),
    ("UPDATE task SET name=x'ff00fe' WHERE ref='TSK-0001'", "unreadable"),
    ("UPDATE task SET duration='abc' WHERE ref='TSK-0001'", "unreadable"),
    ("UPDATE task SET percent=7 WHERE ref='TSK-0001'", "forbidden"),
    ("UPDATE document SET status='dancing' WHERE ref='DOC-0001'", "forbidden"),
    ("UPDATE task SET parent_id=(SELECT id FROM task WHERE ref='TSK-0002') WHERE ref='TSK-0001'", "circle"),
]


@pytest.fixture
def with_tasks(path: Path) -> Path:
    with Workspace.open(path) as workspace:
        project = workspace.projects()[0].id
        first = a_row(workspace, project, Task(name="One"))
        a_row(workspace, project, Task(name="Two", parent_id=first.id))
    return path


@pytest.mark.parametrize(("statement", "kind"), FORBIDDEN)
def test_what_the_domain_forbids_is_found_and_mended_in_an_act_that_can_be_undone(
    with_tasks: Path, statement: str, kind: str
) -> None:
    path = with_tasks
    behind_its_back(path, statement)
    found = {finding.kind for finding in check(path)}
    assert {"changed", kind} <= found

    assert mend(path, "Li Na") > 0

    after = {finding.kind for finding in check(path)}
    assert "changed" not in after
    assert kind not in after or "name=x" in statement  # a task can't be without a name: somebody must give it one
    assert [c.reason for c in copies.copies_of(path)] == [copies.BEFORE_MENDING]


def test_counter_is_set_forward_by_mending(path: Path) -> None:
    behind_its_back(path, "UPDATE counter SET last = 3 WHERE prefix = 'DOC'")

    mend(path, "Li Na")

    assert check(path) == []


def test_undo_of_mending_brings_back_what_the_log_said(path: Path) -> None:
    before = contents(path)
    behind_its_back(path, "UPDATE document SET title = 'Pamphlet' WHERE ref = 'DOC-0001'")
    mend(path, "Li Na")
    assert check(path) == []

    with Workspace.open(path) as workspace:
        undo(workspace)
    assert contents(path) == before


def test_altered_log_mends_nothing(path: Path) -> None:
    behind_its_back(path, "UPDATE act SET who = 'somebody else' WHERE id = 3")
    before = contents(path)

    with pytest.raises(NotLawful):
        mend(path, "Li Na")
    assert contents(path) == before
