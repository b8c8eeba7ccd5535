"""The note of a transmittal: what is sent to whom and why, with a place for the receivers' signatures."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from handover import clock
from handover.i18n import N_
from handover.model.documents.transmittal import FORM, METHOD, RECIPIENT_ROLE, Recipient, Transmittal, TransmittalItem
from handover.model.people import Organisation, Person
from handover.model.picks.pick import Pick
from handover.model.project import Project
from handover.model.vocabulary import Vocabulary
from handover.pack.contents import single_outline
from handover.pack.outline import (
    Block,
    Fact,
    Facts,
    Figure,
    PackOutline,
    Paragraph,
    Section,
    TableBlock,
    TableColumn,
)  # fmt: skip
from handover.pack.paper_steps import PaperStep
from handover.pack.reading import PackReading
from handover.registers.figures.transfer_charts import transfer_charts
from handover.store.workspace import Workspace
from handover.values.print_forms import LONG, NUMBER
from handover.wording import Language, Text, Words, said, shown

#: Columns of the note that are left out where nothing stands in them.
_AT_WILL = frozenset({"copies", "form", "sha256", "notes"})


def note(workspace: Workspace, project_id: str, key: str, language: Language) -> PackOutline:
    """The note of a transmittal as an outline, without its number."""
    with workspace.read() as connection, Session(connection, autoflush=False) as session:
        project = session.get_one(Project, project_id)
        sent = session.get_one(Transmittal, key)
        here = (TransmittalItem.transmittal_id == key, TransmittalItem.deleted_at.is_(None))
        items = session.scalars(select(TransmittalItem).where(*here).order_by(TransmittalItem.number)).all()
        to = (Recipient.transmittal_id == key, Recipient.deleted_at.is_(None))
        receivers = session.scalars(select(Recipient).where(*to).order_by(Recipient.number)).all()
        named = _NoteNames(session)
        blocks: tuple[Block, ...] = (
            Facts(_facts(sent, named)),
            *((Paragraph(sent.cover),) if sent.cover and sent.cover.strip() else ()),
            _items(items, language),
            _signatures(receivers, named),
        )
        session.expunge_all()
    section = Section("transmittal", said(N_("Transmittal note")), blocks)
    return single_outline(workspace, project, language, section, "TR")


def _facts(sent: Transmittal, named: _NoteNames) -> tuple[Fact, ...]:
    facts = (
        Fact(said(N_("Subject")), sent.subject),
        Fact(said(N_("From")), named.of(Organisation, sent.from_org_id)),
        Fact(said(N_("To")), named.of(Organisation, sent.to_org_id)),
        Fact(said(N_("Sent by")), named.of(Person, sent.sender_id)),
        Fact(said(N_("Sent on")), sent.sent_on or clock.today()),
        Fact(said(N_("Purpose")), named.entry(sent.purpose_id)),
        Fact(said(N_("Answer due")), sent.response_due),
        Fact(said(N_("Way of sending")), _word(METHOD, sent.method)),
    )
    return tuple(fact for fact in facts if fact.value not in (None, ""))


def _items(items: Sequence[TransmittalItem], language: Language) -> TableBlock:
    columns = (
        TableColumn("number", said(N_("No.")), NUMBER, 0.3),
        TableColumn("document_no", said(N_("Document no.")), weight=1.2),
        TableColumn("title", said(N_("Title")), LONG, 2.6),
        TableColumn("code", said(N_("Rev.")), weight=0.6),
        TableColumn("pages", said(N_("Pages")), NUMBER, 0.4),
        TableColumn("copies", said(N_("Copies")), NUMBER, 0.4),
        TableColumn("form", said(N_("Form")), weight=0.7),
        TableColumn("sha256", said(N_("Checksum")), weight=1.0),
        TableColumn("notes", said(N_("Notes")), LONG, 1.2),
    )
    rows = tuple(
        (i.number, i.document_no, i.title, i.code, i.pages, i.copies, _form(i.form, language), (i.sha256 or "")[:10],
         i.notes)
        for i in items
    )  # fmt: skip
    # A column in which nothing stands would turn the page on its side, where few lines and no signatures fit.
    said_of = [at for at, each in enumerate(columns) if each.key not in _AT_WILL or any(row[at] for row in rows)]
    return TableBlock(
        "transmittal-items", said(N_("Transmittal items")), tuple(columns[at] for at in said_of),
        tuple(tuple(row[at] for at in said_of) for row in rows), len(rows),
    )  # fmt: skip


def _signatures(receivers: Sequence[Recipient], named: _NoteNames) -> TableBlock:
    """A line to sign on for each receiver, high enough for a pen."""
    columns = (
        TableColumn("receiver", said(N_("Receiver")), LONG, 1.6),
        TableColumn("organisation", said(N_("Organisation")), LONG, 1.6),
        TableColumn("role", said(N_("What is asked")), weight=0.9),
        TableColumn("received_on", said(N_("Received on")), weight=0.9),
        TableColumn("signature", said(N_("Signature")), weight=1.6),
    )
    rows = tuple(
        (f"{named.of(Person, each.person_id)}\n\u00a0",
         named.of(Organisation, each.organisation_id) or named.company_of(each.person_id),
         _word(RECIPIENT_ROLE, each.role), "", "")
        for each in receivers
    )  # fmt: skip
    return TableBlock(
        "recipients", said(N_("Receivers of transmittals")), columns, rows, len(rows),
        caption=said(N_("Received complete and readable:")),
    )  # fmt: skip


def _form(code: str | None, language: Language) -> Words:
    """Paper, electronic or copied; in both languages in one line, as the trade writes it: E 电子."""
    word = _word(FORM, code)
    return f"{code} {shown(word, 'zh')}" if code and language == "both" else word


def _word(words: Vocabulary, code: str | None) -> Words:
    option = next((o for o in words.options if o.code == code), None)
    return said(option.name) if option is not None else ""


class _NoteNames:
    """What people, companies and entries are called."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, model: type[Person] | type[Organisation], key: str | None) -> str:
        """The name of a row; empty where none is named."""
        return (self._session.scalar(select(model.name).where(model.id == key)) or "") if key else ""

    def company_of(self, person: str | None) -> str:
        """The company of a person."""
        row = self._session.get(Person, person) if person else None
        return self.of(Organisation, row.organisation_id) if row is not None else ""

    def entry(self, key: str | None) -> Words:
        """An entry of a list."""
        row = self._session.get(Pick, key) if key else None
        return Text(row.en or row.code, row.zh or row.code) if row is not None else ""


def _outgoing(workspace: Workspace, key: str) -> bool:
    with workspace.read() as connection:
        return connection.execute(select(Transmittal.direction).where(Transmittal.id == key)).scalar() == "out"


def more(reading: PackReading) -> tuple[Block, ...]:
    """The charts with what is counted in them; nothing while there are no documents."""
    if not reading.overview.total("documents"):
        return ()
    with reading.workspace.read() as connection:
        charts = transfer_charts(connection, reading.project.id)
    blocks: list[Block] = []
    for key, height in (("delivered", 210.0), ("errors", 200.0), ("states", 220.0), ("ageing", 190.0),
                        ("first_pass", 200.0)):  # fmt: skip
        blocks.append(Figure(f"transfer_{key}", getattr(charts, key), height))
        blocks += [Paragraph(words) for words in charts.notes.get(key, ())]
    return tuple(blocks)


PAPERS = (PaperStep("transmittals", "issue", "transmittal", note, _outgoing),)
