"""What a heading of a workbook means: which field of a register it names, and how surely."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import fuzz

from handover.exchange.tables.heading_text import plain, without_brackets
from handover.registers.declare import Field, Register

#: Fields that a file may have and no register declares: our own reference, and what says where in an outline a row is.
REF = "ref"
LEVEL = "outline_level"
PHASE = "phase"

_REF_HEADINGS = ("Ref", "Ref.", "Reference", "Handover ref", "参考号", "编号(勿改)", "引用号")
_OUTLINE_HEADINGS: Mapping[str, tuple[str, ...]] = {
    LEVEL: (
        "Level", "Outline Level", "WBS Level", "Indent", "Hierarchy level", "大纲级别", "级别", "层级", "大纲层级",
        "レベル", "Nível", "Nivel", "Niveau", "Ebene", "Gliederungsebene", "Niveau hiérarchique",
    ),
    PHASE: (
        "Phase", "Stage", "Deliverable", "Deliverables", "Work package", "Section", "Bucket Name", "Workstream",
        "Group", "Epic", "Category", "Kategorie", "Bereich", "Catégorie", "Categoría", "阶段", "工作阶段",
        "项目阶段", "分类", "类别", "大项", "大类", "中项", "模块", "专项", "功能模块", "系统模块",
        "対象工程", "구분", "대분류", "分部工程", "分项工程", "工作包", "一级任务", "二级任务", "大項目", "中項目",
        "工程", "フェーズ", "分部分项",
        "大分类", "中分类", "一级分类", "二级分类", "一级功能", "分類", "大分類", "中分類",
        "対象機能", "Module", "Modules", "Phases", "Stages", "Epics", "Sections", "Fase", "Fases", "Etapa", "Etapas",
        "Phase du projet", "Modul", "단계", "단계 구분", "大功能模块", "카테고리", "중분류", "작업구분", "Этап", "Фаза",
        "Раздел", "Abschnitt", "Arbeitspaketgruppe", "Thème", "Lot", "Aşama", "Faza", "Paquete", "Módulo", "Epica",
        "Épica", "Modulo", "工作阶段名称", "所属模块", "所属阶段名称", "项目模块", "系统",
        "机能", "機能", "階段", "模組",
    ),
}  # fmt: skip

#: Columns of planning programs that nothing here takes and that resemble others.
_FOREIGN = frozenset(
    {"active", "task mode", "任务模式", "priority", "优先级", "wbs code parent", "row", "late", "labels"}
)

_HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

#: Words that turn a heading away from the plain field: what was done, what was meant at first, what it costs.
_ACTUAL = ("actual", "实际", "実績", "實際", "実際", "effectif", "effective", "réel", "réelle", "tatsächlich")
#: Beside a word for what was done, these make a heading one of the days that count today: Actual / Forecast Finish.
_FORECAST = ("forecast", "anticipated", "expected", "projected", "预测", "預計", "预计")
_OTHER = (
    "baseline", "cost", "price", "budget", "slack", "float", "late", "early", "created", "modified", "updated",
    "variance", "work hours", "回答", "答复", "optimistic", "pessimistic", "most likely", "confidence", "delay",
    "overdue", "frequency", "downtime", "ageing", "aging", "exposure", "impact", "impacts", "rating", "score",
    "license", "licence",
    "成本", "费用", "基线", "浮动", "总时差", "自由时差",
    "最早",
    "最晚", "最迟", "创建", "修改", "更新", "金额", "预算", "偏差", "延迟", "延误", "逾期", "超期", "遅延", "影响",
)  # fmt: skip

#: What stands before the name of a thing where its number is meant, in languages that never count things so.
_ID_BEFORE = re.compile(r"num[ée]ro (?:de la|de l['’]?|du|des|de|d['’]?) ?\S.{0,60}")
#: What follows the name of a thing in the heading of the column that numbers them.
_ID_BEHIND = re.compile(r"(.{0,200}?) ?(?:#|№|id|ids|no|nr|num|number|ref|code|序号|编号|编码|番号|번호|no\.)")
#: Things that lists number, whatever the list calls its rows.
_THINGS = frozenset(
    {"action", "defect", "issue", "item", "punch", "record", "risk", "row", "serial", "snag", "ticket", "问题", "事项"}
)
#: Words that mean something else in front of another: key deliverables, item description, no dates.
_ONLY_BEHIND = frozenset({"id", "item", "key", "lead", "no", "nr", "role", "to", "from", "what", "who", "due"})
#: Words that say of what kind, in what state, whose or where a thing is, where they stand last: a risk type is no risk.
_OF_A_THING = frozenset(
    {"type", "kind", "class", "category", "status", "state", "level", "rating", "source", "group", "code", "no", "nr",
     "number", "id", "date", "by", "owner", "location", "area", "priority"}
)  # fmt: skip
_COUNTED_UNIT = re.compile(r"\d{1,9} ?(?:days?|hours?|weeks?|months?|d|h|天|日|小时|周|个月)\b")
#: What stands behind the name of a thing where a list is called after it: Milestone list.
_LISTED = re.compile(r"^(.{1,200}?) ?(?:list|register|log|清单|列表|一览)$")
#: The fields that hold what a list numbers its rows with.
_ID_FIELDS = ("source_id", "number", "code")


_MOST_KEPT = 5000


@dataclass(frozen=True, slots=True)
class Match:
    """A field that a heading may mean; ``certainty`` runs from 0 to 1."""

    field: str
    certainty: float


class _Name(NamedTuple):
    """A heading that is known, with what every comparison asks of it."""

    name: str
    field: str
    certainty: float
    han: bool
    parts: tuple[str, ...]


class Lexicon:
    """The headings of a register's fields, ready to be compared with those of a file."""

    def __init__(self, register: Register) -> None:
        self.register = register
        #: What a heading names exactly, the surest first: "Completion" may be a day or a share.
        self._exact: dict[str, list[Match]] = {}
        for field in register.entered:
            own = [field.field.replace("_", " "), field.label]
            for number, name in enumerate(field.headings()):
                self._learn(name, Match(field.field, 1.0 if number < len(own) + 1 else 0.97))
        for name in _REF_HEADINGS:
            if plain(name) not in self._exact:
                self._learn(name, Match(REF, 0.9))
        if register.outline:
            for key, names in _OUTLINE_HEADINGS.items():
                for name in names:
                    if plain(name) not in self._exact:
                        self._learn(name, Match(key, 0.9))
        for matches in self._exact.values():
            matches.sort(key=lambda m: -m.certainty)
        self._claims: dict[tuple[str, str], float] = {}
        self._read: dict[str, tuple[Match, ...]] = {}
        self._matched: dict[tuple[str, ...], list[Match]] = {}
        computed = {plain(h) for f in register.fields if f.computed for h in f.headings()}
        #: "Scheduled start" and "Due" are what others call dates that are entered here.
        self._computed = computed - set(self._exact)
        self._by_program = {plain(h): f for f in register.fields if f.column.by_program for h in f.headings()}
        self._long = [
            _Name(name, match.field, match.certainty * 0.97**place, bool(_HAN.search(name)), tuple(name.split()))
            for name, found in self._exact.items()
            for place, match in enumerate(found)
            if len(name) > 1 and match.field in register
        ]
        named = {f.field for f in register.entered}
        self._id_field = next((key for key in _ID_FIELDS if key in named), "")
        self._named = next((f.field for f in register.entered if f.required and f.field != self._id_field), "")

    def _learn(self, name: str, match: Match) -> None:
        key = plain(name)
        found = self._exact.setdefault(key, []) if key else []
        if not any(m.field == match.field for m in found):
            found.append(match)

    def matches(self, heading: str | Sequence[str]) -> list[Match]:
        """The fields that a heading may mean, the surest first.

        Args:
            heading: the text, or the texts of a heading of several rows from the top down.
        """
        parts = (heading,) if isinstance(heading, str) else tuple(part for part in heading if part)
        if parts not in self._matched:
            if len(self._matched) > _MOST_KEPT:
                self._matched.clear()
            self._matched[parts] = self._match(parts)
        return self._matched[parts]

    def _match(self, parts: Sequence[str]) -> list[Match]:
        found: dict[str, float] = {}
        aside = len(parts) > 1 and any(speaks_of_other(plain(part)) for part in parts[:-1])
        for text, weight in _readings(parts):
            if aside and text == parts[-1]:
                continue  # the impact on the progress is no progress
            for match in self._of_text(text):
                found[match.field] = max(found.get(match.field, 0.0), round(match.certainty * weight, 3))
        said = " ".join(parts)
        if _says(said, _ACTUAL):
            found = _as_forecast(found) if _says(said, _FORECAST) else _as_actual(found, self.register)
        return sorted((Match(f, c) for f, c in found.items()), key=lambda m: -m.certainty)

    def claim(self, heading: str, but_of: str = "") -> float:
        """How surely a heading means one of the fields, 0 where it means none.

        Args:
            but_of: a table whose rows fields may name; those that do don't count.
        """
        key = (plain(heading), but_of)
        if key not in self._claims:
            found = (m for m in self._of_text(heading) if not but_of or self._target(m.field) != but_of)
            self._claims[key] = max((m.certainty for m in found), default=0.0)
        return self._claims[key]

    def _target(self, key: str) -> str:
        """The table whose rows a field names; empty for one that names none."""
        return self.register[key].target if key in self.register else ""

    def by_program(self, heading: str) -> Field | None:
        """The field that a heading names where the program alone fills it in, else None."""
        return self._by_program.get(plain(heading))

    def is_computed(self, heading: str) -> bool:
        """True when a heading names something that the program works out itself."""
        return plain(heading) in self._computed

    def _of_text(self, text: str) -> tuple[Match, ...]:
        """What a text may mean, which is asked again for each register that a list is held against."""
        if text not in self._read:
            if len(self._read) > _MOST_KEPT:
                self._read.clear()
            self._read[text] = tuple(self._meanings(text))
        return self._read[text]

    def _meanings(self, text: str) -> list[Match]:
        known = plain(text) in self._exact
        if (self.is_computed(text) and not known) or (
            {plain(text), plain(without_brackets(text))} & _FOREIGN and not known
        ):
            return []
        for form, weight in ((plain(text), 1.0), (plain(without_brackets(text)), 0.97)):
            if form in self._exact:
                return [Match(m.field, m.certainty * weight * 0.97**n) for n, m in enumerate(self._exact[form])]
        if _ID_BEFORE.fullmatch(plain(text)):
            return self._exact.get("numero", [])
        if self._id_field and self._numbers_the_rows(text):
            return [Match(self._id_field, 0.8)]
        if _COUNTED_UNIT.match(plain(text)):
            return []  # the strength after 7 days
        if self._is_thing(plain(without_brackets(text)) or plain(text)):
            return [Match(self._named, 0.75)]
        return _loosely(plain(without_brackets(text)) or plain(text), self._long)

    def _is_thing(self, heading: str) -> bool:
        """True for what an outlined list is about: ``Punch``, ``Milestone list``."""
        listed = _LISTED.fullmatch(heading)
        thing = (listed[1] if listed else heading).removesuffix("s")
        named = any(m.field == self._named for m in self._exact.get(f"{thing} name", ()))
        return self.register.outline and bool(self._named) and (thing in _THINGS or (bool(listed) and named))

    def _numbers_the_rows(self, text: str) -> bool:
        """True for the number of what the list names: ``Task#``, ``Defect ID``, ``问题序号``, but not ``Cost code``."""
        match = _ID_BEHIND.fullmatch(plain(text))
        thing = match[1].strip() if match else ""
        named = (*self._exact.get(thing, ()), *self._exact.get(f"{thing} name", ()))
        return thing in _THINGS or bool(thing and any(m.field == self._named for m in named))


