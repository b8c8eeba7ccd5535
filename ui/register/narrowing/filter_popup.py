"""The popup in which a condition on a column is made: its values with how often they stand there, or a comparison."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from handover.errors import HandoverError
from handover.i18n import tr, trc
from handover.registers import entry, show
from handover.registers.declare import Field, Register
from handover.registers.kinds.kind import Operator
from handover.registers.linked import Linked
from handover.registers.query import Condition, Query
from handover.registers.values_of import MOST, ValueCount, can_list, values_of
from handover.values.cells import folded
from ui.register.grid.choices import Chosen, choices
from ui.register.grid.editors import LineEdit
from ui.register.narrowing.filters import word
from ui.shell.keyboard import ENTER, is_within
from ui.shell.page import Context
from ui.theme.style import role
from ui.theme.tokens import SPACE

_WIDE, _TALLEST_LIST = 300, 260
_VALUE = Qt.ItemDataRole.UserRole
#: From so many values on there is a line to find one.
_MANY = 8
#: What was ticked where a column can be empty.
_CHOOSES: tuple[Operator, ...] = ("is", "is_not")


class FilterPopup(QFrame):
    """Asks for one condition on a column.

    It lies in the window rather than being one, so that it has the keyboard under every window manager. It goes with
    Escape, with a click elsewhere, and when another opens.

    Args:
        query: the rows among which the values are counted; the condition on this column aside.
        window: over what it lies.

    Signals:
        made: the condition.
    """

    made = Signal(object)

    def __init__(self, context: Context, register: Register, query: Query, field: Field, window: QWidget) -> None:
        super().__init__(window)
        self._context, self._register, self._field = context, register, field
        self._before: QWidget | None = None
        self._closing = False
        self._values = self._counted(query)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        role(self, "popup")
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 3, SPACE * 3, SPACE * 3, SPACE * 3)
        column.setSpacing(SPACE * 2)
        head = QLabel(tr("Filter by {column}", column=field.label), self)
        role(head, "lead")
        self.setAccessibleName(head.text())
        self._make_parts()
        for each in (head, self.operator, self.value, self.search, self.ticks, self.reason, self.go):
            column.addWidget(each)
        self.setFixedWidth(_WIDE)
        self._suit()

    def _make_parts(self) -> None:
        field = self._field
        self.operator = QComboBox(self)
        self.operator.setAccessibleName(tr("Condition"))
        for each in self._operators():
            self.operator.addItem(word(field, each), each)
        self.operator.currentIndexChanged.connect(self._suit)
        self.value = LineEdit(choices(self._context, field) if field.links and not field.pick else None, self)
        self.value.setAccessibleName(tr("Value"))
        self.value.returnPressed.connect(self.apply)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(tr("Find a value"))
        self.search.setAccessibleName(tr("Find a value"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._narrow)
        self.ticks = QListWidget(self)
        self.ticks.setAccessibleName(tr("Values"))
        self.ticks.setMaximumHeight(_TALLEST_LIST)
        self.ticks.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for counted in self._values:
            label = self._label(counted)
            item = QListWidgetItem(tr("{value}  ({n})", value=label, n=f"{counted.n:,}"), self.ticks)
            item.setData(_VALUE, counted.value)
            item.setCheckState(Qt.CheckState.Unchecked)
            item.setToolTip(label)
        self.ticks.itemActivated.connect(self._flip)
        self.reason = QLabel(self)
        self.reason.setWordWrap(True)
        role(self.reason, "error")
        self.reason.hide()
        self.go = QPushButton(tr("Show these rows"), self)
        role(self.go, "primary")
        self.go.clicked.connect(self.apply)

    # -- what is offered ----------------------------------------------------------------------------------------------

    def _counted(self, query: Query) -> list[ValueCount]:
        if not can_list(self._field):
            return []
        others = tuple(c for c in query.where if c.field != self._field.field)
        with self._context.workspace.read() as connection:
            found = values_of(
                connection, self._register, self._context.project.id, replace(query, where=others), self._field
            )
        # In their own order, those without rows too.
        if not self._field.links and (known := [each.value for each in self._field.kind.options(self._field)]):
            by_value = {each.value: each for each in found}
            return [by_value.get(v, ValueCount(v, None, 0)) for v in dict.fromkeys((*known, *by_value))]
        return [] if len(found) >= MOST else found

    def _operators(self) -> tuple[Operator, ...]:
        """What can be asked; first what its values suit: those that repeat are ticked, others are searched."""
        asked = self._field.kind.operators
        named = self._field.names_rows
        repeats = len(self._values) <= _MANY * 5 and any(each.n > 1 and each.value is not None for each in self._values)
        if named and repeats:
            return tuple(sorted(asked, key=lambda each: each != "is"))
        return asked

    def _label(self, each: ValueCount) -> str:
        if each.value is None:
            return trc("of a cell", "(empty)")
        return show.text(self._field, each.row or each.value) or str(each.value)

    @property
    def _ticking(self) -> bool:
        return self.operator.currentData() in _CHOOSES and self.ticks.count() > 0

    def _suit(self) -> None:
        asks = self.operator.currentData() not in ("empty", "filled")
        self.ticks.setVisible(asks and self._ticking)
        self.search.setVisible(asks and self._ticking and self.ticks.count() > _MANY)
        self.value.setVisible(asks and not self._ticking)
        self.reason.hide()
        row = max(self.ticks.sizeHintForRow(0), 24)
        self.ticks.setFixedHeight(min(_TALLEST_LIST, row * max(1, self.ticks.count()) + 8))
        self.adjustSize()

    def _narrow(self, text: str) -> None:
        for item in self._items():
            item.setHidden(folded(text) not in folded(item.toolTip()))

    def _items(self) -> list[QListWidgetItem]:
        return [self.ticks.item(i) for i in range(self.ticks.count())]

    def _flip(self, item: QListWidgetItem) -> None:
        on = item.checkState() == Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)

    # -- opening and closing ------------------------------------------------------------------------------------------

    def open_at(self, corner: QPoint) -> None:
        """Open with the left upper corner at a point of the screen, within the window."""
        window = self.parentWidget()
        assert window is not None
        for other in window.findChildren(FilterPopup):
            if other is not self:
                other.close()
        self.adjustSize()
        place = window.mapFromGlobal(corner)
        place.setX(max(0, min(place.x(), window.width() - self.width())))
        place.setY(max(0, min(place.y(), window.height() - self.height())))
        self.move(place)
        self._before = QApplication.focusWidget()
        self.show()
        self.raise_()
        (self.search if self.search.isVisible() else self.ticks if self._ticking else self.value).setFocus()
        if self.ticks.hasFocus():
            self.ticks.setCurrentRow(0)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._moved)
        app.installEventFilter(self)

    def close(self) -> bool:
        """Go, and give the keyboard back to who had it before."""
        if self._closing:
            return True
        self._closing = True
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.removeEventFilter(self)
        if is_within(QApplication.focusWidget(), self) and self._before is not None and isValid(self._before):
            self._before.setFocus()
        return super().close()

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and not is_within(new, self):
            self.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A press where nothing takes the focus closes it, too; the list of what fits belongs to it.
        pressed = event.type() == QEvent.Type.MouseButtonPress
        if pressed and isinstance(watched, QWidget) and not is_within(watched, self):
            self.close()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() in ENTER:
            self.apply()
        # Everything else stays here: no key reaches the table below.

    # -- the condition ------------------------------------------------------------------------------------------------

    def apply(self) -> None:
        """Make the condition, or say why there is none."""
        operator = self.operator.currentData()
        values: tuple[Any, ...] = ()  # Any: what the field holds
        if operator not in ("empty", "filled"):
            try:
                values = self._given(operator)
            except HandoverError as error:
                self.reason.setText(str(error))
                self.reason.show()
                self.adjustSize()
                return
            if not values:
                return
        self.made.emit(Condition(self._field.field, operator, values))
        self.close()

    def _given(self, operator: Operator) -> tuple[Any, ...]:  # Any: what the field holds
        if self._ticking:
            ticked = [i for i in self._items() if i.checkState() == Qt.CheckState.Checked]
            if not ticked and self.ticks.currentItem() is not None and not self.ticks.currentItem().isHidden():
                ticked = [self.ticks.currentItem()] if self.ticks.hasFocus() else []
            return tuple(i.data(_VALUE) for i in ticked)
        self.value.take_marked()
        typed = self.value.typed()
        if isinstance(typed, Chosen):
            return (typed.value.id if isinstance(typed.value, Linked) else typed.value,)
        if not typed.strip():
            return ()
        if operator == "contains":
            return (typed.strip(),)
        with self._context.workspace.read() as connection:
            return (entry.parse(connection, self._context.project.id, self._field, typed),)
