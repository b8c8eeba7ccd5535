"""The registers of joint working groups and of the seats in them."""

from __future__ import annotations

from handover.i18n import N_
from handover.model.group import Member, WorkingGroup
from handover.registers.chapter import Chapter, InPack
from handover.registers.declare import Column, Kind, Register, View

GROUPS = Register(
    key="groups",
    icon="users",
    model=WorkingGroup,
    name=N_("Working groups"),
    aliases=("working_groups", "working group", "group"),
    columns=(
        Column("name", N_("Group"), 28, also=("Name", "Group name", "Working group", "小组名称", "名称", "工作组")),
        Column("scope", N_("Scope"), 34, also=("范围",)),
        Column("charter", N_("Charter"), 30, False, also=("章程", "职责")),
        Column("shared_goals", N_("Shared goals"), 34, also=("Goals", "共同目标", "目标")),
        Column("sponsor", N_("Executive sponsor"), 16, also=("Sponsor", "高层发起人", "发起人")),
        Column("started_on", N_("Set up on"), 12, also=("Start", "成立日期", "开始日期")),
        Column("ends_on", N_("Ends on"), 12, also=("End", "终止日期", "结束日期")),
        Column("status", N_("Status"), 16, also=("状态",)),
        Column("dissolves_when", N_("Dissolves when"), 30, False, also=("解散条件",)),
        Column("notes", N_("Notes"), 30, False, also=("Remarks", "备注")),
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
        Column("group", N_("Group"), 26, also=("Working group", "小组", "工作组")),
        Column("person", N_("Person"), 18, also=("Name", "Member", "姓名", "成员")),
        Column("side", N_("Side"), 16, also=("Party", "所属方")),
        Column("role", N_("Role in the group"), 24, also=("Role", "角色", "组内角色")),
        Column("allocation", N_("Allocation"), 10, kind=Kind.PERCENT, also=("Share", "投入比例")),
        Column("from_on", N_("From"), 12, also=("起", "开始日期")),
        Column("to_on", N_("Until"), 12, also=("To", "止", "结束日期")),
        Column("replaces", N_("Replaces"), 16, False, also=("接替",)),
        Column("notes", N_("Notes"), 30, False, also=("Remarks", "备注")),
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
