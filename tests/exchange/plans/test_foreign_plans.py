"""Plans of other programs: told apart by what they hold, read by MPXJ, or a sentence says what is missing."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from handover.errors import UnusableFile
from handover.exchange.plans import mpxj
from handover.exchange.plans.rows import read_plan_rows
from handover.exchange.reading.source import open_source
from handover.jobs import unattended

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
PLANNER = """<?xml version="1.0"?>
<project name="Plant" manager="" project-start="20260302T000000Z" mrproject-version="2" calendar="1">
  <calendars><day-types><day-type id="0" name="Working" description=""/></day-types>
  <calendar id="1" name="Default"><default-week mon="0" tue="0" wed="0" thu="0" fri="0" sat="1" sun="1"/></calendar>
  </calendars>
  <tasks>
    <task id="1" name="Flushing 冲洗" note="" work="57600" start="20260302T000000Z" end="20260303T170000Z"
          percent-complete="0" type="normal"/>
    <task id="2" name="Leak test" note="" work="28800" start="20260304T080000Z" end="20260304T170000Z"
          percent-complete="0" type="normal">
      <predecessors><predecessor id="1" predecessor-id="1" type="FS"/></predecessors></task>
  </tasks>
</project>
"""
BEGINNINGS = {
    "mpp": OLE + "TBkndTask".encode("utf-16-le"),
    "mpx": b"MPX,Microsoft Project for Windows,4.0,ANSI\r\n",
    "gan": b'<?xml version="1.0"?><project name="P" company="" webLink="http://" view-date="2026-03-02"/>',
    "gnome-planner": PLANNER.encode(),
    "pmxml": b'<APIBusinessObjects xmlns="http://xmlns.oracle.com/Primavera/P6/V18/API/BusinessObjects"/>',
    "asta": b"\0\0" + b"000000 and more" * 9,
    "phoenix": b'<project version="5" update_mode="true"/>',
}

installed = pytest.mark.skipif(
    importlib.util.find_spec("mpxj") is None or importlib.util.find_spec("jpype") is None, reason="MPXJ isn't installed"
)


def a_file(folder: Path, data: bytes, name: str = "plan.dat") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("kind", BEGINNINGS)
def test_a_plan_is_known_by_what_it_holds(tmp_path: Path, kind: str) -> None:
    assert open_source(a_file(tmp_path, BEGINNINGS[kind])).kind == kind


@pytest.mark.parametrize(("java", "said"), [("", "install Java 17"), ("/some/libjvm.so", 'pip install "mpxj')])
def test_what_is_missing_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, java: str, said: str
) -> None:
    monkeypatch.setattr(mpxj, "_java", lambda: java)
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(UnusableFile) as caught:
        read_plan_rows(open_source(a_file(tmp_path, BEGINNINGS["mpp"], "plant.mpp")))
    assert said in str(caught.value) and "plant.mpp is a plan of Microsoft Project" in str(caught.value)


@installed
def test_a_plan_of_planner_goes_the_road_of_ms_projects_xml(tmp_path: Path) -> None:
    found = read_plan_rows(open_source(a_file(tmp_path, PLANNER.encode(), "plan.planner")), unattended)
    assert [row.values["name"] for row in found.rows] == ["Flushing 冲洗", "Leak test"]
    assert [(link.predecessor, link.successor) for link in found.plan.links] == [(found.rows[0].id, found.rows[1].id)]


@installed
@pytest.mark.parametrize("kind", ["mpp", "mpx", "pmxml", "asta"])
def test_a_damaged_plan_is_a_sentence(tmp_path: Path, kind: str) -> None:
    with pytest.raises(UnusableFile, match=r"plan\.dat"):
        read_plan_rows(open_source(a_file(tmp_path, BEGINNINGS[kind])))
