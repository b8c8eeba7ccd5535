"""The dialog that writes a paper of knowledge as a draft, or issues it under the next number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QWidget

from handover.i18n import tr
from handover.model.project import Project
from handover.pack.chapters.knowledge import PlanWanted, issue_plan, of_row, write_plan
from handover.pack.issuing import Paper
from handover.pack.knowing.interview_guide import issue_guide, write_guide
from handover.pack.knowing.verification_sheet import issue_sheets, write_sheets
from handover.store.workspace import Workspace
from handover.wording import Language
from ui.shell.form import FieldBox
from ui.shell.page import Context
from ui.transfer.into_file import PaperDialog


@dataclass(frozen=True, slots=True)
class KnowledgePaper:
    """A paper: what it is called, what it is for, and how it is written and issued."""

    title: str
    lead: str
    name: str
    write: Callable[[Workspace, Project, Path, Language], None]
    issue: Callable[[Workspace, Project, Language], Paper]


class KnowledgePaperDialog(PaperDialog):
    """Asks whether it is a draft or issued, in which language, and where to."""

    def __init__(self, context: Context, paper: KnowledgePaper, parent: QWidget) -> None:
        super().__init__(context, paper.title, paper.lead, parent)
        self._paper = paper
        self.purpose = QComboBox(self)
        self.purpose.addItem(tr("A draft, as a file"), False)
        if not context.read_only:
            self.purpose.addItem(tr("Issued under the next number, and kept"), True)
        self.fields.addWidget(FieldBox(tr("What for"), self.purpose))
        self.ask_paper(f"{context.project.code} {paper.name}")
        self.purpose.currentIndexChanged.connect(self._turn)
        self.purpose.setFocus()

    @property
    def issued(self) -> bool:
        """Whether it is to be issued."""
        return bool(self.purpose.currentData())

    def verb(self) -> str:
        return tr("Issue") if self.issued else super().verb()

    def targets(self) -> Sequence[Path]:
        return () if self.issued else super().targets()

    def write(self) -> None:
        if not self.issued:
            self.write_paper(self._paper.write)
            return
        workspace, code, issue = self.context.workspace, self.context.project.code, self._paper.issue
        language = self.chosen_language()
        self.work.run(
            tr("Issuing"), lambda _progress: issue(workspace, workspace.project(code), language),
            self._given_out, self.fail,
        )  # fmt: skip

    def _turn(self) -> None:
        self.of_file.setVisible(not self.issued)
        self.open_after.setVisible(not self.issued)
        self.forget_question()

    def _given_out(self, paper: Paper) -> None:
        self.accept()
        self.context.tell(tr("Issued {number} {title}.", number=paper.number, title=paper.title), undo=True)
        self.context.open_row("issued", paper.id)


def plan_paper(context: Context, table: str = "", key: str = "") -> KnowledgePaper:
    """The knowledge-transfer plan of a person or a system, or of the whole project."""
    asked = PlanWanted()
    if key:
        with context.workspace.read() as connection:
            asked = of_row(connection, table, key)
    of = tr("Of {name}.", name=asked.name) if asked.name else tr("Of the whole project.")
    return KnowledgePaper(
        tr("Knowledge-transfer plan"),
        tr("Who passes what to whom, until when, in which sessions, with places to sign. {of}", of=of),
        f"{tr('Knowledge-transfer plan')} {asked.name}".strip(),
        lambda workspace, project, path, language: write_plan(workspace, project, asked, path, language),
        lambda workspace, project, language: issue_plan(workspace, project, asked, language),
    )


def sheet_paper(receivers: Sequence[str]) -> KnowledgePaper:
    """The verification sheets of receivers."""
    keys = list(receivers)
    return KnowledgePaper(
        tr("Verification sheets"),
        tr("A page for each receiver, to be filled in and signed on paper. Type them back afterwards."),
        tr("Verification sheets"),
        lambda workspace, project, path, language: write_sheets(workspace, project, keys, path, language),
        lambda workspace, project, language: issue_sheets(workspace, project, keys, language),
    )


def guide_paper(context: Context, person: str) -> KnowledgePaper:
    """The interview guide of a holder."""
    with context.workspace.read() as connection:
        name = of_row(connection, "person", person).name
    return KnowledgePaper(
        tr("Interview guide"),
        tr("Questions about each item that {name} holds, with room for the answers. Type them back afterwards.",
           name=name),
        f"{tr('Interview guide')} {name}",
        lambda workspace, project, path, language: write_guide(workspace, project, person, path, language),
        lambda workspace, project, language: issue_guide(workspace, project, person, language),
    )  # fmt: skip


def ask_paper(context: Context, made: Callable[[], KnowledgePaper], over: QWidget) -> None:
    """Open the dialog of a paper; say why there is none."""
    paper = context.act(made)
    if paper is not None:
        KnowledgePaperDialog(context, paper, over.window()).open()
