"""Attachments: the files that belong to a row, kept as a copy of their own or linked where they lie."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import BigInteger, ColumnElement, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from handover.errors import NotValid
from handover.file_names import refuse_name
from handover.i18n import N_
from handover.model.base import Problem, Row, choice
from handover.model.vocabulary import Option, Vocabulary

KEPT = Vocabulary(
    (
        Option("stored", "Stored", "ok"),
        Option("linked", "Linked", "info"),
    )
)


class Attachment(Row):
    """One file of a row. Who added it, and when, is told by the change log.

    Attributes:
        owner_table, owner_id: the row that it belongs to, in whatever register.
        kept: ``stored``: a copy lies in the files folder of the workspace, named by its hash; ``linked``: it lies at
            ``path``, which counts from the workspace's own folder unless it is absolute.
        sha256, size: of the content; of a linked file as it was when it was linked.
        modified: when a linked file was written last, in nanoseconds as its file system tells.
        position: its place among the files of its row.
    """

    __tablename__ = "attachment"
    prefix: ClassVar[str] = "ATT"

    owner_table: Mapped[str] = mapped_column(String(40))
    owner_id: Mapped[str] = mapped_column(String(32), index=True)
    name: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(100), default="application/octet-stream")
    kept: Mapped[str] = choice(KEPT, "stored")
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    path: Mapped[str | None] = mapped_column(Text)
    modified: Mapped[int | None] = mapped_column(BigInteger)
    caption: Mapped[str | None] = mapped_column(String(500))
    position: Mapped[float] = mapped_column(default=0.0)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A file needs a name that is safe everywhere, and a linked one the place where it lies."""
        try:
            refuse_name(str(values.get("name") or ""))
        except NotValid as error:
            yield Problem("name", error.message, error.values)
        if values.get("kept") == "linked" and not values.get("path"):
            yield Problem("path", N_("A linked file needs the place where it lies."))

    @classmethod
    def of(cls, row_id: Mapped[str]) -> ColumnElement[bool]:
        """Whether a row has files outside of the bin."""
        return select(cls.id).where(cls.owner_id == row_id, cls.deleted_at.is_(None)).exists()

    def belongs_to(self) -> tuple[str, str]:
        """The row whose file it is."""
        return self.owner_table, self.owner_id
