"""Issued papers again: the PDF that was given out, printed again where it is lost, and whether all is as it was."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from sqlalchemy import select

from handover.errors import HandoverError, NotFound, UnusableFile
from handover.file_names import safe_name
from handover.i18n import N_, tr
from handover.jobs import Progress, unattended
from handover.model.issued import Issued
from handover.pack.frozen import thaw
from handover.pack.issuing import stem_of
from handover.pack.packs.embedding import embedded_files
from handover.pack.pdf.document import write_pdf
from handover.registers.files.opening_files import opened_folder
from handover.replacing import make_folder, replacing
from handover.store.files.incoming_file import BytesHeard, read
from handover.store.workspace import Workspace
from handover.wording import Text, said


class KeptPdf(StrEnum):
    """How the PDF that was given out is found again."""

    SAME = "same"
    CHANGED = "changed"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class PaperVerdict:
    """Whether a paper is as it was issued.

    Attributes:
        kept: of the PDF in the files folder.
        prints_same: printed again from what it said, it is the same to the last byte; None where it can't be printed.
    """

    number: str
    edition: int
    kept: KeptPdf
    prints_same: bool | None

    @property
    def ok(self) -> bool:
        """Whether the paper can be given out again as it was."""
        return self.kept is KeptPdf.SAME or self.prints_same is True

    def __str__(self) -> str:
        return tr(_SAID[self.kept, self.prints_same], number=self.number)


_LOST = N_("The kept PDF of {number} is missing and doesn't print the same again. Put back the files folder.")
_SPOILED = N_("The kept PDF of {number} was changed and doesn't print the same again. Restore it from a backup.")
_AGAIN = N_("The kept PDF of {number} is lost or changed, but prints the same again.")
_SAID: dict[tuple[KeptPdf, bool | None], str] = {
    (KeptPdf.SAME, True): N_("The PDF of {number} is as it was issued, and prints the same again."),
    (KeptPdf.SAME, False): N_(
        "The PDF of {number} is as it was issued and counts, although this program would print it in another way."
    ),
    (KeptPdf.SAME, None): N_("The PDF of {number} is as it was issued. What it was printed from is damaged."),
    (KeptPdf.CHANGED, True): _AGAIN,
    (KeptPdf.CHANGED, False): _SPOILED,
    (KeptPdf.CHANGED, None): _SPOILED,
    (KeptPdf.MISSING, True): _AGAIN,
    (KeptPdf.MISSING, False): _LOST,
    (KeptPdf.MISSING, None): _LOST,
}


@dataclass(frozen=True, slots=True)
class _Kept:
    number: str
    edition: int
    title: str
    outline: str
    sha256: str

    @property
    def file_name(self) -> str:
        return safe_name(f"{stem_of(self.number, self.edition, self.title)}.pdf", "paper.pdf")


def verify_paper(workspace: Workspace, issued_id: str, progress: Progress = unattended) -> PaperVerdict:
    """Compare a paper with what was issued. Raises NotFound, Cancelled."""
    row = _row(workspace, issued_id)
    kept = _state(workspace, row.sha256, progress)
    try:
        with _printed(workspace, row, progress) as pdf:
            same = _checksum(pdf, progress) == row.sha256
    except UnusableFile:
        return PaperVerdict(row.number, row.edition, kept, None)
    return PaperVerdict(row.number, row.edition, kept, same)


def save_paper(
    workspace: Workspace, issued_id: str, target: Path, progress: Progress = unattended, *, marked: bool = False
) -> bool:
    """Write the PDF of a paper, byte for byte as it was issued; whether it had to be printed again.

    Args:
        marked: where the paper is superseded, write a copy instead that says so on each page.

    Raises:
        NotFound: there is no such paper.
        UnusableFile: its PDF is lost and it doesn't print the same again.
        HandoverError: the target can't be written. Cancelled: the user stopped it.
    """
    row = _row(workspace, issued_id)
    if marked and (by := superseded_by(workspace, issued_id)) is not None:
        outline = thaw(row.outline)
        told = replace(outline, control=replace(outline.control, superseded=by))
        write_pdf(told, target, progress=progress, files=embedded_files(told, workspace.blobs.path_of))
        return True
    if _state(workspace, row.sha256, progress) is KeptPdf.SAME:
        _copy(workspace.blobs.path_of(row.sha256), target, progress)
        return False
    with _printed(workspace, row, progress) as pdf:
        if _checksum(pdf, progress) != row.sha256:
            raise UnusableFile(
                N_("The PDF of {number} is lost, and the program sets type in another way than when it was issued."
                   " Put the files folder beside the workspace again, or restore it from a backup."),
                number=row.number,
            )  # fmt: skip
        _copy(pdf, target, progress)
    return True


def paper_to_open(workspace: Workspace, issued_id: str, progress: Progress = unattended) -> Path:
    """A copy of the PDF of a paper for its own program, gone when this program ends. Raises as ``save_paper``."""
    row = _row(workspace, issued_id)
    path = opened_folder() / row.sha256[:16] / row.file_name
    if not path.exists():
        make_folder(path.parent)
        save_paper(workspace, issued_id, path, progress)
        path.chmod(0o400)
    return path


def superseded_by(workspace: Workspace, issued_id: str) -> Text | None:
    """By which paper one is superseded, as its pages are marked; None where it isn't."""
    after = select(Issued.number, Issued.edition).where(
        Issued.supersedes_id == issued_id, Issued.deleted_at.is_(None), Issued.status != "void"
    )
    with workspace.read() as connection:
        row = connection.execute(after.order_by(Issued.id.desc()).limit(1)).one_or_none()
    if row is None:
        return None
    return said(N_("Superseded by {number}, edition {edition}"), number=row.number, edition=row.edition)


