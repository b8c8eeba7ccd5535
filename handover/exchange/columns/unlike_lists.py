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
            r"risk|impact|severity|mitigation|urgency|priority|strateg|response|gravit|risque|riesgo|impacto|consequenc|conséquence"
            r"|风险|影响|应对|措施|等级|概率|риск|влияние|последств"
        ),
    ),
    UnlikeList(
        N_("inspections"),
        "inspections",
        re.compile(r"inspection (?:date|id|no|type|result)|检验(?:日期|编号|结果)|检查日期"),
        re.compile(r"result|date|type|inspector|project|结果|日期|类型|人"),
    ),
    UnlikeList(
        N_("communication"),
        "communication",
        re.compile(
            r"(?:type|method|mode|means) of commun?i?c|communication (?:type|method|channel|vehicle|medium)"
            r"|delivery method|audience|recipients|沟通方式|沟通对象|沟通频率|沟通内容|汇报对象"
        ),
        re.compile(
            r"frequency|recurrence|owner|goal|purpose|delivery|channel|distribution|sender|date|when|provider|information"
            r"|message|method|频率|内容|方式|对象|时间|负责|目的"
        ),
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
