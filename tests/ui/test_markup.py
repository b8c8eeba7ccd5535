"""What users enter is shown as it is written: a label never takes it for markup."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from handover.model import Project
from handover.registers.acts import editing
from handover.registers.catalogue import register
from handover.store import Workspace
from tests.ui.conftest import MakeWorkspace, days, open_in, rest
from ui.shell.message import Message
from ui.window.window import MainWindow

HOSTILE = '<b>bold</b><img src="file:///etc/hostname"><a href="http://example.org">x</a>'


@pytest.fixture
def hostile(window: MainWindow, a_workspace: MakeWorkspace, qtbot: QtBot) -> MainWindow:
    """The window on a project in which everything is called alike."""
    path = a_workspace(empty=True)
    with Workspace.open(path) as workspace:
        project = workspace.only_project().id
        with workspace.edit(HOSTILE) as work:
            work.get(Project, project).name = HOSTILE
        (owner,) = editing.add_many(workspace, register("people"), project, [{"name": HOSTILE, "side": "operations"}])
        (system,) = editing.add_many(workspace, register("systems"), project, [{"code": "10", "name": HOSTILE}])
        row = {"title": HOSTILE, "number": HOSTILE, "system": system, "holder": owner, "due_on": days(-5)}
        editing.add(workspace, register("documents"), project, row)
        editing.add(workspace, register("tasks"), project, {"name": HOSTILE})
    open_in(window, path, qtbot)
    return window


def taken_for_markup(top: QWidget) -> list[str]:
    """Labels that show what was entered and would read it as rich text."""
    found = []
    for label in top.findChildren(QLabel):
        text, form = label.text(), label.textFormat()
        rich = form in (Qt.TextFormat.RichText, Qt.TextFormat.AutoText)
        if rich and "<b>" in text:
            found.append(f"{type(label.parent()).__name__}: {text[:60]}")
    return found


@pytest.mark.parametrize(
    "page", ["overview", "blockers", "documents", "tasks", "people", "systems", "plan", "settings"]
)
def test_no_page_takes_what_was_entered_for_markup(hostile: MainWindow, qtbot: QtBot, page: str) -> None:
    hostile.context.go(page)
    rest(qtbot, hostile)

    assert taken_for_markup(hostile) == []


def test_no_message_takes_what_was_entered_for_markup(window: MainWindow) -> None:
    message = Message(HOSTILE, HOSTILE, detail=HOSTILE, parent=window)

    assert taken_for_markup(message) == []


def test_status_line_and_banner_take_nothing_for_markup(hostile: MainWindow) -> None:
    hostile.context.tell(HOSTILE)
    hostile.error_banner.say(HOSTILE)

    assert taken_for_markup(hostile) == []
