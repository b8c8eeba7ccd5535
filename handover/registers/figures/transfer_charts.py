"""The charts of the documents on their way: delivered against plan, states, ages, first-pass rate and transfer errors.

No rate is told without its base: each names how many it is of, and what is counted.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, select

from handover.charts.data import ColumnChart, LineChart, Series, StackChart
from handover.clock import today
from handover.i18n import N_, NC_
from handover.model.documents.document import Document
from handover.model.documents.review import Comment, Review
from handover.model.documents.revision import Revision
from handover.model.documents.states import DOCUMENT_STATUS
from handover.model.documents.transmittal import Recipient, Transmittal
from handover.model.picks.pick import Pick
from handover.model.project import Project
from handover.registers.figures.ages import AGES, age_of, names_of_ages
from handover.registers.figures.chart_names import NamedEntry, named_entries
from handover.registers.figures.rows_behind import RowsBehind
from handover.registers.figures.transfer_rate import (
    TransferRate,
    error_rate,
    errors_found,
    group_began,
    items_sent,
    percent_of,
    sides,
    told_errors,
    with_n,
)
from handover.registers.query import Condition, Query
from handover.wording import Words, said

_ACCEPTED = frozenset({"approved", "issued", "accepted"})
_SENT_BACK = frozenset({"returned", "rejected"})
_ACCEPTING = frozenset({"accept", "accept_with_comments", "information"})
#: So many disciplines are told apart in the charts; the rest are one.
_DISCIPLINES = 10


@dataclass(frozen=True, slots=True)
class TransferCharts:
    """The charts as they stand today, each with what is counted in it; ``before`` is None where no group began."""

    delivered: LineChart
    states: StackChart
    ageing: ColumnChart
    first_pass: ColumnChart
    errors: ColumnChart
    notes: dict[str, tuple[Words, ...]]
    before: TransferRate | None
    since: TransferRate


def transfer_charts(connection: Connection, project_id: str) -> TransferCharts:
    """The charts of a project's documents, transmittals and transfer errors."""
    documents = _documents(connection, project_id)
    disciplines = named_entries(connection, {each.discipline for each in documents})
    revisions = _revisions(connection, project_id)
    began = group_began(connection, project_id)
    sent, found = items_sent(connection, project_id), errors_found(connection, project_id)
    first, outcomes = _first_pass(documents, revisions, disciplines)
    before, since = sides(sent, found, began)
    notes = {
        "delivered": (said(N_(
            "Planned: due by that day. Delivered: first submitted by then. Accepted: taken over by operations by then. "
            "Cancelled documents are left out; n = {n}."
        ), n=len(documents)),),
        "ageing": _told_turn_round(connection, project_id),
        "first_pass": _told_first_pass(outcomes),
        "errors": told_errors(sent, found, began, before, since),
    }  # fmt: skip
    return TransferCharts(
        _delivered(connection, project_id, documents, revisions),
        _states(documents, disciplines),
        _ageing(connection, project_id),
        first,
        error_rate(sent, found, began),
        notes,
        before,
        since,
    )


# -- documents --------------------------------------------------------------------------------------------------------


class _DocumentFact(NamedTuple):
    id: str
    discipline: str
    status: str
    due: dt.date | None
    accepted: dt.date | None


class _RevisionFact(NamedTuple):
    document: str
    status: str
    before: str
    submitted: dt.date | None
    meaning: str


def _documents(connection: Connection, project_id: str) -> list[_DocumentFact]:
    columns = (Document.id, Document.discipline_id, Document.status, Document.due_on, Document.accepted_on)
    here = (Document.project_id == project_id, Document.deleted_at.is_(None), Document.status != "cancelled")
    return [_DocumentFact(r[0], r[1] or "", *r[2:]) for r in connection.execute(select(*columns).where(*here))]


def _revisions(connection: Connection, project_id: str) -> list[_RevisionFact]:
    """The revisions in the order in which they came."""
    columns = (Revision.document_id, Revision.status, Revision.superseded_from, Revision.submitted_on, Pick.meaning)
    here = (Revision.project_id == project_id, Revision.deleted_at.is_(None), Revision.status != "cancelled")
    query = select(*columns).outerjoin(Pick, Pick.id == Revision.return_code_id).where(*here)
    ordered = query.order_by(Revision.document_id, Revision.number, Revision.id)
    return [_RevisionFact(r[0], r[1], r[2] or "", r[3], r[4] or "") for r in connection.execute(ordered)]


