"""The registers of the cutover: waves with their run sheets, the way back, and rehearsals."""

from __future__ import annotations

from handover.i18n import N_, NC_
from handover.model.cutover.rollback import CutoverRehearsal, RollbackPlan
from handover.model.cutover.step import CutoverStep
from handover.model.cutover.wave import CutoverWave
from handover.registers.chapter import Advance, Chapter, Headline, InPack, OwnPage
from handover.registers.declare import Column, Register, View
from handover.registers.figures.today import on_today
from handover.registers.kinds import Kind
from handover.registers.running.today import waves_today

on_today(waves_today, 75)

WAVES = Register(
    key="waves",
    icon="layers",
    model=CutoverWave,
    name=NC_("cutover", "Waves"),
    aliases=("wave", "cutover waves", "批次", "切换批次", "灰度批次"),
    columns=(
        Column("code", N_("Code"), 8),
        Column("name", NC_("cutover", "Wave"), 34),
        Column("system", N_("System"), 18),
        Column("status", N_("Status"), 14),
        Column("share", NC_("cutover", "Share moved"), 8, kind=Kind.PERCENT),
        Column("planned_start", NC_("cutover", "Planned start"), 24, kind=Kind.INSTANT),
        Column("planned_minutes", NC_("cutover", "Planned minutes"), 8, kind=Kind.INTEGER),
        Column("back_by", NC_("cutover", "Must run again by"), 24, False, kind=Kind.INSTANT),
        Column("steps_done", NC_("cutover", "Steps done"), 8, kind=Kind.INTEGER),
        Column("lead", NC_("cutover", "Led by"), 14, group=NC_("form", "Who")),
        Column("operations_lead", N_("Operations lead"), 14, False),
        Column("scope", NC_("cutover", "What it moves"), 30, False, group=NC_("form", "What")),
        Column("criteria", NC_("cutover", "Sign that it works"), 30, False),
        Column("started_at", NC_("cutover", "Started at"), 24, False, kind=Kind.INSTANT, copied=False,
               group=NC_("form", "How it went")),
        Column("finished_at", NC_("cutover", "Finished at"), 24, False, kind=Kind.INSTANT, copied=False),
        Column("verified_by", N_("Verified by"), 14, False, copied=False),
        Column("verified_on", N_("Verified on"), 12, False, copied=False),
        Column("rolled_back_because", NC_("cutover", "Why it was rolled back"), 24, False, copied=False),
        Column("void_because", NC_("cutover", "Why it was dropped"), 24, False, copied=False),
        Column("notes", N_("Notes"), 30, False, group=NC_("form", "Other")),
    ),
    display=("name",),
    match=(("code",), ("name",)),
    views=(
        View("open", N_("Open")),
        View("coming", N_("In two weeks")),
        View("under_way", NC_("cutover", "Under way")),
        View("unprepared", NC_("cutover", "Without a way back")),
        View("proven", N_("Verified")),
    ),
    files=True,
    when_told=True,
    empty=N_("No waves yet. Cut the cutover into portions, and give each its steps and its way back."),
)  # fmt: skip

STEPS = Register(
    key="cutover-steps",
    icon="list-checks",
    model=CutoverStep,
    name=N_("Cutover steps"),
    aliases=("cutover step", "run sheet", "切换步骤", "切换作业单"),
    columns=(
        Column("wave", NC_("cutover", "Wave"), 26),
        Column("number", N_("No."), 6),
        Column("title", NC_("cutover", "Step"), 44),
        Column("owner", N_("Owner"), 14),
        Column("deputy", NC_("cutover", "Deputy"), 14, False),
        Column("status", N_("Status"), 12),
        Column("planned_minutes", NC_("cutover", "Planned minutes"), 8),
        Column("real_minutes", NC_("cutover", "Real minutes"), 8, by_program=True, copied=False),
        Column("slip", NC_("cutover", "Slip (minutes)"), 8, kind=Kind.INTEGER),
        Column("together", NC_("cutover", "Together with the one before"), 8, False),
        Column("no_return", NC_("cutover", "No way back after it"), 8),
        Column(
            "started_at",
            NC_("cutover", "Started at"),
            24,
            False,
            kind=Kind.INSTANT,
            copied=False,
            group=NC_("form", "Done"),
        ),
        Column("finished_at", NC_("cutover", "Finished at"), 24, False, kind=Kind.INSTANT, copied=False),
        Column("check", NC_("cutover", "How it is checked"), 30, False),
        Column("result", NC_("cutover", "Result"), 30, False, copied=False),
        Column("skipped_because", NC_("cutover", "Why it was skipped"), 24, False, copied=False),
        Column("notes", N_("Notes"), 30, False),
    ),
    display=("title",),
    match=(("wave", "number"), ("wave", "title")),
    views=(
        View("open", N_("Open")),
        View("under_way", NC_("cutover", "Under way")),
        View("slower", NC_("cutover", "Longer than planned")),
    ),
    owner="owner",
    order="number",
    when_told=True,
    empty=N_("No steps yet. List who does what, in order, with the minutes that each takes."),
)

