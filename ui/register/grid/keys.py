"""The keys of a register's table, as in Excel."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QLabel, QTableView

from ui.register.grid.editors import types
from ui.register.grid.header import ColumnHeader
from ui.register.grid.model import RegisterModel
from ui.register.row_commands import TABLE_COMMANDS
from ui.shell.keyboard import ENTER

Index = QModelIndex | QPersistentModelIndex
_Flag = QItemSelectionModel.SelectionFlag
_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier
#: Rows that F3 looks through for the next hit.
_LOOKED_THROUGH = 2_000


class KeyedTable(QTableView):
    """What keys do in a table; what they act on is the table's own.

    Signals:
        copy_wanted, cut_wanted, paste_wanted, clear_wanted, today_wanted: the keys for them.
        fill_wanted, fill_right_wanted: Ctrl+D and Ctrl+R.
        in_vain: a key was pressed to type into a cell that takes nothing.
        details_wanted: Ctrl+Enter: into the field of the current cell in the details.
        fold_wanted: a line, the head of a group, and whether to fold it; None turns it over.
        below_wanted: down from the last row, in a column.
        filter_wanted: the filter of the current column, by a key.
        head_menu_wanted: the menu of the current column, by a key.
    """

    copy_wanted = Signal()
    cut_wanted = Signal()
    paste_wanted = Signal()
    fill_wanted = Signal()
    fill_right_wanted = Signal()
    clear_wanted = Signal()
    today_wanted = Signal()
    in_vain = Signal(QModelIndex)
    details_wanted = Signal(str)
    head_menu_wanted = Signal(int, QPoint)
    filter_wanted = Signal(int)
    fold_wanted = Signal(int, object)
    below_wanted = Signal(int)

    rows: RegisterModel
    head: ColumnHeader
    _reason: QLabel
    _keys_given: dict[int, str] | None = None

    def block(self) -> tuple[Sequence[int], list[int]]:
        """The rows and columns that the selection spans."""
        raise NotImplementedError

    def step(self, columns: int, rows: int) -> None:
        """Go some cells further."""
        raise NotImplementedError

    def select_block(self, top: int, left: int, bottom: int, right: int) -> None:
        """Select a rectangle of cells."""
        raise NotImplementedError

    def event(self, event: QEvent) -> bool:
        # The window has actions on some of these keys; in a table they are the table's.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._wish(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.rows.head(self.currentIndex().row()) is not None and self._of_head(event):
            return
        wish = self._wish(event)
        if wish is not None and self.currentIndex().isValid():
            getattr(self, wish)()
            return
        if _bare(event) == Qt.Key.Key_Down.value and self._at_the_end():
            self.below_wanted.emit(max(0, self.currentIndex().column()))
            return
        if event.key() == Qt.Key.Key_F2:  # as editing has other keys: Qt would edit all the same
            event.ignore()
            return
        self._say_in_vain(event)
        super().keyPressEvent(event)
        if event.key() == Qt.Key.Key_Home:
            self.horizontalScrollBar().setValue(0)

    def _wish(self, event: QKeyEvent) -> str | None:
        """What a key does in the table, None for what Qt knows or nobody."""
        pressed = _bare(event)
        return _OWN_KEYS.get(pressed) or self._given().get(pressed)

    def _given(self) -> dict[int, str]:
        """The keys of the commands of tables, as their user wants them."""
        if self._keys_given is None:
            shortcuts = self.rows.context.shortcuts
            shortcuts.changed.connect(self._forget_keys)
            self._keys_given = {
                each: f"_{name}"
                for name, command in TABLE_COMMANDS.items()
                for keys in shortcuts.keys(shortcuts.declare(command))
                for each in _pressed(keys)
            }
        return self._keys_given

    def _forget_keys(self) -> None:
        self.rows.context.shortcuts.changed.disconnect(self._forget_keys)
        self._keys_given = None

    def _of_head(self, event: QKeyEvent) -> bool:
        """Fold or unfold the group whose head is in hand, as a tree does; whether the key was for that."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        wanted = _FOLDING.get(Qt.Key(event.key()))
        if wanted is None and event.key() not in (*ENTER, Qt.Key.Key_Space):
            return False
        self.fold_wanted.emit(self.currentIndex().row(), wanted)
        return True

    def _say_in_vain(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if self.rows.head(index.row()) is not None:
            return
        if index.isValid() and types(event) and not self._takes(index):
            self.in_vain.emit(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if self.rows.head(index.row()) is not None:
            self.fold_wanted.emit(index.row(), None)
            return
        if index.isValid() and not self._takes(index):
            self.in_vain.emit(index)
        super().mouseDoubleClickEvent(event)

    def _takes(self, index: Index) -> bool:
        return bool(index.flags() & Qt.ItemFlag.ItemIsEditable)

    def _down(self) -> None:
        self.step(0, 1)

    def _at_the_end(self) -> bool:
        return self.currentIndex().row() == self.rows.rowCount() - 1

    def _up(self) -> None:
        self.step(0, -1)

    def _into_details(self) -> None:
        self.details_wanted.emit(self.rows.fields[self.currentIndex().column()].field)

    def _head_menu(self) -> None:
        column = self.currentIndex().column()
        corner = QPoint(self.head.sectionViewportPosition(column), self.head.height())
        self.head_menu_wanted.emit(column, self.head.viewport().mapToGlobal(corner))

    def _filter(self) -> None:
        self.filter_wanted.emit(self.currentIndex().column())

    def _copy(self) -> None:
        self.copy_wanted.emit()

    def _cut(self) -> None:
        self.cut_wanted.emit()

    def _paste(self) -> None:
        self.paste_wanted.emit()

    def _fill(self) -> None:
        self.fill_wanted.emit()

    def _fill_right(self) -> None:
        self.fill_right_wanted.emit()

    def _today(self) -> None:
        self.today_wanted.emit()

    def _clear(self) -> None:
        if not self.rows.forgive(self.currentIndex()):
            self.clear_wanted.emit()
        self._reason.hide()

    def _escape(self) -> None:
        if self.rows.forgive(self.currentIndex()):
            self._reason.hide()
        else:
            self.selectionModel().select(self.currentIndex(), _Flag.ClearAndSelect)

    def _whole_rows(self) -> None:
        rows, _ = self.block()
        self.select_block(rows[0], 0, rows[-1], self.rows.columnCount() - 1)

    def _whole_columns(self) -> None:
        _, columns = self.block()
        self.select_block(0, columns[0], self.rows.rowCount() - 1, columns[-1])

    def _open_list(self) -> None:
        self.edit(self.currentIndex())

    def _edit_cell(self) -> None:
        index = self.currentIndex()
        if self._takes(index):
            self.edit(index, self.EditTrigger.EditKeyPressed, None)  # type: ignore[call-overload]  # Qt takes no event
        else:
            self.in_vain.emit(index)

    def _jump(self, row: int, column: int, *, extend: bool) -> None:
        here = self.currentIndex()
        index = self.rows.index(here.row() if row < 0 else row, here.column() if column < 0 else column)
        flag = _Flag.NoUpdate if extend else _Flag.ClearAndSelect
        if extend:
            ranges = self.selectionModel().selection()
            held = ranges.at(0) if ranges.count() else None
            far_row = held.bottom() if held and held.top() == here.row() else held.top() if held else here.row()
            far_column = (
                held.right() if held and held.left() == here.column() else held.left() if held else here.column()
            )
            self.select_block(
                min(far_row, index.row()), min(far_column, index.column()),
                max(far_row, index.row()), max(far_column, index.column()),
            )  # fmt: skip
        self.selectionModel().setCurrentIndex(index, flag)
        self.scrollTo(index)

    def _next_hit(self) -> None:
        self._to_hit(1)

    def _hit_before(self) -> None:
        self._to_hit(-1)

    def _to_hit(self, way: int) -> None:
        """To the next cell in which stands what is looked for, or the one before; past the end it goes on."""
        searched, here = self.rows.searched, self.currentIndex()
        across = [column for column in range(self.rows.columnCount()) if not self.isColumnHidden(column)]
        if searched is None or here.column() not in across:
            return
        cells = min(self.rows.rowCount(), _LOOKED_THROUGH) * len(across)
        at = here.row() * len(across) + across.index(here.column())
        for _ in range(cells):
            at = (at + way) % (self.rows.rowCount() * len(across))
            row, column = divmod(at, len(across))
            if searched.search(str(self.rows.index(row, across[column]).data() or "")):
                self._jump(row, across[column], extend=False)
                return

    def _jump_up(self) -> None:
        self._jump(0, -1, extend=False)

    def _jump_down(self) -> None:
        self._jump(self.rows.rowCount() - 1, -1, extend=False)

    def _jump_left(self) -> None:
        self._jump(-1, 0, extend=False)
        self.horizontalScrollBar().setValue(0)

    def _jump_right(self) -> None:
        self._jump(-1, self.rows.columnCount() - 1, extend=False)

    def _extend_up(self) -> None:
        self._jump(0, -1, extend=True)

    def _extend_down(self) -> None:
        self._jump(self.rows.rowCount() - 1, -1, extend=True)

    def _extend_left(self) -> None:
        self._jump(-1, 0, extend=True)

    def _extend_right(self) -> None:
        self._jump(-1, self.rows.columnCount() - 1, extend=True)


#: What keys on the head of a group do: fold it, or unfold it.
_FOLDING = {Qt.Key.Key_Left: True, Qt.Key.Key_Minus: True, Qt.Key.Key_Right: False, Qt.Key.Key_Plus: False}


#: Of keys pressed together the part that is no modifier.
_KEYS_ALONE = 0x01FFFFFF


def _combined(key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> int:
    whole = key.value
    for each in modifiers:
        whole |= each.value
    return int(whole)


def _bare(event: QKeyEvent) -> int:
    """The keys that were pressed, wherever they lie on the keyboard."""
    return int(event.keyCombination().toCombined() & ~Qt.KeyboardModifier.KeypadModifier.value)


def _pressed(keys: str) -> list[int]:
    """Keys from how the settings write them; Enter of the number pad is Enter."""
    pressed: int = QKeySequence(keys)[0].toCombined()  # type: ignore[index]  # which the stubs leave out
    bare = pressed & ~_KEYS_ALONE
    return [pressed, bare | Qt.Key.Key_Enter.value] if pressed & _KEYS_ALONE == Qt.Key.Key_Return.value else [pressed]


#: Keys that never change, as what they do.
_OWN_KEYS: dict[int, str] = {
    _combined(Qt.Key.Key_Return): "_down",
    _combined(Qt.Key.Key_Enter): "_down",
    _combined(Qt.Key.Key_Return, _SHIFT): "_up",
    _combined(Qt.Key.Key_Enter, _SHIFT): "_up",
    _combined(Qt.Key.Key_C, _CTRL): "_copy",
    _combined(Qt.Key.Key_Insert, _CTRL): "_copy",
    _combined(Qt.Key.Key_X, _CTRL): "_cut",
    _combined(Qt.Key.Key_V, _CTRL): "_paste",
    _combined(Qt.Key.Key_Insert, _SHIFT): "_paste",
    _combined(Qt.Key.Key_Backspace): "_clear",
    _combined(Qt.Key.Key_Escape): "_escape",
    _combined(Qt.Key.Key_Down, _ALT): "_open_list",
}
