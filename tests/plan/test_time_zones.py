"""No date moves with the clock: the same work in three time zones, over changes to summer time, gives the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.sources import ROOT

#: Days on which clocks change somewhere, a leap day, and week 53 of 2026 with the turn of the year.
LIST = """ID,Task Name,Start,Finish
1,Europe to summer time,2026-03-27,2026-03-30
2,Europe back,2026-10-23,2026-10-26
3,America to summer time,2026-03-06,2026-03-09
4,Leap day,2028-02-28,2028-03-01
5,Week 53,2026-12-28,2027-01-04
6,A skipped hour,2026-03-29 02:30,2026-03-30 02:30
"""
HERE, *ZONES = ("UTC", "Asia/Shanghai", "Europe/Berlin")


def run(folder: Path, zone: str, *words: object) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "handover.cli", *map(str, words)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TZ": zone},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def made_in(folder: Path, zone: str) -> Path:
    folder.mkdir()
    (folder / "list.csv").write_text(LIST, encoding="utf-8")
    run(folder, zone, "new", "site.handover", "--code", "P-01")
    run(folder, zone, "import", "list.csv", "--into", "site.handover", "--project", "P-01")
    return folder


def tasks(folder: Path, zone: str) -> list[dict[str, Any]]:
    rows = json.loads(run(folder, zone, "list", "site.handover", "tasks", "--project", "P-01", "--json"))
    return [{key: row[key] for key in ("ref", "name", "start", "finish", "duration")} for row in rows]


def scheduled(folder: Path, zone: str) -> str:
    return run(folder, zone, "schedule", "site.handover", "--project", "P-01", "--json")


@dataclass(frozen=True)
class Home:
    """The work of the first zone, as it is read and scheduled there."""

    folder: Path
    tasks: list[dict[str, Any]]
    schedule: str


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    folder = made_in(tmp_path_factory.mktemp("zones") / "home", HERE)
    return Home(folder, tasks(folder, HERE), scheduled(folder, HERE))


def test_dates_are_those_of_the_list(home: Home) -> None:
    found = {row["name"]: (row["start"].replace("T", " "), row["finish"].replace("T", " ")) for row in home.tasks}

    for line in LIST.splitlines()[1:]:
        _, name, start, finish = line.split(",")
        assert [moment[: len(text)] for moment, text in zip(found[name], (start, finish), strict=True)] == [
            start, finish
        ]  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="TZ sets no zone there")
@pytest.mark.parametrize("zone", ZONES)
def test_work_in_another_zone_gives_the_same_dates(home: Home, tmp_path: Path, zone: str) -> None:
    there = made_in(tmp_path / "there", zone)

    assert tasks(there, zone) == home.tasks, "what is entered there differs"
    assert tasks(home.folder, zone) == home.tasks, "what was entered here is read differently there"
    assert scheduled(there, zone) == home.schedule
