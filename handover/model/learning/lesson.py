"""Lessons: what went well or badly, and the section or procedure in which it lives on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from handover.errors import Reason
from handover.i18n import N_
from handover.model.base import Due, Problem, Row, choice, link, state
from handover.model.lifecycle import Lifecycle, Step
from handover.model.people import must_have
from handover.model.punch import PRIORITY
from handover.model.steps import Taker
from handover.model.vocabulary import Option, Vocabulary

LESSON_TYPE = Vocabulary(
    (
        Option("better", "To be repeated", "ok", ("better", "值得推广", "success")),
        Option("worse", "To be avoided", "warning", ("worse", "应避免", "problem")),
    )
)

LESSON_STATUS = Lifecycle(
    (
        Option("noted", "Noted", "warning", ("open", "已记录")),
        Option("agreed", "Agreed", "info", ("已同意",)),
        Option("applied", "Applied", "ok", ("closed", "done", "已落实")),
        Option("dropped", "Dropped", "neutral", ("放弃",)),
    ),
    steps=(
        Step("agree", N_("Agree"), ("noted",), "agreed"),
        Step("apply", N_("Applied"), ("agreed",), "applied", may=("manual_section", "procedure"), on="applied_on",
             needs="nowhere_written"),
        Step("drop", N_("Drop"), ("noted", "agreed"), "dropped", asks=("dropped_because",)),
    ),
    closed=frozenset({"applied", "dropped"}),
    locked=frozenset({"applied", "dropped"}),
    stays_open=frozenset({"reused", "notes"}),
)  # fmt: skip


class LessonLearned(Due, Row):
    """A lesson, noted in a review meeting or on its own. It is applied once it stands in the manual or a procedure."""

    __tablename__ = "lesson_learned"
    prefix: ClassVar[str] = "LSN"

    title: Mapped[str] = mapped_column(String(300))
    happened_on: Mapped[dt.date | None]
    phase_id: Mapped[str | None] = link("phase")
    system_id: Mapped[str | None] = link("system")
    meeting_id: Mapped[str | None] = link("meeting")
    originator_id: Mapped[str | None] = link("person")
    category: Mapped[str | None] = mapped_column(String(100))
    lesson_type: Mapped[str | None] = choice(LESSON_TYPE)
    event: Mapped[str | None] = mapped_column(Text)
    effect: Mapped[str | None] = mapped_column(Text)
    cause: Mapped[str | None] = mapped_column(Text)
    early_warning: Mapped[bool | None]
    recommendation: Mapped[str | None] = mapped_column(Text)
    priority: Mapped[str | None] = choice(PRIORITY)
    owner_id: Mapped[str | None] = link("person")
    due_on: Mapped[dt.date | None]
    status: Mapped[str] = state(LESSON_STATUS)
    manual_section_id: Mapped[str | None] = link("manual_section")
    procedure_id: Mapped[str | None] = link("operating_procedure")
    applied_on: Mapped[dt.date | None]
    reused: Mapped[int | None]
    dropped_because: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A lesson has a title."""
        yield from must_have(values, "title")
        if (values.get("reused") or 0) < 0:
            yield Problem("reused", N_("This number can't be negative."))

    def nowhere_written(self, taker: Taker) -> Iterator[Reason]:
        """It stands neither in the manual nor in a procedure."""
        if not taker.history and self.manual_section_id is None and self.procedure_id is None:
            yield Reason(N_("Say in which section of the manual or in which procedure it stands now."),
                         field="manual_section")  # fmt: skip

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Neither applied nor dropped."""
        return cls.status.not_in(LESSON_STATUS.closed)

    @classmethod
    def due_day(cls) -> Any:  # Any: as in Due
        """Until when it is to be applied."""
        return cls.due_on

    @classmethod
    def closed(cls) -> ColumnElement[bool]:
        """Applied, or dropped."""
        return cls.status.in_(LESSON_STATUS.closed)
