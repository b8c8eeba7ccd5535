"""The rows of a register as a table shows them: what stands in a cell, what may be typed there, what was refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal

from handover.errors import HandoverError, Reason
from handover.i18n import tr, trn
from handover.model.lifecycle import Step
from handover.registers import show
from handover.registers.acts import editing
from handover.registers.acts.chosen_states import step_meant
from handover.registers.acts.held_rows import HeldRows
from handover.registers.colouring import ColourRule
from handover.registers.declare import Field, Register
from handover.registers.grouping import RowGroup
from handover.registers.query import ShownRow
from ui.register.grid import cells
from ui.register.grid.choices import Chosen
from ui.register.grid.paged_rows import PagedRows
from ui.register.grid.typed import stored
from ui.register.narrowing.filters import rule_in_words
from ui.shell.page import Context
from ui.theme.icons import icon

Index = QModelIndex | QPersistentModelIndex

#: Characters of a cell that are painted: no cell is wider, and a text of millions would hold the window.
_PAINTED = 2_000


@dataclass(frozen=True, slots=True)
class CellFault:
    """What was typed into a cell that can't take it, and why."""

    text: str
    reason: str


class RegisterModel(PagedRows):
    """Rows of a register as the table shows them; writes what is typed at once.

    Signals:
        refused: a cell (row number, field) could not take what was typed.
        refusals_changed: more or fewer cells hold what was refused.
        step_wanted: a row, by its key, is to take a step that asks something first.
    """

    refused = Signal(QModelIndex)
    refusals_changed = Signal()
    step_wanted = Signal(str, object)

    def __init__(self, context: Context, register: Register, parent: Any = None) -> None:
        state, due, held = cells.state_field(register), cells.due_field(register), HeldRows(register)
        asked = (field for field in (state, due) if field is not None)
        super().__init__(context, register, (*asked, *held.fields), parent)
        self._state, self._due, self._held = state, due, held
        self.sorted: tuple[tuple[str, bool], ...] = ()
        self.filtered: frozenset[str] = frozenset()
        self.editable = not context.read_only
        #: What is marked where it stands in a cell; nothing while nothing is looked for.
        self.searched: re.Pattern[str] | None = None
        self._faults: dict[tuple[int, str], CellFault] = {}
        self._locks: dict[int, bool] = {}
        #: Carries out a step on a row, named by its key, that asks nothing; without it the state is set as a value.
        self.take_step: Callable[[str, Step], None] | None = None

    # -- what is shown --------------------------------------------------------------------------------------------

    def mark(self, sort: tuple[tuple[str, bool], ...], filtered: frozenset[str]) -> None:
        """Show in the header by what the rows are sorted and filtered."""
        self.sorted, self.filtered = sort, filtered
        if self.fields:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.fields) - 1)

    def mark_words(self, text: str) -> None:
        """Mark in the cells what the quick filter looks for, word by word."""
        pattern = "|".join(re.escape(word) for word in sorted(text.split(), key=len, reverse=True))
        self.searched = re.compile(pattern, re.IGNORECASE) if pattern else None

    def states(self, rows: Sequence[int]) -> tuple[str | None, ...]:
        """The states of rows along their lifecycle; nothing where they have none."""
        if self._state is None or self._state.lifecycle is None:
            return ()
        return tuple(self.other(row, self._state.field) for row in rows)

    def added(self, row: int) -> bool:
        """Whether a row is shown as one that was added lately."""
        change = self.marks.change(self.row(row)) if self.marks.since is not None else None
        return change is not None and change.fate == "added"

    def before(self, index: Index) -> str | None:
        """What stood in a cell before it was changed, where that is shown and was something else; None elsewhere."""
        change = self.marks.change(self.row(index.row())) if self.marks.since is not None else None
        field = self.fields[index.column()]
        before = change.before.get(field.field) if change is not None else None
        return None if before is None or before == show.text(field, self.value(index)) else before

    def rule_said(self, rule: ColourRule) -> str:
        """A rule of colour in words."""
        return rule_in_words(self.context, self.register, rule)

    def held(self, index: Index) -> str:
        """Why the state of its row lets nobody change a cell, empty where it doesn't."""
        return self.why_held(index.row(), self.fields[index.column()]) if self._held.fields else ""

    def why_held(self, row: int, field: Field | None = None) -> str:
        """Why a field of a row can't be changed in the row's state; of no field, why the row can't be deleted."""
        reason = self.against(row, field)
        return str(reason) if reason is not None else ""

    def against(self, row: int, field: Field | None = None) -> Reason | None:
        """As ``why_held``, as a reason."""
        found = self.row(row) if self._held.fields else None
        if found is None:
            return None
        values = {f.field: found.values[self._places[f.field]] for f in self._held.fields}
        return self._held.against(field, found.ref, values)

    def fault(self, index: Index) -> CellFault | None:
        """What is wrong with what was typed into a cell."""
        return self._faults.get((self._keys[index.row()], self.fields[index.column()].field)) if self._faults else None

    def forgive(self, index: Index) -> bool:
        """Drop what was typed in vain; whether there was anything."""
        gone = self._faults.pop((self._keys[index.row()], self.fields[index.column()].field), None)
        if gone is not None:
            self.dataChanged.emit(index, index)
            self.refusals_changed.emit()
        return gone is not None

    @property
    def refusals(self) -> int:
        """How many cells hold what was refused."""
        return len(self._faults)

    def late(self, index: Index) -> str:
        """By how much the date in a cell is overdue, empty where it isn't."""
        field = self.fields[index.column()]
        if self._due is None or field.field != self._due.field:
            return ""
        state = self.other(index.row(), self._state.field) if self._state else None
        return cells.late(self.register, state, self.value(index))

    def depth(self, index: Index) -> int:
        """How deep in the outline a cell stands; 0 anywhere but in the names of the rows of one."""
        flat = not self.register.outline or self.sorted or self._heads
        if flat or self.fields[index.column()].field not in self.register.display:
            return 0
        return int(self.other(index.row(), "depth") or 0)

    def heads(self, index: Index) -> bool:
        """Whether a row sums up those below it."""
        return self.register.outline and self.other(index.row(), "kind") == "summary"

    # -- Qt's questions -------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._keys)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.fields)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # Any: Qt's own
        if not index.isValid():
            return None
        field = self.fields[index.column()]
        if self._heads and (head := self.head(index.row())) is not None:
            return self._of_head(head, field, role)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                fault = self.fault(index)
                text = fault.text if fault else show.text(field, self.value(index))[: 2 * _PAINTED]
                return fault.text if fault else " ".join(text.split())[:_PAINTED]
            case Qt.ItemDataRole.EditRole:
                fault = self.fault(index)
                return fault.text if fault else show.text(field, self.value(index))
            case Qt.ItemDataRole.TextAlignmentRole:
                return cells.alignment(field)
            case Qt.ItemDataRole.ToolTipRole:
                fault = self.fault(index)
                text = fault.reason if fault else show.text(field, self.value(index))[:_PAINTED]
                return "\n".join(part for part in (text, self._was(index), self.held(index)) if part)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(index, field)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return self._side(section, role) if section < len(self._keys) else None
        field = self.fields[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return field.label + self._arrow(field.field)
        if role == Qt.ItemDataRole.ToolTipRole:
            return field.label
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return cells.alignment(field)
        if role == Qt.ItemDataRole.DecorationRole and field.field in self.filtered:
            return icon("funnel", "accent")
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        field = self.fields[index.column()]
        closed = self.head(index.row()) is not None or self.removed(index.row())
        if self.editable and not field.computed and not closed and not self._closed(index, field):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # Any: text or Chosen
        row = self.row(index.row())
        if role != Qt.ItemDataRole.EditRole or row is None:
            return False
        field = self.fields[index.column()]
        place = (self._keys[index.row()], field.field)
        typed = show.text(field, value.value) if isinstance(value, Chosen) else str(value)
        before = self._faults.pop(place, None)
        if before is None and typed == self.data(index, Qt.ItemDataRole.EditRole):
            return True
        try:
            self._write(index.row(), row.id, field, value if isinstance(value, Chosen) else str(value))
        except HandoverError as error:
            self._faults[place] = CellFault(typed, str(error))
            self.dataChanged.emit(index, index)
            self.refused.emit(self.index(index.row(), index.column()))
            self.refusals_changed.emit()
            return False
        if before is not None:
            self.refusals_changed.emit()
        return True

    def change(self, changes: Mapping[str, Mapping[str, Any]], source: str = "hand") -> None:  # Any: fields' values
        """Write several cells in one act. Raises HandoverError, with nothing changed."""
        editing.change(self.context.workspace, self.register, self.context.project.id, changes, source=source)

    # -- within ---------------------------------------------------------------------------------------------------

    def _write(self, row: int, row_id: str, field: Field, value: str | Chosen) -> None:
        meant = stored(self.context, field, value)
        step = step_meant(self.register, self.other(row, field.field), meant) if field.lifecycle is not None else None
        if step is not None and step.asks:
            self.step_wanted.emit(row_id, step)
        elif step is not None and self.take_step is not None:
            self.take_step(row_id, step)
        else:
            self.change({row_id: {field.field: meant}})

    def _side(self, row: int, role: int) -> Any:  # Any: Qt's own
        """The reference beside a row, with a lock where its state holds it."""
        match role:
            case Qt.ItemDataRole.DisplayRole:
                found = self.row(row)
                return self.marks.sign(found) + found.ref if found else ""
            case Qt.ItemDataRole.DecorationRole:
                return icon("lock", "secondary") if self._locked(row) else None
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleDescriptionRole:
                return " · ".join(part for part in (self.marks.said(self.row(row)), self.why_held(row)) if part) or None
        return None

    def _closed(self, index: Index, field: Field) -> bool:
        return self._locked(index.row()) and self.against(index.row(), field) is not None

    def _locked(self, row: int) -> bool:
        """Whether its state holds a row; Qt asks often while it lays out the references."""
        found = self.row(row)  # which forgets what was known before it was read again
        if found is None:
            return False
        if found.number not in self._locks:
            self._locks[found.number] = self.against(row) is not None
        return self._locks[found.number]

    def _read(self, page: int) -> dict[int, ShownRow]:
        self._locks.clear()
        return super()._read(page)

    def _of_head(self, head: RowGroup, field: Field, role: int) -> Any:  # Any: Qt's own
        """What a cell in the head of a group says: its name and count in the first one, sums below their fields."""
        total = head.sums.get(field.field)
        if field == self.fields[0]:
            text = trn("{group} ({n} row)", "{group} ({n} rows)", head.n, group=head.label)
        else:
            text = tr("Σ {total}", total=show.text(field, _whole(total))) if total is not None else ""
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return text
            case Qt.ItemDataRole.TextAlignmentRole:
                return cells.alignment(field)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self.register[head.field].label}: {text}" if field == self.fields[0] else text
        return None

    def _was(self, index: Index) -> str:
        before = self.before(index)
        return "" if before is None else tr("It was: {before}", before=before[:_PAINTED] or tr("empty"))

    def _arrow(self, key: str) -> str:
        for place, (field, descending) in enumerate(self.sorted):
            if field == key:
                rank = f" {place + 1}" if len(self.sorted) > 1 else ""
                return f"  {'↓' if descending else '↑'}{rank}"
        return ""

    def _spoken(self, index: Index, field: Field) -> str:
        row, fault = self.row(index.row()), self.fault(index)
        ref, value = row.ref if row else "", show.text(field, self.value(index))
        if fault:
            return tr("{ref}, {column}: {value}. {reason}", ref=ref, column=field.label, value=fault.text,
                      reason=fault.reason)  # fmt: skip
        if late := self.late(index):
            value = f"{value}, {late}"
        spoken = tr("{ref}, {column}: {value}", ref=ref, column=field.label, value=value or tr("empty"))
        if was := self._was(index):
            spoken = tr("{cell}. {remark}", cell=spoken, remark=was)
        if rule := self.marks.rule(row):
            spoken = tr("{cell}. {remark}", cell=spoken, remark=self.rule_said(rule))
        held = self.held(index)
        return tr("{cell}. Locked: {reason}", cell=spoken, reason=held) if held else spoken


def _whole(total: float) -> float | int:
    """A sum without the zeros of a fraction that isn't there."""
    return int(total) if float(total).is_integer() else total
