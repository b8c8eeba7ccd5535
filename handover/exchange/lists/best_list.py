"""Which table of a file suits a register best."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from math import log, log10

from handover.exchange.columns.candidates import CODES
from handover.exchange.columns.headings import PHASE
from handover.exchange.columns.mapping import ColumnMapping, MappedColumn, lexicon_of
from handover.exchange.columns.stems import family
from handover.exchange.columns.subjects import is_about
from handover.exchange.evidence import Evidence, total, weight_of
from handover.exchange.tables.finding import Table
from handover.exchange.tables.heading_text import plain
from handover.exchange.tables.other_rows import Skip
from handover.registers.catalogue import by_hand
from handover.registers.declare import Register
from handover.registers.heading_words import subject_words, words_beside
from handover.values.cells import folded

#: Headings of columns that only number the rows.
_NUMBERS = re.compile(
    r"(?:s|sr|sl|ser)?\.?/? ?(?:no|n|nr)\.?|#|№(?: п/п)?|item|pos\.?|序号|序號|编号|項番|번호|순번|n°|nº|lfd\.? nr\.?"
)
#: What a heading is worth that any register may adopt.
_ADOPTED = 0.5
#: So many headings that no other register knows say as much as a title.
_ALONE = 3
_RARE = 0.7
_SURELY = 0.9
"""Headings that more than one other register knows are less telling than this."""


@dataclass(frozen=True, slots=True)
class ListChoice:
    """A table for a register, with the mapping that was proposed."""

    register: Register
    table: Table
    mapping: ColumnMapping
    #: What speaks for the table and the register beside its columns and rows.
    signs: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class ListDoubt:
    """What leaves a doubt about the list that suits best.

    Attributes:
        near: what suits nearly as well.
        second: the best list of another register.
        others: the best lists of other registers, one each.
        weak: whether little speaks for the register at all.
    """

    near: tuple[ListChoice, ...]
    second: ListChoice | None
    weak: bool
    others: tuple[ListChoice, ...] = ()


def is_weak(choice: ListChoice, file: str) -> bool:
    """True where little says that a table is a list of its register: no telling heading, few columns, no title."""
    signs = {sign.sign: sign for sign in list_signs(choice, file)}
    if signs.keys() & {"list.form", "list.cross"}:
        return True
    told = signs.keys() & {"list.named", "list.told", "list.told_alone", "list.drawn"}
    if _taken_share(choice) < weight_of("ask.few_told" if told else "ask.few") or _names_alone(choice, signs):
        return True
    if told:
        return "list.told_alone" not in told and "list.guessed" in signs and _names_nothing(choice)
    if _plans_nothing(choice):
        return True
    if signs["list.columns"].weight < weight_of("ask.weak") or "list.lacks" in signs or _names_nothing(choice):
        return True
    telling = [m for m in choice.mapping.columns if m.field and m.why == "heading" and _known(m, choice.register)]
    rare = any(_rarity(m.heading, choice.register) >= _RARE for m in telling)
    return "list.guessed" in signs and not (rare and len(telling) > 1)


def _names_alone(choice: ListChoice, signs: Collection[str]) -> bool:
    """True where a list takes nothing but the names of a register that is no outline, and leaves other columns out."""
    told = [m for m in choice.mapping.columns if m.field or not _NUMBERS.fullmatch(plain(m.heading))]
    held = sum(bool(m.field and m.samples) for m in told)
    return "list.outline" not in signs and len(told) > 1 and held == 1


def _plans_nothing(choice: ListChoice) -> bool:
    """True for an outline that says of no row when, by whom, after what or how far, and doesn't call rows its work."""
    register, columns = choice.register, choice.mapping.columns
    if not register.outline:
        return False
    for mapped in columns:
        if mapped.samples and (mapped.field and _tells(mapped.field, register)):
            return False
        if mapped.samples and lexicon_of(register).is_computed(mapped.heading):
            return False
    names = {f.field for f in register.entered if f.required}
    return not any(m.field in names and is_about(register.key, m.heading) for m in columns)  # To do, 任务


def _tells(key: str, register: Register) -> bool:
    """Whether a field says more of a row than its number, its name, a text and where it lies in an outline."""
    if key in CODES or key not in register:
        return False
    field = register[key]
    return not (field.required or field.kind.roomy or field.target == str(register.table.name))


