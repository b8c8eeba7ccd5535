"""Looking through a folder for files of rows: which row each belongs to, and what is to be said of it first."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from handover.errors import HandoverError, NotFound, UnusableFile
from handover.file_names import shown_name
from handover.file_types import media_type
from handover.i18n import N_, tr
from handover.jobs import Progress, step, unattended
from handover.registers.catalogue import register as register_of
from handover.registers.declare import Register
from handover.registers.files.attached_files import FileRow, Presence
from handover.registers.files.attachments import FileFor, Unfit
from handover.registers.files.file_matching import SURE, Candidate, FileMatch, RowNames, owner_of_files, whence
from handover.registers.files.held_files import HeldFiles
from handover.store.copies import copies
from handover.store.files.incoming_file import BytesHeard, look_at, read
from handover.store.workspace import Workspace

#: Files of a folder that are looked at.
MOST = 20_000
#: Files of which no row is known for which the nearest names are looked up.
_NEAREST_OF = 300


class FileVerdict(StrEnum):
    """What becomes of a file of the folder."""

    MATCHED = "matched"  # it belongs to one row, which hasn't got it yet
    DOUBTFUL = "doubtful"  # somebody has to look
    CHANGED = "changed"  # its row has a file of that name with another content
    HELD = "held"  # the project has that content already
    COPY = "copy"  # another file of the folder has the same content
    CLOSED = "closed"  # its row can't be changed any more
    UNMATCHED = "unmatched"  # nothing tells to which row it belongs


VERDICTS = {
    FileVerdict.MATCHED: N_("Matched"),
    FileVerdict.DOUBTFUL: N_("To be looked at"),
    FileVerdict.CHANGED: N_("Changed"),
    FileVerdict.HELD: N_("There already"),
    FileVerdict.COPY: N_("Copy of another"),
    FileVerdict.CLOSED: N_("Row is closed"),
    FileVerdict.UNMATCHED: N_("No row"),
}


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file of the folder.

    Attributes:
        match: the rows that it may belong to, with how sure that is.
        note: what is to be known of it, as a sentence; empty where nothing is.
        renews: the key of the linked file that it is the changed content of, empty for any other.
    """

    path: Path
    size: int
    match: FileMatch
    verdict: FileVerdict
    note: str = ""
    renews: str = ""

    @property
    def rows(self) -> tuple[Candidate, ...]:
        """The rows that it may belong to, the likeliest first; none where nothing tells."""
        return self.match.rows

    @property
    def already(self) -> bool:
        """Whether its row has it."""
        return self.verdict is FileVerdict.HELD

    @property
    def sure(self) -> bool:
        """Whether it can be taken without anybody looking at it."""
        return self.verdict is FileVerdict.MATCHED

    @property
    def by(self) -> str:
        """What told its row, as people read it."""
        return whence(self.match.by)

    def given_to(self, row: Candidate) -> FoundFile:
        """The file as somebody says it belongs to a row."""
        match = replace(self.match, rows=(row,), confidence=1.0, by="hand", doubt="", near=())
        verdict = FileVerdict.CLOSED if row.closed else FileVerdict.MATCHED
        return replace(self, match=match, verdict=verdict, note=row.closed)


@dataclass(frozen=True, slots=True)
class Scan:
    """What a folder holds.

    Attributes:
        register: by whose rows its files were found.
        unfit: what is no file that can be taken, such as a link out of the folder, with the reason.
        missing: the linked files of the project that should lie in the folder and don't.
        more: it has more files than are looked at.
        names: the rows of the register, for whoever says by hand where a file belongs.
    """

    register: Register
    names: RowNames
    files: tuple[FoundFile, ...]
    unfit: tuple[Unfit, ...] = ()
    missing: tuple[FileRow, ...] = ()
    more: bool = False

    def of(self, verdict: FileVerdict) -> list[FoundFile]:
        """The files of a verdict."""
        return [file for file in self.files if file.verdict is verdict]

    def counts(self) -> dict[FileVerdict, int]:
        """How many files of each verdict there are."""
        return {verdict: len(self.of(verdict)) for verdict in FileVerdict}


def taken(files: Iterable[FoundFile]) -> list[FileFor]:
    """Files with the likeliest row of each, as ``attach_to`` and ``link_to`` want them."""
    return [FileFor(register_of(f.rows[0].register), f.rows[0].row_id, f.path) for f in files if f.rows]


