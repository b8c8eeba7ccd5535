"""A field that a column may be, with the signs for and against it."""

from __future__ import annotations

from dataclasses import dataclass

from handover.exchange.evidence import Evidence, total

#: Signs that tell a list from another one.
TELLING = frozenset({"column.heading", "column.shares", "column.groups", "column.days", "column.steps", "column.spans"})


@dataclass(frozen=True, slots=True)
class FieldCandidate:
    """A field that a column may be, and the signs that speak for and against it."""

    field: str
    why: str
    signs: tuple[Evidence, ...]

    @property
    def weight(self) -> float:
        """What the signs weigh together; 0 for what is as likely as not."""
        return total((Evidence("column.nothing"), *self.signs))

    @property
    def strength(self) -> float:
        """How telling it is of the register, from 0 to 1: that a row needs it tells nothing."""
        telling = [s for s in self.signs if s.sign not in ("column.needed", "column.words", "column.described")]
        if any(s.sign in TELLING for s in telling):
            return min(1.0, max(0.0, total(telling) / Evidence("column.heading").weight))
        return 0.45
