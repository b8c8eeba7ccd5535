"""A matrix as an item model: nothing but what was read, and what the rules find in its lines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from handover.registers.matrix.declaration import Axis, Matrix, MatrixFinding, MatrixHead
from handover.registers.matrix.filling import Place
from handover.registers.matrix.reading import MatrixReading

Index = QModelIndex | QPersistentModelIndex
#: What can be done with a cell; put together once, since every cell of a frame asks for it.
_CHOSEN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_TYPED_INTO = _CHOSEN | Qt.ItemFlag.ItemIsEditable


class MatrixModel(QAbstractTableModel):
    """Shows a reading.

    Attributes:
        rows, columns: the heads in view.
        found: what the rules find wrong, by the key of the head; a sound line isn't in it.
        only_found: rows that are sound are left out.
        refused: what was typed into a cell and can't be taken, and why; it stays in view until it is mended.

    Signals:
        typed: a text was typed into a cell that takes any: its place and the text.
        judged: the findings of some lines are others now.
    """

    typed = Signal(object, str)
    judged = Signal()

    def __init__(self, matrix: Matrix, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.matrix = matrix
        self.reading: MatrixReading | None = None
        self.rows: tuple[MatrixHead, ...] = ()
        self.columns: tuple[MatrixHead, ...] = ()
        self.found: dict[str, list[MatrixFinding]] = {}
        self.only_found = False
        self.refused: dict[Place, tuple[str, str]] = {}
        self.writable = True

    # -- what is shown ----------------------------------------------------------------------------------------------

    def show_reading(self, reading: MatrixReading, found: dict[str, list[MatrixFinding]]) -> None:
        """Show another reading, with what its rules find."""
        self.beginResetModel()
        self.reading, self.found = reading, found
        self._choose()
        self.endResetModel()
        self.judged.emit()

    def show_found(self, found: dict[str, list[MatrixFinding]]) -> None:
        """Show what the rules find in the lines that are shown."""
        self.found = found
        if self.rows and self.columns:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self.columns) - 1))
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(self.rows) - 1)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        self.judged.emit()

    def show_only_found(self, wanted: bool) -> None:
        """Show the rows in which something is wrong alone, or all."""
        self.beginResetModel()
        self.only_found = wanted
        self._choose()
        self.endResetModel()

    def _choose(self) -> None:
        """The rows stay in view while they are mended: only showing anew leaves them out."""
        reading = self.reading
        self.columns = reading.across if reading else ()
        every = reading.down if reading else ()
        self.rows = tuple(head for head in every if head.id in self.found) if self.only_found else every

    def renew(self, reading: MatrixReading, places: Iterable[Place]) -> None:
        """Show the same matrix with other cells at some places; only the lines that they are in are judged again."""
        places = list(places)
        self.reading = reading
        for axis, keys in (("down", {p[0] for p in places}), ("across", {p[1] for p in places})):
            self._judge(reading, "down" if axis == "down" else "across", keys)
        rows = [n for n, head in enumerate(self.rows) if head.id in {p[0] for p in places}]
        columns = [n for n, head in enumerate(self.columns) if head.id in {p[1] for p in places}]
        if rows and columns:
            # A finding may be at any cell of its line.
            self.dataChanged.emit(self.index(rows[0], 0), self.index(rows[-1], self.columnCount() - 1))
            self.dataChanged.emit(self.index(0, columns[0]), self.index(self.rowCount() - 1, columns[-1]))
            self.headerDataChanged.emit(Qt.Orientation.Vertical, rows[0], rows[-1])
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, columns[0], columns[-1])
        self.judged.emit()

    def _judge(self, reading: MatrixReading, axis: Axis, keys: set[str]) -> None:
        heads = reading.down_by_id if axis == "down" else reading.across_by_id
        for key in keys & heads.keys():
            findings = self.matrix.findings(reading.line(axis, heads[key]))
            if findings:
                self.found[key] = findings
            else:
                self.found.pop(key, None)

    def place(self, index: Index) -> Place:
        """The heads of a cell by their keys."""
        return self.rows[index.row()].id, self.columns[index.column()].id

    def values(self, row: int, column: int) -> tuple[Any, ...]:  # Any: what the value field holds
        """The values of a cell."""
        return self.reading.values(self.rows[row].id, self.columns[column].id) if self.reading else ()

    def keep_refused(self, place: Place, text: str, reason: str) -> None:
        """Keep in view what was typed into a cell and can't be taken."""
        self.refused[place] = (text, reason)
        self._tell_changed([place])

    def forget_refused(self, places: Iterable[Place]) -> bool:
        """Show again what is stored in some cells; whether something else stood there."""
        gone = [place for place in places if self.refused.pop(place, None) is not None]
        self._tell_changed(gone)
        return bool(gone)

    def refused_at(self, index: Index) -> str:
        """Why what was typed into a cell can't be taken; empty where nothing stands there that can't."""
        return self.refused.get(self.place(index), ("", ""))[1] if index.isValid() and self.refused else ""

    def _tell_changed(self, places: Iterable[Place]) -> None:
        rows = {head.id: n for n, head in enumerate(self.rows)}
        columns = {head.id: n for n, head in enumerate(self.columns)}
        for down, across in places:
            if down in rows and across in columns:
                index = self.index(rows[down], columns[across])
                self.dataChanged.emit(index, index)

    def findings_at(self, row: int, column: int) -> list[MatrixFinding]:
        """What is wrong at a cell itself."""
        if not self.found:
            return []
        down, across = self.rows[row].id, self.columns[column].id
        of_row = [each for each in self.found.get(down, ()) if across in each.cells]
        return of_row + [each for each in self.found.get(across, ()) if down in each.cells]

    # -- Qt ---------------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # Any: Qt's own
        if self.reading is None or not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            if (kept := self.refused.get((self.rows[row].id, self.columns[column].id))) is not None:
                return kept[0]
            return self.reading.text(self.rows[row].id, self.columns[column].id)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.told(row, column)
        return None

    def told(self, row: int, column: int) -> str:
        """A cell in words: its heads, what stands in it, what is wrong at it and why it can't be changed."""
        reading = self.reading
        if reading is None:
            return ""
        down, across = self.rows[row], self.columns[column]
        lines = [f"{down.name} / {across.name}", reading.letters.words(self.values(row, column))]
        if (kept := self.refused.get((down.id, across.id))) is not None:
            lines += kept
        lines += [str(each.reason) for each in self.findings_at(row, column)]
        if (held := reading.against(down.id, across.id)) is not None:
            lines.append(str(held))
        return "\n".join(line for line in lines if line)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        heads = self.columns if orientation == Qt.Orientation.Horizontal else self.rows
        if not 0 <= section < len(heads):
            return None
        head = heads[section]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return head.name
        if role == Qt.ItemDataRole.ToolTipRole:
            lines = [f"{head.ref}  {head.name}", head.mark, *(str(each.reason) for each in self.found.get(head.id, ()))]
            return "\n".join(line for line in lines if line)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        free = self.reading is not None and not self.reading.letters.options
        return _TYPED_INTO if free and self.writable else _CHOSEN

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # Any: Qt's own
        if role != Qt.ItemDataRole.EditRole or str(value) == self.data(index):
            return False
        self.typed.emit(self.place(index), str(value))
        return True
