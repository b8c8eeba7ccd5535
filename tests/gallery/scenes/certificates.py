"""Certificates: drawing up with what stands in the way, one out for signature, signing, the page of custody."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.gallery.opening import Opener, Scenes, in_state, wait
from ui.chapters.custody.drawing import DrawUpDialog
from ui.chapters.custody.signing import SigningForm, sign
from ui.register.view import RegisterPage
from ui.window.window import MainWindow


def _draw_up(code: str, *systems: int) -> Opener:
    """The dialog for a kind, with some of the systems that it fits."""

    def show(window: MainWindow) -> QWidget:
        window.context.go("certificates")
        dialog = DrawUpDialog(window.context, (), window)
        at = next(n for n, each in enumerate(dialog._kinds) if each.code == code)
        dialog.kind.setCurrentIndex(at)
        for n in systems:
            item = dialog.systems.item(n)
            if item is not None:
                item.setCheckState(Qt.CheckState.Checked)
        dialog.look()
        dialog.open()
        wait(lambda: not window.context.jobs)
        return dialog

    return show


def _in_state(state: str) -> Opener:
    def show(window: MainWindow) -> None:
        shown = in_state(window, "certificates", state)
        wait(lambda: not window.context.jobs)
        assert isinstance(shown, RegisterPage)

    return show


def _signing(window: MainWindow) -> QWidget:
    window.context.go("signatures", view="waiting")
    shown = window.host.current
    assert isinstance(shown, RegisterPage)
    wait(lambda: shown.model.rowCount() > 0)
    row = shown.model.rows(range(1), shown.model.fields)[0]
    form: SigningForm = sign(window.context, row.id, window)
    form.boxes["signed_name"].show_value("Luo Jiaming")
    QTest.mousePress(form.pad, Qt.MouseButton.LeftButton, pos=QPoint(30, 70))
    for x, y in ((60, 20), (90, 75), (120, 30), (150, 70), (190, 40), (240, 66)):
        QTest.mouseMove(form.pad, QPoint(x, y))
    QTest.mouseRelease(form.pad, Qt.MouseButton.LeftButton, pos=QPoint(260, 60))
    return form


def scenes() -> Scenes:
    """A certificate out for signature and one in force, its dialogs."""
    yield "certificate-draw-up", _draw_up("CCC", 0, 1)
    yield "certificate-draw-up-return", _draw_up("RET", 0)
    yield "certificate-draft", _in_state("draft")
    yield "certificate-out", _in_state("issued")
    yield "certificate-signing", _signing
