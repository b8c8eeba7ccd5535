"""The hands on the form of a step, and what a row says then."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.domain import stored
from ui.register.stepping.step_form import StepForm
from ui.shell.context import Context

from .conftest import Using

CTRL = Qt.KeyboardModifier.ControlModifier
Open = Callable[..., Using]


def status(context: Context, model: type[Any], key: str) -> str:
    return str(stored(context.workspace, model, key)["status"])


def form(at: Using) -> StepForm:
    found = at.page.steps.form
    assert found is not None
    found.activateWindow()
    at.qtbot.waitUntil(found.isActiveWindow)
    return found


def type_into(shown: StepForm, field: str, text: str) -> None:
    editor = shown.boxes[field].editor
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, text)