def paper_status(workspace: Workspace, issued_id: str) -> str:
    """How a paper stands: ``issued``, ``superseded`` or ``void``; empty where there is none."""
    with workspace.read() as connection:
        return str(connection.execute(select(Issued.status).where(Issued.id == issued_id)).scalar() or "")


def pdf_name(workspace: Workspace, issued_id: str) -> str:
    """What the PDF of a paper is called. Raises NotFound."""
    return _row(workspace, issued_id).file_name


def _row(workspace: Workspace, issued_id: str) -> _Kept:
    wanted = select(Issued.number, Issued.edition, Issued.title, Issued.outline, Issued.pdf_sha256)
    with workspace.read() as connection:
        row = connection.execute(wanted.where(Issued.id == issued_id)).one_or_none()
    if row is None:
        raise NotFound(N_("This row no longer exists."))
    return _Kept(*row)


def _state(workspace: Workspace, sha256: str, progress: Progress) -> KeptPdf:
    try:
        path = workspace.blobs.path_of(sha256)
        if not path.is_file():
            return KeptPdf.MISSING
        return KeptPdf.SAME if _checksum(path, progress) == sha256 else KeptPdf.CHANGED
    except UnusableFile:
        return KeptPdf.MISSING


def _checksum(path: Path, progress: Progress) -> str:
    return read(path, BytesHeard(progress, path.stat().st_size, tr("Comparing {file}", file=path.name))).sha256


def _copy(path: Path, target: Path, progress: Progress) -> None:
    heard = BytesHeard(progress, path.stat().st_size, tr("Copying {file}", file=target.name))
    with replacing(target) as part, part.open("wb") as out:
        read(path, heard, keep=out.write)


@contextlib.contextmanager
def _printed(workspace: Workspace, row: _Kept, progress: Progress) -> Iterator[Path]:
    """The paper printed again from what it said. Raises UnusableFile where that is damaged."""
    outline = thaw(row.outline)
    with tempfile.TemporaryDirectory(prefix="handover-reprint-") as folder:
        pdf = Path(folder) / "paper.pdf"
        try:
            write_pdf(outline, pdf, progress=progress, files=embedded_files(outline, workspace.blobs.path_of))
        except HandoverError:
            raise
        except (ValueError, ArithmeticError, LookupError, TypeError, AttributeError) as fault:
            # What was kept fits the declarations, but no program of ours has written it: it can't be set.
            raise UnusableFile(N_("What was kept of this paper is damaged. Check the workspace."),
                               detail=str(fault)) from fault  # fmt: skip
        yield pdf
