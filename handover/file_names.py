"""File names that every system accepts."""

from __future__ import annotations

import re
import unicodedata

from handover.errors import NotValid
from handover.i18n import N_

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


def refuse_name(name: str) -> None:
    """Raises NotValid with the reason when a name that somebody typed isn't safe as it stands."""
    if not name.strip():
        raise NotValid(N_("A file needs a name."), field="name")
    if re.search(r"[/\\]", name):
        raise NotValid(
            N_("“{name}” holds a path. A file's name has no / and no \\."), field="name", name=shown_name(name)
        )
    if any(unicodedata.category(c)[0] == "C" for c in name):
        raise NotValid(
            N_("“{name}” holds characters that can't be seen, such as one that turns the direction of writing."),
            field="name",
            name=shown_name(name),
        )
    if found := _FORBIDDEN.search(name):
        raise NotValid(
            N_("“{name}” holds {sign}, which Windows allows in no name."), field="name", name=name, sign=found[0]
        )
    if len(name.encode()) > NAME_BYTES:
        raise NotValid(
            N_("This name has {n} characters, which is too long for some systems. Shorten it."),
            field="name",
            n=len(name),
        )
    if name.split(".", maxsplit=1)[0].strip().casefold() in _RESERVED:
        raise NotValid(N_("“{name}” is the name of a device on Windows. Choose another."), field="name", name=name)
    if safe_name(name) != unicodedata.normalize("NFC", name):
        raise NotValid(
            N_("“{name}” is no name for a file on every system. This would be: “{better}”."),
            field="name",
            name=name,
            better=safe_name(name),
        )


def shown_name(name: str) -> str:
    """A name as it can be shown, whatever is in it."""
    return "".join("�" if unicodedata.category(c)[0] == "C" else c for c in name)[:100]
