"""The projects in a Primavera P6 file: WBS, activities, relationships and calendars as plain values.

Field names and codes: Oracle, "Primavera P6 Database Reference" and "XER Import/Export Data Map Guide".
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from handover.exchange.values import Unreadable, number_in
from handover.exchange.xer import XerFile, read_xer_tables
from handover.exchange.xer_calendars import read_calendar
from handover.i18n import N_
from handover.jobs import Progress, unattended
from handover.plan.calendar import Calendar
from handover.plan.values import Constraint, Kind, LinkType

_KINDS = {
    "TT_Mile": Kind.MILESTONE,
    "TT_FinMile": Kind.MILESTONE,
    "TT_WBS": Kind.SUMMARY,
}
_CONSTRAINTS = {
    "CS_ALAP": Constraint.ALAP,
    "CS_MSO": Constraint.MUST_START_ON,
    "CS_MANDSTART": Constraint.MUST_START_ON,
    "CS_MSOA": Constraint.START_NO_EARLIER,
    "CS_MSOB": Constraint.START_NO_LATER,
    "CS_MEO": Constraint.MUST_FINISH_ON,
    "CS_MANDFIN": Constraint.MUST_FINISH_ON,
    "CS_MEOA": Constraint.FINISH_NO_EARLIER,
    "CS_MEOB": Constraint.FINISH_NO_LATER,
}
_MOST_MINUTES = 525_600 * 200
_MARKUP = re.compile(r"<[^<>]{0,200}>")


@dataclass(frozen=True, slots=True)
class XerWbs:
    """A node of the WBS; ``parent`` is the id of the node above, None at the top of the project."""

    id: str
    code: str
    name: str
    parent: str | None
    line: int = 0


@dataclass(frozen=True, slots=True)
class XerActivity:
    """An activity. Durations are minutes of work; ``percent`` runs from 0 to 100.

    ``start`` and ``finish`` are what P6 shows: actual, else scheduled, else planned dates.
    """

    id: str
    code: str
    name: str
    wbs: str | None
    kind: Kind = Kind.TASK
    duration: int = 0
    remaining: int | None = None
    percent: float = 0.0
    start: dt.datetime | None = None
    finish: dt.datetime | None = None
    actual_start: dt.datetime | None = None
    actual_finish: dt.datetime | None = None
    constraint: Constraint = Constraint.ASAP
    constraint_date: dt.datetime | None = None
    calendar: str | None = None
    owners: tuple[str, ...] = ()
    notes: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class XerLink:
    """A relationship; ids of activities, lag in minutes of work."""

    predecessor: str
    successor: str
    type: LinkType = LinkType.FS
    lag: int = 0
    line: int = 0


@dataclass(slots=True)
class XerPlan:
    """One project of the file. ``problems`` are by line of the file, counted from 1."""

    id: str
    code: str
    name: str
    start: dt.datetime | None = None
    finish: dt.datetime | None = None
    data_date: dt.datetime | None = None
    calendar: str | None = None
    wbs: list[XerWbs] = field(default_factory=list)
    activities: list[XerActivity] = field(default_factory=list)
    links: list[XerLink] = field(default_factory=list)
    calendars: tuple[Calendar, ...] = ()
    problems: dict[int, Unreadable] = field(default_factory=dict)


def read_xer(path: Path, progress: Progress = unattended) -> list[XerPlan]:
    """The projects of a file that have activities, in its order.

    Raises:
        UnusableFile: it isn't an .xer, holds no activities, or is beyond the limits.
        Cancelled: the user stopped it.
    """
    file = read_xer_tables(path, progress)
    plans = {plan.id: plan for plan in _projects(file)}
    _add_wbs(file, plans)
    _add_activities(file, plans)
    _add_links(file, plans)
    found = [plan for plan in plans.values() if plan.activities]
    for line in file.bad_lines[:1000]:
        found[0].problems[line] = Unreadable(N_("The line doesn't have the fields that its table has."))
    return found


def _projects(file: XerFile) -> Iterable[XerPlan]:
    calendars = tuple(read_calendar(record) for _, record in file.records("CALENDAR"))
    tops = {
        r.get("proj_id"): r.get("wbs_name", "") for _, r in file.records("PROJWBS") if r.get("proj_node_flag") == "Y"
    }
    seen = set()
    for _, record in file.records("PROJECT"):
        id = record.get("proj_id", "")
        seen.add(id)
        yield XerPlan(
            id,
            record.get("proj_short_name", ""),
            tops.get(id) or record.get("proj_short_name", ""),
            _moment(record.get("plan_start_date")),
            _moment(record.get("plan_end_date")) or _moment(record.get("scd_end_date")),
            _moment(record.get("last_recalc_date")),
            record.get("clndr_id") or None,
            calendars=calendars,
        )
    for id in dict.fromkeys(r.get("proj_id", "") for _, r in file.records("TASK")):
        if id not in seen:
            yield XerPlan(id, id, tops.get(id, ""), calendars=calendars)


def _add_wbs(file: XerFile, plans: dict[str, XerPlan]) -> None:
    """The nodes, each project's own top node left out, parents before their children."""
    nodes: dict[str, list[tuple[float, int, dict[str, str]]]] = defaultdict(list)
    tops = set()
    for line, record in file.records("PROJWBS"):
        if record.get("proj_node_flag") == "Y":
            tops.add(record.get("wbs_id", ""))
        else:
            nodes[record.get("parent_wbs_id", "")].append((_number(record.get("seq_num")) or 0.0, line, record))
    known = {record.get("wbs_id", "") for children in nodes.values() for _, _, record in children}
    done: set[str] = set()
    waiting = [node for parent in nodes if parent not in known for node in _children(nodes, parent)][::-1]
    while waiting:
        line, record = waiting.pop()
        id, above = record.get("wbs_id", ""), record.get("parent_wbs_id", "")
        plan = plans.get(record.get("proj_id", ""))
        if id in done or plan is None:
            continue
        done.add(id)
        code, name = record.get("wbs_short_name", ""), record.get("wbs_name", "")
        plan.wbs.append(XerWbs(id, code, name, above if above in done else None, line))
        waiting += _children(nodes, id)[::-1]
    for line, record in file.records("PROJWBS"):
        id, plan = record.get("wbs_id", ""), plans.get(record.get("proj_id", ""))
        if id not in done and id not in tops and plan is not None:
            plan.problems[line] = Unreadable(N_("The WBS element lies under itself; it is put at the top."))
            plan.wbs.append(XerWbs(id, record.get("wbs_short_name", ""), record.get("wbs_name", ""), None, line))


