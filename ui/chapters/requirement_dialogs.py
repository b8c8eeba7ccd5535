"""Dialogs of what must be delivered: which template is taken, and which documents would be listed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from handover.i18n import tr, trn
from handover.jobs import Progress
from handover.model.documents.expected import ExpectedChanges
from handover.registers.requiring.listing import list_expected, look_ahead
from handover.registers.requiring.taking_over import TakenOver, take_template
from handover.registers.requiring.templates import requirement_template, requirement_templates
from ui.shell.dialog import Dialog
from ui.shell.form import FieldBox
from ui.shell.page import Context
from ui.theme.icons import icon
from ui.theme.style import role
from ui.theme.tokens import SPACE

_LISTED = 1_000


class TakeTemplateDialog(Dialog):
    """Asks for the industry and its milestones, and says what would come before it does."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Take a template"))
        self._context = context
        column = _column(self)
        column.addWidget(_said(self, tr("Take the requirements of an industry"), "lead"))
        column.addWidget(
            _said(
                self,
                tr("What the project has stays as it is. Afterwards all can be changed; one undo takes it back."),
                "secondary",
            )
        )
        self.choice = QComboBox(self)
        for each in requirement_templates():
            self.choice.addItem(each.label, each.key)
        column.addWidget(FieldBox(tr("Industry"), self.choice))
        self._group = QGroupBox(tr("Milestones for which documents are asked"), self)
        self._boxes = QVBoxLayout(self._group)
        self.milestones: dict[str, QCheckBox] = {}
        column.addWidget(self._group)
        self.told = _said(self, "", "small")
        self.source = _said(self, "", "secondary")
        column.addWidget(self.told)
        column.addWidget(self.source)
        column.addStretch(1)
        self.go = QPushButton(tr("Take them"), self)
        self.go.clicked.connect(self.take)
        column.addLayout(self.cancel_or(self.go))
        self.setMinimumWidth(480)
        self.choice.currentIndexChanged.connect(self._show_template)
        self._show_template()

    def _show_template(self) -> None:
        template = requirement_template(str(self.choice.currentData()))
        for box in self.milestones.values():
            self._boxes.removeWidget(box)
            box.deleteLater()
        self.milestones = {}
        for each in template.milestones:
            box = QCheckBox(each.label, self._group)
            box.setChecked(True)
            box.toggled.connect(self._look_ahead)
            self._boxes.addWidget(box)
            self.milestones[each.code] = box
        self.source.setText(tr("Source: {source}", source=template.source) if template.source else "")
        self.source.setVisible(bool(template.source))
        self._look_ahead()

    def _codes(self) -> list[str]:
        return [code for code, box in self.milestones.items() if box.isChecked()]

    @Slot()
    def _look_ahead(self) -> None:
        codes = self._codes()
        self.go.setEnabled(False)
        if not codes:
            self.told.setText(tr("Choose one milestone at least."))
            return
        workspace, project, key = self._context.workspace, self._context.project.id, str(self.choice.currentData())
        would = self._context.act(lambda: take_template(workspace, project, key, codes, dry_run=True))
        if would is None:
            return
        lines = [trn("{n} requirement would come.", "{n} requirements would come.", would.requirements)]
        if would.present:
            lines.append(trn("{n} is there already.", "{n} are there already.", would.present))
        if would.milestones:
            lines.append(trn("{n} milestone is new.", "{n} milestones are new.", would.milestones))
        if would.unsure:
            n = len(would.unsure)
            lines.append(trn("{n} Chinese name is to be reviewed; the notes say so.",
                             "{n} Chinese names are to be reviewed; the notes say so.", n))  # fmt: skip
        self.told.setText(" ".join(lines))
        self.told.setToolTip(tr(", ").join(would.unsure))
        self.go.setEnabled(would.requirements > 0)

    @Slot()
    def take(self) -> None:
        """Bring the requirements into the project."""
        context, codes, key = self._context, self._codes(), str(self.choice.currentData())
        workspace, project = context.workspace, context.project.id

        def work(_progress: Progress) -> TakenOver:
            return take_template(workspace, project, key, codes)

        def taken(done: TakenOver) -> None:
            said = trn("{n} requirement came.", "{n} requirements came.", done.requirements)
            context.tell(said + " " + tr("List the documents when the systems have their types."), undo=True)

        context.run_job(tr("Taking the template"), work, done=taken)
        self.accept()