def scan(
    workspace: Workspace,
    register: Register,
    project_id: str,
    folder: Path,
    progress: Progress = unattended,
    *,
    read_all: bool = False,
) -> Scan:
    """Look through a folder and all in it, and find the row of each file by its name and, where that doesn't settle
    it, by the first page of its PDF.

    What belongs to the workspace itself, hidden and lock files are passed over.

    Args:
        register: of documents, or of their revisions, which comes to the same.
        read_all: the first page of every PDF is read, so that what contradicts its name is found.

    Raises:
        NotFound: there is no such folder.
        Cancelled: the user stopped it.
    """
    if not folder.is_dir():
        raise NotFound(N_("There is no folder {folder}."), folder=str(folder))
    owner = owner_of_files(register)
    with workspace.read() as connection:
        names = RowNames(connection, owner, project_id)
    paths, unfit, more = _looked_through(folder, workspace, progress)
    held = HeldFiles.of(workspace, project_id, folder, progress)
    matches = [names.by_name(path.stem, _folder_name(path, folder)) for path, _ in paths]
    matches = _read_first_pages(paths, matches, names, read_all, progress)
    hashes = _hashes(paths, held, unfit, progress)
    files = list(_judged(paths, matches, hashes, held, names))
    refused = {each.path for each in unfit}
    return Scan(owner, names, tuple(f for f in files if f.path not in refused), tuple(unfit), tuple(held.missing), more)


_Paths = Sequence[tuple[Path, int]]


def _folder_name(path: Path, folder: Path) -> str:
    """The name of the folder within the one looked through in which a file lies."""
    return "" if path.parent == folder.absolute() else path.parent.name


# -- what lies there ----------------------------------------------------------------------------------------------


def _looked_through(folder: Path, workspace: Workspace, progress: Progress) -> tuple[_Paths, list[Unfit], bool]:
    found: list[tuple[Path, int]] = []
    unfit: list[Unfit] = []
    for path in _files(folder, workspace, unfit):
        if len(found) % 100 == 0:
            step(progress, len(found), 0, tr("Looking through {folder}", folder=folder.name))
        if len(found) >= MOST:
            return found, unfit, True
        try:
            found.append((path, look_at(path).st_size))
        except HandoverError as error:
            unfit.append(Unfit(path, error))
    return found, unfit, False


def _files(folder: Path, workspace: Workspace, unfit: list[Unfit]) -> Iterator[Path]:
    own = {workspace.blobs.folder, copies.folder_of(workspace.path)}

    def unreadable(error: OSError) -> None:
        where = Path(os.fsdecode(error.filename or folder))
        said = N_("The folder “{name}” can't be looked through. Check the rights, or shorten the names in it.")
        unfit.append(Unfit(where, UnusableFile(said, name=shown_name(where.name), detail=str(error))))

    for where, folders, names in os.walk(folder.absolute(), onerror=unreadable):
        here = Path(where)
        inside = sorted(name for name in folders if not name.startswith(".") and here / name not in own)
        folders[:] = [name for name in inside if not (here / name).is_symlink()]
        yield from (here / name for name in inside if name not in folders)  # links, which are told and not followed
        for name in sorted(names):
            is_own = here == workspace.path.parent and name.startswith(workspace.path.name)
            if not is_own and not name.startswith((".", "~$")):
                yield here / name


# -- what they say ------------------------------------------------------------------------------------------------


def _read_first_pages(
    paths: _Paths, matches: list[FileMatch], names: RowNames, read_all: bool, progress: Progress
) -> list[FileMatch]:
    """The matches, weighed with the first pages of those PDFs whose names don't settle it."""
    from handover.preview.pages import File, FirstPage, first_pages  # loaded only where there is something to read

    asked = {
        File(path.name, path, "application/pdf"): at
        for at, (path, _) in enumerate(paths)
        if path.suffix.casefold() == ".pdf" and (read_all or not matches[at].settled) and _is_pdf(path)
    }
    weighed = list(matches)
    for done, (file, said) in enumerate(first_pages(asked)):
        step(progress, done, len(asked), tr("Reading the first pages"))
        at = asked[file]
        if isinstance(said, FirstPage):
            weighed[at] = names.by_page(matches[at], said.block, said.text)
        elif not matches[at].rows:
            weighed[at] = replace(matches[at], doubt=str(said))
    return weighed


