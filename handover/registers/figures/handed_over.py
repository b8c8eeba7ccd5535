"""When something was handed over: the papers issued for it, from whose moments on changes are told."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection, select

from handover.model.issued import Issued
from handover.store.copies.since import Since, moments_added

#: The table whose rows these papers are.
PAPERS = str(Issued.__tablename__)
#: So many papers are offered, the newest.
_OFFERED = 12


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A paper with which something was handed over.

    Attributes:
        since: from right after it was issued on.
        whole: it is of the whole project, as a pack is, and not of one row.
    """

    number: str
    edition: int
    title: str
    since: Since
    whole: bool


def papers_handed_over(connection: Connection, project_id: str) -> tuple[HandedOver, ...]:
    """The newest papers with which something was handed over, the last one first."""
    columns = (Issued.id, Issued.number, Issued.edition, Issued.title, Issued.about_table)
    chosen = (Issued.project_id == project_id, Issued.deleted_at.is_(None), Issued.handed_over())
    rows = connection.execute(select(*columns).where(*chosen).order_by(Issued.id.desc()).limit(_OFFERED)).all()
    moments = moments_added(connection, PAPERS, [row.id for row in rows])
    return tuple(
        HandedOver(row.number, row.edition, row.title, Since(after), row.about_table is None)
        for row in rows
        if (after := _right_after(moments.get(row.id, "")))
    )


def last_handed_over(connection: Connection, project_id: str) -> HandedOver | None:
    """The last pack of the whole project, where there is none the last paper of a part of it."""
    papers = papers_handed_over(connection, project_id)
    return next((paper for paper in papers if paper.whole), papers[0] if papers else None)


def _right_after(moment: str) -> str:
    """The moment after one of the log, so that issuing itself is no change; empty where the log is spoiled."""
    try:
        return (dt.datetime.fromisoformat(moment) + dt.timedelta(milliseconds=1)).isoformat(timespec="milliseconds")
    except (ValueError, OverflowError):
        return ""
