"""Looking through a folder for files of rows: which row a file may belong to, told by its name."""

from __future__ import annotations

import os
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from handover.errors import HandoverError, NotFound
from handover.file_names import safe_name
from handover.i18n import N_, tr
from handover.jobs import Progress, step, unattended
from handover.model.attachment import Attachment
from handover.registers.declare import Register
from handover.store.copies import copies
from handover.store.files.incoming_file import look_at
from handover.store.workspace import Workspace

#: Files of a folder that are looked at.
MOST = 20_000
#: A code of letters or digits alone that is shorter names a row only where it is the whole name of the file.
_SHORT = 3
#: Words of a file's name that are put together at most to make a code.
_WORDS = 12
_PARTS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that a file may belong to."""

    row_id: str
    ref: str
    name: str


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file of the folder.

    Attributes:
        rows: the rows that it may belong to, the likeliest first; none where its name tells nothing.
        already: the first of them has a file of that name and size.
    """

    path: Path
    size: int
    rows: tuple[Candidate, ...]
    already: bool

    @property
    def sure(self) -> bool:
        """Whether just one row is named, which hasn't got it yet."""
        return len(self.rows) == 1 and not self.already


@dataclass(frozen=True, slots=True)
class Scan:
    """What a folder holds; ``more`` when it has more files than are looked at."""

    files: tuple[FoundFile, ...]
    more: bool


def scan(
    workspace: Workspace, register: Register, project_id: str, folder: Path, progress: Progress = unattended
) -> Scan:
    """Look through a folder and all in it, and find the row of each file by the codes and titles of the register.

    Links, devices, empty and hidden files are passed over, and what belongs to the workspace itself.

    Raises:
        NotFound: there is no such folder.
        Cancelled: the user stopped it.
    """
    if not folder.is_dir():
        raise NotFound(N_("There is no folder {folder}."), folder=str(folder))
    names = _Names(workspace, register, project_id)
    found: list[FoundFile] = []
    for path in _files(folder, workspace):
        if len(found) % 100 == 0:
            step(progress, len(found), 0, tr("Looking through {folder}", folder=folder.name))
        if len(found) >= MOST:
            return Scan(tuple(found), True)
        try:
            size = look_at(path).st_size
        except HandoverError:
            continue
        rows = tuple(names.of(path.stem))
        found.append(FoundFile(path, size, rows, bool(rows) and names.has(rows[0].row_id, path.name, size)))
    return Scan(tuple(found), False)


def _files(folder: Path, workspace: Workspace) -> Iterator[Path]:
    own = {workspace.blobs.folder, copies.folder_of(workspace.path)}
    for where, folders, names in os.walk(folder.absolute()):
        here = Path(where)
        folders[:] = sorted(name for name in folders if not name.startswith(".") and here / name not in own)
        for name in sorted(names):
            is_own = here == workspace.path.parent and name.startswith(workspace.path.name)
            if not is_own and not name.startswith((".", "~$")):
                yield here / name


class _Names:
    """The rows of a register by what a file's name may say of them."""

    def __init__(self, workspace: Workspace, register: Register, project_id: str) -> None:
        model = register.model
        shown = [d for d in register.display if d not in register or register[d].names_rows]
        columns = [getattr(model, register[d].attr if d in register else d) for d in shown]
        statement = select(model.id, model.ref, *columns).where(
            model.project_id == project_id, model.deleted_at.is_(None)
        )
        self._by_code: dict[str, list[Candidate]] = defaultdict(list)
        self._by_title: dict[str, list[Candidate]] = defaultdict(list)
        with workspace.read() as connection:
            for key, ref, *texts in connection.execute(statement):
                row = Candidate(key, ref, " ".join(t for t in texts if t))
                for code in {_joined(_words(text)) for text in (ref, *texts[:1]) if text}:
                    self._by_code[code].append(row)
                for text in texts[1:] if len(texts) > 1 else texts:
                    self._by_title[_joined(_words(text or ""))].append(row)
            has = select(Attachment.owner_id, Attachment.name, Attachment.size).where(
                Attachment.project_id == project_id, Attachment.deleted_at.is_(None)
            )
            self._has = {tuple(row) for row in connection.execute(has)}
        self._by_title.pop("", None)
        self._by_code.pop("", None)

    def has(self, row_id: str, name: str, size: int) -> bool:
        """Whether a row has a file of that name and size."""
        return (row_id, safe_name(name, tr("File")), size) in self._has

    def of(self, stem: str) -> Iterable[Candidate]:
        """The rows that a file's name tells of: by the longest code in it, else by a title that is all of it."""
        words = _words(stem)
        for length in range(min(len(words), _WORDS), 0, -1):
            rows: dict[str, Candidate] = {}
            for at in range(len(words) - length + 1):
                code = _joined(words[at : at + length])
                if _tells(code) or length == len(words):
                    rows.update((row.row_id, row) for row in self._by_code.get(code, ()))
            if rows:
                return rows.values()
        return self._by_title.get(_joined(words), ())


def _words(text: str) -> Sequence[str]:
    return _PARTS.findall(unicodedata.normalize("NFKC", text).casefold())


def _tells(code: str) -> bool:
    """Whether a piece of a name can be a code: long enough, or letters with digits."""
    return len(code) >= _SHORT or (any(c.isdigit() for c in code) and not code.isdigit())


def _joined(words: Sequence[str]) -> str:
    return "".join(words)
