"""The signs that XML writes in other words, read without the network that the standard library loads beside them."""

from __future__ import annotations

#: The ampersand comes last, so that what it makes is taken as it stands.
_SIGNS = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))


def plain(raw: bytes) -> str:
    """The text of an attribute or an element as it is meant; bytes that aren't UTF-8 are marked as unreadable."""
    text = raw.decode("utf-8", errors="replace")
    if "&" in text:
        for name, sign in _SIGNS:
            text = text.replace(name, sign)
    return text
