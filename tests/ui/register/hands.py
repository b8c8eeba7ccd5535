"""The hands on the details of a row."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ui.register.details.fieldbox import RowFieldBox

from .conftest import Using

CTRL = Qt.KeyboardModifier.ControlModifier
Open = Callable[..., Using]


def box(at: Using, key: str) -> RowFieldBox:
    return at.page.detail.boxes[key]


def enter(at: Using, key: str, text: str) -> None:
    """Type into a field of the details and leave it."""
    editor = box(at, key).editor
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    at.rest()
