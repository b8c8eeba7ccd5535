"""Gates: the reviews that a phase must pass."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, String, Text
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from handover.model.base import Problem, Row, link
from handover.model.dialect import today_, within, worked_out
from handover.model.people import must_have
from handover.model.placed import Placed

#: What is worked out of every gate: the documents that are missing at its milestone.
GATE_MISSING = "gate_missing"


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

    @hybrid_property
    def missing_documents(self) -> str | None:
        """How many required documents are missing at its milestone, or held with the wrong status; None where none."""
        raise AttributeError("missing_documents is computed in SQL")

    @missing_documents.inplace.expression
    @classmethod
    def _missing_documents(cls) -> ColumnElement[str | None]:
        found: ColumnElement[str | None] = worked_out(GATE_MISSING, cls.project_id, cls.id, 0, String())
        return found

    @classmethod
    def lacking(cls) -> ColumnElement[bool]:
        """Required documents are missing at its milestone, or held with the wrong status."""
        return cls.missing_documents.is_not(None)

    @classmethod
    def ahead(cls) -> ColumnElement[bool]:
        """Its review is today or later."""
        return cls.review_on >= today_()

    @classmethod
    def due_soon(cls) -> ColumnElement[bool]:
        """Its review is today or within two weeks."""
        return within(cls.review_on, 14)
