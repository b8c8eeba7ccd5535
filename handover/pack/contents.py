"""The handover pack of a project: which chapters it has and what each says, as an outline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from handover import clock
from handover.i18n import N_
from handover.model.project import PROJECT_STATUS, Project
from handover.pack.outline import (
    Bar,
    Bars,
    Block,
    Cover,
    Fact,
    Facts,
    KeyNumber,
    KeyNumbers,
    Note,
    PackOutline,
    Section,
    SignOff,
    Status,
    TableBlock,
    TableColumn,
)
from handover.pack.reading import PackReading, blocks_of
from handover.pack.sides import names_of, sides
from handover.pack.tables import both
from handover.registers.catalogue import chapters, register
from handover.registers.figures.blockers import blocked
from handover.registers.figures.overview import overview, progress
from handover.store.history import last_change
from handover.store.workspace import Workspace
from handover.values.print_forms import DAY, NUMBER, STATUS
from handover.wording import Language, said, said_of, shown

_TITLE = N_("Handover pack")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the pack that can be chosen or left out."""

    key: str
    title: str
    build: Callable[[PackReading], tuple[Block, ...]]


def parts() -> tuple[Part, ...]:
    """All parts, in the order of the pack: what all of it comes to, its chapters, the signatures."""
    return (
        Part("summary", N_("Summary of the project"), _summary),
        Part("blockers", N_("What blocks the handover"), _blockers),
        *(Part(c.key, c.name, partial(blocks_of, c)) for c in chapters() if c.pack),
        Part("sign_off", N_("Sign-off"), _sign_off),
    )


def outline_of(workspace: Workspace, project: Project, language: Language, chosen: tuple[str, ...] = ()) -> PackOutline:
    """The pack of a project, a draft until it is issued.

    Args:
        chosen: the keys of the parts; all by default.
    """
    with workspace.read() as connection:
        names = names_of(connection, project)
        reading = PackReading(
            workspace,
            project,
            overview(connection, project.id),
            tuple(blocked(connection, project.id)),
            names,
            sides(connection, project, names),
        )
    sections = tuple(Section(c.key, said(c.title), c.build(reading)) for c in parts() if not chosen or c.key in chosen)
    return PackOutline(
        title=said(_TITLE),
        subtitle=said(N_("Transition of the works into operation")),
        cover=Cover(project.name, project.code, reading.sides, _cover_facts(project)),
        number=_draft_number(project),
        made_at=_made_at(),
        language=language,
        sections=sections,
        source=workspace.path.name,
        origin=_origin(workspace, project),
        draft=True,
    )


def single_outline(
    workspace: Workspace, project: Project, language: Language, section: Section, number: str
) -> PackOutline:
    """One register or chart of a project on its own, without a cover; ``number`` is what follows the project's code."""
    return PackOutline(
        title=section.title,
        cover=Cover(project.name, project.code),
        number=f"{project.code}-{number}",
        made_at=_made_at(),
        language=language,
        sections=(section,),
        source=workspace.path.name,
        front=False,
        origin=_origin(workspace, project),
    )


def _made_at() -> dt.datetime:
    """The time of day on the user's day, with the user's time zone."""
    made_at = clock.local(clock.now())
    return dt.datetime.combine(clock.today(), made_at.timetz())


def _draft_number(project: Project) -> str:
    """What a draft is told by: the project and the day, none of a series of numbers."""
    return f"{project.code}-DRAFT-{clock.today():%Y%m%d}"


def _origin(workspace: Workspace, project: Project) -> tuple[tuple[str, str], ...]:
    """What the importer needs to see who changed what since."""
    return ("project", project.id), ("change", str(last_change(workspace)))


def _cover_facts(project: Project) -> tuple[Fact, ...]:
    facts = (
        Fact(said(N_("Site")), project.site),
        Fact(said(N_("Planned handover")), project.planned_handover),
        Fact(said(N_("Forecast handover")), project.forecast_handover),
        Fact(said(N_("Actual handover")), project.actual_handover),
    )
    return tuple(f for f in facts if f.value is not None)