def _children(
    nodes: dict[str, list[tuple[float, int, dict[str, str]]]], parent: str
) -> list[tuple[int, dict[str, str]]]:
    return [(line, record) for _, line, record in sorted(nodes.get(parent, ()), key=lambda child: child[:2])]


def _add_activities(file: XerFile, plans: dict[str, XerPlan]) -> None:
    owners = _owners(file)
    notes = {r.get("task_id", ""): _plain(r.get("task_memo", "")) for _, r in file.records("TASKMEMO")}
    wbs = {node.id for plan in plans.values() for node in plan.wbs}
    seen: set[str] = set()
    for line, record in file.records("TASK"):
        plan, id = plans[record.get("proj_id", "")], record.get("task_id", "")
        if id in seen:
            plan.problems[line] = Unreadable(N_("Another activity of the file has the same id."))
            continue
        seen.add(id)
        plan.activities.append(
            _activity(id, line, record, wbs, tuple(owners.get(id, ())), notes.get(id, ""), plan.problems)
        )


def _activity(
    id: str,
    line: int,
    record: dict[str, str],
    wbs: set[str],
    owners: tuple[str, ...],
    notes: str,
    problems: dict[int, Unreadable],
) -> XerActivity:
    def when(field: str, *names: str) -> dt.datetime | None:
        for name in names:
            text = record.get(name, "")
            if text and (found := _moment(text)):
                return found
            if text:
                problems[line] = Unreadable(
                    N_("“{text}” is not a date. Right would be 2026-03-05."), field=field, text=text[:60]
                )
        return None

    constraint = _CONSTRAINTS.get(record.get("cstr_type", ""), Constraint.ASAP)
    date = when("constraint_at", "cstr_date") if constraint.dated else None
    duration = _minutes(record.get("target_drtn_hr_cnt")) or 0
    node = record.get("wbs_id", "")
    return XerActivity(
        id=id,
        code=record.get("task_code", ""),
        name=record.get("task_name", ""),
        wbs=node if node in wbs else None,
        kind=_KINDS.get(record.get("task_type", ""), Kind.TASK),
        duration=duration,
        remaining=_minutes(record.get("remain_drtn_hr_cnt")),
        percent=_percent(record, duration),
        start=when("start", "act_start_date", "early_start_date", "target_start_date"),
        finish=when("finish", "act_end_date", "early_end_date", "reend_date", "target_end_date"),
        actual_start=when("actual_start", "act_start_date"),
        actual_finish=when("actual_finish", "act_end_date"),
        constraint=constraint if date or not constraint.dated else Constraint.ASAP,
        constraint_date=date,
        calendar=record.get("clndr_id") or None,
        owners=owners,
        notes=notes,
        line=line,
    )


