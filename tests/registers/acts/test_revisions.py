"""Documents and their revisions: a document shows its current one, whichever of the two is typed into."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import select

from handover.errors import HandoverError, Refused
from handover.model import Document, Project
from handover.model.documents.revising import SHOWN
from handover.model.documents.revision import Revision
from handover.model.documents.states import DOCUMENT_STATUS
from handover.registers.acts import editing
from handover.registers.catalogue import parts_of, register
from handover.registers.documents.findings import noticed_of
from handover.store import Workspace, undo
from tests.registers.conftest import TODAY, Site

DOCUMENTS, REVISIONS = register("documents"), register("revisions")


def revisions(site: Site, document: str) -> list[tuple[str | None, str]]:
    """Code and state of the revisions of a document, those in the bin left out."""
    wanted = select(Revision.code, Revision.status).where(
        Revision.document_id == document, Revision.deleted_at.is_(None)
    )
    with site.workspace.read() as connection:
        return [tuple(row) for row in connection.execute(wanted.order_by(Revision.number))]


def key_of(site: Site, document: str, code: str) -> str:
    with site.workspace.read() as connection:
        wanted = select(Revision.id).where(Revision.document_id == document, Revision.code == code)
        return connection.execute(wanted).scalar_one()


def shown(site: Site, document: str) -> tuple[str | None, str, dt.date | None]:
    wanted = select(Document.revision, Document.status, Document.submitted_on).where(Document.id == document)
    with site.workspace.read() as connection:
        return tuple(connection.execute(wanted).one())


def change(site: Site, document: str, **values: object) -> None:
    editing.change(site.workspace, DOCUMENTS, site.project, {document: values})


def brought_to(site: Site, document: str, *states: str) -> None:
    for state in states:
        answers = {"approved_by": site.ids["anna"]} if state == "approved" else {}
        change(site, document, status=state, **answers)


@pytest.fixture
def sent(site: Site) -> str:
    """A document that was submitted as revision A."""
    change(site, site.ids["late"], revision="A", status="submitted")
    return site.ids["late"]


def test_document_gets_its_first_revision_when_it_is_submitted(site: Site) -> None:
    late = site.ids["late"]
    assert revisions(site, late) == []

    change(site, late, revision="A", status="submitted")

    assert revisions(site, late) == [("A", "submitted")]
    assert [part.key for part in parts_of(DOCUMENTS)] == ["revisions"]


def test_document_without_a_number_has_no_revision_before_it_is_submitted(site: Site) -> None:
    for number in ("TBD", "-", None):
        key = editing.add(
            site.workspace, DOCUMENTS, site.project, {"title": "Later", "number": number, "revision": "0"}
        )
        assert revisions(site, key) == []


def test_what_is_set_of_a_document_is_set_of_its_current_revision(site: Site, sent: str) -> None:
    brought_to(site, sent, "received", "in_review", "returned")

    assert revisions(site, sent) == [("A", "returned")]


def test_another_code_is_a_new_revision_which_takes_the_place_of_the_one_before(site: Site, sent: str) -> None:
    brought_to(site, sent, "received", "in_review", "returned")

    change(site, sent, revision="B")

    assert revisions(site, sent) == [("A", "superseded"), ("B", "submitted")]
    assert shown(site, sent) == ("B", "submitted", TODAY)
    undo(site.workspace)
    assert revisions(site, sent) == [("A", "returned")]


def test_second_revision_of_one_code_is_refused_by_name(site: Site, sent: str) -> None:
    ((code, _),) = revisions(site, sent)
    with pytest.raises(Refused, match="has a revision “a” already: REV-000"):
        editing.add(site.workspace, REVISIONS, site.project, {"document": sent, "code": str(code).lower()})

    editing.change(site.workspace, REVISIONS, site.project, {key_of(site, sent, str(code)): {"status": "cancelled"}})
    editing.add(site.workspace, REVISIONS, site.project, {"document": sent, "code": code})
    assert revisions(site, sent) == [(code, "cancelled"), (code, "placeholder")]


def test_revisions_of_one_code_that_a_list_brings_are_kept_and_noticed(site: Site, sent: str) -> None:
    given = {"document": sent, "code": "A", "status": "submitted"}
    editing.add(site.workspace, REVISIONS, site.project, given, source="import")
    with site.workspace.read() as connection:
        assert "Several revisions have the code “A”." in map(str, noticed_of(connection, site.project, sent))


def test_code_of_a_revision_is_corrected_in_the_revision(site: Site, sent: str) -> None:
    editing.change(site.workspace, REVISIONS, site.project, {key_of(site, sent, "A"): {"code": "P01"}})

    assert revisions(site, sent) == [("P01", "submitted")]
    assert shown(site, sent)[0] == "P01"


def test_step_of_a_revision_shows_in_its_document(site: Site, sent: str) -> None:
    editing.change(site.workspace, REVISIONS, site.project, {key_of(site, sent, "A"): {"status": "received"}})

    assert shown(site, sent)[1] == "received"


def test_accepted_document_takes_a_new_revision_and_nothing_else(site: Site, sent: str) -> None:
    brought_to(site, sent, "received", "in_review", "approved", "issued", "accepted")
    with pytest.raises(Refused):
        change(site, sent, revision="B")
    with pytest.raises(Refused):
        editing.change(site.workspace, REVISIONS, site.project, {key_of(site, sent, "A"): {"code": "B"}})

    added = editing.add(site.workspace, REVISIONS, site.project, {"document": sent, "code": "B"})
    assert shown(site, sent)[:2] == ("A", "accepted")
    editing.change(site.workspace, REVISIONS, site.project, {added: {"status": "submitted"}})

    assert revisions(site, sent) == [("A", "superseded"), ("B", "submitted")]
    assert shown(site, sent)[:2] == ("B", "submitted")


def test_revision_that_goes_gives_the_one_before_its_place_back(site: Site, sent: str) -> None:
    change(site, sent, revision="B")

    editing.delete(site.workspace, REVISIONS, site.project, [key_of(site, sent, "B")])

    assert revisions(site, sent) == [("A", "submitted")]
    assert shown(site, sent)[:2] == ("A", "submitted")


def test_revisions_come_along_when_many_documents_are_added(site: Site) -> None:
    with site.workspace.edit("Import", project=site.project) as work:
        rows = [{"title": "One", "number": "1", "revision": "0", "status": "accepted"}, {"title": "Two"}]
        work.insert_many(Document, rows)
    with site.workspace.read() as connection:
        one, two = connection.execute(select(Document.id).where(Document.title.in_(("One", "Two")))).scalars()

    assert revisions(site, one) == [("0", "accepted")]
    assert revisions(site, two) == []


def test_many_documents_change_with_their_revisions(site: Site, sent: str) -> None:
    with site.workspace.edit("Import", project=site.project) as work:
        work.update_many(Document, {sent: {"revision": "C", "status": "received"}})

    assert revisions(site, sent) == [("A", "superseded"), ("C", "received")]


def test_revisions_go_into_the_bin_and_come_back_with_their_document(site: Site, sent: str) -> None:
    editing.delete(site.workspace, DOCUMENTS, site.project, [sent])
    assert revisions(site, sent) == []

    undo(site.workspace)

    assert revisions(site, sent) == [("A", "submitted")]


# -- whatever is done ----------------------------------------------------------------------------------------------


class Revising(RuleBasedStateMachine):
    """Acts on one document and its revisions in any order."""

    workspace: Workspace
    project: str

    def __init__(self) -> None:
        super().__init__()
        self.document = editing.add(self.workspace, DOCUMENTS, self.project, {"title": "X", "number": "D-1"})

    def rows(self) -> list[Revision]:
        wanted = select(Revision.__table__).where(Revision.document_id == self.document, Revision.deleted_at.is_(None))
        with self.workspace.read() as connection:
            return list(connection.execute(wanted.order_by(Revision.number)))  # type: ignore[arg-type]  # rows alike

    def tried(self, what: str, key: str, **values: object) -> None:
        with contextlib.suppress(HandoverError):  # refused whole
            editing.change(self.workspace, register(what), self.project, {key: values})

    @rule(code=st.sampled_from("ABC"))
    def typed(self, code: str) -> None:
        self.tried("documents", self.document, revision=code)

    @rule(status=st.sampled_from([o.code for o in DOCUMENT_STATUS.options]))
    def document_brought_to(self, status: str) -> None:
        self.tried("documents", self.document, status=status)

    @rule(code=st.sampled_from("ABCDEF"))
    def added(self, code: str) -> None:
        with contextlib.suppress(HandoverError):  # it has a revision of that code
            editing.add(self.workspace, REVISIONS, self.project, {"document": self.document, "code": code})

    @precondition(lambda self: self.rows())
    @rule(at=st.integers(0, 9), status=st.sampled_from([o.code for o in DOCUMENT_STATUS.options]))
    def revision_brought_to(self, at: int, status: str) -> None:
        rows = self.rows()
        self.tried("revisions", rows[at % len(rows)].id, status=status)

    @precondition(lambda self: self.rows())
    @rule(at=st.integers(0, 9))
    def deleted(self, at: int) -> None:
        rows = self.rows()
        with contextlib.suppress(HandoverError):  # locked
            editing.delete(self.workspace, REVISIONS, self.project, [rows[at % len(rows)].id])

    @rule()
    def taken_back(self) -> None:
        if self.rows():
            undo(self.workspace)

    @invariant()
    def document_shows_its_current_revision(self) -> None:
        with self.workspace.read() as connection:
            document = connection.execute(select(Document.__table__).where(Document.id == self.document)).one()
        rows = self.rows()
        live = [row for row in rows if row.status != "cancelled"]
        come = [row for row in live if row.status != "placeholder"]
        current = (come[-1:] or live[:1] or [None])[0]
        if current is not None:
            for attr, ours in SHOWN.items():
                assert getattr(document, attr) == getattr(current, ours), attr
            before = [row for row in come if row.number < current.number]
            assert all(row.status == "superseded" and row.superseded_by_id for row in before)


@pytest.fixture
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with Workspace.create(tmp_path_factory.mktemp("held") / "held.handover") as workspace:
        with workspace.edit("Project") as work:
            project = work.add(Project(code="P-01", name="Plant"))
        Revising.workspace, Revising.project = workspace, project.id
        yield


@pytest.mark.usefixtures("held")
def test_document_shows_its_current_revision_whatever_is_done() -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]  # hypothesis' own
        Revising,
        settings=settings(
            max_examples=40, stateful_step_count=15, deadline=None, suppress_health_check=[HealthCheck.too_slow]
        ),
    )
