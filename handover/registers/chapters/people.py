"""The registers of people and organisations."""

from __future__ import annotations

from handover.i18n import N_, NC_
from handover.model.people import Organisation, Person
from handover.registers.chapter import Chapter, InPack
from handover.registers.declare import Column, Register, View

PEOPLE = Register(
    key="people",
    icon="user",
    model=Person,
    name=N_("People"),
    aliases=("person", "persons", "contacts"),
    columns=(
        Column("name", N_("Name"), 18),
        Column("organisation", N_("Organisation"), 22),
        Column("side", N_("Side"), 16),
        Column("post", N_("Post"), 20),
        Column("discipline", N_("Discipline"), 14),
        Column("phone", N_("Phone"), 16, group=NC_("form", "How to reach them"), internal=True),
        Column("email", N_("E-mail"), 24, copied=False),
        Column("shift", N_("Shift"), 10, False, group=NC_("form", "On site")),
        Column("account", N_("Account on this computer"), 14, False, copied=False, internal=True),
        Column("leaves_on", N_("Leaves on"), 12, internal=True),
        Column("retention_risk", N_("Risk of leaving"), 16, False, internal=True),
        Column("notes", N_("Notes"), 30, False, group=NC_("form", "Other"), internal=True),
    ),
    display=("name",),
    match=(("email",), ("name", "organisation"), ("name",)),
    views=(View("leaving", N_("Leaving within four weeks")),),
    empty=N_("No people yet. Add those of both sides, or import a contact list."),
)  # fmt: skip

ORGANISATIONS = Register(
    key="organisations",
    icon="building-2",
    model=Organisation,
    name=N_("Organisations"),
    aliases=("organisation", "organizations", "companies"),
    columns=(
        Column("name", N_("Organisation name"), 30),
        Column("short_name", N_("Short name"), 14),
        Column("side", N_("Side"), 16),
        Column("role", N_("Role in the project"), 20),
        Column("address", N_("Address"), 30, False),
        Column("notes", N_("Notes"), 30, False),
    ),
    display=("name",),
    match=(("name",), ("short_name",)),
    empty=N_("No organisations yet. Add the companies and departments that take part."),
)  # fmt: skip

CHAPTER = Chapter(
    "people",
    N_("People and organisations"),
    "people",
    (PEOPLE, ORGANISATIONS),
    pack=(InPack("organisations"), InPack("people")),
    order=90,
)
