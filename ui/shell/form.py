"""A field of a dialog: its label above, its reason below when what stands in it won't do."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from handover.i18n import tr
from ui.theme.style import role
from ui.theme.tokens import SPACE

Editor = QLineEdit | QPlainTextEdit | QComboBox | QWidget


class FieldBox(QWidget):
    """A labelled editor; ``refuse`` shows why its content can't be taken, until it changes.

    Args:
        beside: what stands in one line with the editor, such as a button that chooses its content.
    """

    def __init__(
        self,
        label: str,
        editor: Editor,
        *,
        required: bool = False,
        beside: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
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
        column.addWidget(name)
        line = QHBoxLayout()
        line.setSpacing(SPACE * 3)
        line.addWidget(editor, 1)
        if beside is not None:
            line.addWidget(beside)
        column.addLayout(line)
        column.addWidget(self.reason)
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
        self._make_room()

    def accept(self) -> None:
        """Take the reason away."""
        if not self.reason.isHidden():
            self.reason.hide()
            self._mark("")

    def _make_room(self) -> None:
        """Let the dialog grow by what the reason needs: a layout doesn't count the lines of a text that is wrapped."""
        window = self.window()
        layout = window.layout() if isinstance(window, QDialog) else None
        if layout is not None:
            wanted = layout.totalHeightForWidth(window.width())
            if wanted > window.height():
                window.resize(window.width(), wanted)

    def _mark(self, name: str) -> None:
        role(self.editor, name)
        self.editor.style().unpolish(self.editor)
        self.editor.style().polish(self.editor)
