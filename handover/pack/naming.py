"""File names that every system accepts."""

from __future__ import annotations

import re
import unicodedata

#: Bytes of UTF-8 that a name may have with its suffix: the strictest of the common file systems allows 255.
NAME_BYTES = 180

_RESERVED = {"con", "prn", "aux", "nul", "conin$", "conout$", "clock$"} | {
    f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"
}
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')


def safe_name(text: str, instead: str = "handover") -> str:
    """A file name made of ``text`` that Windows, macOS and Linux accept and that stays in its folder.

    Separators and characters that Windows forbids become ``-``; control, bidirectional and other invisible
    characters go; so do leading and trailing dots and blanks. A reserved device name gets a ``_`` in front. A name that
    is too long is cut before its suffix.

    Args:
        instead: the name when nothing of ``text`` is left.
    """
    kept = "".join(c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c)[0] != "C" or c in "\t\n\r")
    name = re.sub(r"\s+", " ", _FORBIDDEN.sub("-", kept)).strip(" .")
    name = re.sub(r"\.{2,}", ".", name)
    if not name.strip("-_. "):
        name = instead
    if name.split(".")[0].strip().casefold() in _RESERVED:
        name = f"_{name}"
    return _cut(name)


def _cut(name: str) -> str:
    if len(name.encode()) <= NAME_BYTES:
        return name
    stem, dot, suffix = name.rpartition(".")
    if not dot or len(suffix) > 10:
        stem, suffix = name, ""
    room = NAME_BYTES - len(f"{dot}{suffix}".encode()) if suffix else NAME_BYTES
    short = stem.encode()[:room].decode(errors="ignore").rstrip(" .")
    return f"{short}.{suffix}" if suffix else short
