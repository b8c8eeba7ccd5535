"""The import wizard and the dialogs that write, on an empty project, used as their user does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from handover.registers import query
from handover.registers.catalogue import register
from handover.store import Workspace
from tests.domain import a_project, a_workspace
from ui.settings import Settings
from ui.shell.context import Context, ProjectInHand
from ui.theme import style
from ui.transfer.wizard.import_wizard import ImportWizard

LEFT = Qt.MouseButton.LeftButton


class Hands:
    """A wizard and the hands on it."""

    def __init__(self, context: Context, qtbot: QtBot, path: Path | None, into: str | None) -> None:
        self.context, self.qtbot = context, qtbot
        self.went: list[tuple[str, dict[str, Any]]] = []
        self.complaints: list[str] = []
        context.wanted.connect(lambda key, state: self.went.append((key, state)))
        context.complained.connect(lambda error: self.complaints.append(str(error)))
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.wizard = ImportWizard(context, path, into, self.window)
        self.tester = QAbstractItemModelTester(
            self.wizard.preview_step.model, QAbstractItemModelTester.FailureReportingMode.Fatal, self.wizard
        )
        self.wizard.open()
        self.rest()

    def rest(self) -> None:
        """Until nothing is being read and no correction waits to be compared."""
        QApplication.processEvents()
        self.qtbot.waitUntil(self._quiet, timeout=30_000)

    def _quiet(self) -> bool:
        if not isValid(self.wizard):
            return True
        pauses = (self.wizard.preview_step.pause, self.wizard.preview_step._typing)
        return not self.wizard.work.busy and not any(p.isActive() for p in pauses)

    def choose(self, path: Path) -> None:
        """Choose a file, as the file dialog does."""
        self.wizard.file_step.choose(path)
        self.rest()

    def click(self, button: QPushButton) -> None:
        """Click a button that can be clicked, and wait for what it does."""
        assert button.isEnabled() and button.isVisible(), button.text()
        self.qtbot.mouseClick(button, LEFT)
        self.rest()

    def go_on(self, times: int = 1) -> None:
        """Click the button that goes on."""
        for _ in range(times):
            self.click(self.wizard.next)

    def pick(self, box: QComboBox, key: str) -> None:
        """Choose an entry of a box by its key, with the keyboard."""
        wanted = box.findData(key)
        assert wanted >= 0, key
        self.pick_at(box, wanted)

    def pick_at(self, box: QComboBox, wanted: int) -> None:
        """Choose an entry of a box by its place, with the keyboard."""
        box.setFocus()
        self.qtbot.keyClick(box, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        entries = box.view()
        self.qtbot.waitUntil(entries.isVisible)
        while entries.currentIndex().row() != wanted:
            down = entries.currentIndex().row() < wanted
            self.qtbot.keyClick(entries, Qt.Key.Key_Down if down else Qt.Key.Key_Up)
        self.qtbot.keyClick(entries, Qt.Key.Key_Return)
        self.rest()

    def field_of(self, heading: str) -> QComboBox:
        """The box that gives a column its field."""
        mapping = self.wizard.intake.choices.mapping
        assert mapping is not None
        at = [m.heading for m in mapping.columns].index(heading)
        return self.wizard.mapping_step._boxes[at]

    def verdicts(self) -> list[str]:
        """What happens to each row that is shown."""
        model = self.wizard.preview_step.model
        return [model.verdict(model.index(n, 0)).outcome for n in range(model.rowCount())]

    def cell(self, row: int, field: str) -> str:
        """What the preview shows in a row of the file."""
        model = self.wizard.preview_step.model
        return str(model.index(model.position(row), model.column(field)).data())

    def correct(self, row: int, field: str, text: str) -> None:
        """Type into a cell of the preview."""
        view, model = self.wizard.preview_step.view, self.wizard.preview_step.model
        index = model.index(model.position(row), model.column(field))
        view.setCurrentIndex(index)
        view.setFocus()
        self.qtbot.keyClick(view, Qt.Key.Key_F2)
        (editor,) = (e for e in view.viewport().findChildren(QLineEdit) if e.isVisible())
        editor.selectAll()
        self.qtbot.keyClicks(editor, text)
        self.qtbot.keyClick(editor, Qt.Key.Key_Return)
        self.rest()

    def names(self, key: str = "tasks") -> list[str]:
        """The names of the rows that the project has now."""
        return names_in(self.context, key)


def names_in(context: Context, key: str) -> list[str]:
    """The names of the living rows of a register."""
    target = register(key)
    shown = target[target.display[0]]
    with context.workspace.read() as connection:
        return [r.values[0] for r in query.every(connection, target, context.project.id, None, (shown,))]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return a_workspace(tmp_path)


@pytest.fixture
def context(tmp_path: Path, workspace: Workspace, qapp: QApplication) -> Iterator[Context]:
    style.load_fonts()
    project = a_project(workspace, "NH3", name="Ammonia")
    context = Context(Settings(tmp_path / "window.ini"))
    context.take_workspace(workspace)
    context.take_project(ProjectInHand(project, "NH3", "Ammonia"))
    yield context
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    context.take_workspace(None)


@pytest.fixture(autouse=True)
def _own_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mapping that one test corrects isn't remembered for the next."""
    monkeypatch.setenv("HANDOVER_HOME", str(tmp_path / "home"))


@pytest.fixture
def importing(context: Context, qtbot: QtBot) -> Iterator[Callable[..., Hands]]:
    """Opens the wizard, perhaps at a file."""
    opened: list[Hands] = []

    def begin(path: Path | None = None, into: str | None = None) -> Hands:
        hands = Hands(context, qtbot, path, into)
        opened.append(hands)
        return hands

    yield begin
    for hands in opened:
        if isValid(hands.wizard):
            hands.wizard.work.cancel()
            hands.rest()
            hands.wizard.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def a_list(tmp_path: Path) -> Callable[..., Path]:
    """Makes a workbook with rows on its first sheet; further sheets by name."""

    def make(*rows: Sequence[Any], name: str = "tasks.xlsx", **sheets: Sequence[Sequence[Any]]) -> Path:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(list(row))
        for title, content in sheets.items():
            sheet = book.create_sheet(title)
            for row in content:
                sheet.append(list(row))
        path = tmp_path / name
        book.save(path)
        return path

    return make
