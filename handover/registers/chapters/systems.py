"""The register of systems, subsystems and turnover packages."""

from __future__ import annotations

from handover.i18n import N_
from handover.model.system import System
from handover.registers.chapter import Advance, Chapter, InPack
from handover.registers.declare import Column, Register, View

SYSTEMS = Register(
    key="systems",
    icon="boxes",
    model=System,
    name=N_("Systems"),
    aliases=("system", "subsystems"),
    columns=(
        Column("code", N_("System no."), 14, also=("System number", "System code", "Code", "Comm Pkg", "Tag", "系统号", "系统编号", "编号", "编码", "System ID", "ID", "No", "No.", "System", "系统代码", "系统代号", "序号", "设备编号", "设备位号", "设备编码", "位号", "资产编号", "Equipment No", "Equipment ID", "Equipment tag", "Equipment number", "Tag No", "Tag number", "System tag", "Asset ID", "Asset tag", "Asset number", "KKS", "KKS编码", "機器番号")),
        Column("name", N_("System name"), 30, also=("Name", "System", "Description", "系统名称", "名称", "描述", "System description", "Title", "系统", "设备名称", "Equipment name", "Equipment description", "Asset name", "Equipment", "機器名")),
        Column("parent", N_("Part of"), 18, False, also=("Parent", "Parent system", "上级", "上级系统", "所属系统")),
        Column("level", N_("Level"), 14, also=("Type", "层级")),
        Column("area", N_("Area"), 14, also=("Location", "Zone", "区域", "位置", "Facility", "Unit", "Building", "装置", "车间")),
        Column("discipline", N_("Discipline"), 14, False, also=("Trade", "专业")),
        Column("priority", N_("Priority"), 8, also=("优先级",)),
        Column("criticality", N_("Criticality"), 12, also=("关键度", "重要度")),
        Column("engineering_lead", N_("Engineering lead"), 16, also=("Responsible", "Engineer", "工程负责人", "负责人")),
        Column("operations_lead", N_("Operations lead"), 16, also=("Operator", "运营负责人")),
        Column("custody", N_("Custody"), 20, also=("管理权", "保管方")),
        Column("planned_rfc", N_("Planned ready for commissioning"), 12, False, also=("Planned RFC", "计划具备调试日")),
        Column("actual_rfc", N_("Actual ready for commissioning"), 12, False, also=("Actual RFC", "实际具备调试日")),
        Column("planned_rfo", N_("Planned handover"), 12, also=("Planned RFO", "Ready for operation", "计划具备移交日", "计划移交日期")),
        Column("forecast_rfo", N_("Forecast handover"), 12, False, also=("Forecast RFO", "预测具备移交日", "预计移交日期")),
        Column("actual_rfo", N_("Actual handover"), 12, False, also=("Actual RFO", "实际具备移交日", "实际移交日期")),
        Column("notes", N_("Notes"), 30, False, also=("Remarks", "Comments", "备注", "说明")),
    ),
    display=("code", "name"),
    match=(("code",), ("name",)),
    views=(View("open", N_("Open")),),
    due="planned_rfo",
    owner="operations_lead",
    empty=N_("No systems yet. List the systems that are handed over piece by piece, or import them."),
)  # fmt: skip

CHAPTER = Chapter(
    "systems",
    N_("Systems"),
    "handover",
    (SYSTEMS,),
    pack=(InPack("systems"),),
    advances=(Advance("systems", N_("Systems in the custody of operations"), done="handed_over"),),
    first_step=N_("Go to the systems"),
    order=80,
)
