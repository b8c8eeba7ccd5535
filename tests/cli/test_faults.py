"""Every fault on the command line is a sentence with a code of its own, never that of findings."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from handover.cli.__main__ import main
from handover.cli.exits import DONE, FAULT, FINDINGS, UNUSABLE, WRONG_USE
from handover.cli.faults import told
from handover.model import Document, Project
from handover.registers.acts import editing
from handover.registers.catalogue import register
from handover.store import Workspace


def run(*words: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(list(words))
    return int(left.value.code or 0)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "x.handover"
    with Workspace.create(path) as workspace, workspace.edit("p") as work:
        project = work.add(Project(code="P", name="P")).id
        work.add(Document(title="\x1b]0;owned\x07 \x1b[2J\x9b", project_id=project))
    return path


def test_what_another_program_spoiled_is_listed(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("UPDATE document SET due_on='yesterday'")
        raw.commit()
    assert run("list", str(file), "documents", "--project", "P") == DONE
    assert "yesterday" in capsys.readouterr().out


def test_nothing_of_a_text_is_an_order_to_the_terminal(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for more in ([], ["--json"]):
        assert run("list", str(file), "documents", "--project", "P", *more) == DONE
        said = capsys.readouterr().out
        assert "owned" in said and not set(said) & {"\x1b", "\x07", "\x9b"}


def test_tables_that_are_gone_are_the_file_s_fault(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("DROP TABLE document")
        raw.commit()
    assert run("list", str(file), "documents", "--project", "P") == UNUSABLE
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("words", [["import"], ["nonsense"], ["list", "--what"]])
def test_wrong_use_has_its_own_code(words: list[str]) -> None:
    assert run(*words) == WRONG_USE


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_a_pipe_is_told_at_once(file: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "p.csv"
    os.mkfifo(pipe)
    assert run("import", str(pipe), "--into", str(file), "--project", "P") == UNUSABLE
    assert run("projects", str(pipe)) == UNUSABLE


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OSError(errno.ENOSPC, "full", "x"), UNUSABLE),
        (PermissionError(errno.EACCES, "no", "x"), UNUSABLE),
        (sqlite3.DatabaseError("malformed"), UNUSABLE),
        (MemoryError(), FAULT),
        (RuntimeError("ours"), FAULT),
    ],
)
def test_each_fault_has_its_code(error: BaseException, code: int) -> None:
    assert told(error)[2] == code


@pytest.fixture
def spoil(tmp_path: Path) -> Callable[[str], Path]:
    """A workspace with a task in which another program has changed something."""

    def change(statement: str) -> Path:
        path = tmp_path / "spoiled.handover"
        with Workspace.create(path) as workspace:
            with workspace.edit("p") as work:
                project = work.add(Project(code="P", name="P")).id
                work.add(Document(title="Manual", project_id=project))
            editing.add_many(workspace, register("tasks"), project, [{"name": "Flush", "duration": 480}])
        with closing(sqlite3.connect(path)) as raw:
            raw.execute(statement)
            raw.commit()
        return path

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("percent='x'", "x"),
        ("duration='abc'", "abc"),
        ("name=x'ff00fe'", "xff"),
        ("start='never'", "never"),
        ('"constraint"=7', "7"),
    ],
)
def test_a_value_of_another_kind_is_listed_and_nothing_is_made_of_it(
    spoil: Callable[[str], Path], tmp_path: Path, capsys: pytest.CaptureFixture[str], change: str, said: str
) -> None:
    file = str(spoil(f"UPDATE task SET {change}"))
    for more in ([], ["--json"]):
        assert run("list", file, "tasks", "--project", "P", *more) == DONE
    capsys.readouterr()
    made = tmp_path / "made"
    for words in (
        ["schedule", file],
        ["pack", file, "--to", str(made)],
        ["export", file, "tasks", "--to", str(made / "t.xlsx")],
        ["export", file, "plan", "--to", str(made / "t.xml")],
    ):
        assert run(*words, "--project", "P") == UNUSABLE
        told_so = capsys.readouterr().err
        assert "TSK-0001" in told_so and said in told_so and "Traceback" not in told_so
    assert not made.exists() or not any(made.iterdir())
    assert run("export", file, "documents", "--project", "P", "--to", str(tmp_path / "d.xlsx")) == DONE
    assert run("check", file) == FINDINGS
    assert "TSK-0001" in capsys.readouterr().out


@pytest.mark.parametrize("change", ["start='9999-12-31',finish='9999-12-31'", "deadline='0001-01-01'"])
def test_days_that_no_project_has_end_nothing(
    spoil: Callable[[str], Path], tmp_path: Path, capsys: pytest.CaptureFixture[str], change: str
) -> None:
    file = str(spoil(f"UPDATE task SET {change}"))
    for words, code in (
        (["list", file, "tasks"], DONE),
        (["schedule", file], FINDINGS),
        (["pack", file, "--to", str(tmp_path / "made")], DONE),
        (["export", file, "plan", "--to", str(tmp_path / "t.xml")], DONE),
    ):
        assert run(*words, "--project", "P") == code
        assert "Traceback" not in capsys.readouterr().err


def test_text_that_is_no_utf_8_is_read_as_far_as_it_goes(
    spoil: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(spoil("UPDATE document SET title=CAST(x'ff417f42' AS TEXT)"))
    assert run("list", file, "documents", "--project", "P") == DONE
    assert "A" in capsys.readouterr().out
