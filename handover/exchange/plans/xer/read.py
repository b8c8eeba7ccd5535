"""The projects in a Primavera P6 file: its WBS, activities, relationships and calendars, read and checked.

Field names and codes: Oracle, "Primavera P6 Database Reference" and "XER Import/Export Data Map Guide".
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from handover.exchange.plans.faults import (
    BEYOND_PERCENT,
    MOST_MINUTES,
    NO_CHOICE,
    NO_DATE,
    NO_DURATION,
    NO_ID,
    NO_LINK,
    NO_PERCENTAGE,
    NO_WBS,
    TOO_LONG,
    TWICE,
)
from handover.exchange.plans.xer.calendars import read_calendar
from handover.exchange.plans.xer.tables import XerFile, read_xer_tables
from handover.exchange.plans.xer.values import XerActivity, XerLink, XerPlan, XerWbs
from handover.jobs import Progress, unattended
from handover.plan.values import Constraint, LinkType, TaskKind
from handover.values.cells import number_in, shown
from handover.values.date_text import Loose, loose_date
from handover.values.moments import midnight

_KINDS = {
    "TT_Mile": TaskKind.MILESTONE,
    "TT_FinMile": TaskKind.MILESTONE,
    "TT_WBS": TaskKind.SUMMARY,
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
_MARKUP = re.compile(r"<[^<>]{0,200}>")


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
    for plan in found:
        plan.bad_lines = file.bad_lines
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
    """The nodes, each project's own top node left out, parents before their children; then those in a circle."""
    nodes: dict[str, list[_Node]] = {id: [] for id in plans}
    lines: dict[str, dict[str, int]] = {id: {} for id in plans}
    for line, record in file.records("PROJWBS"):
        plan = plans.get(record.get("proj_id", ""))
        if plan is not None and record.get("proj_node_flag") != "Y":
            own = _own_id(plan, lines[plan.id], record.get("wbs_id", ""), line)
            nodes[plan.id].append(_Node(own, line, record))
    for plan in plans.values():
        _hang(plan, nodes[plan.id], lines[plan.id])


def _hang(plan: XerPlan, nodes: list[_Node], known: Container[str]) -> None:
    below: dict[str | None, list[_Node]] = defaultdict(list)
    for node in sorted(nodes, key=lambda n: (_number(n.record.get("seq_num")) or 0.0, n.line)):
        above = node.record.get("parent_wbs_id", "")
        node.parent = above if above in known else None
        below[node.parent].append(node)
    done: set[str] = set()
    waiting = below[None][::-1]
    while waiting:
        node = waiting.pop()
        done.add(node.id)
        node.add_to(plan)
        waiting += below.get(node.id, ())[::-1]
    for node in nodes:
        if node.id not in done:
            node.add_to(plan)


@dataclass(slots=True)
class _Node:
    """A WBS element on its way into its plan."""

    id: str
    line: int
    record: dict[str, str]
    parent: str | None = None

    def add_to(self, plan: XerPlan) -> None:
        code, name = self.record.get("wbs_short_name", ""), self.record.get("wbs_name", "")
        plan.wbs.append(XerWbs(self.id, code, name, self.parent, self.line))


def _own_id(plan: XerPlan, lines: dict[str, int], id: str, line: int) -> str:
    """The id of a record; one that has none of its own gets one that no file has, and is blamed."""
    if id and lines.setdefault(id, line) == line:
        return id
    if id:
        plan.blame(line, "source_id", TWICE, code=id, row=lines[id])
    else:
        plan.blame(line, "source_id", NO_ID)
    return f"\t{line}"


def _add_activities(file: XerFile, plans: dict[str, XerPlan]) -> None:
    owners = _owners(file)
    notes = {r.get("task_id", ""): _plain(r.get("task_memo", "")) for _, r in file.records("TASKMEMO")}
    wbs = {plan.id: {node.id for node in plan.wbs} for plan in plans.values()}
    tops = {r.get("wbs_id", "") for _, r in file.records("PROJWBS") if r.get("proj_node_flag") == "Y"}
    lines: dict[str, dict[str, int]] = {id: {} for id in plans}
    for line, record in file.records("TASK"):
        plan = plans[record.get("proj_id", "")]
        id, node = _own_id(plan, lines[plan.id], record.get("task_id", ""), line), record.get("wbs_id", "")
        here = node in wbs[plan.id]
        if node and not here and node not in tops:
            plan.blame(line, "parent", NO_WBS, text=shown(node))
        activity = _activity(_Record(plan, line, record), id)
        plan.activities.append(
            replace(
                activity,
                wbs=node if here else None,
                owners=tuple(owners.get(id, ())),
                notes=notes.get(id, ""),
            )
        )


