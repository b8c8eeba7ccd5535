"""The names of a zip's entries are never paths: nothing is written or read beside the workbook, whatever they say."""

from __future__ import annotations

import re
import stat
import zipfile
from pathlib import Path

import pytest

from handover.errors import UnusableFile
from handover.exchange.reading import child_process
from handover.exchange.reading.sheet import read_grid
from handover.exchange.reading.source import open_source
from tests import watching_child
from tests.exchange.reading.workbooks import RELATIONS, raw_workbook, text_cell
from tests.sources import ROOT

HEAD = '<row r="1">' + text_cell("A1", "Task") + text_cell("B1", "Start") + "</row>"


@pytest.fixture(autouse=True)
def _watched(monkeypatch: pytest.MonkeyPatch) -> None:
    """The child that reads ends where it touches another file, which is told as the death of a child."""
    monkeypatch.setattr(child_process.ChildReading, "module", watching_child.MODULE)


def names_beside(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "name",
    [
        "../bait.txt",
        "../../../../../../tmp/bait.txt",
        "xl/worksheets/../../../bait.txt",
        "/bait.txt",
        "//server/share/bait.txt",
        "C:\\bait.txt",
        "..\\..\\bait.txt",
        "xl/media/bait.txt:stream",
        "bait.txt/",
        "CON",
        "xl/\u202etxt.tiab",
        "xl/" + "x" * 3000 + "bait.txt",
    ],
)
def test_an_entry_that_climbs_out_is_no_file(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "deep" / "deeper"
    folder.mkdir(parents=True)
    (tmp_path / "bait.txt").write_text("as it was")
    path = raw_workbook(folder / "a.xlsx", HEAD, parts={name: b"changed"})
    before = names_beside(tmp_path)
    assert read_grid(open_source(path)).rows == [("Task", "Start")]
    assert names_beside(tmp_path) == before


def test_an_entry_that_is_a_link_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "bait.txt").write_text("as it was")
    path = raw_workbook(tmp_path / "a.xlsx", HEAD)
    link = zipfile.ZipInfo("xl/theme/theme1.xml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(link, str(tmp_path / "bait.txt"))
    before = names_beside(tmp_path)
    assert read_grid(open_source(path)).height == 1
    assert names_beside(tmp_path) == before


@pytest.mark.parametrize(
    "target",
    [
        "../../bait.xml",
        "/{folder}/bait.xml",
        "file:///{folder}/bait.xml",
        "..\\..\\bait.xml",
        "http://127.0.0.1:9/bait",
    ],
)
def test_a_sheet_that_is_said_to_lie_elsewhere_is_not_fetched(tmp_path: Path, target: str) -> None:
    (tmp_path / "bait.xml").write_text("<worksheet/>")
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{RELATIONS}/worksheet" Target="{target.format(folder=tmp_path)}" TargetMode="External"/>'
        "</Relationships>"
    )
    path = tmp_path / "a.xlsx"
    whole = raw_workbook(tmp_path / "whole.xlsx", HEAD)
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w") as new:
        for entry in old.infolist():
            data = links.encode() if entry.filename.endswith("workbook.xml.rels") else old.read(entry)
            new.writestr(entry.filename, data)
    before = names_beside(tmp_path)
    try:
        height = read_grid(open_source(path)).height
    except UnusableFile as refused:
        assert str(watching_child.CAUGHT) not in refused.detail
    else:
        assert height <= 1
    assert names_beside(tmp_path) == before


def test_the_watch_itself_notices(tmp_path: Path) -> None:
    path = raw_workbook(tmp_path / "bait.xlsx", HEAD)
    with pytest.raises(UnusableFile) as refused:
        open_source(path)
    assert str(watching_child.CAUGHT) in refused.value.detail


def test_nothing_in_the_program_unpacks_an_archive_by_the_names_in_it() -> None:
    unpacking = re.compile(r"\.extract(?:all)?\(|unpack_archive|\bimport tarfile\b")
    sources = [path for room in ("handover", "ui") for path in (ROOT / room).rglob("*.py")]
    assert len(sources) > 300
    assert [path.name for path in sources if unpacking.search(path.read_text(encoding="utf-8"))] == []
