"""The runs of a project with their clocks and logs, as the page of the clock, the pack and the command show them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from handover.model.running.clocks import clock_of, clocks_of
from handover.model.running.log import RunInterruption, RunSegment
from handover.model.running.rules import ATTRIBUTION, RunRules
from handover.model.running.run import RUN_STATUS, ProvingRun
from handover.model.system import System
from handover.registers.running.named_with_state import NamedWithState
from handover.running.instants import instant
from handover.running.run_clock import ClockReading
from handover.wording import Words, said

#: The order in which runs are offered: those that go on first.
_ORDER = ("running", "planned", "passed", "failed", "void")


@dataclass(frozen=True, slots=True)
class LogLine:
    """An entry of the log: a segment or an interruption.

    Attributes:
        register: the key of the register that holds it.
        effect: what an interruption does to the clock; empty for a segment.
    """

    key: str
    register: str
    number: int | None
    start: dt.datetime
    end: dt.datetime | None
    load: float | None
    what: str
    attribution: Words
    effect: str
    shift: str


@dataclass(frozen=True, slots=True)
class RunBoard:
    """A run with its clock and its log, the newest entry first."""

    run: NamedWithState
    rules: str
    clause: str
    started: dt.datetime | None
    clock: ClockReading
    log: tuple[LogLine, ...]

    @property
    def names(self) -> Mapping[str, str]:
        """What the entries of the log are called, by key."""
        return {line.key: line.what or f"{line.number or '–'}" for line in self.log}


def runs_of(connection: Connection, project_id: str) -> list[NamedWithState]:
    """The runs of a project that aren't void, those that go on first."""
    asked = (
        select(ProvingRun.id, ProvingRun.ref, ProvingRun.name, System.code, ProvingRun.status)
        .outerjoin(System, System.id == ProvingRun.system_id)
        .where(ProvingRun.project_id == project_id, ProvingRun.deleted_at.is_(None), ProvingRun.status != "void")
        .order_by(ProvingRun.id)
    )
    found = [NamedWithState.of(row, RUN_STATUS) for row in connection.execute(asked)]
    return sorted(found, key=lambda run: _ORDER.index(run.status) if run.status in _ORDER else len(_ORDER))


def board_of(connection: Connection, run_id: str, now: dt.datetime | None = None) -> RunBoard | None:
    """A run with its clock and log; None where it is gone."""
    asked = (
        select(ProvingRun.id, ProvingRun.ref, ProvingRun.name, System.code, ProvingRun.status,
               ProvingRun.started_at, RunRules.name.label("rules"), RunRules.clause)
        .outerjoin(System, System.id == ProvingRun.system_id)
        .outerjoin(RunRules, RunRules.id == ProvingRun.rules_id)
        .where(ProvingRun.id == run_id, ProvingRun.deleted_at.is_(None))
    )  # fmt: skip
    row = connection.execute(asked).one_or_none()
    if row is None:
        return None
    return RunBoard(
        NamedWithState.of(row, RUN_STATUS), row.rules or "", row.clause or "", instant(row.started_at),
        clock_of(connection, run_id, now), log_of(connection, run_id),
    )  # fmt: skip


def log_of(connection: Connection, run_id: str) -> tuple[LogLine, ...]:
    """The segments and interruptions of a run, the newest first."""
    segments = connection.execute(
        select(RunSegment.id, RunSegment.number, RunSegment.from_at, RunSegment.to_at, RunSegment.load,
               RunSegment.remark, RunSegment.shift)
        .where(RunSegment.run_id == run_id, RunSegment.deleted_at.is_(None))
    )  # fmt: skip
    stops = connection.execute(
        select(RunInterruption.id, RunInterruption.number, RunInterruption.from_at, RunInterruption.to_at,
               RunInterruption.cause, RunInterruption.attribution, RunInterruption.counts_as, RunInterruption.shift)
        .where(RunInterruption.run_id == run_id, RunInterruption.deleted_at.is_(None))
    )  # fmt: skip
    lines = [
        LogLine(s.id, "segments", s.number, start, instant(s.to_at), s.load, s.remark or "", "", "", s.shift or "")
        for s in segments if (start := instant(s.from_at)) is not None
    ]  # fmt: skip
    lines += [
        LogLine(s.id, "interruptions", s.number, start, instant(s.to_at), None, s.cause,
                said(ATTRIBUTION[s.attribution].name) if s.attribution in ATTRIBUTION else "", s.counts_as,
                s.shift or "")
        for s in stops if (start := instant(s.from_at)) is not None
    ]  # fmt: skip
    return tuple(sorted(lines, key=lambda line: (line.start, line.register, line.key), reverse=True))


def running_clocks(connection: Connection, project_id: str) -> list[tuple[NamedWithState, ClockReading]]:
    """The runs that go on, with their clocks."""
    going = [run for run in runs_of(connection, project_id) if run.status == "running"]
    clocks = clocks_of(connection, [run.id for run in going]) if going else {}
    return [(run, clocks[run.id]) for run in going]
