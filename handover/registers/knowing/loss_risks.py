"""Knowledge that may be lost, ranked: its score and band, the days left, why it is at risk, and what to do next."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import Connection, select

from handover.clock import today
from handover.model.knowledge.holder import KnowledgeHolder
from handover.model.knowledge.item import KnowledgeItem
from handover.model.knowledge.receiver import KnowledgeReceiver
from handover.model.knowledge.retention import RetentionPlan
from handover.model.knowledge.session import TransferSession
from handover.model.people import Person
from handover.model.project import Project
from handover.model.system import System
from handover.model.vocabulary import Option, Tone, Vocabulary
from handover.registers import picks
from handover.registers.knowing.next_acts import (
    HolderFact,
    ItemFacts,
    NextAct,
    ReceiverFact,
    SessionFact,
    next_of_item,
    next_of_person,
)
from handover.registers.picks import PickEntry
from handover.values.moments import day_of

#: By TVA's method (the default), or as transfer practice tells it.
Method = Literal["tva", "scarcity"]
METHODS: tuple[Method, ...] = ("tva", "scarcity")

LOSS_REASON = Vocabulary(
    (
        Option("unknown", "Known to nobody any more", "danger"),
        Option("outlived", "Holder leaves before it is passed on", "danger"),
        Option("single_leaves", "Its only holder leaves before the handover", "danger"),
        Option("unreceived", "Critical, and nobody receives it", "danger"),
        Option("single", "Only one knows it", "warning"),
        Option("unverified", "Nothing verified two weeks after the session", "warning"),
    )
)
#: From this criticality on an item must have a receiver.
_CRITICAL = 4


@dataclass(frozen=True, slots=True)
class RiskBand:
    """A band of loss risk: from which score on, what it is called, in which tone."""

    least: int
    word: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class ItemAtRisk:
    """An open item with what is known of its loss.

    Attributes:
        score: 1 to 25, None where nobody graded it.
        days: until the last of its holders leaves, negative after that; None while one stays.
        why: codes of ``LOSS_REASON``, the gravest first.
    """

    id: str
    ref: str
    title: str
    system: str
    holders: tuple[str, ...]
    score: int | None
    band: RiskBand | None
    days: int | None
    due: dt.date | None
    why: tuple[str, ...]
    act: NextAct

    @property
    def grave(self) -> bool:
        """Whether one of the reasons is grave."""
        return any(LOSS_REASON[code].tone == "danger" for code in self.why)


@dataclass(frozen=True, slots=True)
class Leaving:
    """Somebody with a leaving day who holds open items; ``alone`` of them nobody else knows."""

    id: str
    ref: str
    name: str
    leaves: dt.date
    days: int
    items: int
    alone: int
    act: NextAct


@dataclass(frozen=True, slots=True)
class LossRisks:
    """What may be lost, as it stands today: the items and the people who leave, what is gravest first."""

    method: Method
    bands: tuple[RiskBand, ...]
    items: tuple[ItemAtRisk, ...]
    people: tuple[Leaving, ...]


def loss_risks(connection: Connection, project_id: str, method: Method = "tva", *, leaving: bool = True) -> LossRisks:
    """The loss risks of a project in a handful of statements, however many items it has.

    Args:
        leaving: with who leaves when, which is internal; without it nothing that is told follows from it.
    """
    read = _RiskFacts(connection, project_id, method)
    if not leaving:
        read.forget_leaving()
    bands = risk_bands(connection, project_id)
    items = [_at_risk(row, read, bands) for row in read.items]
    ranked = sorted((item for item in items if item.score is not None or item.why), key=_rank)
    return LossRisks(method, bands, tuple(ranked), tuple(_leaving(read)))


def risk_bands(connection: Connection, project_id: str) -> tuple[RiskBand, ...]:
    """The bands of a project, the highest first; an entry whose code isn't a number is none."""
    entries = picks.entries(connection, project_id, "loss_band", retired=False)
    found = [RiskBand(int(e.code), e.word, e.tone or "neutral") for e in entries if e.code.isdecimal()]
    return tuple(sorted(found, key=lambda band: -band.least))


