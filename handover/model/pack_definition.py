"""Packs as they are defined: what is in one, for whom, and who answers for it, so that it can be made again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from handover.i18n import N_
from handover.model.base import Problem, Row, choice, link
from handover.model.documents.document import CONFIDENTIALITY
from handover.model.issued import PACK_KIND, PACK_PURPOSE
from handover.model.people import must_have
from handover.model.vocabulary import Option, Vocabulary

PACK_LANGUAGE = Vocabulary(
    (
        Option("both", "Chinese and English", aliases=("both", "zh+en", "中英文")),
        Option("zh", "Chinese", aliases=("zh", "中文")),
        Option("en", "English", aliases=("en", "英文")),
    )
)


#: Who reads a pack, and so what may stand in it.
PACK_READERS = Vocabulary(
    (
        Option("parties", "The parties to the handover", "neutral", ("parties", "both sides", "双方", "各方")),
        Option("own", "Our own side alone", "warning", ("own side", "internal", "本方", "内部")),
        Option("outside", "People outside the parties", "info", ("outside", "external", "外部", "公开")),
    )
)

PAGE_PLACE = Vocabulary(
    (
        Option("front", "Before the chapters", "neutral", ("front", "前置")),
        Option("back", "Behind the chapters", "neutral", ("back", "后置")),
    )
)


class PackCover(Row):
    """A cover as a company has it, for many packs: its text, and its signs as attached pictures.

    Attributes:
        cover_text: what stands on the cover; “{project}”, “{code}” and “{day}” stand for what they name.
        foot: what stands at the foot of each page, such as the name of a form.
    """

    __tablename__ = "pack_cover"
    prefix: ClassVar[str] = "PKC"

    name: Mapped[str] = mapped_column(String(200))
    organisation_id: Mapped[str | None] = link("organisation")
    cover_text: Mapped[str | None] = mapped_column(Text)
    foot: Mapped[str | None] = mapped_column(String(120))
    classification: Mapped[str | None] = choice(CONFIDENTIALITY)
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """It needs a name."""
        yield from must_have(values, "name")


class PackDefinition(Row):
    """A pack that is made again and again.

    Attributes:
        chapters: the keys of its parts in their order, apart by commas; all of its kind where it is empty.
        audience: in words, for whom it is made, as the cover says it.
        readers: who reads it, and so what may stand in it.
        cover_id: the company's cover that it has.
        systems: the numbers of the systems that it is about, apart by commas.
        custody: in words, when custody passes.
        distribution: who gets it, one a line.
        cover_text: what the cover says besides.
    """

    __tablename__ = "pack_definition"
    prefix: ClassVar[str] = "PKD"

    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = choice(PACK_KIND, "full")
    language: Mapped[str] = choice(PACK_LANGUAGE, "both")
    chapters: Mapped[str | None] = mapped_column(Text)
    systems: Mapped[str | None] = mapped_column(Text)
    group_id: Mapped[str | None] = link("working_group")
    audience: Mapped[str | None] = mapped_column(String(200))
    readers: Mapped[str | None] = choice(PACK_READERS)
    cover_id: Mapped[str | None] = link("pack_cover")
    purpose: Mapped[str | None] = choice(PACK_PURPOSE)
    classification: Mapped[str | None] = choice(CONFIDENTIALITY)
    distribution: Mapped[str | None] = mapped_column(Text)
    prepared_by_id: Mapped[str | None] = link("person")
    checked_by_id: Mapped[str | None] = link("person")
    approved_by_id: Mapped[str | None] = link("person")
    custody: Mapped[str | None] = mapped_column(String(200))
    cover_text: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """It needs a name; a dossier needs systems, the pack of a group its group."""
        yield from must_have(values, "name")
        if values.get("kind") == "dossier" and not str(values.get("systems") or "").strip():
            yield Problem("systems", N_("Name the systems that the dossier is about."))
        if values.get("kind") == "group" and not values.get("group_id"):
            yield Problem("group", N_("Name the working group that the pack is about."))


class PackPage(Row):
    """A page of a pack in one's own words.

    Attributes:
        number: within its pack; “page-2” names the second one among the chapters.
        text: what it says, as rich text.
    """

    __tablename__ = "pack_page"
    prefix: ClassVar[str] = "PKP"
    part_of: ClassVar[str] = "definition_id"

    definition_id: Mapped[str] = mapped_column(String(32), ForeignKey("pack_definition.id"), index=True)
    number: Mapped[int | None]
    title: Mapped[str] = mapped_column(String(200))
    place: Mapped[str] = choice(PAGE_PLACE, "front")
    text: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """It needs a heading and its pack."""
        yield from must_have(values, "title", "definition_id")
