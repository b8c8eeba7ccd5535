"""A window of its own for each test, on a workspace told in words."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from handover import clock
from handover.model import Project
from handover.registers.acts import editing
from handover.registers.catalogue import register
from handover.store import Workspace
from ui.application import Application, release_clipboard
from ui.settings import Settings
from ui.shell.page import Page
from ui.window.window import MainWindow

MakeWorkspace = Callable[..., Path]


def days(n: int) -> dt.date:
    """A day so many days from today."""
    return clock.today() + dt.timedelta(days=n)


class PatientBot(QtBot):
    """Waits as long as a machine may need that does six other things; a test that holds waits no longer than before."""

    def waitUntil(  # noqa: N802  # the name is that of pytest-qt
        self, callback: Callable[[], bool | None], *, timeout: int = 60_000
    ) -> None:
        super().waitUntil(callback, timeout=timeout)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """That of pytest-qt, with more patience."""
    return PatientBot(request)


@pytest.fixture(scope="session", autouse=True)
def _clipboard(qapp: QApplication) -> Iterator[None]:
    """What the tests put on the clipboard goes before Python does, which would crash on its way out."""
    yield
    release_clipboard()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings" / "window.ini")


@pytest.fixture
def start(qapp: QApplication, settings: Settings, qtbot: QtBot) -> Iterator[Callable[[], Application]]:
    """Starts the program, once or several times after one another, on the same settings."""
    running: list[Application] = []

    def begin() -> Application:
        program = Application(qapp, settings)
        program.window.show()
        running.append(program)
        return program

    yield begin
    for program in running:
        if isValid(program):
            end(program, qtbot)


def end(program: Application, qtbot: QtBot) -> None:
    """Close the window as a user does and let all of it go."""
    rest(qtbot, program.window)
    program.window.close()
    program.window.deleteLater()
    program.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def program(start: Callable[[], Application]) -> Application:
    return start()


@pytest.fixture
def window(program: Application) -> MainWindow:
    return program.window


@pytest.fixture
def a_workspace(tmp_path: Path) -> MakeWorkspace:
    """Makes a workspace file with one project: two systems, people, documents late and soon, a task."""

    def make(name: str = "Plant", *, empty: bool = False, codes: tuple[str, ...] = ("P-1",)) -> Path:
        path = tmp_path / f"{name}.handover"
        path.write_bytes(_made(empty, codes, clock.today()))
        return path

    return make


@cache
def _made(empty: bool, codes: tuple[str, ...], _day: dt.date) -> bytes:
    """The file of such a workspace, made once on a day."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.handover"
        with Workspace.create(path) as workspace:
            for code in codes:
                with workspace.edit("Add project") as work:
                    project = work.add(Project(code=code, name=f"Project {code}", planned_handover=days(40)))
                if not empty:
                    _fill(workspace, project.id)
        return path.read_bytes()


def _fill(workspace: Workspace, project: str) -> None:
    def add(key: str, *rows: dict[str, Any]) -> list[str]:
        return editing.add_many(workspace, register(key), project, rows)

    (owner,) = add("people", {"name": "Li Na", "side": "operations"})
    pump, tank = add("systems", {"code": "10", "name": "Pump house"}, {"code": "20", "name": "Tank farm"})
    add(
        "documents",
        {"title": "Pump manual", "number": "D-1", "system": pump, "holder": owner, "due_on": days(-5)},
        {"title": "Pump drawing", "number": "D-2", "system": pump, "holder": owner, "due_on": days(3)},
        {"title": "Tank manual", "number": "D-3", "system": tank, "holder": owner, "due_on": days(90)},
    )
    add("tasks", {"name": "Flush the pipes", "finish": dt.datetime.combine(days(-1), dt.time())})


@pytest.fixture
def opened(window: MainWindow, a_workspace: MakeWorkspace, qtbot: QtBot) -> MainWindow:
    """The window on a filled workspace, at rest."""
    open_in(window, a_workspace(), qtbot)
    return window


def open_in(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    """Open a workspace in a window and wait until everything is shown."""
    window.files.open_path(path)
    qtbot.waitUntil(lambda: window.context.has_workspace)
    rest(qtbot, window)


def rest(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until nothing is being read any more."""
    qtbot.waitUntil(lambda: not window.context.jobs and not window.stock.isActive())


class PlainPage(Page):
    """A page without content, which tells where it was sent."""

    made = 0

    def __init__(self, context: Any, key: str) -> None:
        super().__init__(context)
        self.key = key
        self.sent: list[dict[str, Any]] = []
        self.seen: list[frozenset[str]] = []
        self.searched = 0
        self.now: dict[str, Any] = {}
        PlainPage.made += 1

    def title(self) -> str:
        return self.key

    def state(self) -> dict[str, Any]:
        return dict(self.now)

    def restore(self, state: Any) -> None:
        self.sent.append(dict(state))
        self.now.update(state)

    def refresh(self, tables: frozenset[str]) -> None:
        self.seen.append(tables)

    def find_here(self) -> None:
        self.searched += 1


@pytest.fixture
def plain_registers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Register pages without their tables, where a test is about the way to them."""
    from ui.pages import factories

    monkeypatch.setattr(factories, "make_register_page", lambda key, context: PlainPage(context, key))
