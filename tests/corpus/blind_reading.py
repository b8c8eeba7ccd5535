"""Reads one file as a user would who corrects nothing, and keeps what can be held against a label."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from handover.errors import HandoverError
from handover.exchange.columns.memory import Memory
from handover.exchange.dry_run.dry_run import DryRun
from handover.exchange.dry_run.several_sheets import SheetsDryRun
from handover.exchange.importing.apply import apply
from handover.exchange.importing.command import rehearse
from handover.exchange.reading.grid import column_letters
from handover.model import Project
from handover.registers.catalogue import registers
from handover.registers.query import every
from handover.store.workspace import Workspace

#: The fields that say when something begins or is due, by what they mean.
_STARTS: Final = ("start",)
#: What an import says of a column that it takes in words beside the mapping.
_STANDS: Final = ("“{heading}” says how far each row is", "“{heading}” says in words how far each row is")
_FINISHES: Final = ("finish", "deadline", "due_on", "planned_on")


@dataclass(frozen=True)
class Reading:
    """What the program made of a file.

    Attributes:
        refused: why it wasn't taken; empty where it was.
        questions: what must be answered before anything is stored.
        choices: all answers that the questions offer.
        offered: the fields that questions offer for a column, by its letters.
        columns: the letters of the columns with their fields.
        below: how many rows are left out until it is answered whether they are part of the list.
        empty: the letters of those that hold nothing.
        outline: rows of the register afterwards, how many have parts, how many levels; ``None`` where it has none.
    """

    refused: str = ""
    questions: tuple[str, ...] = ()
    choices: frozenset[str] = frozenset()
    offered: dict[str, frozenset[str]] = field(default_factory=dict)
    asks_dates: bool = False
    below: int = 0
    asks_register: bool = False
    register: str = ""
    fields: frozenset[str] = frozenset()
    sheet: str = ""
    heading: int = 0
    columns: dict[str, str] = field(default_factory=dict)
    empty: frozenset[str] = frozenset()
    rows: int = 0
    outline: tuple[int, int, int] | None = None
    first: dict[str, Any] = field(default_factory=dict)  # Any: what the fields hold
    starts: tuple[str, ...] = ()
    finishes: tuple[str, ...] = ()


def read_blind(path: Path, place: Path) -> Reading:
    """Import a file into an empty project in a folder that may be written to."""
    with Workspace.create(place / "blind.handover") as workspace:
        with workspace.edit("blind") as work:
            work.add(Project(code="B", name="Blind"))
        try:
            run = rehearse(workspace, workspace.projects()[0], path)
            if isinstance(run, SheetsDryRun):
                return Reading(refused="taken for a workbook of several registers")
            if not run.rows["new"]:
                return Reading(refused="no row is taken")
            return _of(run, workspace, place)
        except HandoverError as error:
            return Reading(refused=str(error))


def _of(run: DryRun, workspace: Workspace, place: Path) -> Reading:
    incoming, judgement = run.found.incoming, run.found.judgement
    own = [p for p in range(len(run.found.keys)) if p not in incoming.made]
    fresh = [judgement.fresh[p] for p in own if p in judgement.fresh]
    dates = [run.question(key) for key in run.undecided]
    if said := run.year_question():
        dates.append(said)
    # Questions about anything else, where the program puts them: each has a sentence and its choices.
    asked = tuple(getattr(run, "asked", ()))
    texts = [str(getattr(a, "question", a)) for a in asked]
    choices = {str(c) for a in asked for c in getattr(a, "choices", ())}
    keys = {r.key for r in registers()}
    outline = None
    if run.register.key == "tasks" and not dates and not asked:
        apply(run, workspace, memory=Memory(place / "mappings.json"))
        outline = _outline(run, workspace)
    return Reading(
        questions=(*dates, *texts),
        choices=frozenset(choices),
        offered=_offered(run),
        asks_dates=bool(dates),
        below=_below(run),
        asks_register=any({str(c) for c in getattr(a, "choices", ())} & keys for a in asked),
        register=run.register.key,
        fields=frozenset(c.field for c in run.register.columns),
        sheet=run.file.sheet,
        heading=run.file.header_row or 0,
        columns=_columns(run),
        empty=frozenset(column_letters(m.column) for m in run.mapping.columns if not m.samples),
        rows=sum(judgement.outcomes[p] == "new" for p in own),
        outline=outline,
        first=_first(fresh),
        starts=tuple(_days(fresh, _STARTS)),
        finishes=tuple(_days(fresh, _FINISHES)),
    )


def _columns(run: DryRun) -> dict[str, str]:
    """The letters of the columns with the fields that they fill; a state that is read in words is one, too."""
    found = {column_letters(m.column): m.field for m in run.mapping.columns if m.field}
    state = "percent" if "percent" in run.register else "status"
    for notice in run.notices:
        if notice.message.startswith(_STANDS):
            said = [m.column for m in run.mapping.columns if m.heading == str(notice.values.get("heading"))]
            found.update((column_letters(c), state) for c in said if column_letters(c) not in found)
    return found


def _below(run: DryRun) -> int:
    """How many rows are left out until it is answered whether they are part of the list."""
    if all(question.option != "--below" for question in run.asked):
        return 0
    return sum(why == "The row stands below the list." for why in run.found.incoming.skipped.values())


def _offered(run: DryRun) -> dict[str, frozenset[str]]:
    """Which fields questions about single columns offer for each."""
    by_name = {name: m.column for m in run.mapping.columns for name in (column_letters(m.column), m.heading)}
    found: dict[str, set[str]] = {}
    for question in run.asked:
        for choice in question.choices if question.option == "--map" else ():
            heading, _, key = choice.rpartition("=")
            found.setdefault(column_letters(by_name[heading]), set()).add(key)
    return {letters: frozenset(keys) for letters, keys in found.items()}


def _first(rows: list[Any]) -> dict[str, Any]:
    """The first value of every field that has one."""
    found: dict[str, Any] = {}
    for row in rows:
        found.update((k, v) for k, v in row.items() if v is not None and k not in found)
    return found


def _days(rows: list[Any], keys: tuple[str, ...]) -> list[str]:
    found = (next((row[k] for k in keys if row.get(k) is not None), None) for row in rows)
    return [str(day)[:10] for day in found if day is not None]


def _outline(run: DryRun, workspace: Workspace) -> tuple[int, int, int]:
    """How many tasks there are, how many of them have parts, how many levels."""
    with workspace.read() as connection:
        parent = run.register["parent"]
        rows = list(every(connection, run.register, workspace.projects()[0].id, fields=[parent]))
    above = {row.id: getattr(row.values[0], "id", None) for row in rows}
    parents = {p for p in above.values() if p}
    return len(above), len(parents), max((_depth(key, above) for key in above), default=0)


def _depth(key: str, above: dict[str, str | None]) -> int:
    up = above.get(key)
    return 1 if up is None else 1 + _depth(up, above)
