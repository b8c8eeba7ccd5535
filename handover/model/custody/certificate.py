"""Certificates: what is handed over with which exceptions; custody passes with the last signature."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, String, Text, inspect
from sqlalchemy.orm import InstanceState, Mapped, mapped_column

from handover.i18n import N_, NC_
from handover.model.base import Problem, Row, link, state
from handover.model.lifecycle import Lifecycle, Step
from handover.model.people import must_have
from handover.model.picks.pick import pick
from handover.model.vocabulary import Option

CERTIFICATE_STATUS = Lifecycle(
    (
        Option("draft", NC_("certificate", "Draft"), "neutral", ("草稿",)),
        Option("issued", "Out for signature", "warning", ("signing", "签署中", "已送签")),
        Option("in_force", NC_("certificate", "In force"), "ok", ("signed", "effective", "生效", "已签署")),
        Option("void", "Void", "neutral", ("作废",)),
    ),
    steps=(
        Step("issue", N_("Issue for signature"), ("draft",), "issued", on="issued_on"),
        Step("take_effect", N_("Put in force"), ("issued",), "in_force", on="effective_on", after=("issued_on",)),
        Step("take_back", N_("Take back to draft"), ("issued",), "draft", asks=("taken_back_because",),
             wipes=("issued_on",), counts="taken_back"),
        Step("void", N_("Void it"), ("in_force",), "void", asks=("void_because",), on="voided_on",
             after=("effective_on",)),
    ),
    closed=frozenset({"in_force", "void"}),
    locked=frozenset({"issued", "in_force", "void"}),
    stays_open=frozenset({"notes", "number"}),  # the number comes with the last signature, before the state does
)  # fmt: skip


class Certificate(Row):
    """The paper by which custody of a system, and of all below it, passes from one side to the other.

    Attributes:
        number: drawn with the last signature, when the certificate comes into force.
        reason: why custody goes back, of a return certificate.
        keys_handed: keys, tools and codes; ``meter_readings``: counters as they stood.
    """

    __tablename__ = "certificate"
    prefix: ClassVar[str] = "CRT"

    number: Mapped[str | None] = mapped_column(String(100), index=True)
    kind_id: Mapped[str | None] = pick("certificate_kind")
    system_id: Mapped[str] = link("system")
    status: Mapped[str] = state(CERTIFICATE_STATUS)
    scope: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    documents: Mapped[str | None] = mapped_column(Text)
    keys_handed: Mapped[str | None] = mapped_column(Text)
    meter_readings: Mapped[str | None] = mapped_column(Text)
    insurance: Mapped[str | None] = mapped_column(Text)
    warranty_from: Mapped[dt.date | None]
    place: Mapped[str | None] = mapped_column(String(200))
    issued_on: Mapped[dt.date | None]
    effective_on: Mapped[dt.date | None]
    taken_back: Mapped[int | None]
    taken_back_because: Mapped[str | None] = mapped_column(Text)
    voided_on: Mapped[dt.date | None]
    void_because: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A certificate is of a kind and of a system."""
        return must_have(values, "kind_id", "system_id")

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Neither in force nor void."""
        return cls.status.not_in(CERTIFICATE_STATUS.closed)

    @classmethod
    def to_sign(cls) -> ColumnElement[bool]:
        """Out for signature."""
        return cls.status == "issued"

    @classmethod
    def in_force(cls) -> ColumnElement[bool]:
        """Signed by everybody, and not void."""
        return cls.status == "in_force"


def just_issued(certificate: Certificate) -> bool:
    """Whether it is issued for signature in this act, in which its lists are made."""
    row: InstanceState[Certificate] = inspect(certificate)
    return row.pending or "draft" in (row.attrs.status.history.deleted or ())
