"""How texts and what is asked for are cut for the search index.

Every cut works sign by sign, so that a part of a text stays a part of the cut text: whatever contains a word is found
by it, and so the index never misses what a look through the columns would find.

- Words: a Chinese or Japanese sign is a word of its own, what is written with blanks is parted at them and at
  punctuation. Asked as a phrase, the signs stand side by side, so that one sign finds as well as four.
- Grams: three signs in a row of all that isn't Chinese. They find ``110`` inside ``P-1101A``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

#: Scripts without blanks between words: Chinese signs, their radicals and repetition marks, Japanese kana.
_SINGLE = (
    "\u2e80-\u2fdf\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_is_single = re.compile(f"[{_SINGLE}]").match
_RUNS = re.compile(f"[{_SINGLE}]+|[^{_SINGLE}]+")
#: How many signs a gram has, and how many of them are asked for at most; more would narrow no further.
GRAM, _MOST = 3, 40
#: How many initials and how many letters of spelled pinyin the index holds of each place in a name.
INITIALS, SPELLED = 8, 18
#: The marks above and below Latin letters, which nobody types.
_MARKS = range(0x300, 0x370)


class _Folded(dict[int, str]):
    """Full-width forms narrowed, case and marks dropped, for each sign when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = _folded(chr(code))
        return self[code]


class _Parted(dict[int, str]):
    """As folded, with blanks around each sign of a script without them and in the place of punctuation."""

    def __missing__(self, code: int) -> str:
        self[code] = "".join(map(_parted, _folded(chr(code))))
        return self[code]


class _Latin(dict[int, str]):
    """As folded, with a blank in the place of each sign of a script without them."""

    def __missing__(self, code: int) -> str:
        self[code] = "".join(" " if _is_single(sign) else sign for sign in _folded(chr(code)))
        return self[code]


def _folded(sign: str) -> str:
    if sign == "\0":
        return " "  # the index would end there
    plain = "".join(c for c in unicodedata.normalize("NFKD", sign) if ord(c) not in _MARKS)
    return unicodedata.normalize("NFKC", plain).casefold()


def _parted(sign: str) -> str:
    if _is_single(sign):
        return f" {sign} "
    return sign if unicodedata.category(sign)[0] in "LNM" else " "


_FOLDED, _PARTED, _LATIN = _Folded(), _Parted(), _Latin()


def parted(text: str) -> str:
    """A text as the index holds its words."""
    return text.translate(_PARTED)


def gram_text(text: str) -> str:
    """A text as the index holds its grams."""
    return text.lower() if text.isascii() and "\0" not in text else text.translate(_LATIN)


def folded_sign(sign: str) -> str:
    """A single sign as it is compared; several where it is a ligature, none where it is a mark."""
    return _FOLDED[ord(sign)]


class Narrowing(NamedTuple):
    """What rows must have in words and in grams to contain all words of a text; empty where that can't be said."""

    words: str
    grams: str

    def __bool__(self) -> bool:
        return bool(self.words or self.grams)


def narrowing(asked: Iterable[str]) -> Narrowing:
    """Which rows may contain every one of some words anywhere in their texts; not one that does is left out.

    One or two Latin letters in a word say nothing here: too much has them.
    """
    phrases: list[str] = []
    grams: dict[str, None] = {}
    for word in asked:
        for run in _RUNS.findall(word.translate(_FOLDED)):
            if _is_single(run):
                phrases.append(f'"{" ".join(run)}"')
            else:
                grams.update(dict.fromkeys(_quoted(run[at : at + GRAM]) for at in range(len(run) - GRAM + 1)))
    return Narrowing(" AND ".join(phrases[:_MOST]), " AND ".join(list(grams)[:_MOST]))


def match_of(text: str) -> str:
    """What the index is asked for when somebody searches for a text; empty when it has neither letter nor digit.

    Every word must be found, the last of its parts as the beginning of a word. A word of letters may also be pinyin,
    or its initials.
    """
    asked = []
    for word in text.split():
        parts = parted(word).split()
        if not parts:
            continue
        phrase = f'"{" ".join(parts)}"' + ("" if _is_single(parts[-1]) else "*")
        either = [f"{{name texts}}: {phrase}"]
        if len(parts) == 1 and len(parts[0]) > 1 and parts[0].isascii() and parts[0].isalpha():
            either += [f'initials: "{parts[0][:INITIALS]}"*', f'spelled: "{parts[0][:SPELLED]}"*']
        asked.append(f"({' OR '.join(either)})")
    return " AND ".join(asked)


def name_match_of(text: str) -> str:
    """As ``match_of``, for names alone: what is found so comes first."""
    phrases = [parts for word in text.split() if (parts := parted(word).split())]
    asked = (f'"{" ".join(parts)}"' + ("" if _is_single(parts[-1]) else "*") for parts in phrases)
    return " AND ".join(f"name: {phrase}" for phrase in asked)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
