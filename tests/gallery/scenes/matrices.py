"""A matrix as it is filled, narrowed, beside a row, and coming back from a workbook."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from handover.errors import Reason
from handover.exchange.importing.matrix_changes import CellChange, CellRefusal, MatrixBack
from tests.gallery.opening import Opener, Scenes, page, wait
from tests.gallery.scenes.rows import tab
from ui.matrix.back import MatrixBackDialog
from ui.matrix.page import MatrixPage
from ui.window.window import MainWindow


def _matrix_page(window: MainWindow) -> MatrixPage:
    window.context.go("raci_matrix", only_found=False)
    shown = window.host.current
    assert isinstance(shown, MatrixPage)
    wait(lambda: shown.view.model.rowCount() > 0)
    return shown


def _matrix(typed: str) -> Opener:
    """The matrix with its cursor in the middle and a key pressed that it doesn't know."""

    def show(window: MainWindow) -> None:
        grid = _matrix_page(window).view.grid
        grid.go_to(6, 4)
        grid.setFocus()
        grid.in_vain.emit(typed)

    return show


def _matrix_back(window: MainWindow) -> QWidget:
    """What a workbook with the matrix would change."""
    shown = _matrix_page(window)
    rows, columns = shown.view.model.rows, shown.view.model.columns
    changes = [CellChange(rows[3], columns[5], "A", "R/A"), CellChange(rows[15], columns[10], "R", "R/A")]
    back = MatrixBack(shown.matrix, changes, [CellChange(rows[4], columns[1], "R", "C")])
    why = Reason("“{text}” is none of {letters}.", {"text": "Q", "letters": "R, A, C, I"})
    back.refused.append(CellRefusal("F9", "Q", str(why)))
    dialog = MatrixBackDialog(back, "raci.xlsx", window)
    dialog.open()
    return dialog


def scenes() -> Scenes:
    """Every state of a matrix."""
    yield "matrix-refused", _matrix("Q")
    yield "matrix-only-found", page("raci_matrix", only_found=True)
    yield "matrix-back", _matrix_back
    yield "matrix-beside-a-group", tab("groups", 2)
