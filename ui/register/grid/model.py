"""The rows of a register for a table view: an order of row numbers, of which only the pages in view are read."""

from __future__ import annotations

import re
from array import array
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from handover.errors import HandoverError, Reason
from handover.i18n import tr
from handover.model.lifecycle import Step
from handover.registers import query, show
from handover.registers.acts import editing
from handover.registers.acts.chosen_states import step_meant
from handover.registers.acts.held_rows import HeldRows
from handover.registers.declare import Column, Field, Register, bound
from handover.registers.query import ShownRow
from ui.register.grid import cells
from ui.register.grid.choices import Chosen
from ui.register.grid.typed import stored
from ui.shell.page import Context
from ui.theme.icons import icon

Index = QModelIndex | QPersistentModelIndex

_PAGE = 128
_PAGES = 48
#: What a row of an outline brings along: how deep it stands, and whether it sums up others.
_OUTLINE = ("depth", "kind")


#: Characters of a cell that are painted: no cell is wider, and a text of millions would hold the window.
_PAINTED = 2_000


@dataclass(frozen=True, slots=True)
class CellFault:
    """What was typed into a cell that can't take it, and why."""

    text: str
    reason: str


class RegisterModel(QAbstractTableModel):
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
        super().__init__(parent)
        self.context = context
        self.register = register
        self.fields: tuple[Field, ...] = tuple(f for f in register.fields if f.shown)
        self.sorted: tuple[tuple[str, bool], ...] = ()
        self.filtered: frozenset[str] = frozenset()
        self.editable = not context.read_only
        #: What is marked where it stands in a cell; nothing while nothing is looked for.
        self.searched: re.Pattern[str] | None = None
        self._keys: array[int] = array("q")
        self._pages: OrderedDict[int, dict[int, ShownRow]] = OrderedDict()
        self._faults: dict[tuple[int, str], CellFault] = {}
        self._locks: dict[int, bool] = {}
        self._state, self._due = cells.state_field(register), cells.due_field(register)
        self._held = HeldRows(register)
        self._extra = tuple(f for f in (self._state, self._due) if f is not None)
        self._extra += tuple(f for f in self._held.fields if f not in self._extra)
        #: Carries out a step on a row, named by its key, that asks nothing; without it the state is set as a value.
        self.take_step: Callable[[str, Step], None] | None = None
        if register.outline:
            self._extra += tuple(bound(register.model, Column(k, "")) for k in _OUTLINE if k in register.table.columns)
        self._places: dict[str, int] = {}
        self._place()

    # -- what is shown --------------------------------------------------------------------------------------------

    def show_fields(self, fields: Sequence[Field]) -> None:
        """Show these columns, in this order."""
        self.beginResetModel()
        self.fields = tuple(fields)
        self._pages.clear()
        self._place()
        self.endResetModel()

    def show_keys(self, keys: array[int]) -> bool:
        """Show these rows, in this order; whether rows other than appended ones changed their place."""
        old = self._keys
        if keys == old:
            self.reread()
            return False
        if 0 < len(old) < len(keys) and keys[: len(old)] == old:
            self.reread()
            self.beginInsertRows(QModelIndex(), len(old), len(keys) - 1)
            self._keys = keys
            self._pages.clear()
            self.endInsertRows()
            return False
        self.beginResetModel()
        self._keys = keys
        self._pages.clear()
        self.endResetModel()
        return True

    def reread(self) -> None:
        """Values may have changed: read again what is in view."""
        self._pages.clear()
        if self._keys and self.fields:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._keys) - 1, len(self.fields) - 1))

    def mark(self, sort: tuple[tuple[str, bool], ...], filtered: frozenset[str]) -> None:
        """Show in the header by what the rows are sorted and filtered."""
        self.sorted, self.filtered = sort, filtered
        if self.fields:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.fields) - 1)

    def mark_words(self, text: str) -> None:
        """Mark in the cells what the quick filter looks for, word by word."""
        pattern = "|".join(re.escape(word) for word in sorted(text.split(), key=len, reverse=True))
        self.searched = re.compile(pattern, re.IGNORECASE) if pattern else None

    # -- asking for rows ------------------------------------------------------------------------------------------

    def number(self, row: int) -> int:
        """The row number in the workspace of a row of the table."""
        return self._keys[row]

    def position(self, number: int) -> int:
        """Where a row of the workspace stands in the table, -1 when it doesn't."""
        try:
            return self._keys.index(number)
        except ValueError:
            return -1

    def row(self, row: int) -> ShownRow | None:
        """A row with the values of the columns in view; None when it is gone."""
        page = row // _PAGE
        held = self._pages.get(page)
        if held is None:
            held = self._read(page)
        else:
            self._pages.move_to_end(page)
        return held.get(self._keys[row])

    def numbers(self, rows: Sequence[int]) -> list[int]:
        """The row numbers in the workspace of rows of the table."""
        return [self._keys[r] for r in rows]

    def rows(self, rows: Sequence[int], fields: Sequence[Field]) -> list[ShownRow]:
        """Rows of the table with the values of some fields."""
        return self.fetch(self.numbers(rows), fields)

    def fetch(self, numbers: Sequence[int], fields: Sequence[Field]) -> list[ShownRow]:
        """Rows of the workspace with the values of some fields; for jobs, too."""
        with self.context.workspace.read() as connection:
            return query.rows(connection, self.register, numbers, fields)

    def value(self, index: Index) -> Any:  # Any: what the field holds
        """The value of a cell."""
        row = self.row(index.row())
        return None if row is None else row.values[self._places[self.fields[index.column()].field]]

    def other(self, row: int, key: str) -> Any:  # Any: what the field holds
        """The value of a field that every row brings along: its state, its due date, its depth in the outline."""
        held = self.row(row)
        return None if held is None or key not in self._places else held.values[self._places[key]]

    def states(self, rows: Sequence[int]) -> tuple[str | None, ...]:
        """The states of rows along their lifecycle; nothing where they have none."""
        if self._state is None or self._state.lifecycle is None:
            return ()
        return tuple(self.other(row, self._state.field) for row in rows)

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
        if not self.register.outline or self.fields[index.column()].field not in self.register.display or self.sorted:
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
                return "\n".join(part for part in (text, self.held(index)) if part)
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
        if self.editable and not field.computed and not self._closed(index, field):
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
                return found.ref if found else ""
            case Qt.ItemDataRole.DecorationRole:
                return icon("lock", "secondary") if self._locked(row) else None
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleDescriptionRole:
                return self.why_held(row) or None
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

    def _place(self) -> None:
        extra = tuple(e for e in self._extra if e.field not in {f.field for f in self.fields})
        self._read_fields = self.fields + extra
        self._places = {f.field: i for i, f in enumerate(self._read_fields)}

    def _read(self, page: int) -> dict[int, ShownRow]:
        if not self.context.has_workspace:  # it was closed, and the table is laid out once more on its way out
            return {}
        numbers = self._keys[page * _PAGE : (page + 1) * _PAGE]
        with self.context.workspace.read() as connection:
            held = {r.number: r for r in query.rows(connection, self.register, numbers, self._read_fields)}
        self._pages[page] = held
        self._locks.clear()
        while len(self._pages) > _PAGES:
            self._pages.popitem(last=False)
        return held

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
        held = self.held(index)
        return tr("{cell}. Locked: {reason}", cell=spoken, reason=held) if held else spoken
