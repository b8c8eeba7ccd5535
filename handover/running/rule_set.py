"""What a contract says of a proving run: how long, what an interruption does to the clock, and what ends the run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

#: ``reset``: back to zero. ``suspend``: the clock stands. ``ignore``: it runs on.
Effect = Literal["reset", "suspend", "ignore"]

#: Where no contract says otherwise: the contractor's own trips begin the run anew, what others did makes it wait.
USUAL: Final[Mapping[str, Effect]] = {
    "contractor": "reset",
    "owner": "suspend",
    "external": "suspend",
    "planned": "suspend",
}
_LONGEST = 24 * 366
_HOURS = re.compile(r"\d{1,5}(?:[.,]\d{1,2})?")


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules of a run; minutes throughout, None where the contract sets no limit.

    Attributes:
        phases: how many minutes are to be run, one phase after another: 72 h, or 72 h and then 24 h.
        effects: what an interruption does by whoever answers for it; what nobody answers for yet makes the clock wait.
        least_load: the share below which a segment doesn't count, 0 to 1.
        back_to_phase: a reset begins the phase anew, not the whole run.
        most: interruptions since the clock last began.
        longest: one interruption.
        most_time: all interruptions since the clock last began.
        clear_end: minutes at the end of the run in which none may begin.
        repeats: how often the same thing may fail.
        most_resets: how often the run may begin anew.
    """

    phases: tuple[int, ...] = (72 * 60,)
    effects: Mapping[str, Effect] = field(default_factory=lambda: USUAL)
    least_load: float | None = None
    back_to_phase: bool = False
    most: int | None = None
    longest: int | None = None
    most_time: int | None = None
    clear_end: int | None = None
    repeats: int | None = None
    most_resets: int | None = None

    @property
    def required(self) -> int:
        """The minutes of all phases."""
        return sum(self.phases)

    def effect(self, attribution: str | None) -> Effect:
        """What an interruption does for which somebody answers."""
        return self.effects.get(attribution or "", "suspend")


def phases_of(text: str | None) -> tuple[int, ...]:
    """The phases, in minutes, of what people write: ``72``, ``168 h``, ``72+24``, ``72 小时 + 24 小时``.

    Raises:
        ValueError: it is no such text.
    """
    found = []
    for part in re.split(r"[+＋]", text or ""):
        bare = re.sub(r"(?:h|hrs?|hours?|小时|时)\.?$", "", part.strip().casefold()).strip()
        if not _HOURS.fullmatch(bare):
            raise ValueError(text)
        minutes = round(float(bare.replace(",", ".")) * 60)
        if not 0 < minutes <= _LONGEST * 60:
            raise ValueError(text)
        found.append(minutes)
    return tuple(found)
