"""The ramp-up: what a line is to make in a period, and what it made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, String, Text, and_, case
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from handover.i18n import N_
from handover.model.base import Due, Problem, Row, link
from handover.model.people import must_have


class RampUpFigure(Due, Row):
    """What is to be made until the end of a period, and what was; ``period_on`` is its last day."""

    __tablename__ = "ramp_up"
    prefix: ClassVar[str] = "RMP"

    system_id: Mapped[str | None] = link("system")
    product: Mapped[str | None] = mapped_column(String(200))
    period_on: Mapped[dt.date]
    unit: Mapped[str | None] = mapped_column(String(40))
    target: Mapped[float | None]
    actual: Mapped[float | None]
    owner_id: Mapped[str | None] = link("person")
    why: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)

    @hybrid_property
    def reached(self) -> float | None:
        """The share of the target that was made."""
        raise AttributeError("reached is computed in SQL")

    @reached.inplace.expression
    @classmethod
    def _reached(cls) -> ColumnElement[float | None]:
        return case((cls.target > 0, cls.actual * 1.0 / cls.target), else_=None)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """It has a period, and nothing is made less than not at all."""
        yield from must_have(values, "period_on")
        for key in ("target", "actual"):
            if (values.get(key) or 0) < 0:
                yield Problem(key, N_("This number can't be negative."))

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """What was made isn't known yet."""
        return cls.actual.is_(None)

    @classmethod
    def due_day(cls) -> Any:  # Any: as in Due
        """The last day of the period."""
        return cls.period_on

    @classmethod
    def short(cls) -> ColumnElement[bool]:
        """Less was made than was to be."""
        return and_(cls.actual.is_not(None), cls.actual < cls.target)

    @classmethod
    def told(cls) -> ColumnElement[bool]:
        """What was made is known."""
        return cls.actual.is_not(None)