def is_doubtful(choice: ListChoice, second: ListChoice | None, file: str) -> bool:
    """True where little speaks for a list, and not much less for it as one of another register."""
    if second is None or (_all_by_heading(choice) and not _all_by_heading(second)):
        return False
    if any(h.timeline for h in choice.table.headings) and choice.register.outline:
        return False  # what lies under a drawn chart is a plan
    here = suits(choice, file)
    return here < weight_of("ask.low") and here - suits(second, file) < weight_of("ask.low_rival")


def _all_by_heading(choice: ListChoice) -> bool:
    """True where each of several columns is taken by what its heading says, but for those that number the rows."""
    told = [m for m in choice.mapping.columns if m.samples]
    columns = [m for m in told if m.field or not _NUMBERS.fullmatch(plain(m.heading))]
    return len(columns) > 1 and all(m.field and m.why == "heading" for m in columns)


def _taken_share(choice: ListChoice) -> float:
    """The share of the columns with anything in them that the register takes; those that number the rows apart."""
    told = [m for m in choice.mapping.columns if m.samples and (m.field or not _NUMBERS.fullmatch(plain(m.heading)))]
    return sum(bool(m.field) for m in told) / len(told) if told else 1.0


def _names_nothing(choice: ListChoice) -> bool:
    """True where what names the rows is as good as a guess among several columns, or hardly tells rows apart."""
    mapping = choice.mapping
    needed = {f.field for f in choice.register.entered if f.required and f.kind.wordy}
    for mapped in mapping.columns:
        if mapped.field not in needed - CODES:
            continue
        said = [sign.amount for sign in mapped.signs if sign.sign == "column.words"]
        same = bool(said) and max(said) < weight_of("ask.same") and not CODES & mapping.by_field.keys()
        if same or mapped.confidence < weight_of("ask.unsure"):
            return True
    return False


def suits(choice: ListChoice, file: str) -> float:
    """How well a table suits a register: sure columns count, what a row can't be without counts most.

    Args:
        file: the file's name, which may say what the list is about.
    """
    return total(list_signs(choice, file))


def by_columns(choices: Sequence[ListChoice]) -> list[ListChoice]:
    """Lists by what their columns speak for alone, the best of all first: what somebody may mean who has to choose."""

    def columns(choice: ListChoice) -> float:
        return next(sign.weight for sign in list_signs(choice, "") if sign.sign == "list.columns")

    return [*choices[:1], *sorted(choices[1:], key=columns, reverse=True)]


def is_nearly(rival: ListChoice, choice: ListChoice, margin: float) -> bool:
    """Whether a list suits nearly as well as the one that suits best by ``margin``.

    One of another register that takes many more of the columns may suit less and is near all the same.
    """
    if margin < weight_of("ask.rival"):
        return not is_poorer_copy(rival, choice)
    fuller = rival.register is not choice.register and rival.table.sheet == choice.table.sheet
    more = _taken_share(rival) - _taken_share(choice)
    return fuller and margin < weight_of("ask.fuller_rival") and more >= weight_of("ask.fuller")


def is_poorer_copy(rival: ListChoice, choice: ListChoice) -> bool:
    """Whether a list has the headings of another one and fills fewer of its columns: a copy that somebody emptied."""
    headings = [[m.heading for m in each.mapping.columns] for each in (rival, choice)]
    filled = [{m.heading for m in each.mapping.columns if m.samples} for each in (rival, choice)]
    return rival.register is choice.register and headings[0] == headings[1] and filled[0] < filled[1]


