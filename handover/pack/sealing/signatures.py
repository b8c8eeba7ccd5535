"""The signatures in a PDF: who signed, whether what was signed is still as it was, and whether the signer is known.

A signature tells three things apart. It holds where what it covers is unchanged; it covers the whole file, or only what
stood there before somebody added to it; and its signer is trusted where a certificate that one trusts vouches for them.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from handover.errors import NotValid
from handover.i18n import N_, tr
from handover.pack.sealing.library import can_seal, require_sealing
from handover.pack.sealing.reading import library_faults, read_pdf, unreadable
from handover.plain_file import open_plain

#: So much of the end of a file is looked at for a signature before the library is asked.
_MARK = b"/ByteRange"
_AT_ONCE = 1 << 20


@dataclass(frozen=True, slots=True)
class FoundSignature:
    """A signature in a PDF.

    Attributes:
        holds: what it covers is as it was signed.
        whole: nothing was added after it but further signatures.
        trusted: a certificate that was named vouches for the signer.
        covered: how many bytes of the file it covers, from the first on.
    """

    field: str
    signer: str
    signed_at: dt.datetime | None
    holds: bool
    whole: bool
    trusted: bool
    covered: int

    @property
    def ok(self) -> bool:
        """Whether what was signed stands."""
        return self.holds and self.whole

    def __str__(self) -> str:
        moment = f"{self.signed_at:%Y-%m-%d %H:%M}" if self.signed_at is not None else "–"
        if not self.holds:
            return tr(
                "Signature of {name}, {moment}: BROKEN, what it covers was changed.", name=self.signer, moment=moment
            )
        if not self.whole:
            return tr("Signature of {name}, {moment}: holds, but the file was changed after it.",
                      name=self.signer, moment=moment)  # fmt: skip
        if self.trusted:
            return tr(
                "Signature of {name}, {moment}: holds, and the signer is trusted.", name=self.signer, moment=moment
            )
        return tr("Signature of {name}, {moment}: holds; nobody that was named vouches for the signer.",
                  name=self.signer, moment=moment)  # fmt: skip


def is_signed(pdf: Path) -> bool:
    """Whether a file may hold signatures, without the library."""
    with open_plain(pdf) as file:
        before = b""
        while block := file.read(_AT_ONCE):
            if _MARK in before + block:
                return True
            before = block[-len(_MARK) :]
    return False


def signatures_of(pdf: Path, trusted: Sequence[Path] = ()) -> tuple[FoundSignature, ...]:
    """The signatures of a PDF, the first signed first.

    Args:
        trusted: files of certificates that vouch for signers, as .pem or .cer.

    Raises:
        UnusableFile: it can't be read. NotValid: a certificate can't. HandoverError: the library is missing.
    """
    require_sealing()
    from pyhanko.pdf_utils.reader import PdfFileReader

    silence()
    roots = certificates_of(trusted)
    try:
        reader = PdfFileReader(BytesIO(read_pdf(pdf)), strict=False)
        return tuple(_found(each, roots) for each in reader.embedded_regular_signatures)
    except library_faults() as fault:
        raise unreadable(pdf, fault) from fault


def silence() -> None:
    """Have the library log nothing: what it finds is told by what is returned."""
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def certificates_of(files: Sequence[Path]) -> list[Any]:  # Any: the library has no stubs
    """The certificates in files. Raises NotValid where one can't be read."""
    return [root for file in files for root in _certificates(file)]


def signatures_if_any(pdf: Path, trusted: Sequence[Path] = ()) -> tuple[FoundSignature, ...] | None:
    """As ``signatures_of``; None where there may be some and the library that tells of them is missing."""
    if pdf.suffix.lower() != ".pdf" or not is_signed(pdf):
        return ()
    return signatures_of(pdf, trusted) if can_seal() else None


def _found(signature: Any, roots: Sequence[Any]) -> FoundSignature:  # Any: the library has no stubs
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    name = str(signature.field_name)
    # Nothing is fetched: whether a certificate was withdrawn is told by what the file itself brings.
    context = ValidationContext(trust_roots=list(roots), allow_fetching=False)
    try:
        status = validate_pdf_signature(
            signature, context, key_usage_settings=KeyUsageConstraints(key_usage=set(), match_all_key_usages=False)
        )
    except SignatureValidationError:
        return FoundSignature(name, _signer_name(signature), signature.self_reported_timestamp, False, False, False, 0)
    holds = bool(status.intact and status.valid)
    whole = holds and bool(status.docmdp_ok or status.coverage is SignatureCoverageLevel.ENTIRE_FILE)
    return FoundSignature(
        name, _signer_name(signature), signature.self_reported_timestamp, holds, whole, bool(status.trusted),
        sum(int(n) for n in list(signature.byte_range)[2:]),
    )  # fmt: skip


def _signer_name(signature: Any) -> str:  # Any: as above
    subject = signature.signer_cert.subject.native if signature.signer_cert is not None else {}
    return str(subject.get("common_name") or subject.get("organization_name") or "?")


def _certificates(file: Path) -> Iterator[Any]:  # Any: as above
    from pyhanko.keys import load_certs_from_pemder_data

    try:
        with open_plain(file) as opened:
            yield from load_certs_from_pemder_data(opened.read(1 << 22))
    except (OSError, ValueError, TypeError) as fault:
        raise NotValid(N_("“{name}” is no file of certificates."), name=file.name, detail=str(fault)) from fault
