"""The checksum that binds the annexes of a pack to its page to sign.

It is taken of what the annexes say, not of how they are set: of their frozen outline, which the workspace keeps. So a
pack that was printed by another program is still held against what was signed.
"""

from __future__ import annotations

from hashlib import sha256

from handover.i18n import N_
from handover.pack.frozen import canonical
from handover.pack.outline import PackOutline
from handover.pack.packs.controlled import FileMark
from handover.wording import said, said_of, shown


def annexes_mark(outline: PackOutline) -> FileMark | None:
    """The annexes of an outline that was read out, by their checksum; None where it has none."""
    annexes = tuple(section for section in outline.of_print().sections if section.annex)
    if not annexes:
        return None
    n = sum(section.level == 1 for section in annexes)
    told = shown(said_of("{n} annex of this document", "{n} annexes of this document", n), outline.language, " / ")
    return FileMark(told, said(N_("Annexes")), sha256(canonical(annexes)).hexdigest())
