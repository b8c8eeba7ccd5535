"""What came, whichever way: a workbook, a folder or an archive becomes one parcel."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from sqlalchemy import select

from handover.errors import HandoverError, NotFound, UnusableFile
from handover.exchange.notice import Notice
from handover.exchange.transmittals.by_name import NumbersInNames
from handover.exchange.transmittals.parcel import Head, Parcel, ParcelFile, ParcelLine
from handover.exchange.transmittals.place import files_in, is_beside, sums_of, unpack
from handover.exchange.transmittals.sheet import SUFFIXES, read_sheet
from handover.i18n import N_
from handover.jobs import Progress, unattended
from handover.model.documents.document import Document
from handover.model.documents.transmittal import ITEM_LIST
from handover.model.project import Project
from handover.plain_file import text_of
from handover.store.workspace import Workspace
from handover.values.cells import folded

_LIST_BYTES = 32 << 20
#: So many workbooks of a folder, and none larger than this, are tried for the list of the transmittal.
_TRIED, _SHEET_BYTES = 3, 64 << 20


@contextlib.contextmanager
def opened_parcel(
    workspace: Workspace, project: Project, place: Path, progress: Progress = unattended
) -> Iterator[Parcel]:
    """Read what came; files of an archive are there as long as the block runs.

    Raises:
        NotFound: there is no such file or folder.
        UnusableFile: it can't be read, or names no document.
        Cancelled: the user stopped it.
    """
    if place.is_dir():
        files, notices = files_in(place, progress)
        yield _of_files(workspace, project, place.name, files, notices, progress)
    elif not place.exists():
        raise NotFound(N_("There is no file or folder {place}."), place=str(place))
    elif place.suffix.casefold() == ".zip":
        with tempfile.TemporaryDirectory(prefix="handover-in-") as folder:
            files, notices = unpack(place, Path(folder), progress)
            yield _of_files(workspace, project, place.name, files, notices, progress)
    else:
        head, lines, told = read_sheet(workspace, project.code, place, progress)
        paper = ParcelFile(place, place.name, place.stat().st_size)
        yield Parcel(place.name, head, tuple(lines), (), (paper,), tuple(told))


def _of_files(
    workspace: Workspace,
    project: Project,
    name: str,
    files: list[ParcelFile],
    notices: list[Notice],
    progress: Progress,
) -> Parcel:
    sums = sums_of(files)
    known = {each.name for each in files}
    missing = [said for said in sums if said not in known]
    notices += [Notice(N_("“{name}” is named in the list of checksums and isn't there."), {"name": n}) for n in missing]
    files = [replace(each, sha256=sums.get(each.name, "")) for each in files]
    if sums and (bare := [each.name for each in files if not each.sha256 and not is_beside(each.name)]):
        notices.append(Notice(N_("No checksum was sent for {n} of the files, “{name}” the first."),
                              {"n": len(bare), "name": bare[0]}))  # fmt: skip
    head, lines, papers = Head(), list[ParcelLine](), list[ParcelFile]()
    own = next((each for each in files if PurePosixPath(each.name).name == ITEM_LIST), None)
    if own is not None:
        head, lines = _own_list(own, files)
    else:
        head, lines, papers = _sheet_among(workspace, project, files, notices, progress)
    papers = [*papers, *_papers(own, files)]
    used = {file.path for line in lines for file in line.files} | {file.path for file in papers}
    rest = [each for each in files if not is_beside(each.name) and each.path not in used]
    lines, loose = _matched_by_name(workspace, project, lines, rest)
    if not lines:
        raise UnusableFile(
            N_("{name} names no document: it has no list, and no file bears the number of a document."), name=name
        )
    return Parcel(name, head, tuple(lines), tuple(loose), tuple(papers), tuple(notices))


def _papers(own: ParcelFile | None, files: Sequence[ParcelFile]) -> list[ParcelFile]:
    """The note that lies beside our own list: it goes with the transmittal, not with a document."""
    if own is None:
        return []
    read = json.loads(text_of(own.path, _LIST_BYTES))
    wanted = (PurePosixPath(own.name).parent / _text(read, "note")).as_posix()
    return [each for each in files if _text(read, "note") and each.name == wanted]


def _own_list(own: ParcelFile, files: Sequence[ParcelFile]) -> tuple[Head, list[ParcelLine]]:
    """The list that this program writes beside the files that it sends."""
    by_name = {each.name: each for each in files}
    folder = PurePosixPath(own.name).parent
    try:
        read = json.loads(text_of(own.path, _LIST_BYTES))
        if not isinstance(read, dict) or not isinstance(read.get("items"), list):
            raise ValueError("no list of items")
    except (ValueError, RecursionError) as fault:
        raise UnusableFile(N_("“{name}” is damaged: the list of the transmittal can't be read."), name=own.name,
                           detail=str(fault)) from fault  # fmt: skip
    head = Head(_text(read, "number"), _day(read.get("sent_on")), _text(read, "subject"), _text(read, "purpose"),
                _text(read, "from"), tuple(_texts(read.get("to"))))  # fmt: skip
    lines = []
    for at, item in enumerate(read["items"], 1):
        if isinstance(item, dict) and (_text(item, "document_no") or _text(item, "title")):
            named = _texts(item.get("files"))
            here = [by_name[n] for n in ((folder / n).as_posix() for n in named) if n in by_name]
            lines.append(
                ParcelLine(_text(item, "document_no"), _text(item, "code")[:20], _text(item, "title"), str(at),
                     _day(item.get("revision_on")), _count(item, "pages"), _count(item, "copies"), tuple(here))
            )  # fmt: skip
    return head, lines


def _sheet_among(
    workspace: Workspace,
    project: Project,
    files: Sequence[ParcelFile],
    notices: list[Notice],
    progress: Progress,
) -> tuple[Head, list[ParcelLine], list[ParcelFile]]:
    """The list that lies among the files as a workbook, where one is titled as a transmittal or names it."""
    sheets = [f for f in files if PurePosixPath(f.name).suffix.casefold() in SUFFIXES and f.size <= _SHEET_BYTES]
    for each in sheets[:_TRIED]:
        with tempfile.TemporaryDirectory(prefix="handover-list-") as folder:
            path = each.path
            if path.suffix == "":  # of an archive: the reader tells by the suffix what it is
                path = Path(folder) / f"list{PurePosixPath(each.name).suffix}"
                path.write_bytes(each.path.read_bytes())
            try:
                head, lines, told = read_sheet(workspace, project.code, path, progress)
            except HandoverError:
                continue  # a workbook among others that is no list of documents
        if head.number and not told:
            notices.append(Notice(N_("The list of the transmittal is “{name}”."), {"name": each.name}))
            return head, lines, [each]
    return Head(), [], []


def _matched_by_name(
    workspace: Workspace, project: Project, lines: list[ParcelLine], files: Sequence[ParcelFile]
) -> tuple[list[ParcelLine], list[ParcelFile]]:
    """The files with the lines to which their names lead; without a list each document that a file names is a line."""
    listed = bool(lines)
    if listed:
        numbers = [line.number for line in lines if line.number]
    else:
        with workspace.read() as connection:
            here = (Document.project_id == project.id, Document.deleted_at.is_(None), Document.number.is_not(None))
            numbers = [
                number for number in connection.execute(select(Document.number).where(*here)).scalars() if number
            ]
    names = NumbersInNames(numbers)
    by_line: dict[tuple[str, str], list[ParcelFile]] = defaultdict(list)
    loose = []
    for file in files:
        number, code = names.read(file.name)
        if not number:
            loose.append(file)
        else:
            by_line[number, code].append(file)
    if not listed:
        made = [
            ParcelLine(number, code, "", found[0].name, files=tuple(found)) for (number, code), found in by_line.items()
        ]
        return made, loose
    return _with_files(lines, by_line, loose), loose


def _with_files(
    lines: Sequence[ParcelLine], by_line: Mapping[tuple[str, str], list[ParcelFile]], loose: list[ParcelFile]
) -> list[ParcelLine]:
    """The lines with their files: by number and code, and by the number alone where a list has it once."""
    left = dict(by_line)
    often: dict[str, int] = defaultdict(int)
    for line in lines:
        often[folded(line.number)] += 1
    done = []
    for line in lines:
        keys = [
            key
            for key in left
            if folded(key[0]) == folded(line.number)
            and (key[1].casefold() == line.code.casefold() or (often[folded(line.number)] == 1 and not key[1]))
        ]
        more = [file for key in keys for file in left.pop(key)]
        done.append(replace(line, files=(*line.files, *more)))
    loose += [file for found in left.values() for file in found]
    return done


def _text(read: Mapping[str, Any], key: str) -> str:  # Any: JSON from outside
    value = read.get(key)
    return value.strip()[:500] if isinstance(value, str) else ""


def _texts(value: object) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _count(read: Mapping[str, Any], key: str) -> int | None:  # Any: as above
    value = read.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9 else None


def _day(value: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
