"""Waves: the portions in which a cutover is made, each with its run sheet and its way back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, String, Text, func, select
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, object_session

from handover.errors import Reason
from handover.i18n import N_, NC_, NN_
from handover.model.base import Base, Problem, Row, link, state
from handover.model.dialect import day, days_after, today_
from handover.model.lifecycle import Lifecycle, Step
from handover.model.people import must_have
from handover.model.running.instant_column import instant_column, instant_problems
from handover.model.steps import Taker
from handover.model.vocabulary import Option
from handover.running import instants
from handover.running.run_sheet import OVER

WAVE_STATUS = Lifecycle(
    (
        Option("planned", NC_("wave", "Planned"), "neutral", ("planned", "计划", "未开始")),
        Option("executing", NC_("wave", "Under way"), "warning", ("executing", "in progress", "执行中", "切换中")),
        Option("verified", NC_("wave", "Verified"), "ok", ("verified", "done", "已验证", "已完成")),
        Option("rolled_back", NC_("wave", "Rolled back"), "danger", ("rolled back", "已回滚", "回滚")),
        Option("void", NC_("wave", "Dropped"), "neutral", ("void", "cancelled", "取消", "作废")),
    ),
    steps=(
        Step("start", NC_("wave", "Start the wave"), ("planned",), "executing", may=("started_at",),
             needs="without_way_back"),
        Step("verify", NC_("wave", "Verify the wave"), ("executing",), "verified", may=("finished_at",),
             by="verified_by", on="verified_on", needs="steps_left"),
        Step("roll_back", NC_("wave", "Roll back"), ("executing",), "rolled_back", asks=("rolled_back_because",),
             may=("finished_at",)),
        Step("plan_anew", NC_("wave", "Plan it anew"), ("rolled_back",), "planned", asks=("planned_start",),
             may=("back_by",), wipes=("back_by", "started_at", "finished_at")),
        Step("void", NC_("wave", "Drop the wave"), ("planned", "rolled_back"), "void", asks=("void_because",)),
    ),
    closed=frozenset({"verified", "void"}),
    locked=frozenset({"verified", "rolled_back", "void"}),
    stays_open=frozenset({"notes"}),
)  # fmt: skip


class CutoverWave(Row):
    """A portion of a cutover.

    Attributes:
        share: of users, lines or load that it moves, 0 to 1: how grey the release is.
        back_by: when everything must run again, the old way or the new one; the planned end where it is empty.
    """

    __tablename__ = "cutover_wave"
    prefix: ClassVar[str] = "WAV"
    stands_as: ClassVar[tuple[str, str]] = NN_(
        "{n} cutover wave of {system} is not verified: {refs}.",
        "{n} cutover waves of {system} are not verified: {refs}.",
    )

    code: Mapped[str | None] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    system_id: Mapped[str | None] = link("system")
    scope: Mapped[str | None] = mapped_column(Text)
    share: Mapped[float | None]
    status: Mapped[str] = state(WAVE_STATUS)
    planned_start: Mapped[str | None] = instant_column()
    back_by: Mapped[str | None] = instant_column()
    lead_id: Mapped[str | None] = link("person")
    operations_lead_id: Mapped[str | None] = link("person")
    criteria: Mapped[str | None] = mapped_column(Text)
    started_at: Mapped[str | None] = instant_column()
    finished_at: Mapped[str | None] = instant_column()
    verified_by_id: Mapped[str | None] = link("person")
    verified_on: Mapped[dt.date | None]
    rolled_back_because: Mapped[str | None] = mapped_column(Text)
    void_because: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)

    @hybrid_property
    def planned_minutes(self) -> int | None:
        """The planned minutes of its steps, without those that run beside the one before them."""
        raise AttributeError("planned_minutes is computed in SQL")

    @planned_minutes.inplace.expression
    @classmethod
    def _planned_minutes(cls) -> ColumnElement[int]:
        return cls._of_steps(func.sum(_steps().c.planned_minutes), _steps().c.together.is_not(True))

    @hybrid_property
    def steps_done(self) -> int:
        """How many of its steps are done or skipped."""
        raise AttributeError("steps_done is counted in SQL")

    @steps_done.inplace.expression
    @classmethod
    def _steps_done(cls) -> ColumnElement[int]:
        return cls._of_steps(func.count(), _steps().c.status.in_(sorted(OVER)))

    @classmethod
    def _of_steps(cls, what: Any, which: ColumnElement[bool]) -> ColumnElement[int]:  # Any: an aggregate
        steps = _steps()
        here = (steps.c.wave_id == cls.id, steps.c.deleted_at.is_(None), which)
        return select(what).select_from(steps).where(*here).correlate(cls).scalar_subquery()

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A wave has a name; it doesn't end before it starts, nor must all run again before it is planned to start."""
        yield from must_have(values, "name")
        yield from instant_problems(values, "planned_start", "back_by")
        yield from instant_problems(values, "started_at", "finished_at")
        if not 0 <= (values.get("share") or 0) <= 1:
            yield Problem("share", N_("A share lies between 0 and 100 %."))

    @classmethod
    def consequences(cls, values: Mapping[str, Any], changed: Set[str]) -> dict[str, Any]:  # Any: column values
        """A wave that is started, verified or rolled back without saying when is so now."""
        if "status" not in changed:
            return {}
        stamped = {"executing": "started_at", "verified": "finished_at", "rolled_back": "finished_at"}
        key = stamped.get(str(values.get("status")))
        return {key: instants.now_stamp()} if key and not values.get(key) else {}

    @classmethod
    def consequences_told(cls, values: Mapping[str, Any], changed: Set[str]) -> dict[str, Any]:  # Any: as above
        """A list that doesn't say when doesn't mean now."""
        return {}

    def without_way_back(self, taker: Taker) -> Iterator[Reason]:
        """A wave starts only where a rollback plan says how long going back takes."""
        session = object_session(self)
        if session is None or taker.history:
            return
        plans = [plan for plan in _parts(session, "rollback_plan", self.id) if plan["status"] != "void"]
        if not plans:
            yield Reason(N_("{wave} has no rollback plan: it can't start before there is a way back."),
                         {"wave": self.name})  # fmt: skip
        elif not any(plan["minutes"] for plan in plans):
            yield Reason(N_("The rollback plan of {wave} doesn't say how many minutes going back takes."),
                         {"wave": self.name}, rows=tuple(("rollback_plan", plan["id"]) for plan in plans))  # fmt: skip

    def steps_left(self, taker: Taker) -> Iterator[Reason]:
        """The steps that are neither done nor skipped."""
        session = object_session(self)
        if session is None or taker.history:
            return
        left = [step for step in _parts(session, "cutover_step", self.id) if step["status"] not in OVER]
        if left:
            one, many = NN_(
                "{n} step is neither done nor skipped: {refs}.", "{n} steps are neither done nor skipped: {refs}."
            )
            refs = ", ".join(str(step["ref"]) for step in left)
            rows = tuple(("cutover_step", str(step["id"])) for step in left)
            yield Reason(one, {"refs": refs}, many, len(left), rows=rows)

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Neither verified nor dropped."""
        return cls.status.not_in(WAVE_STATUS.closed)

    @classmethod
    def blocking(cls) -> ColumnElement[bool]:
        """Not verified: the old still runs, or both do."""
        return cls.open()

    @classmethod
    def under_way(cls) -> ColumnElement[bool]:
        """It is being carried out."""
        return cls.status == "executing"

    @classmethod
    def coming(cls) -> ColumnElement[bool]:
        """Planned for today or within two weeks."""
        return (cls.status == "planned") & day(cls.planned_start).between(today_(), days_after(today_(), 14))

    @classmethod
    def unprepared(cls) -> ColumnElement[bool]:
        """Planned, without a rollback plan."""
        plans = Base.metadata.tables["rollback_plan"].c
        of_wave = select(plans.id).where(plans.wave_id == cls.id, plans.deleted_at.is_(None), plans.status != "void")
        return (cls.status == "planned") & ~of_wave.correlate(cls).exists()

    @classmethod
    def proven(cls) -> ColumnElement[bool]:
        """Carried out, and seen to work."""
        return cls.status == "verified"


def _steps() -> Any:  # Any: a table; by name, since the model of steps asks this module
    return Base.metadata.tables["cutover_step"]


def _parts(session: Any, name: str, wave_id: str) -> Sequence[Mapping[str, Any]]:  # Any: a session; column values
    table = Base.metadata.tables[name]
    asked = select(table).where(table.c.wave_id == wave_id, table.c.deleted_at.is_(None)).order_by(table.c.number)
    return list(session.connection().execute(asked).mappings())
