"""Where in a text stands what was searched for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handover.registers.search.pinyin import places
from handover.store.search.text import folded_sign, parted

#: How many signs of an excerpt stand before the first mark, and how many in all.
_BEFORE, _LONG = 24, 120


def marks(text: str, asked: str) -> list[tuple[int, int]]:
    """From where to where each word of what was asked stands in a text, in order and without overlap.

    A word is found as the index finds it: case and width alike, at the beginning of a word or in Chinese anywhere, or
    as the pinyin of a name.
    """
    found: list[tuple[int, int]] = []
    for word in asked.split():
        found += _of_word(text, word)
    return _joined(sorted(found))


def has(text: str, word: str) -> bool:
    """Whether a word that was asked for stands in a text."""
    return bool(_of_word(text, word))


def excerpt(text: str, asked: str) -> str:
    """The piece of a text around the first word that was asked for, on one line."""
    line = " ".join(text.split())
    found = marks(line, asked)
    start = max(0, found[0][0] - _BEFORE) if found else 0
    if start and (blank := line.find(" ", start, found[0][0])) >= 0:
        start = blank + 1
    end = start + _LONG
    return ("…" if start else "") + line[start:end] + ("…" if len(line) > end else "")


def _of_word(text: str, word: str) -> list[tuple[int, int]]:
    parts = parted(word).split()
    if not parts:
        return []
    found = list(_side_by_side(text, parts))
    if not found and len(parts) == 1 and len(word) > 1 and word.isascii() and word.isalpha():
        found = list(places(text, word.casefold()))
    return found


def _side_by_side(text: str, parts: list[str]) -> Iterator[tuple[int, int]]:
    """Where the parts of a word follow one another, with nothing but punctuation between; from the start of a word."""
    folded, origin = _folded(text)
    for found in re.finditer(r"[\W_]*".join(map(re.escape, parts)), folded):
        start, end = found.span()
        before = parted(folded[start - 1]) if start else " "
        if " " in before or " " in parted(folded[start]):
            yield origin[start], origin[end - 1] + 1


def _folded(text: str) -> tuple[str, list[int]]:
    """A text as it is compared, and for each of its signs the place in the text that it comes from."""
    signs, origin = [], []
    for at, sign in enumerate(text):
        for folded in folded_sign(sign):
            signs.append(folded)
            origin.append(at)
    return "".join(signs), origin


def _joined(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    whole: list[tuple[int, int]] = []
    for start, end in found:
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(whole[-1][1], end))
        else:
            whole.append((start, end))
    return whole
