"""The registers of deliverables and of those who take part in them, and the matrix between them."""

from __future__ import annotations

from handover.i18n import N_, NC_
from handover.model.raci import DELIVERABLE_STATUS, Deliverable, MilestoneRaci, RaciEntry, RaciParty, SystemRaci
from handover.registers.chapter import Chapter, Headline, InPack
from handover.registers.declare import Column, Register, View
from handover.registers.kinds import Kind
from handover.registers.matrix.declaration import Matrix
from handover.registers.raci_rules import raci_findings

DELIVERABLES = Register(
    key="deliverables",
    icon="package",
    model=Deliverable,
    name=N_("Deliverables"),
    aliases=("deliverable", "work products", "交付物", "交付成果"),
    columns=(
        Column("code", N_("Code"), 10, False),
        Column("name", N_("Deliverable"), 40),
        Column("status", N_("Status"), 14, kind=Kind.CHOICE, words=DELIVERABLE_STATUS),
        Column("group", N_("Group"), 26, False),
        Column("system", N_("System"), 18),
        Column("milestone", N_("Milestone"), 24),
        Column("owner", N_("Owner"), 16),
        Column("due_on", N_("Due"), 12),
        Column("done_on", N_("Delivered on"), 12),
        Column("notes", N_("Notes"), 30, False),
    ),
    display=("name",),
    match=(("code",), ("name",)),
    views=(
        View("open", N_("Open")),
        View("overdue", N_("Overdue")),
        View("due_soon", N_("Due in two weeks")),
        View("unsettled", N_("Roles not settled")),
    ),
    due="due_on",
    owner="owner",
    brought=True,
    empty=N_(
        "No deliverables yet. List what is owed before the handover; the RACI then says who does and who decides."
    ),
)

PARTIES = Register(
    key="raci_parties",
    icon="briefcase-business",
    model=RaciParty,
    name=N_("Parties of the RACI"),
    aliases=("raci party", "parties", "参与方"),
    columns=(
        Column("name", N_("Party or role"), 26),
        Column("side", N_("Side"), 16),
        Column("person", N_("Person"), 18),
        Column("organisation", N_("Organisation"), 26),
        Column("most", N_("R or A for at most"), 10),
        Column("notes", N_("Notes"), 30, False),
    ),
    display=("name",),
    match=(("name",),),
    brought=True,
    empty=N_(
        "Nobody takes part yet. Name the roles of both sides, such as operations lead, with who stands behind them."
    ),
)

ENTRIES = Register(
    key="raci",
    icon="grid-3x3",
    model=RaciEntry,
    name=N_("RACI"),
    aliases=("raci entries", "raci matrix", "responsibility matrix", "职责矩阵", "责任矩阵"),
    columns=(
        Column("deliverable", N_("Deliverable"), 40),
        Column("party", N_("Party or role"), 26),
        Column("letter", NC_("raci", "Letter"), 22),
        Column("notes", N_("Notes"), 30, False),
    ),
    display=("party", "deliverable"),
    match=(("deliverable", "party", "letter"),),
    empty=N_("Nothing is agreed yet. Fill in the matrix: R, A, C and I are typed into its cells."),
)

OF_SYSTEMS = Register(
    key="raci-systems",
    icon="grid-3x3",
    model=SystemRaci,
    name=N_("RACI of systems"),
    aliases=("raci of systems", "系统职责矩阵"),
    columns=(
        Column("system", N_("System"), 30),
        Column("party", N_("Party or role"), 26),
        Column("letter", NC_("raci", "Letter"), 22),
        Column("notes", N_("Notes"), 30, False),
    ),
    display=("party", "system"),
    match=(("system", "party", "letter"),),
    in_matrix=True,
    empty=N_("Nothing is agreed yet. Fill in the matrix of systems: R, A, C and I are typed into its cells."),
)

OF_MILESTONES = Register(
    key="raci-milestones",
    icon="grid-3x3",
    model=MilestoneRaci,
    name=N_("RACI of milestones"),
    aliases=("raci of milestones", "里程碑职责矩阵"),
    columns=(
        Column("milestone", N_("Milestone"), 30),
        Column("party", N_("Party or role"), 26),
        Column("letter", NC_("raci", "Letter"), 22),
        Column("notes", N_("Notes"), 30, False),
    ),
    display=("party", "milestone"),
    match=(("milestone", "party", "letter"),),
    in_matrix=True,
    empty=N_("Nothing is agreed yet. Fill in the matrix of milestones: R, A, C and I are typed into its cells."),
)


def _raci(key: str, name: str, entries: Register, down: str, one_with: str = "") -> Matrix:
    """A matrix of letters, printed with turned heads, whose rules are checked as one types."""
    return Matrix(key, name, entries, down, "party", "letter", several=True, rules=raci_findings, totals=True,
                  mark="side", facts=("most",), icon="grid-3x3", one_with=one_with)  # fmt: skip


CHAPTER = Chapter(
    "raci",
    N_("Who does what (RACI)"),
    "people",
    (DELIVERABLES, PARTIES, ENTRIES, OF_SYSTEMS, OF_MILESTONES),
    pack=(InPack("deliverables"),),
    matrices=(
        _raci("raci", N_("RACI matrix"), ENTRIES, "deliverable"),
        _raci("raci_systems", N_("RACI matrix of systems"), OF_SYSTEMS, "system", "raci"),
        _raci("raci_milestones", N_("RACI matrix of milestones"), OF_MILESTONES, "milestone", "raci"),
    ),
    headlines=(
        Headline(
            "deliverables",
            "unsettled",
            N_("Deliverables without clear roles"),
            meaning=N_("Not done, and not exactly one party decides or nobody does the work; of all deliverables."),
        ),
    ),
    order=25,
)