def _is_pdf(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return media_type(file.read(16), path.name) == "application/pdf"
    except (OSError, ValueError):
        return False


def _hashes(paths: _Paths, held: HeldFiles, unfit: list[Unfit], progress: Progress) -> dict[Path, str]:
    """The checksums of those files whose size another file has, here or in the project: others are no copies."""
    by_size: dict[int, list[Path]] = defaultdict(list)
    for path, size in paths:
        by_size[size].append(path)
    asked = [p for size, found in by_size.items() if len(found) > 1 or size in held.sizes for p in found]
    total = sum(size for path, size in paths if len(by_size[size]) > 1 or size in held.sizes)
    heard = BytesHeard(progress, total, tr("Comparing files"))
    found: dict[Path, str] = {}
    for path in asked:
        try:
            found[path] = read(path, heard).sha256
        except HandoverError as error:
            unfit.append(Unfit(path, error))
    return found


# -- what becomes of them -----------------------------------------------------------------------------------------


def _judged(
    paths: _Paths, matches: Sequence[FileMatch], hashes: dict[Path, str], held: HeldFiles, names: RowNames
) -> Iterator[FoundFile]:
    first_of: dict[str, Path] = {}
    rivals = _rivals(paths, matches)
    unknown = 0
    for (path, size), match in zip(paths, matches, strict=True):
        sha256 = hashes.get(path, "")
        twin = first_of.setdefault(sha256, path) if sha256 else path
        there = held.with_content(sha256) if sha256 else None
        if there is not None:
            note = tr("{ref} has it as “{name}”.", ref=held.owner(there), name=there.name)
            elsewhere = match.rows and there.owner_id not in {row.row_id for row in match.rows}
            verdict = FileVerdict.DOUBTFUL if elsewhere else FileVerdict.HELD
            yield FoundFile(path, size, match if elsewhere else _of_held(match, there, held), verdict, note)
        elif (linked := held.linked_at(path)) is not None and linked.presence is Presence.CHANGED:
            note = tr("It was changed since it was linked to {ref}.", ref=held.owner(linked))
            yield FoundFile(path, size, _of_held(match, linked, held), FileVerdict.CHANGED, note, linked.id)
        elif twin != path:
            yield FoundFile(
                path, size, match, FileVerdict.COPY, tr("Same content as “{name}”.", name=shown_name(twin.name))
            )
        elif not match.rows:
            near = names.nearest(path.stem) if unknown < _NEAREST_OF else ()
            unknown += 1
            yield FoundFile(path, size, replace(match, near=near), FileVerdict.UNMATCHED, match.doubt)
        else:
            yield _with_a_row(path, size, match, held, rivals)


def _with_a_row(
    path: Path, size: int, match: FileMatch, held: HeldFiles, rivals: dict[tuple[str, str], int]
) -> FoundFile:
    row = match.rows[0]
    if len(match.rows) == 1 and row.closed:
        return FoundFile(path, size, match, FileVerdict.CLOSED, row.closed)
    if len(match.rows) == 1 and held.has_name(row.row_id, path.name):
        note = tr("{ref} has a file of this name with another content.", ref=row.ref)
        return FoundFile(path, size, match, FileVerdict.CHANGED, note)
    if rivals[row.row_id, path.name.casefold()] > 1:
        note = tr("Two files of this name fit {ref}.", ref=row.ref)
        return FoundFile(path, size, match, FileVerdict.DOUBTFUL, note)
    sure = len(match.rows) == 1 and match.confidence >= SURE and not match.doubt
    return FoundFile(path, size, match, FileVerdict.MATCHED if sure else FileVerdict.DOUBTFUL, match.doubt)


def _rivals(paths: _Paths, matches: Sequence[FileMatch]) -> dict[tuple[str, str], int]:
    """How many files of a name fit the same row best."""
    found: dict[tuple[str, str], int] = defaultdict(int)
    for (path, _), match in zip(paths, matches, strict=True):
        if match.rows:
            found[match.rows[0].row_id, path.name.casefold()] += 1
    return found


def _of_held(match: FileMatch, file: FileRow, held: HeldFiles) -> FileMatch:
    row = held.row(file)
    return FileMatch((row,) if row is not None else match.rows, 1.0, "content", match.code)
