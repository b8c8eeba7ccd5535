"""The number series of a project as the settings and the command line show them."""

from __future__ import annotations

import pytest

from handover.errors import NotFound, NotValid
from handover.registers.catalogue import paper
from handover.registers.numbering import SeriesShown, all_series, set_last, set_pattern
from handover.store import undo
from handover.store.numbers import draw
from tests.registers.conftest import Site


def packs(site: Site) -> SeriesShown:
    with site.workspace.read() as connection:
        return next(each for each in all_series(connection, site.project) if each.paper.key == "pack")


def draw_one(site: Site) -> str:
    with site.workspace.edit("Issue", project=site.project) as work:
        return draw(work, "pack", paper("pack").pattern)


def test_a_series_shows_its_pattern_and_what_comes_next(site: Site) -> None:
    before = packs(site)
    draw_one(site)

    assert (before.pattern, before.last, before.last_number, before.next_number) == (
        "{project}-HP-{n:03}", 0, "", "P-01-HP-001",
    )  # fmt: skip
    assert (packs(site).last_number, packs(site).next_number) == ("P-01-HP-001", "P-01-HP-002")


def test_another_pattern_counts_on_from_its_next_number(site: Site) -> None:
    draw_one(site)

    set_pattern(site.workspace, site.project, "pack", " NEV/{n:04} ")

    assert draw_one(site) == "NEV/0002"


def test_a_pattern_is_taken_back_by_undo(site: Site) -> None:
    set_pattern(site.workspace, site.project, "pack", "A-{n}")
    set_pattern(site.workspace, site.project, "pack", "B-{n}")

    undo(site.workspace)
    assert packs(site).pattern == "A-{n}"
    undo(site.workspace)
    assert packs(site).pattern == "{project}-HP-{n:03}"


def test_a_bad_pattern_is_refused_with_an_example(site: Site) -> None:
    with pytest.raises(NotValid, match=r"{project}-TR-{n:04}"):
        set_pattern(site.workspace, site.project, "pack", "HP")
    with pytest.raises(NotFound, match="pack"):
        set_pattern(site.workspace, site.project, "letters", "L-{n}")


def test_a_series_goes_on_behind_a_number_given_on_paper_and_never_back(site: Site) -> None:
    set_last(site.workspace, site.project, "pack", 41)

    assert draw_one(site) == "P-01-HP-042"
    with pytest.raises(NotValid, match="run to 42"):
        set_last(site.workspace, site.project, "pack", 41)
    set_last(site.workspace, site.project, "pack", 42)
    assert draw_one(site) == "P-01-HP-043"


def test_a_series_of_years_goes_on_in_this_year(site: Site) -> None:
    set_pattern(site.workspace, site.project, "pack", "{project}-{year}-{n:03}")
    set_last(site.workspace, site.project, "pack", 7)

    assert draw_one(site).endswith("-008")


@pytest.mark.parametrize("number", [-1, 10**9])
def test_a_number_that_no_series_reaches_is_refused(site: Site, number: int) -> None:
    with pytest.raises(NotValid, match="between 0 and"):
        set_last(site.workspace, site.project, "pack", number)
