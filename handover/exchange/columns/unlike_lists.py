"""Lists of things for which there is no register: spare parts, warranties; told by their headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from handover.exchange.columns.mapping import ColumnMapping
from handover.exchange.notice import Notice
from handover.exchange.tables.heading_text import plain
from handover.i18n import N_, tr
from handover.registers.catalogue import by_hand
from handover.registers.declare import Register


@dataclass(frozen=True, slots=True)
class UnlikeList:
    """A kind of list; ``register`` is the key of the register that such lists would go into."""

    name: str
    register: str
    telling: re.Pattern[str]
    with_it: re.Pattern[str]
    #: What such lists don't say; one that does is something else.
    without: re.Pattern[str] | None = None


#: What says when work is done, what is wrong or who has a stake: such a list is one of those.
_OF_OTHERS = re.compile(
    r"defect|\bbugs?\b|\bissue|stakeholder|influence|\bpower\b|缺陷|问题|干系人|"
    r"\b(?:start|begin|finish|end|due|deadline|duration|progress|estimate)\b|开始|完成|结束|工期|进度|计划|開始|終了|予定"
    r"|beginn|dauer|début|durée|inicio|duración|início|начало|срок"
)

_KINDS = (
    UnlikeList(
        N_("spare parts"),
        "spares",
        re.compile(r"catalog(?:ue)? no|part (?:no|number|name)|spare part|article no|规格型号|备件|备品"),
        re.compile(
            r"qty|quantity|maker|manufacturer|stock|unit|uom|price|cost|item (?:name|code)|数量|厂家|库存|单位|价"
        ),
    ),
    UnlikeList(
        N_("materials"),
        "materials",
        re.compile(r"unit price|unit cost|^price$|单价|价格|运费"),
        re.compile(r"qty|quantity|^name$|supplier|specification|数量|规格|名称|型号"),
    ),
    UnlikeList(
        N_("risks"),
        "risks",
        re.compile(
            r"probabilit|probabilid|likelihood|wahrscheinlichkeit|mitigation|^risks?$"
            r"|^risk (?:description|id|name|event)|contingency|概率|可能性"
            r"|风险描述|风险名称|^风险$|发生几率|発生確率|вероятность|риск|^risque|^riesgo|^risco"
        ),
        re.compile(
            r"risk|impact|severity|mitigation|urgency|priority|strateg|response|cause|effect|event|proximity|trigger|gravit|risque|riesgo|impacto|consequenc|conséquence"
            r"|风险|影响|应对|措施|等级|概率|риск|влияние|последств"
        ),
    ),
    UnlikeList(
        N_("requirements of a product"),
        "product-requirements",
        re.compile(
            r"\breq(?:uirement)?s? ?(?:id|no|number|code|description|statement|text|name)\b|traceab"
            r"|^(?:(?:non.?)?functional )?requirements?$|^需求(?:编号|描述|标识|跟踪|来源|类型)"
            r"|^anforderung(?:en|s?-?id)?$|^exigences?$|^requisitos?$"
        ),
        re.compile(
            r"\bid$|test case|verif|validat|rationale|acceptance|source|traceab|priority|categor|type|wireframe"
            r"|use case|module|验证|验收|测试|来源|优先级|priorit|quelle|prüf|origen|fonte"
        ),
        _OF_OTHERS,
    ),
    UnlikeList(
        N_("work orders"),
        "work-orders",
        re.compile(r"^wo ?(?:id|no|number|type)?$|work ?orders?(?: (?:id|no|number|type))?$|^工单(?:号|编号)?$"),
        re.compile(
            r"technician|downtime|equipment|asset|machine|failure|fault|parts|labou?r|craft|设备|故障|维修|停机|班组"
        ),
        _OF_OTHERS,
    ),
    UnlikeList(
        N_("inspections"),
        "inspections",
        re.compile(r"inspection (?:date|id|no|type|result)|检验(?:日期|编号|结果)|检查日期"),
        re.compile(r"result|date|type|inspector|project|结果|日期|类型|人"),
    ),
    UnlikeList(
        N_("test cases"),
        "tests",
        re.compile(
            r"test case|expected (?:result|outcome|output)|test steps?|用例|预期结果|期望结果|测试步骤|期待結果"
            r"|期待値|예상 ?결과|예상 수행|시나리오"
        ),
        re.compile(r"actual|result|step|status|precondition|input|scenario|id|结果|步骤|条件|标题|名称|数据|結果|手順"),
    ),
    UnlikeList(
        N_("costs"),
        "costs",
        re.compile(
            r"^(?:total )?(?:cost|costs|budget|amount|expense|expenses)\b|subtotal|unit (?:cost|price)"
            r"|预算|费用|金额|合计|小计|报价"
        ),
        re.compile(r"total|budget|actual|cost|qty|quantity|rate|unit|price|amount|数量|单价|总价|合计|元|金额"),
    ),
    UnlikeList(
        N_("minutes of meetings"),
        "meetings",
        re.compile(r"attendees|minutes|agenda|与会|参会|会议(?:时间|主题|内容|地点|议题)|出席者|議題"),
        re.compile(r"date|time|topic|discussion|decision|action|place|venue|notes|时间|地点|内容|决议|记录"),
    ),
    UnlikeList(
        N_("warranties"),
        "warranties",
        re.compile(r"warranty (?:start|begin|end|period|expiry)|guarantee|质保|保修"),
        re.compile(r"start|begin|end|expiry|period|supplier|vendor|期|日"),
    ),
)


#: What is said of a list that fits no register, where nothing is asked of it.
UNLIKE: Final = N_("This looks like a list of {kind}. There is no register for these; the nearest is {register}.")


def unlike(headings: list[str]) -> UnlikeList | None:
    """What kind of list headings are of where no register is made for it."""
    said = [plain(h) for h in headings]
    known = {each.key for each in by_hand()}
    for kind in _KINDS:
        telling = [h for h in said if kind.telling.search(h)]
        others = [h for h in said if kind.with_it.search(h) and h not in telling]
        if kind.without is not None and any(kind.without.search(h) for h in said):
            continue
        if kind.register not in known and telling and len(telling) + len(others) >= 3:
            return kind
    return None


def unlike_notice(mapping: ColumnMapping, register: Register) -> Iterator[Notice]:
    """What to say of a list that fits no register."""
    if kind := unlike([m.heading for m in mapping.columns]):
        yield Notice(
            UNLIKE,
            {"kind": _Translated(kind.name), "register": register.label},
        )


class _Translated:
    """A word in the language in force when the notice is read."""

    def __init__(self, word: str) -> None:
        self._word = word

    def __str__(self) -> str:
        return tr(self._word)

    def __format__(self, _spec: str) -> str:
        return str(self)
