"""What a file is, by its first bytes and its name, and whether a system would run it."""

from __future__ import annotations

import mimetypes

#: How many first bytes of a file tell what it is.
HEAD = 16

_BEGINNINGS = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"BM", "image/bmp"),
)
_PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/tiff", "image/bmp", "image/webp"})
_OF_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
_PROGRAMS = frozenset(
    suffix
    for line in (
        "exe com scr pif cpl msi msp msix appx application appref-ms bat cmd ps1 psm1 ps1xml vb vbs vbe js jse ws wsf",
        "wsh hta msc lnk url scf inf reg gadget chm jar class dll sys so sh bash zsh csh ksh fish run desktop appimage",
        "deb rpm command app pkg dmg scpt workflow py pyw pyc pl rb php iso img vhd apk",
    )
    for suffix in line.split()
)


def media_type(head: bytes, name: str) -> str:
    """The media type of a file: what its first bytes say, else what its suffix says."""
    for beginning, found in _BEGINNINGS:
        if head.startswith(beginning):
            return found
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    guessed = mimetypes.guess_type(name, strict=False)[0] or ""
    # A suffix that promises a picture or a PDF where the bytes say otherwise promises too much.
    return "application/octet-stream" if not guessed or guessed in _PICTURES | {"application/pdf"} else guessed


def is_shown(media: str) -> bool:
    """Whether a file of this media type can be looked at inside the program."""
    return media == "application/pdf" or media in _PICTURES


def program_suffix(name: str, head: bytes = b"") -> str:
    """The true suffix of a file that a system would run when it is opened, such as ``.exe``; empty for any other.

    A file that begins as programs do is one whatever it is called: its suffix, or ``?`` where it has none, is told.
    """
    shown = name.rstrip(" .")
    suffix = shown.rpartition(".")[2].strip().casefold() if "." in shown else ""
    if suffix in _PROGRAMS or head.startswith(_OF_PROGRAMS):
        return f".{suffix}" if suffix else "?"
    return ""
