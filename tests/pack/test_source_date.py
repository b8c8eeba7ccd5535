"""SOURCE_DATE_EPOCH holds the clock of papers: the same bytes in every time zone, and the truth in the change log."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from handover import clock
from handover.errors import NotValid
from handover.model import Document, Task
from handover.pack.produce import Issue, export_register, make_pack
from handover.registers.catalogue import register
from handover.store import Workspace
from tests.domain import a_project, a_row, a_workspace

EPOCH = "1790000000"  # 2026-09-21 14:13:20 UTC


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("HANDOVER_TODAY", raising=False)
    with a_workspace(tmp_path) as workspace:
        project = a_project(workspace, "P-01", name="Plant")
        a_row(workspace, project, Document(title="Pump manual"))
        a_row(workspace, project, Task(name="Flush"))
        return workspace.path


def in_zone(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", zone)
    if hasattr(time, "tzset"):
        time.tzset()


def written(site: Path, folder: Path, issue: Issue | None = None) -> dict[str, bytes]:
    copied = Path(shutil.copytree(site.parent, folder / "site")) / site.name
    with Workspace.open(copied) as workspace:
        project = workspace.only_project()
        made = make_pack(workspace, project, folder / "out", issue=issue)
        export_register(workspace, project, register("documents"), folder / "out" / "documents.xlsx")
        export_register(workspace, project, register("tasks"), folder / "out" / "tasks.pdf")
    kept = {path.name: path.read_bytes() for path in (folder / "out").iterdir()}
    if issue is not None:  # its anchor is of a log of its own
        del kept[made.manifest.name]
    return kept


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process can't be set")
@pytest.mark.parametrize("issue", [None, Issue()])
def test_the_same_bytes_come_out_in_every_time_zone(
    site: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, issue: Issue | None
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    found = []
    for zone in ("Asia/Shanghai", "America/New_York"):
        in_zone(zone, monkeypatch)
        found.append(written(site, tmp_path_factory.mktemp("out"), issue))
    in_zone("UTC", monkeypatch)
    assert found[0].keys() == found[1].keys()
    for name, data in found[0].items():
        assert data == found[1][name], name


def test_a_pack_says_the_zone_of_its_clock(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pypdfium2

    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    with Workspace.open(site) as workspace:
        made = make_pack(workspace, workspace.only_project(), tmp_path / "out", chapters=("summary",), workbook=False)
    assert made.pdf is not None
    document = pypdfium2.PdfDocument(made.pdf)
    cover = document[0].get_textpage().get_text_range()
    document.close()
    assert "2026-09-21 14:13 UTC" in cover


def test_what_is_written_into_the_log_bears_its_true_moment(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    with Workspace.open(site) as workspace:
        make_pack(workspace, workspace.only_project(), tmp_path / "out", chapters=("summary",), issue=Issue())
        with workspace.read() as connection:
            (at,) = connection.exec_driver_sql("SELECT at FROM act ORDER BY id DESC LIMIT 1").one()
    assert not at.startswith("1970")


@pytest.mark.parametrize("said", ["", "yesterday", "-1", "1e9", "٣", "9" * 30])
def test_nonsense_is_refused_and_nothing_is_nothing(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", said)
    if not said:
        with clock.at_source_date():
            assert clock.now().year >= 2026
        return
    with pytest.raises(NotValid, match="SOURCE_DATE_EPOCH"), clock.at_source_date():
        pass
    assert "SOURCE_DATE_EPOCH" in os.environ
