"""The parts of a pack: which go in, and in which order; dragged, or moved by Alt and an arrow."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from handover.i18n import tr
from handover.pack.contents import Part
from ui.theme import tokens
from ui.theme.tokens import SPACE

#: So many that the dialog fits a screen of 768 pixels with a question in it.
_IN_VIEW = 3


class PartList(QListWidget):
    """Parts with a tick each, in an order that can be changed.

    Signals:
        changed: which parts go in, or their order.
        looked_at: the key of a part, and its title.
    """

    changed = Signal()
    looked_at = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Chapters of the pack"))
        self.setDragDropMode(QListWidget.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.itemChanged.connect(self.changed)
        self.model().rowsMoved.connect(self.changed)
        self.currentItemChanged.connect(self._look)

    def fill(self, parts: Sequence[Part], chosen: Sequence[str], left_out: Collection[str]) -> None:
        """Offer parts.

        Args:
            chosen: those that go in, in their order; all but ``left_out`` where none are named.
        """
        self.blockSignals(True)
        self.clear()
        place = {key: n for n, key in enumerate(chosen)}
        for each in sorted(parts, key=lambda part: place.get(part.key, len(place))) if chosen else parts:
            item = QListWidgetItem(tr(each.title))
            item.setData(Qt.ItemDataRole.UserRole, each.key)
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled
                | Qt.ItemFlag.ItemIsSelectable
                | Qt.ItemFlag.ItemIsUserCheckable
                | Qt.ItemFlag.ItemIsDragEnabled
            )
            out = each.key not in place if chosen else each.key in left_out
            item.setCheckState(Qt.CheckState.Unchecked if out else Qt.CheckState.Checked)
            item.setToolTip(tr("Drag it, or press Alt and an arrow, to move it."))
            item.setSizeHint(QSize(0, tokens.ROW))
            self.addItem(item)
        self.setCurrentRow(0)
        self.blockSignals(False)
        self.setFixedHeight(min(self.count(), _IN_VIEW) * tokens.ROW + SPACE)

    def chosen(self) -> tuple[str, ...]:
        """The keys of the parts that go in, in their order."""
        items = [self.item(n) for n in range(self.count())]
        return tuple(str(i.data(Qt.ItemDataRole.UserRole)) for i in items if i.checkState() is Qt.CheckState.Checked)

    def keys(self) -> list[str]:
        """The keys of all parts in their order."""
        return [str(self.item(n).data(Qt.ItemDataRole.UserRole)) for n in range(self.count())]

    def take_all(self) -> None:
        """Have all of them go in."""
        for n in range(self.count()):
            self.item(n).setCheckState(Qt.CheckState.Checked)

    def move_current(self, step: int) -> None:
        """Move the current part up or down."""
        at = self.currentRow()
        to = at + step
        if at < 0 or not 0 <= to < self.count():
            return
        self.blockSignals(True)
        self.insertItem(to, self.takeItem(at))
        self.setCurrentRow(to)
        self.blockSignals(False)
        self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.modifiers() == Qt.KeyboardModifier.AltModifier and (step := steps.get(Qt.Key(event.key()))):
            self.move_current(step)
        else:
            super().keyPressEvent(event)

    def _look(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.looked_at.emit(str(item.data(Qt.ItemDataRole.UserRole)), item.text())
