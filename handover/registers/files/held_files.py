"""The files that a project has already, as somebody who looks through a folder asks for them."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from handover.file_names import safe_name
from handover.i18n import tr
from handover.jobs import Progress
from handover.model.attachment import Attachment
from handover.registers.catalogue import registers
from handover.registers.files.attached_files import FileRow, Presence, files_of_project
from handover.registers.files.file_matching import Candidate
from handover.store.workspace import Workspace


@dataclass
class HeldFiles:
    """The files of the rows of a project.

    Attributes:
        sizes: of all of them.
        missing: those linked in the folder at hand that don't lie there any more.
    """

    sizes: frozenset[int] = frozenset()
    missing: list[FileRow] = field(default_factory=list)
    _by_content: dict[str, FileRow] = field(default_factory=dict)
    _linked: dict[str, FileRow] = field(default_factory=dict)
    _names: set[tuple[str, str]] = field(default_factory=set)
    _rows: dict[str, Candidate] = field(default_factory=dict)

    @classmethod
    def of(cls, workspace: Workspace, project_id: str, folder: Path, progress: Progress) -> HeldFiles:
        """Those of a project, with what is missing in a folder. Raises Cancelled."""
        files = files_of_project(workspace, project_id, progress)
        home = str(folder.absolute())
        linked = {str(f.place): f for f in files if f.kept == "linked"}
        missing = [f for place, f in linked.items()
                   if f.presence is Presence.MISSING and _lies_in(place, home)]  # fmt: skip
        return cls(
            frozenset(f.size for f in files),
            missing,
            {f.sha256: f for f in reversed(files) if f.presence is not Presence.CHANGED},
            linked,
            {(f.owner_id, f.name.casefold()) for f in files},
            _owners(workspace, {f.owner_id for f in files}),
        )

    def with_content(self, sha256: str) -> FileRow | None:
        """A file that has a content; None where none has."""
        return self._by_content.get(sha256)

    def linked_at(self, path: Path) -> FileRow | None:
        """The linked file that lies at a path; None where none does."""
        return self._linked.get(str(path))

    def has_name(self, row_id: str, name: str) -> bool:
        """Whether a row has a file of a name."""
        return (row_id, safe_name(name, tr("File")).casefold()) in self._names

    def row(self, file: FileRow) -> Candidate | None:
        """The row that a file belongs to."""
        return self._rows.get(file.owner_id)

    def owner(self, file: FileRow) -> str:
        """The reference of the row that a file belongs to."""
        row = self.row(file)
        return row.ref if row is not None else file.ref


def _lies_in(place: str, folder: str) -> bool:
    return place.startswith(folder.rstrip(os.sep) + os.sep)


def _owners(workspace: Workspace, keys: set[str]) -> dict[str, Candidate]:
    found: dict[str, Candidate] = {}
    with workspace.read() as connection:
        for register in (each for each in registers() if each.files):
            model = register.model
            theirs = select(Attachment.owner_id).where(Attachment.owner_table == register.table.name)
            rows = connection.execute(select(model.id, model.ref).where(model.id.in_(theirs)))
            found.update((key, Candidate(key, ref, "", register.key)) for key, ref in rows if key in keys)
    return found
