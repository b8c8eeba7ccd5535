"""Measuring instruments, each good until its calibration runs out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from handover.i18n import N_
from handover.model.base import Problem, Row, link
from handover.model.dialect import today_, within
from handover.model.people import must_have


class MeasuringInstrument(Row):
    """An instrument; what is read with it after ``calibration_due`` doesn't count."""

    __tablename__ = "instrument"
    prefix: ClassVar[str] = "INS"

    code: Mapped[str | None] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(200))
    maker: Mapped[str | None] = mapped_column(String(100))
    model: Mapped[str | None] = mapped_column(String(100))
    serial_no: Mapped[str | None] = mapped_column(String(100))
    measures: Mapped[str | None] = mapped_column(String(200))
    accuracy: Mapped[str | None] = mapped_column(String(100))
    calibrated_on: Mapped[dt.date | None]
    calibration_due: Mapped[dt.date | None]
    certificate_no: Mapped[str | None] = mapped_column(String(100))
    keeper_id: Mapped[str | None] = link("person")
    retired_on: Mapped[dt.date | None]
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """An instrument has a name, and isn't calibrated after its calibration ran out."""
        yield from must_have(values, "name")
        on, due = values.get("calibrated_on"), values.get("calibration_due")
        if on and due and due < on:
            yield Problem("calibration_due", N_("The calibration would run out before the day of the calibration."))

    @classmethod
    def in_use(cls) -> ColumnElement[bool]:
        """Not retired."""
        return cls.retired_on.is_(None)

    @classmethod
    def overdue(cls) -> ColumnElement[bool]:
        """In use, with a calibration that ran out."""
        return cls.in_use() & (cls.calibration_due < today_())

    @classmethod
    def due_soon(cls) -> ColumnElement[bool]:
        """In use, with a calibration that runs out today or within two weeks."""
        return cls.in_use() & within(cls.calibration_due, 14)
