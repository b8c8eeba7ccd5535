"""Whose file it is: which program wrote it, told by its sheets and headings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from handover.exchange.reading.foreign_plans import PROGRAMS
from handover.exchange.reading.source import PLANS
from handover.exchange.reading.zip_workbook import SheetInfo
from handover.exchange.tables.heading_text import plain
from handover.i18n import N_, tr

MARK_SHEET = "_handover"


@dataclass(frozen=True, slots=True)
class Origin:
    """The program that wrote a file.

    Attributes:
        program: ``handover``, ``msproject``, ``mspdi``, ``p6``, ``xer``, ``smartsheet``, ``planner``, ``ganttproject``,
            ``jira``, ``openproject``, ``cobie`` or ``hand``.
        certainty: from 0 to 1.
    """

    program: str
    certainty: float = 1.0

    @property
    def label(self) -> str:
        """What the file is, in the language in force."""
        return tr(_LABELS[self.program])


_LABELS = {
    "handover": N_("an export of Handover"),
    "msproject": N_("an Excel export of Microsoft Project"),
    "mspdi": N_("a plan of Microsoft Project (XML)"),
    "p6": N_("an Excel export of Primavera P6"),
    "xer": N_("a plan of Primavera P6 (XER)"),
    "smartsheet": N_("an export of Smartsheet"),
    "planner": N_("an export of Microsoft Planner"),
    "ganttproject": N_("an export of GanttProject"),
    "jira": N_("an export of Jira"),
    "openproject": N_("an export of OpenProject"),
    "cobie": N_("a COBie workbook"),
    "hand": N_("a list made by hand"),
    **PROGRAMS,
}

#: For each program the headings that it writes: all of the first group must be there, and so many of the second.
_SIGNS: Sequence[tuple[str, tuple[str, ...], tuple[str, ...], int]] = (
    ("p6", ("task code",), ("task name", "wbs id", "status code", "start date", "end date", "target drtn hr cnt"), 2),
    ("planner", ("bucket name",), ("task id", "task name", "progress", "created by", "checklist items", "late"), 3),
    ("jira", ("issue key",), ("issue type", "summary", "issue id", "reporter", "sprint", "resolution"), 2),
    ("jira", ("key", "issue type"), ("summary", "reporter", "resolution"), 1),
    ("openproject", ("subject",), ("id", "type", "accountable", "finish date", "author", "work", "remaining work"), 3),
    ("ganttproject", ("begin date", "outline number"), ("id", "name", "coordinator", "completion", "web link"), 2),
    ("ganttproject", ("begin date", "end date"), ("coordinator", "task color", "completion", "assignments"), 2),
    ("smartsheet", ("task name", "assigned to"), ("status", "% complete", "predecessors", "duration", "comments"), 3),
    ("msproject", ("task mode",), ("name", "task name", "duration", "start", "finish", "predecessors"), 3),
    (
        "msproject",
        ("resource names", "predecessors"),
        ("outline level", "unique id", "duration", "start", "finish", "% complete", "percent complete", "active"),
        3,
    ),
    ("msproject", ("资源名称", "前置任务"), ("任务名称", "工期", "开始时间", "完成时间", "任务模式", "大纲级别"), 3),
    ("msproject", ("任务模式",), ("任务名称", "工期", "开始时间", "完成时间"), 2),
)

_COBIE = {
    "contact",
    "facility",
    "floor",
    "space",
    "type",
    "component",
    "system",
    "document",
    "job",
    "spare",
    "resource",
}
_P6_SHEETS = {"task", "taskpred", "taskrsrc"}


def recognise(kind: str, sheets: Sequence[SheetInfo], headings: Callable[[], Iterable[Sequence[str]]]) -> Origin:
    """Tell whose file it is.

    Args:
        kind: what the file's contents are, as in ``Source.kind``.
        sheets: the sheets of a workbook.
        headings: gives the headings of its tables, the likeliest first; called only where they are needed.
    """
    if kind in PLANS:
        return Origin(kind)
    names = {s.name.casefold() for s in sheets}
    if MARK_SHEET in names:
        return Origin("handover")
    if len(names & _COBIE) >= 6:
        return Origin("cobie")
    if "task" in names and len(names & _P6_SHEETS) >= 2:
        return Origin("p6")
    for texts in headings():
        found = by_headings(texts)
        if found is not None:
            return found
    return Origin("hand")


def by_headings(texts: Iterable[str]) -> Origin | None:
    """The program that writes such headings, None when no program is known for them."""
    words = {plain(t) for t in texts}
    best: Origin | None = None
    for program, needed, others, least in _SIGNS:
        if all(plain(n) in words for n in needed):
            hits = sum(plain(o) in words for o in others)
            if hits >= least:
                certainty = round(min(1.0, 0.5 + 0.5 * hits / len(others)), 2)
                if best is None or certainty > best.certainty:
                    best = Origin(program, certainty)
    return best
