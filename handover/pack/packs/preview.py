"""A part of a pack to be looked at while it is put together: its first pages, without making the whole.

Only the part that is looked at is read, and of each of its tables the first rows; its number is that of a draft.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from pathlib import Path

from handover.jobs import Progress, unattended
from handover.model.project import Project
from handover.pack.contents import PackContents, outline_of
from handover.pack.drawing import DrawingPages
from handover.pack.outline import Block, PackOutline, Row, Rows, Section, TableBlock
from handover.pack.pdf.document import write_pdf
from handover.store.workspace import Workspace
from handover.wording import Language

#: The part that is shown first: the cover, with the contents of all that is chosen.
COVER = "cover"
#: So much is looked at of each table, of the drawings, of a section, and of what belongs to a part.
_ROWS, _DRAWINGS, _BLOCKS, _SECTIONS = 30, 1, 4, 3


def preview_of(
    workspace: Workspace,
    project: Project,
    contents: PackContents,
    part: str,
    language: Language,
    to: Path,
    progress: Progress = unattended,
) -> int:
    """Write the first pages of a part of a pack as a PDF; returns how many they are.

    Args:
        part: the key of a part of the kind, or ``COVER``.

    Raises:
        Cancelled: something else is looked at by now. HandoverError: the file can't be written.
    """
    if part == COVER:
        outline = outline_of(workspace, project, language, contents=replace(contents, chosen=("",)))
        return write_pdf(outline, to, progress=progress).pages
    outline = outline_of(workspace, project, language, contents=replace(contents, chosen=(part,)))
    shown = replace(outline, front=False, sections=tuple(map(_begun, outline.sections[:_SECTIONS])))
    return write_pdf(_something(shown), to, progress=progress).pages


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
