"""The registers of tests and their steps, and of data that moves into a new system."""

from __future__ import annotations

from handover.i18n import N_, NC_
from handover.model.acceptance.data_move import DataMove
from handover.model.acceptance.trial import TRIAL_RESULT, Trial, TrialStep
from handover.registers.chapter import Advance, Chapter, Headline, InPack
from handover.registers.declare import Column, Register, View
from handover.registers.kinds import Kind

TESTS = Register(
    key="tests",
    icon="list-checks",
    model=Trial,
    name=N_("Tests"),
    aliases=("test", "test list", "测试", "试验", "测试清单"),
    columns=(
        Column("code", N_("Test no."), 14),
        Column("title", NC_("trial", "Test"), 36),
        Column("kind", N_("Kind of test"), 16),
        Column("system", N_("System"), 16),
        Column("status", N_("Status"), 12),
        Column("result", N_("Result"), 12, kind=Kind.CHOICE, words=TRIAL_RESULT),
        Column("planned_on", N_("Planned for"), 12),
        Column("tested_by", N_("Tested by"), 14, copied=False),
        Column("witness", N_("Witness"), 14, False),
        Column("campaign", N_("Campaign"), 20, False, group=NC_("form", "How it is done")),
        Column("purpose", N_("Purpose"), 30, False),
        Column("setup", N_("Set-up and data"), 30, False),
        Column("raises", N_("A step that fails raises"), 16, False),
        Column("document", N_("Document"), 20, False),
        Column("started_on", NC_("trial", "Begun on"), 12, False, copied=False, group=NC_("form", "Done")),
        Column("done_on", NC_("trial", "Done on"), 12, False, copied=False),
        Column("repeated", N_("Times repeated"), 8, False, by_program=True, copied=False),
        Column("dropped_because", N_("Why it was dropped"), 24, False, copied=False),
        Column("notes", N_("Notes"), 30, False, group=NC_("form", "Other")),
    ),
    display=("code", "title"),
    code="code",
    match=(("code",), ("title",)),
    views=(
        View("open", N_("Open")),
        View("overdue", N_("Overdue")),
        View("due_soon", N_("Due in two weeks")),
        View("failed", NC_("parameter", "Failed")),
        View("passed_on", NC_("parameter", "Passed")),
    ),
    due="planned_on",
    owner="tested_by",
    files=True,
    brought=True,
    when_told=True,
    empty=N_("No tests yet. Add the tests of integration, peak load, security and compatibility with their steps."),
)

TEST_STEPS = Register(
    key="test-steps",
    icon="list",
    model=TrialStep,
    name=N_("Steps of tests"),
    aliases=("test_steps", "test step", "测试步骤", "测试用例"),
    columns=(
        Column("trial", NC_("trial", "Test"), 30),
        Column("number", N_("No."), 6, by_program=True),
        Column("action", N_("What is done"), 36),
        Column("expected", N_("What should come"), 30),
        Column("actual", N_("What came"), 30, copied=False),
        Column("result", N_("Result"), 12, copied=False),
        Column("raises", N_("Where it fails, it raises"), 16, False),
        Column("done_at", NC_("trial", "Done on"), 12, False, copied=False),
        Column("punch", N_("Punch item"), 18, False, copied=False),
        Column("rectification", N_("Rectification"), 18, False, copied=False),
        Column("notes", N_("Notes"), 30, False),
    ),
    display=("trial", "number"),
    match=(("trial", "action"),),
    views=(View("failed", NC_("parameter", "Failed")), View("undone", N_("Not done"))),
    files=True,
    when_told=True,
    empty=N_(
        "No steps yet. Add what is done and what should come of it; a step that fails opens a punch item, or a "
        "rectification where the test says so."
    ),
)

MIGRATIONS = Register(
    key="migrations",
    icon="git-compare",
    model=DataMove,
    name=N_("Data migrations"),
    aliases=("migration", "data migration", "数据迁移"),
    columns=(
        Column("title", N_("Data"), 32),
        Column("system", N_("System"), 16),
        Column("source", NC_("move", "From"), 18),
        Column("target", NC_("move", "To"), 18),
        Column("status", N_("Status"), 12),
        Column("count_before", N_("Rows before"), 10),
        Column("count_left_out", N_("Rows left out"), 10),
        Column("count_after", N_("Rows after"), 10, copied=False),
        Column("difference", N_("Difference"), 10, kind=Kind.INTEGER),
        Column("owner", N_("Owner"), 14),
        Column("due_on", N_("Due"), 12),
        Column("backup_place", N_("Where the backup is"), 24, False, group=NC_("form", "Backup and cleaning")),
        Column("backed_up_on", N_("Backed up on"), 12, False, copied=False),
        Column("cleaning", N_("How it is cleaned"), 30, False),
        Column("left_out_because", N_("Why rows are left out"), 30, False),
        Column("cleaned_on", N_("Cleaned on"), 12, False, copied=False),
        Column("mapping", N_("What becomes what"), 30, False, group=NC_("form", "Mapping and conversion")),
        Column("mapped_on", N_("Mapped on"), 12, False, copied=False),
        Column("converted_on", N_("Converted on"), 12, False, copied=False),
        Column("repeated", N_("Times repeated"), 8, False, by_program=True, copied=False),
        Column("difference_because", N_("Why the counts differ"), 30, False, group=NC_("form", "Verification")),
        Column("verified_by", N_("Verified by"), 14, False, copied=False),
        Column("verified_on", N_("Verified on"), 12, False, copied=False),
        Column("notes", N_("Notes"), 30, False, group=NC_("form", "Other")),
    ),
    display=("title",),
    match=(("title",),),
    views=(
        View("open", N_("Open")),
        View("overdue", N_("Overdue")),
        View("due_soon", N_("Due in two weeks")),
        View("differing", N_("Counts differ")),
    ),
    due="due_on",
    owner="owner",
    files=True,
    when_told=True,
    empty=N_("No data moves yet. Add each kind of data with its counts before and after."),
)

CHAPTER = Chapter(
    "trials",
    N_("Tests and data migration"),
    "acceptance",
    (TESTS, TEST_STEPS, MIGRATIONS),
    pack=(InPack("tests", group_by="system"), InPack("test-steps"), InPack("migrations")),
    headlines=(Headline("tests", "failed", N_("Tests failed")),),
    advances=(
        Advance("tests", N_("Tests passed"), done="passed_on"),
        Advance("migrations", N_("Data migrations verified"), done="verified"),
    ),
    order=64,
)
