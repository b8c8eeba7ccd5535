"""Where a gate stands: score and blockers, what is open of its criteria, its reviews with conditions and signatures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, bindparam, case, select
from sqlalchemy.orm import aliased

from handover.clock import today
from handover.errors import NotFound
from handover.i18n import N_, language, tr
from handover.model.base import Row
from handover.model.gate import Gate
from handover.model.people import Person
from handover.model.phase import Phase
from handover.model.picks.pick import Pick
from handover.model.readiness.condition import GateCondition
from handover.model.readiness.criterion import USUAL_WEIGHT, Criterion
from handover.model.readiness.gate_signature import GateSignature
from handover.model.readiness.review import GateReview
from handover.model.system import System
from handover.registers.figures.readiness import ReadyCount, by_area, together
from handover.wording import Text, Words, shown


class CriterionLine(NamedTuple):
    """A criterion as it stands."""

    id: str
    ref: str
    question: str
    area: str
    kind: str
    status: str
    weight: int
    blocker: bool
    owner: str
    due: dt.date | None
    overdue: bool
    still_open: int


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """A condition of the last pass; ``ran_out`` where its day was over before it was fulfilled."""

    id: str
    ref: str
    title: str
    owner: str
    due: dt.date | None
    status: str
    ran_out: bool
    risk: str


@dataclass(frozen=True, slots=True)
class SignatureLineOfGate:
    """A line of a review: who signs, for what, and when he or she did; ``named`` is the role in both languages."""

    id: str
    role: str
    person: str
    side: str
    status: str
    vote: str
    signed_on: dt.date | None
    remark: str
    named: Words


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A review of the gate, as it was decided then."""

    id: str
    ref: str
    number: int | None
    status: str
    held_on: dt.date | None
    decided_on: dt.date | None
    score: float | None
    met: int | None
    applicable: int | None
    blockers: int | None
    because: str


@dataclass(frozen=True, slots=True)
class GateStanding:
    """A gate as a steering committee looks at it.

    Attributes:
        decision: a code of ``handover.model.gate.GATE_DECISION``.
        stands: the criteria in numbers; ``areas`` the same by area.
        open: the criteria that are open, those that decide alone first.
        review: the one that is under review, else the one decided last; None where there is none.
        conditions, signatures: of that review.
        opens: the kind of certificate that asks for it, empty where none does; ``system`` of which one alone.
        enters: the phases that are entered by it.
    """

    id: str
    ref: str
    code: str
    name: str
    phase: str
    chair: str
    review_on: dt.date | None
    decision: str
    decided_on: dt.date | None
    missing_documents: str
    stands: ReadyCount
    areas: tuple[ReadyCount, ...]
    open: tuple[CriterionLine, ...]
    reviews: tuple[ReviewLine, ...]
    review: ReviewLine | None
    conditions: tuple[ConditionLine, ...]
    signatures: tuple[SignatureLineOfGate, ...]
    opens: Words
    system: str
    enters: tuple[str, ...]

    @property
    def stands_open(self) -> bool:
        """Whether it lets through today what it opens; a pass that lapsed shuts it again."""
        return self.decision in ("go", "conditional_go")

    def opened(self) -> str:
        """What hangs on it, in the language in force: certificates and phases; empty where nothing does."""
        kind = shown(self.opens, "zh" if language() == "zh" else "en")
        told = [tr("phase “{phase}”", phase=each) for each in self.enters]
        if kind and self.system:
            told.insert(0, tr("certificates “{kind}” of {system}", kind=kind, system=self.system))
        elif kind:
            told.insert(0, tr("certificates “{kind}”", kind=kind))
        return tr(", ").join(told)

    def lapse(self) -> str:
        """What a pass that has lapsed means, in the language in force."""
        refs = ", ".join(each.ref for each in self.conditions if each.ran_out)
        what = self.opened()
        if not what:
            return tr("The pass has lapsed: {refs} ran out. It takes a new review.", refs=refs)
        return tr("The pass has lapsed: {refs} ran out. Until a new review lets it pass, this is shut again: {what}.",
                  refs=refs, what=what)  # fmt: skip

    @property
    def blockers(self) -> tuple[CriterionLine, ...]:
        """The open criteria that decide alone."""
        return tuple(each for each in self.open if each.blocker)

    @property
    def called(self) -> str:
        """Its code and name."""
        return f"{self.code} {self.name}".strip()


