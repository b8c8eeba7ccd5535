"""The register of boxes: where the originals lie."""

from __future__ import annotations

from handover.i18n import N_, NC_
from handover.model.documents.box import Box
from handover.registers.chapter import Chapter, Headline, PaperKind
from handover.registers.declare import Column, Register, View

BOXES = Register(
    key="boxes",
    icon="archive",
    model=Box,
    name=N_("Boxes of originals"),
    aliases=("box", "案卷", "档案盒"),
    columns=(
        Column("code", N_("Box label"), 16, copied=False),
        Column("title", N_("Title"), 34),
        Column("status", N_("Status"), 16),
        Column("room", N_("Room"), 14, group=NC_("form", "Where it is")),
        Column("cabinet", N_("Cabinet"), 12),
        Column("shelf", NC_("of a cabinet", "Shelf"), 10),
        Column("keeper", N_("Kept by"), 16, group=NC_("form", "Responsibility")),
        Column("retention", N_("Kept for"), 12, False),
        Column("given_by", N_("Given by"), 14, False),
        Column("taken_by", N_("Taken by"), 14, False),
        Column("handed_over_on", N_("Handed over on"), 12),
        Column("taken_back_because", N_("Why it was taken back"), 24, False),
        Column("notes", N_("Notes"), 30, False),
    ),
    display=("code", "title"),
    match=(("code",),),
    views=(View("open", N_("Being filled")),),
    owner="keeper",
    files=True,
    on_label=("code", "title", "room", "cabinet", "shelf", "retention"),
    empty=N_("No boxes yet. Add the boxes and folders in which the originals lie."),
)

CHAPTER = Chapter(
    "boxes",
    N_("Boxes of originals"),
    "documents",
    (BOXES,),
    headlines=(
        Headline(
            "documents",
            "lent_too_long",
            N_("Originals not given back in time"),
            meaning=N_("The original is lent and should have been given back; of all documents."),
        ),
    ),
    papers=(PaperKind("box_list", "{project}-BX-{n:03}", keeps_number=False),),
    order=46,
)