def _percent(record: dict[str, str], duration: int) -> float:
    """Per cent complete by the activity's own measure: physical, of duration, or of units."""
    if record.get("status_code") == "TK_Complete":
        return 100.0
    if record.get("status_code") == "TK_NotStart":
        return 0.0
    kind = record.get("complete_pct_type")
    if kind == "CP_Phys":
        return _clipped(_number(record.get("phys_complete_pct")) or 0.0)
    if kind == "CP_Units":
        done, left = _number(record.get("act_work_qty")) or 0.0, _number(record.get("remain_work_qty")) or 0.0
        return _clipped(100 * done / (done + left)) if done + left > 0 else 0.0
    remaining = _minutes(record.get("remain_drtn_hr_cnt"))
    return _clipped(100 * (duration - remaining) / duration) if duration and remaining is not None else 0.0


def _clipped(percent: float) -> float:
    return round(min(max(percent, 0.0), 100.0), 2)


def _owners(file: XerFile) -> dict[str, list[str]]:
    names = {r.get("rsrc_id", ""): r.get("rsrc_name", "") for _, r in file.records("RSRC")}
    owners: dict[str, list[str]] = defaultdict(list)
    for _, record in file.records("TASKRSRC"):
        name = names.get(record.get("rsrc_id", ""), "")
        if name and name not in owners[record.get("task_id", "")]:
            owners[record.get("task_id", "")].append(name)
    return owners


def _add_links(file: XerFile, plans: dict[str, XerPlan]) -> None:
    owner = {activity.id: plan for plan in plans.values() for activity in plan.activities}
    for line, record in file.records("TASKPRED"):
        before, after = record.get("pred_task_id", ""), record.get("task_id", "")
        plan = owner.get(after)
        if plan is None:
            continue
        if owner.get(before) is not plan:
            plan.problems[line] = Unreadable(
                N_("The predecessor isn't an activity of this project; the link is left out.")
            )
        elif before == after:
            plan.problems[line] = Unreadable(N_("The activity is linked to itself; the link is left out."))
        else:
            kind = record.get("pred_type", "")[3:5]
            plan.links.append(
                XerLink(
                    before,
                    after,
                    LinkType(kind) if kind in LinkType.__members__ else LinkType.FS,
                    _minutes(record.get("lag_hr_cnt")) or 0,
                    line,
                )
            )


def _moment(text: str | None) -> dt.datetime | None:
    try:
        found = dt.datetime.fromisoformat(text.strip()) if text else None
    except ValueError:
        return None
    return found.replace(tzinfo=None) if found and 1900 <= found.year <= 2200 else None


def _number(text: str | None) -> float | None:
    return number_in(text) if text else None


def _minutes(hours: str | None) -> int | None:
    number = _number(hours)
    return None if number is None or abs(number * 60) > _MOST_MINUTES else round(number * 60)


def _plain(memo: str) -> str:
    """A note without its HTML; P6 writes line ends as two DEL characters."""
    return _MARKUP.sub("", memo.replace("\x7f\x7f", "\n")).replace("&nbsp;", " ").strip()[:32_000]
