"""The words of knowledge gaps: kinds, levels, ways of transfer and of verification, and the states of a gap."""

from __future__ import annotations

from handover.i18n import N_
from handover.model.lifecycle import Lifecycle, Step
from handover.model.picks.pick import PickList
from handover.model.vocabulary import Option, Vocabulary

KNOWLEDGE_TYPE = Vocabulary(
    (
        Option("explicit", "Explicit", aliases=("显性知识",)),
        Option("procedural", "Procedural", aliases=("操作类",)),
        Option("tacit", "Tacit", aliases=("隐性知识", "经验")),
        Option("relational", "Relations and contacts", aliases=("联系人",)),
        Option("decision", "Past decisions", aliases=("历史决策",)),
    )
)

ABOUT = Vocabulary(
    (
        Option("operate", "How to operate it", aliases=("operation", "操作", "运行")),
        Option("maintain", "How to maintain it", aliases=("maintenance", "维护", "检修")),
        Option("diagnose", "How to find faults", aliases=("diagnosis", "troubleshooting", "诊断", "故障诊断")),
        Option("configure", "How to set it up", aliases=("configuration", "配置", "参数设置")),
        Option("whom_to_call", "Whom to call", aliases=("contacts", "联系谁")),
        Option("why_so", "Why it was decided so", aliases=("decision", "决策原因")),
    )
)

LEVEL = Vocabulary(
    (
        Option("0", "0 None", "danger", ("0", "未接触", "无")),
        Option("1", "1 (I) Can explain with help", "warning", ("1", "I", "了解")),
        Option("2", "2 (L) Works under supervision", "info", ("2", "L", "指导下操作")),
        Option("3", "3 (U) Works alone", "ok", ("3", "U", "独立操作")),
        Option("4", "4 (O) Can teach", "ok", ("4", "O", "能教他人")),
    )
)

CRITICAL = Vocabulary(
    (
        Option("5", "5 Vital", "danger", ("5", "vital", "关键")),
        Option("4", "4 High", "warning", ("4", "high", "高")),
        Option("3", "3 Medium", "info", ("3", "medium", "中")),
        Option("2", "2 Low", "neutral", ("2", "low", "低")),
        Option("1", "1 Minor", "neutral", ("1", "minor", "很低")),
    )
)

TRANSFER_METHOD = PickList("transfer_method", N_("Ways of transfer"))

VERIFICATION = Vocabulary(
    (
        Option("teach_back", "Teach-back", aliases=("复述",)),
        Option("solo", "Alone under watch", aliases=("独立操作",)),
        Option("written", "Written test", aliases=("笔试",)),
        Option("drill", "Drill", aliases=("演练",)),
        Option("fault_simulation", "Fault simulation", aliases=("故障模拟",)),
    )
)

LAPSED = Vocabulary(
    (
        Option("ran_out", "Verification ran out", "danger", ("有效期已过",)),
        Option("left", "Receiver has left", "danger", ("接收人已离场",)),
        Option("changed", "Its document was revised since", "danger", ("资料已改版",)),
        Option("item_changed", "The item was changed since", "danger", ("知识项已变更",)),
    )
)

#: What an item says: where one of these comes to say something else, what was verified of it expires.
SUBSTANCE = frozenset({"title", "description", "about", "system_id", "document_id", "written"})
#: What a verification fills in of a gap.
VERIFIED_FIELDS = ("verified_level", "verified_by", "verified_on", "verification", "valid_until", "evidence")
_WIPED = ("verified_level", "verified_by", "verified_on", "verification")
_WORK = ("identified", "planned", "in_transfer", "demonstrated", "verified", "expired")
#: The states of a gap, the worst first: an item is as far as the receiver who is least far.
WORST_FIRST = ("expired", "identified", "planned", "in_transfer", "demonstrated", "accepted_gap", "verified")


def _gap_life(*stays_open: str) -> Lifecycle:
    """The lifecycle of a gap. The field's own list leaves an expired one without a way back to its verification; here
    it is planned anew."""
    return Lifecycle(
        (
            Option("identified", "Identified", "warning", ("识别", "open", "未开始")),
            Option("planned", "Planned", "info", ("计划",)),
            Option("in_transfer", "In transfer", "info", ("转移中", "in progress", "进行中")),
            Option("demonstrated", "Demonstrated, to verify", "info", ("已演示", "待验证")),
            Option("verified", "Verified", "ok", ("验证", "closed", "已关闭", "完成")),
            Option("expired", "Expired", "danger", ("过期",)),
            Option("accepted_gap", "Gap accepted", "warning", ("接受",)),
        ),
        steps=(
            Step("plan", N_("Plan the transfer"), ("identified", "expired"), "planned"),
            Step("begin", N_("Begin the transfer"), ("planned",), "in_transfer"),
            Step("demonstrate", N_("Demonstrated"), ("in_transfer",), "demonstrated"),
            Step(
                "verify",
                N_("Verify"),
                ("demonstrated",),
                "verified",
                by="verified_by",
                on="verified_on",
                may=("verified_level", "verification", "valid_until", "evidence"),
                needs="unverified",
            ),
            Step("try_again", N_("Not yet: transfer on"), ("demonstrated",), "in_transfer"),
            Step("expire", N_("Let it expire"), ("verified",), "expired", wipes=_WIPED),
            Step("accept_gap", N_("Accept the gap"), _WORK, "accepted_gap", asks=("accepted_because",)),
        ),
        closed=frozenset({"verified", "accepted_gap"}),
        locked=frozenset({"verified", "accepted_gap"}),
        stays_open=frozenset({"notes", *VERIFIED_FIELDS, *stays_open}),
    )


GAP_STATUS = _gap_life(
    "holder", "holder_until", "sole_holder", "attrition", "documented", "document", "written", "receiver", "method",
    "baseline_level", "current_level", "due_on", "accepted_because",
    # Where one of these says something else, what was verified expires (``model.knowledge.expiring``).
    "title", "description", "about", "system", "target_level",
)  # fmt: skip
RECEIVER_STATUS = _gap_life("method", "due_on", "provisional_level", "current_level")
