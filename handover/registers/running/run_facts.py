"""What queries ask of the clocks of runs: the earliest end, and how often each began anew."""

from __future__ import annotations

from sqlalchemy import Connection, select

from handover.model.running.clocks import clocks_of
from handover.model.running.run import ProvingRun
from handover.running.instants import stamp
from handover.store.worked_out import Facts


def run_facts(connection: Connection, project_id: str) -> Facts:
    """For each run its earliest end as it is stored, and its resets."""
    here = (ProvingRun.project_id == project_id, ProvingRun.deleted_at.is_(None))
    keys = list(connection.execute(select(ProvingRun.id).where(*here)).scalars())
    clocks = clocks_of(connection, keys) if keys else {}
    return {
        key: (stamp(clock.earliest_end) if clock.earliest_end is not None else None, clock.resets)
        for key, clock in clocks.items()
    }
