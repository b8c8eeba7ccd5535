"""The registers of knowledge: items, who holds and who receives them, sessions, verifications, coverage, retention."""

from __future__ import annotations

from handover.i18n import N_, NC_
from handover.model.knowledge.coverage import COVERAGE, CoverageRule
from handover.model.knowledge.holder import KnowledgeHolder
from handover.model.knowledge.item import KnowledgeItem
from handover.model.knowledge.levels import LAPSED
from handover.model.knowledge.receiver import KnowledgeReceiver
from handover.model.knowledge.retention import RetentionPlan
from handover.model.knowledge.session import SessionAttendance, TransferSession
from handover.model.knowledge.verification import LevelVerification
from handover.registers.chapter import Advance, Chapter, Headline, InPack, OwnPage, PaperKind
from handover.registers.declare import Column, Register, View
from handover.registers.figures.overview_cards import on_overview
from handover.registers.kinds import Kind
from handover.registers.knowing.matrix_counts import COVERAGE_BELOW, LOAD_BESIDE
from handover.registers.knowing.risk_card import risk_card
from handover.registers.knowledge_rules import knowledge_findings
from handover.registers.matrix.declaration import Matrix

on_overview(risk_card, 50)

KNOWLEDGE = Register(
    key="knowledge",
    icon="graduation-cap",
    model=KnowledgeItem,
    name=N_("Knowledge"),
    aliases=("knowledge_items", "knowledge gaps", "gaps"),
    columns=(
        Column("title", N_("Knowledge item"), 38),
        Column("description", N_("Description"), 30, False),
        Column("kind", N_("Knowledge type"), 14, False),
        Column("about", N_("What it is about"), 14, False),
        Column("system", N_("System"), 18),
        Column("criticality", N_("Criticality"), 12, group=NC_("form", "Risk of loss")),
        Column("rarity", N_("Rarity"), 12, False),
        Column("attrition", N_("Risk of leaving"), 14, False, internal=True),
        Column("loss_risk", N_("Loss risk"), 9, False, kind=Kind.INTEGER, internal=True),
        Column("scarcity_risk", N_("Criticality × rarity"), 9, False, kind=Kind.INTEGER),
        Column("consequence", N_("Consequence of loss"), 30, False),
        Column("documented", N_("Documented"), 8, False),
        Column("document", N_("Document"), 20, False),
        Column("written", N_("What is written, and where"), 30, False),
        Column("holder", N_("Holder"), 14, group=NC_("form", "Transfer")),
        Column("sole_holder", N_("Sole holder"), 8, False),
        Column("holder_until", N_("Holder available until"), 12, False, internal=True),
        Column("known_until", N_("Last holder leaves on"), 12, False, kind=Kind.DATE, internal=True),
        Column("days_left", N_("Days left"), 8, False, kind=Kind.INTEGER, internal=True),
        Column("receiver", N_("Receiver"), 14),
        Column("method", N_("Transfer method"), 16),
        Column("baseline_level", N_("Level at start"), 12, False, group=NC_("form", "Levels")),
        Column("current_level", N_("Current level (own view)"), 14, False, copied=False),
        Column("target_level", N_("Target level"), 14),
        Column("verified_level", N_("Verified level"), 14, copied=False),
        Column("gap", N_("Gap"), 6, kind=Kind.INTEGER),
        Column("verified_by", N_("Verified by"), 14, False, group=NC_("form", "Verification"), copied=False),
        Column("verified_on", N_("Verified on"), 12, False, copied=False),
        Column("verification", N_("Verification method"), 14, False, copied=False),
        Column("valid_until", N_("Valid until"), 12, False, copied=False),
        Column("evidence", N_("Evidence"), 20, False, copied=False),
        Column("due_on", N_("Due"), 12, group=NC_("form", "Target and state")),
        Column("required_for", N_("Required for"), 16, False),
        Column("status", N_("Status"), 18),
        Column("lapsed", N_("No longer counts"), 8, False, kind=Kind.BOOL),
        Column("accepted_because", N_("Why the gap is accepted"), 24, False),
        Column("notes", N_("Notes"), 30, False, group=NC_("form", "Other")),
    ),
    display=("title",),
    match=(("system", "title"), ("title",)),
    views=(
        View("open", N_("Open")),
        View("overdue", N_("Overdue")),
        View("due_soon", N_("Due in two weeks")),
        View("critical", N_("Critical")),
        View("at_risk", N_("At risk of loss")),
        View("outlived", N_("Holder leaves before it is passed on")),
        View("unreceived", N_("Without a receiver")),
        View("expired", N_("Expired")),
    ),
    due="due_on",
    owner="holder",
    files=True,
    empty=N_("No knowledge items yet. Write down what only the project team knows today, or import a list."),
)  # fmt: skip

