"""Gates: the reviews that a phase must pass, how its criteria stand, and what was decided last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Connection, Select, String, Text, and_, case, func, select
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from handover.errors import Reason
from handover.i18n import N_, NC_, NN_
from handover.model.base import Problem, Row, link
from handover.model.dialect import today_, within, worked_out
from handover.model.people import must_have
from handover.model.picks.pick import pick
from handover.model.placed import Placed
from handover.model.readiness.condition import GateCondition
from handover.model.readiness.criterion import Criterion
from handover.model.readiness.review import DECIDED, GateReview
from handover.model.vocabulary import Option, Vocabulary
from handover.values.shown import ShownDay

#: What is worked out of every gate: the documents that are missing at its milestone.
GATE_MISSING = "gate_missing"


#: What a gate's last review decided, as it counts today.
GATE_DECISION = Vocabulary(
    (
        Option("not_reviewed", NC_("gate", "Not reviewed")),
        Option("go", NC_("gate", "Go"), "ok"),
        Option("conditional_go", NC_("gate", "Go on conditions"), "warning"),
        Option("lapsed", NC_("gate", "Lapsed"), "danger"),
        Option("no_go", NC_("gate", "No go"), "danger"),
    )
)


class Gate(Placed, Row):
    """A review, chaired by somebody on a day, before a phase is entered or left.

    Attributes:
        system_id: the system that it is of, with all below it; none where it is of the whole project.
        opens_id: the kind of certificate that is issued only once it is passed.
    """

    __tablename__ = "gate"
    prefix: ClassVar[str] = "GAT"
    stands_as: ClassVar[tuple[str, str]] = NN_(
        "{n} gate has lapsed or was not passed: {refs}.", "{n} gates have lapsed or were not passed: {refs}."
    )

    code: Mapped[str | None] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    phase_id: Mapped[str | None] = link("phase")
    milestone_id: Mapped[str | None] = link("milestone")
    system_id: Mapped[str | None] = link("system")
    opens_id: Mapped[str | None] = pick("certificate_kind")
    review_on: Mapped[dt.date | None]
    chair_id: Mapped[str | None] = link("person")
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A gate needs a name."""
        return must_have(values, "name")

    @hybrid_property
    def missing_documents(self) -> str | None:
        """How many required documents are missing at its milestone, or held with the wrong status; None where none."""
        raise AttributeError("missing_documents is computed in SQL")

    @missing_documents.inplace.expression
    @classmethod
    def _missing_documents(cls) -> ColumnElement[str | None]:
        found: ColumnElement[str | None] = worked_out(GATE_MISSING, cls.project_id, cls.id, 0, String())
        return found

    @hybrid_property
    def score(self) -> float | None:
        """The share of the weight of its criteria that is met, 0 to 1; None where none applies."""
        raise AttributeError("score is computed in SQL")

    @score.inplace.expression
    @classmethod
    def _score(cls) -> ColumnElement[float | None]:
        return cls._of_criteria(Criterion.score())

    @hybrid_property
    def open_blockers(self) -> int:
        """How many of its criteria that decide alone are open."""
        raise AttributeError("open_blockers is counted in SQL")

    @open_blockers.inplace.expression
    @classmethod
    def _open_blockers(cls) -> ColumnElement[int]:
        return func.coalesce(cls._of_criteria(func.sum(case((Criterion.blocking(), 1), else_=0))), 0)

    @hybrid_property
    def open_criteria(self) -> int:
        """How many of its criteria are neither met nor without application."""
        raise AttributeError("open_criteria is counted in SQL")

    @open_criteria.inplace.expression
    @classmethod
    def _open_criteria(cls) -> ColumnElement[int]:
        return func.coalesce(cls._of_criteria(func.sum(case((Criterion.open(), 1), else_=0))), 0)

    @hybrid_property
    def decision(self) -> str:
        """What its last review decided, as it counts today; see GATE_DECISION."""
        raise AttributeError("decision is computed in SQL")

    @decision.inplace.expression
    @classmethod
    def _decision(cls) -> ColumnElement[str]:
        last = cls._last_review(GateReview.status).scalar_subquery()
        return case(
            (last.is_(None), "not_reviewed"), (and_(last == "conditional_go", cls._run_out()), "lapsed"), else_=last
        )

    @hybrid_property
    def decided_on(self) -> dt.date | None:
        """When its last review decided."""
        raise AttributeError("decided_on is computed in SQL")

    @decided_on.inplace.expression
    @classmethod
    def _decided_on(cls) -> ColumnElement[dt.date | None]:
        return cls._last_review(GateReview.decided_on).scalar_subquery()

    @classmethod
    def _of_criteria(cls, what: ColumnElement[Any]) -> ColumnElement[Any]:  # Any: what is asked of the criteria
        here = (Criterion.gate_id == cls.id, Criterion.deleted_at.is_(None))
        return select(what).where(*here).correlate(cls).scalar_subquery()

    @classmethod
    def _last_review(cls, what: Any) -> Select[Any]:  # Any: a column of the review
        """Of the review that was decided last; two of one day in the order in which they came."""
        of = GateReview
        here = (of.gate_id == cls.id, of.deleted_at.is_(None), of.status.in_(DECIDED))
        last = (func.coalesce(of.decided_on, of.held_on).desc(), of.number.desc(), of.id.desc())
        return select(what).where(*here).order_by(*last).limit(1).correlate(cls)

    @classmethod
    def _run_out(cls) -> ColumnElement[bool]:
        """A condition of its last review ran out."""
        last = cls._last_review(GateReview.id).scalar_subquery()
        of = GateCondition
        here = (of.review_id == last, of.deleted_at.is_(None), of.ran_out())
        return select(of.id).where(*here).correlate(cls).exists()

    @classmethod
    def let_through(cls) -> ColumnElement[bool]:
        """Its last review let it pass, and that counts today."""
        return cls.decision.in_(("go", "conditional_go"))

    @classmethod
    def lapsed(cls) -> ColumnElement[bool]:
        """It was passed on conditions of which one ran out."""
        return cls.decision == "lapsed"

    @classmethod
    def blocking(cls) -> ColumnElement[bool]:
        """Lapsed, or not passed by its last review."""
        return cls.decision.in_(("lapsed", "no_go"))

    @classmethod
    def blocked(cls) -> ColumnElement[bool]:
        """A criterion of it that decides alone is open."""
        return cls.open_blockers > 0

    @classmethod
    def standing_alarms(cls, connection: Connection, project_id: str) -> list[Reason]:
        """The gates whose pass has lapsed, each with the condition that ran out first."""
        of = GateCondition
        wanted = (
            select(cls.id, cls.name, of.id.label("condition"), of.ref, of.title, of.due_on)
            .join(of, of.review_id == cls._last_review(GateReview.id).scalar_subquery())
            .where(cls.project_id == project_id, cls.deleted_at.is_(None), cls.lapsed(), of.deleted_at.is_(None),
                   of.ran_out())
            .order_by(cls.place, cls.id, of.due_on, of.id)
        )  # fmt: skip
        found: dict[str, Reason] = {}
        for row in connection.execute(wanted):
            message = N_("The pass of “{gate}” has lapsed: condition {ref}, “{title}”, ran out on {day}.")
            values = {"gate": row.name, "ref": row.ref, "title": row.title, "day": ShownDay(row.due_on)}
            found.setdefault(row.id, Reason(message, values, rows=((of.__tablename__, row.condition),)))
        return list(found.values())

    @classmethod
    def lacking(cls) -> ColumnElement[bool]:
        """Required documents are missing at its milestone, or held with the wrong status."""
        return cls.missing_documents.is_not(None)

    @classmethod
    def ahead(cls) -> ColumnElement[bool]:
        """Its review is today or later."""
        return cls.review_on >= today_()

    @classmethod
    def due_soon(cls) -> ColumnElement[bool]:
        """Its review is today or within two weeks."""
        return within(cls.review_on, 14)
