"""The heads of columns: a click sorts, dragging moves, the menu filters."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QApplication, QHeaderView, QWidget

from handover.i18n import tr


class ColumnHeader(QHeaderView):
    """Horizontal header of a register.

    Signals:
        sorted: a column was clicked; whether it adds to the present order (Shift).
        moved_to: a column was dragged from one place to another.
        menu_wanted: for a column, at a point of the screen.
    """

    sorted = Signal(int, bool)
    moved_to = Signal(int, int)
    menu_wanted = Signal(int, QPoint)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(40)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName(tr("Column heads"))
        self.customContextMenuRequested.connect(self._menu)
        self.sectionClicked.connect(self._click)
        self.sectionMoved.connect(self._moved)
        self._putting_back = False

    def sort_only(self) -> None:
        """A press on a head sorts; it doesn't select the column first, as table views have it."""
        self.sectionPressed.disconnect()
        self.sectionEntered.disconnect()

    def _click(self, section: int) -> None:
        shift = QApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier
        self.sorted.emit(section, bool(shift))

    def _moved(self, _section: int, old: int, new: int) -> None:
        # The model itself takes the new order; the header stays as it was, so that both views agree.
        if self._putting_back:
            return
        self._putting_back = True
        self.moveSection(new, old)
        self._putting_back = False
        self.moved_to.emit(old, new)

    def _menu(self, point: QPoint) -> None:
        section = self.logicalIndexAt(point)
        if section >= 0:
            self.menu_wanted.emit(section, self.mapToGlobal(point))
