"""A field in which one types part of a number, a title or a reference and picks a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal, Slot
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from handover.registers.files.file_matching import Candidate


class RowPicker(QLineEdit):
    """Offers what fits while one types.

    Signals:
        picked: a ``Candidate``.
    """

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._like: Callable[[str], Sequence[Candidate]] = lambda _text: ()
        self._offered: dict[str, Candidate] = {}
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated.connect(self._take)
        self.setCompleter(completer)
        self.textEdited.connect(self._offer)
        self.returnPressed.connect(self._enter)

    def ask_of(self, like: Callable[[str], Sequence[Candidate]]) -> None:
        """Say where to look for what fits a text."""
        self._like = like

    def offer(self, rows: Sequence[Candidate]) -> None:
        """Offer these before anything is typed."""
        self._offered = {f"{row.ref}  {row.name}".strip(): row for row in rows}
        self._names.setStringList(list(self._offered))

    @Slot(str)
    def _offer(self, text: str) -> None:
        self.offer(self._like(text))

    @Slot()
    def _enter(self) -> None:
        """Enter takes the first that is offered."""
        text = self.text()
        if text in self._offered:
            self._take(text)
        elif text.strip() and self._offered:
            self._take(next(iter(self._offered)))

    @Slot(str)
    def _take(self, text: str) -> None:
        if (row := self._offered.get(text)) is not None:
            self.setText(text)
            self.picked.emit(row)
