"""Shares and per cent in one column: 0.4 that Excel shows as 40 % is 40 %, any other is told."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from handover.i18n import in_language
from handover.store.workspace import Workspace
from tests.exchange.trying import a_file, tried

MIXED = (("Task Name", "% Complete"), ("a", 0.4), ("b", 1), ("c", 60), ("d", "80%"))


def percents(path: Path, workspace: Workspace) -> list[float]:
    return tried(workspace, path).found.incoming.values["percent"]


def test_share_that_excel_shows_with_a_sign_is_read_as_shown(tmp_path: Path, workspace: Workspace) -> None:
    path = a_file(tmp_path, MIXED)
    book = load_workbook(path)
    book.active["B2"].number_format = book.active["B3"].number_format = "0%"
    book.save(path)
    assert percents(path, workspace) == [0.4, 1, 0.6, 0.8]
    assert not tried(workspace, path).notices
    book.active["B2"].number_format = book.active["B3"].number_format = '0.0"%"%'  # a format of one's own
    book.save(path)
    assert percents(path, workspace) == [0.4, 1, 0.6, 0.8]


def test_share_among_per_cent_is_told_with_its_cell(tmp_path: Path, workspace: Workspace) -> None:
    path = a_file(tmp_path, MIXED)
    run = tried(workspace, path)
    assert run.found.incoming.values["percent"][0] == 0.004
    (notice,) = run.notices
    assert str(notice) == (
        "“% Complete” is in per cent, and B2 is read as 0.4 %: compare these cells with the original: B2."
    )
    with in_language("zh"):
        assert str(notice) == "“% Complete”以百分数计，B2 读作 0.4%：请将以下单元格与原件核对：B2。"


def test_column_of_shares_or_of_per_cent_alone_leaves_no_doubt(tmp_path: Path, workspace: Workspace) -> None:
    for cells in ((0.4, 1, 0), (40, 100, 0)):
        path = a_file(tmp_path, (MIXED[0], *zip("abc", cells, strict=True)))
        assert percents(path, workspace) == [0.4, 1, 0] and not tried(workspace, path).notices