class ListExpectedDialog(Dialog):
    """Shows which documents would be listed and which would go, before anything is stored."""

    def __init__(self, context: Context, changes: ExpectedChanges, parent: QWidget) -> None:
        super().__init__(parent.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("List the documents that are asked for"))
        self._context, self._changes = context, changes
        column = _column(self)
        new, gone = len(changes.new), len(changes.gone)
        column.addWidget(
            _said(self, trn("{n} document would be listed.", "{n} documents would be listed.", new), "lead")
        )
        lines = [trn("{n} is listed already.", "{n} are listed already.", changes.listed)]
        if gone:
            lines.append(
                trn("{n} of which nothing has come isn't asked for any more, or another one came in its place: it goes "
                    "into the bin.",
                    "{n} of which nothing has come aren't asked for any more, or others came in their place: they go "
                    "into the bin.", gone)
            )  # fmt: skip
        if not new and not gone:
            lines.append(tr("Everything that is asked for is listed."))
        column.addWidget(_said(self, " ".join(lines), "secondary"))
        self.table = self._list()
        column.addWidget(self.table, 1)
        self.go = QPushButton(tr("List them"), self)
        self.go.setEnabled(bool(new or gone))
        self.go.clicked.connect(self.store)
        column.addLayout(self.cancel_or(self.go))
        self.resize(760, 480)

    @classmethod
    def ask(cls, context: Context, over: QWidget) -> None:
        """Look ahead, and show what would happen."""
        workspace, project = context.workspace, context.project.id

        def work(_progress: Progress) -> ExpectedChanges:
            return look_ahead(workspace, project)

        context.run_job(tr("Looking what is asked for"), work, done=lambda found: cls(context, found, over).open())

    def _list(self) -> QTableWidget:
        lines = [(each.title, each.ref, True) for each in self._changes.gone]
        lines += [(str(each["title"]), "", False) for each in self._changes.new]
        table = QTableWidget(min(len(lines), _LISTED), 2, self)
        table.setHorizontalHeaderLabels([tr("Document"), tr("What happens")])
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setAccessibleName(tr("Documents that would be listed"))
        table.setShowGrid(False)
        table.verticalHeader().hide()
        for at, (title, ref, goes) in enumerate(lines[:_LISTED]):
            name = QTableWidgetItem(f"{ref} {title}".strip())
            name.setToolTip(title)
            what = QTableWidgetItem(tr("goes into the bin") if goes else tr("is listed"))
            what.setIcon(icon("trash-2", "warning") if goes else icon("plus", "ok"))
            table.setItem(at, 0, name)
            table.setItem(at, 1, what)
        table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.setColumnWidth(1, 180)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return table

    @Slot()
    def store(self) -> None:
        """List them, in one act."""
        context = self._context
        workspace, project = context.workspace, context.project.id

        def listed(done: ExpectedChanges) -> None:
            said = trn("{n} document is listed now.", "{n} documents are listed now.", len(done.new))
            if done.gone:
                said += " " + trn("{n} document went into the bin.", "{n} documents went into the bin.", len(done.gone))
            context.tell(said, undo=True)

        context.run_job(
            tr("Listing the documents"), lambda progress: list_expected(workspace, project, progress), done=listed
        )
        self.accept()


def _column(dialog: Dialog) -> QVBoxLayout:
    column = QVBoxLayout(dialog)
    column.setContentsMargins(SPACE * 5, SPACE * 5, SPACE * 5, SPACE * 4)
    column.setSpacing(SPACE * 3)
    return column


def _said(dialog: Dialog, sentence: str, name: str) -> QLabel:
    label = QLabel(sentence, dialog)
    label.setWordWrap(True)
    role(label, name)
    return label
