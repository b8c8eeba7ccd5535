"""Originals: labels, a box read back, the forms of the trade."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

from tests.gallery.opening import Scenes, register_page, wait
from ui.chapters.box_reading import ReadBackDialog
from ui.chapters.lending_form import LendingForm
from ui.chapters.paper_dialogs import FormDialog, LabelDialog
from ui.register.own_acts import own_acts
from ui.window.window import MainWindow


def _dialog(window: MainWindow, picture: str, kind: type[QDialog]) -> QDialog:
    shown = register_page(window, "boxes", view="")
    act = next(a for a in own_acts(window.context, shown.register) if a.icon == picture)
    row = shown.model.row(2)
    assert row is not None
    act.run([row.id], shown)
    wait(lambda: not window.context.jobs)
    return next(d for d in window.findChildren(kind) if d.isVisible())


def _read_back(window: MainWindow) -> QWidget:
    dialog = _dialog(window, "list-checks", ReadBackDialog)
    assert isinstance(dialog, ReadBackDialog)
    for paper in (*dialog.reading.papers[:3], None):
        dialog.edit.setText(paper.called if paper is not None else "NEV01-BIW10-ME-MAN-001")
        QTest.keyClick(dialog.edit, Qt.Key.Key_Return)
    return dialog


def scenes() -> Scenes:
    """A box of the sample."""
    yield "dialog-labels", lambda window: _dialog(window, "tag", LabelDialog)
    yield "dialog-form", lambda window: _dialog(window, "printer", FormDialog)
    yield "dialog-read-back", _read_back
    yield "dialog-lend", lambda window: _dialog(window, "book-open", LendingForm)