def gate_keys(connection: Connection, project_id: str) -> list[tuple[str, str]]:
    """The gates of a project in their order: key, and code with name."""
    here = (Gate.project_id == project_id, Gate.deleted_at.is_(None))
    rows = connection.execute(select(Gate.id, Gate.code, Gate.name).where(*here).order_by(Gate.place, Gate.id))
    return [(row.id, f"{row.code or ''} {row.name}".strip()) for row in rows]


def gate_ahead(connection: Connection, project_id: str) -> str:
    """The gate that is next: the first that doesn't let through, else the last; empty without any."""
    here = (Gate.project_id == project_id, Gate.deleted_at.is_(None))
    rows = connection.execute(select(Gate.id, Gate.let_through()).where(*here).order_by(Gate.place, Gate.id)).all()
    return next((key for key, passed in rows if not passed), rows[-1][0] if rows else "")


def gate_named(connection: Connection, project_id: str, text: str) -> str:
    """The key of the gate of a reference, a code or a name. Raises NotFound, naming those that there are."""
    here = (Gate.project_id == project_id, Gate.deleted_at.is_(None))
    rows = connection.execute(
        select(Gate.id, Gate.ref, Gate.code, Gate.name).where(*here).order_by(Gate.place, Gate.id)
    ).all()
    wanted = text.strip().casefold()
    for place in ("ref", "code", "name"):
        for row in rows:
            if wanted and str(getattr(row, place) or "").casefold() == wanted:
                return str(row.id)
    raise NotFound(N_("There is no gate {name}. There are: {names}."), name=text,
                   names="; ".join(row.code or row.name for row in rows))  # fmt: skip


def gate_standing(connection: Connection, project_id: str, gate_id: str) -> GateStanding:
    """Where a gate stands today. Raises NotFound where it is gone."""
    row = connection.execute(_of_one_gate(), {"gate": gate_id}).one_or_none()
    if row is None:
        raise NotFound(N_("This row no longer exists."))
    areas = by_area(connection, project_id, gate_id)
    reviews = _reviews(connection, gate_id)
    review = _in_hand(reviews)
    return GateStanding(
        row.id, row.ref, row.code or "", row.name, row.phase or "", row.chair or "", row.review_on, row.decision,
        row.decided_on, row.lacks or "", together(areas),
        tuple(areas), tuple(open_criteria(connection, project_id, gate_id)),
        tuple(reviews), review, tuple(_conditions(connection, review.id)) if review else (),
        tuple(_signatures(connection, review.id)) if review else (),
        Text(row.opens_en or row.opens_zh or "", row.opens_zh or row.opens_en or ""), row.system or "",
        _entered_by(connection, gate_id),
    )  # fmt: skip


def _entered_by(connection: Connection, gate_id: str) -> tuple[str, ...]:
    wanted = select(Phase.name).where(Phase.entry_gate_id == gate_id, Phase.deleted_at.is_(None))
    return tuple(connection.execute(wanted.order_by(Phase.place, Phase.id)).scalars())


@cache
def _of_one_gate() -> Any:  # Any: a select of its columns
    """The query of one gate, put together once: what it says of itself is long."""
    chair = aliased(Person)
    columns = (
        Gate.id, Gate.ref, Gate.code, Gate.name, Gate.review_on, Gate.decision.label("decision"),
        Gate.decided_on.label("decided_on"), Gate.missing_documents.label("lacks"),
        Phase.name.label("phase"), chair.name.label("chair"), Pick.en.label("opens_en"), Pick.zh.label("opens_zh"),
        System.code.label("system"),
    )  # fmt: skip
    return (
        select(*columns)
        .outerjoin(Pick, Pick.id == Gate.opens_id)
        .outerjoin(System, System.id == Gate.system_id)
        .outerjoin(Phase, Phase.id == Gate.phase_id)
        .outerjoin(chair, chair.id == Gate.chair_id)
        .where(Gate.id == bindparam("gate"), Gate.deleted_at.is_(None))
    )


