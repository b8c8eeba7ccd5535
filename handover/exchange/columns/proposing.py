"""Finds which column of a table goes into which field of a register: by headings, then by what the cells hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handover.exchange.columns.contents import (
    fit,
    holds_codes,
    holds_counters,
    holds_dates,
    holds_days,
    holds_groups,
    holds_periods,
    holds_progress,
    holds_references,
    sample,
    wordiness,
)
from handover.exchange.columns.headings import LEVEL, PHASE, REF, Match
from handover.exchange.columns.mapping import ColumnMapping, MappedColumn, SheetColumn, lexicon_of
from handover.exchange.columns.reason_column import says_what_is_wrong
from handover.exchange.columns.revision_columns import revisions_beside, sideways_notice
from handover.exchange.notice import Notice
from handover.exchange.tables.heading_text import plain
from handover.i18n import N_
from handover.registers.declare import Kind, Register
from handover.values.cells import Cell, as_text, is_nothing, shown
from handover.values.date_columns import read_dates
from handover.values.moments import day_of

#: A mapping less sure than this isn't proposed.
ENOUGH = 0.4
_CONTENT = 0.45
_CODES = frozenset({"source_id", "wbs", "number", "code"})
#: Headings of starts that count weeks or months of the work.
_START_PERIOD = re.compile(r"(?i)\b(start|begin)\w*\W*(week|month)|\b(week|month)\W*(start|begin)|(开始|起始)(周|月)")
#: What lists call the column that says what each row is about.
_DESCRIPTION = re.compile(r"\bdescri\w*|\bdetails?\b|beschreibung|描述|说明|内容|内容|概要")
#: What counts headings that are alike: 板块1, 板块2, Level 1, 一级, 二级.
_COUNT = re.compile(r"[\d一二三四五六]+级?|\s{1,20}$")
#: Words of a heading that say that its words are people.
_OF_PEOPLE = re.compile(r"者|人员|人員|姓名|\b(?:by|person|who|requester|author|owner)\b")
#: Whose name or number a column holds that doesn't name the rows of a list of things.
_OF_PARTIES = re.compile(
    r"\b(?:supplier|vendor|manufacturer|customer|client|contractor|company|brand|user)s?(?: name)?$"
    r"|\b(?:no|nr|number|id)$"
)
#: Words of a heading that say that its days are ends, and of those that say that they plan nothing.
_END = re.compile(r"\b(?:finish|end|completion|due)\b|完成|结束|終了|完了")
_NO_PLAN = re.compile(
    r"\b(?:created|modified|updated|raised|reported|report|issued?|approved|approval|closed|changed)\b"
    r"|创建|修改|更新|提出|发现|登记|记录|起票|登録|作成"
)
_STRICT = (Kind.DATE, Kind.MOMENT, Kind.DURATION, Kind.PERCENT, Kind.INTEGER, Kind.NUMBER, Kind.BOOL, Kind.LINKS)


def propose(
    register: Register, columns: Sequence[SheetColumn], remembered: Mapping[str, str] | None = None
) -> ColumnMapping:
    """Find out which column fills which field: by its heading, a similar heading, or what it holds.

    Args:
        remembered: heading to field as the user left it the last time that these headings were seen.
    """
    proposal = _Proposal(register, columns)
    if remembered:
        proposal.recall(remembered)
    proposal.by_heading()
    proposal.by_content()
    return proposal.mapping()


@dataclass(slots=True)
class _Choice:
    field: str
    confidence: float
    why: str


class _Proposal:
    def __init__(self, register: Register, columns: Sequence[SheetColumn]) -> None:
        self.register = register
        self.columns = columns
        self.samples = {c.column: sample(c.cells) for c in columns}
        self.chosen: dict[int, _Choice] = {}
        self.notices: list[Notice] = []
        self.lexicon = lexicon_of(register)
        self.periods = False
        #: Texts over most columns are the title of the table: 系统开发计划 names no system.
        over = Counter(part for c in columns for part in set(c.parts[:-1]))
        self.titles = {part for part, count in over.items() if len(columns) >= 4 and count > 0.5 * len(columns)}
        self.misfits: dict[int, tuple[str, str]] = {}
        for column in columns:
            if says_what_is_wrong(column.heading):
                self.chosen[column.column] = _Choice("", 0.0, "")
        #: A workbook of rejected rows holds hardly anything but cells to mend: its headings are trusted.
        self.rejected = bool(self.chosen)
        if "revision" in register and (beside := revisions_beside([c.heading for c in columns])):
            self.chosen.update({columns[place].column: _Choice("", 0.0, "") for place in beside})
            self.notices.append(sideways_notice(columns[beside[0]].heading, columns[beside[-1]].heading))

    @property
    def taken(self) -> set[str]:
        return {c.field for c in self.chosen.values() if c.field != PHASE}

    def recall(self, remembered: Mapping[str, str]) -> None:
        for column in self.columns:
            key = remembered.get(plain(column.heading))
            if key is not None and (not key or key in self.register or key in (REF, LEVEL, PHASE)):
                self.chosen[column.column] = _Choice(key, 1.0 if key else 0.0, "remembered")

    def by_heading(self) -> None:
        """Give each field to the column that claims it most surely."""
        claims: list[tuple[float, int, Match]] = []
        alike = Counter(plain(c.heading) for c in self.columns)
        names = {f.field for f in self.register.entered if f.required and f.kind is Kind.TEXT} - set(_CODES)
        for column in self.columns:
            if column.column in self.chosen or not column.parts:
                continue
            for match in self._readings(column):
                certainty = match.certainty * self._weight(match, column)
                if (
                    match.field in names and alike[plain(column.heading)] > 1
                ):  # letters beside names, under one heading with them
                    certainty *= 0.95 + 0.05 * self._nameliness(column)
                if match.field in names and match.certainty < 0.9 and self._names_others(column):
                    continue
                if certainty >= ENOUGH:
                    claims.append((certainty, column.column, match))
        claims.sort(key=lambda claim: (-claim[0], claim[1]))
        for certainty, place, match in claims:
            if place in self.chosen or match.field in self.taken:
                continue
            why = "heading" if match.certainty >= 0.9 else "similar"
            self.chosen[place] = _Choice(match.field, round(certainty, 2), why)
        if self.periods or any(self._counts_periods(column) for column in self.columns):
            self._forget_durations()

    def _readings(self, column: SheetColumn) -> list[Match]:
        """What a heading may mean; a column called ID that holds codes such as 1.2.3 is one of WBS codes."""
        matches = self.lexicon.matches([part for part in column.parts if part not in self.titles] or column.parts)
        if self.register.outline and matches and matches[0].field == "finish" and self._planned_beside(column):
            return [Match("actual_finish", matches[0].certainty), *matches]
        if not self.register.outline or not matches or matches[0].field not in ("source_id", "wbs"):
            return matches
        cells = self.samples[column.column]
        if matches[0].field == "source_id" and holds_codes(cells):
            return [Match("wbs", matches[0].certainty), *matches[1:]]
        if matches[0].field == "wbs" and holds_counters(cells):
            return [Match("source_id", matches[0].certainty * 0.9), *matches]
        if matches[0].field == "source_id" and holds_counters(cells):
            return [Match("source_id", matches[0].certainty * 0.92), *matches[1:]]
        return matches

    def _planned_beside(self, column: SheetColumn) -> bool:
        """True for a plain 完成时间 beside starts and ends under 计划时间: it says when the work was done."""
        kinds = set()
        for other in self.columns:
            if other is not column and any("计划" in part and part not in self.titles for part in other.parts[:-1]):
                kinds |= {m.field for m in self.lexicon.matches(other.parts[-1])}
        said = [part for part in column.parts if part not in self.titles]
        return {"start", "finish"} <= kinds and len(said) == 1 and said[0].startswith(("完成", "完工"))

    def _weight(self, match: Match, column: SheetColumn) -> float:
        key = match.field
        cells = self.samples[column.column]
        if key == REF and cells:
            return 1.0 if holds_references(cells, self.register.model.prefix) else 0.0
        if key not in self.register or not cells:
            return 0.95 if column.cells else 1.0
        target = self.register[key]
        different = len(set(cells)) / len(cells)
        if key in _CODES and match.certainty < 0.9 and different < 0.9:
            return 0.0
        if key in ("source_id", "wbs") and len(cells) >= 4 and different < 0.5:
            return 0.0  # it says what the rows belong to
        if key in ("number", "code") and holds_counters(cells):
            return 0.85
        if key == "percent" and target.kind is Kind.PERCENT and holds_progress(cells):
            return 1.0
        if target.kind is Kind.TEXT and key != "notes" and holds_days(cells):
            return 0.0  # REV.0 Submit is no revision
        share = fit(target, cells, column.heading)
        if target.kind in _STRICT or (target.kind is Kind.TEXT and target.required):
            if share < 0.3 and self.rejected and match.certainty >= 0.9:
                return 0.7
            if share < 0.3:
                if key == "start" and match.certainty >= 0.9 and holds_periods(cells):
                    self.periods = True
                elif match.certainty >= 0.9:
                    self.misfits[column.column] = (column.heading, target.label)
                return 0.0
            if target.kind is Kind.TEXT and len(cells) >= 10 and len(set(cells)) < 4:
                return 0.45  # Yes and No under the heading Summary name no rows
            if target.kind is Kind.TEXT and sum(isinstance(c, str) for c in cells) < 0.5 * len(cells):
                return 0.7  # numbers beside names, under one heading with them
            return 0.7 + 0.3 * share
        if target.words is not None and share < 0.3:
            if match.certainty >= 0.9 and len(cells) >= 2:
                self.misfits[column.column] = (column.heading, target.label)
                return 0.0
            return 0.0 if match.certainty < 0.9 else 1.0
        if target.kind is Kind.TEXT and share < 0.5:
            return 0.0
        if target.kind is Kind.LINK and share < 0.3:
            return 0.5
        return 1.0

    def _counts_periods(self, column: SheetColumn) -> bool:
        """True for numbers under Start Week: durations beside them are hardly days."""
        cells = self.samples[column.column]
        numbers = bool(cells) and all(isinstance(c, (int, float)) and 0 <= c < 200 for c in cells)
        return numbers and column.column not in self.chosen and bool(_START_PERIOD.search(column.heading))

    def _forget_durations(self) -> None:
        """Starts in periods mean durations in periods of unknown length."""
        for place, choice in list(self.chosen.items()):
            if choice.field in ("duration", "remaining") and choice.why != "remembered":
                del self.chosen[place]
        self.notices.append(Notice(N_("The plan counts periods instead of dates; starts and durations aren't taken.")))

    def _names_others(self, column: SheetColumn) -> bool:
        """True for the names of suppliers and users in a list of things or tasks that lie under each other."""
        return "parent" in self.register and bool(_OF_PARTIES.search(plain(column.heading)))

    def by_content(self) -> None:
        """Look into the columns that nobody claimed for what a row can't be without, and for dates."""
        free = [c for c in self.columns if c.column not in self.chosen and self.samples[c.column]]
        needed = [f for f in self.register.entered if f.required and f.kind is Kind.TEXT]
        lacking = [f for f in needed if f.field not in self.taken]
        if len(lacking) == 1 and self._description_is(lacking[0].field):
            lacking = []
        for required in lacking if len(lacking) < 2 else ():
            best = max((c for c in free if not self._names_others(c)), key=self._nameliness, default=None)
            if best is None or wordiness(self.samples[best.column]) < 0.3:
                continue
            if required.field not in _CODES or _are_short(self.samples[best.column]):
                self._give(best, required.field, free)
        if self.register.outline:
            self._finer_names(free)
            self._progress(free)
            self._plan_dates(free)
            self._groups(free)

    def _nameliness(self, column: SheetColumn) -> float:
        """How much a column reads like the names of the rows: words of its own in most of them."""
        filled = sum(not is_nothing(c) for c in column.cells) / max(len(column.cells), 1)
        return wordiness(self.samples[column.column]) * (0.2 + 0.8 * filled)

    def _finer_names(self, free: list[SheetColumn]) -> None:
        """Names that repeat over runs of rows are of groups where a like heading to the right names each row."""
        place = next((p for p, choice in self.chosen.items() if choice.field == "name"), None)
        coarse = next((c for c in self.columns if c.column == place), None)
        said = self.samples.get(coarse.column, []) if coarse is not None else []
        if coarse is None or len(set(said)) > 0.5 * len(said):
            return
        if self.chosen[coarse.column].why == "heading":
            self._names_in_groups(coarse, free)
        if self.chosen[coarse.column].why != "similar":
            return
        stem = _COUNT.sub("", plain(coarse.heading))
        for column in free:
            cells = self.samples[column.column]
            alike = _COUNT.sub("", plain(column.heading)) == stem
            if column.column > coarse.column and alike and len(set(cells)) >= 0.9 * len(cells):
                self.chosen[coarse.column] = _Choice(PHASE, 0.6, "content")
                self._give(column, "name", free, 0.6)
                return

    def _names_in_groups(self, coarse: SheetColumn, free: list[SheetColumn]) -> None:
        """Names that each stand over a run of rows are of groups where other names are to the right."""
        if len(self.samples[coarse.column]) < 4 or not holds_groups(coarse.cells):
            return
        for column in free:
            cells = self.samples[column.column]
            named = any(m.field == "name" and m.certainty >= 0.9 for m in self.lexicon.matches(column.parts[-1:]))
            full = len(cells) >= 0.9 * len(self.samples[coarse.column]) and len(set(cells)) >= 0.9 * len(cells)
            if column.column > coarse.column and named and full:
                sure = self.chosen[coarse.column].confidence
                self.chosen[coarse.column] = _Choice(PHASE, 0.6, "content")
                self.chosen[column.column] = _Choice("name", sure, "heading")
                free.remove(column)
                return

    def _description_is(self, name: str) -> bool:
        """Where no column is called a name, that of descriptions names the rows: risks and findings have no other."""
        for column in self.columns:
            choice = self.chosen.get(column.column)
            if (
                choice is not None
                and choice.field in ("notes", "description")
                and choice.why == "heading"
                and _DESCRIPTION.search(plain(column.heading))
                and (not column.cells or wordiness(self.samples[column.column]) >= 0.3)
            ):
                self.chosen[column.column] = _Choice(name, 0.7, "heading")
                return True
        return False

    def _give(self, column: SheetColumn, key: str, free: list[SheetColumn], confidence: float = _CONTENT) -> None:
        self.chosen[column.column] = _Choice(key, confidence, "content")
        free.remove(column)

    def _progress(self, free: list[SheetColumn]) -> None:
        """A status column that holds shares or plain words says the progress."""
        if "percent" in self.taken:
            return
        for column in list(free):
            if any(self.lexicon.is_computed(p) for p in column.parts) and holds_progress(self.samples[column.column]):
                self._give(column, "percent", free, 0.7)
                return

    def _groups(self, free: list[SheetColumn]) -> None:
        """A column before the names whose few texts each stand for a run of rows says what the rows are part of."""
        names = next((place for place, choice in self.chosen.items() if choice.field == "name"), None)
        shown = {c.field for c in self.chosen.values()} & {PHASE, LEVEL, "wbs", "parent"}
        if names is None or shown:
            return
        for column in free:
            meant = {m.field for m in self.lexicon.matches(column.parts)} - {"name"}
            if column.column in self.misfits:  # milestones over runs of tasks are no types
                meant = set()
            if _OF_PEOPLE.search(plain(column.heading)) or not self._beside_names(column, names):
                continue
            if column.column < names and not meant and holds_groups(column.cells):
                self._give(column, PHASE, free, 0.5)
                return

    def _beside_names(self, column: SheetColumn, names: int) -> bool:
        """False for words that stand in rows of their own: those are names themselves."""
        named = next(c.cells for c in self.columns if c.column == names)
        filled = [place for place, cell in enumerate(column.cells) if not is_nothing(cell)]
        return sum(not is_nothing(named[place]) for place in filled) >= 0.5 * len(filled)

    def _plan_dates(self, free: list[SheetColumn]) -> None:
        """The first columns of dates without a known heading are start and finish."""
        if {"start", "finish"} & self.taken or self.periods:
            return
        dated = [c for c in free if not self.lexicon.matches(c.parts) and holds_dates(self.samples[c.column])]
        ends = [c for c in dated if _END.search(plain(c.heading))]
        others = [c for c in dated if c not in ends and not _NO_PLAN.search(plain(c.heading))]
        starts, ends = (others[:1], ends[:1]) if ends else (others[:1], others[1:2])
        if starts and ends and not _in_order(starts[0], ends[0]):
            starts, ends = [], [c for c in ends if _END.search(plain(c.heading))]
        for key, column in [*(("start", c) for c in starts), *(("finish", c) for c in ends)]:
            self._give(column, key, free)

    def mapping(self) -> ColumnMapping:
        for place, (heading, label) in self.misfits.items():
            if place not in self.chosen and not self.periods:
                self.notices.append(
                    Notice(
                        N_("Column “{heading}” isn't taken for {field}: hardly a cell of it can be read as that."),
                        {"heading": heading, "field": label},
                    )
                )
        mapped = []
        for column in self.columns:
            choice = self.chosen.get(column.column) or _Choice("", 0.0, "")
            texts = tuple(dict.fromkeys(shown(c) for c in self.samples[column.column][:40]))[:3]
            mapped.append(
                MappedColumn(column.column, column.heading, choice.field, choice.confidence, texts, choice.why)
            )
        return ColumnMapping(self.register.key, tuple(mapped), tuple(self.notices))


def _are_short(cells: Sequence[Cell]) -> bool:
    return sum(len(as_text(c)) <= 20 for c in cells) >= 0.8 * len(cells)


def _in_order(starts: SheetColumn, ends: SheetColumn) -> bool:
    """True when hardly a row ends before it starts."""
    first, last = read_dates(starts.cells[:400]).values, read_dates(ends.cells[:400]).values
    pairs = [(day_of(a), day_of(b)) for a, b in zip(first, last, strict=True) if a is not None and b is not None]
    return sum(a <= b for a, b in pairs) >= 0.95 * len(pairs)
