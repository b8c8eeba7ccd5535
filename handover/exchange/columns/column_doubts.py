"""What the columns of a table leave open: one clear question each, with the likelier answer first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from handover.exchange.columns.candidate import FieldCandidate
from handover.exchange.columns.candidates import CODES, OF_KIND
from handover.exchange.columns.headings import PHASE
from handover.exchange.columns.mapping import MappedColumn
from handover.exchange.columns.planned_days import plans_nothing
from handover.exchange.columns.traits import Traits
from handover.exchange.evidence import weight_of
from handover.exchange.progress_words import asks_done, state_said
from handover.exchange.question import AS_SAID, Question
from handover.exchange.reading.grid import column_letters
from handover.i18n import N_, tr
from handover.registers.declare import Register
from handover.values.cells import is_nothing

#: What a row is planned for, by what registers call it; the first that a register has is meant.
_PLANNED: Final = ("finish", "due_on", "planned_on")
#: So many rows tell whether names lack.
_LOOKED_AT = 400
#: Rows with so many other cells lack a name rather than being blank; as a share of all, so many are asked about.
_OTHERS, _LACKING = 2, 0.1
#: A column of which more are words of states names nothing.
_WORDS = 0.3
#: What says where a row stands.
_STATES: Final = ("status", "state")
#: Of so few cells nobody can say whether their words come over and over.
_FEW = 3
#: So many rows of a column hold a date before it is asked about, as a share.
_DATED = 0.5
_HOW = N_("Say which column is which with --map, such as --map “{example}”.")


def column_questions(
    register: Register,
    traits: Sequence[Traits],
    columns: Sequence[MappedColumn],
    usable: Mapping[int, Mapping[str, FieldCandidate]],
    unknown: Mapping[int, str],
) -> Iterator[Question]:
    """The questions that a reading leaves open.

    Args:
        columns: what was made of each column; what the user said, now or before, is never asked again.
        usable: what else each column may be.
        unknown: columns whose heading names a field that knows hardly one of their words.
    """
    called = _called(columns)
    yield from _which_names(register, traits, columns, usable, called)
    if (asked := _which_day(register, traits, columns, called)) is not None:
        yield asked
    yield from _unknown_words(register, traits, columns, called, unknown)


def _called(columns: Sequence[MappedColumn]) -> dict[int, str]:
    """The columns by their headings, by their letters where two have the same."""
    headings = [m.heading for m in columns]
    return {m.column: m.heading if headings.count(m.heading) == 1 else column_letters(m.column) for m in columns}


def _which_names(
    register: Register,
    traits: Sequence[Traits],
    columns: Sequence[MappedColumn],
    usable: Mapping[int, Mapping[str, FieldCandidate]],
    called: Mapping[int, str],
) -> Iterator[Question]:
    """Which of two columns is what a row can't be without, where both may be."""
    needed = {f.field for f in register.entered if f.required and f.kind.wordy} - CODES
    for taken in columns:
        if taken.field not in needed or taken.why in ("user", "remembered"):
            continue
        rival = _rival(taken, columns, usable) or _filling(taken, columns, {t.column: t for t in traits}, usable)
        if rival is None:
            continue
        first, second = called[taken.column], called[rival.column]
        said = tr("Which column is {field}: “{first}” or “{second}”?", field=register[taken.field].label,
                  first=first, second=second)  # fmt: skip
        yield Question(
            AS_SAID,
            {"said": said, "heading": taken.heading, "other": rival.heading},
            (f"{first}={taken.field}", f"{second}={taken.field}"),
            "--map",
            _HOW,
            {"example": f"{first}={taken.field}"},
            said=(first, second),
        )


def _rival(
    taken: MappedColumn, columns: Sequence[MappedColumn], usable: Mapping[int, Mapping[str, FieldCandidate]]
) -> MappedColumn | None:
    """The column that is nearly as well what another one was taken for."""
    here, key = usable[taken.column][taken.field].weight, taken.field
    near = [
        (usable[m.column][key].weight, m)
        for m in columns
        if m is not taken and key in usable.get(m.column, {}) and _is_free(m)
    ]
    near = [(w, m) for w, m in near if here - w < weight_of("ask.column") and (w <= here or m.field)]
    return max(near, key=lambda each: each[0])[1] if near else None  # where a free one weighs more, links told


