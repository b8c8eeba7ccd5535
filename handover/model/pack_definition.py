"""Packs as they are defined: what is in one, for whom, and who answers for it, so that it can be made again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import String, Text
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


class PackDefinition(Row):
    """A pack that is made again and again.

    Attributes:
        chapters: the keys of its parts, apart by commas; all of its kind where it is empty.
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
