"""The errors that a user may meet; each says what happened, where, and what to do."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from handover.i18n import tr, trn


class HandoverError(Exception):
    """A fault that the user can understand.

    The sentence is kept as its catalogue key with its values, so that it can be shown in the language
    in force when it is read, not when it was raised.

    Args:
        message: the whole sentence in English, with named ``{placeholders}``; wrap it in ``N_`` for the catalogue.
        detail: technical text behind the sentence, shown on request.
        values: what fills the placeholders.
    """

    def __init__(self, message: str, *, detail: str = "", **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.detail = detail
        self.values = values

    def __str__(self) -> str:
        return tr(self.message, **self.values)


class Cancelled(HandoverError):
    """The user stopped a job; nothing was changed."""


class NotLawful(HandoverError):
    """A rule of the domain forbids the act."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that stands against an act, as a sentence.

    Args:
        message: the sentence in English, a catalogue key; with ``many`` the one for a single thing.
        values: what fills its placeholders.
        many: the sentence for ``n`` things.
        field: the field that it is about.
        rows: the rows that it is about, as their table and key.
    """

    message: str
    values: Mapping[str, object] = dataclasses.field(default_factory=dict)
    many: str = ""
    n: int = 0
    field: str = ""
    rows: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return trn(self.message, self.many, self.n, **self.values) if self.many else tr(self.message, **self.values)


class Refused(NotLawful):
    """An act is refused for one or more reasons, all of which are said."""

    def __init__(self, reasons: Iterable[Reason]) -> None:
        self.reasons = tuple(reasons)
        first = self.reasons[0]
        super().__init__(first.message)
        self.values = dict(first.values)
        self.field = first.field

    def __str__(self) -> str:
        return "\n".join(map(str, self.reasons))


class NotValid(HandoverError):
    """A value can't be stored in its field.

    Args:
        field: the field's key, so that the message can be shown beside it.
    """

    def __init__(self, message: str, *, field: str = "", detail: str = "", **values: object) -> None:
        super().__init__(message, detail=detail, **values)
        self.field = field


class NotFound(HandoverError):
    """What was named isn't there: a project, a register, a row."""


class UnusableFile(HandoverError):
    """A file can't be used at all: not ours, damaged, newer, encrypted, too large."""


class ReadOnly(HandoverError):
    """The workspace can be read but not written."""
