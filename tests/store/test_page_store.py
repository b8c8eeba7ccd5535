"""Copies that share their pages: small together, each whole, and damage of one is told and never restored."""

from __future__ import annotations

import datetime as dt
import random
import struct
from pathlib import Path

import pytest

from handover.errors import Cancelled, UnusableFile
from handover.model import Document
from handover.store import Workspace
from handover.store.checking.check import check
from handover.store.copies import copies, copying, page_store, restoring, thinning
from handover.store.copies import settings as copy_settings
from handover.store.copies.page_store import PageStore
from handover.store.trouble import Damaged
from tests.bench.bench_copies import Plant
from tests.domain import a_project, a_row, a_workspace, contents


@pytest.fixture(autouse=True)
def _share_from_the_first_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "WHOLE_BYTES", 0)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with a_workspace(tmp_path) as workspace:
        a_row(workspace, a_project(workspace), Document(title="Manual"))
    return workspace.path


def add_document(path: Path, title: str) -> None:
    with Workspace.open(path) as workspace:
        a_row(workspace, workspace.only_project().id, Document(title=title))


def packs(path: Path) -> list[Path]:
    return sorted(copies.folder_of(path).glob(f"*{page_store.PACK}"))


def test_copies_of_one_file_share_what_did_not_change(path: Path) -> None:
    first = copying.make(path, copies.DAILY)
    taken = sum(pack.stat().st_size for pack in packs(path))
    add_document(path, "Drawing")
    second = copying.make(path, copies.DAILY)

    assert first.suffix == second.suffix == page_store.SUFFIX
    assert sum(pack.stat().st_size for pack in packs(path)) < 1.5 * taken
    assert [copies.look_into(each).rows["document"] for each in (first, second)] == [1, 2]
    assert [c.size for c in copies.copies_of(path)] == [path.stat().st_size] * 2


def test_shared_copy_is_restored_as_it_was_and_back_again(path: Path) -> None:
    copy = copying.make(path, copies.DAILY)
    then = contents(path)
    add_document(path, "Drawing")
    now = contents(path)

    before = restoring.restore(path, copy, "Li Na")

    assert before is not None
    assert contents(path) == then
    assert check(path) == []
    restoring.restore(path, before, "Li Na")
    assert contents(path) == now


def test_shared_copy_is_written_out_to_be_looked_at_and_swept(path: Path) -> None:
    copying.make(path, copies.DAILY)
    (copy,) = copies.copies_of(path)

    shown = copies.written_out(copy)
    with Workspace.open(shown) as opened:
        assert opened.read_only
        copying.make(path, copies.DAILY)
        assert shown.exists(), "it is open"
    copying.make(path, copies.DAILY)
    assert not shown.exists()
    assert [c.reason for c in copies.copies_of(path)] == [copies.DAILY] * 3


@pytest.mark.parametrize("seed", range(12))
def test_any_damage_to_pages_or_index_is_told_and_restores_nothing(path: Path, seed: int) -> None:
    copy = copying.make(path, copies.DAILY)
    chance = random.Random(seed)
    target = chance.choice([copy, *packs(path)])
    data = bytearray(target.read_bytes())
    at = chance.randrange(len(data))
    if seed % 3:
        data[at] ^= 1 << chance.randrange(8)
    else:
        del data[at:]
    target.write_bytes(data)
    before = path.read_bytes()

    try:
        restoring.restore(path, copy, "Li Na")
    except UnusableFile:
        assert path.read_bytes() == before
    else:  # what was hit says nothing of this copy, such as the first bytes of a pack's foot
        assert check(path) == []


def test_pages_that_are_gone_make_a_copy_unreadable_and_no_other(path: Path) -> None:
    first = copying.make(path, copies.DAILY)
    add_document(path, "Drawing")
    known = set(packs(path))
    second = copying.make(path, copies.DAILY)
    (new,) = set(packs(path)) - known
    new.unlink()

    assert copies.look_into(first).rows["document"] == 1
    with pytest.raises(Damaged):
        copies.look_into(second)
    third = copying.make(path, copies.DAILY)
    assert copies.look_into(third).rows["document"] == 2, "what is missing is written again"


def test_hostile_page_is_never_unpacked_beyond_its_size(path: Path) -> None:
    import zlib

    copy = copying.make(path, copies.DAILY)
    (pack,) = packs(path)
    bomb = zlib.compress(bytes(50_000_000), 9)
    data = bytearray(pack.read_bytes())
    data[16 : 16 + 4 + len(bomb)] = struct.pack(">I", len(bomb)) + bomb
    pack.write_bytes(data)

    with pytest.raises(Damaged):
        restoring.restore(path, copy, "Li Na")


def test_stopped_copy_leaves_neither_pages_nor_index(path: Path) -> None:
    with pytest.raises(Cancelled):
        copying.make(path, copies.DAILY, lambda done, total, what: "Keeping" not in what)

    assert list(copies.folder_of(path).iterdir()) == []


def test_pages_of_a_copy_that_went_go_too(path: Path) -> None:
    copy = copying.make(path, copies.DAILY)
    copy.unlink()

    PageStore(copies.folder_of(path)).sweep()

    assert packs(path) == []


def test_space_is_kept_and_the_newest_copy_stays(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    for n in range(30):
        monkeypatch.setenv("HANDOVER_TODAY", (dt.date(2026, 1, 1) + dt.timedelta(days=n)).isoformat())
        with Workspace.open(path) as workspace, workspace.edit("x", project=workspace.only_project().id) as work:
            work.insert_many(Document, [{"title": random.Random(n).randbytes(3000).hex()} for _ in range(20)])
        made.append(copying.make(path, copies.DAILY))
    monkeypatch.setattr(copy_settings, "LEAST", 0)
    copy_settings.save(copy_settings.CopySettings(most=1_500_000))
    try:
        last = copying.make(path, copies.DAILY)
    finally:
        copy_settings.save(copy_settings.CopySettings())

    there = [c.path for c in copies.copies_of(path)]
    assert last in there
    assert made[0] not in there
    taken = sum(entry.stat().st_size for entry in copies.folder_of(path).iterdir())
    assert taken <= 1_500_000 or there == [last]
    assert copies.look_into(last).rows["document"] == 601


def test_a_year_of_copies_takes_five_times_the_file_at_most(tmp_path: Path) -> None:
    """As 500 MB with 1 % of the pages changed a day in 365 days, a thousand times smaller; nothing is compressible."""
    plant = Plant(tmp_path, pages=60)
    plant.work(days=365, copies_a_day=2)

    assert plant.taken() <= 5 * plant.size + 365 * 1_000
    assert len(plant.kept()) >= thinning.DAYS + thinning.WEEKS
    for copy in plant.kept():
        plant.prove(copy)