def _delivered(
    connection: Connection, project_id: str, documents: Sequence[_DocumentFact], revisions: Sequence[_RevisionFact]
) -> LineChart:
    first: dict[str, dt.date] = {}
    for each in revisions:
        if each.submitted is not None:
            first[each.document] = min(each.submitted, first.get(each.document, each.submitted))
    wanted = {each.id for each in documents}
    planned = sorted(each.due for each in documents if each.due is not None)
    sent = sorted(day for key, day in first.items() if key in wanted)
    taken = sorted(each.accepted for each in documents if each.accepted is not None and each.status == "accepted")
    title, y = said(N_("Delivered against plan")), said(N_("Documents"))
    known = [*planned, *sent, *taken]
    if not known:
        return LineChart(title=title, y=y, periods=(), series=())
    days = _weeks(min(known), max(today(), max(known)))
    past = [day for day in days if day <= today()]
    series = (
        Series(
            said(NC_("chart", "Planned"), context="chart"),
            tuple(float(bisect_right(planned, day)) for day in days),
            "neutral",
            dashed=True,
        ),
        Series(
            said(NC_("documents", "Delivered"), context="documents"),
            tuple(float(bisect_right(sent, day)) for day in past),
            "info",
        ),
        Series(said(N_("Accepted by operations")), tuple(float(bisect_right(taken, day)) for day in past), "ok"),
    )
    return LineChart(title=title, y=y, periods=tuple(days), series=series, marks=_marks(connection, project_id, days))


def _marks(connection: Connection, project_id: str, days: Sequence[dt.date]) -> tuple[tuple[dt.date, Words], ...]:
    marks: list[tuple[dt.date, Words]] = [(today(), said(N_("Today")))]
    project = connection.execute(
        select(Project.forecast_handover, Project.planned_handover).where(Project.id == project_id)
    ).one_or_none()
    handover = (project[0] or project[1]) if project is not None else None
    if handover is not None and days[0] <= handover <= days[-1]:
        marks.append((handover, said(N_("Handover"))))
    return tuple(marks)


