"""The plan: tasks in their outline, and the links between them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Set
from typing import Any, ClassVar

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    and_,
    case,
    func,
    or_,
    select,
)
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from handover.clock import today
from handover.errors import Reason
from handover.i18n import N_, NN_
from handover.model.base import Base, Dropping, Due, Moment, Problem, Row, choice, link, new_id
from handover.model.dialect import day, today_, worked_out
from handover.model.people import must_have
from handover.model.project import Project
from handover.model.steps import Taker
from handover.model.system import System
from handover.model.teams.stops import stopped_progress
from handover.model.vocabulary import Option, Vocabulary
from handover.values.moments import day_of, midnight

TASK_KIND = Vocabulary(
    (
        Option("task", "Task", aliases=("任务",)),
        Option("summary", "Summary task", aliases=("摘要任务", "summary", "阶段")),
        Option("milestone", "Milestone", "info", ("里程碑",)),
    )
)

# Computed from dates and progress, never stored.
TASK_STATUS = Vocabulary(
    (
        Option("not_started", "Not started"),
        Option("in_progress", "In progress", "info"),
        Option("completed", "Completed", "ok"),
        Option("overdue", "Overdue", "danger"),
        Option("at_risk", "At risk", "warning"),
    )
)

CONSTRAINT = Vocabulary(
    (
        Option("asap", "As soon as possible", aliases=("ASAP", "越早越好")),
        Option("alap", "As late as possible", aliases=("ALAP", "越晚越好")),
        Option("mso", "Must start on", aliases=("MSO", "必须开始于")),
        Option("mfo", "Must finish on", aliases=("MFO", "必须完成于")),
        Option("snet", "Start no earlier than", aliases=("SNET", "不得早于...开始")),
        Option("snlt", "Start no later than", aliases=("SNLT", "不得晚于...开始")),
        Option("fnet", "Finish no earlier than", aliases=("FNET", "不得早于...完成")),
        Option("fnlt", "Finish no later than", aliases=("FNLT", "不得晚于...完成")),
    )
)

LINK_TYPE = Vocabulary(
    (
        Option("FS", "Finish to start"),
        Option("SS", "Start to start"),
        Option("FF", "Finish to finish"),
        Option("SF", "Start to finish"),
    )
)

LAG_UNIT = Vocabulary(
    (
        Option("working", "Working time"),
        Option("elapsed", "Elapsed time"),
        Option("percent", "Percent of the predecessor"),
        Option("elapsed_percent", "Percent of the predecessor, elapsed"),
    )
)


#: Under which name queries ask for the days of a task, and in which order they stand; see ``handover.plan.lateness``.
TASK_DAYS = "task_days"
TASK_DAY_PARTS = ("start", "finish", "start_by", "finish_by", "in_doubt")


class Task(Due, Row):
    """A task, summary task or milestone of the plan.

    ``duration`` is in minutes of working time on the task's calendar (``elapsed`` marks minutes of the clock).
    ``percent`` is a share from 0 to 1; ``begun`` says that work has begun where nobody says when or how far it is.
    ``manual`` pins a task to its dates; ``tentative`` says that nobody has entered them yet. ``leveling_delay`` is in
    minutes of the clock. ``position`` orders the outline; ``depth`` is 0 at the top.
    """

    __tablename__ = "task"
    prefix: ClassVar[str] = "TSK"
    dropping: ClassVar[Dropping] = Dropping(
        N_("Mark them as inactive"),
        NN_(
            "{n} task that the file no longer has is marked as inactive.",
            "{n} tasks that the file no longer has are marked as inactive.",
        ),
        {"inactive": True},
    )
    stands_as: ClassVar[tuple[str, str]] = NN_(
        "{n} task of {system} that is needed before the handover is not done: {refs}.",
        "{n} tasks of {system} that are needed before the handover are not done: {refs}.",
    )
    guarded_by_hand: ClassVar[frozenset[str]] = frozenset({"percent", "begun", "actual_start", "actual_finish"})

    wbs: Mapped[str | None] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(500))
    kind: Mapped[str | None] = choice(TASK_KIND, "task")
    parent_id: Mapped[str | None] = mapped_column(String(32), ForeignKey("task.id"), index=True)
    position: Mapped[float] = mapped_column(default=0.0)
    depth: Mapped[int] = mapped_column(default=0)
    duration: Mapped[int | None]
    elapsed: Mapped[bool | None]
    estimated: Mapped[bool | None]
    start: Mapped[dt.datetime | None] = mapped_column(Moment)
    finish: Mapped[dt.datetime | None] = mapped_column(Moment)
    actual_start: Mapped[dt.datetime | None] = mapped_column(Moment)
    actual_finish: Mapped[dt.datetime | None] = mapped_column(Moment)
    remaining: Mapped[int | None]
    percent: Mapped[float | None]
    #: Somebody said that it is in progress, without a day or a share.
    begun: Mapped[bool | None]
    constraint: Mapped[str | None] = choice(CONSTRAINT)
    constraint_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    deadline: Mapped[dt.datetime | None] = mapped_column(Moment)
    calendar_id: Mapped[str | None] = link("work_calendar")
    resume: Mapped[dt.datetime | None] = mapped_column(Moment)
    inactive: Mapped[bool | None]
    manual: Mapped[bool | None]
    tentative: Mapped[bool | None]
    leveling_delay: Mapped[int | None]
    owner_id: Mapped[str | None] = link("person")
    resources: Mapped[str | None] = mapped_column(String(500))
    system_id: Mapped[str | None] = link("system")
    source_id: Mapped[str | None] = mapped_column(String(60))
    needed_before_handover: Mapped[bool | None]
    notes: Mapped[str | None] = mapped_column(Text)

    @hybrid_property
    def scheduled_start(self) -> dt.date | None:
        """The day on which the schedule has it begin."""
        raise AttributeError("scheduled_start is computed in SQL")

    @scheduled_start.inplace.expression
    @classmethod
    def _scheduled_start(cls) -> Any:  # Any: a day
        return cls._of_schedule("start")

    @hybrid_property
    def scheduled_finish(self) -> dt.date | None:
        """The day on which the schedule has it end."""
        raise AttributeError("scheduled_finish is computed in SQL")

    @scheduled_finish.inplace.expression
    @classmethod
    def _scheduled_finish(cls) -> Any:  # Any: a day
        return cls._of_schedule("finish")

    @hybrid_property
    def due_on(self) -> dt.date | None:
        """The day by which it is to be done; see ``handover.plan.lateness``."""
        raise AttributeError("due_on is computed in SQL")

    @due_on.inplace.expression
    @classmethod
    def _due_on(cls) -> Any:  # Any: a day
        return cls._of_schedule("finish_by")

    @classmethod
    def _of_schedule(cls, part: str) -> Any:  # Any: a day, or whether it is in doubt
        kind = Boolean() if part == "in_doubt" else Date()
        return worked_out(TASK_DAYS, cls.project_id, cls.id, TASK_DAY_PARTS.index(part), kind)

    @hybrid_property
    def status(self) -> str:
        """Computed on the user's day; see TASK_STATUS."""
        raise AttributeError("status is computed in SQL")

    @status.inplace.expression
    @classmethod
    def _status(cls) -> ColumnElement[str]:
        started = or_(cls.actual_start.is_not(None), func.coalesce(cls.percent, 0) > 0, cls.begun.is_(True))
        is_work, in_doubt = func.coalesce(cls.kind, "task") != "summary", cls._of_schedule("in_doubt")
        return case(
            (cls.completed(), "completed"),
            (cls.overdue(), "overdue"),
            (and_(is_work, or_(and_(~started, cls._of_schedule("start_by") < today_()), in_doubt)), "at_risk"),
            (started, "in_progress"),
            else_="not_started",
        )

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """What holds for every task."""
        yield from must_have(values, "name")
        if values.get("parent_id") and values.get("parent_id") == values.get("id"):
            yield Problem("parent", N_("A task can't be part of itself."))
        percent, duration = values.get("percent"), values.get("duration")
        if percent is not None and not 0 <= percent <= 1:
            yield Problem("percent", N_("A share lies between 0 % and 100 %."))
        if duration is not None and duration < 0:
            yield Problem("duration", N_("A duration can't be negative."))
        if duration and values.get("kind") == "milestone":
            yield Problem("duration", N_("A milestone has no duration."))
        for first, last, sentence in (
            ("start", "finish", N_("It finishes before it starts.")),
            ("actual_start", "actual_finish", N_("It actually finished before it actually started.")),
        ):
            a, b = values.get(first), values.get(last)
            if a and b and day_of(b) < day_of(a):
                yield Problem(last, sentence)

    def against_change(self, before: Mapping[str, Any], taker: Taker) -> Iterator[Reason]:
        """Where an emergency stop is in force nothing is begun, and nothing gets further."""
        further = (self.percent or 0) > (before.get("percent") or 0) or any(
            getattr(self, attr) and not before.get(attr) for attr in ("begun", "actual_start", "actual_finish")
        )
        if further:
            yield from stopped_progress(self, self.system_id, taker)

    @classmethod
    def consequences(cls, values: Mapping[str, Any], changed: Set[str]) -> dict[str, Any]:
        """100 % and an actual finish come together and go together; a milestone takes no time."""
        follows: dict[str, Any] = {}
        done, finished = (values.get("percent") or 0) >= 1, values.get("actual_finish")
        if done and finished is None:
            if "actual_finish" in changed and "percent" not in changed:
                follows["percent"] = None
            elif "percent" in changed:
                follows["actual_finish"] = likely_finish(values.get("finish"), values.get("actual_start"))
        elif finished is not None and not done:
            if "percent" in changed and "actual_finish" not in changed:
                follows["actual_finish"] = None
            else:
                follows["percent"] = 1.0
        if "percent" in changed and values.get("percent") == 0 and "begun" not in changed and values.get("begun"):
            follows["begun"] = None
        if values.get("kind") == "milestone" and values.get("duration") is None:
            follows["duration"] = 0
        return follows

    @classmethod
    def consequences_told(cls, values: Mapping[str, Any], changed: Set[str]) -> dict[str, Any]:
        """As ``consequences``, but a list that tells of a task done without a day doesn't mean today."""
        follows = cls.consequences(values, changed)
        if follows.get("actual_finish") not in (None, values.get("finish")):
            del follows["actual_finish"]
        return follows

    @classmethod
    def completed(cls) -> ColumnElement[bool]:
        """Done to 100 %."""
        return or_(func.coalesce(cls.percent, 0) >= 1, cls.actual_finish.is_not(None))

    @classmethod
    def done(cls) -> ColumnElement[bool]:
        """Work that is done, summary tasks apart."""
        return and_(func.coalesce(cls.kind, "task") != "summary", cls.completed(), cls.inactive.is_not(True))

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Work that isn't done; summary tasks don't count, their parts do."""
        return and_(func.coalesce(cls.kind, "task") != "summary", ~cls.completed(), cls.inactive.is_not(True))

    @classmethod
    def work(cls) -> ColumnElement[bool]:
        """What is done or to be done: neither summaries nor what is inactive."""
        return and_(func.coalesce(cls.kind, "task") != "summary", cls.inactive.is_not(True))

    @classmethod
    def due_day(cls) -> Any:  # Any: as in Due
        """By when it is to be done: its deadline, the finish entered, or that of the schedule."""
        return cls.due_on

    @classmethod
    def summaries(cls) -> ColumnElement[bool]:
        """What only holds other tasks: neither open nor done by itself."""
        return cls.kind == "summary"

    @classmethod
    def milestones(cls) -> ColumnElement[bool]:
        """The milestones."""
        return cls.kind == "milestone"

    @classmethod
    def default_needed_before_handover(cls) -> ColumnElement[bool]:
        """Whether a task is needed before the handover where nobody has said so.

        It is, unless it is inactive, a summary, the milestone of the handover itself or scheduled after it; otherwise a
        system's own handover would stand in its way for ever. The handover is that of its system, else the project's.
        """
        of_system = select(func.coalesce(System.forecast_rfo, System.planned_rfo)).where(System.id == cls.system_id)
        dates = func.coalesce(Project.forecast_handover, Project.planned_handover)
        of_project = select(dates).where(Project.id == cls.project_id)
        handover = func.coalesce(of_system.scalar_subquery(), of_project.scalar_subquery())
        starts = func.coalesce(day(func.coalesce(cls.start, cls.finish)), cls.scheduled_start)
        after = case((cls.kind == "milestone", starts >= handover), else_=starts > handover)
        return and_(
            cls.inactive.is_not(True),
            func.coalesce(cls.kind, "task") != "summary",
            func.coalesce(after, False).is_(False),
        )

    @classmethod
    def blocking(cls) -> ColumnElement[bool]:
        """Work that isn't done and is needed before the handover."""
        return and_(cls.open(), func.coalesce(cls.needed_before_handover, cls.default_needed_before_handover()))


