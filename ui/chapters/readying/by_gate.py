"""The frame of a page about one gate: its name and the choice of the gate above, what is said of it scrolled below."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from PySide6.QtCore import QSignalBlocker, QTimer, Slot
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from handover.i18n import tr
from ui.shell.page import Context, Page
from ui.theme.style import role
from ui.theme.tokens import SPACE


class ByGatePage(Page):
    """A page about the gate that is chosen in ``choice``; ``restore`` understands its key as ``gate``.

    Attributes:
        gate: the key of the gate in view, empty for none.
        head: the line of the choice, for what else stands in it.
        buttons: what leads to rows, by what it is about.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.gate = ""
        self.buttons: dict[str, QPushButton] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.head = QHBoxLayout()
        self.head.setContentsMargins(SPACE * 6, SPACE * 5, SPACE * 6, SPACE * 3)
        self.head.setSpacing(SPACE * 3)
        title = QLabel(self.title(), self)
        role(title, "title")
        self.head.addWidget(title)
        self.head.addStretch(1)
        self.choice = QComboBox(self)
        self.choice.setAccessibleName(tr("Gate"))
        self.choice.setMinimumWidth(280)
        self.choice.activated.connect(self._choose)
        self.head.addWidget(self.choice)
        outer.addLayout(self.head)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setAccessibleName(self.title())
        outer.addWidget(self._scroll, 1)
        self.setFocusProxy(self.choice)

    def state(self) -> dict[str, Any]:  # Any: what JSON can hold
        return {"gate": self.gate}

    def restore(self, state: Mapping[str, Any]) -> None:  # Any: as above
        self.gate = str(state.get("gate") or "")
        self.refresh(frozenset())

    def offer(self, gates: Iterable[tuple[str, str]]) -> None:
        """Offer gates by key and name, the one in view chosen."""
        with QSignalBlocker(self.choice):
            self.choice.clear()
            for key, name in gates:
                self.choice.addItem(name, key)
            self.choice.setCurrentIndex(max(0, self.choice.findData(self.gate)))

    def put(self, fill: Callable[[QVBoxLayout, QWidget], None]) -> None:
        """Put other content below the choice, scrolled to where the one before was."""
        self.buttons = {}
        kept = self._scroll.verticalScrollBar().value()
        body = QWidget(self._scroll)
        column = QVBoxLayout(body)
        column.setContentsMargins(SPACE * 6, 0, SPACE * 6, SPACE * 6)
        column.setSpacing(SPACE * 4)
        fill(column, body)
        column.addStretch(1)
        self._scroll.setWidget(body)
        QTimer.singleShot(0, self, lambda: self._scroll.verticalScrollBar().setValue(kept))

    @Slot()
    def _choose(self) -> None:
        self.gate = str(self.choice.currentData() or "")
        self.refresh(frozenset())
