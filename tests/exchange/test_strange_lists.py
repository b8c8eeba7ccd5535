"""Lists as strangers make them are read right at the first try: other words, other columns, other habits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from handover.exchange.progress import is_progress_word, share_in_words
from handover.store.workspace import Workspace
from tests.exchange.importing import a_file, imported, outcomes, rows_of, tried

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


def test_words_of_a_status_column_become_shares(workspace: Workspace, tmp_path: Path) -> None:
    states = ("已完成", "进行中", "未开始", "暂停", "下周再说")
    imported(workspace, a_file(tmp_path, (("任务", "状态"), *((f"任务 {s}", s) for s in states))))
    assert rows_of(workspace, "tasks", "percent") == [(1.0,), (0.5,), (0.0,), (None,), (None,)]


def test_a_wrong_share_among_numbers_is_still_an_error(workspace: Workspace, tmp_path: Path) -> None:
    rows = (("Task", "% Complete"), ("a", 10), ("b", 20), ("c", "some"))
    assert outcomes(tried(workspace, a_file(tmp_path, rows)))[4] == "error"


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
