"""How Chinese is read: the pinyin of names without tones, and its initials."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate

from handover.store.search.text import INITIALS, SPELLED

HAN = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")


@lru_cache(maxsize=20_000)
def initials(text: str) -> str:
    """The first letters of the pinyin of a Chinese text, of the words of another: 张三 gives ``zs``."""
    return "".join(part[:1] for part in _syllables(text))


@lru_cache(maxsize=20_000)
def spelled(text: str) -> str:
    """The pinyin of a Chinese text without tones: 张三 gives ``zhangsan``."""
    return "".join(_syllables(text))


def readings(run: str) -> list[str]:
    """How each sign of a Chinese run is read there; a sign that nobody reads stands for itself.

    A sign of one reading is looked up once in the life of the program, one of several is asked for with two neighbours
    on each side. That takes a third of the time that it takes to read each name as a whole, and agrees with it in all
    but one name of three hundred.
    """
    read = [_alone(sign) for sign in run]
    if len(run) == 1:
        return [read[0][0]]
    return [
        _beside(run[max(0, at - 2) : at + 3], min(at, 2)) if several else alone
        for at, (alone, several) in enumerate(read)
    ]


def beginnings(text: str) -> tuple[str, str]:
    """The initials and the spelled pinyin from each Chinese sign on, parted by blanks: what the index holds of a name.

    So 空气换热器 is found by ``hrq`` as well as by ``kqhrq``.
    """
    if text.isascii():
        return "", ""
    short: list[str] = []
    long: list[str] = []
    for run in HAN.findall(text):
        read = readings(run)
        letters, whole = "".join([r[0] for r in read]), "".join(read)
        starts = accumulate(map(len, read[:-1]), initial=0)
        short += [letters[at : at + INITIALS] for at in range(len(read))]
        long += [whole[at : at + SPELLED] for at in starts]
    return " ".join(short), " ".join(long)


def places(text: str, typed: str) -> Iterator[tuple[int, int]]:
    """Where in a text the signs stand that are read, or begin, as was typed: from and to."""
    for run in HAN.finditer(text):
        read = readings(run[0])
        for first in range(len(read)):
            if "".join(r[0] for r in read[first : first + len(typed)]) == typed:
                yield run.start() + first, run.start() + first + len(typed)
                continue
            said = ""
            for last in range(first, len(read)):
                said += read[last]
                if said.startswith(typed):
                    yield run.start() + first, run.start() + last + 1
                    break
                if not typed.startswith(said):
                    break


@lru_cache(maxsize=50_000)
def _alone(sign: str) -> tuple[str, bool]:
    from pypinyin import Style, pinyin

    (read,) = pinyin(sign, style=Style.NORMAL, heteronym=True)
    distinct = list(dict.fromkeys(read))
    return distinct[0] or sign, len(distinct) > 1


@lru_cache(maxsize=50_000)
def _beside(signs: str, at: int) -> str:
    from pypinyin import lazy_pinyin

    read = lazy_pinyin(signs)
    return read[at] if len(read) == len(signs) and read[at] else _alone(signs[at])[0]


def _syllables(text: str) -> list[str]:
    if text.isascii():
        return text.casefold().split()
    from pypinyin import lazy_pinyin

    return [s.casefold() for s in lazy_pinyin(text) if s.strip()]
