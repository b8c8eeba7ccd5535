"""The small dialog that gives a file another name and a caption."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from handover.errors import HandoverError
from handover.i18n import tr, trc
from ui.shell.dialog import Dialog
from ui.shell.form import FieldBox
from ui.theme.tokens import SPACE


class FileName(Dialog):
    """Asks for a name and a caption; ``store`` says by an error why they can't be."""

    def __init__(self, name: str, caption: str, store: Callable[[str, str], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Name and caption"))
        self.setMinimumWidth(440)
        self._store = store
        self.name = QLineEdit(name, self)
        self.caption = QLineEdit(caption, self)
        self.caption.setMaxLength(500)
        self.name_box = FieldBox(trc("of a file", "Name"), self.name, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 6, SPACE * 5, SPACE * 6, SPACE * 5)
        column.setSpacing(SPACE * 4)
        column.addWidget(self.name_box)
        column.addWidget(FieldBox(tr("Caption"), self.caption, parent=self))
        self.go = QPushButton(tr("Change"), self)
        self.go.clicked.connect(self._change)
        column.addLayout(self.cancel_or(self.go))
        self.name.setFocus()
        stem = name.rpartition(".")[0]
        self.name.setSelection(0, len(stem) or len(name))

    def _change(self) -> None:
        try:
            self._store(self.name.text(), self.caption.text())
        except HandoverError as error:
            self.name_box.refuse(str(error))
            self.name.setFocus()
        else:
            self.accept()
