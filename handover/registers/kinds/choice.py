"""Choices of a vocabulary, and states, which change only along their lifecycle."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, case

from handover.i18n import LANGUAGES, N_, in_language
from handover.model.dialect import Expression
from handover.model.lifecycle import Lifecycle
from handover.model.vocabulary import Vocabulary
from handover.registers.kinds.choosing import CellChoice, fitting
from handover.registers.kinds.kind import FieldKind, KindField, LinkTarget, ProjectNames
from handover.values import print_forms
from handover.values.cells import Cell, ColumnReading, Unreadable, as_text, is_nothing, read_column, shown

_SYMBOLS = re.compile(r"^[^\w<>]+|[^\w)）%]+$")


class ChoiceKind(FieldKind):
    """One word of a vocabulary, stored as its code."""

    key = "choice"
    width = 16
    worded = True
    operators = ("is", "is_not", "empty", "filled")
    printed = print_forms.STATUS

    def read(self, field: KindField, text: str, names: ProjectNames) -> str:
        return word_of(_words(field), text)

    def imported(self, field: KindField, cells: Sequence[Cell], heading: str) -> ColumnReading[str]:
        words = _words(field)
        return read_column(_said_for_nothing(words, cells), partial(word_of, words))

    def fits(self, field: KindField, cells: Sequence[Cell], heading: str) -> float:
        words = _words(field)
        return sum(words.code_of(as_text(c)) is not None for c in cells) / len(cells)

    def text(self, field: KindField, value: object) -> str:
        return _words(field).label(str(value))

    def options(self, field: KindField) -> tuple[CellChoice, ...]:
        return tuple(CellChoice(option.label, "", option.code) for option in _words(field))

    def indexed(self, field: KindField, value: Any) -> str:
        return in_each_language(_words(field), str(value))

    def order(
        self, field: KindField, column: ColumnElement[Any], row_id: Expression, target: LinkTarget | None
    ) -> ColumnElement[Any]:
        # As the vocabulary is ordered.
        return case({option.code: place for place, option in enumerate(_words(field))}, value=column, else_=None)

    def mentions(
        self,
        field: KindField,
        column: ColumnElement[Any],
        row_id: Expression,
        word: str,
        target: LinkTarget | None,
    ) -> ColumnElement[bool]:
        wanted = word.casefold()
        return column.in_([option.code for option in _words(field) if wanted in option.label.casefold()])


class StateKind(ChoiceKind):
    """A state; a row has one at all times, and a copy begins anew."""

    key = "state"
    width = 18
    never_empty = True
    copied = False

    def choices(self, field: KindField, text: str, names: ProjectNames, now: Any = None) -> Sequence[CellChoice]:
        """The states that may follow, each with the verb of the step that leads there."""
        life = field.words
        if not now or not isinstance(life, Lifecycle):
            return super().choices(field, text, names, now)
        lawful = [
            CellChoice(o.label, " / ".join(step.label for step in life.steps_between(now, o.code)), o.code)
            for o in life.next_states(now)
        ]
        return fitting([CellChoice(life.label(now), "", now), *lawful], text)


def in_each_language(words: Vocabulary, code: str) -> str:
    """A choice as it is read, in each language."""
    said = []
    for each in LANGUAGES:
        with in_language(each):
            said.append(words.label(code))
    return "\n".join(dict.fromkeys(said))


def _said_for_nothing(words: Vocabulary, cells: Sequence[Cell]) -> Sequence[Cell]:
    """The cells, with marks for nothing, such as N/A, said by name where the list itself has a word that is one."""
    option = next((o for o in words if any(map(is_nothing, in_each_language(words, o.code).split("\n")))), None)
    if option is None:
        return cells
    name = next((n for n in in_each_language(words, option.code).split("\n") if not is_nothing(n)), "")
    return [name if name and isinstance(c, str) and words.code_of(c) == option.code else c for c in cells]


def word_of(words: Vocabulary, cell: Cell) -> str:
    """The code of a word of a vocabulary, with or without a symbol in front of it.

    Raises:
        Unreadable: it is none of them.
    """
    text = as_text(cell)
    code = words.code_of(text) or words.code_of(_SYMBOLS.sub("", text))
    if code is None:
        allowed = ", ".join(option.label for option in words)
        raise Unreadable(N_("“{value}” is not one of: {allowed}."), value=shown(cell), allowed=allowed)
    return code


def _words(field: KindField) -> Vocabulary:
    assert field.words is not None
    return field.words


CHOICE = ChoiceKind()
STATE = StateKind()
