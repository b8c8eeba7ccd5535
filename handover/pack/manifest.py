"""The manifest of a pack: which files belong to it, with their checksums."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from handover import __version__
from handover.errors import UnusableFile
from handover.i18n import N_
from handover.pack.issuing import Anchor
from handover.pack.outline import PackOutline
from handover.plain_file import open_plain
from handover.replacing import replacing
from handover.wording import shown

#: Ends the name of every manifest.
SUFFIX = ".manifest.json"
_KIND, _VERSION = "handover-pack", 1
#: That a manifest may have.
MOST_BYTES = 4 << 20
_AT_ONCE = 1 << 20


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """A file that a manifest names; ``bytes`` is None in one that doesn't say how large it is."""

    name: str
    sha256: str
    bytes: int | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a manifest says.

    Attributes:
        project: the code of its project.
        project_key: its key; empty in a manifest that doesn't name it.
        log: number and hash of the act of the change log after which an issued pack was issued.
    """

    number: str
    edition: int
    draft: bool
    project: str
    files: tuple[ManifestEntry, ...]
    log: tuple[int, str] | None = None
    project_key: str = ""

    @property
    def names(self) -> frozenset[str]:
        """The names of its files."""
        return frozenset(entry.name for entry in self.files)

    @property
    def digests(self) -> frozenset[str]:
        """The checksums of its files."""
        return frozenset(entry.sha256 for entry in self.files)


def write_manifest(outline: PackOutline, path: Path, files: Iterable[Path], anchor: Anchor | None = None) -> Path:
    """Write the manifest of files that stand beside it; returns its path.

    Args:
        anchor: of an issued pack, the act of the change log after which it was issued.

    Raises:
        HandoverError: the folder can't be written.
    """
    entries = [{"name": f.name, "bytes": f.stat().st_size, "sha256": checksum(f)} for f in files]
    with replacing(path) as part:
        part.write_text(manifest_text(outline, entries, anchor), encoding="utf-8")
    return path


def manifest_text(
    outline: PackOutline,
    files: list[dict[str, Any]],  # Any: name, size and checksum of each
    anchor: Anchor | None = None,
) -> str:
    """What a manifest says of files."""
    said = {
        "kind": _KIND,
        "version": _VERSION,
        "number": outline.number,
        "edition": outline.edition,
        "title": shown(outline.title, "en"),
        "project": {"code": outline.cover.code, "name": outline.cover.project, **_key_of(outline)},
        "language": outline.language,
        "made_at": outline.made_at.replace(microsecond=0).isoformat(),
        "program": f"Handover {__version__}",
        "draft": outline.draft,
        **({"log": {"act": anchor.act, "hash": anchor.hash}} if anchor else {}),
        "files": files,
    }
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def _key_of(outline: PackOutline) -> dict[str, str]:
    """The key of the project, by which its workspace knows it whatever others call theirs."""
    key = dict(outline.origin).get("project")
    return {"id": key} if key else {}


def understood(path: Path, text: str | bytes) -> Manifest:
    """What a manifest says.

    Raises:
        UnusableFile: it is none of ours, names no file, one twice, or a place outside of its folder.
    """
    try:
        if len(text) > MOST_BYTES:
            raise ValueError("too long")
        read: dict[str, Any] = json.loads(text)
        if not isinstance(read, dict) or read.get("kind") != _KIND or type(read.get("edition")) is not int:
            raise ValueError("not a manifest of a pack")
        if read.get("version") != _VERSION:
            raise ValueError(f"version {read.get('version')}")
    except (ValueError, RecursionError) as fault:
        raise unusable(path, str(fault)) from fault
    project, files = read.get("project"), tuple(_entries(path, read))
    if not files:
        raise unusable(path, "it names no file")
    if len({entry.name.casefold() for entry in files}) < len(files):
        raise unusable(path, "it names a file twice")
    told = project if isinstance(project, dict) else {}
    return Manifest(
        str(read.get("number", "")),
        read["edition"],
        read.get("draft") is True,
        str(told.get("code") or ""),
        files,
        _log_of(read),
        str(told.get("id") or ""),
    )


def _log_of(read: dict[str, Any]) -> tuple[int, str] | None:  # Any: JSON from outside
    """The act that a manifest names; one that no log can have where what it says is nonsense."""
    anchor = read.get("log")
    if not isinstance(anchor, dict):
        return None
    act, digest = anchor.get("act"), anchor.get("hash")
    if isinstance(act, int) and isinstance(digest, str) and 0 < act < 2**63:
        return act, digest
    return 2**63 - 1, ""


def _entries(path: Path, read: dict[str, Any]) -> Iterator[ManifestEntry]:  # Any: JSON from outside
    """The files; a name that would lead out of the folder is refused."""
    listed = read.get("files")
    for entry in listed if isinstance(listed, list) else [None]:
        told = entry if isinstance(entry, dict) else {}
        name, digest, size = told.get("name"), told.get("sha256"), told.get("bytes")
        if not isinstance(name, str) or not isinstance(digest, str):
            raise unusable(path, "an entry without name or checksum")
        if not name or name in (".", "..") or any(c in name for c in "/\\:\0"):
            raise unusable(path, f"a name that leads elsewhere: {name!r}")
        yield ManifestEntry(name, digest.lower(), size if type(size) is int else None)


def unusable(path: Path, detail: str) -> UnusableFile:
    """That a file is no manifest that can be read, and why."""
    return UnusableFile(
        N_("“{name}” is not a manifest of a pack that this program can read."), detail=detail, name=path.name
    )


def checksum(path: Path) -> str:
    """The SHA-256 of a file, as hexadecimal digits."""
    with open_plain(path) as file:
        return digest_of(file)


def digest_of(file: IO[bytes], heard: Callable[[], None] = lambda: None, most: int | None = None) -> str:
    """The SHA-256 of what is read from a file, of its first ``most`` bytes where it has more.

    Args:
        heard: called for each block, to show that it goes on.
    """
    digest, left = sha256(), most
    while block := file.read(_AT_ONCE if left is None else min(left, _AT_ONCE)):
        heard()
        digest.update(block)
        left = None if left is None else left - len(block)
    return digest.hexdigest()
