"""The command that says what needs somebody this week."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from handover import clock
from handover.model import Person
from handover.model.teams.action import Action
from tests.cli.conftest import Run
from tests.domain import a_project, a_workspace


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A workspace in which Ben has an action for today, and a project that doesn't know him."""
    with a_workspace(tmp_path) as workspace:
        project = a_project(workspace)
        a_project(workspace, "P2")
        with workspace.edit("Rows", project=project) as work:
            ben = work.add(Person(name="Ben Li", account="ben"))
            work.add(Action(text="Order bolts", owner_id=ben.id, due_on=clock.today()))
        return workspace.path


def test_week_lists_what_needs_somebody_and_who_is_unknown_where(file: Path, run: Run, tmp_path: Path) -> None:
    target = tmp_path / "week.ics"
    exit_code, out, _ = run("week", file, "--account", "ben", "--to", target, "--json")
    told = json.loads(out)
    assert exit_code == 0 and told["unknown"] == ["P2"]
    assert [(each["project"], each["ref"], each["overdue_days"]) for each in told["items"]] == [("P1", "ACT-0001", 0)]
    assert target.read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_week_in_words(file: Path, run: Run) -> None:
    exit_code, out, _ = run("week", file, "--account", "ben")
    assert exit_code == 0
    assert "Order bolts" in out and "1 thing needs you, 0 of it late." in out and "P2: no person" in out


def test_week_goes_into_no_other_kind_of_file(file: Path, run: Run, tmp_path: Path) -> None:
    exit_code, _, err = run("week", file, "--account", "ben", "--to", tmp_path / "week.docx")
    assert exit_code == 2 and "must end in .pdf or .ics" in err


def test_week_of_nobody_is_written_nowhere(file: Path, run: Run, tmp_path: Path) -> None:
    exit_code, _, err = run("week", file, "--account", "zoe", "--to", tmp_path / "week.pdf")
    assert exit_code != 0 and "No project knows you" in err
    assert not (tmp_path / "week.pdf").exists()
