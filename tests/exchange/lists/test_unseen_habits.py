"""Habits of lists that were met in files from outside: numbers eaten by Excel, other words, other ways to count."""

# ruff: noqa: E501 - tables read better a row a line; Chinese counts double

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from handover.exchange.tables.periods import PERIOD
from handover.store.workspace import Workspace
from tests.exchange.trying import a_file, imported, links, outcomes, rows_of, tried

D, E, F = date(2026, 3, 2), date(2026, 3, 6), date(2026, 3, 9)


def fields(workspace: Workspace, path: Path) -> tuple[str, dict[str, str]]:
    """The register that a file is taken for, and the field of each heading."""
    run = tried(workspace, path)
    return run.register.key, {m.heading: m.field for m in run.mapping.columns if m.field}


@pytest.mark.parametrize(
    ("name", "rows", "register", "mapped"),
    [
        (
            "Risk Register.xlsx",
            (("No.", "Rank", "Description", "Category", "Root Cause", "Risk Owner", "Probability"), ("R1", 1, "A rival opens first", "Market", "They said so", "Ann", "High"), ("R2", 2, "The money comes late", "Money", "Nobody signed", "Bob", "Low")),
            "tasks",
            {"No.": "source_id", "Description": "name", "Risk Owner": "owner"},
        ),
        (
            "风险登记册.xlsx",
            (("风险编号", "风险描述", "类别", "应对措施", "责任人", "状态"), ("R001", "回答不准确", "技术", "加人工审核", "张三", "开放"), ("R002", "内容敏感", "安全", "关键词过滤", "李四", "关闭")),
            "tasks",
            {"风险编号": "source_id", "风险描述": "name", "责任人": "owner"},
        ),
        (
            "设备清单.xlsx",
            (("序号", "设备编号", "产线名称", "归属班组"), (1, "FX19-1", "阀芯机1号", "装配"), (2, "FX19-2", "阀芯机2号", "装配"), (3, "TJ12-1", "涂胶1号", "装配")),
            "systems",
            {"设备编号": "code", "产线名称": "name"},
        ),
        (
            "launch.xlsx",
            (("Team", "Action"), *(("Development Team", f"Build and check part {n}") for n in range(4)), *(("Data, Application and Analytics", f"Verify report {n} again") for n in range(4))),
            "tasks",
            {"Team": "owner", "Action": "name"},
        ),
        (
            "Реестр.xlsx",
            (("Имя", "Должность", "Отдел/департамент", "Телефон", "mail"), ("Иван Петров", "Инженер", "Отдел разработки", "+380982790410", "a@b.ru"), ("Анна Попова", "Тестировщик", "Отдел тестирования", "+380982790411", "b@b.ru")),
            "people",
            {"Имя": "name", "Должность": "post", "Телефон": "phone", "mail": "email"},
        ),
        (
            "items.csv",
            (("Date", "Client", "Item", "Owner", "Due Date", "Status", "Priority", "Notes"), ("2026-03-02", "Apex", "Upload logo files", "Ann", "2026-03-06", "Pending", "High", "Three left"), ("2026-03-02", "Summit", "Test order templates", "Bob", "2026-03-09", "Complete", "High", "")),
            "tasks",
            {"Item": "name", "Owner": "owner", "Due Date": "finish", "Status": "percent", "Notes": "notes"},
        ),
        (
            "Cronograma.xlsx",
            (("Fase", "Tarefa", "Proprietário", "DATA DE INICIO", "DATA DE FIM", "Observações"), ("Plano", "Definir o tema", "Luiz", D, E, "Reunião"), ("Plano", "Dividir equipes", "Ana", D, F, None)),
            "tasks",
            {"Fase": "phase", "Tarefa": "name", "Proprietário": "owner", "DATA DE INICIO": "start", "DATA DE FIM": "finish", "Observações": "notes"},
        ),
        (
            "requirements.xlsx",
            (("ID", "Statement", "Key Deliverables", "Delay (days)"), ("S-1", "The mission shall deploy", "Report", 3), ("S-2", "The mission shall return", "Report", 4)),
            "tasks",
            {"ID": "source_id", "Statement": "name"},
        ),
    ],
)  # fmt: skip
def test_a_list_is_taken_for_what_it_is(
    workspace: Workspace,
    tmp_path: Path,
    name: str,
    rows: Sequence[Sequence[Any]],
    register: str,
    mapped: dict[str, str],
) -> None:
    found, columns = fields(workspace, a_file(tmp_path, rows, name))
    assert found == register
    assert {h: columns.get(h) for h in mapped} == mapped
    assert "Key Deliverables" not in columns and "Delay (days)" not in columns


