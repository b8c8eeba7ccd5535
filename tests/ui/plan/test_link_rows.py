"""The links in view are those that touch or pass the rows that are seen."""

from __future__ import annotations

import random

from handover.plan.values import Link
from tests.ui.plan.conftest import Plan
from ui.plan.bars import LinkRows
from ui.plan.outline import Visible


def found(rows: LinkRows, view: range) -> list[Link]:
    return [link for link, _, _ in rows.seen(view)]


def test_links_in_view_are_found_by_their_rows(plan: Plan) -> None:
    chart = plan.page.chart
    assert chart is not None
    visible = Visible(chart.rows)
    rows = LinkRows(chart, visible)
    chance = random.Random(3)
    for _ in range(40):
        first = chance.randint(0, len(visible))
        view = range(first, chance.randint(first, len(visible)))
        wanted = []
        for link in chart.schedule.plan.links:
            one, other = (visible.row_of[chart.node[id]] for id in (link.predecessor, link.successor))
            if min(one, other) < view.stop and max(one, other) >= view.start:
                wanted.append(link)
        assert set(found(rows, view)) == set(wanted)


def test_links_under_a_collapsed_summary_are_left_out(plan: Plan) -> None:
    chart = plan.page.chart
    assert chart is not None
    visible = Visible(chart.rows, [plan.id("Works")])
    ends = [(link.predecessor, link.successor) for link in found(LinkRows(chart, visible), range(len(visible)))]
    assert ends == [(plan.id("Cure"), plan.id("Done"))]
