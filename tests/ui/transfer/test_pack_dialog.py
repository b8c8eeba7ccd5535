"""The dialog of packs: the order of chapters, who reads it, what the preview shows, and signing."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from handover.model.issued import Issued
from handover.model.pack_definition import PackDefinition, PackPage
from handover.pack.produce import Issue, make_pack
from handover.pack.sealing import library
from handover.registers.acts import editing
from handover.registers.catalogue import register
from ui.chapters.issued import PaperPanel
from ui.shell.context import Context
from ui.transfer.pack_dialog import PackDialog
from ui.transfer.sign_dialog import SignDialog


@pytest.fixture
def dialog(context: Context, qtbot: QtBot) -> PackDialog:
    editing.add(context.workspace, register("documents"), context.project.id, {"title": "Pump manual"})
    with context.workspace.edit("Define", project=context.project.id) as work:
        pack = work.add(PackDefinition(name="Monthly", language="en")).id
        work.add(PackPage(definition_id=pack, number=1, title="Dear reader", text="Hello"))
    made = PackDialog(context)
    qtbot.addWidget(made)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    made.open()
    return made


def settled(dialog: PackDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.preview.shown, timeout=30_000):
        dialog.preview.refresh()


def test_preview_shows_the_cover_then_the_part_at_hand(dialog: PackDialog, qtbot: QtBot) -> None:
    settled(dialog, qtbot)
    assert not dialog.preview.sheet.pixmap().isNull()
    assert dialog.preview.title.text() == "Preview"
    dialog.chapters.setFocus()
    qtbot.keyClick(dialog.chapters, Qt.Key.Key_Down)
    settled(dialog, qtbot)

    assert dialog.preview.title.text() == dialog.chapters.item(1).text()
    assert dialog.preview.of.text().startswith("1 of ")


def test_chapter_moves_by_keys_and_the_pack_follows(dialog: PackDialog, qtbot: QtBot) -> None:
    first, second, *_ = dialog.chosen()
    dialog.chapters.setFocus()
    qtbot.keyClick(dialog.chapters, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)

    assert dialog.chosen()[:2] == (second, first)
    assert dialog.asked().chapters[:2] == (second, first)
    assert dialog.chapters.currentRow() == 1


def test_definition_brings_its_own_pages_among_the_chapters(dialog: PackDialog) -> None:
    dialog.kind.setCurrentIndex(dialog.kind.findText("Monthly"))

    assert "page-1" in dialog.chosen()
    assert "Dear reader" in [dialog.chapters.item(n).text() for n in range(dialog.chapters.count())]


def test_readers_are_asked_for(dialog: PackDialog) -> None:
    assert dialog.asked().readers == ""
    dialog.readers.setCurrentIndex(dialog.readers.findData("outside"))
    assert dialog.asked().readers == "outside"


def test_missing_system_of_a_dossier_is_said_where_the_page_would_be(dialog: PackDialog, qtbot: QtBot) -> None:
    dialog.kind.setCurrentIndex(1 + dialog.kind.findText("Steering committee, two pages"))
    settled(dialog, qtbot)

    assert "Name the systems" in dialog.preview.sheet.text()


def test_workbook_inside_needs_both_files(dialog: PackDialog) -> None:
    assert dialog.embed.isEnabled()
    dialog.workbook.setChecked(False)
    assert not dialog.embed.isEnabled()
    assert dialog.tagged.isEnabled()


@pytest.fixture
def panel(context: Context, qtbot: QtBot, tmp_path: Path) -> PaperPanel:
    workspace = context.workspace
    project = workspace.project(context.project.code)
    made = make_pack(workspace, project, tmp_path / "out", language="en", issue=Issue())
    assert made.paper is not None
    found = PaperPanel(context)
    qtbot.addWidget(found)
    found.show_row(made.paper.id)
    return found


def test_scan_is_taken_in_beside_the_paper(panel: PaperPanel, context: Context, tmp_path: Path, qtbot: QtBot) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.4 scan")
    assert not panel.take_in.isHidden()
    panel.take_signed(scan)
    qtbot.waitUntil(lambda: "scan.pdf" in panel.verdict.text(), timeout=20_000)

    assert "Compare it by eye" in panel.verdict.text()


def test_copy_marked_as_superseded_is_offered_for_such_a_paper_alone(
    panel: PaperPanel, context: Context, tmp_path: Path, qtbot: QtBot
) -> None:
    assert panel.mark.isHidden()
    with context.workspace.read() as connection:
        key = connection.execute(Issued.__table__.select()).one().id
    project = context.workspace.project(context.project.code)
    make_pack(context.workspace, project, tmp_path / "out", language="en", issue=Issue(key))
    panel.show_row("")
    panel.show_row(key)
    assert not panel.mark.isHidden()
    panel.save_marked(tmp_path / "marked.pdf")
    qtbot.waitUntil(lambda: (tmp_path / "marked.pdf").exists(), timeout=20_000)


@pytest.mark.skipif(not library.can_seal(), reason="pyHanko isn't installed")
def test_paper_is_signed_with_a_certificate(panel: PaperPanel, context: Context, tmp_path: Path, qtbot: QtBot) -> None:
    from tests.pack.test_sealing import a_certificate

    certificate, _ = a_certificate(tmp_path)
    panel.sign.click()
    dialog = panel.dialog
    assert isinstance(dialog, SignDialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.waitUntil(lambda: dialog.field.count() > 1, timeout=20_000)
    dialog.certificate.edit.setText(str(certificate.file))
    dialog.file.edit.setText(str(tmp_path / "signed.pdf"))
    qtbot.keyClicks(dialog.passphrase, "wrong")
    dialog.go.click()
    qtbot.waitUntil(lambda: "passphrase" in dialog.notice.sentence.text(), timeout=20_000)
    dialog.passphrase.setText("pw")
    dialog.go.click()
    qtbot.waitUntil(lambda: (tmp_path / "signed.pdf").exists(), timeout=20_000)
    dialog.reject()
