"""What becomes of the rows of a file, in colours and icons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from handover.exchange.rows.outcome import OUTCOMES, Outcome
from handover.model.vocabulary import Tone
from ui.theme.style import role

TONES: Final[dict[str, Tone]] = {
    "new": "ok",
    "changed": "info",
    "unchanged": "neutral",
    "skipped": "neutral",
    "error": "danger",
    "conflict": "warning",
}


def tone(outcome: Outcome | str) -> Tone:
    """The colour of an outcome."""
    return TONES[outcome]


def filter_buttons(owner: QWidget, bar: QHBoxLayout, chosen: Callable[[], None]) -> dict[str, QPushButton]:
    """Buttons of which one is down, for all rows (the empty key) and for each outcome; their texts are the caller's."""
    group, buttons = QButtonGroup(owner), {}
    for key in ("", *OUTCOMES):
        button = QPushButton(owner)
        role(button, "view")
        button.setCheckable(True)
        button.setAutoDefault(False)
        button.clicked.connect(chosen)
        group.addButton(button)
        buttons[key] = button
        bar.addWidget(button)
    return buttons
