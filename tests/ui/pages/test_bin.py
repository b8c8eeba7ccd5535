"""The bin of the project: which registers have deleted rows, and the way to them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from handover.registers import query
from handover.registers.acts import editing
from handover.registers.catalogue import register
from tests.ui.conftest import PlainPage, rest
from ui.pages.bin import BinPage
from ui.window.window import MainWindow

pytestmark = pytest.mark.usefixtures("plain_registers")


def delete(window: MainWindow, key: str, rows: int) -> None:
    """Put the first rows of a register into the bin."""
    workspace, project, target = window.context.workspace, window.context.project.id, register(key)
    with workspace.read() as connection:
        found = list(query.every(connection, target, project, None, (target.fields[0],)))
    editing.delete(workspace, target, project, [row.id for row in found[:rows]])


def the_bin(window: MainWindow, qtbot: QtBot) -> BinPage:
    window.context.go("bin")
    rest(qtbot, window)
    page = window.host.current
    assert isinstance(page, BinPage)
    return page


def test_an_empty_bin_says_so(opened: MainWindow, qtbot: QtBot) -> None:
    page = the_bin(opened, qtbot)

    assert page.links == {}
    assert "The bin is empty." in [label.text() for label in page.findChildren(QLabel)]


def test_registers_with_deleted_rows_are_listed_and_lead_to_them(opened: MainWindow, qtbot: QtBot) -> None:
    page = the_bin(opened, qtbot)
    delete(opened, "documents", 2)
    rest(qtbot, opened)
    assert list(page.links) == ["documents"]
    assert page.links["documents"].accessibleName() == "Documents: 2 rows"

    qtbot.mouseClick(page.links["documents"], Qt.MouseButton.LeftButton)
    rest(qtbot, opened)
    shown = opened.host.current
    assert isinstance(shown, PlainPage)
    assert (shown.key, shown.sent[-1]) == ("documents", {"bin": True})
