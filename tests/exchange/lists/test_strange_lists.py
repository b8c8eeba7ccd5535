"""Lists as strangers make them are read right at the first try: other words, other columns, other habits."""

# ruff: noqa: E501 - tables read better a row a line; Chinese counts double

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Alignment

from handover.exchange.progress_words import is_progress_word, share_in_words
from handover.store.workspace import Workspace
from tests.exchange.trying import a_file, imported, links, outcomes, rows_of, tried

D = date(2026, 3, 2)
E = date(2026, 3, 6)


def fields(workspace: Workspace, path: Path) -> tuple[str, dict[str, str]]:
    """The register that a file is taken for, and the field of each heading."""
    run = tried(workspace, path)
    return run.register.key, {m.heading: m.field for m in run.mapping.columns if m.field}


@pytest.mark.parametrize(
    ("rows", "register", "mapped"),
    [
        (
            (("序号", "项目", "描述", "负责人", "预计开始日期", "预计结束日期"), (1, "培训项目开发", None, "周江", D, E), (2, "培训项目初评", None, "周江", D, E)),
            "tasks",
            {"序号": "source_id", "项目": "name", "负责人": "owner", "预计开始日期": "start", "预计结束日期": "finish"},
        ),
        (
            (("问题序号", "问题位置", "问题说明"), (1, "1.1", "背景介绍过于简单"), (2, "1.2", "个人任务应放在最后"), (3, "1.3", "术语缺失")),
            "tasks",
            {"问题序号": "source_id", "问题说明": "name"},
        ),
        (
            (("ID", "USER STORY", "OWNER", "STATUS"), (1, "As a manager I want a list", "Ann", "Open"), (2, "As a clerk I want a form", "Bob", "Done")),
            "tasks",
            {"ID": "source_id", "USER STORY": "name", "OWNER": "owner", "STATUS": "percent"},
        ),
        (
            (("Task Number", "Task Name", "Completion"), (1, "Set up", 0.4), (2, "Run", 1), (3, "Test", 0)),
            "tasks",
            {"Task Number": "source_id", "Task Name": "name", "Completion": "percent"},
        ),
        (
            (("No", "工程名", "目標開始日", "目標完了日", "実開始日", "実完了日"), (1, "要件定義", D, E, D, E), (2, "基本設計", D, E, None, None), (3, "試験", D, E, None, None)),
            "tasks",
            {"工程名": "name", "目標開始日": "start", "目標完了日": "finish", "実開始日": "actual_start", "実完了日": "actual_finish"},
        ),
        (
            (("Tâche", "Qui", "Début théorique", "Fin théorique", "Début effectif"), ("Câblage", "Luc", D, E, D), ("Essais", "Flo", D, E, None)),
            "tasks",
            {"Tâche": "name", "Qui": "owner", "Début théorique": "start", "Fin théorique": "finish", "Début effectif": "actual_start"},
        ),
        (
            (("Aufgaben", "Verantwortlich", "Beginn", "Ende", "Tage", "Status"), ("Auftakt", "Hegel", D, E, 5, "Abgeschlossen"), ("Abgabe", "Scherer", D, E, 5, "In Bearbeitung"), ("Test", "Hegel", D, E, 5, "Überfällig")),
            "tasks",
            {"Aufgaben": "name", "Verantwortlich": "owner", "Beginn": "start", "Ende": "finish", "Tage": "duration", "Status": "percent"},
        ),
        (
            (("업무", "담당자", "시작일", "종료일", "진행률"), ("설계", "김", D, E, 0.5), ("시험", "이", D, E, 0.1), ("인계", "박", D, E, 0)),
            "tasks",
            {"업무": "name", "담당자": "owner", "시작일": "start", "종료일": "finish", "진행률": "percent"},
        ),
        (
            (("Name", "Role", "Notes"), ("Ann Lee", "Leads the test team", "x"), ("Bob Fox", "Keeps the tools", None), ("Cid Poe", "Signs", None)),
            "people",
            {"Name": "name", "Role": "post", "Notes": "notes"},
        ),
    ],
)  # fmt: skip
def test_columns_are_found(
    workspace: Workspace, tmp_path: Path, rows: Sequence[Sequence[Any]], register: str, mapped: dict[str, str]
) -> None:
    found, columns = fields(workspace, a_file(tmp_path, rows))
    assert found == register
    assert {heading: columns.get(heading) for heading in mapped} == mapped


