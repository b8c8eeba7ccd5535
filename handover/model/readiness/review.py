"""Reviews of gates: opened when the entrance criteria are met, signed one by one, decided once and never changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, ForeignKey, String, Text, and_, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column, object_session

from handover.errors import Reason
from handover.i18n import N_, NC_, NN_
from handover.model.base import Base, Due, Problem, Row, link, state
from handover.model.entailed import entailed_by
from handover.model.lifecycle import Lifecycle, Step
from handover.model.people import must_name
from handover.model.readiness.condition import GateCondition
from handover.model.readiness.criterion import USUAL_WEIGHT, Criterion, criteria_of
from handover.model.readiness.gate_signature import GateSignature, signatures_of
from handover.model.signatory import Signatory
from handover.model.steps import Taker
from handover.model.vocabulary import Option

REVIEW_STATUS = Lifecycle(
    (
        Option("planned", NC_("gate", "Planned"), "neutral", ("planned", "计划", "待评审")),
        Option("open", NC_("gate", "Under review"), "info", ("under review", "评审中")),
        Option("go", NC_("gate", "Go"), "ok", ("go", "passed", "approved", "放行", "通过")),
        Option("conditional_go", NC_("gate", "Go on conditions"), "warning",
               ("conditional", "conditional go", "有条件放行")),
        Option("no_go", NC_("gate", "No go"), "danger", ("no go", "rejected", "不放行", "未通过")),
        Option("void", NC_("gate", "Called off"), "neutral", ("cancelled", "取消")),
    ),
    steps=(
        Step("open", N_("Open the review"), ("planned",), "open", on="held_on", needs="entrance_wanting"),
        Step("go", NC_("gate", "Go"), ("open",), "go", on="decided_on", may=("minutes",), after=("held_on",),
             needs="go_wanting"),
        Step("go_on_conditions", NC_("gate", "Go on conditions"), ("open",), "conditional_go", on="decided_on",
             may=("minutes",), after=("held_on",), needs="conditions_wanting"),
        Step("no_go", NC_("gate", "No go"), ("open",), "no_go", asks=("no_go_because",), on="decided_on",
             may=("minutes",), after=("held_on",), needs="signatures_wanting"),
        Step("void", N_("Call it off"), ("planned", "open"), "void", asks=("void_because",)),
    ),
    closed=frozenset({"go", "conditional_go", "no_go", "void"}),
    locked=frozenset({"go", "conditional_go", "no_go", "void"}),
    stays_open=frozenset({"notes"}),
)  # fmt: skip

#: The states in which a gate is decided.
DECIDED = ("go", "conditional_go", "no_go")


class GateReview(Due, Row):
    """A review of a gate; what it decides is never changed: the next review is a row of its own.

    Attributes:
        score: the share of the weight that was met when it was decided, 0 to 1.
        criteria_met, criteria_of, open_blockers: as they stood when it was decided.
    """

    __tablename__ = "gate_review"
    prefix: ClassVar[str] = "GRV"
    part_of: ClassVar[str] = "gate_id"

    gate_id: Mapped[str] = mapped_column(String(32), ForeignKey("gate.id"), index=True)
    number: Mapped[int | None]
    planned_on: Mapped[dt.date | None]
    chair_id: Mapped[str | None] = link("person")
    status: Mapped[str] = state(REVIEW_STATUS)
    held_on: Mapped[dt.date | None]
    decided_on: Mapped[dt.date | None]
    score: Mapped[float | None]
    criteria_met: Mapped[int | None]
    criteria_of: Mapped[int | None]
    open_blockers: Mapped[int | None]
    no_go_because: Mapped[str | None] = mapped_column(Text)
    void_because: Mapped[str | None] = mapped_column(Text)
    minutes: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A review is of a gate."""
        yield from must_name(values, "gate")

    # -- what its steps need ------------------------------------------------------------------------------------------

    def entrance_wanting(self, taker: Taker) -> Iterator[Reason]:
        """A review begins when all is met that must be so before, and while no other gate is under review."""
        session = object_session(self)
        if session is None or taker.history:
            return
        yield from self._under_review_elsewhere(session)
        lacking = [row for row in self._open(session) if row.kind == "entrance"]
        if lacking:
            yield _of_rows(NN_(
                "{n} criterion that comes before the review is open: {refs}.",
                "{n} criteria that come before the review are open: {refs}.",
            ), lacking)  # fmt: skip

    def go_wanting(self, taker: Taker) -> Iterator[Reason]:
        """Every criterion is met or doesn't apply, no blocker is open, and all have signed for it."""
        session = object_session(self)
        if session is None or taker.history:
            return
        lacking = self._open(session)
        yield from _blockers(lacking)
        if others := [row for row in lacking if not row.blocker]:
            yield _of_rows(NN_(
                "{n} criterion is not met: {refs}. Pass the gate on conditions, or meet it first.",
                "{n} criteria are not met: {refs}. Pass the gate on conditions, or meet them first.",
            ), others)  # fmt: skip
        yield from _contradicted(session, self.gate_id)
        yield from self._votes(session, frozenset({"go"}))

    def conditions_wanting(self, taker: Taker) -> Iterator[Reason]:
        """No blocker is open, and each criterion that isn't met has its condition with owner and day."""
        session = object_session(self)
        if session is None or taker.history:
            return
        lacking, conditions = self._open(session), conditions_of(session, self.id)
        yield from _blockers(lacking)
        if not conditions:
            yield Reason(N_("A pass on conditions names one condition at least, with owner and day."))
        stood_for = {condition.criterion_id for condition in conditions}
        if without := [row for row in lacking if not row.blocker and row.id not in stood_for]:
            yield _of_rows(NN_(
                "{n} criterion that is not met has no condition: {refs}.",
                "{n} criteria that are not met have no condition: {refs}.",
            ), without)  # fmt: skip
        on = self.decided_on or taker.today
        if past := [each for each in conditions if each.due_on is not None and each.due_on < on]:
            yield _of_rows(NN_(
                "{n} condition would have run out on the day of the decision: {refs}.",
                "{n} conditions would have run out on the day of the decision: {refs}.",
            ), past)  # fmt: skip
        yield from self._votes(session, frozenset({"go", "conditional_go"}))

    def signatures_wanting(self, taker: Taker) -> Iterator[Reason]:
        """Somebody signs for it that the gate isn't passed."""
        session = object_session(self)
        if session is None or taker.history:
            return
        signed = [each for each in signatures_of(session, self.id) if each.status == "signed"]
        if not any(each.vote == "no_go" for each in signed):
            yield Reason(N_("Nobody has signed that the gate isn't passed."))

    def _votes(self, session: Session, wanted: Set[str]) -> Iterator[Reason]:
        signatures = signatures_of(session, self.id)
        if not signatures:
            yield Reason(N_("Nobody is named who signs for this gate. Name the signatories of the gate first."))
        if unsigned := [each for each in signatures if each.status != "signed"]:
            yield _of_rows(NN_("{n} signature is missing: {refs}.", "{n} signatures are missing: {refs}."), unsigned)
        if against := [each for each in signatures if each.status == "signed" and each.vote not in wanted]:
            yield _of_rows(NN_(
                "{n} signatory has signed for something else: {refs}.",
                "{n} signatories have signed for something else: {refs}.",
            ), against)  # fmt: skip

    def _open(self, session: Session) -> list[Criterion]:
        return [row for row in criteria_of(session, self.gate_id) if row.status not in ("met", "na")]

    def _under_review_elsewhere(self, session: Session) -> Iterator[Reason]:
        here = select(GateReview).where(GateReview.project_id == self.project_id, GateReview.deleted_at.is_(None))
        gates = Base.metadata.tables["gate"].c
        for other in session.scalars(here):
            if other is not self and other.status == "open" and other.deleted_at is None:
                name = session.execute(select(gates.name).where(gates.id == other.gate_id)).scalar()
                message = N_("{gate} is under review ({ref}): two gates are not decided at once.")
                yield Reason(message, {"gate": name or "", "ref": other.ref}, rows=((self.__tablename__, other.id),))

    # -- queries ------------------------------------------------------------------------------------------------------

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Not decided yet."""
        return cls.status.not_in(REVIEW_STATUS.closed)

    @classmethod
    def due_day(cls) -> Any:  # Any: as in Due
        """The day on which it is planned."""
        return cls.planned_on

    @classmethod
    def decided(cls) -> ColumnElement[bool]:
        """Go, go on conditions, or no go."""
        return cls.status.in_(DECIDED)


@entailed_by(GateReview)
def follow_review(review: GateReview, changed: Set[str], session: Session, taker: Taker) -> Iterator[Row]:
    """A review that is opened gets a line for each who signs; one that is decided keeps what was so on that day."""
    if "status" not in changed:
        return
    if review.status == "open" and not taker.history and not signatures_of(session, review.id):
        for named in signing(session, review.project_id, review.gate_id):
            yield GateSignature(
                review_id=review.id, project_id=review.project_id, role_id=named.role_id, person_id=named.person_id,
                side=named.side, sign_seq=named.sign_seq,
            )  # fmt: skip
    if review.status in DECIDED and review.criteria_of is None:
        rows = criteria_of(session, review.gate_id)
        if taker.history and not rows:
            return
        standing = CriteriaStanding.of(rows)
        review.score, review.criteria_met = standing.score, standing.met
        review.criteria_of, review.open_blockers = standing.applicable, standing.blockers


@dataclass(frozen=True, slots=True)
class CriteriaStanding:
    """How criteria stand.

    Attributes:
        score: the share of the weight that is met, 0 to 1; None where no criterion applies.
        met, applicable: how many are met of those that apply.
        blockers: how many that decide alone are open.
    """

    score: float | None
    met: int
    applicable: int
    blockers: int

    @classmethod
    def of(cls, rows: list[Criterion]) -> CriteriaStanding:
        """That of some rows; what doesn't apply is left out, and what is being worked on isn't met."""
        applying = [row for row in rows if row.status != "na"]
        met = [row for row in applying if row.status == "met"]
        whole = sum(_weight(row) for row in applying)
        score = sum(_weight(row) for row in met) / whole if whole else None
        return cls(score, len(met), len(applying), sum(bool(row.blocker) for row in applying if row.status != "met"))


def signing(session: Session, project_id: str, gate_id: str) -> list[Signatory]:
    """Who signs for a gate, in their order: those named for it, else those who sign for every gate."""
    of = Signatory
    here = select(of).where(
        of.project_id == project_id, of.deleted_at.is_(None), of.signing(), of.signs_for.in_(("gate", "any")),
        or_(of.gate_id == gate_id, and_(of.gate_id.is_(None), of.system_id.is_(None))),
    )  # fmt: skip
    found = list(session.scalars(here.order_by(of.place, of.id)))
    own = [each for each in found if each.gate_id == gate_id]
    return own or found


def conditions_of(session: Session, review_id: str) -> list[GateCondition]:
    """The conditions of a review in their order, as the act has them so far."""
    stored = session.scalars(select(GateCondition).where(GateCondition.review_id == review_id)).all()
    added = [row for row in session.new if isinstance(row, GateCondition) and row.review_id == review_id]
    here = [row for row in (*stored, *added) if row.deleted_at is None]
    return sorted(here, key=lambda row: (row.number or 0, row.id))


def _contradicted(session: Session, gate_id: str) -> Iterator[Reason]:
    """Criteria that were met and of which the program counts open things again."""
    here = select(Criterion).where(Criterion.gate_id == gate_id, Criterion.deleted_at.is_(None))
    if found := list(session.scalars(here.where(Criterion.contradicted()).order_by(Criterion.place, Criterion.id))):
        yield _of_rows(NN_(
            "{n} criterion is said to be met while what it counts is open: {refs}.",
            "{n} criteria are said to be met while what they count is open: {refs}.",
        ), found)  # fmt: skip


def _weight(row: Criterion) -> int:
    return USUAL_WEIGHT if row.weight is None else row.weight


def _blockers(lacking: list[Criterion]) -> Iterator[Reason]:
    if blockers := [row for row in lacking if row.blocker]:
        yield _of_rows(NN_(
            "No go: {n} criterion that decides alone is not met: {refs}.",
            "No go: {n} criteria that decide alone are not met: {refs}.",
        ), blockers)  # fmt: skip


def _of_rows(sentence: tuple[str, str], rows: list[Any]) -> Reason:  # Any: rows of one model
    one, many = sentence
    refs = ", ".join(row.ref for row in rows)
    return Reason(one, {"refs": refs}, many, len(rows), rows=tuple((row.__tablename__, row.id) for row in rows))
