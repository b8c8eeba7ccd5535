"""The register of knowledge gaps."""

from __future__ import annotations

from handover.i18n import N_
from handover.model.knowledge import KnowledgeItem
from handover.registers.chapter import Advance, Chapter, Headline, InPack
from handover.registers.declare import Column, Kind, Register, View

KNOWLEDGE = Register(
    key="knowledge",
    icon="graduation-cap",
    model=KnowledgeItem,
    name=N_("Knowledge"),
    aliases=("knowledge_items", "knowledge gaps", "gaps"),
    columns=(
        Column("title", N_("Knowledge item"), 38, also=("Title", "Topic", "Knowledge", "Subject", "Skill", "Competence", "知识点", "知识名称", "知识项", "主题", "技能", "培训内容", "Knowledge area", "Task / knowledge", "知识", "知识点名称", "知识内容", "课程", "培训课程")),
        Column("description", N_("Description"), 30, False, also=("Details", "描述", "内容")),
        Column("kind", N_("Knowledge type"), 14, False, also=("Type", "Category", "知识类型", "类型", "类别")),
        Column("system", N_("System"), 18, also=("Subsystem", "Area", "系统", "子系统", "所属系统")),
        Column("criticality", N_("Criticality"), 12, also=("Importance", "Priority", "关键度", "重要度", "重要性", "Criticality (1-5)", "关键程度", "重要程度")),
        Column("rarity", N_("Rarity"), 12, False, also=("稀缺度",)),
        Column("attrition", N_("Risk of leaving"), 14, False, also=("Attrition risk", "Retention risk", "流失风险", "离职风险", "流失因子", "Attrition factor")),
        Column("loss_risk", N_("Loss risk"), 9, False, kind=Kind.INTEGER),
        Column("consequence", N_("Consequence of loss"), 30, False, also=("Impact", "后果", "影响")),
        Column("documented", N_("Documented"), 8, False, also=("Written down", "是否文档化", "有无文件")),
        Column("document", N_("Document"), 20, False, also=("Manual", "Reference document", "相关文件", "文件", "Evidence document", "参考文件")),
        Column("holder", N_("Holder"), 14, also=("Knowledge holder", "Expert", "From", "Trainer", "知识持有人", "持有人", "移交人", "传授人", "讲师", "Current holder", "Knowledge owner", "知识拥有者", "交出人")),
        Column("sole_holder", N_("Sole holder"), 8, False, also=("Only holder", "唯一持有人", "是否唯一")),
        Column("holder_until", N_("Holder available until"), 12, False, also=("Leaves on", "Available until", "持有人离场日期", "可用至", "持有人离场", "离场日期")),
        Column("receiver", N_("Receiver"), 14, also=("Recipient", "Successor", "Trainee", "To", "接收人", "接替人", "学员", "New owner", "接班人", "受训人")),
        Column("method", N_("Transfer method"), 16, also=("Method", "Training method", "转移方式", "方式", "培训方式", "方法")),
        Column("baseline_level", N_("Level at start"), 12, False, also=("Baseline level", "Initial level", "初始水平", "初始等级", "Current level at start")),
        Column("current_level", N_("Current level (own view)"), 14, False, also=("Current level", "Self-assessment", "当前水平", "自评水平")),
        Column("target_level", N_("Target level"), 14, also=("Required level", "Target", "目标水平", "要求水平", "目标等级")),
        Column("verified_level", N_("Verified level"), 14, also=("Assessed level", "验证水平", "考核水平", "已验证等级", "验证等级")),
        Column("gap", N_("Gap"), 6, kind=Kind.INTEGER),
        Column("verified_by", N_("Verified by"), 14, False, also=("Assessor", "验证人", "考核人")),
        Column("verified_on", N_("Verified on"), 12, False, also=("Verified", "Assessment date", "验证日期", "考核日期")),
        Column("verification", N_("Verification method"), 14, False, also=("Assessment method", "验证方式", "考核方式")),
        Column("valid_until", N_("Valid until"), 12, False, also=("Expires", "有效期至")),
        Column("evidence", N_("Evidence"), 20, False, also=("Record", "佐证", "证据", "记录")),
        Column("due_on", N_("Due"), 12, also=("Due date", "Planned date", "Target date", "计划完成日期", "截止日期", "计划日期", "计划完成", "计划完成时间", "Planned finish", "完成时限")),
        Column("required_for", N_("Required for"), 16, False, also=("Gate", "Milestone", "所需节点")),
        Column("status", N_("Status"), 18, also=("State", "状态")),
        Column("accepted_because", N_("Why the gap is accepted"), 24, False, also=("接受理由",)),
        Column("notes", N_("Notes"), 30, False, also=("Remarks", "Comments", "备注", "说明")),
    ),
    display=("title",),
    match=(("system", "title"), ("title",)),
    views=(
        View("open", N_("Open")),
        View("overdue", N_("Overdue")),
        View("due_soon", N_("Due in two weeks")),
        View("critical", N_("Critical")),
        View("at_risk", N_("At risk of loss")),
    ),
    due="due_on",
    owner="holder",
    empty=N_("No knowledge items yet. Write down what only the project team knows today, or import a list."),
)  # fmt: skip

CHAPTER = Chapter(
    "knowledge",
    N_("Knowledge gaps"),
    "knowledge",
    (KNOWLEDGE,),
    pack=(InPack("knowledge"),),
    headlines=(Headline("knowledge", "at_risk", N_("Knowledge items at risk")),),
    advances=(Advance("knowledge", N_("Knowledge gaps closed"), done="closed"),),
    order=50,
)
