"""Sets the texts of a chart: how wide they are, and what becomes of one that is wider than its room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from handover.charts.figures import value_text
from handover.wording import Language, Words, shown

#: What must not begin a line, and what must not end one.
_NOT_FIRST, _NOT_LAST = frozenset("）)，。、；：！？％》】」”’%,.;:!?] "), frozenset("（([《【「“‘¥$")


class TextMeasure(Protocol):
    """The width of a line of text, in the unit of the drawing."""

    def __call__(self, text: str, size: float, strong: bool = False) -> float:
        """The width of a text of a size."""


@dataclass(frozen=True, slots=True)
class Lettering:
    """How texts are set in a chart.

    Args:
        size: of the usual text; everything else in a chart is measured in it.
    """

    measure: TextMeasure
    size: float
    language: Language

    @property
    def line(self) -> float:
        """The height of a line of text."""
        return self.size * 1.35

    def say(self, words: Words) -> str:
        """Words in the language of the chart, on one line."""
        return " ".join(shown(words, self.language, " ").split())

    def width(self, text: str, strong: bool = False) -> float:
        """How wide a text is in the usual size."""
        return self.measure(text, self.size, strong) if text else 0.0

    def cut(self, text: str, room: float, strong: bool = False, size: float = 0.0) -> str:
        """A text that is at most so wide, ended with an ellipsis where it had to be cut; empty without room for it."""
        size = size or self.size
        if self.measure(text, size, strong) <= room:
            return text
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            if self.measure(_ended(text[:middle]), size, strong) <= room:
                low = middle
            else:
                high = middle - 1
        return _ended(text[:low]) if low else ""

    def value(self, value: float, unit: Words, *, short: bool = False) -> str:
        """A value with its unit."""
        return value_text(value, unit, self.language, short=short)

    def wrapped(self, text: str, room: float, most: int = 2) -> tuple[str, ...]:
        """A text on several lines, the last cut where even they don't suffice."""
        lines: list[str] = []
        rest = text
        while rest and len(lines) < most - 1 and self.width(rest) > room:
            at = _break(rest, lambda part: self.width(part) <= room)
            if not at:
                break
            lines.append(rest[:at].rstrip())
            rest = rest[at:].lstrip()
        return (*lines, self.cut(rest, room))


def every(widths: Sequence[float], room: float, gap: float) -> int:
    """Which of labels in places ``room`` apart can be shown without touching: 1 for each, 2 for every second, …"""
    widest = max(widths, default=0.0) + gap
    return max(1, -(-int(widest * 1000) // max(int(room * 1000), 1)))


def _ended(text: str) -> str:
    return text.rstrip(" ·,.(（，、") + "…"


def _break(text: str, fits: Callable[[str], bool]) -> int:
    """Where a line may end: behind a blank or beside a Chinese character; 0 where it can't."""
    good = 0
    for at in range(1, len(text)):
        if not fits(text[:at].rstrip()):
            break
        wide = text[at] > "⺀" or text[at - 1] > "⺀" or text[at] == "（"
        if text[at] in _NOT_FIRST or text[at - 1] in _NOT_LAST:
            continue
        if text[at - 1] in " /-" or wide:
            good = at
    return good
