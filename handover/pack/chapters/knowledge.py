"""The knowledge-transfer plan, of a receiver, a holder, a system or the whole, and the charts in the pack."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, select
from sqlalchemy.orm import aliased

from handover.errors import NotFound
from handover.i18n import N_
from handover.model.base import Row
from handover.model.knowledge.holder import KnowledgeHolder
from handover.model.knowledge.item import KnowledgeItem
from handover.model.knowledge.levels import LEVEL, RECEIVER_STATUS
from handover.model.knowledge.receiver import KnowledgeReceiver
from handover.model.knowledge.session import SESSION_STATUS, TransferSession
from handover.model.people import Person
from handover.model.picks.pick import Pick
from handover.model.project import Project
from handover.model.system import System
from handover.model.vocabulary import Vocabulary
from handover.pack.contents import single_outline
from handover.pack.issuing import Paper, issue
from handover.pack.knowing.signing_lines import signing_lines
from handover.pack.outline import Block, Fact, Facts, Figure, PackOutline, Section, TableBlock, TableColumn
from handover.pack.reading import PackReading
from handover.pack.single.by_ending import write_outline
from handover.registers.catalogue import paper as paper_of
from handover.registers.figures.knowledge_charts import knowledge_charts
from handover.store.workspace import Workspace
from handover.values.moments import day_of
from handover.values.print_forms import DAY, LONG, NUMBER
from handover.wording import Language, Text, Words, said

KIND = "transfer_plan"


class _Transfer(NamedTuple):
    """A line of the plan: one receiver of one item."""

    ref: str
    title: str
    system: str | None
    receiver: str
    receiver_id: str
    item_id: str
    method: Words
    level: str | None
    target: str | None
    due: Any  # Any: a day or None
    status: str


@dataclass(frozen=True, slots=True)
class PlanWanted:
    """Of what a plan is asked for: a person or a system by its key; the whole project where none is.

    Attributes:
        table, name: of the row, for the act and the title.
    """

    table: str = ""
    key: str = ""
    name: str = ""


def wanted(connection: Connection, project_id: str, ref: str) -> PlanWanted:
    """What a reference asks for; empty for the whole. Raises NotFound for what is neither a person nor a system."""
    if not ref.strip():
        return PlanWanted()
    models: tuple[tuple[type[Row], ColumnElement[str]], ...] = ((Person, Person.name), (System, System.code))  # type: ignore[assignment]  # mapped attributes are columns of texts
    for model, name in models:
        asked = select(model.id, name).where(model.project_id == project_id, model.ref == ref.strip().upper())
        row = connection.execute(asked.where(model.deleted_at.is_(None))).one_or_none()
        if row is not None:
            return PlanWanted(str(model.__tablename__), row[0], row[1])
    raise NotFound(N_("{ref} is neither a person nor a system."), ref=ref)


def of_row(connection: Connection, table: str, key: str) -> PlanWanted:
    """What the plan of a person or a system is asked for."""
    name = {"person": Person.name, "system": System.code}[table]
    model = {"person": Person, "system": System}[table]
    return PlanWanted(table, key, connection.execute(select(name).where(model.id == key)).scalar_one())


def transfer_plan(workspace: Workspace, project: Project, asked: PlanWanted, language: Language) -> PackOutline:
    """The plan as an outline: who passes what to whom, until when, in which sessions, with a place to sign."""
    with workspace.read() as connection:
        transfers = _transfers(connection, project.id, asked)
        holders = _holders(connection, {each.item_id for each in transfers})
        sessions = _sessions(connection, project.id, {each.item_id for each in transfers})
    facts = (
        *((Fact(said(N_("For")), asked.name),) if asked.key else ()),
        Fact(said(N_("Knowledge items")), str(len({each.item_id for each in transfers}))),
        Fact(said(N_("Not verified yet")), str(sum(t.status not in RECEIVER_STATUS.closed for t in transfers))),
    )
    blocks: tuple[Block, ...] = (
        Facts(facts),
        _table(transfers, holders),
        sessions,
        _signatures([*dict.fromkeys(n for names in holders.values() for n in names)], transfers),
    )
    section = Section("transfer-plan", said(N_("Knowledge-transfer plan")), blocks)
    return single_outline(workspace, project, language, section, "KTP")


def write_plan(workspace: Workspace, project: Project, asked: PlanWanted, path: Path, language: Language) -> None:
    """Write the plan as a draft, as PDF or workbook. Raises NotValid for another ending."""
    outline = transfer_plan(workspace, project, asked, language)
    write_outline(outline, path)


def issue_plan(workspace: Workspace, project: Project, asked: PlanWanted, language: Language) -> Paper:
    """Issue the plan under its number. Raises as ``issuing``."""
    outline = transfer_plan(workspace, project, asked, language)
    about = (asked.table, asked.key) if asked.key else None
    return issue(workspace, project.id, outline, paper_of(KIND), about=about)


def more(reading: PackReading) -> tuple[Block, ...]:
    """The charts; nothing while there is no knowledge."""
    if not reading.overview.total("receivers"):
        return ()
    with reading.workspace.read() as connection:
        charts = knowledge_charts(connection, reading.project.id)
    return (
        Figure("knowledge_burn", charts.burn, 210.0),
        Figure("knowledge_teams", charts.teams, 200.0),
        Figure("knowledge_load", charts.load, 220.0),
        Figure("knowledge_radar", charts.radar, 260.0),
    )


def _transfers(connection: Connection, project_id: str, asked: PlanWanted) -> list[_Transfer]:
    receiver = aliased(Person)
    holds = select(KnowledgeHolder.item_id).where(
        KnowledgeHolder.person_id == asked.key, KnowledgeHolder.deleted_at.is_(None)
    )
    conditions = {
        "": (),
        "person": ((KnowledgeReceiver.person_id == asked.key) | KnowledgeItem.id.in_(holds),),
        "system": (KnowledgeItem.system_id == asked.key,),
    }[asked.table]
    query = (
        select(
            KnowledgeItem.ref, KnowledgeItem.title, System.code, receiver.name, receiver.id, KnowledgeItem.id,
            Pick.en, Pick.zh, Pick.code, KnowledgeReceiver.verified_level,
            KnowledgeReceiver.target_level, KnowledgeItem.target_level, KnowledgeReceiver.due_on,
            KnowledgeReceiver.status,
        )
        .join(KnowledgeReceiver, KnowledgeReceiver.item_id == KnowledgeItem.id)
        .join(receiver, receiver.id == KnowledgeReceiver.person_id)
        .outerjoin(System, System.id == KnowledgeItem.system_id)
        .outerjoin(Pick, Pick.id == KnowledgeReceiver.method_id)
        .where(
            KnowledgeItem.project_id == project_id,
            KnowledgeItem.deleted_at.is_(None),
            KnowledgeReceiver.deleted_at.is_(None),
            *conditions,
        )
        .order_by(System.code, KnowledgeItem.id, KnowledgeReceiver.id)
    )  # fmt: skip
    return [
        _Transfer(*row[:6], _both(row[6], row[7], row[8]), row[9], row[10] or row[11], row[12], row[13])
        for row in connection.execute(query)
    ]


def _holders(connection: Connection, items: set[str]) -> dict[str, list[str]]:
    query = (
        select(KnowledgeHolder.item_id, Person.name)
        .join(Person, Person.id == KnowledgeHolder.person_id)
        .where(KnowledgeHolder.deleted_at.is_(None))
        .order_by(KnowledgeHolder.id)
    )
    found: dict[str, list[str]] = {}
    for item, name in connection.execute(query):
        if item in items:
            found.setdefault(item, []).append(name)
    return found


def _sessions(connection: Connection, project_id: str, items: set[str]) -> TableBlock:
    query = (
        select(
            TransferSession.title, Person.name, TransferSession.planned_on, TransferSession.hours,
            TransferSession.place, TransferSession.status, TransferSession.item_id,
        )
        .outerjoin(Person, Person.id == TransferSession.giver_id)
        .where(TransferSession.project_id == project_id, TransferSession.deleted_at.is_(None))
        .order_by(TransferSession.planned_on)
    )  # fmt: skip
    columns = (
        TableColumn("title", said(N_("Session")), LONG, 2.2),
        TableColumn("giver", said(N_("Given by")), weight=1.0),
        TableColumn("planned_on", said(N_("Planned for")), DAY, 0.9),
        TableColumn("hours", said(N_("Hours")), NUMBER, 0.5),
        TableColumn("place", said(N_("Place")), weight=1.0),
        TableColumn("status", said(N_("Status")), weight=0.8),
    )
    rows = tuple(
        (title, giver, day_of(on) if on else None, hours, place, _word(SESSION_STATUS, status))
        for title, giver, on, hours, place, status, item in connection.execute(query)
        if item in items
    )
    return TableBlock("sessions", said(N_("Transfer sessions")), columns, rows, len(rows),
                      empty=said(N_("No sessions are planned.")))  # fmt: skip


def _table(transfers: Sequence[_Transfer], holders: dict[str, list[str]]) -> TableBlock:
    columns = (
        TableColumn("ref", said(N_("Ref.")), weight=0.7),
        TableColumn("title", said(N_("Knowledge item")), LONG, 2.6),
        TableColumn("system", said(N_("System")), weight=0.7),
        TableColumn("holder", said(N_("Holder")), LONG, 1.0),
        TableColumn("receiver", said(N_("Receiver"), context="knowledge"), LONG, 1.0),
        TableColumn("method", said(N_("Transfer method")), LONG, 1.0),
        TableColumn("level", said(N_("Verified level")), LONG, 0.9),
        TableColumn("target", said(N_("Target level")), LONG, 0.9),
        TableColumn("due", said(N_("Due")), DAY, 0.8),
        TableColumn("status", said(N_("Status")), LONG, 0.9),
    )
    rows = tuple(
        (t.ref, t.title, t.system, "; ".join(holders.get(t.item_id, ())), t.receiver, t.method, _word(LEVEL, t.level),
         _word(LEVEL, t.target), t.due, _word(RECEIVER_STATUS, t.status))
        for t in transfers
    )  # fmt: skip
    return TableBlock("transfers", said(N_("What passes to whom")), columns, rows, len(rows),
                      empty=said(N_("Nothing is to be passed on.")))  # fmt: skip


def _signatures(holders: Sequence[str], transfers: Sequence[_Transfer]) -> TableBlock:
    """A line to sign on for each holder and receiver."""
    receivers = dict.fromkeys(each.receiver for each in transfers)
    givers = [(name, said(N_("Passes it on"))) for name in holders]
    return signing_lines([*givers, *((name, said(N_("Takes it over"))) for name in receivers)])


def _word(words: Vocabulary, code: str | None) -> Words:
    return said(words[code].name) if code and code in words else ""


def _both(en: str | None, zh: str | None, code: str | None) -> Words:
    return Text(en or code or "", zh or code or "") if code else ""
