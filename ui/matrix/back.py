"""What a workbook that comes back would change in a matrix, shown before anything is stored."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from handover.exchange.importing.matrix_changes import CellChange, MatrixBack
from handover.i18n import tr, trn
from ui.theme.icons import icon
from ui.theme.style import role
from ui.theme.tokens import SPACE

_LISTED = 500


class MatrixBackDialog(QDialog):
    """Lists the cells that were changed in Excel, those that both sides changed, and those that can't be taken.

    Signals:
        agreed: the ``MatrixBack`` is to be stored.
    """

    agreed = Signal(object)

    def __init__(self, back: MatrixBack, file: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._back = back
        self.setWindowTitle(tr("{matrix} from {file}", matrix=back.matrix.label, file=file))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 5, SPACE * 5, SPACE * 5, SPACE * 4)
        column.setSpacing(SPACE * 3)
        head = QLabel(trn("{n} cell will change.", "{n} cells will change.", len(back.changes)), self)
        role(head, "lead")
        column.addWidget(head)
        for count, sentence in (
            (len(back.conflicts), tr("Cells that were changed here as well stay as they are here.")),
            (len(back.refused), tr("What can't be read stays as it is.")),
        ):
            if count:
                column.addWidget(QLabel(sentence, self))
        column.addWidget(self._list(), 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        stop = QPushButton(tr("Change nothing"), self)
        stop.setAutoDefault(False)
        stop.clicked.connect(self.reject)
        buttons.addWidget(stop)
        self.go = QPushButton(trn("Change {n} cell", "Change {n} cells", len(back.changes)), self)
        self.go.setDefault(True)
        self.go.setEnabled(bool(back.changes))
        self.go.clicked.connect(self._agree)
        buttons.addWidget(self.go)
        column.addLayout(buttons)
        self.resize(820, 460)

    def _agree(self) -> None:
        self.agreed.emit(self._back)
        self.accept()

    def _list(self) -> QTableWidget:
        lines = self._lines()
        table = QTableWidget(min(len(lines), _LISTED), 5, self)
        table.setHorizontalHeaderLabels([tr("Row"), tr("Column"), tr("Here"), tr("Workbook"), tr("What happens")])
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setAccessibleName(tr("What the workbook would change"))
        table.setShowGrid(False)
        table.verticalHeader().hide()
        for at, (texts, wrong) in enumerate(lines[:_LISTED]):
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                if column == len(texts) - 1:
                    item.setIcon(icon("octagon-alert", "danger") if wrong else icon("check", "ok"))
                table.setItem(at, column, item)
        table.resizeColumnsToContents()
        for column in range(4):
            table.setColumnWidth(column, min(table.columnWidth(column), 150))
        table.horizontalHeader().setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return table

    def _lines(self) -> list[tuple[tuple[str, ...], bool]]:
        back = self._back
        lines: list[tuple[tuple[str, ...], bool]] = [
            ((each.address, "", "", each.text, each.reason), True) for each in back.refused
        ]
        if not set(map(id, back.conflicts)) & set(map(id, back.changes)):
            lines += [(_told(each, tr("was changed here, too: stays")), True) for each in back.conflicts]
        return lines + [(_told(each, tr("changes")), False) for each in back.changes]


def _told(change: CellChange, what: str) -> tuple[str, ...]:
    return change.down.name, change.across.name, change.before, change.after, what
