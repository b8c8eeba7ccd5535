"""Schemes of a project: how the numbers of documents are built, and which codes revisions have in which order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from handover.model.base import Problem, Row
from handover.model.people import must_have
from handover.values import number_patterns, revision_codes


class NumberScheme(Row):
    """One way in which the numbers of documents are built. Where there are several, a number keeps to one of them.

    Attributes:
        pattern: as ``handover.values.number_patterns`` reads it.
        rank: its place among the schemes.
    """

    __tablename__ = "number_scheme"
    prefix: ClassVar[str] = "NSC"

    name: Mapped[str] = mapped_column(String(100))
    pattern: Mapped[str] = mapped_column(String(number_patterns.LONGEST))
    rank: Mapped[int | None]
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """It has a name and a pattern that can be read."""
        yield from must_have(values, "name")
        if (fault := number_patterns.pattern_fault(str(values.get("pattern") or ""))) is not None:
            yield Problem("pattern", *fault)


class RevisionScheme(Row):
    """The codes that revisions have, in their order. Where there are several, a document goes by that of its codes.

    Attributes:
        codes: as ``handover.values.revision_codes`` reads them.
        rank: its place among the schemes; the first is proposed for a document that has no revision yet.
    """

    __tablename__ = "revision_scheme"
    prefix: ClassVar[str] = "RSC"

    name: Mapped[str] = mapped_column(String(100))
    codes: Mapped[str] = mapped_column(String(revision_codes.LONGEST))
    rank: Mapped[int | None]
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """It has a name and codes that can be read."""
        yield from must_have(values, "name")
        if (fault := revision_codes.order_fault(str(values.get("codes") or ""))) is not None:
            yield Problem("codes", *fault)
