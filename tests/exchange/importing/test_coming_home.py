"""Workbooks of ours that come home: untouched ones are no change, whatever the rows hold, and the others say all."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from handover.exchange.columns.memory import Memory
from handover.exchange.dry_run.several_sheets import runs_of
from handover.exchange.importing.apply import apply
from handover.exchange.importing.command import Asked, rehearse
from handover.model import Document, Person, System, Task
from handover.model.base import new_id
from handover.model.raci import Deliverable, RaciEntry, RaciParty
from handover.model.task import TaskLink
from handover.pack.produce import export_register, make_pack
from handover.registers import picks
from handover.registers.catalogue import in_filling_order, owner_of, register
from handover.registers.declare import Field, Kind, Register
from handover.running.instants import stamp
from handover.store import Workspace
from tests.domain import a_project, a_workspace
from tests.exchange.trying import the_project

#: Parts of what only the program draws up can be filled by nobody else.
KEYS = [each.key for each in in_filling_order() if each.by_hand and (owner_of(each) is None or owner_of(each).by_hand)]

_ODD = st.sampled_from(
    [
        "Total", "合计", "Example: pump", "{{Title}}", "同上", "as above", "TBC", "n/a", "无", "=1+1", "+49 30",
        "1.10", "00123", "two\rlines", "two\r\nlines", "\x01\x02", "x\x0by", "_x0041_", "_x005F_x0041_", "清空",
        "{NULL}", "是 / Yes", "x\x7fy", "\u200bz\u200b",
        "50%", "2026-02-30", "1, 2", "Lee, Ann; Ray, Bob", "R&D team", "A/B", " blanks ", "\t", "DOC-0001",
        "TSK-0001", "1",
    ]
)  # fmt: skip
_TEXT = st.one_of(_ODD, st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12))
_LONG = st.one_of(_TEXT, st.just("x" * 40_000), st.just("😀" * 20_000), st.just("a\n" * 18_000))


def _value(draw: st.DrawFn, field: Field, keys: dict[str, list[str]], entries: dict[str, list[str]]) -> Any:
    """A value that a field can hold, as the model stores it."""
    words = field.words
    match field.kind:
        case Kind.TEXT:
            return draw(_TEXT)[: field.limit or None]
        case Kind.LONG:
            return draw(_LONG)[: field.limit or None]
        case Kind.INTEGER:
            return draw(st.integers(0, 10**12))
        case Kind.NUMBER:
            return draw(st.floats(-1e15, 1e15, allow_nan=False))
        case Kind.PERCENT:
            return draw(st.floats(0, 1, allow_nan=False))
        case Kind.DATE:
            return draw(st.dates(dt.date(1850, 1, 1), dt.date(2199, 12, 31)))
        case Kind.MOMENT:
            return draw(st.datetimes(dt.datetime(1850, 1, 1), dt.datetime(2199, 12, 31))).replace(microsecond=0)
        case Kind.INSTANT:
            zone = dt.timezone(dt.timedelta(minutes=15 * draw(st.integers(-48, 56))))
            return stamp(draw(st.datetimes(dt.datetime(1950, 1, 1), dt.datetime(2150, 1, 1))).replace(tzinfo=zone))
        case Kind.DURATION:
            return draw(st.integers(0, 10**6))
        case Kind.BOOL:
            return draw(st.booleans())
        case Kind.CHOICE | Kind.STATE:
            assert words is not None
            return draw(st.sampled_from([o.code for o in words]))
        case Kind.PICK:
            return draw(st.sampled_from(entries[field.pick])) if entries[field.pick] else None
        case Kind.LINK:
            return draw(st.sampled_from(keys[field.target])) if keys.get(field.target) else None
    return None


@st.composite
def some_rows(
    draw: st.DrawFn, target: Register, keys: dict[str, list[str]], entries: dict[str, list[str]], *, fresh: bool
) -> Any:
    """Up to six rows of a register, each field filled or not; fresh ones have no state that would lock their parts."""
    rows = []
    for _ in range(draw(st.integers(1, 6))):
        row = {"id": new_id()}
        for field in target.entered:
            if field.kind is Kind.LINKS or (field.field in ("parent", "kind") and target.outline):
                continue
            if fresh and field.kind is Kind.STATE:
                continue
            if field.required or draw(st.booleans()):
                value = _value(draw, field, keys, entries)
                if field.required and isinstance(value, str) and not value.strip():
                    value = "Blank"  # nothing can be stored without it
                if value is not None or not field.required:
                    row[field.attr] = value
        rows.append(row)
    if target.outline:
        for n, row in enumerate(rows):
            above = draw(st.sampled_from([None, *rows[:n]]))
            row |= {"position": float(n), "kind": "task"}
            row |= {"parent_id": above["id"], "depth": above["depth"] + 1} if above else {"parent_id": None, "depth": 0}
    if {"list", "code"} <= set(target.table.columns.keys()):  # no two entries of a list have one code
        rows = [*{(row.get("list"), row.get("code")): row for row in rows}.values()]
    keys.setdefault(str(target.table.name), []).extend(row["id"] for row in rows)
    return rows


def _needed_by(register: Register) -> set[str]:
    """The tables that a register points to, and those that their rows can't be without."""
    needed = {f.target for f in register.fields if f.target}
    while more := {
        f.target
        for each in in_filling_order()
        if str(each.table.name) in needed
        for f in each.fields
        if f.target and f.required and f.target not in needed
    }:
        needed |= more
    return needed


