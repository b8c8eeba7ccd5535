"""The dialog that writes a blank workbook of a register, to be filled in and imported."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QWidget

from handover.errors import NotValid
from handover.exchange.importing.template import write_template
from handover.file_names import safe_name
from handover.i18n import N_, language, tr
from handover.jobs import Progress
from handover.registers.catalogue import by_hand, register
from ui.shell.form import FieldBox
from ui.shell.page import Context
from ui.transfer.writing import FOLDER, LanguageBox, PathField, WritingDialog, last_folder


class TemplateDialog(WritingDialog):
    """Writes the template of one register.

    Args:
        wanted: the key of the register to begin with.
    """

    def __init__(self, context: Context, wanted: str = "", parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            tr("Get a blank workbook"),
            tr("It has the headings of a register, an example and lists of what fits. Filled in, it can be imported."),
            parent,
        )
        self.register = QComboBox(self)
        for each in by_hand():
            self.register.addItem(each.label, each.key)
        self.register.setCurrentIndex(max(0, self.register.findData(wanted)))
        self.language = LanguageBox(self, language(), ("zh", "en"))
        self.file = PathField(tr("File"), Path(), folder=False)
        self._own_name = False
        for title, editor in (
            (tr("Register"), self.register),
            (tr("Language"), self.language),
            (tr("File"), self.file),
        ):
            self.fields.addWidget(FieldBox(title, editor))
        self.register.currentIndexChanged.connect(self._propose)
        self.language.currentIndexChanged.connect(self.forget_question)
        self.file.edit.textEdited.connect(self._named)
        self.file.edit.textChanged.connect(self.forget_question)
        self._propose()
        self.forget_question()
        self.register.setFocus()

    def _propose(self) -> None:
        if not self._own_name:
            name = safe_name(tr("{register} to fill in.xlsx", register=self.register.currentText()))
            self.file.edit.setText(str(last_folder(self.context) / name))
        self.forget_question()

    def _named(self) -> None:
        self._own_name = True

    def verb(self) -> str:
        return tr("Write the workbook")

    def targets(self) -> list[Path]:
        if not self.file.edit.text().strip():
            raise NotValid(N_("Choose the file that is to be written."))
        path = self.file.path()
        if path.suffix.lower() != ".xlsx":
            path = path.with_name(f"{path.name}.xlsx")
            self.file.edit.setText(str(path))
        return [path]

    def place(self) -> PathField:
        return self.file

    def write(self) -> None:
        (path,) = self.targets()
        target, code = register(str(self.register.currentData())), str(self.language.currentData())

        def make(_progress: Progress) -> Path:
            return write_template(target, code, path)

        self.work.run(tr("Writing {file}", file=path.name), make, self._written, self.fail)

    def _written(self, path: Path) -> None:
        self.context.settings.put(FOLDER, str(path.parent))
        self.show_written(tr("{file} is ready to be filled in.", file=path.name), [path])
