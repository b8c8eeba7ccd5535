"""Which column of a table goes into which field of a register: the whole reading that most evidence speaks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from handover.exchange.columns.agreement import Agreement
from handover.exchange.columns.assignment import assign
from handover.exchange.columns.candidate import FieldCandidate
from handover.exchange.columns.candidates import OF_PEOPLE, Candidates
from handover.exchange.columns.column_doubts import column_questions
from handover.exchange.columns.headings import LEVEL, PHASE, REF
from handover.exchange.columns.mapping import ColumnMapping, MappedColumn, SheetColumn, lexicon_of
from handover.exchange.columns.reason_column import says_what_is_wrong
from handover.exchange.columns.revision_columns import revisions_beside, sideways_notice
from handover.exchange.columns.stems import stages_notice
from handover.exchange.columns.traits import Traits
from handover.exchange.evidence import Evidence, sure
from handover.exchange.notice import Notice
from handover.exchange.tables.heading_text import plain
from handover.i18n import N_
from handover.registers.declare import Register
from handover.values.cells import as_text, is_nothing

#: More than this a rival may weigh less and is still held against the rest of the reading.
_NEAR = 5.0
_SHARED = frozenset({PHASE})

Reading = dict[int, str]


def propose(
    register: Register,
    columns: Sequence[SheetColumn | Traits],
    remembered: Mapping[str, str] | None = None,
) -> ColumnMapping:
    """Find out which column fills which field, from all evidence together.

    Args:
        columns: the columns, or what is known of their cells where they are held against several registers.
        remembered: heading to field as the user left it the last time that these headings were seen.
    """
    traits = [column if isinstance(column, Traits) else Traits(column) for column in columns]
    fixed = _remembered(register, traits, remembered or {})
    notices: list[Notice] = []
    rejected = [t for t in traits if says_what_is_wrong(t.heading)]
    aside = {t.column for t in rejected}
    if "revision" in register and (beside := revisions_beside([t.heading for t in traits])):
        aside |= {traits[place].column for place in beside}
        notices.append(sideways_notice(traits[beside[0]].heading, traits[beside[-1]].heading))
    free = [t for t in traits if t.column not in aside and t.column not in fixed]
    candidates = Candidates(register, free, bool(rejected))
    given = {key for key in fixed.values() if key and key not in _SHARED}
    usable = {
        column: {key: found for key, found in fields.items() if key not in given}
        for column, fields in candidates.of.items()
    }
    agreement = Agreement(register, traits)
    reading = _best(usable, agreement, fixed)
    if (group := _group(register, free, reading, candidates)) is not None:
        usable[group][PHASE] = FieldCandidate(PHASE, "content", (Evidence("column.groups"),))
        reading[group] = PHASE
    if candidates.stages:
        notices.append(stages_notice(candidates.stages))
    if candidates.periods:
        notices.append(Notice(N_("The plan counts periods instead of dates; starts and durations aren't taken.")))
    else:
        notices += [
            Notice(
                N_("Column “{heading}” isn't taken for {field}: hardly a cell of it can be read as that."),
                {"heading": heading, "field": label},
            )
            for column, (heading, label) in candidates.misfits.items()
            if column not in reading
        ]
    notices += _filled_by_program(register, traits, reading)
    mapped = tuple(_mapped(t, fixed, reading, usable, agreement) for t in traits)
    return ColumnMapping(
        register.key,
        mapped,
        tuple(notices),
        tuple(column_questions(register, free, mapped, usable, candidates.unknown)),
    )


def _filled_by_program(register: Register, traits: Sequence[Traits], reading: Reading) -> Iterator[Notice]:
    """Of which columns nothing is taken because the program fills in the field itself."""
    lexicon = lexicon_of(register)
    for column in traits:
        field = lexicon.by_program(column.heading)
        if field is not None and column.column not in reading and any(column.cells):
            yield Notice(
                N_("Column “{heading}” isn't taken: {field} is filled in by the program."),
                {"heading": column.heading, "field": field.label},
            )


def _remembered(register: Register, traits: Sequence[Traits], remembered: Mapping[str, str]) -> Reading:
    found: Reading = {}
    for column in traits:
        key = remembered.get(plain(column.heading))
        if key is not None and (not key or key in register or key in (REF, LEVEL, PHASE)):
            found[column.column] = key
    return found


def _best(usable: Mapping[int, Mapping[str, FieldCandidate]], agreement: Agreement, fixed: Reading) -> Reading:
    """The reading that weighs most by itself, and then together with how its columns agree."""
    weights = {column: {key: c.weight for key, c in fields.items()} for column, fields in usable.items()}
    best = assign(weights, _SHARED)
    worth = _worth(best, weights) + agreement.weight({**fixed, **best})
    if not agreement.doubted({**fixed, **best}):
        return best
    for column, fields in weights.items():
        now = weights[column].get(best.get(column, ""), 0.0)
        for key, weight in fields.items():
            if best.get(column) != key and now - weight < _NEAR:
                other = assign({**weights, column: {key: weight + 1e4}}, _SHARED)
                told = _worth(other, weights) + agreement.weight({**fixed, **other})
                if told > worth:
                    best, worth = other, told
    return best


def _worth(reading: Reading, weights: Mapping[int, Mapping[str, float]]) -> float:
    return sum(weights[column][key] for column, key in reading.items())


def _group(
    register: Register,
    free: Sequence[Traits],
    reading: Reading,
    candidates: Candidates,
) -> int | None:
    """A column before the names whose few texts each stand for a run of rows says what the rows are part of."""
    names = next((t for t in free if reading.get(t.column) == "name"), None)
    if not register.outline or names is None or {PHASE, LEVEL, "parent"} & set(reading.values()):
        return None
    codes = next((t for t in free if reading.get(t.column) == "wbs"), None)
    if codes is not None and not _lack_their_groups(codes):
        return None
    for column in free:
        if column.column >= names.column or column.column in reading or OF_PEOPLE.search(column.plain):
            continue
        meant = {m.field for m in candidates.lexicon.matches(column.parts)} - {"name"}
        if column.column in candidates.misfits:  # milestones over runs of tasks are no types
            meant = set()
        if not meant and column.groups and not column.scattered and _beside(column, names):
            return column.column
    return None


def _lack_their_groups(codes: Traits) -> bool:
    """Whether no row is what others are part of by their codes: 1.1, 1.2, 2.1 without 1 and 2."""
    said = {as_text(c).strip() for c in codes.all if not is_nothing(c)}
    above = {code.rpartition(".")[0] for code in said if "." in code}
    return bool(above) and "" not in above and not above & said


def _beside(column: Traits, names: Traits) -> bool:
    """False for words that stand in rows of their own: those are names themselves."""
    filled = [place for place, cell in enumerate(column.all) if not is_nothing(cell)]
    return sum(not is_nothing(names.all[place]) for place in filled) >= 0.5 * len(filled)


def _mapped(
    column: Traits,
    fixed: Reading,
    reading: Reading,
    usable: Mapping[int, Mapping[str, FieldCandidate]],
    agreement: Agreement,
) -> MappedColumn:
    texts = column.samples
    if column.column in fixed:
        key = fixed[column.column]
        return MappedColumn(column.column, column.heading, key, 1.0 if key else 0.0, texts, "remembered")
    key = reading.get(column.column, "")
    if not key:
        return MappedColumn(column.column, column.heading, "", 0.0, texts)
    taken = usable[column.column][key]
    signs = (*taken.signs, *agreement.signs({**fixed, **reading}, column.column))
    confidence = round(sure(_margin(column.column, key, reading, usable)), 2)
    return MappedColumn(
        column.column, column.heading, key, confidence, texts, taken.why, round(taken.strength, 3), signs
    )


def _margin(column: int, key: str, reading: Reading, usable: Mapping[int, Mapping[str, FieldCandidate]]) -> float:
    """What the next best reading of a column weighs less: as another field, as none, or with the field given away."""
    own = usable[column]
    here = own[key].weight
    taken = {k: c for c, k in reading.items() if k not in _SHARED}
    rest = max((c.weight for k, c in own.items() if k != key and k not in taken), default=0.0)
    margin = here - max(rest, 0.0)
    for other, fields in usable.items():
        if other != column and key in fields and key not in _SHARED:
            now = fields[reading[other]].weight if other in reading else 0.0
            back = own[reading[other]].weight if other in reading and reading[other] in own else rest
            margin = min(margin, here + now - fields[key].weight - max(back, rest, 0.0))
    return margin
