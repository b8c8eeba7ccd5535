"""The filters of a register in words, as plain values for the history, and the popup in which one is made."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from handover.errors import HandoverError
from handover.i18n import tr, trn
from handover.registers import entry, query, show
from handover.registers.declare import Field, Register
from handover.registers.kinds.kind import Operator
from handover.registers.linked import Linked
from handover.registers.query import Condition
from ui.register.choices import Chosen, NamesAtHand, choices
from ui.register.editors import LineEdit
from ui.shell.page import Context
from ui.theme.style import role
from ui.theme.tokens import SPACE


def word(field: Field, operator: Operator) -> str:
    """An operator in words."""
    time = field.kind.dated
    match operator:
        case "is":
            return tr("is")
        case "is_not":
            return tr("is not")
        case "contains":
            return tr("contains")
        case "before":
            return tr("is before") if time else tr("is less than")
        case "after":
            return tr("is after") if time else tr("is more than")
        case "empty":
            return tr("is empty")
        case "filled":
            return tr("is not empty")


def sentence(context: Context, register: Register, condition: Condition) -> str:
    """A condition as a chip says it: ``Due is before 5 Mar 2026``."""
    if condition.field in query.IDENTITY:
        return trn("{n} row of a list", "{n} rows of a list", len(condition.values))
    field = register[condition.field]
    values = ", ".join(_shown(context, field, v) for v in condition.values)
    said = word(field, condition.operator)
    if not condition.values:
        return tr("{field} {is_so}", field=field.label, is_so=said)
    return tr("{field} {is_so} {values}", field=field.label, is_so=said, values=values)


def plain(conditions: Sequence[Condition]) -> list[list[Any]]:  # Any: what JSON can hold
    """Conditions as JSON can hold them."""
    return [[c.field, c.operator, [v.isoformat() if isinstance(v, dt.date) else v for v in c.values]]
            for c in conditions]  # fmt: skip


def conditions(register: Register, kept: Sequence[Any]) -> tuple[Condition, ...]:  # Any: as above
    """Conditions from what ``plain`` gave, or from Conditions; those on unknown fields are left out."""
    found = []
    for each in kept:
        if isinstance(each, Condition):
            found.append(each)
            continue
        if isinstance(each, Mapping):
            key, operator, values = each["field"], each["operator"], each.get("values", ())
        else:
            key, operator, values = each
        many = values if isinstance(values, list | tuple) else [values]
        if key in query.IDENTITY:
            found.append(Condition(key, operator, tuple(map(str, many))))
        elif key in register:
            with contextlib.suppress(ValueError):  # a date that a file of settings holds may be anything
                found.append(Condition(key, operator, tuple(_stored(register[key], v) for v in many)))
    return tuple(found)


def _stored(field: Field, value: Any) -> Any:  # Any: as above
    return field.kind.from_log(value)


def _shown(context: Context, field: Field, value: Any) -> str:  # Any: what the field holds
    if value is None:
        return tr("empty")
    if field.links and isinstance(value, str):
        with context.workspace.read() as connection:
            row = query.linked(connection, field.target, [value]).get(value)
        return show.text(field, row) if row else value
    return show.text(field, value)


class FilterPopup(QFrame):
    """Asks for one condition on a column.

    Signals:
        made: the condition.
    """

    made = Signal(object)

    def __init__(self, context: Context, field: Field, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint)
        self._context, self._field = context, field
        role(self, "popup")
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 3, SPACE * 3, SPACE * 3, SPACE * 3)
        column.setSpacing(SPACE * 2)
        head = QLabel(tr("Filter by {column}", column=field.label), self)
        role(head, "lead")
        column.addWidget(head)
        self.setAccessibleName(head.text())
        self.operator = QComboBox(self)
        self.operator.setAccessibleName(tr("Condition"))
        for each in field.kind.operators:
            self.operator.addItem(word(field, each), each)
        self.operator.currentIndexChanged.connect(self._suit)
        column.addWidget(self.operator)
        self.value = LineEdit(choices(context, field) if field.links else None, self)
        self.value.setAccessibleName(tr("Value"))
        self.value.returnPressed.connect(self.apply)
        column.addWidget(self.value)
        self.ticks = QListWidget(self)
        self.ticks.setAccessibleName(tr("Values"))
        self.ticks.setSpacing(2)
        for label, code in self._options():
            item = QListWidgetItem(label, self.ticks)
            item.setData(Qt.ItemDataRole.UserRole, code)
            item.setCheckState(Qt.CheckState.Unchecked)
        self.ticks.itemActivated.connect(self._flip)
        column.addWidget(self.ticks)
        self.reason = QLabel(self)
        self.reason.setWordWrap(True)
        role(self.reason, "error")
        self.reason.hide()
        column.addWidget(self.reason)
        self.go = QPushButton(tr("Show these rows"), self)
        role(self.go, "primary")
        self.go.clicked.connect(self.apply)
        column.addWidget(self.go)
        self.setFixedWidth(280)
        self._suit()

    def open_at(self, corner: QPoint) -> None:
        """Open with the left upper corner at a point of the screen."""
        self.adjustSize()
        ground = self.screen().availableGeometry()
        corner.setX(max(ground.left(), min(corner.x(), ground.right() - self.width())))
        self.move(corner)
        self.show()
        (self.ticks if self._ticking else self.value).setFocus()

    def apply(self) -> None:
        """Make the condition, or say why there is none."""
        operator = self.operator.currentData()
        values: tuple[Any, ...] = ()
        if operator not in ("empty", "filled"):
            try:
                values = self._values(operator)
            except HandoverError as error:
                self.reason.setText(str(error))
                self.reason.show()
                self.adjustSize()
                return
            if not values:
                return
        self.made.emit(Condition(self._field.field, operator, values))
        self.close()

    def changeEvent(self, event: QEvent) -> None:
        # Not a popup of Qt's: one of those would close under a click into the list of what fits.
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isVisible() and not self.isActiveWindow():
            self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.apply()
        else:
            super().keyPressEvent(event)

    @property
    def _ticking(self) -> bool:
        return self.ticks.count() > 0

    def _options(self) -> list[tuple[str, Any]]:  # Any: what the field holds
        ticked = self._field.kind.ticked(self._field, NamesAtHand(self._context))
        return [(choice.label, choice.value) for choice in ticked]

    def _suit(self) -> None:
        asks = self.operator.currentData() not in ("empty", "filled")
        self.ticks.setVisible(asks and self._ticking)
        self.value.setVisible(asks and not self._ticking)
        self.reason.hide()
        self.adjustSize()

    def _flip(self, item: QListWidgetItem) -> None:
        on = item.checkState() == Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)

    def _values(self, operator: Operator) -> tuple[Any, ...]:  # Any: what the field holds
        if self._ticking:
            items = (self.ticks.item(i) for i in range(self.ticks.count()))
            return tuple(i.data(Qt.ItemDataRole.UserRole) for i in items if i.checkState() == Qt.CheckState.Checked)
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
