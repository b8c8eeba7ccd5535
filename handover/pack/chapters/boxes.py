"""The list of a box that is handed over: what lies in it, and a place for both signatures."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from handover.i18n import N_, NC_
from handover.model.documents.box import Box
from handover.model.documents.document import MEDIUM, Document
from handover.model.people import Organisation, Person
from handover.model.project import Project
from handover.pack.blocks.signing import Party, SignatureLine, SignOff
from handover.pack.contents import single_outline
from handover.pack.outline import Cell, Fact, Facts, Marked, PackOutline, Section, TableBlock, TableColumn
from handover.pack.paper_steps import PaperStep
from handover.registers.acts.taking import Answers
from handover.store.workspace import Workspace
from handover.values.print_forms import LONG, NUMBER
from handover.wording import Language, Words, said, shown

_DECLARATION = N_(
    "The originals listed here were in the box when it was handed over, complete and readable. Whoever takes it over"
    " keeps it from now on."
)


#: What stands for a medium in a list of both languages.
_LETTERS = {"electronic": "E", "paper": "P", "both": "P+E", "blueprint": "B"}


def box_list(
    workspace: Workspace, project_id: str, key: str, language: Language, answers: Answers | None = None
) -> PackOutline:
    """The list of a box as an outline, without its number; ``answers`` say who hands it over to whom."""
    given = answers or {}
    with workspace.read() as connection, Session(connection, autoflush=False) as session:
        project = session.get_one(Project, project_id)
        box = session.get_one(Box, key)
        inside = (Document.box_id == key, Document.deleted_at.is_(None))
        papers = session.scalars(select(Document).where(*inside).order_by(Document.number, Document.id)).all()
        giver = session.get(Person, given.get("given_by") or box.given_by_id or "")
        taker = session.get(Person, given.get("taken_by") or box.taken_by_id or "")
        keeper = session.get(Person, box.keeper_id or "")
        lent = {paper.lent_to_id for paper in papers if paper.lent_to_id}
        borrowers = {p.id: p.name for p in session.scalars(select(Person).where(Person.id.in_(lent)))}
        facts = Facts(_facts(box, keeper, papers))
        table = _papers(papers, borrowers, language)
        parties = (_party(session, N_("Given by"), giver), _party(session, N_("Taken by"), taker))
        session.expunge_all()
    section = Section("box_list", said(N_("List of a box handed over")),
                      (facts, table, SignOff(parties, said(_DECLARATION), remarks=1)))  # fmt: skip
    return single_outline(workspace, project, language, section, "BX")


def _facts(box: Box, keeper: Person | None, papers: Sequence[Document]) -> tuple[Fact, ...]:
    facts = (
        Fact(said(N_("Box label")), box.code),
        Fact(said(N_("Title")), box.title),
        Fact(said(N_("Room")), box.room),
        Fact(said(N_("Cabinet")), box.cabinet),
        Fact(said(NC_("of a cabinet", "Shelf"), context="of a cabinet"), box.shelf),
        Fact(said(N_("Kept by")), keeper.name if keeper is not None else None),
        Fact(said(N_("Kept for")), box.retention),
        Fact(said(N_("Papers in the box")), len(papers)),
        Fact(said(N_("Total pages")), sum(paper.pages or 0 for paper in papers)),
    )
    return tuple(fact for fact in facts if fact.value not in (None, ""))


def _papers(papers: Sequence[Document], borrowers: dict[str, str], language: Language) -> TableBlock:
    columns = (
        TableColumn("serial", said(NC_("of a list", "No."), context="of a list"), NUMBER, 0.4),
        TableColumn("number", said(N_("Document no.")), weight=1.5),
        TableColumn("title", said(N_("Title")), LONG, 2.8),
        TableColumn("revision", said(N_("Rev.")), weight=0.6),
        TableColumn("medium", said(N_("Medium")), weight=0.9),
        TableColumn("copies", said(N_("Copies")), NUMBER, 0.5),
        TableColumn("pages", said(N_("Pages")), NUMBER, 0.5),
        TableColumn("notes", said(N_("Notes")), LONG, 1.2),
    )
    rows: list[tuple[Cell, ...]] = []
    for n, paper in enumerate(papers, 1):
        note: Cell = paper.notes
        if paper.lent_to_id:
            note = Marked("", "warning", said(N_("Lent to {name}"), name=borrowers.get(paper.lent_to_id, "–")))
        rows.append((n, paper.number, paper.title, paper.revision, _medium(paper.medium, language),
                     paper.copies, paper.pages, note))  # fmt: skip
    # An empty column of notes would turn the page on its side, where few papers fit.
    last = len(columns) if any(row[-1] for row in rows) else len(columns) - 1
    return TableBlock(
        "box_papers", said(N_("Papers in the box")), columns[:last], tuple(row[:last] for row in rows), len(rows),
        empty=said(N_("Nothing lies in this box.")),
    )  # fmt: skip


def _medium(code: str | None, language: Language) -> Words:
    """On what it is; in both languages in one line, as the trade writes it: P+E 纸质和电子."""
    option = next((option for option in MEDIUM.options if option.code == code), None)
    if option is None:
        return ""
    word = said(option.name)
    return f"{_LETTERS[option.code]} {shown(word, 'zh')}" if language == "both" else word


def _party(session: Session, role: str, person: Person | None) -> Party:
    company = session.get(Organisation, person.organisation_id or "") if person is not None else None
    line = SignatureLine(said(role), person.name if person is not None else "")
    return Party(said(role), company.name if company is not None else "", (line,))


def _always(_workspace: Workspace, _key: str) -> bool:
    return True


PAPERS = (PaperStep("boxes", "hand_over", "box_list", box_list, _always, number="", answered=box_list),)
