"""The register of documents that pass to operations."""

from __future__ import annotations

from handover.i18n import N_, NC_
from handover.model.document import Document
from handover.registers.chapter import Advance, Chapter, Headline, InPack
from handover.registers.declare import Column, Register, View

DOCUMENTS = Register(
    key="documents",
    icon="file-text",
    model=Document,
    name=N_("Documents"),
    aliases=("document", "docs"),
    columns=(
        Column("number", N_("Document no."), 20, copied=False),
        Column("title", NC_("document", "Title"), 40),
        Column("system", N_("System"), 18),
        Column("discipline", N_("Discipline"), 14),
        Column("doc_type", N_("Document type"), 16),
        Column("revision", N_("Revision"), 8, group=NC_("form", "Revision and status")),
        Column("revision_on", N_("Revision date"), 12, False),
        Column("status", N_("Status"), 18),
        Column("purpose", N_("Issue purpose"), 14, False),
        Column("mandatory", N_("Must have"), 8, False),
        Column("originator", N_("Originator"), 16, False, group=NC_("form", "Responsibility")),
        Column("holder", N_("Submitted by"), 14),
        Column("receiver", N_("Receiver"), 14),
        Column("due_on", N_("Due"), 12, group=NC_("form", "Dates")),
        Column("submitted_on", N_("Submitted on"), 12, False, copied=False),
        Column("received_on", N_("Received on"), 12, False, copied=False),
        Column("accepted_on", N_("Accepted on"), 12, False, copied=False),
        Column("medium", N_("Medium"), 12, False, group=NC_("form", "Copies and storage")),
        Column("copies", N_("Copies"), 8, False),
        Column("pages", N_("Pages"), 8, False),
        Column("language", N_("Language"), 10, False),
        Column("confidentiality", N_("Confidentiality"), 12, False),
        Column("location", N_("Location"), 18, False),
        Column("required_for", N_("Required for"), 16, False, group=NC_("form", "Other")),
        Column("notes", N_("Notes"), 30, False),
    ),
    display=("number", "title"),
    match=(("number",), ("system", "title"), ("title",)),
    views=(
        View("open", N_("Open")),
        View("overdue", N_("Overdue")),
        View("due_soon", N_("Due in two weeks")),
        View("missing", N_("Missing")),
        View("returned", N_("Returned")),
    ),
    due="due_on",
    owner="holder",
    files=True,
    empty=N_("No documents yet. Import the document list, or add what operations must receive."),
)  # fmt: skip

CHAPTER = Chapter(
    "documents",
    N_("Document transfer register"),
    "documents",
    (DOCUMENTS,),
    pack=(InPack("documents", group_by="system"),),
    headlines=(
        Headline("documents", "overdue", N_("Documents overdue")),
        Headline("documents", "missing", N_("Documents missing")),
    ),
    advances=(Advance("documents", N_("Documents accepted by operations"), done="accepted"),),
    first_step=N_("Go to the documents"),
    order=40,
)
