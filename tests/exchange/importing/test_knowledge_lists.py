"""A flat list of knowledge with holder and receiver comes in, in one act, as items, holders, receivers, proofs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from handover.registers.catalogue import register
from handover.store import Workspace
from handover.store.undo import undo
from tests.domain import a_project, a_workspace
from tests.exchange.trying import a_file, imported, rows_of, the_project, tried

LIST = (
    ("序号", "系统", "知识项", "类型", "持有人", "接收人", "关键度(1-5)", "初始等级", "目标等级", "转移方式",
     "已验证等级", "验证方式", "验证人", "验证日期", "状态", "备注"),
    (1, "BIW-10", "零点恢复", "操作", "孙晓明", "唐德利", 5, 1, 3, "师带徒", 3, "独立操作", "邓丽", "2026-05-04",
     "已验证", None),
    (2, "BIW-10", "修磨周期", "隐性", "孙晓明", "曹阳", 4, 0, 3, "跟岗", None, None, None, None, "已计划", "先问班长"),
    (3, "BIW-10", "急停复位", "显性", "孙晓明", None, 4, None, 3, None, None, None, None, None, "已识别", None),
)  # fmt: skip


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with a_workspace(tmp_path) as opened:
        a_project(opened)
        yield opened


def test_flat_list_becomes_all_three_and_goes_with_one_undo(workspace: Workspace, tmp_path: Path) -> None:
    report = imported(workspace, a_file(tmp_path, LIST), register="knowledge")

    assert (report.new, report.error) == (3, 0)
    assert [person for (person,) in rows_of(workspace, "holders", "person")] == ["孙晓明"] * 3
    assert rows_of(workspace, "receivers", "person", "status", "verified_level") == [
        ("唐德利", "verified", "3"), ("曹阳", "planned", None),
    ]  # fmt: skip
    assert rows_of(workspace, "verifications", "verifier", "level", "result") == [("邓丽", "3", "passed")]
    undo(workspace)
    assert rows_of(workspace, "holders", "person") == rows_of(workspace, "receivers", "person") == []


def test_the_list_once_more_is_no_change_and_a_corrected_one_reaches_the_receiver(
    workspace: Workspace, tmp_path: Path
) -> None:
    imported(workspace, a_file(tmp_path, LIST), register="knowledge")
    assert tried(workspace, a_file(tmp_path, LIST), register="knowledge").rows["unchanged"] == 3
    further = [LIST[0], LIST[1], (*LIST[2][:14], "转移中", LIST[2][15]), LIST[3]]

    imported(workspace, a_file(tmp_path, further, "further.xlsx"), register="knowledge")

    assert [status for (status,) in rows_of(workspace, "receivers", "status")] == ["verified", "in_transfer"]
    assert the_project(workspace).code == "P1" and register("receivers").in_navigation


def test_list_of_receivers_brings_the_item_to_the_one_who_is_least_far(workspace: Workspace, tmp_path: Path) -> None:
    imported(workspace, a_file(tmp_path, LIST), register="knowledge")
    more = (("知识点", "接收人", "状态"), ("零点恢复", "曹阳", "转移中"))

    imported(workspace, a_file(tmp_path, more, "more.xlsx"), register="receivers")

    shown = dict(rows_of(workspace, "knowledge", "title", "receiver"))
    assert shown["零点恢复"] == "曹阳"
