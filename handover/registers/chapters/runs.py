"""The registers of proving runs with their logs and rules, and of the ramp-up after them."""

from __future__ import annotations

from handover.i18n import N_, NC_
from handover.model.running.log import RunInterruption, RunSegment
from handover.model.running.ramp_up import RampUpFigure
from handover.model.running.rules import EFFECT, RunRules
from handover.model.running.run import RUN_CLOCK, ProvingRun
from handover.registers.chapter import Advance, Chapter, Headline, InPack, OwnPage, PaperKind
from handover.registers.declare import Column, Register, View
from handover.registers.figures.overview_charts import on_overview
from handover.registers.figures.today import on_today
from handover.registers.kinds import Kind
from handover.registers.running.run_facts import run_facts
from handover.registers.running.today import runs_today
from handover.store.worked_out import work_out_with

work_out_with(RUN_CLOCK, run_facts)
on_today(runs_today, 66)
on_overview("handover.registers.running.on_overview:runs_on_overview", 66)

RUNS = Register(
    key="runs",
    icon="clock",
    model=ProvingRun,
    name=N_("Proving runs"),
    aliases=("run", "trial runs", "reliability runs", "连续运行", "试运记录", "72小时运行"),
    columns=(
        Column("name", NC_("run", "Run"), 34),
        Column("kind", NC_("run", "Kind"), 16, False),
        Column("system", N_("System"), 18),
        Column("status", N_("Status"), 14),
        Column("required", NC_("run", "Hours to run"), 10),
        Column("rules", NC_("run", "Rules"), 20),
        Column("earliest_end", NC_("run", "Earliest end"), 24, kind=Kind.INSTANT),
        Column("resets", NC_("run", "Times begun anew"), 8, kind=Kind.INTEGER),
        Column("planned_start", NC_("run", "Planned start"), 24, False, kind=Kind.INSTANT, group=NC_("form", "When")),
        Column("started_at", NC_("run", "Started at"), 24, kind=Kind.INSTANT, copied=False),
        Column("ended_at", NC_("run", "Ended at"), 24, False, kind=Kind.INSTANT, copied=False),
        Column("leader", NC_("run", "Run by"), 14, False, group=NC_("form", "Who")),
        Column("operations_lead", N_("Operations lead"), 14, False),
        Column("contractor", NC_("run", "Contractor"), 18, False),
        Column("conditions", NC_("run", "Conditions of the run"), 30, False),
        Column("decided_by", N_("Decided by"), 14, False, copied=False, group=NC_("form", "Decided")),
        Column("decided_on", N_("Decided on"), 12, False, copied=False),
        Column("failed_because", NC_("run", "Why it failed"), 24, False, copied=False),
        Column("void_because", N_("Why it is void"), 24, False, copied=False),
        Column("notes", N_("Notes"), 30, False, group=NC_("form", "Other")),
    ),
    display=("name",),
    match=(("name",),),
    views=(
        View("open", N_("Open")),
        View("running", NC_("run", "Running")),
        View("blocking", N_("Blocks the certificate")),
        View("proven", NC_("run", "Passed")),
    ),
    files=True,
    when_told=True,
    empty=N_("No runs yet. Add the 72-hour run of a system; its clock follows from the log."),
)

SEGMENTS = Register(
    key="segments",
    icon="play",
    model=RunSegment,
    name=NC_("run", "Segments"),
    aliases=("segment", "run segments", "运行段", "运行记录"),
    columns=(
        Column("run", NC_("run", "Run"), 30),
        Column("number", N_("No."), 6),
        Column("from_at", NC_("run", "From"), 24, kind=Kind.INSTANT),
        Column("to_at", NC_("run", "To"), 24, kind=Kind.INSTANT),
        Column("load", NC_("run", "Load"), 8, kind=Kind.PERCENT),
        Column("shift", N_("Shift"), 10),
        Column("logged_by", NC_("run", "Logged by"), 14, False),
        Column("remark", NC_("run", "Remark"), 30),
    ),
    display=("run", "number"),
    match=(("run", "number"), ("run", "from_at")),
    views=(View("going_on", NC_("run", "Going on")),),
    order="from_at",
    when_told=True,
    empty=N_("Nothing logged yet. Say from when to when the plant ran, and at which load."),
)

