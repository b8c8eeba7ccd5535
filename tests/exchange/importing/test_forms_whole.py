"""Inspection records, test records, training sheets and check lists come in with what their heads say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from handover.exchange.dry_run.several_sheets import SheetsDryRun
from handover.model import Gate, System
from handover.store import Workspace
from handover.store.undo import undo
from tests.domain import a_project, a_row, a_workspace
from tests.exchange.trying import a_file, imported, rows_of, tried

Rows = tuple[tuple[Any, ...], ...]
INSPECTION: Rows = (
    ("检验记录",),
    ("系统：", "10", None, "检验日期", "2026-05-04"),
    ("检验员：张三", None, None, "见证人", "李四"),
    ("班次：", "白班", None, "工程名称：", "临江工厂"),
    ("序号", "参数编号", "检验项目", "标准要求", "单位", "实测值"),
    (1, "Q-01", "间隙", "9.9~10.1", "mm", 10.1),
    (2, "Q-02", "面差", "≤0.5", "mm", 0.7),
    (3, "Q-03", "节拍", "≤58", "s", None),
    (),
    ("检验人签字：", "________"),
)
TEST: Rows = (
    ("TEST RECORD",),
    ("Test no.:", "IT-77", None, "Test name:", "Login of all shifts"),
    ("System:", "10", None, "Date:", "2026-05-04"),
    ("Tested by:", "Ann Li", None, "Witness:", "Bo Chen"),
    (),
    ("Step", "Action", "Expected result", "Actual result", "Result"),
    (1, "Log on", "Within 5 s", "3 s", "Pass"),
    (2, "Log off", "At once", "Hangs", "Fail"),
)
TRAINING: Rows = (
    ("培训签到表",),
    ("课程名称：", "变频器检修", None, "培训日期：", "2026-05-04"),
    ("讲师：", "张三", None, "学时：", 4),
    (),
    ("序号", "姓名", "部门", "成绩"),
    (1, "王五", "维修", 88),
    (2, "赵六", "运行", 92),
)
CHECKS: Rows = (
    ("PRE-START CHECKLIST",),
    ("Gate:", "G3", None, "Date:", "2026-05-04"),
    ("Checked by:", "Ann Li", None, "System:", "10"),
    (),
    ("No.", "Checklist item", "Weight", "Blocker", "Status"),
    (1, "Interlocks are in service", 5, "yes", "Met"),
    (2, "Procedures are in force", 4, None, "In progress"),
)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with a_workspace(tmp_path) as opened:
        project = a_project(opened)
        a_row(opened, project, System(code="10", name="Pumps"))
        a_row(opened, project, Gate(code="G3", name="Release of the run"))
        yield opened


def readings(workspace: Workspace) -> list[tuple[str, ...]]:
    told = rows_of(workspace, "readings", "value", "taken_at", "taken_by", "witness", "shift", "result")
    return [tuple(str(value) for value in row) for row in told]


def test_an_inspection_record_is_parted_into_parameters_and_readings(workspace: Workspace, tmp_path: Path) -> None:
    imported(workspace, a_file(tmp_path, INSPECTION))

    assert rows_of(workspace, "parameters", "no", "measured", "result") == [
        ("Q-01", "10.1", "pass"), ("Q-02", "0.7", "fail"), ("Q-03", None, "pending"),
    ]  # fmt: skip
    assert {str(system) for (system,) in rows_of(workspace, "parameters", "system")} == {"10 Pumps"}
    day = readings(workspace)[0][1]
    assert day.startswith("2026-05-04")
    assert readings(workspace) == [
        ("10.1", day, "张三", "李四", "白班", "pass"), ("0.7", day, "张三", "李四", "白班", "fail"),
    ]  # fmt: skip
    assert len(rows_of(workspace, "rectifications", "status")) == 1


def test_a_record_goes_with_one_undo_and_comes_again_as_no_change(workspace: Workspace, tmp_path: Path) -> None:
    path = a_file(tmp_path, INSPECTION)
    imported(workspace, path)
    assert tried(workspace, path).rows["unchanged"] == 5

    undo(workspace)

    assert readings(workspace) == rows_of(workspace, "parameters", "no") == []


def test_what_nothing_takes_of_a_head_is_told(workspace: Workspace, tmp_path: Path) -> None:
    said = " ".join(map(str, tried(workspace, a_file(tmp_path, INSPECTION)).notices))

    assert "检验员 → Readings: Measured by" in said and "系统 → Acceptance parameters: System" in said
    assert "Of the head nothing takes: 工程名称: 临江工厂." in said


def test_a_test_record_brings_its_test_with_the_steps(workspace: Workspace, tmp_path: Path) -> None:
    run = tried(workspace, a_file(tmp_path, TEST))
    assert isinstance(run, SheetsDryRun) and not run.questions

    imported(workspace, a_file(tmp_path, TEST))

    (test,) = rows_of(workspace, "tests", "code", "title", "system", "tested_by", "witness", "status", "result")
    assert [str(value) for value in test] == [
        "IT-77", "Login of all shifts", "10 Pumps", "Ann Li", "Bo Chen", "running", "fail",
    ]  # fmt: skip
    test = "IT-77 Login of all shifts"
    assert rows_of(workspace, "test-steps", "trial", "action", "actual", "result") == [
        (test, "Log on", "3 s", "pass"), (test, "Log off", "Hangs", "fail"),
    ]  # fmt: skip


def test_a_training_sheet_records_who_attended_the_course_of_its_head(workspace: Workspace, tmp_path: Path) -> None:
    path = a_file(tmp_path, TRAINING)

    imported(workspace, path)

    told = rows_of(workspace, "trainings", "person", "course", "trainer", "attended_on", "hours", "score", "status")
    assert [tuple(map(str, row)) for row in told] == [
        ("王五", "变频器检修", "张三", "2026-05-04", "4.0", "88.0", "attended"),
        ("赵六", "变频器检修", "张三", "2026-05-04", "4.0", "92.0", "attended"),
    ]
    assert tried(workspace, path).rows["unchanged"] == 2


def test_who_checked_a_list_stands_at_what_is_met_alone(workspace: Workspace, tmp_path: Path) -> None:
    imported(workspace, a_file(tmp_path, CHECKS), register="criteria")

    told = rows_of(workspace, "criteria", "question", "gate", "status", "met_by", "met_on")
    assert [tuple(map(str, row)) for row in told] == [
        ("Interlocks are in service", "Release of the run", "met", "Ann Li", "2026-05-04"),
        ("Procedures are in force", "Release of the run", "in_progress", "None", "None"),
    ]


def test_a_list_of_one_kind_with_a_plain_title_keeps_its_one_register(workspace: Workspace, tmp_path: Path) -> None:
    rows = (("Parameters of the contract",), ("Date:", "2026-05-04"), ("System:", "10"), *INSPECTION[4:8])

    run = tried(workspace, a_file(tmp_path, rows))

    assert run.register.key == "parameters" and run.rows["new"] == 3
