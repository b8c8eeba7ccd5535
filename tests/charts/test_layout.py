"""A drawing of any chart in any size: everything within it, no text over another, every key there."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handover.charts.data import (
    AnyChart,
    BurnChart,
    ColumnChart,
    Dot,
    DotSeries,
    HeatChart,
    LineChart,
    RadarChart,
    ScatterChart,
    Seat,
    SeatChart,
    SeatColumn,
    Series,
    StackChart,
    StripChart,
    StripSpan,
)
from handover.charts.drawing import Drawing, Label, Line, Polygon, Rect, box_of, label_box, overlap
from handover.charts.layout import layout
from handover.charts.reach import next_target, shape_at, standing
from handover.charts.strip import shown_spans
from handover.wording import Language
from tests.charts.kinds import every_kind

NAMES = st.text("ab WX统系空压站-（）", max_size=40)
NUMBERS = st.one_of(
    st.none(),
    st.integers(-50, 400).map(float),
    st.floats(-1e18, 1e18),
    st.sampled_from([math.nan, math.inf, -math.inf, 1e-9, -0.0, 1e308]),
)
DAYS = st.one_of(st.dates(dt.date(2026, 1, 1), dt.date(2028, 1, 1)), st.dates())
SIZES = st.tuples(st.floats(20, 1600), st.floats(20, 1000))


def measure(text: str, size: float, strong: bool = False) -> float:
    """A face whose Latin letters are half as wide as its Chinese ones."""
    return sum(size if c > "⺀" else size * 0.55 for c in text) * (1.05 if strong else 1)


@st.composite
def series(draw: st.DrawFn, many: int, most: int = 4) -> tuple[Series, ...]:
    def one(number: int) -> Series:
        values = tuple(draw(st.lists(NUMBERS, min_size=many, max_size=many)))
        keys = tuple((number, at) for at in range(many))
        return Series(draw(NAMES), values, keys=keys, dashed=draw(st.booleans()))

    return tuple(one(n) for n in range(draw(st.integers(0, most))))


@st.composite
def charts(draw: st.DrawFn) -> AnyChart:
    kind = draw(
        st.sampled_from(
            ["columns", "stack", "lines", "days", "burn", "heat", "scatter", "risks", "radar", "strip", "seats"]
        )
    )
    many = draw(st.integers(0, 30))
    words = tuple(draw(st.lists(NAMES, min_size=many, max_size=many)))
    named = {"title": draw(NAMES), "x": draw(NAMES), "y": draw(NAMES), "unit": draw(st.sampled_from(["", "%", "项"]))}
    if kind in ("columns", "stack"):
        return {"columns": ColumnChart, "stack": StackChart}[kind](**named, categories=words, series=draw(series(many)))
    if kind == "lines":
        return LineChart(**named, periods=words, series=draw(series(many)))
    days = tuple(sorted(draw(st.lists(DAYS, min_size=many, max_size=many))))
    marks = ((dt.date(2027, 5, 5), draw(NAMES)), (draw(DAYS), draw(NAMES)))
    if kind == "days":
        return LineChart(**named, periods=days, series=draw(series(many)), marks=marks)
    if kind == "burn":
        some = (*draw(series(many)), None, None, None)
        return BurnChart(**named, days=days, planned=some[0], actual=some[1], remaining=some[2], marks=marks)
    if kind == "radar":
        return RadarChart(**named, spokes=words, series=draw(series(many)), top=draw(st.sampled_from([None, 1.0, 5.0])))
    if kind == "strip":
        rows = tuple(draw(st.lists(NAMES, max_size=8)))
        places = st.tuples(st.integers(0, 8), st.floats(0, 24), st.floats(0, 24), st.integers(0, 3))
        spans = tuple(StripSpan(*draw(places), word, ("span", at)) for at, word in enumerate(words))
        return StripChart(**named, rows=rows, spans=spans, states=((draw(NAMES), "ok"), (draw(NAMES), "danger")))
    if kind == "seats":
        people = tuple(Seat(word, draw(NAMES), "", ("seat", at), draw(st.booleans())) for at, word in enumerate(words))
        sides = (SeatColumn(draw(NAMES), people[1::2]), SeatColumn(draw(NAMES), people[2::2], "ok"))
        return SeatChart(**named, above=people[:1], columns=sides)
    if kind == "heat":
        rows = tuple(draw(st.lists(NAMES, max_size=12)))
        cells = tuple(tuple(draw(st.lists(NUMBERS, min_size=many, max_size=many))) for _ in rows)
        keys = tuple(tuple((r, c) for c in range(many)) for r in range(len(rows)))
        steps = draw(st.sampled_from([(), ((0.0, "ok"), (5.0, "danger"))]))
        return HeatChart(**named, rows=rows, columns=words, cells=cells, keys=keys, steps=steps)
    dots = tuple(
        Dot(draw(NUMBERS) or 0.0, draw(NUMBERS) or 0.0, word, ("dot", at), draw(st.floats(0, 1)))
        for at, word in enumerate(words)
    )
    groups = (DotSeries(draw(NAMES), dots[::2]), DotSeries(draw(NAMES), dots[1::2]))
    axis = tuple(draw(st.lists(NAMES, min_size=1, max_size=6))) if kind == "risks" else ()
    return ScatterChart(**named, series=groups, x_steps=axis, y_steps=axis)


def keys_of(chart: AnyChart) -> set[object]:
    """The keys of all values that can be shown."""
    if isinstance(chart, HeatChart):
        places = [(r, c) for r in range(len(chart.rows)) for c in range(len(chart.columns))]
        return {chart.key(*place) for place in places if chart.value(*place) is not None}
    if isinstance(chart, SeatChart):
        return {seat.key for _, seat in chart.seats}
    if isinstance(chart, StripChart):
        return {span.key for span in shown_spans(chart)}
    if isinstance(chart, ScatterChart):
        return {d.key for s in chart.series for d in s.dots if abs(d.x) < 1e300 and abs(d.y) < 1e300}
    if isinstance(chart, BurnChart):
        every, many = (chart.planned, chart.actual, chart.remaining), len(chart.days)
    else:
        places = chart.periods if isinstance(chart, LineChart) else getattr(chart, "categories", None)
        many = len(chart.spokes if isinstance(chart, RadarChart) else places or ())
        every = chart.series
        if isinstance(chart, RadarChart) and many < 3:
            return set()
    found = {s.key(at) for s in every if s for at in range(many) if s.value(at) is not None}
    if isinstance(chart, StackChart):
        found = {s.key(at) for s in every if s for at in range(many) if s.value(at)}
    return found


def assert_within(drawing: Drawing) -> None:
    for shape in drawing.shapes:
        if isinstance(shape, Label):
            box = label_box(shape, measure(str(shape.text), shape.size, shape.strong))
        else:
            box = box_of(shape)
        slack = 0.0 if isinstance(shape, Label | Rect) else 5.0  # a mark may reach over the edge of the plot
        assert all(math.isfinite(edge) for edge in box), shape
        assert box[0] >= -slack - 0.02, shape
        assert box[1] >= -slack - 0.02, shape
        assert box[2] <= drawing.width + slack + 0.02, shape
        assert box[3] <= drawing.height + slack + 0.02, shape
        if isinstance(shape, Rect):
            assert shape.width >= 0, shape
            assert shape.height >= 0, shape


def assert_no_text_over_another(drawing: Drawing) -> None:
    labels = [shape for shape in drawing.shapes if isinstance(shape, Label)]
    boxes = [label_box(one, measure(str(one.text), one.size, one.strong)) for one in labels]
    for at, box in enumerate(boxes):
        small = (box[0] + 0.1, box[1] + labels[at].size * 0.15, box[2] - 0.1, box[3] - labels[at].size * 0.2)
        for other in range(at):
            far = labels[other].size
            near = boxes[other][0], boxes[other][1] + far * 0.15, boxes[other][2], boxes[other][3] - far * 0.2
            assert not overlap(small, near), (labels[at], labels[other])


@settings(max_examples=400, deadline=None)
@given(charts(), SIZES, st.sampled_from(["en", "zh", "both"]), st.sampled_from([7.0, 12.0]))
def test_everything_lies_within_the_drawing_and_no_text_over_another(
    chart: AnyChart, size: tuple[float, float], language: Language, type_size: float
) -> None:
    drawing = layout(chart, size, measure, type_size=type_size, language=language)

    assert_within(drawing)
    assert_no_text_over_another(drawing)


@settings(max_examples=200, deadline=None)
@given(charts())
def test_every_value_can_be_pointed_at_and_has_its_key(chart: AnyChart) -> None:
    drawing = layout(chart, (900, 600), measure)

    assert {target.key for _, target in standing(drawing)} == keys_of(chart)
    assert all(target.tip for _, target in standing(drawing))


@settings(max_examples=100, deadline=None)
@given(charts())
def test_the_arrow_keys_reach_every_value(chart: AnyChart) -> None:
    targets = standing(layout(chart, (900, 600), measure))
    if not targets:
        return
    reached = {targets[0][1]}
    new = [targets[0][1]]
    while new:
        here = new.pop()
        for step in ((0, 1), (1, 0), (0, -1), (-1, 0)):
            there = next_target(targets, here, *step)[1]
            if there not in reached:
                reached.add(there)
                new.append(there)
    assert reached == {target for _, target in targets}


@pytest.mark.parametrize("name", every_kind())
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_shape_is_found_where_it_is_drawn(name: str, language: Language) -> None:
    drawing = layout(every_kind()[name], (560, 320), measure, language=language)

    for shape, _ in standing(drawing):
        left, top, right, bottom = box_of(shape)
        assert shape_at(drawing, (left + right) / 2, (top + bottom) / 2) is not None


def texts(drawing: Drawing) -> list[str]:
    return [str(shape.text) for shape in drawing.shapes if isinstance(shape, Label)]


EMPTY: list[Callable[[], AnyChart]] = [
    lambda: ColumnChart(categories=(), series=()),
    lambda: StackChart(categories=("a",), series=(Series("s", (None,)),)),
    lambda: LineChart(periods=(), series=(Series("s", ()),)),
    lambda: BurnChart(days=()),
    lambda: HeatChart(rows=(), columns=("a",), cells=()),
    lambda: ScatterChart(series=()),
    lambda: StripChart(rows=("a",), spans=(), states=()),
    lambda: RadarChart(spokes=("a", "b"), series=(Series("s", (1, 2)),)),
]


@pytest.mark.parametrize("chart", EMPTY)
def test_without_values_it_says_so(chart: Callable[[], AnyChart]) -> None:
    assert texts(layout(chart(), (400, 300), measure, language="en")) == ["Nothing to show yet."]


def test_the_caller_may_say_what_belongs_there() -> None:
    chart = ColumnChart(categories=(), series=(), empty="No punch item has been entered.")
    assert texts(layout(chart, (400, 300), measure)) == ["No punch item has been entered."]


def test_too_small_a_place_says_so_instead_of_a_tangle() -> None:
    drawing = layout(every_kind()["columns"], (230, 70), measure, language="en")
    assert not standing(drawing)


def test_a_single_value_has_an_axis() -> None:
    drawing = layout(LineChart(periods=(dt.date(2027, 3, 1),), series=(Series("s", (7,)),)), (400, 300), measure)
    assert len(standing(drawing)) == 1
    assert {"0", "8"} & set(texts(drawing))


def test_one_huge_column_is_cut_off_and_the_others_stay_legible() -> None:
    chart = ColumnChart(categories=tuple("abcde"), series=(Series("n", (3, 4, 5, 2, 90_000)),))
    drawing = layout(chart, (500, 300), measure, language="en")

    heights = [shape.height for shape, _ in standing(drawing) if isinstance(shape, Rect)]
    assert heights[2] > 60
    assert "90,000" in texts(drawing)
    assert sum(isinstance(s, Line) and s.colour == "raised" for s in drawing.shapes) == 2


def test_negative_values_hang_from_the_line_of_zero() -> None:
    chart = StackChart(categories=("a",), series=(Series("up", (5,)), Series("down", (-5,))))
    up, down = (shape for shape, _ in standing(layout(chart, (400, 300), measure)))

    assert isinstance(up, Rect)
    assert isinstance(down, Rect)
    # "up" stands over "down", which is the lower row for the arrow keys
    assert {round(up.y + up.height, 3), round(down.y + down.height, 3)} & {round(up.y, 3), round(down.y, 3)}


def test_a_gap_breaks_the_line() -> None:
    chart = LineChart(periods=tuple("abcd"), series=(Series("s", (1, 2, None, 4)),))
    drawing = layout(chart, (400, 300), measure)
    runs = [s for s in drawing.shapes if isinstance(s, Line) and s.colour == "accent" and s.width > 1.5]
    # a run of two points; the point behind the gap stands alone; the legend has a sample
    assert [len(run.points) for run in runs] == [2, 2]
    assert len(standing(drawing)) == 3


@pytest.mark.parametrize("name", ["columns", "stack", "lines", "burn", "scatter", "radar"])
def test_series_differ_by_more_than_their_colour(name: str) -> None:
    drawing = layout(every_kind()[name], (560, 320), measure)
    looks = {}
    for shape, target in standing(drawing):
        if isinstance(shape, Rect):
            look: object = shape.pattern
        elif isinstance(shape, Polygon):
            look = len(shape.points), round(shape.points[0][0] - box_of(shape)[0], 1) == 0
        else:
            look = "circle"
        looks.setdefault(target.row if name != "scatter" else shape.fill, set()).add(look)
    assert len({frozenset(look) for look in looks.values()}) == len(looks)


def test_days_that_nobody_can_mean_do_not_stretch_the_calendar_for_ever() -> None:
    days = (dt.date(1, 1, 1), dt.date(2027, 1, 1), dt.date(9999, 12, 31))
    drawing = layout(LineChart(periods=days, series=(Series("s", (1, 2, 3)),)), (600, 300), measure)
    assert len(drawing.shapes) < 500
    assert_within(drawing)


@pytest.mark.parametrize("name", every_kind())
def test_the_axes_are_named(name: str) -> None:
    chart = every_kind()[name]
    found = " ".join(texts(layout(chart, (700, 420), measure, language="zh")))
    if not isinstance(chart, RadarChart):
        assert getattr(chart.x, "zh", "") in found
        assert getattr(chart.y, "zh", "") in found
