"""Every window fits 1024x700, which 1920x1080 at 150 % leaves: nothing is out of sight, nothing falls off."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.measuring import FRAME, SCREEN, too_large
from tests.ui.conftest import MakeWorkspace, open_in, rest
from ui.pages.project import ProjectDialog
from ui.shell.chapters import page_entries
from ui.transfer.wizard.import_wizard import ImportWizard
from ui.window.restore import RestoreDialog
from ui.window.window import MainWindow

ROOM = SCREEN - FRAME
#: The commands that open a dialog over a page.
DIALOGS = (
    "palette", "search", "help", "keys", "about", "import", "export", "pack", "verify", "template", "reports",
    "new_project", "properties",
)  # fmt: skip


@pytest.fixture
def small(opened: MainWindow, qtbot: QtBot) -> MainWindow:
    opened.resize(ROOM)
    opened.activateWindow()
    rest(qtbot, opened)
    return opened


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_fits(small: MainWindow, qtbot: QtBot, language: str) -> None:
    small.context.choose_language(language)
    rest(qtbot, small)
    found = []
    for entry in page_entries():
        small.context.go(entry.key)
        rest(qtbot, small)
        QApplication.processEvents()
        found += [f"{entry.key}: {each}" for each in too_large(small)]
    assert small.size() == ROOM
    assert found == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_dialog_fits(small: MainWindow, qtbot: QtBot, language: str) -> None:
    small.context.choose_language(language)
    small.context.go("documents")
    rest(qtbot, small)
    found = []
    for command in DIALOGS:
        small.bars.commands[command].trigger()
        rest(qtbot, small)
        QApplication.processEvents()
        dialog = QApplication.activeModalWidget()
        assert dialog is not None, command
        found += [f"{command}: {each}" for each in too_large(dialog)]
        dialog.close()
        rest(qtbot, small)
    assert found == []


def test_calendars_copies_and_reports_fit(small: MainWindow, qtbot: QtBot) -> None:
    context = small.context
    context.go("plan")
    rest(qtbot, small)
    page = small.host.current
    assert page is not None
    page.asking.show_calendars()  # type: ignore[attr-defined]  # the page of the plan
    dialogs = [
        page.asking.dialog,  # type: ignore[attr-defined]  # as above
        RestoreDialog(context, context.workspace.path, parent=small),
        ProjectDialog(context, parent=small),
        ImportWizard(context, parent=small),
    ]
    for dialog in dialogs:
        dialog.open()
        QApplication.processEvents()
        assert too_large(dialog) == []
        dialog.close()


def test_a_window_that_was_larger_comes_back_within_its_screen(
    window: MainWindow, a_workspace: MakeWorkspace, qtbot: QtBot
) -> None:
    open_in(window, a_workspace(), qtbot)
    assert window.minimumSizeHint().expandedTo(window.minimumSize()).width() <= ROOM.width()
    window.resize(QSize(300, 300))
    assert window.width() <= ROOM.width()
