"""Transfer errors: what went wrong on the way of a document, so that its rate can be told and brought down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Text
from sqlalchemy.orm import Mapped, mapped_column

from handover.i18n import N_
from handover.model.base import Due, Problem, Row, choice, link, state
from handover.model.lifecycle import Lifecycle, Step
from handover.model.people import must_have
from handover.model.vocabulary import Option, Vocabulary

ERROR_KIND = Vocabulary(
    (
        Option("wrong_rev", "Wrong revision", "danger", ("版次错误", "wrong rev")),
        Option("missing_page", "Missing pages", "warning", ("缺页",)),
        Option("unreadable", "Can't be opened or read", "warning", ("无法打开", "不清", "unreadable")),
        Option("wrong_recipient", "Sent to the wrong place", "danger", ("送错",)),
        Option("not_translated", "Not translated", "warning", ("未翻译",)),
        Option("not_asbuilt", "Not as it was built", "danger", ("与现场不符", "not as built")),
        Option("late", "Late", "warning", ("逾期",)),
        Option("unacknowledged", "Not acknowledged", "warning", ("未签收",)),
    )
)

ERROR_STATUS = Lifecycle(
    (
        Option("open", "Open", "warning", ("未处理",)),
        Option("fixed", "Put right", "ok", ("fixed", "closed", "已处理", "已纠正")),
        Option("void", "No error", "neutral", ("作废", "not an error")),
    ),
    steps=(
        Step("fix", N_("Put right"), ("open",), "fixed", on="fixed_on", after=("found_on",), may=("cause",)),
        Step("reopen", N_("Open again"), ("fixed",), "open", wipes=("fixed_on",)),
        Step("void", N_("Was no error"), ("open", "fixed"), "void", asks=("void_because",)),
    ),
    closed=frozenset({"fixed", "void"}),
    locked=frozenset({"void"}),
)


class TransferError(Due, Row):
    """Something that went wrong when a revision or a transmittal passed from one side to the other."""

    __tablename__ = "transfer_error"
    prefix: ClassVar[str] = "TER"

    kind: Mapped[str] = choice(ERROR_KIND, "wrong_rev")
    description: Mapped[str | None] = mapped_column(Text)
    status: Mapped[str] = state(ERROR_STATUS)
    revision_id: Mapped[str | None] = link("revision")
    transmittal_id: Mapped[str | None] = link("transmittal")
    found_by_id: Mapped[str | None] = link("person")
    found_on: Mapped[dt.date | None]
    owner_id: Mapped[str | None] = link("person")
    due_on: Mapped[dt.date | None]
    cause: Mapped[str | None] = mapped_column(Text)
    fixed_on: Mapped[dt.date | None]
    void_because: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """An error is one of a revision or of a transmittal, found on a day."""
        yield from must_have(values, "found_on")
        if not values.get("revision_id") and not values.get("transmittal_id"):
            yield Problem("revision", N_("Say in which revision or transmittal it was found."))

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Not yet put right."""
        return cls.status == "open"

    @classmethod
    def due_day(cls) -> Any:  # Any: as in Due
        """Until when it is to be put right."""
        return cls.due_on

    @classmethod
    def counted(cls) -> ColumnElement[bool]:
        """Counts in the rate of errors."""
        return cls.status != "void"
