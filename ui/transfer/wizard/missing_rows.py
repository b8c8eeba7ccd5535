"""The rows that the file once brought and has no more, with the choice of what becomes of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QListWidget, QRadioButton, QVBoxLayout, QWidget

from handover.exchange.dry_run.dry_run import DryRun
from handover.exchange.dry_run.several_sheets import SheetsDryRun, runs_of
from handover.exchange.importing.session import Intake
from handover.i18n import tr
from handover.registers.declare import Register
from ui.theme.tokens import SPACE


class MissingRows(QWidget):
    """Rows that the file once brought and has no more, and what becomes of them.

    Signals:
        chosen: the user chose what becomes of them.
    """

    chosen = Signal()

    def __init__(self, intake: Intake, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._intake = intake
        self._sheets: list[str] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE * 3, 0, 0)
        column.setSpacing(SPACE * 2)
        self.keep = QRadioButton(tr("Keep them as they are"), self)
        self.drop = QRadioButton(self)
        self.keep.setChecked(True)
        self.list = QListWidget(self)
        self.list.setAccessibleName(tr("Rows that are no longer in the file"))
        for each in (self.keep, self.drop):
            each.clicked.connect(self._choose)
            column.addWidget(each)
        column.addWidget(self.list, 1)

    def show_run(self, run: DryRun | SheetsDryRun) -> None:
        """List the rows that a dry run misses."""
        self.drop.setText(_choice([each.register for each in runs_of(run) if each.missing]))
        self._sheets = [each.file.sheet for each in runs_of(run)]
        dropped = any(self._intake.choices_of(sheet).on_missing == "drop" for sheet in self._sheets)
        self.drop.setChecked(dropped)
        self.keep.setChecked(not dropped)
        self.list.clear()
        self.list.addItems([tr("{ref} {name}", ref=m.ref, name=m.name) for m in run.missing])

    def _choose(self) -> None:
        choices = [self._intake.choices_of(sheet) for sheet in self._sheets]
        drop = self.drop.isChecked()
        if any(drop != (chosen.on_missing == "drop") for chosen in choices):
            for chosen in choices:
                chosen.on_missing = "drop" if drop else "keep"
            self.chosen.emit()


def _choice(registers: Sequence[Register]) -> str:
    """What becomes of the rows when they are dropped; of rows of several registers, register by register."""
    said = {each.label: tr(each.model.dropping.choice) for each in registers}
    if len(set(said.values())) == 1:
        return next(iter(said.values()))
    return tr("; ").join(tr("{name}: {what}", name=name, what=what) for name, what in said.items())
