"""Boxes that narrow the heads of a matrix by the values of their fields, such as shift, organisation and system."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from handover.i18n import tr
from handover.registers.matrix.choices import HeadChoice
from handover.registers.matrix.declaration import Axis, Matrix
from handover.registers.matrix.reading import target_of
from handover.registers.query import Condition
from ui.theme.tokens import SPACE

_ALL = ""


class NarrowBar(QWidget):
    """A box for each field; the first entry of each leaves the heads as they are.

    Signals:
        chosen: another value was chosen.
    """

    chosen = Signal()

    def __init__(self, matrix: Matrix, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE * 2)
        self.boxes: dict[tuple[Axis, str], QComboBox] = {}
        self._wanted: dict[str, Any] = {}  # Any: what JSON can hold
        for axis, key in matrix.narrowed:
            field = target_of(matrix.down_field if axis == "down" else matrix.across_field)[key]
            box = QComboBox(self)
            box.setAccessibleName(field.label)
            box.setMinimumContentsLength(10)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.addItem(tr("{field}: all", field=field.label), _ALL)
            box.activated.connect(lambda _n: self.chosen.emit())
            row.addWidget(box)
            self.boxes[axis, key] = box
        row.addStretch(1)
        self.setVisible(bool(self.boxes))

    def offer(self, choices: dict[tuple[Axis, str], list[HeadChoice]]) -> None:
        """Offer the values that there are; what is chosen stays chosen."""
        for place, box in self.boxes.items():
            kept = self._wanted.pop(_name(place), box.currentData())
            with QSignalBlocker(box):
                while box.count() > 1:
                    box.removeItem(1)
                for each in choices.get(place, []):
                    box.addItem(each.label, each.value)
                box.setCurrentIndex(max(0, box.findData(kept)))

    def where(self, axis: Axis) -> tuple[Condition, ...]:
        """What the heads of a side must be."""
        asked = {place: self._wanted.get(_name(place), box.currentData()) for place, box in self.boxes.items()}
        return tuple(Condition(key, "is", (value,)) for (at, key), value in asked.items() if at == axis and value)

    @property
    def narrowed(self) -> bool:
        """Whether heads are left out."""
        return bool(self.where("down") or self.where("across"))

    def clear(self) -> None:
        """Leave the heads as they are."""
        self._wanted = {}
        for box in self.boxes.values():
            box.setCurrentIndex(0)

    def state(self) -> dict[str, Any]:  # Any: as above
        """What is chosen."""
        return {_name(place): box.currentData() for place, box in self.boxes.items() if box.currentData()}

    def restore(self, state: dict[str, Any]) -> None:  # Any: as above
        """Choose what a state says, as soon as it is offered."""
        self._wanted = {_name(place): state.get(_name(place), _ALL) for place in self.boxes}


def _name(place: tuple[Axis, str]) -> str:
    return ".".join(place)
