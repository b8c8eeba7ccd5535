"""The rows of a register: their details, filters, pasting and new ones."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tests.gallery.opening import Opener, Scenes, register_page, wait
from ui.register.details.parts_panel import PartsPanel
from ui.register.grid import clipboard
from ui.register.menus import open_filter
from ui.register.view import RegisterPage
from ui.window.window import MainWindow


def tab(key: str, number: int) -> Opener:
    """The detail form of a register's first row, turned to one of its tabs."""

    def show(window: MainWindow) -> None:
        shown = register_page(window, key, view="", details=True)
        shown.table.go_to(0, 0)
        shown.detail.tabs.setCurrentIndex(number % shown.detail.tabs.count())

    return show


def _beside(key: str, tab: str) -> Opener:
    """The detail form of a register's first row, turned to one of its tabs by its key."""

    def show(window: MainWindow) -> None:
        shown = register_page(window, key, view="", details=True)
        shown.table.go_to(0, 0)
        shown.detail.show_tab(tab)

    return show


def _new_part(window: MainWindow) -> QWidget:
    _beside("groups", "members")(window)
    shown = window.host.current
    assert isinstance(shown, RegisterPage)
    panel = shown.detail.tabs.currentWidget()
    assert isinstance(panel, PartsPanel)
    panel.more.click()
    assert panel.form is not None
    return panel.form


def _new_row(window: MainWindow) -> None:
    register_page(window, "documents", view="").add_row()


def _filtering(key: str, field: str) -> Opener:
    def show(window: MainWindow) -> QWidget:
        shown = register_page(window, key, view="")
        column = next(n for n, f in enumerate(shown.visible_fields()) if f.field == field)
        return open_filter(shown.table, shown.filtering, column)

    return show


def _pasting(window: MainWindow) -> QWidget:
    """A block with good and bad cells, on its way into the documents."""
    shown = register_page(window, "documents", view="")
    typed = {"title": "Pump data sheet", "system": "nowhere", "due_on": "2027-02-30", "copies": "three"}
    row = [typed.get(f.field, "") for f in shown.visible_fields()]
    clipboard.put([row, row, row])
    shown.table.go_to(0, 0)
    shown.acts.paste()
    wait(lambda: shown.acts.dialog is not None)
    assert shown.acts.dialog is not None
    return shown.acts.dialog


def scenes() -> Scenes:
    """What is done with the rows of a register."""
    yield "register-related", tab("documents", -2)
    yield "register-history", tab("documents", -1)
    yield "register-parts", _beside("groups", "members")
    yield "register-new-part", _new_part
    yield "register-new-row", _new_row
    yield "register-filter-state", _filtering("documents", "status")
    yield "register-filter-date", _filtering("documents", "due_on")
    yield "register-paste", _pasting
