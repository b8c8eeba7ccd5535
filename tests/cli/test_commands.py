"""The commands as a script uses them: what they print, what they leave behind, how they end."""

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from handover.model.picks.templates import FIRST, pick_template
from handover.registers.scheduling.baselines import baselines, dates_of, take
from handover.store.workspace import Workspace
from tests.domain import contents
from tests.exchange.cobie.cobie_book import cobie_workbook


@pytest.fixture
def workspace(tmp_path: Path, run) -> Path:
    assert run("new", tmp_path / "site", "--code", "P-01", "--name", "Plant")[0] == 0
    return tmp_path / "site.handover"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["Commissioning plan, body shop"],
        [],
        ["ID", "Task Name", "Duration", "Start", "Finish", "Predecessors", "Responsible"],
        [1, "Power on", "2 days", dt.date(2026, 11, 23), dt.date(2026, 11, 24), None, "Anna Berg"],
        [2, "Dry run", "3 days", None, None, "1FS+1 day", "Anna Berg"],
        [3, "Ready for operation", "0 days", None, None, "2", None],
    ):
        sheet.append(row)
    path = tmp_path / "plan.xlsx"
    book.save(path)
    return path


def test_a_new_workspace_has_one_empty_project(workspace: Path, run) -> None:
    code, out, _ = run("projects", workspace, "--json")
    assert code == 0
    (project,) = json.loads(out)
    assert (project["code"], project["name"]) == ("P-01", "Plant")
    assert set(project["rows"].values()) == {0}
    assert run("new", workspace)[0] == 3
    assert "P-01" in run("projects", workspace)[1]


def test_import_list_schedule_and_pack(workspace: Path, plan: Path, tmp_path: Path, run) -> None:
    code, out, _ = run("import", plan, "--into", workspace, "--project", "P-01", "--dry-run", "--json")
    told = json.loads(out)
    assert code == 0
    assert (told["header_row"], told["rows"]["new"], told["report_id"]) == (3, 3, None)
    assert {c["field"] for c in told["columns"]} >= {"source_id", "name", "duration", "predecessors", "owner"}
    assert run("list", workspace, "tasks", "--project", "P-01", "--json")[1].strip() == "[]"

    code, out, _ = run("import", plan, "--into", workspace, "--project", "P-01", "--json")
    assert code == 0
    assert json.loads(out)["report_id"]
    tasks = json.loads(run("list", workspace, "tasks", "--project", "P-01", "--json")[1])
    assert [t["name"] for t in tasks] == ["Power on", "Dry run", "Ready for operation"]
    assert tasks[0]["start"] == "2026-11-23"
    assert tasks[0]["owner"] == "PER-0001"
    assert tasks[1]["predecessors"] == "TSK-0001FS+1d"

    dates = json.loads(run("schedule", workspace, "--project", "P-01", "--json")[1])
    assert dates[2]["early_finish"] == "2026-11-30T17:00:00"
    assert all(d["critical"] for d in dates)

    assert run("pack", workspace, "--project", "P-01", "--to", tmp_path / "out", "--language", "both")[0] == 0
    pdf = next((tmp_path / "out").glob("*.pdf"))
    text = "".join(page.extract_text() for page in PdfReader(pdf).pages)
    assert "Dry run" in text
    assert "任务计划" in text
    assert next((tmp_path / "out").glob("*.xlsx")).stat().st_size > 5_000
    assert run("check", workspace, "--json")[1].split() == ["{", '"ok":', "true,", '"findings":', "[]", "}"]


def test_exports_come_back(workspace: Path, plan: Path, tmp_path: Path, run) -> None:
    run("import", plan, "--into", workspace, "--project", "P-01")
    for name in ("tasks.xlsx", "tasks.pdf"):
        assert run("export", workspace, "tasks", "--project", "P-01", "--to", tmp_path / name)[0] == 0
    plain = b"/StructTreeRoot" in (tmp_path / "tasks.pdf").read_bytes()
    run("export", workspace, "tasks", "--project", "P-01", "--to", tmp_path / "tagged.pdf", "--tagged")
    assert (plain, b"/StructTreeRoot" in (tmp_path / "tagged.pdf").read_bytes()) == (False, True)
    for name in ("plan.xml", "plan.ics"):
        assert run("export", workspace, "plan", "--to", tmp_path / name)[0] == 0
    assert "Ready for operation" in (tmp_path / "plan.ics").read_text()
    code, out, _ = run("import", tmp_path / "tasks.xlsx", "--into", workspace, "--project", "P-01", "--json")
    assert code == 0
    assert json.loads(out)["rows"] == {"new": 0, "changed": 0, "unchanged": 3, "skipped": 0, "error": 0}
    run("new", tmp_path / "other", "--code", "P-02")
    other = tmp_path / "other.handover"
    assert run("import", tmp_path / "plan.xml", "--into", other, "--project", "P-02")[0] == 0
    first = json.loads(run("schedule", workspace, "--project", "P-01", "--json")[1])
    second = json.loads(run("schedule", other, "--project", "P-02", "--json")[1])
    keys = ("name", "source_id", "early_start", "late_finish", "total_float_minutes", "critical")
    assert [[t[k] for k in keys] for t in first] == [[t[k] for k in keys] for t in second]


