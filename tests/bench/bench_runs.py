"""How long the page of a run takes whose log is long, and how its clock grows with the log.

``python -m tests.bench.bench_runs``. The peer of the page, in the same run: the registers of segments and
interruptions with as many rows, of which at most three times is wanted. The clock of a log four times as long takes
at most six times as long. All by the time of the processor.
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
from pathlib import Path

from handover.model import Project
from handover.model.base import new_ids
from handover.model.running.clocks import clock_of
from handover.model.running.log import RunInterruption, RunSegment
from handover.model.running.run import ProvingRun
from handover.registers import query
from handover.registers.catalogue import register
from handover.registers.running.run_board import board_of
from handover.store import Workspace
from tests.bench.processor import processor_time

ENTRIES, LONGER, PAGE, GROWTH = 300, 4, 3.0, 6.0
START = dt.datetime(2026, 3, 1, 8, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def at(minutes: int) -> str:
    return (START + dt.timedelta(minutes=minutes)).isoformat(timespec="minutes")


def two_runs(path: Path) -> tuple[Workspace, str, list[str]]:
    """A workspace with a run of a long log and one of a longer, each hour with a short outage of the grid."""
    workspace = Workspace.create(path)
    with workspace.edit("Project") as work:
        project = work.add(Project(code="P", name="Plant")).id
    runs = new_ids(2)
    with workspace.edit("Rows", project=project, source="import") as work:
        named = [{"id": key, "name": f"Run {n}", "required": "2000", "status": "running", "started_at": at(0)}
                 for n, key in enumerate(runs)]  # fmt: skip
        work.insert_many(ProvingRun, named)
        hours = (ENTRIES // 2, ENTRIES // 2 * LONGER)
        places = [(key, n * 60) for key, many in zip(runs, hours, strict=True) for n in range(many)]
        work.insert_many(RunSegment, [{"run_id": key, "from_at": at(m), "to_at": at(m + 50), "load": 1.0}
                                      for key, m in places])  # fmt: skip
        work.insert_many(RunInterruption, [
            {"run_id": key, "from_at": at(m + 50), "to_at": at(m + 60), "attribution": "external", "cause": "Grid"}
            for key, m in places
        ])  # fmt: skip
    return workspace, project, runs


def main() -> int:
    """Print the ratios; 1 where one is over what is wanted."""
    with tempfile.TemporaryDirectory() as folder:
        workspace, project, (run, longer) = two_runs(Path(folder) / "plant.handover")
        with workspace:

            def page() -> object:
                with workspace.read() as connection:
                    return board_of(connection, run)

            def registers() -> object:
                where = query.Query(where=(query.Condition("run", "is", (run,)),))
                with workspace.read() as connection:
                    return [list(query.every(connection, register(key), project, where))
                            for key in ("segments", "interruptions")]  # fmt: skip

            def clock(key: str) -> object:
                with workspace.read() as connection:
                    return clock_of(connection, key)

            pairs = (
                (f"page of a run of {ENTRIES} entries against the registers", page, registers, PAGE),
                (f"clock of {LONGER * ENTRIES} entries against that of {ENTRIES}", lambda: clock(longer),
                 lambda: clock(run), GROWTH),
            )  # fmt: skip
            over = False
            for name, ours, peer, wanted in pairs:
                spent, theirs = processor_time(ours), processor_time(peer)
                over |= spent / theirs > wanted
                print(f"{name}: {spent * 1000:.1f} ms, {theirs * 1000:.1f} ms: {spent / theirs:.2f}")
    return int(over)


if __name__ == "__main__":
    sys.exit(main())
