"""Numbers, days and ticks as a chart writes them, and the table of its values."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handover.charts.data import CALENDAR
from handover.charts.drawing import Rect, hatching, mixed, paint
from handover.charts.figures import day_text, nice_ticks, value_text
from handover.charts.table import as_table
from handover.wording import Language
from tests.charts.kinds import burn, columns, every_kind, heat, risks, scatter


@given(st.floats(-1e300, 1e300), st.floats(-1e300, 1e300), st.integers(1, 12), st.booleans(), st.booleans())
def test_ticks_enclose_the_values_and_are_few(a: float, b: float, most: int, whole: bool, zero: bool) -> None:
    low, high = min(a, b), max(a, b)
    ticks = nice_ticks(low, high, most, whole=whole, zero=zero)

    assert ticks.low <= low + abs(low) * 1e-6 + ticks.step * 1e-6
    assert ticks.high >= high - abs(high) * 1e-6 - ticks.step * 1e-6
    assert 2 <= len(ticks.values) <= most + 3
    assert all(0 <= ticks.place(value) <= 1 for value in (low, high))
    if zero:
        assert any(abs(value) < ticks.step / 1e3 for value in ticks.values)


@given(st.floats(1e-9, 1e12), st.integers(2, 8))
def test_steps_are_one_two_or_five(high: float, most: int) -> None:
    step = nice_ticks(0, high, most).step
    digit = step / 10 ** math.floor(math.log10(step) + 1e-9)
    assert min(abs(digit - nice) for nice in (1, 2, 5, 10)) < 1e-6


def test_counts_have_no_halves() -> None:
    assert nice_ticks(0, 2, 6, whole=True).values == (0, 1, 2)


@pytest.mark.parametrize(
    ("value", "unit", "language", "short", "text"),
    [
        (1234.5, "", "en", False, "1,234.5"), (0.25, "", "en", False, "0.25"), (0.5, "%", "en", False, "50 %"),
        (0.125, "%", "zh", False, "12.5%"), (3, "项", "zh", False, "3 项"), (2_500_000, "", "en", True, "2.5 M"),
        (2_500_000, "", "zh", True, "250万"), (130_000_000, "", "zh", True, "1.3亿"), (1e20, "", "en", True, "1e20"),
        (-12, "d", "en", True, "-12"), (739000.0, CALENDAR, "zh", True, "2024-04-24"), (0.0, "", "en", False, "0"),
        (12345678, "", "en", False, "12,345,678"),
    ],
)  # fmt: skip
def test_values_are_written_as_people_read_them(
    value: float, unit: str, language: Language, short: bool, text: str
) -> None:
    assert value_text(value, unit, language, short=short) == text


def test_days_stand_in_the_order_of_the_language() -> None:
    day = dt.date(2027, 3, 1)
    assert [day_text(day, language) for language in ("en", "zh", "both")] == ["1 Mar 2027", "2027-03-01", "2027-03-01"]


def test_the_table_holds_what_the_chart_shows_with_its_keys() -> None:
    table = as_table(columns(), "en")
    assert table.texts()[:3] == [
        ["System", "Category A (items)", "Category B (items)"],
        ["Body welding line", "4", "11"],
        ["Battery pack line", "12", "25"],
    ]
    assert table.texts()[5] == ["Cooling water", "7", ""]
    assert table.keys[1] == (None, ("A", 1), ("B", 1))
    assert table.told(1, 1) == "12 items"


def test_each_kind_has_its_headings() -> None:
    assert as_table(burn(), "zh").heads == ("周", "计划未完成", "未完成", "预测未完成")
    assert as_table(heat(), "en").heads[:2] == ("Discipline", "Body welding line")
    assert as_table(scatter(), "en").heads == ("Item", "Series", "Documents due", "Mean delay")
    assert as_table(risks(), "zh").texts()[1] == ["R-001", "未关闭", "很低", "很低"]


@pytest.mark.parametrize("name", every_kind())
def test_both_languages_stand_beside_each_other(name: str) -> None:
    assert all("\n" not in cell for row in as_table(every_kind()[name], "both").texts() for cell in row)


@given(
    st.floats(0, 300), st.floats(0, 300), st.floats(0, 400), st.floats(0, 300),
    st.sampled_from(["rising", "falling", "crossed", "level"]),
)  # fmt: skip
def test_the_lines_of_a_pattern_stay_in_their_rectangle(
    x: float, y: float, width: float, height: float, pattern: str
) -> None:
    for x0, y0, x1, y1 in hatching(Rect(x, y, width, height, pattern=pattern), 3):  # type: ignore[arg-type]  # one of them
        for px, py in ((x0, y0), (x1, y1)):
            assert x - 1e-6 <= px <= x + width + 1e-6
            assert y - 1e-6 <= py <= y + height + 1e-6


def test_a_share_of_a_token_is_mixed_with_the_ground() -> None:
    colours = {"accent": "#000000", "raised": "#ffffff"}
    assert paint("accent/50", colours.__getitem__) == "#808080"
    assert paint("#123456", colours.__getitem__) == "#123456"
    assert mixed("#ff0000", "#0000ff", 1.0) == "#ff0000"