def test_wrong_use_says_what_is_right(workspace: Path, plan: Path, tmp_path: Path, run) -> None:
    code, _, err = run("list", workspace, "tasks", "--project", "P-99")
    assert code == 2
    assert "P-01" in err
    code, _, err = run("list", workspace, "drawings", "--project", "P-01")
    assert code == 2
    assert "documents" in err
    assert run("list", workspace, "tasks")[0] == 2
    assert run("pack", workspace, "--project", "P-01", "--to", tmp_path / "o", "--language", "fr")[0] == 2
    assert not list((tmp_path).glob("o/*"))
    assert run("import", plan, "--into", workspace, "--project", "P-01", "--map", "Task Name")[0] == 2
    assert run("export", workspace, "documents", "--project", "P-01", "--to", tmp_path / "d.xml")[0] == 2


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 not really", b"%PDF-1.7", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600]
)
def test_an_unusable_file_ends_with_three_and_changes_nothing(
    workspace: Path, tmp_path: Path, run, content: bytes
) -> None:
    before = contents(workspace)
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(content)
    code, _, err = run("import", bad, "--into", workspace, "--project", "P-01")
    assert code == 3
    assert "bad.xlsx" in err
    assert run("projects", bad)[0] == 3
    assert json.loads(run("projects", workspace, "--json")[1])[0]["rows"]["tasks"] == 0
    assert contents(workspace) == before


def test_a_list_goes_into_the_register_that_suits_it(workspace: Path, tmp_path: Path, run) -> None:
    path = tmp_path / "drawings.csv"
    path.write_text("Document number,Title,Revision,Discipline\nD-001,Pump house,A,Civil\nD-002,Pipe rack,B,Piping\n")

    told = json.loads(run("import", path, "--into", workspace, "--project", "P-01", "--json")[1])

    assert (told["register"], told["rows"]["new"]) == ("documents", 2)


def test_a_fault_of_the_program_ends_with_four(workspace: Path, run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("handover.cli.workspace_commands.check_file", broken)

    code, _, err = run("check", workspace)

    assert code == 4
    assert "RuntimeError: a bug" in err


def test_a_damaged_workspace_is_found_out(workspace: Path, run) -> None:
    data = bytearray(workspace.read_bytes())
    data[8192:12288] = b"\x55" * 4096
    workspace.write_bytes(data)
    code, out, _ = run("check", workspace, "--json")
    assert code == 1
    told = json.loads(out)
    assert told["ok"] is False
    assert told["findings"][0]["message"]


def test_messages_and_help_speak_both_languages(workspace: Path) -> None:
    def speak(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "handover", *words], capture_output=True, text=True, encoding="utf-8", timeout=120
        )
        return done.stdout + done.stderr

    assert "没有项目 P-99" in speak("--speak", "zh", "list", str(workspace), "tasks", "--project", "P-99")
    assert "移交包写成" in speak("--speak", "zh", "--help")
    assert "Exit code" in speak("--speak", "en", "--help")


def test_reading_goes_on_while_another_window_writes(workspace: Path, run) -> None:
    with Workspace.open(workspace):
        assert run("projects", workspace)[0] == 0
        code, _, err = run("import", workspace, "--into", workspace, "--project", "P-01")
        assert code == 3
        assert err


