"""Values that are told in a sentence: a query gives what fills it, and it is made in the language of who reads it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from sqlalchemy import Connection

from handover.registers.kinds.kind import FieldKind, KindField, NamesByKey, Operator


class Sentence(str):
    """What fills a sentence, as a query gives it."""

    __slots__ = ()

    def sentence(self) -> str:
        """The sentence in the language in force."""
        raise NotImplementedError


class SentenceKind(FieldKind):
    """What follows from other fields, is told in a sentence and never entered; ``told`` makes the sentence."""

    told: ClassVar[type[Sentence]]
    copied = False
    looks_up = True
    worded = True
    as_words = True
    operators: ClassVar[tuple[Operator, ...]] = ("empty", "filled")

    def resolved(
        self, connection: Connection, field: KindField, ids: Sequence[str], values: Sequence[Any], names: NamesByKey
    ) -> Sequence[Any]:
        return [value if value is None else self.told(value) for value in values]

    def text(self, field: KindField, value: Any) -> str:  # Any: what the field holds
        return self.told(value).sentence()
