"""The forms of registers: their sections, open and folded."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from handover.registers.catalogue import registers
from tests.gallery.opening import Opener, Scenes, language, page, register_page
from ui.register.details.form_fields import in_sections
from ui.register.view import RegisterPage
from ui.window.window import MainWindow


def _form(key: str, *, folded: bool = False) -> Opener:
    def show(window: MainWindow) -> None:
        detail = _opened(window, key).detail
        for head in [*detail.grid.heads.values()][::2] if folded else ():
            head.fold(True)

    return show


def _new(window: MainWindow) -> None:
    """A new row of a form with sections, in which something that is folded can't be taken."""
    page = _opened(window, "punches")
    page.add_row()
    page.detail.grid.heads["Material needed"].fold(True)
    page.detail.boxes["description"].editor.setPlainText("Leak at flange")  # type: ignore[union-attr]  # it is long
    page.detail.boxes["material_due"].editor.setText("never")  # type: ignore[union-attr]  # it is a line
    page.detail.add()


def _opened(window: MainWindow, key: str) -> RegisterPage:
    shown = register_page(window, key, view="", details=True)
    shown.table.go_to(0, 0)
    shown.detail.tabs.setCurrentIndex(0)
    for head in shown.detail.grid.heads.values():
        head.fold(False)
    return shown


def _replacing(window: MainWindow) -> QWidget:
    """Find and replace over the rows that a filter leaves, which marks what it found."""
    shown = register_page(window, "documents", text={"en": "drawing", "zh": "图"}[language()])
    shown.replace_texts()
    shown.replacing.new.setText({"en": "sheet", "zh": "图纸"}[language()])
    shown.replacing.look()
    return shown.replacing


def scenes() -> Scenes:
    """Every form with sections."""
    for register in registers():
        if len(in_sections(register)) > 1:
            yield f"form-{register.key}", _form(register.key)
    yield "form-punches-folded", _form("punches", folded=True)
    yield "form-new-punch", _new
    yield "register-found", page("documents", text="NEV01-BIW10")
    yield "dialog-replace", _replacing
