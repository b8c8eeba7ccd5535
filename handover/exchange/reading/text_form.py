"""How a text file holds its table when the user says so: the encodings and separators that can be chosen."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from handover.errors import NotValid
from handover.i18n import N_, tr

#: The encodings that can be chosen, the likeliest first, by their names.
ENCODINGS: Final[Mapping[str, str]] = {
    "utf-8": "UTF-8", "gb18030": "GB18030", "utf-16": "UTF-16", "cp950": "Big5", "cp1252": "Windows-1252",
    "cp1250": "Windows-1250", "cp1251": "Windows-1251", "cp932": "Shift-JIS", "cp949": "EUC-KR",
}  # fmt: skip
_USED_FOR: Final[Mapping[str, str]] = {
    "gb18030": N_("simplified Chinese, GBK"),
    "cp950": N_("traditional Chinese"),
    "cp1252": N_("Western Europe, Latin-1"),
    "cp1250": N_("Central Europe"),
    "cp1251": N_("Cyrillic"),
    "cp932": N_("Japanese"),
    "cp949": N_("Korean"),
}
SEPARATORS: Final[Mapping[str, str]] = {
    ",": N_("Comma"),
    ";": N_("Semicolon"),
    "\t": N_("Tab"),
    "|": N_("Vertical bar"),
}
#: Other names of the same, or of what is contained in it.
_INSTEAD: Final[Mapping[str, str]] = {
    "utf-8-sig": "utf-8", "ascii": "utf-8", "utf-16-le": "utf-16", "utf-16-be": "utf-16", "gbk": "gb18030",
    "gb2312": "gb18030", "big5": "cp950", "big5hkscs": "cp950", "iso8859-1": "cp1252", "shift_jis": "cp932",
    "euc_kr": "cp949",
}  # fmt: skip
_SPOKEN: Final[Mapping[str, str]] = {
    "comma": ",", "semicolon": ";", "tab": "\t", "\\t": "\t", "pipe": "|", "bar": "|", "space": " ",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TextForm:
    """What the user chose for a text file; what is None is found out from the file.

    Attributes:
        encoding: a key of ``ENCODINGS``.
        separator: the one character between two fields.
    """

    encoding: str | None = None
    separator: str | None = None

    @property
    def chosen(self) -> bool:
        """Whether the user chose anything."""
        return self.encoding is not None or self.separator is not None


def text_form(encoding: str | None = None, separator: str | None = None) -> TextForm:
    """What the user typed: any usual name of an encoding, a separator or its English name.

    Raises:
        NotValid: there is no such encoding, or nothing can be separated by that.
    """
    return TextForm(_encoding(encoding) if encoding else None, _separator(separator) if separator else None)


def encoding_name(codec: str) -> str:
    """An encoding as it is called, such as UTF-8 or Big5."""
    return ENCODINGS.get(_plain(codec), codec.upper())


def encoding_choice(codec: str) -> str:
    """An encoding as it stands in a list of them, with what it is used for."""
    name = encoding_name(codec)
    return tr("{name} ({used_for})", name=name, used_for=tr(_USED_FOR[codec])) if codec in _USED_FOR else name


def separator_name(mark: str) -> str:
    """A separator as it is shown."""
    return tr(SEPARATORS[mark]) if mark in SEPARATORS else mark


def _encoding(text: str) -> str:
    try:
        found = _plain(text.strip())
    except (LookupError, ValueError):  # ValueError: a zero byte in the name
        found = ""
    if found not in ENCODINGS:
        raise NotValid(
            N_("“{value}” isn't an encoding that can be read. There are: {known}."),
            value=text,
            known=", ".join(ENCODINGS.values()),
        )
    return found


def _plain(codec: str) -> str:
    name = codecs.lookup(codec).name
    return _INSTEAD.get(name, name)


def _separator(text: str) -> str:
    mark = _SPOKEN.get(text.strip().lower(), text)
    if len(mark) != 1 or mark.isalnum() or mark in "\"'\r\n\0":
        raise NotValid(
            N_("“{value}” can't separate fields. There are: comma, semicolon, tab, pipe, or any one sign."),
            value=text,
        )
    return mark
