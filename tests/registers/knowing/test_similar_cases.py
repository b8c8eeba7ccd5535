"""Cases that are like the one that is being written are found in Chinese and English, and their reuse is counted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from handover.model.learning.fault_case import FaultCase
from handover.registers.catalogue import register
from handover.registers.knowing.similar_cases import reuse_case, similar_cases, text_of_case
from handover.store import Workspace
from handover.store.search.likeness import any_of
from tests.domain import a_project, a_row, a_workspace, stored


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    assert register("fault-cases")
    with a_workspace(tmp_path) as opened:
        yield opened


@pytest.fixture
def project(workspace: Workspace) -> str:
    key = a_project(workspace)
    for symptom in (
        "Robot 07 stops with a collision alarm after the tip change",
        "机器人换电极帽后碰撞报警停机",
        "给水泵振动突然升高",
        "Feed water pump vibrates after the coupling was aligned",
        "Conveyor runs backwards after the power came back",
    ):
        case(workspace, key, symptom)
    return key


def case(workspace: Workspace, project: str, symptom: str, **values: Any) -> str:
    return a_row(workspace, project, FaultCase(symptom=symptom, **values)).id


def found(workspace: Workspace, project: str, text: str, but: str = "") -> list[str]:
    return [each.symptom for each in similar_cases(workspace, project, text, but=but)]


def test_any_of_the_words_finds_a_case_the_most_alike_first(workspace: Workspace, project: str) -> None:
    assert found(workspace, project, "vibration of the feed water pump, coupling aligned yesterday")[0] == (
        "Feed water pump vibrates after the coupling was aligned"
    )
    assert found(workspace, project, "泵的振动很大")[0] == "给水泵振动突然升高"
    assert found(workspace, project, "碰撞后机器人停机") == ["机器人换电极帽后碰撞报警停机"]


def test_nothing_is_alike_to_nothing(workspace: Workspace, project: str) -> None:
    assert any_of("的 a !") == ""
    assert found(workspace, project, "的 !") == []
    assert found(workspace, project, "Helium leak") == []


def test_case_is_not_like_itself_and_a_superseded_one_stands_last(workspace: Workspace, project: str) -> None:
    own = case(workspace, project, "Chiller trips at noon")
    case(workspace, project, "Chiller trips at noon in summer", still_valid=False)
    case(workspace, project, "Chiller trips")

    assert found(workspace, project, text_of_case(workspace, own), own) == [
        "Chiller trips", "Chiller trips at noon in summer",
    ]  # fmt: skip


def test_reuse_is_counted_even_of_a_published_case(workspace: Workspace, project: str) -> None:
    key = case(workspace, project, "Chiller trips", cause="Fouled", remedy="Clean", status="published")

    assert reuse_case(workspace, project, key) == 1
    assert reuse_case(workspace, project, key) == 2
    assert stored(workspace, FaultCase, key)["reused"] == 2
