"""The manifest of a pack: which files belong to it, with their checksums, and whether they are still as they were."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, Literal
from zipfile import BadZipFile, ZipFile

from handover import __version__
from handover.errors import UnusableFile
from handover.i18n import N_, tr
from handover.jobs import Progress, unattended, watched
from handover.pack.delivery import finish
from handover.pack.issuing import Anchor
from handover.pack.outline import PackOutline
from handover.plain_file import open_plain, text_of
from handover.replacing import replacing
from handover.store.checking.anchors import stands
from handover.store.workspace import Workspace
from handover.wording import shown

#: Ends the name of every manifest.
SUFFIX = ".manifest.json"
_KIND, _VERSION = "handover-pack", 1
_MOST_BYTES = 4 << 20

State = Literal["same", "changed", "missing"]


@dataclass(frozen=True, slots=True)
class Checked:
    """A file of a pack as it was found again."""

    name: str
    state: State

    def __str__(self) -> str:
        if self.state == "missing":
            return tr("“{name}” is missing.", name=self.name)
        if self.state == "changed":
            return tr("“{name}” isn't as it was when the pack was made.", name=self.name)
        return tr("“{name}” is as it was when the pack was made.", name=self.name)


@dataclass(frozen=True, slots=True)
class Verification:
    """What became of a pack's files.

    Args:
        number: the number of the pack.
        draft: it wasn't issued.
        files: each file that the manifest names.
        log: whether the change log of the workspace is still the one from which the pack was issued; None where it
            wasn't compared: a draft, or a workspace without the project.
    """

    manifest: Path
    number: str
    edition: int
    draft: bool
    files: tuple[Checked, ...]
    log: bool | None = None

    @property
    def ok(self) -> bool:
        """Whether every file is there and unchanged, and the change log with them."""
        return self.log is not False and all(file.state == "same" for file in self.files)

    @property
    def log_said(self) -> str:
        """What became of the change log; empty where it wasn't compared."""
        if self.log is None:
            return ""
        if self.log:
            return tr("The change log of the workspace is the one from which the pack was issued.")
        return tr("The change log of the workspace isn't the one from which the pack was issued: it was altered since.")