def risk_scales(connection: Connection, project_id: str) -> tuple[list[PickEntry], list[PickEntry]]:
    """What the grades of leaving and those of the position mean on this site."""
    known = picks.entries(connection, project_id, retired=False)
    return ([e for e in known if e.list == "attrition_scale"], [e for e in known if e.list == "position_scale"])


def band_of(bands: Sequence[RiskBand], score: int | None) -> RiskBand | None:
    """The band of a score; None without one, or below them all."""
    return next((band for band in bands if score is not None and score >= band.least), None)


@dataclass(slots=True)
class _ItemRow:
    facts: ItemFacts
    ref: str
    title: str
    system: str
    criticality: int
    score: int | None
    due: dt.date | None
    documented: bool


class _RiskFacts:
    """What the loss risks are made of."""

    def __init__(self, connection: Connection, project_id: str, method: Method) -> None:
        self.today = today()
        dates = select(Project.forecast_handover, Project.planned_handover).where(Project.id == project_id)
        handover = connection.execute(dates).one_or_none()
        self.handover: dt.date | None = (handover[0] or handover[1]) if handover else None
        holders, receivers = _holders(connection, project_id), _receivers(connection, project_id)
        sessions = _sessions(connection, project_id)
        score = KnowledgeItem.loss_risk if method == "tva" else KnowledgeItem.scarcity_risk
        query = (
            select(KnowledgeItem.id, KnowledgeItem.ref, KnowledgeItem.title, System.code, KnowledgeItem.criticality,
                   score, KnowledgeItem.due_on, KnowledgeItem.documented)
            .outerjoin(System, System.id == KnowledgeItem.system_id)
            .where(KnowledgeItem.project_id == project_id, KnowledgeItem.deleted_at.is_(None), KnowledgeItem.open())
            .order_by(KnowledgeItem.id)
        )  # fmt: skip
        self.items = [
            _ItemRow(ItemFacts(key, holders.get(key, ()), receivers.get(key, ()), sessions.get(key, ())), ref, title,
                     system or "", int(criticality or 0), number, due, bool(documented))
            for key, ref, title, system, criticality, number, due, documented in connection.execute(query)
        ]  # fmt: skip
        leave = select(Person.id, Person.ref, Person.name, Person.leaves_on).where(
            Person.project_id == project_id, Person.deleted_at.is_(None), Person.leaves_on.is_not(None)
        )
        self.leaving = list(connection.execute(leave))
        kept = select(RetentionPlan.person_id).where(
            RetentionPlan.project_id == project_id,
            RetentionPlan.deleted_at.is_(None),
            RetentionPlan.status != "dropped",
        )
        self.kept = set(connection.execute(kept).scalars())

    def forget_leaving(self) -> None:
        """Take everybody as somebody who stays."""
        self.leaving = []
        for row in self.items:
            facts = row.facts
            stay = [each._replace(leaves=None) for each in facts.holders]
            here = [each._replace(lapsed=None) if each.lapsed == "left" else each for each in facts.receivers]
            given = [each._replace(giver_leaves=None) for each in facts.sessions]
            row.facts = replace(facts, holders=stay, receivers=here, sessions=given)


def _at_risk(row: _ItemRow, read: _RiskFacts, bands: Sequence[RiskBand]) -> ItemAtRisk:
    ends = row.facts.known_until()
    why = sorted(_why(row, read), key=lambda code: LOSS_REASON[code].tone != "danger")
    return ItemAtRisk(
        row.facts.id, row.ref, row.title, row.system, tuple(each.name for each in row.facts.holders), row.score,
        band_of(bands, row.score), (ends - read.today).days if ends is not None else None, row.due,
        tuple(why), next_of_item(row.facts, read.today),
    )  # fmt: skip


def _why(row: _ItemRow, read: _RiskFacts) -> Iterable[str]:
    facts, ends = row.facts, row.facts.known_until()
    here = facts.here(read.today)
    single = len(here) == 1 or any(each.sole for each in here)
    if facts.holders and not here:
        yield "unknown"
    elif ends is not None and (row.due is None or ends < row.due):
        yield "outlived"
    if single and any(each.leaves is not None and read.handover is not None and each.leaves < read.handover
                      for each in here if len(here) == 1 or each.sole):  # fmt: skip
        yield "single_leaves"
    elif single:
        yield "single"
    if row.criticality >= _CRITICAL and not facts.receivers:
        yield "unreceived"
    if facts.unverified_since(read.today):
        yield "unverified"


