"""Locks a PDF by a password (AES-256), and says what may be done with it without the owner's.

A locked PDF is none that archives take (PDF/A forbids it), and its checksum is its own: what is issued stays unlocked,
and a locked copy goes out.
"""

from __future__ import annotations

from collections.abc import Collection
from io import BytesIO
from pathlib import Path
from secrets import token_urlsafe
from typing import Final

from handover.errors import NotValid
from handover.i18n import N_
from handover.pack.sealing.library import require_sealing
from handover.pack.sealing.reading import library_faults, read_pdf, unreadable
from handover.replacing import replacing

#: What may be allowed, by the names of the library's permissions.
PERMISSIONS: Final[dict[str, tuple[str, ...]]] = {
    "print": ("ALLOW_PRINTING", "ALLOW_HIGH_QUALITY_PRINTING"),
    "copy": ("ALLOW_CONTENT_EXTRACTION",),
    "comment": ("ALLOW_ANNOTS_FORM_FILLING",),
    "sign": ("ALLOW_FORM_FILLING",),
    "change": ("ALLOW_MODIFICATION_GENERIC", "ALLOW_REASSEMBLY"),
}


def protect(pdf: Path, to: Path, password: str, owner: str = "", allowed: Collection[str] = ("print", "sign")) -> None:
    """Write a copy that opens with a password alone.

    Args:
        password: that opens it; empty where anybody may open it, and only what is allowed is restricted.
        owner: that lifts the restrictions; one that nobody knows by default.
        allowed: keys of ``PERMISSIONS``. Programs that read aloud always may.

    Raises:
        NotValid: a permission that there isn't, or neither password nor restriction.
        UnusableFile: it can't be read. HandoverError: the library is missing, or the file can't be written.
    """
    require_sealing()
    from pyhanko.pdf_utils.crypt.permissions import StandardPermissions
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.pdf_utils.writer import copy_into_new_writer

    for name in allowed:
        if name not in PERMISSIONS:
            raise NotValid(N_("“{value}” is not one of: {allowed}."), value=name, allowed=", ".join(PERMISSIONS))
    if not password and set(allowed) >= set(PERMISSIONS):
        raise NotValid(N_("Give a password, or say what may not be done with the PDF."))
    given = StandardPermissions.ALLOW_ASSISTIVE_TECHNOLOGY | StandardPermissions.TOLERATE_MISSING_PDF_MAC
    for name in allowed:
        for each in PERMISSIONS[name]:
            given |= StandardPermissions[each]
    try:
        writer = copy_into_new_writer(PdfFileReader(BytesIO(read_pdf(pdf)), strict=False))
        writer.encrypt(owner_pass=owner or token_urlsafe(32), user_pass=password, perms=given)
        out = BytesIO()
        writer.write(out)
    except library_faults() as fault:
        raise unreadable(pdf, fault) from fault
    with replacing(to) as part:
        part.write_bytes(out.getvalue())
