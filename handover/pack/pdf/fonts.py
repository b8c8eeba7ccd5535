"""The shipped typefaces: which of them draws a character, how wide it is, and how they are embedded in a PDF.

They stand in a chain: Noto Sans for Latin, Greek and Cyrillic, Noto Sans SC for Chinese, then symbols. Quotes, dots and
dashes are of both; beside a Chinese character they are those of Chinese type.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from handover.pack.pdf.spacing import spread
from handover.resource import resource

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

#: What stands for a character that no typeface has.
MISSING = "□"

#: Of the size: how far the em square reaches above the baseline.
ASCENT = 0.88

_LATIN, _CHINESE = "NotoSans", "NotoSansSC"
#: Those that draw what the first two lack; they have one weight.
_SYMBOLS = ("NotoSansSymbols-Regular", "NotoSansSymbols2-Regular", "NotoSansMath-Regular")
#: Marks that Latin and Chinese type set unlike: as Chinese ones they stand at places that no text uses.
_BOTH = "“”‘’…—·"
_FIRST_WIDE = 0x10FF00
WIDE_MARKS = {mark: chr(_FIRST_WIDE + n) for n, mark in enumerate(_BOTH)}
_PLAIN_MARKS = {wide: mark for mark, wide in WIDE_MARKS.items()}
_BOTH_SET = frozenset(_BOTH)
#: Characters of a section of the map from codes to characters; the format allows no more.
_MAPPED_AT_ONCE = 100


class Run(NamedTuple):
    """Characters beside each other that one typeface draws."""

    face: str
    text: str


@dataclass(frozen=True)
class Face:
    """A weight of the chain; widths are in thousandths of the size.

    Args:
        name: of the typeface that draws Latin, registered with reportlab.
        draws: of each character the typeface that draws it, where that isn't the first.
    """

    name: str
    widths: dict[str, int]
    draws: dict[str, str]

    def width(self, text: str, size: float) -> float:
        """The width of a line of text in points."""
        widths = self.widths
        return (sum(widths.get(c, 1000) for c in text) + spread(text)) * size / 1000


@cache
def faces() -> tuple[Face, Face]:
    """Regular and bold, read once in a process."""
    return _load("Regular"), _load("Bold")


def _load(weight: str) -> Face:
    widths: dict[str, int] = {}
    draws: dict[str, str] = {}
    first = f"{_LATIN}-{weight}"
    chinese = f"{_CHINESE}-{weight}"
    for name in (first, chinese, *_SYMBOLS):
        own = _widths(name)
        for c, width in own.items():
            if c not in widths:
                widths[c] = width
                if name != first:
                    draws[c] = name
    of_chinese = _widths(chinese)
    for mark, wide in WIDE_MARKS.items():
        widths[wide], draws[wide] = of_chinese[mark], chinese
    return Face(first, widths, draws)


@cache
def _widths(name: str) -> dict[str, int]:
    """The widths of a typeface's characters; it is registered with reportlab under its name."""
    from reportlab.pdfbase.pdfmetrics import registerFont

    font = _embedded()(name, str(resource("fonts", f"{name}.ttf")))
    registerFont(font)
    return {chr(code): int(width) for code, width in font.face.charWidths.items()}


@cache
def _embedded() -> Any:  # Any: a class of reportlab, which is loaded when the first page is set
    from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

    class EmbeddedFont(TTFont):
        """A typeface whose characters are copied right beyond U+FFFF, where reportlab's map holds another one."""

        def addObjects(self, doc: Any) -> None:  # noqa: N802 - reportlab's name; Any: its document
            state = self.state.get(doc)
            subsets = list(state.subsets) if state is not None else []
            super().addObjects(doc)
            for n, subset in enumerate(subsets):
                parts = (SUBSETN(n), b"+", self.face.name, self.face.subfontNameX)
                name = b"".join(parts).decode("pdfdoc")
                doc.idToObject[f"toUnicodeCMap:{name}"].content = unicode_map(name, subset)

    return EmbeddedFont


