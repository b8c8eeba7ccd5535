"""Predecessors as MS Project in several languages, P6, GanttProject and people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handover.values.task_links import LinkText, kind_of_link, package_number, parse_links
from tests.values.test_date_columns import CELLS

D = 480.0


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("12FS+2 days;15SS", [LinkText("12", "FS", 2 * D), LinkText("15", "SS")]),
        ("12完成-开始+2个工作日", [LinkText("12", "FS", 2 * D)]),
        ("12完成-完成", [LinkText("12", "FF")]),
        ("12开始到开始-1周", [LinkText("12", "SS", -5 * D)]),
        ("12FC+2 días", [LinkText("12", "FS", 2 * D)]),
        ("12EA+2 Tage", [LinkText("12", "FS", 2 * D)]),
        ("1FD+2 jours", [LinkText("1", "FS", 2 * D)]),
        ("12ОН+2 дней", [LinkText("12", "FS", 2 * D)]),
        ("3,5FS+2 days", [LinkText("3"), LinkText("5", "FS", 2 * D)]),
        ("12FS+2,5 days", [LinkText("12", "FS", 2.5 * D)]),
        ("12FS+2,5FS", [LinkText("12", "FS", 2 * D), LinkText("5")]),
        ("7FS+2个工作日", [LinkText("7", "FS", 2 * D)]),
        ("11SS-1 周", [LinkText("11", "SS", -5 * D)]),
        ("12SS+3 edays", [LinkText("12", "SS", 4320, "elapsed")]),
        ("12FS+50%", [LinkText("12", "FS", 50, "percent")]),
        ("A1010: FS 5, A1020: SS", [LinkText("A1010", "FS", 5 * D), LinkText("A1020", "SS")]),
        ("3-SS=P2D;1", [LinkText("3", "SS", 2 * D), LinkText("1")]),
        ("12 (FS+2d)", [LinkText("12", "FS", 2 * D)]),
        ("1.2.1 & 1.1.6", [LinkText("1.2.1"), LinkText("1.1.6")]),
        ("4；6，7、8", [LinkText("4"), LinkText("6"), LinkText("7"), LinkText("8")]),
        ("A-1010-2", [LinkText("A-1010-2")]),
        ("#11: Pumps, Task #12: Check, clean", [LinkText("#11: Pumps"), LinkText("Task #12: Check, clean")]),
        ("Milestone #11: Pumps\n12FS+2d", [LinkText("Milestone #11: Pumps"), LinkText("12", "FS", 2 * D)]),
        ("Task #12, #13", [LinkText("12"), LinkText("13")]),
        ("PROCESS", [LinkText("PROCESS")]),
        ("Install the pump", [LinkText("Install the pump")]),
        (12.0, [LinkText("12")]),
        ("-", []),
        (None, []),
    ],
)
def test_grammar(text: str | float | None, links: list[LinkText]) -> None:
    reading = parse_links(text)
    assert reading.links == links and not reading.problems


@pytest.mark.parametrize(
    ("text", "number"),
    [("Phase #11: Pumps", "11"), ("#11: Pumps", "11"), (" #11: Pumps", "11"), ("#11", "11"), ("Pump A#11: x", None),
     ("11: Pumps", None), ("Pumps", None)],
)  # fmt: skip
def test_number_of_a_work_package(text: str, number: str | None) -> None:
    assert package_number(text) == number


@pytest.mark.parametrize("text", ["12FS+2 apples", "=12+3", "<>\\other.mpp\\12", "+*", "x" * 30_000])
def test_a_piece_that_is_none_is_a_problem(text: str) -> None:
    reading = parse_links(text)
    assert not reading.links and reading.problems


def test_the_good_pieces_survive_a_bad_one() -> None:
    reading = parse_links("12FS;<>\\other.mpp\\1;13SS")
    assert [link.target for link in reading.links] == ["12", "13"] and len(reading.problems) == 1


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("PR_FS", "FS"),
        ("PR_SF1", "SF"),
        ("Finish-to-Start", "FS"),
        ("开始-完成", "SF"),
        ("ss", "SS"),
        ("AE", "SF"),
        ("x", None),
    ],
)
def test_kinds_by_name(text: str, kind: str | None) -> None:
    assert kind_of_link(text) == kind


LINKS = st.builds(
    lambda target, kind, days: (target, kind, days),
    st.integers(1, 99_999),
    st.sampled_from(["FS", "SS", "FF", "SF"]),
    st.integers(-400, 400),
)


@given(st.lists(LINKS, max_size=20, unique_by=lambda link: link[0]))
def test_what_ms_project_writes_comes_back(links: list[tuple[int, str, int]]) -> None:
    text = ";".join(f"{t}{k}{d:+d} days" if d else f"{t}{k}" for t, k, d in links)
    assert parse_links(text).links == [LinkText(str(t), k, d * D) for t, k, d in links]


@given(st.one_of(CELLS, st.text(alphabet="0123456789FSEA+-;,% days完成开始()[]", max_size=60)))
def test_no_text_makes_the_reader_fail(cell: object) -> None:
    reading = parse_links(cell)  # type: ignore[arg-type]
    assert all(link.target for link in reading.links) and all(map(str, reading.problems))
