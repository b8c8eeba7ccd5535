"""The charts of the overview: what each chapter shows of its course on the first page, with the page of its own.

A chapter takes part by a function that its declaration names to ``on_overview``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pkgutil import resolve_name

from sqlalchemy import Connection

from handover.charts.data import AnyChart


@dataclass(frozen=True, slots=True)
class OverviewChart:
    """A chart of the overview.

    Attributes:
        page: the page to which it leads, with the state that the page understands.
        wide: its names need the whole breadth.
    """

    chart: AnyChart
    page: str
    state: tuple[tuple[str, str], ...] = ()
    wide: bool = False


#: The functions that are asked, as ``module:function``, with the order of their chapters.
_charting: dict[str, int] = {}


def on_overview(name: str, order: int) -> None:
    """Have a function asked for the charts that it has of a project; it gives none of which nothing is known yet.

    Args:
        name: ``module:function``; it is imported when it is first asked, as charts ask the catalogue of chapters.
        order: that of its chapter.
    """
    _charting[name] = order


def overview_charts(connection: Connection, project_id: str) -> tuple[OverviewChart, ...]:
    """The charts of a project's overview, in the order in which the chapters stand."""
    asked = sorted(_charting, key=_charting.__getitem__)
    return tuple(chart for name in asked for chart in _function(name)(connection, project_id))


@cache
def _function(name: str) -> Callable[[Connection, str], Iterable[OverviewChart]]:
    found: Callable[[Connection, str], Iterable[OverviewChart]] = resolve_name(name)
    return found
