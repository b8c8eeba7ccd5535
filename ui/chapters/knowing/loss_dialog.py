"""The dialog that writes what may be lost as PDF or workbook, with who leaves only where that is asked for."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QWidget

from handover.i18n import tr
from handover.pack.knowing.loss_paper import LossPaper, write_loss_paper
from handover.registers.knowing.loss_risks import Method
from ui.shell.page import Context
from ui.transfer.into_file import PaperDialog


class LossPaperDialog(PaperDialog):
    """Asks what is to be in it, in which language, and where to."""

    def __init__(self, context: Context, method: Method, parent: QWidget) -> None:
        lead = tr("The open items ranked, each with why and what to do next. A file that ends in .xlsx is a workbook.")
        super().__init__(context, tr("Risk of loss"), lead, parent)
        self._method: Method = method
        fields = ", ".join((tr("Leaves on"), tr("Risk of leaving"), tr("Days left")))
        self.leaving = QCheckBox(tr("With internal data: {fields}", fields=fields), self)
        self.fields.addWidget(self.leaving)
        self.ask_paper(f"{context.project.code} {tr('Risk of loss')}")
        self.leaving.setFocus()

    def write(self) -> None:
        asked = LossPaper(self._method, self.leaving.isChecked())
        self.write_paper(
            lambda workspace, project, path, language: write_loss_paper(workspace, project, asked, path, language)
        )
