"""What stands above a table: its title and count, the quick filter, the views and the filters as chips."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QSizePolicy, QToolButton, QWidget

from handover.i18n import tr
from ui.register.flow import FlowLayout
from ui.shell.keyboard import passes_on
from ui.theme.icons import icon
from ui.theme.style import role
from ui.theme.tokens import SPACE


class QuickFilter(QLineEdit):
    """Searches all shown columns; Esc empties it, Down goes to the table.

    Signals:
        left: Down or Enter was pressed: the user wants the rows.
    """

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name_keys("Ctrl+F")
        self.setAccessibleName(tr("Filter all shown columns"))
        self.setClearButtonEnabled(True)
        self.addAction(icon("search", "secondary"), QLineEdit.ActionPosition.LeadingPosition)
        self.setMinimumWidth(160)
        self.setMaximumWidth(280)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def name_keys(self, keys: str) -> None:
        """Say with which keys one comes here; with none, where there are none."""
        self.setPlaceholderText(tr("Filter ({keys})", keys=keys) if keys else tr("Filter"))

    def event(self, event: QEvent) -> bool:
        return False if passes_on(self, event) else super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class Chip(QFrame):
    """A filter in words with a cross that takes it away.

    Signals:
        removed: the cross was pressed.
    """

    removed = Signal()

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        role(self, "chip")
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE * 2, 0, 0, 0)
        row.setSpacing(0)
        shown = text if len(text) <= 60 else f"{text[:59]}…"
        words = QLabel(shown, self)
        words.setTextFormat(Qt.TextFormat.PlainText)
        row.addWidget(words)
        self.text = text
        cross = QToolButton(self)
        cross.setIcon(icon("x", "secondary"))
        cross.setIconSize(QSize(14, 14))
        cross.setToolTip(tr("Remove this filter"))
        cross.setAccessibleName(tr("Remove the filter: {filter}", filter=text))
        cross.clicked.connect(self.removed)
        row.addWidget(cross)
        self.cross = cross


class RegisterBar(QWidget):
    """The two lines above a table.

    Signals:
        searched: the text of the quick filter.
        viewed: the key of a view, empty for all rows.
        cleared: all filters are to go.
    """

    searched = Signal(str)
    viewed = Signal(str)
    cleared = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = QLabel(title, self)
        role(self.head, "title")
        self.count = QLabel(self)
        role(self.count, "secondary")
        self.quick = QuickFilter(self)
        self.quick.textChanged.connect(self.searched)
        top = QHBoxLayout(self)
        top.setContentsMargins(SPACE * 4, SPACE * 3, SPACE * 3, SPACE * 2)
        top.setSpacing(SPACE * 3)
        for each in (self.head, self.count):
            top.addWidget(each)
        top.addStretch(1)
        top.addWidget(self.quick, 2)


class ChipLine(QWidget):
    """The views of a register as switches and the filters in force as chips; it breaks where it must.

    Signals:
        viewed: the key of a view that was pressed, empty when it was the one in force.
        switched: the key of a view that narrows further, beside the one in force.
    """

    viewed = Signal(str)
    switched = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, SPACE * 2)
        self._flow.setContentsMargins(SPACE * 4, 0, SPACE * 4, SPACE * 2)
        self._views: dict[str, QPushButton] = {}
        self._switches: dict[str, QPushButton] = {}
        self._chips: list[QWidget] = []
        self._saved: QPushButton | None = None

    def offer_views(self, views: list[tuple[str, str]]) -> None:
        """Offer views by key and name."""
        for key, name in views:
            self._views[key] = self._switch(name)
            self._views[key].clicked.connect(lambda on, k=key: self.viewed.emit(k if on else ""))

    def offer_switches(self, views: list[tuple[str, str]]) -> None:
        """Offer views by key and name that narrow what the view in force shows."""
        for key, name in views:
            self._switches[key] = self._switch(name)
            self._switches[key].clicked.connect(lambda _on, k=key: self.switched.emit(k))

    def _switch(self, name: str) -> QPushButton:
        button = QPushButton(name.replace("&", "&&"), self)
        button.setCheckable(True)
        role(button, "view")
        self._flow.addWidget(button)
        return button

    def offer_saved(self, button: QPushButton, tools: QWidget) -> None:
        """Let the button of the saved views stand behind the views, and behind it what else changes what is shown."""
        for each in (button, tools):
            self._flow.addWidget(each)
        self._saved = button

    def show_view(self, key: str) -> None:
        """Mark the view in force."""
        for each, button in self._views.items():
            button.setChecked(each == key)

    def show_switches(self, keys: Collection[str]) -> None:
        """Mark those in force."""
        for key, button in self._switches.items():
            button.setChecked(key in keys)

    @property
    def switches(self) -> dict[str, QPushButton]:
        """Those that narrow further, by key."""
        return self._switches

    @property
    def views(self) -> dict[str, QPushButton]:
        """The switches by key."""
        return self._views

    @property
    def chips(self) -> list[Chip]:
        """The filters in force."""
        return [c for c in self._chips if isinstance(c, Chip)]

    def show_chips(self, chips: list[tuple[str, Callable[[], object]]], clear: Callable[[], object]) -> None:
        """Show filters by their words and what takes each away; with two or more, one more that takes all."""
        for old in self._chips:
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._chips = []
        for text, remove in chips:
            chip = Chip(text, self)
            chip.removed.connect(remove)
            self._chips.append(chip)
        if len(chips) > 1:
            every = QPushButton(tr("Clear all filters"), self)
            role(every, "link")
            every.clicked.connect(clear)
            self._chips.append(every)
        for each in self._chips:
            self._flow.addWidget(each)
            each.show()
        self.setVisible(self.filled)

    @property
    def filled(self) -> bool:
        """Whether there is anything in the line."""
        return bool(self._views or self._switches or self._chips or self._saved)
