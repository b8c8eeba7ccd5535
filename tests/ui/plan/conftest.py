"""The plan's page on a small plan told in words."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from handover.model import Project
from handover.registers.acts import editing
from handover.registers.catalogue import register
from handover.store import Workspace
from tests.ui.conftest import open_in, rest
from ui.plan.page import PlanPage
from ui.window.window import MainWindow

DAY = 480
MONDAY = dt.datetime(2027, 3, 1)


class Plan:
    """The page with what a test does to it.

    The plan: Works (Dig 5 d, then Pour 3 d, then Cure 2 d), the milestone Done after Cure, and Paint of 4 d alone.
    """

    def __init__(self, window: MainWindow, qtbot: QtBot, page: PlanPage) -> None:
        self.window, self.qtbot, self.page = window, qtbot, page
        self.gantt, self.chart_view = page.gantt, page.gantt.chart

    def rest(self) -> None:
        """Wait until everything is shown."""
        rest(self.qtbot, self.window)

    def id(self, name: str) -> str:
        """The key of a task."""
        assert self.page.chart is not None
        return next(row.id for row in self.page.chart.rows if row.name == name)

    def days(self, name: str) -> tuple[dt.date, dt.date]:
        """From when to when a task is forecast."""
        assert self.page.chart is not None
        dates = self.page.chart.schedule[self.id(name)]
        return dates.start.date(), dates.finish.date()

    def depth(self, name: str) -> int:
        """How deep a task stands in the outline."""
        assert self.page.chart is not None
        return next(row.depth for row in self.page.chart.rows if row.name == name)

    def choose(self, *names: str) -> None:
        """Select tasks."""
        self.gantt.choose([self.id(name) for name in names])
        self.gantt.tree.setFocus()

    def bar(self, name: str) -> QPointF:
        """The middle of a bar."""
        return self.chart_view.bar(self.id(name)).center()

    def days_wide(self, days: float) -> float:
        """How many pixels some days take."""
        return days * 1440 / self.chart_view.scale.per

    def press(self, at: QPointF) -> None:
        """Take what is there with the mouse."""
        self.move(at)
        QTest.mousePress(self.chart_view.viewport(), Qt.MouseButton.LeftButton, pos=_point(at))

    def move(self, at: QPointF) -> None:
        """Move the mouse."""
        QTest.mouseMove(self.chart_view.viewport(), _point(at))

    def release(self, at: QPointF, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Let go."""
        QTest.mouseRelease(self.chart_view.viewport(), Qt.MouseButton.LeftButton, keys, _point(at))

    def drag(self, start: QPointF, end: QPointF, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Take something, pull it elsewhere and let go."""
        self.press(start)
        self.move(start + (end - start) / 2)
        self.move(end)
        self.release(end, keys)
        self.rest()

    def steps(self) -> list[str]:
        """The acts of the workspace, the newest last."""
        with self.window.context.workspace.read() as connection:
            return [row[0] for row in connection.exec_driver_sql("SELECT label FROM act ORDER BY id")]


def _point(at: QPointF) -> QPoint:
    return QPoint(round(at.x()), round(at.y()))


def store_plan(path: Path) -> None:
    """Write the small plan into a new workspace."""
    with Workspace.create(path) as workspace:
        with workspace.edit("Add project") as work:
            handover = dt.date(2027, 3, 12)
            project = work.add(
                Project(code="P-1", name="Plant", planned_handover=handover, plan_start=MONDAY, data_date=None)
            ).id
        tasks = register("tasks")
        works = editing.add(workspace, tasks, project, {"name": "Works"})
        rows = [{"name": n, "duration": d * DAY, "parent": works} for n, d in (("Dig", 5), ("Pour", 3), ("Cure", 2))]
        dig, pour, cure = (editing.add(workspace, tasks, project, row) for row in rows)
        done = editing.add(workspace, tasks, project, {"name": "Done", "kind": "milestone", "duration": 0})
        editing.add(workspace, tasks, project, {"name": "Paint", "duration": 4 * DAY, "start": MONDAY})
        links = {pour: dig, cure: pour, done: cure}
        changes = {after: {"predecessors": [(before, "FS", 0.0, "working")]} for after, before in links.items()}
        editing.change(workspace, tasks, project, changes)


@pytest.fixture
def plan(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> Plan:
    store_plan(tmp_path / "Plan.handover")
    window.resize(1400, 800)
    open_in(window, tmp_path / "Plan.handover", qtbot)
    return shown(window, qtbot)


def shown(window: MainWindow, qtbot: QtBot) -> Plan:
    """The plan's page in a window, at rest."""
    window.context.go("plan")
    rest(qtbot, window)
    page = window.host.current
    assert isinstance(page, PlanPage)
    return Plan(window, qtbot, page)
