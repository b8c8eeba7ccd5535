"""The handover pack of a project: which chapters it has and what each says, as an outline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from handover import clock
from handover.i18n import N_
from handover.model.project import Project
from handover.pack.drawing import DrawingPages
from handover.pack.outline import Block, Cover, Fact, Note, PackOutline, Section
from handover.pack.packs.blocking import blocking
from handover.pack.packs.changes import FormerEdition, changes
from handover.pack.packs.controlled import NOT_CONTROLLED, Control
from handover.pack.packs.dossier import systems_told
from handover.pack.packs.free_pages import FreePage
from handover.pack.packs.kinds import PACK_KINDS, PackKind, pack_kind
from handover.pack.packs.readers import Readers
from handover.pack.packs.registers_in_pack import chapter_blocks
from handover.pack.packs.sides import names_of, signing
from handover.pack.packs.sign_page import sign_blocks
from handover.pack.packs.steering import lights, wanted
from handover.pack.packs.summary import summary
from handover.pack.reading import PackReading
from handover.registers.figures.blockers import blocked
from handover.store.history import last_change
from handover.store.workspace import Workspace
from handover.wording import Language, Text, Words, said, shown

#: The part that is signed.
SIGN_OFF = "sign_off"
BLOCKERS = "blockers"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the pack that can be chosen or left out."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class PackContents:
    """What a pack is to hold.

    Args:
        kind: which chapters there are to choose from.
        chosen: the keys of the parts in their order; all by default, in the order of the kind.
        systems: the keys of the systems that it is about.
        group: the key of the working group that it is about.
        control: who answers for it, what it is for and who gets it.
        since: the edition since which changes are told.
        custody: in words, when custody passes.
        pages: in one's own words.
        readers: who reads it, and so what may stand in it.
    """

    kind: PackKind = field(default_factory=lambda: pack_kind("full"))
    chosen: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    group: str = ""
    control: Control = NOT_CONTROLLED
    since: FormerEdition | None = None
    custody: str = ""
    pages: tuple[FreePage, ...] = ()
    readers: Readers = "parties"


@dataclass(frozen=True, slots=True)
class _OwnPart:
    """A part that no chapter brings."""

    title: str
    build: Callable[[PackReading, PackContents], tuple[Block, ...]]


_OWN = {
    "summary": _OwnPart(N_("Summary of the project"), lambda reading, _: summary(reading)),
    "lights": _OwnPart(N_("Where the handover stands"), lambda reading, _: lights(reading)),
    "wanted": _OwnPart(N_("Gates and decisions wanted"), lambda reading, _: wanted(reading)),
    "system": _OwnPart(N_("The systems of this dossier"), lambda reading, _: systems_told(reading)),
    BLOCKERS: _OwnPart(N_("What blocks the handover"), lambda reading, _: blocking(reading)),
    "changes": _OwnPart(
        N_("What changed since the last edition"),
        lambda reading, asked: changes(reading, asked.since) if asked.since is not None else (),
    ),
}
_SIGNED = N_("Sign-off")


def parts(kind: PackKind = PACK_KINDS[0], pages: Sequence[FreePage] = ()) -> tuple[Part, ...]:
    """All parts of a kind, in the order that they have unless another one is chosen: what all of it comes to, pages in
    one's own words, its chapters, further such pages, the signatures."""
    return (
        *(Part(key, _OWN[key].title) for key in kind.own),
        *(Part(page.key, page.title) for page in pages if page.place == "front"),
        *(Part(chapter.key, chapter.name) for chapter in kind.chapters()),
        *(Part(page.key, page.title) for page in pages if page.place != "front"),
        *((Part(SIGN_OFF, _SIGNED),) if kind.signed else ()),
    )


def outline_of(
    workspace: Workspace,
    project: Project,
    language: Language,
    chosen: tuple[str, ...] = (),
    contents: PackContents | None = None,
) -> PackOutline:
    """The pack of a project, a draft until it is issued.

    Args:
        chosen: the keys of the parts; all by default.
        contents: what it is to hold, where that isn't all of the project.
    """
    asked = contents or PackContents()
    if chosen:
        asked = replace(asked, chosen=chosen)
    reading = read_for_pack(workspace, project, asked)
    kind = asked.kind
    return PackOutline(
        title=said(kind.title),
        subtitle=said(kind.subtitle),
        cover=Cover(project.name, project.code, reading.signing.parties, _cover_facts(project)),
        number=_draft_number(project),
        made_at=_made_at(),
        language=language,
        sections=_sections(reading, asked),
        source=workspace.path.name,
        front=not kind.short,
        origin=_origin(workspace, project),
        draft=True,
        control=replace(asked.control, kind=said(kind.name), scope=_scope(reading)),
    )


