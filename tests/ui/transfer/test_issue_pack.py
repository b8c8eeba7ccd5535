"""Issuing a pack from its dialog: a draft unless another is chosen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from handover.pack.produce import packs_in_force
from handover.registers.acts import editing
from handover.registers.catalogue import register
from ui.shell.context import Context
from ui.transfer.pack_dialog import PackDialog


@pytest.fixture
def filled(context: Context) -> Context:
    """A project with a document."""
    editing.add_many(context.workspace, register("documents"), context.project.id, [{"title": "Pump manual"}])
    return context


def shown(context: Context, qtbot: QtBot, folder: Path) -> PackDialog:
    dialog = PackDialog(context)
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.folder.edit.setText(str(folder))
    dialog.workbook.setChecked(False)
    for n in range(1, dialog.chapters.count()):
        dialog.chapters.item(n).setCheckState(Qt.CheckState.Unchecked)
    return dialog


def click(dialog: PackDialog, qtbot: QtBot) -> None:
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not dialog.work.busy, timeout=30_000)


def in_force(context: Context) -> list[tuple[str, int]]:
    with context.workspace.read() as connection:
        return [(paper.number, paper.edition) for paper in packs_in_force(connection, context.project.id)]


def test_a_pack_is_a_draft_unless_it_is_issued(filled: Context, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = shown(filled, qtbot, tmp_path)
    assert dialog.issue.currentText() == "Draft, without a number"

    click(dialog, qtbot)

    assert in_force(filled) == []
    assert any("DRAFT" in path.name for path in tmp_path.glob("*.pdf"))


def test_a_pack_is_issued_and_then_its_next_edition(filled: Context, tmp_path: Path, qtbot: QtBot) -> None:
    code = filled.project.code
    dialog = shown(filled, qtbot, tmp_path)
    dialog.issue.setCurrentIndex(1)
    assert dialog.issue.currentText() == f"Issue it as {code}-HP-001"
    assert dialog.go.text() == "Issue the pack of 1 chapter"
    assert dialog.pdf.isChecked()
    assert not dialog.pdf.isEnabled()
    click(dialog, qtbot)
    assert f"{code}-HP-001, edition 1, is issued" in dialog.notice.sentence.text()

    again = shown(filled, qtbot, tmp_path)
    assert [again.issue.itemText(n) for n in range(again.issue.count())] == [
        "Draft, without a number", f"Issue it as {code}-HP-002", f"Issue it as edition 2 of {code}-HP-001",
    ]  # fmt: skip
    again.issue.setCurrentIndex(2)
    assert "superseded" in again.said.text()
    click(again, qtbot)

    assert in_force(filled) == [(f"{code}-HP-001", 2)]


def test_a_workspace_open_for_reading_makes_drafts_only(filled: Context, tmp_path: Path, qtbot: QtBot) -> None:
    filled.workspace.read_only = True

    dialog = shown(filled, qtbot, tmp_path)

    assert dialog.issue.count() == 1