HOLDERS = Register(
    key="holders",
    icon="user-check",
    model=KnowledgeHolder,
    name=N_("Holders of knowledge"),
    aliases=("holder", "knowledge holders", "持有人"),
    columns=(
        Column("item", N_("Knowledge item"), 34),
        Column("person", N_("Person"), 16),
        Column("level", N_("Level"), 16),
        Column("sole", N_("Sole holder"), 8),
        Column("available_until", N_("Available until"), 12, kind=Kind.DATE, internal=True),
        Column("days_left", N_("Days left"), 8, kind=Kind.INTEGER, internal=True),
        Column("attrition", N_("Risk of leaving"), 10, False, kind=Kind.INTEGER, internal=True),
        Column("notes", N_("Notes"), 30, False),
    ),
    display=("person", "item"),
    match=(("item", "person"),),
    views=(View("leaving", N_("Leaving within four weeks, or left")), View("alone", N_("Only one who knows it"))),
    listed=True,
    when_told=True,
    empty=N_("Nobody is named yet. Add those who know the item today."),
)

RECEIVERS = Register(
    key="receivers",
    icon="user-check",
    model=KnowledgeReceiver,
    name=N_("Receivers of knowledge"),
    aliases=("receiver", "knowledge receivers", "接收人"),
    columns=(
        Column("item", N_("Knowledge item"), 34),
        Column("person", N_("Person"), 16),
        Column("shift", N_("Shift"), 8, kind=Kind.TEXT),
        Column("status", N_("Status"), 18),
        Column("baseline_level", N_("Level at start"), 12, False, group=NC_("form", "Levels")),
        Column("current_level", N_("Current level (own view)"), 14, copied=False),
        Column("provisional_level", N_("Level after sessions"), 14, False, by_program=True, copied=False),
        Column("target_level", N_("Target level"), 14),
        Column("verified_level", N_("Verified level"), 14, by_program=True, copied=False),
        Column("gap", N_("Gap"), 6, kind=Kind.INTEGER),
        Column("lapsed", N_("No longer counts"), 14, kind=Kind.CHOICE, words=LAPSED),
        Column("method", N_("Transfer method"), 16, group=NC_("form", "Transfer")),
        Column("due_on", N_("Due"), 12),
        Column("verified_by", N_("Verified by"), 14, False, by_program=True, group=NC_("form", "Verification"),
               copied=False),
        Column("verified_on", N_("Verified on"), 12, False, by_program=True, copied=False),
        Column("verification", N_("Verification method"), 14, False, by_program=True, copied=False),
        Column("valid_until", N_("Valid until"), 12, False, by_program=True, copied=False),
        Column("evidence", N_("Evidence"), 20, False, by_program=True, copied=False),
        Column("accepted_because", N_("Why the gap is accepted"), 24, False, group=NC_("form", "Other")),
        Column("notes", N_("Notes"), 30, False),
    ),
    display=("person", "item"),
    match=(("item", "person"),),
    views=(
        View("open", N_("Open")),
        View("overdue", N_("Overdue")),
        View("due_soon", N_("Due in two weeks")),
        View("to_verify", N_("To verify")),
        View("expired", N_("Expired")),
    ),
    due="due_on",
    owner="person",
    listed=True,
    when_told=True,
    empty=N_("Nobody receives it yet. Add those who must know it, with their target level and date."),
)  # fmt: skip