def test_words_of_a_status_column_say_what_is_done_and_what_has_begun(workspace: Workspace, tmp_path: Path) -> None:
    states = ("已完成", "进行中", "未开始", "暂停", "下周再说")
    imported(workspace, a_file(tmp_path, (("任务", "状态"), *((f"任务 {s}", s) for s in states))))
    assert rows_of(workspace, "tasks", "percent", "begun") == [
        (1.0, None), (None, True), (0.0, None), (None, None), (None, None),
    ]  # fmt: skip


def test_a_wrong_share_among_numbers_is_told(workspace: Workspace, tmp_path: Path) -> None:
    rows = (("Task", "% Complete"), ("a", 10), ("b", 20), ("c", "some"))
    run = tried(workspace, a_file(tmp_path, rows))
    assert [(row, remark.field, remark.text) for row, remark in run.remarks()] == [(4, "percent", "some")]


def test_a_share_in_words_is_known_in_several_languages() -> None:
    assert [share_in_words(w) for w in ("Done", "完了", "En cours", "Nicht begonnen", "완료", "✅ Closed")] == [
        1.0, 1.0, 0.5, 0.0, 1.0, 1.0,
    ]  # fmt: skip
    assert is_progress_word("On hold") and share_in_words("On hold") is None
    assert not is_progress_word("Pump")