def open_criteria(connection: Connection, project_id: str, gate_id: str = "") -> list[CriterionLine]:
    """Open criteria of a gate, of all where none is named: those that decide alone first, then what weighs most."""
    rows = connection.execute(_open_ones(bool(gate_id)), {"project": project_id, "gate": gate_id}).all()
    day = today()
    return [
        CriterionLine(
            key, ref, question, area or "", kind or "success", status, USUAL_WEIGHT if weight is None else weight,
            bool(blocker), name or "", due, due is not None and due < day, still or 0,
        )
        for key, ref, question, area, kind, status, weight, blocker, name, due, still in rows
    ]  # fmt: skip


@cache
def _open_ones(of_gate: bool) -> Any:  # Any: a select of its columns
    """The query of open criteria, put together once for each way of asking."""
    of, owner = Criterion, aliased(Person)
    still_open = case((of.counted.is_(None), None), else_=of.still_open).label("still_open")
    where = [of.project_id == bindparam("project"), of.deleted_at.is_(None), of.open()]
    if of_gate:
        where.append(of.gate_id == bindparam("gate"))
    return (
        select(of.id, of.ref, of.question, of.area, of.kind, of.status, of.weight, of.blocker,
               owner.name.label("owner"), of.due_on, still_open)
        .outerjoin(owner, owner.id == of.owner_id)
        .where(*where)
        .order_by(of.blocker.is_(True).desc(), of.weight.desc(), of.place, of.id)
    )  # fmt: skip


def _in_hand(reviews: Sequence[ReviewLine]) -> ReviewLine | None:
    """The review that is open, else the one that was decided last."""
    opened = [each for each in reviews if each.status == "open"]
    decided = [each for each in reviews if each.status in ("go", "conditional_go", "no_go")]
    decided.sort(key=lambda each: (each.decided_on or each.held_on or dt.date.min, each.number or 0))
    found = opened or decided
    return found[-1] if found else None


def _of_gate(model: type[Row], owner: Any, key: str) -> tuple[ColumnElement[bool], ...]:  # Any: a mapped column
    return owner == key, model.deleted_at.is_(None)


def _reviews(connection: Connection, gate_id: str) -> list[ReviewLine]:
    of = GateReview
    query = select(of.id, of.ref, of.number, of.status, of.held_on, of.decided_on, of.score, of.criteria_met,
                   of.criteria_of, of.open_blockers, of.no_go_because, of.void_because)  # fmt: skip
    rows = connection.execute(query.where(*_of_gate(of, of.gate_id, gate_id)).order_by(of.number, of.id))
    return [ReviewLine(*row[:10], row[10] or row[11] or "") for row in rows]


def _conditions(connection: Connection, review_id: str) -> list[ConditionLine]:
    of, owner = GateCondition, aliased(Person)
    query = (
        select(of.id, of.ref, of.title, owner.name, of.due_on, of.status, of.ran_out().label("ran_out"),
               of.residual_risk)
        .outerjoin(owner, owner.id == of.owner_id)
        .where(*_of_gate(of, of.review_id, review_id))
        .order_by(of.number, of.id)
    )  # fmt: skip
    return [
        ConditionLine(row[0], row[1], row[2], row[3] or "", row[4], row[5], bool(row[6]), row[7] or "")
        for row in connection.execute(query)
    ]


def _signatures(connection: Connection, review_id: str) -> list[SignatureLineOfGate]:
    of = GateSignature
    query = (
        select(of.id, Pick.word, Person.name, of.side, of.status, of.vote, of.signed_on, of.remark, Pick.en, Pick.zh)
        .outerjoin(Person, Person.id == of.person_id)
        .outerjoin(Pick, Pick.id == of.role_id)
        .where(*_of_gate(of, of.review_id, review_id))
        .order_by(of.place, of.id)
    )
    return [
        SignatureLineOfGate(
            row[0], row[1] or "", row[2] or "", row[3] or "", row[4], row[5] or "", row[6], row[7] or "",
            Text(row[8] or row[1] or "", row[9] or row[1] or ""),
        )
        for row in connection.execute(query)
    ]  # fmt: skip
