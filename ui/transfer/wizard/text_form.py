"""The boxes in which one says how a text file holds its table, when it wasn't recognised rightly."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from handover.exchange.reading.text_file import Dialect
from handover.exchange.reading.text_form import (
    ENCODINGS,
    SEPARATORS,
    TextForm,
    encoding_choice,
    encoding_name,
    separator_name,
)
from handover.i18n import tr
from ui.shell.form import FieldBox
from ui.theme.tokens import SPACE


class TextFormBoxes(QWidget):
    """Two boxes whose first entry is what was recognised.

    Signals:
        chosen: a ``TextForm``, by the user's hand.

    Attributes:
        touched: the box that was used last.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = TextForm()
        self.encoding = QComboBox(self)
        self.separator = QComboBox(self)
        self.touched = self.encoding
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE * 4)
        for box, label in ((self.encoding, tr("Encoding")), (self.separator, tr("Separator"))):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(14)
            box.activated.connect(lambda _at, box=box: self._choose(box))
            row.addWidget(FieldBox(label, box), 1)
        self.hide()

    def order(self, before: QWidget) -> QWidget:
        """Come after a widget in the order of Tab; returns the last of the boxes."""
        for one, after in pairwise((before, self.encoding, self.separator)):
            QWidget.setTabOrder(one, after)
        return self.separator

    def show_form(self, recognised: Dialect | None, form: TextForm) -> None:
        """Show what is in force; ``recognised`` is None for a file that wasn't recognised as text."""
        self._form = form
        self._fill(
            self.encoding,
            encoding_name(recognised.encoding) if recognised else "",
            {codec: encoding_choice(codec) for codec in ENCODINGS},
            form.encoding,
        )
        self._fill(
            self.separator,
            separator_name(recognised.delimiter) if recognised else "",
            {mark: separator_name(mark) for mark in SEPARATORS},
            form.separator,
        )
        self.show()

    def _fill(self, box: QComboBox, recognised: str, names: dict[str, str], chosen: str | None) -> None:
        box.clear()
        box.addItem(tr("Recognised: {name}", name=recognised) if recognised else tr("Find out from the file"), "")
        for key, name in names.items():
            box.addItem(name, key)
        box.setCurrentIndex(max(0, box.findData(chosen or "")))

    def _choose(self, box: QComboBox) -> None:
        self.touched = box
        form = TextForm(self.encoding.currentData() or None, self.separator.currentData() or None)
        if form != self._form:
            self._form = form
            self.chosen.emit(form)