def unicode_map(name: str, subset: list[int]) -> str:
    """The map from the codes of a subset to its characters, as UTF-16, in sections of at most a hundred."""
    head = (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        f"/CIDSystemInfo\n<< /Registry ({name})\n/Ordering ({name})\n/Supplement 0\n>> def\n"
        f"/CMapName /{name} def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<00> <{len(subset) - 1:02X}>\nendcodespacerange\n"
    )
    lines = [f"<{code:02X}> <{_utf16(c)}>" for code, c in enumerate(subset)]
    sections = []
    for at in range(0, len(lines), _MAPPED_AT_ONCE):
        some = lines[at : at + _MAPPED_AT_ONCE]
        sections.append(f"{len(some)} beginbfchar\n" + "\n".join(some) + "\nendbfchar\n")
    return head + "".join(sections) + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"


def _utf16(code: int) -> str:
    return chr(code).encode("utf-16-be", "surrogatepass").hex().upper()


# Drawing -----------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=32768)
def runs_of(text: str, strong: bool = False) -> tuple[Run, ...]:
    """A line of text by the typefaces that draw it."""
    face = faces()[strong]
    draws, name = face.draws, face.name
    if text.isascii():
        return (Run(name, text),)
    found: list[Run] = []
    start, current = 0, draws.get(text[0], name)
    for at, c in enumerate(text):
        wanted = current if c == " " else draws.get(c, name)
        if wanted != current:
            found.append(Run(current, plain(text[start:at])))
            start, current = at, wanted
    found.append(Run(current, plain(text[start:])))
    return tuple(found)


def plain(text: str) -> str:
    """The characters of a legible text themselves, which is what is drawn and copied."""
    return "".join(_PLAIN_MARKS.get(c, c) for c in text) if any(c in _PLAIN_MARKS for c in text) else text


def draw_line(canvas: Canvas, x: float, y: float, text: str, size: float, strong: bool = False) -> None:
    """A line of text from ``x`` on, its baseline on ``y``, in the canvas's own coordinates."""
    runs = runs_of(text, strong)
    line = canvas.beginText(x, y)
    for run in runs:
        line.setFont(run.face, size)
        line.textOut(run.text)
    canvas.drawText(line)


# What can be drawn -------------------------------------------------------------------------------------------------


@cache
def _drawable() -> frozenset[str]:
    """The characters that both weights have and that stand by themselves."""
    regular, bold = faces()
    have = regular.widths.keys() & bold.widths.keys()
    return frozenset(c for c in have if unicodedata.category(c)[0] not in "CM") | {"\n"} | frozenset(_PLAIN_MARKS)


def legible(text: str) -> tuple[str, str]:
    """The text as it can be drawn, and those of its characters that no typeface has.

    A character that is lacking is shown as `MISSING`. Controls, invisible formatting and variation selectors go, tabs
    become blanks, letters with separate accents are composed where that is possible. Quotes, dots and dashes beside a
    Chinese character become those of Chinese type, which are drawn and copied as what they are.
    """
    drawable = _drawable()
    if drawable.issuperset(text):
        return _in_type(text), ""
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
    return _in_type("".join(kept)), "".join(lacking)


def _in_type(text: str) -> str:
    """Quotes, dots and dashes as the type of the text around them has them."""
    if text.isascii() or _BOTH_SET.isdisjoint(text):
        return text
    return "".join(
        WIDE_MARKS[c] if c in _BOTH_SET and (_chinese_at(text, at - 1, -1) or _chinese_at(text, at + 1, 1)) else c
        for at, c in enumerate(text)
    )


def _chinese_at(text: str, at: int, step: int) -> bool:
    """Whether the nearest character that isn't such a mark is Chinese."""
    while 0 <= at < len(text) and (text[at] in _BOTH_SET or text[at] in _PLAIN_MARKS):
        at += step
    return 0 <= at < len(text) and text[at] >= "⺀" and text[at] not in _PLAIN_MARKS


def _selects_a_variant(c: str) -> bool:
    return "\ufe00" <= c <= "\ufe0f" or "\U000e0100" <= c <= "\U000e01ef"
