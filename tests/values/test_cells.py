"""Numbers, shares, yes and no, names."""

# ruff: noqa: E501 - Chinese counts double

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handover.values.cells import (
    NameInCell,
    Unreadable,
    as_text,
    asks_to_erase,
    number_in,
    parse_number,
    parse_yes,
    read_shares,
    read_yes,
    split_names,
)
from tests.values.test_date_columns import CELLS


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,234.5", 1234.5), ("1.234,5", 1234.5), ("1 234,50", 1234.5), ("1'234.5", 1234.5), ("0,4", 0.4), ("1,234", 1234.0),
        ("１２", 12.0), ("¥ 5", 5.0), ("-3", -3.0), ("1.234.567", 1234567.0), ("12 34", None), ("1.2.3", None), ("x", None),
    ],
)  # fmt: skip
def test_numbers(text: str, number: float | None) -> None:
    assert number_in(text) == number


def test_shares_are_judged_by_the_whole_column() -> None:
    assert read_shares([0.4, 1.0, None, "40%"]).values == [0.4, 1.0, None, 0.4]
    assert read_shares([40.0, 100.0, 0.0, "40%", 1.0]).values == [0.4, 1.0, 0.0, 0.4, 0.01]
    assert read_shares(["４０％", "0,5"]).values == [0.4, 0.5]


def test_a_share_beyond_all_is_a_problem_of_its_cell() -> None:
    reading = read_shares([0.85, 1.2, "done"])
    assert reading.values == [0.85, None, None] and set(reading.problems) == {1, 2}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("张三;李四[50%]", [NameInCell("张三"), NameInCell("李四", 0.5)]),
        ("张三、李四", [NameInCell("张三"), NameInCell("李四")]),
        ("张三/李四", [NameInCell("张三"), NameInCell("李四")]),
        ("张三（50％）；王五", [NameInCell("张三", 0.5), NameInCell("王五")]),
        ("Lee, Ann; Ray, Bob", [NameInCell("Lee, Ann"), NameInCell("Ray, Bob")]),
        ("Ann Lee, Bob Ray (25%)", [NameInCell("Ann Lee"), NameInCell("Bob Ray", 0.25)]),
        ("QA/QC", [NameInCell("QA/QC")]),
        ("Zhang San/Li Si", [NameInCell("Zhang San"), NameInCell("Li Si")]),
        ("Operations/Maintenance Lead", [NameInCell("Operations/Maintenance Lead")]),
        ("Cement[5 t]", [NameInCell("Cement")]),
        ("张三;张三", [NameInCell("张三")]),
        ("无", []),
    ],
)
def test_people_are_split(text: str, names: list[NameInCell]) -> None:
    assert split_names(text) == names


def test_yes_and_no_in_both_languages() -> None:
    assert read_yes(["是", "否", "Y", "无", None, True, 0.0, "√"]).values == [
        True,
        False,
        True,
        False,
        None,
        True,
        False,
        True,
    ]
    with pytest.raises(Unreadable):
        parse_yes("maybe")


def test_marks_that_erase() -> None:
    assert asks_to_erase("{NULL}") and asks_to_erase("清空") and not asks_to_erase("") and not asks_to_erase(None)


def test_text_loses_what_is_no_character() -> None:
    assert as_text("a\x01b\x0bc\x7f\td\n") == "ab\nc\td"


def test_text_keeps_what_looks_like_a_number() -> None:
    assert as_text("001") == "001" and as_text(12.0) == "12" and as_text(1.5) == "1.5"


@given(st.floats(-1e12, 1e12).map(lambda x: round(x, 4)), st.sampled_from(["{:,.4f}", "{:.4f}"]))
def test_every_number_comes_back(number: float, style: str) -> None:
    assert number_in(style.format(number)) == pytest.approx(number)


@given(CELLS)
def test_readers_raise_nothing_but_unreadable(cell: object) -> None:
    for read in (parse_number, parse_yes):
        try:
            read(cell)  # type: ignore[operator]
        except Unreadable as error:
            assert str(error)
    assert all(named.name for named in split_names(cell))  # type: ignore[arg-type]
    assert len(read_shares([cell, 0.5]).values) == 2  # type: ignore[list-item]
