"""Rollback plans and rehearsals: the way back, and whether anybody has ever walked it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, ForeignKey, String, Text, func, select
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, object_session

from handover.errors import Reason
from handover.i18n import N_, NC_
from handover.model.base import Due, Problem, Row, choice, link, state
from handover.model.lifecycle import Lifecycle, Step
from handover.model.people import must_have, must_name
from handover.model.steps import Taker
from handover.model.vocabulary import Option, Vocabulary

ROLLBACK_STATUS = Lifecycle(
    (
        Option("draft", NC_("rollback", "Draft"), "warning", ("draft", "草稿", "编制中")),
        Option("approved", NC_("rollback", "Approved"), "ok", ("approved", "已批准")),
        Option("void", NC_("rollback", "Void"), "neutral", ("void", "作废")),
    ),
    steps=(
        Step("approve", NC_("rollback", "Approve"), ("draft",), "approved", asks=("approved_by",), by="approved_by",
             on="approved_on", needs="unfinished"),
        Step("revise", NC_("rollback", "Revise"), ("approved",), "draft", wipes=("approved_by", "approved_on")),
        Step("void", N_("Void it"), ("draft", "approved"), "void", asks=("void_because",)),
    ),
    closed=frozenset({"approved", "void"}),
    locked=frozenset({"approved", "void"}),
    stays_open=frozenset({"notes"}),
)  # fmt: skip

REHEARSAL_RESULT = Vocabulary(
    (
        Option("passed", NC_("rehearsal", "Passed"), "ok", ("passed", "ok", "通过", "合格")),
        Option("findings", NC_("rehearsal", "Passed with findings"), "warning", ("with findings", "有问题通过")),
        Option("failed", NC_("rehearsal", "Failed"), "danger", ("failed", "不通过", "失败")),
    )
)

REHEARSAL_KIND = Vocabulary(
    (
        Option("desk", NC_("rehearsal", "Talked through"), "neutral", ("desk", "table-top", "桌面推演", "桌面演练")),
        Option("technical", NC_("rehearsal", "Technical rehearsal"), "info", ("technical", "技术演练")),
        Option("dress", NC_("rehearsal", "Dress rehearsal"), "info", ("dress", "full", "全流程演练", "实战演练")),
        Option("rollback", NC_("rehearsal", "Rollback"), "warning", ("rollback", "回滚演练")),
    )
)


class RollbackPlan(Row):
    """How a wave is taken back: on what sign, in which steps, in how many minutes, and who says so."""

    __tablename__ = "rollback_plan"
    prefix: ClassVar[str] = "RBK"
    part_of: ClassVar[str] = "wave_id"

    wave_id: Mapped[str] = mapped_column(String(32), ForeignKey("cutover_wave.id"), index=True)
    number: Mapped[int | None]
    title: Mapped[str] = mapped_column(String(200))
    trigger: Mapped[str | None] = mapped_column(Text)
    steps: Mapped[str | None] = mapped_column(Text)
    minutes: Mapped[int | None]
    decided_by_id: Mapped[str | None] = link("person")
    status: Mapped[str] = state(ROLLBACK_STATUS)
    approved_by_id: Mapped[str | None] = link("person")
    approved_on: Mapped[dt.date | None]
    void_because: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)

    @hybrid_property
    def rehearsed_on(self) -> dt.date | None:
        """When it was last rehearsed without failing."""
        raise AttributeError("rehearsed_on is found in SQL")

    @rehearsed_on.inplace.expression
    @classmethod
    def _rehearsed_on(cls) -> ColumnElement[dt.date | None]:
        return cls._of_rehearsals(func.max(CutoverRehearsal.held_on))

    @classmethod
    def _of_rehearsals(cls, what: ColumnElement[Any]) -> ColumnElement[Any]:  # Any: what is asked of them
        held = (
            CutoverRehearsal.rollback_plan_id == cls.id,
            CutoverRehearsal.deleted_at.is_(None),
            CutoverRehearsal.held_on.is_not(None),
            CutoverRehearsal.result.in_(("passed", "findings")),
        )
        return select(what).where(*held).correlate(cls).scalar_subquery()

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """It belongs to a wave and takes some time."""
        yield from must_have(values, "title")
        yield from must_name(values, "wave")
        if values.get("minutes") is not None and values["minutes"] <= 0:
            yield Problem("minutes", N_("Going back takes at least a minute."))

    def unfinished(self, taker: Taker) -> Iterator[Reason]:
        """What a plan needs before anybody can rely on it."""
        for field in ("trigger", "steps", "minutes", "decided_by") if not taker.history else ():
            if not getattr(self, f"{field}_id" if field == "decided_by" else field):
                message = N_("A rollback plan that is relied on says this: {field}.")
                yield Reason(message, {"field": field}, field=field)

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Not approved yet."""
        return cls.status == "draft"

    @classmethod
    def unrehearsed(cls) -> ColumnElement[bool]:
        """Nobody has rehearsed it without failing."""
        return (cls.status != "void") & cls.rehearsed_on.is_(None)

    @classmethod
    def proven(cls) -> ColumnElement[bool]:
        """Approved, and rehearsed."""
        return (cls.status == "approved") & cls.rehearsed_on.is_not(None)


