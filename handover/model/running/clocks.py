"""The clocks of stored runs, read from their logs and the rules of their contracts."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, select

from handover.model.base import Base
from handover.model.running.rules import rule_set
from handover.running import instants
from handover.running.instants import at_site, instant
from handover.running.log_entries import RunStop, RunStretch
from handover.running.run_clock import ClockReading, read_clock

_OVER = ("passed", "failed", "void")


def clock_of(connection: Connection, run_id: str, now: dt.datetime | None = None) -> ClockReading:
    """The clock of one run."""
    return clocks_of(connection, [run_id], now)[run_id]


def clocks_of(
    connection: Connection, run_ids: Collection[str], now: dt.datetime | None = None
) -> dict[str, ClockReading]:
    """The clocks of runs by key, in four statements however many there are."""
    tables = Base.metadata.tables  # by name: the models of runs ask this module
    runs, rules = tables["proving_run"], tables["run_rules"]
    found = connection.execute(select(runs).where(runs.c.id.in_(run_ids))).all()
    wanted = {run.rules_id for run in found if run.rules_id}
    by_key = {row.id: dict(row._mapping) for row in connection.execute(select(rules).where(rules.c.id.in_(wanted)))}
    segments, stops = (_entries(connection, name, run_ids) for name in ("run_segment", "run_interruption"))
    at = now or instants.now()
    return {run.id: _read(run, by_key.get(run.rules_id), segments[run.id], stops[run.id], at) for run in found}


def _read(
    run: Row[Any], rules: Mapping[str, Any] | None, segments: list[Row[Any]], stops: list[Row[Any]], now: dt.datetime
) -> ClockReading:  # Any: columns
    ran = [
        RunStretch(row.id, start, instant(row.to_at), row.load)
        for row in segments if (start := instant(row.from_at)) is not None
    ]  # fmt: skip
    stopped = [
        RunStop(row.id, start, instant(row.to_at), row.attribution, row.item or "", row.effect)
        for row in stops if (start := instant(row.from_at)) is not None
    ]  # fmt: skip
    end = instant(run.ended_at) if run.status in _OVER else None
    start = instant(run.started_at)
    told = max([e.start for e in (*ran, *stopped)], default=start)
    reading = read_clock(rule_set(rules, run.required), ran, stopped, at_site(now, told), start=start, end=end)
    return _decided(reading, run.status)


def _decided(reading: ClockReading, status: str) -> ClockReading:
    """What was decided goes before what the clock alone would say, as of a run of which nobody brought the log."""
    if reading.result != "running" or status not in ("passed", "failed"):
        return reading
    if status == "failed":
        return replace(reading, result="failed", earliest_end=None, state=None)
    return replace(reading, result="passed", earliest_end=reading.as_of, state=None)


def _entries(connection: Connection, name: str, run_ids: Collection[str]) -> dict[str, list[Row[Any]]]:
    table = Base.metadata.tables[name]
    asked = select(table).where(table.c.run_id.in_(run_ids), table.c.deleted_at.is_(None))
    found: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(asked.order_by(table.c.from_at, table.c.id)):
        found[row.run_id].append(row)
    return found
