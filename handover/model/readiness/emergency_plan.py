"""Emergency plans: a plan counts when it is approved and was drilled within so many months."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, String, Text, and_, case, func, or_, select
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from handover.i18n import N_, NC_, NN_
from handover.model.base import Due, Problem, Row, link, state
from handover.model.dialect import months_after, today_, within
from handover.model.lifecycle import Lifecycle, Step
from handover.model.people import must_have
from handover.model.readiness.drill import EmergencyDrill
from handover.model.vocabulary import Option, Vocabulary

PLAN_STATUS = Lifecycle(
    (
        Option("draft", NC_("emergency plan", "Being written"), "neutral", ("draft", "编制中")),
        Option("reviewed", NC_("emergency plan", "Reviewed"), "info", ("reviewed", "已审")),
        Option("approved", NC_("emergency plan", "Approved"), "ok", ("approved", "in force", "已批准", "有效")),
        Option("withdrawn", NC_("emergency plan", "Withdrawn"), "neutral", ("withdrawn", "superseded", "作废", "废止")),
    ),
    steps=(
        Step("review", NC_("emergency plan", "Reviewed"), ("draft",), "reviewed", asks=("reviewed_by",),
             by="reviewed_by", by_other_than=("owner",)),
        Step("return", N_("Return for revision"), ("reviewed",), "draft", wipes=("reviewed_by",)),
        Step("approve", N_("Approve"), ("reviewed",), "approved", asks=("approved_by",), by="approved_by",
             on="approved_on"),
        Step("revise", N_("Revise"), ("approved",), "draft", asks=("revision",),
             wipes=("reviewed_by", "approved_by", "approved_on")),
        Step("withdraw", NC_("emergency plan", "Withdraw"), ("draft", "reviewed", "approved"), "withdrawn",
             asks=("withdrawn_because",)),
    ),
    closed=frozenset({"withdrawn"}),
    locked=frozenset({"approved", "withdrawn"}),
    stays_open=frozenset({"owner", "contacts", "drill_months", "next_review", "notes"}),
)  # fmt: skip

#: Whether a plan counts today, and why not.
PLAN_STANDING = Vocabulary(
    (
        Option("not_approved", NC_("emergency plan", "Not approved yet"), "danger"),
        Option("not_drilled", NC_("emergency plan", "Never drilled"), "danger"),
        Option("ran_out", NC_("emergency plan", "Drill too long ago"), "danger"),
        Option("running_out", NC_("emergency plan", "Counts, drill due within four weeks"), "warning"),
        Option("current", NC_("emergency plan", "Counts"), "ok"),
        Option("withdrawn", NC_("emergency plan", "Withdrawn"), "neutral"),
    )
)
#: Within how many months a plan is drilled where it says nothing else.
USUAL_MONTHS = 12


class EmergencyPlan(Due, Row):
    """What is done in an emergency, by whom and with what.

    Attributes:
        drill_months: within how many months it has to be drilled so that it counts; 12 where nothing is said.
    """

    __tablename__ = "emergency_plan"
    prefix: ClassVar[str] = "EMP"
    stands_as: ClassVar[tuple[str, str]] = NN_(
        "{n} emergency plan of {system} is not approved: {refs}.",
        "{n} emergency plans of {system} are not approved: {refs}.",
    )
    stands_also: ClassVar[tuple[tuple[str, tuple[str, str]], ...]] = (
        (
            "undrilled",
            NN_(
                "{n} emergency plan of {system} was not drilled, or too long ago: {refs}.",
                "{n} emergency plans of {system} were not drilled, or too long ago: {refs}.",
            ),
        ),
    )

    code: Mapped[str | None] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(300))
    system_id: Mapped[str | None] = link("system")
    trigger: Mapped[str | None] = mapped_column(Text)
    team: Mapped[str | None] = mapped_column(Text)
    steps: Mapped[str | None] = mapped_column(Text)
    resources: Mapped[str | None] = mapped_column(Text)
    contacts: Mapped[str | None] = mapped_column(Text)
    revision: Mapped[str | None] = mapped_column(String(20))
    document_id: Mapped[str | None] = link("document")
    owner_id: Mapped[str | None] = link("person")
    due_on: Mapped[dt.date | None]
    status: Mapped[str] = state(PLAN_STATUS)
    reviewed_by_id: Mapped[str | None] = link("person")
    approved_by_id: Mapped[str | None] = link("person")
    approved_on: Mapped[dt.date | None]
    drill_months: Mapped[int | None] = mapped_column(default=USUAL_MONTHS)
    next_review: Mapped[dt.date | None]
    withdrawn_because: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)

    @hybrid_property
    def drilled_on(self) -> dt.date | None:
        """The day of the last drill of it that counts."""
        raise AttributeError("drilled_on is computed in SQL")

    @drilled_on.inplace.expression
    @classmethod
    def _drilled_on(cls) -> ColumnElement[dt.date | None]:
        of = EmergencyDrill
        here = (of.plan_id == cls.id, of.deleted_at.is_(None), of.counting())
        return select(func.max(of.held_on)).where(*here).correlate(cls).scalar_subquery()

    @hybrid_property
    def counts_until(self) -> dt.date | None:
        """Until when the last drill counts."""
        raise AttributeError("counts_until is computed in SQL")

    @counts_until.inplace.expression
    @classmethod
    def _counts_until(cls) -> ColumnElement[dt.date | None]:
        until: ColumnElement[Any] = months_after(cls.drilled_on, func.coalesce(cls.drill_months, USUAL_MONTHS))
        return until

    @hybrid_property
    def act_by(self) -> dt.date | None:
        """Until when it has to be approved, or to be drilled again once it is."""
        raise AttributeError("act_by is computed in SQL")

    @act_by.inplace.expression
    @classmethod
    def _act_by(cls) -> ColumnElement[dt.date | None]:
        again: ColumnElement[Any] = func.coalesce(cls.counts_until, cls.due_on)
        return case((cls.status == "withdrawn", None), (cls.status == "approved", again), else_=cls.due_on)

    @hybrid_property
    def standing(self) -> str:
        """Whether it counts today; see PLAN_STANDING."""
        raise AttributeError("standing is computed in SQL")

    @standing.inplace.expression
    @classmethod
    def _standing(cls) -> ColumnElement[str]:
        return case(
            (cls.status == "withdrawn", "withdrawn"),
            (cls.status != "approved", "not_approved"),
            (cls.drilled_on.is_(None), "not_drilled"),
            (cls.counts_until < today_(), "ran_out"),
            (within(cls.counts_until, 28), "running_out"),
            else_="current",
        )

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A plan says for what it is, and is drilled every month at most."""
        yield from must_have(values, "title")
        if values.get("drill_months") is not None and values["drill_months"] < 1:
            yield Problem("drill_months", N_("A plan is drilled within a month at least."))

    @classmethod
    def _undrilled(cls) -> ColumnElement[bool]:
        return or_(cls.drilled_on.is_(None), cls.counts_until < today_())

    @classmethod
    def counting(cls) -> ColumnElement[bool]:
        """Approved, and drilled within its months."""
        return and_(cls.status == "approved", ~cls._undrilled())

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Not withdrawn, and it doesn't count today."""
        return and_(cls.status != "withdrawn", or_(cls.status != "approved", cls._undrilled()))

    @classmethod
    def blocking(cls) -> ColumnElement[bool]:
        """As ``open``: what doesn't count stands in the way."""
        return cls.open()

    @classmethod
    def undrilled(cls) -> ColumnElement[bool]:
        """Approved, and never drilled or too long ago."""
        return and_(cls.status == "approved", cls._undrilled())

    @classmethod
    def running_out(cls) -> ColumnElement[bool]:
        """Counts, and is to be drilled again within four weeks."""
        return and_(cls.status == "approved", within(cls.counts_until, 28))

    @classmethod
    def due_day(cls) -> Any:  # Any: as in Due
        """When it has to be approved, or to be drilled again."""
        return cls.act_by

    @classmethod
    def due_soon(cls) -> ColumnElement[bool]:
        """To be approved or drilled within two weeks."""
        return and_(cls.status != "withdrawn", within(cls.due_day(), 14))

    @classmethod
    def to_review(cls) -> ColumnElement[bool]:
        """In force, and to be looked at again by now."""
        return and_(cls.status == "approved", cls.next_review <= today_())