def test_circled_numbers_are_read(workspace: Workspace, tmp_path: Path) -> None:
    rows = (("No", "任务名称"), ("①", "点检"), ("②", "整备"), ("③", "教育"), ("④", "更新"))
    imported(workspace, a_file(tmp_path, rows))
    assert rows_of(workspace, "tasks", "source_id", "name")[1] == ("②", "整备")


def test_days_that_were_planned_at_first_are_no_start(workspace: Workspace, tmp_path: Path) -> None:
    rows = (
        ("Activity", "Baseline Finish", "Anticipated / Actual finish", "Date"),
        ("Steel", D, F, E),
        ("Deck", D, F, E),
        ("Slab", D, F, E),
    )
    _, columns = fields(workspace, a_file(tmp_path, rows))
    assert columns == {"Activity": "name", "Anticipated / Actual finish": "finish"}


def test_days_of_answers_before_those_of_questions_are_no_plan(workspace: Workspace, tmp_path: Path) -> None:
    rows = (("No.", "疑問点", "回答希望日", "回答日"), (1, "使うDB", F, D), (2, "人数", F, D), (3, "権限", F, D))
    register, columns = fields(workspace, a_file(tmp_path, rows))
    assert register == "punches" and columns["疑問点"] == "description"
    assert not {"start", "finish", "raised_on"} & set(columns.values())


def test_a_milestone_takes_no_time_or_is_a_task(workspace: Workspace, tmp_path: Path) -> None:
    rows = (
        ("Task Name", "Start", "Finish", "Duration", "Milestone"),
        ("Kick-off", D, D, 1, "Yes"),
        ("Build", D, E, 5, "No"),
        ("Trial run", D, E, 5, "Yes"),
    )
    imported(workspace, a_file(tmp_path, rows))
    assert rows_of(workspace, "tasks", "name", "kind") == [
        ("Kick-off", "milestone"),
        ("Build", "task"),
        ("Trial run", "task"),
    ]


def test_predecessors_count_rows_where_the_ids_were_not_exported(workspace: Workspace, tmp_path: Path) -> None:
    rows = (
        ("Unique ID", "Task Name", "Predecessors"),
        (11, "A", None),
        (2, "B", "1"),
        (35, "C", "2"),
        (4, "D", "3FS+1 day"),
    )
    imported(workspace, a_file(tmp_path, rows))
    assert {(a, b) for a, b, _, _ in links(workspace)} == {("A", "B"), ("B", "C"), ("C", "D")}


def test_predecessors_that_excel_took_for_a_large_number(workspace: Workspace, tmp_path: Path) -> None:
    rows = [("ID", "Task Name", "Predecessors"), *((n, f"T{n}", None) for n in range(100, 111)), (111, "Last", 108107)]
    imported(workspace, a_file(tmp_path, rows))
    assert {(a, b) for a, b, _, _ in links(workspace)} == {("T108", "Last"), ("T107", "Last")}


def test_parents_that_passed_through_a_table_of_numbers(workspace: Workspace, tmp_path: Path) -> None:
    text = "ID,Name,ParentID\n1,Plan,\n2,Design,1.0\n3,Draw,2.0\n"
    path = tmp_path / "export.csv"
    path.write_text(text, encoding="utf-8")
    imported(workspace, path)
    assert rows_of(workspace, "tasks", "name", "parent") == [("Plan", None), ("Design", "Plan"), ("Draw", "Design")]


