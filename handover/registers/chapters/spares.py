"""The register of spare parts."""

from __future__ import annotations

from handover.i18n import N_, NC_
from handover.model.readiness.spare import SparePart
from handover.registers.chapter import Advance, Chapter, Headline, InPack
from handover.registers.declare import Column, Register, View
from handover.registers.kinds import Kind

SPARES = Register(
    key="spares",
    icon="package",
    model=SparePart,
    name=N_("Spare parts"),
    aliases=("spare", "spare parts", "spare parts list", "SPIR", "备品备件", "备件", "备件清单"),
    columns=(
        Column("item_no", N_("Item no."), 10),
        Column("description", N_("Description of the part"), 34),
        Column("system", N_("System"), 16),
        Column("tag", N_("Equipment tag"), 16),
        Column("part_no", N_("Part no."), 16),
        Column("criticality", NC_("spare", "Criticality"), 14),
        Column("status", N_("Status"), 14),
        Column("needed", N_("Needed"), 8, kind=Kind.NUMBER, group=NC_("form", "Stock against need")),
        Column("at_hand", N_("There are"), 8, kind=Kind.NUMBER),
        Column("shortfall", N_("Short"), 8, kind=Kind.NUMBER),
        Column("uom", N_("Unit of measure"), 8, False),
        Column("minimum", N_("Minimum stock"), 8, False),
        Column("maximum", N_("Maximum stock"), 8, False),
        Column("received", N_("Quantity received"), 8, False, copied=False),
        Column("stock", N_("Quantity in stock"), 8, False, copied=False),
        Column("rec_commissioning", N_("Recommended for commissioning"), 8, False, group=NC_("form", "Recommended")),
        Column("rec_two_years", N_("Recommended for two years"), 8, False),
        Column("rec_capital", N_("Insurance spares recommended"), 8, False),
        Column("units", N_("Units of the equipment"), 8, False),
        Column("per_unit", N_("Parts per unit"), 8, False),
        Column("installed", N_("Parts installed in all"), 8, False),
        Column("manufacturer", N_("Manufacturer"), 18, False, group=NC_("form", "What it is")),
        Column("model", NC_("spare", "Model"), 16, False),
        Column("drawing", N_("Drawing and position"), 16, False),
        Column("material", N_("Material specification"), 16, False),
        Column("expected_on", N_("Expected on"), 12, group=NC_("form", "Order")),
        Column("owner", N_("Owner"), 14, False),
        Column("supplier", N_("Supplier"), 18, False),
        Column("order_no", N_("Order no."), 14, False, copied=False),
        Column("unit_price", N_("Unit price"), 10, False),
        Column("currency", N_("Currency"), 8, False),
        Column("to_buy", N_("Cost of what is short"), 10, False, kind=Kind.NUMBER),
        Column("delivery_weeks", N_("Delivery (weeks)"), 8, False),
        Column("shelf_life", N_("Shelf life (months)"), 8, False, group=NC_("form", "Where it lies")),
        Column("warehouse_code", N_("Warehouse code"), 14, False),
        Column("storage", N_("Storage place"), 16, False),
        Column("notes", N_("Notes"), 30, False, group=NC_("form", "Other")),
    ),
    display=("description",),
    match=(("item_no",), ("tag", "part_no"), ("part_no", "description"), ("tag", "description")),
    views=(
        View("short", N_("Short")),
        View("blocking", N_("Short, and production stops")),
        View("unordered", N_("Short and not ordered")),
        View("overdue", N_("Overdue")),
        View("due_soon", N_("Due in two weeks")),
    ),
    due="expected_on",
    owner="owner",
    files=True,
    when_told=True,
    empty=N_("No spare parts yet. Import the supplier's list (SPIR), or list what must lie in stock."),
)

CHAPTER = Chapter(
    "spares",
    N_("Spare parts"),
    "readiness",
    (SPARES,),
    pack=(InPack("spares", group_by="system"),),
    headlines=(
        Headline("spares", "blocking", N_("Spare parts short without which production stops")),
        Headline("spares", "short", N_("Spare parts short")),
    ),
    advances=(Advance("spares", N_("Spare parts in stock"), done="stocked"),),
    order=72,
)
