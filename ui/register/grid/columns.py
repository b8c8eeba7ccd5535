"""Which columns of a register are shown, in what order and how wide; remembered from one start to the next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from handover.i18n import tr
from handover.registers.declare import Field, Register
from ui.register.grid.cells import due_field, state_field
from ui.settings import Settings
from ui.theme.style import role
from ui.theme.tokens import SPACE


@dataclass
class ColumnLayout:
    """The columns of a register as its user wants them.

    Attributes:
        shown: keys of the fields in view, from left to right.
        widths: in pixels, of the columns that the user resized.
        frozen: how many of the first columns stay in place.
    """

    register: Register
    shown: list[str]
    widths: dict[str, int] = field(default_factory=dict)
    frozen: int = 1

    @classmethod
    def remembered(cls, settings: Settings, register: Register) -> ColumnLayout:
        """As the user left them, or as the register declares them."""
        layout = cls(register, usual_order(register))
        try:
            layout.take(settings.get(_key(register), {}))
        except (TypeError, ValueError, AttributeError, OverflowError):
            return cls(register, usual_order(register))  # no layout of ours: as the register declares it
        return layout

    def take(self, kept: dict[str, Any]) -> None:  # Any: what JSON can hold
        """Take over what was kept; columns that no longer exist are left out."""
        shown = [key for key in kept.get("shown", []) if isinstance(key, str) and key in self.register]
        self.shown = list(dict.fromkeys(shown)) or self.shown
        self.widths = {k: int(w) for k, w in dict(kept.get("widths", {})).items() if k in self.register and w > 0}
        self.frozen = max(0, min(int(kept.get("frozen", 1)), len(self.shown)))

    def kept(self) -> dict[str, Any]:  # Any: what JSON can hold
        """What ``take`` understands."""
        return {"shown": self.shown, "widths": self.widths, "frozen": self.frozen}

    def remember(self, settings: Settings) -> None:
        """Keep it for the next start."""
        settings.put(_key(self.register), self.kept())

    def fields(self) -> list[Field]:
        """The columns in view, from left to right."""
        return [self.register[key] for key in self.shown]

    def reset(self) -> None:
        """Back to what the register declares."""
        self.shown = usual_order(self.register)
        self.widths, self.frozen = {}, 1

    def move(self, old: int, new: int) -> None:
        """Put a column elsewhere."""
        self.shown.insert(new, self.shown.pop(old))

    def set_shown(self, key: str, shown: bool) -> None:
        """Show or hide a column; a column that comes in takes its declared place. The last one stays."""
        if not shown:
            if key in self.shown and len(self.shown) > 1:
                self.shown.remove(key)
        elif key not in self.shown:
            order = [f.field for f in self.register.fields]
            before = [k for k in self.shown if order.index(k) < order.index(key)]
            self.shown.insert(self.shown.index(before[-1]) + 1 if before else 0, key)


def usual_order(register: Register) -> list[str]:
    """The columns shown without being asked for: what a row is, how far it is, whose and until when; then the rest.

    A code or a category that is declared first stands before all of them.
    """
    shown = [f.field for f in register.fields if f.shown]
    codes = {key for keys in register.match if len(keys) == 1 for key in keys}
    lead = [key for key in shown if key in register.display]
    if shown and shown[0] not in lead and (shown[0] in codes or register[shown[0]].pick):
        lead.insert(0, shown[0])
    state, due = state_field(register), due_field(register)
    until = due.field if due else register.due if register.due in shown else ""
    for key in (state.field if state else "", register.owner, until):
        if key in register and key not in lead:
            lead.append(key)
    return [*lead, *(key for key in shown if key not in lead)]


def _key(register: Register) -> str:
    return f"page/{register.key}/columns"


class ColumnChooser(QFrame):
    """A list of all columns: tick to show, drag to move, type to find one.

    Signals:
        chosen: the keys of the columns to show, in order.
        reset_wanted: back to the declared columns.
    """

    chosen = Signal(list)
    reset_wanted = Signal()

    def __init__(self, layout: ColumnLayout, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        role(self, "popup")
        self.setAccessibleName(tr("Columns"))
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 3, SPACE * 3, SPACE * 3, SPACE * 3)
        column.setSpacing(SPACE * 2)
        head = QLabel(tr("Columns"), self)
        role(head, "lead")
        column.addWidget(head)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(tr("Find a column"))
        self.search.setAccessibleName(tr("Find a column"))
        self.search.textChanged.connect(self._narrow)
        column.addWidget(self.search)
        self.list = QListWidget(self)
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setAccessibleName(tr("Columns"))
        self.list.setSpacing(2)
        column.addWidget(self.list)
        back = QPushButton(tr("Show the usual columns"), self)
        role(back, "link")
        back.clicked.connect(self.reset_wanted)
        back.clicked.connect(self.close)
        column.addWidget(back)
        self.fill(layout)
        self.list.itemChanged.connect(self._tell)
        self.list.model().rowsMoved.connect(self._tell)
        self.resize(280, 420)

    def fill(self, layout: ColumnLayout) -> None:
        """List the columns: those in view first, in their order."""
        hidden = [f.field for f in layout.register.fields if f.field not in layout.shown]
        for key in [*layout.shown, *hidden]:
            item = QListWidgetItem(layout.register[key].label, self.list)
            item.setData(Qt.ItemDataRole.UserRole, key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            shown = key in layout.shown
            item.setCheckState(Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked)

    def open_at(self, corner: QPoint) -> None:
        """Open with the right upper corner at a point of the screen."""
        self.move(corner - QPoint(self.width(), 0))
        self.show()
        self.search.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _items(self) -> Iterable[QListWidgetItem]:
        return (self.list.item(i) for i in range(self.list.count()))

    def _narrow(self, text: str) -> None:
        for item in self._items():
            item.setHidden(text.casefold() not in item.text().casefold())

    def _tell(self, *_: Any) -> None:  # Any: what a signal brings along
        ticked = [i for i in self._items() if i.checkState() == Qt.CheckState.Checked]
        if ticked:
            self.chosen.emit([i.data(Qt.ItemDataRole.UserRole) for i in ticked])
