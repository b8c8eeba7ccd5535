"""Labels in both languages at once, and how they are shown in the language that a document is written in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from handover.i18n import in_language, tr, trc, trn

Language = Literal["en", "zh", "both"]


@dataclass(frozen=True, slots=True)
class Text:
    """A label in both languages."""

    en: str
    zh: str

    def show(self, language: Language, between: str = "\n") -> str:
        """The label in a language; in both, Chinese first and English after ``between`` where they differ."""
        if language == "en" or not self.zh:
            return self.en
        if language == "zh" or self.en == self.zh or not self.en:
            return self.zh
        return f"{self.zh}{between}{self.en}"


#: A label of the program in both languages, or what a user entered, which is shown as it is.
Words: TypeAlias = Text | str


def shown(words: Words, language: Language, between: str = "\n") -> str:
    """Labels in the language of the pack, users' own words as they are."""
    return words.show(language, between) if isinstance(words, Text) else words


def said(message: str, /, *, context: str = "", **values: object) -> Text:
    """A catalogue sentence in both languages; values that are `Text` follow the language of the sentence.

    Args:
        message: the English sentence, marked with ``N_`` where it is written.
        context: the context of the catalogue entry, for words that ``trc`` looks up.
    """
    return Text(*(_say(message, context, code, values) for code in ("en", "zh")))


def said_of(one: str, many: str, n: int, /, **values: object) -> Text:
    """A catalogue sentence that counts, in both languages; ``{n}`` is filled with the number."""
    both = []
    for code in ("en", "zh"):
        with in_language(code):
            both.append(trn(one, many, n, **_in(code, values)))
    return Text(*both)


def said_by(say: Callable[[], str]) -> Text:
    """What is said in the language in force, in both."""
    both = []
    for code in ("en", "zh"):
        with in_language(code):
            both.append(say())
    return Text(*both)


def _say(message: str, context: str, code: str, values: dict[str, object]) -> str:
    with in_language(code):
        spoken = _in(code, values)
        return trc(context, message, **spoken) if context else tr(message, **spoken)


def _in(code: str, values: dict[str, object]) -> dict[str, object]:
    return {name: getattr(value, code) if isinstance(value, Text) else value for name, value in values.items()}
