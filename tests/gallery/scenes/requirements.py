"""What must be delivered: the requirements, taking a template, listing documents, the matrix and the heat maps."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from handover.model.documents.expected import ExpectedChanges, ListedDocument
from tests.gallery.opening import Opener, Scenes, register_page, scrolled, wait
from ui.chapters.requirement_dialogs import ListExpectedDialog, TakeTemplateDialog
from ui.matrix.page import MatrixPage
from ui.window.window import MainWindow


def _requirements(window: MainWindow) -> None:
    shown = register_page(window, "requirements")
    shown.table.go_to(0, 0)


def _template(window: MainWindow) -> QWidget:
    shown = register_page(window, "requirements")
    dialog = TakeTemplateDialog(window.context, shown)
    dialog.open()
    return dialog


def _list(window: MainWindow) -> QWidget:
    shown = register_page(window, "requirements")
    gone = ListedDocument("1", "DOC-0240", "MES and production control: Manual", (None, None, None), True)
    new = tuple({"title": f"Module laser welding: {name}"} for name in ("Layout", "Manual", "Report"))
    dialog = ListExpectedDialog(window.context, ExpectedChanges(new, (gone,), 131), shown)
    dialog.open()
    return dialog


def _missing(view: str) -> Opener:
    def show(window: MainWindow) -> None:
        register_page(window, "documents", view=view)

    return show


def _matrix(window: MainWindow) -> None:
    window.context.go("completeness_matrix")
    shown = window.host.current
    assert isinstance(shown, MatrixPage)
    wait(lambda: shown.view.model.rowCount() > 0)
    shown.view.grid.go_to(3, 5)
    shown.view.grid.setFocus()


def scenes() -> Scenes:
    """From a template to what is missing."""
    yield "requirements", _requirements
    yield "requirements-template", _template
    yield "requirements-list", _list
    yield "requirements-missing", _missing("missing_at_milestone")
    yield "requirements-wrong-status", _missing("wrong_status")
    yield "completeness-matrix", _matrix
    yield "completeness-charts", scrolled("completeness_charts", 0.0)
    yield "completeness-charts-below", scrolled("completeness_charts", 1.0)
