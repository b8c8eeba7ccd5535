"""Originals: labels, a box read back, the forms of the trade."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.gallery.opening import Scenes, dialog_of_act
from ui.chapters.box_reading import ReadBackDialog
from ui.chapters.lending_form import LendingForm
from ui.chapters.paper_dialogs import FormDialog, LabelDialog
from ui.window.window import MainWindow


def _read_back(window: MainWindow) -> QWidget:
    dialog = dialog_of_act(window, "boxes", "list-checks", ReadBackDialog, 2)
    assert isinstance(dialog, ReadBackDialog)
    for paper in (*dialog.reading.papers[:3], None):
        dialog.edit.setText(paper.called if paper is not None else "NEV01-BIW10-ME-MAN-001")
        QTest.keyClick(dialog.edit, Qt.Key.Key_Return)
    return dialog


def scenes() -> Scenes:
    """A box of the sample."""
    yield "dialog-labels", lambda window: dialog_of_act(window, "boxes", "tag", LabelDialog, 2)
    yield "dialog-form", lambda window: dialog_of_act(window, "boxes", "printer", FormDialog, 2)
    yield "dialog-read-back", _read_back
    yield "dialog-lend", lambda window: dialog_of_act(window, "boxes", "book-open", LendingForm, 2)
