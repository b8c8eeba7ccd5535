"""The dialog that writes a comment sheet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from handover.i18n import tr, trn
from handover.pack.comment_sheet import SheetOf, sheet_of, write_comment_sheet
from handover.registers.declare import Register
from ui.register.own_acts import OwnAct
from ui.shell.form import FieldBox
from ui.shell.page import Context
from ui.transfer.writing import FOLDER, LanguageBox, PathField, WritingDialog, last_folder


def comment_sheet_act(context: Context, register: Register) -> OwnAct:
    """Write the comments of a row into a workbook."""

    def ask(ids: Sequence[str], over: QWidget) -> None:
        if len(ids) != 1:
            context.tell(tr("Choose one row: a comment sheet is of one revision."))
            return

        def look() -> SheetOf:
            with context.workspace.read() as connection:
                return sheet_of(connection, register, ids[0])

        found = context.act(look)
        if found is not None:
            CommentSheetDialog(context, found, over.window()).open()

    return OwnAct(tr("Comment sheet…"), "file-spreadsheet", ask, writes=False)


class CommentSheetDialog(WritingDialog):
    """Writes the comments on a revision into a workbook that is filled in and imported again."""

    def __init__(self, context: Context, sheet: SheetOf, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            tr("Comment sheet"),
            trn(
                "{n} comment on {revision}. Import the sheet when it comes back: what was filled in comes as changes, "
                "and only who raised a comment closes it.",
                "{n} comments on {revision}. Import the sheet when it comes back: what was filled in comes as changes, "
                "and only who raised a comment closes it.",
                sheet.comments,
                revision=sheet.name,
            ),
            parent,
        )
        self._sheet = sheet
        name = tr("Comments {revision}", revision=sheet.name)
        self.file = PathField(tr("File"), last_folder(context) / f"{name}.xlsx", folder=False)
        self.language = LanguageBox(self)
        self.fields.addWidget(FieldBox(tr("File"), self.file))
        self.fields.addWidget(FieldBox(tr("Language of the file"), self.language))
        self.offer_folder()
        self.file.edit.textChanged.connect(self.forget_question)
        self.forget_question()
        self.file.setFocus()

    def verb(self) -> str:
        return tr("Write")

    def targets(self) -> Sequence[Path]:
        return [self.file.path()]

    def place(self) -> PathField:
        return self.file

    def write(self) -> None:
        context, path, sheet = self.context, self.file.path(), self._sheet
        workspace, language = context.workspace, self.language.currentData()
        project = workspace.project(context.project.code)
        self.work.run(
            tr("Writing the comment sheet"),
            lambda progress: write_comment_sheet(workspace, project, sheet, path, language=language, progress=progress),
            lambda n: self._written(n, path),
            self.fail,
        )

    def _written(self, n: int, path: Path) -> None:
        self.context.settings.put(FOLDER, str(path.parent))
        self.show_written(trn("{n} comment is written.", "{n} comments are written.", n), [path])