def filled(workspace: Workspace, project: str, data: st.DataObject, upto: Register) -> None:
    """Rows in the registers that a register points to, and in itself."""
    keys: dict[str, list[str]] = {}
    needed = _needed_by(upto)
    for target in in_filling_order():
        if not target.by_hand or (target is not upto and str(target.table.name) not in needed):
            continue
        with workspace.read() as connection:
            wanted = {f.pick for f in target.fields if f.pick}
            entries = {key: list(picks.entries(connection, project, key)) for key in wanted}
        chosen = {key: [each.id for each in found] for key, found in entries.items()}
        rows = data.draw(some_rows(target, keys, chosen, fresh=target is not upto))
        with workspace.edit("Fill", project=project) as work:
            for row in rows:
                work.insert_many(target.model, [row])
            if target.links and len(rows) > 1:
                link = {"predecessor_id": rows[0]["id"], "successor_id": rows[1]["id"], "kind": "SS", "lag": 481.0,
                        "lag_unit": "working"}  # fmt: skip
                work.insert_plain(TaskLink, [link])
        if target is upto:
            return


@pytest.mark.parametrize("key", KEYS)
@settings(
    max_examples=2, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate]
)
@given(data=st.data())
def test_an_untouched_workbook_of_any_register_is_no_change(key: str, data: st.DataObject) -> None:
    language = data.draw(st.sampled_from(["en", "zh", "both"]))
    with tempfile.TemporaryDirectory() as folder, a_workspace(Path(folder)) as workspace:
        project = a_project(workspace)
        filled(workspace, project, data, register(key))
        path = Path(folder) / "out.xlsx"
        export_register(workspace, the_project(workspace), register(key), path, language=language)
        (run,) = runs_of(rehearse(workspace, the_project(workspace), path, Asked()))
        assert run.register.key == key
        told = {k: n for k, n in run.rows.items() if n and k != "unchanged"}
        assert not told, [(v.outcome, v.why[:300]) for v in run.verdicts if v.outcome != "unchanged"]
        assert not run.remarked, [str(remark)[:300] for _, remark in run.remarks()]
        assert not run.created and not run.missing and not run.questions


