"""The time scale of the chart, and the way of a link from bar to bar."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handover.i18n import in_language
from handover.plan.route import BarSpan, arrow, route
from handover.plan.timescale import STEPS, Scale, Unit, fitting, label, ticks
from handover.plan.values import LinkType
from handover.plan.worktime import moment

AT = dt.datetime(2026, 11, 21, 9)


@pytest.mark.parametrize(
    ("unit", "upper", "en", "zh"),
    [
        (Unit.HOUR, False, "9", "9"),
        (Unit.DAY, True, "Sat 21 Nov 2026", "2026年11月21日 周六"),
        (Unit.DAY, False, "21", "21"),
        (Unit.MONTH, True, "Nov 2026", "2026年11月"),
        (Unit.MONTH, False, "Nov", "11月"),
        (Unit.QUARTER, False, "Q4", "4季度"),
        (Unit.YEAR, True, "2026", "2026年"),
    ],
)
def test_fields_are_named_in_both_languages(unit: Unit, upper: bool, en: str, zh: str) -> None:
    for code, words in (("en", en), ("zh", zh)):
        with in_language(code):
            assert label(unit, AT, upper=upper) == words


@pytest.mark.parametrize("unit", list(Unit))
def test_fields_follow_one_another_without_a_gap(unit: Unit) -> None:
    first = moment(AT)
    found = list(ticks(unit, first, first + 900 * 1440 if unit is not Unit.HOUR else first + 3000))
    assert found[0].start <= first < found[0].end
    assert all(one.end == other.start for one, other in pairwise(found))


def test_every_zoom_has_two_lines_that_can_be_read() -> None:
    seen = {Scale(0, per).tiers for per in STEPS}
    assert (Unit.DAY, Unit.HOUR) in seen and (Unit.DECADE, Unit.YEAR) in seen
    assert len(seen) >= 6


@given(st.floats(-1e6, 1e6), st.floats(1, 40_000), st.floats(0, 2000), st.floats(0.5, 50_000))
def test_zooming_leaves_the_moment_under_the_pointer(origin: float, per: float, x: float, wanted: float) -> None:
    scale = Scale(origin, per)
    assert scale.zoomed(wanted, x).at(x) == pytest.approx(scale.at(x), abs=1e-3)


def test_a_plan_fits_into_the_width_with_room_beside_it() -> None:
    first, last = moment(AT), moment(AT + dt.timedelta(200))
    scale = fitting(first, last, 800)
    assert 0 < scale.x(first) < scale.x(last) < 800


@pytest.mark.parametrize("kind", list(LinkType))
@pytest.mark.parametrize("other", [BarSpan(90, 130, 50), BarSpan(10, 30, 50), BarSpan(10, 30, -50)])
def test_links_turn_at_right_angles_and_end_at_the_bar(kind: LinkType, other: BarSpan) -> None:
    points = route(kind, BarSpan(20, 60, 0), other, 6)
    assert all(x0 == x1 or y0 == y1 for (x0, y0), (x1, y1) in pairwise(points))
    x, y = points[-1]
    assert other.start <= x <= other.finish and abs(y - other.y) <= 6
    assert arrow(points)[0] == points[-1]
