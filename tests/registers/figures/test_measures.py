"""The numbers of the overview day by day."""

from __future__ import annotations

import datetime as dt

import pytest

from handover.errors import ReadOnly
from handover.model import Document
from handover.registers.catalogue import chapters
from handover.registers.figures import measures
from handover.registers.figures.measures import DayValue
from handover.store import Workspace, undo, undo_label
from handover.store.checking.check import check
from tests.registers.conftest import TODAY, Site


def on(monkeypatch: pytest.MonkeyPatch, day: dt.date) -> None:
    monkeypatch.setenv("HANDOVER_TODAY", day.isoformat())


def add_document(site: Site) -> None:
    with site.workspace.edit("Add", project=site.project) as work:
        work.add(Document(title="One more"))


def documents(site: Site, first: dt.date, last: dt.date, view: str = "") -> list[int | None]:
    with site.workspace.read() as connection:
        return [value.n for value in measures.series(connection, site.project, "documents", view, first, last)]


def days(n: int) -> dt.date:
    return TODAY + dt.timedelta(n)


def test_a_day_ends_with_the_numbers_that_it_ended_with(site: Site) -> None:
    end = measures.follow(site.workspace)
    assert documents(site, TODAY, TODAY) == [4]

    add_document(site)
    add_document(site)
    assert documents(site, TODAY, TODAY) == [4]
    end()

    assert documents(site, TODAY, TODAY) == [6]
    assert documents(site, TODAY, TODAY, "overdue") == [1]


def test_a_day_without_the_program_has_the_value_of_the_day_before(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    measures.keep(site.workspace)
    on(monkeypatch, days(3))
    add_document(site)
    measures.keep(site.workspace)
    on(monkeypatch, days(5))

    assert documents(site, days(-1), days(9)) == [None, 4, 4, 4, 5, 5, 5]
    assert documents(site, days(2), days(3)) == [4, 5]
    assert documents(site, days(6), days(9)) == []


def test_the_first_act_of_a_new_day_brings_its_numbers(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    end = measures.follow(site.workspace)
    on(monkeypatch, days(1))

    add_document(site)
    assert documents(site, TODAY, days(1)) == [4, 5]
    add_document(site)
    assert documents(site, TODAY, days(1)) == [4, 5]
    end()
    assert documents(site, TODAY, days(1)) == [4, 6]


def test_what_was_written_down_is_no_act_and_stays_when_acts_are_undone(site: Site) -> None:
    before = undo_label(site.workspace)
    end = measures.follow(site.workspace)
    assert undo_label(site.workspace) == before

    add_document(site)
    undo(site.workspace)
    end()

    assert documents(site, TODAY, TODAY) == [4]
    assert check(site.workspace.path) == []


def test_following_ends_for_good(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting: list[measures.Keeping] = []
    end = measures.follow(site.workspace, waiting.append)
    end()
    on(monkeypatch, days(1))
    add_document(site)

    for keeping in waiting:
        keeping()

    assert documents(site, TODAY, days(1)) == [4, 4]


def test_a_workspace_open_for_reading_only_is_read_only(site: Site) -> None:
    measures.keep(site.workspace)
    site.workspace.close()

    with Workspace.open(site.workspace.path, "read") as reading:
        measures.follow(reading)()
        with reading.read() as connection:
            assert measures.series(connection, site.project, "documents", "", TODAY, TODAY) == [DayValue(TODAY, 4)]
        with pytest.raises(ReadOnly):
            measures.keep(reading)


def test_each_register_and_view_of_each_project_has_its_row(site: Site) -> None:
    with site.workspace.edit("Second project") as work:
        from handover.model import Project

        work.add(Project(code="P-02", name="Second"))
    measures.keep(site.workspace)
    measures.keep(site.workspace)

    with site.workspace.read() as connection:
        kept = connection.exec_driver_sql("SELECT count(*) FROM measure").scalar()
    of_work = [each for chapter in chapters() if chapter.of_work for each in chapter.registers]
    assert kept == 2 * sum(1 + len(each.views) for each in of_work)


def test_opening_a_workspace_for_a_command_keeps_its_numbers(site: Site) -> None:
    site.workspace.close()
    with measures.followed(site.workspace.path) as opened, opened.edit("Add", project=site.project) as work:
        work.add(Document(title="One more"))

    with Workspace.open(site.workspace.path, "read") as reading, reading.read() as connection:
        assert measures.series(connection, site.project, "documents", "", TODAY, TODAY) == [DayValue(TODAY, 5)]


def test_numbers_kept_in_a_thread_are_there_when_following_ends(site: Site) -> None:
    end = measures.follow(site.workspace, measures.in_a_thread)
    add_document(site)
    end()

    assert documents(site, TODAY, TODAY) == [5]


def test_a_workspace_closed_before_its_numbers_were_kept_has_them_all_the_same(site: Site) -> None:
    waiting: list[measures.Keeping] = []
    measures.follow(site.workspace, waiting.append)()

    assert waiting
    assert documents(site, TODAY, TODAY) == [4]
