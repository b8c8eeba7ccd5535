"""Readings: what was measured of a parameter, when, by whom and with what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Set
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Float, Index, String, Text, UniqueConstraint, select
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, Session, mapped_column, object_session

from handover.errors import Reason
from handover.i18n import N_
from handover.model.acceptance import results
from handover.model.acceptance.campaign import TestCampaign
from handover.model.acceptance.instrument import MeasuringInstrument
from handover.model.acceptance.parameter import AcceptanceParameter
from handover.model.base import Base, Moment, Problem, Row, link
from handover.model.entailed import at_hand
from handover.model.people import must_name
from handover.model.steps import Taker
from handover.values.limits import amount_in, said_in, unit_of
from handover.values.moments import day_of, midnight
from handover.values.shown import ShownDay

#: What decides whether a reading can be taken as it is; who types another of these is asked again.
_JUDGED = ("value", "unit", "taken_at", "campaign_id", "instrument_id")


class ParameterReading(Row):
    """A reading; its result follows from the limits of its parameter and is never typed.

    Attributes:
        value: as it was written; ``amount`` and ``word`` are the number and the verdict in it.
        void_because: why it was struck out; a reading without a reason counts.
    """

    __tablename__ = "parameter_reading"
    __table_args__ = (
        UniqueConstraint("project_id", "ref"),
        Index(None, "project_id", "deleted_at", "id"),
        Index(None, "parameter_id", "taken_at", "id"),
    )
    prefix: ClassVar[str] = "RDG"
    part_of: ClassVar[str] = "parameter_id"
    #: What is measured after a result was signed is told all the same.
    outlives_lock: ClassVar[bool] = True
    guarded: ClassVar[frozenset[str]] = frozenset({*_JUDGED, "void_because", "deleted_at"})

    parameter_id: Mapped[str] = link("acceptance_parameter")
    number: Mapped[int | None]
    value: Mapped[str] = mapped_column(String(200))
    unit: Mapped[str | None] = mapped_column(String(40))
    amount: Mapped[float | None] = mapped_column(Float)
    word: Mapped[str | None] = mapped_column(String(8))
    taken_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    shift: Mapped[str | None] = mapped_column(String(60))
    taken_by_id: Mapped[str | None] = link("person")
    witness_id: Mapped[str | None] = link("person")
    conditions: Mapped[str | None] = mapped_column(Text)
    instrument_id: Mapped[str | None] = link("instrument")
    campaign_id: Mapped[str | None] = link("test_campaign")
    void_because: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)

    @hybrid_property
    def result(self) -> str | None:
        """Whether it keeps to the limits, which are included."""
        raise AttributeError("result is computed in SQL")

    @result.inplace.expression
    @classmethod
    def _result(cls) -> ColumnElement[str | None]:
        return cls._of_parameter(results.verdict)

    @hybrid_property
    def doubt(self) -> str | None:
        """Why it doesn't count, see ``results.DOUBT``."""
        raise AttributeError("doubt is computed in SQL")

    @doubt.inplace.expression
    @classmethod
    def _doubt(cls) -> ColumnElement[str | None]:
        return cls._of_parameter(results.doubt)

    @classmethod
    def _of_parameter(cls, asked: Any) -> ColumnElement[Any]:  # Any: a function of ``results``
        parameter = Base.metadata.tables["acceptance_parameter"].alias()
        found = select(asked(parameter.c, cls)).where(parameter.c.id == cls.parameter_id)
        return found.correlate_except(parameter).scalar_subquery()

    @classmethod
    def consequences(cls, values: Mapping[str, Any], changed: Set[str]) -> dict[str, Any]:
        """The number, the unit and the word follow from what was written."""
        if not changed & {"value", "unit"}:
            return {}
        text = str(values.get("value") or "")
        found = amount_in(text)
        unit = str(values.get("unit") or "") or (found[1] if found is not None else "")
        return {
            "amount": found[0] if found is not None else None, "word": said_in(text), "unit": unit_of(unit) or None
        }  # fmt: skip

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A reading is of a parameter, and says something."""
        yield from must_name(values, "parameter")
        if not str(values.get("value") or "").strip():
            yield Problem("value", N_("This field must be filled in."))

    def against_change(self, before: Mapping[str, Any], taker: Taker) -> Iterator[Reason]:  # Any: column values
        """What is read here and now can be judged, in the right unit, within the campaign, by a good instrument."""
        session = object_session(self)
        parameter = at_hand(session, AcceptanceParameter, self.parameter_id) if session is not None else None
        if session is None or parameter is None or taker.history or (self.void_because or "").strip():
            return
        if all(before.get(attr) == getattr(self, attr) for attr in _JUDGED):
            return
        read = self.consequences({"value": self.value, "unit": self.unit}, {"value"})
        yield from _unreadable(parameter, self.value, read)
        if read["unit"] and parameter.unit and read["unit"] != parameter.unit:
            values = {"ref": parameter.ref, "unit": parameter.unit, "other": read["unit"]}
            yield Reason(N_("{ref} is measured in {unit}, this reading is in {other}."), values, field="unit")
        yield from self._too_early(session, taker)
        yield from self._calibration_over(session, taker)

    def _too_early(self, session: Session, taker: Taker) -> Iterator[Reason]:
        campaign = at_hand(session, TestCampaign, self.campaign_id)
        on = day_of(self.taken_at or taker.today)
        if campaign is not None and campaign.starts_on is not None and on < campaign.starts_on:
            values = {"day": ShownDay(on), "campaign": campaign.name, "start": ShownDay(campaign.starts_on)}
            yield Reason(N_("A reading of {day} lies before “{campaign}”, which begins on {start}."), values,
                         field="taken_at")  # fmt: skip

    def _calibration_over(self, session: Session, taker: Taker) -> Iterator[Reason]:
        instrument = at_hand(session, MeasuringInstrument, self.instrument_id)
        on = day_of(self.taken_at or taker.today)
        if instrument is not None and instrument.calibration_due is not None and instrument.calibration_due < on:
            values = {"name": instrument.code or instrument.name, "due": ShownDay(instrument.calibration_due)}
            yield Reason(N_("The calibration of {name} ran out on {due}: what is read with it doesn't count."), values,
                         field="instrument")  # fmt: skip

    @classmethod
    def failing(cls) -> ColumnElement[bool]:
        """Outside of the limits."""
        return (cls.result == "fail") & cls.doubt.is_(None)

    @classmethod
    def doubtful(cls) -> ColumnElement[bool]:
        """Not counted, for another reason than that somebody struck it out."""
        return cls.doubt.in_(("unit", "early", "instrument"))

    @classmethod
    def unjudged(cls) -> ColumnElement[bool]:
        """Nothing that its parameter could be judged by."""
        return cls.result.is_(None)


def _unreadable(
    parameter: AcceptanceParameter, value: str, read: Mapping[str, Any]
) -> Iterator[Reason]:  # Any: columns
    if parameter.direction in ("boolean", "text"):
        if parameter.verdict(value) is None:
            yield Reason(N_("“{value}” says neither pass nor fail."), {"value": value}, field="value")
    elif parameter.direction is not None and read["amount"] is None:
        yield Reason(N_("“{value}” is no number, with or without a unit."), {"value": value}, field="value")


def readings_of(session: Session, parameter_id: str) -> list[ParameterReading]:
    """The readings of a parameter in the order in which they were taken, those that this act adds included."""
    stored = session.scalars(select(ParameterReading).where(ParameterReading.parameter_id == parameter_id)).all()
    added = [r for r in session.new if isinstance(r, ParameterReading) and r.parameter_id == parameter_id]
    here = [row for row in (*stored, *added) if row.deleted_at is None]
    return sorted(here, key=lambda row: (_when(row), row.id))


def _when(reading: ParameterReading) -> dt.datetime:
    at = reading.taken_at
    if at is None:
        return dt.datetime.min
    return at if isinstance(at, dt.datetime) else midnight(at)


def counts(session: Session, parameter: AcceptanceParameter, reading: ParameterReading) -> str | None:
    """The verdict on a reading that counts; None where it doesn't count or can't be judged.

    The same as ``results.verdict`` and ``results.doubt``, of rows that aren't stored yet.
    """
    if (reading.void_because or "").strip():
        return None
    read = ParameterReading.consequences({"value": reading.value, "unit": reading.unit}, {"value"})
    if read["unit"] and parameter.unit and read["unit"] != parameter.unit:
        return None
    on = day_of(reading.taken_at) if reading.taken_at is not None else None
    campaign = at_hand(session, TestCampaign, reading.campaign_id)
    if campaign is not None and on is not None and campaign.starts_on is not None and on < campaign.starts_on:
        return None
    instrument = at_hand(session, MeasuringInstrument, reading.instrument_id)
    due = instrument.calibration_due if instrument is not None else None
    return None if due is not None and on is not None and due < on else parameter.verdict(reading.value)
