"""The dialog that writes what may be lost as PDF or workbook, with who leaves only where that is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QWidget

from handover.file_names import safe_name
from handover.i18n import tr
from handover.pack.knowing.loss_paper import LossPaper, write_loss_paper
from handover.pack.produce import language_of
from handover.pack.single.by_ending import refuse_other_endings
from handover.registers.knowing.loss_risks import Method
from ui.shell.form import FieldBox
from ui.shell.page import Context
from ui.transfer.writing import FOLDER, LanguageBox, PathField, WritingDialog, last_folder

_LANGUAGE = "forms/language"


class LossPaperDialog(WritingDialog):
    """Asks what is to be in it, in which language, and where to."""

    def __init__(self, context: Context, method: Method, parent: QWidget) -> None:
        lead = tr("The open items ranked, each with why and what to do next. A file that ends in .xlsx is a workbook.")
        super().__init__(context, tr("Risk of loss"), lead, parent)
        self._method: Method = method
        fields = ", ".join((tr("Leaves on"), tr("Risk of leaving"), tr("Days left")))
        self.leaving = QCheckBox(tr("With internal data: {fields}", fields=fields), self)
        self.language = LanguageBox(self, str(context.settings.get(_LANGUAGE, "both")))
        name = safe_name(f"{context.project.code} {tr('Risk of loss')}")
        self.file = PathField(tr("File"), last_folder(context) / f"{name}.pdf", folder=False)
        self.file.edit.textChanged.connect(self.forget_question)
        self.fields.addWidget(self.leaving)
        self.fields.addWidget(FieldBox(tr("Language"), self.language))
        self.fields.addWidget(FieldBox(tr("File"), self.file))
        self.offer_folder()
        self.forget_question()
        self.leaving.setFocus()

    def verb(self) -> str:
        return tr("Write")

    def place(self) -> PathField:
        return self.file

    def targets(self) -> Sequence[Path]:
        path = self.file.path()
        refuse_other_endings(path)
        return (path,)

    def write(self) -> None:
        context, target = self.context, self.file.path()
        asked = LossPaper(self._method, self.leaving.isChecked())
        language = language_of(str(self.language.currentData()))
        workspace, code = context.workspace, context.project.code
        context.settings.put(_LANGUAGE, str(self.language.currentData()))

        def work(_progress: object) -> int:
            write_loss_paper(workspace, workspace.project(code), asked, target, language)
            return 1

        self.work.run(tr("Writing {file}", file=target.name), work, self._written, self.fail)

    def _written(self, _files: int) -> None:
        self.context.settings.put(FOLDER, str(self.file.path().parent))
        self.show_written(tr("Wrote {file}.", file=self.file.path().name), [self.file.path()])
