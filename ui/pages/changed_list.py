"""The card of a list that has changed since it was imported; a button opens the import at it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from handover.exchange.importing.watched import WatchedFile, WatchList
from handover.i18n import tr
from handover.values import shown
from ui.shell.page import Context
from ui.theme.icons import icon
from ui.theme.style import role
from ui.theme.tokens import SPACE


class ChangedListCard(QFrame):
    """Says which list it is.

    Args:
        look_again: is called when the list was imported again or is no longer watched; it outlives the card.
    """

    def __init__(
        self, context: Context, watched: WatchedFile, look_again: Callable[[], object], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._context, self._watched, self._look_again = context, watched, look_again
        role(self, "card")
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE * 4, SPACE * 3, SPACE * 4, SPACE * 3)
        row.setSpacing(SPACE * 3)
        when = shown.told_moment(watched.at)
        words = QLabel(tr("{file} has changed since you imported it on {day}.", file=watched.name, day=when), self)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        words.setToolTip(watched.path)
        row.addWidget(words, 1)
        self.look = look = QPushButton(icon("file-spreadsheet"), tr("See the differences"), self)
        look.setToolTip(watched.path)
        look.setAccessibleDescription(words.text())
        look.setEnabled(not self._context.read_only)
        look.clicked.connect(self._compare)
        row.addWidget(look)
        leave = QPushButton(tr("No longer watch"), self)
        role(leave, "link")
        leave.setAccessibleDescription(words.text())
        leave.clicked.connect(self._forget)
        row.addWidget(leave)

    def _compare(self) -> None:
        """Open the import at a list that has changed."""
        from ui.transfer.wizard.import_wizard import ImportWizard  # only when it is wanted: it brings much with it

        only = self._watched.registers if "," not in self._watched.registers else None
        wizard = ImportWizard(self._context, path=Path(self._watched.path), register=only, parent=self.window())
        wizard.finished.connect(self._look_again)
        wizard.open()

    def _forget(self) -> None:
        WatchList.own().forget(self._watched)
        self._look_again()
