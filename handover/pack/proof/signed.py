"""The signatures that a pack brings with it: in its PDFs and beside its manifest, in a folder or in an archive."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from handover.errors import UnusableFile
from handover.jobs import Progress
from handover.pack.proof.place import ArchivePlace, archive_place
from handover.pack.proof.verdict import Verification
from handover.pack.sealing.library import can_seal
from handover.pack.sealing.manifest_signature import SIGNATURE, manifest_signature
from handover.pack.sealing.signatures import FoundSignature, signatures_if_any
from handover.plain_file import is_plain

#: The states of a file that can be looked into.
_THERE = ("same", "changed", "signed")


def signatures_in(
    place: Path, found: Verification, trusted: Sequence[Path], progress: Progress
) -> dict[str, tuple[FoundSignature, ...]] | None:
    """The signatures of a pack that was looked at, by the names of its files; None where there are some and the library
    that tells of them is missing.

    Args:
        place: what was verified: a folder, an archive, a manifest or a file of a pack.
        trusted: files of certificates that vouch for those who signed.

    Raises:
        UnusableFile: a signature, or a PDF that is of the pack, can't be read. NotValid: a certificate can't.
        Cancelled: ``progress`` asked to stop.
    """
    if place.is_dir():
        return _in_folder(place, place, found, trusted)
    if place.suffix.lower() != ".zip":
        return _in_folder(place.parent, place, found, trusted)
    with ExitStack() as stack:
        archive = stack.enter_context(archive_place(place))
        # Signatures are told by what lies where the library can seek in it, which an entry of an archive is not.
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="handover-verify-", ignore_cleanup_errors=True)))
        _take_out(archive, found, folder, progress)
        return _in_folder(folder, place, found, trusted)


def _take_out(archive: ArchivePlace, found: Verification, folder: Path, progress: Progress) -> None:
    """Lay out what may bear signatures, under the plain names that the manifest gives it."""
    names = [found.manifest.name, found.manifest.name + SIGNATURE]
    names += [file.name for file in found.files if file.state in _THERE and may_bear(file.name)]
    things = archive.things()
    for name in names:
        if things.get(name) == "file":
            archive.take_out(name, folder / name, progress)


def may_bear(name: str) -> bool:
    """Whether a file may bear signatures within it, by its name."""
    return name.lower().endswith(".pdf")


def _in_folder(
    folder: Path, place: Path, found: Verification, trusted: Sequence[Path]
) -> dict[str, tuple[FoundSignature, ...]] | None:
    told: dict[str, tuple[FoundSignature, ...]] = {}
    manifest = folder / found.manifest.name
    if manifest.with_name(manifest.name + SIGNATURE).is_file():
        if not can_seal():
            return None
        signed = manifest_signature(manifest, trusted)
        told[manifest.name] = (signed,) if signed is not None else ()
    for file in found.files:
        path = folder / file.name
        if (file.state in ("missing", "link", "foreign") and path != place) or not is_plain(path):
            continue
        try:
            signatures = signatures_if_any(path, trusted)
        except UnusableFile:
            if file.state in ("same", "signed"):
                raise
            continue  # that it isn't of the pack is told already
        if signatures is None:
            return None
        told[file.name] = signatures
    return told
