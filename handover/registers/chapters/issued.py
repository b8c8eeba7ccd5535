"""The register of what was issued, and the handover pack as the first paper that is."""

from __future__ import annotations

from handover.i18n import N_, NC_
from handover.model.issued import Issued, SignedCopy
from handover.registers.chapter import Chapter, PaperKind
from handover.registers.declare import Column, Register, View

ISSUED = Register(
    key="issued",
    icon="stamp",
    model=Issued,
    name=N_("Issued papers"),
    aliases=("papers", "issues"),
    columns=(
        Column("number", N_("Paper no."), 20, by_program=True),
        Column("edition", N_("Edition"), 8, by_program=True),
        Column("title", N_("Title"), 34, by_program=True),
        Column("kind", N_("Kind of paper"), 16, by_program=True),
        Column("status", N_("Status"), 14, by_program=True),
        Column("issued_on", N_("Issued on"), 12, by_program=True),
        Column("issued_by", N_("Issued by"), 14, by_program=True),
        Column("supersedes", N_("In place of"), 20, False, by_program=True, group=NC_("form", "Other")),
        Column("language", N_("Language"), 10, False, by_program=True),
        Column("pdf_sha256", N_("Checksum of the PDF"), 24, False, by_program=True),
        Column("pack_kind", N_("Kind of pack"), 18, False, by_program=True),
        Column("purpose", N_("Issued for"), 14, by_program=True),
        Column("changes", N_("What it changed"), 24, False, by_program=True),
        Column("void_because", N_("Void because"), 24),
        Column("notes", N_("Notes"), 30, False),
    ),
    display=("number", "title"),
    code="number",
    match=(("number", "edition"),),
    views=(View("in_force", N_("In force")),),
    by_hand=False,
    files=True,
    empty=N_("Nothing was issued yet. A paper that is issued gets its number and stands here, unchangeable."),
)

SIGNED_COPIES = Register(
    key="signed-copies",
    icon="file-check",
    model=SignedCopy,
    name=N_("Signed copies"),
    aliases=("signed copies", "签署件", "签回件"),
    columns=(
        Column("issued", N_("Paper"), 24),
        Column("signed_on", N_("Came back signed on"), 14),
        Column("as_issued", N_("Begins as issued"), 12, by_program=True),
        Column("signers", N_("Signed with a certificate by"), 30, by_program=True),
        Column("notes", N_("Notes"), 30, False),
    ),
    display=("issued", "signed_on"),
    match=(),
    by_hand=False,
    files=True,
    empty=N_("No copy came back signed yet. Take one in from the paper itself."),
)

CHAPTER = Chapter(
    "issued",
    N_("Issued papers"),
    "handover",
    (ISSUED, SIGNED_COPIES),
    papers=(PaperKind("pack", "{project}-HP-{n:03}"),),
    order=900,
)
