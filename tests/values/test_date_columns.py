"""Dates in the styles people write, with the order told by the column."""

# ruff: noqa: E501 - Chinese counts double

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handover.values.date_columns import read_date_columns, read_dates
from handover.values.missing_year import year_told

DAY = dt.date(2026, 3, 5)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-05", "2026/3/5", "2026.3.5", "20260305", "2026年3月5日", "26年3月5日", "２０２６年３月５日", " 2026-3-5 ",
        "05-Mar-26", "5 March 2026", "Mar 5, 2026", "Thu 05 Mar 2026", "2026/3/5 周四", "星期四 2026-3-5", "5. März 2026",
        "5 de marzo de 2026", "05-мар-26", "05-Mar-26 A", "05-Mar-26*", "5.3.2026", "46086", "2026-03-05T00:00:00", "2026. 03. 05."
    ],
)  # fmt: skip
def test_one_day_in_many_styles(text: str) -> None:
    assert read_dates([text]).values == [DAY]


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2026-03-05 08:30", (8, 30)),
        ("2026-03-05T17:00:00Z", (17, 0)),
        ("March 5, 2026 8:00 AM", (8, 0)),
        ("2026年3月5日 下午3:30", (15, 30)),
        ("2026/3/5 12:15 AM", (0, 15)),
    ],
)
def test_a_time_of_day_is_kept(text: str, time: tuple[int, int]) -> None:
    assert read_dates([text]).values == [dt.datetime(2026, 3, 5, *time)]


def test_order_is_told_by_another_cell_of_the_column() -> None:
    assert read_dates(["05/03/2026", "13/03/2026"]).values == [DAY, dt.date(2026, 3, 13)]
    assert read_dates(["03/05/2026", "03/13/2026"]).values == [DAY, dt.date(2026, 3, 13)]
    assert read_dates(["26-03-05", "26-03-31"]).values == [DAY, dt.date(2026, 3, 31)]


def test_weekdays_tell_the_order() -> None:
    reading = read_dates(["Thu 3/5/26 8:00 AM", "Fri 3/6/26 8:00 AM"])
    assert reading.order == "MDY" and not reading.undecided
    assert reading.values[0] == dt.datetime(2026, 3, 5, 8)


def test_a_column_that_could_be_either_is_reported_with_both_readings() -> None:
    reading = read_dates(["05/03/2026", "06/04/2026"])
    assert reading.undecided
    assert reading.examples[0] == ("05/03/2026", dt.date(2026, 3, 5), dt.date(2026, 5, 3))
    assert read_dates(["05/03/2026"], order="MDY").values == [dt.date(2026, 5, 3)]


def test_a_column_that_contradicts_itself_is_asked_about() -> None:
    reading = read_dates(["13/03/2026", "03/13/2026"])
    assert reading.contradictory and reading.undecided and reading.problems


def test_an_undecided_column_takes_the_order_of_its_neighbour() -> None:
    found = read_date_columns({"start": ["03/05/2026"], "finish": ["03/25/2026"]})
    assert found["start"].values == [DAY] and not found["start"].undecided


def test_neighbours_that_disagree_decide_nothing() -> None:
    found = read_date_columns({"a": ["03/05/2026"], "b": ["03/25/2026"], "c": ["25/03/2026"]})
    assert found["a"].undecided


def test_year_comes_from_the_neighbours() -> None:
    cells = ["3月5日", dt.date(2025, 12, 30), "1月3日", "12月29日"]
    assert read_dates(cells).values == [DAY, dt.date(2025, 12, 30), dt.date(2026, 1, 3), dt.date(2025, 12, 29)]
    found = read_date_columns({"start": ["3月5日"], "finish": [dt.date(2026, 4, 1)]})
    assert found["start"].values == [DAY]


def test_a_day_without_any_year_is_a_problem() -> None:
    assert "no year" in str(read_dates(["3月5日"]).problems[0])


def test_excel_may_have_turned_the_real_dates() -> None:
    cells = [dt.date(2026, 1, 5), dt.date(2026, 2, 5), dt.date(2026, 12, 5), "13/05/2026", "14/05/2026", "15/06/2026"]
    assert read_dates(cells).maybe_swapped
    assert not read_dates([dt.date(2026, 1, 25), *cells]).maybe_swapped


def test_numbers_are_excels_days_in_both_systems() -> None:
    assert read_dates([46086.0]).values == [DAY]
    assert read_dates([46086.0 - 1462], date1904=True).values == [DAY]
    assert read_dates([46086.5]).values == [dt.datetime(2026, 3, 5, 12)]
    assert read_dates([12.0]).problems


@pytest.mark.parametrize("text", ["1899-05-01", dt.date(1850, 1, 1), dt.datetime(1899, 12, 31)])
def test_dates_before_1900_are_refused(text: str | dt.date) -> None:
    assert "1900" in str(read_dates([text]).problems[0])


@pytest.mark.parametrize("text", ["9999-12-31", "31.12.2999", dt.date.max, dt.datetime.max])
def test_dates_after_2200_are_refused_cell_by_cell(text: str | dt.date) -> None:
    reading = read_dates([text, DAY])
    assert "2200" in str(reading.problems[0])
    assert reading.values == [None, DAY]


@pytest.mark.parametrize(
    "text",
    [
        "6月1/2日",
        "6月中旬",
        "6月下旬至7月初",
        "2026-02-30",
        "Q1 2026",
        "第2-4天",
        "32.01.2026",
        "1.2.3",
        "1.1",
        "Mar-26",
    ],
)
def test_what_is_no_date_is_a_problem_of_its_cell(text: str) -> None:
    reading = read_dates(["2026-03-05", text])
    assert reading.values == [DAY, None] and text in str(reading.problems[1])


