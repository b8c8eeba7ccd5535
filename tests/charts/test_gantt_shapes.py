"""The shapes of a Gantt chart: cut at the edges of the view, critical ones told by more than colour."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from handover.charts.drawing import Label, Line, Polygon, Rect, Shape, box_of
from handover.charts.gantt import (
    DIAMOND,
    GanttBar,
    GanttFrame,
    Upright,
    bar_shapes,
    ground_shapes,
    head_shapes,
    spoken_fields,
    under_bar,
    upright_shapes,
)
from handover.i18n import in_language
from handover.plan.calendar import DAY, Calendar, fold
from handover.plan.timescale import Scale
from handover.plan.worktime import moment

START = moment(dt.datetime(2027, 3, 1))
VIEW = GanttFrame(Scale(START, 60.0), 100.0, 700.0)

MOMENTS = st.integers(-200, 400).map(lambda day: float(START + day * DAY))
BARS = st.builds(
    lambda kind, a, b, share, critical, done, idle, base, late, deadline: GanttBar(
        kind, min(a, b), max(a, b), share, critical, done, idle, base and (min(base), max(base)), late, deadline
    ),
    st.sampled_from(["task", "summary", "milestone"]), MOMENTS, MOMENTS, st.floats(0, 1.5), st.booleans(),
    st.booleans(), st.booleans(), st.none() | st.tuples(MOMENTS, MOMENTS), st.none() | MOMENTS, st.none() | MOMENTS,
)  # fmt: skip


def words(text: object, size: float, strong: bool) -> float:
    return len(str(text)) * size * 0.55


@given(BARS, st.sampled_from([0.43, 1.0]))
def test_nothing_of_a_bar_reaches_beyond_the_view(bar: GanttBar, unit: float) -> None:
    view = VIEW._replace(unit=unit)
    for shape in [*under_bar(bar, 50.0, view), *bar_shapes(bar, 50.0, view)]:
        assert not isinstance(shape, Label)
        left, _, right, _ = box_of(shape)
        slack = (DIAMOND + 3) * unit  # a diamond and the tip of a deadline stand around their moment
        assert left >= view.left - slack
        assert right <= view.right + slack
        if isinstance(shape, Rect):
            assert shape.width >= 0


def test_a_critical_bar_is_hatched_and_a_usual_one_is_not() -> None:
    def rect(critical: bool) -> Rect:
        bar = GanttBar("task", START, START + 5 * DAY, critical=critical)
        return next(shape for shape in bar_shapes(bar, 0, VIEW) if isinstance(shape, Rect))

    assert rect(True).pattern == "rising"
    assert rect(False).pattern == ""


def test_a_critical_milestone_has_another_diamond_in_it() -> None:
    def diamonds(critical: bool) -> list[Shape]:
        return list(bar_shapes(GanttBar("milestone", START + DAY, START + DAY, critical=critical), 0, VIEW))

    assert len(diamonds(True)) == len(diamonds(False)) + 1


def test_a_bracket_that_goes_on_beyond_the_view_has_no_tip_there() -> None:
    def tips(last: int) -> int:
        (bracket,) = bar_shapes(GanttBar("summary", START + DAY, START + last * DAY), 0, VIEW)
        assert isinstance(bracket, Polygon)
        low = max(y for _, y in bracket.points)
        return sum(y == low for _, y in bracket.points)

    assert tips(10) == 2
    assert tips(400) == 1


def test_weekends_are_shaded_where_days_are_broad_enough() -> None:
    days = fold({"c": Calendar("c", "Five days")}, "c", (START // DAY, START // DAY + 60))
    shaded = [s for s in ground_shapes(days, VIEW, 0, 300) if isinstance(s, Rect)]
    assert shaded
    assert not [
        s for s in ground_shapes(days, VIEW._replace(scale=Scale(START, 2000.0)), 0, 300) if isinstance(s, Rect)
    ]


def test_the_words_of_the_scale_lie_in_their_fields_and_the_upper_ones_stay_in_view() -> None:
    view = VIEW._replace(scale=Scale(START + 10 * DAY, 60.0))
    with in_language("en"):
        shapes = list(head_shapes(view, 44, 12, words, spoken_fields))
    labels = [shape for shape in shapes if isinstance(shape, Label)]
    assert labels[0].text == "Mar 2027"
    assert labels[0].x >= view.left
    assert {"11", "12"} <= {label.text for label in labels}


def test_an_upright_line_outside_the_view_is_not_drawn() -> None:
    lines = [Upright(START + 3 * DAY, "Today", "accent", (6, 3)), Upright(START - 90 * DAY, "Data", "info", ())]
    drawn = list(upright_shapes(lines, VIEW, 0, 100))
    assert [type(shape) for shape in drawn] == [Line]