class TaskLink(Base):
    """A dependency: ``lag`` is in minutes of working or elapsed time, or in percent of the predecessor."""

    __tablename__ = "task_link"
    __table_args__ = (UniqueConstraint("predecessor_id", "successor_id"), Index(None, "project_id"))
    logged: ClassVar[bool] = True

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    project_id: Mapped[str] = mapped_column(String(32), ForeignKey("project.id"))
    predecessor_id: Mapped[str] = mapped_column(String(32), ForeignKey("task.id"))
    successor_id: Mapped[str] = mapped_column(String(32), ForeignKey("task.id"), index=True)
    kind: Mapped[str] = choice(LINK_TYPE, "FS")
    lag: Mapped[float] = mapped_column(default=0.0)
    lag_unit: Mapped[str] = choice(LAG_UNIT, "working")

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A task can't wait for itself."""
        if values.get("predecessor_id") == values.get("successor_id"):
            yield Problem("predecessors", N_("A task can't depend on itself."))


def likely_finish(planned: dt.datetime | None, started: dt.datetime | None) -> dt.datetime:
    """When a task was finished that is reported done: as planned if that has passed, else today."""
    finish = planned if planned and day_of(planned) <= today() else midnight(today())
    if started and day_of(finish) < day_of(started):  # it began after its planned finish
        return max(started, midnight(today()))
    return finish
