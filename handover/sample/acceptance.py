"""The sample's acceptance: rectifications that failing readings and steps raised go on, tests are completed after their
steps."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from handover.model.acceptance.rectification import Rectification
from handover.registers.acts import editing
from handover.registers.catalogue import register
from handover.sample.filling import SampleFilling

#: The states on the way to those of the file; a reading after the mend passes it by itself.
_WAY = ("in_work", "awaiting_retest")
#: Of a rectification what stays, and what is set last.
_NOT_CHANGED = frozenset({"parameter", "trial", "status", "procedure"})
#: What a step that was done says.
_FOUND = ("actual", "result", "done_at")


def load_tests(filling: SampleFilling, later: frozenset[str]) -> list[str]:
    """Add the tests, those that are completed as under way so that they take their steps; returns the keys of these."""
    tests = register("tests")
    rows = filling.values(filling.texts(tests), later)
    completed = [row["status"] == "completed" for row in rows]
    keys = filling.add(
        tests, [{**row, "status": "running"} if done else row for row, done in zip(rows, completed, strict=True)]
    )
    return [key for key, done in zip(keys, completed, strict=True) if done]


def load_steps(filling: SampleFilling, later: frozenset[str]) -> None:
    """Add the steps of tests; what failed and names no defect is set afterwards, so that the program raises it."""
    steps = register("test-steps")
    rows = filling.values(filling.texts(steps), later)
    raising = [row.get("result") == "fail" and not row.get("punch") for row in rows]
    keys = filling.add(
        steps,
        [{**row, **dict.fromkeys(_FOUND)} if raises else row for row, raises in zip(rows, raising, strict=True)],
    )
    found = {
        key: {field: row.get(field) for field in _FOUND}
        for key, row, raises in zip(keys, rows, raising, strict=True)
        if raises
    }
    editing.change(filling.workspace, steps, filling.project_id, found)


def complete_tests(filling: SampleFilling, completed: list[str]) -> None:
    """Complete tests once their steps are there."""
    filling.change(register("tests"), {key: {"status": "completed"} for key in completed})


def load_rectifications(filling: SampleFilling) -> None:
    """Have the rectifications of failing readings and steps go on as their file tells."""
    rectifications = register("rectifications")
    for told in filling.values(filling.texts(rectifications)):
        key = _raised(filling, told.get("parameter"), told.get("trial"))
        state, closed_on = str(told["status"]), told.pop("closed_on", None)
        facts = {field: value for field, value in told.items() if field not in _NOT_CHANGED}
        filling.change(rectifications, {key: facts})
        for step in _WAY if state in ("closed", "retest_passed") else ():
            filling.change(rectifications, {key: {"status": step}})
        last: dict[str, Any] = {"procedure": told.get("procedure"), "closed_on": closed_on}  # Any: what fields hold
        if state != "retest_passed":
            last["status"] = state
        filling.change(rectifications, {key: {field: value for field, value in last.items() if value is not None}})


def _raised(filling: SampleFilling, parameter: str | None, trial: str | None) -> str:
    of = Rectification
    with filling.workspace.read() as connection:
        wanted = select(of.id).where(of.parameter_id == parameter if parameter else of.trial_id == trial)
        return str(connection.execute(wanted).scalar_one())