def test_outline_codes_that_excel_took_for_days_reject_no_row(workspace: Workspace, tmp_path: Path) -> None:
    rows = [("ID", "Task Name", "WBS"), *((n, f"T{n}", "4/1" if n % 9 == 4 else f"1.{n}") for n in range(1, 31))]
    assert set(outcomes(tried(workspace, a_file(tmp_path, rows))).values()) == {"new"}


def test_rows_that_wait_for_a_row_in_error_stay_as_they_are(workspace: Workspace, tmp_path: Path) -> None:
    rows = (
        ("WBS", "Task Name", "Duration", "Predecessors"),
        ("1.1", None, "3 d", None),
        ("1.2", "B", "2 d", "1.1"),
        ("1.3", "C", "1 week & 2 days", "1.2"),
    )
    path = a_file(tmp_path, rows)
    imported(workspace, path)
    assert outcomes(tried(workspace, path)) == {2: "error", 3: "unchanged", 4: "unchanged"}


def test_a_marked_day_is_a_day(workspace: Workspace, tmp_path: Path) -> None:
    rows = (("任务名称", "开始", "完成"), ("点检", D, "*2026/3/6"), ("整备", D, "※2026/3/9"))
    imported(workspace, a_file(tmp_path, rows))
    assert [str(f)[:10] for (f,) in rows_of(workspace, "tasks", "finish")] == ["2026-03-06", "2026-03-09"]


def test_a_draft_is_outstanding(workspace: Workspace, tmp_path: Path) -> None:
    rows = (
        ("Document Number", "Document Title", "Revision", "Status"),
        ("D-1", "Layout", "A", "Draft"),
        ("D-2", "Schedule", "0", "Approved"),
    )
    imported(workspace, a_file(tmp_path, rows))
    assert rows_of(workspace, "documents", "number", "status") == [("D-1", "placeholder"), ("D-2", "approved")]


def test_a_chart_without_known_headings_has_its_header_over_its_days(workspace: Workspace, tmp_path: Path) -> None:
    days = [date(2019, 1, 17) + timedelta(days=7 * n) for n in range(8)]
    rows = [
        (None, None, None, "Timo", "Beide", "Marcel"),
        (),
        ("Augabe", *days, "Erledigt?"),
        *((f"Schritt {n} planen", *[None] * 8, "ja") for n in range(6)),
    ]
    run = tried(workspace, a_file(tmp_path, rows))
    assert run.file.header_row == 3 and run.rows["new"] == 6
    assert {m.heading: m.field for m in run.mapping.columns if m.field} == {"Augabe": "name"}


def test_the_only_heading_may_stand_over_numbers(workspace: Workspace, tmp_path: Path) -> None:
    rows = [(None, None, "Days"), *((f"{n} Design the part", date(2026, 3, n), n) for n in range(1, 9))]
    run = tried(workspace, a_file(tmp_path, rows))
    assert run.file.header_row == 1 and run.rows["new"] == 8
    assert [m.field for m in run.mapping.columns] == ["name", "start", "duration"]


