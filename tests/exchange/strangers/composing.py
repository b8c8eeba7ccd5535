"""Composes a list of strangers out of chance, and says in what the program reads it otherwise than it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Any, Final

from handover.errors import HandoverError
from handover.exchange.dry_run.dry_run import DryRun
from handover.exchange.importing.command import rehearse
from handover.model import Project
from handover.store.workspace import Workspace
from tests.exchange.strangers.habits import HABITS
from tests.exchange.strangers.pages import Page, a_page, save
from tests.exchange.strangers.truths import a_truth

_MOST_HABITS: Final = 4
_MOST_TRIES: Final = 500
#: What may not be filled from a column that means something else.
_GUARDED: Final = frozenset(
    ["name", "start", "finish", "deadline", "duration", "percent", "status", "owner", "actual_start", "actual_finish",
     "predecessors", "description", "due_on", "action_by", "raised_on", "cleared_on", "verified_on", "title", "number",
     "revision", "organisation", "post", "parent", "resources"]
)  # fmt: skip
#: Lists that could be of either.
_ALIKE: Final = {"tasks": ("tasks",), "punches": ("punches",), "documents": ("documents",), "people": ("people",)}


@dataclass(frozen=True)
class Composed:
    """A sheet with the habits that it has; none where it is plain."""

    page: Page
    habits: tuple[str, ...]
    #: The same list without any habit.
    plain: Page


def compose(random: Random, wanted: Sequence[str]) -> Composed:
    """A list with habits, as far as they suit it."""
    truth = a_truth(random)
    plain = a_page(deepcopy(truth), random)
    page = a_page(truth, random)
    had = tuple(name for name in wanted if HABITS[name](page))
    return Composed(page, had, plain)


def of_number(number: int) -> Composed:
    """The list of a number: three in four have one habit, which goes round, the others a few of any; one is plain."""
    random = Random(number)
    if number % 4 == 3:
        return compose(random, random.sample(sorted(HABITS), random.randint(2, _MOST_HABITS)))
    alone = (number - number // 4) % (len(HABITS) + 1)
    wanted = sorted(HABITS)[alone - 1 : alone] if alone else []
    tries = (compose(random, wanted) for _ in range(_MOST_TRIES))
    return next(composed for composed in tries if composed.habits == tuple(wanted))


def faults(page: Page, workspace: Workspace, path: Path) -> list[str]:
    """In what the sheet is read otherwise than it is; each begins with what it is about."""
    save(page, path)
    try:
        run = rehearse(workspace, workspace.projects()[0], path)
    except HandoverError as error:
        return [f"refused: {error}"]
    if not isinstance(run, DryRun):
        return ["refused: taken for several registers"]
    return list(_differences(page, run))


def an_empty_project(place: Path) -> Workspace:
    """A workspace with nothing but a project; lists are only rehearsed in it."""
    opened = Workspace.create(place / "strangers.handover")
    with opened.edit("strangers") as work:
        work.add(Project(code="S", name="Strangers"))
    return opened


def _differences(page: Page, run: DryRun) -> Iterator[str]:
    if run.register.key not in _ALIKE[page.truth.register]:
        yield f"register: {page.truth.register} is taken for {run.register.key}"
        return
    if run.undecided or run.without_year:
        yield "asked: about dates"
    if run.file.sheet != "List":
        yield f"sheet: {run.file.sheet}"
        return
    if run.file.header_row != page.heading_row:
        yield f"heading row: {page.heading_row} is taken for {run.file.header_row}"
        return
    yield from _of_columns(page, run)
    yield from _of_rows(page, run)


def _of_columns(page: Page, run: DryRun) -> Iterator[str]:
    found = {m.column - page.left: m.field for m in run.mapping.columns if m.field}
    for place, column in enumerate(page.columns):
        field = found.get(place, "-")
        # A state that stands beside a percentage may be left out: it says the same.
        spare = column.key == "status" and field == "-" and page.has("percent")
        lost = bool(column.wanted) and field not in column.wanted and not spare
        mistaken = not column.wanted and field in _GUARDED and field != column.key
        if lost or mistaken:
            yield f"column {column.key}: {' / '.join(column.heading)!r} is taken for {field}"


def _of_rows(page: Page, run: DryRun) -> Iterator[str]:
    incoming, judgement = run.found.incoming, run.found.judgement
    taken = [p for p, outcome in enumerate(judgement.outcomes) if outcome == "new"]
    names = {p: _name(judgement.fresh[p]) for p in taken if p in judgement.fresh}
    read = [p for p in taken if p not in incoming.made and names.get(p) not in page.truth.phases]
    expected = [r.row for r in page.records() if r.row is not None]
    wanted = [_name(r.values) for r in expected]
    if not _same([names.get(p) for p in read], wanted, page.word("goes on")):
        yield f"rows: {wanted} are read as {[names.get(p) for p in read]}"
        return
    for place, row in zip(read, expected, strict=True):
        fresh = judgement.fresh[place]
        for key, due in (("start", "start"), ("finish", "finish"), ("due_on", "due_on")):
            day = row.shown.get(key, row.values.get(key))
            if key in row.values and _day(fresh.get(due)) != day:
                yield f"dates: {key} {day} is read as {fresh.get(due)}"
                return
        if (
            page.has("duration")
            and row.shown.get("duration") != "any"
            and fresh.get("duration") != row.values["duration"] * 480
        ):
            yield f"duration: {row.values['duration']} days are read as {fresh.get('duration')} minutes"
            return
    yield from _of_outline(page, run, read, names)


def _of_outline(page: Page, run: DryRun, read: list[int], names: dict[int, Any]) -> Iterator[str]:
    if run.found.tree is None:
        return
    parents = [run.found.tree.parents[p] for p in read]
    found = [names.get(p) if p is not None else None for p in parents]
    rows = [r.row for r in page.records() if r.row is not None]
    expected = [row.phase if page.phases_seen else None for row in rows]
    wrong = [(f, e) for f, e, row in zip(found, expected, rows, strict=True) if f != e and not (row.loose and not f)]
    inside = [p for p, name in names.items() if name in page.truth.phases and run.found.tree.parents[p] is not None]
    if wrong or inside:
        yield f"outline: {expected} is read as {found}; phases within others: {[names[p] for p in inside]}"


def _same(read: list[Any], wanted: list[Any], goes_on: str) -> bool:
    """Whether the names are those of the list; a sentence that goes on in the next row may be joined."""
    if len(read) != len(wanted):
        return False
    return all(
        r == w or (isinstance(r, str) and r.startswith(w) and r.endswith(goes_on))
        for r, w in zip(read, wanted, strict=True)
    )


def _name(values: Any) -> Any:
    return next((values[k] for k in ("name", "description", "title", "person") if values.get(k)), None)


def _day(value: Any) -> date | None:
    if value is None:
        return None
    return value.date() if hasattr(value, "date") else value
