"""Count, sum and average of what is selected, for the status bar."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from handover.i18n import tr, trn
from handover.registers import show
from handover.registers.declare import Field
from ui.register.grid.table import RegisterTable
from ui.shell.page import Context

#: More cells than these are summed in a thread.
_AT_ONCE = 5_000


class Sums(QObject):
    """Says what a selection comes to; one column of numbers is summed, several are counted.

    Signals:
        changed: the sentence.
    """

    changed = Signal(str)

    def __init__(self, context: Context, table: RegisterTable, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._table = table
        self._model = table.rows
        self._round = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._sum)
        table.selectionModel().selectionChanged.connect(self.refresh)

    @Slot()
    def refresh(self, *_: object) -> None:
        """Sum again, once the selection rests."""
        self._round += 1
        self._timer.start(0)

    def _sum(self) -> None:
        rows, columns = self._table.block()
        fields = [self._model.fields[c] for c in columns if c < len(self._model.fields)]
        rows = [r for r in rows if r < self._model.rowCount()] if len(rows) <= _AT_ONCE else rows
        if len(rows) < 2 and len(fields) < 2:
            self.changed.emit("")
            return
        counted = trn("{n} row selected", "{n} rows selected", len(rows))
        numeric = [f for f in fields if f.numeric]
        if len(numeric) != 1 or not self._model.rowCount() or rows[-1] >= self._model.rowCount():
            self.changed.emit(counted)
            return
        field, now, numbers = numeric[0], self._round, self._model.numbers(rows)
        if len(rows) <= _AT_ONCE:
            self.changed.emit(self._said(counted, field, self._values(numbers, field)))
            return
        self.changed.emit(counted)

        self._context.run_job(
            tr("Adding up"),
            lambda _progress: (now, counted, field, self._values(numbers, field)),
            done=self._tell,
            background=True,
        )

    @Slot(object)
    def _tell(self, answer: tuple[int, str, Field, list[float]]) -> None:
        asked, counted, field, values = answer
        if asked == self._round:
            self.changed.emit(self._said(counted, field, values))

    def _values(self, numbers: Sequence[int], field: Field) -> list[float]:
        return [r.values[0] for r in self._model.fetch(numbers, (field,)) if r.values[0] is not None]

    def _said(self, counted: str, field: Field, values: list[float]) -> str:
        if not values:
            return counted
        mean = round(sum(values) / len(values), 2)
        average = field.kind.mean(field, mean)
        if not field.kind.summable:
            return tr("{counted} · average {average}", counted=counted, average=average)
        total = show.text(field, sum(values))
        return tr("{counted} · sum {total} · average {average}", counted=counted, total=total, average=average)