def test_a_copy_is_listed_and_restored(workspace: Path, plan: Path, run) -> None:
    assert run("import", plan, "--into", workspace, "--project", "P-01")[0] == 0
    assert json.loads(run("projects", workspace, "--json")[1])[0]["rows"]["tasks"] == 3

    (copy,) = json.loads(run("restore", workspace, "--list", "--json")[1])
    assert (copy["reason"], copy["rows"]["tasks"]) == ("daily", 0)
    code, out, _ = run("restore", workspace, "--copy", copy["name"])

    assert code == 0
    assert "is again as it was in" in out
    assert json.loads(run("projects", workspace, "--json")[1])[0]["rows"]["tasks"] == 0
    assert [c["rows"]["tasks"] for c in json.loads(run("restore", workspace, "--json")[1])] == [3, 0]
    assert "2 copies" in run("restore", workspace)[1]
    assert run("restore", workspace, "--copy", "nowhere")[0] == 2


def test_a_damaged_workspace_is_salvaged(workspace: Path, plan: Path, tmp_path: Path, run) -> None:
    assert run("import", plan, "--into", workspace, "--project", "P-01")[0] == 0
    new = tmp_path / "new.handover"
    code, out, _ = run("check", workspace, "--salvage-to", new)
    rows = 4 + len(pick_template(FIRST).entries)
    assert (code, out) == (0, f"{rows} rows were saved in new.handover.\nEverything could be read.\n")
    new.unlink()
    data = bytearray(workspace.read_bytes())
    last = len(data) - 10 * 4096  # behind the pages that say which tables there are, without which nothing is found
    data[last:] = b"\xa5" * 40960
    workspace.write_bytes(data)

    code, out, _ = run("check", workspace, "--salvage-to", new, "--json")

    assert code in (0, 1)
    assert "saved in new.handover" in json.loads(out)["findings"][0]["message"]
    assert run("check", new)[0] == 0
    assert run("check", workspace, "--salvage-to", new)[0] == 3


def test_baselines_of_ms_project_come_in_and_go_out(workspace: Path, plan: Path, tmp_path: Path, run) -> None:
    run("import", plan, "--into", workspace, "--project", "P-01")
    with Workspace.open(workspace) as opened:
        take(opened, opened.only_project().id, "As agreed")
    run("export", workspace, "plan", "--to", tmp_path / "plan.xml")
    run("new", tmp_path / "other", "--code", "P-02")
    other = tmp_path / "other.handover"
    assert run("import", tmp_path / "plan.xml", "--into", other, "--project", "P-02")[0] == 0
    with Workspace.open(other) as opened, opened.read() as connection:
        (kept,) = baselines(connection, opened.only_project().id)
        assert kept.name == "Baseline"
        assert sorted(d.start for d in dates_of(connection, kept.id).values())[0] == dt.datetime(2026, 11, 23, 8)


def test_a_blank_workbook_for_a_register(workspace: Path, tmp_path: Path, run) -> None:
    assert run("template", "documents", "--to", tmp_path / "blank.xlsx", "--language", "zh")[0] == 0
    code, out, _ = run("import", tmp_path / "blank.xlsx", "--into", workspace, "--project", "P-01", "--register",
                       "documents", "--dry-run", "--json")  # fmt: skip
    assert code == 0
    assert "title" in {c["field"] for c in json.loads(out)["columns"]}
    assert run("template", "documents", "--to", tmp_path / "b.xlsx", "--language", "fr")[0] == 2


def test_encoding_and_separator_can_be_said(workspace: Path, tmp_path: Path, run) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("任務名稱,開始\n管道吹掃,2026-03-02\n".encode("big5"))
    into = ("--into", workspace, "--project", "P-01")
    code, out, _ = run("import", path, *into, "--dry-run", "--json", "--encoding", "big5", "--separator", "comma")
    told = json.loads(out)
    assert (code, told["encoding"], told["separator"], told["columns"][0]["heading"]) == (0, "Big5", ",", "任務名稱")
    code, _, err = run("import", path, *into, "--encoding", "utf-8")
    assert code == 3
    assert "Choose another encoding" in err
    code, _, err = run("import", path, *into, "--encoding", "klingon")
    assert code == 2
    assert "GB18030" in err
    assert run("import", path, *into, "--separator", "abc")[0] == 2
    assert json.loads(run("projects", workspace, "--json")[1])[0]["rows"]["tasks"] == 0


def test_year_that_no_date_has_is_asked_for(workspace: Workspace, tmp_path: Path, run) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Task name,Start\nCheck,5 March\nRun,9 March\n")
    into = ("--into", workspace, "--project", "P-01")
    code, _, err = run("import", path, *into)
    assert (code, "Nothing was imported. Say the year with --year" in err) == (5, True)
    assert run("import", path, *into, "--year", "2026")[0] == 0
    tasks = json.loads(run("list", workspace, "tasks", "--project", "P-01", "--json")[1])
    assert [task["start"] for task in tasks if task["name"] in ("Check", "Run")] == ["2026-03-05", "2026-03-09"]


