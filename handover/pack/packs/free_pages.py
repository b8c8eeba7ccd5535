"""Pages of a pack in one's own words: headings, paragraphs and lists out of rich text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select

from handover.model.pack_definition import PackPage
from handover.pack.outline import Paragraph, PictureBlock, Section
from handover.pack.rich_text import blocks_of_part, parts_of


@dataclass(frozen=True, slots=True)
class FreePage:
    """A page that is written for a pack.

    Args:
        key: by which it is chosen and ordered among the chapters, such as ``page-1``.
        place: ``front`` or ``back``, where the order of the chapters doesn't say.
        text: rich text.
    """

    key: str
    title: str
    place: str = "front"
    text: str = ""

    def sections(self) -> Iterator[Section]:
        """A chapter, with a section for each heading in the text."""
        body: list[Section] = []
        first: tuple[Paragraph | PictureBlock, ...] = ()
        for part in parts_of(self.text):
            blocks = blocks_of_part(part, _caption_alone)
            if part.heading:
                body.append(Section(f"{self.key}-{len(body) + 1}", part.heading, blocks, 2))
            else:
                first = blocks
        yield Section(self.key, self.title, first)
        yield from body


def _caption_alone(_address: str, _caption: str) -> None:
    """A page of a pack has no pictures of its own; what one shows stands in the words."""


def pages_of_definition(connection: Connection, definition_id: str) -> tuple[FreePage, ...]:
    """The pages of a pack as it is defined, in their order."""
    query = (
        select(PackPage.number, PackPage.title, PackPage.place, PackPage.text)
        .where(PackPage.definition_id == definition_id, PackPage.deleted_at.is_(None))
        .order_by(PackPage.number, PackPage.id)
    )
    rows = connection.execute(query).all()
    return tuple(
        FreePage(f"page-{row.number or n}", row.title, row.place, row.text or "") for n, row in enumerate(rows, 1)
    )
