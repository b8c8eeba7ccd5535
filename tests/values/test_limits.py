"""Limits are read as people write them, judged with the limits included, and said back in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handover.errors import NotValid
from handover.i18n import in_language
from handover.values.limits import (
    Limits,
    amount_in,
    judged,
    limits_in_words,
    limits_text,
    read_limits,
    said_in,
    unit_of,
)


@pytest.mark.parametrize(
    ("text", "lower", "upper"),
    [
        ("10±0.1", 9.9, 10.1),
        ("10 +/- 0.1", 9.9, 10.1),
        ("(10±0.1)mm", 9.9, 10.1),
        ("10 +0.2/-0.1 mm", 9.9, 10.2),
        ("10(+0.2/0)", 10, 10.2),
        ("9.9~10.1", 9.9, 10.1),
        ("９．９～１０．１", 9.9, 10.1),
        ("9.9-10.1", 9.9, 10.1),
        ("5.5至6.0kN", 5.5, 6.0),
        ("10 to 12 bar", 10, 12),
        ("[9.9, 10.1]", 9.9, 10.1),
        ("9.9≤x≤10.1", 9.9, 10.1),
        ("≥9.9且≤10.1", 9.9, 10.1),
        ("-5 - 5", -5, 5),
        ("1,200 to 1,300 rpm", 1200, 1300),
        ("220V±5%", 209, 231),
        ("≥98.5 %", 98.5, None),
        ("不小于 20", 20, None),
        ("至少98%", 98, None),
        ("20以上", 20, None),
        (">= 3,5", 3.5, None),
        ("≤0.1mm", None, 0.1),
        ("不大于0.1", None, 0.1),
        ("max. 0.1 mm", None, 0.1),
        ("0.1 max", None, 0.1),
        ("≤35 dB(A)", None, 35),
        ("≤1.0E-5 Pa·m3/s", None, 1e-5),
        ("10", 10, 10),
    ],
)
def test_a_notation_gives_its_bounds(text: str, lower: float | None, upper: float | None) -> None:
    found = read_limits(text)

    assert (found.lower, found.upper) == (lower, upper)


@pytest.mark.parametrize(
    ("text", "design", "lower", "upper"),
    [
        ("±0.1", "10", 9.9, 10.1),
        ("0/+0.2", "10 mm", 10, 10.2),
        ("-0.1/+0.2", "5", 4.9, 5.2),
        ("+0.2-0.1", "5", 4.9, 5.2),
    ],
)
def test_a_tolerance_counts_from_the_design_value(text: str, design: str, lower: float, upper: float) -> None:
    found = read_limits(text, design)

    assert (found.lower, found.upper) == (lower, upper)


@pytest.mark.parametrize("text", ["合格/不合格", "OK/NG", "pass / fail", "是/否", "合格"])
def test_words_ask_for_pass_or_fail(text: str) -> None:
    assert read_limits(text).direction == "boolean"


@pytest.mark.parametrize("text", ["无渗漏", "IP54", "按图纸 12", "No visible leak after 30 minutes"])
def test_a_description_is_judged_by_a_person(text: str) -> None:
    assert read_limits(text).direction == "text"


@pytest.mark.parametrize("text", ["10±0.1±3", "≤ 5 ×10", "10~", "≥ about 5", "±0.1", "10.1~9.9", "≥10.1且≤9.9"])
def test_limits_that_are_unreadable_or_upside_down_are_refused(text: str) -> None:
    with pytest.raises(NotValid):
        read_limits(text)


def test_limits_in_another_unit_than_the_parameter_are_refused() -> None:
    with pytest.raises(NotValid, match="limits are in mm, the unit is μm"):
        read_limits("≤0.05 mm", unit="μm")


def test_a_tolerance_in_per_cent_is_a_share_of_what_is_no_percentage() -> None:
    assert read_limits("220±5%", unit="V").upper == 231
    assert read_limits("50±5%", unit="%").upper == 55


@pytest.mark.parametrize(("amount", "told"), [(9.9, "pass"), (10.1, "pass"), (10.11, "fail"), (9.89, "fail")])
def test_limits_are_included(amount: float, told: str) -> None:
    assert judged(read_limits("9.9~10.1"), amount, None) == told


def test_less_than_leaves_the_limit_out() -> None:
    assert judged(read_limits("< 1"), 1.0, None) == "fail"


def test_the_reading_of_limits_is_said_in_both_languages() -> None:
    limits = read_limits("10±0.1 mm")

    assert limits_in_words(limits) == "from 9.9 mm to 10.1 mm, both included"
    with in_language("zh"):
        assert limits_in_words(limits) == "9.9 mm 至 10.1 mm，含两端"


@pytest.mark.parametrize(("text", "told"), [("10.05 mm", (10.05, "mm")), ("-3", (-3.0, "")), ("合格", None)])
def test_a_value_is_a_number_with_or_without_a_unit(text: str, told: object) -> None:
    assert amount_in(text) == told


def test_words_of_the_shop_floor_say_a_result() -> None:
    assert [said_in(word) for word in ("OK", "NG", "合格", "不合格", "12")] == ["pass", "fail", "pass", "fail", None]


def test_a_unit_has_one_spelling() -> None:
    assert {unit_of("°C"), unit_of("degC"), unit_of("℃")} == {"℃"}


@given(st.text(max_size=60))
def test_no_text_makes_the_reader_stumble(text: str) -> None:
    try:
        found = read_limits(text)
    except NotValid:
        return
    assert found.lower is None or found.upper is None or found.lower <= found.upper


_NUMBERS = st.integers(-10_000, 10_000).map(lambda n: n / 100)


@given(_NUMBERS, _NUMBERS)
def test_bounds_come_back_from_their_text(one: float, other: float) -> None:
    low, high = sorted((one, other))

    found = read_limits(limits_text(low, high))

    assert (found.lower, found.upper) == (low, high)


@given(_NUMBERS, _NUMBERS, _NUMBERS)
def test_what_is_within_passes(one: float, other: float, amount: float) -> None:
    low, high = sorted((one, other))

    assert judged(Limits("range", low, high), amount, None) == ("pass" if low <= amount <= high else "fail")
