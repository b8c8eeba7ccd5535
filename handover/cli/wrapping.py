"""Texts laid into lines of a terminal, in which a Chinese character takes the room of two letters and ends no word."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final

#: What may not begin a line, and what may not end one.
_CLOSING: Final = frozenset("，。；：、！？）】》”’…,.;:!?)]}%")
_OPENING: Final = frozenset("（【《“‘([{")
_ENDS: Final = ("。", "！", "？")


def columns_of(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def wrapped(text: str, columns: int) -> list[str]:
    """A text in lines of at most so many columns; what is longer than a line and has no place to break is cut."""
    lines, line, used = [], "", 0
    for piece in _pieces(text):
        takes = columns_of(piece)
        if used and used + takes > columns:
            lines.append(line.rstrip())
            line, used = "", 0
        if not used and piece == " ":
            continue
        while takes > columns:
            cut = _fitting(piece, columns)
            lines.append(piece[:cut])
            piece = piece[cut:]
            takes = columns_of(piece)
        line, used = line + piece, used + takes
    return [*lines, line.rstrip()] if line.strip() else lines


def first_sentence(text: str, columns: int) -> str:
    """What a text begins with: its first sentence, or as much of it as goes into a line, with an ellipsis."""
    head = text.partition("\n")[0]
    ends = [at + 1 for at, sign in enumerate(head) if sign in _ENDS]
    ends += [at + 1 for at in range(len(head) - 1) if head[at] == "." and head[at + 1] == " "]
    sentence = head[: min(ends)] if ends else head
    lines = wrapped(sentence, columns)
    return sentence.strip() if len(lines) <= 1 else wrapped(sentence, columns - 1)[0] + "…"


def _pieces(text: str) -> Iterator[str]:
    """What stays together in a line: words, single wide characters with the signs that belong to them, and blanks."""
    piece = ""
    for sign in text:
        blank, wide = sign.isspace(), unicodedata.east_asian_width(sign) in "WF" or sign in "“”‘’…"
        held = piece and piece[-1] in _OPENING
        if piece and (blank or (wide and sign not in _CLOSING and not held) or _is_whole(piece, sign)):
            yield piece
            piece = ""
        if blank:
            yield " "
        else:
            piece += sign
    if piece:
        yield piece


def _is_whole(piece: str, sign: str) -> bool:
    """Whether a piece ends before a sign, as one that ends in a wide character does."""
    last = piece[-1]
    return unicodedata.east_asian_width(last) in "WF" and last not in _OPENING and sign not in _CLOSING


def _fitting(text: str, columns: int) -> int:
    """How many signs of a text go into so many columns; one at least."""
    used = 0
    for at, sign in enumerate(text):
        used += columns_of(sign)
        if used > columns:
            return max(at, 1)
    return len(text)
