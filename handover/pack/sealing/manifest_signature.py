"""A manifest signed with a certificate: its signature stands beside it, as CMS (.p7s) that other programs read."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from handover.errors import UnusableFile
from handover.i18n import N_
from handover.pack.sealing.library import require_sealing
from handover.pack.sealing.sign import SigningCertificate, signer_of
from handover.pack.sealing.signatures import FoundSignature, certificates_of, silence
from handover.plain_file import open_plain
from handover.replacing import replacing

#: Ends the name of a signature, behind the name of what is signed.
SIGNATURE = ".p7s"
_LARGEST = 4 << 20


def sign_manifest(manifest: Path, certificate: SigningCertificate) -> Path:
    """Write the signature of a manifest beside it; returns its path.

    Raises:
        NotValid: certificate and passphrase don't fit. HandoverError: the library is missing, or it can't be written.
    """
    require_sealing()
    signer = signer_of(certificate)
    content = _content(manifest)
    signed = asyncio.run(signer.async_sign_general_data(content, "sha256", detached=True))
    to = manifest.with_name(manifest.name + SIGNATURE)
    with replacing(to) as part:
        part.write_bytes(signed.dump())
    return to


def manifest_signature(manifest: Path, trusted: Sequence[Path] = ()) -> FoundSignature | None:
    """The signature that stands beside a manifest; None where there is none.

    Raises:
        UnusableFile: it is no signature. HandoverError: the library is missing.
    """
    beside = manifest.with_name(manifest.name + SIGNATURE)
    if not beside.is_file():
        return None
    require_sealing()
    silence()
    from asn1crypto import cms
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko.sign.validation.generic_cms import async_validate_detached_cms
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko_certvalidator import ValidationContext

    context = ValidationContext(trust_roots=certificates_of(trusted), allow_fetching=False)
    anyone = KeyUsageConstraints(key_usage=set(), match_all_key_usages=False)
    try:
        signed = cms.ContentInfo.load(_content(beside))["content"]
        status = asyncio.run(
            async_validate_detached_cms(
                _content(manifest), signed, signer_validation_context=context, key_usage_settings=anyone
            )
        )
        name = status.signing_cert.subject.native.get("common_name") or "?"
    except SignatureValidationError:
        return FoundSignature(manifest.name, "?", None, False, False, False, 0)
    except (ValueError, TypeError, KeyError, AttributeError) as fault:
        raise UnusableFile(
            N_("“{name}” is no signature of a manifest."), name=beside.name, detail=str(fault)
        ) from fault
    holds = bool(status.intact and status.valid)
    moment = getattr(status, "signer_reported_dt", None)
    return FoundSignature(manifest.name, str(name), moment, holds, holds, bool(status.trusted), 0)


def _content(path: Path) -> bytes:
    with open_plain(path) as file:
        return file.read(_LARGEST)
