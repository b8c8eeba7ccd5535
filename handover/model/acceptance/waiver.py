"""Waivers: a value that is accepted although it is outside of the limits, why, with what measure, and until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, String, Text, and_, or_, select
from sqlalchemy.orm import Mapped, mapped_column, object_session

from handover.errors import Reason
from handover.i18n import N_, NC_
from handover.model.base import Base, Problem, Row, link, state
from handover.model.dialect import today_, within
from handover.model.lifecycle import Lifecycle, Step
from handover.model.people import must_have, must_name
from handover.model.project import Project
from handover.model.steps import Taker
from handover.model.vocabulary import Option

WAIVER_STATUS = Lifecycle(
    (
        Option("requested", NC_("waiver", "Requested"), "neutral", ("申请", "待批")),
        Option("approved", NC_("waiver", "Approved"), "warning", ("已批准", "批准")),
        Option("refused", NC_("waiver", "Refused"), "neutral", ("不批准", "驳回")),
        Option("withdrawn", NC_("waiver", "Withdrawn"), "neutral", ("撤销",)),
    ),
    steps=(
        Step("approve", N_("Approve the waiver"), ("requested",), "approved", asks=("approved_by",), by="approved_by",
             on="approved_on", after=("requested_on",), needs="approver_wanting"),
        Step("refuse", N_("Refuse the waiver"), ("requested",), "refused", may=("notes",)),
        Step("withdraw", N_("Withdraw the waiver"), ("requested", "approved"), "withdrawn",
             asks=("withdrawn_because",)),
    ),
    closed=frozenset({"approved", "refused", "withdrawn"}),
    locked=frozenset({"approved", "refused", "withdrawn"}),
    stays_open=frozenset({"notes"}),
)  # fmt: skip


class ParameterWaiver(Row):
    """A waiver of a parameter; it counts once the chief engineer approved it, until ``valid_until``."""

    __tablename__ = "waiver"
    prefix: ClassVar[str] = "WVR"

    #: In a certificate it is an exception: what is let be, who owes the measure, until when.
    reserved_as: ClassVar[tuple[str, str, str]] = ("reason", "owner_id", "valid_until")

    parameter_id: Mapped[str] = link("acceptance_parameter")
    value: Mapped[str | None] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(Text)
    measure: Mapped[str | None] = mapped_column(Text)
    owner_id: Mapped[str | None] = link("person")
    requested_by_id: Mapped[str | None] = link("person")
    requested_on: Mapped[dt.date | None]
    status: Mapped[str] = state(WAIVER_STATUS)
    approved_by_id: Mapped[str | None] = link("person")
    approved_on: Mapped[dt.date | None]
    valid_until: Mapped[dt.date | None]
    withdrawn_because: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A waiver is of a parameter, has its reason, and one that is approved its approver and its measure."""
        yield from must_name(values, "parameter")
        yield from must_have(values, "reason")
        if values.get("status") == "approved":
            if not values.get("approved_by_id"):
                yield Problem("approved_by", N_("An approved waiver names who approved it."))
            yield from must_have(values, "measure")
        on, until = values.get("approved_on") or values.get("requested_on"), values.get("valid_until")
        if on and until and until < on:
            yield Problem("valid_until", N_("The waiver would run out before its first day."))

    def approver_wanting(self, taker: Taker) -> Iterator[Reason]:
        """The chief engineer approves it, and not a day after it ran out."""
        session = object_session(self)
        project = session.get(Project, self.project_id) if session is not None else None
        if taker.history or project is None:
            return
        if project.chief_engineer_id is None:
            yield Reason(N_("The project names no chief engineer, who approves waivers."), field="approved_by")
        elif (self.approved_by_id or taker.person) != project.chief_engineer_id:
            yield Reason(N_("The chief engineer approves waivers."), field="approved_by")

    def holds(self, on: dt.date) -> bool:
        """Whether it counts on a day."""
        return (
            self.deleted_at is None
            and self.status == "approved"
            and (self.valid_until is None or self.valid_until >= on)
        )

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Neither approved nor refused."""
        return cls.status == "requested"

    @classmethod
    def in_force(cls) -> ColumnElement[bool]:
        """Approved, and not run out."""
        return and_(cls.status == "approved", or_(cls.valid_until.is_(None), cls.valid_until >= today_()))

    @classmethod
    def reserved(cls) -> ColumnElement[bool]:
        """What a certificate lists as an exception: waivers in force."""
        return cls.in_force()

    @classmethod
    def reserved_system(cls) -> Any:  # Any: a subquery of one column
        """The system of its parameter."""
        parameter = Base.metadata.tables["acceptance_parameter"].c
        return select(parameter.system_id).where(parameter.id == cls.parameter_id).scalar_subquery()

    @classmethod
    def due_soon(cls) -> ColumnElement[bool]:
        """In force, and running out within two weeks."""
        return and_(cls.status == "approved", within(cls.valid_until, 14))

    @classmethod
    def overdue(cls) -> ColumnElement[bool]:
        """Approved once, and run out."""
        return and_(cls.status == "approved", cls.valid_until < today_())
