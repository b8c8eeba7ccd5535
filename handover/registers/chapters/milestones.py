"""The registers of phases and milestones."""

from __future__ import annotations

from handover.i18n import N_
from handover.model.milestone import MILESTONE_STATUS, Milestone
from handover.model.phase import PHASE_STATUS, Phase
from handover.registers.chapter import Advance, Chapter, Headline, InPack
from handover.registers.declare import Column, Kind, Register, View

PHASES = Register(
    key="phases",
    icon="layers",
    model=Phase,
    name=N_("Phases"),
    aliases=("phase", "stages"),
    columns=(
        Column("code", N_("Code"), 10, also=("Phase code", "Phase no.", "阶段代码", "阶段编号")),
        Column("name", N_("Phase"), 30, also=("Name", "Phase name", "Stage", "阶段", "阶段名称", "名称")),
        Column("kind", N_("Kind of phase"), 20, also=("Kind", "Type", "类别", "类型")),
        Column("status", N_("Status"), 14, kind=Kind.CHOICE, words=PHASE_STATUS),
        Column("position", N_("Order"), 8, False, also=("Sequence", "Seq", "顺序", "排序")),
        Column("entry_gate", N_("Entry gate"), 20, False, also=("Entered by", "准入关口", "入口关口")),
        Column("exit_gate", N_("Exit gate"), 20, also=("Left by", "放行关口", "出口关口")),
        Column("planned_start", N_("Planned start"), 12, also=("Start", "计划开始", "计划开始日期")),
        Column("planned_finish", N_("Planned finish"), 12, also=("Finish", "End", "计划完成", "计划完成日期")),
        Column("forecast_start", N_("Forecast start"), 12, False, also=("预测开始", "预计开始")),
        Column("forecast_finish", N_("Forecast finish"), 12, also=("预测完成", "预计完成")),
        Column("expected_finish", N_("Expected finish"), 12, False, kind=Kind.DATE),
        Column("actual_start", N_("Actual start"), 12, also=("Started", "实际开始", "实际开始日期")),
        Column("actual_finish", N_("Actual finish"), 12, also=("Finished", "实际完成", "实际完成日期")),
        Column("notes", N_("Notes"), 30, False, also=("Remarks", "Comments", "备注", "说明")),
    ),
    display=("name",),
    match=(("code",), ("name",)),
    views=(
        View("open", N_("Open")),
        View("under_way", N_("Under way")),
        View("overdue", N_("Overdue")),
        View("due_soon", N_("Due in two weeks")),
    ),
    due="expected_finish",
    order="place",
    empty=N_("No phases yet. List those from building to steady operation."),
)  # fmt: skip

MILESTONES = Register(
    key="milestones",
    icon="flag",
    model=Milestone,
    name=N_("Milestones"),
    aliases=("milestone", "key dates"),
    columns=(
        Column("code", N_("Code"), 10, also=("Milestone code", "Milestone no.", "节点代码", "节点编号", "编号")),
        Column("name", N_("Milestone"), 34, also=("Name", "Milestone name", "Key date", "Event", "里程碑", "节点", "节点名称", "名称")),
        Column("kind", N_("Kind of milestone"), 20, also=("Kind", "Type", "类别", "类型")),
        Column("status", N_("Status"), 14, kind=Kind.CHOICE, words=MILESTONE_STATUS),
        Column("baseline_on", N_("Agreed"), 12, kind=Kind.DATE),
        Column("scheduled_on", N_("Expected"), 12, kind=Kind.DATE),
        Column("reached_on", N_("Reached on"), 12, kind=Kind.DATE),
        Column("task", N_("Task of the plan"), 26, also=("Task", "Linked task", "任务", "关联任务", "计划任务")),
        Column("phase", N_("Phase"), 20, False, also=("Stage", "阶段")),
        Column("system", N_("System"), 18, False, also=("Subsystem", "系统")),
        Column("owner", N_("Owner"), 16, False, also=("Responsible", "责任人", "负责人")),
        Column("planned_on", N_("Planned date"), 12, False, also=("Planned", "Plan date", "Target date", "计划日期", "计划", "计划时间")),
        Column("forecast_on", N_("Forecast date"), 12, False, also=("Forecast", "预测日期", "预计日期", "预测")),
        Column("actual_on", N_("Actual date"), 12, False, also=("Actual", "实际日期", "实际", "完成日期")),
        Column("notes", N_("Notes"), 30, False, also=("Remarks", "Comments", "备注", "说明")),
    ),
    display=("name",),
    match=(("code",), ("name",)),
    views=(
        View("open", N_("Open")),
        View("overdue", N_("Overdue")),
        View("due_soon", N_("Due in two weeks")),
        View("slipping", N_("Later than agreed")),
        View("handovers", N_("Handovers")),
    ),
    due="scheduled_on",
    owner="owner",
    empty=N_("No milestones yet. Name the days on which something is reached, and link them to tasks of the plan."),
)  # fmt: skip

CHAPTER = Chapter(
    "milestones",
    N_("Phases and milestones"),
    "plan",
    (PHASES, MILESTONES),
    pack=(InPack("phases"), InPack("milestones")),
    headlines=(Headline("milestones", "overdue", N_("Milestones overdue")),),
    advances=(Advance("milestones", N_("Milestones reached"), done="reached"),),
    order=35,
)
