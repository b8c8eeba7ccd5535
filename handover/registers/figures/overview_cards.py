"""Cards that chapters have on the overview: a few rows that want somebody, each with what to do next.

A chapter takes part by a function that its declaration gives to ``on_overview``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from handover.model.vocabulary import Tone


@dataclass(frozen=True, slots=True)
class CardRow:
    """A row on a card, in the language in force when it was read.

    Attributes:
        register, id: the row to which it leads.
        why: what is wrong with it, in a few words.
        act: what to do next.
    """

    register: str
    id: str
    name: str
    why: str
    act: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class OverviewCard:
    """A card.

    Attributes:
        title: in the language in force when it was read.
        rows: the first of them.
        total: how many there are in all.
        page: that shows all of them.
    """

    title: str
    rows: tuple[CardRow, ...]
    total: int
    page: str


CardReading = Callable[[Connection, str], OverviewCard | None]
_reading: dict[CardReading, int] = {}


def on_overview(function: CardReading, order: int) -> None:
    """Have a function asked for its card of a project; ``order`` is that of its chapter."""
    _reading[function] = order


def overview_cards(connection: Connection, project_id: str) -> tuple[OverviewCard, ...]:
    """The cards of a project, in the order in which the chapters stand; a chapter without anything to tell has none."""
    asked = sorted(_reading, key=_reading.__getitem__)
    found = (read(connection, project_id) for read in asked)
    return tuple(card for card in found if card is not None)
