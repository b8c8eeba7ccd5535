"""Issued things: what was given out under a number, frozen as it was, and superseded but never changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, ForeignKey, Index, String, Text, UniqueConstraint, and_, exists
from sqlalchemy.orm import Mapped, aliased, mapped_column, object_session

from handover.errors import Reason
from handover.i18n import N_
from handover.model.base import Problem, Row, choice, link, state
from handover.model.lifecycle import Lifecycle, Step
from handover.model.people import must_name
from handover.model.steps import Taker
from handover.model.vocabulary import Option, Vocabulary

PAPER = Vocabulary(
    (
        Option("pack", "Handover pack"),
        Option("transmittal", "Transmittal note"),
        Option("minutes", "Minutes"),
        Option("charter", "Charter"),
        Option("certificate", "Certificate"),
        Option("box_list", "List of a box handed over"),
        Option("transfer_plan", "Knowledge-transfer plan"),
        Option("verification_sheet", "Verification sheets"),
        Option("interview_guide", "Interview guide"),
        Option("run_proof", "Proof of a proving run"),
        Option("gate_report", "Report of a gate"),
        Option("readiness_pack", "Readiness pack"),
        Option("readings_sheet", "Sheet of readings"),
        Option("parameter_chain", "Chain of a parameter"),
    )
)

PACK_KIND = Vocabulary(
    (
        Option("full", "Full pack"),
        Option("steering", "Steering committee, two pages"),
        Option("dossier", "Dossier of systems"),
        Option("group", "Pack of a working group"),
        Option("knowledge", "Knowledge-transfer plan"),
        Option("readiness", "Readiness pack"),
        Option("closing", "Closing report"),
    )
)

PACK_PURPOSE = Vocabulary(
    (
        Option("review", "For review", aliases=("IFR", "供审查", "送审")),
        Option("signature", "For signature", aliases=("for signing", "供签署", "送签")),
        Option("as_signed", "As signed", "ok", ("signed", "签署版")),
        Option("information", "For information", aliases=("IFI", "供参考")),
    )
)

#: Papers with which something is given to the other side, as minutes and charters aren't.
_HANDS_OVER = ("pack", "transmittal", "certificate", "box_list")

ISSUED_STATUS = Lifecycle(
    (
        Option("issued", "In force", "ok", ("issued", "有效")),
        Option("superseded", "Superseded", "neutral", ("replaced",)),
        Option("void", "Void", "neutral", ("withdrawn",)),
    ),
    steps=(
        Step("supersede", N_("Supersede"), ("issued",), "superseded", needs="unreplaced"),
        Step("void", N_("Void it"), ("issued",), "void", asks=("void_because",)),
    ),
    closed=frozenset({"superseded", "void"}),
    locked=frozenset({"issued", "superseded", "void"}),
    stays_open=frozenset({"notes"}),
)


class Issued(Row):
    """A paper that was issued: a pack, a transmittal, minutes, a charter, a certificate.

    Attributes:
        supersedes_id: the edition, or the paper, in whose place it stands.
        about_table, about_id: the row that it is of; none for one of the whole project.
        outline: the paper as frozen JSON of ``outline_version``, from which it is printed again.
        pdf_sha256: of the file that was given out, which is kept among the files of the row.
        pack_kind, purpose, changes: of a pack, what kind it is, what it was issued for and what it changed.
    """

    __tablename__ = "issued"
    __table_args__ = (
        UniqueConstraint("project_id", "ref"),
        UniqueConstraint("project_id", "kind", "number", "edition"),
        Index(None, "project_id", "deleted_at", "id"),
        Index(None, "about_id"),
    )
    prefix: ClassVar[str] = "ISS"

    kind: Mapped[str] = choice(PAPER)
    number: Mapped[str] = mapped_column(String(100))
    edition: Mapped[int]
    title: Mapped[str] = mapped_column(String(300))
    status: Mapped[str] = state(ISSUED_STATUS)
    supersedes_id: Mapped[str | None] = mapped_column(String(32), ForeignKey("issued.id"), index=True)
    about_table: Mapped[str | None] = mapped_column(String(40))
    about_id: Mapped[str | None] = mapped_column(String(32))
    issued_on: Mapped[dt.date]
    issued_by_id: Mapped[str | None] = link("person")
    language: Mapped[str] = mapped_column(String(8))
    outline_version: Mapped[int]
    outline: Mapped[str] = mapped_column(Text)
    pdf_sha256: Mapped[str] = mapped_column(String(64))
    pack_kind: Mapped[str | None] = choice(PACK_KIND)
    purpose: Mapped[str | None] = choice(PACK_PURPOSE)
    changes: Mapped[str | None] = mapped_column(Text)
    void_because: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def in_force(cls) -> ColumnElement[bool]:
        """Neither superseded nor void."""
        return cls.status == "issued"

    @classmethod
    def handed_over(cls) -> ColumnElement[bool]:
        """Something was handed over with it, and it isn't void."""
        return and_(cls.kind.in_(_HANDS_OVER), cls.status != "void")

    def unreplaced(self, _taker: Taker) -> Iterator[Reason]:
        """A paper is superseded by the one that is issued in its place, not by saying so."""
        session = object_session(self)
        if session is None:
            return
        if any(isinstance(row, Issued) and row.supersedes_id == self.id for row in session.new):
            return
        after = aliased(Issued)
        if not session.query(exists().where(after.supersedes_id == self.id, after.deleted_at.is_(None))).scalar():
            yield Reason(
                N_("{number} is superseded when its next edition is issued. Issue that, or void this one."),
                {"number": self.number},
            )


class SignedCopy(Row):
    """A copy of an issued paper that came back signed; its file is attached to it, and the paper stays as it was.

    Attributes:
        as_issued: the file begins with the PDF that was issued, byte for byte.
        signers: who signed it with a certificate, as its signatures say.
    """

    __tablename__ = "signed_copy"
    prefix: ClassVar[str] = "SGC"
    part_of: ClassVar[str] = "issued_id"
    outlives_lock: ClassVar[bool] = True

    issued_id: Mapped[str] = mapped_column(String(32), ForeignKey("issued.id"), index=True)
    signed_on: Mapped[dt.date]
    as_issued: Mapped[bool] = mapped_column(default=False)
    signers: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """It is a copy of a paper."""
        yield from must_name(values, "issued")