INTERRUPTIONS = Register(
    key="interruptions",
    icon="octagon-alert",
    model=RunInterruption,
    name=NC_("run", "Interruptions"),
    aliases=("interruption", "run interruptions", "outages", "trips", "中断", "中断记录", "停机记录"),
    columns=(
        Column("run", NC_("run", "Run"), 30),
        Column("number", N_("No."), 6),
        Column("from_at", NC_("run", "From"), 24, kind=Kind.INSTANT),
        Column("to_at", NC_("run", "To"), 24, kind=Kind.INSTANT),
        Column("cause", NC_("run", "Cause"), 36),
        Column("item", NC_("run", "What failed"), 18),
        Column("attribution", NC_("run", "Answered for by"), 18),
        Column("counts_as", NC_("run", "Effect"), 16, kind=Kind.CHOICE, words=EFFECT),
        Column("effect", NC_("run", "Effect agreed otherwise"), 16, False, group=NC_("form", "What it does")),
        Column("agreed_by", NC_("run", "Agreed by"), 18, False),
        Column("shift", N_("Shift"), 10, False),
        Column("logged_by", NC_("run", "Logged by"), 14, False),
        Column("notes", N_("Notes"), 30, False),
    ),
    display=("cause",),
    match=(("run", "number"), ("run", "from_at")),
    views=(View("going_on", NC_("run", "Going on")), View("unanswered", NC_("run", "Nobody answers for it yet"))),
    order="from_at",
    files=True,
    when_told=True,
    empty=N_("No interruptions. Log each as it begins; its end can follow."),
)

RULES = Register(
    key="run-rules",
    icon="sliders-horizontal",
    model=RunRules,
    name=NC_("run", "Rules of runs"),
    aliases=("run rules", "试运规则", "运行规则"),
    columns=(
        Column("name", NC_("run", "Rules"), 30),
        Column("clause", NC_("run", "Clause of the contract"), 24),
        Column("required", NC_("run", "Hours to run"), 10),
        Column("effect_contractor", NC_("run", "Contractor's interruption"), 18, group=NC_("form", "What it does")),
        Column("effect_owner", NC_("run", "Owner's interruption"), 18),
        Column("effect_external", NC_("run", "Interruption from outside"), 18),
        Column("effect_planned", NC_("run", "Planned interruption"), 18, False),
        Column("least_load", NC_("run", "Least load"), 8, kind=Kind.PERCENT),
        Column("back_to_phase", NC_("run", "Only the phase begins anew"), 8, False),
        Column("most_interruptions", NC_("run", "Interruptions at most"), 8, group=NC_("form", "Limits")),
        Column("longest_hours", NC_("run", "Longest interruption (hours)"), 8),
        Column("most_hours", NC_("run", "All interruptions (hours)"), 8),
        Column("clear_last_hours", NC_("run", "None in the last hours"), 8),
        Column("most_repeats", NC_("run", "Repeats of one failure at most"), 8, False),
        Column("most_resets", NC_("run", "Begun anew at most"), 8, False),
        Column("notes", N_("Notes"), 30, False, group=NC_("form", "Other")),
    ),
    display=("name",),
    match=(("name",),),
    brought=True,
    when_told=True,
    empty=N_("No rules yet. Without any, the contractor's interruptions begin a run anew and all others make it wait."),
)

RAMP_UP = Register(
    key="ramp-up",
    icon="chart-line",
    model=RampUpFigure,
    name=N_("Ramp-up"),
    aliases=("ramp up", "ramp-up figures", "产能爬坡", "爬坡"),
    columns=(
        Column("system", N_("System"), 18),
        Column("product", NC_("ramp-up", "Product"), 20),
        Column("period_on", NC_("ramp-up", "Until"), 12),
        Column("unit", NC_("ramp-up", "Unit"), 12),
        Column("target", NC_("ramp-up", "Target"), 10),
        Column("actual", NC_("ramp-up", "Actual"), 10, copied=False),
        Column("reached", NC_("ramp-up", "Reached"), 10, kind=Kind.PERCENT),
        Column("owner", N_("Owner"), 14),
        Column("why", NC_("ramp-up", "Why it differs"), 30, False, copied=False),
        Column("notes", N_("Notes"), 30, False),
    ),
    display=("product", "period_on"),
    match=(("system", "product", "period_on"), ("system", "period_on")),
    views=(
        View("open", NC_("ramp-up", "Not told yet")),
        View("overdue", N_("Overdue")),
        View("due_soon", N_("Due in two weeks")),
        View("short", NC_("ramp-up", "Below the target")),
    ),
    due="period_on",
    owner="owner",
    when_told=True,
    empty=N_("No ramp-up yet. Say what each line is to make week by week, and then what it made."),
)

CHAPTER = Chapter(
    "runs",
    N_("Proving runs and ramp-up"),
    "acceptance",
    (RUNS, SEGMENTS, INTERRUPTIONS, RULES, RAMP_UP),
    pages=(OwnPage("run_clock", N_("Run clock"), "clock"), OwnPage("run_charts", N_("Ramp-up chart"), "chart-line")),
    pack=(InPack("runs"), InPack("segments", group_by="run"), InPack("interruptions", group_by="run"),
          InPack("run-rules"), InPack("ramp-up", group_by="system")),
    headlines=(Headline("runs", "blocking", N_("Proving runs that block")),),
    advances=(Advance("runs", N_("Proving runs passed"), done="proven"),),
    papers=(PaperKind("run_proof", "{project}-RUN-{n:03}"),),
    order=66,
)  # fmt: skip
