"""The details beside the rows of a page: opened and closed, following the row in hand, begun anew for a new row."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from ui.register.details.detail import DetailPane
from ui.register.grid.rows_in_view import RowsInView
from ui.register.grid.table import RegisterTable
from ui.register.narrowing.filtering import Filtering

#: So many selected rows are edited together in the details; of more, the current one is shown.
_TOGETHER = 200


class BesideRows(QObject):
    """Keeps the details with the rows.

    Args:
        action: is on while they are shown.
        say_deleted: says of the current row in the bin by whom it was deleted.
        to_living: goes from the bin to the rows that are not in it.
    """

    def __init__(
        self,
        table: RegisterTable,
        detail: DetailPane,
        filtering: Filtering,
        rows: RowsInView,
        action: QAction,
        say_deleted: Callable[[], None],
        to_living: Callable[[], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._table, self._model, self._detail = table, table.rows, detail
        self._filtering, self._rows, self._action = filtering, rows, action
        self._say_deleted, self._to_living = say_deleted, to_living
        self._only_for_draft = False
        rows.followed.connect(self.follow)
        table.selectionModel().currentRowChanged.connect(self.follow)
        table.selectionModel().selectionChanged.connect(self.follow)
        table.details_wanted.connect(self._enter)
        detail.closed.connect(lambda: self.show(False))
        detail.step_wanted.connect(lambda n: table.step(0, n))
        detail.left.connect(self._leave)
        detail.added.connect(self.go_to_row)
        detail.added_on.connect(rows.bring_into_view)

    @Slot()
    def follow(self, *_: object) -> None:
        """Show the current row in the details, or what the selected rows have in common."""
        if self._filtering.query.bin:
            self._say_deleted()
        detail = self._detail
        if detail.isHidden():
            return
        if detail.drafting:
            if detail.worth_keeping or not self._table.hasFocus():
                return
            detail.drop_draft()  # nothing stands in it, and its user has gone on to other rows
        rows: Sequence[int] = self._table.block()[0]
        current = self._table.currentIndex().row()
        if current not in rows or len(rows) > _TOGETHER:
            rows = [current]
        detail.writable = self._model.editable
        detail.show_rows(self._model.numbers([r for r in rows if 0 <= r < self._model.rowCount()]))

    def open(self) -> None:
        """Show them for a row that is on its way into view."""
        self._detail.show()
        self._action.setChecked(True)

    def go_to_row(self, row_id: str) -> None:
        """Make a row the current one and show its details; filters that hide it go."""
        if self._rows.go_to_row(row_id):
            self.open()
            self._rows.settle(final=not self._rows.loader.busy)

    def switch(self) -> None:
        """Show them, or hide them."""
        self.show(self._detail.isHidden())

    def show(self, wanted: bool) -> None:
        """Show or hide them; hidden, they give the keyboard back to the rows."""
        self._detail.setVisible(wanted)
        self._action.setChecked(wanted)
        if wanted:
            self.follow()
        else:
            if not self._detail.worth_keeping:
                self._detail.drop_draft()
            self._table.setFocus()

    def begin(self) -> None:
        """Begin a row; it takes over what the filters say."""
        if self._filtering.query.bin:
            self._to_living()
        self._only_for_draft = self._detail.isHidden()
        self.open()
        index = self._table.currentIndex()
        row = self._model.row(index.row()) if index.isValid() and self._model.rowCount() else None
        self._detail.begin(self._filtering.given(), after=row.id if row else None)

    def _enter(self, key: str) -> None:
        self.show(True)
        self._detail.enter(key)

    def _leave(self) -> None:
        """Esc in the details: back to the rows; what opened for a new row alone closes with it."""
        self.show(self._detail.drafting or not self._only_for_draft)
        self._only_for_draft = False
        self._table.setFocus()