@pytest.mark.parametrize("text", [None, "", "-", "—", "N/A", "待定", "TBD"])
def test_nothing_is_no_problem(text: str | None) -> None:
    reading = read_dates([text])
    assert reading.values == [None] and not reading.problems


@given(st.dates(dt.date(1970, 1, 1), dt.date(2069, 12, 31)), st.sampled_from(["%Y-%m-%d", "%d-%b-%y", "%Y年%m月%d日"]))
def test_every_day_comes_back(day: dt.date, style: str) -> None:
    assert read_dates([day.strftime(style)]).values == [day]


@given(st.lists(st.dates(dt.date(1970, 1, 1), dt.date(2069, 12, 31)), min_size=1), st.sampled_from(["DMY", "MDY"]))
def test_a_column_comes_back_or_is_reported(days: list[dt.date], order: str) -> None:
    style = "%d/%m/%Y" if order == "DMY" else "%m/%d/%Y"
    reading = read_dates([day.strftime(style) for day in days])
    assert reading.undecided or reading.values == days


CELLS = st.one_of(
    st.none(),
    st.text(max_size=80),
    st.text(alphabet="0123456789/-.: 年月日AMPTZ", max_size=20),
    st.floats(),
    st.integers(-(10**20), 10**20),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


@given(st.lists(CELLS, max_size=12))
def test_no_column_makes_the_reader_fail(cells: list[object]) -> None:
    reading = read_dates(cells)  # type: ignore[arg-type]
    assert len(reading.values) == len(cells)
    assert all(0 <= place < len(cells) for place in reading.problems)


def test_weekday_decides_its_own_format() -> None:
    found = read_date_columns({"start": ["5.3.2026"], "finish": ["Mon 3/9/26 8:00 AM", "13.3.2026"]})
    assert found["finish"].values == [dt.datetime(2026, 3, 9, 8), dt.date(2026, 3, 13)]
    assert found["start"].values == [DAY]


def test_weekday_that_contradicts_the_order_is_a_problem() -> None:
    reading = read_dates(["Mon 3/9/26", "13/3/26"])
    assert reading.values == [None, dt.date(2026, 3, 13)]
    assert "another weekday than that of 2026-09-03" in str(reading.problems[0])


def test_columns_of_a_table_whose_orders_contradict_are_asked_about() -> None:
    found = read_date_columns({"start": ["13/5/2026", "1/2/2026"], "finish": ["5/14/2026", "3/4/2026"]})
    assert found["start"].asks_order and found["finish"].asks_order
    assert found["finish"].examples[0][0] == "3/4/2026"


def test_column_that_can_be_read_in_one_way_alone_is_no_question() -> None:
    found = read_date_columns({"revised": ["05/13/2026", "05/03/2026"], "due": ["25/03/2026"]})
    assert found["revised"].asks_order and not found["due"].asks_order
    assert read_date_columns({"revised": ["05/13/2026"], "due": ["25/03/2026"]})["revised"].values


def test_answer_counts_for_the_format_that_was_asked_about() -> None:
    found = read_date_columns({"start": ["03/05/2026"], "finish": ["13.3.2026"]}, order="MDY")
    assert found["start"].values == [DAY] and found["finish"].values == [dt.date(2026, 3, 13)]


def test_short_year_comes_first_where_the_other_cells_put_it_first() -> None:
    assert read_dates(["2026年3月10日", "26/3/11"]).values == [dt.date(2026, 3, 10), dt.date(2026, 3, 11)]


def test_year_told_from_outside_goes_up_over_the_turn_of_the_year() -> None:
    found = read_dates(["11月5日", "12月20日", "1月5日", "2月3日"], year=2026)
    assert [when.year for when in found.values if when] == [2026, 2026, 2027, 2027]
    assert found.told_year == (dt.date(2026, 11, 5), dt.date(2027, 2, 3))


def test_year_told_from_outside_holds_where_days_go_up_and_down() -> None:
    found = read_dates(["11月5日", "1月5日", "12月20日", "2月3日", "1月9日"], year=2026)
    assert {when.year for when in found.values if when} == {2026}


def test_finish_without_a_year_comes_after_its_start() -> None:
    starts = [dt.date(2026, 3, 5), dt.date(2026, 12, 20)]
    found = read_date_columns({"start": starts, "finish": ["12月9日", "1月5日"]})
    assert found["finish"].values == [dt.date(2026, 12, 9), dt.date(2027, 1, 5)]
    assert read_date_columns({"start": ["12月20日"], "finish": [dt.date(2027, 1, 5)]})["start"].values == [
        dt.date(2026, 12, 20)
    ]


def test_year_is_asked_for_before_the_order() -> None:
    reading = read_dates(["3/9", "5/3"])
    assert reading.no_year == ("3/9", "5/3") and not reading.asks_order
    assert read_dates(["3/9", "5/3"], year=2026).asks_order
    assert read_dates(["3/9", "5/3"], order="MDY", year=2026).values == [dt.date(2026, 3, 9), dt.date(2026, 5, 3)]


@pytest.mark.parametrize(
    ("texts", "year"),
    [
        (["某项目2026年移交计划"], 2026),
        (["Plan", "", "handover 2026"], 2026),
        (["编制日期：2025-12-20", "2026年3月计划"], 2026),
        (["2025-2026年度计划", "GB 50300-2013 验收", "20260301"], None),
        (["编制日期：2025年12月20日"], None),
        (["工作安排", "202603"], 2026),
    ],
)
def test_year_of_a_title(texts: list[str], year: int | None) -> None:
    told = year_told(texts)
    assert (told[0] if told else None) == year
