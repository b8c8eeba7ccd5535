"""Registers as the trade hands them over: lists for signing, catalogues of an archive, master register, log.

The archive's forms are those of DA/T 28 (project archives) and GB/T 11822 (volumes): a catalogue of the volumes, a
list of the papers in each, and the whole as a book that both sides sign. The columns of each form are fields of its
register, so that a workbook that somebody has filled in comes back as changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection, func, select

from handover.errors import NotFound, NotValid
from handover.i18n import N_, NC_, tr
from handover.jobs import Progress, unattended
from handover.model.documents.box import Box
from handover.model.documents.document import Document
from handover.model.project import Project
from handover.pack.blocks.signing import SignOff
from handover.pack.contents import single_outline
from handover.pack.excel.workbook import write_excel
from handover.pack.outline import (
    Block,
    Fact,
    Facts,
    PackOutline,
    Paragraph,
    Row,
    Rows,
    Section,
    TableBlock,
    TableColumn,
)
from handover.pack.packs.sides import names_of, signing
from handover.pack.pdf.document import write_pdf
from handover.pack.tables import register_table
from handover.registers.catalogue import register as register_of
from handover.registers.odd_values import refuse_odd_values
from handover.registers.query import Condition, Query
from handover.store.workspace import Workspace
from handover.values.print_forms import NUMBER
from handover.wording import Language, Words, said

#: Suffixes that a form is written as.
SUFFIXES = (".pdf", ".xlsx")
_SERIAL, _TOTAL_PAGES = "serial", "total_pages"


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A column of a form: a field of its register, what the form calls it, and its share of the width."""

    field: str
    label: str
    weight: float = 1.0
    context: str = ""

    @property
    def heading(self) -> Words:
        """What it is called in both languages."""
        return said(self.label, context=self.context) if self.context else said(self.label)


@dataclass(frozen=True, slots=True)
class TradeForm:
    """A form.

    Attributes:
        register: whose rows it lists.
        signed: both sides sign it.
        where: which rows; all by default.
        group_by: a field whose value stands over each group of rows.
    """

    key: str
    name: str
    register: str
    columns: tuple[FormColumn, ...]
    signed: bool = False
    where: tuple[Condition, ...] = ()
    group_by: str = ""

    @property
    def label(self) -> str:
        """The name in the language in force."""
        return tr(self.name)


_IN_A_BOX = (Condition("box", "filled", ()),)

