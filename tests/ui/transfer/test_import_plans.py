"""Plans in XML in the wizard: their cells are corrected as those of workbooks are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.exchange.plans.test_mspdi import a_file, a_task
from tests.ui.transfer.conftest import Hands
from ui.transfer.wizard import import_wizard as steps
from ui.transfer.wizard.verdict_model import WHY

Importing = Callable[..., Hands]
AFTER_1 = "<PredecessorLink><PredecessorUID>1</PredecessorUID><Type>1</Type></PredecessorLink>"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.xml"
    nameless = a_task(3).replace("<Name>Task 3</Name>", "<Name></Name>")
    path.write_bytes(a_file(a_task(1) + a_task(2, AFTER_1) + nameless))
    return path


def test_all_or_nothing_keeps_every_row_back_while_one_is_in_error(importing: Importing, plan: Path) -> None:
    hands = importing(plan)
    hands.go_on()
    agree = hands.wizard.agree_step
    assert hands.wizard.next.isEnabled() and agree.whole.isVisible() and not agree.whole.isChecked()
    agree.whole.click()
    assert not hands.wizard.next.isEnabled()
    assert agree.notice.sentence.text() == "Mend the rows in error, or leave them out, in the step before."

    hands.click(hands.wizard.back)
    hands.correct(3, "name", "Task three")
    hands.go_on()
    assert hands.wizard.next.isEnabled() and not agree.whole.isVisible()


def test_cells_of_a_plan_are_corrected_and_judged_anew(importing: Importing, plan: Path) -> None:
    hands = importing(plan)
    assert hands.wizard.at == steps.PREVIEW
    assert hands.verdicts() == ["new", "new", "error"]
    hands.correct(3, "name", "Task three")
    hands.correct(2, "duration", "5 days")
    hands.correct(2, "predecessors", "3SS")

    assert hands.verdicts() == ["new", "new", "new"]
    hands.go_on(2)
    assert hands.names() == ["Task 1", "Task 2", "Task three"]


def test_what_is_typed_wrongly_is_said_beside_its_row(importing: Importing, plan: Path) -> None:
    hands = importing(plan)
    hands.correct(2, "predecessors", "77")
    model = hands.wizard.preview_step.model
    said = model.index(model.position(2), WHY).data()
    assert said == "There is no task “77” in this list to wait for."
    assert hands.cell(2, "predecessors") == "77"
    hands.correct(2, "predecessors", "1FS+1 day")
    assert hands.verdicts()[1] == "new"


def test_editor_begins_with_what_is_shown(importing: Importing, plan: Path) -> None:
    hands = importing(plan)
    model = hands.wizard.preview_step.model
    index = model.index(model.position(2), model.column("duration"))
    assert index.data() == index.data(Qt.ItemDataRole.EditRole) == "1 d"
