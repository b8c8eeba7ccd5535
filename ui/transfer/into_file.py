"""Dialogs that write one file, which is asked for as the last field, and its folder remembered once it is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from handover.file_names import safe_name
from handover.i18n import tr
from handover.model.project import Project
from handover.pack.produce import language_of
from handover.pack.single.by_ending import refuse_other_endings
from handover.store.workspace import Workspace
from handover.wording import Language
from ui.shell.form import FieldBox
from ui.transfer.writing import FOLDER, LanguageBox, PathField, WritingDialog, last_folder

#: In which language somebody wrote papers and forms last.
LANGUAGE = "forms/language"


class FileDialog(WritingDialog):
    """What the dialogs that write one file have in common; a subclass makes the field for it."""

    file: PathField

    def verb(self) -> str:
        return tr("Write")

    def place(self) -> PathField:
        return self.file

    def say_written(self, sentence: str) -> None:
        """Say what was written, and offer the folder the next time."""
        self.context.settings.put(FOLDER, str(self.file.path().parent))
        self.show_written(sentence, [self.file.path()])


class PaperDialog(FileDialog):
    """Writes a paper as PDF or workbook, in a language that is asked for and remembered."""

    def ask_paper(self, name: str, *more: QWidget) -> None:
        """Ask for language and file, and for more between them, as the last fields of the form.

        Args:
            name: what the file is called at first, without an ending.
        """
        self.language = LanguageBox(self, str(self.context.settings.get(LANGUAGE, "both")))
        self.file = PathField(tr("File"), last_folder(self.context) / f"{safe_name(name)}.pdf", folder=False)
        self.file.edit.textChanged.connect(self.forget_question)
        self.of_file = FieldBox(tr("File"), self.file)
        for each in (FieldBox(tr("Language"), self.language), *more, self.of_file):
            self.fields.addWidget(each)
        self.offer_folder()
        self.forget_question()

    def targets(self) -> Sequence[Path]:
        path = self.file.path()
        refuse_other_endings(path)
        return (path,)

    def chosen_language(self) -> Language:
        """The language of the paper, which is offered the next time."""
        self.context.settings.put(LANGUAGE, str(self.language.currentData()))
        return language_of(str(self.language.currentData()))

    def write_paper(self, write: Callable[[Workspace, Project, Path, Language], None]) -> None:
        """Start the job that writes it."""
        workspace, code = self.context.workspace, self.context.project.code
        target, language = self.file.path(), self.chosen_language()

        def work(_progress: object) -> int:
            write(workspace, workspace.project(code), target, language)
            return 1

        said = tr("Wrote {file}.", file=target.name)
        self.work.run(tr("Writing {file}", file=target.name), work, lambda _files: self.say_written(said), self.fail)