ROLLBACKS = Register(
    key="rollback-plans",
    icon="undo-2",
    model=RollbackPlan,
    name=N_("Rollback plans"),
    aliases=("rollback plan", "rollback", "回滚预案", "回退方案"),
    columns=(
        Column("wave", NC_("cutover", "Wave"), 26),
        Column("number", N_("No."), 6, False),
        Column("title", NC_("rollback", "Rollback plan"), 34),
        Column("status", N_("Status"), 12),
        Column("minutes", NC_("rollback", "Minutes to go back"), 8),
        Column("trigger", NC_("rollback", "When to go back"), 34),
        Column("steps", NC_("rollback", "Steps back"), 40, False),
        Column("decided_by", NC_("rollback", "Decided by"), 14),
        Column("rehearsed_on", NC_("rollback", "Last rehearsed"), 12, kind=Kind.DATE),
        Column("approved_by", N_("Approved by"), 14, False, copied=False, group=NC_("form", "Approval")),
        Column("approved_on", N_("Approved on"), 12, False, copied=False),
        Column("void_because", N_("Why it is void"), 24, False, copied=False),
        Column("notes", N_("Notes"), 30, False),
    ),
    display=("title",),
    match=(("wave", "title"), ("wave", "number")),
    views=(View("open", NC_("rollback", "Draft")), View("unrehearsed", NC_("rollback", "Never rehearsed"))),
    listed=True,
    files=True,
    when_told=True,
    empty=N_("No rollback plans yet. A wave can't start without one."),
)

REHEARSALS = Register(
    key="rehearsals",
    icon="refresh-cw",
    model=CutoverRehearsal,
    name=NC_("cutover", "Rehearsals"),
    aliases=("rehearsal", "cutover rehearsals", "切换演练", "演练记录"),
    columns=(
        Column("title", NC_("rehearsal", "Rehearsal"), 34),
        Column("kind", NC_("rehearsal", "Kind"), 16),
        Column("wave", NC_("cutover", "Wave"), 24),
        Column("rollback_plan", NC_("rehearsal", "Rollback plan walked"), 24, False),
        Column("planned_on", N_("Planned for"), 12),
        Column("held_on", NC_("rehearsal", "Held on"), 12, copied=False, group=NC_("form", "How it went")),
        Column("minutes", NC_("rehearsal", "Minutes it took"), 8, copied=False),
        Column("result", NC_("rehearsal", "Result"), 16, copied=False),
        Column("lead", NC_("cutover", "Led by"), 14),
        Column("participants", NC_("rehearsal", "Who took part"), 30, False),
        Column("findings", NC_("rehearsal", "Findings"), 40, copied=False),
        Column("action", N_("Action"), 24, False, copied=False),
        Column("notes", N_("Notes"), 30, False),
    ),
    display=("title",),
    match=(("title", "planned_on"), ("title",)),
    views=(
        View("open", NC_("rehearsal", "Not held yet")),
        View("overdue", N_("Overdue")),
        View("due_soon", N_("Due in two weeks")),
        View("failed", NC_("rehearsal", "Failed")),
    ),
    due="planned_on",
    owner="lead",
    files=True,
    when_told=True,
    empty=N_("No rehearsals yet. Walk the night through before it comes, and the way back, too."),
)

CHAPTER = Chapter(
    "cutover",
    N_("Cutover"),
    "readiness",
    (WAVES, STEPS, ROLLBACKS, REHEARSALS),
    pages=(OwnPage("run_sheet", N_("Run sheet"), "list-checks"),),
    pack=(InPack("waves"), InPack("cutover-steps", group_by="wave"), InPack("rollback-plans"), InPack("rehearsals")),
    headlines=(
        Headline("waves", "unprepared", N_("Cutover waves without a way back")),
        Headline("rollback-plans", "unrehearsed", N_("Rollback plans never rehearsed")),
    ),
    advances=(Advance("waves", N_("Cutover waves verified"), done="proven"),),
    order=75,
)
