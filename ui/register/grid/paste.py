"""Pasting a block: what each cell would become, which are refused and why, shown before anything is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy import Connection

from handover.errors import HandoverError, NotValid, Reason, Refused
from handover.exchange.columns.date_doubts import which_year
from handover.i18n import N_, tr, trn
from handover.jobs import Progress, unattended, watched
from handover.registers import entry, show
from handover.registers.acts import editing
from handover.registers.acts.chosen_states import WaitingStep, set_apart
from handover.registers.acts.editing import Refusal
from handover.registers.block import BlockReading, read_block, reads_as_column
from handover.registers.declare import Field, Register
from handover.registers.query import ShownRow
from handover.store import Workspace
from handover.values.date_text import Order
from ui.register.grid.typed import never_empty
from ui.shell.dialog import Dialog
from ui.theme.icons import icon
from ui.theme.style import role
from ui.theme.tokens import SPACE
from ui.transfer.wizard.date_question import DateQuestion
from ui.transfer.wizard.year_question import YearQuestion

_LISTED = 500


@dataclass
class Pasting:
    """A block on its way into a register.

    Attributes:
        rows: the rows that it meets, with the present values of ``fields``.
        typed: the texts that it brings, by row and field.
        new: the texts of rows below the last one.
        lost: how many of its columns lie beyond the last one.
        held: the fields that can't be changed in the state that their row is in, by row, and why.
        waiting: changes of state whose step asks something; they are asked for once the rest is written.
    """

    register: Register
    rows: Sequence[ShownRow]
    fields: tuple[Field, ...]
    typed: Mapping[str, Mapping[str, str]]
    new: Sequence[Mapping[str, str]]
    lost: int = 0
    good: dict[str, dict[str, Any]] = field(default_factory=dict)
    fresh: list[dict[str, Any]] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    held: dict[str, dict[str, Reason]] = field(default_factory=dict)
    waiting: tuple[WaitingStep, ...] = ()
    #: What the user answered: which comes first in its dates, and of which year they are.
    order: Order | None = None
    year: int | None = None
    read: BlockReading = field(default_factory=BlockReading)
    _known: dict[tuple[str, str], Any] = field(default_factory=dict)
    _meanings: dict[tuple[str, str], Any] = field(default_factory=dict)

    @property
    def harmless(self) -> bool:
        """Whether all of it can be written as it is, without a question."""
        return not self.refused and not self.new and not self.lost and not self.asks

    @property
    def asks(self) -> bool:
        """Whether it must be asked how its dates are meant before it can be written."""
        return bool(self.read.undecided or self.read.without_year)

    @property
    def cells(self) -> int:
        """How many cells will be written."""
        return sum(len(v) for v in (*self.good.values(), *self.fresh))

    def check(self, connection: Connection, project_id: str, progress: Progress = unattended) -> None:
        """Sort the cells into those that can be written and those that can't. Cells that stay the same are neither."""
        self.good, self.fresh, self.refused = {}, [], []
        self.read = self._columns()
        now = {row.id: dict(zip((f.field for f in self.fields), row.values, strict=True)) for row in self.rows}
        changed = {
            row_id: {k: t for k, t in texts.items() if show.text(self.register[k], now[row_id][k]) != t.strip()}
            for row_id, texts in self.typed.items()
        }
        what = tr("Checking what is pasted")
        for row_id, typed in watched(changed.items(), progress, len(changed), what, every=20):
            texts = self._without_held(row_id, typed)
            states = {k: t for k, t in texts.items() if self.register[k].lifecycle is not None}
            values = self._read(connection, project_id, row_id, {k: t for k, t in texts.items() if k not in states})
            if any(states.values()):  # only they depend on the row that they meet
                good, bad = editing.check(connection, self.register, project_id, {row_id: states})
                values |= {k: v for k, v in good.get(row_id, {}).items() if v is not None}
                self.refused += bad
            for key in (k for k, t in states.items() if not t.strip()):
                self._refuse(row_id, key, "", NotValid(N_("This field must be filled in."), field=key))
            if values:
                self.good[row_id] = values
        state = next((f.field for f in self.fields if f.lifecycle is not None), "")
        apart = set_apart(self.register, self.good, {row: now[row].get(state) for row in self.good})
        self.good, self.waiting = apart.changes, apart.waiting
        for number, texts in enumerate(watched(self.new, progress, len(self.new), what, every=20)):
            if values := self._read(connection, project_id, f"new {number}", texts):
                self.fresh.append(values)

    def _without_held(self, row_id: str, texts: Mapping[str, str]) -> Mapping[str, str]:
        held = self.held.get(row_id, {})
        for key in texts.keys() & held.keys():
            self._refuse(row_id, key, texts[key], Refused([held[key]]))
        return {key: text for key, text in texts.items() if key not in held}

    def _columns(self) -> BlockReading:
        """The columns of the block that are read as wholes, the cells of new rows below the others."""
        texts = [*self.typed.values(), *self.new]
        wanted = [f for f in self.fields if reads_as_column(f)]
        cells = {f.field: [row.get(f.field) or None for row in texts] for f in wanted}
        read = read_block(wanted, cells, self.order, self.year)
        rows = [*self.typed, *(f"new {number}" for number in range(len(self.new)))]
        for key, column in read.columns.items():
            for place, row_id in enumerate(rows):
                self._meanings[row_id, key] = column.problems.get(place, column.values[place])
        return read

    def _read(
        self, connection: Connection, project_id: str, row_id: str, texts: Mapping[str, str]
    ) -> dict[str, Any]:  # Any: what each field holds
        """What texts mean, each looked up only once; those that mean nothing are refused."""
        values: dict[str, Any] = {}
        for key, text in texts.items():
            meant = self._meaning(connection, project_id, row_id, key, text)
            if isinstance(meant, HandoverError):
                self._refuse(row_id, key, text, meant)
            else:
                values[key] = meant
        return values

    def _meaning(
        self, connection: Connection, project_id: str, row_id: str, key: str, text: str
    ) -> Any:  # Any: a value, or an error
        """What a cell means in its column, or what its text alone means, looked up only once."""
        if (row_id, key) in self._meanings:
            meant = self._meanings[row_id, key]
        else:
            if (key, text) not in self._known:
                self._known[key, text] = self._alone(connection, project_id, key, text)
            meant = self._known[key, text]
        if meant is None and never_empty(self.register[key]):
            return NotValid(N_("This field must be filled in."), field=key)
        return meant

    def _alone(self, connection: Connection, project_id: str, key: str, text: str) -> Any:  # Any: as above
        try:
            return entry.parse(connection, project_id, self.register[key], text)
        except HandoverError as error:
            return error

    def _refuse(self, row_id: str, key: str, text: str, reason: HandoverError) -> None:
        self.refused.append(Refusal(row_id, key, text, reason))

    def apply(self, workspace: Workspace, project_id: str, given: Mapping[str, Any]) -> list[str]:
        """Write what can be written; returns the keys of the new rows."""
        new = [{**given, **values} for values in self.fresh]
        if not self.good and not new:
            return []
        return editing.paste(workspace, self.register, project_id, self.good, new)


