"""Ctrl+K: what is typed finds pages, actions and rows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from handover import i18n
from tests.ui.conftest import PlainPage
from ui.window.palette import Palette, rank
from ui.window.window import MainWindow

pytestmark = pytest.mark.usefixtures("plain_registers")


def palette(window: MainWindow, qtbot: QtBot) -> Palette:
    """Open it by its key."""
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    found = window.findChild(Palette)
    assert found is not None
    return found


def test_it_goes_to_a_page(opened: MainWindow, qtbot: QtBot) -> None:
    box = palette(opened, qtbot)
    qtbot.keyClicks(box.field, "know")
    assert box.names[0] == "Knowledge"
    qtbot.keyClick(box.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: opened.host.current is not None and opened.host.current.key == "knowledge")


def test_it_runs_an_action(opened: MainWindow, qtbot: QtBot) -> None:
    box = palette(opened, qtbot)
    qtbot.keyClicks(box.field, "close work")
    assert box.names[0] == "Close workspace"
    qtbot.keyClick(box.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not opened.context.has_workspace)


def test_it_finds_rows_and_opens_them(opened: MainWindow, qtbot: QtBot) -> None:
    box = palette(opened, qtbot)
    qtbot.keyClicks(box.field, "tank")
    qtbot.waitUntil(lambda: any("Tank manual" in name for name in box.names))
    while "Tank manual" not in box.names[box.list.currentRow()]:
        qtbot.keyClick(box.field, Qt.Key.Key_Down)
    qtbot.keyClick(box.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(opened.host.current, PlainPage))

    page = opened.host.current
    assert isinstance(page, PlainPage)
    assert page.key == "documents"
    assert "row" in page.sent[-1]


def test_escape_leaves_everything_as_it_was(opened: MainWindow, qtbot: QtBot) -> None:
    before = opened.host.current
    box = palette(opened, qtbot)
    qtbot.keyClick(box.field, Qt.Key.Key_Escape)

    assert not box.isVisible()
    assert opened.host.current is before


def test_every_page_and_every_command_is_offered(opened: MainWindow, qtbot: QtBot) -> None:
    box = palette(opened, qtbot)
    offered = set(box.names)

    assert {"Overview", "Settings", "Import", "Make a handover pack"} <= offered
    assert len(offered) >= len(list(opened.bars.commands))
    box.close()


@pytest.mark.parametrize("typed", ["知识", "zs", "zhishi"])
def test_chinese_names_are_found_by_pinyin(typed: str) -> None:
    i18n.use("zh")

    assert rank(typed, "知识") is not None
    assert rank(typed, "文件") is None


def test_better_fits_come_first() -> None:
    ranks = [rank("do", name) for name in ("Documents", "Undo", "Go to documents")]

    assert ranks[0] == 0
    assert ranks[1] == 2
    assert ranks[2] == 1


def test_a_row_found_by_what_its_name_does_not_show_says_why(opened: MainWindow, qtbot: QtBot) -> None:
    box = palette(opened, qtbot)
    qtbot.keyClicks(box.field, "pump house")
    qtbot.waitUntil(lambda: any("Pump manual" in name for name in box.names))
    line = next(box._entry(n) for n, name in enumerate(box.names) if "Pump manual" in name)

    assert "Pump house" in line.side and line.side.endswith("Documents")
