"""The registers of stakeholders and of the plan of communication."""

from __future__ import annotations

from handover.i18n import N_, NC_
from handover.model.teams.stakeholder import APPROACH, Communication, Stakeholder
from handover.registers.chapter import Chapter, Headline, InPack, OwnPage
from handover.registers.declare import Column, Register, View
from handover.registers.kinds import Kind

STAKEHOLDERS = Register(
    key="stakeholders",
    icon="user",
    model=Stakeholder,
    name=N_("Stakeholders"),
    aliases=("stakeholder", "干系人", "相关方", "利益相关者"),
    columns=(
        Column("name", N_("Stakeholder"), 26),
        Column("side", N_("Side"), 16),
        Column("organisation", N_("Organisation"), 24),
        Column("post", N_("Post"), 18, False),
        Column("person", N_("Person"), 16, False),
        Column(
            "influence", NC_("stakeholder", "Influence (1 to 5)"), 8, kind=Kind.GRADE, group=NC_("form", "Importance")
        ),
        Column("interest", NC_("stakeholder", "Interest (1 to 5)"), 8, kind=Kind.GRADE),
        Column("approach", NC_("stakeholder", "Approach"), 16, kind=Kind.CHOICE, words=APPROACH),
        Column("attitude", NC_("stakeholder", "Attitude"), 14, internal=True),
        Column("expects", NC_("stakeholder", "What they expect"), 34),
        Column("measures", NC_("stakeholder", "How they are won"), 34, False, internal=True),
        Column("owner", NC_("stakeholder", "Looked after by"), 14),
        Column("notes", N_("Notes"), 30, False),
    ),
    display=("name",),
    match=(("name",),),
    views=(
        View("closely", NC_("stakeholder", "Manage closely")),
        View("opposed", NC_("stakeholder", "Against it, with influence")),
    ),
    owner="owner",
    when_told=True,
    empty=N_("No stakeholders yet. Name who can help or hinder the handover, with influence and interest."),
)

COMMUNICATIONS = Register(
    key="communications",
    icon="messages-square",
    model=Communication,
    name=N_("Communication plan"),
    aliases=("communication", "communication plan", "沟通计划"),
    columns=(
        Column("content", NC_("communication", "What is told"), 36),
        Column("stakeholder", N_("Stakeholder"), 24),
        Column("audience", NC_("communication", "Or to whom else"), 24, False),
        Column("how_often", NC_("communication", "How often"), 16),
        Column("channel", NC_("communication", "Channel"), 14),
        Column("sender", NC_("communication", "Told by"), 14),
        Column("next_on", NC_("communication", "Next due"), 12),
        Column("sent_on", NC_("communication", "Last sent"), 12, copied=False),
        Column("ended_on", NC_("communication", "Ended on"), 12, False, copied=False),
        Column("notes", N_("Notes"), 30, False),
    ),
    display=("content",),
    match=(("stakeholder", "content"), ("content",)),
    views=(
        View("open", N_("Open")),
        View("overdue", N_("Overdue")),
        View("due_soon", N_("Due in two weeks")),
        View("to_nobody", N_("Nobody gets it")),
    ),
    due="next_on",
    owner="sender",
    when_told=True,
    empty=N_("Nothing is planned yet. Say what each stakeholder gets to hear, how often and by whom."),
)

CHAPTER = Chapter(
    "stakeholders",
    N_("Stakeholders and communication"),
    "people",
    (STAKEHOLDERS, COMMUNICATIONS),
    pages=(OwnPage("stakeholder_grid", N_("Stakeholder grid"), "crosshair"),),
    pack=(InPack("stakeholders"), InPack("communications")),
    headlines=(
        Headline(
            "communications",
            "overdue",
            N_("Communications overdue"),
            meaning=N_("Due before today and not done; of all communications."),
        ),
    ),
    order=28,
)
