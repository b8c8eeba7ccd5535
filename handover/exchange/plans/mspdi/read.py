"""Reading MS Project's XML (MSPDI), safely: no entities, no document types, nothing fetched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element
from xml.parsers.expat import ExpatError

from handover.errors import UnusableFile
from handover.exchange.plans.mspdi.calendars import read_calendar
from handover.exchange.plans.mspdi.checks import CheckedFields, row_numbers, unique_ids
from handover.exchange.plans.mspdi.fields import ELAPSED_FORMATS, Fields, lag_of
from handover.exchange.plans.mspdi.tree import DocumentType, read_tree
from handover.exchange.plans.mspdi.values import (
    MspdiAssignment,
    MspdiBaseline,
    MspdiDates,
    MspdiLink,
    MspdiProject,
    MspdiResource,
    MspdiTask,
)
from handover.exchange.reading.limits import MAX_FILE, MAX_TEXT
from handover.exchange.reading.markup import opened
from handover.i18n import N_, tr
from handover.jobs import Progress, unattended, watched
from handover.values.durations import DAY

_FIXED_DURATION = 1
_WORK_RESOURCE = 1


def read_mspdi(source: Path | bytes, progress: Progress = unattended, name: str = "") -> MspdiProject:
    """The project in a file, or in the bytes of one, of MS Project's XML.

    Args:
        name: how to call the bytes in a message.

    Raises:
        UnusableFile: it is no such file, is damaged, too large, or declares entities.
        Cancelled: the user stopped it.
    """
    called = source.name if isinstance(source, Path) else name or "XML"
    root = _root(source, called)
    space = root.tag[: root.tag.index("}") + 1] if root.tag.startswith("{") else ""
    if root.tag.removeprefix(space) != "Project":
        raise UnusableFile(
            N_("{file} is XML, but not a plan of MS Project: its outermost element is {root}."),
            file=called,
            root=root.tag.removeprefix(space)[:80],
        )
    return _project(root, space, progress)


def _root(source: Path | bytes, called: str) -> Element:
    try:
        size = source.stat().st_size if isinstance(source, Path) else len(source)
        if size > MAX_FILE:
            raise UnusableFile(
                N_("{file} is larger than {limit} MB; a plan of this size can't be read."),
                file=called,
                limit=MAX_FILE // 1024 // 1024,
            )
        file, encoding = opened(source, called)
        with file:
            return read_tree(file, encoding, called)
    except DocumentType as error:
        raise UnusableFile(
            N_("{file} declares a document type or entities, as MS Project's XML never does; it isn't opened."),
            file=called,
        ) from error
    except (ExpatError, ValueError) as error:
        raise UnusableFile(
            N_("{file} is damaged XML (line {line}). Export it anew."),
            file=called,
            line=getattr(error, "lineno", 1),
            detail=str(error),
        ) from error
    except OSError as error:
        raise UnusableFile(N_("{file} can't be read."), file=called, detail=str(error)) from error


def _project(root: Element, space: str, progress: Progress) -> MspdiProject:
    fields = Fields(root, space)
    resources = tuple(_resources(root, space))
    assignments = tuple(_assignments(root, space))
    names = {resource.uid: resource.name for resource in resources}
    owners: dict[int, list[str]] = {}
    for assignment in assignments:
        if names.get(assignment.resource):
            owners.setdefault(assignment.task, []).append(names[assignment.resource])
    return MspdiProject(
        name=fields.text("Name"),
        title=fields.text("Title"),
        start=fields.date("StartDate"),
        finish=fields.date("FinishDate"),
        status_date=fields.date("StatusDate"),
        from_finish=not fields.flag("ScheduleFromStart", True),
        minutes_per_day=fields.number("MinutesPerDay") or DAY,
        minutes_per_week=fields.number("MinutesPerWeek") or 2400,
        days_per_month=fields.number("DaysPerMonth") or 20,
        critical_float=fields.number("CriticalSlackLimit") * (fields.number("MinutesPerDay") or DAY),
        honours_constraints=fields.flag("HonorConstraints", True),
        every_end_critical=fields.flag("MultipleCriticalPaths"),
        calendar=fields.text("CalendarUID") or "1",
        calendars=tuple(read_calendar(found, space) for found in root.iterfind(f"{space}Calendars/{space}Calendar")),
        tasks=_tasks(root, space, owners, progress),
        resources=resources,
        assignments=assignments,
    )


def _tasks(root: Element, space: str, owners: Mapping[int, list[str]], progress: Progress) -> tuple[MspdiTask, ...]:
    elements = root.findall(f"{space}Tasks/{space}Task")
    found = [(element, fields) for element in elements if not (fields := CheckedFields(element, space)).flag("IsNull")]
    rows = row_numbers([fields for _, fields in found])
    uids = unique_ids([fields for _, fields in found], rows)
    tasks: list[MspdiTask] = []
    above: list[tuple[int, int]] = []  # level and UID of the summaries over the present row
    saying = tr("Reading the tasks")
    for place, (element, fields) in enumerate(watched(found, progress, len(found), saying)):
        level = fields.number("OutlineLevel", 1)
        while above and above[-1][0] >= level:
            above.pop()
        uid = uids[place]
        parent = above[-1][1] if above else None
        tasks.append(_task(element, fields, space, uid, rows[place], level, parent, owners.get(uid, ())))
        above.append((level, uid))
    return tuple(tasks)


def _task(
    element: Element,
    fields: CheckedFields,
    space: str,
    uid: int,
    row: int,
    level: int,
    parent: int | None,
    owners: Sequence[str],
) -> MspdiTask:
    calendar = fields.number("CalendarUID", -1)
    task = MspdiTask(
        uid=uid,
        id=row,
        name=fields.text("Name")[:MAX_TEXT],
        wbs=fields.text("WBS")[:MAX_TEXT],
        outline_number=fields.text("OutlineNumber")[:MAX_TEXT],
        level=level,
        parent=parent if parent != 0 else None,
        summary=fields.flag("Summary"),
        milestone=fields.flag("Milestone"),
        active=fields.flag("Active", True),
        manual=fields.flag("Manual"),
        tentative=any(name in fields for name in ("StartText", "FinishText", "DurationText")),
        external=fields.flag("ExternalTask"),
        recurring=fields.flag("Recurring"),
        fixed_duration=fields.number("Type") == _FIXED_DURATION,
        duration=fields.minutes("Duration") or 0,
        elapsed=fields.number("DurationFormat") in ELAPSED_FORMATS,
        estimated=fields.flag("Estimated"),
        percent=fields.percent("PercentComplete"),
        constraint=fields.constraint(),
        constraint_date=fields.date("ConstraintDate"),
        deadline=fields.date("Deadline"),
        actual_start=fields.date("ActualStart"),
        actual_finish=fields.date("ActualFinish"),
        actual_duration=fields.minutes("ActualDuration"),
        remaining=fields.minutes("RemainingDuration"),
        stop=fields.date("Stop"),
        resume=fields.date("Resume"),
        calendar=calendar if calendar > 0 else None,
        ignores_resource_calendars=fields.flag("IgnoreResourceCalendar"),
        leveling_delay=fields.number("LevelingDelay") // 10,
        notes=fields.text("Notes")[:MAX_TEXT],
        owners=tuple(dict.fromkeys(owners)),
        links=tuple(_link(Fields(found, space), fields) for found in element.iterfind(f"{space}PredecessorLink")),
        baselines=tuple(_baseline(Fields(found, space)) for found in element.iterfind(f"{space}Baseline")),
        stored=_stored(fields),
    )
    return replace(task, problems=tuple(fields.problems)) if fields.problems else task


def _stored(fields: Fields) -> MspdiDates:
    def tenths(name: str) -> int | None:
        return fields.number(name) // 10 if name in fields else None

    return MspdiDates(
        start=fields.date("Start"),
        finish=fields.date("Finish"),
        early_start=fields.date("EarlyStart"),
        early_finish=fields.date("EarlyFinish"),
        late_start=fields.date("LateStart"),
        late_finish=fields.date("LateFinish"),
        total_float=tenths("TotalSlack"),
        free_float=tenths("FreeSlack"),
        critical=fields.flag("Critical") if "Critical" in fields else None,
    )


def _link(fields: Fields, task: CheckedFields) -> MspdiLink:
    lag, unit = lag_of(fields.number("LinkLag"), fields.number("LagFormat", 7))
    return MspdiLink(
        fields.number("PredecessorUID", -1),
        task.link_type(fields),
        lag,
        unit,
        fields.flag("CrossProject"),
    )


def _baseline(fields: Fields) -> MspdiBaseline:
    return MspdiBaseline(
        fields.number("Number"), fields.date("Start"), fields.date("Finish"), fields.minutes("Duration")
    )


def _resources(root: Element, space: str) -> list[MspdiResource]:
    found = []
    for element in root.iterfind(f"{space}Resources/{space}Resource"):
        fields = Fields(element, space)
        calendar = fields.number("CalendarUID", -1)
        works = fields.number("Type", _WORK_RESOURCE) == _WORK_RESOURCE
        name = fields.text("Name")[:MAX_TEXT]
        found.append(MspdiResource(fields.number("UID", -1), name, works, calendar if calendar > 0 else None))
    return found


def _assignments(root: Element, space: str) -> list[MspdiAssignment]:
    found = []
    for element in root.iterfind(f"{space}Assignments/{space}Assignment"):
        fields = Fields(element, space)
        found.append(
            MspdiAssignment(
                task=fields.number("TaskUID", -1),
                resource=fields.number("ResourceUID", -1),
                units=fields.real("Units", 1.0),
                work=fields.minutes("Work"),
                remaining_work=fields.minutes("RemainingWork"),
                contour=fields.number("WorkContour"),
                delay=fields.number("Delay"),
                leveling_delay=fields.number("LevelingDelay"),
                start=fields.date("Start"),
                finish=fields.date("Finish"),
                split=_is_split(element, space),
            )
        )
    return found


def _is_split(element: Element, space: str) -> bool:
    """Whether the timephased work has a stretch of none between stretches of some."""
    worked: list[bool] = []
    for stretch in element.iterfind(f"{space}TimephasedData"):
        fields = Fields(stretch, space)
        if fields.number("Type") in (1, 2):
            worked.append(fields.text("Value") not in ("", "PT0H0M0S"))
    if True not in worked:
        return False
    first, last = worked.index(True), len(worked) - 1 - worked[::-1].index(True)
    return not all(worked[first:last])
