"""Numbers that start over under each section count rows: no row is lost by them, and they show the outline."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from handover.exchange.rows.restarting_numbers import starts_over
from handover.store.workspace import Workspace
from tests.exchange.trying import a_file, imported, links, outcomes, reasons, rows_of, tried

HEAD = ("序号", "工作内容", "开始", "完成", "前置任务")
DAYS = ("2026-03-05", "2026-03-09")
TITLED = (
    HEAD, ("一、土建部分",), (1, "基础", *DAYS), (2, "墙", *DAYS, "1"), ("二、电气部分",), (1, "送电", *DAYS),
    (2, "调试", *DAYS, "1"),
)  # fmt: skip
NUMBERED = (
    HEAD, ("一", "土建"), (1, "基础", *DAYS), (2, "墙", *DAYS), ("二", "电气"), (1, "送电", *DAYS), (2, "调试", *DAYS),
)  # fmt: skip
MERGED = (
    ("单位工程", *HEAD), ("土建", 1, "基础", *DAYS), (None, 2, "墙", *DAYS), ("电气", 1, "送电", *DAYS),
    (None, 2, "调试", *DAYS),
)  # fmt: skip
LEGAL = (
    ("编号", "工作内容", "工期"), ("一", "总体", None), ("（一）", "子项", None), ("1", "甲", "2天"),
    ("1.1", "乙", "2天"), ("1.2", "丙", "2天"), ("二", "第二", None), ("（一）", "子项二", None), ("1", "甲", "2天"),
    ("1.1", "乙", "2天"),
)  # fmt: skip


@pytest.mark.parametrize(
    "codes",
    [
        [("a", "1"), ("a", "2"), ("b", "1"), ("b", "2")],
        [("", "一"), ("a", "（一）"), ("a", "（二）"), ("", "二"), ("b", "（一）")],
        [("a", "1"), ("a", "2"), ("a", "2"), ("b", "01"), ("b", "1")],
        [("", "1"), ("", "2"), ("", "3"), ("", "1"), ("", "2")],
        [("", "1"), ("", "2"), ("", "1"), ("", "1"), ("", "2")],
        [("", "1"), ("", "1.1"), ("", "1.2"), ("", "1"), ("", "1.1")],
    ],
)
def test_numbering_starts_over(codes: list[tuple[str, str]]) -> None:
    assert starts_over(codes)


@pytest.mark.parametrize(
    "codes",
    [
        [("", "A-1"), ("", "A-2"), ("", "A-3"), ("", "A-1")],
        [("", "1"), ("", "2"), ("", "3"), ("", "2")],
        [("", "1"), ("", "2"), ("", "3"), ("", "1")],
        [("a", "1"), ("a", "2"), ("b", "3"), ("b", "2")],
        [("a", "11"), ("b", "21"), ("b", "11")],
        [("a", "1"), ("a", "2"), ("b", "3")],
        [("", "1"), ("a", "1.1"), ("a", "1.2"), ("a", "1.1"), ("", "2.0")],
    ],
)
def test_code_that_two_rows_have_is_no_new_count(codes: list[tuple[str, str]]) -> None:
    assert not starts_over(codes)


@pytest.mark.parametrize("rows", [TITLED, NUMBERED, MERGED], ids=["titles", "numerals", "merged"])
def test_every_section_is_taken_as_a_summary_with_its_rows(
    tmp_path: Path, workspace: Workspace, rows: tuple[tuple[Any, ...], ...]
) -> None:
    path = a_file(tmp_path, rows)
    imported(workspace, path)
    found = rows_of(workspace, "tasks", "name", "kind", "parent", "source_id")
    assert [(name.removesuffix("部分")[-2:], kind) for name, kind, *_ in found if kind == "summary"] == [
        ("土建", "summary"), ("电气", "summary"),
    ]  # fmt: skip
    assert [(name, parent.removesuffix("部分")[-2:], code) for name, kind, parent, code in found if kind == "task"] == [
        ("基础", "土建", "1"), ("墙", "土建", "2"), ("送电", "电气", "1"), ("调试", "电气", "2"),
    ]  # fmt: skip
    assert set(outcomes(tried(workspace, path)).values()) == {"unchanged"}


def test_number_that_starts_over_means_the_row_of_its_own_section(tmp_path: Path, workspace: Workspace) -> None:
    imported(workspace, a_file(tmp_path, TITLED))
    assert links(workspace) == {("基础", "墙", "FS", 0), ("送电", "调试", "FS", 0)}


def test_chinese_legal_numbering_shows_the_levels(tmp_path: Path, workspace: Workspace) -> None:
    path = a_file(tmp_path, LEGAL)
    imported(workspace, path)
    found = rows_of(workspace, "tasks", "name", "parent")
    assert [(name, parent or "") for name, parent in found] == [
        ("总体", ""), ("子项", "总体"), ("甲", "子项"), ("乙", "甲"), ("丙", "甲"), ("第二", ""), ("子项二", "第二"),
        ("甲", "子项二"), ("乙", "甲"),
    ]  # fmt: skip
    assert set(outcomes(tried(workspace, path)).values()) == {"unchanged"}


def test_code_that_two_rows_of_a_list_have_is_an_error(tmp_path: Path, workspace: Workspace) -> None:
    rows = [("WBS", "Task Name"), *((f"1.{n}", f"Task {n}") for n in range(1, 9)), ("1.3", "Another")]
    run = tried(workspace, a_file(tmp_path, rows))
    assert reasons(run) == {10: "A10: “1.3” stands in row 4 already; a code belongs to one row."}


def test_same_name_and_number_in_two_sections_stay_where_they_are(tmp_path: Path, workspace: Workspace) -> None:
    rows = (HEAD, ("一、甲",), (1, "调试", *DAYS), ("二、乙",), (1, "调试", "2026-04-05", "2026-04-09"))
    path = a_file(tmp_path, rows)
    imported(workspace, path)
    assert set(outcomes(tried(workspace, path)).values()) == {"unchanged"}
