"""Parameter lists and inspection records of strangers come in with their limits read and their readings judged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from handover.store import Workspace
from handover.store.undo import undo
from tests.domain import a_project, a_workspace
from tests.exchange.trying import a_file, imported, rows_of, tried

#: As an annex of a contract has it: value and unit in one cell, the tolerance in another.
ANNEX = (
    ("Parameter 参数", "Value and unit 值和单位", "Tolerance 误差", "Test conditions 测试条件", "Test point(s) 测试点",
     "Test method 测试方法"),
    ("重复定位精度", "0 mm", "±0.1mm", "空载", "TP-1", "激光跟踪仪"),
    ("压合力", "5.5 kN", "0/+0.5", "满载", "TP-2", "压力计"),
    ("泄漏", "无渗漏", "无", "保压 30 min", "TP-3", "目视"),
    ("绝缘电阻", None, "≥100 MΩ", "1000 V", "TP-4", "兆欧表"),
)  # fmt: skip
#: As an inspector fills it in: standard, what he found, and what he says of it.
RECORD = (
    ("序号", "参数编号", "检验项目", "标准要求", "单位", "实测值", "检验日期"),
    (1, "P-01", "间隙", "9.9~10.1", "mm", 10.1, "2026-05-04"),
    (2, "P-02", "面差", "≤0.5", "mm", 0.7, "2026-05-04"),
    (3, "P-03", "外观", "合格/不合格", None, "合格", "2026-05-04"),
    (4, "P-04", "节拍", "≤58", "s", None, None),
)  # fmt: skip
BOUNDS = (
    ("Check item", "LSL", "USL", "Unit", "Measuring point"),
    ("Door gap", 3.2, 4.0, "mm", "D-1"),
    ("Torque", 11.4, None, "N.m", "T-1"),
)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with a_workspace(tmp_path) as opened:
        a_project(opened)
        yield opened


def test_an_annex_is_known_as_parameters_and_read(workspace: Workspace, tmp_path: Path) -> None:
    report = imported(workspace, a_file(tmp_path, ANNEX))

    assert (report.new, report.error) == (4, 0)
    assert rows_of(workspace, "parameters", "name", "lower", "upper", "unit", "direction") == [
        ("重复定位精度", -0.1, 0.1, "mm", "range"),
        ("压合力", 5.5, 6.0, "kN", "range"),
        ("泄漏", None, None, None, None),
        ("绝缘电阻", 100.0, None, "MΩ", "min"),
    ]


def test_a_record_brings_readings_that_are_judged_and_goes_with_one_undo(workspace: Workspace, tmp_path: Path) -> None:
    report = imported(workspace, a_file(tmp_path, RECORD))

    assert (report.new, report.error) == (4, 0)
    assert rows_of(workspace, "parameters", "no", "measured", "result") == [
        ("P-01", "10.1", "pass"), ("P-02", "0.7", "fail"), ("P-03", "合格", "pass"), ("P-04", None, "pending"),
    ]  # fmt: skip
    assert rows_of(workspace, "rectifications", "deviation", "status") == [("0.7 mm (≤0.5 mm)", "opened")]
    undo(workspace)
    assert rows_of(workspace, "readings", "value") == rows_of(workspace, "rectifications", "status") == []


def test_the_record_once_more_is_no_change_and_a_later_one_is_another_reading(
    workspace: Workspace, tmp_path: Path
) -> None:
    imported(workspace, a_file(tmp_path, RECORD))
    assert tried(workspace, a_file(tmp_path, RECORD)).rows["unchanged"] == 4
    later = [RECORD[0], (*RECORD[1][:5], 10.4, "2026-05-11"), *RECORD[2:]]

    imported(workspace, a_file(tmp_path, later, "later.xlsx"))

    assert rows_of(workspace, "parameters", "no", "result")[0] == ("P-01", "fail")
    assert len(rows_of(workspace, "readings", "value")) == 4
    assert len(rows_of(workspace, "rectifications", "status")) == 2


def test_bounds_in_two_columns_are_limits(workspace: Workspace, tmp_path: Path) -> None:
    imported(workspace, a_file(tmp_path, BOUNDS), register="parameters")

    assert rows_of(workspace, "parameters", "limits", "unit") == [("3.2~4", "mm"), ("≥11.4", "N·m")]


def test_limits_that_cannot_be_read_come_in_without_them_and_are_told(workspace: Workspace, tmp_path: Path) -> None:
    bad = [ANNEX[0], ("间隙", "10 mm", "10.1~9.9", None, "TP-1", None), ("面差", None, "≥≥5", None, "TP-2", None)]

    report = imported(workspace, a_file(tmp_path, bad), register="parameters")

    assert (report.new, report.error) == (2, 0)
    rows = rows_of(workspace, "parameters", "limits", "result", "notes")
    assert [row[:2] for row in rows] == [(None, "pending"), (None, "pending")]
    assert all("10.1~9.9" in (row[2] or "") or "≥≥5" in (row[2] or "") for row in rows)


def test_a_list_of_closed_rectifications_closes_none_without_its_proof(workspace: Workspace, tmp_path: Path) -> None:
    imported(workspace, a_file(tmp_path, RECORD))
    told = (("参数", "状态", "整改措施"), ("P-02", "已关闭", "调整定位销"))

    imported(workspace, a_file(tmp_path, told, "整改.xlsx"), register="rectifications")

    assert rows_of(workspace, "rectifications", "status", "measure") == [("opened", "调整定位销")]
    assert rows_of(workspace, "parameters", "no", "result")[1] == ("P-02", "fail")