def list_signs(choice: ListChoice, file: str) -> Iterator[Evidence]:
    """What speaks for a table being a list of a register, and what against it."""
    yield from choice.signs
    register, table, mapping = choice.register, choice.table, choice.mapping
    rows = sum(why is Skip.HIDDEN for why in table.skipped.values())
    rows = max(table.last - table.first + 1 - len(table.skipped) + rows, 0)
    taken = [m for m in mapping.columns if m.field and m.field != PHASE]
    held = {m.field for m in taken if m.samples or not rows}
    columns = sum(_worth(m, register) * (1.0 if m.field in held else 0.3) for m in taken)
    yield Evidence("list.columns", log(max(columns, 1e-3)))
    required = [f.field for f in register.entered if f.required]
    if any(key not in held for key in required) or held.isdisjoint(register.display):
        yield Evidence("list.lacks")
    elif not (
        _told_by_headings([mapping.of(mapping.by_field[key]) for key in required], register)
        or all(_is_headed(key, mapping, register) for key in required)
    ):
        yield Evidence("list.guessed")
    yield Evidence("list.rows", log(0.2 + log10(1 + rows) / 2))
    if folded(register.label) in folded(table.sheet) or any(folded(a) in folded(table.sheet) for a in register.aliases):
        yield Evidence("list.named")
    else:
        told = tuple(_told(register, (table.sheet, table.title, file)))
        yield from told
        if not told and is_about(register.key, family([m.heading for m in mapping.columns])):
            yield Evidence("list.stem")
        elif not told and _seldom(register) and _headed(mapping, register) < _ALONE:
            yield Evidence("list.seldom")
    called = [m.heading for m in taken if m.field in required and m.field not in CODES and m.why == "heading"]
    if any(is_about(register.key, heading) for heading in called):
        yield Evidence("list.called")
    if register.outline:
        yield Evidence("list.outline")
        if any(h.timeline for h in table.headings):
            yield Evidence("list.drawn")


def _seldom(register: Register) -> bool:
    """Whether lists of a register hardly come without a word of what they are."""
    return bool(register.model.part_of) or register.when_told or not subject_words(register.key)


def _headed(mapping: ColumnMapping, register: Register) -> int:
    """How many columns have headings that no other register knows."""
    said = (m for m in mapping.columns if m.field and m.samples and m.why == "heading")
    return sum(_rarity(m.heading, register) >= 1 for m in said)


def _told_by_headings(needed: list[MappedColumn], register: Register) -> bool:
    """False where what a row can't be without was found by content, beside at most a heading of many registers (ID)."""
    told = [m for m in needed if m.why != "content" and _known(m, register)]
    return len(told) == len(needed) or any(_rarity(m.heading, register) >= _RARE for m in told)


def _is_headed(key: str, mapping: ColumnMapping, register: Register) -> bool:
    """Whether the heading of any column with something in it surely names a field: Description beside a Title."""
    lexicon = lexicon_of(register)
    return any(
        match.field == key and match.certainty >= _SURELY
        for m in mapping.columns
        if m.samples
        for match in lexicon.matches(m.heading)
    )


def _told(register: Register, texts: Sequence[str]) -> Iterator[Evidence]:
    """What the sheet, its title and the file say the list is about, and whether they speak of nothing else with it."""
    about = [text for text in texts if is_about(register.key, text)]
    alone = any(not any(is_about(each.key, text) for each in by_hand() if each is not register) for text in about)
    if about:
        yield Evidence("list.told_alone" if alone and not register.outline else "list.told")


def _worth(mapped: MappedColumn, register: Register) -> float:
    sure = {"similar": 0.75}.get(mapped.why, 1.0)
    return mapped.strength * sure * _rarity(mapped.heading, register) * (1.0 if _known(mapped, register) else _ADOPTED)


def _known(mapped: MappedColumn, register: Register) -> bool:
    """False for a heading that a register's own words don't know: beside Turbine ID, Turbine name is any row's name."""
    texts = (mapped.heading, *mapped.heading.split(" / "))
    if mapped.why not in ("heading", "similar") or any(lexicon_of(register).claim(text) > 0 for text in texts):
        return True
    _, headings = words_beside(register.key).get(mapped.field, ((), ()))
    return plain(mapped.heading) in map(plain, headings)  # Title, beside a word of defects


def _rarity(heading: str, register: Register) -> float:
    """1 for a heading that only one register knows, less for Name, Status and others that many do.

    Registers that know it as what names a row of this one don't count: "Document no." speaks of documents.
    """
    text = heading.rsplit(" / ", maxsplit=1)[-1]
    least = max(lexicon_of(register).claim(text) - 0.05, 0.5)
    table = str(register.table.name)
    rivals = (each for each in by_hand() if each is not register and not each.when_told)
    others = sum(lexicon_of(each).claim(text, table) >= least for each in rivals)
    return 1 / (1 + 0.4 * others)
