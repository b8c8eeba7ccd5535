"""Holds a pack against what its workspace kept of it: the paper, its files, and the change log before it was issued."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select

from handover.model.attachment import Attachment
from handover.model.issued import Issued
from handover.model.project import Project
from handover.pack.manifest import SUFFIX, Manifest
from handover.pack.proof.verdict import Record
from handover.plain_file import open_plain
from handover.store.checking.anchors import stands
from handover.store.workspace import Workspace


class Told(NamedTuple):
    """What a workspace tells of a pack; see ``Verification``."""

    log: bool | None = None
    record: Record | None = None
    since: str = ""


@dataclass(frozen=True, slots=True)
class KnownPaper:
    """An issued paper by its name, and its state."""

    number: str
    edition: int
    status: str
    kept: Mapping[str, str] = field(default_factory=dict)


def told_of(workspace: Workspace, manifest: Manifest, digest: str) -> Told:
    """What a workspace tells of a pack with a manifest of a checksum."""
    if not any(_is(manifest, each) for each in workspace.projects()):
        return Told(record=None if manifest.draft else "elsewhere")
    log = stands(workspace, *manifest.log) if manifest.log else None
    if manifest.draft:
        return Told(log)
    papers = _papers(workspace, manifest)
    if not papers:
        return Told(log, "unknown")
    same = next((each for each in papers if _agrees(each.kept, manifest.digests, digest)), None)
    if same is None:
        return Told(log, "differs")
    return Told(log, "same", "" if same.status == "issued" else same.status)


def _is(manifest: Manifest, project: Project) -> bool:
    """Whether a pack is of a project, by its key where the manifest has it: others may use the same code."""
    return manifest.project_key == project.id if manifest.project_key else manifest.project == project.code


def paper_with(workspace: Workspace, digest: str) -> KnownPaper | None:
    """The paper whose PDF or other kept file has a checksum."""
    with workspace.read() as connection:
        wanted = select(Issued.number, Issued.edition, Issued.status).where(Issued.deleted_at.is_(None))
        row = connection.execute(wanted.where(Issued.pdf_sha256 == digest).limit(1)).one_or_none()
        if row is None:
            kept = (Attachment.owner_id == Issued.id, Attachment.sha256 == digest, Attachment.deleted_at.is_(None))
            row = connection.execute(wanted.join(Attachment, kept[0]).where(*kept[1:]).limit(1)).one_or_none()
    return KnownPaper(*row) if row is not None else None


def paper_begun_by(workspace: Workspace, file: Path) -> KnownPaper | None:
    """The paper whose PDF is what a file begins with: a signature is added to it and changes nothing before."""
    size = file.stat().st_size
    with workspace.read() as connection:
        wanted = (
            select(Issued.number, Issued.edition, Issued.status, Issued.pdf_sha256, Attachment.size)
            .join(Attachment, Attachment.owner_id == Issued.id)
            .where(Attachment.sha256 == Issued.pdf_sha256, Issued.deleted_at.is_(None), Attachment.size < size)
        )
        known = {(row.size, row.pdf_sha256): row for row in connection.execute(wanted)}
    ends = sorted({end for end, _ in known})
    digest, at = sha256(), 0
    with open_plain(file) as opened:
        for end in ends:
            while at < end and (block := opened.read(min(end - at, 1 << 20))):
                digest.update(block)
                at += len(block)
            if (row := known.get((end, digest.hexdigest()))) is not None:
                return KnownPaper(row.number, row.edition, row.status)
    return None


def _papers(workspace: Workspace, manifest: Manifest) -> list[KnownPaper]:
    """The papers that have the number of a manifest, each with the checksums of what is kept of it by name."""
    with workspace.read() as connection:
        wanted = (
            select(Issued.id, Issued.number, Issued.edition, Issued.status, Issued.pdf_sha256)
            .join(Project, Project.id == Issued.project_id)
            .where(Project.id == manifest.project_key if manifest.project_key else Project.code == manifest.project)
            .where(Issued.number == manifest.number, Issued.edition == manifest.edition, Issued.deleted_at.is_(None))
        )
        found = []
        for paper in connection.execute(wanted).all():
            files = select(Attachment.name, Attachment.sha256).where(
                Attachment.owner_id == paper.id, Attachment.kept == "stored", Attachment.deleted_at.is_(None),
            )  # fmt: skip
            kept = {row.name: row.sha256 for row in connection.execute(files)}
            if paper.pdf_sha256 not in kept.values():
                kept[".pdf"] = paper.pdf_sha256
            found.append(KnownPaper(paper.number, paper.edition, paper.status, kept))
    return found


def _agrees(kept: Mapping[str, str], named: Collection[str], manifest: str) -> bool:
    """Whether the manifest names all that was kept, and is itself what was kept where one was."""
    of_manifest = {sha256 for name, sha256 in kept.items() if name.endswith(SUFFIX)}
    return set(kept.values()) - of_manifest <= set(named) and of_manifest <= {manifest}
