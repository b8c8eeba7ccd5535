"""What a file leaves open: one clear question, the likely answer first; nothing is stored before it is answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from handover.i18n import tr

#: The message of a question that is a sentence already.
AS_SAID: Final = "{said}"


@dataclass(frozen=True, slots=True)
class Question:
    """A question about a file.

    Attributes:
        message: a sentence (a catalogue key); ``values`` fill it.
        choices: what the option can be, the likeliest first; empty where it is anything.
        said: what each choice means, in the language that was in force when it was asked.
        option: the option of the command that answers it, such as ``--date-order``.
        how: a sentence (a catalogue key) that says how it is answered there; ``how_values`` fill it.
    """

    message: str
    values: Mapping[str, object] = field(default_factory=dict)
    choices: tuple[str, ...] = ()
    option: str = ""
    how: str = ""
    how_values: Mapping[str, object] = field(default_factory=dict)
    said: tuple[str, ...] = ()

    @property
    def answers(self) -> list[tuple[str, str]]:
        """Each choice with what it means."""
        return list(zip(self.choices, self.said or self.choices, strict=True))

    @property
    def answered_by(self) -> str:
        """How it is answered on the command line."""
        return tr(self.how, **self.how_values) if self.how else ""

    def __str__(self) -> str:
        return tr(self.message, **self.values)
