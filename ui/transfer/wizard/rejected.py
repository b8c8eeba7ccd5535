"""The button that saves the rows to be mended as a workbook, and the strip that says where they are."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from handover.errors import HandoverError
from handover.exchange.importing.rejected_rows import to_mend, write_rejected
from handover.exchange.importing.session import Intake
from handover.i18n import tr, trn
from ui.shell.page import Context
from ui.theme.icons import icon
from ui.transfer.notice import NoticeBox
from ui.transfer.work import WorkStrip


class SaveRejected(QPushButton):
    """Hidden while all rows are taken as they stand.

    Attributes:
        notice: where it says what it wrote; the caller gives it its place.
        dialog: the one that asks for the file's name, while it is open.
    """

    def __init__(self, context: Context, intake: Intake, work: WorkStrip, parent: QWidget) -> None:
        super().__init__(tr("Save rows to mend…"), parent)
        self._context, self._intake, self._work = context, intake, work
        self.setAutoDefault(False)
        self.setIcon(icon("file-spreadsheet"))
        self.setToolTip(tr("As a workbook with what is wrong in each row, to be mended there and imported again"))
        self.notice = NoticeBox(parent)
        self.dialog: QFileDialog | None = None
        self.clicked.connect(self.ask)
        work.busy_changed.connect(lambda busy: self.setEnabled(not busy))
        self.refresh()

    def refresh(self) -> None:
        """Show it when there is something to save; what was said of another dry run no longer stands."""
        self.notice.say("")
        run = self._intake.run
        self.setVisible(run is not None and to_mend(run) > 0)

    @Slot()
    def ask(self) -> None:
        """Ask for the file; one of that name is replaced only after a question."""
        path = self._intake.path
        if path is None or self._work.busy:
            return
        name = tr("{file} – rows to mend", file=path.stem) + ".xlsx"
        self.dialog = QFileDialog(self.window(), tr("Save rows to mend"), str(path.with_name(name)))
        self.dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self.dialog.setDefaultSuffix("xlsx")
        self.dialog.setNameFilters([tr("Workbooks ({patterns})", patterns="*.xlsx")])
        self.dialog.setLabelText(QFileDialog.DialogLabel.Accept, tr("Save"))
        self.dialog.fileSelected.connect(lambda chosen: self.save(Path(chosen)))
        self.dialog.open()

    def save(self, path: Path) -> None:
        """Write the rows in error and with a remark of the dry run in hand."""
        run, file = self._intake.run, self._intake.file
        if run is None or file is None or self._work.busy:
            return
        self._work.run(
            tr("Writing the rows to mend"),
            lambda progress: write_rejected(run, file, path, progress),
            lambda n: self._saved(n, path),
            self._refuse,
        )

    def _saved(self, rows: int, path: Path) -> None:
        self.notice.say(
            trn(
                "{n} row that isn't taken as it stands was written to {file}. Mend it there and import that.",
                "{n} rows that aren't taken as they stand were written to {file}. Mend them there and import that.",
                rows,
                file=str(path),
            ),
            "ok",
        )
        self.setFocus()

    def _refuse(self, error: BaseException) -> None:
        if isinstance(error, HandoverError):
            self.notice.complain(error, self.save)
        else:
            self._context.complain(error)
