"""Boxes of originals at the desk: labels printed, a box read back with a scanner, forms written."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from handover.model import Document, Person, Project
from handover.model.documents.box import Box
from handover.registers.beginning import add_project
from handover.store import Workspace
from tests.ui.conftest import open_in, rest
from ui.chapters.box_reading import ReadBackDialog
from ui.chapters.lending_form import LendingForm
from ui.chapters.paper_dialogs import FormDialog, LabelDialog
from ui.pages.count_cards import CountCards
from ui.register.own_acts import own_acts
from ui.register.view import RegisterPage
from ui.window.window import MainWindow


@pytest.fixture
def desk(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """The window on a box with three papers, one of which is lent, and one paper that lies elsewhere."""
    path = tmp_path / "Plant.handover"
    with Workspace.create(path) as workspace:
        with workspace.edit("Project") as work:
            project = add_project(work, Project(code="P-1", name="Plant"))
        with workspace.edit("Rows", project=project.id) as work:
            anna = work.add(Person(name="Anna Berg"))
            box = work.add(Box(code="BX-001", title="Drawings", shelf="1"))
            for n in (1, 2):
                work.add(Document(title=f"Drawing {n}", number=f"D-{n}", box_id=box.id))
            work.add(Document(title="Drawing 3", number="D-3", box_id=box.id, lent_to_id=anna.id))
            work.add(Document(title="Elsewhere", number="D-9"))
    open_in(window, path, qtbot)
    return window


def page(window: MainWindow, qtbot: QtBot) -> RegisterPage:
    window.context.go("boxes")
    shown = window.host.current
    assert isinstance(shown, RegisterPage)
    qtbot.waitUntil(lambda: shown.model.rowCount() > 0)
    rest(qtbot, window)
    return shown


def dialog_of(window: MainWindow, qtbot: QtBot, name: str, kind: type) -> object:
    shown = page(window, qtbot)
    act = next(a for a in own_acts(window.context, shown.register) if a.name == name)
    row = shown.model.row(0)
    assert row is not None
    act.run([row.id], shown)
    return next(d for d in window.findChildren(kind) if d.isVisible())


def test_codes_are_taken_one_after_the_other_and_told(desk: MainWindow, qtbot: QtBot) -> None:
    dialog = dialog_of(desk, qtbot, "Read back…", ReadBackDialog)
    assert isinstance(dialog, ReadBackDialog)
    assert dialog.edit.hasFocus() or dialog.focusWidget() is dialog.edit

    for code in ("D-1", "D-9", "no such"):
        QTest.keyClicks(dialog.edit, code)
        QTest.keyClick(dialog.edit, Qt.Key.Key_Return)
        assert dialog.edit.text() == ""

    assert dialog.notice.sentence.text() == "No paper of the project is called “no such”."
    assert dialog.said.text() == "1 of 3 are here · 1 is missing · 2 don't belong here"
    states = {dialog.list.topLevelItem(n).text(0): dialog.list.topLevelItem(n).text(2) for n in range(3)}
    assert states == {"D-1": "Here", "D-2": "Not read yet", "D-3": "Lent to Anna Berg"}
    assert dialog.isVisible()


def test_box_with_all_its_papers_is_complete(desk: MainWindow, qtbot: QtBot) -> None:
    dialog = dialog_of(desk, qtbot, "Read back…", ReadBackDialog)
    assert isinstance(dialog, ReadBackDialog)
    for code in ("D-1", "d-2"):
        QTest.keyClicks(dialog.edit, code)
        QTest.keyClick(dialog.edit, Qt.Key.Key_Return)
    assert dialog.said.text() == "BX-001 is complete."


def test_labels_of_chosen_boxes_are_written(desk: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = dialog_of(desk, qtbot, "Print labels…", LabelDialog)
    assert isinstance(dialog, LabelDialog)
    dialog.file.edit.setText(str(tmp_path / "labels.pdf"))
    dialog.open_after.setChecked(False)
    dialog.sheet.setCurrentIndex(dialog.sheet.findData("24"))
    assert dialog.first.maximum() == 24

    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    rest(qtbot, desk)

    assert "BX-001" in PdfReader(tmp_path / "labels.pdf").pages[0].extract_text()
    assert dialog.notice.sentence.text() == "1 sheet was written."


@pytest.mark.parametrize("suffix", [".pdf", ".xlsx"])
def test_form_is_written(desk: MainWindow, qtbot: QtBot, tmp_path: Path, suffix: str) -> None:
    dialog = dialog_of(desk, qtbot, "Write a form…", FormDialog)
    assert isinstance(dialog, FormDialog)
    names = [dialog.form_box.itemText(n) for n in range(dialog.form_box.count())]
    assert names == ["Transfer book of the archive", "Catalogue of volumes"]
    dialog.kind.setCurrentIndex(dialog.kind.findData(suffix))
    assert dialog.file.path().suffix == suffix
    dialog.file.edit.setText(str(tmp_path / f"form{suffix}"))
    dialog.open_after.setChecked(False)

    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    rest(qtbot, desk)

    assert (tmp_path / f"form{suffix}").stat().st_size > 1000


def test_form_of_another_suffix_is_refused_in_place(desk: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = dialog_of(desk, qtbot, "Write a form…", FormDialog)
    assert isinstance(dialog, FormDialog)
    dialog.file.edit.setText(str(tmp_path / "form.txt"))
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert "must end in .pdf, .xlsx" in dialog.notice.sentence.text()
    assert not (tmp_path / "form.txt").exists()


def lending(window: MainWindow, qtbot: QtBot) -> LendingForm:
    form = dialog_of(window, qtbot, "Lend…", LendingForm)
    assert isinstance(form, LendingForm)
    return form


def lent(window: MainWindow) -> list[tuple[str | None, object]]:
    with window.context.workspace.read() as connection:
        query = select(Document.number, Document.lent_until).where(Document.lent_to_id.is_not(None))
        return sorted((row[0], row[1]) for row in connection.execute(query))


def test_papers_of_a_box_are_lent_by_the_form_and_given_back(desk: MainWindow, qtbot: QtBot) -> None:
    form = lending(desk, qtbot)
    QTest.mouseClick(form.go, Qt.MouseButton.LeftButton)
    assert form.isVisible()  # nobody is named
    QTest.keyClicks(form.boxes["lent_to"].editor, "Anna Berg")
    QTest.keyClicks(form.boxes["lent_until"].editor, "2001-01-01")
    QTest.mouseClick(form.go, Qt.MouseButton.LeftButton)
    assert form.isVisible() and "before they are lent" in form.boxes["lent_until"].reason.text()
    form.boxes["lent_until"].editor.clear()
    QTest.keyClicks(form.boxes["lent_until"].editor, "2099-12-31")
    QTest.mouseClick(form.go, Qt.MouseButton.LeftButton)
    rest(qtbot, desk)
    assert [number for number, _ in lent(desk)] == ["D-1", "D-2", "D-3"]

    shown = page(desk, qtbot)
    back = next(a for a in own_acts(desk.context, shown.register) if a.name == "Given back")
    row = shown.model.row(0)
    assert row is not None
    back.run([row.id], shown)
    rest(qtbot, desk)
    assert lent(desk) == []


def test_what_should_be_back_stands_on_the_overview_and_leads_there(desk: MainWindow, qtbot: QtBot) -> None:
    with desk.context.workspace.edit("Lend", project=desk.context.project.id) as work:
        row = work.session.scalars(select(Document).where(Document.number == "D-3")).one()
        row.lent_until = dt.date(2001, 1, 1)
    desk.context.go("overview")
    rest(qtbot, desk)
    cards = desk.findChild(CountCards)
    assert cards is not None
    number = cards.links["documents", "lent_too_long"]
    assert number.accessibleName() == "Documents, Not given back in time: 1"
    qtbot.mouseClick(number, Qt.MouseButton.LeftButton)
    rest(qtbot, desk)
    shown = desk.host.current
    assert isinstance(shown, RegisterPage) and shown.model.rowCount() == 1
