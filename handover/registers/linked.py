"""A row as another row names it."""

from __future__ import annotations

from typing import NamedTuple

from handover.model.vocabulary import Tone


class Linked(NamedTuple):
    """A row that another row points to: its key, its reference (its code in a list), its name and its tone."""

    id: str
    ref: str
    name: str
    tone: Tone | None = None

    def __str__(self) -> str:
        return self.name
