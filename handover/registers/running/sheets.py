"""The run sheets of stored waves, as the page of the night and the pack show them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import aliased

from handover.model.cutover.rollback import RollbackPlan
from handover.model.cutover.step import CutoverStep
from handover.model.cutover.wave import WAVE_STATUS, CutoverWave
from handover.model.people import Person
from handover.model.system import System
from handover.registers.running.named_with_state import NamedWithState
from handover.running import instants
from handover.running.instants import at_site, instant
from handover.running.run_sheet import RunSheet, SheetStep, run_sheet

_OVER = ("verified", "rolled_back", "void")


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step of the run sheet, with who does it."""

    key: str
    number: int | None
    title: str
    owner: str
    deputy: str
    minutes: int | None
    real_minutes: int | None
    status: str
    no_return: bool
    together: bool
    result: str


@dataclass(frozen=True, slots=True)
class WayBack:
    """The rollback plan of a wave; ``rehearsed_on`` is the last day on which it was walked without failing."""

    key: str
    title: str
    minutes: int | None
    decided_by: str
    status: str
    rehearsed_on: dt.date | None


@dataclass(frozen=True, slots=True)
class WaveBoard:
    """A wave with its run sheet; ``sheet`` is None while nobody has said when it is to start."""

    wave: NamedWithState
    lead: str
    operations_lead: str
    started: dt.datetime | None
    back_by: dt.datetime | None
    steps: tuple[StepShown, ...]
    way_back: WayBack | None
    sheet: RunSheet | None

    @property
    def busy(self) -> tuple[StepShown, ...]:
        """The steps that are being done: who is on what."""
        return tuple(step for step in self.steps if step.status == "running")


def waves_of(connection: Connection, project_id: str) -> list[NamedWithState]:
    """The waves of a project that weren't dropped, in the order in which they are planned."""
    asked = (
        select(CutoverWave.id, CutoverWave.ref, CutoverWave.name, System.code, CutoverWave.status)
        .outerjoin(System, System.id == CutoverWave.system_id)
        .where(CutoverWave.project_id == project_id, CutoverWave.deleted_at.is_(None), CutoverWave.status != "void")
        .order_by(CutoverWave.planned_start, CutoverWave.code, CutoverWave.id)
    )
    return [NamedWithState.of(row, WAVE_STATUS) for row in connection.execute(asked)]


def sheet_of(connection: Connection, wave_id: str, now: dt.datetime | None = None) -> WaveBoard | None:
    """A wave with its run sheet as it stands now; None where it is gone."""
    lead, operations = aliased(Person), aliased(Person)
    asked = (
        select(CutoverWave.id, CutoverWave.ref, CutoverWave.name, System.code, CutoverWave.status,
               CutoverWave.planned_start, CutoverWave.back_by, CutoverWave.started_at, CutoverWave.finished_at,
               lead.name.label("lead"), operations.name.label("operations"))
        .outerjoin(System, System.id == CutoverWave.system_id)
        .outerjoin(lead, lead.id == CutoverWave.lead_id)
        .outerjoin(operations, operations.id == CutoverWave.operations_lead_id)
        .where(CutoverWave.id == wave_id, CutoverWave.deleted_at.is_(None))
    )  # fmt: skip
    wave = connection.execute(asked).one_or_none()
    if wave is None:
        return None
    rows = _steps(connection, wave_id)
    back = _way_back(connection, wave_id)
    return WaveBoard(
        NamedWithState.of(wave, WAVE_STATUS), wave.lead or "", wave.operations or "", instant(wave.started_at),
        instant(wave.back_by),
        tuple(map(_step, rows)), back, _sheet(wave, rows, back, now or instants.now()),
    )  # fmt: skip


def _sheet(wave: Any, rows: list[Any], back: WayBack | None, now: dt.datetime) -> RunSheet | None:  # Any: rows
    started = instant(wave.started_at)
    planned = instant(wave.planned_start) or started
    if planned is None:
        return None
    over = instant(wave.finished_at) if wave.status in _OVER else None
    steps = [
        SheetStep(row.id, row.planned_minutes or 0, bool(row.together), bool(row.no_return), row.status,
                  instant(row.started_at), instant(row.finished_at))
        for row in rows
    ]  # fmt: skip
    return run_sheet(
        steps, planned, at_site(over or now, planned), started=started,
        rollback=back.minutes if back is not None else None, back_by=instant(wave.back_by),
    )  # fmt: skip


def _steps(connection: Connection, wave_id: str) -> list[Any]:  # Any: rows of the query
    deputy = aliased(Person)
    asked = (
        select(CutoverStep.id, CutoverStep.number, CutoverStep.title, Person.name.label("owner"),
               deputy.name.label("deputy"), CutoverStep.planned_minutes, CutoverStep.real_minutes, CutoverStep.status,
               CutoverStep.no_return, CutoverStep.together, CutoverStep.started_at, CutoverStep.finished_at,
               CutoverStep.result)
        .outerjoin(Person, Person.id == CutoverStep.owner_id)
        .outerjoin(deputy, deputy.id == CutoverStep.deputy_id)
        .where(CutoverStep.wave_id == wave_id, CutoverStep.deleted_at.is_(None))
        .order_by(CutoverStep.number, CutoverStep.id)
    )  # fmt: skip
    return list(connection.execute(asked).all())


def _step(row: Any) -> StepShown:  # Any: a row of the query
    return StepShown(
        row.id, row.number, row.title, row.owner or "", row.deputy or "", row.planned_minutes, row.real_minutes,
        row.status, bool(row.no_return), bool(row.together), row.result or "",
    )  # fmt: skip


def _way_back(connection: Connection, wave_id: str) -> WayBack | None:
    """The plan in force: an approved one before a draft, the newest of each."""
    asked = (
        select(RollbackPlan.id, RollbackPlan.title, RollbackPlan.minutes, Person.name.label("by"), RollbackPlan.status,
               RollbackPlan.rehearsed_on.label("rehearsed_on"))
        .outerjoin(Person, Person.id == RollbackPlan.decided_by_id)
        .where(RollbackPlan.wave_id == wave_id, RollbackPlan.deleted_at.is_(None), RollbackPlan.status != "void")
        .order_by(RollbackPlan.status != "approved", RollbackPlan.id.desc())
    )  # fmt: skip
    row = connection.execute(asked).first()
    if row is None:
        return None
    return WayBack(row.id, row.title, row.minutes, row.by or "", row.status, row.rehearsed_on)
