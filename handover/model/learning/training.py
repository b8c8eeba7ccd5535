"""Training: the courses that a post requires, and how far each person has come with each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, String, Text, and_, func, or_, select
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, aliased, mapped_column, object_session

from handover.errors import Reason
from handover.i18n import N_, NC_
from handover.model.base import Due, Problem, Row, choice, link, state
from handover.model.dialect import today_
from handover.model.lifecycle import Lifecycle, Step
from handover.model.people import Person, must_have, must_name
from handover.model.picks.pick import pick
from handover.model.steps import Taker
from handover.model.vocabulary import Option, Vocabulary

REQUIREMENT = Vocabulary(
    (
        Option("R", "R Required", "warning", ("required", "mandatory", "必修")),
        Option("O", "O Optional", "neutral", ("optional", "elective", "选修")),
    )
)

TRAINING_STATUS = Lifecycle(
    (
        Option("not_planned", "Not planned", "warning", ("未安排",)),
        Option("planned", "Planned", "info", ("scheduled", "已安排")),
        Option("attended", "Attended", "info", ("已参加",)),
        Option("passed", NC_("training", "Passed"), "ok", ("pass", "completed", "done", "合格", "已完成")),
        Option("failed", NC_("training", "Failed"), "danger", ("fail", "不合格")),
    ),
    steps=(
        Step("plan", N_("Plan the training"), ("not_planned", "failed"), "planned", asks=("planned_on",)),
        Step("attend", N_("Attended"), ("planned",), "attended", on="attended_on"),
        Step("pass", N_("Passed"), ("attended",), "passed", may=("score", "certificate_no", "valid_until"),
             needs="below_the_mark"),
        Step("fail", N_("Failed"), ("attended",), "failed", may=("score",)),
        Step("renew", N_("Plan it anew"), ("passed",), "planned", asks=("planned_on",),
             wipes=("attended_on", "score", "certificate_no", "valid_until")),
    ),
    closed=frozenset({"passed"}),
    locked=frozenset({"passed"}),
    stays_open=frozenset({"requirement", "certificate_no", "valid_until", "notes"}),
)  # fmt: skip


class TrainingCourse(Row):
    """A course: for which posts, how long, with which pass mark, and for how many months it counts."""

    __tablename__ = "training_course"
    prefix: ClassVar[str] = "CRS"

    code: Mapped[str | None] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(300))
    system_id: Mapped[str | None] = link("system")
    method_id: Mapped[str | None] = pick("transfer_method")
    required_posts: Mapped[str | None] = mapped_column(String(300))
    hours: Mapped[float | None]
    pass_mark: Mapped[float | None]
    valid_months: Mapped[int | None]
    least_per_shift: Mapped[int | None]
    prerequisite_id: Mapped[str | None] = link("training_course")
    required_for_id: Mapped[str | None] = link("milestone")
    trainer_id: Mapped[str | None] = link("person")
    notes: Mapped[str | None] = mapped_column(Text)

    @hybrid_property
    def required(self) -> int:
        """How many people it is required of."""
        raise AttributeError("required is counted in SQL")

    @required.inplace.expression
    @classmethod
    def _required(cls) -> ColumnElement[int]:
        return cls._count(TrainingRecord.requirement == "R")

    @hybrid_property
    def covered(self) -> int:
        """How many of those have passed it, as far as that counts today."""
        raise AttributeError("covered is counted in SQL")

    @covered.inplace.expression
    @classmethod
    def _covered(cls) -> ColumnElement[int]:
        return cls._count(and_(TrainingRecord.requirement == "R", TrainingRecord.counting()))

    @hybrid_property
    def short_shifts(self) -> int:
        """In how many shifts of operations fewer people have passed it than each shift needs."""
        raise AttributeError("short_shifts is counted in SQL")

    @short_shifts.inplace.expression
    @classmethod
    def _short_shifts(cls) -> ColumnElement[int]:
        people, passed = aliased(Person), aliased(Person)
        here = func.coalesce(people.leaves_on > today_(), True)
        working = (
            func.coalesce(people.shift, "") != "",
            people.side == "operations",
            people.deleted_at.is_(None),
            here,
        )
        shifts = select(people.project_id, people.shift).where(*working).distinct().subquery()
        able = (
            select(func.count(TrainingRecord.person_id.distinct()))
            .join(passed, passed.id == TrainingRecord.person_id)
            .where(TrainingRecord.course_id == cls.id, TrainingRecord.deleted_at.is_(None), TrainingRecord.counting(),
                   passed.deleted_at.is_(None), passed.shift == shifts.c.shift,
                   func.coalesce(passed.leaves_on > today_(), True))
            .correlate(cls, shifts)
            .scalar_subquery()
        )  # fmt: skip
        least = func.coalesce(cls.least_per_shift, 0)
        short = select(func.count()).select_from(shifts).where(shifts.c.project_id == cls.project_id, able < least)
        return short.correlate(cls).scalar_subquery()

    @classmethod
    def understaffed(cls) -> ColumnElement[bool]:
        """In one shift at least too few people have passed it."""
        return cls.short_shifts > 0

    @classmethod
    def _count(cls, which: ColumnElement[bool]) -> ColumnElement[int]:
        of_course = (TrainingRecord.course_id == cls.id, TrainingRecord.deleted_at.is_(None), which)
        return select(func.count(TrainingRecord.id)).where(*of_course).correlate(cls).scalar_subquery()

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A course has a title."""
        yield from must_have(values, "title")
        for key in ("hours", "pass_mark", "valid_months", "least_per_shift"):
            if (values.get(key) or 0) < 0:
                yield Problem(key, N_("This number can't be negative."))

    def against_change(self, before: Mapping[str, Any], _taker: Taker) -> Iterator[Reason]:  # Any: column values
        """What comes before it doesn't come after it, too."""
        session = object_session(self)
        if session is None or before.get("prerequisite_id") == self.prerequisite_id:
            return
        seen, key = {self.id}, self.prerequisite_id
        while key is not None:
            if key in seen:
                yield Reason(N_("The courses would be prerequisites of each other."), field="prerequisite")
                return
            seen.add(key)
            earlier = session.get(TrainingCourse, key)
            key = earlier.prerequisite_id if earlier is not None else None

    @classmethod
    def uncovered(cls) -> ColumnElement[bool]:
        """Somebody of whom it is required hasn't passed it."""
        return cls.covered < cls.required


