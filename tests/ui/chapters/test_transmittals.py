"""Sending documents from their pages, and what is done with a transmittal."""

from __future__ import annotations

import datetime as dt
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from handover.model import Document, Organisation, Person, Project
from handover.model.documents.revision import Revision
from handover.model.documents.transfer_error import TransferError
from handover.model.documents.transmittal import TRANSMITTAL_STATUS, Recipient, Transmittal, TransmittalItem
from handover.pack import paper_steps
from handover.registers.beginning import add_project
from handover.registers.catalogue import register
from handover.store import Workspace
from tests.ui.conftest import open_in, rest
from ui.chapters.sending.transmittal_acts import ErrorForm, SendForm
from ui.chapters.sending.transmittal_dialogs import RemindDialog, WriteFilesDialog
from ui.register.view import RegisterPage
from ui.window.window import MainWindow


@pytest.fixture
def desk(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """The window on two documents, of which one has come, and a person of operations."""
    path = tmp_path / "Plant.handover"
    with Workspace.create(path) as workspace:
        with workspace.edit("Project") as work:
            project = add_project(work, Project(code="P-1", name="Plant"))
        with workspace.edit("Rows", project=project.id) as work:
            firm = work.add(Organisation(name="Operations Ltd", side="operations"))
            work.add(Person(name="Anna Berg", organisation_id=firm.id, email="anna@ops.example"))
            come = work.add(Document(title="Manual", number="D-1"))
            work.add(Revision(document_id=come.id, code="A"))
            work.add(Document(title="Nothing yet", number="TBD"))
    open_in(window, path, qtbot)
    return window


def page(window: MainWindow, key: str, qtbot: QtBot) -> RegisterPage:
    window.context.go(key)
    shown = window.host.current
    assert isinstance(shown, RegisterPage)
    qtbot.waitUntil(lambda: shown.model.rowCount() > 0)
    rest(qtbot, window)
    return shown


def rows(window: MainWindow, *columns: object) -> list[tuple[object, ...]]:
    with window.context.workspace.read() as connection:
        return [tuple(row) for row in connection.execute(select(*columns))]  # type: ignore[call-overload]  # columns


def send(window: MainWindow, qtbot: QtBot) -> SendForm:
    shown = page(window, "documents", qtbot)
    shown.table.go_to(0, 0)
    qtbot.keyClick(shown.table, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    (form,) = window.findChildren(SendForm)
    return form


def issued(window: MainWindow, qtbot: QtBot) -> str:
    form = send(window, qtbot)
    qtbot.keyClicks(form.boxes["action"].editor, "Anna Berg")
    form.take()
    ((key,),) = rows(window, Transmittal.id)
    context = window.context
    step = TRANSMITTAL_STATUS.step("issue")
    paper_steps.take(context.workspace, register("transmittals"), context.project.id, [str(key)], step, {})
    return str(key)


def test_document_is_sent_by_key_and_the_draft_is_shown(desk: MainWindow, qtbot: QtBot) -> None:
    form = send(desk, qtbot)
    assert form.boxes["subject"].text() == "Manual"
    qtbot.keyClicks(form.boxes["action"].editor, "Anna Berg")
    form.take()

    assert rows(desk, Transmittal.subject, Transmittal.status) == [("Manual", "draft")]
    assert rows(desk, TransmittalItem.document_no, TransmittalItem.code) == [("D-1", "A")]
    assert [role for (role,) in rows(desk, Recipient.role)] == ["action"]
    assert desk.host.current.key == "transmittals"


def test_document_that_never_came_is_not_sent(desk: MainWindow, qtbot: QtBot) -> None:
    shown = page(desk, "documents", qtbot)
    shown.table.selectAll()
    told: list[object] = []
    desk.context.complained.connect(told.append)
    next(a for a in shown.page_actions() if a.text() == "Send…").trigger()

    assert desk.findChildren(SendForm) == []
    assert "DOC-0002" in str(told[0])


def test_files_of_a_transmittal_are_written_with_checksums(desk: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    key = issued(desk, qtbot)
    dialog = WriteFilesDialog(desk.context, key, desk)
    dialog.open_after.setChecked(False)
    dialog.folder.edit.setText(str(tmp_path / "out"))
    dialog.go.click()
    qtbot.waitUntil(lambda: not dialog.written.isHidden())

    (folder,) = (tmp_path / "out").iterdir()
    assert (folder / "SHA256SUMS").exists()
    assert "1 document has no file: D-1 A" in dialog.notice.sentence.text()


def test_who_has_not_acknowledged_gets_a_draft_and_the_day_is_noted(
    desk: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    key = issued(desk, qtbot)
    dialog = RemindDialog(desk.context, key, desk)
    dialog.open_after.setChecked(False)
    dialog.folder.edit.setText(str(tmp_path / "mails"))
    dialog.go.click()
    qtbot.waitUntil(lambda: not dialog.written.isHidden())

    (file,) = (tmp_path / "mails").iterdir()
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert (message["To"], message["X-Unsent"]) == ("anna@ops.example", "1")
    assert "D-1 A Manual" in message.get_content()
    today = rows(desk, Transmittal.sent_on)[0][0]
    assert isinstance(today, dt.date)
    assert rows(desk, Recipient.chased_on) == [(today,)] == rows(desk, Transmittal.chased_on)


def test_error_is_noted_of_the_current_revision_of_a_document(desk: MainWindow, qtbot: QtBot) -> None:
    shown = page(desk, "documents", qtbot)
    shown.table.go_to(0, 0)
    next(a for a in shown.page_actions() if a.text() == "Note an error…").trigger()
    (form,) = desk.findChildren(ErrorForm)
    form.take()

    ((revision,),) = rows(desk, Revision.id)
    assert rows(desk, TransferError.revision_id, TransferError.kind) == [(revision, "wrong_rev")]
