"""Lists composed from the habits of the trade are read as they are, at least as often as before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from handover.store.workspace import Workspace
from tests.exchange.strangers.composing import an_empty_project, compose, faults
from tests.exchange.strangers.floors import LISTS, floors, mended, worse
from tests.exchange.strangers.habits import HABITS
from tests.exchange.strangers.score import tally

#: Habits that are read right always.
RIGHT = sorted(set(HABITS) - set(floors()["not yet"]) - set(floors()["sometimes"]))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with an_empty_project(tmp_path_factory.mktemp("strangers")) as opened:
        yield opened


def test_two_hundred_lists_are_read_no_worse_than_before() -> None:
    found = tally(LISTS)
    print("\n".join(found.printed()))
    assert list(worse(found)) == []
    assert mended(found) == [], "these are right now: python -m tests.exchange.strangers --raise"


@settings(max_examples=20, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(random=st.randoms(use_true_random=False), habit=st.sampled_from(RIGHT))
def test_a_habit_that_is_read_right_harms_no_list_that_is_read_right_without_it(
    project: Workspace, tmp_path_factory: pytest.TempPathFactory, random: Random, habit: str
) -> None:
    path: Path = tmp_path_factory.getbasetemp() / "stranger.xlsx"
    composed = compose(random, [habit])
    assume(composed.habits == (habit,))
    if wrong := faults(composed.page, project, path):
        assert faults(composed.plain, project, path), wrong
