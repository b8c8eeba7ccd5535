"""Fault cases: what was seen, what was behind it, and what helped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, String, Text, and_
from sqlalchemy.orm import Mapped, mapped_column

from handover.errors import Reason
from handover.i18n import N_, NC_
from handover.model.base import Problem, Row, choice, link, state
from handover.model.knowledge.levels import CRITICAL
from handover.model.lifecycle import Lifecycle, Step
from handover.model.people import must_have
from handover.model.steps import Taker
from handover.model.vocabulary import Option

FAULT_CASE_STATUS = Lifecycle(
    (
        Option("draft", NC_("written", "Draft"), "neutral", ("草稿",)),
        Option("reviewed", NC_("written", "Reviewed"), "info", ("已审",)),
        Option("published", "Published", "ok", ("已发布",)),
        Option("superseded", "Superseded", "neutral", ("替代", "已替代")),
    ),
    steps=(
        Step("review", N_("Reviewed"), ("draft",), "reviewed", by="reviewed_by", asks=("reviewed_by",),
             by_other_than=("author",)),
        Step("return", N_("Return for revision"), ("reviewed",), "draft", wipes=("reviewed_by",)),
        Step("publish", N_("Publish"), ("reviewed",), "published", needs="unfinished"),
        Step("supersede", N_("Supersede"), ("published",), "superseded", asks=("superseded_by",)),
    ),
    closed=frozenset({"published", "superseded"}),
    locked=frozenset({"published", "superseded"}),
    stays_open=frozenset({"reused", "still_valid", "notes"}),
)  # fmt: skip


class FaultCase(Row):
    """A fault with its symptom, cause and remedy; ``hours_to_restore`` until it ran again."""

    __tablename__ = "fault_case"
    prefix: ClassVar[str] = "FLT"

    symptom: Mapped[str] = mapped_column(Text)
    system_id: Mapped[str | None] = link("system")
    tag: Mapped[str | None] = mapped_column(String(100))
    alarms: Mapped[str | None] = mapped_column(Text)
    cause: Mapped[str | None] = mapped_column(Text)
    diagnosis: Mapped[str | None] = mapped_column(Text)
    remedy: Mapped[str | None] = mapped_column(Text)
    parts: Mapped[str | None] = mapped_column(Text)
    hours_to_restore: Mapped[float | None]
    recurs: Mapped[bool | None]
    severity: Mapped[str | None] = choice(CRITICAL)
    tags: Mapped[str | None] = mapped_column(String(300))
    item_id: Mapped[str | None] = link("knowledge_item")
    procedure_id: Mapped[str | None] = link("operating_procedure")
    author_id: Mapped[str | None] = link("person")
    reviewed_by_id: Mapped[str | None] = link("person")
    status: Mapped[str] = state(FAULT_CASE_STATUS)
    still_valid: Mapped[bool | None]
    reused: Mapped[int | None]
    superseded_by_id: Mapped[str | None] = link("fault_case")
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A case says what was seen."""
        yield from must_have(values, "symptom")
        for key in ("hours_to_restore", "reused"):
            if (values.get(key) or 0) < 0:
                yield Problem(key, N_("This number can't be negative."))
        if values.get("superseded_by_id") and values.get("superseded_by_id") == values.get("id"):
            yield Problem("superseded_by", N_("A revision can't take its own place."))

    def unfinished(self, taker: Taker) -> Iterator[Reason]:
        """A case that others are to use says what was behind it and what helped."""
        for field in ("cause", "remedy") if not taker.history else ():
            if not str(getattr(self, field) or "").strip():
                yield Reason(N_("A case that others are to use needs its cause and remedy: {field}."),
                             {"field": field}, field=field)  # fmt: skip

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Not yet published."""
        return cls.status.not_in(FAULT_CASE_STATUS.closed)

    @classmethod
    def in_use(cls) -> ColumnElement[bool]:
        """Published, and still valid."""
        return and_(cls.status == "published", cls.still_valid.is_not(False))
