"""Taking in what came, from the page of transmittals and from the import; the next revision of a document."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from handover.model import Document, Project
from handover.model.documents.revision import Revision
from handover.model.documents.schemes import NumberScheme, RevisionScheme
from handover.model.documents.transmittal import Transmittal, TransmittalItem
from handover.registers.beginning import add_project
from handover.store import Workspace
from tests.exchange.trying import a_file
from tests.ui.conftest import open_in, rest
from ui.chapters.noticed_tab import NoticedTab
from ui.chapters.sending.comment_sheet import CommentSheetDialog
from ui.chapters.sending.revision_acts import RevisionForm
from ui.register.view import RegisterPage
from ui.transfer.transmittal_in import TransmittalInDialog
from ui.transfer.wizard.import_wizard import ImportWizard
from ui.window.window import MainWindow

ROWS = [
    ["Document transmittal", None, None],
    ["Transmittal No.:", "QH-TR-0042", None],
    ["From:", "Nordlicht GmbH", None],
    ["Document no.", "Title", "Revision"],
    ["D-1", "Manual", "B"],
    ["D-77", "Unknown", "0"],
]


@pytest.fixture
def desk(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """The window on a document with revision A, and schemes."""
    path = tmp_path / "Plant.handover"
    with Workspace.create(path) as workspace:
        with workspace.edit("Project") as work:
            project = add_project(work, Project(code="P-1", name="Plant"))
        with workspace.edit("Rows", project=project.id) as work:
            work.add(NumberScheme(name="Plant", pattern="D-{serial}"))
            work.add(RevisionScheme(name="Letters", codes="A-Z, 0-99"))
            come = work.add(Document(title="Manual", number="D-1"))
            work.add(Revision(document_id=come.id, code="A", status="submitted"))
    open_in(window, path, qtbot)
    return window


def page(window: MainWindow, key: str, qtbot: QtBot) -> RegisterPage:
    window.context.go(key)
    shown = window.host.current
    assert isinstance(shown, RegisterPage)
    rest(qtbot, window)
    return shown


def rows(window: MainWindow, *columns: object) -> list[tuple[object, ...]]:
    with window.context.workspace.read() as connection:
        return [tuple(row) for row in connection.execute(select(*columns))]  # type: ignore[call-overload]  # columns


def test_what_came_is_looked_at_and_taken_in(desk: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    shown = page(desk, "transmittals", qtbot)
    next(a for a in shown.page_actions() if a.text() == "Take in…").trigger()  # there is no row yet
    (dialog,) = desk.findChildren(TransmittalInDialog)
    qtbot.keyClicks(dialog.place_field.edit, str(a_file(tmp_path, ROWS)))
    dialog.go.click()
    qtbot.waitUntil(lambda: dialog.run_ is not None)

    assert "QH-TR-0042" in dialog.head.text()
    items = [dialog.lines.topLevelItem(at) for at in range(dialog.lines.topLevelItemCount())]
    assert [(i.text(0), i.text(2)) for i in items if i] == [("D-1", "Newer"), ("D-77", "Not in the register")]
    assert rows(desk, Transmittal.id) == []
    dialog.add_documents.click()
    with qtbot.waitSignal(dialog.taken):
        dialog.go.click()

    assert rows(desk, Transmittal.external_no, Transmittal.direction) == [("QH-TR-0042", "in")]
    assert sorted(rows(desk, TransmittalItem.document_no, TransmittalItem.code)) == [("D-1", "B"), ("D-77", "0")]
    assert desk.host.current.key == "transmittals"


def test_what_cannot_be_read_is_said_in_the_dialog(desk: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = TransmittalInDialog(desk.context, tmp_path / "nothing.zip", desk)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.notice.isVisible())
    assert "nothing.zip" in dialog.notice.sentence.text()
    assert dialog.go.text() == "Look at it"
    dialog.reject()


def test_import_of_a_transmittal_offers_to_take_it_in(desk: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    wizard = ImportWizard(desk.context, a_file(tmp_path, ROWS), "documents", desk)
    wizard.open()
    qtbot.waitUntil(lambda: wizard.table_step.whole.isVisible())
    qtbot.mouseClick(wizard.table_step.whole, Qt.MouseButton.LeftButton)
    (dialog,) = desk.findChildren(TransmittalInDialog)
    qtbot.waitUntil(lambda: dialog.run_ is not None)
    assert "QH-TR-0042" in dialog.head.text()
    dialog.reject()


def test_next_revision_is_proposed_and_what_is_odd_is_told(desk: MainWindow, qtbot: QtBot) -> None:
    shown = page(desk, "documents", qtbot)
    qtbot.waitUntil(lambda: shown.model.rowCount() > 0)
    shown.table.go_to(0, 0)
    next(a for a in shown.page_actions() if a.text() == "New revision…").trigger()
    (form,) = desk.findChildren(RevisionForm)
    assert form.boxes["code"].text() == "B"
    form.boxes["code"].editor.clear()
    qtbot.keyClicks(form.boxes["code"].editor, "A")
    form.take()
    assert form.boxes["code"].faulty
    form.boxes["code"].editor.clear()
    qtbot.keyClicks(form.boxes["code"].editor, "D")
    form.take()

    assert sorted(rows(desk, Revision.code)) == [("A",), ("D",)]
    tab = NoticedTab(desk.context, desk)
    ((key,),) = rows(desk, Document.id)
    with qtbot.waitSignal(tab.counted, check_params_cb=lambda n: n == 1):
        tab.show_row(str(key))
    assert "B, C was skipped" in tab.said.text()


@pytest.mark.parametrize("key", ["number-schemes", "revision-schemes"])
def test_settings_lead_to_the_schemes(desk: MainWindow, qtbot: QtBot, key: str) -> None:
    assert page(desk, key, qtbot).key == key


def test_comment_sheet_of_a_document_is_written(desk: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    shown = page(desk, "documents", qtbot)
    qtbot.waitUntil(lambda: shown.model.rowCount() > 0)
    shown.table.go_to(0, 0)
    next(a for a in shown.page_actions() if a.text() == "Comment sheet…").trigger()
    (dialog,) = desk.findChildren(CommentSheetDialog)
    assert dialog.file.path().name == "Comments D-1 A.xlsx"
    dialog.open_after.setChecked(False)
    dialog.file.edit.setText(str(tmp_path / "sheet.xlsx"))
    dialog.go.click()
    qtbot.waitUntil(lambda: not dialog.written.isHidden())
    assert (tmp_path / "sheet.xlsx").exists()
    dialog.reject()
