"""Outlines, whatever shows them."""

from __future__ import annotations

from functools import partial
from typing import Any

from handover.exchange.columns.heading_words import heading_likeness
from handover.exchange.tables import finding
from handover.exchange.tables.outline import RowOutline, Shown, find_outline, read_codes
from tests.exchange.tables.test_finding import grid

find_tables = partial(finding.find_tables, likeness=heading_likeness)

HEAD = ["Code", "Task", "Days"]


def outline(rows: list[list[Any]], name: int = 1, **how: Any) -> tuple[RowOutline, list[int], list[int | None]]:
    """The outline of rows below a header, their depths, and their parents by place."""
    marks = {key: how.pop(key) for key in ("outline_levels", "indents", "bold_rows", "merged") if key in how}
    sheet = grid([HEAD, *rows], **marks)
    (table,) = find_tables(sheet)
    found = find_outline(sheet, table, name, **how)
    order = list(table.rows())
    parents = [None if (p := found.parents[r]) is None else order.index(p) for r in order]
    return found, [found.depths[r] for r in order], parents


NAMES = ["Line", "Pump", "Seal", "Motor", "Site"]
DEPTHS, PARENTS = [0, 1, 2, 1, 0], [None, 0, 1, 0, None]


def test_by_a_column_of_levels() -> None:
    rows = [[level, name, 1] for level, name in zip([1, 2, 3, 2, 1], NAMES, strict=True)]
    found, depths, parents = outline(rows, level_column=0)
    assert found.shown_by is Shown.LEVEL and depths == DEPTHS and parents == PARENTS


def test_by_codes_with_dots() -> None:
    rows = [[code, name, 1] for code, name in zip(["1", "1.1", "1.1.1", "1.2", "2"], NAMES, strict=True)]
    found, depths, parents = outline(rows, code_column=0)
    assert found.shown_by is Shown.CODE and depths == DEPTHS and parents == PARENTS


def test_codes_whose_parents_are_missing_stand_at_the_top() -> None:
    rows = [["1.1", "Pump", 1], ["1.1.1", "Seal", 1], ["2.1", "Motor", 1]]
    assert outline(rows, code_column=0)[1] == [0, 1, 0]


def test_by_chinese_numbering() -> None:
    rows = [[code, name, 1] for code, name in zip(["一", "（一）", "1", "（二）", "二"], NAMES, strict=True)]
    found, depths, _ = outline(rows, code_column=0)
    assert found.shown_by is Shown.CODE and depths == DEPTHS


def test_by_codes_in_front_of_the_names() -> None:
    rows = [[None, f"{code} {name}", 1] for code, name in zip(["1", "1.1", "1.1.1", "1.2", "2"], NAMES, strict=True)]
    assert outline(rows)[1:] == (DEPTHS, PARENTS)


def test_by_excels_grouping() -> None:
    rows = [["x", name, 1] for name in NAMES]
    found, depths, parents = outline(rows, outline_levels={2: 1, 3: 2, 4: 1})
    assert found.shown_by is Shown.GROUPING and depths == DEPTHS and parents == PARENTS


def test_by_grouping_with_the_sums_below() -> None:
    rows = [["x", name, 1] for name in ("Pump", "Motor", "Line")]
    _, depths, parents = outline(rows, outline_levels={1: 1, 2: 1})
    assert depths == [1, 1, 0] and parents == [2, 2, None]


def test_by_indented_cells() -> None:
    rows = [["x", name, 1] for name in NAMES]
    found, depths, _ = outline(rows, indents={2: {1: 1}, 3: {1: 2}, 4: {1: 1}})
    assert found.shown_by is Shown.INDENT and depths == DEPTHS


def test_by_leading_blanks_even_wide_ones() -> None:
    for blank in ("   ", "\u3000", "\t"):
        rows = [["x", blank * depth + name, 1] for depth, name in zip(DEPTHS, NAMES, strict=True)]
        found, depths, parents = outline(rows)
        assert found.shown_by is Shown.SPACES and depths == DEPTHS and parents == PARENTS


def test_by_staggered_columns_under_one_heading() -> None:
    rows = [["Task", None, None, "Days"], ["Line", None, None, 1], [None, "Pump", None, 1], [None, None, "Seal", 1]]
    sheet = grid(rows, merged=[(0, 0, 0, 2)])
    (table,) = find_tables(sheet)
    found = find_outline(sheet, table, 0)
    assert found.shown_by is Shown.COLUMNS
    assert found.names == {1: "Line", 2: "Pump", 3: "Seal"} and found.depths == {1: 0, 2: 1, 3: 2}


def test_by_rows_that_name_what_follows() -> None:
    rows: list[list[Any]] = [["一、设计"], [1, "Pump", 1], [2, "Motor", 1], ["二、安装"], [3, "Valve", 1]]
    found, depths, _ = outline(rows)
    assert found.shown_by is Shown.SECTIONS and depths == [0, 1, 1, 0, 1]


def test_by_bold_rows() -> None:
    rows = [["x", name, 1] for name in ("Line", "Pump", "Motor", "Site", "Fence")]
    found, depths, _ = outline(rows, bold_rows=frozenset({1, 4}))
    assert found.shown_by is Shown.BOLD and depths == [0, 1, 1, 0, 1]


def test_a_flat_list_has_no_outline() -> None:
    found, depths, parents = outline([["x", name, 1] for name in NAMES])
    assert found.shown_by is Shown.NOTHING and set(depths) == {0} and set(parents) == {None}


def test_codes_that_a_spreadsheet_took_for_numbers_are_mended() -> None:
    assert read_codes([1.8, 1.9, 1.1, 1.11]) == ["1.8", "1.9", "1.10", "1.11"]
    assert read_codes([1.0, 1.1, "1.1.1", None, "2."]) == ["1", "1.1", "1.1.1", "", "2"]
