"""Matrices of every kind of value, filled by the keyboard, in a process of its own: picks, numbers, ticks and texts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from handover.exchange.importing.matrix_changes import read_back, store_back
from handover.model import Person, Project, System
from handover.model.base import Row
from handover.model.picks.pick import Pick, pick
from handover.pack.single.matrix_file import write_matrix
from handover.registers import picks, query
from handover.registers.beginning import add_project
from handover.registers.catalogue import declare, withdraw
from handover.registers.chapter import Chapter
from handover.registers.declare import Column, Register
from handover.registers.matrix.declaration import Matrix
from handover.registers.matrix.filling import fill
from handover.registers.matrix.reading import read_matrix
from handover.store import Workspace
from tests.exchange.trying import a_file, imported
from tests.ui.conftest import open_in, rest
from ui.application import release_clipboard
from ui.matrix.page import MatrixPage
from ui.register.grid import clipboard
from ui.window.window import MainWindow

CONTROL = Qt.KeyboardModifier.ControlModifier


class Briefing(Row):
    """How long, how well, whether and with what remark somebody was briefed on a system."""

    __tablename__ = "briefing"
    prefix = "BRF"

    person_id: Mapped[str] = mapped_column(String(32), ForeignKey("person.id"), index=True)
    system_id: Mapped[str] = mapped_column(String(32), ForeignKey("system.id"), index=True)
    hours: Mapped[float | None]
    grade_id: Mapped[str | None] = pick("punch_category")
    attended: Mapped[bool | None]
    remark: Mapped[str | None] = mapped_column(String(40))


class Manning(Row):
    """How many people of a discipline a system wants."""

    __tablename__ = "manning"
    prefix = "MAN"

    system_id: Mapped[str] = mapped_column(String(32), ForeignKey("system.id"), index=True)
    discipline_id: Mapped[str | None] = pick("discipline")
    count: Mapped[int | None]


BRIEFINGS = Register(
    "briefings",
    Briefing,
    "Briefings",
    (
        Column("person", "Person"),
        Column("system", "System"),
        Column("hours", "Hours"),
        Column("grade", "Grade"),
        Column("attended", "Attended"),
        Column("remark", "Remark"),
    ),
    ("person", "system"),
    (("person", "system"),),
)
MANNING = Register(
    "manning",
    Manning,
    "Manning",
    (Column("system", "System"), Column("discipline", "Discipline"), Column("count", "People")),
    ("system", "discipline"),
    (("system", "discipline"),),
)
VALUES = ("hours", "grade", "attended", "remark")
MATRICES = {v: Matrix(f"by_{v}", f"By {v}", BRIEFINGS, "person", "system", v, totals=v == "grade") for v in VALUES}
MATRICES["count"] = Matrix("manning", "People wanted", MANNING, "system", "discipline", "count")
CHAPTER = Chapter("briefing", "Briefing", "readiness", (BRIEFINGS, MANNING), matrices=tuple(MATRICES.values()))


@pytest.fixture(autouse=True)
def _declared() -> Iterator[None]:
    declare(CHAPTER)
    yield
    release_clipboard()
    withdraw(CHAPTER.key)


@pytest.fixture
def plant(tmp_path: Path) -> Path:
    """A workspace with two people and three systems, nothing filled in."""
    path = tmp_path / "Plant.handover"
    with Workspace.create(path) as workspace:
        with workspace.edit("Project") as work:
            project = add_project(work, Project(code="P-1", name="Plant")).id
        with workspace.edit("Rows", project=project) as work:
            for name in ("Anna", "Bo"):
                work.add(Person(name=name))
            for code in ("S-10", "S-20", "S-30"):
                work.add(System(code=code, name=f"Unit {code}"))
    return path


@pytest.fixture
def site(window: MainWindow, plant: Path, qtbot: QtBot) -> MainWindow:
    """The plant in a window."""
    open_in(window, plant, qtbot)
    return window


def shown(window: MainWindow, qtbot: QtBot, value: str) -> MatrixPage:
    window.context.go(MATRICES[value].page)
    page = window.host.current
    assert isinstance(page, MatrixPage)
    rest(qtbot, window)
    page.view.grid.setFocus()
    page.view.grid.go_to(0, 0)
    return page


def texts(page: MatrixPage) -> list[list[str]]:
    model = page.view.model
    return [[model.index(r, c).data() for c in range(min(model.columnCount(), 2))] for r in range(model.rowCount())]


def press(qtbot: QtBot, page: MatrixPage, *keys: object) -> None:
    """Press keys where the focus is: in the grid, or in the editor that it opened."""
    grid = page.view.grid
    for key in keys:
        for sign in key if isinstance(key, str) else (key,):
            target = editor_of(page) or grid
            (qtbot.keyClicks if isinstance(sign, str) else qtbot.keyClick)(target, sign)
    qtbot.wait(0)


def editor_of(page: MatrixPage) -> QLineEdit | None:
    """The editor that is open in the grid."""
    return next((each for each in page.view.grid.findChildren(QLineEdit) if each.isVisible()), None)


def stored(workspace: Workspace, register: Register, *fields: str) -> list[tuple[object, ...]]:
    project = workspace.projects()[0].id
    with workspace.read() as connection:
        asked = tuple(register[f] for f in fields)
        return [row.values for row in query.every(connection, register, project, None, asked)]


def test_numbers_are_typed_as_in_excel(qtbot: QtBot, site: MainWindow) -> None:
    page = shown(site, qtbot, "hours")
    QAbstractItemModelTester(page.view.model)

    press(qtbot, page, "4.5", Qt.Key.Key_Return, "16", Qt.Key.Key_Tab)

    assert texts(page) == [["4.5", ""], ["16", ""]]
    assert sorted(stored(site.context.workspace, BRIEFINGS, "hours")) == [(4.5,), (16.0,)]
    assert (page.view.grid.currentIndex().row(), page.view.grid.currentIndex().column()) == (1, 1)


def test_number_is_changed_with_f2_and_emptied_with_del(qtbot: QtBot, site: MainWindow) -> None:
    page = shown(site, qtbot, "hours")
    press(qtbot, page, "4", Qt.Key.Key_Return)
    page.view.grid.go_to(0, 0)

    press(qtbot, page, Qt.Key.Key_F2, Qt.Key.Key_End, "0", Qt.Key.Key_Return)
    assert texts(page)[0][0] == "40"
    page.view.grid.go_to(0, 0)
    press(qtbot, page, Qt.Key.Key_Delete)
    assert texts(page)[0][0] == ""

    site.context.undo()
    rest(qtbot, site)
    assert texts(page)[0][0] == "40"


def test_what_is_no_number_stays_in_view_with_its_reason(qtbot: QtBot, site: MainWindow) -> None:
    page = shown(site, qtbot, "hours")
    press(qtbot, page, "many", Qt.Key.Key_Return)

    grid = page.view.grid
    assert grid.reason.isVisible()
    assert "many" in grid.reason.text()
    assert texts(page)[0][0] == "many"
    press(qtbot, page, Qt.Key.Key_Down)
    assert (texts(page)[0][0], grid.reason.isVisible()) == ("many", False)
    press(qtbot, page, Qt.Key.Key_Up)
    assert grid.reason.isVisible()

    press(qtbot, page, Qt.Key.Key_Escape)
    assert texts(page)[0][0] == ""
    assert not grid.reason.isVisible()
    assert stored(site.context.workspace, BRIEFINGS, "hours") == []


def test_block_of_numbers_is_pasted_and_a_wrong_one_refuses_all(qtbot: QtBot, site: MainWindow) -> None:
    page = shown(site, qtbot, "hours")
    clipboard.put([["4", "1,5"], ["", "8"]])
    qtbot.keyClick(page.view.grid, Qt.Key.Key_V, CONTROL)
    assert texts(page) == [["4", "1.5"], ["", "8"]]

    page.view.grid.go_to(0, 0)
    clipboard.put([["5", "many"]])
    qtbot.keyClick(page.view.grid, Qt.Key.Key_V, CONTROL)
    assert texts(page) == [["4", "1.5"], ["", "8"]]
    assert "many" in page.view.grid.reason.text()


def test_entries_of_a_list_are_typed_by_their_letters(qtbot: QtBot, site: MainWindow) -> None:
    page = shown(site, qtbot, "grade")
    press(qtbot, page, "a", Qt.Key.Key_Right, "c", Qt.Key.Key_Down, "b")
    assert texts(page) == [["A", "C"], ["", "B"]]

    press(qtbot, page, "a")
    assert texts(page)[1][1] == "A"
    assert len(stored(site.context.workspace, BRIEFINGS, "grade")) == 3
    press(qtbot, page, "q")
    assert page.view.grid.reason.isVisible()


def test_retired_entry_is_shown_but_not_typed_any_more(qtbot: QtBot, site: MainWindow) -> None:
    page = shown(site, qtbot, "grade")
    press(qtbot, page, "c")
    workspace, project = site.context.workspace, site.context.project.id
    with workspace.read() as connection:
        entry = next(e for e in picks.entries(connection, project, "punch_category") if e.code == "C")
    with workspace.edit("Retire", project=project) as work:
        work.get(Pick, entry.id).retired = True
    page.view.ask()
    rest(qtbot, site)

    assert texts(page)[0][0] == "C"
    press(qtbot, page, Qt.Key.Key_Right, "c")
    assert texts(page)[0] == ["C", ""]
    assert "retired" in page.view.grid.reason.text()
    clipboard.put([["C"]])
    qtbot.keyClick(page.view.grid, Qt.Key.Key_V, CONTROL)
    assert texts(page)[0] == ["C", ""]


def test_ticks_are_set_and_taken_back_by_a_key(qtbot: QtBot, site: MainWindow) -> None:
    page = shown(site, qtbot, "attended")
    press(qtbot, page, "x", Qt.Key.Key_Down, " ")
    assert texts(page) == [["√", ""], ["√", ""]]

    press(qtbot, page, "y")
    assert texts(page) == [["√", ""], ["", ""]]


def test_chinese_text_is_composed_in_a_cell(qtbot: QtBot, site: MainWindow) -> None:
    page = shown(site, qtbot, "remark")
    assert page.view.grid.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    press(qtbot, page, Qt.Key.Key_F2)
    editor = editor_of(page)
    assert editor is not None
    editor.setText("已口试")
    qtbot.keyClick(editor, Qt.Key.Key_Return)

    assert texts(page)[0][0] == "已口试"


def test_entries_of_a_list_stand_across(qtbot: QtBot, site: MainWindow) -> None:
    page = shown(site, qtbot, "count")
    model = page.view.model
    with site.context.workspace.read() as connection:
        known = picks.entries(connection, site.context.project.id, "discipline", retired=False)
    assert [model.columns[n].name for n in range(model.columnCount())] == [entry.word for entry in known]

    press(qtbot, page, "3", Qt.Key.Key_Return)
    assert stored(site.context.workspace, MANNING, "count") == [(3,)]
    page.view.columns_filter.setText(known[1].word)
    page.view.ask()
    rest(qtbot, site)
    assert model.columnCount() == 1
    page.view.grid.across.opened.emit(0)
    assert site.host.current is not None
    assert site.host.current.key == "picks"


@pytest.mark.parametrize(
    ("value", "first", "second"),
    [("hours", "4.5", 16), ("grade", "a", "B"), ("attended", "x", "√"), ("remark", "ok", "soon")],
)
def test_matrix_goes_to_excel_and_comes_back(
    plant: Path, tmp_path: Path, value: str, first: str, second: str | int
) -> None:
    matrix, path = MATRICES[value], tmp_path / "matrix.xlsx"
    with Workspace.open(plant) as workspace:
        project = workspace.projects()[0]
        with workspace.read() as connection:
            reading = read_matrix(connection, matrix, project.id)
            given = reading.letters.read(connection, project.id, first)
        (anna, bo), unit = reading.down, reading.across[0]
        fill(workspace, matrix, project.id, {(anna.id, unit.id): given})
        write_matrix(workspace, project, matrix, path)
        book = openpyxl.load_workbook(path)
        sheet = book[matrix.name]
        stands = 4.5 if value == "hours" else reading.letters.text(given)
        cell = next(c for row in sheet.iter_rows() for c in row if c.value == stands)
        assert cell.data_type == ("n" if value == "hours" else "s")
        assert read_back(workspace, project, path).changes == []

        sheet.cell(cell.row + 1, cell.column).value = second
        book.save(path)
        back = read_back(workspace, project, path)
        assert (len(back.changes), back.refused) == (1, [])
        store_back(workspace, project, back)
        with workspace.read() as connection:
            reading = read_matrix(connection, matrix, project.id)
    assert reading.text(bo.id, unit.id) == str(second)


def test_table_of_hours_is_imported(plant: Path, tmp_path: Path) -> None:
    path = a_file(tmp_path, [("Name", "S-10", "S-20", "S-30"), ("Anna", 4, 8.5, 2), ("Bo", None, 2, 4)])
    with Workspace.open(plant) as workspace:
        imported(workspace, path, register="briefings")

        assert sorted(stored(workspace, BRIEFINGS, "hours")) == [(2.0,), (2.0,), (4.0,), (4.0,), (8.5,)]
