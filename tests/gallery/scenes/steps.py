"""The steps of a row's lifecycle: what is offered, asked and refused."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tests.gallery.opening import Opener, Scenes, in_state
from ui.window.window import MainWindow


def _steps(key: str, state: str) -> Opener:
    def show(window: MainWindow) -> None:
        in_state(window, key, state)

    return show


def _why_not(window: MainWindow) -> None:
    """A step that much stands against: a certificate of a system with open items."""
    in_state(window, "certificates", "draft")


def _step_form(key: str, state: str, step: str, *, refused: bool = False) -> Opener:
    """What a step asks, perhaps with what was refused."""

    def show(window: MainWindow) -> QWidget:
        shown = in_state(window, key, state)
        shown.detail.head.begin(step)
        form = shown.steps.form
        assert form is not None
        if refused:
            form.go.click()
        return form

    return show


def scenes() -> Scenes:
    """Rows at several places of their lifecycle, and the forms of its steps."""
    yield "register-steps", _steps("documents", "issued")
    yield "register-steps-in-menu", _steps("documents", "in_review")
    yield "register-locked", _steps("documents", "accepted")
    yield "register-step-form", _step_form("knowledge", "demonstrated", "verify")
    yield "register-step-form-refused", _step_form("knowledge", "identified", "accept_gap", refused=True)
    yield "register-step-why-not", _why_not
