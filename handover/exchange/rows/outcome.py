"""What can become of a row, and what can be wrong with it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from handover.i18n import tr

#: A row that is ``older`` comes in as a further revision of a document that stands in another row.
Outcome = Literal["new", "older", "changed", "unchanged", "skipped", "error", "conflict"]
OUTCOMES: Final[tuple[Outcome, ...]] = ("new", "older", "changed", "unchanged", "skipped", "error", "conflict")


class Erase:
    """The value of a cell that asks to empty its field."""

    def __repr__(self) -> str:
        return "ERASE"


ERASE: Final = Erase()


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell or a row.

    Attributes:
        field: the key of the field, empty for the whole row.
        cell: the address in the file such as ``D7``, empty where no cell is to blame.
        message: a sentence (a catalogue key) saying what would be right; ``values`` fill it.
        text: what the cell says, where it isn't taken as it stands; it goes to the notes of a row that is taken.
        noticed: it is taken as it stands, and something about it is odd.
    """

    field: str
    cell: str
    message: str
    values: Mapping[str, object] = dataclasses.field(default_factory=dict)
    text: str = ""
    noticed: bool = False

    def __str__(self) -> str:
        said = tr(self.message, **self.values)
        return tr("{cell}: {said}", cell=self.cell, said=said) if self.cell else said