class CutoverRehearsal(Due, Row):
    """A rehearsal of a wave or of its way back; it counts with its day, who took part, and what was found."""

    __tablename__ = "cutover_rehearsal"
    prefix: ClassVar[str] = "RHS"

    title: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str | None] = choice(REHEARSAL_KIND, "dress")
    wave_id: Mapped[str | None] = link("cutover_wave")
    rollback_plan_id: Mapped[str | None] = link("rollback_plan")
    planned_on: Mapped[dt.date | None]
    held_on: Mapped[dt.date | None]
    minutes: Mapped[int | None]
    lead_id: Mapped[str | None] = link("person")
    participants: Mapped[str | None] = mapped_column(Text)
    result: Mapped[str | None] = choice(REHEARSAL_RESULT)
    findings: Mapped[str | None] = mapped_column(Text)
    action_id: Mapped[str | None] = link("action")
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A result belongs to a rehearsal that was held, by somebody, with what was found."""
        yield from must_have(values, "title")
        if values.get("result"):
            for _ in must_have(values, "held_on"):
                yield Problem("held_on", N_("A rehearsal with a result was held on some day."))
            for _ in must_have(values, "participants"):
                yield Problem("participants", N_("A rehearsal counts only with those who took part."))
        if values.get("result") in ("findings", "failed"):
            for _ in must_have(values, "findings"):
                yield Problem("findings", N_("Say what was found."))
        if (values.get("minutes") or 0) < 0:
            yield Problem("minutes", N_("This number can't be negative."))

    def against_change(self, before: Mapping[str, Any], _taker: Taker) -> Iterator[Reason]:  # Any: column values
        """The way back that is rehearsed is that of the wave."""
        session = object_session(self)
        if session is None or not self.rollback_plan_id or not self.wave_id:
            return
        if all(before.get(key) == getattr(self, key) for key in ("rollback_plan_id", "wave_id")):
            return
        plan = session.get(RollbackPlan, self.rollback_plan_id)
        if plan is not None and plan.wave_id != self.wave_id:
            yield Reason(N_("That rollback plan is of another wave."), field="rollback_plan")

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Not held yet."""
        return cls.held_on.is_(None)

    @classmethod
    def due_day(cls) -> Any:  # Any: as in Due
        """The day on which it is planned."""
        return cls.planned_on

    @classmethod
    def failed(cls) -> ColumnElement[bool]:
        """Held, and it failed."""
        return cls.result == "failed"

    @classmethod
    def counting(cls) -> ColumnElement[bool]:
        """Held, and it didn't fail."""
        return cls.held_on.is_not(None) & cls.result.in_(("passed", "findings"))
