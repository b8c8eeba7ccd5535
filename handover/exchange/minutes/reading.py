"""Minutes that are a sheet: the fields of their head, the words above their table, and the actions that it lists."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handover.errors import NotValid, UnusableFile
from handover.exchange.dry_run.dry_run import DryRun
from handover.exchange.importing.session import Intake
from handover.exchange.reading.grid import Grid
from handover.exchange.tables.forms import HeadField, form_of, head_fields
from handover.exchange.tables.heading_text import plain
from handover.i18n import N_
from handover.jobs import Progress, unattended
from handover.model.teams.action import ACTION_STATUS
from handover.store.workspace import Workspace
from handover.values.cells import Cell, as_text, is_nothing, split_names
from handover.values.typed_dates import typed_moment

_KINDS = (
    ("title", re.compile(r"(?:meeting )?(?:title|subject|name)|re|topic|会议(?:名称|主题|议题)|主题|议题|名称")),
    ("when", re.compile(r"(?:meeting )?(?:date|time|held on|date and time|date/time)|(?:会议|召开)?(?:日期|时间)")),
    ("place", re.compile(r"venue|place|location|room|(?:会议|召开)?地点")),
    ("chair", re.compile(r"chair(?:man|person|ed by)?|(?:会议)?主持(?:人)?|召集人")),
    (
        "recorder",
        re.compile(r"(?:minutes|taken|recorded|prepared|written) by|recorder|secretary|记录(?:人|员)?|纪要人"),
    ),
    (
        "there",
        re.compile(
            r"attendees|present|participants|attended by|attendance|(?:参会|参加|出席|与会|到会)(?:人员|人|单位)?"
        ),
    ),
    ("absent", re.compile(r"apologies|absent|excused|缺席(?:人员)?|请假(?:人员)?")),
)  # fmt: skip
#: A row of words is no longer than this; so many make what was said.
_LONGEST_ROW, _MOST_ROWS = 4000, 200
_LONGEST_HEAD = 300


@dataclass(frozen=True, slots=True)
class IncomingAction:
    """An action that minutes list; names as they stand there."""

    text: str
    owner: str
    due_on: dt.date | None
    criterion: str
    status: str


@dataclass(frozen=True, slots=True)
class IncomingMinutes:
    """What a form of minutes says."""

    file: str
    title: str
    starts_at: dt.datetime | None
    place: str
    chair: str
    recorder: str
    there: tuple[str, ...]
    absent: tuple[str, ...]
    said: tuple[str, ...]
    actions: tuple[IncomingAction, ...]


def read_minutes(
    workspace: Workspace, project_code: str, path: Path, progress: Progress = unattended
) -> IncomingMinutes:
    """Read minutes.

    Raises:
        UnusableFile: it can't be read, has no list of actions, or says neither of which meeting it is nor when.
        Cancelled: the user stopped it.
    """
    intake = Intake(workspace, project_code, "actions")
    intake.read(path, progress)
    run = intake.rehearse(progress)
    if not isinstance(run, DryRun) or intake.table is None:
        raise UnusableFile(N_("{file} holds no single list of actions. Import its lists one by one."), file=path.name)
    grid, table = intake.grid(), intake.table
    above = range(table.header_rows[0] if table.header_rows else 0)
    form = form_of(grid, table)
    fields = list(form.head if form is not None else head_fields(grid, above))
    head = _head(fields)
    if not head.get("title") and not head.get("when"):
        raise UnusableFile(
            N_("{file} says neither what the meeting was called nor when it was. Import its list into the actions."),
            file=path.name,
        )
    return IncomingMinutes(
        file=path.name,
        title=_one(head, "title")[:_LONGEST_HEAD] or path.stem[:_LONGEST_HEAD],
        starts_at=next((at for value in head.get("when", ()) if (at := _moment(value)) is not None), None),
        place=_one(head, "place")[:200],
        chair=_one(head, "chair"),
        recorder=_one(head, "recorder"),
        there=tuple(_names(head.get("there", ()))),
        absent=tuple(_names(head.get("absent", ()))),
        said=tuple(_said(grid, above, {field.row for field in fields})),
        actions=tuple(_actions(run)),
    )


def _head(fields: Iterable[HeadField]) -> dict[str, list[Cell]]:
    found: dict[str, list[Cell]] = {}
    for field in fields:
        label = plain(field.label)
        kind = next((key for key, words in _KINDS if words.fullmatch(label)), "")
        if kind:
            found.setdefault(kind, []).append(field.value)
    return found


def _one(head: dict[str, list[Cell]], kind: str) -> str:
    return " ".join(as_text((head.get(kind) or [""])[0]).split())


def _names(values: Iterable[Cell]) -> Iterator[str]:
    seen = set()
    for value in values:
        for each in split_names(value):
            name = " ".join(each.name.split())
            if name and name not in seen:
                seen.add(name)
                yield name


def _moment(value: Cell) -> dt.datetime | None:
    if isinstance(value, dt.datetime):
        return value.replace(second=0, microsecond=0)
    if isinstance(value, dt.date):
        return dt.datetime.combine(value, dt.time())
    try:
        return typed_moment(as_text(value))
    except NotValid:
        return None


def _said(grid: Grid, rows: Iterable[int], fields: set[int]) -> Iterator[str]:
    """The words in rows that hold no field of the head; the first is what the sheet calls itself."""
    lines = []
    for row in rows:
        if row in fields:
            continue
        texts = dict.fromkeys(as_text(value).strip() for value in grid.rows[row] if not is_nothing(value))
        line = "  ".join(text for text in texts if text)
        if line:
            lines.append(line[:_LONGEST_ROW])
    yield from lines[1 : 1 + _MOST_ROWS]


def _actions(run: DryRun) -> Iterator[IncomingAction]:
    incoming = run.found.incoming

    def held(key: str, place: int) -> Any:  # Any: what the field holds
        return incoming.values[key][place] if key in incoming.values else None

    states = {option.code for option in ACTION_STATUS.options}
    for place in range(len(incoming.rows)):
        text = as_text(held("text", place) or "").strip()
        if place in incoming.skipped or not text:
            continue
        due, status = held("due_on", place), held("status", place)
        owner = " ".join(incoming.text(place, "owner").split()) if "owner" in incoming.values else ""
        yield IncomingAction(
            text[:1000], owner, due.date() if isinstance(due, dt.datetime) else due,
            as_text(held("criterion", place) or "").strip(), status if status in states else "open",
        )  # fmt: skip