TRADE_FORMS = (
    TradeForm(
        "transfer-list",
        N_("Transfer list of documents"),
        "documents",
        (
            FormColumn("number", N_("Document no."), 1.5),
            FormColumn("title", N_("Name of the document"), 2.6),
            FormColumn("revision", NC_("document", "Revision"), 0.6, "document"),
            FormColumn("originator", N_("Prepared by (company)"), 1.3),
            FormColumn("medium", N_("Medium"), 0.9),
            FormColumn("copies", N_("Number of copies"), 0.6),
            FormColumn("pages", N_("Number of pages"), 0.6),
            FormColumn("holder", N_("Transferred by"), 0.9),
            FormColumn("receiver", N_("Received by"), 0.9),
            FormColumn("accepted_on", N_("Transferred on"), 0.9),
            FormColumn("notes", N_("Remarks"), 1.2),
        ),
        signed=True,
    ),
    TradeForm(
        "volume-catalogue",
        N_("Catalogue of volumes"),
        "boxes",
        (
            FormColumn("code", N_("File no. of the volume"), 1.2),
            FormColumn("title", N_("Title of the volume"), 3.0),
            FormColumn(_TOTAL_PAGES, N_("Total pages"), 0.7),
            FormColumn("retention", N_("Retention period"), 0.9),
            FormColumn("notes", N_("Remarks"), 1.4),
        ),
    ),
    TradeForm(
        "volume-contents",
        N_("Contents of volumes"),
        "documents",
        (
            FormColumn("box", NC_("box of papers", "Box"), 1.2, "box of papers"),
            FormColumn("number", N_("Document no."), 1.5),
            FormColumn("originator", N_("Responsible body"), 1.2),
            FormColumn("title", N_("Title of the paper"), 2.8),
            FormColumn("revision_on", N_("Date of the paper"), 0.9),
            FormColumn("pages", N_("Number of pages"), 0.6),
            FormColumn("notes", N_("Remarks"), 1.2),
        ),
        where=_IN_A_BOX,
        group_by="box",
    ),
    TradeForm(
        "master-register",
        N_("Master document register"),
        "documents",
        (
            FormColumn("number", N_("Document number"), 1.6),
            FormColumn("title", N_("Document title"), 2.4),
            FormColumn("discipline", N_("Discipline"), 0.8),
            FormColumn("doc_type", N_("Document type"), 1.0),
            FormColumn("revision", N_("Revision code"), 0.6),
            FormColumn("revision_on", N_("Revision date"), 0.8),
            FormColumn("status", N_("Status"), 1.0),
            FormColumn("purpose", N_("Issue purpose"), 0.8),
            FormColumn("originator", N_("Originator company"), 1.1),
            FormColumn("originator_no", N_("Originator document number"), 1.1),
            FormColumn("system", N_("System"), 1.0),
            FormColumn("language", N_("Language"), 0.6),
            FormColumn("return_code", N_("Return status code"), 0.8),
            FormColumn("approved_by", N_("Approver"), 0.8),
            FormColumn("approved_on", N_("Actual approval date"), 0.8),
            FormColumn("due_on", N_("Due"), 0.8),
            FormColumn("location", N_("Physical storage location"), 1.0),
            FormColumn("medium", N_("Storage media"), 0.8),
            FormColumn("notes", NC_("of a document", "Comment"), 1.0, "of a document"),
        ),
    ),
    TradeForm(
        "transmittal-log",
        N_("Transmittal log"),
        "transmittals",
        (
            FormColumn("number", N_("Transmittal no."), 1.2),
            FormColumn("external_no", N_("Their number"), 1.0),
            FormColumn("direction", N_("Direction"), 0.7),
            FormColumn("subject", N_("Subject"), 2.4),
            FormColumn("from_org", N_("From"), 1.2),
            FormColumn("to_org", N_("To"), 1.2),
            FormColumn("sent_on", N_("Sent on"), 0.8),
            FormColumn("purpose", N_("Purpose"), 0.9),
            FormColumn("response_due", N_("Answer due"), 0.8),
            FormColumn("status", N_("Status"), 1.0),
            FormColumn("acknowledged_on", N_("Acknowledged on"), 0.8),
            FormColumn("closed_on", N_("Closed on"), 0.8),
            FormColumn("notes", N_("Remarks"), 1.0),
        ),
    ),
)

#: The catalogue, the contents and the signatures in one.
TRANSFER_BOOK = TradeForm("transfer-book", N_("Transfer book of the archive"), "boxes", (), signed=True)
_DECLARATION = N_(
    "The papers listed here were handed over and received complete, readable and in the numbers stated. Each side keeps"
    " one copy of this list."
)
_NO = NC_("of a list", "No.")


def trade_forms() -> tuple[TradeForm, ...]:
    """All forms, in the order in which they are offered."""
    return (*TRADE_FORMS[:1], TRANSFER_BOOK, *TRADE_FORMS[1:])


def form_of(key: str) -> TradeForm:
    """The form of a key. Raises NotFound, naming those that there are."""
    for form in trade_forms():
        if form.key == key:
            return form
    keys = ", ".join(form.key for form in trade_forms())
    raise NotFound(N_("There is no form “{key}”. There are: {keys}."), key=key, keys=keys)


