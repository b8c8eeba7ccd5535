"""A block of cells: what a cell means is told by its column, and what nothing tells is asked."""

from __future__ import annotations

import datetime as dt

from handover.registers.block import read_block
from handover.registers.catalogue import register

DUE, PERCENT, DURATION = register("documents")["due_on"], register("tasks")["percent"], register("tasks")["duration"]


def test_one_cell_tells_the_order_of_its_column() -> None:
    read = read_block([DUE], {"due_on": ["05/03/2026", "13/03/2026"]})

    assert read.columns["due_on"].values == [dt.date(2026, 3, 5), dt.date(2026, 3, 13)]
    assert not read.undecided


def test_what_no_cell_tells_is_asked_and_an_answer_settles_it() -> None:
    cells = {"due_on": ["05/03/2026", "06/03/2026"]}

    assert list(read_block([DUE], cells).undecided) == ["due_on"]
    answered = read_block([DUE], cells, "MDY")

    assert not answered.undecided
    assert answered.columns["due_on"].values[0] == dt.date(2026, 5, 3)


def test_days_without_a_year_are_asked_for_theirs() -> None:
    cells = {"due_on": ["3月5日"]}

    assert list(read_block([DUE], cells).without_year) == ["due_on"]
    assert read_block([DUE], cells, year=2027).columns["due_on"].values == [dt.date(2027, 3, 5)]


def test_shares_are_judged_by_their_column() -> None:
    assert read_block([PERCENT], {"percent": ["1", "40"]}).columns["percent"].values == [0.01, 0.4]
    assert read_block([PERCENT], {"percent": ["1", "0.4"]}).columns["percent"].values == [1.0, 0.4]


def test_time_of_the_clock_is_refused_where_work_is_counted() -> None:
    read = read_block([DURATION], {"duration": ["5 d", "3 calendar days"]})

    assert read.columns["duration"].values == [2400, None]
    assert "time of the clock" in str(read.columns["duration"].problems[1])
