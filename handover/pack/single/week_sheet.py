"""My week on paper and in a calendar: what needs one person in all projects of a workspace.

The calendar is iCalendar (RFC 5545): an entry of a whole day for what is due, one with its time for what begins at one.
An entry keeps its UID, so that a later file replaces it.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from icalendar import Calendar, Event

from handover import __version__, clock
from handover.errors import NotFound, NotValid
from handover.i18n import N_
from handover.jobs import Progress, unattended
from handover.pack.contents import single_outline
from handover.pack.outline import Marked, Note, Row, Section, TableBlock, TableColumn
from handover.pack.pdf.document import write_pdf
from handover.registers.figures.my_week import MyWeek, WeekOfProject
from handover.registers.figures.things import OpenItem
from handover.replacing import replacing
from handover.store import Workspace
from handover.values.print_forms import DAY
from handover.wording import Language, said, said_of


def write_week(
    workspace: Workspace, week: MyWeek, path: Path, *, language: Language = "en", progress: Progress = unattended
) -> None:
    """Write a week as a PDF or, where ``path`` ends in .ics, as a calendar.

    Raises:
        NotValid: ``path`` ends in neither.
        NotFound: the account is nobody's in any open project.
        Cancelled, HandoverError: as the writers; what stood at ``path`` is as it was.
    """
    suffix = path.suffix.lower()
    if suffix not in (".pdf", ".ics"):
        raise NotValid(N_("“{name}” must end in .pdf or .ics."), name=path.name)
    if not week.projects:
        raise NotFound(N_("No project knows you. Say which person you are in the settings of a project."))
    if suffix == ".pdf":
        _write_paper(workspace, week, path, language, progress)
        return
    with replacing(path) as part:
        part.write_bytes(calendar_of(week))


def calendar_of(week: MyWeek) -> bytes:
    """What is due, as entries of a calendar."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Handover//{__version__}//EN")
    calendar.add("version", "2.0")
    for project in week.projects:
        for item in project.items:
            if item.due is not None:
                calendar.add_component(_entry(project, item, item.due))
    written: bytes = calendar.to_ical()
    return written


def _entry(project: WeekOfProject, item: OpenItem, due: dt.date) -> Event:
    event = Event()
    event.add("uid", f"{item.row.id}-due@handover")
    event.add("dtstamp", clock.now())
    event.add("summary", f"{project.code} {item.row.ref} {item.row.name}")
    event.add("categories", [item.register.label])
    event.add("dtstart", due)
    event.add("dtend", due + dt.timedelta(days=1))
    event.add("transp", "TRANSPARENT")  # a day until which something is due keeps nobody busy
    return event


def _write_paper(workspace: Workspace, week: MyWeek, path: Path, language: Language, progress: Progress) -> None:
    first = week.projects[0]
    project = workspace.project(first.code)
    sentence = said_of("{n} thing needs you, {late} of it late.", "{n} things need you, {late} of them late.",
                       week.total, late=week.overdue)  # fmt: skip
    note = Note(sentence, "warning" if week.overdue else "ok")
    section = Section("week", said(N_("My week")), (note, *(_table(each) for each in week.projects)))
    write_pdf(single_outline(workspace, project, language, section, "WEEK"), path, progress=progress)


def _table(week: WeekOfProject) -> TableBlock:
    columns = (
        TableColumn("ref", said(N_("Reference"))),
        TableColumn("what", said(N_("What")), weight=4),
        TableColumn("register", said(N_("Register")), weight=1.5),
        TableColumn("due", said(N_("Due")), DAY),
    )
    rows = tuple(_printed(item) for item in week.items)
    caption = said(N_("{code} {project}, {person}"), code=week.code, project=week.name, person=week.person)
    return TableBlock(f"week_{week.code}", week.code, columns, rows, len(rows), caption=caption,
                      empty=said(N_("Nothing needs you here.")))  # fmt: skip


def _printed(item: OpenItem) -> Row:
    due = item.due
    late = Marked(due, "danger") if due is not None and item.overdue_days else due
    return item.row.ref, item.row.name, said(item.register.name), late
