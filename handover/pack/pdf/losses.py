"""Sets the end of a document: which characters no typeface has, and which texts had to be cut."""

from __future__ import annotations

import unicodedata

from handover.i18n import N_
from handover.pack.pdf.lines import cut_to, lines_of
from handover.pack.pdf.page import Press
from handover.pack.pdf.style import DANGER, INK, LEFT, MUTED, SMALL, SMALL_LEADING
from handover.wording import Words, said, said_of

#: Characters and texts that are told one by one.
_MOST = 60
_TITLE = 10.5


def losses(press: Press) -> None:
    """What the document doesn't show as it was entered; nothing where all is there."""
    lacking, shortened = dict(press.lacking), dict(press.shortened)
    if not lacking and not shortened:
        return
    if press.room < 110:
        press.turn(landscape=False)
    press.down(10)
    _line(press, said(N_("What this document doesn't show as it was entered")), _TITLE, DANGER, strong=True)
    if lacking:
        _line(press, said_of("{n} character that no typeface has stands as □:", "{n} characters that no typeface has"
                             " stand as □:", len(lacking)), SMALL, INK)  # fmt: skip
        for c, page in list(lacking.items())[:_MOST]:
            name = unicodedata.name(c, "").title()
            _line(press, said(N_("U+{code} {name}, first on page {page}"), code=f"{ord(c):04X}", name=name, page=page))
        _more(press, len(lacking))
    if shortened:
        _line(press, said_of("{n} text was shortened:", "{n} texts were shortened:", len(shortened)), SMALL, INK)
        for text, page in list(shortened.items())[:_MOST]:
            kept = cut_to(text, press.breadth * 0.7, SMALL)
            _line(press, said(N_("page {page}: {text} ({n} characters)"), page=page, text=kept, n=len(text)))
        _more(press, len(shortened))


def _more(press: Press, n: int) -> None:
    if n > _MOST:
        _line(press, said_of("and {n} more", "and {n} more", n - _MOST))


def _line(press: Press, words: Words, size: float = SMALL, ink: str = MUTED, *, strong: bool = False) -> None:
    lines = lines_of(press.show(words, "  "), press.breadth, size, strong)
    pitch = size * 1.5 if strong else SMALL_LEADING
    press.need(len(lines) * pitch)
    press.down(press.pen.lines(LEFT, press.y, lines, size, pitch, ink, strong))
