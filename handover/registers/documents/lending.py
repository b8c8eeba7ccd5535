"""Lending originals: papers go out to somebody until a day, and come back; both are acts that undo takes back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from handover.clock import today
from handover.errors import NotLawful, NotValid
from handover.i18n import N_, tr, trn
from handover.model.base import Base
from handover.model.documents.box import Box
from handover.model.documents.document import Document
from handover.model.people import Person
from handover.store.among import among
from handover.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class LendablePaper:
    """The original of a document: ``lent_to`` names who has it, empty where it lies in its place."""

    id: str
    ref: str
    called: str
    lent_to: str
    on_paper: bool


@dataclass(frozen=True, slots=True)
class Loan:
    """What was lent or given back, by reference, and what was left out, each with why; ``name`` is who borrows it."""

    refs: tuple[str, ...]
    left: tuple[str, ...] = ()
    name: str = ""


def papers_of(connection: Connection, model: type[Base], keys: Sequence[str]) -> list[LendablePaper]:
    """The originals that documents are, or that lie in boxes, in the order of their references."""
    of = Document
    named = of.box_id if model is Box else of.id
    query = (
        select(of.id, of.ref, of.number, of.title, Person.name, of.lent_to_id, of.medium)
        .outerjoin(Person, Person.id == of.lent_to_id)
        .where(among(named, list(keys)), of.deleted_at.is_(None))
        .order_by(of.ref)
    )
    return [
        LendablePaper(row.id, row.ref, row.number or row.title, row.name or ("?" if row.lent_to_id else ""),
              row.medium != "electronic")
        for row in connection.execute(query)
    ]  # fmt: skip


def lend(
    workspace: Workspace,
    project_id: str,
    papers: Sequence[LendablePaper],
    to: str,
    *,
    on: dt.date | None = None,
    until: dt.date | None = None,
) -> Loan:
    """Lend originals to a person, in one act. Those that are out already, and those without paper, are left out.

    Raises:
        NotValid: nobody is named, or the day on which they come back is before that on which they go.
        NotLawful: none of them can be lent; it says why.
    """
    day = on or today()
    if not to:
        raise NotValid(N_("Say who borrows them."), field="lent_to")
    if until is not None and until < day:
        raise NotValid(N_("They can't come back before they are lent."), field="lent_until")
    there = [paper for paper in papers if paper.on_paper and not paper.lent_to]
    left = tuple(_why_not(paper) for paper in papers if paper not in there)
    _some(there, left, N_("There is no original to lend."))
    with workspace.edit(N_("Lend {n} originals"), project=project_id, n=len(there)) as work:
        name = work.get(Person, to).name
        for paper in there:
            row = work.get(Document, paper.id)
            row.lent_to_id, row.lent_on, row.lent_until = to, day, until
    return Loan(tuple(paper.ref for paper in there), left, name)


def give_back(workspace: Workspace, project_id: str, papers: Sequence[LendablePaper]) -> Loan:
    """Take originals back that were lent, in one act; those that are in their place stay there.

    Raises:
        NotLawful: none of them is out.
    """
    out = [paper for paper in papers if paper.lent_to]
    _some(out, (), N_("None of them is lent."))
    with workspace.edit(N_("Take {n} originals back"), project=project_id, n=len(out)) as work:
        for paper in out:
            row = work.get(Document, paper.id)
            row.lent_to_id = row.lent_on = row.lent_until = None
    return Loan(tuple(paper.ref for paper in out))


def lent_sentence(loan: Loan) -> str:
    """What was lent to whom, and what was left out."""
    said = trn("{n} original is lent to {name}.", "{n} originals are lent to {name}.", len(loan.refs), name=loan.name)
    return " ".join([said, *loan.left])


def _some(papers: Sequence[LendablePaper], left: Sequence[str], nothing: str) -> None:
    if not papers:
        raise NotLawful(left[0] if left else nothing)


def _why_not(paper: LendablePaper) -> str:
    if paper.lent_to:
        return tr("{paper} is lent to {name} already.", paper=paper.called, name=paper.lent_to)
    return tr("{paper} has no original on paper.", paper=paper.called)
