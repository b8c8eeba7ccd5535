"""My week in the window: what needs the user in every project, one click from the row."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from handover.registers.acts import editing
from handover.registers.catalogue import register
from tests.ui.conftest import MakeWorkspace, PlainPage, days, open_in, rest
from ui.pages.items import OWNER, WHAT
from ui.pages.my_week import MyWeekPage
from ui.window.window import MainWindow

pytestmark = pytest.mark.usefixtures("plain_registers")


def the_week(window: MainWindow, qtbot: QtBot) -> MyWeekPage:
    window.context.go("my_week")
    rest(qtbot, window)
    page = window.host.current
    assert isinstance(page, MyWeekPage)
    return page


def come(window: MainWindow, *codes: str) -> None:
    """The user is a person of these projects, each with a document that is late and one for the second week."""
    workspace = window.context.workspace
    for code in codes:
        project = workspace.project(code).id
        (me,) = editing.add_many(workspace, register("people"), project, [{"name": "Me", "account": workspace.user}])
        rows = [{"title": f"Late {code}", "holder": me, "due_on": days(-2)},
                {"title": f"Later {code}", "holder": me, "due_on": days(10)}]  # fmt: skip
        editing.add_many(workspace, register("documents"), project, rows)


def lines(page: MyWeekPage) -> list[list[str]]:
    """What stands under each heading."""
    found = []
    for n in range(page.tree.topLevelItemCount()):
        top = page.tree.topLevelItem(n)
        assert top is not None
        found.append([top.text(WHAT), *(top.child(i).text(WHAT) for i in range(top.childCount()))])
    return found


def test_whoever_is_nobody_is_told_where_to_say_it(opened: MainWindow, qtbot: QtBot) -> None:
    page = the_week(opened, qtbot)
    assert not page.tree.isVisible()
    assert not page.write_action.isEnabled()


def test_things_stand_by_time_and_further_ones_come_with_more_days(opened: MainWindow, qtbot: QtBot) -> None:
    come(opened, "P-1")
    page = the_week(opened, qtbot)
    assert lines(page) == [["Late", "Late P-1"]]
    assert page.sum.text() == "1 thing needs you, 1 of it late."
    assert page.tree.isColumnHidden(OWNER)

    qtbot.mouseClick(page.spans[14], Qt.MouseButton.LeftButton)
    rest(qtbot, opened)
    assert [line for part in lines(page) for line in part[1:]] == ["Late P-1", "Later P-1"]


def test_row_of_another_project_opens_there(window: MainWindow, a_workspace: MakeWorkspace, qtbot: QtBot) -> None:
    open_in(window, a_workspace(codes=("P-1", "P-2")), qtbot)
    come(window, "P-1", "P-2")
    page = the_week(window, qtbot)
    assert lines(page) == [["Late", "Late P-1", "Late P-2"]] and not page.tree.isColumnHidden(OWNER)
    top = page.tree.topLevelItem(0)
    assert top is not None and [top.child(n).text(OWNER) for n in range(2)] == ["P-1", "P-2"]

    page.tree.setCurrentItem(top.child(1))
    page.tree.setFocus()
    qtbot.keyClick(page.tree, Qt.Key.Key_Return)
    rest(qtbot, window)
    shown = window.host.current
    assert window.context.project.code == "P-2"
    assert isinstance(shown, PlainPage) and shown.key == "documents"


def test_week_is_written_for_calendars(opened: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    come(opened, "P-1")
    page = the_week(opened, qtbot)
    page.write_to(tmp_path / "week.ics")
    rest(qtbot, opened)
    assert b"Late P-1" in (tmp_path / "week.ics").read_bytes()
