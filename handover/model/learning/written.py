"""What is written down for operations: sections of the manual, and operating procedures with what changed them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, String, Text, and_
from sqlalchemy.orm import Mapped, mapped_column

from handover.i18n import N_, NC_
from handover.model.base import Due, Problem, Row, link, state
from handover.model.dialect import today_
from handover.model.lifecycle import Lifecycle, Step
from handover.model.people import must_have
from handover.model.vocabulary import Option

#: What is written passes from a draft into force, and is then superseded, never changed.
WRITTEN_STATUS = Lifecycle(
    (
        Option("draft", NC_("written", "Draft"), "neutral", ("编制中", "草稿")),
        Option("reviewed", NC_("written", "Reviewed"), "info", ("已审",)),
        Option("in_force", "In force", "ok", ("approved", "published", "已批准", "已发布", "有效")),
        Option("superseded", "Superseded", "neutral", ("替代", "已替代")),
    ),
    steps=(
        Step("review", N_("Reviewed"), ("draft",), "reviewed", by="reviewed_by", asks=("reviewed_by",),
             by_other_than=("owner",)),
        Step("return", N_("Return for revision"), ("reviewed",), "draft", wipes=("reviewed_by",)),
        Step("release", N_("Put into force"), ("reviewed",), "in_force", by="approved_by", on="in_force_on"),
        Step("supersede", N_("Supersede"), ("in_force",), "superseded"),
    ),
    closed=frozenset({"in_force", "superseded"}),
    locked=frozenset({"in_force", "superseded"}),
    stays_open=frozenset({"next_review", "owner", "notes"}),
)  # fmt: skip


class ManualSection(Row):
    """An entry of the operations manual."""

    __tablename__ = "manual_section"
    prefix: ClassVar[str] = "MAN"

    code: Mapped[str | None] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(300))
    system_id: Mapped[str | None] = link("system")
    text: Mapped[str | None] = mapped_column(Text)
    caused_by: Mapped[str | None] = mapped_column(Text)
    owner_id: Mapped[str | None] = link("person")
    status: Mapped[str] = state(WRITTEN_STATUS)
    reviewed_by_id: Mapped[str | None] = link("person")
    approved_by_id: Mapped[str | None] = link("person")
    in_force_on: Mapped[dt.date | None]
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A section has a title."""
        return must_have(values, "title")

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Not yet in force."""
        return cls.status.not_in(WRITTEN_STATUS.closed)


class OperatingProcedure(Due, Row):
    """A revision of an operating procedure, with what caused it and the one that it takes the place of."""

    __tablename__ = "operating_procedure"
    prefix: ClassVar[str] = "SOP"

    code: Mapped[str | None] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(300))
    revision: Mapped[str | None] = mapped_column(String(20))
    system_id: Mapped[str | None] = link("system")
    text: Mapped[str | None] = mapped_column(Text)
    caused_by: Mapped[str | None] = mapped_column(Text)
    previous_id: Mapped[str | None] = link("operating_procedure")
    document_id: Mapped[str | None] = link("document")
    owner_id: Mapped[str | None] = link("person")
    due_on: Mapped[dt.date | None]
    status: Mapped[str] = state(WRITTEN_STATUS)
    reviewed_by_id: Mapped[str | None] = link("person")
    approved_by_id: Mapped[str | None] = link("person")
    in_force_on: Mapped[dt.date | None]
    next_review: Mapped[dt.date | None]
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A procedure has a title, and doesn't take its own place."""
        yield from must_have(values, "title")
        if values.get("previous_id") and values.get("previous_id") == values.get("id"):
            yield Problem("previous", N_("A revision can't take its own place."))

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Not yet in force."""
        return cls.status.not_in(WRITTEN_STATUS.closed)

    @classmethod
    def due_day(cls) -> Any:  # Any: as in Due
        """Until when it is to be in force."""
        return cls.due_on

    @classmethod
    def to_review(cls) -> ColumnElement[bool]:
        """In force, and to be looked at again by now."""
        return and_(cls.status == "in_force", cls.next_review <= today_())
