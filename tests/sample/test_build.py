"""The sample is a living project, sound by every rule, in both languages and on any day."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from handover import sample
from handover.errors import Cancelled, HandoverError, NotLawful
from handover.model import (
    Document,
    KnowledgeItem,
    Member,
    Organisation,
    Person,
    System,
    Task,
    TaskLink,
    WorkingGroup,
)
from handover.model.attachment import Attachment
from handover.model.documents.revision import Revision
from handover.model.documents.transfer_error import TransferError
from handover.model.documents.transmittal import TRANSMITTAL_STATUS, Transmittal, TransmittalItem
from handover.registers.catalogue import by_hand, register
from handover.registers.kinds import Kind
from handover.sample.files import has_rows, texts
from handover.store import Workspace
from handover.store.checking.check import check
from tests.domain import beside
from tests.sample.conftest import Sample
from tests.sample.once import DAYS, a_sample

CHINESE = re.compile(r"[\u3400-\u9fff]")
on_any_day = pytest.mark.parametrize("plant", [("en", day) for day in DAYS], indirect=True, ids=DAYS)


def test_sample_is_as_large_as_a_real_project(plant: Sample) -> None:
    counted = {model: len(plant.rows(model)) for model in (Task, Document, System, KnowledgeItem, WorkingGroup, Person)}

    assert counted == {Task: 159, Document: 239, System: 12, KnowledgeItem: 60, WorkingGroup: 3, Person: 30}
    assert len(plant.rows(Organisation)) == 7
    assert len(plant.rows(Member)) == 25
    assert plant.project.code == "NEV-01"
    assert plant.project.status == "active"


@on_any_day
def test_no_row_breaks_a_rule(plant: Sample) -> None:
    models = (*(r.model for r in by_hand()), TaskLink)

    assert [(row, p.message) for model in models for row in plant.rows(model) for p in model.problems(row)] == []


def test_file_is_sound(plant: Sample) -> None:
    assert check(plant.workspace.path) == []


def test_every_cell_of_the_files_arrives(plant: Sample) -> None:
    for each in by_hand():
        if not has_rows("en", each):
            continue
        filled = Counter(f.attr for row in texts(plant.language, each) for f in row)
        stored = Counter(k for row in plant.rows(each.model) for k, v in row.items() if v is not None)
        assert filled <= stored, each.key


@on_any_day
@pytest.mark.parametrize(
    ("key", "view"),
    [
        *(("documents", view) for view in ("open", "overdue", "due_soon", "missing", "returned", "lent")),
        *(("revisions", view) for view in ("open", "returned")),
        *(("reviews", view) for view in ("open", "overdue")),
        *(("comments", view) for view in ("open", "to_close", "overdue")),
        *(("transmittals", view) for view in ("drafts", "unacknowledged", "open", "overdue")),
        *(("transfer-errors", view) for view in ("open", "overdue")),
        ("recipients", "waiting"),
        ("boxes", "open"),
        *(
            ("knowledge", view)
            for view in (
                "open",
                "overdue",
                "due_soon",
                "critical",
                "at_risk",
                "outlived",
                "unreceived",
                "expired",
            )
        ),
        *(("receivers", view) for view in ("open", "overdue", "due_soon", "to_verify", "expired")),
        *(("holders", view) for view in ("leaving", "alone")),
        *(("sessions", view) for view in ("open", "due_soon", "unrecorded")),
        ("verifications", "failures"),
        ("coverage", "unmet"),
        *(("trainings", view) for view in ("open", "overdue", "due_soon", "expired")),
        ("courses", "uncovered"),
        *(("lessons", view) for view in ("open", "overdue", "due_soon")),
        *(("fault-cases", view) for view in ("open", "in_use")),
        *(("sops", view) for view in ("open", "overdue", "due_soon", "to_review")),
        *(("tasks", view) for view in ("open", "overdue", "due_soon", "milestones")),
        ("people", "leaving"),
        ("groups", "open"),
        ("systems", "open"),
        *(("parameters", view) for view in ("failed", "pending", "to_sign", "on_waiver", "passed_on")),
        *(("rectifications", view) for view in ("open", "due_soon", "procedure_due")),
        *(("waivers", view) for view in ("open", "in_force")),
        *(("instruments", view) for view in ("overdue", "due_soon")),
        *(("tests", view) for view in ("open", "failed", "passed_on")),
        *(("migrations", view) for view in ("open", "differing")),
    ],
)
def test_every_view_shows_something(plant: Sample, key: str, view: str) -> None:
    shown = register(key)
    with plant.workspace.read() as connection:
        found = connection.scalar(select(func.count()).select_from(shown.model).where(shown.condition(view)))

    assert found


@on_any_day
def test_nothing_happened_after_today(plant: Sample) -> None:
    happened = {
        "documents": ("submitted_on", "received_on", "accepted_on", "revision_on", "lent_on"),
        "revisions": ("submitted_on", "received_on", "accepted_on", "revision_on", "approved_on"),
        "reviews": ("asked_on", "answered_on"),
        "comments": ("raised_on", "responded_on", "closed_on"),
        "transmittals": ("sent_on", "acknowledged_on", "chased_on", "closed_on"),
        "recipients": ("notified_on", "acknowledged_on", "chased_on"),
        "transfer-errors": ("found_on", "fixed_on"),
        "boxes": ("handed_over_on",),
        "knowledge": ("verified_on",),
        "verifications": ("verified_on",),
        "sessions": ("held_on",),
        "trainings": ("attended_on",),
        "lessons": ("happened_on", "applied_on"),
        "sops": ("in_force_on",),
        "parameters": ("signed_on", "measured_at"),
        "readings": ("taken_at",),
        "rectifications": ("opened_on", "mended_on", "closed_on"),
        "waivers": ("requested_on", "approved_on"),
        "tests": ("started_on", "done_on"),
        "migrations": ("backed_up_on", "cleaned_on", "mapped_on", "converted_on", "verified_on"),
        "systems": ("actual_rfc", "actual_rfo"),
        "tasks": ("actual_start", "actual_finish"),
        "members": ("from_on",),
    }
    late = [
        (row["ref"], attr, row[attr])
        for key, attrs in happened.items()
        for row in plant.rows(register(key).model)
        for attr in attrs
        if row[attr] is not None and row[attr].isoformat()[:10] > plant.day
    ]

    assert late == []


@on_any_day
def test_project_is_well_under_way(plant: Sample) -> None:
    project, today = plant.project, dt.date.fromisoformat(plant.day)

    assert project.started_on and project.planned_handover and project.forecast_handover
    assert 0.55 < (today - project.started_on) / (project.planned_handover - project.started_on) < 0.75
    assert project.forecast_handover > project.planned_handover
    assert project.started_on.weekday() == 0  # moved by whole weeks


def test_document_statuses_run_over_the_whole_lifecycle(plant: Sample) -> None:
    used = Counter(row["status"] for row in plant.rows(Document))

    assert set(used) == set(register("documents")["status"].words._by_code)  # type: ignore[union-attr]  # has words


def test_transmittals_stand_in_every_state(plant: Sample) -> None:
    rows = plant.rows(Transmittal)

    assert {row["status"] for row in rows} == {option.code for option in TRANSMITTAL_STATUS.options}
    assert {row["direction"] for row in rows} == {"out", "in"}
    numbered = [row["number"] for row in rows if row["number"]]
    assert numbered == [f"NEV-01-TR-{n:04}" for n in range(1, len(numbered) + 1)]
    assert [bool(row["number"]) for row in rows] == [
        row["direction"] == "out" and row["status"] != "draft" for row in rows
    ]


def test_older_revisions_come_before_those_in_force(plant: Sample) -> None:
    by_document: dict[str, list[dict[str, Any]]] = {}
    for row in plant.rows(Revision):
        by_document.setdefault(row["document_id"], []).append(row)

    for rows in by_document.values():
        assert [row["number"] for row in rows] == list(range(1, len(rows) + 1))
        assert [row["status"] for row in rows[:-1]] == ["superseded"] * (len(rows) - 1)
        days = [row["revision_on"] for row in rows if row["revision_on"]]
        assert days == sorted(set(days))


def test_errors_were_found_on_both_sides_of_the_working_groups_start(plant: Sample) -> None:
    began = min(row["started_on"] for row in plant.rows(WorkingGroup))
    found = [row["found_on"] for row in plant.rows(TransferError) if row["status"] != "void"]
    sent = {row["id"]: row["sent_on"] for row in plant.rows(Transmittal)}
    items = [sent[row["transmittal_id"]] for row in plant.rows(TransmittalItem)]

    assert any(day < began for day in found) and any(day >= began for day in found)
    assert any(day and day < began for day in items) and any(day and day >= began for day in items)


def test_files_of_revisions_are_real(plant: Sample) -> None:
    files = plant.rows(Attachment)
    of_revisions = [row for row in files if row["owner_table"] == "revision"]

    assert len(of_revisions) > 40
    assert {row["media_type"] for row in of_revisions} == {"application/pdf", "image/png"}
    assert all(plant.workspace.blobs.holds(row["sha256"], row["size"]) for row in files)


def test_titles_are_distinct(plant: Sample) -> None:
    for key, attr in (("documents", "title"), ("knowledge", "title"), ("tasks", "name"), ("people", "name")):
        titles = Counter(row[attr] for row in plant.rows(register(key).model))
        assert [t for t, n in titles.items() if n > 1] == [], key


def test_content_speaks_its_language(plant: Sample) -> None:
    for each in by_hand():
        if not has_rows("en", each) and each.model is not Task:
            continue
        if each.key == "picks":  # what a list holds is called so in both
            continue
        texts_of = [f.attr for f in each.entered if f.kind in (Kind.TEXT, Kind.LONG)]
        said = [str(row[a]) for row in plant.rows(each.model) for a in texts_of if row[a]]
        if plant.language == "en":
            assert [t for t in said if CHINESE.search(t)] == [], each.key
        elif said and each.key not in ("members", "revisions", "parameters", "spares"):  # codes, signs and limits
            assert sum(bool(CHINESE.search(t)) for t in said) >= len(said) / 3, each.key


def test_both_languages_tell_the_same_facts() -> None:
    for each in by_hand():
        if not has_rows("en", each):
            continue
        plain = [f for f in each.entered if f.kind in (Kind.DATE, Kind.INTEGER, Kind.PERCENT)]
        facts = [[[row.get(f) for f in plain] for row in texts(language, each)] for language in ("en", "zh")]
        assert facts[0] == facts[1], each.key


def test_groups_that_work_have_both_leads_and_one_still_lacks_one(plant: Sample) -> None:
    states = Counter(row["status"] for row in plant.rows(WorkingGroup))
    seats = Counter((row["group_id"], row["role"]) for row in plant.rows(Member))

    assert states == {"active": 2, "forming": 1}
    for group in plant.rows(WorkingGroup):
        leads = (seats[group["id"], "tech_lead"], seats[group["id"], "ops_lead"])
        assert (leads == (1, 1)) is (group["status"] == "active")


def test_the_system_that_operations_runs_owes_nothing(plant: Sample) -> None:
    run = [row for row in plant.rows(System) if row["custody"] == "operations"]
    assert len(run) == 1
    with plant.workspace.read() as connection:
        for model in (Document, KnowledgeItem):
            owed = select(func.count()).where(model.system_id == run[0]["id"], model.blocking())
            assert connection.scalar(owed) == 0


def test_change_log_tells_how_it_came_about(plant: Sample) -> None:
    with plant.workspace.read() as connection:
        acts = connection.exec_driver_sql("SELECT source, count(*) FROM act GROUP BY source").all()
        changes = connection.exec_driver_sql("SELECT count(*) FROM change").scalar_one()

    assert dict(map(tuple, acts)) == {"hand": 12, "import": 189}
    assert changes > 600


def test_existing_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "mine.handover"
    path.write_bytes(b"mine")

    with pytest.raises(HandoverError):
        sample.build(path, "en")

    assert path.read_bytes() == b"mine"


def test_cancelled_build_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "sample.handover"

    with pytest.raises(Cancelled):
        sample.build(path, "en", lambda done, _total, _what: done < 5)

    assert beside(path) == set()


def test_sample_can_be_worked_on(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDOVER_TODAY", DAYS[1])
    with Workspace.open(a_sample(tmp_path_factory, "en", DAYS[1])) as workspace:
        (project,) = workspace.projects()
        with workspace.edit("Submit") as work:
            missing = work.session.scalars(select(Document).where(Document.status == "placeholder")).first()
            assert missing is not None
            missing.status = "submitted"
        with (
            pytest.raises(NotLawful, match="can't become"),
            workspace.edit("Skip the review", project=project.id) as work,
        ):
            work.get(Document, missing.id).status = "accepted"
