"""The pages of the punch list, as somebody on site uses them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from handover.model import Person, Project
from handover.registers import query
from handover.registers.beginning import add_project
from handover.registers.catalogue import register
from handover.store import Workspace
from tests.ui.conftest import open_in, rest
from ui.chapters.punch_walk import WalkDownPage
from ui.chapters.punches import PunchChartsPage
from ui.window.window import MainWindow

CONTROL = Qt.KeyboardModifier.ControlModifier
PUNCHES = register("punches")


@pytest.fixture
def site(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """The window on a workspace whose project has its lists and no items yet."""
    path = tmp_path / "Plant.handover"
    with Workspace.create(path) as workspace, workspace.edit("Project") as work:
        add_project(work, Project(code="P-1", name="Plant"))
    open_in(window, path, qtbot)
    return window


def walk(window: MainWindow) -> WalkDownPage:
    window.context.go("punch_walk")
    page = window.host.current
    assert isinstance(page, WalkDownPage)
    return page


def type_into(qtbot: QtBot, page: WalkDownPage, field: str, text: str) -> None:
    editor = page.boxes[field].editor
    editor.setFocus()
    qtbot.keyClicks(editor, text)


def test_items_are_added_one_after_the_other_with_the_last_values_kept(qtbot: QtBot, site: MainWindow) -> None:
    page = walk(site)
    type_into(qtbot, page, "category", "A")
    type_into(qtbot, page, "location", "Hall 2")
    type_into(qtbot, page, "description", "Guard loose")
    qtbot.keyClick(page.boxes["description"].editor, Qt.Key.Key_Return, CONTROL)
    qtbot.keyClicks(page.boxes["description"].editor, "Lamp dark")
    qtbot.keyClick(page.boxes["description"].editor, Qt.Key.Key_Return, CONTROL)

    assert len(page.added) == page.list.count() == 2
    with site.context.workspace.read() as connection:
        rows = [query.one(connection, PUNCHES, key) for key in page.added]
    at = [f.field for f in PUNCHES.fields]
    assert [row.values[at.index("description")] for row in rows] == ["Guard loose", "Lamp dark"]
    assert [row.values[at.index("location")] for row in rows] == ["Hall 2", "Hall 2"]
    assert page.boxes["description"].text() == ""


def test_item_without_words_is_refused_at_its_field(qtbot: QtBot, site: MainWindow) -> None:
    page = walk(site)

    qtbot.mouseClick(page.add_button, Qt.MouseButton.LeftButton)

    assert page.added == []
    assert page.boxes["description"].faulty


def test_photo_is_pasted_to_the_item_added_last(qtbot: QtBot, site: MainWindow) -> None:
    page = walk(site)
    type_into(qtbot, page, "description", "Guard loose")
    page.add()
    picture = QImage(8, 8, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    QGuiApplication.clipboard().setImage(picture)

    page.photos.acts.paste()

    qtbot.waitUntil(lambda: len(page.photos.model.files) == 1)
    rest(qtbot, site)


def test_charts_show_the_open_items_and_lead_to_their_rows(qtbot: QtBot, site: MainWindow) -> None:
    page = walk(site)
    type_into(qtbot, page, "description", "Guard loose")
    page.add()
    site.context.go("punch_charts")
    charts = site.host.current
    assert isinstance(charts, PunchChartsPage)
    qtbot.waitUntil(lambda: charts.views["heat"].chart is not None)

    charts.views["heat"].picked.emit(charts.views["heat"].chart.keys[0][0])

    assert site.host.current.key == "punches"


def test_a_finding_of_the_three_checks_is_asked_its_four_where_that_kind_is_chosen(
    qtbot: QtBot, site: MainWindow
) -> None:
    page = walk(site)
    assert page.boxes["measure"].isHidden()
    type_into(qtbot, page, "source", "TC")
    qtbot.keyClick(page.boxes["source"].editor, Qt.Key.Key_Return)
    assert not page.boxes["measure"].isHidden()
    assert not page.boxes["check"].isHidden()

    type_into(qtbot, page, "description", "Drain left out of the design")
    page.add()
    assert page.added == []
    assert {key for key, box in page.boxes.items() if box.faulty} == {"task", "action_by", "due_on", "measure"}

    with site.context.workspace.edit("Add", project=site.context.project.id) as work:
        work.add(Person(name="Li Na"))
    for field, text in (("task", "Draw it"), ("measure", "Add a drain"), ("due_on", "+7"), ("action_by", "Li Na")):
        type_into(qtbot, page, field, text)
    page.add()
    assert len(page.added) == 1
    assert not page.boxes["measure"].isHidden()  # the kind stays for the next finding
