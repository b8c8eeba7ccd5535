"""What is on today, for the overview: the clocks of runs, nights under way, and whatever else a chapter tells.

A chapter takes part by a function that its declaration gives to ``on_today``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from handover.model.vocabulary import Tone


@dataclass(frozen=True, slots=True)
class TodayLine:
    """A line of the overview.

    Attributes:
        name: what it is about.
        words: says how it stands, in the language in force; asked again every second where it is ``live``.
        page: the page to which it leads, with the state that the page understands.
    """

    name: str
    words: Callable[[], str]
    tone: Tone
    page: str
    state: tuple[tuple[str, str], ...] = ()
    live: bool = False


Telling = Callable[[Connection, str], Iterable[TodayLine]]
_telling: dict[Telling, int] = {}


def on_today(function: Telling, order: int) -> None:
    """Have a function asked what is on today in a project; ``order`` is that of its chapter."""
    _telling[function] = order


def today_lines(connection: Connection, project_id: str) -> tuple[TodayLine, ...]:
    """What is on today in a project, in the order in which the chapters stand."""
    asked = sorted(_telling, key=_telling.__getitem__)
    return tuple(line for tell in asked for line in tell(connection, project_id))
