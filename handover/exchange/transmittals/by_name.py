"""The document and the revision of a file, told by its name: ``PL-001 Rev B layout.pdf``, ``PL-001_B.pdf``."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import PurePosixPath

from handover.values.cells import folded

_WORD = re.compile(r"[^\W_]+")
_CODE = re.compile(
    r"[\s_\-.(（\[]{0,8}"
    r"(?:(?:rev(?:ision)?|版次|版本)[\s._\-]{0,2})?([A-Za-z]?\d{1,3}|[A-Za-z])(?![^\W_])",
    re.IGNORECASE,
)
#: Words put together at most to make a number.
_WORDS = 14


class NumbersInNames:
    """Finds the numbers of documents in names of files, the longest first."""

    def __init__(self, numbers: Iterable[str]) -> None:
        self._by_words: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for number in numbers:
            if words := tuple(_WORD.findall(folded(number))):
                self._by_words[words].append(number)

    def read(self, name: str) -> tuple[str, str]:
        """The number and the code that a name holds; the number is empty where none of ours is in it."""
        stem = PurePosixPath(name).stem
        places = [(match[0].casefold(), match.start(), match.end()) for match in _WORD.finditer(stem)]
        words = [word for word, _, _ in places]
        for length in range(min(_WORDS, len(words)), 0, -1):
            for start in range(len(words) - length + 1):
                found = self._by_words.get(tuple(words[start : start + length]))
                if found and (length > 1 or len(words[start]) > 2 or len(words) == 1):
                    match = _CODE.match(stem, places[start + length - 1][2])
                    return found[0], match[1] if match else ""
        return "", ""
