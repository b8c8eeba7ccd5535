"""The registers of gates and of those who sign."""

from __future__ import annotations

from handover.i18n import N_
from handover.model.gate import GATE_MISSING, Gate
from handover.model.signatory import Signatory
from handover.registers.chapter import Chapter, InPack
from handover.registers.declare import Column, Register, View
from handover.registers.figures.missing_at_gates import gate_facts
from handover.registers.kinds import Kind
from handover.store.worked_out import work_out_with

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
        Column("review_on", N_("Review on"), 12),
        Column("position", N_("Order"), 8, False),
        Column("chair", N_("Chair"), 16),
        Column("missing_documents", N_("Documents that it lacks"), kind=Kind.MISSING_AT_GATE),
        Column("notes", N_("Notes"), 30, False),
    ),
    display=("name",),
    match=(("code",), ("name",)),
    views=(View("ahead", N_("Review ahead")), View("due_soon", N_("Due in two weeks")),
           View("lacking", N_("Lacking documents"))),
    due="review_on",
    owner="chair",
    order="place",
    empty=N_("No gates yet. List the reviews that a phase must pass."),
)  # fmt: skip

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
    "handover",
    (GATES, SIGNATORIES),
    pack=(InPack("gates"), InPack("signatories", group_by="signs_for")),
    order=82,
)

work_out_with(GATE_MISSING, gate_facts)
