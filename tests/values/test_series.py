"""How series go on when cells are filled."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handover.values.series import Value, continued

DAY = dt.date


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, 2], [3, 4, 5]),
        ([5], [5, 5, 5]),
        ([10, 7], [4, 1, -2]),
        ([0.1, 0.2], [0.3, 0.4, 0.5]),
        ([1, 2, 4], [1, 2, 4]),
        (["TAG-009"], ["TAG-010", "TAG-011", "TAG-012"]),
        (["P-101A", "P-103A"], ["P-105A", "P-107A", "P-109A"]),
        (["管线 8"], ["管线 9", "管线 10", "管线 11"]),
        (["007"], ["008", "009", "010"]),
        (["12"], ["12", "12", "12"]),
        (["2", "4"], ["6", "8", "10"]),
        (["red", "blue"], ["red", "blue", "red"]),
        (["A1", "B2"], ["A1", "B2", "A1"]),
        (["", "A1"], ["", "A1", ""]),
        ([None], [None, None, None]),
        ([DAY(2026, 2, 27)], [DAY(2026, 2, 28), DAY(2026, 3, 1), DAY(2026, 3, 2)]),
        ([DAY(2026, 1, 5), DAY(2026, 1, 12)], [DAY(2026, 1, 19), DAY(2026, 1, 26), DAY(2026, 2, 2)]),
        ([DAY(2026, 1, 15), DAY(2026, 2, 15)], [DAY(2026, 3, 15), DAY(2026, 4, 15), DAY(2026, 5, 15)]),
        ([DAY(2026, 1, 31), DAY(2026, 2, 28)], [DAY(2026, 3, 31), DAY(2026, 4, 30), DAY(2026, 5, 31)]),
        ([DAY(2024, 2, 29), DAY(2025, 2, 28)], [DAY(2026, 2, 28), DAY(2027, 2, 28), DAY(2028, 2, 29)]),
        ([DAY(9999, 12, 31)], [None, None, None]),
        (["P-2", "P-1"], ["P-0", None, None]),
    ],
)
def test_a_series_goes_on_as_in_excel(values: list[Value], expected: list[Value]) -> None:
    assert continued(values, 3) == expected


def test_what_is_to_be_copied_is_repeated_whatever_it_is() -> None:
    assert continued(["TAG-1", "TAG-2"], 3, copied=True) == ["TAG-1", "TAG-2", "TAG-1"]


@given(st.lists(st.one_of(st.text(max_size=30), st.integers(), st.dates(), st.none(), st.decimals(allow_nan=False,
       allow_infinity=False, places=3)), min_size=1, max_size=6), st.integers(0, 20))  # fmt: skip
def test_any_cells_go_on_for_as_many_as_asked(values: list[Value], count: int) -> None:
    assert len(continued(values, count)) == count


@given(st.integers(-(10**9), 10**9), st.integers(-(10**6), 10**6), st.integers(2, 5), st.integers(1, 20))
def test_numbers_of_one_step_keep_it(first: int, step: int, given_: int, count: int) -> None:
    values: list[Value] = [first + step * n for n in range(given_)]
    assert continued(values, count) == [first + step * (given_ + n) for n in range(count)]


def test_decimals_stay_decimals() -> None:
    assert continued([Decimal("0.10"), Decimal("0.20")], 1) == [Decimal("0.30")]
