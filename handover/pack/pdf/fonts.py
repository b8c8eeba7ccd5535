"""The shipped typeface: which characters it has, how wide they are, and how it is embedded in a PDF."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

from handover.pack.pdf.spacing import spread
from handover.resource import resource

#: What stands for a character that the typeface lacks.
MISSING = "□"

#: Of the size: how far the em square reaches above the baseline.
ASCENT = 0.88


@dataclass(frozen=True)
class Face:
    """A weight of the typeface, registered with reportlab under ``name``; widths are in thousandths of the size."""

    name: str
    widths: dict[str, int]

    def width(self, text: str, size: float) -> float:
        """The width of a line of text in points."""
        widths = self.widths
        return (sum(widths.get(c, 1000) for c in text) + spread(text)) * size / 1000


@cache
def faces() -> tuple[Face, Face]:
    """Regular and bold, read once in a process."""
    return _load("Regular"), _load("Bold")


def _load(weight: str) -> Face:
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    name = f"NotoSansSC-{weight}"
    font = TTFont(name, str(resource("fonts", f"{name}.ttf")))
    registerFont(font)
    return Face(name, {chr(code): int(width) for code, width in font.face.charWidths.items()})


@cache
def _drawable() -> frozenset[str]:
    """The characters that both weights have and that stand by themselves."""
    regular, bold = faces()
    have = regular.widths.keys() & bold.widths.keys()
    return frozenset(c for c in have if unicodedata.category(c)[0] not in "CM") | {"\n"}


def legible(text: str) -> tuple[str, str]:
    """The text as it can be drawn, and those of its characters that the typeface lacks.

    A character that it lacks is shown as `MISSING`. Controls, invisible formatting and variation selectors go, tabs
    become blanks, letters with separate accents are composed where that is possible.
    """
    drawable = _drawable()
    if drawable.issuperset(text):
        return text, ""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    kept: list[str] = []
    lacking: list[str] = []
    for c in text:
        if c in drawable:
            kept.append(c)
        elif unicodedata.category(c) in ("Cc", "Cf", "Mn", "Me"):
            if unicodedata.category(c)[0] == "M" and not _selects_a_variant(c):
                lacking.append(c)
        elif unicodedata.category(c) in ("Zs", "Zl", "Zp"):
            kept.append(" ")
        else:
            kept.append(MISSING)
            lacking.append(c)
    return "".join(kept), "".join(lacking)


def _selects_a_variant(c: str) -> bool:
    return "\ufe00" <= c <= "\ufe0f" or "\U000e0100" <= c <= "\U000e01ef"
