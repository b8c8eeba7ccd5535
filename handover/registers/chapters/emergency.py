"""The registers of emergency plans and their drills."""

from __future__ import annotations

from handover.i18n import N_, NC_
from handover.model.readiness.drill import EmergencyDrill
from handover.model.readiness.emergency_plan import PLAN_STANDING, EmergencyPlan
from handover.registers.chapter import Advance, Chapter, Headline, InPack
from handover.registers.declare import Column, Register, View
from handover.registers.figures.today import on_today
from handover.registers.kinds import Kind
from handover.registers.readying.today import emergency_today

on_today(emergency_today, 74)

EMERGENCY_PLANS = Register(
    key="emergency-plans",
    icon="octagon-alert",
    model=EmergencyPlan,
    name=N_("Emergency plans"),
    aliases=("emergency_plans", "emergency plan", "应急预案", "预案"),
    columns=(
        Column("code", N_("Code"), 12),
        Column("title", NC_("emergency plan", "Scenario"), 34),
        Column("system", N_("System"), 16),
        Column("revision", N_("Revision"), 8),
        Column("status", N_("Status"), 14),
        Column("standing", N_("Does it count?"), 18, kind=Kind.CHOICE, words=PLAN_STANDING),
        Column("drilled_on", N_("Last drill"), 12, kind=Kind.DATE),
        Column("counts_until", NC_("emergency plan", "Counts until"), 12, kind=Kind.DATE),
        Column("drill_months", N_("Drilled within (months)"), 8, False),
        Column("act_by", N_("Approve or drill by"), 12, kind=Kind.DATE),
        Column("owner", N_("Owner"), 14),
        Column("due_on", NC_("emergency plan", "To be approved by"), 12, False),
        Column("trigger", N_("Trigger"), 30, False, group=NC_("form", "What is done")),
        Column("team", N_("Response team"), 30, False),
        Column("steps", NC_("emergency plan", "Steps"), 40, False),
        Column("resources", N_("Means"), 30, False),
        Column("contacts", N_("Contacts"), 30, False),
        Column("document", N_("Document"), 20, False),
        Column("reviewed_by", N_("Reviewed by"), 14, False, copied=False, group=NC_("form", "Approval")),
        Column("approved_by", N_("Approved by"), 14, False, copied=False),
        Column("approved_on", N_("Approved on"), 12, False, copied=False),
        Column("next_review", N_("Next review"), 12, False),
        Column("withdrawn_because", NC_("plan", "Why it was withdrawn"), 24, False, copied=False),
        Column("notes", N_("Notes"), 30, False, group=NC_("form", "Other")),
    ),
    display=("title",),
    match=(("code",), ("system", "title"), ("title",)),
    views=(
        View("open", N_("Doesn't count yet")),
        View("overdue", N_("Overdue")),
        View("due_soon", N_("Due in two weeks")),
        View("undrilled", N_("Approved, not drilled in time")),
        View("running_out", N_("Drill due within four weeks")),
        View("to_review", N_("To be looked at again")),
    ),
    due="act_by",
    owner="owner",
    files=True,
    when_told=True,
    empty=N_("No emergency plans yet. List what can happen; a plan counts once it is approved and drilled."),
)

DRILLS = Register(
    key="drills",
    icon="calendar-check",
    model=EmergencyDrill,
    name=N_("Drills"),
    aliases=("drill", "emergency drills", "演练", "应急演练"),
    columns=(
        Column("plan", N_("Emergency plan"), 30),
        Column("kind", N_("Kind of drill"), 16),
        Column("planned_on", N_("Planned for"), 12),
        Column("status", N_("Status"), 12),
        Column("held_on", N_("Held on"), 12, copied=False),
        Column("grade", NC_("drill", "Grade"), 18, copied=False),
        Column("leader", N_("Led by"), 14),
        Column("shift", N_("Shift"), 8, False),
        Column("script", N_("Script"), 30, False),
        Column("participants", N_("Participants"), 30, False, copied=False, group=NC_("form", "What came of it")),
        Column("minutes_long", N_("Took (minutes)"), 8, False, copied=False),
        Column("findings", N_("Findings"), 30, False, copied=False),
        Column("actions", N_("What follows"), 30, False, copied=False),
        Column("action", N_("Action"), 20, False, copied=False),
        Column("punch", N_("Punch item"), 20, False, copied=False),
        Column("cancelled_because", N_("Why it was cancelled"), 24, False, copied=False),
        Column("notes", N_("Notes"), 30, False, group=NC_("form", "Other")),
    ),
    display=("plan", "planned_on"),
    match=(("plan", "planned_on"), ("plan", "held_on")),
    views=(
        View("open", N_("Open")),
        View("overdue", N_("Overdue")),
        View("due_soon", N_("Due in two weeks")),
        View("failures", N_("Failed drills")),
    ),
    due="planned_on",
    owner="leader",
    files=True,
    listed=True,
    when_told=True,
    empty=N_("No drills yet. Plan one for each emergency plan; it counts with its people and findings."),
)

CHAPTER = Chapter(
    "emergency",
    N_("Emergency plans"),
    "readiness",
    (EMERGENCY_PLANS, DRILLS),
    pack=(InPack("emergency-plans"), InPack("drills", group_by="plan")),
    headlines=(Headline("emergency-plans", "open", N_("Emergency plans that don't count")),),
    advances=(Advance("emergency-plans", N_("Emergency plans approved and drilled"), done="counting"),),
    order=74,
)
