"""The sample's working groups at work: meetings whose minutes are issued, charters that both leads signed."""

from __future__ import annotations

from sqlalchemy import select

from handover.jobs import Progress, step
from handover.model.group import WorkingGroup
from handover.model.teams.meeting import MEETING_STATUS
from handover.pack import paper_steps
from handover.pack.chapters.groups import issue_charter
from handover.registers.catalogue import register
from handover.sample.filling import SampleFilling

#: What minutes have by the step that issues them, and not before.
_BY_ISSUE = ("status", "issued_by")


def load_meetings(filling: SampleFilling, later: frozenset[str]) -> list[str]:
    """Add the meetings, those whose minutes are issued as held; returns the keys of these."""
    meetings = register("meetings")
    rows = filling.values(filling.texts(meetings), later)
    issued = [row["status"] == "issued" for row in rows]
    keys = filling.add(
        meetings,
        [{**{k: v for k, v in row.items() if k not in _BY_ISSUE}, "status": "held"} if out else row
         for row, out in zip(rows, issued, strict=True)],
    )  # fmt: skip
    return [key for key, out in zip(keys, issued, strict=True) if out]


def issue_papers(filling: SampleFilling, held: list[str], progress: Progress) -> None:
    """Issue the minutes of meetings, once all that was agreed in them is there, and the charters of groups at work."""
    meetings = register("meetings")
    issue = MEETING_STATUS.step("issue")
    for done, key in enumerate(held):
        step(progress, done, len(held), meetings.label)
        paper_steps.take(filling.workspace, meetings, filling.project_id, [key], issue, {}, source="import")
    with filling.workspace.read() as connection:
        here = (WorkingGroup.project_id == filling.project_id, WorkingGroup.status == "active")
        at_work = list(connection.execute(select(WorkingGroup.id, WorkingGroup.started_on).where(*here)).all())
    for key, started_on in sorted(at_work):
        issue_charter(filling.workspace, filling.project_id, key, on=started_on, source="import", progress=progress)
