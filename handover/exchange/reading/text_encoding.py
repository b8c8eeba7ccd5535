"""In which encoding the bytes of a text are, as far as they tell."""

from __future__ import annotations

import codecs

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN_MARKS = frozenset("“”‘’„«»–—…•·°§£€¥©®™²³µ½\xa0")
#: What lists are written in: charset-normalizer weighs these against each other, for of all that it knows it too often
#: takes one that nobody uses.
_WIDE = ["utf_16_le", "utf_16_be"]
_LIKELY = ["gb18030", "cp950", "cp932", "cp1252", *_WIDE]
#: So many characters tell enough.
_PART = 20_000
#: As much of a text may look odd: a list is codes, dates and names rather than sentences.
_ODD_SHARE = 0.6


def guess_encoding(sample: bytes, complete: bool = True) -> str | None:
    """The encoding of some bytes: their mark's, UTF-8, UTF-16, Shift-JIS, GB18030, Big5 or Latin; None for no text.

    Args:
        complete: nothing comes after the sample; else a character may be cut at its end.
    """
    for mark, name in _BOMS:
        if sample.startswith(mark):
            return name
    if b"\0" in sample:
        return _utf16_without_mark(sample)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample, final=complete)
        return "utf-8"
    except UnicodeDecodeError:
        pass
    if _is_damaged_utf8(sample):
        return "utf-8"
    if _has_accents_alone(sample):
        return "cp1252"
    return _likeliest(sample if complete else sample[: sample.rfind(b"\n") + 1], _LIKELY) or "cp1252"


def _is_damaged_utf8(sample: bytes) -> bool:
    """UTF-8 in which some program has cut a character in two: hardly a fault among many characters of several bytes."""
    text = sample.decode("utf-8", errors="replace")
    faults = text.count("\ufffd")
    return sum(ch > "\x7f" for ch in text) - faults >= 20 * faults


def _utf16_without_mark(sample: bytes) -> str | None:
    """UTF-16 of text in Latin letters has a zero in every other byte; what else it is, the characters tell."""
    part = sample[:4096]
    even, odd = part[0::2].count(0), part[1::2].count(0)
    half = len(part) / 2
    if odd > 0.3 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.3 * half and odd < 0.05 * half:
        return "utf-16-be"
    return _likeliest(sample[: len(sample) // 2 * 2], _WIDE)


def _has_accents_alone(sample: bytes) -> bool:
    """Latin: whatever isn't ASCII is a letter with an accent or a usual mark, and stands beside ASCII."""
    part = sample[:_PART].decode("cp1252", errors="replace")
    return all(
        ("\xc0" <= ch <= "\xff" or ch in _WESTERN_MARKS) and part[place - 1 : place] <= "\x7f"
        for place, ch in enumerate(part)
        if ch > "\x7f"
    )


def _likeliest(sample: bytes, names: list[str]) -> str | None:
    """The encoding in which the bytes read most like a language; None where they do in none."""
    from charset_normalizer import from_bytes  # here, for most texts are UTF-8 and don't need it

    best = from_bytes(sample, cp_isolation=names, threshold=_ODD_SHARE, preemptive_behaviour=False).best()
    return best.encoding.replace("utf_16_", "utf-16-") if best else None


def reads_as_western(text: str) -> bool:
    """True where what isn't ASCII are letters that stand alone among others, as accents do, or usual marks."""
    part = text[:_PART]
    foreign = [place for place, ch in enumerate(part) if ch > "\x7f"]
    usual = sum(part[place].isalpha() or part[place] in _WESTERN_MARKS for place in foreign)
    paired = sum(part[place].isalpha() and part[place - 1 : place] > "\x7f" for place in foreign)
    return usual >= 0.8 * len(foreign) and paired <= 0.3 * len(foreign)
