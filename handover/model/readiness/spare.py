"""Spare parts: what is recommended, what has come and lies in stock, and what is short of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Float, String, Text, and_, case, cast, func, literal
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from handover.i18n import N_, NC_, NN_
from handover.model.base import Due, Problem, Row, choice, link, state
from handover.model.dialect import greater
from handover.model.lifecycle import Lifecycle, Step
from handover.model.people import must_have
from handover.model.vocabulary import Option, Vocabulary

SPARE_CRITICALITY = Vocabulary(
    (
        Option("1", "1 Stops production", "danger", ("1", "A", "critical", "vital", "关键", "A类", "重要")),
        Option("2", "2 Reduces production", "warning", ("2", "B", "essential", "major", "B类", "较重要")),
        Option("3", "3 Can wait", "neutral", ("3", "C", "normal", "minor", "C类", "一般")),
    )
)

SPARE_STATUS = Lifecycle(
    (
        Option("required", NC_("spare", "To be ordered"), "warning", ("required", "待采购", "未采购")),
        Option("ordered", NC_("spare", "Ordered"), "info", ("ordered", "已订购", "已采购")),
        Option("shipped", NC_("spare", "On its way"), "info", ("shipped", "in transit", "在途")),
        Option("received", NC_("spare", "Received"), "info", ("received", "delivered", "已到货")),
        Option("inspected", NC_("spare", "Inspected"), "info", ("inspected", "已验收")),
        Option("in_stock", NC_("spare", "In stock"), "ok", ("in stock", "stored", "已入库")),
        Option("issued", NC_("spare", "Issued"), "neutral", ("issued", "used", "已领用")),
    ),
    steps=(
        Step("order", NC_("spare", "Ordered"), ("required",), "ordered", may=("order_no", "expected_on", "supplier")),
        Step("ship", NC_("spare", "On its way"), ("ordered",), "shipped", may=("expected_on",)),
        Step("receive", NC_("spare", "Received"), ("ordered", "shipped"), "received", asks=("received",)),
        Step("inspect", NC_("spare", "Inspected"), ("received",), "inspected"),
        Step("store", NC_("spare", "Put into stock"), ("received", "inspected"), "in_stock", asks=("stock",),
             may=("storage", "warehouse_code")),
        Step("issue", NC_("spare", "Issued"), ("in_stock",), "issued", asks=("stock",)),
        Step("reorder", NC_("spare", "To be ordered again"), ("received", "inspected", "in_stock", "issued"),
             "required", wipes=("order_no", "expected_on")),
    ),
    closed=frozenset({"in_stock", "issued"}),
)  # fmt: skip

_COUNTS = ("units", "per_unit", "installed", "rec_commissioning", "rec_two_years", "rec_capital", "received", "stock",
           "minimum", "maximum", "unit_price", "delivery_weeks", "shelf_life")  # fmt: skip


class SparePart(Due, Row):
    """A spare part as the SPIR lists it: for which equipment, how many are recommended, how many there are.

    Attributes:
        units, per_unit, installed: units of the equipment, parts in each, identical parts installed in all.
        rec_commissioning, rec_two_years, rec_capital: recommended for commissioning, for the first two years, and as
            insurance.
        minimum, maximum: of the stock; what is recommended stands in where no minimum is named.
        delivery_weeks, shelf_life: in weeks, in months.
    """

    __tablename__ = "spare_part"
    prefix: ClassVar[str] = "SPR"
    stands_as: ClassVar[tuple[str, str]] = NN_(
        "{n} spare part of {system} without which production stops is short: {refs}.",
        "{n} spare parts of {system} without which production stops are short: {refs}.",
    )

    item_no: Mapped[str | None] = mapped_column(String(60))
    description: Mapped[str] = mapped_column(String(300))
    system_id: Mapped[str | None] = link("system")
    tag: Mapped[str | None] = mapped_column(String(200))
    part_no: Mapped[str | None] = mapped_column(String(100), index=True)
    manufacturer: Mapped[str | None] = mapped_column(String(200))
    model: Mapped[str | None] = mapped_column(String(200))
    drawing: Mapped[str | None] = mapped_column(String(200))
    material: Mapped[str | None] = mapped_column(String(200))
    criticality: Mapped[str | None] = choice(SPARE_CRITICALITY)
    units: Mapped[float | None]
    per_unit: Mapped[float | None]
    installed: Mapped[float | None]
    rec_commissioning: Mapped[float | None]
    rec_two_years: Mapped[float | None]
    rec_capital: Mapped[float | None]
    minimum: Mapped[float | None]
    maximum: Mapped[float | None]
    uom: Mapped[str | None] = mapped_column(String(20))
    status: Mapped[str] = state(SPARE_STATUS)
    received: Mapped[float | None]
    stock: Mapped[float | None]
    expected_on: Mapped[dt.date | None]
    owner_id: Mapped[str | None] = link("person")
    supplier_id: Mapped[str | None] = link("organisation")
    order_no: Mapped[str | None] = mapped_column(String(60))
    unit_price: Mapped[float | None]
    currency: Mapped[str | None] = mapped_column(String(10))
    delivery_weeks: Mapped[float | None]
    shelf_life: Mapped[float | None]
    warehouse_code: Mapped[str | None] = mapped_column(String(60))
    storage: Mapped[str | None] = mapped_column(String(200))
    notes: Mapped[str | None] = mapped_column(Text)

    @hybrid_property
    def needed(self) -> float:
        """How many must be there: the minimum of the stock, else all that is recommended."""
        if self.minimum is not None:
            return self.minimum
        return sum(number or 0.0 for number in (self.rec_commissioning, self.rec_two_years, self.rec_capital))

    @needed.inplace.expression
    @classmethod
    def _needed(cls) -> ColumnElement[float]:
        recommended = [func.coalesce(each, 0) for each in (cls.rec_commissioning, cls.rec_two_years, cls.rec_capital)]
        return func.coalesce(cls.minimum, recommended[0] + recommended[1] + recommended[2], type_=Float())

    @hybrid_property
    def at_hand(self) -> float:
        """How many there are: what lies in stock, else what was received."""
        return self.stock if self.stock is not None else self.received or 0.0

    @at_hand.inplace.expression
    @classmethod
    def _at_hand(cls) -> ColumnElement[float]:
        return func.coalesce(cls.stock, cls.received, literal(0), type_=Float())

    @hybrid_property
    def shortfall(self) -> float:
        """How many are lacking."""
        return max(0.0, self.needed - self.at_hand)

    @shortfall.inplace.expression
    @classmethod
    def _shortfall(cls) -> ColumnElement[float]:
        return cast(greater(0, cls.needed - cls.at_hand), Float)

    @hybrid_property
    def to_buy(self) -> float | None:
        """What the lacking ones cost; None where no price is known."""
        return self.shortfall * self.unit_price if self.unit_price is not None else None

    @to_buy.inplace.expression
    @classmethod
    def _to_buy(cls) -> ColumnElement[float | None]:
        return case((cls.unit_price.is_(None), None), else_=cls.shortfall * cls.unit_price)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A spare part says what it is; its numbers aren't negative, and the maximum isn't below the minimum."""
        yield from must_have(values, "description")
        for key in _COUNTS:
            if (values.get(key) or 0) < 0:
                yield Problem(key, N_("This number can't be negative."))
        least, most = values.get("minimum"), values.get("maximum")
        if least is not None and most is not None and most < least:
            yield Problem("maximum", N_("The maximum is below the minimum."))

    @classmethod
    def short(cls) -> ColumnElement[bool]:
        """Fewer than there must be."""
        return cls.shortfall > 0

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Short, so that something is still to come."""
        return cls.short()

    @classmethod
    def stocked(cls) -> ColumnElement[bool]:
        """As many as there must be."""
        return cls.shortfall <= 0

    @classmethod
    def due_day(cls) -> Any:  # Any: as in Due
        """When what is ordered is expected."""
        return cls.expected_on

    @classmethod
    def blocking(cls) -> ColumnElement[bool]:
        """Short, and production stops without it."""
        return and_(cls.short(), cls.criticality == "1")

    @classmethod
    def unordered(cls) -> ColumnElement[bool]:
        """Short, and not ordered yet."""
        return and_(cls.short(), cls.status == "required")