def test_a_task_that_is_named_like_nothing_keeps_its_code(tmp_path: Path) -> None:
    with a_workspace(tmp_path) as workspace:
        project = a_project(workspace)
        with workspace.edit("Fill", project=project) as work:
            row = {"name": "无", "source_id": "合计", "wbs": "blanks", "kind": "task", "position": 0.0}
            work.insert_many(Task, [row])
        path = tmp_path / "out.xlsx"
        export_register(workspace, the_project(workspace), register("tasks"), path)

        (run,) = runs_of(rehearse(workspace, the_project(workspace), path, Asked()))

        assert run.rows["unchanged"] == 1, [v.why for v in run.verdicts]


@pytest.mark.parametrize("name", ["Lead\x06\x7f of shift\x8e", "x\x7fy"])
def test_a_link_to_a_row_whose_name_has_control_characters_is_no_change(name: str, tmp_path: Path) -> None:
    with a_workspace(tmp_path) as workspace:
        project = a_project(workspace)
        party, deliverable = new_id(), new_id()
        with workspace.edit("Fill", project=project) as work:
            work.insert_many(RaciParty, [{"id": party, "name": name}])
            work.insert_many(Deliverable, [{"id": deliverable, "name": "Manual"}])
            entry = {"id": new_id(), "deliverable_id": deliverable, "party_id": party, "letter": "R"}
            work.insert_many(RaciEntry, [entry])
        export_register(workspace, the_project(workspace), register("raci"), tmp_path / "out.xlsx", language="en")

        (run,) = runs_of(rehearse(workspace, the_project(workspace), tmp_path / "out.xlsx", Asked()))

        assert run.rows["unchanged"] == 1 and not run.created


# -- what somebody does to a workbook of ours -----------------------------------------------------------------------


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.setenv("HANDOVER_HOME", str(tmp_path / "home"))
    with a_workspace(tmp_path) as opened:
        project = a_project(opened)
        with opened.edit("Fill", project=project) as work:
            rows = [{"number": f"D-{n}", "title": f"Drawing {n}", "revision": "A", "location": "Rack"} for n in (1, 2)]
            work.insert_many(Document, [{"id": new_id(), **row} for row in rows])
            work.insert_many(Person, [{"id": new_id(), "name": "Ann Lee", "phone": "1"}])
        yield opened


def an_export(workspace: Workspace, folder: Path, key: str = "documents", language: str = "en") -> Path:
    path = folder / f"{key}.xlsx"
    export_register(workspace, the_project(workspace), register(key), path, language=language)
    return path


def changed(path: Path, change: Callable[[Any], None], name: str = "") -> Path:
    """The workbook with its first sheet of rows changed."""
    book = load_workbook(path)
    sheet = next(s for s in book.worksheets if s.sheet_state == "visible" and s["A1"].value in ("Ref.", "编号"))
    change(sheet)
    to = path.with_name(name or f"changed {path.name}")
    book.save(to)
    return to


def column_of(sheet: Any, heading: str) -> int:
    return next(cell.column for cell in sheet[1] if cell.value == heading)


def the_run(workspace: Workspace, path: Path, **options: Any) -> Any:
    (run,) = runs_of(rehearse(workspace, the_project(workspace), path, Asked(**options)))
    return run


def told(run: Any) -> list[str]:
    return [v.why for v in run.verdicts if v.outcome != "unchanged"]


