"""Breaks text into lines as Chinese and English typesetting ask."""

from __future__ import annotations

from functools import lru_cache

from handover.pack.pdf.fonts import WIDE_MARKS, faces

#: 避头: must not begin a line.
NOT_FIRST = frozenset("!%),.:;?]}°·’”…‰′″›»℃℉∶、。〃々〉》」』】〕〗〞！＂％＇），．：；？］｝～￠ー－％㎡㎥") | {
    WIDE_MARKS[c] for c in "’”…·"
}
#: 避尾: must not end a line.
NOT_LAST = frozenset("([{‘“‹«〈《「『【〔〖〝（［｛￥＄￡$£¥№") | {WIDE_MARKS[c] for c in "‘“"}
_PAIRED = frozenset("—…") | {WIDE_MARKS[c] for c in "—…"}
_AFTER = frozenset("-/_\\.,;:=&|@+")


def _wide(c: str) -> bool:
    """Whether a line may break beside the character as beside a Chinese one."""
    return (c >= "⺀" and not "\uff61" <= c <= "\uffdc") or c in "—…"


def _may_break(before: str, after: str) -> bool:
    if after in NOT_FIRST or before in NOT_LAST or after == " ":
        return False
    if before == " ":
        return True
    if before in _PAIRED and before == after:
        return False
    return _wide(before) or _wide(after)


@lru_cache(maxsize=16384)
def lines_of(text: str, width: float, size: float, strong: bool = False) -> tuple[str, ...]:
    """The lines of a text that are at most ``width`` points wide.

    Breaks at blanks and between Chinese characters, never before closing punctuation or after an opening bracket; in
    a code that is longer than a line after ``-``, ``/`` and the like, and anywhere when even that isn't possible.
    """
    widths = faces()[strong].widths
    limit = width * 1000 / size + 0.01
    found: list[str] = []
    for paragraph in text.split("\n"):
        if sum(widths.get(c, 1000) for c in paragraph) <= limit:
            found.append(paragraph.rstrip())
        else:
            found.extend(_broken(paragraph, [widths.get(c, 1000) for c in paragraph], limit))
    return tuple(found)


def _broken(text: str, widths: list[int], limit: float) -> list[str]:
    found: list[str] = []
    start = good = poor = 0
    total = 0.0
    i = 0
    while i < len(text):
        c = text[i]
        if i > start:
            if _may_break(text[i - 1], c):
                good = i
            elif text[i - 1] in _AFTER and c.isalnum():
                poor = i
        total += widths[i]
        if total > limit and c != " " and i > start:
            cut = good if good > start else poor if poor > start else _anywhere(text, start, i)
            found.append(text[start:cut].rstrip())
            while cut < len(text) and text[cut] == " ":
                cut += 1
            start = good = poor = i = cut
            total = 0.0
            continue
        i += 1
    if start < len(text):
        found.append(text[start:].rstrip())
    return found


def _anywhere(text: str, start: int, at: int) -> int:
    cut = at
    while cut - 1 > start and (text[cut] in NOT_FIRST or text[cut - 1] in NOT_LAST):
        cut -= 1
    return cut if cut - 1 > start or text[at] not in NOT_FIRST else at


def widest_word(text: str, size: float, strong: bool = False) -> float:
    """The width in points of the longest part of a text that has to stay on one line."""
    widths = faces()[strong].widths
    widest = total = 0
    before = ""
    for c in text:
        if c in " \n" or (before and _may_break(before, c)):
            total = 0
        if c not in " \n":
            total += widths.get(c, 1000)
            widest = max(widest, total)
        before = c
    return widest * size / 1000


def cut_to(text: str, width: float, size: float, strong: bool = False) -> str:
    """A single line of at most ``width`` points, ended with an ellipsis where it had to be cut."""
    face = faces()[strong]
    text = text.replace("\n", " ")
    if face.width(text, size) <= width:
        return text
    room = width - face.width("…", size)
    kept = 0.0
    for i, c in enumerate(text):
        kept += face.widths.get(c, 1000) * size / 1000
        if kept > room:
            return text[:i].rstrip() + "…"
    return text
