"""How long the page of a run takes whose log is long, and the list of many runs with their clocks.

``python -m tests.bench.bench_runs``. The peers, in the same run: the registers of segments and interruptions with as
many rows for the page, of which at most twice is wanted, and the bare SQL that reads all entries for the list, of
which at most three times is. All by the time of the processor.
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
from pathlib import Path

from handover.model import Project
from handover.model.base import new_ids
from handover.model.running.log import RunInterruption, RunSegment
from handover.model.running.run import ProvingRun
from handover.registers import query
from handover.registers.catalogue import register
from handover.registers.running.run_board import board_of, running_clocks
from handover.store import Workspace
from tests.bench.processor import processor_time

RUNS, ENTRIES, PAGE, LIST = 60, 300, 2.0, 3.0
START = dt.datetime(2026, 3, 1, 8, tzinfo=dt.timezone(dt.timedelta(hours=8)))
_ENTRIES = "SELECT run_id, from_at, to_at FROM {} WHERE deleted_at IS NULL ORDER BY from_at, id"


def at(minutes: int) -> str:
    return (START + dt.timedelta(minutes=minutes)).isoformat(timespec="minutes")


def many_runs(path: Path) -> tuple[Workspace, str, str]:
    """A workspace with runs of long logs, a short outage of the grid after each segment; its project and one run."""
    workspace = Workspace.create(path)
    with workspace.edit("Project") as work:
        project = work.add(Project(code="P", name="Plant")).id
    runs = new_ids(RUNS)
    with workspace.edit("Rows", project=project, source="import") as work:
        named = [{"id": key, "name": f"Run {n}", "required": "720", "status": "running", "started_at": at(0)}
                 for n, key in enumerate(runs)]  # fmt: skip
        work.insert_many(ProvingRun, named)
        places = [(key, n * 60) for key in runs for n in range(ENTRIES // 2)]
        work.insert_many(RunSegment, [{"run_id": key, "from_at": at(m), "to_at": at(m + 50), "load": 1.0}
                                      for key, m in places])  # fmt: skip
        work.insert_many(RunInterruption, [
            {"run_id": key, "from_at": at(m + 50), "to_at": at(m + 60), "attribution": "external", "cause": "Grid"}
            for key, m in places
        ])  # fmt: skip
    return workspace, project, runs[0]


def main() -> int:
    """Print the ratios; 1 where one is over what is wanted."""
    with tempfile.TemporaryDirectory() as folder:
        workspace, project, run = many_runs(Path(folder) / "plant.handover")
        with workspace:

            def page() -> object:
                with workspace.read() as connection:
                    return board_of(connection, run)

            def registers() -> object:
                where = query.Query(where=(query.Condition("run", "is", (run,)),))
                with workspace.read() as connection:
                    return [list(query.every(connection, register(key), project, where))
                            for key in ("segments", "interruptions")]  # fmt: skip

            def clocks() -> object:
                with workspace.read() as connection:
                    return running_clocks(connection, project)

            def bare() -> object:
                with workspace.read() as connection:
                    return [connection.exec_driver_sql(_ENTRIES.format(table)).all()
                            for table in ("run_segment", "run_interruption")]  # fmt: skip

            pairs = (
                (f"page of a run of {ENTRIES} entries against the registers", page, registers, PAGE),
                (f"clocks of {RUNS} runs against the bare SQL of {RUNS * ENTRIES} entries", clocks, bare, LIST),
            )
            over = False
            for name, ours, peer, wanted in pairs:
                spent, theirs = processor_time(ours, 8), processor_time(peer, 8)
                over |= spent / theirs > wanted
                print(f"{name}: {spent * 1000:.1f} ms, {theirs * 1000:.1f} ms: {spent / theirs:.2f}")
    return int(over)


if __name__ == "__main__":
    sys.exit(main())