def test_dates_that_can_be_read_in_two_ways_are_asked_about(workspace: Workspace, tmp_path: Path, run) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Task name,Start\nCheck,03/05/2026\nRun,04/05/2026\n")
    into = ("--into", workspace, "--project", "P-01")
    code, _, err = run("import", path, *into)
    assert code == 5
    assert json.loads(run("list", workspace, "tasks", "--project", "P-01", "--json")[1]) == []
    assert "“03/05/2026” as 3 May 2026 or as 5 Mar 2026?" in err
    assert "Nothing was imported. Say which is meant with --date-order" in err
    code, out, err = run("import", path, *into, "--dry-run", "--json")
    assert (code, json.loads(out)["columns"][1]["dates"]["undecided"]) == (5, True)
    assert "--date-order" in err
    assert json.loads(run("projects", workspace, "--json")[1])[0]["rows"]["tasks"] == 0
    assert "是 2026-05-03 还是 2026-03-05" in run("--speak", "zh", "import", path, *into)[2]

    assert run("import", path, *into, "--date-order", "mdy")[0] == 0
    tasks = json.loads(run("list", workspace, "tasks", "--project", "P-01", "--json")[1])
    assert [t["start"] for t in tasks] == ["2026-03-05", "2026-04-05"]


def test_rows_that_are_not_taken_as_they_stand_are_written_to_be_mended(
    workspace: Workspace, tmp_path: Path, run
) -> None:
    path, rejected = tmp_path / "list.csv", tmp_path / "rejected.xlsx"
    path.write_text("Task name;Duration\nCheck;5 days\nRun;soon\n")
    into = ("--into", workspace, "--project", "P-01", "--rejected", rejected)
    code, out, err = run("import", path, *into, "--json")
    assert (code, json.loads(out)["rows"]["new"], len(json.loads(out)["remarks"])) == (0, 2, 1)
    assert "1 row that isn't taken as it stands was written to" in err
    book = openpyxl.load_workbook(rejected)
    assert [c.value for c in book.active[2]][:2] == ["Run", "soon"]
    assert book.active["C2"].value.startswith("B3: “soon” is not a duration.")

    book.active["B2"] = "2 days"
    book.save(rejected)
    code, _, err = run("import", rejected, *into[:4], "--rejected", tmp_path / "again.xlsx")
    assert code == 0
    assert "All rows are taken as they stand" in err
    assert not (tmp_path / "again.xlsx").exists()
    assert json.loads(run("projects", workspace, "--json")[1])[0]["rows"]["tasks"] == 2
    assert run("import", path, *into[:4], "--rejected", tmp_path / "rejected.csv")[0] == 2


def test_a_cobie_workbook_goes_into_its_registers_in_one_run(workspace: Path, tmp_path: Path, run) -> None:
    path = cobie_workbook(tmp_path)
    code, out, _ = run("import", path, "--into", workspace, "--project", "P-01", "--dry-run")
    assert code == 0
    assert "Sheet Component → Systems: New 6." in out
    assert "Sheet Spare (1 row) isn't taken: Import this sheet by itself." in out

    code, out, _ = run("import", path, "--into", workspace, "--project", "P-01", "--json")
    told = json.loads(out)
    assert (code, told["rows"]["new"]) == (0, 19)
    assert [s["register"] for s in told["sheets"]] == ["people", "systems", "systems", "documents", "tasks"]
    assert {"sheet": "Floor", "rows": 2}.items() <= told["not_taken"][1].items()
    documents = json.loads(run("list", workspace, "documents", "--project", "P-01", "--json")[1])
    assert documents[0]["system"].startswith("SYS-")

    again = json.loads(run("import", path, "--into", workspace, "--project", "P-01", "--json")[1])
    assert (again["rows"]["new"], again["rows"]["changed"], again["rows"]["unchanged"]) == (0, 0, 19)


def test_one_sheet_of_a_cobie_workbook_can_be_named(workspace: Path, tmp_path: Path, run) -> None:
    path = cobie_workbook(tmp_path)
    args = ("import", path, "--into", workspace, "--project", "P-01", "--json")
    assert json.loads(run(*args, "--sheet", "Component")[1])["sheet"] == "Component"
    assert json.loads(run(*args, "--register", "people", "--dry-run")[1])["sheet"] == "Contact"
