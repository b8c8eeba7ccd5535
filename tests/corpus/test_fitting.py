"""The weights of the evidence fitted to decisions with a known answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from handover.exchange.evidence import Evidence, other_weights, weights
from tests.corpus.blind import labels
from tests.corpus.fitting import FARTHEST, fit, wrong
from tests.corpus.labelled import Choice, Decided, labelled

#: Words outweigh what a heading says by a little; the heading is right.
CHOICE: Choice = ([(Evidence("column.heading", 0.4),)], [(Evidence("column.words", 1.05),)])


def test_a_decision_that_goes_wrong_moves_its_weights_and_no_others() -> None:
    assert wrong([CHOICE]) == 1
    fitted = fit([Decided("one", [CHOICE])])
    with other_weights(fitted):
        assert wrong([CHOICE]) == 0
    before = weights()
    assert {sign for sign, value in fitted.items() if value != before[sign]} == {"column.heading", "column.words"}


def test_no_weight_goes_farther_than_half_of_what_it_was() -> None:
    hopeless: Choice = ([(Evidence("column.words", -1.0),)], [(Evidence("column.heading"),)])
    before = weights()
    for sign, value in fit([Decided("one", [hopeless] * 40)]).items():
        assert abs(value - before[sign]) <= FARTHEST * abs(before[sign]) + 0.01


def test_the_kept_half_is_never_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for label in labels():
        (tmp_path / label.name).touch()
    monkeypatch.setenv("HANDOVER_BLIND", str(tmp_path))
    kept = {label.name for label in labels() if label.half == "kept"}
    taken = {label.path.name for label in labelled() if label.lettered}
    assert taken and not taken & kept