VERIFICATIONS = Register(
    key="verifications",
    icon="shield-check",
    model=LevelVerification,
    name=N_("Verifications"),
    aliases=("verification", "掌握验证", "验证"),
    columns=(
        Column("receiver", NC_("knowledge", "Receiver"), 34),
        Column("verified_on", N_("Verified on"), 12, copied=False),
        Column("method", N_("Verification method"), 16),
        Column("verifier", N_("Verified by"), 14),
        Column("witness", N_("Witness"), 14, False),
        Column("result", N_("Result"), 10, copied=False),
        Column("level", N_("Level shown"), 16, copied=False),
        Column("questions", N_("Questions or tasks observed"), 30, False, group=NC_("form", "Test")),
        Column("score", N_("Score"), 8, False, copied=False),
        Column("pass_mark", N_("Pass mark"), 8, False),
        Column("evidence", N_("Evidence"), 20, copied=False),
        Column("valid_until", N_("Valid until"), 12, copied=False),
        Column("next_step", N_("What follows"), 24, False, group=NC_("form", "Other")),
        Column("notes", N_("Notes"), 30, False),
    ),
    display=("verified_on", "receiver"),
    match=(("receiver", "verified_on"),),
    views=(View("failures", N_("Failed verifications")),),
    files=True,
    listed=True,
    when_told=True,
    empty=N_("Nothing is verified yet. Only a verification by somebody else closes a gap."),
)

SESSIONS = Register(
    key="sessions",
    icon="calendar-check",
    model=TransferSession,
    name=N_("Transfer sessions"),
    aliases=("session", "transfer session", "转移活动"),
    columns=(
        Column("title", N_("Session"), 34),
        Column("item", N_("Knowledge item"), 26),
        Column("method", N_("Transfer method"), 16),
        Column("giver", N_("Given by"), 14),
        Column("planned_on", N_("Planned for"), 16),
        Column("hours", N_("Hours"), 8),
        Column("place", N_("Place"), 16, False),
        Column("material", N_("Material used"), 24, False),
        Column("status", N_("Status"), 12),
        Column("held_on", N_("Held on"), 12, copied=False, group=NC_("form", "What came of it")),
        Column("result", N_("Result"), 30, False, copied=False),
        Column("evidence", N_("Evidence"), 20, False, copied=False),
        Column("next_step", N_("What follows"), 24, False, copied=False),
        Column("cancelled_because", N_("Why it was cancelled"), 24, False),
        Column("invitation", NC_("meeting", "Invitations sent"), 8, False, by_program=True, copied=False),
        Column("notes", N_("Notes"), 30, False, group=NC_("form", "Other")),
    ),
    display=("title",),
    match=(("title", "planned_on"), ("title",)),
    views=(
        View("open", N_("Open")),
        View("due_soon", N_("Due in two weeks")),
        View("unrecorded", N_("Past, nothing recorded")),
    ),
    due="planned_on",
    owner="giver",
    files=True,
    when_told=True,
    empty=N_("No sessions yet. Plan how each item passes on: who gives it to whom, when, and how."),
)

ATTENDANCES = Register(
    key="attendances",
    icon="users",
    model=SessionAttendance,
    name=N_("Attendance of sessions"),
    aliases=("attendance", "出席"),
    columns=(
        Column("session", N_("Session"), 30),
        Column("person", N_("Person"), 16),
        Column("attended", N_("Was there"), 8, copied=False),
        Column("level", N_("Level after the session"), 16, copied=False),
        Column("notes", N_("Notes"), 30),
    ),
    display=("person", "session"),
    match=(("session", "person"),),
    when_told=True,
    empty=N_("Nobody is invited yet. Add those who are to be there."),
)

