"""Gates: the reviews that a phase must pass."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from handover.model.base import Problem, Row, link
from handover.model.dialect import today_, within
from handover.model.people import must_have
from handover.model.placed import Placed


class Gate(Placed, Row):
    """A review, chaired by somebody on a day, before a phase is entered or left."""

    __tablename__ = "gate"
    prefix: ClassVar[str] = "GAT"

    code: Mapped[str | None] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    phase_id: Mapped[str | None] = link("phase")
    milestone_id: Mapped[str | None] = link("milestone")
    review_on: Mapped[dt.date | None]
    chair_id: Mapped[str | None] = link("person")
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A gate needs a name."""
        return must_have(values, "name")

    @classmethod
    def ahead(cls) -> ColumnElement[bool]:
        """Its review is today or later."""
        return cls.review_on >= today_()

    @classmethod
    def due_soon(cls) -> ColumnElement[bool]:
        """Its review is today or within two weeks."""
        return within(cls.review_on, 14)