def test_a_column_of_words_that_a_field_does_not_know_is_left_out_and_told(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = (("Document no.", "Title", "Status"), ("D1", "Pump", "Rosa"), ("D2", "Fan", "Gelb"), ("D3", "Pipe", "Rosa"))
    run = tried(workspace, a_file(tmp_path, rows))
    assert run.rows["new"] == 3
    assert any("Status" in str(n) for n in run.notices)


def test_the_names_are_taken_from_the_words_under_a_heading_that_spans_numbers_too(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = (("任务名称", "任务名称", "负责人"), (1, "需求调研", "张"), (2, "概要设计", "李"), (3, "详细设计", "王"))
    imported(workspace, a_file(tmp_path, rows))
    assert rows_of(workspace, "tasks", "name") == [("需求调研",), ("概要设计",), ("详细设计",)]


def test_codes_that_say_what_a_row_belongs_to_number_no_rows(workspace: Workspace, tmp_path: Path) -> None:
    rows = (("Task ID", "WBS ID", "Name"), *((f"T-{n}", f"W-{n // 4}", f"Step {n}") for n in range(12)))
    run = tried(workspace, a_file(tmp_path, rows))
    assert run.rows["new"] == 12 and run.rows["error"] == 0


def test_names_in_columns_of_their_own_are_steps_of_an_outline(workspace: Workspace, tmp_path: Path) -> None:
    rows = (
        ("Aktivität", "1. Unteraktivität", "2. Unteraktivität", "Aufwand"),
        ("Exposé", None, None, 14),
        (None, "Idee finden", None, 9),
        (None, None, "Brainstorming", 3),
        (None, None, "Befragung", 3),
        (None, None, "Auswertung", 3),
        (None, "Idee diskutieren", None, 5),
        (None, "Idee festlegen", None, 5),
        ("Konzept", None, None, 20),
    )
    imported(workspace, a_file(tmp_path, rows))
    assert rows_of(workspace, "tasks", "name", "parent") == [
        ("Exposé", None),
        ("Idee finden", "Exposé"),
        ("Brainstorming", "Idee finden"),
        ("Befragung", "Idee finden"),
        ("Auswertung", "Idee finden"),
        ("Idee diskutieren", "Exposé"),
        ("Idee festlegen", "Exposé"),
        ("Konzept", None),
    ]


def test_remarks_beside_the_names_are_no_steps(workspace: Workspace, tmp_path: Path) -> None:
    rows = (("Task", "Anything", "Days"), *((f"Step {n}", "seen" if n % 3 else None, 2) for n in range(12)))
    imported(workspace, a_file(tmp_path, rows))
    assert {parent for _, parent in rows_of(workspace, "tasks", "name", "parent")} == {None}


def test_a_group_named_in_the_column_of_codes_is_called_so(workspace: Workspace, tmp_path: Path) -> None:
    rows = (
        ("WBS", "Task"),
        ("ENGINEERING", None),
        ("1", "Preface"),
        ("2", "Design"),
        ("TESTS ON SITE", None),
        ("3", "Run"),
    )
    imported(workspace, a_file(tmp_path, rows))
    assert [name for (name,) in rows_of(workspace, "tasks", "name")] == [
        "ENGINEERING", "Preface", "Design", "TESTS ON SITE", "Run",
    ]  # fmt: skip


def test_planned_and_actual_stand_over_their_days_without_merged_cells(workspace: Workspace, tmp_path: Path) -> None:
    days = tuple(date(2026, 3, n) for n in range(1, 9))
    rows = (
        ("#", "大項目", "小項目", "担当者", "予定", None, "実績", None, *days),
        (None, None, None, None, "開始日", "終了日", "開始日", "終了日", *range(1, 9)),
        (1, "A", "配管", "山田", D, E, D, E),
        (2, "A", "配線", "山本", D, E, None, None),
        (3, "B", "試験", "山下", D, E, None, None),
    )
    run = tried(workspace, a_file(tmp_path, rows))
    assert run.file.header_row == 2
    found = [(m.heading, m.field) for m in run.mapping.columns if m.field]
    assert found[4:] == [
        ("予定 / 開始日", "start"),
        ("予定 / 終了日", "finish"),
        ("実績 / 開始日", "actual_start"),
        ("実績 / 終了日", "actual_finish"),
    ]


def test_names_and_leaders_above_the_list_are_no_headings(workspace: Workspace, tmp_path: Path) -> None:
    rows = (
        ("项目名称", "采集系统", "公司名称", "BIT"),
        ("项目负责人", "陈晓", "日期", D),
        ("模块", "子任务", "开始时间", "结束时间"),
        ("数据采集", "实时采集", D, E),
        ("数据采集", "传输通信", D, E),
        ("数据存储", "文件存储", D, E),
    )
    run = tried(workspace, a_file(tmp_path, rows))
    assert [(m.heading, m.field) for m in run.mapping.columns] == [
        ("模块", "phase"), ("子任务", "name"), ("开始时间", "start"), ("结束时间", "finish"),
    ]  # fmt: skip


def test_a_second_table_may_begin_right_below_its_title(workspace: Workspace, tmp_path: Path) -> None:
    rows = (
        ("里程碑名称", "计划天数", "计划开始日期", "计划结束日期", "备注"),
        ("文档编写", 5, D, E, "全员"),
        ("界面设计", 5, D, E, "全员"),
        ("进度描述", None, None, None, None),
        ("管理事件", "计划日期", "实际日期", "延期天数", "备注说明"),
        ("启动会议", D, D, 0, "一致"),
    )
    run = tried(workspace, a_file(tmp_path, rows))
    assert (run.file.header_row, run.rows["new"], run.rows["error"]) == (1, 2, 0)


def test_jira_counts_seconds_and_names_parents_by_number(workspace: Workspace, tmp_path: Path) -> None:
    rows = (
        ("Summary", "Issue key", "Issue id", "Issue Type", "Status", "Parent", "Remaining Estimate", "Reporter"),
        ("Build", "AB-1", 10001, "Epic", "In Progress", None, 7200, "Ann"),
        ("Wire it", "AB-2", 10002, "Subtask", "Analyzing", 10001, 14400, "Ann"),
        ("Left over", "AB-3", 10003, "Subtask", "Done", 9999, 999_999_999, "Ann"),
    )
    imported(workspace, a_file(tmp_path, rows))
    assert rows_of(workspace, "tasks", "name", "parent", "percent", "remaining")[:2] == [
        ("Build", None, None, 120),
        ("Wire it", "Build", None, 240),
    ]
    assert rows_of(workspace, "tasks", "name", "parent")[2] == ("Left over", None)


def test_parts_of_a_row_in_error_are_not_changed_by_the_next_import(workspace: Workspace, tmp_path: Path) -> None:
    rows = (
        ("WBS", "Task", "Start", "Finish"), ("1", None, D, E), ("1.1", "Part", D, E), ("1.2", "Other", D, E),
    )  # fmt: skip
    path = a_file(tmp_path, rows)
    imported(workspace, path)
    again = tried(workspace, path)
    assert (again.rows["unchanged"], again.rows["changed"], again.rows["error"]) == (2, 0, 1)


def test_a_sum_in_a_column_of_dates_is_no_day(workspace: Workspace, tmp_path: Path) -> None:
    rows = (("任务", "开始日期"), ("设计", D), ("编码", D), ("测试", E), ("项目费用", 29000))
    run = tried(workspace, a_file(tmp_path, rows))
    assert outcomes(run) == {2: "new", 3: "new", 4: "new", 5: "new"}
    assert [(row, remark.text) for row, remark in run.remarks()] == [(5, "29000")]


def test_a_day_without_a_date_format_is_still_a_day(workspace: Workspace, tmp_path: Path) -> None:
    rows = (("任务", "开始日期"), ("设计", D), ("编码", D), ("测试", E), ("交接", 46087))
    assert tried(workspace, a_file(tmp_path, rows)).rows["new"] == 4


def test_words_before_the_names_that_stand_for_runs_of_rows_are_phases(workspace: Workspace, tmp_path: Path) -> None:
    rows = (
        (None, "Tâches", "Qui"), ("Conception", "Dictionnaire", "Luc"), (None, "Maquettes", "Flo"),
        (None, "Serveur", "Luc"), ("Livraison", "Manuel", "Flo"), (None, "Recette", "Luc"),
    )  # fmt: skip
    imported(workspace, a_file(tmp_path, rows))
    assert rows_of(workspace, "tasks", "name", "parent")[:2] == [("Conception", None), ("Dictionnaire", "Conception")]
    assert rows_of(workspace, "tasks", "name", "parent")[-1] == ("Recette", "Livraison")


def test_a_list_in_shift_jis_is_read(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(
        "タスク名,開始,終了\n要件定義レビュー,2026/3/2,2026/3/6\nテスト,2026/3/9,2026/3/10\n".encode("cp932")
    )
    imported(workspace, path)
    assert [name for (name,) in rows_of(workspace, "tasks", "name")] == ["要件定義レビュー", "テスト"]


def test_work_packages_of_open_project_name_each_other_with_type_and_subject(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = [
        ("ID", "Type", "Subject", "Parent", "Start date", "Finish date", "Follows"),
        (11, "Phase", "Pumps", None, "2026-03-02", "2026-03-13", None),
        (12, "Task", "Check, clean", "Phase #11: Pumps", "2026-03-02", "2026-03-06", None),
        (13, "Task", "Task #12: repeat", "#11: Pumps", "2026-03-09", "2026-03-13", "Task #12: Check, clean"),
        (14, "Task", "Report", " #11: Pumps", "2026-03-09", "2026-03-13", "Task #12: repeat, #12: Check, clean"),
    ]
    imported(workspace, a_file(tmp_path, rows))

    assert [p for _, p in rows_of(workspace, "tasks", "name", "parent")] == [None, "Pumps", "Pumps", "Pumps"]
    assert links(workspace) == {
        ("Check, clean", "Task #12: repeat", "FS", 0.0),
        ("Check, clean", "Report", "FS", 0.0),
        ("Task #12: repeat", "Report", "FS", 0.0),
    }


def test_a_phase_that_is_said_to_be_part_of_its_own_task_is_blamed(workspace: Workspace, tmp_path: Path) -> None:
    rows = [
        ("ID", "Phase", "Task Name", "Part of"),
        ("A", "Clean", None, "B"),
        ("B", "Clean", "Blow the pipes", None),
        ("C", "Dry", "Dry the pipes", None),
    ]
    run = tried(workspace, a_file(tmp_path, rows))
    assert {v.row: v.outcome for v in run.verdicts if v.row} == {2: "new", 3: "new", 4: "new"}
    assert "The rows 2, 3 are parts of each other in a circle." in run.verdicts[1].why


@pytest.mark.parametrize(
    ("heading", "register", "field", "read"),
    [
        ("是否解决", "tasks", "percent", [1.0, 0.0]),
        ("Fixed (yes/no)", "tasks", "percent", [1.0, 0.0]),
        ("Fixed (yes/no)", "punches", "status", ["cleared", "open"]),
    ],
)
def test_yes_and_no_say_what_is_done(
    workspace: Workspace, tmp_path: Path, heading: str, register: str, field: str, read: list[object]
) -> None:
    words = ("是", "否") if heading == "是否解决" else ("Yes", "No")
    name = "Task" if register == "tasks" else "Defect"
    path = a_file(tmp_path, ((name, heading), *zip(("Seal leaks", "Bolt is loose"), words, strict=True)))
    imported(workspace, path, register=register)
    assert [value for (value,) in rows_of(workspace, register, field)] == read


def test_stages_numbered_in_front_of_the_names_are_what_the_rows_are_part_of(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = (
        ("项目序号", "项目内容", "工期"),
        ("第一阶段", "立项", None),
        (1, "分析", "4 天"),
        (2, "研究", "5 天"),
        ("第二阶段", "设计", None),
        (1, "概要", "6 天"),
    )
    imported(workspace, a_file(tmp_path, rows), register="tasks")
    assert [p for (p,) in rows_of(workspace, "tasks", "parent")] == [None, "立项", "立项", None, "设计"]


def test_tasks_before_a_task_are_named_by_number_and_name(workspace: Workspace, tmp_path: Path) -> None:
    rows = (
        ("Task number", "Name", "Depends on"), (1, "Plan", None), (2, "Check, then sign", "1 - Plan"),
        (3, "Run", "1 - Plan, 2 - Check, then sign"),
    )  # fmt: skip
    imported(workspace, a_file(tmp_path, rows), register="tasks")
    assert links(workspace) == {
        ("Plan", "Check, then sign", "FS", 0.0), ("Plan", "Run", "FS", 0.0), ("Check, then sign", "Run", "FS", 0.0),
    }  # fmt: skip


def test_one_indented_row_among_many_is_a_slip(workspace: Workspace, tmp_path: Path) -> None:
    path = a_file(tmp_path, (("Task", "Owner"), *((f"Check {n}", "Ann") for n in range(15))))
    book = openpyxl.load_workbook(path)
    book.active["A9"].alignment = Alignment(indent=1)
    book.save(path)
    imported(workspace, path, register="tasks")
    assert {p for (p,) in rows_of(workspace, "tasks", "parent")} == {None}


def test_a_row_without_a_name_is_called_by_the_column_beside_that_names_too(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = (
        ("Primary task", "Subtasks", "Assigned"), ("Pumps", "Check the seals", "Ann"), ("Pumps", "Fill the oil", "Bob"),
        ("Valves", "Check the valves", "Ann"), ("Hand over", None, "Ann"),
    )  # fmt: skip
    run = tried(workspace, a_file(tmp_path, rows), register="tasks")
    assert run.rows["new"] == 4 and any("Primary task" in str(notice) for notice in run.notices)


def test_things_of_one_stem_tell_their_register(workspace: Workspace, tmp_path: Path) -> None:
    people = (
        ("technician_id", "technician_name", "specialty"),
        ("T-1", "Ann Lee", "Hydraulics"),
        ("T-2", "Bob Ray", "Pumps"),
    )
    courses = (("course_id", "course_name", "mandatory"), ("C001", "Pump care", "Yes"), ("C002", "Oil care", "No"))
    assert tried(workspace, a_file(tmp_path, people)).register.key == "people"
    assert tried(workspace, a_file(tmp_path, courses)).register.key == "courses"


def test_part_numbers_speak_of_spare_parts(workspace: Workspace, tmp_path: Path) -> None:
    rows = (
        ("Part number", "Part description", "Manufacturer part no.", "Quantity", "Unit"),
        *((f"P-{n}", f"Seal kit {n}", f"M{n}", n, "pcs") for n in range(1, 6)),
    )
    assert tried(workspace, a_file(tmp_path, rows)).register.key == "spares"
