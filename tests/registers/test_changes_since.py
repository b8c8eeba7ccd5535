"""What changed since a moment: which rows, and what stood there before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from handover import clock
from handover.model.issued import ISSUED_STATUS
from handover.pack.issuing import Paper, issue
from handover.registers.acts import editing, taking
from handover.registers.catalogue import register
from handover.registers.changed_rows import ChangedRow, changed_rows
from handover.registers.chapter import PaperKind
from handover.registers.figures.handed_over import last_handed_over, papers_handed_over
from handover.registers.query import SINCE, Condition, Query, every
from handover.store import Workspace, redo, undo
from handover.store.copies.since import Since, accounts
from tests.domain import a_project, a_workspace
from tests.pack.sample import a_pack

SYSTEMS = register("systems")
BEGIN, LATER = dt.datetime(2026, 3, 1, 8, tzinfo=dt.UTC), dt.datetime(2026, 3, 5, 8, tzinfo=dt.UTC)
SINCE_THEN = Since(dt.datetime(2026, 3, 3, tzinfo=dt.UTC).isoformat(timespec="milliseconds"))


class Site:
    """Two systems of the first of March, on the fifth."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(clock, "now", lambda: BEGIN)
        self.workspace: Workspace = a_workspace(folder)
        self.project = a_project(self.workspace)
        rows = ({"code": "10", "name": "Pumps"}, {"code": "20", "name": "Tanks"})
        self.pumps, self.tanks = editing.add_many(self.workspace, SYSTEMS, self.project, rows)
        monkeypatch.setattr(clock, "now", lambda: LATER)

    def rename(self, row: str, name: str) -> None:
        editing.change(self.workspace, SYSTEMS, self.project, {row: {"name": name}})

    def changed(self, since: Since = SINCE_THEN) -> dict[str, ChangedRow]:
        """What the register shows with the filter in force."""
        values = (since.moment, since.who) if since.who else (since.moment,)
        with self.workspace.read() as connection:
            query = Query(where=(Condition(SINCE, "after", values),))
            ids = [row.id for row in every(connection, SYSTEMS, self.project, query)]
            found = changed_rows(connection, SYSTEMS, ids, since, SYSTEMS.fields)
        assert set(found) == set(ids)
        return found


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    made = Site(tmp_path, monkeypatch)
    yield made
    made.workspace.close()


def test_a_changed_row_tells_what_stood_there_at_the_moment(site: Site) -> None:
    assert site.changed() == {}
    site.rename(site.pumps, "Pump house")
    site.rename(site.pumps, "Pump house 2")

    assert site.changed() == {site.pumps: ChangedRow("changed", {"name": "Pumps"})}


def test_added_and_removed_rows_are_told_apart(site: Site) -> None:
    (new,) = editing.add_many(site.workspace, SYSTEMS, site.project, [{"code": "30", "name": "Flare"}])
    editing.delete(site.workspace, SYSTEMS, site.project, [site.tanks])

    found = site.changed()
    assert {row: change.fate for row, change in found.items()} == {new: "added", site.tanks: "removed"}
    assert found[new].before == {}


def test_what_was_undone_was_never_done_and_what_was_done_again_was(site: Site) -> None:
    site.rename(site.pumps, "Pump house")
    undo(site.workspace)
    assert site.changed() == {}

    redo(site.workspace)
    assert site.changed() == {site.pumps: ChangedRow("changed", {"name": "Pumps"})}


def test_undoing_what_was_done_before_the_moment_is_a_change(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: BEGIN)
    site.rename(site.pumps, "Pump house")
    monkeypatch.setattr(clock, "now", lambda: LATER)
    assert site.changed() == {}
    undo(site.workspace)

    assert site.changed() == {site.pumps: ChangedRow("changed", {"name": "Pump house"})}


def test_changes_of_one_account_alone(site: Site) -> None:
    site.rename(site.pumps, "Pump house")
    mine = site.workspace.user
    with site.workspace.read() as connection:
        assert mine in accounts(connection)

    assert set(site.changed(Since(SINCE_THEN.moment, mine))) == {site.pumps}
    assert site.changed(Since(SINCE_THEN.moment, "somebody else")) == {}


# -- since a handover was issued --------------------------------------------------------------------------------------

LONG_AFTER = dt.datetime(2026, 4, 1, 8, tzinfo=dt.UTC)


def issued(site: Site, kind: str = "pack", about: tuple[str, str] | None = None) -> Paper:
    return issue(site.workspace, site.project, a_pack(2, 2), PaperKind(kind, kind + "-{n:03}"), about=about)


def numbers(site: Site) -> list[str]:
    with site.workspace.read() as connection:
        return [paper.number for paper in papers_handed_over(connection, site.project)]


def test_changes_are_told_since_the_last_handover_was_issued(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.rename(site.tanks, "Tank farm")
    monkeypatch.setattr(clock, "now", lambda: LONG_AFTER)
    issued(site)
    monkeypatch.setattr(clock, "now", lambda: LONG_AFTER + dt.timedelta(hours=1))
    site.rename(site.pumps, "Pump house")

    with site.workspace.read() as connection:
        last = last_handed_over(connection, site.project)
    assert last is not None
    assert last.number == "pack-001"
    assert site.changed(last.since) == {site.pumps: ChangedRow("changed", {"name": "Pumps"})}


def test_issuing_itself_is_no_change_since_then(site: Site) -> None:
    issued(site)

    with site.workspace.read() as connection:
        (paper,) = papers_handed_over(connection, site.project)
        rows = every(
            connection, register("issued"), site.project, Query(where=(Condition(SINCE, "after", paper.since),))
        )
        assert list(rows) == []


def test_the_last_pack_counts_before_what_was_given_out_of_single_rows(site: Site) -> None:
    issued(site)
    issued(site, "transmittal", ("system", site.pumps))

    with site.workspace.read() as connection:
        last = last_handed_over(connection, site.project)

    assert numbers(site) == ["transmittal-001", "pack-001"]
    assert last is not None
    assert last.number == "pack-001"


def test_what_is_void_undone_or_no_handover_is_no_beginning(site: Site) -> None:
    issued(site, "minutes")
    void = issued(site)
    voiding = next(step for step in ISSUED_STATUS.steps if step.key == "void")
    taking.take(site.workspace, register("issued"), site.project, [void.id], voiding, {"void_because": "Wrong plan"})
    issued(site)
    assert numbers(site) == ["pack-002"]

    undo(site.workspace)

    assert numbers(site) == []
    with site.workspace.read() as connection:
        assert last_handed_over(connection, site.project) is None


def test_of_a_spoiled_log_nothing_is_offered(site: Site) -> None:
    issued(site)
    with site.workspace.read() as connection:
        connection.exec_driver_sql("UPDATE act SET at = 'never'")

        assert papers_handed_over(connection, site.project) == ()
