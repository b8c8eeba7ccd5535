"""Issued things: what was given out under a number, frozen as it was, and superseded but never changed."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from handover.i18n import N_
from handover.model.base import Row, link, state
from handover.model.lifecycle import Lifecycle, Step
from handover.model.vocabulary import Option

ISSUED_STATUS = Lifecycle(
    (
        Option("issued", "In force", "ok", ("issued", "有效")),
        Option("superseded", "Superseded", "neutral", ("replaced",)),
        Option("void", "Void", "neutral", ("withdrawn",)),
    ),
    steps=(
        Step("supersede", N_("Supersede"), ("issued",), "superseded"),
        Step("void", N_("Void it"), ("issued",), "void", asks=("void_because",)),
    ),
    closed=frozenset({"superseded", "void"}),
    locked=frozenset({"issued", "superseded", "void"}),
    stays_open=frozenset({"notes"}),
)


class Issued(Row):
    """A paper that was issued: a pack, a transmittal, minutes, a charter, a certificate.

    ``outline`` is the paper as JSON of ``outline_version``, from which it is printed again byte for byte;
    ``pdf_sha256`` names the file that was given out. ``about_table`` and ``about_id`` name the row that it is of.
    """

    __tablename__ = "issued"
    __table_args__ = (
        UniqueConstraint("project_id", "ref"),
        UniqueConstraint("project_id", "kind", "number", "edition"),
        Index(None, "project_id", "deleted_at", "id"),
        Index(None, "about_id"),
    )
    prefix: ClassVar[str] = "ISS"

    kind: Mapped[str] = mapped_column(String(40))
    number: Mapped[str] = mapped_column(String(100))
    edition: Mapped[int] = mapped_column(default=1)
    title: Mapped[str] = mapped_column(String(300))
    status: Mapped[str] = state(ISSUED_STATUS)
    supersedes_id: Mapped[str | None] = mapped_column(String(32), ForeignKey("issued.id"), index=True)
    about_table: Mapped[str | None] = mapped_column(String(40))
    about_id: Mapped[str | None] = mapped_column(String(32))
    issued_on: Mapped[dt.date]
    issued_by_id: Mapped[str | None] = link("person")
    language: Mapped[str] = mapped_column(String(8))
    outline_version: Mapped[int] = mapped_column(default=1)
    outline: Mapped[str] = mapped_column(Text)
    pdf_sha256: Mapped[str | None] = mapped_column(String(64))
    void_because: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)