@dataclass(frozen=True, slots=True)
class _Record:
    """A line of the file whose fields are read; what can't be read is noted in its plan."""

    plan: XerPlan
    line: int
    record: dict[str, str]

    def text(self, name: str) -> str:
        return self.record.get(name, "").strip()

    def date(self, field: str, *names: str) -> dt.datetime | None:
        """The first date among some fields of the file."""
        for name in names:
            text = self.text(name)
            if text and (found := _moment(text)):
                return found
            if text:
                self.plan.blame(self.line, field, NO_DATE, text=shown(text))
        return None

    def minutes(self, field: str, name: str) -> int | None:
        """Hours of the file in minutes, none negative."""
        found = _minutes(self.text(name))
        if found is not None and 0 <= found <= MOST_MINUTES:
            return found
        if self.text(name):
            too_long = found is not None and found > 0
            self.plan.blame(self.line, field, TOO_LONG if too_long else NO_DURATION, text=shown(self.text(name)))
        return None

    def constraint(self) -> Constraint:
        """The constraint, as soon as possible where there is none."""
        text = self.text("cstr_type")
        if text and text not in _CONSTRAINTS:
            from handover.model.task import CONSTRAINT  # brings the whole model, which few files make necessary

            allowed = ", ".join(option.label for option in CONSTRAINT)
            self.plan.blame(self.line, "constraint", NO_CHOICE, value=shown(text), allowed=allowed)
        return _CONSTRAINTS.get(text, Constraint.ASAP)

    def share(self, name: str) -> float:
        """A percentage of the file, 0 where there is none."""
        found = _number(self.text(name))
        if found is not None and 0 <= found <= 100:
            return round(found, 2)
        if self.text(name):
            self.plan.blame(
                self.line, "percent", NO_PERCENTAGE if found is None else BEYOND_PERCENT, text=shown(self.text(name))
            )
        return 0.0


def _activity(given: _Record, id: str) -> XerActivity:
    constraint = given.constraint()
    date = given.date("constraint_at", "cstr_date") if constraint.dated else None
    duration = given.minutes("duration", "target_drtn_hr_cnt") or 0
    remaining = given.minutes("remaining", "remain_drtn_hr_cnt")
    return XerActivity(
        id=id,
        code=given.text("task_code"),
        name=given.text("task_name"),
        wbs=None,
        kind=_KINDS.get(given.text("task_type"), TaskKind.TASK),
        duration=duration,
        remaining=remaining,
        percent=_percent(given, duration, remaining),
        actual_start=given.date("actual_start", "act_start_date"),
        actual_finish=given.date("actual_finish", "act_end_date"),
        start=given.date("start", "act_start_date", "early_start_date", "target_start_date"),
        finish=given.date("finish", "act_end_date", "early_end_date", "reend_date", "target_end_date"),
        constraint=constraint if date or not constraint.dated else Constraint.ASAP,
        constraint_date=date,
        calendar=given.text("clndr_id") or None,
        line=given.line,
    )


def _percent(given: _Record, duration: int, remaining: int | None) -> float:
    """Per cent complete by the activity's own measure: physical, of duration, or of units."""
    status, kind = given.text("status_code"), given.text("complete_pct_type")
    if status in ("TK_Complete", "TK_NotStart"):
        return 100.0 if status == "TK_Complete" else 0.0
    if kind == "CP_Phys":
        return given.share("phys_complete_pct")
    if kind == "CP_Units":
        done, left = _number(given.text("act_work_qty")) or 0.0, _number(given.text("remain_work_qty")) or 0.0
        return _clipped(100 * done / (done + left)) if done + left > 0 else 0.0
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
    """The relationships, those that lead nowhere and to the activity itself among them."""
    owners: dict[str, list[tuple[XerPlan, XerActivity]]] = defaultdict(list)
    for plan in plans.values():
        for activity in plan.activities:
            owners[activity.id].append((plan, activity))
    for line, record in file.records("TASKPRED"):
        before, after = record.get("pred_task_id", ""), record.get("task_id", "")
        if after not in owners:
            continue
        plan, activity = next((o for o in owners[after] if o[0].id == record.get("proj_id")), owners[after][0])
        elsewhere = record.get("pred_proj_id", "") not in ("", plan.id)
        if before in owners:
            elsewhere = all(p is not plan for p, _ in owners[before])
        kind, lag = record.get("pred_type", "")[3:5], record.get("lag_hr_cnt", "").strip()
        if kind not in LinkType.__members__ and record.get("pred_type"):
            plan.blame(activity.line, "predecessors", NO_LINK, text=shown(f"{before} {record['pred_type']}"))
        minutes = _minutes(lag)
        if lag and minutes is None:
            plan.blame(activity.line, "predecessors", NO_DURATION, text=shown(lag))
        plan.links.append(
            XerLink(
                before,
                after,
                LinkType(kind) if kind in LinkType.__members__ else LinkType.FS,
                minutes or 0,
                line,
                elsewhere,
            )
        )


def _moment(text: str | None) -> dt.datetime | None:
    """A date as P6 writes it, or one that can be read in one way alone, as with the name of its month."""
    found: dt.date | Loose | None
    try:
        found = dt.datetime.fromisoformat(text.strip()) if text else None
    except ValueError:
        found = loose_date(text or "")
    if isinstance(found, Loose) or found is None:
        return None
    if not isinstance(found, dt.datetime):
        found = midnight(found)
    return found.replace(tzinfo=None) if 1900 <= found.year <= 2200 else None


def _number(text: str | None) -> float | None:
    return number_in(text) if text else None


def _minutes(hours: str | None) -> int | None:
    number = _number(hours)
    return None if number is None or abs(number) > 1e12 else round(number * 60)


def _plain(memo: str) -> str:
    """A note without its HTML; P6 writes line ends as two DEL characters."""
    return _MARKUP.sub("", memo.replace("\x7f\x7f", "\n")).replace("&nbsp;", " ").strip()[:32_000]
