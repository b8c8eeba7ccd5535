"""A part of a pack to be looked at while it is put together: its first pages, without making the whole.

Only the part that is looked at is read, of each of its tables the first rows, and no page is set beyond those that are
looked at: the first one is there in the same time, however long the part is. Its number is that of a draft.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from handover.jobs import Progress, unattended
from handover.model.project import Project
from handover.pack.contents import PackContents, outline_of, parts
from handover.pack.drawing import DrawingPages
from handover.pack.outline import Block, PackOutline, Row, Rows, Section, TableBlock
from handover.pack.pdf.document import write_pdf
from handover.store.workspace import Workspace
from handover.wording import Language, said

#: The part that is shown first: the cover, with the contents of all that is chosen; all of a kind that has no cover.
COVER = "cover"
#: So much is looked at of each table, of the drawings, of a section, and of what belongs to a part.
_ROWS, _DRAWINGS, _BLOCKS, _SECTIONS = 30, 1, 4, 3
#: The cover and what follows it before the first part.
_FRONT = 2


@dataclass(frozen=True, slots=True)
class PreviewPages:
    """How many pages were set, and whether the part goes on behind them."""

    pages: int
    goes_on: bool


def preview_of(
    workspace: Workspace,
    project: Project,
    contents: PackContents,
    part: str,
    language: Language,
    to: Path,
    progress: Progress = unattended,
    most: int = 0,
) -> PreviewPages:
    """Write the first pages of a part of a pack as a PDF.

    Args:
        part: the key of a part of the kind, or ``COVER``.
        most: so many pages are enough; 0 for as many as the beginning of the part has.

    Raises:
        Cancelled: something else is looked at by now. HandoverError: the file can't be written.
    """
    if part == COVER and not contents.kind.short:
        cover = outline_of(workspace, project, language, contents=replace(contents, chosen=("",)))
        printed = write_pdf(replace(cover, sections=_named(contents)), to, progress=progress, most=_FRONT)
        return PreviewPages(printed.pages, False)
    chosen = contents.chosen if part == COVER else (part,)
    outline = outline_of(workspace, project, language, contents=replace(contents, chosen=chosen))
    shown = replace(outline, front=False, sections=tuple(map(_begun, outline.sections[:_SECTIONS])))
    printed = write_pdf(_something(shown), to, progress=progress, most=most)
    return PreviewPages(printed.pages, printed.goes_on)


def _named(contents: PackContents) -> tuple[Section, ...]:
    """The parts that are chosen, by their headings alone."""
    titles = {each.key: said(each.title) for each in parts(contents.kind, contents.pages)}
    return tuple(Section(key, titles[key]) for key in contents.chosen or titles if key in titles)


def _begun(section: Section) -> Section:
    """A section of which each block is no longer than what is looked at."""
    return replace(section, blocks=tuple(map(_first, section.blocks[:_BLOCKS])))


def _first(block: Block) -> Block:
    if isinstance(block, TableBlock):
        return replace(block, rows=Rows(lambda: _begin(block.rows)), count=None)
    if isinstance(block, DrawingPages):
        return replace(block, drawings=tuple(islice(block.drawings, _DRAWINGS)))
    return block


def _begin(rows: Iterable[Row]) -> Iterable[Row]:
    return islice(rows, _ROWS)


def _something(outline: PackOutline) -> PackOutline:
    """An outline without a page has the title of the pack on one."""
    return outline if outline.sections else replace(outline, front=True)
