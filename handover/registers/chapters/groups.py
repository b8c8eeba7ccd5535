"""The registers of joint working groups, of their seats, systems and goals, and of people lent to the other side."""

from __future__ import annotations

from handover.i18n import N_, NC_
from handover.model.group import GroupSystem, Member, WorkingGroup
from handover.model.teams.goal import GOAL_STATUS, TREND, Goal, GoalFigure
from handover.model.teams.secondment import SECONDMENT_STATUS, Secondment, SecondmentCover
from handover.registers.chapter import Chapter, Headline, InPack, OwnPage, PaperKind
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
        Column("purpose", N_("Purpose"), 34, False),
        Column("scope", N_("Scope"), 34),
        Column("charter", N_("Charter"), 30, False),
        Column("sponsor", N_("Executive sponsor"), 16, group=NC_("form", "Lead and term")),
        Column("started_on", N_("Set up on"), 12),
        Column("ends_on", N_("Ends on"), 12),
        Column("status", N_("Status"), 16),
        Column("dissolves_when", N_("Dissolves when"), 30, False),
        Column("regularise_within", N_("Stops regularised within (hours)"), 12, False),
        Column("notes", N_("Notes"), 30, False, group=NC_("form", "Other")),
    ),
    display=("name",),
    match=(("name",),),
    views=(View("open", N_("Open")), View("leaderless", N_("Without both leads"))),
    due="ends_on",
    owner="sponsor",
    files=True,
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
    views=(
        View("present", N_("In the group today")),
        View("leads", N_("Leads")),
        View("overloaded", N_("Over 100 %")),
    ),
    empty=N_("No members yet. Give the working group members of both sides."),
)  # fmt: skip

GROUP_SYSTEMS = Register(
    key="group_systems",
    icon="layers",
    model=GroupSystem,
    name=N_("Systems of groups"),
    aliases=("systems of groups", "小组系统"),
    columns=(
        Column("group", N_("Group"), 26),
        Column("system", N_("System"), 26),
        Column("notes", N_("Notes"), 30),
    ),
    display=("system", "group"),
    match=(("group", "system"),),
    empty=N_("No systems yet. Name the systems that the group takes over."),
)  # fmt: skip

GOALS = Register(
    key="goals",
    icon="target",
    model=Goal,
    name=N_("Shared goals"),
    aliases=("goal", "shared goals", "共同目标", "共同指标"),
    columns=(
        Column("group", N_("Group"), 26),
        Column("number", N_("No."), 6),
        Column("name", N_("Goal"), 40),
        Column("target", NC_("goal", "Target"), 10),
        Column("actual", NC_("goal", "Actual"), 10, kind=Kind.NUMBER),
        Column("unit", N_("Unit"), 10),
        Column("trend", NC_("goal", "Trend"), 14, kind=Kind.CHOICE, words=TREND),
        Column("status", N_("Status"), 14, kind=Kind.CHOICE, words=GOAL_STATUS),
        Column("due_on", N_("Due"), 12),
        Column("better", NC_("goal", "What is better"), 16, False, group=NC_("form", "How it is measured")),
        Column("meaning", NC_("goal", "How it is measured"), 30, False),
        Column("counted", NC_("goal", "Counted by the program"), 20, False),
        Column("project_owner", NC_("goal", "Answers for the project"), 16, group=NC_("form", "Owners")),
        Column("operations_owner", NC_("goal", "Answers for operations"), 16),
        Column("notes", N_("Notes"), 30, False),
    ),
    display=("name",),
    match=(("group", "name"), ("name",)),
    listed=True,
    due="due_on",
    owner="project_owner",
    views=(View("short", NC_("goal", "Not reached")), View("reached", NC_("goal", "Reached"))),
    empty=N_("No goals yet. Agree on goals that both sides own, each with a target."),
)  # fmt: skip

GOAL_FIGURES = Register(
    key="goal_figures",
    icon="chart-line",
    model=GoalFigure,
    name=N_("Figures of goals"),
    aliases=("figures of goals", "目标实绩"),
    columns=(
        Column("goal", N_("Goal"), 34),
        Column("period_on", N_("Period until"), 12),
        Column("actual", NC_("goal", "Actual"), 10),
        Column("notes", N_("Notes"), 30),
    ),
    display=("goal", "period_on"),
    match=(("goal", "period_on"),),
    empty=N_("No figures yet. Type in what was reached in each period."),
)  # fmt: skip

SECONDMENTS = Register(
    key="secondments",
    icon="log-out",
    model=Secondment,
    name=N_("Secondments"),
    aliases=("secondment", "驻场", "随岗", "派驻"),
    columns=(
        Column("person", N_("Person"), 18),
        Column("lent_to", NC_("secondment", "Where to"), 26),
        Column("from_on", N_("From"), 12),
        Column("to_on", N_("Until"), 12),
        Column("share", NC_("secondment", "Share of time"), 10, kind=Kind.PERCENT),
        Column("status", N_("Status"), 12, kind=Kind.CHOICE, words=SECONDMENT_STATUS),
        Column("host", NC_("secondment", "Looked after by"), 16),
        Column("task", NC_("secondment", "Task there"), 34),
        Column("group", N_("Group"), 24, False),
        Column("shift", N_("Shift"), 12, False),
        Column("notes", N_("Notes"), 30, False),
    ),
    display=("person",),
    match=(("person", "from_on"), ("person", "lent_to")),
    views=(
        View("running", NC_("secondment", "Running")),
        View("ending_soon", NC_("secondment", "Ends within four weeks")),
        View("beyond_whole", N_("Over 100 %")),
    ),
    due="to_on",
    owner="person",
    empty=N_("No secondments yet. Note who works with the other side, from when to when, and what he or she covers."),
)  # fmt: skip

COVER = Register(
    key="secondment_cover",
    icon="shield-check",
    model=SecondmentCover,
    name=N_("Covered by secondments"),
    aliases=("secondment cover", "派驻覆盖"),
    columns=(
        Column("secondment", N_("Secondment"), 20),
        Column("system", N_("System"), 24),
        Column("knowledge", N_("Knowledge item"), 28),
        Column("item", NC_("secondment", "What else"), 28),
        Column("notes", N_("Notes"), 30, False),
    ),
    display=("system", "secondment"),
    match=(("secondment", "system", "item"),),
    empty=N_("Nothing yet. Name the systems that are covered."),
)  # fmt: skip

CHAPTER = Chapter(
    "groups",
    N_("Joint working groups"),
    "people",
    (GROUPS, MEMBERS, GROUP_SYSTEMS, GOALS, GOAL_FIGURES, SECONDMENTS, COVER),
    pages=(
        OwnPage("organisation_chart", N_("Organisation chart"), "split"),
        OwnPage("secondment_coverage", N_("Coverage by secondments"), "chart-gantt"),
    ),
    pack=(
        InPack("groups"),
        InPack("members", group_by="group"),
        InPack("goals", group_by="group"),
        InPack("secondments"),
    ),
    headlines=(
        Headline(
            "groups",
            "leaderless",
            N_("Groups without both leads"),
            meaning=N_("Not dissolved, and without exactly one lead of each side today; of all working groups."),
        ),
    ),
    papers=(PaperKind("charter", "{project}-CH-{n:02}"),),
    order=20,
)
