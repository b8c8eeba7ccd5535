"""Signs a PDF with a certificate file: in one of the fields of its page to sign, or in one of its own.

What is signed is appended; the PDF that was issued stays in it byte for byte, so that it is still told by its checksum.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from handover.errors import NotFound, NotValid
from handover.i18n import N_
from handover.pack.sealing.library import require_sealing
from handover.pack.sealing.reading import library_faults, read_pdf, unreadable
from handover.plain_file import open_plain
from handover.replacing import replacing


@dataclass(frozen=True, slots=True)
class SignatureField:
    """A place to sign in a PDF.

    Args:
        name: by which the PDF knows it.
        who: who is to sign there, as the page says it.
        filled: somebody signed there.
    """

    name: str
    who: str
    filled: bool


@dataclass(frozen=True, slots=True)
class SigningCertificate:
    """A certificate with its key, in a file of PKCS #12 (.p12, .pfx)."""

    file: Path
    passphrase: str = ""


def fields_of(pdf: Path) -> tuple[SignatureField, ...]:
    """The places to sign of a PDF. Raises UnusableFile, HandoverError where the library is missing."""
    require_sealing()
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.fields import enumerate_sig_fields

    try:
        reader = PdfFileReader(BytesIO(read_pdf(pdf)), strict=False)
        found = []
        for name, value, reference in enumerate_sig_fields(reader):
            who = str(reference.get_object().get("/TU", "") or "")
            found.append(SignatureField(str(name), who, value is not None))
        return tuple(found)
    except library_faults() as fault:
        raise unreadable(pdf, fault) from fault


def sign_pdf(pdf: Path, to: Path, certificate: SigningCertificate, *, field: str = "", reason: str = "") -> str:
    """Write a signed copy; returns the name of the field that was signed.

    Args:
        field: its name, its number counted from 1, or a part of what it says of who signs there; the first free one by
            default, and one of its own where the PDF has none.

    Raises:
        NotFound: there is no such field.
        NotValid: it is signed already, or certificate and passphrase don't fit.
        UnusableFile: the PDF can't be read.
    """
    require_sealing()
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko.sign.general import SigningError

    content = read_pdf(pdf)
    signer = signer_of(certificate)
    chosen = _chosen(fields_of(pdf), field)
    told = signers.PdfSignatureMetadata(
        field_name=chosen or "Signature", md_algorithm="sha256", reason=reason or None, use_pades_lta=False
    )
    try:
        writer = IncrementalPdfFileWriter(BytesIO(content), strict=False)
        signed = signers.sign_pdf(writer, told, signer=signer, existing_fields_only=bool(chosen))
    except SigningError as fault:
        raise NotValid(N_("“{name}” couldn't be signed: {reason}"), name=pdf.name, reason=str(fault)) from fault
    except library_faults() as fault:
        raise unreadable(pdf, fault) from fault
    with replacing(to) as part:
        part.write_bytes(signed.getvalue())
    return chosen or "Signature"


def _chosen(fields: Sequence[SignatureField], wanted: str) -> str:
    """The name of the field that is meant; empty where the PDF has none and none is named."""
    if not wanted:
        free = [each for each in fields if not each.filled]
        if fields and not free:
            raise NotValid(N_("Every field for a signature is signed already."))
        return free[0].name if free else ""
    found = [each for n, each in enumerate(fields, 1) if wanted in (each.name, str(n))]
    found = found or [each for each in fields if wanted.casefold() in each.who.casefold()]
    if not found:
        names = "; ".join(f"{n} {each.who or each.name}" for n, each in enumerate(fields, 1)) or "–"
        raise NotFound(N_("There is no field {name} to sign. There are: {names}."), name=wanted, names=names)
    free = [each for each in found if not each.filled]
    if not free:
        raise NotValid(N_("“{name}” is signed already."), name=found[0].who or found[0].name)
    return free[0].name


def signer_of(certificate: SigningCertificate) -> Any:  # Any: the library has no stubs
    """What the library signs with. Raises NotValid where certificate and passphrase don't fit."""
    from pyhanko.sign.signers import SimpleSigner

    try:
        with open_plain(certificate.file) as file:
            content = file.read(1 << 22)
        passphrase = certificate.passphrase.encode("utf-8") if certificate.passphrase else None
        return SimpleSigner.load_pkcs12_data(content, other_certs=[], passphrase=passphrase)
    except (OSError, ValueError, TypeError) as fault:
        raise NotValid(
            N_("“{name}” isn't a certificate that this passphrase opens. Take a .p12 or .pfx file with its key."),
            name=certificate.file.name,
            detail=str(fault),
        ) from fault
