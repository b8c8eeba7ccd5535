"""Retention: what is done so that a holder stays until his knowledge has passed on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Text
from sqlalchemy.orm import Mapped, mapped_column

from handover.i18n import N_
from handover.model.base import Due, Problem, Row, choice, link, state
from handover.model.lifecycle import Lifecycle, Step
from handover.model.people import must_name
from handover.model.vocabulary import Option, Vocabulary

RETENTION_MEASURE = Vocabulary(
    (
        Option("agreement", "Agreement to stay", aliases=("留任协议",)),
        Option("adviser", "Time as an adviser", aliases=("顾问期",)),
        Option("understudy", "Understudy", aliases=("备份人",)),
        Option("rotation", "Job rotation", aliases=("轮岗",)),
        Option("mentoring", "Mentoring", aliases=("师带徒",)),
        Option("other", "Other", aliases=("其他",)),
    )
)

RETENTION_STATUS = Lifecycle(
    (
        Option("proposed", "Proposed", "warning", ("建议",)),
        Option("agreed", "Agreed", "info", ("已同意",)),
        Option("done", "Done", "ok", ("已落实",)),
        Option("dropped", "Dropped", "neutral", ("放弃",)),
    ),
    steps=(
        Step("agree", N_("Agree"), ("proposed",), "agreed", on="agreed_on"),
        Step("finish", N_("Done"), ("agreed",), "done", on="done_on"),
        Step("drop", N_("Drop"), ("proposed", "agreed"), "dropped", asks=("dropped_because",)),
    ),
    closed=frozenset({"done", "dropped"}),
    locked=frozenset({"done", "dropped"}),
    stays_open=frozenset({"notes"}),
)


class RetentionPlan(Due, Row):
    """A measure by which somebody is kept, or his leaving made up for."""

    __tablename__ = "retention_plan"
    prefix: ClassVar[str] = "RET"

    person_id: Mapped[str] = link("person")
    measure: Mapped[str | None] = choice(RETENTION_MEASURE)
    description: Mapped[str | None] = mapped_column(Text)
    owner_id: Mapped[str | None] = link("person")
    due_on: Mapped[dt.date | None]
    status: Mapped[str] = state(RETENTION_STATUS)
    agreed_on: Mapped[dt.date | None]
    done_on: Mapped[dt.date | None]
    reasons: Mapped[str | None] = mapped_column(Text)
    dropped_because: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """It is about somebody."""
        yield from must_name(values, "person")

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Neither done nor dropped."""
        return cls.status.not_in(RETENTION_STATUS.closed)

    @classmethod
    def due_day(cls) -> Any:  # Any: as in Due
        """Until when."""
        return cls.due_on
