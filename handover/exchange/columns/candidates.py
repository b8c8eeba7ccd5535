"""What each column of a table may be: the fields that its heading, its cells and its neighbours speak for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from handover.exchange.columns.candidate import FieldCandidate
from handover.exchange.columns.contents import holds_codes, holds_periods, holds_references
from handover.exchange.columns.headings import PHASE, REF, Match, speaks_of_actual
from handover.exchange.columns.mapping import lexicon_of
from handover.exchange.columns.planned_days import END, NO_PLAN
from handover.exchange.columns.stems import family_readings, ladder_readings, stages
from handover.exchange.columns.subjects import is_about
from handover.exchange.columns.told_by_cells import are_codes, are_shares, in_order, is_finer, resolves
from handover.exchange.columns.traits import Traits
from handover.exchange.evidence import Evidence
from handover.exchange.tables.heading_text import plain
from handover.registers.declare import Field, Register
from handover.registers.heading_words import words_beside
from handover.values.cells import as_text

#: Fields whose values tell rows apart, whatever else they are.
CODES = frozenset({"source_id", "wbs", "number", "code"})
#: Fields that hold people; those of a list do more than one thing in it.
_OF_HANDS = frozenset({"owner", "resources", "action_by", "holder"})
#: A heading must resemble one of organisations at least so much: they come into being with the rows.
_RESEMBLES = 0.6
#: Headings of those who work together.
_TEAM = re.compile(
    r"\b(?:teams?|crews?|departments?|dept|group|équipe|equipe|equipo|отдел|команда)\b|部门|班组|团队|小组|チーム"
)
#: Headings of starts that count weeks or months of the work.
_START_PERIOD = re.compile(r"(?i)\b(start|begin)\w*\W*(week|month)|\b(week|month)\W*(start|begin)|(开始|起始)(周|月)")
#: What lists call the column that says what each row is about.
_DESCRIPTION = re.compile(r"\bdescri\w*|\bdetails?\b|beschreibung|描述|说明|内容|内容|概要")
#: What lists call the few words that stand for a row beside its description.
_TITLE = re.compile(
    r"^(?:\w+ )?(?:title|headline|short description)$|标题|题目|件名|제목"
    r"|^(?:\w+ )?(?:titel|titre|título|titolo)$|заголовок"
)
#: What counts headings that are alike: 板块1, 板块2, Level 1, 一级, 二级.
_COUNT = re.compile(r"[\d一二三四五六]+级?|\s{1,20}$|^[大中小子]")
#: Words of a heading that say that its words are people.
OF_PEOPLE = re.compile(r"者|人员|人員|姓名|\b(?:by|person|who|requester|author|owner)\b")
#: Whose name or number a column holds that doesn't name the rows of a list of things.
_OF_PARTIES = re.compile(
    r"\b(?:supplier|vendor|manufacturer|maker|customer|client|contractor|company|brand|user)s?(?: name)?$"
    r"|\b(?:no|nr|number|id)$"
)
#: What says of what kind, in what state or whose a row is, in the last word of a heading: it names no row.
OF_KIND = re.compile(
    r"\b(?:type|kind|class|category|status|state|priority|severity|discipline|rating|level|area|unit|by|on|at|over|date"
    r"|time|location|owner)s?$|类型|类别|分类|状态|情况|等级|级别|优先级|专业|日期|时间|单位|人$"
)
_NEVER = Evidence("column.never")
#: Phases by headings that as often say of what kind a row is.
_KINDS = frozenset(
    map(plain, ("Category", "Kategorie", "Catégorie", "Categoría", "类别", "分类", "分類", "구분", "Group"))
)


class Candidates:
    """The candidates of all columns of a table.

    Attributes:
        misfits: columns whose heading names a field that hardly a cell of theirs could be, with heading and label.
        unknown: columns whose heading names a field with words of its own, of which they hold hardly one: the field.
        periods: whether starts count weeks instead of naming days.
        rejected: whether the table is one of rejected rows, whose cells are wrong by nature.
    """

    def __init__(self, register: Register, columns: Sequence[Traits], rejected: bool = False) -> None:
        self.register = register
        self.columns = columns
        self.rejected = rejected
        self.lexicon = lexicon_of(register)
        self.misfits: dict[int, tuple[str, str]] = {}
        self.unknown: dict[int, str] = {}
        self.periods = False
        #: Texts over most columns are the title of the table: 系统开发计划 names no system.
        over = Counter(part for c in columns for part in set(c.parts[:-1]))
        self.titles = {part for part, count in over.items() if len(columns) >= 4 and count > 0.5 * len(columns)}
        self.needed = [f for f in register.entered if f.required and f.kind.wordy]
        self.names = {f.field for f in self.needed} - CODES
        self.families = {**family_readings(register, columns), **ladder_readings(register, columns)}
        self.stages = stages(register, columns)
        self.of: dict[int, dict[str, FieldCandidate]] = {c.column: {} for c in columns}
        for column in columns:
            for candidate in self._by_heading(column):
                self._add(column, candidate)
        self._by_content()
        if self.periods or any(map(self._counts_periods, columns)):
            self.periods = True
            for found in self.of.values():
                found.pop("duration", None)
                found.pop("remaining", None)

    def _add(self, column: Traits, candidate: FieldCandidate) -> None:
        known = self.of[column.column].get(candidate.field)
        if candidate.weight > 0 and (known is None or known.weight < candidate.weight):
            self.of[column.column][candidate.field] = candidate

    # -- by headings ------------------------------------------------------------------------------------------------

    def _by_heading(self, column: Traits) -> Iterator[FieldCandidate]:
        if not column.parts:
            return
        for match in self._readings(column):
            if match.field in self.names and match.certainty < 0.9 and self._names_others(column):
                continue
            why = "heading" if match.certainty >= 0.9 else "similar"
            signs = (Evidence("column.heading", match.certainty), *self._signs(match, column))
            yield FieldCandidate(match.field, why, signs)

    def _readings(self, column: Traits) -> list[Match]:
        """What a heading may mean; a column called ID that holds codes such as 1.2.3 is one of WBS codes."""
        said = [part for part in column.parts if part not in self.titles] or column.parts
        if self.stages and column.column in self.stages.between:
            return []
        matches = [*self.families.get(column.column, ()), *self._beside(column), *self.lexicon.matches(said)]
        if not self.register.outline or not matches:
            return matches
        if matches[0].field == "resources" and column.groups and _TEAM.search(column.plain):
            return [Match("owner", matches[0].certainty)]  # a team over a run of rows answers for them
        if matches[0].field == "resources" and _TEAM.search(column.plain) and self._answered_beside(column):
            return []  # whoever answers for the row stands beside the team that he belongs to
        if matches[0].field == "finish" and self._planned_beside(column):
            return [Match("actual_finish", matches[0].certainty), *matches]
        if matches[0].field in self.names and column.coded >= 0.8 and column.different == 1:
            return [*matches, Match("source_id", 0.8 * matches[0].certainty)]
        if matches[0].field not in ("source_id", "wbs"):
            return matches
        if matches[0].field == "source_id" and column.words >= 0.5 and column.coded < 0.2:
            return [Match(name, 0.85 * matches[0].certainty) for name in self.names]  # an item is what the row is about
        if matches[0].field == "source_id" and holds_codes(column.cells):
            return [Match("wbs", matches[0].certainty), *matches[1:]]
        if matches[0].field == "wbs" and column.counters:
            return [Match("source_id", matches[0].certainty * 0.9), *matches]
        if matches[0].field == "source_id" and column.counters:
            return [Match("source_id", matches[0].certainty * 0.92), *matches[1:]]
        return matches

    def _beside(self, column: Traits) -> Iterator[Match]:
        """What a plain heading means because of the words of the others: the date of a transmittal."""
        for key, (words, headings) in words_beside(self.register.key).items():
            if column.plain not in map(plain, headings):
                continue
            others = [other.plain for other in self.columns if other is not column]
            if any(word in said for word in words for said in others):
                yield Match(key, 0.9)

    def _answered_beside(self, column: Traits) -> bool:
        """True where another column says who answers for each row."""
        others = (c for c in self.columns if c is not column and c.cells)
        return any(m.field == "owner" and m.certainty >= 0.9 for c in others for m in self.lexicon.matches(c.parts)[:1])

    def _planned_beside(self, column: Traits) -> bool:
        """True for a plain 完成时间 beside starts and ends under 计划时间: it says when the work was done."""
        kinds = set()
        for other in self.columns:
            if other is not column and any("计划" in part and part not in self.titles for part in other.parts[:-1]):
                kinds |= {m.field for m in self.lexicon.matches(other.parts[-1])}
        said = [part for part in column.parts if part not in self.titles]
        return {"start", "finish"} <= kinds and len(said) == 1 and said[0].startswith(("完成", "完工"))

    def _signs(self, match: Match, column: Traits) -> Iterator[Evidence]:
        """What the cells say of a field that the heading names."""
        key, cells = match.field, column.cells
        if column.all and not cells:
            yield Evidence("column.empty")
        if key == REF:
            if cells and not holds_references(cells, self.register.model.prefix):
                yield _NEVER
            return
        if key not in self.register:
            if column.all:
                yield Evidence("column.outline")
            if key == PHASE and cells and column.scattered and column.plain in _KINDS:
                yield Evidence("column.scattered")
            return
        if not cells:
            return
        target = self.register[key]
        if key in CODES:
            yield from self._signs_of_code(match, column)
        if key == "percent" and target.kind.printed.share and column.progress:
            return
        if target.names_rows and key != "notes" and column.days:
            yield _NEVER  # REV.0 Submit is no revision
            return
        yield from self._signs_of_kind(match, target, column)
        if key in {f.field for f in self.needed}:
            yield Evidence("column.needed")
        if key in self.names:
            yield from self._signs_of_name(column)

    def _signs_of_code(self, match: Match, column: Traits) -> Iterator[Evidence]:
        key = match.field
        if match.certainty < 0.9 and column.different < 0.9:
            yield _NEVER
        if key in ("source_id", "wbs") and len(column.cells) >= 4:
            if column.different < 0.5:
                yield _NEVER  # it says what the rows belong to
            elif key == "source_id" and column.different < 0.9 and column.coded >= 0.8:
                yield Evidence("column.repeated")
        if key in ("number", "code") and column.counters:
            yield Evidence("column.counts")
        if key in ("number", "code") and column.coded >= 0.8:
            yield Evidence("column.codes")

    def _signs_of_kind(self, match: Match, target: Field, column: Traits) -> Iterator[Evidence]:
        cells = column.cells
        share = column.fit(target)
        text = target.kind.wordy
        if target.kind.strict or (text and target.required):
            if share < 0.3 and self.rejected and match.certainty >= 0.9:
                yield Evidence("column.misfit")
            elif share < 0.3:
                if match.field == "start" and match.certainty >= 0.9 and holds_periods(cells):
                    self.periods = True
                elif match.certainty >= 0.9:
                    self.misfits[column.column] = (column.heading, target.label)
                yield _NEVER
            elif text and len(cells) >= 10 and len(set(cells)) < 4:
                yield Evidence("column.kinds")  # Yes and No under the heading Summary name no rows
            elif text and sum(isinstance(c, str) for c in cells) < 0.5 * len(cells):
                yield Evidence("column.numbers")  # numbers beside names, under one heading with them
            else:
                yield Evidence("column.misfit", 1 - share)
        elif target.words is not None and share < 0.3:
            if match.certainty >= 0.9 and len(cells) >= 2:
                self.misfits[column.column] = (column.heading, target.label)
                self.unknown[column.column] = match.field
                yield _NEVER
            elif match.certainty < 0.9:
                if match.certainty >= _RESEMBLES and cells:
                    self.unknown.setdefault(column.column, match.field)
                yield _NEVER
        elif target.names_rows and share < 0.5:
            yield _NEVER
        elif column.marks and not target.pick and (target.links or match.field == "resources"):
            yield _NEVER  # R, A and √ name nobody and nothing
        elif target.links and not target.pick and share < 0.3:
            yield Evidence("column.foreign")
        elif target.pick and share < 0.3 and match.certainty < 1:
            yield _NEVER  # Type and Severity say many things; only some lists mean the category by them
        elif (target.links or (target.names_rows)) and match.field not in CODES and target.field != "revision":
            yield Evidence("column.coded", 0.2 * (column.coded >= 0.8))
            if match.field in _OF_HANDS:
                yield Evidence("column.unshared", column.unshared)
            if target.target == "organisation" and match.certainty < _RESEMBLES:
                yield Evidence("column.resembles")

    def _signs_of_name(self, column: Traits) -> Iterator[Evidence]:
        yield Evidence("column.words", column.nameliness)
        if column.coded >= 0.8 and column.different < 0.9 and column.lettered >= 0.5:
            yield _NEVER  # codes that come again say what the rows belong to
        if self._is_titled(column):
            yield Evidence("column.titled")
        if column.coded >= 0.8 or column.clocks >= 0.5:
            yield Evidence("column.coded")
        if column.states >= 0.6 and len(column.cells) >= 2:
            yield Evidence("column.states")
        if column.different <= 0.5 and len(column.cells) >= 6 and column.groups:
            yield Evidence("column.grouped")

    def _is_titled(self, column: Traits) -> bool:
        """Whether a heading says title, or the thing itself (Issue, Defect), beside one that says description."""
        if _DESCRIPTION.search(column.plain):
            return False
        said = _TITLE.search(column.plain) or is_about(self.register.key, column.plain)
        return bool(said) and any(_DESCRIPTION.search(c.plain) and c.cells for c in self.columns if c is not column)

    def _names_others(self, column: Traits) -> bool:
        """True for the names of suppliers and users in a list of things or tasks that lie under each other."""
        return "parent" in self.register and bool(_OF_PARTIES.search(column.plain))

    def _counts_periods(self, column: Traits) -> bool:
        """True for numbers under Start Week: durations beside them are hardly days."""
        cells = column.cells
        if not cells or not _START_PERIOD.search(column.heading) or "start" in self.of[column.column]:
            return False
        return all(isinstance(c, (int, float)) and 0 <= c < 200 for c in cells)

    # -- by contents ------------------------------------------------------------------------------------------------

    def _by_content(self) -> None:
        """What columns may be by what they hold: what a row can't be without, progress, dates, steps, numbers."""
        claimed = {key for found in self.of.values() for key in found}
        lacking = [f for f in self.needed if f.field not in claimed]
        if len(lacking) < 2:
            for target in lacking:
                for column in self.columns:
                    if candidate := self._as_needed(target, column):
                        self._add(column, candidate)
        if self.register.outline:
            self._steps()
            self._numbers(claimed)
            self._links(claimed)
            for column in self.columns:
                told = column.progress and (self._is_state(column) or self._reads_as_states(column))
                if told or are_shares(column):
                    self._add(column, FieldCandidate("percent", "content", (Evidence("column.shares"),)))
            self._spans()
            self._dates()

    def _as_needed(self, target: Field, column: Traits) -> FieldCandidate | None:
        """A column without a fitting heading as what a row can't be without."""
        if column.words < 0.3 or column.dated or self._names_others(column):
            return None
        if target.field in CODES:
            short = sum(len(as_text(c)) <= 20 for c in column.cells) >= 0.8 * len(column.cells)
            signs = [Evidence("column.words", column.nameliness), Evidence("column.needed")]
            return FieldCandidate(target.field, "content", tuple(signs)) if short else None
        signs = [*self._signs_of_name(column), Evidence("column.needed")]
        if not column.parts:
            signs.append(Evidence("column.nameless"))
        if OF_PEOPLE.search(column.plain):
            signs.append(Evidence("column.people"))
        if OF_KIND.search(column.plain) and column.column not in self.misfits:
            signs.append(Evidence("column.of_kind"))
        known = self.of[column.column]
        described = [known[key] for key in ("notes", "description") if key in known]
        if described and described[0].why == "heading" and _DESCRIPTION.search(column.plain):
            return FieldCandidate(
                target.field, "heading", (Evidence("column.heading", 0.8), Evidence("column.described"), *signs)
            )
        return FieldCandidate(target.field, "content", tuple(signs))

    def _is_state(self, column: Traits) -> bool:
        return any(self.lexicon.is_computed(p) for p in column.parts)

    def _reads_as_states(self, column: Traits) -> bool:
        """True for words of progress in nearly every row under a heading that nobody knows, in whatever language."""
        return bool(column.parts) and not self.of[column.column] and column.states >= 0.8 and len(column.cells) >= 3

    def _links(self, claimed: set[str]) -> None:
        """A column whose words name other rows above each, several in some cells: what a row comes after."""
        if "predecessors" not in self.register or "predecessors" in claimed:
            return
        for column in self.columns:
            if column.parts and not self.of[column.column] and any(resolves(column, c) for c in self.columns):
                self._add(column, FieldCandidate("predecessors", "content", (Evidence("column.refers"),)))
                return

    def _steps(self) -> None:
        """Names that repeat over runs of rows are of groups where a like heading to the right names each row."""
        for coarse in self.columns:
            named = self.of[coarse.column].get("name")
            if named is None or coarse.different > 0.5 or not coarse.cells:
                continue
            finer = [c for c in self.columns if c.column > coarse.column and is_finer(c, coarse)]
            if named.why == "heading" and len(coarse.cells) >= 4 and coarse.groups:
                self._add(coarse, FieldCandidate(PHASE, "content", (Evidence("column.groups"),)))
                parts = [c for c in finer if PHASE in self.of[c.column]]
                steps = max(parts, key=lambda c: c.different, default=None)
            elif named.why == "similar":
                stem = _COUNT.sub("", coarse.plain)
                steps = next((c for c in finer if _COUNT.sub("", c.plain) == stem), None)
                if steps is not None:
                    self._add(coarse, FieldCandidate(PHASE, "content", (Evidence("column.steps"),)))
            else:
                steps = None
            if steps is not None:
                signs = (*named.signs[:1], *self._signs_of_name(steps))
                self._add(
                    steps, FieldCandidate("name", "similar" if PHASE in self.of[steps.column] else "content", signs)
                )

    def _numbers(self, claimed: set[str]) -> None:
        """The first column, where its values are codes that are all different and nothing else numbers the rows."""
        if {"source_id", "wbs"} & claimed or not self.columns:
            return
        first = self.columns[0]
        if not first.parts and not self.of[first.column] and first.different == 1 and holds_codes(first.cells):
            self._add(first, FieldCandidate("wbs", "content", (Evidence("column.codes"), Evidence("column.first"))))
            return
        if first.parts and not self.of[first.column] and first.filled >= 0.9 and are_codes(first):
            signs = (Evidence("column.codes"), Evidence("column.first"))
            self._add(first, FieldCandidate("source_id", "content", signs))

    def _spans(self) -> None:
        """A column with a start and a finish in each cell: it is taken for the start, and parted later."""
        known = {key for found in self.of.values() for key in found}
        if {"start", "finish"} <= known or "finish" not in self.register:
            return
        for column in self.columns:
            if column.spans and not NO_PLAN.search(column.plain) and not speaks_of_actual(column.heading):
                self._add(column, FieldCandidate("start", "content", (Evidence("column.spans"),)))
                return

    def _is_dated(self, column: Traits) -> bool:
        """Whether a heading names another day than a start or a finish."""
        matches = self.lexicon.matches(column.parts)
        return any(m.field in self.register and self.register[m.field].kind.dated for m in matches)

    def _dates(self) -> None:
        """Columns of dates without a known heading: a start and a finish in their order, or an end by its name."""
        known = {key for found in self.of.values() for key in found}
        if {"start", "finish"} & known or self.periods:
            return
        headed = sum(bool(c.parts) for c in self.columns) > 0.5 * len(self.columns)
        free = [c for c in self.columns if c.cells and not self.of[c.column] and (c.parts or not headed)]
        dated = [c for c in free if c.dated and not self._is_dated(c)]
        ends = [c for c in dated if END.search(c.plain) and not NO_PLAN.search(c.plain)]
        others = [c for c in dated if c not in ends and not NO_PLAN.search(c.plain)]
        starts, ends = (others[:1], ends[:1]) if ends else (others[:1], others[1:2])
        if starts and not ends and starts[0].parts:
            return  # a single day under words that nobody knows may be any day of a row
        if starts and ends and not in_order(starts[0], ends[0]):
            starts, ends = [], [c for c in ends if END.search(c.plain)]
        for column in starts:
            self._add(column, FieldCandidate("start", "content", (Evidence("column.days"),)))
        for column in ends:
            self._add(column, FieldCandidate("finish", "content", (Evidence("column.days"),)))
