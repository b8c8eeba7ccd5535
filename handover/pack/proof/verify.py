"""Checks packs: in a folder, in an archive, by a manifest, or by a single file of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from itertools import chain
from pathlib import Path

from handover.errors import UnusableFile
from handover.i18n import N_, tr, trn
from handover.jobs import Progress, step, unattended
from handover.pack.delivery import finish
from handover.pack.manifest import SUFFIX, Manifest, ManifestEntry, checksum, understood, unusable
from handover.pack.proof.place import FolderPlace, PackLocation, Thing, archive_place, manifests_of
from handover.pack.proof.record import paper_begun_by, paper_with, told_of
from handover.pack.proof.signed import may_bear, signatures_in
from handover.pack.proof.verdict import Checked, State, Verification
from handover.pack.sealing.manifest_signature import SIGNATURE
from handover.pack.sealing.signatures import FoundSignature, is_signed
from handover.plain_file import refuse_odd
from handover.store.workspace import Workspace

#: So many files that don't belong are told one by one.
_STRANGERS = 200


def verify(
    place: Path,
    progress: Progress = unattended,
    workspace: Workspace | None = None,
    trusted: Sequence[Path] = (),
) -> tuple[Verification, ...]:
    """Check packs by their manifests, by what a workspace kept of them, and by the signatures in their PDFs.

    In a folder and in an archive nothing may lie beside the packs; with a manifest or another file of a pack, only that
    pack is looked at.

    Args:
        place: a folder or a .zip with one or more packs, a manifest, or a file of a pack.
        workspace: compared with what an issued pack of one of its projects tells of itself.
        trusted: files of certificates that vouch for those who signed.

    Raises:
        UnusableFile: there is no manifest, or it can't be read, or the archive can't.
        NotValid: a certificate can't be read.
        Cancelled: ``progress`` asked to stop.
    """
    found = _verified(place, progress, workspace)
    return tuple(_with_signatures(each, signatures_in(place, each, trusted, progress)) for each in found)


def _with_signatures(found: Verification, by_file: dict[str, tuple[FoundSignature, ...]] | None) -> Verification:
    """The same with its signatures; what was added to a file without one may be anything, and changes the file."""
    if by_file is None:
        return replace(found, signatures=None)
    files = tuple(
        replace(file, state="changed") if file.state == "signed" and not by_file.get(file.name) else file
        for file in found.files
    )
    return replace(found, files=files, signatures=tuple(chain.from_iterable(by_file.values())))


def _verified(place: Path, progress: Progress, workspace: Workspace | None) -> tuple[Verification, ...]:
    if place.is_dir():
        _finish(place)
        return _all_of(FolderPlace(place), progress, workspace)
    refuse_odd(place)
    if place.suffix.lower() == ".zip":
        with archive_place(place) as archive:
            return _all_of(archive, progress, workspace)
    _finish(place.parent)
    if place.name.endswith(SUFFIX):
        return (_one_of(FolderPlace(place.parent), place.name, progress, workspace),)
    return _by_file(place, progress, workspace)


def _finish(folder: Path) -> None:
    with suppress(OSError):  # in a folder that can only be read the pack is told as it lies there
        finish(folder)


def _all_of(place: PackLocation, progress: Progress, workspace: Workspace | None) -> tuple[Verification, ...]:
    things = place.things()
    names = manifests_of(things)
    if not names:
        raise UnusableFile(N_("There is no manifest of a pack in “{folder}”."), folder=str(place.path))
    read = {name: _read(place, name) for name in names}
    found = [_checked(place, things, name, *read[name], progress, workspace) for name in names]
    known = {*names, *(name + SIGNATURE for name in names)}.union(*(manifest.names for manifest, _ in read.values()))
    missing = {
        entry.sha256: entry.name
        for manifest, _ in read.values()
        for entry in manifest.files
        if entry.name not in things
    }
    strangers = tuple(_strangers(place, things, known, missing, progress))
    return (found[0].with_foreign(strangers), *found[1:]) if strangers else tuple(found)


def _one_of(place: FolderPlace, name: str, progress: Progress, workspace: Workspace | None) -> Verification:
    return _checked(place, place.things(), name, *_read(place, name), progress, workspace)


def _by_file(file: Path, progress: Progress, workspace: Workspace | None) -> tuple[Verification, ...]:
    """Check the pack that names a file; where none does, the workspace may know it."""
    place = FolderPlace(file.parent)
    manifests = {name: _read(place, name) for name in manifests_of(place.things())}
    naming = [name for name, (manifest, _) in manifests.items() if file.name in manifest.names]
    if naming:
        return tuple(_one_of(place, name, progress, workspace) for name in naming)
    digest = checksum(file)
    for name, (manifest, _) in manifests.items():
        if digest in manifest.digests:
            was = next(entry.name for entry in manifest.files if entry.sha256 == digest)
            stranger = Checked(file.name, "renamed", was)
            return (_one_of(place, name, progress, workspace).with_foreign((stranger,)),)
    if workspace is None:
        raise UnusableFile(
            N_("No manifest beside “{name}” names it. Name the workspace from which it was issued to compare it with."),
            name=file.name,
        )
    paper = paper_with(workspace, digest)
    state: State = "same"
    if paper is None and is_signed(file):
        paper, state = paper_begun_by(workspace, file), "signed"
    if paper is None:
        return (Verification(file, file.name, 1, False, (Checked(file.name, "foreign"),), record="unknown"),)
    since = "" if paper.status == "issued" else paper.status
    found = (Checked(file.name, state),)
    return (Verification(file, paper.number, paper.edition, False, found, record="same", since=since),)


def _read(place: PackLocation, name: str) -> tuple[Manifest, str]:
    """A manifest and its checksum."""
    path = place.path if place.path.is_dir() else place.path.with_suffix("")
    try:
        text = place.manifest(name)
    except (OSError, ValueError) as fault:
        raise unusable(path / name, str(fault)) from fault
    data = text.encode("utf-8") if isinstance(text, str) else text
    return understood(path / name, text), sha256(data).hexdigest()


def _checked(
    place: PackLocation,
    things: dict[str, Thing],
    name: str,
    manifest: Manifest,
    digest: str,
    progress: Progress,
    workspace: Workspace | None,
) -> Verification:
    files = []
    for at, entry in enumerate(manifest.files):
        step(progress, at, len(manifest.files), tr("Checking the files of the pack"))
        thing = things.get(entry.name)
        if thing in ("link", "twice"):
            files.append(Checked(entry.name, thing))
        elif thing != "file":
            files.append(Checked(entry.name, "missing"))
        else:
            files.append(Checked(entry.name, _state_of(place, entry, progress)))
    found = Verification(place.path / name, manifest.number, manifest.edition, manifest.draft, tuple(files))
    return found if workspace is None else replace(found, **told_of(workspace, manifest, digest)._asdict())


def _state_of(place: PackLocation, entry: ManifestEntry, progress: Progress) -> State:
    """Whether a file is as its manifest says; a PDF is signed by adding to it, which leaves what it begins with."""
    digest, longer = place.digest(entry.name, progress, entry.bytes)
    if digest != entry.sha256 or (longer and not may_bear(entry.name)):
        return "changed"
    return "signed" if longer else "same"


def _strangers(
    place: PackLocation, things: dict[str, Thing], known: set[str], missing: dict[str, str], progress: Progress
) -> Iterator[Checked]:
    """What lies there and no manifest names; a missing file under another name is told as that."""
    strange = [name for name in things if name not in known]
    for name in strange[:_STRANGERS]:
        was = ""
        if missing and things[name] == "file":
            was = missing.get(place.digest(name, progress, None)[0], "")
        if was:
            yield Checked(name, "renamed", was)
        else:
            yield Checked(name, "link" if things[name] == "link" else "foreign")
    if (more := len(strange) - _STRANGERS) > 0:
        yield Checked(trn("{n} more file", "{n} more files", more), "foreign")
