"""A page of a register on a plant's workspace, used as its user does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from handover.model import KnowledgeItem, Person
from handover.registers import show
from handover.registers.catalogue import register
from tests.domain import a_row
from ui.register.view import RegisterPage
from ui.settings import Settings
from ui.shell.context import Context, ProjectInHand
from ui.theme import style

from .rows import a_plant


class Using:
    """A page and the hands on it."""

    def __init__(self, context: Context, key: str, qtbot: QtBot) -> None:
        self.context = context
        self.page = RegisterPage(context, key)
        self.qtbot = qtbot
        self.tester = QAbstractItemModelTester(
            self.page.model, QAbstractItemModelTester.FailureReportingMode.Fatal, self.page
        )
        self.told: list[str] = []
        self.complaints: list[str] = []
        context.changed.connect(self.page.refresh)
        context.told.connect(lambda sentence, _undo: self.told.append(sentence))
        context.complained.connect(lambda error: self.complaints.append(str(error)))
        self.page.resize(1280, 760)
        qtbot.addWidget(self.page)
        self.page.show()
        qtbot.waitExposed(self.page)
        self.rest()

    def rest(self) -> None:
        """Until nothing is being read any more."""
        self.qtbot.waitUntil(lambda: not self.context.jobs and not self.page._typing.isActive())
        QApplication.processEvents()

    def go(self, row: int, field: str) -> None:
        """To a cell."""
        self.page.table.go_to(row, self.column(field))
        self.page.table.setFocus()

    def column(self, field: str) -> int:
        return [f.field for f in self.page.model.fields].index(field)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key where the focus is."""
        QTest.keyClick(self.target(), key, modifier)
        self.rest()

    def type(self, text: str) -> None:
        """Letters where the focus is."""
        for letter in text:
            QTest.keyClicks(self.target(), letter)
        self.rest()

    def target(self) -> QWidget:
        """What gets the keys: the open editor, or the table."""
        editor = self.editor()
        return editor if editor is not None else self.page.table

    def editor(self) -> QWidget | None:
        """The open editor of a cell."""
        for view in (self.page.table, self.page.table.frozen):
            for each in view.viewport().findChildren(QWidget, "cell"):
                if each.isVisible():
                    return each
        return None

    def cell(self, row: int, field: str) -> str:
        """What a cell shows."""
        return str(self.page.model.index(row, self.column(field)).data())

    def refs(self) -> list[str]:
        """The references of all rows that are shown."""
        rows = self.page.model.rows(range(self.page.model.rowCount()), ())
        return [r.ref for r in rows]

    def texts(self, field: str) -> list[str]:
        """What a column shows, from top to bottom."""
        one = register(self.page.key)[field]
        rows = self.page.model.rows(range(self.page.model.rowCount()), (one,))
        return [show.text(one, r.values[0]) for r in rows]


@pytest.fixture
def context(tmp_path: Path, qapp: QApplication) -> Iterator[Context]:
    style.load_fonts()
    context = Context(Settings(tmp_path / "window.ini"))
    workspace, project = a_plant(tmp_path)
    context.take_workspace(workspace)
    context.take_project(ProjectInHand(project, "NH3", "Ammonia"))
    yield context
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    context.take_workspace(None)


@pytest.fixture
def using(context: Context, qtbot: QtBot) -> Callable[..., Using]:
    """Opens the page of a register, perhaps in a state."""

    def begin(key: str = "documents", **state: Any) -> Using:
        hands = Using(context, key, qtbot)
        if state:
            hands.page.restore(state)
            hands.rest()
        return hands

    return begin


@pytest.fixture
def knowledge(context: Context) -> Callable[..., str]:
    """Makes a knowledge item; its key."""

    def make(title: str = "Start-up of the pumps", **values: Any) -> str:
        item = KnowledgeItem(title=title, **{"status": "identified", **values})
        return a_row(context.workspace, context.project.id, item).id

    return make


@pytest.fixture
def me(context: Context) -> str:
    """The user, as one of the people of the project."""
    context.workspace.user = "lina"
    return a_row(context.workspace, context.project.id, Person(name="Li Na", account="LiNa")).id
