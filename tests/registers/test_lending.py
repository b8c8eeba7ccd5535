"""Lending originals: who has them until when, what can't be lent, and what comes back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from handover.errors import NotLawful, NotValid
from handover.model import Document, Person
from handover.model.base import Base
from handover.model.documents.box import Box
from handover.registers import query
from handover.registers.catalogue import register
from handover.registers.documents.lending import LendablePaper, Loan, give_back, lend, lent_sentence, papers_of
from handover.registers.figures.overview import overview
from handover.registers.query import Query
from handover.store import Workspace
from handover.store.undo import undo
from tests.domain import a_project, a_workspace, stored

DAY = dt.date(2026, 5, 20)


class Archive:
    """A box with two papers of which one is only a file, a paper beside it, and somebody who borrows."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace, self.project = workspace, a_project(workspace)
        with workspace.edit("Rows", project=self.project) as work:
            self.anna = work.add(Person(name="Anna Berg")).id
            self.box = work.add(Box(code="BX-1")).id
            accepted = {"status": "accepted", "revision": "0"}  # locked, and lent all the same
            self.one = work.add(Document(title="Layout", number="D-1", box_id=self.box, **accepted)).id
            self.file = work.add(Document(title="Model", number="D-2", box_id=self.box, medium="electronic")).id
            self.other = work.add(Document(title="Diagram", number="D-3", medium="paper")).id

    def papers(self, model: type[Base], *keys: str) -> list[LendablePaper]:
        with self.workspace.read() as connection:
            return papers_of(connection, model, keys)

    def lend(self, *keys: str, until: dt.date | None = None) -> Loan:
        papers = self.papers(Document, *keys)
        return lend(self.workspace, self.project, papers, self.anna, on=DAY, until=until)

    def of_view(self, view: str) -> int:
        documents = register("documents")
        with self.workspace.read() as connection:
            return len(query.keys(connection, documents, self.project, Query(view=view)))


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    monkeypatch.setenv("HANDOVER_TODAY", "2026-06-01")
    with a_workspace(tmp_path) as workspace:
        yield Archive(workspace)


def test_paper_is_lent_to_somebody_until_a_day_and_given_back(archive: Archive) -> None:
    loan = archive.lend(archive.one, until=dt.date(2026, 6, 10))
    assert lent_sentence(loan) == "1 original is lent to Anna Berg."
    row = stored(archive.workspace, Document, archive.one)
    assert (row["lent_to_id"], row["lent_on"], row["lent_until"]) == (archive.anna, "2026-05-20", "2026-06-10")
    assert (archive.of_view("lent"), archive.of_view("lent_too_long")) == (1, 0)

    give_back(archive.workspace, archive.project, archive.papers(Document, archive.one, archive.other))

    row = stored(archive.workspace, Document, archive.one)
    assert (row["lent_to_id"], row["lent_on"], row["lent_until"]) == (None, None, None)
    undo(archive.workspace)
    assert stored(archive.workspace, Document, archive.one)["lent_to_id"] == archive.anna


def test_papers_of_a_box_are_lent_together_and_what_is_left_out_is_told(archive: Archive) -> None:
    papers = archive.papers(Box, archive.box)
    loan = lend(archive.workspace, archive.project, papers, archive.anna, on=DAY)
    assert len(loan.refs) == 1 and loan.left == ("D-2 has no original on paper.",)


def test_paper_that_is_out_is_not_lent_again(archive: Archive) -> None:
    archive.lend(archive.one)
    loan = archive.lend(archive.one, archive.other)
    assert loan.left == ("D-1 is lent to Anna Berg already.",) and len(loan.refs) == 1
    with pytest.raises(NotLawful, match="D-1 is lent to Anna Berg already"):
        archive.lend(archive.one)


def test_loan_without_a_borrower_or_that_ends_before_it_begins_is_refused(archive: Archive) -> None:
    papers = archive.papers(Document, archive.one)
    with pytest.raises(NotValid) as nobody:
        lend(archive.workspace, archive.project, papers, "")
    with pytest.raises(NotValid) as early:
        archive.lend(archive.one, until=dt.date(2026, 5, 1))
    assert (nobody.value.field, early.value.field) == ("lent_to", "lent_until")
    assert archive.of_view("lent") == 0


def test_nothing_comes_back_that_is_in_its_place(archive: Archive) -> None:
    with pytest.raises(NotLawful, match="None of them is lent"):
        give_back(archive.workspace, archive.project, archive.papers(Document, archive.one))


def test_loan_that_should_have_ended_is_counted_on_the_overview(archive: Archive) -> None:
    archive.lend(archive.one, until=dt.date(2026, 5, 31))
    archive.lend(archive.other, until=dt.date(2026, 6, 1))
    with archive.workspace.read() as connection:
        assert overview(connection, archive.project).count("documents", "lent_too_long") == 1
