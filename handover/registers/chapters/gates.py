"""The registers of gates and of those who sign."""

from __future__ import annotations

from handover.i18n import N_
from handover.model.gate import Gate
from handover.model.signatory import Signatory
from handover.registers.chapter import Chapter, InPack
from handover.registers.declare import Column, Register, View

GATES = Register(
    key="gates",
    icon="shield-check",
    model=Gate,
    name=N_("Gates"),
    aliases=("gate", "gate reviews"),
    columns=(
        Column("code", N_("Code"), 10, also=("Gate code", "Gate no.", "关口代码", "关口编号", "编号")),
        Column("name", N_("Gate"), 32, also=("Name", "Gate name", "关口", "阶段门", "关口名称", "名称")),
        Column("phase", N_("Phase"), 22, also=("Stage", "阶段")),
        Column("milestone", N_("Milestone"), 24, also=("里程碑", "节点")),
        Column("review_on", N_("Review on"), 12, also=("Review date", "评审日期", "评审时间")),
        Column("position", N_("Order"), 8, False, also=("Sequence", "Seq", "顺序", "排序")),
        Column("chair", N_("Chair"), 16, also=("Chaired by", "主持人", "主持")),
        Column("notes", N_("Notes"), 30, False, also=("Remarks", "Comments", "备注", "说明")),
    ),
    display=("name",),
    match=(("code",), ("name",)),
    views=(View("ahead", N_("Review ahead")), View("due_soon", N_("Due in two weeks"))),
    due="review_on",
    owner="chair",
    order="place",
    empty=N_("No gates yet. List the reviews that a phase must pass."),
)  # fmt: skip

SIGNATORIES = Register(
    key="signatories",
    icon="pencil",
    model=Signatory,
    name=N_("Signatories"),
    aliases=("signatory", "signers"),
    columns=(
        Column("signs_for", N_("Signs for"), 16, also=("For", "What for", "签署对象", "签字事项")),
        Column("system", N_("System"), 18, also=("Subsystem", "系统")),
        Column("gate", N_("Gate"), 20, False, also=("关口", "阶段门")),
        Column("role", N_("Signing role"), 20, also=("Role", "角色", "签字角色")),
        Column("person", N_("Person"), 18, also=("Name", "Signatory", "姓名", "签字人")),
        Column("side", N_("Side"), 16, also=("Party", "所属方")),
        Column("sign_seq", N_("Signing order"), 9, also=("Order", "Sequence", "签字顺序", "顺序")),
        Column("is_signer", N_("Signs"), 8, also=("Signer", "是否签字", "是否签字方")),
        Column("notes", N_("Notes"), 30, False, also=("Remarks", "备注", "说明")),
    ),
    display=("person", "role"),
    match=(("signs_for", "system", "person"), ("signs_for", "system", "role")),
    views=(View("signing", N_("Signing")), View("unnamed", N_("Without a person"))),
    order="place",
    empty=N_("No signatories yet. Say who signs certificates, packs and gates, and in which order."),
)  # fmt: skip

CHAPTER = Chapter(
    "gates",
    N_("Gates and signatories"),
    "handover",
    (GATES, SIGNATORIES),
    pack=(InPack("gates"), InPack("signatories", group_by="signs_for")),
    order=82,
)
