"""Headings of days: which say an end, and which say that their days are none for which a row is planned."""

from __future__ import annotations

import re

from handover.exchange.columns.headings import speaks_of_actual
from handover.exchange.columns.traits import Traits
from handover.exchange.tables.heading_text import plain
from handover.registers.declare import Register

#: Words of a heading that say that its days are ends, and of those that say that they plan nothing.
END = re.compile(r"\b(?:finish|end|completion|due)\b|完成|结束|終了|完了")
NO_PLAN = re.compile(
    r"\b(?:created|modified|updated|raised|reported|report|issued?|approved|approval|closed|changed|recorded|identified"
    r"|accepted|acceptance|opened|logged|found|observed|criado|modificado|creado|actualizado|erstellt|geändert|créé"
    r"|modifié|date|dated)\b"
    r"|создан|обновлен|изменен|завершен|创建|修改|更新|提出|发现|登记|记录|起票|登録|作成|验收|关闭|检查|复查|日期$|^时间"
)
#: Words of days that are neither planned for a row nor its own: of birth, of a week's end, of the next look at it.
_OTHER_DAY = re.compile(
    r"\b(?:birth|born|hired?|expir\w*|valid|start\w*|begin\w*|from|week|last|next|review|revision|received|sent|submitted"
    r"|purchase\w*|warranty|training|meeting|updated?|resolved|added|entry|effective|inspection|test(?:ed)?)\b"
    r"|出生|生日|入职|有效期|到期|开始|周|上次|下次|收到|发送|提交|采购|培训|会议|开会|测试|记录|发生|填写|制表|编制|入库|出库"
)
#: Headings of days that may be any day of a row.
_ANY_DAY = frozenset(map(plain, ("Date", "日期", "日付", "Datum", "Fecha", "Data", "Дата", "날짜", "时间")))


def plans_nothing(register: Register, column: Traits) -> bool:
    """Whether a heading says that its days are those of what was done, not of what is planned."""
    if "start" in register and column.plain in _ANY_DAY:
        return True  # the day on which it was written down, as like as not
    said = column.plain.removesuffix("date").removesuffix("日期").strip()
    return bool(NO_PLAN.search(said)) or speaks_of_actual(column.heading) or bool(_OTHER_DAY.search(said))
