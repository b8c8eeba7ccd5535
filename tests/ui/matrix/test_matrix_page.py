"""The page of a matrix, shown by that of the RACI, as somebody fills it in by the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from handover.model import Project
from handover.registers.acts import editing
from handover.registers.catalogue import register
from handover.registers.matrix.filling import fill
from handover.registers.matrix.reading import matrix_named
from handover.store import Workspace
from tests.ui.conftest import open_in, rest
from ui.matrix.back import MatrixBackDialog
from ui.matrix.page import MatrixPage
from ui.register.grid import clipboard
from ui.shell.chapters import sections
from ui.window.window import MainWindow

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def site(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """Three deliverables and three parties, nothing filled in."""
    path = tmp_path / "Plant.handover"
    with Workspace.create(path) as workspace:
        with workspace.edit("Project") as work:
            project = work.add(Project(code="P-1", name="Plant")).id
        names = [{"name": n} for n in ("Manual", "Training", "Spares")]
        editing.add_many(workspace, register("deliverables"), project, names)
        sides = [{"name": "Lead", "side": "project"}, {"name": "Operator", "side": "operations"}, {"name": "Vendor"}]
        editing.add_many(workspace, register("raci_parties"), project, sides)
    open_in(window, path, qtbot)
    return window


@pytest.fixture
def page(site: MainWindow, qtbot: QtBot) -> MatrixPage:
    return shown(site, qtbot)


def shown(window: MainWindow, qtbot: QtBot) -> MatrixPage:
    window.context.go("raci_matrix")
    found = window.host.current
    assert isinstance(found, MatrixPage)
    rest(qtbot, window)
    found.view.grid.setFocus()
    return found


def texts(page: MatrixPage) -> list[list[str]]:
    model = page.view.model
    return [[model.index(r, c).data() for c in range(model.columnCount())] for r in range(model.rowCount())]


def press(qtbot: QtBot, page: MatrixPage, *keys: object) -> None:
    for key in keys:
        if isinstance(key, str):
            qtbot.keyClicks(page.view.grid, key)
        else:
            qtbot.keyClick(page.view.grid, key)


def select(page: MatrixPage, top: int, left: int, bottom: int, right: int) -> None:
    model, flags = page.view.model, QItemSelectionModel.SelectionFlag
    page.view.grid.go_to(top, left)
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            page.view.grid.selectionModel().select(model.index(row, column), flags.Select)


def row_findings(page: MatrixPage) -> list[str]:
    return [", ".join(f.label for f in page.view.model.found.get(h.id, [])) for h in page.view.model.rows]


def test_single_keys_fill_cells_and_arrows_go_on(qtbot: QtBot, page: MatrixPage) -> None:
    press(qtbot, page, "a", Qt.Key.Key_Right, "r", Qt.Key.Key_Down, "c", Qt.Key.Key_Left, "i")

    assert texts(page) == [["A", "R", ""], ["I", "C", ""], ["", "", ""]]


def test_cell_takes_two_letters_and_the_same_key_takes_one_back(qtbot: QtBot, page: MatrixPage) -> None:
    press(qtbot, page, "ar")
    assert texts(page)[0][0] == "R/A"

    press(qtbot, page, "a")
    assert texts(page)[0][0] == "R"


def test_rules_are_told_while_one_types(qtbot: QtBot, page: MatrixPage) -> None:
    assert row_findings(page) == ["No A, No R"] * 3

    press(qtbot, page, "r", Qt.Key.Key_Right, "a")
    assert row_findings(page)[0] == ""
    press(qtbot, page, Qt.Key.Key_Right, "a")

    assert row_findings(page)[0] == "2 × A"
    assert "2 are accountable" in page.view.told.text()
    assert page.view.only_found.text() == "3 rows to settle"


def test_one_entry_leads_to_the_matrices_of_deliverables_systems_and_milestones(
    qtbot: QtBot, site: MainWindow, page: MatrixPage
) -> None:
    raci = [each.key for section in sections() for each in section.pages if "raci" in each.key]
    assert raci == ["raci_matrix", "raci_parties"]
    assert list(page.kinds) == ["raci", "raci_systems", "raci_milestones"]
    page.kinds["raci_systems"].setFocus()
    qtbot.keyClick(page.kinds["raci_systems"], Qt.Key.Key_Space)
    rest(qtbot, site)

    systems = site.host.current
    assert isinstance(systems, MatrixPage) and systems.matrix.key == "raci_systems"
    assert [each.isChecked() for each in systems.kinds.values()] == [False, True, False]
    assert [each.isChecked() for each in page.kinds.values()] == [True, False, False]
    assert site.navigation.current == "raci_matrix"


def test_del_clears_and_ctrl_z_brings_back(qtbot: QtBot, site: MainWindow, page: MatrixPage) -> None:
    press(qtbot, page, "ra", Qt.Key.Key_Delete)
    assert texts(page)[0][0] == ""

    site.context.undo()
    rest(qtbot, site)
    assert texts(page)[0][0] == "R/A"


def test_key_fills_every_selected_cell_in_one_act(qtbot: QtBot, site: MainWindow, page: MatrixPage) -> None:
    select(page, 0, 0, 2, 1)
    press(qtbot, page, "i")
    assert texts(page) == [["I", "I", ""]] * 3

    site.context.undo()
    rest(qtbot, site)
    assert texts(page) == [["", "", ""]] * 3


def test_other_key_is_refused_beside_its_cell_with_those_that_fit(qtbot: QtBot, page: MatrixPage) -> None:
    press(qtbot, page, "q")

    assert page.view.grid.reason.isVisible()
    assert page.view.grid.reason.text() == "“q” is none of R, A, C, I."
    press(qtbot, page, Qt.Key.Key_Right)
    assert not page.view.grid.reason.isVisible()


def test_block_goes_to_excel_and_comes_back(qtbot: QtBot, page: MatrixPage) -> None:
    press(qtbot, page, "ra", Qt.Key.Key_Right, "c")
    select(page, 0, 0, 0, 1)
    qtbot.keyClick(page.view.grid, Qt.Key.Key_C, CONTROL)
    assert clipboard.parse(clipboard.take()) == [["R/A", "C"]]

    page.view.grid.go_to(1, 1)
    qtbot.keyClick(page.view.grid, Qt.Key.Key_V, CONTROL)
    assert texts(page)[1] == ["", "R/A", "C"]


def test_block_with_a_word_that_is_no_letter_changes_nothing_and_says_where(qtbot: QtBot, page: MatrixPage) -> None:
    clipboard.put([["A", "R"], ["X", "C"]])
    qtbot.keyClick(page.view.grid, Qt.Key.Key_V, CONTROL)

    assert texts(page) == [["", "", ""]] * 3
    assert "Nothing was pasted." in page.view.grid.reason.text()
    assert "Training / Lead: “X” is none of R, A, C, I." in page.view.grid.reason.text()


def test_single_copied_cell_fills_the_selection(qtbot: QtBot, page: MatrixPage) -> None:
    clipboard.put([["C"]])
    select(page, 0, 0, 1, 1)
    qtbot.keyClick(page.view.grid, Qt.Key.Key_V, CONTROL)

    assert texts(page) == [["C", "C", ""], ["C", "C", ""], ["", "", ""]]


def test_menu_offers_the_letters_to_the_mouse(qtbot: QtBot, page: MatrixPage) -> None:
    press(qtbot, page, "r", Qt.Key.Key_F2)
    menu = page.view.acts.menu
    assert menu is not None
    assert [a.isChecked() for a in menu.actions()[:4]] == [True, False, False, False]

    menu.actions()[1].trigger()
    assert texts(page)[0][0] == "R/A"
    menu.close()


def test_rows_to_settle_stay_in_view_while_they_are_settled(qtbot: QtBot, page: MatrixPage) -> None:
    press(qtbot, page, "ra")
    page.view.only_found.click()
    assert [head.name for head in page.view.model.rows] == ["Training", "Spares"]

    page.view.grid.setFocus()
    press(qtbot, page, "ra")
    assert [head.name for head in page.view.model.rows] == ["Training", "Spares"]
    assert row_findings(page) == ["", "No A, No R"]


def test_filters_narrow_both_sides(qtbot: QtBot, site: MainWindow, page: MatrixPage) -> None:
    qtbot.keyClicks(page.view.rows_filter, "train")
    qtbot.keyClicks(page.view.columns_filter, "oper")
    qtbot.waitUntil(lambda: page.view.model.rowCount() == 1 and page.view.model.columnCount() == 1)

    page.view.rows_filter.setText("zzz")
    qtbot.waitUntil(lambda: page.view.stack.currentWidget() is page.view.empty)
    page.view.clear_filters()
    qtbot.waitUntil(lambda: page.view.model.rowCount() == 3)


def test_change_made_elsewhere_shows_and_the_user_stays_where_he_was(
    qtbot: QtBot, site: MainWindow, page: MatrixPage
) -> None:
    page.view.grid.go_to(2, 1)
    heads = page.view.model
    place = heads.rows[0].id, heads.columns[0].id
    fill(site.context.workspace, matrix_named("raci"), site.context.project.id, {place: ("A",)})
    qtbot.waitUntil(lambda: texts(page)[0][0] == "A")

    assert (page.view.grid.currentIndex().row(), page.view.grid.currentIndex().column()) == (2, 1)


def test_heads_are_turned_only_where_they_do_not_fit_side_by_side(qtbot: QtBot, page: MatrixPage) -> None:
    assert not page.view.grid.across.turned

    page.view.grid.setFixedWidth(280)
    qtbot.waitUntil(lambda: page.view.grid.across.turned)
    assert page.view.grid.columnWidth(0) < 40


def test_empty_matrix_says_what_to_do_next_and_leads_there(
    qtbot: QtBot, window: MainWindow, a_workspace: Callable[..., Path]
) -> None:
    open_in(window, a_workspace(empty=True), qtbot)
    page = shown(window, qtbot)

    assert page.view.stack.currentWidget() is page.view.empty
    assert page.view.empty.sentence.text().startswith("No deliverables yet.")
    button = page.view.empty.add
    assert isinstance(button, QPushButton)
    button.click()
    assert window.host.current is not None
    assert window.host.current.key == "deliverables"


def test_workbook_that_comes_back_is_shown_before_it_is_stored(
    qtbot: QtBot, site: MainWindow, page: MatrixPage, tmp_path: Path
) -> None:
    path = tmp_path / "raci.xlsx"
    page.write_to(path)
    qtbot.waitUntil(path.exists)
    rest(qtbot, site)
    book = openpyxl.load_workbook(path)
    book["RACI matrix"]["C3"] = "A"
    book.save(path)

    page.take_back(path)
    qtbot.waitUntil(lambda: isinstance(page.dialog, MatrixBackDialog))
    assert isinstance(page.dialog, MatrixBackDialog)
    assert page.dialog.go.text() == "Change 1 cell"
    page.dialog.go.click()
    qtbot.waitUntil(lambda: texts(page)[0][0] == "A")


def test_matrix_that_can_only_be_read_says_so(qtbot: QtBot, page: MatrixPage) -> None:
    page.view.model.writable = False
    press(qtbot, page, "a")

    assert texts(page)[0][0] == ""
    assert page.view.grid.reason.text() == "This workspace is open for reading only."


def test_model_keeps_the_rules_of_qt(qtbot: QtBot, page: MatrixPage) -> None:
    tester = QAbstractItemModelTester(page.view.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    press(qtbot, page, "ra")
    page.view.only_found.click()
    page.view.only_found.click()

    assert tester.model() is page.view.model
