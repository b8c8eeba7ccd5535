"""Texts as a workbook can hold them; what an export changed about a text is told from what somebody typed into it."""

from __future__ import annotations

import re
from typing import Final

from handover.values.cells import as_text

#: Characters of a text beyond which Excel calls the file damaged.
LONGEST: Final = 32_767

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

_ESCAPED = re.compile(r"_x005F_(?=x[0-9A-Fa-f]{4}_)")


def without_illegal(text: str) -> str:
    """A text with line ends as workbooks have them and without the characters that XML forbids."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _ILLEGAL.sub("", text)


def clean(text: str) -> str:
    """A text as a workbook can hold it.

    Characters that XML forbids go; what Excel would take for one of its own escapes (``_x0041_``) is escaped.
    """
    if text.isprintable() and "_x" not in text:  # most are, and it is told at once
        return text
    return _LOOKS_ESCAPED.sub("_x005F_", without_illegal(text))


def cut(text: str) -> str:
    """A clean text no longer than a cell can be, its end marked where it was cut."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def is_as_written(text: str, cell: str) -> bool:
    """True when a cell says what an export writes of a text, cut and cleaned, blanks around it apart."""
    written = cut(clean(text))
    plain = _ESCAPED.sub("_", written)
    return _same(plain, cell) or _same(written, cell) or _same(without_illegal(text), cell)


def _same(a: str, b: str) -> bool:
    """Whether texts are the same once a cell was read: blanks around them and what is no character don't count."""
    return a == b or as_text(a).split() == as_text(b).split()