class TrainingRecord(Due, Row):
    """A person's way through a course."""

    __tablename__ = "training_record"
    prefix: ClassVar[str] = "TRN"

    course_id: Mapped[str] = link("training_course")
    person_id: Mapped[str] = link("person")
    requirement: Mapped[str | None] = choice(REQUIREMENT, "R")
    planned_on: Mapped[dt.date | None]
    attended_on: Mapped[dt.date | None]
    trainer_id: Mapped[str | None] = link("person")
    hours: Mapped[float | None]
    score: Mapped[float | None]
    pass_mark: Mapped[float | None]
    status: Mapped[str] = state(TRAINING_STATUS)
    certificate_no: Mapped[str | None] = mapped_column(String(100))
    valid_until: Mapped[dt.date | None]
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """It is of a person, in a course."""
        yield from must_name(values, "course", "person")

    def below_the_mark(self, _taker: Taker) -> Iterator[Reason]:
        """A score that doesn't reach the pass mark, that of the course where the record names none."""
        session = object_session(self)
        course = session.get(TrainingCourse, self.course_id) if session is not None else None
        mark = self.pass_mark if self.pass_mark is not None else course.pass_mark if course is not None else None
        if self.score is not None and mark is not None and self.score < mark:
            yield Reason(N_("The score is below the pass mark: it is failed."), field="score")

    @classmethod
    def _ran_out(cls) -> ColumnElement[bool]:
        return func.coalesce(cls.valid_until < today_(), False)

    @classmethod
    def counting(cls) -> ColumnElement[bool]:
        """Passed, and that counts today."""
        return and_(cls.status == "passed", ~cls._ran_out())

    @classmethod
    def expired(cls) -> ColumnElement[bool]:
        """Passed, and that ran out."""
        return and_(cls.status == "passed", cls._ran_out())

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Required or planned, and not passed, or no longer."""
        return or_(cls.status != "passed", cls._ran_out())

    @classmethod
    def due_day(cls) -> Any:  # Any: as in Due
        """The day on which it is planned."""
        return cls.planned_on
