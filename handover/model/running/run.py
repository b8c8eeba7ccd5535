"""Proving runs: 72 hours, 168 hours or what the contract asks, on a clock that follows from the log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Set
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Integer, String, Text, and_, exists, or_
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, aliased, mapped_column, object_session

from handover.errors import Reason
from handover.i18n import N_, NC_, NN_
from handover.model.base import Problem, Row, choice, link, state
from handover.model.dialect import worked_out
from handover.model.lifecycle import Lifecycle, Step
from handover.model.people import must_have
from handover.model.running.clocks import clock_of
from handover.model.running.instant_column import instant_column, instant_problems
from handover.model.running.rules import hours_problem
from handover.model.steps import Taker
from handover.model.vocabulary import Option, Vocabulary
from handover.running import instants

#: What is worked out of every run: the clock's earliest end and how often it began anew.
RUN_CLOCK = "run_clock"

RUN_STATUS = Lifecycle(
    (
        Option("planned", NC_("run", "Not started"), "neutral", ("not started", "planned", "未开始", "未开机")),
        Option("running", NC_("run", "Running"), "info", ("running", "in progress", "运行中", "进行中")),
        Option("passed", NC_("run", "Passed"), "ok", ("passed", "pass", "ok", "合格", "通过", "已通过")),
        Option("failed", NC_("run", "Failed"), "danger", ("failed", "fail", "不合格", "未通过", "失败")),
        Option("void", NC_("run", "Void"), "neutral", ("void", "cancelled", "作废", "取消")),
    ),
    steps=(
        Step("start", NC_("run", "Start the run"), ("planned",), "running", may=("started_at",)),
        Step("pass", NC_("run", "Declare it passed"), ("running",), "passed", by="decided_by", on="decided_on",
             may=("ended_at",), needs="unproven"),
        Step("fail", NC_("run", "Declare it failed"), ("running",), "failed", asks=("failed_because",),
             may=("ended_at",), by="decided_by", on="decided_on"),
        Step("resume", NC_("run", "Take the decision back"), ("passed", "failed"), "running",
             wipes=("decided_by", "decided_on", "failed_because", "ended_at")),
        Step("void", N_("Void it"), ("planned", "running", "failed"), "void", asks=("void_because",)),
    ),
    closed=frozenset({"passed", "failed", "void"}),
    locked=frozenset({"passed", "failed", "void"}),
    stays_open=frozenset({"notes"}),
)  # fmt: skip

RUN_KIND = Vocabulary(
    (
        Option("reliability", NC_("run", "Reliability run"), "info", ("reliability", "可靠性运行")),
        Option("continuous", NC_("run", "Continuous run"), "info", ("72h", "168h", "连续运行", "满负荷试运")),
        Option("trial", NC_("run", "Trial operation"), "info", ("trial", "trial operation", "试运行", "试运")),
    )
)


class ProvingRun(Row):
    """A run that proves a system; its clock is computed from its segments and interruptions, never typed.

    Attributes:
        required: hours by phases, such as ``72+24``; those of its rules where it is empty.
        started_at: from when on the clock counts; the first entry of the log where it is empty.
        ended_at: when it was declared over; what went on until then ends there.
    """

    __tablename__ = "proving_run"
    prefix: ClassVar[str] = "RUN"
    stands_as: ClassVar[tuple[str, str]] = NN_(
        "{n} proving run of {system} is not passed: {refs}.", "{n} proving runs of {system} are not passed: {refs}."
    )

    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str | None] = choice(RUN_KIND, "continuous")
    system_id: Mapped[str | None] = link("system")
    rules_id: Mapped[str | None] = link("run_rules")
    required: Mapped[str | None] = mapped_column(String(40))
    status: Mapped[str] = state(RUN_STATUS)
    planned_start: Mapped[str | None] = instant_column()
    started_at: Mapped[str | None] = instant_column()
    ended_at: Mapped[str | None] = instant_column()
    leader_id: Mapped[str | None] = link("person")
    operations_lead_id: Mapped[str | None] = link("person")
    contractor_id: Mapped[str | None] = link("organisation")
    conditions: Mapped[str | None] = mapped_column(Text)
    decided_by_id: Mapped[str | None] = link("person")
    decided_on: Mapped[dt.date | None]
    failed_because: Mapped[str | None] = mapped_column(Text)
    void_because: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)

    @hybrid_property
    def earliest_end(self) -> str | None:
        """When the clock was through, or can be at the earliest; None once it has failed."""
        raise AttributeError("earliest_end is worked out")

    @earliest_end.inplace.expression
    @classmethod
    def _earliest_end(cls) -> ColumnElement[str | None]:
        found: ColumnElement[str | None] = worked_out(RUN_CLOCK, cls.project_id, cls.id, 0, String())
        return found

    @hybrid_property
    def resets(self) -> int:
        """How often the clock began anew."""
        raise AttributeError("resets is worked out")

    @resets.inplace.expression
    @classmethod
    def _resets(cls) -> ColumnElement[int]:
        found: ColumnElement[int] = worked_out(RUN_CLOCK, cls.project_id, cls.id, 1, Integer())
        return found

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A run has a name, hours that can be read, and doesn't end before it starts."""
        yield from must_have(values, "name")
        yield from hours_problem(values)
        yield from instant_problems(values, "planned_start")
        yield from instant_problems(values, "started_at", "ended_at")

    @classmethod
    def consequences(cls, values: Mapping[str, Any], changed: Set[str]) -> dict[str, Any]:  # Any: column values
        """A run that is started without saying when starts now."""
        if "status" in changed and values.get("status") == "running" and not values.get("started_at"):
            return {"started_at": instants.now_stamp()}
        return {}

    @classmethod
    def consequences_told(cls, values: Mapping[str, Any], changed: Set[str]) -> dict[str, Any]:  # Any: as above
        """A list that tells of a run without saying when it started doesn't mean now."""
        return {}

    def unproven(self, taker: Taker) -> Iterator[Reason]:
        """What its clock and its log still say against it."""
        session = object_session(self)
        if session is None or taker.history:
            return
        reading = clock_of(session.connection(), self.id)
        if reading.result == "failed":
            yield Reason(N_("A limit of its rules is broken: by the clock the run has failed."))
        elif reading.remaining:
            values = {"done": hours(reading.accumulated), "required": hours(reading.required)}
            yield Reason(N_("The clock stands at {done} of {required} hours."), values)
        unanswered = [f for f in reading.findings if f.code == "unanswered"]
        if unanswered:
            one, many = NN_(
                "For {n} interruption nobody has said yet who answers for it.",
                "For {n} interruptions nobody has said yet who answers for them.",
            )
            rows = tuple(("run_interruption", key) for each in unanswered for key in each.keys)
            yield Reason(one, {}, many, len(unanswered), rows=rows)

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Neither decided nor void."""
        return cls.status.not_in(RUN_STATUS.closed)

    @classmethod
    def running(cls) -> ColumnElement[bool]:
        """It runs."""
        return cls.status == "running"

    @classmethod
    def proven(cls) -> ColumnElement[bool]:
        """Declared passed."""
        return cls.status == "passed"

    @classmethod
    def blocking(cls) -> ColumnElement[bool]:
        """Not passed yet; or failed, and no other run of the system has passed since."""
        other = aliased(ProvingRun)
        mended = exists().where(other.system_id == cls.system_id, other.status == "passed", other.deleted_at.is_(None))
        return or_(cls.open(), and_(cls.status == "failed", ~mended))


def hours(minutes: int) -> str:
    """Minutes as hours and minutes, such as ``36:05``."""
    return f"{minutes // 60}:{minutes % 60:02d}"
