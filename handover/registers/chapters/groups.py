"""The registers of joint working groups and of the seats in them."""

from __future__ import annotations

from handover.i18n import N_, NC_
from handover.model.group import Member, WorkingGroup
from handover.registers.chapter import Chapter, InPack
from handover.registers.declare import Column, Register, View
from handover.registers.kinds import Kind

GROUPS = Register(
    key="groups",
    icon="users",
    model=WorkingGroup,
    name=N_("Working groups"),
    aliases=("working_groups", "working group", "group"),
    columns=(
        Column("name", N_("Group"), 28),
        Column("scope", N_("Scope"), 34),
        Column("charter", N_("Charter"), 30, False),
        Column("shared_goals", N_("Shared goals"), 34),
        Column("sponsor", N_("Executive sponsor"), 16, group=NC_("form", "Lead and term")),
        Column("started_on", N_("Set up on"), 12),
        Column("ends_on", N_("Ends on"), 12),
        Column("status", N_("Status"), 16),
        Column("dissolves_when", N_("Dissolves when"), 30, False),
        Column("notes", N_("Notes"), 30, False, group=NC_("form", "Other")),
    ),
    display=("name",),
    match=(("name",),),
    views=(View("open", N_("Open")),),
    due="ends_on",
    owner="sponsor",
    empty=N_("No working groups yet. Set up the first one, with a lead of the project and a lead of operations."),
)  # fmt: skip

MEMBERS = Register(
    key="members",
    icon="id-card",
    model=Member,
    name=N_("Group members"),
    aliases=("member", "group members", "seats"),
    columns=(
        Column("group", N_("Group"), 26),
        Column("person", N_("Person"), 18),
        Column("side", N_("Side"), 16),
        Column("role", N_("Role in the group"), 24),
        Column("allocation", N_("Allocation"), 10, kind=Kind.PERCENT),
        Column("from_on", N_("From"), 12),
        Column("to_on", N_("Until"), 12),
        Column("replaces", N_("Replaces"), 16, False),
        Column("notes", N_("Notes"), 30, False),
    ),
    display=("person", "group"),
    match=(("group", "person"),),
    listed=True,
    views=(View("present", N_("In the group today")),),
    empty=N_("No members yet. Give the working group members of both sides."),
)  # fmt: skip

CHAPTER = Chapter(
    "groups",
    N_("Joint working groups"),
    "people",
    (GROUPS, MEMBERS),
    pack=(InPack("groups"), InPack("members", group_by="group")),
    order=20,
)
