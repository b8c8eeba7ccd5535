"""The punch list."""

from __future__ import annotations

from handover.i18n import N_, NC_
from handover.model.punch import Punch
from handover.registers.chapter import Advance, Chapter, Headline, InPack, OwnPage
from handover.registers.declare import Column, Register, View
from handover.registers.figures.overview_charts import on_overview

on_overview("handover.registers.figures.punch_charts:punches_on_overview", 60)

PUNCHES = Register(
    key="punches",
    icon="square-check",
    model=Punch,
    name=N_("Punch list"),
    aliases=("punch", "punch list", "punch items", "snags", "snag list", "尾项", "消缺清单", "尾项清单", "三查四定"),
    columns=(
        Column("category", NC_("punch", "Category"), 14),
        Column("description", N_("What is wrong"), 44),
        Column("status", N_("Status"), 18),
        Column("action_by", N_("To be cleared by"), 16),
        Column("due_on", NC_("punch", "Due"), 12),
        Column("system", N_("System"), 18, group=NC_("form", "Where it is")),
        Column("tag", NC_("punch", "Tag"), 14, False),
        Column("location", NC_("punch", "Location"), 16, False),
        Column("discipline", N_("Discipline"), 14),
        Column("clearing_org", N_("Clearing organisation"), 20, False, group=NC_("form", "Clearing")),
        Column("side", N_("Side"), 16, False),
        Column("task", N_("What is to be done"), 30, False),
        Column("measure", N_("Measure"), 30, False),
        Column("priority", N_("Priority"), 12, False),
        Column("estimate", N_("Estimate (hours)"), 10, False),
        Column("material_required", N_("Needs material"), 8, False, group=NC_("form", "Material needed")),
        Column("material", N_("Material"), 20, False),
        Column("material_due", N_("Material comes on"), 12, False),
        Column("material_arrived", N_("Material arrived on"), 12, False),
        Column("raised_by", N_("Raised by"), 14, False, group=NC_("form", "Where it comes from")),
        Column("raised_on", N_("Raised on"), 12),
        Column("source", N_("Source"), 16, False),
        Column("check", N_("Of the three checks"), 16, False),
        Column("meeting", N_("Meeting"), 26, False),
        Column("spec_clause", N_("Specification or code"), 18, False),
        Column("external_no", N_("External no."), 14, False, copied=False),
        Column("ncr", N_("NCR"), 12, False),
        Column("cleared_by", N_("Cleared by"), 14, False, group=NC_("form", "Cleared and verified")),
        Column("cleared_on", N_("Cleared on"), 12, False),
        Column("verified_by", N_("Verified by"), 14, False),
        Column("verified_on", N_("Verified on"), 12, False),
        Column("rejected_because", N_("Why it was rejected"), 24, False),
        Column("reopened", N_("Times reopened"), 8, False, by_program=True),
        Column("root_cause", N_("Root cause"), 24, False, group=NC_("form", "Reasons")),
        Column("downgraded_because", N_("Why the category was lowered"), 24, False, copied=False),
        Column("void_because", N_("Why it is void"), 24, False),
        Column("notes", N_("Notes"), 30, False, group=NC_("form", "Other")),
    ),
    display=("description",),
    match=(("external_no",), ("system", "tag", "description"), ("system", "description"), ("description",)),
    views=(
        View("open", N_("Open")),
        View("overdue", N_("Overdue")),
        View("due_soon", N_("Due in two weeks")),
        View("blocking", N_("Blocks the certificate")),
        View("to_verify", N_("To verify")),
        View("rejected", N_("Rejected")),
        View("waiting", N_("Waiting for material")),
    ),
    due="due_on",
    owner="action_by",
    files=True,
    empty=N_("No punch items yet. Walk the system down and add what you find, or import a snag list."),
)

CHAPTER = Chapter(
    "punches",
    N_("Punch list"),
    "acceptance",
    (PUNCHES,),
    pages=(
        OwnPage("punch_walk", N_("Walk-down"), "list-checks"),
        OwnPage("punch_charts", N_("Punch charts"), "chart-column"),
    ),
    pack=(InPack("punches", group_by="system"),),
    headlines=(
        Headline(
            "punches",
            "blocking",
            N_("Punch items that block"),
            among="wanted",
            meaning=N_("Open and of a category that blocks the certificate, or not graded yet; without void ones."),
        ),
        Headline(
            "punches",
            "overdue",
            N_("Punch items overdue"),
            among="wanted",
            meaning=N_("Not verified after the day on which it was due; without void ones."),
        ),
    ),
    advances=(
        Advance(
            "punches",
            N_("Punch items verified"),
            done="verified",
            meaning=N_("Mended and verified; without void ones."),
        ),
    ),
    order=60,
)