def test_a_label_merged_down_beside_the_list_is_no_heading(workspace: Workspace, tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(("G A N T T", "Phases", "Task Name", "Duration", "Start", "Finish"))
    for n in range(12):
        page.append((None, None, f"{n}. Prepare the report", f"{n + 1} days", "2019-01-13", "2019-01-20"))
    page.merge_cells("A1:A13")
    page.merge_cells("B1:B2")
    path = tmp_path / "plan.xlsx"
    book.save(path)
    run = tried(workspace, path)
    assert run.file.header_row == 1 and run.rows["new"] == 12
    assert {"name", "duration", "start", "finish"} <= {m.field for m in run.mapping.columns}


@pytest.mark.parametrize("text", ["Marcel", "Decision", "Augabe", "Market", "Separator"])
def test_words_that_begin_like_months_are_words(text: str) -> None:
    assert not PERIOD.fullmatch(text)
    assert all(PERIOD.fullmatch(month) for month in ("Mar", "Dezember", "août", "Setembro", "Oct-26", "Febuary"))


def test_names_in_a_hidden_column_are_names(workspace: Workspace, tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(("Activity", "Task Name", "Start", "Summary"))
    for n in range(12):
        page.append((n, f"Close the valve {n}", D, "No"))
    page.column_dimensions["B"].hidden = True
    path = tmp_path / "plan.xlsx"
    book.save(path)
    imported(workspace, path)
    assert rows_of(workspace, "tasks", "name")[0] == ("Close the valve 0",)


def test_units_beside_the_durations(workspace: Workspace, tmp_path: Path) -> None:
    rows = (("Task Name", "Duration", "Unit"), ("A", 4, "hrs"), ("B", 10, "mins"), ("C", 2, "days"))
    imported(workspace, a_file(tmp_path, rows))
    assert rows_of(workspace, "tasks", "duration") == [(240,), (10,), (960,)]


@pytest.mark.parametrize(
    ("headings", "row", "name"),
    [
        (("First Name", "Last Name", "Email"), ("Michael", "Sveiven", "m@x.org"), "Michael Sveiven"),
        (("Nachname", "Vorname", "E-Mail"), ("Huber", "Anna", "a@x.org"), "Anna Huber"),
        (("姓", "名", "电话"), ("张", "三", "138"), "张三"),
    ],
)
def test_first_and_last_names_are_one_name(
    workspace: Workspace, tmp_path: Path, headings: tuple[str, ...], row: tuple[str, ...], name: str
) -> None:
    imported(workspace, a_file(tmp_path, (headings, row), "Contact List.xlsx"))
    assert rows_of(workspace, "people", "name") == [(name,)]


def test_the_finer_of_two_like_headings_names_the_rows(workspace: Workspace, tmp_path: Path) -> None:
    rows = [
        ("项目板块划分1", "项目板块划分2", "备注"),
        *(("原理图" if n < 5 else "程序", f"电路{n}的设计", "x") for n in range(9)),
    ]
    _, columns = fields(workspace, a_file(tmp_path, rows))
    assert columns == {"项目板块划分1": "phase", "项目板块划分2": "name", "备注": "notes"}


def test_names_on_stairs_begin_at_the_left(workspace: Workspace, tmp_path: Path) -> None:
    rows: list[tuple[Any, ...]] = [(None, None, None, "Target Date")]
    for part in ("Courses", "Services"):
        rows += [
            (part,),
            (None, f"For users of {part}"),
            *((None, None, f"{part} step {n} to build", D) for n in range(5)),
        ]
    imported(workspace, a_file(tmp_path, rows))
    found = dict(rows_of(workspace, "tasks", "name", "parent"))
    assert found["For users of Courses"] == "Courses"
    assert found["Courses step 0 to build"] == "For users of Courses"


def test_a_form_below_the_list_does_not_hide_that_rows_are_only_numbered(workspace: Workspace, tmp_path: Path) -> None:
    rows = [
        ("序号", "问题描述", "责任人"),
        (1, "名称混淆", "刘"),
        (2, "图不清晰", "刘"),
        *((n,) for n in range(3, 9)),
        ("其它意见",),
    ]
    assert tried(workspace, a_file(tmp_path, rows)).rows["new"] <= 3


def test_links_and_addresses_are_no_headings(workspace: Workspace, tmp_path: Path) -> None:
    rows = (
        ("Task", "https://example.org/board", "Start", "a@example.org"),
        (),
        ("Task Name", "Owner", "Start", "Finish"),
        ("Wire the pump", "Ann", D, E),
        ("Fill the pump", "Bob", D, F),
    )
    run = tried(workspace, a_file(tmp_path, rows))
    assert run.file.header_row == 3 and run.rows["new"] == 2


def test_weeks_of_the_work_below_weeks_of_the_year(workspace: Workspace, tmp_path: Path) -> None:
    rows = [
        ("Task", "Owner", *(f"W{n}" for n in range(40, 50))),
        (None, None, *range(1, 11)),
        *((f"Build the part {n}", "Ann", *[None] * n, "x") for n in range(1, 9)),
    ]
    run = tried(workspace, a_file(tmp_path, rows))
    assert run.rows["new"] == 8 and run.rows["error"] == 0
    assert {m.heading: m.field for m in run.mapping.columns if m.field} == {"Task": "name", "Owner": "owner"}


def test_numbers_below_the_list_are_sums(workspace: Workspace, tmp_path: Path) -> None:
    rows = (("No.", "Task Name", "Duration"), (1, "Wire", 3), (2, "Fill", 4), (3, "Run", 5), (), (None, None, 12))
    run = tried(workspace, a_file(tmp_path, rows))
    assert run.rows["new"] == 3 and run.rows["error"] == 0


def test_prepared_rows_that_are_done_to_no_per_cent_are_left_out(workspace: Workspace, tmp_path: Path) -> None:
    rows = [("Task Name", "Owner", "% complete"), ("Wire", "Ann", 0.5), ("Fill", "Bob", 0), *((None, None, 0),) * 4]
    run = tried(workspace, a_file(tmp_path, rows))
    assert run.rows["new"] == 2 and run.rows["error"] == 0


def test_whole_numbers_written_with_a_point_are_no_outline(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text("ID,Name\n1.0,Plan\n2.0,Design\n3.0,Draw\n", encoding="utf-8")
    assert fields(workspace, path)[1] == {"ID": "source_id", "Name": "name"}


def test_letters_and_names_under_one_heading(workspace: Workspace, tmp_path: Path) -> None:
    rows = [("Task", "Task", "Start"), *((chr(65 + n), f"Wire the pump of unit {n}", D) for n in range(8))]
    imported(workspace, a_file(tmp_path, rows))
    assert rows_of(workspace, "tasks", "name")[0] == ("Wire the pump of unit 0",)


def test_codes_and_names_under_the_heading_of_the_codes(workspace: Workspace, tmp_path: Path) -> None:
    rows = [("WBS", "WBS", "Start"), *((f"1.{n}", f"Wire the pump of unit {n}", D) for n in range(8))]
    imported(workspace, a_file(tmp_path, rows))
    assert rows_of(workspace, "tasks", "wbs", "name")[0] == ("1.0", "Wire the pump of unit 0")


def test_the_only_heading_beside_months(workspace: Workspace, tmp_path: Path) -> None:
    rows = [("任务名称", "3月", "4月"), (None, *range(20, 31)), *((f"第{n}步开发",) for n in range(8))]
    run = tried(workspace, a_file(tmp_path, rows))
    assert run.file.header_row == 1 and run.rows["new"] == 8
    assert {m.heading: m.field for m in run.mapping.columns if m.field} == {"任务名称": "name"}


@pytest.mark.parametrize(
    ("headings", "mapped"),
    [
        (("단계", "세부 업무", "담당자", "시작일", "종료일"), ["phase", "name", "owner", "start", "finish"]),
        (
            ("Nível", "Entregável", "Responsável", "Início", "Término"),
            ["outline_level", "name", "owner", "start", "finish"],
        ),
    ],
)
def test_headings_in_other_languages(
    workspace: Workspace, tmp_path: Path, headings: tuple[str, ...], mapped: list[str]
) -> None:
    rows = [headings, *((1, f"Part {n} of the work", "Ann", D, E) for n in range(6))]
    assert [m.field for m in tried(workspace, a_file(tmp_path, rows)).mapping.columns] == mapped


def test_remarks_beside_what_was_done(workspace: Workspace, tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(("No", "タスク", "予定", None, "実績", None, None))
    page.append((None, None, "開始", "完了", "開始", "完了", "備考"))
    for n in range(6):
        page.append((n + 1, f"作業{n}の確認", D, E, D, E, "実装が遅延"))
    for area in ("A1:A2", "B1:B2", "C1:D1", "E1:G1"):
        page.merge_cells(area)
    path = tmp_path / "plan.xlsx"
    book.save(path)
    found = [m.field for m in tried(workspace, path).mapping.columns]
    assert found == ["source_id", "name", "start", "finish", "actual_start", "actual_finish", "notes"]


def test_predecessors_with_eaten_commas_are_of_rows_near_each_other(workspace: Workspace, tmp_path: Path) -> None:
    rows = [
        ("ID", "Task Name", "Predecessors"),
        *((n, f"T{n}", None) for n in range(1, 1110)),
        (1110, "Last", 10681103),
    ]
    imported(workspace, a_file(tmp_path, rows))
    assert {(a, b) for a, b, _, _ in links(workspace)} == {("T1068", "Last"), ("T1103", "Last")}


def test_a_list_of_names_alone_goes_on_after_a_gap(workspace: Workspace, tmp_path: Path) -> None:
    rows = [("任务名称",), *((f"第{n}步开发",) for n in range(8)), (), *((f"第{n}步测试",) for n in range(8))]
    assert tried(workspace, a_file(tmp_path, rows)).rows["new"] == 16


def test_an_id_and_a_heading_that_nobody_knows_make_no_equipment(workspace: Workspace, tmp_path: Path) -> None:
    rows = [("ID", "Exigencias"), *((f"F{n}", f"The sensor {n} measures the light") for n in range(1, 12))]
    assert fields(workspace, a_file(tmp_path, rows))[0] == "tasks"


def test_durations_beside_starts_in_weeks_are_no_days(workspace: Workspace, tmp_path: Path) -> None:
    rows = (("Task", "Start Week", "Duration"), ("Design", 1, 2), ("Build", 3, 3), ("Test", 6, 1))
    run = tried(workspace, a_file(tmp_path, rows))
    assert {m.heading: m.field for m in run.mapping.columns if m.field} == {"Task": "name"}
    assert any("periods" in str(notice) for notice in run.notices)


def test_planned_days_before_days_without_a_word(workspace: Workspace, tmp_path: Path) -> None:
    rows = (("作業名", "開始予定", "終了予定", "開始日", "終了日"), ("設計", D, E, E, F), ("試験", D, E, E, F))
    _, columns = fields(workspace, a_file(tmp_path, rows))
    assert columns == {"作業名": "name", "開始予定": "start", "終了予定": "finish"}


def test_predecessors_as_programs_write_lists(workspace: Workspace, tmp_path: Path) -> None:
    rows = (
        ("task_id", "task_name", "dependencies"),
        ("P-1", "Flush", "[]"),
        ("P-2", "Dry", "['P-1']"),
        ("P-3", "Fill", "['P-1', 'P-2']"),
    )
    imported(workspace, a_file(tmp_path, rows))
    assert {(a, b) for a, b, _, _ in links(workspace)} == {("Flush", "Dry"), ("Flush", "Fill"), ("Dry", "Fill")}


def test_a_source_is_no_resource(workspace: Workspace, tmp_path: Path) -> None:
    rows = (
        ("Title", "Source", "Owner"),
        ("The pump leaks", "Weekly report", "Ann"),
        ("The valve sticks", "Walkdown", "Bob"),
    )
    assert fields(workspace, a_file(tmp_path, rows))[1] == {"Title": "name", "Owner": "owner"}


def test_a_company_beside_its_contact_person(workspace: Workspace, tmp_path: Path) -> None:
    rows = (
        ("company_name", "trade_license", "contact_person", "email"),
        ("Acme LLC", "489244", "Ann Lee", "ann@acme.test"),
        ("Bell PLC", "158843", "Bob Fox", "bob@bell.test"),
    )
    run = tried(workspace, a_file(tmp_path, rows), register="people")
    assert {m.heading: m.field for m in run.mapping.columns if m.field} == {
        "company_name": "organisation",
        "contact_person": "name",
        "email": "email",
    }


def test_a_supplier_names_no_asset(workspace: Workspace, tmp_path: Path) -> None:
    rows = (
        ("Assets Id", "Model", "Supplier Name"),
        ("A001", "Latitude 5420", "Dell Technologies"),
        ("A002", "ProDesk 400", "HP India"),
        ("A003", "LiDE 300", "Canon India"),
    )
    run = tried(workspace, a_file(tmp_path, rows), register="systems")
    assert {m.heading: m.field for m in run.mapping.columns if m.field} == {"Assets Id": "code", "Model": "name"}


def test_single_texts_below_a_gap_are_rows_where_those_above_are(workspace: Workspace, tmp_path: Path) -> None:
    rows = [
        ("Actividades", "Semana 1", "Semana 2"),
        *((f"Describir la parte {n}", None, None) for n in range(5)),
        (),
        *((f"Probar la parte {n}", None, None) for n in range(5)),
    ]
    run = tried(workspace, a_file(tmp_path, rows))
    assert run.rows["new"] == 10


def test_facts_above_a_list_of_projects_are_no_headings(workspace: Workspace, tmp_path: Path) -> None:
    rows = [
        ("Date de début", D),
        ("Durée (en mois)", "8 Mois"),
        (),
        ("Projets", "Début du projet", "Date estimée"),
        *((f"Projet {n}", D, F) for n in range(5)),
    ]
    assert fields(workspace, a_file(tmp_path, rows))[1]["Projets"] == "name"


def test_a_plain_finish_beside_planned_days_is_the_actual_one(workspace: Workspace, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("考勤系统开发计划",),
        ("序号", "里程碑", "具体事项", "计划时间", None, "完成时间"),
        (None, None, None, "开始时间", "结束时间", None),
        (1, "前期", "需求分析", D, E, F),
        (None, None, "流程分析", D, E, F),
        (2, "开发", "数据库设计", E, F, F),
        (None, None, "模块开发", E, F, F),
        (3, "测试", "系统排错", F, F, F),
        (None, None, "系统优化", F, F, F),
    ):
        sheet.append(row)
    for cells in ("A1:F1", "D2:E2", "A2:A3", "B2:B3", "C2:C3", "F2:F3"):
        sheet.merge_cells(cells)
    book.save(tmp_path / "计划.xlsx")
    register, mapped = fields(workspace, tmp_path / "计划.xlsx")
    said = {heading.split(" / ")[-1]: field for heading, field in mapped.items()}
    assert register == "tasks"
    assert "system" not in said.values()
    assert {k: said.get(k) for k in ("里程碑", "具体事项", "开始时间", "结束时间", "完成时间")} == {
        "里程碑": "phase",
        "具体事项": "name",
        "开始时间": "start",
        "结束时间": "finish",
        "完成时间": "actual_finish",
    }


def test_names_that_stand_over_runs_of_rows_are_of_groups(workspace: Workspace, tmp_path: Path) -> None:
    work = {
        "锅炉": ("清洗", "试压", "烘炉", "煮炉"),
        "汽机": ("冲管", "扣缸", "盘车"),
        "电气": ("送电", "核相", "并网"),
    }
    rows = [(group, name, "张三") for group, names in work.items() for name in names]
    register, mapped = fields(workspace, a_file(tmp_path, (("项目", "环节", "负责人"), *rows)))
    assert register == "tasks"
    assert mapped == {"项目": "phase", "环节": "name", "负责人": "owner"}


def test_a_merged_group_reaches_no_further_than_its_cells(workspace: Workspace, tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append((None, "Planned", None, "Actual", None, None))
    page.append(("Task", "Start", "Finish", "Start", "Finish", "Duration"))
    for n in range(3):
        page.append((f"Check the pump {n}", D, E, D, E, 5))
    page.merge_cells("B1:C1")
    page.merge_cells("D1:E1")
    book.save(tmp_path / "plan.xlsx")
    _, columns = fields(workspace, tmp_path / "plan.xlsx")
    assert columns["Duration"] == "duration"


def test_states_of_other_languages_are_states_of_punches(workspace: Workspace, tmp_path: Path) -> None:
    rows = (("Punch", "Due date", "Status"), ("Leck an der Pumpe", E, "Geschlossen"), ("Erdung fehlt", F, "Offen"))
    register, columns = fields(workspace, a_file(tmp_path, rows, "Punch list.xlsx"))
    assert register == "punches" and columns["Status"] == "status"
