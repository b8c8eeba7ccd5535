"""Boxes: where the paper lies, and who keeps it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from handover.i18n import N_
from handover.model.base import Problem, Row, link, state
from handover.model.lifecycle import Lifecycle, Step
from handover.model.people import must_have
from handover.model.vocabulary import Option

BOX_STATUS = Lifecycle(
    (
        Option("filling", "Being filled", "neutral", ("组卷中",)),
        Option("handed_over", "Handed over", "ok", ("已移交",)),
    ),
    steps=(
        Step("hand_over", N_("Hand over"), ("filling",), "handed_over", asks=("given_by", "taken_by"),
             on="handed_over_on"),
        Step("take_back", N_("Take back"), ("handed_over",), "filling", asks=("taken_back_because",),
             wipes=("taken_by", "handed_over_on")),
    ),
    closed=frozenset({"handed_over"}),
    locked=frozenset({"handed_over"}),
    stays_open=frozenset({"cabinet", "shelf", "keeper", "notes"}),
)  # fmt: skip


class Box(Row):
    """A box of originals. ``code`` is what its label says; it goes over to operations with its list and two names."""

    __tablename__ = "box"
    prefix: ClassVar[str] = "BOX"

    code: Mapped[str] = mapped_column(String(60))
    title: Mapped[str | None] = mapped_column(String(300))
    room: Mapped[str | None] = mapped_column(String(100))
    cabinet: Mapped[str | None] = mapped_column(String(60))
    shelf: Mapped[str | None] = mapped_column(String(60))
    keeper_id: Mapped[str | None] = link("person")
    retention: Mapped[str | None] = mapped_column(String(60))
    status: Mapped[str] = state(BOX_STATUS)
    given_by_id: Mapped[str | None] = link("person")
    taken_by_id: Mapped[str | None] = link("person")
    handed_over_on: Mapped[dt.date | None]
    taken_back_because: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A box has a label."""
        yield from must_have(values, "code")

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Not yet handed over."""
        return cls.status == "filling"
