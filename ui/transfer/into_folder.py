"""A dialog that writes into a folder: names that are new each time, or whose former file is no loss."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from handover.errors import NotValid
from handover.i18n import N_, tr
from ui.shell.form import FieldBox
from ui.transfer.writing import FOLDER, PathField, WritingDialog, last_folder


class FolderDialog(WritingDialog):
    """What the dialogs that write into a folder have in common: it is asked for, and remembered once they wrote."""

    folder: PathField

    def ask_folder(self, *more: QWidget) -> None:
        """Ask for the folder, and for more below it, as the last fields of the form."""
        self.folder = PathField(tr("Folder"), last_folder(self.context), folder=True)
        self.fields.addWidget(FieldBox(tr("Folder"), self.folder))
        for each in more:
            self.fields.addWidget(each)
        self.offer_folder()
        self.forget_question()
        self.folder.setFocus()

    def verb(self) -> str:
        return tr("Write")

    def targets(self) -> Sequence[Path]:
        if not self.folder.edit.text().strip():
            raise NotValid(N_("Choose the folder."))
        return ()

    def say_written(self, sentence: str, files: Sequence[Path]) -> None:
        """Say what was written, and offer the folder the next time."""
        self.context.settings.put(FOLDER, str(self.folder.path()))
        self.show_written(sentence, files)
