"""Documents on their way: a transmittal, sending, noting an error, writing files, reminding, and the charts."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tests.gallery.opening import Opener, Scenes, in_state, register_page, scrolled, wait
from ui.chapters.sending.transmittal_acts import ErrorForm, SendForm
from ui.chapters.sending.transmittal_dialogs import RemindDialog, WriteFilesDialog
from ui.window.window import MainWindow


def _transmittal(window: MainWindow) -> None:
    shown = in_state(window, "transmittals", "partly_acknowledged")
    shown.detail.show_tab("recipients", "")
    wait(lambda: not window.context.jobs)


def _send(window: MainWindow) -> QWidget:
    shown = register_page(window, "documents", view="open")
    shown.table.go_to(0, 0)
    next(a for a in shown.page_actions() if a.shortcut().toString() == "Ctrl+Shift+T").trigger()
    return window.findChildren(SendForm)[-1]


def _error(window: MainWindow) -> QWidget:
    shown = in_state(window, "revisions", "in_review")
    ErrorForm.ask(window.context, shown.register, shown.acts.chosen(), shown)
    return window.findChildren(ErrorForm)[-1]


def _dialog(kind: type[WriteFilesDialog] | type[RemindDialog]) -> Opener:
    def show(window: MainWindow) -> QWidget:
        shown = in_state(window, "transmittals", "partly_acknowledged")
        dialog = kind(window.context, shown.acts.chosen()[0], window)
        dialog.open()
        return dialog

    return show


def scenes() -> Scenes:
    """A transmittal that one receiver hasn't acknowledged, its dialogs, and the charts."""
    yield "transmittal-receivers", _transmittal
    yield "transmittal-send", _send
    yield "transmittal-error", _error
    yield "transmittal-files", _dialog(WriteFilesDialog)
    yield "transmittal-remind", _dialog(RemindDialog)
    yield "transmittal-charts", scrolled("transfer_charts", 0.0)
    yield "transmittal-charts-below", scrolled("transfer_charts", 1.0)
