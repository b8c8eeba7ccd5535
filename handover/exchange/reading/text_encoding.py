"""In which encoding the bytes of a text are, as far as they tell."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN_MARKS = frozenset("“”‘’„«»–—…•·°§£€©®™²³µ½\xa0")
_CHINESE_GB = re.compile(rb"(?:[\xb0-\xf7][\xa1-\xfe])")


def guess_encoding(sample: bytes, complete: bool = True) -> str | None:
    """The encoding of some bytes: their mark's, UTF-8, UTF-16, Shift-JIS, GB18030, Big5 or Latin; None for no text."""
    for mark, name in _BOMS:
        if sample.startswith(mark):
            return name
    if wide := _utf16_without_mark(sample):
        return wide
    if b"\0" in sample:
        return None
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample, final=complete)
        return "utf-8"
    except UnicodeDecodeError:
        pass
    if _is_damaged_utf8(sample):
        return "utf-8"
    if _is_japanese(sample, complete):
        return "cp932"
    if _is_gb(sample, complete):
        return "gb18030"
    return "cp950" if _is_big5(sample, complete) else "cp1252"


def _is_damaged_utf8(sample: bytes) -> bool:
    """UTF-8 in which some program has cut a character in two: hardly a fault among many characters of several bytes."""
    text = sample.decode("utf-8", errors="replace")
    faults = text.count("\ufffd")
    return sum(ch > "\x7f" for ch in text) - faults >= 20 * faults


def _utf16_without_mark(sample: bytes) -> str | None:
    """UTF-16 of text in Latin letters has a zero in every other byte."""
    part = sample[:4096]
    if len(part) < 4 or b"\0" not in part:
        return None
    even, odd = part[0::2].count(0), part[1::2].count(0)
    half = len(part) / 2
    if odd > 0.3 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.3 * half and odd < 0.05 * half:
        return "utf-16-be"
    return next((codec for codec in ("utf-16-le", "utf-16-be") if _is_chinese_text(part, codec)), None)


def _is_chinese_text(part: bytes, codec: str) -> bool:
    """Hardly a zero, for it is Chinese: lines of nothing but Latin and Chinese characters in this order of bytes."""
    text = part[: len(part) // 2 * 2].decode(codec, errors="replace")
    usual = sum(ch in "\t\r\n" or " " <= ch <= "~" or "\u3000" <= ch <= "\u9fff" or ch >= "\uff01" for ch in text)
    return "\n" in text and usual - text.count("\ufffd") >= 0.98 * len(text)


def _is_japanese(sample: bytes, complete: bool) -> bool:
    """Shift-JIS: it decodes, and a good part of what isn't ASCII are kana of full width."""
    try:
        text = codecs.getincrementaldecoder("cp932")().decode(sample, final=complete)
    except UnicodeDecodeError:
        return False
    foreign = sum(ch > "\x7f" for ch in text)
    kana = sum("\u3040" <= ch <= "\u30ff" for ch in text)
    return kana >= 3 and kana >= 0.2 * foreign


def _is_gb(sample: bytes, complete: bool) -> bool:
    """GB18030 rather than Latin: it decodes, and its high bytes come in pairs of common Chinese characters."""
    try:
        codecs.getincrementaldecoder("gb18030")().decode(sample, final=complete)
    except UnicodeDecodeError:
        return False
    high = sum(b >= 0x80 for b in sample)
    return 2 * len(_CHINESE_GB.findall(sample)) >= 0.7 * high


def _is_big5(sample: bytes, complete: bool) -> bool:
    """Big5 rather than Latin: it decodes, and nearly all of its pairs are of the common characters."""
    try:
        text = codecs.getincrementaldecoder("cp950")().decode(sample, final=complete)
    except UnicodeDecodeError:
        return False
    foreign = [ch.encode("cp950") for ch in text[:20_000] if ch > "\x7f"]
    return len(foreign) >= 4 and sum(b"\xa4" <= pair[:1] <= b"\xc6" for pair in foreign) >= 0.9 * len(foreign)


def reads_as_western(text: str) -> bool:
    """True where what isn't ASCII are letters that stand alone among others, as accents do, or usual marks."""
    part = text[:20_000]
    foreign = [place for place, ch in enumerate(part) if ch > "\x7f"]
    usual = sum(part[place].isalpha() or part[place] in _WESTERN_MARKS for place in foreign)
    paired = sum(part[place].isalpha() and part[place - 1 : place] > "\x7f" for place in foreign)
    return usual >= 0.8 * len(foreign) and paired <= 0.3 * len(foreign)
