"""Finding, naming and choosing in the plan as hands do it: row numbers, columns, Ctrl+F, names that stay in place."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from handover.registers.acts import editing
from handover.registers.catalogue import register
from tests.ui.conftest import days, rest
from ui.plan.columns import Col
from ui.plan.page import PlanPage
from ui.register.grid.editors import LineEdit
from ui.window.window import MainWindow

TASKS = register("tasks")
KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def plan(opened: MainWindow, qtbot: QtBot) -> PlanPage:
    """A plan of a phase with three tasks behind the task that is there."""
    context = opened.context
    start = dt.datetime.combine(days(1), dt.time())
    rows = [{"name": name, "start": start, "duration": 480} for name in ("Phase", "Fit pumps", "Fit motors", "Align")]
    ids = editing.add_many(context.workspace, TASKS, context.project.id, rows)
    editing.change(context.workspace, TASKS, context.project.id, {key: {"parent": ids[0]} for key in ids[1:]})
    opened.resize(1280, 800)
    opened.activateWindow()
    context.go("plan")
    page = opened.host.current
    assert isinstance(page, PlanPage)
    qtbot.waitUntil(lambda: page.chart is not None and len(page.chart.rows) == 5)
    rest(qtbot, opened)
    page.gantt.tree.setFocus()
    return page


def row_of(page: PlanPage, name: str) -> int:
    assert page.chart is not None
    return page.gantt.model.reveal(next(row.id for row in page.chart.rows if row.name == name))


def typed(page: PlanPage, name: str, column: Col, text: str, qtbot: QtBot) -> None:
    tree = page.gantt.tree
    tree.setCurrentIndex(page.gantt.model.index(row_of(page, name), column))
    tree.setFocus()
    qtbot.keyClicks(tree, text[0])
    editor = QApplication.focusWidget()
    assert isinstance(editor, LineEdit)
    qtbot.keyClicks(editor, text[1:])
    qtbot.keyClick(editor, KEY.Key_Return)
    rest(qtbot, page.window())  # type: ignore[arg-type]  # the one window


def test_rows_have_numbers_by_which_predecessors_are_typed_and_shown(plan: PlanPage, qtbot: QtBot) -> None:
    model = plan.gantt.model
    assert model.headerData(row_of(plan, "Fit motors"), Qt.Orientation.Vertical) == "4"

    typed(plan, "Align", Col.PREDECESSORS, "4FS+2d", qtbot)
    row = row_of(plan, "Align")
    qtbot.waitUntil(lambda: model.index(row, Col.PREDECESSORS).data() == "4FS+2d")
    assert plan.chart is not None
    align = next(each for each in plan.chart.rows if each.name == "Align")
    assert align.predecessors == f"{next(r.ref for r in plan.chart.rows if r.name == 'Fit motors')}FS+2d"
    assert "Fit motors" in model.index(row, Col.PREDECESSORS).data(Qt.ItemDataRole.ToolTipRole)


def test_a_number_without_a_row_is_refused_beside_the_cell(plan: PlanPage, qtbot: QtBot) -> None:
    typed(plan, "Align", Col.PREDECESSORS, "99", qtbot)
    assert plan.gantt.model.faults


def test_ctrl_f_finds_tasks_and_shows_only_these(plan: PlanPage, qtbot: QtBot) -> None:
    qtbot.keyClick(plan.gantt.tree, KEY.Key_F, CTRL)
    find = plan.head.finder
    assert QApplication.focusWidget() is find.line
    qtbot.keyClicks(find.line, "fit")
    assert find.count.text() == "1 of 2"
    assert plan.gantt.tree.current_id() == next(r.id for r in plan.chart.rows if r.name == "Fit pumps")  # type: ignore[union-attr]
    qtbot.keyClick(find.line, KEY.Key_Return)
    assert find.count.text() == "2 of 2"

    find.only.click()
    model = plan.gantt.model
    assert [model.text(model.task(n), Col.NAME) for n in range(model.rowCount())] == [
        "Phase",
        "Fit pumps",
        "Fit motors",
    ]  # type: ignore[arg-type]
    find.only.click()
    assert model.rowCount() == 5
    qtbot.keyClick(find.line, KEY.Key_Down)
    assert QApplication.focusWidget() is plan.gantt.tree


def test_columns_are_chosen_and_remembered(plan: PlanPage, opened: MainWindow, qtbot: QtBot) -> None:
    tree = plan.gantt.tree
    assert tree.isColumnHidden(Col.DEADLINE)
    plan.commands["columns"].trigger()
    action = next(each for each in plan.menu.actions() if each.text() == "Deadline")
    action.trigger()
    assert not tree.isColumnHidden(Col.DEADLINE)
    typed(plan, "Align", Col.DEADLINE, "+30", qtbot)
    qtbot.waitUntil(lambda: bool(plan.gantt.model.index(row_of(plan, "Align"), Col.DEADLINE).data()))
    assert Col.DEADLINE in opened.context.settings.get("page/plan/columns")


def test_names_stay_in_place_while_the_rest_scrolls(plan: PlanPage, qtbot: QtBot) -> None:
    tree = plan.gantt.tree
    assert tree.frozen is not None
    assert tree.frozen.isHidden()
    plan.gantt.setSizes([480, 700])
    tree.horizontalScrollBar().setValue(tree.horizontalScrollBar().maximum())
    assert tree.frozen.isVisible()
    tree.setCurrentIndex(plan.gantt.model.index(row_of(plan, "Align"), Col.NAME))
    qtbot.keyClick(tree, KEY.Key_F2)
    editor = QApplication.focusWidget()
    assert isinstance(editor, LineEdit)
    qtbot.keyClicks(editor, " again")
    qtbot.keyClick(editor, KEY.Key_Return)
    assert QApplication.focusWidget() is tree
    qtbot.waitUntil(lambda: plan.chart is not None and any(r.name == "Align again" for r in plan.chart.rows))


def test_the_number_of_critical_tasks_leads_to_them(plan: PlanPage) -> None:
    plan.head.critical.click()
    assert plan.chart is not None
    picked = plan.gantt.tree.selected_ids()
    assert len(picked) == int(plan.head.critical.text().split()[0])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_names_views_and_toolbar_are_whole_at_1280(plan: PlanPage, qtbot: QtBot, language: str) -> None:
    window = plan.window()
    assert isinstance(window, MainWindow)
    context = window.context
    long = "Set up the document transfer register with owners"
    editing.change(context.workspace, TASKS, context.project.id, {plan.chart.rows[-1].id: {"name": long}})
    context.settings.put("page/plan/widths", None)
    context.choose_language(language)
    rest(qtbot, window)
    page = window.host.current
    assert isinstance(page, PlanPage)
    qtbot.waitUntil(lambda: page.chart is not None and any(row.name == long for row in page.chart.rows))
    rest(qtbot, window)

    tree, tabs = page.gantt.tree, page.head.tabs
    assert tree.columnWidth(Col.NAME) >= tree.sizeHintForColumn(Col.NAME)
    assert tree.columnViewportPosition(Col.DURATION) + tree.columnWidth(Col.DURATION) <= tree.viewport().width()
    assert tabs.tabRect(tabs.count() - 1).right() <= tabs.width() and tabs.tabRect(0).left() >= 0
    bar = window.bars.toolbar
    for action in bar.actions():
        button = bar.widgetForAction(action)
        assert button is None or bar.rect().contains(button.geometry()), action.text()
