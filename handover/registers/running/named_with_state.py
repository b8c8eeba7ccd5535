"""A run or a wave as one chooses it and heads a page with it: its name, its system and its state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from handover.model.lifecycle import Lifecycle
from handover.wording import Words, said


@dataclass(frozen=True, slots=True)
class NamedWithState:
    """A row by its name, with its state."""

    id: str
    ref: str
    name: str
    system: str
    status: str
    status_name: Words

    @classmethod
    def of(cls, row: Sequence[Any], life: Lifecycle) -> NamedWithState:  # Any: what columns hold
        """From a row of a query that begins with key, reference, name, system and state."""
        key, ref, name, system, status = row[:5]
        return cls(key, ref, name, system or "", status, said(life[status].name))
