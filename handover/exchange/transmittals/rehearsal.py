"""The dry run of what came: each line with its standing, each file with its checksum. Nothing is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from sqlalchemy import Connection, select

from handover.errors import Cancelled, HandoverError
from handover.exchange.notice import Notice
from handover.exchange.transmittals.matching import STANDINGS, MatchedLine, match_lines
from handover.exchange.transmittals.parcel import Head, Parcel, ParcelFile
from handover.file_names import shown_name
from handover.i18n import N_, tr
from handover.jobs import Progress, unattended
from handover.model.documents.transmittal import Transmittal
from handover.model.project import Project
from handover.store.files import incoming_file
from handover.store.files.incoming_file import LARGEST, BytesHeard
from handover.store.workspace import Workspace
from handover.values.cells import folded


@dataclass(frozen=True, slots=True)
class FileLooked:
    """A file as it was read.

    Attributes:
        sha256: what it holds; empty where it couldn't be read.
        wrong: why it isn't taken in; None where it is.
    """

    file: ParcelFile
    sha256: str
    wrong: HandoverError | Notice | None = None


@dataclass(frozen=True)
class Rehearsed:
    """What taking in would do.

    Attributes:
        files: by where they lie.
        before: the reference of the transmittal that has this number already; empty where none has.
    """

    parcel: Parcel
    lines: Sequence[MatchedLine]
    files: Mapping[Path, FileLooked]
    before: str = ""
    notices: Sequence[Notice] = field(default_factory=tuple)

    @property
    def head(self) -> Head:
        """The head of the transmittal."""
        return self.parcel.head

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many lines have which standing."""
        found = Counter(each.standing for each in self.lines)
        return {key: found[key] for key in STANDINGS}

    @cached_property
    def wrong(self) -> list[FileLooked]:
        """The files that aren't taken in."""
        return [each for each in self.files.values() if each.wrong is not None]

    def said_of(self, matched: MatchedLine) -> list[str]:
        """What is to be told of a line."""
        said = [str(each) for each in matched.notices]
        for file in matched.line.files:
            looked = self.files.get(file.path)
            if looked is None:
                continue
            if looked.wrong is not None:
                said.append(str(looked.wrong))
            elif matched.standing == "known" and matched.held and looked.sha256 not in matched.held:
                said.append(tr("The file “{name}” isn't the one that revision “{code}” has. It isn't taken in.",
                               name=shown_name(file.name), code=matched.line.code or matched.current))  # fmt: skip
            elif matched.standing == "newer" and looked.sha256 in matched.held:
                said.append(tr("The file “{name}” is the same, sign for sign, as that of an older revision.",
                               name=shown_name(file.name)))  # fmt: skip
        return said


def rehearse(workspace: Workspace, project: Project, parcel: Parcel, progress: Progress = unattended) -> Rehearsed:
    """Find out what taking in would do; every file is read once and held against its checksum.

    Raises:
        Cancelled: the user stopped it.
    """
    with workspace.read() as connection:
        lines = match_lines(connection, project.id, parcel.lines)
        before = _taken_before(connection, project.id, parcel.head.number)
    files = [*parcel.papers, *(file for line in parcel.lines for file in line.files)]
    heard = BytesHeard(progress, sum(file.size for file in files), tr("Reading files"))
    looked = {file.path: _looked(file, heard) for file in files}
    return Rehearsed(parcel, lines, looked, before, tuple(parcel.notices))


def _looked(file: ParcelFile, heard: BytesHeard) -> FileLooked:
    try:
        content = incoming_file.read(file.path, heard, LARGEST)
    except Cancelled:
        raise
    except HandoverError as error:
        return FileLooked(file, "", error)
    if file.sha256 and content.sha256 != file.sha256:
        said = N_("“{name}” isn't what was sent: its checksum is another. It isn't taken in; ask for it again.")
        return FileLooked(file, content.sha256, Notice(said, {"name": shown_name(file.name)}))
    return FileLooked(file, content.sha256)


def _taken_before(connection: Connection, project_id: str, number: str) -> str:
    if not number:
        return ""
    here = (Transmittal.project_id == project_id, Transmittal.direction == "in", Transmittal.deleted_at.is_(None))
    wanted = select(Transmittal.ref, Transmittal.external_no, Transmittal.number).where(*here)
    for ref, theirs, ours in connection.execute(wanted):
        if folded(number) in {folded(theirs or ""), folded(ours or "")}:
            return str(ref)
    return ""
