"""Goals that both sides of a group own: the target, what was reached in each period, and the trend."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, ForeignKey, String, Text, and_, case, func, or_, select
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, aliased, mapped_column

from handover.i18n import N_, NC_
from handover.model.base import Problem, Row, choice, link
from handover.model.measure import Measure
from handover.model.people import must_have, must_name
from handover.model.vocabulary import Option, Vocabulary

BETTER = Vocabulary(
    (
        Option("higher", NC_("goal", "More is better"), aliases=("higher", ">=", "越高越好")),
        Option("lower", NC_("goal", "Less is better"), aliases=("lower", "<=", "越低越好")),
    )
)
GOAL_STATUS = Vocabulary(
    (
        Option("unknown", NC_("goal", "No figure yet"), "neutral"),
        Option("short", NC_("goal", "Not reached"), "warning"),
        Option("reached", NC_("goal", "Reached"), "ok"),
    )
)
TREND = Vocabulary(
    (
        Option("better", NC_("goal", "Getting better"), "ok"),
        Option("same", NC_("goal", "Unchanged"), "neutral"),
        Option("worse", NC_("goal", "Getting worse"), "danger"),
    )
)
#: What parts the two names of a number that the program counts: ``punches/blocking``.
PARTED_BY = "/"


class Goal(Row):
    """A goal that a lead of each side answers for.

    ``counted`` names a number that the program counts each day, as register and view; its figures are then taken from
    there, else from the rows of what was reached.
    """

    __tablename__ = "goal"
    prefix: ClassVar[str] = "GOL"
    part_of: ClassVar[str] = "group_id"

    group_id: Mapped[str] = mapped_column(String(32), ForeignKey("working_group.id"), index=True)
    number: Mapped[int | None]
    name: Mapped[str] = mapped_column(String(300))
    meaning: Mapped[str | None] = mapped_column(Text)
    unit: Mapped[str | None] = mapped_column(String(40))
    better: Mapped[str | None] = choice(BETTER, "higher")
    target: Mapped[float | None]
    due_on: Mapped[dt.date | None]
    counted: Mapped[str | None] = mapped_column(String(80))
    project_owner_id: Mapped[str | None] = link("person")
    operations_owner_id: Mapped[str | None] = link("person")
    notes: Mapped[str | None] = mapped_column(Text)

    @hybrid_property
    def actual(self) -> float | None:
        """The newest figure."""
        raise AttributeError("actual is found in SQL")

    @actual.inplace.expression
    @classmethod
    def _actual(cls) -> ColumnElement[float]:
        return cls._figure(0)

    @hybrid_property
    def trend(self) -> str | None:
        """The newest figure against the one before it; see TREND."""
        raise AttributeError("trend is computed in SQL")

    @trend.inplace.expression
    @classmethod
    def _trend(cls) -> ColumnElement[str]:
        now, then, lower = cls._figure(0), cls._figure(1), cls.better == "lower"
        return case(
            (or_(now.is_(None), then.is_(None)), None),
            (now == then, "same"),
            (or_(and_(lower, now < then), and_(~func.coalesce(lower, False), now > then)), "better"),
            else_="worse",
        )

    @hybrid_property
    def status(self) -> str:
        """Computed; see GOAL_STATUS."""
        raise AttributeError("status is computed in SQL")

    @status.inplace.expression
    @classmethod
    def _status(cls) -> ColumnElement[str]:
        return case((cls.reached(), "reached"), (or_(cls._figure(0).is_(None), cls.target.is_(None)), "unknown"),
                    else_="short")  # fmt: skip

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A goal says what is to be reached."""
        yield from must_have(values, "name")
        yield from must_name(values, "group")
        counted = values.get("counted")
        if counted and (counted.count(PARTED_BY) != 1 or not all(counted.split(PARTED_BY))):
            yield Problem("counted", N_("Name a register and one of its views, such as {example}."),
                          {"example": "punches/blocking"})  # fmt: skip

    @classmethod
    def reached(cls) -> ColumnElement[bool]:
        """Its newest figure is as good as the target."""
        now = cls._figure(0)
        enough = case((cls.better == "lower", now <= cls.target), else_=now >= cls.target)
        return func.coalesce(enough, False).is_(True)

    @classmethod
    def short(cls) -> ColumnElement[bool]:
        """Its newest figure isn't as good as the target."""
        return and_(cls._figure(0).is_not(None), cls.target.is_not(None), ~cls.reached())

    @classmethod
    def _figure(cls, back: int) -> ColumnElement[float]:
        """The newest figure, or one so many before it."""
        typed = aliased(GoalFigure)
        of_rows = (
            select(typed.actual)
            .where(typed.goal_id == cls.id, typed.deleted_at.is_(None))
            .order_by(typed.period_on.desc(), typed.id.desc())
            .limit(1).offset(back).scalar_subquery()
        )  # fmt: skip
        counted = aliased(Measure)
        named = counted.register + PARTED_BY + counted.view == cls.counted
        of_program = (
            select(counted.n)
            .where(counted.project_id == cls.project_id, named)
            .order_by(counted.day.desc())
            .limit(1).offset(back).scalar_subquery()
        )  # fmt: skip
        return func.coalesce(of_rows, of_program)


class GoalFigure(Row):
    """What was reached of a goal in a period; ``period_on`` is its last day."""

    __tablename__ = "goal_figure"
    prefix: ClassVar[str] = "GFG"
    part_of: ClassVar[str] = "goal_id"

    goal_id: Mapped[str] = mapped_column(String(32), ForeignKey("goal.id"), index=True)
    period_on: Mapped[dt.date | None]
    actual: Mapped[float | None]
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """It says when and how much."""
        yield from must_have(values, "period_on", "actual")
        yield from must_name(values, "goal")
