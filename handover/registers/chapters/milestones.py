"""The registers of phases and milestones."""

from __future__ import annotations

from handover.i18n import N_, NC_
from handover.model.milestone import MILESTONE_STATUS, Milestone
from handover.model.phase import PHASE_STATUS, Phase
from handover.registers.chapter import Advance, Chapter, Headline, InPack
from handover.registers.declare import Column, Register, View
from handover.registers.kinds import Kind

PHASES = Register(
    key="phases",
    icon="layers",
    model=Phase,
    name=N_("Phases"),
    aliases=("phase", "stages"),
    columns=(
        Column("code", N_("Code"), 10),
        Column("name", N_("Phase"), 30),
        Column("kind", N_("Kind of phase"), 20),
        Column("status", N_("Status"), 14, kind=Kind.CHOICE, words=PHASE_STATUS),
        Column("position", N_("Order"), 8, False),
        Column("entry_gate", N_("Entry gate"), 20, False, group=NC_("form", "Gates")),
        Column("exit_gate", N_("Exit gate"), 20),
        Column("planned_start", N_("Planned start"), 12, group=NC_("form", "Dates")),
        Column("planned_finish", N_("Planned finish"), 12),
        Column("forecast_start", N_("Forecast start"), 12, False),
        Column("forecast_finish", N_("Forecast finish"), 12),
        Column("expected_finish", N_("Expected finish"), 12, False, kind=Kind.DATE),
        Column("actual_start", N_("Actual start"), 12, copied=False),
        Column("actual_finish", N_("Actual finish"), 12, copied=False),
        Column("notes", N_("Notes"), 30, False, group=NC_("form", "Other")),
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
        Column("code", N_("Code"), 10),
        Column("name", N_("Milestone"), 34),
        Column("kind", N_("Kind of milestone"), 20),
        Column("status", N_("Status"), 14, kind=Kind.CHOICE, words=MILESTONE_STATUS),
        Column("baseline_on", N_("Agreed"), 12, kind=Kind.DATE, group=NC_("form", "Dates")),
        Column("scheduled_on", N_("Expected"), 12, kind=Kind.DATE),
        Column("reached_on", N_("Reached on"), 12, kind=Kind.DATE),
        Column("task", N_("Task of the plan"), 26, group=NC_("form", "What it belongs to")),
        Column("phase", N_("Phase"), 20, False),
        Column("system", N_("System"), 18, False),
        Column("owner", N_("Owner"), 16, False),
        Column("planned_on", N_("Planned date"), 12, False, group=NC_("form", "Dates typed in")),
        Column("forecast_on", N_("Forecast date"), 12, False),
        Column("actual_on", N_("Actual date"), 12, False, copied=False),
        Column("notes", N_("Notes"), 30, False, group=NC_("form", "Other")),
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
    headlines=(
        Headline(
            "milestones",
            "overdue",
            N_("Milestones overdue"),
            meaning=N_("Not reached after the day on which it was expected; of all milestones."),
        ),
    ),
    advances=(
        Advance("milestones", N_("Milestones reached"), done="reached", meaning=N_("Reached; of all milestones.")),
    ),
    order=35,
    pack_kinds=("closing",),
)
