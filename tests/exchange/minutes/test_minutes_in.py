"""Minutes of others come in: head fields become a meeting, its table actions; what isn't known is said."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlalchemy import select
from typer.testing import CliRunner

from handover.cli.commands import app
from handover.errors import NotLawful, NotValid, UnusableFile
from handover.exchange.minutes.reading import read_minutes
from handover.exchange.minutes.taking_in import group_meant, take_minutes
from handover.model import Person, Project, WorkingGroup
from handover.model.teams.action import Action
from handover.model.teams.meeting import Attendance, Meeting
from handover.registers.beginning import add_project
from handover.store import Workspace
from handover.store.undo import undo


def _sheet(path: Path, rows: list[list[object]]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def _english(path: Path) -> Path:
    return _sheet(path, [
        ["Minutes of Meeting"],
        ["Subject:", "Weekly of the pumps group", None, "Date:", dt.datetime(2026, 5, 12, 9)],
        ["Venue:", "Room 2", None, "Chaired by:", "Ben Li"],
        ["Attendees:", "Ben Li, Anna Berg, Guest One"],
        ["The seals of pump 2 leak. The vendor comes on Monday."],
        [],
        ["No.", "Action item", "Owner", "Due date"],
        [1, "Order seals", "Anna Berg", dt.date(2026, 5, 20)],
        [2, "Ask the vendor", "Guest One", dt.date(2026, 5, 18)],
    ])  # fmt: skip


def _chinese(path: Path) -> Path:
    return _sheet(path, [
        ["会议纪要"],
        ["会议名称", "泵组周例会", "会议时间", "2026-05-12 09:00"],
        ["会议地点", "2号会议室", "主持人", "Ben Li"],
        ["参会人员", "Ben Li、Anna Berg"],
        [],
        ["序号", "行动项", "责任人", "完成时间"],
        [1, "订购密封件", "Anna Berg", "2026-05-20"],
    ])  # fmt: skip


@pytest.fixture
def plant(tmp_path: Path):
    """A project with a group and two people."""
    with Workspace.create(tmp_path / "Plant.handover") as workspace:
        with workspace.edit("Project") as work:
            project = add_project(work, Project(code="P-1", name="Plant")).id
        with workspace.edit("Rows", project=project) as work:
            work.add(WorkingGroup(name="Pumps group"))
            for name in ("Anna Berg", "Ben Li"):
                work.add(Person(name=name))
        yield workspace


def _take(workspace: Workspace, path: Path, **options: bool):
    project = workspace.project("P-1")
    came = read_minutes(workspace, "P-1", path)
    return take_minutes(workspace, project, came, group_meant(workspace, project.id, ""), **options)


def _rows(workspace: Workspace, *columns: object) -> list[tuple[object, ...]]:
    with workspace.read() as connection:
        return [tuple(row) for row in connection.execute(select(*columns))]  # type: ignore[call-overload]  # columns


def test_head_becomes_a_meeting_and_the_table_its_actions(plant: Workspace, tmp_path: Path) -> None:
    taken = _take(plant, _english(tmp_path / "mom.xlsx"))

    assert (taken.actions, taken.people, taken.unknown) == (2, 2, ("Guest One",))
    assert _rows(plant, Meeting.title, Meeting.starts_at, Meeting.place, Meeting.status, Meeting.minutes) == [
        ("Weekly of the pumps group", dt.datetime(2026, 5, 12, 9), "Room 2", "held",
         "The seals of pump 2 leak. The vendor comes on Monday."),
    ]  # fmt: skip
    assert {row[0] for row in _rows(plant, Attendance.presence)} == {"present"}
    actions = _rows(plant, Action.text, Action.due_on, Action.source, Action.notes)
    assert actions[0] == ("Order seals", dt.date(2026, 5, 20), "meeting", None)
    assert actions[1][3] == "Owner in the minutes: Guest One"


def test_chinese_minutes_come_in_the_same_way(plant: Workspace, tmp_path: Path) -> None:
    taken = _take(plant, _chinese(tmp_path / "纪要.xlsx"))

    assert (taken.actions, taken.people, taken.unknown) == (1, 2, ())
    assert _rows(plant, Meeting.title, Meeting.starts_at, Meeting.place) == [
        ("泵组周例会", dt.datetime(2026, 5, 12, 9), "2号会议室")
    ]


def test_one_undo_takes_all_of_it_back_and_a_second_time_is_refused(plant: Workspace, tmp_path: Path) -> None:
    path = _english(tmp_path / "mom.xlsx")
    _take(plant, path)
    with pytest.raises(NotLawful, match="taken in already"):
        _take(plant, path)
    undo(plant)

    living = [row for row in _rows(plant, Meeting.id, Meeting.deleted_at) if row[1] is None]
    assert living == []


def test_list_without_a_head_is_left_to_the_import(plant: Workspace, tmp_path: Path) -> None:
    path = _sheet(tmp_path / "list.xlsx", [["Action item", "Owner", "Due date"],
                                           ["Order seals", "Anna Berg", dt.date(2026, 5, 20)]])  # fmt: skip
    with pytest.raises(UnusableFile, match="Import its list"):
        read_minutes(plant, "P-1", path)


def test_meeting_without_a_group_is_refused(plant: Workspace) -> None:
    project = plant.project("P-1").id
    with plant.edit("Another", project=project) as work:
        work.add(WorkingGroup(name="Second group"))
    with pytest.raises(NotValid, match="name the group"):
        group_meant(plant, project, "")
    assert group_meant(plant, project, "Second group")


def test_command_says_first_what_would_come(plant: Workspace, tmp_path: Path) -> None:
    path, workspace = _english(tmp_path / "mom.xlsx"), plant.path
    plant.close()
    asked = ["minutes-in", str(path), "--into", str(workspace), "--project", "P-1", "--json"]
    dry = json.loads(CliRunner().invoke(app, [*asked, "--dry-run"]).stdout)
    assert (len(dry["actions"]), dry["taken"]) == (2, None)
    done = json.loads(CliRunner().invoke(app, asked).stdout)
    assert done["taken"]["ref"].startswith("MTG-") and done["taken"]["unknown"] == ["Guest One"]