def _rank(item: ItemAtRisk) -> tuple[int, bool, int, str]:
    """The highest score first, of equal ones what is grave, then what has the fewest days left."""
    return -(item.score or 0), not item.grave, item.days if item.days is not None else 99_999, item.ref


def _leaving(read: _RiskFacts) -> list[Leaving]:
    held: Mapping[str, list[_ItemRow]] = defaultdict(list)
    for row in read.items:
        for key in dict.fromkeys(each.person for each in row.facts.holders):
            held[key].append(row)
    found = []
    for key, ref, name, leaves in read.leaving:
        rows = held.get(key, [])
        if not rows or leaves is None:
            continue
        alone = [row.facts for row in rows if not _others(row.facts, key, read.today)]
        unwritten = sum(not row.documented for row in rows)
        act = next_of_person(key, name, alone, unwritten, kept=key in read.kept, day=read.today)
        found.append(Leaving(key, ref, name, leaves, (leaves - read.today).days, len(rows), len(alone), act))
    return sorted(found, key=lambda each: (each.days, each.ref))


def _others(facts: ItemFacts, person: str, day: dt.date) -> bool:
    """Whether somebody else who is there knows an item, too."""
    return any(each.person != person for each in facts.here(day))


def _holders(connection: Connection, project_id: str) -> dict[str, list[HolderFact]]:
    query = (
        select(KnowledgeHolder.item_id, Person.id, Person.name, Person.leaves_on, KnowledgeHolder.sole)
        .join(Person, Person.id == KnowledgeHolder.person_id)
        .where(KnowledgeHolder.project_id == project_id, KnowledgeHolder.deleted_at.is_(None))
        .order_by(KnowledgeHolder.id)
    )
    return _by_item((row[0], HolderFact(row[1], row[2], row[3], row[4])) for row in connection.execute(query))


def _receivers(connection: Connection, project_id: str) -> dict[str, list[ReceiverFact]]:
    query = (
        select(KnowledgeReceiver.item_id, KnowledgeReceiver.id, Person.name, KnowledgeReceiver.status,
               KnowledgeReceiver.lapsed)
        .join(Person, Person.id == KnowledgeReceiver.person_id)
        .where(KnowledgeReceiver.project_id == project_id, KnowledgeReceiver.deleted_at.is_(None))
        .order_by(KnowledgeReceiver.id)
    )  # fmt: skip
    return _by_item((row[0], ReceiverFact(row[1], row[2], row[3], row[4])) for row in connection.execute(query))


def _sessions(connection: Connection, project_id: str) -> dict[str, list[SessionFact]]:
    query = (
        select(TransferSession.item_id, TransferSession.id, TransferSession.planned_on, TransferSession.held_on,
               Person.name, Person.leaves_on, TransferSession.status)
        .outerjoin(Person, Person.id == TransferSession.giver_id)
        .where(TransferSession.project_id == project_id, TransferSession.deleted_at.is_(None),
               TransferSession.item_id.is_not(None), TransferSession.status != "cancelled")
        .order_by(TransferSession.id)
    )  # fmt: skip
    return _by_item(
        (key, _session(SessionFact(row, day_of(on) if on else None, held, giver or "", leaves), status))
        for key, row, on, held, giver, leaves, status in connection.execute(query)
    )


def _session(fact: SessionFact, status: str) -> SessionFact:
    """A held session whose day nobody said was held on the day that was planned."""
    return fact._replace(held=fact.held or fact.on) if status == "held" else fact


def _by_item(facts: Iterable[tuple[str | None, Any]]) -> dict[str, list[Any]]:  # Any: one kind of facts
    found: dict[str, list[Any]] = defaultdict(list)
    for key, fact in facts:
        if key is not None:
            found[key].append(fact)
    return found