def write_form(
    workspace: Workspace,
    project: Project,
    form: TradeForm,
    path: Path,
    language: Language = "both",
    progress: Progress = unattended,
) -> int:
    """Write a form as PDF or as a workbook, by the suffix; returns how many rows it has.

    Raises:
        NotValid: another suffix.
        HandoverError: it can't be written. Cancelled: the user stopped it; what was there before is there.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise NotValid(N_("“{name}” must end in .pdf or .xlsx."), name=path.name)
    tables = {register_of(form.register).table.name, Document.__tablename__}
    with workspace.read() as connection:
        refuse_odd_values(connection, project.id, frozenset(tables))
    outline = outline_of_form(workspace, project, form, language)
    if path.suffix.lower() == ".pdf":
        write_pdf(outline, path, progress=progress)
    else:
        write_excel(outline, path, progress=progress)
    return sum(table.count or 0 for table in outline.tables())


def outline_of_form(workspace: Workspace, project: Project, form: TradeForm, language: Language) -> PackOutline:
    """A form as an outline."""
    with workspace.read() as connection:
        names = names_of(connection, project)
        parties = signing(connection, project, names).parties
        of_volumes = form.register == "boxes" or bool(form.group_by)
        facts = (*_sides(project, names), *(_volumes(connection, project) if of_volumes else ()))
    parts = TRADE_FORMS[1:3] if form is TRANSFER_BOOK else (form,)
    blocks: list[Block] = [Facts(facts)]
    for part in parts:
        blocks.append(form_table(workspace, project.id, part))
    if form.signed:
        blocks += [Paragraph(""), SignOff(parties, said(_DECLARATION), remarks=1)]
    section = Section(form.key, said(form.name), tuple(blocks))
    return single_outline(workspace, project, language, section, form.key.upper())


def form_table(workspace: Workspace, project_id: str, form: TradeForm) -> TableBlock:
    """The rows of a form under its headings, numbered, with the reference of each in the workbook."""
    whole = register_table(
        workspace, register_of(form.register), project_id, Query(where=form.where), group_by=form.group_by
    )
    at = {column.key: n for n, column in enumerate(whole.columns)}
    wanted = [(at.get(each.field, -1), each) for each in form.columns]
    columns = tuple(_column(whole, n, each) for n, each in wanted)
    serial = TableColumn(_SERIAL, said(_NO, context="of a list"), NUMBER, 0.4)
    ref = replace(whole.columns[at["ref"]], in_print=False)
    numbers = [n for n, _ in wanted]
    volume = at.get(form.group_by, -1)

    def rows() -> Iterator[Row]:
        pages = _pages_of_boxes(workspace, project_id) if -1 in numbers else {}
        n, inside = 0, None
        for row in whole.rows:
            within = row[volume] if volume >= 0 else None
            n = n + 1 if within == inside else 1  # the papers of each volume are numbered on their own
            inside = within
            cells = tuple(row[k] if k >= 0 else pages.get(str(row[at["ref"]])) for k in numbers)
            yield (n, *cells, row[at["ref"]])

    return replace(
        whole, title=said(form.name), columns=(serial, *columns, ref), rows=Rows(rows), frozen=2, group_by=form.group_by
    )


def _column(table: TableBlock, at: int, wanted: FormColumn) -> TableColumn:
    if at < 0:
        return TableColumn(wanted.field, wanted.heading, NUMBER, wanted.weight)
    return replace(table.columns[at], label=wanted.heading, weight=wanted.weight, in_print=True)


def _pages_of_boxes(workspace: Workspace, project_id: str) -> dict[str, int]:
    """How many pages the papers of each box have, by the reference of the box."""
    inside = (Document.project_id == project_id, Document.deleted_at.is_(None))
    pages = select(Box.ref, func.sum(Document.pages)).join(Box, Box.id == Document.box_id).where(*inside)
    with workspace.read() as connection:
        return {ref: int(n) for ref, n in connection.execute(pages.group_by(Box.ref)) if n}


def _sides(project: Project, names: dict[str, str]) -> tuple[Fact, ...]:
    """The project, and who hands over to whom."""
    giver = names.get("commissioning") or names.get("contractor") or names.get("client")
    facts = (
        Fact(said(N_("Project")), f"{project.code}  {project.name}"),
        Fact(said(N_("Handed over by")), giver),
        Fact(said(N_("Taken over by")), names.get("operator")),
    )
    return tuple(fact for fact in facts if fact.value is not None)


def _volumes(connection: Connection, project: Project) -> tuple[Fact, ...]:
    """How many volumes there are, with how many papers and pages."""
    inside = (Document.project_id == project.id, Document.deleted_at.is_(None), Document.box_id.is_not(None))
    boxes = select(func.count()).where(Box.project_id == project.id, Box.deleted_at.is_(None))
    papers, pages = connection.execute(select(func.count(), func.sum(Document.pages)).where(*inside)).one()
    return (
        Fact(said(N_("Volumes")), connection.execute(boxes).scalar() or 0),
        Fact(said(N_("Papers in volumes")), int(papers or 0)),
        Fact(said(N_("Total pages")), int(pages or 0)),
    )
