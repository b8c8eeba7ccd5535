"""The dialog that writes a sheet of readings or the chain of a parameter as a file, and issuing either."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QWidget

from handover.i18n import tr
from handover.jobs import Progress
from handover.model.project import Project
from handover.pack.issuing import Paper
from handover.pack.outline import PackOutline
from handover.pack.single.by_ending import write_outline
from handover.store.workspace import Workspace
from handover.wording import Language
from ui.shell.page import Context
from ui.transfer.into_file import PaperDialog

#: Makes the outline of what is written; the last argument is whether what was read is left out.
Outline = Callable[[Workspace, Project, Language, bool], PackOutline]


class AcceptancePaperDialog(PaperDialog):
    """Asks where to, in which language, and for a sheet whether it is to be filled in by hand."""

    def __init__(
        self, context: Context, title: str, lead: str, name: str, outline: Outline, *, blank: bool, parent: QWidget
    ) -> None:
        super().__init__(context, title, lead, parent)
        self._outline = outline
        self.blank = QCheckBox(tr("To be filled in by hand, without what was read so far"), self)
        self.blank.setVisible(blank)
        self.ask_paper(name, self.blank)

    def write(self) -> None:
        blank = self.blank.isChecked()
        self.write_paper(
            lambda workspace, project, path, language: write_outline(
                self._outline(workspace, project, language, blank), path
            )
        )


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
