"""What the user can choose for copies of workspaces: a second folder, and how much space they may take."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from handover.i18n import tr
from handover.store.copies import settings as copy_settings
from ui.shell.form import FieldBox
from ui.shell.page import Context
from ui.theme.style import number_box
from ui.theme.tokens import SPACE

_MEGABYTE = 1_000_000


class CopiesForm(QWidget):
    """The choices; each is kept and takes effect with the next copy, in the window and for commands."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        settings = copy_settings.load()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE * 4)
        self.second = QLineEdit(settings.second, self)
        self.second.setPlaceholderText(tr("None: copies lie beside the workspace only"))
        self.second.editingFinished.connect(self._keep_second)
        browse = QPushButton(tr("Choose…"), self)
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        self.box = FieldBox(tr("Second folder for copies, such as another disk"), self.second, parent=self)
        row = QHBoxLayout()
        row.addWidget(self.box, 1)
        row.addWidget(browse, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(row)
        self.most = number_box(self)
        self.most.setRange(copy_settings.LEAST // _MEGABYTE, 1_000_000)
        self.most.setGroupSeparatorShown(True)
        self.most.setSuffix(" MB")
        self.most.setValue(settings.most // _MEGABYTE)
        self.most.setKeyboardTracking(False)
        self.most.valueChanged.connect(self._keep_most)
        column.addWidget(FieldBox(tr("Space that the copies of a workspace may take"), self.most, parent=self))
        if settings.second and settings.trouble:
            self.box.refuse(settings.trouble)

    def _keep_second(self) -> None:
        folder = self.second.text().strip()
        now = copy_settings.load()
        if folder == now.second:
            return
        if folder and not Path(folder).expanduser().is_dir():
            self.box.refuse(tr("There is no such folder."))
            return
        chosen = str(Path(folder).expanduser().absolute()) if folder else ""
        self.box.accept()
        self._context.act(lambda: copy_settings.save(replace(now, second=chosen, trouble="")))

    def _keep_most(self, megabytes: int) -> None:
        wanted = replace(copy_settings.load(), most=megabytes * _MEGABYTE)
        self._context.act(lambda: copy_settings.save(wanted))

    def _browse(self) -> None:
        dialog = QFileDialog(self, tr("Second folder for copies, such as another disk"), self.second.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._chosen)
        dialog.open()

    def _chosen(self, path: str) -> None:
        self.second.setText(path)
        self._keep_second()
