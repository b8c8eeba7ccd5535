"""The dialog that writes a sheet of readings or the chain of a parameter as a file, and issuing either."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QWidget

from handover.file_names import safe_name
from handover.i18n import tr
from handover.jobs import Progress
from handover.model.project import Project
from handover.pack.issuing import Paper
from handover.pack.outline import PackOutline
from handover.pack.produce import language_of
from handover.pack.single.by_ending import refuse_other_endings, write_outline
from handover.store.workspace import Workspace
from handover.wording import Language
from ui.shell.form import FieldBox
from ui.shell.page import Context
from ui.transfer.writing import FOLDER, LanguageBox, PathField, WritingDialog, last_folder

_LANGUAGE = "forms/language"
#: Makes the outline of what is written; the last argument is whether what was read is left out.
Outline = Callable[[Workspace, Project, Language, bool], PackOutline]


class AcceptancePaperDialog(WritingDialog):
    """Asks where to, in which language, and for a sheet whether it is to be filled in by hand."""

    def __init__(
        self, context: Context, title: str, lead: str, name: str, outline: Outline, *, blank: bool, parent: QWidget
    ) -> None:
        super().__init__(context, title, lead, parent)
        self._outline = outline
        self.language = LanguageBox(self, str(context.settings.get(_LANGUAGE, "both")))
        self.file = PathField(tr("File"), last_folder(context) / f"{safe_name(name)}.pdf", folder=False)
        self.file.edit.textChanged.connect(self.forget_question)
        self.blank = QCheckBox(tr("To be filled in by hand, without what was read so far"), self)
        self.blank.setVisible(blank)
        self.fields.addWidget(FieldBox(tr("Language"), self.language))
        self.fields.addWidget(self.blank)
        self.fields.addWidget(FieldBox(tr("File"), self.file))
        self.offer_folder()
        self.forget_question()

    def verb(self) -> str:
        return tr("Write")

    def targets(self) -> Sequence[Path]:
        path = self.file.path()
        refuse_other_endings(path)
        return (path,)

    def write(self) -> None:
        context, target, blank = self.context, self.file.path(), self.blank.isChecked()
        language = language_of(str(self.language.currentData()))
        workspace, code = context.workspace, context.project.code
        context.settings.put(_LANGUAGE, str(self.language.currentData()))

        def work(_progress: object) -> int:
            write_outline(self._outline(workspace, workspace.project(code), language, blank), target)
            return 1

        self.work.run(tr("Writing {file}", file=target.name), work, self._written, self.fail)

    def _written(self, _files: int) -> None:
        self.context.settings.put(FOLDER, str(self.file.path().parent))
        self.show_written(tr("Wrote {file}.", file=self.file.path().name), [self.file.path()])


def issue_paper(context: Context, what: str, issue: Callable[[Workspace, Project], Paper]) -> None:
    """Issue a paper as a job, and show it among the issued ones.

    Args:
        what: what the job is called while it goes on.
    """
    workspace, code = context.workspace, context.project.code

    def work(_progress: Progress) -> Paper:
        return issue(workspace, workspace.project(code))

    def issued(paper: Paper) -> None:
        context.tell(tr("{number}, edition {edition}, is issued.", number=paper.number, edition=paper.edition))
        context.open_row("issued", paper.id)

    context.run_job(what, work, done=issued)
