"""The registers of readiness: criteria by area, and what operators say."""

from __future__ import annotations

from handover.i18n import N_, NC_
from handover.model.readiness.criterion import CRITERION_COUNTS, Criterion
from handover.model.readiness.feedback import OperatorFeedback
from handover.registers.chapter import Advance, Chapter, Headline, InPack, OwnPage, PaperKind
from handover.registers.declare import Column, Register, View
from handover.registers.figures.criterion_counts import criterion_facts
from handover.registers.figures.overview_charts import on_overview
from handover.registers.kinds import Kind
from handover.store.worked_out import work_out_with

on_overview("handover.registers.figures.readiness:readiness_on_overview", 70)

CRITERIA = Register(
    key="criteria",
    icon="list-checks",
    model=Criterion,
    name=N_("Readiness criteria"),
    aliases=(
        "criterion",
        "readiness",
        "readiness checklist",
        "go-live checklist",
        "就绪检查",
        "试运条件检查确认表",
        "试车条件确认表",
        "就绪准则",
    ),
    columns=(
        Column("code", N_("Code"), 10),
        Column("question", N_("What must be so"), 46),
        Column("area", NC_("readiness", "Area"), 18),
        Column("gate", N_("Gate"), 22),
        Column("status", N_("Status"), 14),
        Column("weight", NC_("criterion", "Weight"), 7),
        Column("blocker", N_("Decides alone"), 8),
        Column("kind", NC_("criterion", "When it counts"), 18, False),
        Column("system", N_("System"), 16, False),
        Column("owner", N_("Owner"), 14),
        Column("due_on", N_("Due"), 12),
        Column("position", N_("Order"), 7, False),
        Column("evidence_required", N_("Evidence required"), 30, False, group=NC_("form", "Evidence")),
        Column("counted", N_("Counted by the program"), 22, False),
        Column("still_open", N_("Still open of it"), 8, False, kind=Kind.INTEGER),
        Column("evidence", N_("Evidence"), 30, False, copied=False),
        Column("document", N_("Document"), 20, False, copied=False),
        Column("met_by", N_("Met, says"), 14, False, copied=False),
        Column("met_on", N_("Met on"), 12, False, copied=False),
        Column("na_because", N_("Why it doesn't apply"), 30, False, copied=False, group=NC_("form", "Doesn't apply")),
        Column("na_project_by", N_("Project side agrees"), 14, False, copied=False),
        Column("na_operations_by", N_("Operations agrees"), 14, False, copied=False),
        Column("comment", N_("Remark"), 30, False, copied=False, group=NC_("form", "Other")),
    ),
    display=("question",),
    match=(("code",), ("gate", "question"), ("question",)),
    views=(
        View("open", N_("Open")),
        View("overdue", N_("Overdue")),
        View("due_soon", N_("Due in two weeks")),
        View("blocking", N_("Open and decides alone")),
        View("missed", NC_("criterion", "Not met")),
        View("unowned", N_("Without owner or day")),
        View("unproven", N_("Met without evidence")),
        View("contradicted", N_("Met, but something is open")),
    ),
    due="due_on",
    owner="owner",
    order="place",
    files=True,
    when_told=True,
    empty=N_("No criteria yet. Take those of your industry, or write down what must be so before a gate is passed."),
)

FEEDBACK = Register(
    key="feedback",
    icon="messages-square",
    model=OperatorFeedback,
    name=N_("Operators' feedback"),
    aliases=("operator feedback", "operators feedback", "操作员反馈", "运营反馈"),
    columns=(
        Column("remark", NC_("feedback", "What was said"), 46),
        Column("weight", NC_("feedback", "Weight"), 14),
        Column("status", N_("Status"), 14),
        Column("system", N_("System"), 16),
        Column("area", NC_("readiness", "Area"), 18, False),
        Column("said_by", N_("Said by"), 14),
        Column("said_on", N_("Said on"), 12),
        Column("shift", N_("Shift"), 8, False),
        Column("owner", N_("Owner"), 14, group=NC_("form", "What becomes of it")),
        Column("due_on", N_("Due"), 12),
        Column("answer", N_("Answer"), 30, False),
        Column("answered_by", N_("Answered by"), 14, False, copied=False),
        Column("answered_on", N_("Answered on"), 12, False, copied=False),
        Column("action", N_("Action"), 20, False),
        Column("punch", N_("Punch item"), 20, False),
        Column("sop", N_("Procedure"), 20, False),
        Column("criterion", N_("Criterion"), 24, False),
        Column("notes", N_("Notes"), 30, False, group=NC_("form", "Other")),
    ),
    display=("remark",),
    match=(("system", "remark"), ("remark",)),
    views=(
        View("open", N_("Open")),
        View("overdue", N_("Overdue")),
        View("due_soon", N_("Due in two weeks")),
        View("unanswered", N_("Not answered yet")),
        View("dangers", N_("Dangers")),
    ),
    due="due_on",
    owner="owner",
    files=True,
    when_told=True,
    empty=N_("Nothing yet. Write down what operators say when they learn the plant, and answer it."),
)

CHAPTER = Chapter(
    "readiness",
    N_("Readiness"),
    "readiness",
    (CRITERIA, FEEDBACK),
    pages=(
        OwnPage("readiness_areas", N_("Readiness by area"), "layout-dashboard"),
        OwnPage("readiness_charts", N_("Readiness charts"), "chart-column"),
    ),
    pack=(InPack("criteria", group_by="area"), InPack("feedback", group_by="system")),
    headlines=(
        Headline("criteria", "blocking", N_("Readiness criteria open that decide alone")),
        Headline("feedback", "dangers", N_("Dangers that operators told of")),
    ),
    papers=(PaperKind("readiness_pack", "{project}-ORP-{n:03}"),),
    advances=(Advance("criteria", N_("Readiness criteria met"), done="met"),),
    order=70,
)

work_out_with(CRITERION_COUNTS, criterion_facts)