COVERAGE_RULES = Register(
    key="coverage",
    icon="target",
    model=CoverageRule,
    name=N_("Coverage rules"),
    aliases=("coverage rules", "coverage rule", "覆盖规则"),
    columns=(
        Column("system", N_("System"), 22),
        Column("item", N_("Knowledge item"), 30),
        Column("least", N_("At least so many people"), 10),
        Column("per_shift", N_("In each shift"), 8),
        Column("level", NC_("coverage", "From level"), 18),
        Column("from_criticality", N_("From criticality"), 12),
        Column("items", N_("Items covered by it"), 10, kind=Kind.INTEGER),
        Column("short", N_("Cases short of people"), 10, kind=Kind.INTEGER),
        Column("state", N_("Coverage"), 14, kind=Kind.CHOICE, words=COVERAGE),
        Column("notes", N_("Notes"), 30, False),
    ),
    display=("system", "item"),
    match=(("system", "item"),),
    views=(View("unmet", N_("Short of people")),),
    when_told=True,
    empty=N_("No coverage rules yet. Say how many people of each shift must be able to do it alone."),
)

RETENTION_PLANS = Register(
    key="retention-plans",
    icon="lock",
    model=RetentionPlan,
    name=N_("Retention plans"),
    aliases=("retention_plans", "retention plan", "retention", "保留措施"),
    columns=(
        Column("person", N_("Person"), 16),
        Column("measure", N_("Measure"), 18),
        Column("description", N_("Description"), 30, internal=True),
        Column("owner", N_("Owner"), 14),
        Column("due_on", N_("Due"), 12),
        Column("status", N_("Status"), 12),
        Column("agreed_on", N_("Agreed on"), 12, False, copied=False),
        Column("done_on", NC_("retention", "Done on"), 12, False, copied=False),
        Column("reasons", N_("Reasons"), 30, False, internal=True),
        Column("dropped_because", N_("Why it was dropped"), 24, False, internal=True),
        Column("notes", N_("Notes"), 30, False, internal=True),
    ),
    display=("person", "measure"),
    match=(("person", "measure"),),
    views=(View("open", N_("Open")), View("overdue", N_("Overdue")), View("due_soon", N_("Due in two weeks"))),
    due="due_on",
    owner="owner",
    when_told=True,
    empty=N_("No retention plans yet. For each holder at risk say what keeps him, or makes up for his leaving."),
)

CHAPTER = Chapter(
    "knowledge",
    N_("Knowledge gaps"),
    "knowledge",
    (KNOWLEDGE, HOLDERS, RECEIVERS, SESSIONS, ATTENDANCES, VERIFICATIONS, COVERAGE_RULES, RETENTION_PLANS),
    pages=(
        OwnPage("loss_risks", N_("Risk of loss"), "triangle-alert"),
        OwnPage("session_calendar", N_("Calendar of sessions"), "calendar-days"),
        OwnPage("knowledge_charts", N_("Knowledge charts"), "chart-column"),
    ),
    papers=(
        PaperKind("transfer_plan", "{project}-KTP-{n:03}"),
        PaperKind("verification_sheet", "{project}-KVS-{n:03}"),
        PaperKind("interview_guide", "{project}-KIG-{n:03}"),
    ),
    pack=(InPack("knowledge"), InPack("receivers"), InPack("sessions"), InPack("verifications"), InPack("coverage")),
    headlines=(
        Headline("knowledge", "at_risk", N_("Knowledge items at risk"),
                 meaning=N_("Open, and critical without a receiver or known to nobody in four weeks; of all items.")),
        Headline("coverage", "unmet", N_("Coverage rules not met"),
                 meaning=N_("Fewer people can do it than the rule asks for; of all coverage rules.")),
    ),
    advances=(Advance("knowledge", N_("Knowledge gaps closed"), done="closed",
                 meaning=N_("Verified and not lapsed, or accepted as a gap; of all knowledge items.")),),
    matrices=(
        Matrix("knowledge", N_("Knowledge matrix"), RECEIVERS, "person", "item", "current_level", totals=True,
               mark="criticality", facts=("criticality",), rules=knowledge_findings, judged=("across",), icon="grid-3x3",
               narrowed=(("down", "shift"), ("down", "organisation"), ("across", "system")), below=COVERAGE_BELOW,
               beside=LOAD_BESIDE, follows=("knowledge_holder", "level_verification")),
    ),
    order=50,
)  # fmt: skip
