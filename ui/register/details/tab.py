"""A tab beside the fields of a row, in the details of a register."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class RowTab(QWidget):
    """Shows more of one row than its fields: its history, what points to it, what a chapter has of its own.

    Signals:
        counted: how many things the tab shows of its row; it then stands behind its title.
    """

    counted = Signal(int)

    def show_row(self, row_id: str) -> None:
        """Show what belongs to a row; called when the tab comes into view and when its row changes.

        Args:
            row_id: the row's key; empty while none or several are chosen.
        """
        raise NotImplementedError
