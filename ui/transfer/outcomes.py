"""What becomes of the rows of a file, in colours and icons."""

from __future__ import annotations

from typing import Final

from handover.exchange.verdict import Outcome
from handover.model.vocabulary import Tone

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
