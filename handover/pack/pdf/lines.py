"""Breaks text into lines as Chinese and English typesetting ask."""

from __future__ import annotations

from functools import lru_cache

from handover.pack.pdf.fonts import WIDE_MARKS, faces
from handover.pack.pdf.spacing import spread, steps

#: 避头: must not begin a line.
NOT_FIRST = frozenset("!%),.:;?]}°·’”…‰′″›»℃℉∶、。〃々〉》」』】〕〗〞！＂％＇），．：；？］｝～￠ー－％㎡㎥") | {
    WIDE_MARKS[c] for c in "’”…·"
}
#: 避尾: must not end a line.
NOT_LAST = frozenset("([{‘“‹«〈《「『【〔〖〝（［｛￥＄￡$£¥№") | {WIDE_MARKS[c] for c in "‘“"}
_PAIRED = frozenset("—…") | {WIDE_MARKS[c] for c in "—…"}
_AFTER = frozenset("-/_\\.,;:=&|@+")
#: So many characters may go to the last line, so that none stands there alone.
_MOVED = 6


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
    a code that is longer than a line after ``-``, ``/`` and the like, and anywhere when even that isn't possible. The
    last line of a paragraph isn't a single Chinese character where that can be.
    """
    widths = faces()[strong].widths
    limit = width * 1000 / size + 0.01
    found: list[str] = []
    for paragraph in text.split("\n"):
        if sum(widths.get(c, 1000) for c in paragraph) + spread(paragraph) <= limit:
            found.append(paragraph.rstrip())
        else:
            found.extend(_broken(paragraph, [widths.get(c, 1000) for c in paragraph], limit))
    return tuple(found)


def _broken(text: str, widths: list[int], limit: float) -> list[str]:
    between = [0] * len(text)
    for at, step in steps(text):
        between[at] = step
    spans = _spans(text, widths, between, limit)
    if len(spans) > 1:
        cut = _without_orphan(text, spans[-2], spans[-1])
        if sum(widths[cut : spans[-1][1]]) + sum(between[cut + 1 : spans[-1][1]]) <= limit:
            spans[-2:] = (spans[-2][0], min(cut, spans[-2][1])), (cut, spans[-1][1])
    return [text[start:end].rstrip() for start, end in spans]


def _spans(text: str, widths: list[int], between: list[int], limit: float) -> list[tuple[int, int]]:
    """Where the lines of a text begin and end.

    Args:
        between: before each character how much more or less room there is than none.
    """
    found: list[tuple[int, int]] = []
    start = good = poor = 0
    total = 0.0
    i = 0
    while i < len(text):
        c = text[i]
        if i > start:
            total += between[i]
            if _may_break(text[i - 1], c):
                good = i
            elif text[i - 1] in _AFTER and c.isalnum():
                poor = i
        total += widths[i]
        if total > limit and c != " " and i > start:
            cut = good if good > start else poor if poor > start else _anywhere(text, start, i)
            found.append((start, cut))
            while cut < len(text) and text[cut] == " ":
                cut += 1
            start = good = poor = i = cut
            total = 0.0
            continue
        i += 1
    if start < len(text):
        found.append((start, len(text)))
    return found


def _without_orphan(text: str, before: tuple[int, int], last: tuple[int, int]) -> int:
    """Where the last line begins so that it isn't a single Chinese character with what may not begin a line."""
    start, end = last
    alone = text[start:end].rstrip()
    while len(alone) > 1 and alone[-1] in NOT_FIRST:
        alone = alone[:-1]
    if len(alone) != 1 or not _wide(alone):
        return start
    earlier = range(before[1] - 1, max(before[0] + 1, before[1] - _MOVED) - 1, -1)
    return next((cut for cut in earlier if _may_break(text[cut - 1], text[cut])), start)


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
    between = dict(steps(text))
    kept = 0.0
    for i, c in enumerate(text):
        kept += (face.widths.get(c, 1000) + max(between.get(i, 0), 0)) * size / 1000
        if kept > room:
            return text[:i].rstrip() + "…"
    return text
