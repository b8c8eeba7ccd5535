"""Ctrl+Shift+F: all registers at once."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from handover import i18n
from handover.model import Document, KnowledgeItem
from handover.registers.search import finding as core
from tests.domain import a_row
from tests.ui.conftest import MakeWorkspace, PlainPage, open_in, rest
from ui.window.search import SearchDialog
from ui.window.window import MainWindow

pytestmark = pytest.mark.usefixtures("plain_registers")


def opened_by_key(window: MainWindow, qtbot: QtBot) -> SearchDialog:
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_F, keys)
    found = window.findChild(SearchDialog)
    assert found is not None
    return found


def heads(box: SearchDialog) -> dict[str, str]:
    return {line.text: line.side for line in box.lines if line.run is None}


def hits(box: SearchDialog) -> list[str]:
    return [line.text.partition("  ")[2] for line in box.lines if line.run is not None and not line.stays]


def type_and_wait(box: SearchDialog, text: str, qtbot: QtBot) -> None:
    qtbot.keyClicks(box.field, text)
    qtbot.waitUntil(lambda: bool(box.lines))


def test_hits_stand_under_their_registers_with_the_words_marked(opened: MainWindow, qtbot: QtBot) -> None:
    box = opened_by_key(opened, qtbot)
    type_and_wait(box, "pump", qtbot)

    assert heads(box) == {"Documents": "2", "Systems": "1"}
    assert hits(box)[:2] == ["D-1 Pump manual", "D-2 Pump drawing"]
    line = next(line for line in box.lines if line.text.endswith("Pump manual"))
    assert [line.text[a:b] for a, b in line.marked] == ["Pump"]
    box.close()


def test_enter_opens_the_row_in_its_register_and_headings_are_passed_over(opened: MainWindow, qtbot: QtBot) -> None:
    box = opened_by_key(opened, qtbot)
    type_and_wait(box, "pump", qtbot)
    while "Pump house" not in box.lines[box.list.currentRow()].text:
        before = box.list.currentRow()
        qtbot.keyClick(box.field, Qt.Key.Key_Down)
        assert box.list.currentRow() > before
        assert box.lines[box.list.currentRow()].run is not None
    qtbot.keyClick(box.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(opened.host.current, PlainPage))

    page = opened.host.current
    assert isinstance(page, PlainPage)
    assert page.key == "systems"
    assert "row" in page.sent[-1]


def test_what_the_name_does_not_show_is_shown_below_it(opened: MainWindow, qtbot: QtBot) -> None:
    project = opened.context.project.id
    a_row(
        opened.context.workspace,
        project,
        KnowledgeItem(title="Start-up", notes="First vent the casing, then prime it."),
    )
    box = opened_by_key(opened, qtbot)
    type_and_wait(box, "casing", qtbot)

    (line,) = [line for line in box.lines if line.run is not None]
    assert line.below == "Notes: First vent the casing, then prime it."
    assert [line.below[a:b] for a, b in line.below_marked] == ["casing"]
    box.close()


def test_chinese_is_found_by_the_initials_of_its_pinyin(opened: MainWindow, qtbot: QtBot) -> None:
    a_row(opened.context.workspace, opened.context.project.id, Document(title="空气换热器说明书"))
    box = opened_by_key(opened, qtbot)
    type_and_wait(box, "hrq", qtbot)

    assert hits(box) == ["空气换热器说明书"]
    assert [box.lines[1].text[a:b] for a, b in box.lines[1].marked] == ["换热器"]
    box.close()


def test_before_anything_is_typed_it_says_what_is_searched(opened: MainWindow, qtbot: QtBot) -> None:
    box = opened_by_key(opened, qtbot)

    assert "notes" in box.said.text()
    assert not box.list.isVisible()
    qtbot.keyClicks(box.field, "-")
    assert "letter" in box.said.text()
    box.close()


def test_nothing_found_says_where_was_searched(opened: MainWindow, qtbot: QtBot) -> None:
    box = opened_by_key(opened, qtbot)
    qtbot.keyClicks(box.field, "zeppelin")
    qtbot.waitUntil(lambda: "zeppelin" in box.said.text() and not opened.context.jobs)

    assert "P-1" in box.said.text()
    box.close()


def test_more_of_a_register_are_shown_when_they_are_wanted(opened: MainWindow, qtbot: QtBot) -> None:
    with opened.context.workspace.edit("Many", project=opened.context.project.id) as work:
        work.insert_many(Document, [{"title": f"Valve list {n}"} for n in range(20)])
    box = opened_by_key(opened, qtbot)
    type_and_wait(box, "valve", qtbot)
    assert heads(box) == {"Documents": "8 of 20"}
    while not box.lines[box.list.currentRow()].stays:
        qtbot.keyClick(box.field, Qt.Key.Key_Down)
    qtbot.keyClick(box.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(hits(box)) == 20)

    assert box.isVisible()
    assert heads(box) == {"Documents": "20"}
    box.close()


def test_a_row_of_another_project_is_opened_there(window: MainWindow, a_workspace: MakeWorkspace, qtbot: QtBot) -> None:
    open_in(window, a_workspace(codes=("P-1", "P-2")), qtbot)
    other = window.context.workspace.project("P-2").id
    a_row(window.context.workspace, other, Document(title="Zinc bath"))
    box = opened_by_key(window, qtbot)
    qtbot.keyClicks(box.field, "zinc")
    qtbot.waitUntil(lambda: "zinc" in box.said.text() and not window.context.jobs)
    box.everywhere.click()
    qtbot.waitUntil(lambda: hits(box) == ["Zinc bath"])
    assert box.lines[1].side == "P-2"
    box.field.setFocus()
    qtbot.keyClick(box.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(window.host.current, PlainPage))

    assert window.context.project.code == "P-2"
    rest(qtbot, window)


def test_while_the_index_is_filled_it_says_how_far(
    opened: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = threading.Event()

    def slow(_workspace, _text, _project, _limit, progress):  # type: ignore[no-untyped-def]
        while not told.wait(0.02):
            progress(30, 100, i18n.tr("Preparing the search"))
        return []

    monkeypatch.setattr("ui.window.search.search", slow)
    box = opened_by_key(opened, qtbot)
    qtbot.keyClicks(box.field, "pump")
    qtbot.waitUntil(lambda: box.said.text() == "Preparing the search: 30 %")
    told.set()
    rest(qtbot, opened)
    assert "pump" in box.said.text()
    box.close()


def test_the_window_keeps_the_index_up_to_date_beside_the_work(opened: MainWindow, qtbot: QtBot) -> None:
    workspace = opened.context.workspace
    a_row(workspace, opened.context.project.id, Document(title="Fresh"))

    def holds_it() -> bool:
        found = workspace.search.matches('"fresh"', 'name: "fresh"', None, 5)
        return bool(found)

    qtbot.waitUntil(holds_it, timeout=10_000)
    assert core.search(workspace, "fresh")[0].total == 1
