"""A field of a dialog: its label above, its reason below when what stands in it won't do."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from handover.i18n import tr
from ui.theme.style import role
from ui.theme.tokens import SPACE

Editor = QLineEdit | QPlainTextEdit | QComboBox | QWidget


class FieldBox(QWidget):
    """A labelled editor; ``refuse`` shows why its content can't be taken, until it changes."""

    def __init__(self, label: str, editor: Editor, *, required: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        name = QLabel(tr("{label} *", label=label) if required else label, self)
        role(name, "small")
        name.setBuddy(editor)
        editor.setAccessibleName(tr("{label}, required", label=label) if required else label)
        self.reason = QLabel(self)
        role(self.reason, "error")
        self.reason.setWordWrap(True)
        self.reason.hide()
        for each in (name, editor, self.reason):
            column.addWidget(each)
        column.addStretch(1)
        if isinstance(editor, QLineEdit | QPlainTextEdit):
            editor.textChanged.connect(self.accept)
        elif isinstance(editor, QComboBox):
            editor.currentIndexChanged.connect(self.accept)

    def refuse(self, reason: str) -> None:
        """Say why what stands there can't be taken."""
        self.reason.setText(reason)
        self.reason.show()
        self._mark("wrong")

    def accept(self) -> None:
        """Take the reason away."""
        if not self.reason.isHidden():
            self.reason.hide()
            self._mark("")

    def _mark(self, name: str) -> None:
        role(self.editor, name)
        self.editor.style().unpolish(self.editor)
        self.editor.style().polish(self.editor)
