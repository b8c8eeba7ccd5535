"""Closed lists of values: codes that are stored, labels that are shown, and the lawful ways between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from handover.errors import NotValid
from handover.i18n import LANGUAGES, N_, in_language, language, tr
from handover.values.cells import folded

Tone = Literal["ok", "warning", "danger", "info", "neutral"]


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a vocabulary.

    Args:
        code: what is stored; never changes.
        name: what is shown, in English; found in the catalogue.
        tone: how it is coloured, always beside the word.
        aliases: other words that workbooks use for it.
    """

    code: str
    name: str
    tone: Tone = "neutral"
    aliases: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The name in the language in force."""
        return tr(self.name)

    def __str__(self) -> str:
        return self.label


class Listed(tuple[Option, ...]):
    """Options inside a message: written out in the language in force when the message is read."""

    __slots__ = ()

    def __str__(self) -> str:
        return ("、" if language() == "zh" else ", ").join(option.label for option in self)


@dataclass(frozen=True)
class Vocabulary:
    """A closed list of options, in the order in which they are offered."""

    options: tuple[Option, ...]
    _by_code: dict[str, Option] = field(init=False, repr=False, compare=False)
    _by_word: dict[str, str] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_code", {o.code: o for o in self.options})

    def __iter__(self) -> Iterator[Option]:
        return iter(self.options)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __getitem__(self, code: str) -> Option:
        return self._by_code[code]

    def label(self, code: str | None) -> str:
        """The shown name of a code; an unknown code shows as it is."""
        if not code:
            return ""
        option = self._by_code.get(code)
        return option.label if option else code

    def code_of(self, text: str) -> str | None:
        """The code that a word from a workbook means: a code, a label in either language or an alias."""
        if not self._by_word:
            self._by_word.update(self._words())
        return self._by_word.get(folded(text))

    def _words(self) -> dict[str, str]:
        words: dict[str, str] = {}
        for option in self.options:
            for word in (option.code, *option.aliases):
                words.setdefault(folded(word), option.code)
            for lang in LANGUAGES:
                with in_language(lang):
                    words.setdefault(folded(option.label), option.code)
        return words

    def check(self, field_key: str, code: str | None) -> None:
        """Raises NotValid when the code isn't one of the list."""
        if code is not None and code not in self._by_code:
            raise NotValid(
                N_("“{value}” is not one of: {allowed}."),
                field=field_key,
                value=code,
                allowed=Listed(self.options),
            )
