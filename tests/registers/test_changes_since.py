"""What changed since a moment: which rows, and what stood there before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from handover import clock
from handover.registers.acts import editing
from handover.registers.catalogue import register
from handover.registers.changed_rows import ChangedRow, changed_rows
from handover.registers.query import SINCE, Condition, Query, every
from handover.store import Workspace, redo, undo
from handover.store.copies.since import Since, accounts
from tests.domain import a_project, a_workspace

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
