"""Headings of one stem: document type code, document type name, document type description."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handover.exchange.columns.headings import Match
from handover.exchange.columns.mapping import lexicon_of
from handover.exchange.columns.traits import Traits
from handover.registers.declare import Kind, Register

_ROLES = (
    ("code", re.compile(r"(.+?) ?(?:unique )?(?:code|no|nr|number|id|编号|代码|编码|代号)")),
    ("name", re.compile(r"(.+?) ?(?:name|title|名称|标题)")),
    ("description", re.compile(r"(.+?) ?(?:description|descr|desc|描述|说明)")),
)
_ID_FIELDS = ("source_id", "number", "code")
_SURE = 0.95


def family_readings(register: Register, columns: Sequence[Traits]) -> dict[int, list[Match]]:
    """For columns whose headings share a stem what they are beside each other.

    The first such stem is what the list is about: its code, name and description are those of the rows. Of any other
    stem that a field is called by, the name says more than the code.
    """
    families: dict[str, dict[str, Traits]] = {}
    for column in columns:
        for role, pattern in _ROLES:
            if match := pattern.fullmatch(column.plain):
                families.setdefault(match[1].strip(), {}).setdefault(role, column)
                break
    several = {stem: roles for stem, roles in families.items() if len(roles) > 1}
    found: dict[int, list[Match]] = {}
    lexicon = lexicon_of(register)
    own = {f.field for f in register.entered}
    id_field = next((key for key in _ID_FIELDS if key in own), "")
    name = next((f.field for f in register.entered if f.required and f.field != id_field and f.kind is Kind.TEXT), "")
    notes = next((key for key in ("description", "notes") if key in own), "")
    if any(m.field == name and m.certainty >= 0.97 for c in columns for m in lexicon.matches(c.parts)):
        name = ""  # another column is called by the very name
    for place, (stem, roles) in enumerate(several.items()):
        if place == 0 and name:
            fields = {"code": id_field, "name": name, "description": notes}
            if "code" not in roles and _holds_codes(roles.get("name")):
                fields = {"name": id_field, "description": name}
            for role, column in roles.items():
                if fields.get(role):
                    found[column.column] = [Match(fields[role], _SURE)]
        elif field := next((m.field for m in lexicon.matches(stem) if m.certainty >= 0.9), ""):
            for role, sure in (("name", _SURE), ("code", 0.6)):
                if role in roles:
                    found[roles[role].column] = [Match(field, sure)]
    return found


def _holds_codes(column: Traits | None) -> bool:
    return column is not None and column.coded >= 0.8
