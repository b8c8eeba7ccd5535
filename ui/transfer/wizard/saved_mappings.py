"""Mappings saved under a name: use, save, hand to a colleague, take in, forget."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QMenu, QPushButton, QToolButton, QWidget

from handover.errors import HandoverError
from handover.exchange.importing.session import Intake
from handover.exchange.tables.heading_text import plain
from handover.i18n import tr
from handover.replacing import TargetHeld
from ui.shell.another_name import name_offered
from ui.shell.folders import documents_folder
from ui.theme.icons import icon
from ui.theme.style import role


class SavedMappings(QWidget):
    """A button with a menu, and a field for the name while one is being saved.

    Signals:
        used: the mapping in hand with what a saved one says of its headings.
        said: a sentence and its tone, for the strip of the step.
    """

    used = Signal(object)
    said = Signal(str, str)

    def __init__(self, intake: Intake, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._intake = intake
        self.button = QToolButton(self)
        self.button.setText(tr("Saved mappings"))
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        role(self.button, "switcher")
        self.menu = QMenu(self.button)
        self.button.setMenu(self.menu)
        self.menu.aboutToShow.connect(self.fill)
        self.name = QLineEdit(self)
        self.name.setPlaceholderText(tr("Name of the mapping"))
        self.name.setAccessibleName(tr("Name of the mapping"))
        self.name.setMinimumWidth(180)
        self.keep = QPushButton(tr("Save"), self)
        self.keep.setAutoDefault(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for each in (self.name, self.keep, self.button):
            row.addWidget(each)
        self.name.hide()
        self.keep.hide()
        self.name.returnPressed.connect(self.save)
        self.keep.clicked.connect(self.save)

    def fill(self) -> None:
        """Make the menu from what is saved now."""
        self.menu.clear()
        names = self._names()
        for name in names:
            self._add(self.menu, name, partial(self.use, name))
        if names:
            self.menu.addSeparator()
        self._add(self.menu, tr("Save this mapping…"), self.ask_name, "save")
        self._add(self.menu, tr("Take in from a file…"), self._browse, "import")
        if names:
            hand_on = self.menu.addMenu(tr("Write to a file"))
            forget = self.menu.addMenu(tr("Forget"))
            for name in names:
                self._add(hand_on, name, partial(self._ask_where, name))
                self._add(forget, name, partial(self._intake.memory.forget, name))

    def _add(self, menu: QMenu, text: str, do: Callable[[], object], picture: str = "") -> QAction:
        action = QAction(text.replace("&", "&&"), menu)
        if picture:
            action.setIcon(icon(picture))
        action.triggered.connect(lambda _checked=False: do())
        menu.addAction(action)
        return action

    def _names(self) -> list[str]:
        return self._intake.memory.names(self._intake.register.key) if self._intake.register else []

    # -- what the menu does -------------------------------------------------------------------------------------------

    def use(self, name: str) -> None:
        """Give the columns the fields that a saved mapping names for their headings."""
        mapping = self._intake.choices.mapping
        if mapping is None:
            return
        known = self._intake.memory.named(name)
        hits = 0
        for mapped in mapping.columns:
            if (key := known.get(plain(mapped.heading))) is not None:
                mapping = mapping.changed(mapped.column, key)
                hits += 1
        self.used.emit(mapping)
        if not hits:
            self.said.emit(tr("“{name}” knows none of these headings.", name=name), "warning")

    def ask_name(self) -> None:
        """Show the field for the name."""
        self.name.show()
        self.keep.show()
        self.name.setFocus()

    def save(self) -> None:
        """Save the mapping in hand under the name in the field."""
        name, mapping = self.name.text().strip(), self._intake.choices.mapping
        if not name or mapping is None:
            self.name.setFocus()
            return
        if self._try(lambda: self._intake.memory.save(name, mapping)):
            self.name.clear()
            self.name.hide()
            self.keep.hide()
            self.button.setFocus()
            self.said.emit(tr("The mapping was saved as “{name}”.", name=name), "ok")

    def hand_on(self, name: str, path: Path) -> None:
        """Write a saved mapping into a file."""
        try:
            self._intake.memory.export(name, path)
        except TargetHeld as held:
            name_offered(held, lambda other: self.hand_on(name, other), self).open()
        except HandoverError as error:
            self.said.emit(str(error), "danger")
        else:
            self.said.emit(tr("Written to {file}.", file=path.name), "ok")

    def take(self, path: Path) -> None:
        """Take in a mapping from a file and use it where it is for this register."""
        found: list[str] = []
        if self._try(lambda: found.append(self._intake.memory.take(path))) and found[0] in self._names():
            self.use(found[0])
        elif found:
            self.said.emit(tr("“{name}” was taken in. It belongs to another register.", name=found[0]), "info")

    def _try(self, do: Callable[[], object]) -> bool:
        try:
            do()
        except HandoverError as error:
            self.said.emit(str(error), "danger")
            return False
        return True

    def _ask_where(self, name: str) -> None:
        dialog = QFileDialog(self, tr("Write to a file"), str(documents_folder() / f"{name}.json"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(tr("Mappings ({patterns})", patterns="*.json"))
        dialog.setDefaultSuffix("json")
        dialog.fileSelected.connect(lambda path: self.hand_on(name, Path(path)))
        dialog.open()

    def _browse(self) -> None:
        dialog = QFileDialog(self, tr("Take in from a file…"), str(documents_folder()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(tr("Mappings ({patterns})", patterns="*.json"))
        dialog.fileSelected.connect(lambda path: self.take(Path(path)))
        dialog.open()
