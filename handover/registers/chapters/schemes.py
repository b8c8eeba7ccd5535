"""The registers of schemes: how documents are numbered, and which codes revisions have."""

from __future__ import annotations

from handover.i18n import N_
from handover.model.documents.document import DOCUMENT_FINDINGS, Document
from handover.model.documents.revision import Revision
from handover.model.documents.schemes import NumberScheme, RevisionScheme
from handover.registers.chapter import Chapter
from handover.registers.declare import Column, Register
from handover.registers.documents.findings import document_facts
from handover.registers.documents.schemes import documents_noticer, revisions_noticer
from handover.registers.noticing import noticing_with
from handover.store.worked_out import work_out_with

NUMBER_SCHEMES = Register(
    key="number-schemes",
    icon="list-tree",
    model=NumberScheme,
    name=N_("Number schemes"),
    aliases=("number_schemes", "numbering", "numbering schemes", "编号规则"),
    columns=(
        Column("name", N_("Name of the scheme"), 26),
        Column("pattern", N_("Pattern of the number"), 56),
        Column("rank", N_("Order"), 8),
        Column("notes", N_("Notes"), 36),
    ),
    display=("name",),
    match=(("name",), ("pattern",)),
    order="rank",
    empty=N_(
        "No number schemes yet. Add how documents are numbered: numbers that break it are told, and none is refused."
    ),
)

REVISION_SCHEMES = Register(
    key="revision-schemes",
    icon="git-branch",
    model=RevisionScheme,
    name=N_("Revision schemes"),
    aliases=("revision_schemes", "revision codes", "版次规则"),
    columns=(
        Column("name", N_("Name of the scheme"), 26),
        Column("codes", N_("Codes in their order"), 40),
        Column("rank", N_("Order"), 8),
        Column("notes", N_("Notes"), 36),
    ),
    display=("name",),
    match=(("name",), ("codes",)),
    order="rank",
    empty=N_(
        "No revision schemes yet. Add the codes in their order, such as A-Z, 0-99: the next one is proposed, and one "
        "that was skipped is told."
    ),
)

CHAPTER = Chapter("schemes", N_("Schemes of documents"), "settings", (NUMBER_SCHEMES, REVISION_SCHEMES), order=47)

work_out_with(DOCUMENT_FINDINGS, document_facts)
noticing_with(Document, documents_noticer)
noticing_with(Revision, revisions_noticer)
