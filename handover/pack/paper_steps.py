"""Steps that issue a paper, such as that of a transmittal: the step, its number and its note are one act.

Who offers steps takes them here: a step that issues nothing is taken as ever. What paper a step issues is said by its
chapter's module of ``handover.pack.chapters``, as ``PAPERS``.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import importlib
import importlib.util
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from handover.errors import NotLawful, Refused
from handover.i18n import N_, tr
from handover.jobs import Progress, unattended
from handover.model.attachment import Attachment
from handover.model.base import Row
from handover.model.issued import Issued
from handover.model.lifecycle import Step
from handover.pack.issuing import issuing
from handover.pack.outline import PackOutline
from handover.registers import catalogue
from handover.registers.acts import taking
from handover.registers.acts.taking import Answers, StepTaken
from handover.registers.declare import Register
from handover.store.files.blobs import TakingIn
from handover.store.files.incoming_file import LARGEST, BytesHeard
from handover.store.work import UnitOfWork
from handover.store.workspace import Workspace
from handover.values.moments import day_of
from handover.wording import Language


@dataclass(frozen=True, slots=True)
class PaperStep:
    """A step that issues a paper.

    Attributes:
        register, step: their keys.
        kind: the key of the kind of paper.
        outline: what the paper says of a row, by its key.
        wanted: whether a row has such a paper: an incoming transmittal has the sender's.
        number: the attribute of the row that takes its number; empty where none does.
        answered: as ``outline``, with what is answered in the step, which the row doesn't say yet.
        again: the step can be taken again, once it was taken back; its paper then stands in place of the one in force.
        of: the attribute of the row that names the row that the paper is of, and that takes its number, as a signature
            does its certificate; empty where it is the row itself.
    """

    register: str
    step: str
    kind: str
    outline: Callable[[Workspace, str, str, Language], PackOutline]
    wanted: Callable[[Workspace, str], bool]
    number: str = "number"
    answered: Callable[[Workspace, str, str, Language, Answers], PackOutline] | None = None
    again: bool = False
    of: str = ""


def paper_of(register: Register, step: Step) -> PaperStep | None:
    """The paper that a step issues, None where it issues none."""
    module = f"handover.pack.chapters.{catalogue.chapter_of(register.key).key}"
    if importlib.util.find_spec(module) is None:
        return None
    papers: tuple[PaperStep, ...] = getattr(importlib.import_module(module), "PAPERS", ())
    return next((p for p in papers if (p.register, p.step) == (register.key, step.key)), None)


def in_force_of(workspace: Workspace, kind: str, about: tuple[str, str]) -> str | None:
    """The paper of a kind that is in force of a row, as its key; None where there is none."""
    table, key = about
    here = (Issued.kind == kind, Issued.about_table == table, Issued.about_id == key, Issued.deleted_at.is_(None))
    with workspace.read() as connection:
        found: str | None = connection.execute(
            select(Issued.id).where(*here, Issued.in_force()).order_by(Issued.id.desc()).limit(1)
        ).scalar()
    return found


def take(
    workspace: Workspace,
    register: Register,
    project_id: str,
    ids: Sequence[str],
    step: Step,
    answers: Answers,
    *,
    language: Language = "both",
    source: str = "hand",
    dry_run: bool = False,
    files: Sequence[Path] = (),
    progress: Progress = unattended,
) -> StepTaken:
    """As ``taking.take``, with the papers that the step issues: one for each row, each in an act of its own.

    Args:
        files: what is attached to each row with the step, such as a signature that was drawn.

    Raises:
        HandoverError: besides, the disk is full; what was issued until then stays issued.
        Cancelled: the user stopped it, likewise.
    """
    paper = paper_of(register, step)
    with_paper = [key for key in ids if paper is not None and paper.wanted(workspace, key)]
    if paper is None or not with_paper:
        of = (workspace, register, project_id, ids, step, answers)
        if not files:
            return taking.take(*of, source=source, dry_run=dry_run)
        with workspace.blobs.taking_in() as incoming:
            keep = _Keeping(incoming, files, progress)
            return taking.take(*of, source=source, dry_run=dry_run, beside=keep.of)
    if len(with_paper) != len(ids):
        raise NotLawful(N_("Only some of these rows get a paper by this step. Choose one kind of them."))
    one = _OnePaper(workspace, register, project_id, step, answers, paper, language, source, tuple(files), progress)
    refs = tuple(one.tried(key) if dry_run else one.issued(key) for key in with_paper)
    life = taking.lifecycle(register)
    return StepTaken(step, refs, life.label(step.target) if life is not None else "", step.target)


@dataclass(frozen=True, slots=True)
class _OnePaper:
    """What is the same for each row of an act."""

    workspace: Workspace
    register: Register
    project_id: str
    step: Step
    answers: Answers
    paper: PaperStep
    language: Language
    source: str
    files: tuple[Path, ...]
    progress: Progress

    def issued(self, key: str) -> str:
        """Issue the paper of a row and take the step; returns the reference of the row."""
        kind = catalogue.paper(self.paper.kind)
        about = self._about(key)
        of = (self.workspace, self.project_id, key, self.language)
        answered = self.paper.answered
        outline = self.paper.outline(*of) if answered is None else answered(*of, self.answers)
        with (
            self._in_words(),
            issuing(
                self.workspace,
                self.project_id,
                outline,
                kind,
                about=about,
                supersedes=in_force_of(self.workspace, self.paper.kind, about) if self.paper.again else None,
                on=self._day(key),
                source=self.source,
                progress=self.progress,
            ) as in_hand,
        ):
            ref = self._take(in_hand.work, key, in_hand.paper.number)
            for file in self.files:
                in_hand.keep(file, owner=in_hand.work.get(self.register.model, key))
            return ref

    def tried(self, key: str) -> str:
        """Find out whether the step could be taken; nothing is stored and no number drawn."""
        with (
            self._in_words(),
            contextlib.suppress(_StepTried),
            self.workspace.edit(N_("Try a step"), project=self.project_id) as work,
        ):
            ref = self._take(work, key, "–")
            work.finish()
            raise _StepTried
        return ref

    def _day(self, key: str) -> dt.date | None:
        """The day of the step where the act tells of the past, as the row has it; None for today."""
        if self.source != "import" or not self.step.on:
            return None
        if (answered := self.answers.get(self.step.on)) is not None:
            return day_of(answered)
        column = self.register.table.columns[self.step.on]
        with self.workspace.read() as connection:
            day: dt.date | None = connection.execute(select(column).where(self.register.model.id == key)).scalar()
        return day

    def _about(self, key: str) -> tuple[str, str]:
        """The row that the paper is of: its table and its key."""
        if not self.paper.of:
            return str(self.register.table.name), key
        column = self.register.table.columns[self.paper.of]
        with self.workspace.read() as connection:
            owner = connection.execute(select(column).where(self.register.table.c.id == key)).scalar_one()
        return next(fk.column.table.name for fk in column.foreign_keys), str(owner)

    def _take(self, work: UnitOfWork, key: str, number: str) -> str:
        row = work.get(self.register.model, key)
        if self.paper.number:
            setattr(self._numbered(work, row), self.paper.number, number)
        work.take(row, self.step, self.answers)
        return row.ref

    def _numbered(self, work: UnitOfWork, row: Row) -> Row:
        """The row that takes the number."""
        if not self.paper.of:
            return row
        table, key = self._about(row.id)
        owner = catalogue.of_table(table)
        return work.get(owner.model, key) if owner is not None else row

    @contextlib.contextmanager
    def _in_words(self) -> Iterator[None]:
        """Reasons name fields as the register does."""
        try:
            yield
        except Refused as error:
            raise Refused([taking.said(self.register, reason) for reason in error.reasons]) from None


class _Keeping:
    """Attaches files to the rows of an act."""

    def __init__(self, incoming: TakingIn, files: Sequence[Path], progress: Progress) -> None:
        self._incoming, self._files, self._progress = incoming, files, progress

    def of(self, work: UnitOfWork, row: Row) -> None:
        """Attach copies of the files to a row."""
        for at, file in enumerate(self._files, 1):
            heard = BytesHeard(self._progress, file.stat().st_size, tr("Keeping {file}", file=file.name))
            content = self._incoming.take(file, heard, LARGEST)
            work.add(
                Attachment(
                    owner_table=str(row.__tablename__), owner_id=row.id, name=file.name,
                    media_type=content.media_type, kept="stored", size=content.size, sha256=content.sha256,
                    position=float(at),
                )
            )  # fmt: skip


class _StepTried(Exception):
    """Ends an act that was only tried, so that nothing of it is stored."""
