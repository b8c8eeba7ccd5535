"""A file is read with the knowledge of the program that wrote it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from handover.exchange.lists.import_file import open_import
from handover.store.workspace import Workspace
from tests.exchange.trying import a_file, imported, links, rows_of, tried

MS_PROJECT = (
    ("ID", "Active", "Task Mode", "Name", "Duration", "Start", "Finish", "Predecessors", "Outline Level", "Notes"),
    (1, "Yes", "Auto Scheduled", "Plant", "3 days", "Mon 3/2/26", "Wed 3/4/26", None, 1, None),
    (2, "Yes", "Auto Scheduled", "Check", "2 days", "Mon 3/2/26", "Tue 3/3/26", None, 2, None),
    (3, "Yes", "Auto Scheduled", "Run", "1 day?", "Wed 3/25/26", "Wed 3/25/26", "2FS+1 day", 2, "loud"),
)
MS_PROJECT_ZH = (
    ("标识号", "任务模式", "任务名称", "工期", "开始时间", "完成时间", "前置任务", "资源名称", "大纲级别"),
    (1, "自动计划", "试车", "3 个工作日", "2026年3月2日", "2026年3月4日", None, None, 1),
    (2, "自动计划", "单机试车", "2 个工作日", "2026年3月2日", "2026年3月3日", None, "张三;李四[50%]", 2),
    (3, "自动计划", "联动试车", "1 个工作日?", "2026年3月4日", "2026年3月4日", "2完成-开始+1 个工作日", None, 2),
)
PLANNER = (
    ("Task ID", "Task Name", "Bucket Name", "Progress", "Priority", "Assigned To", "Created By", "Created Date",
     "Start date", "Due date", "Late", "Completed Date", "Checklist Items", "Labels", "Description"),
    ("a1", "Check", "Mechanics", "Completed", "Medium", "Ann Lee", "Bob", "01/05/2026", "02/20/2026", "02/27/2026",
     "false", "02/26/2026", None, None, None),
    ("b2", "Run", "Mechanics", "In progress", "Medium", None, "Bob", "01/05/2026", "03/02/2026", "03/06/2026", "false",
     None, None, None, "loud"),
    ("c3", "Test the DCS", "Controls", "Not started", "Medium", None, "Bob", "01/05/2026", None, "03/30/2026", "false",
     None, None, None, None),
)  # fmt: skip
SMARTSHEET = (
    ("Task Name", "Duration", "Start", "Finish", "Predecessors", "Assigned To", "% Complete", "Status", "Comments"),
    ("Plant", "3d", "03/02/26", "03/24/26", None, None, "50%", "In Progress", None),
    ("Run", "1d", "03/24/26", "03/24/26", "1FS", "ann@example.com", "0%", "Not Started", None),
)
GANTT_PROJECT = (
    ("ID", "Name", "Begin date", "End date", "Duration", "Completion", "Cost", "Coordinator", "Predecessors",
     "Outline number", "Resources", "Assignments", "Task color", "Web Link", "Notes"),
    (0, "Plant", "2026-03-02", "2026-03-04", 3, 0, 0, None, None, "1", None, None, "#8cb6ce", None, None),
    (1, "Check", "2026-03-02", "2026-03-03", 2, 50, 0, "Ann", None, "1.1", None, None, "#8cb6ce", None, None),
    (2, "Run", "2026-03-04", "2026-03-04", 1, 0, 0, None, "1-FS=P1D", "1.2", None, None, "#8cb6ce", None, None),
)  # fmt: skip
JIRA = (
    ("Issue Type", "Issue key", "Issue id", "Summary", "Assignee", "Reporter", "Priority", "Status", "Due date"),
    ("Story", "PLT-1", 10001, "Check the pumps", "Ann Lee", "Bob", "High", "To Do", "2026-03-05"),
    ("Task", "PLT-2", 10002, "Run the pumps", None, "Bob", "High", "Done", "2026-03-06"),
)
OPEN_PROJECT = (
    ("ID", "Subject", "Type", "Status", "Assignee", "Accountable", "Start date", "Finish date", "% Complete", "Author"),
    (11, "Check the pumps", "Task", "New", "Ann Lee", None, "2026-03-02", "2026-03-05", 20, "Bob"),
    (12, "Start-up", "Milestone", "New", None, None, "2026-03-06", "2026-03-06", 0, "Bob"),
)
P6 = (
    (
        "task_code",
        "status_code",
        "wbs_id",
        "task_name",
        "target_drtn_hr_cnt",
        "start_date",
        "end_date",
        "delete_record_flag",
    ),
    (
        "Activity ID",
        "Activity Status",
        "WBS Code",
        "Activity Name",
        "Original Duration(h)",
        "(*)Start",
        "(*)Finish",
        "Delete",
    ),
    ("A1000", "Not Started", "PLT.1", "Check the pumps", 16, "2026-03-02 08:00", "2026-03-03 17:00", None),
    ("A1010", "Not Started", "PLT.1", "Run the pumps", 8, "2026-03-04 08:00", "2026-03-04 17:00", None),
)


@pytest.mark.parametrize(
    ("rows", "program", "names"),
    [
        (MS_PROJECT, "msproject", ["Plant", "Check", "Run"]),
        (MS_PROJECT_ZH, "msproject", ["试车", "单机试车", "联动试车"]),
        (PLANNER, "planner", ["Mechanics", "Check", "Run", "Controls", "Test the DCS"]),
        (SMARTSHEET, "smartsheet", ["Plant", "Run"]),
        (GANTT_PROJECT, "ganttproject", ["Plant", "Check", "Run"]),
        (JIRA, "jira", ["Check the pumps", "Run the pumps"]),
        (OPEN_PROJECT, "openproject", ["Check the pumps", "Start-up"]),
        ((("Task", "Start"), ("Check", "2026-03-02"), ("Run", "2026-03-03")), "hand", ["Check", "Run"]),
    ],
    ids=["MS Project", "MS Project in Chinese", "Planner", "Smartsheet", "GanttProject", "Jira", "OpenProject", "hand"],
)  # fmt: skip
def test_whose_export_it_is_and_every_row_comes_in(
    workspace: Workspace, tmp_path: Path, rows: Sequence[Sequence[Any]], program: str, names: list[str]
) -> None:
    run = tried(workspace, a_file(tmp_path, rows))
    assert run.file.origin.program == program
    assert [str(v) for v in run.found.incoming.values["name"]] == names
    assert run.rows["error"] == 0, [v.why for v in run.of("error")]
    assert run.rows["new"] == len(rows) - 1


def test_ms_project_in_either_language_keeps_outline_and_links(workspace: Workspace, tmp_path: Path) -> None:
    imported(workspace, a_file(tmp_path, MS_PROJECT))
    assert rows_of(workspace, "tasks", "name", "parent", "duration") == [
        ("Plant", None, 1440), ("Check", "Plant", 960), ("Run", "Plant", 480),
    ]  # fmt: skip
    imported(workspace, a_file(tmp_path, MS_PROJECT_ZH, "zh.xlsx"))
    assert ("单机试车", "联动试车", "FS", 480.0) in links(workspace)
    assert rows_of(workspace, "tasks", "name", "owner", "resources")[4] == ("单机试车", None, "张三;李四[50%]")


def test_planner_s_progress_in_words_becomes_a_share(workspace: Workspace, tmp_path: Path) -> None:
    imported(workspace, a_file(tmp_path, PLANNER))
    assert rows_of(workspace, "tasks", "name", "parent", "percent") == [
        ("Mechanics", None, None), ("Check", "Mechanics", 1.0), ("Run", "Mechanics", None), ("Controls", None, None),
        ("Test the DCS", "Controls", 0.0),
    ]  # fmt: skip


def test_p6_s_two_header_rows_and_its_sheet_of_relations_are_read(workspace: Workspace, tmp_path: Path) -> None:
    book = Workbook()
    for name, rows in (
        ("TASK", P6),
        ("TASKPRED", (
            ("pred_task_id", "task_id", "pred_type", "lag_hr_cnt", "delete_record_flag"),
            ("Predecessor", "Successor", "Relationship Type", "Lag(h)", "Delete"),
            ("A1000", "A1010", "SS", 8, None),
        )),
        ("USERDATA", (("user_data",), ("UserSettings Do Not Edit",))),
    ):  # fmt: skip
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    del book["Sheet"]
    path = tmp_path / "p6.xlsx"
    book.save(path)
    assert open_import(path).origin.program == "p6"
    imported(workspace, path)
    assert rows_of(workspace, "tasks", "name", "source_id", "duration") == [
        ("PLT.1", None, None),
        ("Check the pumps", "A1000", 960), ("Run the pumps", "A1010", 480),
    ]  # fmt: skip
    assert links(workspace) == {("Check the pumps", "Run the pumps", "SS", 480.0)}


def test_one_sheet_of_a_cobie_workbook_fills_its_register(workspace: Workspace, tmp_path: Path) -> None:
    book = Workbook()
    for name, rows in (
        ("Contact", (("Email", "Company", "Phone", "GivenName", "FamilyName"), ("a@b.de", "ACME", "1", "Ann", "Lee"))),
        ("Facility", (("Name",), ("Plant",))),
        ("Floor", (("Name",), ("Level 1",))),
        ("Space", (("Name",), ("101",))),
        ("Type", (("Name",), ("Pump",))),
        ("Component", (("Name", "Space", "TagNumber"), ("Pump 1", "101", "P-101"))),
        ("System", (("Name", "Category", "ComponentNames"), ("Cooling", "Water", "Pump 1"), ("Cooling", "Water", "x"))),
        ("Document", (("Name", "Category", "File"), ("Manual", "O&M", "m.pdf"))),
    ):  # fmt: skip
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    del book["Sheet"]
    path = tmp_path / "cobie.xlsx"
    book.save(path)
    run = tried(workspace, path, register="systems")
    assert (run.register.key, run.rows["new"], run.rows["skipped"]) == ("systems", 1, 1)
    imported(workspace, path, sheet="Component")
    assert rows_of(workspace, "systems", "code", "name", "level", "area") == [("P-101", "Pump 1", "tag", "101")]
    imported(workspace, path, register="people")
    assert rows_of(workspace, "people", "name", "organisation") == [("Ann Lee", "ACME")]
