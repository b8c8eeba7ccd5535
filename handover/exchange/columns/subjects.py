"""What a list is about, as its file, its sheet and its title say: risks, equipment, drawings, people, training."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from handover.registers.heading_words import subject_words

_SPACED = re.compile(r"[^\w]+|_")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@lru_cache(maxsize=4096)
def is_about(register: str, text: str) -> bool:
    """True when the name of a file or a sheet, or a title, says that the list is one of the register's."""
    plain = unicodedata.normalize("NFKC", text)
    words = [w for w in _SPACED.split(_CAMEL.sub(" ", plain).casefold()) if w]
    said, whole = set(words), f" {' '.join(words)} "
    return any(
        (f" {w} " in whole if " " in w else w in said) if w.isascii() or "ä" in w else w in plain
        for w in subject_words(register)
    )
