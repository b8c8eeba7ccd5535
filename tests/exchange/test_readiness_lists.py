"""Strangers' lists of readiness: a supplier's SPIR, a list of 备品备件, a check list before start-up."""

from __future__ import annotations

from pathlib import Path

from handover.store import Workspace
from tests.exchange.trying import a_file, imported, rows_of, tried

SPIR = [
    ["SPARE PARTS AND INTERCHANGEABILITY RECORD (SPIR)", *[None] * 13],
    ["Equipment Tag No.", "Manufacturer model", "No. of units", "No. of parts per unit",
     "Total identical parts installed", "Item no.", "Description of parts",
     "Drawing no. incl. pos.", "Material specification", "Part number",
     "Commissioning spares", "Initial 2 years", "Capital spares", "UoM"],
    ["P-101 A/B", "CP 80-200", 2, 1, 2, "1", "Mechanical seal", "DRW-12 pos. 4", "SiC/SiC", "MS-80", 1, 2, 0, "pc"],
    ["P-101 A/B", "CP 80-200", 2, 2, 4, "2", "Bearing", "DRW-12 pos. 7", "Steel", "6308-C3", 0, 4, 0, "pc"],
    ["K-201", "RC 400", 1, 1, 1, "3", "Rotor, complete", "DRW-40 pos. 1", "42CrMo4", "RT-400", 0, 0, 1, "set"],
]  # fmt: skip
BEIJIAN = [
    ["备品备件清单", *[None] * 7],
    ["序号", "备件名称", "规格型号", "设备位号", "单位", "单台用量", "最低库存", "现有库存"],
    [1, "机械密封", "MS-80", "P-101A", "件", 1, 2, 1],
    [2, "轴承", "6308-C3", "P-101A", "件", 2, 4, 4],
]
CONDITIONS = [
    ["投料试车条件确认表", *[None] * 5],
    ["序号", "检查项目", "权重", "一票否决", "责任人", "状态"],
    [1, "联锁、报警投用", 5, "是", None, "已满足"],
    [2, "操作规程已生效", 4, None, None, "进行中"],
    [3, "开工原料到位", 3, None, None, "不适用"],
]  # fmt: skip


def test_spir_of_a_supplier_is_read_as_spare_parts(workspace: Workspace, tmp_path: Path) -> None:
    path = a_file(tmp_path, SPIR, "SPIR_pumps.xlsx", "SPIR")
    assert tried(workspace, path).register.key == "spares"
    imported(workspace, path)
    assert rows_of(workspace, "spares", "item_no", "tag", "part_no", "installed", "shortfall") == [
        ("1", "P-101 A/B", "MS-80", 2.0, 3.0), ("2", "P-101 A/B", "6308-C3", 4.0, 4.0),
        ("3", "K-201", "RT-400", 1.0, 1.0),
    ]  # fmt: skip


def test_chinese_list_of_spare_parts_is_read(workspace: Workspace, tmp_path: Path) -> None:
    path = a_file(tmp_path, BEIJIAN, "备品备件.xlsx", "备件")
    assert tried(workspace, path).register.key == "spares"
    imported(workspace, path)
    assert rows_of(workspace, "spares", "description", "minimum", "stock", "shortfall") == [
        ("机械密封", 2.0, 1.0, 1.0), ("轴承", 4.0, 4.0, 0.0),
    ]  # fmt: skip


def test_spir_imported_again_changes_what_changed_alone(workspace: Workspace, tmp_path: Path) -> None:
    imported(workspace, a_file(tmp_path, SPIR, "SPIR_pumps.xlsx", "SPIR"))
    again = [list(row) for row in SPIR]
    again[2][10] = 2
    found = tried(workspace, a_file(tmp_path, again, "SPIR_rev_B.xlsx", "SPIR"))
    assert (found.rows["changed"], found.rows["unchanged"], found.rows["new"]) == (1, 2, 0)


def test_check_list_of_conditions_is_read_with_what_decides_alone(workspace: Workspace, tmp_path: Path) -> None:
    path = a_file(tmp_path, CONDITIONS, "投料试车条件确认表.xlsx", "条件确认")
    imported(workspace, path, register="criteria")
    assert rows_of(workspace, "criteria", "question", "weight", "blocker", "status") == [
        ("联锁、报警投用", 5, True, "met"), ("操作规程已生效", 4, None, "in_progress"),
        ("开工原料到位", 3, None, "na"),
    ]  # fmt: skip
