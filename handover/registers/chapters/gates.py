"""The registers of gates, their reviews with conditions and signatures, and of those who sign."""

from __future__ import annotations

from handover.i18n import N_, NC_
from handover.model.gate import GATE_DECISION, GATE_MISSING, Gate
from handover.model.readiness.condition import GateCondition
from handover.model.readiness.gate_signature import GateSignature
from handover.model.readiness.review import GateReview
from handover.model.signatory import Signatory
from handover.registers.chapter import Chapter, Headline, InPack, OwnPage, PaperKind
from handover.registers.declare import Column, Register, View
from handover.registers.figures.missing_at_gates import gate_facts
from handover.registers.figures.today import on_today
from handover.registers.kinds import Kind
from handover.registers.readying.today import gates_today
from handover.store.worked_out import work_out_with

on_today(gates_today, 82)

GATES = Register(
    key="gates",
    icon="shield-check",
    model=Gate,
    name=N_("Gates"),
    aliases=("gate", "gate reviews"),
    columns=(
        Column("code", N_("Code"), 10),
        Column("name", N_("Gate"), 32),
        Column("phase", N_("Phase"), 22),
        Column("milestone", N_("Milestone"), 24),
        Column("system", N_("System"), 16, False),
        Column("opens", N_("Certificates that ask for it"), 22, False),
        Column("review_on", N_("Review on"), 12),
        Column("position", N_("Order"), 8, False),
        Column("chair", N_("Chair"), 16),
        Column("decision", NC_("gate", "Decision"), 18, kind=Kind.CHOICE, words=GATE_DECISION,
               group=NC_("form", "Where it stands")),
        Column("score", NC_("gate", "Score"), 8, kind=Kind.PERCENT),
        Column("open_blockers", N_("Open blockers"), 8, kind=Kind.INTEGER),
        Column("open_criteria", N_("Open criteria"), 8, False, kind=Kind.INTEGER),
        Column("decided_on", N_("Decided on"), 12, False, kind=Kind.DATE),
        Column("missing_documents", N_("Documents that it lacks"), kind=Kind.MISSING_AT_GATE),
        Column("notes", N_("Notes"), 30, False),
    ),
    display=("name",),
    match=(("code",), ("name",)),
    views=(View("ahead", N_("Review ahead")), View("due_soon", N_("Due in two weeks")),
           View("lacking", N_("Lacking documents")), View("let_through", NC_("gate", "Go")),
           View("lapsed", NC_("gate", "Lapsed")), View("blocked", N_("With open blockers"))),
    due="review_on",
    owner="chair",
    order="place",
    empty=N_("No gates yet. List the reviews that a phase must pass."),
)  # fmt: skip

REVIEWS = Register(
    key="gate-reviews",
    icon="stamp",
    model=GateReview,
    name=N_("Reviews of gates"),
    aliases=("gate_reviews", "gate review", "关口评审", "阶段门评审"),
    columns=(
        Column("gate", N_("Gate"), 28),
        Column("number", N_("No."), 6, copied=False),
        Column("status", NC_("gate", "Decision"), 18),
        Column("planned_on", N_("Planned for"), 12),
        Column("chair", N_("Chair"), 16),
        Column("held_on", N_("Held on"), 12, copied=False),
        Column("decided_on", N_("Decided on"), 12, copied=False),
        Column(
            "score",
            N_("Score then"),
            8,
            kind=Kind.PERCENT,
            by_program=True,
            copied=False,
            group=NC_("form", "As it stood then"),
        ),
        Column("criteria_met", N_("Criteria met then"), 8, False, by_program=True, copied=False),
        Column("criteria_of", N_("Of criteria"), 8, False, by_program=True, copied=False),
        Column("open_blockers", N_("Blockers open then"), 8, by_program=True, copied=False),
        Column("no_go_because", N_("Why it was not passed"), 30, False, copied=False, group=NC_("form", "Other")),
        Column("void_because", N_("Why it was called off"), 30, False, copied=False),
        Column("minutes", N_("What was said"), 30, False, copied=False),
        Column("notes", N_("Notes"), 30, False),
    ),
    display=("gate", "number"),
    match=(("gate", "number"), ("gate", "planned_on")),
    views=(
        View("open", N_("Open")),
        View("overdue", N_("Overdue")),
        View("due_soon", N_("Due in two weeks")),
        View("decided", N_("Decided")),
    ),
    due="planned_on",
    owner="chair",
    files=True,
    listed=True,
    when_told=True,
    empty=N_(
        "No review yet. Plan one for a gate; when its entrance criteria are met it is opened, signed and decided."
    ),
)