def _weeks(first: dt.date, last: dt.date) -> list[dt.date]:
    """Every seventh day between two, today among them."""
    back = (today() - first).days // 7 + 1
    start = today() - dt.timedelta(weeks=back)
    return [start + dt.timedelta(weeks=n) for n in range((last - start).days // 7 + 2)]


def _disciplines(documents: Iterable[_DocumentFact]) -> list[str]:
    """The disciplines of the most documents, the most first."""
    return [key for key, _ in Counter(each.discipline for each in documents).most_common(_DISCIPLINES)]


def _states(documents: Sequence[_DocumentFact], names: Mapping[str, NamedEntry]) -> StackChart:
    across = _disciplines(documents)
    counted = Counter((each.discipline, each.status) for each in documents)
    used = {each.status for each in documents}
    series = tuple(
        Series(
            said(option.name),
            tuple(float(counted[discipline, option.code]) for discipline in across),
            _STATE_COLOURS.get(option.code, option.tone),
            tuple(_documents_of(d, option.code) for d in across),
        )
        for option in DOCUMENT_STATUS.options
        if option.code in used
    )  # fmt: skip
    return StackChart(title=said(N_("Documents by discipline and status")),
                      categories=tuple(names[key].name for key in across),
                      series=series, y=said(N_("Documents")))  # fmt: skip


#: States that would be drawn alike by their tones alone.
_STATE_COLOURS = {"placeholder": "neutral", "accepted": "ok", "approved": "accent", "issued": "accent"}


def _documents_of(discipline: str, status: str) -> RowsBehind:
    return RowsBehind("documents", Query(where=(_is("discipline", discipline), _is("status", status))))


def _is(field: str, value: str) -> Condition:
    return Condition(field, "is", (value,)) if value else Condition(field, "empty")


# -- reviews ----------------------------------------------------------------------------------------------------------


def _ageing(connection: Connection, project_id: str) -> ColumnChart:
    waiting = (
        ("reviews", N_("Reviews not answered"), "info", _open_reviews(connection, project_id)),
        ("recipients", N_("Transmittals not acknowledged"), "warning", _unacknowledged(connection, project_id)),
        ("comments", N_("Comments not closed"), "danger", _open_comments(connection, project_id)),
    )
    return ColumnChart(
        title=said(N_("Age of what is waited for")),
        categories=names_of_ages(),
        series=tuple(_aged(key, name, colour, rows) for key, name, colour, rows in waiting if rows),
        x=said(N_("Waiting for")),
        y=said(N_("Number")),
    )


def _aged(register: str, name: str, colour: str, rows: Sequence[tuple[str, dt.date | None]]) -> Series:
    by_age: dict[int, list[str]] = defaultdict(list)
    for key, since in rows:
        if since is not None:
            by_age[age_of((today() - since).days)].append(key)
    places = range(AGES)
    keys = tuple(RowsBehind(register, Query(where=(Condition("id", "is", tuple(by_age[n])),))) for n in places)
    return Series(said(name), tuple(float(len(by_age[n])) for n in places), colour, keys)


def _told_turn_round(connection: Connection, project_id: str) -> tuple[Words, ...]:
    """How long reviews took that were answered, with how many they are; nothing where none was."""
    here = (Review.project_id == project_id, Review.deleted_at.is_(None), Review.answered_on.is_not(None))
    wanted = select(Review.turn_round).where(*here, Review.asked_on.is_not(None))
    days = sorted(n for n in connection.execute(wanted).scalars() if n is not None)
    if not days:
        return ()
    return (
        said(N_("Reviews were answered after {middle} days in the middle, the slowest after {most} days; n = {n}. "
                "Counted from the day on which they were asked for."),
             middle=days[len(days) // 2], most=days[-1], n=len(days)),
    )  # fmt: skip


def _open_reviews(connection: Connection, project_id: str) -> list[tuple[str, dt.date | None]]:
    here = (Review.project_id == project_id, Review.deleted_at.is_(None), Review.open())
    return [(r[0], r[1]) for r in connection.execute(select(Review.id, Review.asked_on).where(*here))]


def _open_comments(connection: Connection, project_id: str) -> list[tuple[str, dt.date | None]]:
    here = (Comment.project_id == project_id, Comment.deleted_at.is_(None), Comment.open())
    return [(r[0], r[1]) for r in connection.execute(select(Comment.id, Comment.raised_on).where(*here))]


def _unacknowledged(connection: Connection, project_id: str) -> list[tuple[str, dt.date | None]]:
    here = (Recipient.project_id == project_id, Recipient.deleted_at.is_(None), Recipient.waiting())
    of = Transmittal.id == Recipient.transmittal_id
    query = select(Recipient.id, Transmittal.sent_on).join(Transmittal, of).where(*here)
    return [(r[0], r[1]) for r in connection.execute(query)]


def _first_pass(
    documents: Sequence[_DocumentFact], revisions: Sequence[_RevisionFact], names: Mapping[str, NamedEntry]
) -> tuple[ColumnChart, dict[str, bool]]:
    """How many documents were accepted at their first review, by discipline; with the outcome by document."""
    outcomes: dict[str, bool] = {}
    for each in revisions:
        accepted = _accepted(each)
        if accepted is not None:
            outcomes.setdefault(each.document, accepted)
    of = {each.id: each.discipline for each in documents}
    outcomes = {key: ok for key, ok in outcomes.items() if key in of}
    by: dict[str, list[str]] = defaultdict(list)
    for key in outcomes:
        by[of[key]].append(key)
    across = sorted(by, key=lambda name: -len(by[name]))[:_DISCIPLINES]
    shares = tuple(sum(outcomes[key] for key in by[name]) / len(by[name]) for name in across)
    keys = tuple(RowsBehind("documents", Query(where=(Condition("id", "is", tuple(by[name])),))) for name in across)
    return ColumnChart(
        title=said(N_("Accepted at the first review")),
        categories=tuple(with_n(names[name].name, len(by[name])) for name in across),
        series=(Series(said(N_("First-pass rate")), shares, "ok", keys),) if across else (),
        unit="%",
    ), outcomes


def _accepted(revision: _RevisionFact) -> bool | None:
    """Whether a revision was accepted when it was reviewed; None where no review has ended. Its code tells first."""
    if revision.meaning:
        return revision.meaning in _ACCEPTING
    state = revision.before if revision.status == "superseded" else revision.status
    return True if state in _ACCEPTED else False if state in _SENT_BACK else None


def _told_first_pass(outcomes: dict[str, bool]) -> tuple[Words, ...]:
    if not outcomes:
        return ()
    good, n = sum(outcomes.values()), len(outcomes)
    return (
        said(N_("{good} of {n} documents were accepted at their first review: {share}."), good=good, n=n,
             share=percent_of(good / n)),
        said(N_(
            "Counted are documents of which a revision was reviewed; accepted means approved, with comments or "
            "without. n stands with each discipline."
        )),
    )  # fmt: skip
