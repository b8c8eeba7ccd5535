"""The heads of columns: a click sorts, the arrow filters, dragging moves; the menu has all of it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QApplication, QHeaderView, QWidget

from handover.i18n import tr
from ui.theme.icons import icon

_ARROW, _ARROW_ROOM = 12, 20


class ColumnHeader(QHeaderView):
    """Horizontal header of a register.

    Signals:
        sorted: a column was clicked; whether it adds to the present order (Shift).
        moved_to: a column was dragged from one place to another.
        filter_wanted: the arrow of a column was pressed.
        menu_wanted: for a column, at a point of the screen.
    """

    sorted = Signal(int, bool)
    moved_to = Signal(int, int)
    menu_wanted = Signal(int, QPoint)
    filter_wanted = Signal(int)

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
        self.setStyleSheet(f"QHeaderView::section {{ padding-right: {_ARROW_ROOM}px; }}")

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        super().paintSection(painter, rect, section)
        if rect.width() > 2 * _ARROW_ROOM:
            over = self.viewport().mapFromGlobal(self.cursor().pos())
            near = self.viewport().underMouse() and self.logicalIndexAt(over) == section
            icon("chevron-down", "text" if near else "secondary").paint(painter, self._arrow(rect))

    def _arrow(self, rect: QRect) -> QRect:
        """Where the arrow of a head is painted: before the edge by which a column is made wider."""
        arrow = QRect(0, 0, _ARROW, _ARROW)
        arrow.moveCenter(rect.center())
        arrow.moveRight(rect.right() - 6)
        return arrow

    def arrow_of(self, section: int) -> QRect:
        """Where the arrow of a column lies."""
        left = self.sectionViewportPosition(section)
        return self._arrow(QRect(left, 0, self.sectionSize(section), self.height()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        section = self.logicalIndexAt(point)
        if event.button() == Qt.MouseButton.LeftButton and section >= 0 and self.arrow_of(section).contains(point):
            self.filter_wanted.emit(section)
            return
        super().mousePressEvent(event)

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
