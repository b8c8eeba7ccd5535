"""Numbers that start over: 1, 2, 3 under each section count its rows and name none of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Sequence
from itertools import pairwise

from handover.values.cells import normal

#: A code that begins a count: ``1``, ``2.1``, ``A-01``, ``(1)``, ``一、``, ``（一）``, ``①``, ``a)``.
_FIRST = re.compile(r".{0,100}?(?:(?<!\d)0{0,9}1|[一壹①aAiI⑴]|(?<=第)一[章节部分阶段]{1,2})[\s).、．:：）]{0,20}")
_PARTS = re.compile(r"\d{1,9}(?:[.\-_]\d{1,9})*\.?")


def starts_over(codes: Sequence[tuple[Hashable, str]]) -> bool:
    """True when codes repeat because their numbering starts over, under each section or run by run.

    One code that two rows have by mistake is no such thing: the second row doesn't begin a count.

    Args:
        codes: for each row that has a code, from the top down, what it is part of and its code.
    """
    return _under_sections(codes) or _in_runs([code for _, code in codes])


def _under_sections(codes: Sequence[tuple[Hashable, str]]) -> bool:
    """True when every section that repeats a code of another counts from the beginning."""
    sections: dict[Hashable, list[str]] = defaultdict(list)
    for section, code in codes:
        sections[section].append(normal(code))
    seen: dict[str, Hashable] = {}
    repeating: set[Hashable] = set()
    for section, code in codes:
        if seen.setdefault(normal(code), section) != section:
            repeating.add(section)
    return bool(repeating) and all(_FIRST.fullmatch(sections[s][0]) for s in repeating)


def _in_runs(codes: Sequence[str]) -> bool:
    """True for numbers that rise to some point and then begin again at 1, again and again or for several rows."""
    numbers: list[tuple[int, ...]] = []
    for code in codes:
        if not _PARTS.fullmatch(plain := normal(code)):
            return False
        numbers.append(tuple(int(part) for part in re.findall(r"\d+", plain)))
    starts = [0, *(n + 1 for n, (before, after) in enumerate(pairwise(numbers)) if after <= before)]
    if len(starts) < 2 or set(numbers[0]) != {1} or any(numbers[start] != numbers[0] for start in starts):
        return False
    lengths = [b - a for a, b in pairwise([*starts, len(numbers)])]
    return len(starts) > 2 or lengths[-1] > 1
