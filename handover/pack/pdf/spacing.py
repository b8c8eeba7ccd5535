"""How characters of a line stand beside each other: Han and Latin a little apart, punctuation after punctuation closer.

As the rules of Chinese typesetting have it (https://www.w3.org/TR/clreq/). The space is narrower than the quarter of an
em that is usual: readers of PDFs take more for a blank, so that what is copied would have blanks that nobody typed.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

#: In thousandths of the size: between Han and Latin, and where two halves of punctuation would both be blank.
_APART, _CLOSER = 90, -500
#: Marks whose right half is blank, those whose left half is, and others of full width.
_CLOSING = frozenset("，。、）」』】》〉〕")
_OPENING = frozenset("（「『【《〈〔")
_OTHERS = frozenset("；：！？")


@lru_cache(maxsize=16384)
def steps(text: str) -> tuple[tuple[int, int], ...]:
    """Before which characters of a line there is more or less room than none, in thousandths of the size."""
    if text.isascii() or len(text) < 2:
        return ()
    return tuple(
        (at, step) for at, (before, after) in enumerate(pairwise(text), 1) if (step := _between(before, after))
    )


def spread(text: str) -> int:
    """How much wider a line is than its characters, in thousandths of the size."""
    return 0 if text.isascii() else sum(step for _, step in steps(text))


def _between(before: str, after: str) -> int:
    if after in _OPENING:
        return _CLOSER if before in _OPENING or before in _CLOSING or before in _OTHERS else 0
    if after in _CLOSING:
        return _CLOSER if before in _CLOSING else 0
    if (_is_han(before) and _is_latin(after)) or (_is_latin(before) and _is_han(after)):
        return _APART
    return 0


def _is_han(c: str) -> bool:
    return "\u3400" <= c <= "\u9fff" or "\uf900" <= c <= "\ufaff" or "\U00020000" <= c <= "\U0003ffff"


def _is_latin(c: str) -> bool:
    return c < "\u2e80" and c.isalnum()
