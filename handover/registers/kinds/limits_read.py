"""Limits told in words, in the language of who reads them, so that who wrote them sees how they were understood."""

from __future__ import annotations

from typing import cast

from handover.registers.kinds.sentence import Sentence, SentenceKind
from handover.values.limits import Direction, Limits, limits_in_words


class LimitsRead(Sentence):
    """Direction, bounds, which of them are open, unit, and as written: ``range|9.9|10.1|||mm|10±0.1``."""

    __slots__ = ()

    def sentence(self) -> str:
        direction, low, high, low_open, high_open, unit, text = self.split("|", 6)
        bounds = [float(bound) if bound else None for bound in (low, high)]
        opened = [bool(said) and said not in ("0", "false") for said in (low_open, high_open)]
        limits = Limits(cast(Direction, direction), bounds[0], bounds[1], opened[0], opened[1], unit)
        return limits_in_words(limits, text)


class LimitsReadKind(SentenceKind):
    """What limits mean; it follows from them and is never entered."""

    key = "limits_read"
    width = 28
    told = LimitsRead


LIMITS_READ = LimitsReadKind()
