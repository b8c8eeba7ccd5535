"""The register of pick lists: the words, letters and order that a site chooses for itself."""

from __future__ import annotations

from handover.i18n import N_
from handover.model.picks.pick import Pick
from handover.registers.chapter import Chapter, OwnPage
from handover.registers.declare import Column, Register, View

PICKS = Register(
    key="picks",
    icon="tag",
    model=Pick,
    name=N_("Pick list entries"),
    aliases=("pick", "pick_lists", "lists"),
    columns=(
        Column("list", N_("List"), 18),
        Column("code", N_("Code"), 10),
        Column("en", N_("English"), 26),
        Column("zh", N_("Chinese"), 22),
        Column("meaning", N_("Meaning"), 28),
        Column("tone", N_("Colour"), 10),
        Column("position", N_("Order"), 8, False),
        Column("also", N_("Also called"), 30, False),
        Column("retired", N_("Retired"), 9),
    ),
    display=("code", "en"),
    named="word",
    short="code",
    tone="tone",
    match=(("list", "code"), ("list", "en"), ("list", "zh")),
    views=(View("offered", N_("Offered")), View("gone", N_("Retired"))),
    order="place",
    empty=N_("No entries yet. Take the lists of an industry, or import your own."),
)  # fmt: skip

CHAPTER = Chapter(
    "picks",
    N_("Pick lists"),
    "settings",
    (PICKS,),
    pages=(OwnPage("pick_lists", N_("Pick lists"), "tag"),),
    order=900,
)
