"""A heading as it is compared, whatever it means."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_BRACKETS = re.compile(r"[(\[（【{＜<][^)\]）】}＞>]{0,200}[)\]）】}＞>]")
_ACCENTED = re.compile("[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u017e]")
_NOISE = re.compile(r"[^\w%#№]+|_")


@lru_cache(maxsize=65_536)
def plain(heading: str) -> str:
    """A heading as it is compared: narrowed, lower case, without punctuation, words parted by one blank."""
    text = unicodedata.normalize("NFKC", heading).replace("*", " ")
    text = _ACCENTED.sub(lambda m: unicodedata.normalize("NFD", m[0])[0], text)  # INICIO is Início
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)  # TypeName
    text = _NOISE.sub(" ", text.casefold()).strip()
    return re.sub(r"(?<=[\u3040-\u9fff]) (?=[\u3040-\u9fff])", "", text)


def without_brackets(heading: str) -> str:
    """A heading without what stands in brackets: ``工期(天)`` is 工期."""
    return _BRACKETS.sub(" ", heading).strip()
