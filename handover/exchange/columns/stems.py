"""Headings that explain each other: of one stem (type code, type name), of levels, of stage after stage."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from handover.exchange.columns.headings import PHASE, Match
from handover.exchange.columns.mapping import lexicon_of
from handover.exchange.columns.traits import Traits
from handover.exchange.notice import Notice
from handover.exchange.tables.heading_text import plain
from handover.i18n import N_
from handover.registers.declare import Register

_ROLES = (
    ("code", re.compile(r"(.{1,80}?) ?(?:unique )?(?:code|no|nr|number|id|编号|代码|编码|代号)")),
    ("name", re.compile(r"(.{1,80}?) ?(?:name|title|名称|标题)")),
    ("description", re.compile(r"(.{1,80}?) ?(?:description|descr|desc|描述|说明)")),
)
_ID_FIELDS = ("source_id", "number", "code")
_SURE = 0.95
_LEVELS = re.compile(r"^([一二三四五]|[1-5])级|^第([一二三四五])层|\b(?:level |lvl|l)([1-5])\b")
_DIGITS = {sign: n for n, sign in enumerate("一二三四五", 1)}
#: Words over a start or a finish that tell plans of the same work apart rather than stages of it.
_OF_A_PLAN = re.compile(
    r"(?i)\b(plan(?:ned)?|baseline|actual|forecast|revised|original|current|target|early|late|expected|schedule)d?\b"
    r"|pr[ée]vu|r[ée]el|\b(?:soll|ist|geplant|tatsächlich|previst[oa]|real(?:izado)?|planificad[oa])\b|план|факт|계획|실적"
    r"|计划|实际|预计|基线|原|調整|予定|実績|要求|合同"
)


def family_readings(register: Register, columns: Sequence[Traits]) -> dict[int, list[Match]]:
    """For columns whose headings share a stem what they are beside each other.

    The first such stem is what the list is about: its code, name and description are those of the rows. Of any other
    stem that a field is called by, the name says more than the code.
    """
    families: dict[str, dict[str, Traits]] = {}
    for column in columns:
        if told := _role(column.plain):
            families.setdefault(told[0], {}).setdefault(told[1], column)
    several = {stem: roles for stem, roles in families.items() if len(roles) > 1}
    found: dict[int, list[Match]] = {}
    lexicon = lexicon_of(register)
    own = {f.field for f in register.entered}
    id_field = next((key for key in _ID_FIELDS if key in own), "")
    name = next(
        (f.field for f in register.entered if f.required and f.field != id_field and f.names_rows),
        "",
    )
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


def family(headings: Sequence[str]) -> str:
    """What a list is about whose headings share a stem, in the plural: technicians for Technician ID and name."""
    roles: dict[str, set[str]] = {}
    for heading in headings:
        if told := _role(plain(heading)):
            roles.setdefault(told[0], set()).add(told[1])
    stem = next((stem for stem, said in roles.items() if len(said) > 1), "")
    return f"{stem}s" if stem.isascii() and stem and not stem.endswith("s") else stem


@lru_cache(maxsize=4096)
def _role(heading: str) -> tuple[str, str] | None:
    """What a heading is about, and what it says of that: its code, its name, its description."""
    for role, pattern in _ROLES:
        if match := pattern.fullmatch(heading):
            return match[1].strip(), role
    return None


def ladder_readings(register: Register, columns: Sequence[Traits]) -> dict[int, list[Match]]:
    """Columns called 一级系统, 二级系统 or Level 1, Level 2: the last names the rows, the others their groups."""
    name = next((f.field for f in register.entered if f.required and f.names_rows), "")
    if not register.outline or not name:
        return {}
    steps: list[tuple[int, Traits]] = []
    for column in columns:
        match = _LEVELS.search(column.plain)
        sign = next(filter(None, match.groups()), "") if match else ""
        level = _DIGITS.get(sign) or (int(sign) if sign.isdecimal() else 0)
        if level and level == len(steps) + 1 and (column.words > 0 or not column.cells):
            steps.append((level, column))
    if len(steps) < 2 or any(b.column - a.column != 1 for (_, a), (_, b) in pairwise(steps)):
        return {}
    *above, (_, last) = steps
    return {last.column: [Match(name, _SURE)], **{c.column: [Match(PHASE, _SURE)] for _, c in above}}


@dataclass(frozen=True, slots=True)
class Stages:
    """Starts and finishes of one stage after another: of each row the first start and the last finish count."""

    first: Traits
    last: Traits
    between: tuple[int, ...]


def stages(register: Register, columns: Sequence[Traits]) -> Stages | None:
    """Columns Start and Finish that repeat under the names of stages; None where there is but one pair."""
    if not {"start", "finish"} <= {f.field for f in register.entered}:
        return None
    lexicon = lexicon_of(register)
    dated: list[tuple[str, Traits]] = []
    for column in columns:
        if len(column.parts) < 2 or _OF_A_PLAN.search(column.heading):
            continue
        field = next((m.field for m in lexicon.matches(column.parts[-1]) if m.certainty >= 0.9), "")
        if field in ("start", "finish") and (column.dated or not column.cells):
            dated.append((field, column))
    kinds = [field for field, _ in dated]
    if len(dated) < 4 or kinds != ["start", "finish"] * (len(dated) // 2):
        return None
    if len({column.parts[:-1] for _, column in dated}) != len(dated) // 2:
        return None
    return Stages(dated[0][1], dated[-1][1], tuple(column.column for _, column in dated[1:-1]))


def stages_notice(found: Stages) -> Notice:
    """What to say of such columns."""
    return Notice(
        N_(
            "The columns from “{first}” to “{last}” are starts and finishes of several stages. Each row takes the "
            "first start and the last finish."
        ),
        {"first": found.first.heading, "last": found.last.heading},
    )


def _holds_codes(column: Traits | None) -> bool:
    return column is not None and column.coded >= 0.8
