"""How many rounds are in which state, as a chart."""

from __future__ import annotations

from sqlalchemy import Connection

from handover.charts.data import ColumnChart, Series
from handover.i18n import N_
from handover.registers.query import Condition, Query, count
from handover.wording import said
from tests.chapter.lubrication import ROUND_STATUS, ROUNDS


def rounds_chart(connection: Connection, project_id: str) -> ColumnChart:
    queries = tuple(Query(where=(Condition("status", "is", (option.code,)),)) for option in ROUND_STATUS)
    numbers = tuple(float(count(connection, ROUNDS, project_id, query)) for query in queries)
    names = tuple(said(option.name) for option in ROUND_STATUS)
    return ColumnChart(
        title=said(N_("Rounds by state")), categories=names, series=(Series(said(N_("Rounds")), numbers, keys=queries),)
    )