CONDITIONS = Register(
    key="conditions",
    icon="list-checks",
    model=GateCondition,
    name=N_("Conditions of a pass"),
    aliases=("condition", "gate conditions", "放行条件", "遗留条件"),
    columns=(
        Column("review", N_("Review"), 22),
        Column("number", N_("No."), 6, copied=False),
        Column("title", N_("Condition"), 44),
        Column("owner", N_("Owner"), 14),
        Column("due_on", NC_("condition", "Until"), 12),
        Column("status", N_("Status"), 12),
        Column("criterion", N_("Criterion"), 30, False),
        Column("residual_risk", N_("Risk accepted until then"), 30, False),
        Column("evidence", N_("Evidence"), 30, False, copied=False, group=NC_("form", "Fulfilled")),
        Column("confirmed_by", N_("Confirmed by"), 14, False, copied=False),
        Column("fulfilled_on", N_("Fulfilled on"), 12, False, copied=False),
        Column("notes", N_("Notes"), 30, False, group=NC_("form", "Other")),
    ),
    display=("title",),
    match=(("review", "title"),),
    views=(
        View("open", N_("Open")),
        View("overdue", N_("Overdue")),
        View("due_soon", N_("Due in two weeks")),
        View("ran_out", N_("Ran out")),
    ),
    due="due_on",
    owner="owner",
    files=True,
    listed=True,
    when_told=True,
    empty=N_("No conditions. A gate that is passed on conditions names each with its owner and its day."),
)

SIGNATURES = Register(
    key="gate-signatures",
    icon="pencil",
    model=GateSignature,
    name=N_("Signatures under reviews"),
    aliases=("gate_signatures", "gate signature", "评审签字"),
    columns=(
        Column("review", N_("Review"), 22),
        Column("sign_seq", N_("Signing order"), 8),
        Column("role", N_("Signing role"), 20),
        Column("person", N_("Person"), 16),
        Column("side", N_("Side"), 14),
        Column("status", N_("Status"), 14),
        Column("vote", NC_("gate", "Signs for"), 18, copied=False),
        Column("signed_on", N_("Signed on"), 12, copied=False),
        Column("remark", N_("Remark"), 30, False, copied=False),
    ),
    display=("person", "role"),
    match=(("review", "person"), ("review", "role")),
    views=(View("open", N_("Open")),),
    order="place",
    when_told=True,
    empty=N_("Nobody signs yet. Opening the review brings the signatories of the gate."),
)

SIGNATORIES = Register(
    key="signatories",
    icon="pencil",
    model=Signatory,
    name=N_("Signatories"),
    aliases=("signatory", "signers"),
    columns=(
        Column("signs_for", N_("Signs for"), 16),
        Column("system", N_("System"), 18),
        Column("gate", N_("Gate"), 20, False),
        Column("role", N_("Signing role"), 20),
        Column("person", N_("Person"), 18),
        Column("side", N_("Side"), 16),
        Column("sign_seq", N_("Signing order"), 9),
        Column("is_signer", N_("Signs"), 8),
        Column("notes", N_("Notes"), 30, False),
    ),
    display=("person", "role"),
    match=(("signs_for", "system", "person"), ("signs_for", "system", "role")),
    views=(View("signing", N_("Signing")), View("unnamed", N_("Without a person"))),
    order="place",
    empty=N_("No signatories yet. Say who signs certificates, packs and gates, and in which order."),
)  # fmt: skip

CHAPTER = Chapter(
    "gates",
    N_("Gates and signatories"),
    "readiness",
    (GATES, REVIEWS, CONDITIONS, SIGNATURES, SIGNATORIES),
    pages=(OwnPage("gate_page", N_("Where the gates stand"), "shield-check"),),
    pack=(
        InPack("gates"),
        InPack("gate-reviews"),
        InPack("conditions", group_by="review"),
        InPack("signatories", group_by="signs_for"),
    ),
    headlines=(
        Headline("gates", "lapsed", N_("Gates whose pass has lapsed")),
        Headline("gates", "blocked", N_("Gates with open blockers")),
        Headline("conditions", "overdue", N_("Conditions overdue")),
    ),
    papers=(PaperKind("gate_report", "{project}-GATE-{n:03}", keeps_number=False),),
    order=82,
)

work_out_with(GATE_MISSING, gate_facts)
