"""What all of a pack comes to: its key numbers, its dates and how far it is, with what each number counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from handover.i18n import N_
from handover.model.milestone import Milestone
from handover.model.project import PROJECT_STATUS, Project
from handover.pack.outline import (
    Bar,
    Bars,
    Block,
    Fact,
    Facts,
    Footnotes,
    KeyNumber,
    KeyNumbers,
    Note,
    Status,
)
from handover.pack.reading import PackReading
from handover.registers.catalogue import register
from handover.registers.chapter import Headline
from handover.registers.figures.overview import Advanced, Headlined, headlines, progress
from handover.values.shown import moment as shown_day
from handover.wording import Text, Words, said, said_of

_GENERIC = N_("Rows of “{register}” in the view “{view}”.")


@dataclass(frozen=True, slots=True)
class ComputedHandover:
    """When the plan computes the handover: on the day of its milestone."""

    ref: str
    name: str
    day: dt.date


def computed_handover(connection: Connection, reading: PackReading) -> ComputedHandover | None:
    """The last milestone with which custody passes and whose day comes out of the plan; None where there is none.

    Milestones of single systems count only where the project has none of its own.
    """
    query = select(Milestone.ref, Milestone.name, Milestone.task_id, Milestone.system_id).where(
        Milestone.project_id == reading.project.id, Milestone.deleted_at.is_(None), Milestone.handovers()
    )
    rows = [row for row in connection.execute(query) if row.task_id]
    own = [row for row in rows if row.system_id is None] or rows
    days = [(day, row.ref, row.name) for row in own if (day := reading.finish_of(row.task_id)) is not None]
    if not days:
        return None
    day, ref, name = max(days)
    return ComputedHandover(ref, name, day)


def summary(reading: PackReading) -> tuple[Block, ...]:
    """The first chapter: numbers with their definitions, facts, dates that differ, and how far each register is."""
    project = reading.project
    with reading.workspace.read() as connection:
        heads, advanced = headlines(connection, project.id), progress(connection, project.id)
        computed = computed_handover(connection, reading)
    notes = []
    numbers = (*_countdown(reading), *(_number(each) for each in heads))
    blocks: list[Block] = [KeyNumbers(numbers)] if numbers else []
    blocks.append(Facts(_facts(reading, computed)))
    if (differing := _differing(project, computed)) is not None:
        blocks.append(Note(differing, "warning"))
    if advanced:
        blocks.append(Bars(tuple(map(_bar, advanced)), said(N_("How far the handover is"))))
    notes += [*((said(each.headline.name), _meaning(each.headline)) for each in heads)]
    notes += [(said(each.advance.name), said(each.advance.meaning)) for each in advanced if each.advance.meaning]
    if notes:
        blocks.append(Footnotes(tuple(notes)))
    if project.notes:
        blocks.append(Note(project.notes))
    return tuple(blocks)


def key_numbers(reading: PackReading, most: int) -> KeyNumbers:
    """The days to the handover and the headlines with the largest numbers."""
    with reading.workspace.read() as connection:
        heads = headlines(connection, reading.project.id)
    worst = sorted(heads, key=lambda each: -each.n)[: most - 1]
    return KeyNumbers((*_countdown(reading), *(_number(each) for each in heads if each in worst)))


def bars(advanced: Sequence[Advanced]) -> Bars:
    """How far each register is."""
    return Bars(tuple(map(_bar, advanced)), said(N_("How far the handover is")))


def _number(each: Headlined) -> KeyNumber:
    return KeyNumber(
        said(each.headline.name), each.n, "danger" if each.n else "ok", said(N_("of {of}"), of=each.of)
    )  # fmt: skip


def _bar(each: Advanced) -> Bar:
    return Bar(said(each.advance.name), each.done, each.of)


def _meaning(headline: Headline) -> Words:
    if headline.meaning:
        return said(headline.meaning)
    of = register(headline.register)
    return said(_GENERIC, register=said(of.name), view=said(of.view(headline.view).name))


def _countdown(reading: PackReading) -> tuple[KeyNumber, ...]:
    """Days to the handover or since it, and to which of its dates."""
    days, project = reading.overview.days, reading.project
    if days is None:
        return ()
    if project.actual_handover:
        date: Text = said(N_("to the actual date, {day}"), day=_day(project.actual_handover))
    elif project.forecast_handover:
        date = said(N_("to the forecast date, {day}"), day=_day(project.forecast_handover))
    else:
        date = said(N_("to the planned date, {day}"), day=_day(project.planned_handover))
    label = said_of("day to handover", "days to handover", abs(days))
    if days < 0:
        label = said_of("day since handover", "days since handover", -days)
    return (KeyNumber(label, abs(days), "info", date),)


def _day(day: dt.date | None) -> Text:
    return Text(shown_day(day, "en"), shown_day(day, "zh")) if day is not None else Text("", "")


def _facts(reading: PackReading, computed: ComputedHandover | None) -> tuple[Fact, ...]:
    project = reading.project
    option = PROJECT_STATUS[project.status]
    facts = (
        Fact(said(N_("Project")), f"{project.code}  {project.name}"),
        Fact(said(N_("Status")), Status(said(option.name), option.tone)),
        Fact(said(N_("Client")), reading.names.get("client")),
        Fact(said(N_("General contractor")), reading.names.get("contractor")),
        Fact(said(N_("Commissioning contractor")), reading.names.get("commissioning")),
        Fact(said(N_("Operator")), reading.names.get("operator")),
        Fact(said(N_("Site")), project.site),
        Fact(said(N_("As of")), reading.as_of),
        Fact(said(N_("Planned handover")), project.planned_handover),
        Fact(said(N_("Forecast handover")), project.forecast_handover),
        Fact(said(N_("Handover as the plan computes it")), computed.day if computed else None),
        Fact(said(N_("Actual handover")), project.actual_handover),
    )
    return tuple(f for f in facts if f.value is not None)


def _differing(project: Project, computed: ComputedHandover | None) -> Words | None:
    """That the date typed and the one computed aren't the same; None where they are, or one is missing."""
    typed = project.forecast_handover or project.planned_handover
    if project.actual_handover or computed is None or typed is None or typed == computed.day:
        return None
    return said(
        N_("The handover is entered for {typed}; the plan computes it for {day} ({milestone})."),
        typed=_day(typed),
        day=_day(computed.day),
        milestone=f"{computed.ref} {computed.name}",
    )