def _says(heading: str, words: Sequence[str]) -> bool:
    said = plain(heading).split()
    return any(plain(word) in said or (_HAN.search(word) and word in heading) for word in words)


def _readings(parts: Sequence[str]) -> Iterable[tuple[str, float]]:
    """The ways to read a heading of several rows: its lowest row alone, all rows together, an upper row alone."""
    if not parts:
        return
    if len(parts) == 1:
        yield parts[0], 1.0
        return
    yield " ".join(parts), 1.0
    yield parts[-1], 0.95
    for part in parts[:-1]:
        yield part, 0.8


def speaks_of_other(heading: str) -> bool:
    """True for a plain heading of what isn't the plan itself: costs, delays, when a row was made."""
    words = set(heading.split())
    return any(word in words if word.isascii() and " " not in word else word in heading for word in _OTHER)


def speaks_of_actual(heading: str) -> bool:
    """True for a heading of what was done, rather than of what is planned."""
    return _says(heading, _ACTUAL)


def _loosely(heading: str, names: Sequence[_Name]) -> list[Match]:
    """Fields whose headings are nearly this one, or are contained in it."""
    if not heading or len(heading) > 60:
        return []
    found: dict[str, float] = {}
    words = set(heading.split())
    if speaks_of_other(heading):
        return []
    forms = words | {word + "s" for word in words} | {word.removesuffix("s") for word in words}
    for known in names:
        if known.han:
            score = _han_score(heading, known.name)
        else:
            score = _latin_score(heading, words, forms, known)
        if score:
            found[known.field] = max(found.get(known.field, 0.0), score * known.certainty)
    return [Match(field, score) for field, score in found.items()]


