"""The best whole reading is taken, what speaks for it is said, and columns are held against each other."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handover.exchange.columns.assignment import assign
from handover.exchange.columns.because import because
from handover.exchange.columns.duration_units import unit_told
from handover.exchange.columns.mapping import MappedColumn, SheetColumn
from handover.exchange.columns.proposing import propose
from handover.exchange.evidence import Evidence, other_weights, sure, total, weight_of, weights
from handover.i18n import in_language
from handover.registers.catalogue import register

WEIGHTS = st.dictionaries(
    st.integers(0, 4),
    st.dictionaries(st.sampled_from("abcd"), st.floats(-2, 5, allow_nan=False), max_size=4),
    max_size=5,
)


def _read(target: str, *columns: tuple[str, list[Any]]) -> dict[str, MappedColumn]:
    table = [SheetColumn(n, (heading,) if heading else (), cells) for n, (heading, cells) in enumerate(columns)]
    return {m.heading: m for m in propose(register(target), table).columns}


@given(WEIGHTS)
def test_no_other_assignment_weighs_more(offered: dict[int, dict[str, float]]) -> None:
    found = assign(offered)
    assert len(set(found.values())) == len(found)
    columns = list(offered)
    best = max(
        (
            sum(offered[c][f] for c, f in zip(columns, fields, strict=True) if f)
            for fields in itertools.product(*[(None, *offered[c]) for c in columns])
            if len([f for f in fields if f]) == len({f for f in fields if f})
        ),
        default=0.0,
    )
    assert sum(offered[c][f] for c, f in found.items()) == pytest.approx(best, abs=1e-6)


def test_several_columns_may_share_a_field() -> None:
    assert assign({1: {"phase": 1.0}, 2: {"phase": 2.0}}, {"phase"}) == {1: "phase", 2: "phase"}


def test_columns_that_name_nothing_of_the_rows_are_no_names() -> None:
    found = _read(
        "tasks",
        ("Number of it", [101, 102, 103]),
        ("Priority of it", ["High", "Low", "Medium"]),
        ("Something", ["Set the pump", "Align the pump", "Fill the pump"]),
    )
    assert found["Something"].field == "name" and found["Priority of it"].field == ""


def test_links_tell_which_column_names_the_rows() -> None:
    found = _read(
        "tasks",
        ("Activities", ["Design", "Build", "Check"]),
        ("Task", ["Draw the pump in full", "Weld the frame of it", "Run it for a day"]),
        ("Dependencies", [None, "Design", "Build"]),
    )
    assert found["Activities"].field == "name"
    assert Evidence("agreement.resolves") in found["Activities"].signs


def test_the_margin_to_the_next_reading_is_the_confidence() -> None:
    clear = _read("tasks", ("Task", ["Set the pump", "Align it now"]), ("Owner", ["Ann", "Bob"]))
    close = _read("tasks", ("Task", ["Set the pump", "Align it now"]), ("Activity", ["Fill the pump", "Drain it now"]))
    assert clear["Task"].confidence > 0.95 > close["Task"].confidence >= 0.5


def test_what_speaks_for_a_column_is_said_in_both_languages() -> None:
    name = _read("tasks", ("Task", ["Set the pump", "Align the pump"]))["Task"]
    assert because(name) == "Taken because the heading says it, a row can't be without it, its texts read like names."
    with in_language("zh"):
        assert "标题写明了" in because(name)


D = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("durations", "days", "unit"),
    [
        ([5, 3, 2], [(2, 6), (9, 11), (12, 13)], "d"),
        ([40, 24, 16], [(2, 6), (9, 11), (12, 13)], "h"),
        ([1, 2, 1], [(2, 6), (9, 20), (23, 27)], "w"),
        ([17, 99, 3], [(2, 6), (9, 11), (12, 13)], None),
        ([5, 3], [(2, 6), (9, 11)], None),
    ],
)
def test_finish_less_start_tells_the_unit(durations: list[Any], days: list[tuple[int, int]], unit: str | None) -> None:
    starts, ends = [date(2026, 3, a) for a, _ in days], [date(2026, 3, b) for _, b in days]
    assert unit_told(durations, starts, ends) == unit


def test_weights_are_data_and_can_be_others_for_a_while() -> None:
    before = weight_of("column.heading")
    with other_weights({"column.heading": 1.0}):
        assert total([Evidence("column.heading", 0.5)]) == 0.5
    assert weight_of("column.heading") == before == weights()["column.heading"]
    assert sure(0) == 0.5 and sure(5) > 0.99
