"""The schedule agrees with what MS Project itself had calculated for the plans of strangers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.plan.agreement import Agreement, agreement_of, corpus, table

#: Tasks of each file of the corpus whose stored dates differ, and why; all others agree to the minute.
DIFFERING = {"sample-with-actuals.xml": 1}

FILES = corpus()


@pytest.mark.skipif(not FILES, reason="the corpus isn't there")
def test_it_agrees_with_ms_project_on_ninety_nine_in_a_hundred(capsys: pytest.CaptureFixture[str]) -> None:
    found = [agreement_of(path) for path in FILES]
    plain = [one for one in found if not one.features]

    with capsys.disabled():
        print("\n" + table(found))
    assert sum(one.agreeing for one in plain) >= 0.99 * sum(one.tasks for one in plain)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_file_agrees_less_than_it_did(path: Path) -> None:
    found = agreement_of(path)

    assert len(found.differing) <= DIFFERING.get(path.name, 0), found.differing


def test_a_difference_is_counted_and_named() -> None:
    found = Agreement(Path("plan.xml"), tasks=3, differing={7: {"finish": (1, 2)}})
    found.reasons["splits"] += 1

    assert found.agreeing == 2
    assert "2 of     3  1 splits" in table([found])
