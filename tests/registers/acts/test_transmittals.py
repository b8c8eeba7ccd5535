"""Transmittals: what is frozen at issue, who acknowledges, and what that does to the revisions."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from handover.errors import HandoverError, NotLawful, Refused
from handover.model import Document, Person
from handover.model.documents.revision import Revision
from handover.model.documents.transmittal import TRANSMITTAL_STATUS, Recipient, Transmittal, TransmittalItem
from handover.registers.acts import editing, taking, transmitting
from handover.registers.catalogue import register
from tests.registers.conftest import TODAY, Site
from tests.registers.test_statements import statements

TRANSMITTALS, ITEMS, RECIPIENTS = (register(key) for key in ("transmittals", "transmittal-items", "recipients"))


def add(site: Site, key: str, **values: object) -> str:
    return editing.add(site.workspace, register(key), site.project, values)


def value(site: Site, model: type, key: str, *attrs: str) -> tuple[object, ...]:
    with site.workspace.read() as connection:
        wanted = select(*(getattr(model, attr) for attr in attrs)).where(model.id == key)
        return tuple(connection.execute(wanted).one())


def step(site: Site, key: str, name: str, **answers: object) -> None:
    taking.take(site.workspace, TRANSMITTALS, site.project, [key], TRANSMITTAL_STATUS.step(name), answers)


@pytest.fixture
def revision(site: Site) -> str:
    """A revision in preparation of a document that is still outstanding."""
    return add(site, "revisions", document=site.ids["late"], code="A", pages=12)


@pytest.fixture
def draft(site: Site, revision: str) -> str:
    """A transmittal to two people, ready but for its number."""
    key = add(site, "transmittals", subject="Manuals of the body line")
    add(site, "transmittal-items", transmittal=key, revision=revision, copies=2)
    for person in ("anna", "zhou"):
        add(site, "recipients", transmittal=key, person=site.ids[person])
    return key


@pytest.fixture
def sent(site: Site, draft: str) -> str:
    with site.workspace.edit("Number", project=site.project) as work:
        row = work.get(Transmittal, draft)
        row.number = "P-01-TR-0001"
        work.take(row, TRANSMITTAL_STATUS.step("issue"), {})
    return draft


def test_transmittal_that_lists_nothing_or_goes_to_nobody_is_not_issued(site: Site) -> None:
    key = add(site, "transmittals", subject="Empty")

    with pytest.raises(Refused) as refused:
        step(site, key, "issue")

    assert [str(r) for r in refused.value.reasons] == [
        "It lists no document. Add what is sent.",
        "It goes to nobody. Add a receiver.",
    ]


def test_issue_freezes_the_lines_and_submits_what_was_in_preparation(site: Site, revision: str, sent: str) -> None:
    assert value(site, Revision, revision, "status", "submitted_on") == ("submitted", TODAY)
    assert value(site, Document, site.ids["late"], "revision", "status") == ("A", "submitted")
    editing.change(site.workspace, register("revisions"), site.project, {revision: {"code": "B"}})
    with site.workspace.read() as connection:
        (item,) = connection.execute(select(TransmittalItem.id, TransmittalItem.code, TransmittalItem.title))

    assert (item.code, item.title) == ("A", "Welding manual")
    with pytest.raises(NotLawful):
        editing.change(site.workspace, ITEMS, site.project, {item.id: {"copies": 3}})
    with pytest.raises(NotLawful):
        add(site, "transmittal-items", transmittal=sent, revision=revision)
    with pytest.raises(NotLawful):
        add(site, "recipients", transmittal=sent, person=site.ids["zhang"])


def test_line_of_a_draft_says_what_its_revision_says(site: Site, draft: str) -> None:
    with site.workspace.read() as connection:
        (item,) = connection.execute(select(TransmittalItem.document_no, TransmittalItem.code, TransmittalItem.pages))

    assert tuple(item) == ("D-1", "A", 12)


def test_each_receiver_acknowledges_and_the_last_completes_it(site: Site, revision: str, sent: str) -> None:
    step(site, sent, "acknowledge", acknowledged_by=site.ids["anna"])
    assert value(site, Transmittal, sent, "status") == ("partly_acknowledged",)
    assert value(site, Revision, revision, "status") == ("submitted",)

    with pytest.raises(Refused, match="none of the receivers"):
        step(site, sent, "acknowledge", acknowledged_by=site.ids["anna"])
    step(site, sent, "acknowledge", acknowledged_by=site.ids["zhou"])

    assert value(site, Transmittal, sent, "status") == ("acknowledged",)
    assert value(site, Revision, revision, "status", "received_on") == ("received", TODAY)
    assert value(site, Document, site.ids["late"], "status") == ("received",)


def test_a_company_is_answered_for_by_its_people(site: Site, revision: str) -> None:
    key = add(site, "transmittals", subject="To the company")
    add(site, "transmittal-items", transmittal=key, revision=revision)
    with site.workspace.edit("Receiver", project=site.project) as work:
        firm = work.get(Person, site.ids["anna"]).organisation_id
        work.add(Recipient(transmittal_id=key, organisation_id=firm))
        row = work.get(Transmittal, key)
        row.number = "N-1"
    with site.workspace.edit("Issue", project=site.project) as work:
        work.take(work.get(Transmittal, key), TRANSMITTAL_STATUS.step("issue"), {})

    step(site, key, "acknowledge", acknowledged_by=site.ids["zhang"])

    assert value(site, Transmittal, key, "status") == ("acknowledged",)


def test_recalled_only_while_nobody_has_acknowledged(site: Site, sent: str) -> None:
    with site.workspace.read() as connection:
        keys = list(connection.execute(select(Recipient.id).order_by(Recipient.number)).scalars())
    editing.change(site.workspace, RECIPIENTS, site.project, {keys[0]: {"acknowledged_on": TODAY}})

    with pytest.raises(HandoverError):
        step(site, sent, "recall", recalled_because="Wrong revision")
    editing.change(site.workspace, RECIPIENTS, site.project, {keys[0]: {"acknowledged_on": None}})
    step(site, sent, "recall", recalled_because="Wrong revision")

    assert value(site, Transmittal, sent, "status") == ("recalled",)


def test_nobody_acknowledges_before_it_was_sent(site: Site, sent: str) -> None:
    with site.workspace.read() as connection:
        key = connection.execute(select(Recipient.id)).scalars().first()
    with pytest.raises(NotLawful, match="before it was sent"):
        editing.change(
            site.workspace, RECIPIENTS, site.project, {key: {"acknowledged_on": TODAY - dt.timedelta(days=1)}}
        )


def test_what_is_sent_of_documents_is_chosen_in_one_statement(site: Site) -> None:
    documents = [
        editing.add(site.workspace, register("documents"), site.project, {"number": f"N-{n}", "title": "Manual"})
        for n in range(6)
    ]
    for place, key in enumerate(documents):
        for code in ("A", "B")[: 1 + place % 2]:
            editing.add(site.workspace, register("revisions"), site.project,
                        {"document": key, "code": code, "status": "submitted"})  # fmt: skip
    with site.workspace.read() as connection:
        wanted = select(Revision.document_id, Revision.id).where(Revision.status == "submitted")
        current = {row.document_id: row.id for row in connection.execute(wanted)}
    asked = list(reversed(documents))

    assert statements(site.workspace, transmitting.revisions_to_send, register("documents"), asked) == 1
    with site.workspace.read() as connection:
        found = transmitting.revisions_to_send(connection, register("documents"), asked)
    assert found == [current[key] for key in asked]


def test_superseded_revision_is_named_before_it_is_sent_and_listed_while_it_waits(
    site: Site, revision: str, draft: str
) -> None:
    with site.workspace.read() as connection:
        assert transmitting.superseded_among(connection, [revision]) == []
    step_of_document = register("revisions")
    taking.take(site.workspace, step_of_document, site.project, [revision],
                next(s for s in taking.lifecycle(step_of_document).steps if s.key == "submit"), {})  # type: ignore[union-attr]  # it has one  # fmt: skip
    add(site, "revisions", document=site.ids["late"], code="B", status="submitted")

    with site.workspace.read() as connection:
        (named,) = transmitting.superseded_among(connection, [revision])
        waiting = connection.execute(select(TransmittalItem.transmittal_id).where(TransmittalItem.superseded())).all()
    assert named.endswith(" A")
    assert [key for (key,) in waiting] == [draft]
