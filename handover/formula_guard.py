"""The guard before texts of a CSV that a spreadsheet program would take for a formula: put on and taken off.

A cell that begins with = + - @, a tab or a line break is computed by the program that opens the file, and can send
what stands beside it to anybody. An apostrophe before it makes it a text. Only what would be taken for a formula gets
one, and what looks guarded already gets another, so that taking one off always gives back the text.
"""

from __future__ import annotations

#: What a formula begins with, in full width, too, as Chinese and Japanese keyboards write it.
_DANGEROUS = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


def guarded(text: str) -> str:
    """The text as it may stand in a CSV."""
    return "'" + text if text.lstrip("'")[:1] in _DANGEROUS else text


def unguarded(text: str) -> str:
    """The text that ``guarded`` made this of; any other stays as it is."""
    return text[1:] if text[:1] == "'" and text.lstrip("'")[:1] in _DANGEROUS else text