def read_for_pack(workspace: Workspace, project: Project, asked: PackContents) -> PackReading:
    """What all parts of a pack are made from."""
    with workspace.read() as connection:
        names = names_of(connection, project)
        system = asked.systems[0] if len(asked.systems) == 1 else None
        return PackReading(
            workspace,
            project,
            tuple(blocked(connection, project.id)),
            names,
            signing(connection, project, names, system),
            as_of=clock.today(),
            about=asked.systems,
            group=asked.group,
            readers=asked.readers,
        )


def _sections(reading: PackReading, asked: PackContents) -> tuple[Section, ...]:
    """The sections in their order; chapters of which there is nothing are named in the first one."""
    kind = asked.kind
    by_key = {chapter.key: chapter for chapter in kind.chapters()}
    pages = {page.key: page for page in asked.pages}
    found: list[Section] = []
    annexes: list[Section] = []
    empty: list[str] = []
    signed = -1
    for key in asked.chosen or tuple(part.key for part in parts(kind, asked.pages)):
        if key in kind.own:
            if blocks := _OWN[key].build(reading, asked):
                found.append(Section(key, said(_OWN[key].title), blocks))
        elif key in pages:
            found += pages[key].sections()
        elif key in by_key:
            chapter = by_key[key]
            told = chapter_blocks(chapter, reading)
            if not told.body and not told.annex:
                empty.append(chapter.name)
            if told.body:
                found.append(Section(chapter.key, said(chapter.name), told.body))
            if told.annex and kind.annexes:
                annexes += _annex(chapter.key, said(chapter.name), told.annex)
        elif key == SIGN_OFF and kind.signed:
            signed = len(found)
            found.append(Section(SIGN_OFF, said(_SIGNED)))
    if empty and found and not reading.scoped:
        at = 1 if signed == 0 and len(found) > 1 else 0
        found[at] = replace(found[at], blocks=(*found[at].blocks, _nothing_in(empty)))
    if signed >= 0:
        chapters = [each for each in found if each.level == 1]
        exceptions = next((str(n) for n, each in enumerate(chapters, 1) if each.key == BLOCKERS), "")
        found[signed] = replace(found[signed], blocks=sign_blocks(reading, exceptions, asked.custody))
    return (*found, *annexes)


def _annex(key: str, title: Words, blocks: Iterable[Block]) -> list[Section]:
    """The annex of a chapter; drawings that have pages of their own are a section of it."""
    drawn = [block for block in blocks if isinstance(block, DrawingPages)]
    others = tuple(block for block in blocks if not isinstance(block, DrawingPages))
    found = [Section(f"annex-{key}", title, others, annex=True)]
    found += [
        Section(f"annex-{key}-{n}", block.title or title, (block,), 2, annex=True) for n, block in enumerate(drawn, 1)
    ]
    return found if others else [replace(each, level=1) for each in found[1:]]


def _nothing_in(names: Iterable[str]) -> Note:
    told = [said(name) for name in names]
    listed = Text(", ".join(name.en for name in told), "、".join(name.zh for name in told))
    return Note(said(N_("Nothing is entered yet in: {chapters}."), chapters=listed), "neutral")


def _scope(reading: PackReading) -> Words:
    """Which systems or which group a pack is about."""
    about = reading.about_group
    if not reading.about:
        return about
    names = [each.system.name for each in reading.blocked if each.system and each.system.id in reading.about]
    systems = "; ".join(names[:6]) + (f" +{len(names) - 6}" if len(names) > 6 else "")
    return f"{about}: {systems}" if about else systems


def single_outline(
    workspace: Workspace, project: Project, language: Language, section: Section, number: str, *annexes: Section
) -> PackOutline:
    """One register or chart of a project on its own, without a cover; ``number`` is what follows the project's code."""
    return PackOutline(
        title=section.title,
        cover=Cover(project.name, project.code),
        number=f"{project.code}-{number}",
        made_at=_made_at(),
        language=language,
        sections=(section, *annexes),
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


def draft_stem(project: Project, language: Language, kind: PackKind = PACK_KINDS[0]) -> str:
    """The name of the files of a draft, without the suffix."""
    return f"{_draft_number(project)} {pack_title(language, kind)}"


def pack_title(language: Language, kind: PackKind = PACK_KINDS[0]) -> str:
    """The title of the pack in its language, as an issued pack is listed."""
    return shown(said(kind.title), language, " ")
