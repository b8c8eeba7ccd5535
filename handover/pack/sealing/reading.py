"""A PDF that is to be signed, locked or checked: its bytes, and what is said where it can't be read."""

from __future__ import annotations

from pathlib import Path

from handover.errors import UnusableFile
from handover.i18n import N_
from handover.plain_file import open_plain

#: A PDF that is signed, in bytes.
_LARGEST = 1 << 30


def read_pdf(pdf: Path) -> bytes:
    """The bytes of a PDF. Raises UnusableFile where it is no plain file, or too large to be held."""
    with open_plain(pdf) as file:
        content = file.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise UnusableFile(N_("“{name}” is too large to be signed."), name=pdf.name)
    return content


def library_faults() -> tuple[type[Exception], ...]:
    """What the library raises of a file that it can't read."""
    from pyhanko.pdf_utils.misc import PdfError

    return (PdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, NotImplementedError)


def unreadable(pdf: Path, fault: Exception) -> UnusableFile:
    """What is said of a file that the library could not read."""
    return UnusableFile(
        N_("“{name}” can't be read as a PDF: it is damaged, or locked by a password."), name=pdf.name, detail=str(fault)
    )
