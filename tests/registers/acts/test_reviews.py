"""Reviews and comments: a revision is approved when all its approvers accept it and no comment is open."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from handover.errors import NotLawful, Refused
from handover.model import Document
from handover.model.documents.review import COMMENT_STATUS, REVIEW_STATUS, Comment, Review
from handover.model.documents.revision import Revision
from handover.model.documents.states import DOCUMENT_STATUS
from handover.model.picks.pick import Pick
from handover.registers.acts import editing, taking
from handover.registers.catalogue import register
from tests.registers.conftest import TODAY, Site


def add(site: Site, key: str, **values: object) -> str:
    return editing.add(site.workspace, register(key), site.project, values)


def code(site: Site, meaning: str) -> str:
    with site.workspace.read() as connection:
        found = select(Pick.id).where(Pick.list == "return_code", Pick.meaning == meaning)
        known = connection.execute(found).scalar()
    if known is not None:
        return known
    return add(site, "picks", list="return_code", code=meaning[:10], meaning=meaning)


def approve(site: Site, revision: str) -> None:
    answers = {"approved_by": site.ids["anna"]}
    step = DOCUMENT_STATUS.step("approve")
    taking.take(site.workspace, register("revisions"), site.project, [revision], step, answers)


@pytest.fixture
def reviewed(site: Site) -> str:
    """A revision that is in review."""
    key = add(site, "revisions", document=site.ids["late"], code="A")
    for state in ("submitted", "received", "in_review"):
        editing.change(site.workspace, register("revisions"), site.project, {key: {"status": state}})
    return key


def test_without_approvers_approval_asks_by_whom(site: Site, reviewed: str) -> None:
    step = DOCUMENT_STATUS.step("approve")
    with pytest.raises(Refused, match="Approved by"):
        taking.take(site.workspace, register("revisions"), site.project, [reviewed], step, {})

    approve(site, reviewed)

    with site.workspace.read() as connection:
        row = connection.execute(select(Revision.status, Revision.approved_on).where(Revision.id == reviewed)).one()
    assert tuple(row) == ("approved", TODAY)


def test_approval_waits_for_every_approver_and_every_comment(site: Site, reviewed: str) -> None:
    review = add(site, "reviews", revision=reviewed, reviewer=site.ids["anna"], role="approver")
    other = add(site, "reviews", revision=reviewed, reviewer=site.ids["zhou"], role="approver")
    comment = add(site, "comments", revision=reviewed, text="Torque is missing", reviewer=site.ids["anna"])
    answer = REVIEW_STATUS.step("answer")

    def answered(key: str, meaning: str) -> None:
        given = {"return_code": code(site, meaning)}
        taking.take(site.workspace, register("reviews"), site.project, [key], answer, given)

    answered(other, "resubmit")
    with pytest.raises(Refused) as refused:
        approve(site, reviewed)
    assert [str(r) for r in refused.value.reasons] == [
        "1 approver hasn't answered yet: RVW-0001.",
        "1 approver hasn't accepted it: RVW-0002.",
        "1 comment isn't closed: CMT-0001.",
    ]
    answered(review, "accept_with_comments")
    taking.take(site.workspace, register("reviews"), site.project, [other], REVIEW_STATUS.step("reopen"), {})
    answered(other, "accept")
    comments = register("comments")
    given = {"response": "Added on page 3", "responded_by": site.ids["zhang"]}
    taking.take(site.workspace, comments, site.project, [comment], COMMENT_STATUS.step("respond"), given)
    with pytest.raises(Refused, match="Only who raised"):
        taking.take(site.workspace, comments, site.project, [comment], COMMENT_STATUS.step("close"),
                    {"closed_by": site.ids["zhang"]})  # fmt: skip
    taking.take(site.workspace, comments, site.project, [comment], COMMENT_STATUS.step("close"),
                {"closed_by": site.ids["anna"]})  # fmt: skip

    approve(site, reviewed)

    with pytest.raises(NotLawful):
        editing.change(site.workspace, comments, site.project, {comment: {"text": "Another"}})


def test_comment_outlives_its_revision_and_stands_against_the_next_one(site: Site, reviewed: str) -> None:
    comments, anna = register("comments"), site.ids["anna"]
    comment = add(site, "comments", revision=reviewed, text="Torque is missing", reviewer=anna)
    with site.workspace.read() as connection:
        document = connection.execute(select(Revision.document_id).where(Revision.id == reviewed)).scalar_one()
    following = add(site, "revisions", document=document, code="Z", status="in_review")
    with pytest.raises(Refused, match="CMT-0001"):
        approve(site, following)
    for values in ({"text": "Another"}, {"page": "4"}):
        with pytest.raises(Refused, match="what belongs to it can't be changed"):
            editing.change(site.workspace, comments, site.project, {comment: values})
    with pytest.raises(Refused, match="what belongs to it can't be changed"):
        add(site, "comments", revision=reviewed, text="Late")

    for step, given in (("respond", {"response": "On page 3"}), ("close", {"closed_by": anna})):
        taking.take(site.workspace, comments, site.project, [comment], COMMENT_STATUS.step(step), given)

    approve(site, following)


def test_document_is_refused_with_the_reasons_of_its_revision(site: Site, reviewed: str) -> None:
    add(site, "comments", revision=reviewed, text="Torque is missing")

    with pytest.raises(Refused, match="CMT-0001"):
        editing.change(site.workspace, register("documents"), site.project,
                       {site.ids["late"]: {"status": "approved", "approved_by": site.ids["anna"]}})  # fmt: skip


def test_comments_are_numbered_within_their_revision(site: Site, reviewed: str) -> None:
    for text in ("One", "Two"):
        add(site, "comments", revision=reviewed, text=text)
    with site.workspace.read() as connection:
        assert list(connection.execute(select(Comment.number)).scalars()) == [1, 2]


def test_turn_round_counts_from_asking_to_the_answer_or_to_today(site: Site, reviewed: str) -> None:
    reviews = register("reviews")
    editing.add(site.workspace, reviews, site.project,
                {"revision": reviewed, "reviewer": site.ids["anna"], "asked_on": TODAY - dt.timedelta(5)})  # fmt: skip
    wanted = select(Review.turn_round).where(Review.asked_on.is_not(None))
    with site.workspace.read() as connection:
        assert connection.execute(wanted).scalars().all() == [5]


def test_rejected_document_is_due_again_on_the_day_that_the_review_says(site: Site, reviewed: str) -> None:
    again = TODAY + dt.timedelta(14)
    editing.add(site.workspace, register("reviews"), site.project,
                {"revision": reviewed, "reviewer": site.ids["anna"], "resubmit_due": again})  # fmt: skip

    taking.take(site.workspace, register("revisions"), site.project, [reviewed],
                taking.step_of(register("revisions"), "reject"), {})  # fmt: skip

    with site.workspace.read() as connection:
        key = connection.execute(select(Revision.document_id).where(Revision.id == reviewed)).scalar_one()
        found = connection.execute(select(Document.due_on, Document.status).where(Document.id == key)).one()
    assert tuple(found) == (again, "rejected")
