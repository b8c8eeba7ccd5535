"""The blind score says right, asked, refused or wrong, and splits its files in the same halves always."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from handover.registers.catalogue import registers
from tests.corpus.blind import GUARDED, ROUND, Label, labels, score
from tests.exchange.trying import a_file

ROWS = (
    ("Task", "Owner", "Start", "Finish"),
    ("Flush the pump", "Ann Lee", date(2027, 3, 1), date(2027, 3, 2)),
    ("Test the fan", "Bob Fox", date(2027, 3, 3), date(2027, 3, 5)),
)
SEEN = Label(
    name="list.xlsx", repository="o/r", commit="0", path="list.xlsx", sha256="a0", kind="plan", registers=("tasks",),
    sheet="Sheet1", headings=(1,), rows=(2,), outline=((2, 0, 1),),
    columns={"A": ["name"], "B": ["owner"], "C": ["start"], "D": ["finish"]},
    starts=("2027-03-01", "2027-03-03"), finishes=("2027-03-02", "2027-03-05"),
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    a_file(tmp_path, ROWS)
    return tmp_path


def test_a_file_that_is_read_as_the_label_says_is_right(folder: Path) -> None:
    assert score(SEEN, folder).outcome == "right"


@pytest.mark.parametrize(
    ("label", "about"),
    [
        (replace(SEEN, registers=("none",)), "register"),
        (replace(SEEN, headings=(2,)), "heading row"),
        (replace(SEEN, columns={**SEEN.columns, "C": ["-"]}), "column C"),
        (replace(SEEN, columns={"A": ["name"], "B": ["owner"], "C": ["start"]}), "column D"),
        (replace(SEEN, outline=((3, 1, 2),)), "outline"),
        (replace(SEEN, starts=("2027-03-02",)), "starts"),
    ],
)
def test_a_file_that_is_read_otherwise_is_wrong(folder: Path, label: Label, about: str) -> None:
    found = score(label, folder)
    assert found.outcome == "wrong"
    assert [d.partition(":")[0] for d in found.differences] == [about]


def test_a_file_without_a_list_is_refused_and_that_is_right_where_no_register_fits(tmp_path: Path) -> None:
    a_file(tmp_path, (("Task", "Owner", "Start", "Finish"),))
    assert score(SEEN, tmp_path).outcome == "refused"
    assert score(replace(SEEN, registers=("none",)), tmp_path).outcome == "right"


def test_dates_that_are_asked_about_are_asked(tmp_path: Path) -> None:
    a_file(tmp_path, (("Task", "Start"), ("Flush", "3/5/2027"), ("Test", "4/6/2027"), ("Clean", "5/7/2027")))
    label = replace(SEEN, rows=(3,), outline=(), columns={"A": ["name"], "B": ["start"]}, finishes=())
    assert score(label, tmp_path).outcome == "asked"


def test_the_labels_are_of_two_halves_by_their_checksums() -> None:
    found = labels()
    assert all(label.name.startswith(label.sha256[:10]) for label in found)
    assert len(found) >= 380
    assert all(label.half != "kept" for label in found if label.round < ROUND)
    for collected in (1, 2):
        halves = Counter(label.half for label in found if label.round == collected)
        assert set(halves) == {"fit", "spent"}
        assert min(halves.values()) >= 0.4 * halves.total()


def test_of_a_round_that_is_not_scored_yet_every_file_is_kept() -> None:
    assert {label.half for label in labels() if label.round == ROUND} <= {"kept"}


def test_the_columns_of_a_label_are_fields_of_its_registers() -> None:
    known = {r.key: {column.field for column in r.columns} for r in registers()}
    assert set(GUARDED) <= set(known)
    assert all(fields <= known[key] for key, fields in GUARDED.items())
    for label in (label for label in labels() if label.round >= 3):
        assert set(label.registers) <= {*known, "none"}
        own = {"-", "phase"}.union(*(known[key] for key in label.registers if key != "none"))
        assert all(own & set(fields) for fields in label.columns.values()), label.name
