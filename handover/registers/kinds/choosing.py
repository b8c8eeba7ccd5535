"""What can be picked for a field, and what of it fits a typed text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from handover.registers.search.pinyin import initials
from handover.values.cells import folded


class CellChoice(NamedTuple):
    """Something to pick: its words, a quieter remark, and the value."""

    label: str
    note: str
    value: Any  # what the field holds


def fitting(offered: Sequence[CellChoice], text: str) -> list[CellChoice]:
    """The choices that fit a typed text, best first; all of them for no text and for one that is a choice."""
    wanted = folded(text)
    if not wanted or any(folded(c.label) == wanted for c in offered):
        return list(offered)
    starting = [c for c in offered if folded(c.label).startswith(wanted)]
    inside = [c for c in offered if c not in starting and wanted in folded(c.label)]
    spelled = [c for c in offered if c not in starting + inside and initials(c.label).startswith(wanted)]
    return starting + inside + spelled
