"""The imports of a project: file, when, by whom, how many rows came to what, and the verdict of each row."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from handover.exchange.dry_run.verdict import outcome_name
from handover.exchange.importing.reports import PastImport, past_imports, report_lines, row_of
from handover.exchange.programs.recognise import Origin
from handover.exchange.rows.outcome import OUTCOMES
from handover.i18n import N_, tr
from handover.registers.catalogue import register
from handover.store import undo_label
from handover.store.history import act_near
from handover.values import shown
from ui.shell.dialog import Dialog
from ui.shell.page import Context
from ui.theme import tokens
from ui.theme.icons import icon
from ui.theme.style import role
from ui.theme.tokens import SPACE
from ui.transfer.notice import NoticeBox
from ui.transfer.wizard.row_list import DoneRow, RowList

_COLUMNS = (N_("When"), N_("File"), N_("Register"), N_("Who"), N_("Rows"))


class ReportsDialog(Dialog):
    """Lists the imports of the project in hand; the rows of the chosen one stand below."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Import reports"))
        self.resize(1040, 700)
        self.context = context
        with context.workspace.read() as connection:
            self.imports = past_imports(connection, context.project.id)
        self.list = QTableWidget(len(self.imports), len(_COLUMNS), self)
        self.facts = QLabel(self)
        self.notice = NoticeBox(self)
        self.rows = RowList(self)
        self.rows.opened.connect(self._open)
        self._build()
        self._fill()
        self.list.currentCellChanged.connect(lambda *_: self._show())
        if self.imports:
            self.list.setCurrentCell(0, 0)
        else:
            self.notice.say(tr("Nothing was imported into this project yet. Import a file to see its report here."))
            self.list.hide()
            self.rows.hide()

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE * 6, SPACE * 5, SPACE * 6, SPACE * 5)
        whole.setSpacing(SPACE * 3)
        heading = QLabel(tr("Import reports"), self)
        role(heading, "title")
        whole.addWidget(heading)
        whole.addWidget(self.notice)
        split = QSplitter(Qt.Orientation.Vertical, self)
        below = QWidget(split)
        column = QVBoxLayout(below)
        column.setContentsMargins(0, SPACE * 3, 0, 0)
        column.setSpacing(SPACE * 2)
        role(self.facts, "secondary")
        self.facts.setWordWrap(True)
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self.facts)
        column.addWidget(self.rows, 1)
        split.addWidget(self.list)
        split.addWidget(below)
        split.setStretchFactor(1, 1)
        split.setSizes([200, 420])
        whole.addWidget(split, 1)
        foot = QHBoxLayout()
        self.undo = QPushButton(tr("Undo import"), self)
        self.undo.setIcon(icon("undo-2"))
        self.undo.setAutoDefault(False)
        self.undo.setVisible(bool(self.imports) and not self.context.read_only)
        self.undo.clicked.connect(self._undo)
        foot.addWidget(self.undo)
        foot.addStretch(1)
        self.leave = QPushButton(tr("Close"), self)
        self.leave.clicked.connect(self.accept)
        foot.addWidget(self.leave)
        whole.addLayout(foot)

    def _fill(self) -> None:
        table = self.list
        table.setAccessibleName(tr("Imports of this project"))
        table.setHorizontalHeaderLabels([tr(name) for name in _COLUMNS])
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(tokens.ROW)
        head = table.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place, each in enumerate(self.imports):
            cells = (moment(each.at), each.file, _registers(each), each.who, _counts(each))
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                table.setItem(place, column, item)
        for column, wide in enumerate((150, 240, 200, 110)):
            table.setColumnWidth(column, wide)
        head.setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)

    def _show(self) -> None:
        at = self.list.currentRow()
        if not 0 <= at < len(self.imports):
            return
        each = self.imports[at]
        origin = Origin(each.origin).label
        self.facts.setText(
            tr("{file}, sheet {sheet}: {origin}. SHA-256 {sum}", file=each.file, sheet=each.sheet, origin=origin,
               sum=each.sha256)
            if each.sheet
            else tr("{file}: {origin}. SHA-256 {sum}", file=each.file, origin=origin, sum=each.sha256)
        )  # fmt: skip
        with self.context.workspace.read() as connection:
            lines = report_lines(connection, each.id)
        self.rows.show_rows([DoneRow(n.row, n.outcome, n.ref, n.reason, n.ref, n.sheet) for n in lines])

    def _undo(self) -> None:
        """Take the chosen import back, or say why that can't be done now."""
        each = self.imports[self.list.currentRow()]
        act = act_near(self.context.workspace, self.context.project.id, "import", each.at)
        step = undo_label(self.context.workspace)
        if act is not None and act.undone:
            self.notice.say(tr("This import was undone before."), "info")
        elif step is None or act is None or step.number != act.number:
            self.notice.say(
                tr("Other things were changed after the import. Undo them first, then the import."), "warning"
            )
        else:
            self.context.undo(then=self._was_undone)

    def _was_undone(self) -> None:
        self.notice.say(tr("The import was undone: the project is as it was before."), "info")

    def _open(self, ref: str) -> None:
        each = self.imports[self.list.currentRow()]
        # A reference starts with the letters of its register.
        target = next(r for r in map(register, each.registers) if ref.startswith(f"{r.model.prefix}-"))
        with self.context.workspace.read() as connection:
            key = row_of(connection, target, self.context.project.id, ref)
        if key is None:
            self.notice.say(tr("{ref} is no longer in the register; perhaps it lies in the bin.", ref=ref), "warning")
            return
        self.accept()
        self.context.open_row(target.key, key)


def moment(at: str) -> str:
    """A moment of the change log in the time of this computer."""
    return shown.told_moment(at)


def _registers(each: PastImport) -> str:
    return tr(", ").join(register(key).label for key in each.registers)


def _counts(each: PastImport) -> str:
    return tr(", ").join(
        tr("{name} {n}", name=outcome_name(o), n=f"{each.rows[o]:,}") for o in OUTCOMES if each.rows.get(o)
    )
