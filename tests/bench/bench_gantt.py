"""How fast the Gantt chart is on a plan of 10,000 tasks: ``python tests/bench/bench_gantt.py [TASKS]``.

Prints the time of a repaint and of the preview of a dragged bar, each with its ratio to what it may take: a frame at
30 to the second, and 50 ms.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from handover.model import Project
from handover.model.task import Task, TaskLink
from handover.plan.calendar import DAY
from handover.registers.scheduling.chart import read_chart
from handover.store import Workspace
from ui.plan.drag import Drag
from ui.plan.gantt import GanttView
from ui.settings import Settings
from ui.shell.page import Context
from ui.theme.style import apply, load_fonts

FRAME, PREVIEW = 1 / 30, 0.05


def fill(workspace: Workspace, tasks: int) -> str:
    """A project with summaries of twenty tasks and one and a half links for each task; its key."""
    chance = random.Random(7)
    with workspace.edit("Add project") as work:
        project = work.add(Project(code="B", name="Bench")).id
    with workspace.edit("Fill", project=project) as work:
        rows = []
        for n in range(tasks):
            head = n % 20 == 0
            rows.append(
                {
                    "id": f"t{n:07}", "name": f"Task {n}", "position": float(n), "depth": 0 if head else 1,
                    "parent_id": None if head else f"t{n - n % 20:07}", "kind": "summary" if head else "task",
                    "duration": None if head else 480 * chance.randint(1, 10),
                }
            )  # fmt: skip
        work.insert_many(Task, rows)
        pairs = set()
        for n in range(1, tasks):
            for _ in range(chance.choice((1, 2, 2))):
                before = chance.randint(max(0, n - 60), n - 1)
                if n % 20 and before % 20:
                    pairs.add((f"t{before:07}", f"t{n:07}"))
        plain = {"kind": "FS", "lag": 0.0, "lag_unit": "working"}
        work.insert_plain(TaskLink, [{"predecessor_id": a, "successor_id": b, **plain} for a, b in sorted(pairs)])
    return project


def timed(act: Callable[[], object], times: int = 15) -> float:
    """The middle of the seconds that an act takes."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        found.append(time.perf_counter() - start)
    return median(found)


def report(what: str, seconds: float, limit: float) -> None:
    """Print a time beside what it may be."""
    print(f"{what:<44} {seconds * 1000:8.1f} ms   {seconds / limit:5.2f} of {limit * 1000:.0f} ms")


def main() -> None:
    """Measure and print."""
    tasks = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    app = QApplication([])
    folder = Path(tempfile.mkdtemp(prefix="handover-bench-"))
    load_fonts()
    apply(app, "light", folder)
    with Workspace.create(folder / "bench.handover") as workspace:
        project = fill(workspace, tasks)
        with workspace.read() as connection:
            start = time.perf_counter()
            chart = read_chart(connection, project)
            _ = chart.schedule.spans
            print(f"{tasks} tasks, {len(chart.schedule.plan.links)} links: read and scheduled in "
                  f"{time.perf_counter() - start:.2f} s")  # fmt: skip
        measure(app, chart, GanttView(Context(Settings(folder / "window.ini"))))


def measure(app: QApplication, chart: object, view: GanttView) -> None:
    """Paint the chart at several zooms and drag a bar that many others follow."""
    view.resize(1400, 900)
    view.show()
    view.show_chart(chart)  # type: ignore[arg-type]  # a Chart
    app.processEvents()
    drawn = QPixmap(view.chart.viewport().size())
    report("showing the plan", timed(lambda: view.show_chart(chart), 3), 1.0)  # type: ignore[arg-type]  # as above
    for name, per in (("hours", 2.0), ("days", 60.0), ("weeks", 300.0), ("months", 1500.0)):
        view.chart.set_scale(view.chart.scale.zoomed(per, 0))
        for place, share in (("top", 0.0), ("middle", 0.5)):
            down = view.chart.verticalScrollBar()
            down.setValue(round(down.maximum() * share))
            node = view.chart.shown.visible.nodes[view.chart.shown.rows.start + 3] if view.chart.shown else 0
            view.chart.bring(view.model.chart.rows[node].id if view.model.chart else "")
            seconds = timed(lambda: view.chart.viewport().render(drawn))
            report(f"repaint, {name}, {place}", seconds, FRAME)
    assert view.model.chart is not None
    drag = Drag(view.model.chart, view.model.chart.rows[21].id, "bar", 0.0)
    steps = iter(range(1, 1000))

    def follow() -> None:
        drag.to(next(steps) * DAY, DAY)

    def show() -> None:
        follow()
        assert drag.sentence
        view.show_preview(drag.preview)
        app.processEvents()

    report("new schedule of a dragged bar", timed(follow), PREVIEW)
    report("the same, shown in tree and chart", timed(show), PREVIEW)


if __name__ == "__main__":
    main()