def test_columns_that_were_moved_and_inserted_are_known_by_their_headings(workspace: Workspace, tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet.move_range(f"B1:B{sheet.max_row}", cols=sheet.max_column)
        sheet.insert_cols(2)
        sheet["B1"], sheet["B2"] = "Remarks of the site", "seen"
        sheet.cell(2, column_of(sheet, "Title")).value = "Drawing one"

    run = the_run(workspace, changed(an_export(workspace, tmp_path), change))
    assert told(run) == ["Title: Drawing 1 → Drawing one"] and not run.questions


def test_a_renamed_column_is_known_by_its_neighbours_and_told(workspace: Workspace, tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet.cell(1, column_of(sheet, "Title")).value = "What it shows"

    run = the_run(workspace, changed(an_export(workspace, tmp_path), change))
    assert run.rows["unchanged"] == 2 and not run.questions
    assert any("“What it shows” stands where the export had “Title”" in str(notice) for notice in run.notices)


def test_several_renamed_columns_side_by_side_are_asked_about(workspace: Workspace, tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        at = column_of(sheet, "Title")
        sheet.cell(1, at).value, sheet.cell(1, at + 1).value = "X1", "X2"

    path = changed(an_export(workspace, tmp_path), change)
    questions = the_run(workspace, path).questions
    assert {q.option for q in questions} == {"--map"} and "X1=title" in questions[0].choices
    answered = the_run(workspace, path, maps={"X1": "title", "X2": ""})
    assert not answered.questions and answered.rows["unchanged"] == 2


def test_emptied_cells_clear_their_fields_unless_blanks_are_kept(workspace: Workspace, tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet.cell(2, column_of(sheet, "Location")).value = None

    path = changed(an_export(workspace, tmp_path), change)
    assert told(the_run(workspace, path)) == ["Location: Rack → –"]
    assert the_run(workspace, path, blank="keep").rows["unchanged"] == 2


def test_a_sheet_of_an_export_never_becomes_rows_of_another_register(workspace: Workspace, tmp_path: Path) -> None:
    path = an_export(workspace, tmp_path)
    sheet = load_workbook(path).sheetnames[1]
    assert the_run(workspace, path, sheet=sheet).register.key == "documents"
    renamed = changed(path, lambda page: setattr(page, "title", "For the site"))
    run = the_run(workspace, renamed)
    assert (run.register.key, run.rows["unchanged"]) == ("documents", 2)


def test_all_sheets_of_a_pack_come_home_in_one_act(workspace: Workspace, tmp_path: Path) -> None:
    pack = make_pack(workspace, the_project(workspace), tmp_path / "pack", language="en", pdf=False)
    assert pack.workbook is not None
    book = load_workbook(pack.workbook)
    for name, heading, value in (("Documents", "Title", "Drawing one"), ("People", "Name", "Ann Li")):
        book[name].cell(2, column_of(book[name], heading)).value = value
    book.save(pack.workbook)
    run = rehearse(workspace, the_project(workspace), pack.workbook, Asked())
    assert {each.register.key: told(each) for each in runs_of(run) if told(each)} == {
        "documents": ["Title: Drawing 1 → Drawing one"],
        "people": ["Name: Ann Lee → Ann Li"],
    }
    apply(run, workspace, memory=Memory(tmp_path / "mappings.json"))
    again = rehearse(workspace, the_project(workspace), pack.workbook, Asked())
    assert not again.changes_anything and not again.created


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice isn't there")
def test_a_workbook_that_libreoffice_has_saved_comes_home_as_no_change(workspace: Workspace, tmp_path: Path) -> None:
    path = an_export(workspace, tmp_path, language="both")
    out = tmp_path / "saved"
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/office", "--convert-to", "xlsx",
               "--outdir", str(out), str(path)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    run = the_run(workspace, out / path.name)
    assert (run.register.key, run.rows["unchanged"], told(run)) == ("documents", 2, [])


def test_what_no_workbook_holds_and_what_says_nothing_is_no_change(workspace: Workspace, tmp_path: Path) -> None:
    system = new_id()
    with workspace.edit("Fill", project=the_project(workspace).id) as work:
        work.insert_many(System, [{"id": system, "code": "x\x7fy", "name": "n\x0b\x04ame"}])
        task = {
            "id": new_id(),
            "name": "A",
            "wbs": "无",
            "position": 0.0,
            "kind": "task",
            "depth": 0,
            "system_id": system,
        }
        work.insert_many(Task, [task])
    export_register(workspace, the_project(workspace), register("tasks"), path := tmp_path / "t.xlsx", language="both")
    assert the_run(workspace, path).rows["unchanged"] == 1
