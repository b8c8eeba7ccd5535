"""Criteria of readiness: what must be so before a gate is passed, how much it weighs, and the evidence that it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Set
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Float, Integer, String, Text, and_, case, cast, func, not_, or_, select
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, Session, mapped_column, object_session

from handover.errors import Reason
from handover.i18n import N_, NC_, NN_
from handover.model.attachment import Attachment
from handover.model.base import Due, Problem, Row, choice, link, state
from handover.model.dialect import worked_out
from handover.model.lifecycle import Lifecycle, Step
from handover.model.people import Person, must_have
from handover.model.placed import Placed
from handover.model.readiness.areas import AREA, operations_side, project_side
from handover.model.steps import Taker
from handover.model.vocabulary import Option, Vocabulary

CRITERION_KIND = Vocabulary(
    (
        Option("entrance", "Before the review begins", "info", ("entrance", "entry", "准入", "前提")),
        Option("success", "To pass the gate", "neutral", ("success", "exit", "达标", "放行")),
    )
)

CRITERION_STATUS = Lifecycle(
    (
        Option("not_started", NC_("criterion", "Not begun"), "neutral", ("not started", "open", "未开始")),
        Option("in_progress", NC_("criterion", "Being worked on"), "info", ("in progress", "进行中", "办理中")),
        Option("met", NC_("criterion", "Met"), "ok", ("yes", "met", "complete", "已满足", "具备", "是")),
        Option("not_met", NC_("criterion", "Not met"), "danger", ("no", "not met", "不满足", "不具备", "否")),
        Option("na", NC_("criterion", "Not applicable"), "neutral", ("n/a", "na", "不适用")),
    ),
    steps=(
        Step("begin", NC_("criterion", "Begin"), ("not_started", "not_met"), "in_progress"),
        Step("meet", NC_("criterion", "Met"), ("not_started", "in_progress", "not_met"), "met", asks=("met_by",),
             may=("evidence",), by="met_by", on="met_on", needs="evidence_wanting"),
        Step("miss", NC_("criterion", "Not met"), ("not_started", "in_progress"), "not_met", asks=("comment",)),
        Step("exempt", N_("Doesn't apply"), ("not_started", "in_progress", "not_met"), "na",
             asks=("na_because", "na_project_by", "na_operations_by"), needs="leads_wanting"),
        Step("reopen", NC_("criterion", "Reopen"), ("met", "na"), "in_progress", asks=("comment",),
             wipes=("met_by", "met_on", "na_because", "na_project_by", "na_operations_by")),
    ),
    closed=frozenset({"met", "na"}),
    locked=frozenset({"met", "na"}),
    stays_open=frozenset({"comment", "position", "owner"}),
)  # fmt: skip

#: What is worked out of a criterion: how many rows of what it counts are open.
CRITERION_COUNTS = "criterion_counts"
#: What the program can count for a criterion, of its system and all below it, or of the project as a whole.
COUNTED = Vocabulary(
    (
        Option("training", "Required training not passed", aliases=("training", "培训")),
        Option("knowledge", "Critical knowledge not verified", aliases=("knowledge", "知识")),
        Option("sops", "Procedures not in force", aliases=("procedures", "sops", "规程")),
        Option("documents", "Required documents not accepted", aliases=("documents", "文件")),
        Option("punches", "Punch items that block", aliases=("punch", "尾项")),
        Option("spares", "Spare parts short", aliases=("spares", "备件")),
        Option("emergency_plans", "Emergency plans that don't count", aliases=("emergency plans", "应急预案")),
        Option("feedback", "Dangers that operators told of", aliases=("feedback", "操作员意见")),
        Option("parameters", "Acceptance parameters not passed", aliases=("parameters", "验收参数")),
        Option("rectifications", "Rectifications not closed", aliases=("rectifications", "整改项")),
        Option("tests", "Tests not passed", aliases=("tests", "测试")),
        Option("migrations", "Data migrations not verified", aliases=("migrations", "数据迁移")),
        Option("runs", "Proving runs not passed, or none at all", aliases=("runs", "72-hour run", "连续运行")),
    )
)
#: How much a criterion weighs where nobody says.
USUAL_WEIGHT = 1


class Criterion(Placed, Due, Row):
    """A criterion of readiness, weighed from 1 to 5.

    Attributes:
        kind: whether it is met before a review begins, or for the gate to be passed.
        blocker: it decides alone: while it is open, nothing passes, whatever the score.
        counted: what the program counts for it: while something of it is open, the criterion can't be met.
        met_by_id: who says that it is met, by the evidence.
        na_project_by_id, na_operations_by_id: the leads of both sides who say that it doesn't apply.
    """

    __tablename__ = "criterion"
    prefix: ClassVar[str] = "CRI"
    stands_as: ClassVar[tuple[str, str]] = NN_(
        "{n} readiness criterion of {system} that decides alone is not met: {refs}.",
        "{n} readiness criteria of {system} that decide alone are not met: {refs}.",
    )

    code: Mapped[str | None] = mapped_column(String(40))
    question: Mapped[str] = mapped_column(String(500))
    area: Mapped[str | None] = choice(AREA)
    gate_id: Mapped[str | None] = link("gate")
    kind: Mapped[str | None] = choice(CRITERION_KIND, "success")
    system_id: Mapped[str | None] = link("system")
    weight: Mapped[int | None] = mapped_column(default=USUAL_WEIGHT)
    blocker: Mapped[bool | None]
    counted: Mapped[str | None] = choice(COUNTED)
    evidence_required: Mapped[str | None] = mapped_column(Text)
    owner_id: Mapped[str | None] = link("person")
    due_on: Mapped[dt.date | None]
    status: Mapped[str] = state(CRITERION_STATUS)
    evidence: Mapped[str | None] = mapped_column(Text)
    document_id: Mapped[str | None] = link("document")
    met_by_id: Mapped[str | None] = link("person")
    met_on: Mapped[dt.date | None]
    na_because: Mapped[str | None] = mapped_column(Text)
    na_project_by_id: Mapped[str | None] = link("person")
    na_operations_by_id: Mapped[str | None] = link("person")
    comment: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A criterion says what is looked at, and weighs from 1 to 5; each side has its own lead."""
        yield from must_have(values, "question")
        weight = values.get("weight")
        if weight is not None and not 1 <= weight <= 5:
            yield Problem("weight", N_("A weight lies between 1 and 5."))
        lead = values.get("na_project_by_id")
        if lead and lead == values.get("na_operations_by_id"):
            yield Problem("na_operations_by", N_("Each side has its own lead: name two people."))

    def evidence_wanting(self, taker: Taker) -> Iterator[Reason]:
        """It is met with evidence, a word, a document or a file, and while nothing that it counts is open."""
        session = object_session(self)
        if taker.history or session is None:
            return
        still = session.execute(select(Criterion.still_open).where(Criterion.id == self.id)).scalar()
        if still:
            one, many = NN_("{counted}: {n} is open.", "{counted}: {n} are open.")
            yield Reason(one, {"counted": COUNTED[str(self.counted)]}, many, int(still))
        if (self.evidence or "").strip() or self.document_id:
            return
        kept = select(Attachment.id).where(
            Attachment.owner_table == self.__tablename__,
            Attachment.owner_id == self.id,
            Attachment.deleted_at.is_(None),
        )
        if session.scalars(kept.limit(1)).first() is None:
            yield Reason(N_("Say by which evidence it is met, name the document, or attach a file: {field}."),
                         {"field": "evidence"}, field="evidence")  # fmt: skip

    def leads_wanting(self, taker: Taker) -> Iterator[Reason]:
        """That it doesn't apply is said by the leads of both sides."""
        session = object_session(self)
        if session is None or taker.history:
            return
        sides = (
            ("na_project_by", self.na_project_by_id, project_side(session, self.project_id, self.system_id),
             N_("A lead of the project side says so, too: {names}.")),
            ("na_operations_by", self.na_operations_by_id, operations_side(session, self.project_id, self.system_id),
             N_("A lead of operations says so, too: {names}.")),
        )  # fmt: skip
        for field, named, leads, message in sides:
            if not leads:
                yield Reason(N_("Neither the project nor the system names the lead of this side yet: {field}."),
                             {"field": field}, field=field)  # fmt: skip
            elif named is not None and named not in leads:
                yield Reason(message, {"names": _names(session, leads)}, field=field)

    @hybrid_property
    def still_open(self) -> int | None:
        """How many rows of what it counts are open; None where it counts nothing."""
        raise AttributeError("still_open is counted in SQL")

    @still_open.inplace.expression
    @classmethod
    def _still_open(cls) -> ColumnElement[int | None]:
        found: ColumnElement[int | None] = worked_out(CRITERION_COUNTS, cls.project_id, cls.id, 0, Integer())
        return found

    # -- queries ------------------------------------------------------------------------------------------------------

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Neither met nor not applicable."""
        return cls.status.not_in(CRITERION_STATUS.closed)

    @classmethod
    def met(cls) -> ColumnElement[bool]:
        """Met, or not applicable."""
        return cls.status.in_(CRITERION_STATUS.closed)

    @classmethod
    def due_day(cls) -> Any:  # Any: as in Due
        """Until when it is to be met."""
        return cls.due_on

    @classmethod
    def blocking(cls) -> ColumnElement[bool]:
        """Open, and it decides alone."""
        return and_(cls.open(), cls.blocker.is_(True))

    @classmethod
    def missed(cls) -> ColumnElement[bool]:
        """Looked at and found not to be met."""
        return cls.status == "not_met"

    @classmethod
    def unowned(cls) -> ColumnElement[bool]:
        """Open, and nobody answers for it, or no day is said."""
        return and_(cls.open(), or_(cls.owner_id.is_(None), cls.due_on.is_(None)))

    @classmethod
    def unproven(cls) -> ColumnElement[bool]:
        """Met without a word of evidence, document or file, as lists tell of it."""
        return and_(cls.status == "met", func.coalesce(func.trim(cls.evidence), "") == "", cls.document_id.is_(None),
                    cls.files == 0)  # fmt: skip

    @classmethod
    def contradicted(cls) -> ColumnElement[bool]:
        """Said to be met, while what it counts is open."""
        return and_(cls.status == "met", func.coalesce(cls.still_open, 0) > 0)

    @classmethod
    def applicable_weight(cls) -> ColumnElement[int]:
        """What a row weighs in the whole: nothing where it doesn't apply."""
        weight = func.coalesce(cls.weight, USUAL_WEIGHT)
        return case((cls.status == "na", 0), else_=cast(weight, Integer))

    @classmethod
    def met_weight(cls) -> ColumnElement[int]:
        """What a row weighs in what is reached: nothing until it is met; being worked on isn't met."""
        return case((cls.status == "met", cast(func.coalesce(cls.weight, USUAL_WEIGHT), Integer)), else_=0)

    @classmethod
    def score(cls) -> ColumnElement[Any]:  # Any: a share, or nothing
        """The share of the weight that is met, from 0 to 1, of the rows of a query; None where none applies.

        What is being worked on counts nothing: a score says what is proven.
        """
        whole = func.sum(cls.applicable_weight())
        return cast(func.sum(cls.met_weight()), Float) / func.nullif(whole, 0)

    @classmethod
    def stands_open(cls, gate_id: Any, kind: str) -> ColumnElement[bool]:  # Any: a key or a column of keys
        """The open criteria of a gate of a kind; what says no kind is of those that pass it."""
        of_kind = cls.kind == kind if kind == "entrance" else not_(func.coalesce(cls.kind, "") == "entrance")
        return and_(cls.gate_id == gate_id, cls.deleted_at.is_(None), cls.open(), of_kind)


def criteria_of(session: Session, gate_id: str) -> list[Criterion]:
    """The criteria of a gate in their order, as the act has them so far."""
    stored = session.scalars(select(Criterion).where(Criterion.gate_id == gate_id)).all()
    added = [row for row in session.new if isinstance(row, Criterion) and row.gate_id == gate_id]
    here = [row for row in (*stored, *added) if row.deleted_at is None and row.gate_id == gate_id]
    return sorted(here, key=lambda row: (row.place, row.id))


def _names(session: Session, keys: Set[str]) -> str:
    names = session.scalars(select(Person.name).where(Person.id.in_(keys)).order_by(Person.name)).all()
    return "; ".join(names)
