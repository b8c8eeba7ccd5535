"""No pattern works longer than in proportion to the text that it is given, however that text was made up.

Texts come from files of anybody; a pattern with repeats within repeats holds the program, and nothing can stop it.
"""

from __future__ import annotations

import re
import time
from typing import Any

import pytest

from tests.patterns import Found, all_patterns, worst_texts

#: A text four times as long may take so many times as long: four where the work is in proportion, sixteen where it
#: grows with the square. What takes less than this many seconds can't be measured, and doesn't matter.
_MOST, _AT_LEAST = 9.0, 0.005


def cost(pattern: re.Pattern[Any], text: Any) -> float:
    """Seconds of processor time, the least of three tries."""
    tries = []
    for _ in range(3):
        began = time.process_time()
        for look in (pattern.search, pattern.match, pattern.fullmatch):
            look(text)
        tries.append(time.process_time() - began)
        if tries[0] > 100 * _AT_LEAST:
            break
    return min(tries)


@pytest.mark.parametrize("found", all_patterns(), ids=str)
def test_a_pattern_takes_no_longer_than_its_text_is_long(found: Found) -> None:
    for shortest, *longer in zip(*(worst_texts(found.pattern, n) for n in (10, 20, 250, 1000, 4000)), strict=True):
        before = cost(found.pattern, shortest)
        for text in longer:  # step by step, so that one that explodes is told before it does
            now = cost(found.pattern, text)
            growth = now / max(before, _AT_LEAST / 10)
            assert now < _AT_LEAST or growth < _MOST, f"{growth:.1f} times as long for {text[:40]!r}…"
            before = now


@pytest.mark.parametrize("pattern", [r"\s+$", r"<row[^>]*>", r"(?:<!--.*?-->|\s)*<x"])
def test_one_that_takes_longer_is_found(pattern: str) -> None:
    with pytest.raises(AssertionError, match="times as long"):
        test_a_pattern_takes_no_longer_than_its_text_is_long(Found("here", re.compile(pattern, re.DOTALL)))
