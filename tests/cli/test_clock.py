"""The commands of runs: the clock as scripts read it, and the proof on paper."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from handover.model.running.log import RunInterruption, RunSegment
from handover.model.running.run import ProvingRun
from tests.cli.conftest import Run
from tests.domain import a_project, a_workspace


def plant(folder: Path, who: str, *, codes: tuple[str, ...] = ("P1",)) -> Path:
    """A workspace with a run in each project that was interrupted for 3 h after 36 h."""
    with a_workspace(folder) as workspace:
        for code in codes:
            with workspace.edit("Add", project=a_project(workspace, code)) as work:
                run = work.add(ProvingRun(name="72 h", status="running", started_at="2026-03-01T08:00+08:00")).id
                work.add(RunSegment(run_id=run, from_at="2026-03-01T08:00+08:00", to_at="2026-03-02T20:00+08:00"))
                work.add(
                    RunInterruption(run_id=run, from_at="2026-03-02T20:00+08:00", to_at="2026-03-02T23:00+08:00",
                                    cause="Trip", attribution=who)
                )  # fmt: skip
        return workspace.path


@pytest.mark.parametrize(
    ("who", "done", "left", "end", "resets"),
    [
        ("contractor", 0, 4320, "2026-03-05T23:00:00+08:00", 1),
        ("external", 2160, 2160, "2026-03-04T11:00:00+08:00", 0),
    ],
)
def test_clock_is_told_as_json(tmp_path: Path, run: Run, who: str, done: int, left: int, end: str, resets: int) -> None:
    code, out, _ = run("clock", plant(tmp_path, who), "RUN-0001", "--json")

    assert code == 0
    assert json.loads(out) == {
        "required_minutes": 4320, "accumulated_minutes": done, "remaining_minutes": left, "earliest_end": end,
        "resets": resets, "result": "running",
    }  # fmt: skip


def test_clock_is_told_in_words_by_the_name_of_the_run(tmp_path: Path, run: Run) -> None:
    code, out, _ = run("clock", plant(tmp_path, "external"), "72 H")

    assert code == 0
    assert "36:00 of 72:00 hours" in out
    assert "At the earliest through at 4 Mar 2026 11:00 +08:00" in out


def test_clock_is_read_as_of_a_moment(tmp_path: Path, run: Run) -> None:
    path = plant(tmp_path, "external")

    _, out, _ = run("clock", path, "RUN-0001", "--at", "2026-03-01T10:00+08:00", "--json")

    assert json.loads(out)["result"] == "running"


def test_run_that_is_not_there_is_told(tmp_path: Path, run: Run) -> None:
    code, _, err = run("clock", plant(tmp_path, "external"), "RUN-0009")

    assert code == 2
    assert "There is no run RUN-0009" in err


def test_run_of_several_projects_is_asked_about(tmp_path: Path, run: Run) -> None:
    path = plant(tmp_path, "external", codes=("P1", "P2"))

    code, _, err = run("clock", path, "RUN-0001")

    assert code == 2
    assert "Name the project, too" in err
    assert run("clock", path, "RUN-0001", "--project", "P2")[0] == 0


def test_proof_holds_segments_interruptions_and_the_clock(tmp_path: Path, run: Run) -> None:
    path, book, pdf = plant(tmp_path, "contractor"), tmp_path / "proof.xlsx", tmp_path / "proof.pdf"

    assert run("run-proof", path, "RUN-0001", "--to", book, "--language", "en")[0] == 0
    code, out, _ = run("run-proof", path, "RUN-0001", "--to", pdf, "--issue", "--json")

    assert (code, json.loads(out)["number"]) == (0, "P1-RUN-001")
    assert pdf.read_bytes().startswith(b"%PDF")
    sheets = load_workbook(book)
    assert {"Segments", "Interruptions"} <= set(sheets.sheetnames)
    stop = [cell.value for cell in next(sheets["Interruptions"].iter_rows(min_row=2, max_row=2))]
    assert stop[1:6] == ["2026-03-02 20:00", "2026-03-02 23:00", "3 h", "Trip", "Contractor"]
    assert stop[6] == "Back to zero"


def test_proof_that_is_issued_again_supersedes_the_one_before(tmp_path: Path, run: Run) -> None:
    path = plant(tmp_path, "contractor")
    run("run-proof", path, "RUN-0001", "--issue")

    _, out, _ = run("run-proof", path, "RUN-0001", "--issue", "--json")

    assert json.loads(out)["number"] == "P1-RUN-001"


def test_log_comes_in_from_a_workbook_of_strangers(tmp_path: Path, run: Run) -> None:
    path = plant(tmp_path, "external")
    listed = tmp_path / "中断记录.csv"
    listed.write_text(
        "试运,自,至,原因,归责\n72 h,2026-03-03 01:00 +08:00,2026-03-03 02:00 +08:00,循环水低压,业主方\n",
        encoding="utf-8",
    )

    code, out, err = run("import", listed, "--into", path, "--project", "P1", "--register", "interruptions")

    assert code == 0, out + err
    _, told, _ = run("list", path, "interruptions", "--project", "P1", "--json")
    assert [row["from_at"] for row in json.loads(told)] == ["2026-03-02T20:00+08:00", "2026-03-03T01:00+08:00"]