def _filling(
    taken: MappedColumn,
    columns: Sequence[MappedColumn],
    traits: Mapping[int, Traits],
    usable: Mapping[int, Mapping[str, FieldCandidate]],
) -> MappedColumn | None:
    """The column of words that stands in most of the rows in which a name lacks: those would be left out."""
    names = traits[taken.column]
    lacking = [
        place
        for place, cell in enumerate(names.all[:_LOOKED_AT])
        if is_nothing(cell) and sum(not is_nothing(t.all[place]) for t in traits.values()) >= _OTHERS
    ]
    if len(lacking) < max(2, _LACKING * len(names.all[:_LOOKED_AT])):
        return None
    for mapped in columns:
        other = traits.get(mapped.column)
        if other is None or not _is_free(mapped) or mapped.field or taken.field in usable.get(mapped.column, {}):
            continue  # one that is called a name, too, names them anyway
        if OF_KIND.search(other.plain) or not (other.worded and other.states < _WORDS):
            continue
        if sum(not is_nothing(other.all[place]) for place in lacking) >= 0.8 * len(lacking):
            return mapped
    return None


def _is_free(mapped: MappedColumn) -> bool:
    """Whether a column may still be given another field: none, or one that was found by its cells alone."""
    return mapped.why not in ("user", "remembered") and (mapped.field in ("", PHASE) or mapped.why == "content")


def _which_day(
    register: Register, traits: Sequence[Traits], columns: Sequence[MappedColumn], called: Mapping[int, str]
) -> Question | None:
    """Whether a column of dates that nothing takes is the day for which the rows are planned; nothing else says it."""
    key = next((key for key in _PLANNED if key in register), None)
    if key is None or any(m.field == key for m in columns):
        return None
    by_place = {m.column: m for m in columns}
    left = [
        t
        for t in traits
        if t.parts and t.column in by_place and not by_place[t.column].field and not by_place[t.column].why
        and t.days and t.filled >= _DATED and not plans_nothing(register, t)
    ]  # fmt: skip
    if len(left) != 1:  # a drawn plan has a day over each column, a stage of a document a column for each
        return None
    column = left[0]
    heading, keys = called[column.column], [key, *(["start"] if "start" in register and key == "finish" else [])]
    keys = [k for k in keys if not any(m.field == k for m in columns)]
    said = tr("“{heading}” holds dates. Are they {field}?", heading=heading, field=register[key].label)
    return Question(
        AS_SAID,
        {"said": said, "heading": column.heading},
        tuple(f"{heading}={k}" for k in (*keys, "")),
        "--map",
        _HOW,
        {"example": f"{heading}={key}"},
        said=(*(register[k].label for k in keys), tr("Not taken")),
    )


def _unknown_words(
    register: Register,
    traits: Sequence[Traits],
    columns: Sequence[MappedColumn],
    called: Mapping[int, str],
    unknown: Mapping[int, str],
) -> Iterator[Question]:
    """Whether states in words that nobody knows are taken all the same: the rows come in, their words as notes."""
    filled = {m.field for m in columns if m.field}
    by_place = {m.column: m for m in columns}
    for column in traits:
        key, mapped = unknown.get(column.column), by_place[column.column]
        if key not in _STATES or key in filled or mapped.field or mapped.why or not _are_states(column):
            continue
        heading = called[column.column]
        said = tr("The words under “{heading}” are no words of {field}: {words}. Shall they go into the notes?",
                  heading=heading, field=register[key].label, words=tr(", ").join(column.samples))  # fmt: skip
        yield Question(
            AS_SAID,
            {"said": said, "heading": column.heading},
            (f"{heading}={key}", f"{heading}="),
            "--map",
            _HOW,
            {"example": f"{heading}={key}"},
            said=(tr("Yes, into the notes"), tr("Not taken")),
        )


def _are_states(column: Traits) -> bool:
    """Whether a few words come over and over."""
    if asks_done(column.heading) and all(state_said(c) is not None for c in column.cells):
        return False  # they are read as what they say
    few = len(column.cells) <= _FEW or column.different <= 0.5
    return few and bool(column.cells) and all(isinstance(c, str) for c in column.cells)
