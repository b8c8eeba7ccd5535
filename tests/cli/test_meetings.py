"""The commands on meetings: their minutes as files, their agenda as text and JSON."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from handover.model import Person, WorkingGroup
from handover.model.teams.action import Action
from handover.model.teams.meeting import Attendance, Meeting
from handover.store import Workspace
from tests.cli.conftest import Run
from tests.domain import a_project, a_workspace


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A workspace with a meeting that can be issued, and an action of its group."""
    with a_workspace(tmp_path) as workspace:
        project = a_project(workspace)
        with workspace.edit("Rows", project=project) as work:
            ben = work.add(Person(name="Ben Li"))
            group = work.add(WorkingGroup(name="Pumps"))
            meeting = work.add(Meeting(group_id=group.id, title="Weekly", starts_at=dt.datetime(2026, 5, 19, 9),
                                       minutes="All is well."))  # fmt: skip
            work.add(Attendance(meeting_id=meeting.id, person_id=ben.id, presence="present"))
            work.add(Action(text="Order bolts", group_id=group.id, owner_id=ben.id))
        return workspace.path


def _project(file: Path) -> str:
    with Workspace.open(file, "read") as workspace:
        return workspace.only_project().code


def test_minutes_are_issued_and_written(file: Path, run: Run, tmp_path: Path) -> None:
    code = _project(file)
    assert run("do", file, "MTG-0001", "issue", "--project", code)[0] == 0

    exit_code, out, _ = run("minutes", file, "--project", code, "--to", tmp_path / "out", "--mail", "--json")

    (told,) = json.loads(out)
    assert exit_code == 0 and told["meeting"] == "MTG-0001" and told["edition"] == 1
    assert Path(told["file"]).read_bytes().startswith(b"%PDF")
    assert Path(told["mail"]).suffix == ".eml"


def test_minutes_that_were_never_issued_are_refused(file: Path, run: Run, tmp_path: Path) -> None:
    exit_code, _, err = run("minutes", file, "MTG-0001", "--project", _project(file), "--to", tmp_path / "out")
    assert exit_code != 0 and "Issue them first" in err


def test_agenda_carries_open_actions_and_invites(file: Path, run: Run, tmp_path: Path) -> None:
    code = _project(file)

    exit_code, out, _ = run("agenda", file, "MTG-0001", "--project", code, "--carry", "--invite", tmp_path / "out",
                            "--json")  # fmt: skip

    told = json.loads(out)
    assert exit_code == 0
    assert told["agenda"] == [{"number": 1, "topic": "ACT-0001 Order bolts", "action": "ACT-0001"}]
    assert [each["ref"] for each in told["open"]] == ["ACT-0001"]
    assert [path.suffix for path in (tmp_path / "out").iterdir()] == [".ics"]


def test_agenda_is_shown_without_writing(file: Path, run: Run) -> None:
    exit_code, out, _ = run("agenda", file, "MTG-0001", "--project", _project(file))
    assert exit_code == 0 and "Order bolts" in out
