"""How the values of a matrix are written into a cell and typed: a letter each, or as their field has them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection

from handover.errors import NotValid
from handover.i18n import N_, tr
from handover.model.vocabulary import Tone
from handover.registers import entry, picks, show
from handover.registers.declare import Field
from handover.registers.matrix.declaration import Matrix
from handover.values.cells import folded

#: Between several values of a cell, and what people write there.
BETWEEN = "/"
_PARTS = re.compile(r"[/\\,;+&、，；\s]+")
#: What people write into a cell that is only ticked, beside yes and no.
_TICKS = ("√", "✓", "✔", "x", "×", "●", "■", "v", "1")
_SPARE = "123456789"


class Letter(NamedTuple):
    """A value with the letter that stands for it, its word and its tone; a retired one is shown, but not entered."""

    value: Any  # Any: what the value field holds
    letter: str
    word: str
    tone: Tone | None
    retired: bool = False


@dataclass(frozen=True)
class Letters:
    """The values that a matrix takes.

    Attributes:
        options: in their order; empty where a cell takes any number or text.
    """

    field: Field
    several: bool
    options: tuple[Letter, ...]

    @property
    def by_value(self) -> dict[Any, Letter]:  # Any: as above
        """The letters by what is stored."""
        return {each.value: each for each in self.options}

    def of_key(self, text: str) -> Letter | None:
        """The value that a key stands for, None for any other key."""
        wanted = text.casefold()
        if self.field.kind.yes_or_no and (wanted in _TICKS or wanted in (" ", "y", "t")):
            return self.options[0]
        return next((each for each in self.options if each.letter.casefold() == wanted), None)

    def in_order(self, values: Iterable[Any]) -> tuple[Any, ...]:  # Any: as above
        """Values without doubles, in the order of the options."""
        found = dict.fromkeys(v for v in values if v is not None)
        if not self.options:
            return tuple(found)
        places = {each.value: n for n, each in enumerate(self.options)}
        return tuple(sorted(found, key=lambda value: places.get(value, len(places))))

    def text(self, values: Sequence[Any]) -> str:  # Any: as above
        """What stands in a cell."""
        if not values:
            return ""
        known = self.by_value
        if self.options:
            return BETWEEN.join(known[v].letter if v in known else str(v) for v in self.in_order(values))
        return BETWEEN.join(show.text(self.field, v) for v in values)

    def words(self, values: Sequence[Any]) -> str:  # Any: as above
        """The values of a cell in words."""
        known = self.by_value
        return ", ".join(known[v].word if v in known else show.text(self.field, v) for v in self.in_order(values))

    @property
    def offered(self) -> tuple[Letter, ...]:
        """The values that can be entered."""
        return tuple(each for each in self.options if not each.retired)

    def read(self, connection: Connection, project_id: str, text: str) -> tuple[Any, ...]:  # Any: as above
        """The values that a text means to enter; none for an empty one. Raises NotValid, saying what fits."""
        values = self.meant(connection, project_id, text)
        known = self.by_value
        for value in values:
            if value in known and known[value].retired:
                raise self.no_longer(known[value])
        return values

    def no_longer(self, letter: Letter) -> NotValid:
        """Why a retired value isn't entered."""
        return NotValid(N_("“{text}” is retired. Choose another one."), text=letter.letter, field=self.field.field)

    def meant(self, connection: Connection, project_id: str, text: str) -> tuple[Any, ...]:  # Any: as above
        """The values that a text means, retired ones too. Raises NotValid, saying what fits."""
        plain = text.strip()
        if not plain:
            return ()
        if not self.options:
            value = entry.parse(connection, project_id, self.field, plain)
            return () if value is None else (value,)
        if self.field.kind.yes_or_no:
            return (
                (True,)
                if folded(plain) in map(folded, _TICKS) or entry.parse(connection, project_id, self.field, plain)
                else ()
            )
        found = self._parts(plain)
        if found is None:
            found = [self._one(connection, project_id, plain)]
        values = self.in_order(found)
        if len(values) > 1 and not self.several:
            raise NotValid(N_("“{text}” holds several values; a cell takes one."), text=plain, field=self.field.field)
        return values

    def _parts(self, text: str) -> list[Any] | None:  # Any: as above
        """Several letters, written together or parted; None where one of them is no letter."""
        known = {each.letter.casefold(): each.value for each in self.options}
        parts = [p for p in _PARTS.split(text.casefold()) if p]
        if all(part in known for part in parts):
            return [known[part] for part in parts]
        signs = [sign for part in parts for sign in part]
        return [known[sign] for sign in signs] if all(sign in known for sign in signs) else None

    def _one(self, connection: Connection, project_id: str, text: str) -> Any:  # Any: as above
        wanted = folded(text)
        for each in self.options:
            if wanted == folded(each.word):
                return each.value
        try:
            return entry.parse(connection, project_id, self.field, text)
        except NotValid as error:
            letters = ", ".join(each.letter for each in self.offered)
            raise NotValid(
                N_("“{text}” is none of {letters}."), text=text, letters=letters, field=self.field.field
            ) from error


def letters_of(connection: Connection, matrix: Matrix, project_id: str) -> Letters:
    """The values that a matrix takes, with their letters."""
    field = matrix.value_field
    given = dict(matrix.letters)
    if field.kind.yes_or_no:
        return Letters(field, False, (Letter(True, given.get("true", "√"), tr("Yes"), "ok"),))
    if field.pick:
        known = picks.entries(connection, project_id, field.pick)
        codes = _distinct([given.get(e.code, e.code) for e in known])
        made = (Letter(e.id, letter, e.word, e.tone, e.retired) for e, letter in zip(known, codes, strict=True))
        return Letters(field, matrix.several, tuple(made))
    if field.words is None:
        return Letters(field, False, ())
    options = tuple(field.words)
    codes = _distinct([given.get(o.code, o.code) for o in options])
    return Letters(
        field,
        matrix.several,
        tuple(Letter(o.code, letter, o.label, o.tone) for o, letter in zip(options, codes, strict=True)),
    )


def _distinct(wanted: Sequence[str]) -> list[str]:
    """A letter for each of some codes: the code where it is short, else the first of its letters that is free."""
    taken: set[str] = set()
    found = []
    for code in wanted:
        signs = [code] if len(code) <= 1 else [*(s for s in code if s.isalnum()), *_SPARE]
        letter = next((s.upper() for s in signs if s.upper() not in taken), code)
        taken.add(letter)
        found.append(letter)
    return found