def write_manifest(outline: PackOutline, path: Path, files: Iterable[Path], anchor: Anchor | None = None) -> Path:
    """Write the manifest of files that stand beside it; returns its path.

    Args:
        anchor: of an issued pack, the act of the change log after which it was issued.

    Raises:
        HandoverError: the folder can't be written.
    """
    said = {
        "kind": _KIND,
        "version": _VERSION,
        "number": outline.number,
        "edition": outline.edition,
        "title": shown(outline.title, "en"),
        "project": {"code": outline.cover.code, "name": outline.cover.project},
        "language": outline.language,
        "made_at": outline.made_at.replace(microsecond=0).isoformat(),
        "program": f"Handover {__version__}",
        "draft": outline.draft,
        **({"log": {"act": anchor.act, "hash": anchor.hash}} if anchor else {}),
        "files": [{"name": f.name, "bytes": f.stat().st_size, "sha256": checksum(f)} for f in files],
    }
    with replacing(path) as part:
        part.write_text(json.dumps(said, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return path


def verify(
    place: Path, progress: Progress = unattended, workspace: Workspace | None = None
) -> tuple[Verification, ...]:
    """Check packs by their manifests.

    Args:
        place: a manifest, or a folder or a .zip with one or more of them.
        workspace: compared with what an issued pack of one of its projects tells of the change log.

    Raises:
        UnusableFile: there is no manifest, or it can't be read.
        Cancelled: ``progress`` asked to stop.
    """
    if place.is_file() and place.suffix.lower() == ".zip":
        return _verify_archive(place, progress, workspace)
    with suppress(OSError):  # in a folder that can only be read the pack is told as it lies there
        finish(place if place.is_dir() else place.parent)
    manifests = sorted(place.glob(f"*{SUFFIX}")) if place.is_dir() else [place]
    if not manifests:
        raise UnusableFile(N_("There is no manifest of a pack in “{folder}”."), folder=str(place))
    return tuple(_verify(path, progress, workspace) for path in manifests)


def _verify(path: Path, progress: Progress, workspace: Workspace | None) -> Verification:
    return _verified(path, _read(path), lambda name, digest: _state(path.with_name(name), digest), progress, workspace)


def _verify_archive(place: Path, progress: Progress, workspace: Workspace | None) -> tuple[Verification, ...]:
    """Check packs within an archive: its files are read in it, none is unpacked."""
    try:
        with ZipFile(place) as archive:
            members = {each.filename: each for each in archive.infolist() if not each.is_dir()}
            manifests = sorted(name for name in members if "/" not in name and name.endswith(SUFFIX))
            if not manifests:
                raise UnusableFile(N_("There is no manifest of a pack in “{folder}”."), folder=str(place))
            found = []
            for name in manifests:
                with archive.open(members[name]) as file:
                    read = _understood(place / name, file.read(_MOST_BYTES + 1))

                def state(member: str, digest: str) -> State:
                    if member not in members:
                        return "missing"
                    with archive.open(members[member]) as content:
                        return "same" if _digest(content) == digest.lower() else "changed"

                found.append(_verified(place / name, read, state, progress, workspace))
            return tuple(found)
    except (OSError, BadZipFile, NotImplementedError, RuntimeError, zlib.error) as fault:
        raise UnusableFile(
            N_("“{name}” can't be read as a .zip archive."), detail=str(fault), name=place.name
        ) from fault


def _verified(
    path: Path,
    read: dict[str, Any],  # Any: JSON from outside
    state: Callable[[str, str], State],
    progress: Progress,
    workspace: Workspace | None,
) -> Verification:
    files = list(_entries(path, read))
    what = tr("Checking the files of the pack")
    found = (Checked(name, state(name, digest)) for name, digest in watched(files, progress, len(files), what, every=1))
    number, edition = str(read.get("number", "")), int(read.get("edition", 1))
    log = _log_stands(read, workspace) if workspace is not None else None
    return Verification(path, number, edition, read.get("draft") is True, tuple(found), log)


def _log_stands(read: dict[str, Any], workspace: Workspace) -> bool | None:  # Any: JSON from outside
    """Whether the workspace still has the act after which a pack was issued."""
    anchor, project = read.get("log"), read.get("project")
    code = project.get("code") if isinstance(project, dict) else None
    if not isinstance(anchor, dict) or code not in {each.code for each in workspace.projects()}:
        return None
    act, digest = anchor.get("act"), anchor.get("hash")
    if not isinstance(act, int) or not isinstance(digest, str) or not 0 < act < 2**63:
        return False
    return stands(workspace, act, digest)


def _read(path: Path) -> dict[str, Any]:  # Any: JSON from outside
    try:
        text = text_of(path, _MOST_BYTES)
    except (OSError, ValueError) as fault:
        raise _unusable(path, str(fault)) from fault
    return _understood(path, text)


def _understood(path: Path, text: str | bytes) -> dict[str, Any]:  # Any: as above
    try:
        if len(text) > _MOST_BYTES:
            raise ValueError("too long")
        read: dict[str, Any] = json.loads(text)
        if not isinstance(read, dict) or read.get("kind") != _KIND or not isinstance(read.get("edition"), int):
            raise ValueError("not a manifest of a pack")
        if read.get("version") != _VERSION:
            raise ValueError(f"version {read.get('version')}")
    except (ValueError, RecursionError) as fault:
        raise _unusable(path, str(fault)) from fault
    return read


def _entries(path: Path, read: dict[str, Any]) -> Iterator[tuple[str, str]]:  # Any: JSON from outside
    """Names and checksums; a name that would lead out of the folder is refused."""
    listed = read.get("files")
    for entry in listed if isinstance(listed, list) else [None]:
        name, digest = (entry.get("name"), entry.get("sha256")) if isinstance(entry, dict) else (None, None)
        if not isinstance(name, str) or not isinstance(digest, str):
            raise _unusable(path, "an entry without name or checksum")
        if not name or name in (".", "..") or any(c in name for c in "/\\:\0"):
            raise _unusable(path, f"a name that leads elsewhere: {name!r}")
        yield name, digest


def _state(file: Path, digest: str) -> State:
    if file.is_symlink() or not file.is_file():
        return "missing"
    return "same" if checksum(file) == digest.lower() else "changed"


def _unusable(path: Path, detail: str) -> UnusableFile:
    return UnusableFile(
        N_("“{name}” is not a manifest of a pack that this program can read."), detail=detail, name=path.name
    )


def checksum(path: Path) -> str:
    """The SHA-256 of a file, as hexadecimal digits."""
    with open_plain(path) as file:
        return _digest(file)


def _digest(file: IO[bytes]) -> str:
    digest = sha256()
    while block := file.read(1 << 20):
        digest.update(block)
    return digest.hexdigest()
