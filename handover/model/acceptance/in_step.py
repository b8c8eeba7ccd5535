"""Parameters, readings and rectifications in step: a reading that fails raises a rectification by itself, one after the
mend settles it, and the parameter shows the latest one that counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from handover import clock
from handover.model.acceptance.campaign import TestCampaign
from handover.model.acceptance.instrument import MeasuringInstrument
from handover.model.acceptance.parameter import AcceptanceParameter
from handover.model.acceptance.reading import ParameterReading, counts, readings_of
from handover.model.acceptance.rectification import RECTIFICATION_STATUS, Rectification, rectifications_of
from handover.model.base import Row
from handover.model.entailed import after_many_new, at_hand, coming_with_new, entailed_by
from handover.model.steps import Taker
from handover.model.system import System
from handover.values.moments import day_of

_Judged = list[tuple[ParameterReading, str]]
_OF_LIMITS = frozenset({"limits", "direction", "lower", "upper", "lower_open", "upper_open", "unit"})
_MEASURED = frozenset({"measured", "measured_at"})
#: Open, and proven by a reading.
_PASSED = ("retest_passed", "sop_updated")


@entailed_by(ParameterReading)
def follow_reading(reading: ParameterReading, changed: Set[str], session: Session, taker: Taker) -> Iterator[Row]:
    """A reading has its time and its reader; what it says of its parameter follows."""
    if not taker.history and changed & {"value"}:
        if reading.taken_at is None:
            reading.taken_at = clock.minute()
        if reading.taken_by_id is None:
            reading.taken_by_id = taker.person
    parameter = at_hand(session, AcceptanceParameter, reading.parameter_id)
    if parameter is not None and parameter.deleted_at is None:
        yield from follow(parameter, session, taker)


@entailed_by(AcceptanceParameter)
def follow_parameter(
    parameter: AcceptanceParameter, changed: Set[str], session: Session, taker: Taker
) -> Iterator[Row]:
    """What is typed as measured becomes a reading; other limits judge all readings anew."""
    if changed & _MEASURED and (parameter.measured or "").strip():
        made = _as_reading(parameter, changed, session)
        if made is not None:
            yield made
            return
    if changed & (_OF_LIMITS | _MEASURED):
        yield from follow(parameter, session, taker)
    if "system_id" in changed:
        for each in rectifications_of(session, parameter.id):
            if each.system_id != parameter.system_id and each.status not in RECTIFICATION_STATUS.closed:
                each.system_id = parameter.system_id
                yield each


@entailed_by(Rectification)
def follow_rectification(
    rectification: Rectification, changed: Set[str], session: Session, taker: Taker
) -> Iterator[Row]:
    """It stands where its parameter does; a reading taken after the mend settles it at once."""
    parameter = at_hand(session, AcceptanceParameter, rectification.parameter_id)
    if parameter is None:
        return
    if rectification.system_id is None and parameter.system_id is not None:
        rectification.system_id = parameter.system_id
        yield rectification
    settled = rectification.status in ("awaiting_retest", "waived", "void")
    if "status" in changed and settled and rectification.known_until is None and not taker.history:
        numbers = [each.number or 0 for each in readings_of(session, parameter.id)]
        rectification.known_until = max(numbers, default=0)
    if changed & {"status", "mended_on"}:
        yield from follow(parameter, session, taker)


@entailed_by(MeasuringInstrument)
def follow_instrument(
    instrument: MeasuringInstrument, changed: Set[str], session: Session, taker: Taker
) -> Iterator[Row]:
    """Another day until which an instrument is good says anew which of its readings count."""
    if "calibration_due" in changed:
        yield from _follow_those(ParameterReading.instrument_id == instrument.id, session, taker)


@entailed_by(TestCampaign)
def follow_campaign(campaign: TestCampaign, changed: Set[str], session: Session, taker: Taker) -> Iterator[Row]:
    """Another first day of a campaign says anew which of its readings count."""
    if "starts_on" in changed:
        yield from _follow_those(ParameterReading.campaign_id == campaign.id, session, taker)


@coming_with_new(AcceptanceParameter)
def first_readings(
    parameters: Sequence[Mapping[str, Any]], _session: Session
) -> tuple[type[Row], list[dict[str, Any]]]:  # Any: column values
    """The readings of many new parameters of which a list says what was measured."""
    told = [row for row in parameters if str(row.get("measured") or "").strip()]
    return ParameterReading, [
        {"parameter_id": row["id"], "taken_at": row.get("measured_at"), "campaign_id": row.get("campaign_id"),
         "instrument_id": row.get("instrument_id"), "value": row["measured"],
         **ParameterReading.consequences({"value": row["measured"]}, {"value"})}
        for row in told
    ]  # fmt: skip


@after_many_new(AcceptanceParameter)
def parameters_of_many(parameters: Sequence[Mapping[str, Any]], session: Session) -> Iterator[Row]:  # Any: as above
    """What was measured of many new parameters says what it says of one."""
    yield from _follow_keys([row["id"] for row in parameters if row.get("measured")], session, _told())


@after_many_new(ParameterReading)
def readings_of_many(readings: Sequence[Mapping[str, Any]], session: Session) -> Iterator[Row]:  # Any: as above
    """What many new readings say of their parameters."""
    yield from _follow_keys([row["parameter_id"] for row in readings], session, _told())


def follow(parameter: AcceptanceParameter, session: Session, taker: Taker) -> Iterator[Row]:
    """Have a parameter and its rectifications be what its readings say; yields what changed."""
    judged = [(r, v) for r in readings_of(session, parameter.id) if (v := counts(session, parameter, r)) is not None]
    shown = judged[-1][0] if judged else None
    value, at = (shown.value, shown.taken_at) if shown is not None else (None, None)
    if (judged or parameter.direction is not None) and (parameter.measured, parameter.measured_at) != (value, at):
        parameter.measured, parameter.measured_at = value, at
        yield parameter
    known = rectifications_of(session, parameter.id)
    standing = next((each for each in known if each.status not in RECTIFICATION_STATUS.closed), None)
    if standing is None:
        yield from _raised(parameter, judged, known, session, taker)
    elif standing.status in _PASSED:
        yield from _still_proven(standing, judged)
    elif standing.status == "awaiting_retest":
        yield from _measured_again(standing, judged)


def _raised(
    parameter: AcceptanceParameter, judged: _Judged, known: Sequence[Rectification], session: Session, taker: Taker
) -> Iterator[Row]:
    """A new rectification where a reading failed that none of those that there were is about."""
    settled = {reading_id for each in known for reading_id in (each.reading_id, each.retest_id)}
    until = _accounted(known, {reading.id: reading for reading, _ in judged})
    fresh = [r for r, v in judged if v == "fail" and r.id not in settled and (r.number or 0) > until]
    if not fresh:
        return
    first = fresh[0]
    made = Rectification(parameter_id=parameter.id, project_id=parameter.project_id, reading_id=first.id)
    made.system_id = parameter.system_id
    made.opened_on = day_of(first.taken_at) if first.taken_at is not None else taker.today
    unit = f" {parameter.unit}" if parameter.unit and not first.value.endswith(parameter.unit) else ""
    made.deviation = f"{first.value}{unit} ({parameter.limits or ''}{unit})"[:300]
    system = at_hand(session, System, parameter.system_id)
    made.owner_id = system.engineering_lead_id if system is not None else None
    session.add(made)
    yield made
    if parameter.signature == "signed":  # what was signed no longer holds
        with parameter.shows_another:
            parameter.signature = "unsigned"
        parameter.signed_by_id = parameter.signed_on = None
        yield parameter


def _accounted(known: Sequence[Rectification], readings: Mapping[str, ParameterReading]) -> int:
    """The number of the last reading that the settled rectifications of a parameter are about."""
    numbers = [0]
    for each in known:
        numbers.append(each.known_until or 0)
        named = (readings.get(key or "") for key in (each.reading_id, each.retest_id))
        numbers += [reading.number or 0 for reading in named if reading is not None]
    return max(numbers)


def _measured_again(rectification: Rectification, judged: _Judged) -> Iterator[Row]:
    """The latest reading after the mend tells whether it holds."""
    after = [(reading, verdict) for reading, verdict in judged if rectification.is_after_mend(reading)]
    if after:
        reading, verdict = after[-1]
        rectification.retest_id = reading.id
        rectification.status = "retest_passed" if verdict == "pass" else "retest_failed"
        yield rectification


def _still_proven(rectification: Rectification, judged: _Judged) -> Iterator[Row]:
    """What passed after the mend and was struck out since is measured again; what failed since is mended again."""
    passed = {reading.id for reading, verdict in judged if verdict == "pass"}
    proof = rectification.retest_id
    again = ""
    if proof not in passed:
        again, proof = "awaiting_retest", None
    elif judged[-1][1] == "fail":
        again, proof = "retest_failed", judged[-1][0].id
    if again:
        with rectification.shows_another:
            rectification.status = again
        rectification.retest_id = proof
        yield rectification


def _as_reading(parameter: AcceptanceParameter, changed: Set[str], session: Session) -> ParameterReading | None:
    """The reading that somebody typed at its parameter; None where it only shows one that is there."""
    for each in readings_of(session, parameter.id):
        if each.value == parameter.measured and each.taken_at == parameter.measured_at:
            return None
    made = ParameterReading(parameter_id=parameter.id, project_id=parameter.project_id, value=parameter.measured)
    made.taken_at = parameter.measured_at if "measured_at" in changed else None
    made.campaign_id = parameter.campaign_id
    made.instrument_id = parameter.instrument_id
    session.add(made)
    return made


def _follow_those(which: Any, session: Session, taker: Taker) -> Iterator[Row]:  # Any: a condition on readings
    keys = session.scalars(select(ParameterReading.parameter_id).where(which).distinct()).all()
    yield from _follow_keys(keys, session, taker)


def _follow_keys(keys: Sequence[str], session: Session, taker: Taker) -> Iterator[Row]:
    for key in dict.fromkeys(keys):
        parameter = at_hand(session, AcceptanceParameter, key)
        if parameter is not None and parameter.deleted_at is None:
            yield from follow(parameter, session, taker)


def _told() -> Taker:
    """Who takes what follows from many rows of a list, which tell of the past."""
    return Taker(None, clock.today(), history=True)
