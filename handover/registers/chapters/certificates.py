"""The registers of certificates: the papers, the systems and exceptions that they list, and their signatures."""

from __future__ import annotations

from handover.i18n import N_, NC_
from handover.model.custody.certificate import Certificate
from handover.model.custody.parts import CertificateException, CertificateSystem
from handover.model.custody.signature import Signature
from handover.registers.chapter import Chapter, Headline, InPack, OwnPage, PaperKind
from handover.registers.declare import Column, Register, View

CERTIFICATES = Register(
    key="certificates",
    icon="stamp",
    model=Certificate,
    name=N_("Certificates"),
    aliases=("certificate", "移交证书", "交接书"),
    columns=(
        Column("number", N_("Certificate no."), 16, by_program=True, copied=False),
        Column("kind", N_("Kind of certificate"), 24),
        Column("system", N_("System"), 26),
        Column("status", N_("Status"), 18),
        Column("issued_on", N_("Issued for signature on"), 12, by_program=True, copied=False),
        Column("effective_on", NC_("certificate", "In force since"), 12, by_program=True, copied=False),
        Column("scope", N_("What is handed over"), 34, False, group=NC_("form", "What is handed over")),
        Column("documents", N_("On the documents"), 30, False),
        Column("keys_handed", N_("Keys, tools and codes"), 30, False),
        Column("meter_readings", N_("Meter readings"), 26, False),
        Column("place", NC_("certificate", "Place"), 18, False),
        Column("insurance", N_("Insurance"), 26, False, group=NC_("form", "Insurance and warranty")),
        Column("warranty_from", N_("Warranty from"), 12, False),
        Column("reason", N_("Why it is given back"), 30, False, group=NC_("form", "Given back or void")),
        Column("taken_back", N_("Times taken back"), 8, False, by_program=True, copied=False),
        Column("taken_back_because", N_("Why it was taken back"), 26, False, by_program=True, copied=False),
        Column("voided_on", N_("Void since"), 12, False, by_program=True, copied=False),
        Column("void_because", N_("Void because"), 26, False, by_program=True, copied=False),
        Column("notes", N_("Notes"), 30, False, group=NC_("form", "Other")),
    ),
    display=("kind", "system"),
    match=(("number",),),
    views=(
        View("open", N_("Open")),
        View("to_sign", N_("Out for signature")),
        View("in_force", N_("In force")),
    ),
    by_hand=False,
    files=True,
    empty=N_("No certificates yet. Draw one up: it says at once what still stands in the way."),
)

SIGNATURES = Register(
    key="signatures",
    icon="pencil",
    model=Signature,
    name=N_("Signatures"),
    aliases=("signature", "签字"),
    columns=(
        Column("certificate", N_("Certificate"), 26),
        Column("number", N_("No."), 6, False),
        Column("sign_seq", N_("Signing order"), 8),
        Column("side", N_("Side"), 16),
        Column("role", N_("Signing role"), 20),
        Column("person", N_("Person"), 18),
        Column("status", N_("Status"), 14),
        Column("signed_name", N_("Name as signed"), 18, by_program=True, copied=False),
        Column("signed_on", N_("Signed on"), 12, by_program=True, copied=False),
        Column("remark", N_("Remark of the signatory"), 30, copied=False),
        Column("unsigned_because", N_("Why it was taken back"), 26, False, by_program=True, copied=False),
        Column("notes", N_("Notes"), 30, False),
    ),
    display=("person", "role"),
    match=(("certificate", "person"), ("certificate", "role")),
    views=(View("waiting", N_("Waiting for a signature")),),
    owner="person",
    files=True,
    when_told=True,
    empty=N_("Nobody signs it yet. Say who signs for either side."),
)

EXCEPTIONS = Register(
    key="certificate-exceptions",
    icon="list-checks",
    model=CertificateException,
    name=N_("Exceptions"),
    aliases=("exceptions", "保留项", "遗留事项"),
    columns=(
        Column("certificate", N_("Certificate"), 26),
        Column("number", N_("No."), 6),
        Column("text", N_("What isn't done"), 40),
        Column("about_ref", N_("Reference"), 12, by_program=True),
        Column("system", N_("System"), 18),
        Column("owner", N_("Owed by"), 16),
        Column("due_on", N_("Due"), 12),
        Column("measure", N_("Measure until then"), 30),
        Column("done_on", N_("Done on"), 12, copied=False),
        Column("notes", N_("Notes"), 30, False),
    ),
    display=("text",),
    match=(("certificate", "text"),),
    views=(
        View("open", N_("Open")),
        View("overdue", N_("Overdue")),
        View("due_soon", N_("Due in two weeks")),
    ),
    due="due_on",
    owner="owner",
    when_told=True,
    listed=True,
    empty=N_("No exceptions: nothing is left open that was agreed to be done later."),
)

SYSTEMS_PASSED = Register(
    key="certificate-systems",
    icon="boxes",
    model=CertificateSystem,
    name=N_("Systems of certificates"),
    aliases=("certificate_systems", "证书所列系统"),
    columns=(
        Column("certificate", N_("Certificate"), 26, by_program=True),
        Column("number", N_("No."), 6, by_program=True),
        Column("system", N_("System"), 30, by_program=True),
        Column("held_before", N_("Custody before"), 22, by_program=True),
        Column("held_after", N_("Custody after"), 22, by_program=True),
    ),
    display=("system",),
    match=(("certificate", "system"),),
    by_hand=False,
    empty=N_("No system passes with it."),
)

CHAPTER = Chapter(
    "certificates",
    N_("Certificates and custody"),
    "handover",
    (CERTIFICATES, SIGNATURES, EXCEPTIONS, SYSTEMS_PASSED),
    (OwnPage("custody", N_("Custody"), "shield-check"),),
    headlines=(
        Headline("certificates", "to_sign", N_("Certificates out for signature")),
        Headline("certificate-exceptions", "overdue", N_("Exceptions of certificates overdue")),
    ),
    pack=(
        InPack("certificates"),
        InPack("certificate-exceptions", group_by="certificate"),
        InPack("signatures", group_by="certificate"),
    ),
    papers=(PaperKind("certificate", "{project}-CC-{n:04}", keeps_number=False),),
    order=850,
)
