"""Issuing papers: number, frozen outline and the PDF that is given out, in one act whose outcome never changes."""

from __future__ import annotations

import contextlib
import datetime as dt
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple, TypeAlias

from sqlalchemy import Connection, select

from handover import clock
from handover.errors import NotLawful, NotValid, ReadOnly
from handover.file_names import safe_name
from handover.i18n import N_, tr
from handover.jobs import Progress, step, unattended
from handover.model.attachment import Attachment
from handover.model.base import Row
from handover.model.issued import ISSUED_STATUS, Issued
from handover.pack.frozen import VERSION, freeze, read_out, thaw
from handover.pack.outline import PackOutline
from handover.pack.pdf.document import Printed, write_pdf
from handover.pack.pdf.embedded import EmbeddedFile
from handover.registers.chapter import PaperKind
from handover.store import log
from handover.store.files.blobs import TakingIn
from handover.store.files.incoming_file import LARGEST, BytesHeard
from handover.store.numbers import counted, draw
from handover.store.work import UnitOfWork
from handover.store.workspace import Workspace
from handover.wording import shown

#: What is done with a numbered outline before it is printed; it says what is.
Prepare: TypeAlias = Callable[[PackOutline, UnitOfWork], PackOutline]


@dataclass(frozen=True, slots=True)
class Paper:
    """An issued paper by its name.

    Attributes:
        id: its key in the register of issued papers.
    """

    id: str
    number: str
    edition: int
    title: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """The act of the change log after which a paper was issued: all that the log says until then bears this hash."""

    act: int
    hash: str


class PrintedPdf(NamedTuple):
    """A PDF that was written, and what became of its contents."""

    path: Path
    printed: Printed


class PaperInHand:
    """A paper while it is issued; it is when the act ends.

    Attributes:
        outline: with its number and its edition, as it was frozen.
        pdf: where its PDF lies until the act ends.
        printed: what became of it in print.
        work: the act, for what belongs to it besides.
    """

    def __init__(
        self, row: Issued, outline: PackOutline, pdf: PrintedPdf, work: UnitOfWork, taking: TakingIn, progress: Progress
    ) -> None:
        self.outline = outline
        self.pdf, self.printed = pdf
        self.work = work
        self._row, self._taking, self._progress = row, taking, progress
        self._kept = 0
        top = work.session.execute(select(log.Act.id, log.Act.hash).order_by(log.Act.id.desc()).limit(1)).one()
        self.anchor = Anchor(top.id, top.hash)

    @property
    def paper(self) -> Paper:
        """The paper by its name."""
        return Paper(self._row.id, self._row.number, self._row.edition, self._row.title)

    def keep(self, file: Path, name: str = "", owner: Row | None = None) -> str:
        """Keep a copy of a file with the paper, under its own name or another; returns its checksum.

        Args:
            owner: the row whose file it is, where it isn't the paper's own.

        Raises:
            HandoverError: the disk is full, or the files folder can't be written.
            Cancelled: the user stopped it.
        """
        name = safe_name(name or file.name, tr("File"))
        heard = BytesHeard(self._progress, file.stat().st_size, tr("Keeping {file}", file=name))
        content = self._taking.take(file, heard, LARGEST)
        self._kept += 1
        of = owner if owner is not None else self._row
        self.work.add(
            Attachment(
                owner_table=str(of.__tablename__), owner_id=of.id, name=name, media_type=content.media_type,
                kept="stored", size=content.size, sha256=content.sha256, position=float(self._kept),
            )
        )  # fmt: skip
        return content.sha256


def issue(
    workspace: Workspace,
    project_id: str,
    outline: PackOutline,
    kind: PaperKind,
    *,
    about: tuple[str, str] | None = None,
    supersedes: str | None = None,
    source: str = "hand",
    progress: Progress = unattended,
) -> Paper:
    """Issue a paper in one act. Arguments and errors as those of ``issuing``."""
    with issuing(
        workspace, project_id, outline, kind, about=about, supersedes=supersedes, source=source, progress=progress
    ) as paper:
        return paper.paper