def _han_score(heading: str, name: str) -> float:
    if len(name) < 2:
        return 0.0
    if name in heading:
        return 0.55 + 0.35 * len(name) / len(heading)
    if len(name) >= 4 and len(heading) >= 3:
        return 0.85 * fuzz.ratio(heading, name, score_cutoff=75) / 100
    return 0.0


def _latin_score(heading: str, words: set[str], forms: set[str], known: _Name) -> float:
    name, parts = known.name, known.parts
    ratio = fuzz.ratio(heading, name, score_cutoff=82) / 100  # 0 below that, which it knows before it has compared all
    if ratio and min(len(heading), len(name)) > 3 and _alike(heading.split(), parts):
        return 0.9 * ratio
    if forms.issuperset(parts):
        # A heading such as "Estimated duration" holds the word that matters last, and little beside it.
        share = len(parts) / len(words)
        last = heading.endswith((parts[-1], parts[-1] + "s"))
        if not last and len(parts) == 1 and (name in _ONLY_BEHIND or heading.rsplit(maxsplit=1)[-1] in _OF_A_THING):
            return 0.0
        return (0.6 if last else 0.45) + 0.3 * share if share >= 0.25 else 0.0
    return 0.0


def _alike(words: Sequence[str], others: Sequence[str]) -> bool:
    """False where a word is quite another one: a project's role is no revision of it, a source no resource."""
    if len(words) != len(others):
        return True
    pairs = list(zip(words, others, strict=True))
    return all(fuzz.ratio(a, b) >= 70 for a, b in pairs) and (len(pairs) > 1 or pairs[0][0][0] == pairs[0][1][0])


def _as_forecast(found: Mapping[str, float]) -> dict[str, float]:
    """What is both done and still to come is the plan of today: Actual / Forecast Start is the start."""
    kept: dict[str, float] = {}
    for field, certainty in found.items():
        meant = field.removeprefix("actual_")
        kept[meant] = max(kept.get(meant, 0.0), certainty)
    return kept


def _as_actual(found: Mapping[str, float], register: Register) -> dict[str, float]:
    """What was done is never what was planned: start becomes actual start, duration nothing."""
    twins = {"start": "actual_start", "finish": "actual_finish"}
    kept: dict[str, float] = {}
    for field, certainty in found.items():
        if field.startswith("actual") or field.endswith("_on") or field == "percent":
            kept[field] = max(kept.get(field, 0.0), certainty)
        elif twins.get(field, "-") in register:
            kept[twins[field]] = max(kept.get(twins[field], 0.0), certainty)
        elif field in register and register[field].kind.roomy and not register[field].required:
            kept[field] = max(kept.get(field, 0.0), 0.95 * certainty)  # remarks beside what was done
    return kept
