"""The tab of an issued paper: its PDF as it was given out, whether it still is, and its next edition."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from handover.i18n import tr
from handover.pack.produce import packs_in_force
from handover.pack.reprint import PaperVerdict, paper_status, paper_to_open, pdf_name, save_paper, verify_paper
from handover.pack.sealing.came_back import CameBack, take_signed
from handover.pack.sealing.library import INSTALL, can_seal
from handover.registers.declare import Register
from ui.register.details.tab import RowTab
from ui.shell.another_name import write_file
from ui.shell.folders import documents_folder
from ui.shell.page import Context
from ui.theme.icons import icon
from ui.theme.style import role
from ui.theme.tokens import SPACE
from ui.transfer.opening import open_file
from ui.transfer.pack_dialog import PackDialog
from ui.transfer.sign_dialog import SignDialog


def tabs(context: Context, register: Register) -> list[tuple[str, RowTab]]:
    """The paper beside its row."""
    return [(tr("As issued"), PaperPanel(context))]


class PaperPanel(RowTab):
    """What can be done with an issued paper. Whatever takes a while runs in a thread."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._paper = ""
        #: The dialog shown last, so that tests find it.
        self.dialog: QDialog | None = None
        self.open_pdf = self._button(tr("Open the PDF"), "external-link")
        self.save = self._button(tr("Save the PDF as…"), "save")
        self.mark = self._button(tr("Save a copy marked as superseded…"), "save")
        self.sign = self._button(tr("Sign with a certificate…"), "pencil")
        self.take_in = self._button(tr("Take in the signed copy…"), "import")
        self.verify = self._button(tr("Compare with what was issued"), "shield-check")
        self.renew = self._button(tr("Issue the next edition…"), "stamp")
        self.verdict = QLabel(self)
        self.verdict.setWordWrap(True)
        self.verdict.setAccessibleName(tr("Result of the comparison"))
        self.none = QLabel(tr("Choose a paper to see what can be done with it."), self)
        role(self.none, "secondary")
        self.none.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 4, SPACE * 3, SPACE * 4, SPACE * 4)
        column.setSpacing(SPACE * 2)
        column.addWidget(self.none)
        grid = QGridLayout()
        grid.setSpacing(SPACE * 2)
        buttons = (self.open_pdf, self.save, self.mark, self.sign, self.take_in, self.verify, self.renew)
        for at, button in enumerate(buttons):
            grid.addWidget(button, at, 0)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        column.addWidget(self.verdict)
        column.addStretch(1)
        self.open_pdf.clicked.connect(self._open)
        self.save.clicked.connect(lambda: self._ask_where(self.save_to))
        self.mark.clicked.connect(lambda: self._ask_where(self.save_marked))
        self.sign.clicked.connect(self._sign)
        self.take_in.clicked.connect(self._ask_which)
        if not can_seal():
            self.sign.setEnabled(False)
            self.sign.setToolTip(tr("Signing needs pyHanko, which isn't installed: {command}", command=INSTALL))
        self.verify.clicked.connect(self._verify)
        self.renew.clicked.connect(self._issue_next)
        self.show_row("")

    def _button(self, text: str, picture: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setIcon(icon(picture))
        return button

    def show_row(self, row_id: str) -> None:
        if row_id != self._paper:
            self.verdict.clear()
        self._paper = row_id
        self.none.setVisible(not row_id)
        for button in (self.open_pdf, self.save, self.verify, self.sign):
            button.setVisible(bool(row_id))
        status = self._status()
        self.mark.setVisible(status == "superseded")
        self.take_in.setVisible(status in ("issued", "superseded") and not self._context.read_only)
        self.renew.setVisible(bool(row_id) and not self._context.read_only and self._is_pack_in_force())

    def _status(self) -> str:
        return paper_status(self._context.workspace, self._paper) if self._paper else ""

    def _is_pack_in_force(self) -> bool:
        with self._context.workspace.read() as connection:
            return any(paper.id == self._paper for paper in packs_in_force(connection, self._context.project.id))

    # -- acts ---------------------------------------------------------------------------------------------------------

    @Slot()
    def _open(self) -> None:
        workspace, paper = self._context.workspace, self._paper
        self._context.run_job(
            tr("Opening the PDF"), lambda progress: paper_to_open(workspace, paper, progress), done=self._show_pdf
        )

    @Slot(object)
    def _show_pdf(self, path: Path) -> None:
        if not open_file(path):
            self._context.tell(tr("No program of this computer opens “{name}”. Save it instead.", name=path.name))

    def _ask_where(self, save: Callable[[Path], None]) -> None:
        name = self._context.act(lambda: pdf_name(self._context.workspace, self._paper))
        if name is None:
            return
        dialog = QFileDialog(self, tr("Save the PDF as"), str(documents_folder() / name))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.fileSelected.connect(lambda path: save(Path(path)))
        self._show(dialog)

    def save_to(self, target: Path) -> None:
        """Write the PDF of the paper, byte for byte as it was issued."""
        workspace, paper = self._context.workspace, self._paper

        def saved(path: Path, again: bool) -> None:
            sentence = tr("Saved as {file}.", file=str(path))
            if again:
                sentence += " " + tr("The kept PDF is lost; it was printed again and is the same.")
            self._context.tell(sentence)

        write_file(
            self._context, self, target, lambda path, progress: save_paper(workspace, paper, path, progress), saved
        )

    def save_marked(self, target: Path) -> None:
        """Write a copy that says on each page by what the paper is superseded."""
        workspace, paper = self._context.workspace, self._paper

        def saved(path: Path, _again: bool) -> None:
            self._context.tell(tr("Saved as {file}; each page says that it is superseded.", file=str(path)))

        write_file(
            self._context, self, target,
            lambda path, progress: save_paper(workspace, paper, path, progress, marked=True), saved,
        )  # fmt: skip

    @Slot()
    def _sign(self) -> None:
        self._show(SignDialog(self._context, self._paper, self.window()))

    @Slot()
    def _ask_which(self) -> None:
        dialog = QFileDialog(self, tr("Signed copy"), str(documents_folder()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([tr("PDFs and pictures ({endings})", endings="*.pdf *.png *.jpg *.jpeg *.tif *.tiff"),
                               tr("All files (*)")])  # fmt: skip
        dialog.fileSelected.connect(lambda path: self.take_signed(Path(path)))
        self._show(dialog)

    def take_signed(self, file: Path) -> None:
        """Keep the signed copy of the paper with it."""
        workspace, paper = self._context.workspace, self._paper
        self._context.run_job(
            tr("Taking in the signed copy"),
            lambda progress: (paper, take_signed(workspace, paper, file, progress=progress)),
            done=self._tell_taken,
        )

    @Slot(object)
    def _tell_taken(self, answer: tuple[str, CameBack]) -> None:
        paper, taken = answer
        self._context.changed.emit(frozenset({"signed_copy", "attachment"}))
        if paper == self._paper:
            self.verdict.setText("\n".join(taken.sentences))

    @Slot()
    def _verify(self) -> None:
        workspace, paper = self._context.workspace, self._paper
        self._context.run_job(
            tr("Comparing with what was issued"),
            lambda progress: (paper, verify_paper(workspace, paper, progress)),
            done=self._tell_verdict,
        )

    @Slot(object)
    def _tell_verdict(self, answer: tuple[str, PaperVerdict]) -> None:
        paper, verdict = answer
        if paper == self._paper:
            role(self.verdict, "secondary" if verdict.ok else "error")
            self.verdict.style().unpolish(self.verdict)
            self.verdict.style().polish(self.verdict)
            self.verdict.setText(str(verdict))

    @Slot()
    def _issue_next(self) -> None:
        dialog = PackDialog(self._context, self.window())
        dialog.choose_issue(self._paper)
        self._show(dialog)

    def _show(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.open()