@contextlib.contextmanager
def issuing(
    workspace: Workspace,
    project_id: str,
    outline: PackOutline,
    kind: PaperKind,
    *,
    about: tuple[str, str] | None = None,
    supersedes: str | None = None,
    on: dt.date | None = None,
    source: str = "hand",
    progress: Progress = unattended,
    prepare: Prepare | None = None,
    said_of_it: Mapping[str, str | None] | None = None,
    files_in_it: Callable[[PackOutline], Sequence[EmbeddedFile]] = lambda _: (),
) -> Iterator[PaperInHand]:
    """Around what else belongs to the act: the paper has number and PDF, and is issued when the block ends well.

    Args:
        outline: what it says; number and edition are written into it.
        about: table and key of the row that it is of.
        supersedes: the key of the paper in force in whose place it stands; it has its number where the kind says so.
        on: the day on which it was issued, where that isn't today.
        prepare: what is done once the number is known, before the paper is printed: it gets the outline with number and
            edition, and says what is printed, such as with the checksums of files that it made.
        said_of_it: further attributes of the paper's row.
        files_in_it: the files that stand in its PDF, as its outline names them.

    Raises:
        ReadOnly: the workspace can't be written.
        NotLawful: the paper to be superseded isn't in force, or of another kind.
        HandoverError: the disk is full; nothing was issued.
        Cancelled: the user stopped it; nothing was issued.
    """
    if workspace.read_only:
        raise ReadOnly(N_("{file} is open for reading only."), file=workspace.path.name)
    step(progress, 0, 0, tr("Reading what the paper says"))
    read = read_out(replace(outline, draft=False))
    title = shown(read.title, read.language, " ")[:300]
    label = N_("Issue {number} {title}") if supersedes is None else N_("Issue {number} {title}, edition {edition}")
    try:
        with (
            clock.going_on(),
            tempfile.TemporaryDirectory(prefix="handover-issue-") as folder,
            workspace.blobs.taking_in() as taking,
            workspace.edit(label, project=project_id, source=source, title=title) as work,
        ):
            number, edition = _numbered(work, project_id, kind, supersedes)
            work.told.update(number=number, edition=edition)
            read = replace(read, number=number, edition=edition)
            text = freeze(prepare(read, work) if prepare is not None else read)
            kept = thaw(text)  # printed from what is kept, so that a reprint is made from the same
            pdf = Path(folder) / "paper.pdf"
            printed = write_pdf(kept, pdf, progress=progress, files=files_in_it(kept))
            row = work.add(
                Issued(
                    kind=kind.key, number=number, edition=edition, title=title, supersedes_id=supersedes,
                    about_table=about[0] if about else None, about_id=about[1] if about else None,
                    issued_on=on or clock.today(), issued_by_id=work.taker.person, language=kept.language,
                    outline_version=VERSION, outline=text, pdf_sha256="", **(said_of_it or {}),
                )
            )  # fmt: skip
            in_hand = PaperInHand(row, kept, PrintedPdf(pdf, printed), work, taking, progress)
            row.pdf_sha256 = in_hand.keep(pdf, f"{stem_of(number, edition, title)}.pdf")
            yield in_hand
    except NotValid as error:
        if f"{Issued.__tablename__}.number" in error.detail:
            message = N_("Its number was given out in the meantime. Nothing was issued; issue it again.")
            raise NotLawful(message, detail=error.detail) from error
        raise


def in_force(connection: Connection, project_id: str, kind: PaperKind) -> tuple[Paper, ...]:
    """The papers of a kind that are in force, the newest first."""
    wanted = select(Issued.id, Issued.number, Issued.edition, Issued.title).where(
        Issued.project_id == project_id, Issued.kind == kind.key, Issued.deleted_at.is_(None), Issued.in_force()
    )
    return tuple(Paper(*row) for row in connection.execute(wanted.order_by(Issued.id.desc())))


def stem_of(number: str, edition: int, title: str) -> str:
    """The name of the files of a paper, without the suffix."""
    return f"{number} {title}" if edition == 1 else f"{number} ({edition}) {title}"


def _numbered(work: UnitOfWork, project_id: str, kind: PaperKind, supersedes: str | None) -> tuple[str, int]:
    """Number and edition of the paper; the one in whose place it stands is superseded."""
    if supersedes is None:
        return _new_number(work, project_id, kind), 1
    former = work.get(Issued, supersedes)
    if former.kind != kind.key or former.project_id != project_id:
        raise NotLawful(N_("{number} is another kind of paper."), number=former.number)
    work.take(former, ISSUED_STATUS.step("supersede"), {})
    if not kind.keeps_number:
        return _new_number(work, project_id, kind), 1
    # Counted apart, so that an edition whose issue was undone isn't given to another one.
    return former.number, counted(work, f"{kind.key}/{former.number}", above=former.edition)


def _new_number(work: UnitOfWork, project_id: str, kind: PaperKind) -> str:
    def taken(number: str) -> bool:
        there = select(Issued.id).where(
            Issued.project_id == project_id, Issued.kind == kind.key, Issued.number == number
        )
        return work.session.execute(there.limit(1)).first() is not None

    return draw(work, kind.key, kind.pattern, taken)
