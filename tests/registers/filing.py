"""Files for rows, in the words of the tests."""

from __future__ import annotations

from pathlib import Path

from handover.registers.catalogue import register
from handover.registers.files import attachments
from handover.registers.files.attached_files import FileRow, files_of
from handover.store import Workspace

DOCUMENTS = register("documents")


def a_file(folder: Path, name: str = "manual.pdf", content: bytes = b"%PDF-1.7 manual") -> Path:
    """A file outside of the workspace."""
    path = folder / "outside" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def attached(workspace: Workspace, project: str, row: str, *paths: Path) -> list[FileRow]:
    """The files of a row after these were attached to it."""
    attachments.attach(workspace, DOCUMENTS, project, [(row, path) for path in paths])
    return files_of(workspace, row)


def in_folder(workspace: Workspace) -> list[Path]:
    """Whatever lies in the files folder of a workspace."""
    return sorted(path for path in workspace.blobs.folder.rglob("*") if path.is_file())
