"""What ``attach`` does with a folder: the rows of its files are found, told, and the sure ones attached in one act."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import typer

from handover.cli import talk
from handover.cli.at_work import at_work
from handover.cli.exits import FINDINGS
from handover.errors import NotLawful
from handover.file_names import shown_name
from handover.i18n import N_, language, tr, trc, trn
from handover.pack.scan_list import write_scan
from handover.registers.catalogue import register as register_of
from handover.registers.files import attachments
from handover.registers.files.attachments import Attached
from handover.registers.files.file_matching import Candidate, register_of_files
from handover.registers.files.file_scan import VERDICTS, FileVerdict, FoundFile, Scan, scan, taken
from handover.store.workspace import Workspace

#: What asks nobody to do anything.
_SETTLED = (FileVerdict.MATCHED, FileVerdict.HELD)


@dataclass(frozen=True, slots=True)
class FolderWanted:
    """What was asked for: a folder, whose rows its files are, and how they are taken."""

    folder: Path
    register: str
    link: bool
    largest: int
    dry_run: bool
    read_all: bool
    listed_in: Path | None


def attach_folder(workspace: Path, project: str, wanted: FolderWanted, *, as_json: bool) -> None:
    """Find the rows of the files in a folder and attach those that are sure; none in a dry run."""
    register = register_of(wanted.register) if wanted.register else register_of_files()
    if not register.files:
        raise NotLawful(N_("Rows of {register} take no files."), register=register.label)
    with _opened(workspace, wanted) as opened:
        owner = opened.project(project)
        found = scan(opened, register, owner.id, wanted.folder, talk.progress(), read_all=wanted.read_all)
        made = None if wanted.dry_run else _take(opened, owner.id, found, wanted)
    if wanted.listed_in is not None:
        write_scan(found.files, wanted.folder, wanted.listed_in, "zh" if language() == "zh" else "en")
    if as_json:
        talk.data(_plain(found, made, wanted))
    else:
        _tell(found, made, wanted)
    if found.unfit or found.missing or any(f.verdict not in _SETTLED for f in found.files):
        raise typer.Exit(FINDINGS)


def _opened(workspace: Path, wanted: FolderWanted) -> AbstractContextManager[Workspace]:
    return Workspace.open(workspace, "read") if wanted.dry_run else at_work(workspace)


def _take(workspace: Workspace, project_id: str, found: Scan, wanted: FolderWanted) -> Attached:
    files = taken(found.of(FileVerdict.MATCHED))
    if not files:
        return Attached((), ())
    if wanted.link:
        return attachments.link_to(workspace, project_id, files, talk.progress(), source="cli")
    return attachments.attach_to(workspace, project_id, files, talk.progress(), most=wanted.largest, source="cli")


def _plain(found: Scan, made: Attached | None, wanted: FolderWanted) -> dict[str, object]:
    return {
        "dry_run": wanted.dry_run,
        "attached": len(made.ids) if made is not None else 0,
        "counts": {verdict.value: n for verdict, n in found.counts().items()},
        "more": found.more,
        "missing": [{"ref": each.ref, "name": each.name, "path": str(each.place)} for each in found.missing],
        "unfit": [{"path": str(each.path), "reason": str(each.reason)} for each in found.unfit],
        "files": [
            {
                "path": str(file.path), "size": file.size, "verdict": file.verdict.value,
                "ref": file.rows[0].ref if file.rows else "", "rows": _refs(file.rows),
                "revision": file.match.code, "confidence": round(file.match.confidence, 2), "by": file.match.by,
                "note": file.note, "near": _refs(file.match.near),
            }
            for file in found.files
        ],
    }  # fmt: skip


def _refs(rows: tuple[Candidate, ...]) -> list[str]:
    return [row.ref for row in rows]


def _tell(found: Scan, made: Attached | None, wanted: FolderWanted) -> None:
    headings = [tr("File name"), trc("of files", "Found"), tr("Row"), tr("Revision"), tr("Sure by"), tr("Told by"), ""]
    order = list(FileVerdict)
    files = sorted(found.files, key=lambda f: (order.index(f.verdict), f.path.name.casefold()))
    talk.table(headings, [_line(file) for file in files])
    for each in found.unfit:
        talk.aside(str(each.reason))
    for missing in found.missing:
        talk.aside(missing.remark)
    if found.more:
        talk.aside(tr("There are more files than are looked at. Choose a smaller folder."))
    counts = found.counts()
    talk.line(", ".join(f"{tr(VERDICTS[v])}: {n}" for v, n in counts.items() if n))
    if made is None:
        talk.line(tr("Nothing was attached: this was a dry run."))
    elif wanted.link:
        talk.line(trn("{n} file linked.", "{n} files linked.", len(made.ids)))
    else:
        talk.line(trn("{n} file attached.", "{n} files attached.", len(made.ids)))


def _line(file: FoundFile) -> list[str]:
    row = file.rows[0] if file.rows else None
    sure = f"{file.match.confidence:.0%}" if row else ""
    near = tr("Nearest: {rows}", rows=", ".join(_refs(file.match.near))) if file.match.near else ""
    return [shown_name(file.path.name)[:60], tr(VERDICTS[file.verdict]), row.ref if row else "",
            file.match.code, sure, file.by, file.note or near]  # fmt: skip
