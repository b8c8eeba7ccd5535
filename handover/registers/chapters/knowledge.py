"""The register of knowledge gaps."""

from __future__ import annotations

from handover.i18n import N_, NC_
from handover.model.knowledge import KnowledgeItem
from handover.registers.chapter import Advance, Chapter, Headline, InPack
from handover.registers.declare import Column, Register, View
from handover.registers.kinds import Kind

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
        Column("system", N_("System"), 18),
        Column("criticality", N_("Criticality"), 12, group=NC_("form", "Risk of loss")),
        Column("rarity", N_("Rarity"), 12, False),
        Column("attrition", N_("Risk of leaving"), 14, False),
        Column("loss_risk", N_("Loss risk"), 9, False, kind=Kind.INTEGER),
        Column("consequence", N_("Consequence of loss"), 30, False),
        Column("documented", N_("Documented"), 8, False),
        Column("document", N_("Document"), 20, False),
        Column("holder", N_("Holder"), 14, group=NC_("form", "Transfer")),
        Column("sole_holder", N_("Sole holder"), 8, False),
        Column("holder_until", N_("Holder available until"), 12, False),
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
    ),
    due="due_on",
    owner="holder",
    empty=N_("No knowledge items yet. Write down what only the project team knows today, or import a list."),
)  # fmt: skip

CHAPTER = Chapter(
    "knowledge",
    N_("Knowledge gaps"),
    "knowledge",
    (KNOWLEDGE,),
    pack=(InPack("knowledge"),),
    headlines=(Headline("knowledge", "at_risk", N_("Knowledge items at risk")),),
    advances=(Advance("knowledge", N_("Knowledge gaps closed"), done="closed"),),
    order=50,
)
