"""What a list leaves open about a column is asked, the likelier answer first, and an answer settles it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from handover.exchange.dry_run.dry_run import DryRun
from handover.store.workspace import Workspace
from tests.exchange.trying import a_file, tried

DAYS = [date(2027, 3, n) for n in (1, 8, 15, 22)]
STAKEHOLDERS = (
    ("Stakeholder Name", "Role", "Contact"),
    ("Emma Robertson", "Product Owner", "Room A402, East wing"),
    ("Daniel Kimball", "Sponsor", "Executive Office"),
    ("Liam Patterson", "Scrum Master", "Room A401, East wing"),
    ("Ann Leeward", "Tester", "Reception desk"),
)
WORK = ("Flush the pump", "Test the fan", "Clean the pipes", "Run the line")


def asked_of(run: DryRun) -> list[tuple[str, tuple[str, ...]]]:
    return [(str(q), q.choices) for q in run.questions]


def test_two_columns_that_may_name_the_rows_are_asked_about(workspace: Workspace, tmp_path: Path) -> None:
    path = a_file(tmp_path, STAKEHOLDERS, "stakeholders.xlsx", "Stakeholder Register")
    run = tried(workspace, path, register="people")
    [(said, choices)] = asked_of(run)
    assert said.startswith("Which column is Name:")
    assert set(choices) == {"Contact=name", "Stakeholder Name=name"}

    answered = tried(workspace, path, register="people", maps={"Stakeholder Name": "name"})
    assert not answered.questions
    assert [row["name"] for row in answered.found.judgement.fresh.values()] == [r[0] for r in STAKEHOLDERS[1:]]


def test_dates_that_nothing_takes_are_asked_about(workspace: Workspace, tmp_path: Path) -> None:
    rows: list[tuple[Any, ...]] = [("Task", "Owner", "Meilenstein")]
    rows += [(work, "Ann Lee", day) for work, day in zip(WORK, DAYS, strict=True)]
    path = a_file(tmp_path, rows)
    run = tried(workspace, path, register="tasks")
    assert asked_of(run) == [
        ("“Meilenstein” holds dates. Are they Finish?", ("Meilenstein=finish", "Meilenstein=start", "Meilenstein="))
    ]
    assert not tried(workspace, path, register="tasks", maps={"Meilenstein": "finish"}).questions
    assert not tried(workspace, path, register="tasks", maps={"Meilenstein": ""}).questions


@pytest.mark.parametrize("heading", ["Date", "Created", "Date raised", "Last review", "Создана", "更新日期"])
def test_days_of_what_was_done_are_not_asked_about(workspace: Workspace, tmp_path: Path, heading: str) -> None:
    rows: list[tuple[Any, ...]] = [("Task", "Owner", heading)]
    rows += [(work, "Ann Lee", day) for work, day in zip(WORK, DAYS, strict=True)]
    assert not tried(workspace, a_file(tmp_path, rows), register="tasks").questions


def test_states_in_unknown_words_are_asked_about(workspace: Workspace, tmp_path: Path) -> None:
    rows = [("Punch description", "Status"), *((w, s) for w, s in zip(WORK, ("ACT", "ACT", "RVW", "ACT"), strict=True))]
    path = a_file(tmp_path, rows)
    run = tried(workspace, path, register="punches")
    [(said, choices)] = asked_of(run)
    assert "ACT, RVW" in said
    assert choices == ("Status=status", "Status=")
    taken = tried(workspace, path, register="punches", maps={"Status": "status"})
    assert not taken.questions
    assert taken.rows["new"] == len(WORK)


@pytest.mark.parametrize(
    ("heading", "words", "taken"),
    [
        ("Type", ("Bug", "Improvement", "Bug", "Bug"), False),
        ("Severity", ("Low", "High", "Low", "Low"), False),
        ("Type", ("A", "B", "A", "C"), True),
        ("Category", ("Own 1", "Own 2", "Own 1", "Own 1"), True),
    ],
)
def test_only_categories_are_the_category(
    workspace: Workspace, tmp_path: Path, heading: str, words: tuple[str, ...], taken: bool
) -> None:
    rows = [("Punch description", heading), *zip(WORK, words, strict=True)]
    run = tried(workspace, a_file(tmp_path, rows), register="punches")
    assert ("category" in run.mapping.by_field) is taken


def test_rows_that_lack_a_name_where_another_column_speaks_are_asked_about(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = [
        ("No", "作業内容", "作業内容2", "担当"),
        (1, "画面設計書", None, "古川"), (2, "コーディング", "購入履歴一覧画面", "古賀"), (3, None, "支払画面", "古賀"),
        (4, "レビュー", "購入履歴一覧画面", "二人"), (5, None, "支払の画面", "二人"), (6, "結合テスト", None, "二人"),
    ]  # fmt: skip
    run = tried(workspace, a_file(tmp_path, rows), register="tasks")
    assert any("=name" in choice for _, choices in asked_of(run) for choice in choices) or run.rows["new"] == 6


def test_a_list_for_which_little_speaks_is_asked_about(workspace: Workspace, tmp_path: Path) -> None:
    rows = [
        ("item", "description", "quantity", "link"),
        ("Spring wire", "Used to keep the circle open", "20 ft", "https://example.org/1"),
        ("House wrap", "Primary body of the tent", "10 ft", "https://example.org/2"),
        ("Spoke kit", "The skeleton of the tent", "9 ft", "https://example.org/3"),
    ]
    run = tried(workspace, a_file(tmp_path, rows))
    assert any(q.option == "--register" for q in run.questions)
