"""Organisations and people of both sides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from handover.i18n import N_
from handover.model.base import Problem, Row, choice, link
from handover.model.dialect import within
from handover.model.vocabulary import Option, Vocabulary

SIDE = Vocabulary(
    (
        Option("project", "Project side", "info", ("project", "项目", "投产方", "建设方")),
        Option("operations", "Operations side", "ok", ("operations", "operation", "operator", "运营", "生产方")),
        Option("third", "Third party", "neutral", ("vendor", "supplier", "供应商", "厂家", "第三方")),
    )
)

ORGANISATION_ROLE = Vocabulary(
    (
        Option("owner", "Client", aliases=("owner", "业主", "甲方")),
        Option("contractor", "General contractor", aliases=("EPC", "总包")),
        Option("commissioning", "Commissioning contractor", aliases=("调试",)),
        Option("operator", "Operator", aliases=("运营",)),
        Option("supplier", "Supplier", aliases=("vendor", "厂家")),
        Option("designer", "Design institute", aliases=("设计",)),
        Option("supervisor", "Supervision", aliases=("监理",)),
        Option("other", "Other"),
    )
)

RISK_LEVEL = Vocabulary(
    (
        Option("5", "5 within a year", "danger", ("5",)),
        Option("4", "4 within three years", "warning", ("4",)),
        Option("3", "3 within four years", "info", ("3",)),
        Option("2", "2 within five years", "neutral", ("2",)),
        Option("1", "1 later or unlikely", "neutral", ("1",)),
    )
)


def must_have(values: Mapping[str, Any], *keys: str) -> Iterator[Problem]:
    """A problem for each of the fields that is empty."""
    for key in keys:
        value = values.get(key)
        if value is None or (isinstance(value, str) and not value.strip()):
            yield Problem(key, N_("This field must be filled in."))


def must_name(values: Mapping[str, Any], *links: str) -> Iterator[Problem]:
    """A problem for each of the links, by field, that names no row."""
    for key in links:
        if not values.get(f"{key}_id"):
            yield Problem(key, N_("This field must be filled in."))


class Organisation(Row):
    """A company or department that takes part."""

    __tablename__ = "organisation"
    prefix: ClassVar[str] = "ORG"

    name: Mapped[str] = mapped_column(String(200))
    short_name: Mapped[str | None] = mapped_column(String(60))
    side: Mapped[str | None] = choice(SIDE)
    role: Mapped[str | None] = choice(ORGANISATION_ROLE)
    address: Mapped[str | None] = mapped_column(String(300))
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """An organisation needs a name."""
        return must_have(values, "name")


class Person(Row):
    """Somebody of the project, of operations or of a third party."""

    __tablename__ = "person"
    prefix: ClassVar[str] = "PER"

    name: Mapped[str] = mapped_column(String(100))
    organisation_id: Mapped[str | None] = link("organisation")
    side: Mapped[str | None] = choice(SIDE)
    post: Mapped[str | None] = mapped_column(String(100))
    discipline: Mapped[str | None] = mapped_column(String(60))
    phone: Mapped[str | None] = mapped_column(String(60))
    email: Mapped[str | None] = mapped_column(String(120))
    shift: Mapped[str | None] = mapped_column(String(60))
    account: Mapped[str | None] = mapped_column(String(100))
    leaves_on: Mapped[dt.date | None]
    retention_risk: Mapped[str | None] = choice(RISK_LEVEL)
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A person needs a name."""
        return must_have(values, "name")

    @classmethod
    def leaving(cls) -> ColumnElement[bool]:
        """Leaves the project between today and four weeks from now."""
        return within(cls.leaves_on, 28)
