"""The rates of the documents on their way are told with their base, on both sides of the group's start."""

from __future__ import annotations

import datetime as dt

import pytest

from handover.model import Document, WorkingGroup
from handover.model.documents.revision import Revision
from handover.model.documents.transfer_error import TransferError
from handover.model.documents.transmittal import Transmittal, TransmittalItem
from handover.registers.figures.transfer_charts import TransferCharts, transfer_charts
from handover.registers.figures.transfer_rate import TransferRate
from handover.registers.pick_acts import pick_or_new
from handover.store.work import UnitOfWork
from tests.registers.conftest import TODAY, Site

BEGAN = TODAY - dt.timedelta(days=60)


def charts(site: Site) -> TransferCharts:
    with site.workspace.read() as connection:
        return transfer_charts(connection, site.project)


def sent(work: UnitOfWork, on: dt.date, items: int, status: str = "closed") -> None:
    row = work.add(Transmittal(subject=f"Of {on}", status=status, sent_on=on, number=f"N-{on}"))
    for n in range(items):
        work.add(TransmittalItem(transmittal_id=row.id, title=f"Sheet {n}"))


def error(work: UnitOfWork, on: dt.date, status: str = "open") -> None:
    document = work.add(Document(title=f"Of {on} {status}"))
    revision = work.add(Revision(document_id=document.id, code="A"))
    work.add(TransferError(kind="wrong_rev", found_on=on, status=status, revision_id=revision.id))


@pytest.fixture
def history(site: Site) -> Site:
    """Four items with two errors before the group began, ten with one since; a draft and a void error besides."""
    with site.workspace.edit("History", project=site.project, source="import") as work:
        work.add(WorkingGroup(name="Group", started_on=BEGAN))
        sent(work, BEGAN - dt.timedelta(days=10), 4)
        sent(work, BEGAN, 10)
        sent(work, TODAY, 7, "draft")
        for days in (-9, -1, 0):
            error(work, BEGAN + dt.timedelta(days=days))
        error(work, BEGAN, "void")
    return site


def test_rate_of_errors_is_of_the_items_sent_on_either_side(history: Site) -> None:
    found = charts(history)

    assert (found.before, found.since) == (TransferRate(2, 4), TransferRate(1, 10))
    assert "2 errors of 4 items sent, 50%" in str(found.notes["errors"])
    assert "1 errors of 10 items sent, 10%" in str(found.notes["errors"])


def test_months_without_items_have_no_rate(site: Site) -> None:
    with site.workspace.edit("Only an error", project=site.project, source="import") as work:
        error(work, TODAY)

    found = charts(site)

    assert [value for series in found.errors.series for value in series.values] == [None]
    assert found.since.share is None
    assert "no rate" in str(found.notes["errors"])


def test_every_month_names_how_many_items_its_rate_is_of(history: Site) -> None:
    names = [str(name) for name in charts(history).errors.categories]

    assert sum("n=4" in name or "n=10" in name or "n=14" in name for name in names) >= 1


def test_first_pass_counts_documents_by_their_first_reviewed_revision(site: Site) -> None:
    histories = (("returned", "approved"), ("approved",), ("in_review",))
    with site.workspace.edit("Documents", project=site.project, source="import") as work:
        piping = pick_or_new(work, "discipline", "Piping")
        documents = [work.add(Document(title=f"Reviewed {n}", discipline_id=piping)).id for n in range(len(histories))]
    with site.workspace.edit("Revisions", project=site.project, source="import") as work:
        for document, states in zip(documents, histories, strict=True):
            for place, status in enumerate(states, 1):
                work.add(Revision(document_id=document, code=str(place), number=place, status=status))

    found = charts(site)

    place = next(n for n, name in enumerate(found.first_pass.categories) if "Piping" in str(name))
    assert "n=2" in str(found.first_pass.categories[place])
    assert found.first_pass.series[0].values[place] == 0.5
