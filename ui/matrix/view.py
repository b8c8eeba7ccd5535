"""A matrix with its filters, its legend, and a line that tells of the current cell: as a page or within one."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from handover.i18n import tr, trn
from handover.jobs import Progress
from handover.registers.declare import Register
from handover.registers.matrix.choices import BesideMatrix, beside_matrix
from handover.registers.matrix.declaration import Axis, LineCount, Matrix, MatrixFinding, MatrixHead
from handover.registers.matrix.filling import Place
from handover.registers.matrix.reading import HeadsWanted, MatrixReading, read_matrix, target_of
from handover.registers.query import Condition, Query
from ui.matrix.acts import MatrixActs
from ui.matrix.counts import CountsBelow, CountsBeside
from ui.matrix.grid import MatrixGrid
from ui.matrix.legend import MatrixLegend
from ui.matrix.model import MatrixModel
from ui.matrix.narrow_bar import NarrowBar
from ui.register.empty import EmptyState
from ui.shell.page import Context
from ui.theme.style import role
from ui.theme.tokens import SPACE

_TYPING_MS = 200

_Judged = tuple[int, MatrixReading, dict[str, list[MatrixFinding]], BesideMatrix]


class MatrixView(QWidget):
    """Shows and fills one matrix of the project.

    Args:
        where: conditions that narrow the heads down, such as those of one group; they can't be taken away here.

    Signals:
        shown: it was read and is shown.
    """

    shown = Signal()

    def __init__(
        self, context: Context, matrix: Matrix, parent: QWidget | None = None, *, where: tuple[Condition, ...] = ()
    ) -> None:
        super().__init__(parent)
        self.context = context
        self.matrix = matrix
        self._where = where
        self._asked = self._answered = 0
        self._return_to: Place | None = None
        self.model = MatrixModel(matrix, self)
        self.model.writable = not context.read_only and matrix.filled_in
        self.grid = MatrixGrid(self.model, self)
        self.acts = MatrixActs(context, self.grid)
        self._lay_out()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.timeout.connect(self.ask)
        for box in (self.rows_filter, self.columns_filter):
            box.textChanged.connect(lambda _text: self._typing.start(_TYPING_MS))
            box.returnPressed.connect(self.grid.setFocus)
        self.only_found.toggled.connect(self._show_only_found)
        self.acts.filled.connect(self._after_filling)
        self.narrow_bar.chosen.connect(self.ask)
        self.grid.moved.connect(self._tell_cell)
        self.model.judged.connect(self._tell_all)
        self.grid.cell_opened.connect(self._open_rows)
        self.grid.down.opened.connect(lambda n: self._open("down", self.model.rows[n]))
        self.grid.across.opened.connect(lambda n: self._open("across", self.model.columns[n]))
        self.empty.add_wanted.connect(self._begin)
        self.empty.import_wanted.connect(self.import_rows)
        self.empty.clear_wanted.connect(self.clear_filters)
        self.setFocusProxy(self.grid)

    # -- parts ------------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE * 2)
        bar = QHBoxLayout()
        bar.setSpacing(SPACE * 2)
        self.rows_filter = self._filter(tr("Filter {names}", names=self.matrix.down_field.label))
        self.columns_filter = self._filter(tr("Filter {names}", names=self.matrix.across_field.label))
        self.only_found = QPushButton(self)
        self.only_found.setCheckable(True)
        role(self.only_found, "view")
        self.only_found.setVisible(self.matrix.rules is not None)
        self.count = QLabel(self)
        role(self.count, "small")
        for part, stretch in ((self.rows_filter, 2), (self.columns_filter, 2), (self.only_found, 0)):
            bar.addWidget(part, stretch)
        bar.addStretch(1)
        bar.addWidget(self.count)
        column.addLayout(bar)
        self.narrow_bar = NarrowBar(self.matrix, self)
        column.addWidget(self.narrow_bar)
        self.legend = MatrixLegend(self)
        column.addWidget(self.legend)
        self.empty = EmptyState(self.matrix.icon, self)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self._with_counts())
        self.stack.addWidget(self.empty)
        column.addWidget(self.stack, 1)
        self.told = QLabel(self)
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setMinimumHeight(36)
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        role(self.told, "small")
        column.addWidget(self.told)

    def _with_counts(self) -> QWidget:
        """The table with the numbers below its columns and beside its rows, where the matrix has such."""
        self.counts: dict[Axis, CountsBelow | CountsBeside] = {}
        self.whole = QWidget(self)
        cells = QGridLayout(self.whole)
        cells.setContentsMargins(0, 0, 0, 0)
        cells.setSpacing(0)
        cells.addWidget(self.grid, 0, 0)
        if self.matrix.below is not None:
            self.counts["across"] = CountsBelow(self.grid, self.matrix.below.label, self.whole)
            cells.addWidget(self.counts["across"], 1, 0)
        if self.matrix.beside is not None:
            self.counts["down"] = CountsBeside(self.grid, self.matrix.beside.label, self.whole)
            cells.addWidget(self.counts["down"], 0, 1)
        return self.whole

    def _filter(self, words: str) -> QLineEdit:
        box = QLineEdit(self)
        box.setPlaceholderText(words)
        box.setAccessibleName(words)
        box.setClearButtonEnabled(True)
        return box

    # -- reading ----------------------------------------------------------------------------------------------------

    def narrow(self, where: tuple[Condition, ...]) -> None:
        """Show the heads down that meet other conditions."""
        self._where = where
        self.ask()

    def wanted(self) -> tuple[HeadsWanted, HeadsWanted]:
        """The heads that the filters leave."""
        down = Query(text=self.rows_filter.text().strip(), where=(*self._where, *self.narrow_bar.where("down")))
        across = Query(text=self.columns_filter.text().strip(), where=self.narrow_bar.where("across"))
        return HeadsWanted(down), HeadsWanted(across)

    @Slot()
    def ask(self) -> None:
        """Read it off the window's thread; only the latest answer is shown."""
        self._asked += 1
        number, matrix, wanted = self._asked, self.matrix, self.wanted()
        workspace, project = self.context.workspace, self.context.project.id

        def work(_progress: Progress) -> tuple[int, MatrixReading]:
            with workspace.read() as connection:
                return number, read_matrix(connection, matrix, project, *wanted)

        self.context.run_job(tr("Reading"), work, background=True).done.connect(self._take)

    @Slot(object)
    def _take(self, read: tuple[int, MatrixReading]) -> None:
        """Show the cells at once; what the rules find and the numbers at the lines follow."""
        number, reading = read
        if number != self._asked:
            return
        if not self.only_found.isChecked():  # else it is the rules that say which rows are shown
            self._show(reading, self.model.found)
        matrix, workspace, project = self.matrix, self.context.workspace, self.context.project.id

        def work(_progress: Progress) -> _Judged:
            with workspace.read() as connection:
                beside = beside_matrix(connection, matrix, project)
            return number, reading, {**reading.findings("down"), **reading.findings("across")}, beside

        self.context.run_job(tr("Reading"), work, background=True).done.connect(self._take_judged)

    @Slot(object)
    def _take_judged(self, judged: _Judged) -> None:
        number, reading, found, beside = judged
        if number != self._asked:
            return
        self._answered = number
        self.narrow_bar.offer(beside.choices)
        for axis, shown in self.counts.items():
            shown.show_counts(beside.counts.get(axis, {}))
        if self.only_found.isChecked():
            self._show(reading, found)
        else:
            self.model.show_found(found)
        self.shown.emit()

    def _show(self, reading: MatrixReading, found: dict[str, list[MatrixFinding]]) -> None:
        index = self.grid.currentIndex()
        place = self._return_to or (self.model.place(index) if index.isValid() else None)
        self._return_to = None
        bars = self.grid.horizontalScrollBar(), self.grid.verticalScrollBar()
        scrolled = [bar.value() for bar in bars]
        self.model.show_reading(reading, found)
        self.legend.show_reading(reading)
        self._show_empty(reading)
        self._go_back(place)
        for bar, value in zip(bars, scrolled, strict=True):
            bar.setValue(value)

    @Slot()
    def _after_filling(self) -> None:
        """What is being read just now may not hold what was filled in."""
        if self._answered != self._asked:
            self.ask()

    def _go_back(self, place: Place | None) -> None:
        if not self.model.rows or not self.model.columns:
            return
        rows = {head.id: n for n, head in enumerate(self.model.rows)}
        columns = {head.id: n for n, head in enumerate(self.model.columns)}
        down, across = place or ("", "")
        self.grid.go_to(rows.get(down, 0), columns.get(across, 0))

    def refresh(self, tables: frozenset[str]) -> None:
        """Rows of these tables changed: read again, unless it is what was filled in here."""
        concerned = {str(self.matrix.register.table.name), "pick"}
        concerned |= set(self.matrix.follows) | {
            field.target for field in (self.matrix.down_field, self.matrix.across_field)
        }
        if not self.acts.filling and (not tables or tables & concerned):
            self.ask()

    # -- filters ----------------------------------------------------------------------------------------------------

    def clear_filters(self) -> None:
        """Show all heads."""
        self.rows_filter.clear()
        self.columns_filter.clear()
        self.only_found.setChecked(False)
        if self.narrow_bar.narrowed:
            self.narrow_bar.clear()
            self.ask()

    @Slot(bool)
    def _show_only_found(self, wanted: bool) -> None:
        index = self.grid.currentIndex()
        place = self.model.place(index) if index.isValid() else None
        self.model.show_only_found(wanted)
        self._go_back(place)
        if self.model.reading is not None:
            self._show_empty(self.model.reading)

    def _show_empty(self, reading: MatrixReading) -> None:
        """Say what is missing and where to begin, instead of a table without cells."""
        typed = self.rows_filter.text() or self.columns_filter.text()
        narrowed = bool(typed or self.only_found.isChecked() or self.narrow_bar.narrowed)
        lacking = self._lacking(reading)
        if self.model.rows and self.model.columns:
            self.stack.setCurrentWidget(self.whole)
            self.setFocusProxy(self.grid)
            return
        first = not narrowed and not self.context.read_only
        if narrowed:
            self.empty.say(tr("Nothing fits what you filter by."), first_step=False, filtered=True)
        else:
            self.empty.say(tr(self._beginning(lacking).empty), first_step=first, filtered=False)
        self.stack.setCurrentWidget(self.empty)
        self.setFocusProxy(self.empty.clear if narrowed else self.empty.add if first else self.rows_filter)

    @staticmethod
    def _lacking(reading: MatrixReading) -> Axis:
        return "across" if reading.down else "down"

    @Slot()
    def _begin(self) -> None:
        """Go where the heads are entered that are missing."""
        if self.model.reading is not None:
            self.context.go(self._beginning(self._lacking(self.model.reading)).key)

    def _beginning(self, lacking: Axis) -> Register:
        """Where heads that are missing come from: their register, that of the cells where they are a pick list's."""
        linked = self.matrix.down_field if lacking == "down" else self.matrix.across_field
        return self.matrix.register if linked.pick else target_of(linked)

    def go_to_heads(self, axis: Axis) -> None:
        """Show the register of what stands down or across."""
        linked = self.matrix.down_field if axis == "down" else self.matrix.across_field
        self.context.go(target_of(linked).key)

    def import_rows(self) -> None:
        """Show the import wizard for the cells: it reads tables of one against the other, too."""
        from ui.transfer.wizard.import_wizard import ImportWizard

        wizard = ImportWizard(self.context, register=self.matrix.register.key)
        wizard.setParent(self.window(), wizard.windowFlags())
        wizard.open()

    def _open(self, axis: Axis, head: MatrixHead) -> None:
        linked = self.matrix.down_field if axis == "down" else self.matrix.across_field
        self.context.open_row(target_of(linked).key, head.id)

    @Slot()
    def _open_rows(self) -> None:
        """Show the rows behind the current cell of a matrix that nobody fills in."""
        index = self.grid.currentIndex()
        if self.matrix.filled_in or not index.isValid() or not self.model.values(index.row(), index.column()):
            return
        down, across = self.model.place(index)
        where = [[self.matrix.down, "is", [down]], [self.matrix.across, "is", [across]]]
        self.context.go(self.matrix.register.key, view="", where=where)

    # -- what it tells ----------------------------------------------------------------------------------------------

    @Slot()
    def _tell_all(self) -> None:
        reading = self.model.reading
        if reading is None:
            return
        filled = sum(map(len, reading.cells.values()))
        size = tr("{rows} × {columns}", rows=len(reading.down), columns=len(reading.across))
        cells = trn("{n} cell filled", "{n} cells filled", filled)
        if not self.matrix.filled_in:
            cells = trn("{n} cell in which something is asked", "{n} cells in which something is asked", filled)
        self.count.setText(f"{size} · {cells}")
        found = sum(head.id in self.model.found for head in reading.down)
        self.only_found.setText(trn("{n} row to settle", "{n} rows to settle", found))
        self._tell_cell()

    @Slot()
    def _tell_cell(self) -> None:
        """What stands in the current cell, in its row and in its column."""
        index, reading = self.grid.currentIndex(), self.model.reading
        if reading is None or not index.isValid() or index.row() >= len(self.model.rows):
            self.told.clear()
            return
        down, across = self.model.rows[index.row()], self.model.columns[index.column()]
        words = reading.letters.words(self.model.values(index.row(), index.column())) or tr("empty")
        lines = [tr("{down} / {across}: {words}", down=down.name, across=across.name, words=words)]
        if self.matrix.totals:
            lines[0] += f"   ·   {self._total(reading, 'down', down)}   ·   {self._total(reading, 'across', across)}"
        told = [self._count_of("down", down), self._count_of("across", across)]
        lines[0] += "".join(f"   ·   {each.told}" for each in told if each is not None and each.told)
        findings = (*self.model.found.get(down.id, ()), *self.model.found.get(across.id, ()))
        lines += [str(each.reason) for each in findings]
        self.told.setText("\n".join([lines[0], "  ".join(lines[1:])]))

    def _count_of(self, axis: Axis, head: MatrixHead) -> LineCount | None:
        shown = self.counts.get(axis)
        return shown.counts.get(head.id) if shown is not None else None

    def _total(self, reading: MatrixReading, axis: Axis, head: MatrixHead) -> str:
        totals = reading.totals(reading.line(axis, head))
        counts = " ".join(f"{letter} {count}" for letter, count in totals)
        if axis == "down":
            return tr("in the row: {counts}", counts=counts)
        return tr("in the column: {counts}", counts=counts)

    def state(self) -> dict[str, Any]:  # Any: what JSON can hold
        """The filters and the current cell."""
        index = self.grid.currentIndex()
        place = list(self.model.place(index)) if index.isValid() and index.row() < len(self.model.rows) else []
        return {
            "rows": self.rows_filter.text(),
            "columns": self.columns_filter.text(),
            "only_found": self.only_found.isChecked(),
            "narrowed": self.narrow_bar.state(),
            "place": place,
        }

    def restore(self, state: Any) -> None:  # Any: as above
        """Go where a state says."""
        for box, key in ((self.rows_filter, "rows"), (self.columns_filter, "columns")):
            if key in state:
                box.setText(str(state[key]))
        if isinstance(state.get("narrowed"), dict):
            self.narrow_bar.restore(state["narrowed"])
            self.ask()
        if "only_found" in state:
            self.only_found.setChecked(bool(state["only_found"]))
        place = state.get("place")
        if isinstance(place, list | tuple) and len(place) == 2:
            self._return_to = (str(place[0]), str(place[1]))
            self._go_back(self._return_to)
