"""What of acceptance is on today: instruments and waivers that run out, and what is mended and waits to be measured."""

from __future__ import annotations

from functools import partial

from sqlalchemy import select

from handover.i18n import N_
from handover.model.acceptance.instrument import MeasuringInstrument
from handover.model.acceptance.parameter import AcceptanceParameter
from handover.model.acceptance.rectification import Rectification
from handover.model.acceptance.waiver import ParameterWaiver
from handover.registers.figures.running_out import RunsOut, running_out


def _of_parameter() -> object:
    parameter = AcceptanceParameter
    named = select(parameter.name).where(parameter.id == ParameterWaiver.parameter_id)
    return named.correlate(ParameterWaiver).scalar_subquery()


_KINDS = (
    RunsOut("instruments", "overdue", N_("Calibration ran out"), MeasuringInstrument,
            lambda: MeasuringInstrument.name, lambda: MeasuringInstrument.calibration_due, "danger"),
    RunsOut("instruments", "due_soon", N_("Calibration runs out"), MeasuringInstrument,
            lambda: MeasuringInstrument.name, lambda: MeasuringInstrument.calibration_due),
    RunsOut("waivers", "overdue", N_("Waiver ran out"), ParameterWaiver, _of_parameter,
            lambda: ParameterWaiver.valid_until, "danger"),
    RunsOut("waivers", "due_soon", N_("Waiver runs out"), ParameterWaiver, _of_parameter,
            lambda: ParameterWaiver.valid_until),
    RunsOut("rectifications", "to_measure", N_("Mended, to be measured again"), Rectification,
            lambda: Rectification.deviation, lambda: Rectification.mended_on, "info"),
)  # fmt: skip

acceptance_today = partial(running_out, _KINDS)
