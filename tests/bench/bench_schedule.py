"""How fast a plan is scheduled, beside networkx's longest path and, where it is installed, MPXJ's scheduler.

    python -m tests.bench.bench_schedule [--tasks 10000] [--large] [--mpxj PYTHON]

``--large`` adds the plan of ten times the size. ``--mpxj`` names a Python that has ``mpxj`` and ``jpype1``, with Java
in the path; its time is that of a whole process, split into start-up, reading and scheduling.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import networkx

from handover.exchange.plans.mspdi import from_schedule, write_mspdi
from handover.plan.linking import compile_plan
from handover.plan.passes import backward, forward
from handover.plan.schedule import reschedule, schedule
from handover.plan.values import Constraint, Plan
from tests.plan.building import START, generated

TARGET_SECONDS = 0.2
TARGET_DRAG = 0.05
TARGET_GROWTH = 12.0
TARGET_MPXJ = 0.1

MPXJ = """
import sys, time
begun = time.perf_counter()
import jpype, mpxj
jpype.startJVM("-Xmx3g", "-Dlog4j2.loggerContextFactory=org.apache.logging.log4j.simple.SimpleLoggerContextFactory")
from org.mpxj.reader import UniversalProjectReader
from org.mpxj.cpm import MicrosoftScheduler
started = time.perf_counter()
plan = UniversalProjectReader().read(sys.argv[1])
read = time.perf_counter()
MicrosoftScheduler().schedule(plan, plan.getProjectProperties().getStartDate())
print(started - begun, read - started, time.perf_counter() - read)
"""


def best(act: Callable[[], object], times: int = 5) -> float:
    """Seconds of the fastest of several runs: the others measure what else the machine did."""
    found = []
    for _ in range(times):
        begun = time.perf_counter()
        act()
        found.append(time.perf_counter() - begun)
    return min(found)


def with_calendars_and_constraints(plan: Plan) -> Plan:
    """Every tenth task with a constraint or deadline, so that not only the plain case is measured."""
    kinds = [Constraint.START_NO_EARLIER, Constraint.FINISH_NO_LATER, Constraint.ASAP]
    tasks = []
    for n, task in enumerate(plan.tasks):
        if n % 10 == 3:
            kind = kinds[n // 10 % 3]
            late = START.replace(year=START.year + 2)
            task = replace(task, constraint=kind, constraint_date=late if kind.dated else None, deadline=late)
        tasks.append(task)
    return replace(plan, tasks=tuple(tasks))


def longest_path(plan: Plan) -> float:
    """Seconds that networkx needs for the bare longest path of the same graph, which is made beforehand."""
    graph = networkx.DiGraph()
    durations = {task.id: task.duration for task in plan.tasks}
    graph.add_nodes_from(durations)
    graph.add_weighted_edges_from(
        (link.predecessor, link.successor, durations[link.predecessor]) for link in plan.links
    )
    return best(lambda: networkx.dag_longest_path(graph), 3)


def measure(tasks: int) -> float:
    """Print the figures of one size; the seconds of a whole schedule."""
    plan = with_calendars_and_constraints(generated(tasks, tasks * 3 // 2)[0])
    whole = best(lambda: schedule(plan).spans)
    network = compile_plan(plan)
    early = forward(network)
    first = schedule(plan)
    dragged = next(task for task in plan.tasks[len(plan.tasks) // 2 :] if task.duration)
    changed = replace(dragged, constraint=Constraint.START_NO_EARLIER, constraint_date=START.replace(month=3))
    drag = best(lambda: reschedule(first, changed).spans)
    path = longest_path(plan)
    print(f"\n{tasks:,} tasks, {len(plan.links):,} links")
    print(f"  scheduled, floats and summaries included   {whole:8.3f} s")
    print(f"    of which compiling                       {best(lambda: compile_plan(plan)):8.3f} s")
    print(f"    forward pass                             {best(lambda: forward(network)):8.3f} s")
    end = max(early.finish)
    print(f"    backward pass                            {best(lambda: backward(network, end, early)):8.3f} s")
    print(f"  all rows as dates besides                  {best(lambda: list(first)):8.3f} s")
    print(f"  one bar dragged                            {drag:8.3f} s")
    print(f"  networkx, longest path only                {path:8.3f} s   {path / whole:.1f} times ours")
    return whole if tasks > 10_000 else _judged(whole, drag)


def _verdict(kept: bool) -> str:
    return "kept" if kept else "MISSED"


def _judged(whole: float, drag: float) -> float:
    print(f"  {_verdict(whole <= TARGET_SECONDS)}: at most {TARGET_SECONDS} s for a schedule")
    print(f"  {_verdict(drag <= TARGET_DRAG)}: at most {TARGET_DRAG} s for a dragged bar")
    return whole


def beside_mpxj(python: str, tasks: int, ours: float) -> None:
    """Print what MPXJ needs for the same plan, as a whole process."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "plan.xml"
        write_mspdi(from_schedule(schedule(generated(tasks, tasks * 3 // 2)[0])), file)
        begun = time.perf_counter()
        ran = subprocess.run([python, "-c", MPXJ, str(file)], check=False, capture_output=True, text=True)
        whole = time.perf_counter() - begun
    if ran.returncode:
        print(f"\nMPXJ could not run: {ran.stderr.strip().splitlines()[-1:]}")
        return
    start, read, act = map(float, ran.stdout.split()[-3:])
    print(f"\nMPXJ on {tasks:,} tasks: {whole:.2f} s as a process, {whole / ours:.0f} times ours")
    print(f"  start-up {start:.2f} s, reading {read:.2f} s, scheduling {act:.2f} s ({act / ours:.1f} times ours)")
    print(f"  {_verdict(ours <= whole * TARGET_MPXJ)}: at most a tenth of MPXJ's process")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]  # it has one
    parser.add_argument("--tasks", type=int, default=10_000)
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--mpxj", metavar="PYTHON")
    chosen = parser.parse_args()
    small = measure(chosen.tasks)
    if chosen.large:
        large = measure(chosen.tasks * 10)
        print(
            f"  {_verdict(large <= TARGET_SECONDS * TARGET_GROWTH)}: at most {TARGET_GROWTH:g} times {TARGET_SECONDS} s"
        )
        print(f"  {large / small:.1f} times what the tenth of it took; networkx grows as its own lines above show")
    if chosen.mpxj and shutil.which("java"):
        beside_mpxj(chosen.mpxj, chosen.tasks, small)


if __name__ == "__main__":
    main()