def _summary(reading: PackReading) -> tuple[Block, ...]:
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
        Fact(said(N_("Planned handover")), project.planned_handover),
        Fact(said(N_("Forecast handover")), project.forecast_handover),
        Fact(said(N_("Actual handover")), project.actual_handover),
    )
    blocks: list[Block] = [_key_numbers(reading), Facts(tuple(f for f in facts if f.value is not None))]
    bars = tuple(Bar(said(title), done, of) for title, done, of in _progress(reading) if of)
    if bars:
        blocks.append(Bars(bars, said(N_("How far the handover is"))))
    if project.notes:
        blocks.append(Note(project.notes))
    return tuple(blocks)


def _progress(reading: PackReading) -> list[tuple[str, int, int]]:
    with reading.workspace.read() as connection:
        found = progress(connection, reading.project.id)
    return [(each.advance.name, each.done, each.of) for each in found]


def _key_numbers(reading: PackReading) -> KeyNumbers:
    days = reading.overview.days
    numbers = []
    if days is not None:
        label = said_of("day to handover", "days to handover", abs(days))
        if days < 0:
            label = said_of("day since handover", "days since handover", -days)
        numbers.append(KeyNumber(label, abs(days), "info"))
    for each in (headline for chapter in chapters() for headline in chapter.headlines):
        n, of = reading.overview.count(each.register, each.view), reading.overview.total(each.register)
        if of:
            numbers.append(KeyNumber(said(each.name), n, "danger" if n else "ok", said(N_("of {of}"), of=of)))
    return KeyNumbers(tuple(numbers[:5]))


def _blockers(reading: PackReading) -> tuple[Block, ...]:
    chapters_of = [register(k) for k in dict.fromkeys(k for b in reading.blocked for k in b.open)]
    custody = register("systems")["custody"]
    columns = (
        TableColumn("system", said(N_("System")), weight=2.2),
        TableColumn("custody", said(N_("Custody")), STATUS, weight=1.6),
        TableColumn("planned", said(N_("Planned handover")), DAY),
        *(TableColumn(r.key, said(r.name), NUMBER) for r in chapters_of),
        TableColumn("overdue", said(N_("Overdue")), NUMBER),
    )
    rows = tuple(
        (
            each.system.name if each.system else said(N_("The project as a whole")),
            Status(both(custody, each.custody), custody.words[each.custody].tone)
            if each.custody and custody.words
            else None,
            each.due,
            *(each.open.get(r.key) or None for r in chapters_of),
            each.overdue or None,
        )
        for each in reading.blocked
    )
    total = sum(b.total for b in reading.blocked)
    sentence = (
        said_of(
            "{n} open thing stands in the way of the handover.",
            "{n} open things stand in the way of the handover.",
            total,
        )
        if total
        else said(N_("Nothing stands in the way of the handover."))
    )
    table = TableBlock(
        "blockers", said(N_("What blocks the handover")), columns, rows, len(rows), empty=said(N_("No systems yet."))
    )
    return (Note(sentence, "warning" if total else "ok"), table)


def _sign_off(reading: PackReading) -> tuple[Block, ...]:
    declaration = said(
        N_(
            "The undersigned confirm that they have read this pack, that it states the handover of {project} as known"
            " on the day of its issue, and that the open things named in it remain to be done by those named in it."
        ),
        project=reading.project.name,
    )
    return (SignOff(reading.sides, declaration),)


def draft_stem(project: Project, language: Language) -> str:
    """The name of the files of a draft, without the suffix."""
    return f"{_draft_number(project)} {pack_title(language)}"


def pack_title(language: Language) -> str:
    """The title of the pack in its language, as an issued pack is listed."""
    return shown(said(_TITLE), language, " ")
