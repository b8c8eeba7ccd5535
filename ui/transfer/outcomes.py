"""What becomes of the rows of a file, in colours and icons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from handover.exchange.dry_run.verdict import outcome_name
from handover.exchange.rows.outcome import OUTCOMES, Outcome
from handover.i18n import tr
from handover.model.vocabulary import Tone
from ui.theme.style import role

TONES: Final[dict[str, Tone]] = {
    "new": "ok",
    "older": "ok",
    "changed": "info",
    "unchanged": "neutral",
    "skipped": "neutral",
    "error": "danger",
    "conflict": "warning",
}


def tone(outcome: Outcome | str) -> Tone:
    """The colour of an outcome."""
    return TONES[outcome]


#: The key of the rows that are taken although not all of their cells are.
REMARKED: Final = "remark"


def name_of(key: str) -> str:
    """The name of the rows that a button shows: all, those with a remark, or those of an outcome."""
    if key == REMARKED:
        return tr("With a remark")
    return outcome_name(key) if key else tr("All")  # type: ignore[arg-type]  # a key of OUTCOMES


def filter_buttons(
    owner: QWidget, bar: QHBoxLayout, chosen: Callable[[], None], further: Sequence[str] = ()
) -> dict[str, QPushButton]:
    """Buttons of which one is down, for all rows (the empty key) and for each outcome; their texts are the caller's.

    Args:
        further: keys of buttons after those of the outcomes.
    """
    group, buttons = QButtonGroup(owner), {}
    for key in ("", *OUTCOMES, *further):
        button = QPushButton(owner)
        role(button, "view")
        button.setCheckable(True)
        button.setAutoDefault(False)
        button.clicked.connect(chosen)
        group.addButton(button)
        buttons[key] = button
        bar.addWidget(button)
    return buttons