class PasteDialog(Dialog):
    """Lists what a paste would change and what it can't.

    Signals:
        agreed: the ``Pasting`` is to be written, without what is refused.
        answered: the ``Pasting`` has an answer about its dates and is to be read again.
    """

    agreed = Signal(object)
    answered = Signal(object)

    def __init__(self, pasting: Pasting, parent: QWidget) -> None:
        super().__init__(parent)
        self._pasting = pasting
        self.setWindowTitle(tr("Paste into {register}", register=pasting.register.label))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 5, SPACE * 5, SPACE * 5, SPACE * 4)
        column.setSpacing(SPACE * 3)
        head = QLabel(self._lead(), self)
        role(head, "lead")
        head.setWordWrap(True)
        column.addWidget(head)
        for sentence in self._remarks():
            label = QLabel(sentence, self)
            label.setWordWrap(True)
            column.addWidget(label)
        self.order = DateQuestion(self)
        self.order.answered.connect(self._take_order)
        column.addWidget(self.order)
        self.year = YearQuestion(self)
        self.year.answered.connect(self._take_year)
        column.addWidget(self.year)
        self._ask()
        column.addWidget(self._list(), 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        stop = QPushButton(tr("Paste nothing"), self)
        stop.setAutoDefault(False)
        stop.clicked.connect(self.reject)
        buttons.addWidget(stop)
        self.only_there = QPushButton(tr("Only into the rows that are there"), self)
        self.only_there.setAutoDefault(False)
        self.only_there.setVisible(bool(pasting.fresh and pasting.good))
        self.only_there.setEnabled(not pasting.asks)
        self.only_there.clicked.connect(self._agree_without_new)
        buttons.addWidget(self.only_there)
        self.go = QPushButton(trn("Paste {n} cell", "Paste {n} cells", pasting.cells), self)
        self.go.setDefault(True)
        self.go.setEnabled((pasting.cells > 0 or bool(pasting.waiting)) and not pasting.asks)
        self.go.clicked.connect(self._agree)
        buttons.addWidget(self.go)
        column.addLayout(buttons)
        self.resize(760, 480)

    def _ask(self) -> None:
        """Ask for a year first, then which comes first, as the importer does."""
        read, register = self._pasting.read, self._pasting.register
        if read.without_year:
            labels = [register[key].label for key in read.without_year]
            self.year.ask(which_year(labels, [*read.without_year.values()]), self._pasting.year)
        elif read.undecided:
            labels = [register[key].label for key in read.undecided]
            self.order.ask(labels, next(iter(read.undecided.values())), self._pasting.order)

    @Slot(str)
    def _take_order(self, order: Order) -> None:
        self._pasting.order = order
        self._read_again()

    @Slot(int)
    def _take_year(self, year: int) -> None:
        self._pasting.year = year
        self._read_again()

    def _read_again(self) -> None:
        self.answered.emit(self._pasting)
        self.reject()

    def _lead(self) -> str:
        if not self._pasting.refused:
            return trn("{n} cell will change.", "{n} cells will change.", self._pasting.cells)
        return trn("{n} cell can't take what is pasted.", "{n} cells can't take what is pasted.",
                      len(self._pasting.refused))  # fmt: skip

    def _remarks(self) -> list[str]:
        found = []
        if self._pasting.refused:
            found.append(tr("Those cells stay as they are; the others are pasted if you wish."))
        if self._pasting.fresh:
            n = len(self._pasting.fresh)
            found.append(trn("{n} row will be added below the last one.", "{n} rows will be added below the last one.",
                             n))  # fmt: skip
        if self._pasting.lost:
            found.append(trn("{n} column lies beyond the last one and is left out.",
                             "{n} columns lie beyond the last one and are left out.", self._pasting.lost))  # fmt: skip
        return found

    def _list(self) -> QTableWidget:
        lines = self._lines()
        table = QTableWidget(min(len(lines), _LISTED), 5, self)
        table.setHorizontalHeaderLabels([tr("Row"), tr("Column"), tr("Now"), tr("Pasted"), tr("What happens")])
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setAccessibleName(tr("What the paste would change"))
        table.setShowGrid(False)
        table.verticalHeader().hide()
        for at, (line, wrong) in enumerate(lines[:_LISTED]):
            for column, text in enumerate(line):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                if column == len(line) - 1:
                    item.setIcon(icon("octagon-alert", "danger") if wrong else icon("check", "ok"))
                table.setItem(at, column, item)
        table.resizeColumnsToContents()
        for column in range(4):
            table.setColumnWidth(column, min(table.columnWidth(column), 170))
        table.horizontalHeader().setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return table

    def _lines(self) -> list[tuple[tuple[str, ...], bool]]:
        pasting = self._pasting
        refs = {row.id: row.ref for row in pasting.rows}
        now = {row.id: dict(zip((f.field for f in pasting.fields), row.values, strict=True)) for row in pasting.rows}
        lines: list[tuple[tuple[str, ...], bool]] = []
        for refusal in pasting.refused:
            column = pasting.register[refusal.field]
            before = show.text(column, now.get(refusal.row_id, {}).get(refusal.field))
            where = refs.get(refusal.row_id) or tr("new row")
            lines.append(((where, column.label, before, refusal.text, str(refusal.reason)), True))
        for row_id, values in pasting.good.items():
            for key in values:
                column = pasting.register[key]
                text = pasting.typed[row_id][key]
                before = show.text(column, now[row_id][key])
                lines.append(((refs[row_id], column.label, before, text, tr("changes")), False))
        state = next((f for f in pasting.fields if f.lifecycle is not None), None)
        for step, row_id in ((w.step, row_id) for w in pasting.waiting for row_id in w.ids):
            if state is not None:
                before = show.text(state, now[row_id][state.field])
                asks = tr("“{step}” asks for more first", step=step.label)
                lines.append(((refs[row_id], state.label, before, pasting.typed[row_id][state.field], asks), False))
        return lines

    def _agree_without_new(self) -> None:
        self._pasting.fresh = []
        self._agree()

    def _agree(self) -> None:
        self.agreed.emit(self._pasting)
        self.accept()
