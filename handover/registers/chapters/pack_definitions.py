"""The packs that a project makes again and again, as they are defined."""

from __future__ import annotations

from handover.i18n import N_, NC_
from handover.model.pack_definition import PackCover, PackDefinition, PackPage
from handover.registers.chapter import Chapter
from handover.registers.declare import Column, Register
from handover.registers.kinds import Kind

PACK_DEFINITIONS = Register(
    key="pack-definitions",
    icon="archive",
    model=PackDefinition,
    name=N_("Packs to make"),
    aliases=("packs", "pack definitions", "移交包定义"),
    columns=(
        Column("name", N_("Name of the pack"), 30),
        Column("kind", N_("Kind of pack"), 22),
        Column("language", N_("Language"), 16),
        Column("chapters", N_("Chapters, by key"), 24, False, group=NC_("form", "What is in it")),
        Column("systems", N_("Systems, by number"), 20),
        Column("group", N_("Group"), 24, False),
        Column("audience", N_("Audience"), 20),
        Column("readers", N_("Who reads it"), 18),
        Column("cover", N_("Cover of the company"), 18, False),
        Column("purpose", N_("Issued for"), 14, group=NC_("form", "Control")),
        Column("classification", N_("Classification of the pack"), 14),
        Column("distribution", N_("Distribution"), 24, False),
        Column("prepared_by", N_("Prepared by"), 14),
        Column("checked_by", N_("Checked by"), 14),
        Column("approved_by", N_("Approved by"), 14),
        Column("custody", N_("When custody passes"), 24, False),
        Column("cover_text", N_("Text on the cover"), 24, False),
        Column("notes", N_("Notes"), 30, False, group=NC_("form", "Other")),
    ),
    display=("name",),
    match=(("name",),),
    owner="prepared_by",
    files=True,
    when_told=True,
    empty=N_(
        "No packs are defined yet. Define one with its kind, chapters and signatures, and make it again each month."
        " A picture attached as “logo” stands on its cover."
    ),
)

PACK_PAGES = Register(
    key="pack-pages",
    icon="file-text",
    model=PackPage,
    name=N_("Pages of packs"),
    aliases=("pack pages", "free pages", "移交包自由页"),
    columns=(
        Column("definition", N_("Pack"), 24),
        Column("number", N_("No."), 6, copied=False),
        Column("title", N_("Heading of the page"), 30),
        Column("place", N_("Place in the pack"), 18),
        Column("text", N_("Text of the page"), 40, kind=Kind.RICH),
    ),
    display=("title",),
    match=(("definition", "title"),),
    empty=N_("No pages yet. Write a page in your own words, such as a letter to the reader."),
)

PACK_COVERS = Register(
    key="pack-covers",
    icon="archive",
    model=PackCover,
    name=N_("Covers of packs"),
    aliases=("pack covers", "cover templates", "移交包封面模板"),
    columns=(
        Column("name", N_("Name of the cover"), 24),
        Column("organisation", N_("Organisation"), 24),
        Column("cover_text", N_("Text on the cover"), 40),
        Column("foot", N_("At the foot of each page"), 24),
        Column("classification", N_("Classification of the pack"), 14),
        Column("notes", N_("Notes"), 30, False, group=NC_("form", "Other")),
    ),
    display=("name",),
    match=(("name",),),
    files=True,
    empty=N_("No covers yet. A cover has the company's text and signs; attach the pictures as “logo” and “logo-2”."),
)

CHAPTER = Chapter(
    "pack_definitions", N_("Packs to make"), "handover", (PACK_DEFINITIONS, PACK_PAGES, PACK_COVERS), order=895
)
