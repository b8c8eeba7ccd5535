"""Durations in several languages."""

# ruff: noqa: E501 - Chinese counts double

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handover.values.cells import Unreadable
from handover.values.durations import Duration, WorkUnits, parse_duration, read_durations, unit_in_heading
from tests.values.test_date_columns import CELLS

D = 480


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("5 days", 5 * D), ("5个工作日", 5 * D), ("5 个工作日", 5 * D), ("３天", 3 * D), ("半天", D // 2), ("两周", 10 * D),
        ("1.5 周", 2400 * 1.5), ("1个月", 20 * D), ("一个半月", 30 * D), ("8 hrs", D), ("8小时", D), ("30 min", 30), ("2w 3d", 13 * D),
        ("1 day 4 hours", 720), ("94,75 days", 45_480), ("1,500 days", 1500 * D), ("5 Tage", 5 * D), ("2 jours", 2 * D), ("0", 0),
        (12.0, 12 * D), ("十二天", 12 * D), ("5 dys", 5 * D), ("3人日", 3 * D),
    ],
)  # fmt: skip
def test_working_time(text: str | float, minutes: float) -> None:
    assert parse_duration(text) == Duration(round(minutes))


@pytest.mark.parametrize(
    "text", ["3 calendar days", "3 日历天", "3个自然日", "3 edays", "3ed", "3 elapsed days", "3 历时天"]
)
def test_time_of_the_clock(text: str) -> None:
    assert parse_duration(text) == Duration(3 * 1440, elapsed=True)


def test_a_question_mark_is_an_estimate() -> None:
    assert parse_duration("12d?") == Duration(12 * D, estimated=True)


def test_the_heading_tells_the_unit_of_bare_numbers() -> None:
    assert read_durations([2.0, "3天"], "工期(周)").values == [Duration(4800), Duration(3 * D)]
    assert unit_in_heading("Duration [h]") == ("h", False) and unit_in_heading("工期（日历天）") == ("d", True)
    assert unit_in_heading("Notes") is None


def test_the_project_says_how_long_a_day_is() -> None:
    assert parse_duration("2 days", work=WorkUnits(600, 3600, 22)) == Duration(1200)


@pytest.mark.parametrize(
    "text", ["2～3周", "among the process", "-3 days", "5 apples", "1 day 2 edays", -1.0, True, "999999999 years"]
)
def test_what_is_no_duration_is_refused(text: str | float) -> None:
    with pytest.raises(Unreadable):
        parse_duration(text)


@given(st.integers(0, 5000), st.sampled_from(["{} days", "{}天", "{}d", "{} 个工作日", "{} d?"]))
def test_every_number_of_days_comes_back(days: int, style: str) -> None:
    found = parse_duration(style.format(days))
    assert found is not None and found.minutes == days * D


@given(st.one_of(CELLS, st.text(alphabet="0123456789 .,-dhw周天月个半?", max_size=20)))
def test_reader_raises_nothing_but_unreadable(cell: object) -> None:
    try:
        found = parse_duration(cell)  # type: ignore[arg-type]
    except Unreadable as error:
        assert str(error)
    else:
        assert found is None or found.minutes >= 0
