"""Puts the columns of a table as its user wants them, and keeps it that way."""

from __future__ import annotations

import contextlib
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from ui.register.grid.columns import ColumnChooser, ColumnLayout
from ui.register.grid.place import Place
from ui.register.grid.table import RegisterTable
from ui.settings import Settings


class Arrangement(QObject):
    """The columns of one table.

    Signals:
        changed: other columns than before are in view.
    """

    changed = Signal()

    def __init__(self, table: RegisterTable, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self._table = table
        self._settings = settings
        self._page = parent
        self.columns = ColumnLayout.remembered(settings, table.rows.register)
        self.chooser: ColumnChooser | None = None
        table.column_resized.connect(self._resized)
        for head in (table.head, table.frozen.head):
            head.moved_to.connect(self._moved)
        self.apply()

    def apply(self) -> None:
        """Show the columns as they are wanted, where the user stands."""
        place = Place.of(self._table)
        self._table.rows.show_fields(self.columns.fields())
        self.fit()
        self._table.freeze(self.columns.frozen)
        place.restore(self._table)
        self.columns.remember(self._settings)

    def fit(self) -> None:
        """Give the columns their widths, those that nobody resized what their content needs."""
        self._table.fit(self.columns.widths)

    def take(self, kept: dict[str, Any]) -> None:  # Any: what JSON can hold
        """Show the columns that were kept, as ``ColumnLayout.kept`` gave them; what isn't such is passed by."""
        with contextlib.suppress(TypeError, ValueError, AttributeError, OverflowError):
            self.columns.take(kept)
        self.apply()
        self.changed.emit()

    def show(self, key: str) -> None:
        """Bring a column into view."""
        self.columns.set_shown(key, True)
        self.apply()
        self.changed.emit()

    def hide(self, key: str) -> None:
        """Take a column out of view."""
        self.columns.set_shown(key, False)
        self.apply()
        self.changed.emit()

    def freeze_up_to(self, column: int) -> None:
        """Keep the columns up to this one in place; -1 keeps none."""
        self.columns.frozen = column + 1
        self.apply()

    def choose(self, corner: QPoint) -> None:
        """Open the list of all columns with its right upper corner at a point of the screen."""
        self.chooser = ColumnChooser(self.columns, self._page)
        self.chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.chooser.chosen.connect(self._set)
        self.chooser.reset_wanted.connect(self._reset)
        self.chooser.destroyed.connect(self._forget)
        self.chooser.open_at(corner)

    def _forget(self) -> None:
        self.chooser = None

    def _set(self, keys: list[str]) -> None:
        self.columns.shown = keys
        self.apply()
        self.changed.emit()

    def _reset(self) -> None:
        self.columns.reset()
        self.apply()
        self.changed.emit()

    def _resized(self, key: str, width: int) -> None:
        self.columns.widths[key] = width
        self.columns.remember(self._settings)

    def _moved(self, old: int, new: int) -> None:
        self.columns.move(old, new)
        # The header is in the middle of its own signal; the columns change when it is done.
        QTimer.singleShot(0, self, self.apply)
