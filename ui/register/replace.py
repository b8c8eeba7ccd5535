"""Find and replace in the rows that are shown: every cell is seen before and after, and all change in one step."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from handover.errors import Cancelled
from handover.i18n import tr, trn
from handover.jobs import Progress
from handover.registers.acts.replacing_text import Replacement, found, replace_all
from handover.registers.declare import Field, Register
from handover.registers.query import Query
from ui.shell.dialog import Dialog
from ui.shell.jobs import Job
from ui.shell.page import Context
from ui.theme import tokens
from ui.theme.style import role
from ui.theme.tokens import SPACE

_LISTED, _PAUSE_MS = 500, 150
_REF, _COLUMN, _BEFORE, _AFTER = range(4)


class ReplaceDialog(Dialog):
    """Asks what is to be replaced with what, shows each cell, and does it.

    Args:
        query: the rows that are shown.
        fields: the columns that are shown.
        old: what stands in the line to begin with, such as what the quick filter looks for.
    """

    def __init__(
        self,
        context: Context,
        register: Register,
        query: Query,
        fields: Sequence[Field],
        old: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Replace in {register}", register=register.label))
        self._context, self._register, self._query, self._fields = context, register, query, fields
        self.cells: list[Replacement] = []
        self._asked = 0
        self._looking: Job | None = None
        self.old, self.new = QLineEdit(old, self), QLineEdit(self)
        self.as_written = QCheckBox(tr("Capital and small letters differ"), self)
        self.said = QLabel(" ", self)
        self.said.setWordWrap(True)
        role(self.said, "secondary")
        self.table = QTableWidget(0, 4, self)
        self.table.setHorizontalHeaderLabels([tr("Row"), tr("Column"), tr("Before"), tr("After")])
        self.table.setAccessibleName(tr("What would change"))
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setStretchLastSection(True)
        for column, width in ((_REF, 90), (_COLUMN, 120), (_BEFORE, 260)):
            self.table.setColumnWidth(column, width)
        self._lay_out()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.look)
        for line in (self.old, self.new):
            line.textChanged.connect(self._later)
        self.as_written.toggled.connect(self._later)
        self.resize(780, 520)
        self.look()
        self.old.selectAll()
        self.old.setFocus()

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE * 5, SPACE * 5, SPACE * 5, SPACE * 4)
        whole.setSpacing(SPACE * 3)
        lines = QGridLayout()
        lines.setSpacing(SPACE * 2)
        for at, (name, line) in enumerate(((tr("Find"), self.old), (tr("Replace with"), self.new))):
            label = QLabel(name, self)
            label.setBuddy(line)
            line.setAccessibleName(name)
            lines.addWidget(label, at, 0)
            lines.addWidget(line, at, 1)
        lines.addWidget(self.as_written, 2, 1)
        whole.addLayout(lines)
        whole.addWidget(self.said)
        whole.addWidget(self.table, 1)
        self.go = QPushButton(tr("Replace"), self)
        self.go.clicked.connect(self.replace)
        whole.addLayout(self.cancel_or(self.go))

    def _later(self) -> None:
        self.go.setEnabled(False)  # what it would do isn't shown yet
        self._pause.start()

    def look(self) -> None:
        """Look for what is typed, beside the window, and show what would become of it."""
        self._pause.stop()
        self._asked += 1
        asked, workspace, project = self._asked, self._context.workspace, self._context.project.id
        register, query, fields = self._register, self._query, self._fields
        old, new, as_written = self.old.text(), self.new.text(), self.as_written.isChecked()

        def work(progress: Progress) -> list[Replacement]:
            with workspace.read() as connection:
                return found(
                    connection, register, project, query, fields, old, new, as_written=as_written, progress=progress
                )

        def show(cells: list[Replacement]) -> None:
            if isValid(self) and asked == self._asked:
                self.cells = cells
                self._show()

        if self._looking is not None and isValid(self._looking):
            self._looking.cancel()  # what is typed now is something else
        if not old:
            show([])
            return
        self.said.setText(tr("Looking for “{text}”…", text=old))
        self._looking = self._context.run_job(
            tr("Looking for “{text}”", text=old), work, done=show, failed=self._not_found, background=True
        )

    def _not_found(self, error: BaseException) -> None:
        if not isinstance(error, Cancelled):  # as what is typed now is something else
            self._context.complain(error)

    def replace(self) -> None:
        """Change all cells that can be, in one step."""
        workspace, project, register = self._context.workspace, self._context.project.id, self._register
        cells, old, new = self.cells, self.old.text(), self.new.text()

        def work(_progress: Progress) -> int:
            return replace_all(workspace, register, project, cells, old, new)

        def done(n: int) -> None:
            self._context.tell(trn("{n} cell changed.", "{n} cells changed.", n), undo=True)

        self.accept()
        self._context.run_job(tr("Changing cells"), work, done=done)

    def _show(self) -> None:
        able = [cell for cell in self.cells if not cell.against]
        left = len(self.cells) - len(able)
        places, rows = sum(cell.places for cell in able), len({cell.row_id for cell in able})
        said = tr("{places} in {rows} of the rows shown.", places=trn("{n} place", "{n} places", places), rows=rows)
        if left:
            said += " " + trn("{n} cell can't be changed.", "{n} cells can't be changed.", left)
        if len(self.cells) > _LISTED:
            said += " " + tr("The first {n} are listed.", n=_LISTED)
        self.said.setText(said if self.old.text() else tr("Looks in the texts of the rows and columns that are shown."))
        self.go.setEnabled(bool(able) and not self._context.read_only)
        listed = sorted(self.cells, key=lambda cell: bool(cell.against))[:_LISTED]  # what changes comes first
        self.table.setRowCount(len(listed))
        for at, cell in enumerate(listed):
            after = cell.against or cell.after
            for column, text in enumerate((cell.ref, cell.field.label, cell.before, after)):
                item = QTableWidgetItem(" ".join(text.split()))
                item.setToolTip(text[:2000])
                if column == _AFTER:
                    item.setForeground(tokens.colour("danger" if cell.against else "text"))
                self.table.setItem(at, column, item)
