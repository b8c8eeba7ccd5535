"""A lesson becomes a section of the manual or the next revision of a procedure, which name it as their cause."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from handover.errors import NotLawful
from handover.model.learning.lesson import LessonLearned
from handover.model.learning.written import ManualSection, OperatingProcedure
from handover.registers.knowing.lesson_trail import following, revise_procedure, write_into_manual
from handover.store import Workspace
from tests.domain import a_project, a_row, a_workspace, stored


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with a_workspace(tmp_path) as opened:
        yield opened


@pytest.fixture
def project(workspace: Workspace) -> str:
    return a_project(workspace)


def a_lesson(workspace: Workspace, project: str) -> str:
    said = {"title": "Flush twice", "recommendation": "Flush twice before the first start."}
    return a_row(workspace, project, LessonLearned(**said)).id


def test_section_of_the_manual_is_begun_with_the_recommendation(workspace: Workspace, project: str) -> None:
    lesson = a_lesson(workspace, project)

    section = stored(workspace, ManualSection, write_into_manual(workspace, project, lesson))

    assert (section["status"], section["caused_by"]) == ("draft", "LSN-0001 Flush twice")
    assert section["text"] == "Flush twice before the first start."
    assert stored(workspace, LessonLearned, lesson)["manual_section_id"] == section["id"]
    with pytest.raises(NotLawful, match="already"):
        write_into_manual(workspace, project, lesson)


def test_next_revision_of_a_procedure_names_the_lesson_and_the_one_before(workspace: Workspace, project: str) -> None:
    first = a_row(workspace, project, OperatingProcedure(code="SOP-1", title="Flushing", revision="A")).id
    lesson = a_lesson(workspace, project)

    made = stored(workspace, OperatingProcedure, revise_procedure(workspace, project, lesson, first))

    assert (made["code"], made["revision"], made["previous_id"]) == ("SOP-1", "B", first)
    assert made["caused_by"] == "LSN-0001 Flush twice"
    with pytest.raises(NotLawful, match="revise that one"):
        revise_procedure(workspace, project, lesson, first)


@pytest.mark.parametrize(
    ("revision", "after"), [("A", "B"), ("1", "2"), ("Rev. 09", "Rev. 10"), ("", ""), ("Z", ""), ("as built", "")]
)
def test_code_of_the_revision_after_another(revision: str, after: str) -> None:
    assert following(revision) == after
