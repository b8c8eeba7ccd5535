"""Tests of all kinds, their steps with what was expected and what came, and what a defect becomes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, String, Text, case, func, select
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, Session, mapped_column, object_session

from handover.errors import Reason
from handover.i18n import N_, NC_, NN_
from handover.model.base import Base, Due, Problem, Row, choice, link, state
from handover.model.lifecycle import Lifecycle, Step
from handover.model.people import must_have, must_name
from handover.model.steps import Taker
from handover.model.vocabulary import Option, Vocabulary

TRIAL_KIND = Vocabulary(
    (
        Option("function", NC_("trial", "Function"), aliases=("功能测试", "功能")),
        Option("integration", NC_("trial", "Integration"), aliases=("集成测试", "接口测试", "集成")),
        Option("peak_load", NC_("trial", "Peak load"), aliases=("load", "压力测试", "峰值负荷", "负荷测试")),
        Option("security", NC_("trial", "Security"), aliases=("安全测试",)),
        Option("compatibility", NC_("trial", "Compatibility"), aliases=("兼容性测试", "兼容性")),
        Option("failover", NC_("trial", "Failover and recovery"), aliases=("容灾测试", "恢复测试")),
        Option("safety", NC_("trial", "Safety function"), aliases=("安全功能", "联锁试验")),
        Option("acceptance", NC_("trial", "User acceptance"), aliases=("UAT", "验收测试", "用户验收")),
    )
)
TRIAL_STATUS = Lifecycle(
    (
        Option("planned", NC_("trial", "Planned"), "neutral", ("计划",)),
        Option("running", NC_("trial", "Under way"), "info", ("进行中",)),
        Option("completed", NC_("trial", "Completed"), "ok", ("完成", "done")),
        Option("dropped", NC_("trial", "Dropped"), "neutral", ("取消",)),
    ),
    steps=(
        Step("begin", N_("Begin the test"), ("planned",), "running", on="started_on"),
        Step("complete", N_("Complete the test"), ("running",), "completed", asks=("tested_by",), by="tested_by",
             on="done_on", after=("started_on",), needs="wanting_to_complete"),
        Step("repeat", N_("Repeat the test"), ("completed",), "running", wipes=("done_on",), counts="repeated"),
        Step("drop", N_("Drop the test"), ("planned", "running"), "dropped", asks=("dropped_because",)),
    ),
    closed=frozenset({"completed", "dropped"}),
    locked=frozenset({"completed", "dropped"}),
    stays_open=frozenset({"notes"}),
)  # fmt: skip
STEP_RESULT = Vocabulary(
    (
        Option("pass", NC_("parameter", "Pass"), "ok", ("passed", "ok", "合格", "通过")),
        Option("fail", NC_("parameter", "Fail"), "danger", ("failed", "ng", "不合格", "不通过", "未通过")),
        Option("blocked", NC_("trial", "Could not be done"), "warning", ("blocked", "受阻", "无法执行")),
        Option("na", NC_("parameter", "Not applicable"), "neutral", ("n/a", "不适用")),
    )
)
#: What a step that fails raises: something to be cleared, or something to be mended and tested again.
DEFECT = Vocabulary(
    (
        Option("punch", NC_("defect", "Punch item"), aliases=("punch", "尾项", "消缺项")),
        Option("rectification", NC_("defect", "Rectification"), aliases=("整改", "整改项")),
    )
)
TRIAL_RESULT = Vocabulary(
    (
        Option("pending", NC_("trial", "Not done"), "neutral"),
        Option("pass", NC_("parameter", "Pass"), "ok"),
        Option("fail", NC_("parameter", "Fail"), "danger"),
    )
)


class Trial(Due, Row):
    """A test; its steps are its parts, its result follows from theirs.

    ``raises`` says what those of its steps that fail raise, where the step itself says nothing; else a punch item.
    """

    __tablename__ = "trial"
    prefix: ClassVar[str] = "TST"
    stands_as: ClassVar[tuple[str, str]] = NN_(
        "{n} test of {system} isn't passed: {refs}.", "{n} tests of {system} aren't passed: {refs}."
    )

    code: Mapped[str | None] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(300))
    kind: Mapped[str | None] = choice(TRIAL_KIND)
    system_id: Mapped[str | None] = link("system")
    campaign_id: Mapped[str | None] = link("test_campaign")
    purpose: Mapped[str | None] = mapped_column(Text)
    setup: Mapped[str | None] = mapped_column(Text)
    raises: Mapped[str | None] = choice(DEFECT)
    document_id: Mapped[str | None] = link("document")
    status: Mapped[str] = state(TRIAL_STATUS)
    planned_on: Mapped[dt.date | None]
    started_on: Mapped[dt.date | None]
    done_on: Mapped[dt.date | None]
    tested_by_id: Mapped[str | None] = link("person")
    witness_id: Mapped[str | None] = link("person")
    repeated: Mapped[int | None]
    dropped_because: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)

    @hybrid_property
    def result(self) -> str:
        """Failed if one of its steps failed, passed if all are done and none failed, else pending."""
        raise AttributeError("result is computed in SQL")

    @result.inplace.expression
    @classmethod
    def _result(cls) -> ColumnElement[str]:
        steps = Base.metadata.tables["trial_step"].alias()
        told = func.coalesce(steps.c.result, "blocked")
        worst = func.max(case((told == "fail", 3), (told == "blocked", 2), else_=1))
        found = select(worst).where(steps.c.trial_id == cls.id, steps.c.deleted_at.is_(None))
        number = found.correlate_except(steps).scalar_subquery()
        return case((number == 3, "fail"), (number == 1, "pass"), else_="pending")

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A test has a title."""
        yield from must_have(values, "title")

    def wanting_to_complete(self, taker: Taker) -> Iterator[Reason]:
        """Every step is done, and what failed has become a punch item or a rectification."""
        session = object_session(self)
        if session is None or taker.history:
            return
        steps = steps_of(session, self.id)
        if not steps:
            yield Reason(N_("The test has no steps yet."))
        undone = [each for each in steps if each.result in (None, "blocked")]
        if undone:
            one, many = NN_("Step {numbers} isn't done.", "Steps {numbers} aren't done.")
            yield Reason(one, {"numbers": _numbers(undone)}, many, len(undone))
        loose = [each for each in steps if each.result == "fail" and not (each.punch_id or each.rectification_id)]
        if loose:
            one, many = NN_(
                "Step {numbers} failed and leads nowhere: name its punch item or its rectification.",
                "Steps {numbers} failed and lead nowhere: name their punch items or rectifications.",
            )
            yield Reason(one, {"numbers": _numbers(loose)}, many, len(loose))

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Neither completed nor dropped."""
        return cls.status.not_in(TRIAL_STATUS.closed)

    @classmethod
    def due_day(cls) -> Any:  # Any: as in Due
        """The planned day."""
        return cls.planned_on

    @classmethod
    def failed(cls) -> ColumnElement[bool]:
        """A step of it failed."""
        return (cls.result == "fail") & (cls.status != "dropped")

    @classmethod
    def passed_on(cls) -> ColumnElement[bool]:
        """Completed, with nothing that failed."""
        return (cls.status == "completed") & (cls.result == "pass")

    @classmethod
    def blocking(cls) -> ColumnElement[bool]:
        """Not completed, or completed with a step that failed."""
        return (cls.status != "dropped") & (cls.open() | (cls.result == "fail"))


class TrialStep(Row):
    """A step of a test: what is done, what should come, what came.

    Attributes:
        raises: what it raises where it fails; else what its test says.
        punch_id, rectification_id: what became of the defect.
    """

    __tablename__ = "trial_step"
    prefix: ClassVar[str] = "TSP"
    part_of: ClassVar[str] = "trial_id"
    guarded: ClassVar[frozenset[str]] = frozenset({"result"})

    trial_id: Mapped[str] = link("trial")
    number: Mapped[int | None]
    action: Mapped[str] = mapped_column(Text)
    expected: Mapped[str | None] = mapped_column(Text)
    actual: Mapped[str | None] = mapped_column(Text)
    result: Mapped[str | None] = choice(STEP_RESULT)
    raises: Mapped[str | None] = choice(DEFECT)
    done_at: Mapped[dt.date | None]
    punch_id: Mapped[str | None] = link("punch")
    rectification_id: Mapped[str | None] = link("rectification")
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A step is of a test, and says what is done."""
        yield from must_name(values, "trial")
        yield from must_have(values, "action")

    def against_change(self, before: Mapping[str, Any], taker: Taker) -> Iterator[Reason]:  # Any: column values
        """What failed says what came."""
        if taker.history or self.result != "fail" or before.get("result") == "fail":
            return
        if not (self.actual or "").strip():
            yield Reason(N_("A step that failed says what came: {field}."), {"field": "actual"}, field="actual")

    @classmethod
    def failed(cls) -> ColumnElement[bool]:
        """Failed."""
        return cls.result == "fail"

    @classmethod
    def undone(cls) -> ColumnElement[bool]:
        """Not done, or not to the end."""
        return func.coalesce(cls.result, "blocked") == "blocked"


def steps_of(session: Session, trial_id: str) -> list[TrialStep]:
    """The steps of a test in their order, those that this act adds included."""
    stored = session.scalars(select(TrialStep).where(TrialStep.trial_id == trial_id)).all()
    added = [row for row in session.new if isinstance(row, TrialStep) and row.trial_id == trial_id]
    return sorted((r for r in (*stored, *added) if r.deleted_at is None), key=lambda r: (r.number or 0, r.id))


def _numbers(steps: list[TrialStep]) -> str:
    return ", ".join(str(each.number) for each in steps)
