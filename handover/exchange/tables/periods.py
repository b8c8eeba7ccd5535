"""Headings that name a day, a week, a month: what stands over the columns of a drawn chart."""

from __future__ import annotations

import re

PERIOD = re.compile(
    r"(?:week|wk|w|day|d|q|kw|period|month|第)\s*\d{1,3}\s*(?:周|天|日|月|期)?|\d{1,2}\s*[月周日号]|[一二三四五六日天月火水木金土]"
    r"|m|t|w|th?|f|s|su|sa|mon|tue|wed|thu|fri|sat|sun|r|с|п|в|ч|[12]\d{3}|\d{1,3}|(?:jan(?:uary?|v|vier|eiro)?|ene(?:ro)?"
    r"|feb(?:ruary?|rero)?|f[eé]v(?:rier|ereiro)?|febuary|mar(?:ch|s|zo|ço)?|m[aä]rz|ap[rv](?:il|ile)?|avr(?:il)?|abr(?:il)?"
    r"|ma[iy]o?|maggio|june?|juni|juin|jun(?:ho|io)|july?|juli|juillet|jul(?:ho|io)|aug(?:ust)?|ago(?:sto)?|ao[uû]t"
    r"|sept?(?:ember|embre|iembre)?|set(?:embro|tembre)?|o[ck]t(?:ober|obre|ubre)?|out(?:ubro)?"
    r"|nov(?:ember|embre|embro|iembre)?|de[cz](?:ember|embre|embro)?|d[eé]c(?:embre)?|dic(?:iembre|embre)?)"
    r"[ .\-']*\d{0,4}|\d{1,2}[./\-]\S{1,8}",
    re.IGNORECASE,
)
