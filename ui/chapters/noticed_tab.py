"""What is odd about a document, sentence by sentence, beside its fields."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from handover.i18n import tr
from handover.registers.documents.findings import noticed_of
from ui.register.details.tab import RowTab
from ui.shell.page import Context
from ui.theme.style import role
from ui.theme.tokens import SPACE


class NoticedTab(RowTab):
    """Numbers and codes that break their scheme, days that run backward, files that come again."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 4, SPACE * 4, SPACE * 4, SPACE * 4)
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.nothing = QLabel(tr("Nothing is odd about it and its revisions."), self)
        self.nothing.setWordWrap(True)
        role(self.nothing, "secondary")
        column.addWidget(self.said)
        column.addWidget(self.nothing)
        column.addStretch(1)

    def show_row(self, row_id: str) -> None:
        found = []
        if row_id:
            with self._context.workspace.read() as connection:
                found = noticed_of(connection, self._context.project.id, row_id)
        self.said.setText("\n\n".join(map(str, found)))
        self.said.setVisible(bool(found))
        self.nothing.setVisible(bool(row_id) and not found)
        self.counted.emit(len(found))
