"""The dialog that asks what a new workspace needs: its first project and where its file shall lie."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from handover.i18n import tr
from handover.store.file import SUFFIX
from ui.shell.dialog import Dialog
from ui.shell.folders import documents_folder
from ui.shell.form import FieldBox
from ui.theme.style import role
from ui.theme.tokens import SPACE


def file_name_of(name: str) -> str:
    """A file name from a project's name, without what file systems refuse."""
    plain = re.sub(r'[<>:"/\\|?*\x00-\x1f]+', " ", name).strip(" .")
    return plain[:80] or "Handover"


class NewWorkspace(Dialog):
    """Name and code of the first project, and the file.

    Signals:
        wanted: path, code, name.
    """

    wanted = Signal(object, str, str)

    def __init__(self, parent: QWidget | None = None, name: str = "") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("New workspace"))
        self.setMinimumWidth(520)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE * 6, SPACE * 5, SPACE * 6, SPACE * 5)
        whole.setSpacing(SPACE * 3)
        heading = QLabel(tr("New workspace"), self)
        role(heading, "title")
        remark = QLabel(
            tr("A workspace is one file that holds your projects. You can copy it, mail it, back it up."), self
        )
        role(remark, "secondary")
        remark.setWordWrap(True)
        self.name = QLineEdit(name, self)
        self.code = QLineEdit(self)
        self.path = QLineEdit(self)
        self._name_box = FieldBox(tr("Project name"), self.name, required=True)
        self._code_box = FieldBox(tr("Project code"), self.code, required=True)
        browse = QPushButton(tr("Choose…"), self)
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        self.browse = browse
        self._path_box = FieldBox(tr("File"), self.path, required=True, beside=browse)
        leave = QPushButton(tr("Cancel"), self)
        leave.setAutoDefault(False)
        leave.clicked.connect(self.reject)
        self.go_ahead = QPushButton(tr("Create workspace"), self)
        self.go_ahead.setDefault(True)
        self.go_ahead.clicked.connect(self._create)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(leave)
        foot.addWidget(self.go_ahead)
        for each in (heading, remark, self._name_box, self._code_box, self._path_box):
            whole.addWidget(each)
        whole.addSpacing(SPACE * 2)
        whole.addLayout(foot)
        self._path_is_own = False
        self.path.textEdited.connect(self._own_path)
        self.name.textChanged.connect(self._propose)
        self._propose(name)
        self.name.setFocus()

    def _own_path(self) -> None:
        self._path_is_own = True

    def _propose(self, name: str) -> None:
        if not self._path_is_own:
            self.path.setText(str(documents_folder() / f"{file_name_of(name)}{SUFFIX}"))

    def _browse(self) -> None:
        dialog = QFileDialog(self, tr("New workspace"), self.path.text())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(tr("Handover workspaces (*.handover)"))
        dialog.setDefaultSuffix(SUFFIX.lstrip("."))
        dialog.fileSelected.connect(self._chosen)
        dialog.open()

    def _chosen(self, path: str) -> None:
        self._path_is_own = True
        self.path.setText(path)

    def _create(self) -> None:
        boxes = ((self._name_box, self.name), (self._code_box, self.code), (self._path_box, self.path))
        missing = [box for box, line in boxes if not line.text().strip()]
        for box in missing:
            box.refuse(tr("This field must be filled in."))
        if missing:
            missing[0].editor.setFocus()
            return
        path = Path(self.path.text().strip()).expanduser()
        if path.suffix != SUFFIX:
            path = path.with_name(path.name + SUFFIX)
        if path.exists():
            self._path_box.refuse(tr("{file} already exists. Choose another name.", file=path.name))
            return
        self.accept()
        self.wanted.emit(path, self.code.text().strip(), self.name.text().strip())
