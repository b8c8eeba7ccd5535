"""What a check finds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong: a kind for scripts and a sentence for people.

    Attributes:
        mendable: ``mending.mend`` can set it right.
    """

    kind: str
    message: str
    mendable: bool = False
